//! Names, texts, numbers, dates and periods.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::span::{Span, Spanned};

/// A name as written.
pub type Name = Spanned<String>;
/// A string without its quotes and escapes; the span holds the quotes.
pub type Text = Spanned<String>;
/// A day that exists.
pub type Date = Spanned<NaiveDate>;
/// A number without a unit.
pub type Number = Spanned<Decimal>;

/// Names joined by dots, `win-north.book`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    /// The parts, at least one.
    pub parts: Vec<Name>,
    /// From the first to the last part.
    pub span: Span,
}

impl Path {
    /// The path as one text with dots.
    #[must_use]
    pub fn dotted(&self) -> String {
        self.parts.iter().map(|part| part.value.as_str()).collect::<Vec<_>>().join(".")
    }
}

/// What a number counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unit {
    /// `%`
    Percent,
    /// `pp`, percentage points
    Points,
    /// A currency sign in front, such as `$` or `¥` (full-width signs come as these).
    Sign(char),
    /// A word behind the number; `元` comes as `CNY`.
    Word(String),
}

/// A number with what it counts, `40k CNY`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// The exact value, scale letters applied.
    pub value: Decimal,
    /// The unit, where one was written.
    pub unit: Option<Spanned<Unit>>,
    /// Number and unit.
    pub span: Span,
}

/// One quantity or two with `..` between.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QuantityRange {
    /// `40k CNY`
    One(Quantity),
    /// `35k..45k CNY`
    Between(Quantity, Quantity),
}

/// How much of the left one unit of the right yields. Percents are numbers of hundredths: `25%` is 25.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RateValue {
    /// `25%`
    Percent(Decimal),
    /// `4%..6%`
    PercentRange(Decimal, Decimal),
    /// `1 in 20` as hits and trials
    In(Decimal, Decimal),
    /// `1 in 15..25` as hits, fewest and most trials
    InRange(Decimal, Decimal, Decimal),
    /// `10 of 200`, seen hits and trials
    Evidence(Decimal, Decimal),
}

/// A rate and where it was written.
pub type Rate = Spanned<RateValue>;

/// A span of the calendar with a name of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PeriodValue {
    /// `2026`
    Year(i32),
    /// `2026-H1`
    Half(i32, u32),
    /// `2026-Q1`
    Quarter(i32, u32),
    /// `2026-03`
    Month(i32, u32),
    /// `2026-03-T1`: days 1–10, 11–20, the rest
    TenDay(i32, u32, u32),
    /// `2026-W05`, ISO 8601
    Week(i32, u32),
    /// `FY26`, the fiscal year of that number (two digits are of this century)
    FiscalYear(i32),
    /// `FY26-H1`
    FiscalHalf(i32, u32),
    /// `FY26-Q1`
    FiscalQuarter(i32, u32),
}

/// A period and where it was written.
pub type Period = Spanned<PeriodValue>;

/// A day or a period, where either will do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateOrPeriod {
    /// A day.
    Date(Date),
    /// A period; where one day is meant, its last.
    Period(Period),
}

impl DateOrPeriod {
    /// Where it was written.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Date(date) => date.span,
            Self::Period(period) => period.span,
        }
    }
}

/// A stretch of days: one day, one period, or `A..B` with both ends in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DateRange {
    /// The first day, or the period it begins with.
    pub from: DateOrPeriod,
    /// The last, where two were written.
    pub to: Option<DateOrPeriod>,
    /// All of it.
    pub span: Span,
}

/// How long a stretch is in which something recurs or is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Grain {
    Day,
    Week,
    TenDay,
    Month,
    Quarter,
    Half,
    Year,
}

impl Grain {
    /// The word for it, as in `per day`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::TenDay => "ten-day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
        }
    }
}

/// What a length of time is counted in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum TimeUnit {
    Minute,
    Hour,
    Day,
    Workday,
    Week,
    Month,
}

/// A whole number of time units, `14 days`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Duration {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: TimeUnit,
    /// Where it was written.
    pub span: Span,
}

/// A time of day, `09:00`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TimeOfDay {
    /// 0 to 23
    pub hour: u32,
    /// 0 to 59
    pub minute: u32,
    /// Where it was written.
    pub span: Span,
}

/// A day of the week.
pub type Weekday = Spanned<chrono::Weekday>;
