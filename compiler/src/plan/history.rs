//! What was reached before.

use chrono::{Datelike, NaiveDate};

use crate::calendar::Calendar;
use crate::dates::DateSpan;
use crate::exact::{Exact, ratio};
use crate::plan::{Holder, MetricId};
use crate::sources::Place;

/// Past amounts by period.
#[derive(Clone, Debug)]
pub struct History {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared.
    pub place: Place,
    /// What it is a history of.
    pub metric: Option<MetricId>,
    /// The amounts, in the order written.
    pub entries: Vec<HistoryEntry>,
    /// What each person or team reached in all its rows, where a table says who; not of levels.
    pub by_holder: Vec<(Holder, Exact)>,
    /// Something of its tables could not be read, which has been said; nothing is said of what is missing.
    pub spoilt: bool,
}

/// One past amount.
#[derive(Clone, PartialEq, Debug)]
pub struct HistoryEntry {
    /// When.
    pub period: DateSpan,
    /// How much.
    pub amount: Exact,
    /// What was planned then.
    pub planned: Option<Exact>,
    /// The statement.
    pub place: Place,
}

/// How many years back the same months are looked for.
const MOST_YEARS: i32 = 50;

impl History {
    /// The level a history ends with before `day`.
    #[must_use]
    pub fn last_before(&self, day: NaiveDate) -> Option<Exact> {
        let entries = self.entries.iter().filter(|entry| entry.period.last < day);
        entries.max_by_key(|entry| entry.period.last).map(|entry| entry.amount.clone())
    }

    /// What a history holds of the same days of the nearest earlier year of which it holds all. A period that lies in
    /// them only in part counts by the part of its working days.
    #[must_use]
    pub fn same_days(&self, window: DateSpan, calendar: &Calendar) -> Option<Exact> {
        (1..=MOST_YEARS).find_map(|years| {
            let then = DateSpan::new(years_before(window.first, years), years_before(window.last, years))?;
            let mut covered = 0;
            let mut amount = Exact::ZERO;
            for entry in &self.entries {
                let Some(part) = entry.period.intersect(&then) else { continue };
                covered += part.len();
                amount += if part == entry.period {
                    entry.amount.clone()
                } else {
                    let count = |days| i64::try_from(calendar.count(days)).unwrap_or(i64::MAX);
                    match count(entry.period) {
                        0 => Exact::ZERO,
                        all => &entry.amount * ratio(count(part), all),
                    }
                };
            }
            (covered >= then.len()).then_some(amount)
        })
    }
}

/// The same day of an earlier year; 29 February stands for 28 where there is none.
fn years_before(day: NaiveDate, years: i32) -> NaiveDate {
    let year = day.year() - years;
    day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(day)
}
