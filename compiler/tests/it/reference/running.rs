//! Running totals: the one place where time is rounded.

use chrono::NaiveDate;

use super::fiscal::Fiscal;
use super::period::{Grain, days};
use super::rational::{Q, ceil_to, sum, whole, zero};
use super::weighing::Weighed;

/// An amount and the days it is spread over.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) total: Q,
    pub(crate) days: Weighed,
}

/// Where somebody stands in a share: the k-th (from 0) of m.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phase {
    pub(crate) k: i64,
    pub(crate) m: i64,
}

impl Phase {
    pub(crate) const ALONE: Phase = Phase { k: 0, m: 1 };
}

/// What falls in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Portion {
    pub(crate) start: NaiveDate,
    pub(crate) end: NaiveDate,
    pub(crate) amount: Q,
    pub(crate) to_date: Q,
}

/// One person's (or a team's) line for one metric. At the end of each day the
/// total so far is the exact line (all flows together) less k/m of a step, rounded
/// up to the step; a period brings the difference between the total at its end
/// and the total at the end of the one before. Periods are cut at the window, and
/// those that bring nothing are left out.
pub(crate) fn portions(
    flows: &[Flow],
    phase: Phase,
    step: &Q,
    grain: Grain,
    fiscal: Option<Fiscal>,
) -> Vec<Portion> {
    let (Some(first), Some(last)) =
        (flows.iter().map(|flow| flow.days.first).min(), flows.iter().map(|flow| flow.days.last).max())
    else {
        return Vec::new();
    };
    let offset = step * whole(phase.k) / whole(phase.m);
    let mut exact = zero();
    let mut before = zero();
    let mut portions = Vec::new();
    let per_weight: Vec<Q> =
        flows.iter().map(|flow| &flow.total / sum(flow.days.days.iter().map(|(_, weight)| weight))).collect();
    for period in grain.meeting(first, last, fiscal) {
        let (start, end) = (period.first().max(first), period.last().min(last));
        for day in days(start, end) {
            for (flow, per_weight) in flows.iter().zip(&per_weight) {
                for (_, weight) in flow.days.days.iter().filter(|(weighed, _)| *weighed == day) {
                    exact += weight * per_weight;
                }
            }
        }
        let to_date = ceil_to(&(&exact - &offset), step);
        let amount = &to_date - &before;
        if amount != zero() {
            portions.push(Portion { start, end, amount, to_date: to_date.clone() });
        }
        before = to_date;
    }
    portions
}
