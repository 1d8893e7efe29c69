//! Somebody must answer for a goal: who does the work is not yet who answers for it.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::plan::{GoalRef, Holder, ObjectiveId, Plan};
use crate::remark::Remark;

use super::lacking;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for lacking in lacking(subject, |key_result| !key_result.owners.is_empty()) {
        let remark = Remark::NoOwner { goal: subject.path(lacking.goal), count: lacking.count };
        let finding = Finding::of(lacking.about, remark, lacking.place);
        let owner = likely(subject.plan, lacking.goal);
        found.push(match (owner, lacking.insert) {
            (Some(owner), Some(insert)) => finding.insert_before(insert, &format!("owner {owner}")),
            _ => finding,
        });
    }
    // Of what has no key results, only itself can say who owns it.
    for (id, objective) in subject.objectives() {
        if objective.owners.is_empty() && subject.kept(objective).next().is_none() {
            let goal = GoalRef::Objective(id);
            let remark = Remark::NoOwner { goal: subject.path(goal), count: 1 };
            found.push(Finding::new(goal, remark, objective.place));
        }
    }
}

/// Who most likely owns a goal: the one team or person that it is shared among, else the only team around all others.
fn likely(plan: &Plan, goal: GoalRef) -> Option<&str> {
    let shared = |holders: &[Holder]| match holders {
        [one] => Some(*one),
        _ => None,
    };
    let of_objective = |id: ObjectiveId| {
        let mut among =
            plan[id].key_results.iter().filter_map(|id| plan[*id].share.as_ref()).map(|share| &share.among);
        let first = among.next()?;
        among.all(|other| other == first).then(|| shared(first))?
    };
    let by_share = match goal {
        GoalRef::KeyResult(id) => plan[id].share.as_ref().and_then(|share| shared(&share.among)),
        GoalRef::Objective(id) => of_objective(id),
    };
    let mut outermost = plan.teams.iter().filter(|team| team.parent.is_none());
    match (by_share, outermost.next(), outermost.next()) {
        (Some(holder), ..) => Some(plan.holder(holder).0),
        (None, Some(team), None) => Some(&team.name),
        _ => None,
    }
}
