//! Neither `by` nor `during`, on the goal or its objective; an item of a checklist without a day, beside others with one.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::plan::{GoalRef, Reach};
use crate::remark::Remark;
use crate::table::excerpt;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal) in subject.goals().filter(|(_, goal)| !goal.dated) {
        let own = GoalRef::KeyResult(id);
        // Beside items with a day of their own, one that has none is told of by itself.
        let undated = |item: &&Reach| !item.dated;
        if goal.reach.iter().any(|item| item.dated) {
            for item in goal.reach.iter().filter(undated) {
                let title = item.title.as_deref().map(excerpt);
                let remark = Remark::NoDateOfItem { goal: subject.path(own), title };
                found.push(
                    Finding::new(own, remark, item.place)
                        .append(item.place, &format!("by {}", goal.window.last)),
                );
            }
            continue;
        }
        let finding = Finding::new(own, Remark::NoDate { goal: subject.path(own) }, goal.place);
        let by = format!("by {}", goal.window.last);
        let statement = match goal.reach.as_slice() {
            [] => goal.statement(),
            // An item that is done has its day, and `by` stands in front of it.
            [item] if item.done.is_none() => Some(item.place),
            _ => None,
        };
        found.push(match statement {
            Some(statement) => finding.append(statement, &by),
            None => finding,
        });
    }
}
