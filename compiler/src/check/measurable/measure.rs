//! Nothing is measured: nobody can tell when it is reached, and no work is planned for it.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::plan::GoalRef;
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal) in subject.goals() {
        if goal.statement().is_none() {
            let own = GoalRef::KeyResult(id);
            let remark = Remark::NothingMeasured { goal: goal.name.clone(), objective: false };
            found.push(Finding::new(own, remark, goal.place));
        }
    }
    for (id, objective) in subject.objectives() {
        let own = GoalRef::Objective(id);
        if objective.blocks.is_empty() && subject.supporters(own).is_empty() {
            let remark = Remark::NothingMeasured { goal: objective.name.clone(), objective: true };
            found.push(Finding::new(own, remark, objective.place));
        }
    }
}
