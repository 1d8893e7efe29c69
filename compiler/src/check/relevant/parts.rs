//! Parts that come to less than what they support; of what is better lower, to more.
//!
//! Only what nobody works on itself is made of its parts alone: a key result without a share, a funnel or pins. Its parts are
//! the key results of the same metric in the goals that support it, or its objective; they are added up where together
//! they reach over its whole time.

use std::collections::BTreeSet;

use milepost_grammar::ast::Better;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::read;
use crate::exact::{AboveZero, Exact, sum};
use crate::plan::{GoalRef, KeyResult, KeyResultId, MetricId};
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal, measure) in subject.measured() {
        let metric = &subject.plan[measure.metric];
        if !metric.adds_up() || !is_made_of_parts(goal) {
            continue;
        }
        let Some(target) = subject.target(id, measure) else { continue };
        let parts = parts(subject, id, goal, measure.metric);
        let days = |part: &KeyResultId| subject.plan[*part].window;
        let (first, last) =
            (parts.iter().map(|part| days(part).first).min(), parts.iter().map(|part| days(part).last).max());
        let whole = first.is_some_and(|first| first <= goal.window.first) && last >= Some(goal.window.last);
        if !whole {
            continue;
        }
        let amounts: Option<Vec<Exact>> = parts
            .iter()
            .map(|part| {
                subject.plan[*part].measure.as_ref().and_then(|measure| subject.target(*part, measure))
            })
            .collect();
        let Some(amounts) = amounts else { continue };
        let totals = subject.expanded(id).and_then(|expanded| expanded.totals.as_ref());
        let sum = sum(amounts.iter().chain(totals.map(|totals| &totals.existing)));
        let lower = metric.better == Better::Lower;
        let missing = if lower { &sum - &target } else { &target - &sum };
        if missing.is_above_zero() {
            let own = GoalRef::KeyResult(id);
            let remark = Remark::Parts {
                goal: subject.path(own),
                parts: parts.len(),
                sum: read(metric, &sum),
                target: read(metric, &target),
                missing: read(metric, &missing),
                lower,
            };
            found.push(Finding::new(own, remark, measure.place));
        }
    }
}

/// Whether a key result is what others come to.
pub(in crate::check) fn is_made_of_parts(goal: &KeyResult) -> bool {
    goal.share.is_none() && goal.through.is_none() && goal.pins.is_empty()
}

/// The key results of `metric` that support a key result or its objective.
pub(in crate::check) fn parts(
    subject: &Subject<'_>,
    id: KeyResultId,
    goal: &KeyResult,
    metric: MetricId,
) -> BTreeSet<KeyResultId> {
    let own = [GoalRef::KeyResult(id), GoalRef::Objective(goal.objective)];
    let supporters = own.into_iter().flat_map(|goal| subject.supporters(goal));
    let key_results = supporters.flat_map(|supporter| subject.parts_of(*supporter));
    let alike = |part: &KeyResultId| {
        subject.plan[*part].measure.as_ref().is_some_and(|measure| measure.metric == metric) && *part != id
    };
    key_results.filter(alike).collect()
}
