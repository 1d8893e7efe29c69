//! Which days are worked.

use chrono::{Datelike, NaiveDate};

use super::model::Calendar;
use super::period::days;
use super::rational::{Q, whole};

fn within(day: NaiveDate, ranges: &[(NaiveDate, NaiveDate)]) -> bool {
    ranges.iter().any(|(first, last)| *first <= day && day <= *last)
}

impl Calendar {
    /// A day called working is one, whatever else is said; then a day off; then the week.
    pub(crate) fn works(&self, day: NaiveDate) -> bool {
        if within(day, &self.work) {
            true
        } else if within(day, &self.off) {
            false
        } else {
            self.week.contains(&day.weekday())
        }
    }

    pub(crate) fn count(&self, first: NaiveDate, last: NaiveDate) -> Q {
        whole(days(first, last).filter(|day| self.works(*day)).count() as i64)
    }
}
