//! What other values do to the amounts at the top.

use dashu_int::IBig;

use crate::dated::DatedPlan;
use crate::plan::{KeyResultId, PersonId, Plan};

use super::Label;
use super::amounts::{Amounts, grain_for};
use super::rung::{label, read, unit};

/// An amount that is another one than in the plan as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The path of the key result.
    pub goal: String,
    /// Of what.
    pub metric: Label,
    /// In what.
    pub unit: Option<String>,
    /// What it comes to now.
    pub now: String,
    /// What it comes to in the plan.
    pub was: String,
    /// By how much, without a sign.
    pub by: String,
    /// Whether it is more now.
    pub more: bool,
}

/// How `now` differs from `was`, the same plan as it is written: what all people together have of each metric of
/// each key result, or what `person` has.
#[must_use]
pub fn changes(was: (&Plan, &DatedPlan), now: (&Plan, &DatedPlan), person: Option<PersonId>) -> Vec<Change> {
    let grain = grain_for(now.0.period.len());
    let (before, after) =
        (Amounts::new(was.0, was.1, grain, person), Amounts::new(now.0, now.1, grain, person));
    let plan = now.0;
    let mut changes = Vec::new();
    for index in 0..plan.key_results.len() {
        let id = KeyResultId::new(index);
        let (before, after) = (before.totals(id), after.totals(id));
        let mut metrics: Vec<_> = before.keys().chain(after.keys()).copied().collect();
        metrics.sort_unstable();
        metrics.dedup();
        for metric in metrics {
            let steps =
                |totals: &std::collections::BTreeMap<_, i128>| totals.get(&metric).copied().unwrap_or(0);
            let (was, now) = (steps(&before), steps(&after));
            if was == now {
                continue;
            }
            let metric = &plan[metric];
            let read = |steps: i128| read(metric, &IBig::from(steps));
            changes.push(Change {
                goal: plan.path(id),
                metric: label(metric),
                unit: unit(metric),
                now: read(now),
                was: read(was),
                by: read(now.abs_diff(was).try_into().unwrap_or(i128::MAX)),
                more: now > was,
            });
        }
    }
    changes
}
