//! Somebody's days, worked out where they are asked for: a plan that is being edited has amounts only.

use milepost::compile::Compilation;
use milepost::dated::DatedPlan;
use milepost::expand::{Almanac, Depth, KeyResultPlan, expand_key_result};
use milepost::plan::{KeyResultId, PersonId, Plan};

/// Some key results, expanded to the days.
#[must_use]
pub fn expanded(plan: &Plan, almanac: &Almanac, ids: &[KeyResultId]) -> DatedPlan {
    let days = ids.iter().filter_map(|id| expand_key_result(plan, almanac, *id, Depth::Days).0);
    DatedPlan { key_results: days.collect(), replanned: None }
}

/// The key results that somebody has a part in, in declaration order.
#[must_use]
pub fn works_on(compilation: &Compilation, person: PersonId) -> Vec<KeyResultId> {
    let all = compilation.key_results().iter();
    let theirs = |expanded: &&KeyResultPlan| {
        let seats = expanded.seated.seating().into_iter().flat_map(|seating| seating.seats());
        seats.into_iter().any(|seat| seat.person == person)
    };
    all.filter(theirs).map(|expanded| expanded.key_result).collect()
}
