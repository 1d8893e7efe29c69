//! More is asked of somebody than they can do, over all goals.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::expand::ceiling::overloads;
use crate::message::Message;
use crate::plan::GoalRef;
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let given = &subject.given;
    for overload in overloads(given.plan, given.almanac, given.expanded, given.replan) {
        let goal = overload.goal;
        let remark = Remark::Ceiling { over: Box::new(overload.over) };
        let finding = Finding::new(GoalRef::KeyResult(goal), remark, overload.place);
        found.push(match &subject.plan[goal].measure {
            Some(measure) => finding.label(measure.place, Message::AskedHere),
            None => finding,
        });
    }
}
