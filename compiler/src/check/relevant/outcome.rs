//! Activities that lead to no outcome: "visit five customers a day" alone is no goal; it needs "and five orders a month".

use std::collections::BTreeSet;

use milepost_grammar::ast::MetricKind;

use crate::check::finding::Finding;
use crate::check::metrics::is_outcome;
use crate::check::remark::Remark;
use crate::check::subject::Subject;
use crate::plan::{GoalRef, ObjectiveId};

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut told: BTreeSet<ObjectiveId> = BTreeSet::new();
    for (_, goal, measure) in subject.measured() {
        let metric = &subject.plan[measure.metric];
        if metric.kind != MetricKind::Activity || told.contains(&goal.objective) {
            continue;
        }
        told.insert(goal.objective);
        if !leads_to_outcome(subject, goal.objective) {
            let own = GoalRef::Objective(goal.objective);
            let remark = Remark::NoOutcome { goal: subject.path(own), metric: metric.name.clone() };
            found.push(Finding::new(own, remark, subject.plan[goal.objective].place));
        }
    }
}

/// Whether an objective has an outcome, or supports something that has one, however far up.
fn leads_to_outcome(subject: &Subject<'_>, objective: ObjectiveId) -> bool {
    let plan = subject.plan;
    let mut seen: BTreeSet<ObjectiveId> = BTreeSet::new();
    let mut open = vec![objective];
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let objective = &plan[id];
        // What cannot be read may be one.
        let unread = objective.key_results.len() < objective.blocks.len();
        if unread || subject.kept(objective).any(|(_, goal)| is_outcome(plan, goal)) {
            return true;
        }
        // A direction without figures of its own is what all this is for.
        if objective.blocks.is_empty() && !seen.is_empty() && seen.len() > 1 {
            return true;
        }
        let own = subject.kept(objective).flat_map(|(_, goal)| &goal.supports);
        open.extend(objective.supports.iter().chain(own).map(|(goal, _)| match goal {
            GoalRef::Objective(id) => *id,
            GoalRef::KeyResult(id) => plan[*id].objective,
        }));
    }
    false
}
