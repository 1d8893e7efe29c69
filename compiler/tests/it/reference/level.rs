//! Levels: metrics that have a latest value and do not add up.

use chrono::NaiveDate;

use super::fiscal::Fiscal;
use super::model::{Better, Metric};
use super::period::{Grain, days, later};
use super::rational::{Q, ceil_to, floor_to, whole, zero};
use super::running::Portion;
use super::unplannable::Unplannable;
use super::weighing::{Holder, Knot, Timing};

/// The line of a level. It moves on working days only, in equal steps from one
/// checkpoint to the next, and is rounded to the step ahead of the line, whichever
/// way ahead is. A piece without a working day jumps at its end.
#[derive(Clone, Debug)]
pub(crate) struct Ladder {
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
    pub(crate) from: Q,
    pub(crate) knots: Vec<Knot>,
    /// The working days between first and last.
    pub(crate) working: Vec<NaiveDate>,
    pub(crate) better: Better,
    pub(crate) step: Q,
}

impl Ladder {
    pub(crate) fn new(
        timing: &Timing<'_>,
        metric: &Metric,
        step: &Q,
        from: &Q,
        holder: Holder<'_>,
    ) -> Result<Ladder, Unplannable> {
        let first = timing.plan_start.max(timing.first);
        let works = |day: &NaiveDate| holder.works(timing.calendar, *day);
        let working: Vec<NaiveDate> = days(first, timing.last).filter(works).collect();
        if working.is_empty() {
            return Err(Unplannable("a level for somebody without a working day"));
        }
        Ok(Ladder {
            first,
            last: timing.last,
            from: from.clone(),
            knots: timing.knots.clone(),
            working,
            better: metric.better,
            step: step.clone(),
        })
    }

    /// Where it stands at the end of a day, exactly.
    pub(crate) fn exact(&self, end: NaiveDate) -> Q {
        let worked = |first: NaiveDate, last: NaiveDate| {
            whole(self.working.iter().filter(|day| first <= **day && **day <= last).count() as i64)
        };
        let mut begin = self.first;
        let mut level = self.from.clone();
        for knot in &self.knots {
            if knot.day <= end {
                level = knot.reach.clone();
                begin = later(knot.day, 1);
                continue;
            }
            let n = worked(begin, knot.day);
            if n > zero() {
                level = &level + (&knot.reach - &level) * worked(begin, end) / n;
            }
            break;
        }
        level
    }

    pub(crate) fn ahead(&self, level: &Q) -> Q {
        match self.better {
            Better::Higher => ceil_to(level, &self.step),
            Better::Lower => floor_to(level, &self.step),
        }
    }

    /// At the target or beyond it, whichever way beyond is.
    pub(crate) fn past(&self, level: &Q, to: &Q) -> bool {
        match self.better {
            Better::Higher => level >= to,
            Better::Lower => level <= to,
        }
    }

    /// How much of the working days after one day lie up to another.
    pub(crate) fn part_of_days(&self, after: NaiveDate, up_to: NaiveDate) -> Q {
        let left = self.working.iter().filter(|day| **day > after);
        let all = whole(left.clone().count() as i64);
        if all == zero() { zero() } else { whole(left.filter(|day| **day <= up_to).count() as i64) / all }
    }

    /// Where it ends.
    pub(crate) fn to(&self) -> Q {
        self.knots.last().map_or_else(|| self.from.clone(), |knot| knot.reach.clone())
    }

    /// The level at each period's end. Levels of zero are left out like all zero
    /// amounts; one of day grain has rows on working days only.
    pub(crate) fn portions(&self, grain: Grain, fiscal: Option<Fiscal>) -> Vec<Portion> {
        let mut portions = Vec::new();
        for period in grain.meeting(self.first, self.last, fiscal) {
            let (start, end) = (period.first().max(self.first), period.last().min(self.last));
            if grain == Grain::Day && !self.working.contains(&end) {
                continue;
            }
            let amount = self.ahead(&self.exact(end));
            if amount != zero() {
                portions.push(Portion { start, end, to_date: amount.clone(), amount });
            }
        }
        portions
    }
}
