//! Neither `by` nor `during`, on the goal or its objective.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::plan::GoalRef;
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal) in subject.goals().filter(|(_, goal)| !goal.dated) {
        let own = GoalRef::KeyResult(id);
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
