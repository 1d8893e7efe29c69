//! From how far something has come to a score, and from scores to an objective's.

use super::model::{Measure, Objective, Plan};
use super::progress::Status;
use super::rational::{Q, one, ratio, whole, zero};

/// No score is below nothing or above the whole.
pub(crate) fn clamp(score: Q) -> Q {
    score.max(zero()).min(one())
}

/// By the score rounded to one decimal, half up.
pub(crate) fn colour(score: &Q) -> &'static str {
    let tenths = (score * whole(10) + ratio(1, 2)).floor();
    if tenths <= whole(3) {
        "red"
    } else if tenths <= whole(6) {
        "amber"
    } else {
        "green"
    }
}

/// The part of a checklist that is done by the day.
pub(crate) fn checklist(measure: &Measure, by: chrono::NaiveDate) -> Option<Q> {
    let Measure::Reach(items) = measure else { return None };
    let done = items.iter().filter(|item| item.done.is_some_and(|done| done <= by)).count();
    Some(ratio(done as i64, items.len() as i64))
}

/// The score of an objective: its key results and the objectives that support it, by
/// weight; what has no score is left out, and what was dropped has none.
pub(crate) fn objective(
    plan: &Plan,
    place: usize,
    by: chrono::NaiveDate,
    key_results: &[Status],
) -> Option<Q> {
    let objective: &Objective = &plan.objectives[place];
    if objective.said.dropped.is_some_and(|dropped| dropped <= by) {
        return None;
    }
    let weight = |said: &Option<Q>| said.clone().unwrap_or_else(one);
    let mut scores: Vec<(Q, Q)> = Vec::new();
    for status in key_results.iter().filter(|status| status.objective == place) {
        scores.extend(status.score.clone().map(|score| (weight(&status.weight), score)));
    }
    for (other, supporting) in plan.objectives.iter().enumerate() {
        if supporting.said.supports.contains(&objective.name) {
            let score = self::objective(plan, other, by, key_results);
            scores.extend(score.map(|score| (weight(&supporting.said.weight), score)));
        }
    }
    let all = super::rational::sum(scores.iter().map(|(weight, _)| weight));
    if all == zero() {
        return None;
    }
    let products: Vec<Q> = scores.iter().map(|(weight, score)| weight * score).collect();
    Some(super::rational::sum(&products) / all)
}
