//! Stretches of days, as a plan writes them.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::fiscal::Fiscal;

/// A day, a named period or a range of either, both ends in.
#[derive(Clone, Debug)]
pub(crate) enum Period {
    Year(i32),
    Half(i32, u32),
    Quarter(i32, u32),
    /// Fiscal years bear two digits or four.
    FiscalYear(Fiscal, i32),
    FiscalHalf(Fiscal, i32, u32),
    FiscalQuarter(Fiscal, i32, u32),
    Month(i32, u32),
    /// The third one takes the rest of the month.
    TenDay(i32, u32, u32),
    /// ISO year and week.
    Week(i32, u32),
    Day(NaiveDate),
    Range(Box<Period>, Box<Period>),
}

pub(crate) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date of the calendar")
}

pub(crate) fn later(day: NaiveDate, days: i64) -> NaiveDate {
    if days < 0 { day - Days::new(days.unsigned_abs()) } else { day + Days::new(days.unsigned_abs()) }
}

fn full(year: i32) -> i32 {
    if year < 100 { year + 2000 } else { year }
}

fn month_start((year, month): (i32, u32)) -> NaiveDate {
    date(year, month, 1)
}

fn end_of((year, month): (i32, u32)) -> NaiveDate {
    month_end(year, month)
}

fn month_end(year: i32, month: u32) -> NaiveDate {
    later(date(year, month, 1) + Months::new(1), -1)
}

/// Every day of a stretch, both ends in; none where it is turned round.
pub(crate) fn days(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| *day <= last)
}

impl Period {
    pub(crate) fn range(first: NaiveDate, last: NaiveDate) -> Period {
        Period::Range(Box::new(Period::Day(first)), Box::new(Period::Day(last)))
    }

    pub(crate) fn first(&self) -> NaiveDate {
        match self {
            Period::Year(y) => date(*y, 1, 1),
            Period::Half(y, h) => date(*y, h * 6 - 5, 1),
            Period::Quarter(y, q) => date(*y, q * 3 - 2, 1),
            Period::FiscalYear(fiscal, y) => month_start(fiscal.month(full(*y), 0)),
            Period::FiscalHalf(fiscal, y, h) => month_start(fiscal.month(full(*y), h * 6 - 6)),
            Period::FiscalQuarter(fiscal, y, q) => month_start(fiscal.month(full(*y), q * 3 - 3)),
            Period::Month(y, m) => date(*y, *m, 1),
            Period::TenDay(y, m, t) => date(*y, *m, t * 10 - 9),
            Period::Week(y, w) => {
                NaiveDate::from_isoywd_opt(*y, *w, Weekday::Mon).expect("a week of the year")
            }
            Period::Day(day) => *day,
            Period::Range(a, _) => a.first(),
        }
    }

    pub(crate) fn last(&self) -> NaiveDate {
        match self {
            Period::Year(y) => date(*y, 12, 31),
            Period::Half(y, h) => month_end(*y, h * 6),
            Period::Quarter(y, q) => month_end(*y, q * 3),
            Period::FiscalYear(fiscal, y) => end_of(fiscal.month(full(*y), 11)),
            Period::FiscalHalf(fiscal, y, h) => end_of(fiscal.month(full(*y), h * 6 - 1)),
            Period::FiscalQuarter(fiscal, y, q) => end_of(fiscal.month(full(*y), q * 3 - 1)),
            Period::Month(y, m) => month_end(*y, *m),
            Period::TenDay(y, m, 3) => month_end(*y, *m),
            Period::TenDay(y, m, t) => date(*y, *m, t * 10),
            Period::Week(..) => later(self.first(), 6),
            Period::Day(day) => *day,
            Period::Range(_, b) => b.last(),
        }
    }

    pub(crate) fn holds(&self, day: NaiveDate) -> bool {
        self.first() <= day && day <= self.last()
    }

    pub(crate) fn text(&self) -> String {
        match self {
            Period::Year(y) => format!("{y}"),
            Period::Half(y, h) => format!("{y}-H{h}"),
            Period::Quarter(y, q) => format!("{y}-Q{q}"),
            Period::FiscalYear(_, y) => format!("FY{:02}", y % 100),
            Period::FiscalHalf(_, y, h) => format!("FY{:02}-H{h}", y % 100),
            Period::FiscalQuarter(_, y, q) => format!("FY{:02}-Q{q}", y % 100),
            Period::Month(y, m) => format!("{y}-{m:02}"),
            Period::TenDay(y, m, t) => format!("{y}-{m:02}-T{t}"),
            Period::Week(y, w) => format!("{y}-W{w:02}"),
            Period::Day(day) => day.to_string(),
            Period::Range(a, b) => format!("{}..{}", a.text(), b.text()),
        }
    }
}

/// The finest period a metric is planned in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grain {
    Day,
    Week,
    TenDay,
    Month,
    Quarter,
}

impl Grain {
    pub(crate) const ALL: [Grain; 5] = [Grain::Day, Grain::Week, Grain::TenDay, Grain::Month, Grain::Quarter];

    pub(crate) fn text(self) -> &'static str {
        match self {
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::TenDay => "ten-day",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
        }
    }

    /// The whole period of this grain that a day lies in; quarters follow the
    /// fiscal year where there is one.
    pub(crate) fn around(self, day: NaiveDate, fiscal: Option<Fiscal>) -> Period {
        let (year, month) = (day.year(), day.month());
        match self {
            Grain::Day => Period::Day(day),
            Grain::Week => Period::Week(day.iso_week().year(), day.iso_week().week()),
            Grain::TenDay => Period::TenDay(year, month, (day.day().min(30) - 1) / 10 + 1),
            Grain::Month => Period::Month(year, month),
            Grain::Quarter => match fiscal {
                None => Period::Quarter(year, (month - 1) / 3 + 1),
                Some(fiscal) => {
                    let (name, quarter) = fiscal.quarter(day);
                    Period::FiscalQuarter(fiscal, name, quarter)
                }
            },
        }
    }

    /// The whole periods of this grain that meet a window, in order.
    pub(crate) fn meeting(self, first: NaiveDate, last: NaiveDate, fiscal: Option<Fiscal>) -> Vec<Period> {
        let mut all = Vec::new();
        let mut day = first;
        while day <= last {
            let period = self.around(day, fiscal);
            day = later(period.last(), 1);
            all.push(period);
        }
        all
    }
}
