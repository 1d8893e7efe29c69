//! Stretches of days and the periods they are cut into.

use chrono::{Datelike, Days, NaiveDate};
use milepost_grammar::ast::Grain;

/// The months, as plans and tables write them.
pub const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Days from `first` to `last`, both in; never empty.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DateSpan {
    /// The first day.
    pub first: NaiveDate,
    /// The last day, not before the first.
    pub last: NaiveDate,
}

impl DateSpan {
    /// The days from `first` to `last`, if there are any.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// One day.
    #[must_use]
    pub const fn day(date: NaiveDate) -> Self {
        Self { first: date, last: date }
    }

    /// Whether `date` lies in it.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }

    /// The days in both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        Self::new(self.first.max(other.first), self.last.min(other.last))
    }

    /// Every day, in order.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last;
        self.first.iter_days().take_while(move |day| *day <= last)
    }

    /// How many days.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::try_from((self.last - self.first).num_days() + 1).unwrap_or(0)
    }

    /// Never: a span holds at least a day.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        false
    }
}

/// The whole period of length `grain` that `date` lies in. Weeks are of ISO 8601; `fiscal_start` is the
/// month that quarters, halves and years are counted from, 1 to 12.
#[must_use]
pub fn period_of(date: NaiveDate, grain: Grain, fiscal_start: u32) -> DateSpan {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match grain {
        Grain::Day => DateSpan::day(date),
        Grain::Week => {
            let first = minus(date, u64::from(date.weekday().num_days_from_monday()));
            DateSpan { first, last: plus(first, 6) }
        }
        Grain::TenDay => {
            let first = match day {
                1..=10 => 1,
                11..=20 => 11,
                _ => 21,
            };
            let last = if first == 21 { days_in_month(year, month) } else { first + 9 };
            DateSpan { first: at(year, month, first), last: at(year, month, last) }
        }
        Grain::Month => months(year, month, 1),
        Grain::Quarter => from_fiscal(year, month, fiscal_start, 3),
        Grain::Half => from_fiscal(year, month, fiscal_start, 6),
        Grain::Year => from_fiscal(year, month, fiscal_start, 12),
    }
}

/// The periods of length `grain` that touch `span`, cut at its ends.
#[must_use]
pub fn periods(span: DateSpan, grain: Grain, fiscal_start: u32) -> Vec<DateSpan> {
    let mut cut = Vec::new();
    let mut day = span.first;
    while let Some(piece) = period_of(day, grain, fiscal_start).intersect(&span) {
        cut.push(piece);
        match piece.last.succ_opt() {
            Some(next) if next <= span.last => day = next,
            _ => break,
        }
    }
    cut
}

/// `count` months from the first of `month`.
#[must_use]
pub fn months(year: i32, month: u32, count: u32) -> DateSpan {
    let index = year * 12 + month.cast_signed() - 1 + count.cast_signed() - 1;
    let (last_year, last_month) = (index.div_euclid(12), index.rem_euclid(12).unsigned_abs() + 1);
    DateSpan {
        first: at(year, month, 1),
        last: at(last_year, last_month, days_in_month(last_year, last_month)),
    }
}

fn from_fiscal(year: i32, month: u32, fiscal_start: u32, length: u32) -> DateSpan {
    let index = year * 12 + month.cast_signed() - 1;
    let start = fiscal_start.clamp(1, 12).cast_signed() - 1;
    let first = index - (index - start).rem_euclid(length.cast_signed());
    months(first.div_euclid(12), first.rem_euclid(12).unsigned_abs() + 1, length)
}

/// How many days the month has.
#[must_use]
pub fn days_in_month(year: i32, month: u32) -> u32 {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    at(next_year, next_month, 1).pred_opt().map_or(28, |day| day.day())
}

fn at(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// `days` days later; stays where the calendar ends.
#[must_use]
pub fn plus(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// `days` days earlier; stays where the calendar begins.
#[must_use]
pub fn minus(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}
