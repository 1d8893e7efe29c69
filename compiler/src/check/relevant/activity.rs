//! An outcome that nothing leads to: no funnel, no activity among the key results beside it, none that supports it, and no
//! action for it. What is held or done once is left out.

use std::collections::BTreeSet;

use milepost_grammar::ast::MetricKind;

use crate::check::finding::Finding;
use crate::check::metrics::has_activity;
use crate::check::remark::Remark;
use crate::check::subject::Subject;
use crate::plan::{GoalRef, ObjectiveId};

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut known: Vec<Option<bool>> = vec![None; subject.plan.objectives.len()];
    for (id, goal, measure) in subject.measured() {
        let metric = &subject.plan[measure.metric];
        if metric.kind != MetricKind::Outcome {
            continue;
        }
        let led_to = match known.get(goal.objective.index()).copied().flatten() {
            Some(led_to) => led_to,
            None => {
                let led_to = is_led_to(subject, goal.objective);
                if let Some(known) = known.get_mut(goal.objective.index()) {
                    *known = Some(led_to);
                }
                led_to
            }
        };
        if !led_to {
            let own = GoalRef::KeyResult(id);
            let remark = Remark::NoActivity { goal: subject.path(own), metric: metric.name.clone() };
            found.push(Finding::new(own, remark, measure.place));
        }
    }
}

/// Whether somebody does something for an objective: in its key results, or in what supports it, however far down.
fn is_led_to(subject: &Subject<'_>, objective: ObjectiveId) -> bool {
    let mut seen: BTreeSet<ObjectiveId> = BTreeSet::new();
    let mut open = vec![objective];
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let mut goals = vec![GoalRef::Objective(id)];
        goals.extend(subject.kept(&subject.plan[id]).map(|(id, _)| GoalRef::KeyResult(id)));
        for goal in goals {
            if subject.is_acted_for(goal) {
                return true;
            }
            if let GoalRef::KeyResult(id) = goal
                && has_activity(subject, id)
            {
                return true;
            }
            open.extend(subject.supporters(goal).iter().map(|supporter| match supporter {
                GoalRef::Objective(id) => *id,
                GoalRef::KeyResult(id) => subject.plan[*id].objective,
            }));
        }
    }
    false
}
