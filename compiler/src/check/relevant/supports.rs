//! A goal that supports nothing, while others do. One that others support is at the top, and exempt.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::plan::{Check, GoalRef, Objective, ObjectiveId};
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let tops: Vec<ObjectiveId> = subject
        .objectives()
        .filter(|(id, objective)| !supports(subject, objective) && is_supported(subject, *id, objective))
        .map(|(id, _)| id)
        .collect();
    for (id, objective) in subject.objectives() {
        let own = GoalRef::Objective(id);
        let asked = subject.any_supports() || subject.required(&[own], Check::Supports).is_some();
        if !asked || supports(subject, objective) || is_supported(subject, id, objective) {
            continue;
        }
        let top = match tops.as_slice() {
            [top] => Some(subject.plan[*top].name.clone()),
            _ => None,
        };
        let remark = Remark::SupportsNothing {
            goal: objective.name.clone(),
            others: subject.any_supports(),
            top: top.clone(),
        };
        let finding = Finding::new(own, remark, objective.place);
        found.push(match (top, objective.blocks.first()) {
            (Some(top), Some(block)) => finding.insert_before(*block, &format!("supports {top}")),
            _ => finding,
        });
    }
}

/// Whether an objective, or one of its key results, supports something.
fn supports(subject: &Subject<'_>, objective: &Objective) -> bool {
    !objective.supports.is_empty() || subject.kept(objective).any(|(_, goal)| !goal.supports.is_empty())
}

/// Whether something supports an objective, or one of its key results.
fn is_supported(subject: &Subject<'_>, id: ObjectiveId, objective: &Objective) -> bool {
    !subject.supporters(GoalRef::Objective(id)).is_empty()
        || subject.kept(objective).any(|(id, _)| !subject.supporters(GoalRef::KeyResult(id)).is_empty())
}
