//! Activities that lead to no outcome: "visit five customers a day" alone is no goal; it needs "and five orders a month".

use std::collections::BTreeSet;

use milepost_grammar::ast::MetricKind;

use crate::check::finding::Finding;
use crate::check::metrics::is_outcome;
use crate::check::reachable::reachable;
use crate::check::subject::Subject;
use crate::plan::{GoalRef, MetricId, ObjectiveId};
use crate::remark::Remark;
use crate::remark::named;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan;
    let leading = leading(subject);
    for (id, objective) in subject.objectives().filter(|(id, _)| !leading.contains(id)) {
        let activities = subject.kept(objective).filter_map(|(_, goal)| goal.measure.as_ref());
        let metrics: BTreeSet<MetricId> = activities
            .map(|measure| measure.metric)
            .filter(|metric| plan[*metric].kind == MetricKind::Activity)
            .collect();
        if !metrics.is_empty() {
            let own = GoalRef::Objective(id);
            let metric = named(metrics.iter().map(|metric| plan[*metric].name.as_str()));
            found.push(Finding::new(
                own,
                Remark::NoOutcome { goal: subject.path(own), metric },
                objective.place,
            ));
        }
    }
}

/// The objectives that have an outcome, or support something that has one, however far up.
fn leading(subject: &Subject<'_>) -> BTreeSet<ObjectiveId> {
    let plan = subject.plan;
    let has = |id: &ObjectiveId| {
        let objective = &plan[*id];
        // What cannot be read may be one, and a direction without figures of its own is what others are for.
        let unread = objective.key_results.len() < objective.blocks.len();
        unread
            || objective.blocks.is_empty()
            || subject.kept(objective).any(|(_, goal)| is_outcome(plan, goal))
    };
    let all = (0..plan.objectives.len()).map(ObjectiveId::new);
    reachable(all.filter(has), |id| {
        let own = subject.kept(&plan[id]).map(|(id, _)| GoalRef::KeyResult(id));
        let goals = std::iter::once(GoalRef::Objective(id)).chain(own);
        goals.flat_map(|goal| subject.supporters(goal)).map(|supporter| plan.objective_of(*supporter))
    })
}
