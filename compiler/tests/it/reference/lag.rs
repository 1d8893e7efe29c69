//! How much earlier the work comes than what it leads to.

use chrono::NaiveDate;

use super::model::{Calendar, Delay};
use super::period::later;

/// The delays of all lines from the outcome down to a stage, the outcome's first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lag(pub(crate) Vec<Delay>);

impl Lag {
    /// Delays add up along the funnel.
    pub(crate) fn and(&self, delay: Option<Delay>) -> Lag {
        Lag(self.0.iter().copied().chain(delay).collect())
    }

    /// The day that lies so much before one of the outcome.
    pub(crate) fn before(&self, calendar: &Calendar, day: NaiveDate) -> NaiveDate {
        self.0.iter().fold(day, |day, delay| match delay {
            Delay::Days(days) => later(day, -days),
            Delay::Workdays(workdays) => walk(calendar, day, *workdays, -1),
        })
    }

    /// The day on which work of this day leads to the outcome.
    pub(crate) fn after(&self, calendar: &Calendar, day: NaiveDate) -> NaiveDate {
        self.0.iter().rev().fold(day, |day, delay| match delay {
            Delay::Days(days) => later(day, *days),
            Delay::Workdays(workdays) => walk(calendar, day, *workdays, 1),
        })
    }
}

/// From a day on or back to the so-manieth working day after or before it.
fn walk(calendar: &Calendar, mut day: NaiveDate, workdays: i64, direction: i64) -> NaiveDate {
    let mut left = workdays;
    while left > 0 {
        day = later(day, direction);
        if calendar.works(day) {
            left -= 1;
        }
    }
    day
}
