//! Work that should have been done before the plan starts.

use std::sync::Arc;

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::dates;
use crate::expand::chain::later;
use crate::expand::course::{Course, Cursor, Phase};
use crate::expand::key_result::{Stage, Workshop};
use crate::expand::target::counted;
use crate::expand::weights::LineWeights;
use crate::plan::MetricId;

/// Work of a stage that should have been done before the plan starts.
#[derive(Clone, PartialEq, Debug)]
pub struct Late {
    /// Of what.
    pub metric: MetricId,
    /// From when on.
    pub from: NaiveDate,
    /// Whether all of the stage's window lies before the plan.
    pub nothing_left: bool,
    /// How much, in steps.
    pub amount: IBig,
    /// How much of it there is in all, in steps.
    pub total: IBig,
    /// The last day on which it would have borne fruit.
    pub bears_until: NaiveDate,
    /// What it leads to, with what of that there is in all, in steps; the goal last.
    pub above: Vec<(MetricId, IBig)>,
}

impl Workshop<'_> {
    /// Notes what should have happened before the plan starts; all parts of a split are told of together. `before` are the
    /// stages that this one stands below.
    pub(super) fn note_late(&mut self, stage: &Stage, before: &[Stage]) {
        let start = self.plan.period.first;
        if stage.link.lags.is_empty() || stage.window.from >= start || stage.total.is_zero() {
            return;
        }
        let calendar = &self.plan[self.plan.calendar];
        let bears_until = later(dates::minus(start, 1), &stage.link.lags, calendar);
        let amount = match stage.window.days {
            None => Some(IBig::ZERO),
            Some(_) => self.late_part(stage, bears_until),
        };
        let Some(amount) = amount else { return };
        let mut above = Vec::new();
        let mut link = &stage.link;
        while let Some(upper) = link.above.and_then(|above| before.get(above.link)) {
            above.push((upper.link.metric, upper.total.clone()));
            link = &upper.link;
        }
        let (metric, nothing_left, total) =
            (stage.link.metric, stage.window.days.is_none(), stage.total.clone());
        let late = Late { metric, from: stage.window.from, nothing_left, amount, total, bears_until, above };
        let alike = |other: &&mut Late| {
            (other.metric, other.from, other.nothing_left) == (metric, late.from, nothing_left)
        };
        match self.late.iter_mut().find(alike) {
            // Two lines of a funnel to one metric are told of apart: each has a place of its own in the chain.
            Some(other) if self.key_result.split.is_some() => {
                other.amount += &late.amount;
                other.total += &late.total;
                for ((_, sum), (_, more)) in other.above.iter_mut().zip(&late.above) {
                    *sum += more;
                }
            }
            _ => self.late.push(late),
        }
    }

    /// The part of a stage that lies before the plan, by the weights of its outcome's days.
    fn late_part(&self, stage: &Stage, last: NaiveDate) -> Option<IBig> {
        let days = Arc::new(self.days(stage.link.metric, &[], self.key_result.window));
        let weights = LineWeights::new(&days, self.almanac.presences.plan())?;
        let course = Course::Flow { steps: counted(&stage.total)?, weights };
        let mut cursor = Cursor::new(&course, Phase::ALONE, self.key_result.window.first);
        Some(IBig::from(cursor.advance(last.min(self.key_result.window.last))))
    }
}
