//! Levels: metrics that have a latest value and do not add up.

use super::model::{Better, Metric};
use super::period::{Grain, days, later};
use super::rational::{Q, ceil_to, floor_to, whole, zero};
use super::running::Portion;
use super::unplannable::Unplannable;
use super::weighing::{Holder, Timing};

/// The level at each period's end. It moves on working days only, in equal steps
/// from one checkpoint to the next, and is rounded to the step ahead of the line,
/// whichever way ahead is. A piece without a working day jumps at its end. Levels
/// of zero are left out like all zero amounts; one of day grain has rows on
/// working days only.
pub(crate) fn levels(
    timing: &Timing<'_>,
    metric: &Metric,
    step: &Q,
    from: &Q,
    holder: Holder<'_>,
    grain: Grain,
) -> Result<Vec<Portion>, Unplannable> {
    let first = timing.plan_start.max(timing.first);
    let works = |day: &chrono::NaiveDate| holder.works(timing.calendar, *day);
    if !days(first, timing.last).any(|day| works(&day)) {
        return Err(Unplannable("a level for somebody without a working day"));
    }
    let mut portions = Vec::new();
    for period in grain.meeting(first, timing.last, timing.fiscal) {
        let (start, end) = (period.first().max(first), period.last().min(timing.last));
        if grain == Grain::Day && !works(&end) {
            continue;
        }
        let mut begin = first;
        let mut level = from.clone();
        for knot in &timing.knots {
            if knot.day <= end {
                level = knot.reach.clone();
                begin = later(knot.day, 1);
                continue;
            }
            let n = days(begin, knot.day).filter(works).count() as i64;
            let i = days(begin, end).filter(works).count() as i64;
            if n > 0 {
                level = &level + (&knot.reach - &level) * whole(i) / whole(n);
            }
            break;
        }
        let amount = match metric.better {
            Better::Higher => ceil_to(&level, step),
            Better::Lower => floor_to(&level, step),
        };
        if amount != zero() {
            portions.push(Portion { start, end, to_date: amount.clone(), amount });
        }
    }
    Ok(portions)
}
