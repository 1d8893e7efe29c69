//! What a goal has to do with which metrics.

use std::collections::BTreeSet;

use milepost_grammar::ast::MetricKind;

use crate::ledger::ingredients;
use crate::plan::{KeyResult, MetricId, Plan};

use super::reachable::reachable;
use super::subject::Subject;

/// The metric that a key result measures or holds.
pub(super) fn watched(key_result: &KeyResult) -> Option<MetricId> {
    let measured = key_result.measure.as_ref().map(|measure| measure.metric);
    measured.or_else(|| key_result.hold.as_ref().map(|hold| hold.metric))
}

/// `metric`, what it is computed from, and what all of that takes by any funnel of the plan.
pub(super) fn reach_down(subject: &Subject<'_>, metric: MetricId) -> BTreeSet<MetricId> {
    reachable([metric], |metric| {
        ingredients(subject.plan, metric).into_iter().chain(subject.below(metric).iter().copied())
    })
}

/// Whether a key result measures an activity, or its funnel comes to one.
pub(super) fn has_activity(plan: &Plan, key_result: &KeyResult) -> bool {
    let is_activity = |metric: MetricId| plan[metric].kind == MetricKind::Activity;
    if key_result.measure.as_ref().is_some_and(|measure| is_activity(measure.metric)) {
        return true;
    }
    let Some((funnel, _)) = key_result.through else { return false };
    plan[funnel].lines.iter().any(|line| is_activity(line.right))
}

/// Whether a key result is about what comes of work, and not about the work itself.
pub(super) fn is_outcome(plan: &Plan, key_result: &KeyResult) -> bool {
    match &key_result.measure {
        Some(measure) => plan[measure.metric].kind == MetricKind::Outcome,
        None => key_result.hold.is_some() || !key_result.reach.is_empty(),
    }
}
