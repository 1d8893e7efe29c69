//! Dates, periods and stretches of days.

use chrono::{NaiveDate, Weekday};
use milepost_grammar::Span;
use milepost_grammar::ast::{DateOrPeriod, DateRange, Grain, Period, PeriodValue};

use super::Resolver;
use crate::dates::{self, DateSpan};
use crate::message::Message;

/// What a fiscal year is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Fiscal {
    /// The month it starts in, 1 to 12.
    pub(super) starts: u32,
    /// Whether it bears the number of the year it starts in, else of the one it ends in.
    pub(super) named_by_start: bool,
}

impl Fiscal {
    /// The calendar year in which the fiscal year of that number starts.
    const fn first_year(self, number: i32) -> i32 {
        if self.named_by_start || self.starts == 1 { number } else { number - 1 }
    }

    /// `count` months of the fiscal year, after `skipped` of them.
    fn months(self, number: i32, skipped: u32, count: u32) -> DateSpan {
        let month = self.starts - 1 + skipped;
        let year = self.first_year(number) + (month / 12).cast_signed();
        dates::months(year, month % 12 + 1, count)
    }
}

impl Resolver<'_> {
    /// The days from the first to the last of what `range` names.
    pub(super) fn span(&mut self, range: &DateRange) -> Option<DateSpan> {
        let first = self.days(range.from);
        let last = match range.to {
            Some(to) => self.days(to),
            None => first,
        };
        let (first, last) = (first?.first, last?.last);
        let span = DateSpan::new(first, last);
        if span.is_none() {
            self.say(Message::ReversedDates { first: first.to_string(), last: last.to_string() }, range.span);
        }
        span
    }

    /// The days of a date or a period.
    pub(super) fn days(&mut self, when: DateOrPeriod) -> Option<DateSpan> {
        match when {
            DateOrPeriod::Date(date) => Some(DateSpan::day(date.value)),
            DateOrPeriod::Period(period) => self.period(period),
        }
    }

    /// The day that `by` means: a date, or the last day of a period.
    pub(super) fn last_day(&mut self, when: DateOrPeriod) -> Option<NaiveDate> {
        self.days(when).map(|days| days.last)
    }

    fn period(&mut self, period: Period) -> Option<DateSpan> {
        // The grammar has refused periods that there are not, such as a week 53 where the year has 52.
        match period.value {
            PeriodValue::FiscalYear(_) | PeriodValue::FiscalHalf(..) | PeriodValue::FiscalQuarter(..) => {
                let Some(fiscal) = self.fiscal else {
                    self.say(Message::NoFiscalYear, period.span);
                    return None;
                };
                fiscal_days(fiscal, period.value)
            }
            value => calendar_days(value),
        }
    }

    /// Says so if `days` pokes out of the plan's period.
    pub(super) fn inside_plan(&mut self, days: DateSpan, span: Span) -> bool {
        let Some(period) = self.period else { return true };
        let inside = period.first <= days.first && days.last <= period.last;
        if !inside {
            self.say(Message::OutsidePlan { days: written(days), plan: written(period) }, span);
        }
        inside
    }
}

/// Days as a message has them.
pub(super) fn written(days: DateSpan) -> String {
    if days.first == days.last { days.first.to_string() } else { format!("{}..{}", days.first, days.last) }
}

/// A length of time, as `per` names it.
pub(super) const fn grain_word(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "day",
        Grain::Week => "week",
        Grain::TenDay => "ten-day",
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::Half => "half",
        Grain::Year => "year",
    }
}

/// The days of a period that is not fiscal.
pub(crate) fn calendar_days(period: PeriodValue) -> Option<DateSpan> {
    let whole = |year, month, grain| {
        NaiveDate::from_ymd_opt(year, month, 1).map(|day| dates::period_of(day, grain, 1))
    };
    match period {
        PeriodValue::Year(year) => whole(year, 1, Grain::Year),
        PeriodValue::Half(year, half @ 1..=2) => whole(year, half * 6 - 5, Grain::Half),
        PeriodValue::Quarter(year, quarter @ 1..=4) => whole(year, quarter * 3 - 2, Grain::Quarter),
        PeriodValue::Month(year, month) => whole(year, month, Grain::Month),
        PeriodValue::TenDay(year, month, part @ 1..=3) => NaiveDate::from_ymd_opt(year, month, part * 10 - 9)
            .map(|day| dates::period_of(day, Grain::TenDay, 1)),
        PeriodValue::Week(year, week) => NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)
            .map(|day| dates::period_of(day, Grain::Week, 1)),
        _ => None,
    }
}

pub(super) fn fiscal_days(fiscal: Fiscal, period: PeriodValue) -> Option<DateSpan> {
    match period {
        PeriodValue::FiscalYear(year) => Some(fiscal.months(year, 0, 12)),
        PeriodValue::FiscalHalf(year, half @ 1..=2) => Some(fiscal.months(year, half * 6 - 6, 6)),
        PeriodValue::FiscalQuarter(year, quarter @ 1..=4) => Some(fiscal.months(year, quarter * 3 - 3, 3)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(days: Option<DateSpan>) -> String {
        days.map_or_else(String::new, written)
    }

    #[test]
    fn fiscal_years_bear_the_year_they_end_in_unless_said() {
        let ends = Fiscal { starts: 2, named_by_start: false };
        let starts = Fiscal { starts: 2, named_by_start: true };
        let calendar = Fiscal { starts: 1, named_by_start: false };
        assert_eq!(text(fiscal_days(ends, PeriodValue::FiscalYear(2026))), "2025-02-01..2026-01-31");
        assert_eq!(text(fiscal_days(starts, PeriodValue::FiscalYear(2026))), "2026-02-01..2027-01-31");
        assert_eq!(text(fiscal_days(calendar, PeriodValue::FiscalYear(2026))), "2026-01-01..2026-12-31");
        assert_eq!(text(fiscal_days(ends, PeriodValue::FiscalQuarter(2026, 4))), "2025-11-01..2026-01-31");
        assert_eq!(text(fiscal_days(ends, PeriodValue::FiscalHalf(2026, 2))), "2025-08-01..2026-01-31");
    }

    #[test]
    fn periods_of_the_calendar() {
        let cases = [
            (PeriodValue::Year(2026), "2026-01-01..2026-12-31"),
            (PeriodValue::Half(2026, 2), "2026-07-01..2026-12-31"),
            (PeriodValue::Quarter(2026, 1), "2026-01-01..2026-03-31"),
            (PeriodValue::Month(2028, 2), "2028-02-01..2028-02-29"),
            (PeriodValue::TenDay(2026, 2, 3), "2026-02-21..2026-02-28"),
            (PeriodValue::Week(2026, 1), "2025-12-29..2026-01-04"),
            (PeriodValue::Week(2026, 53), "2026-12-28..2027-01-03"),
            (PeriodValue::Week(2025, 53), ""),
            (PeriodValue::Quarter(2026, 5), ""),
        ];
        for (period, expected) in cases {
            assert_eq!(text(calendar_days(period)), expected, "{period:?}");
        }
    }
}
