//! Work that should have been done before the plan starts.

use std::sync::Arc;

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::dates;
use crate::exact::AboveZero;
use crate::expand::chain::later;
use crate::expand::course::{Course, Cursor, Phase};
use crate::expand::key_result::{Stage, Workshop};
use crate::expand::target::{counted, read};
use crate::expand::weights::LineWeights;
use crate::message::Message;
use crate::plan::MetricId;

/// Work of a stage that should have been done before the plan starts.
pub(super) struct Late {
    metric: MetricId,
    from: NaiveDate,
    /// Whether all of the stage's window lies before the plan.
    nothing_left: bool,
    amount: IBig,
}

impl Workshop<'_> {
    /// Notes what should have happened before the plan starts; all parts of a split are told of together.
    pub(super) fn note_late(&mut self, stage: &Stage) {
        let start = self.plan.period.first;
        if stage.link.lags.is_empty() || stage.window.from >= start || stage.total.is_zero() {
            return;
        }
        let amount = match stage.window.days {
            None => Some(IBig::ZERO),
            Some(_) => self.late_part(stage),
        };
        let Some(amount) = amount else { return };
        let (metric, nothing_left) = (stage.link.metric, stage.window.days.is_none());
        let late = Late { metric, from: stage.window.from, nothing_left, amount };
        let alike = |other: &&mut Late| {
            (other.metric, other.from, other.nothing_left) == (metric, late.from, nothing_left)
        };
        match self.late.iter_mut().find(alike) {
            // Two lines of a funnel to one metric are told of apart: each has a place of its own in the chain.
            Some(other) if self.key_result.split.is_some() => other.amount += &late.amount,
            _ => self.late.push(late),
        }
    }

    /// The part of a stage that lies before the plan, by the weights of its outcome's days.
    fn late_part(&self, stage: &Stage) -> Option<IBig> {
        let calendar = &self.plan[self.plan.calendar];
        let last = later(dates::minus(self.plan.period.first, 1), &stage.link.lags, calendar);
        let days = Arc::new(self.days(stage.link.metric, &[], self.key_result.window));
        let weights = LineWeights::new(&days, self.almanac.presences.plan())?;
        let course = Course::Flow { steps: counted(&stage.total)?, weights };
        let mut cursor = Cursor::new(&course, Phase::ALONE, self.key_result.window.first);
        Some(IBig::from(cursor.advance(last.min(self.key_result.window.last))))
    }

    pub(super) fn report_late(&mut self) {
        let start = self.plan.period.first;
        let place = self.key_result.through.map_or(self.key_result.place, |(_, place)| place);
        for late in std::mem::take(&mut self.late) {
            let metric = &self.plan[late.metric];
            let message = if late.nothing_left {
                Message::WindowBeforePlan { metric: metric.name.clone(), start: start.to_string() }
            } else if late.amount.is_above_zero() {
                Message::TooLate {
                    amount: read(&metric.step, &late.amount),
                    metric: metric.name.clone(),
                    from: late.from.to_string(),
                    start: start.to_string(),
                }
            } else {
                continue;
            };
            self.diagnostics.say(message, place);
        }
    }
}
