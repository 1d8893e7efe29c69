//! The fiscal year, whose quarters need not be the calendar's.

use chrono::{Datelike, NaiveDate};

/// When it begins, and whether it is called by the year it begins in instead of
/// the one it ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fiscal {
    /// 1 for January.
    pub(crate) starts: u32,
    pub(crate) named_by_start: bool,
}

impl Fiscal {
    /// The name of the fiscal year and the number of the quarter a day lies in.
    pub(crate) fn quarter(self, day: NaiveDate) -> (i32, u32) {
        let begun = day.month() >= self.starts;
        let begins = if begun { day.year() } else { day.year() - 1 };
        let passed = (day.month() + 12 - self.starts) % 12;
        (begins + self.named_later(), passed / 3 + 1)
    }

    /// Calendar year and month of the month that is the n-th (from 0) of the fiscal
    /// year of this name.
    pub(crate) fn month(self, name: i32, n: u32) -> (i32, u32) {
        let months = self.starts - 1 + n;
        (name - self.named_later() + (months / 12).cast_signed(), months % 12 + 1)
    }

    /// One that begins in January ends in the year it begins in.
    fn named_later(self) -> i32 {
        i32::from(!self.named_by_start && self.starts != 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::period::{Period, date};
    use super::*;

    #[test]
    fn fy26_ends_in_january_2026_unless_named_by_start() {
        let by_end = Fiscal { starts: 2, named_by_start: false };
        assert_eq!(Period::FiscalYear(by_end, 26).last(), date(2026, 1, 31));
        assert_eq!(Period::FiscalYear(by_end, 26).first(), date(2025, 2, 1));
        assert_eq!(by_end.quarter(date(2026, 1, 31)), (2026, 4));
        let by_start = Fiscal { starts: 2, named_by_start: true };
        assert_eq!(Period::FiscalQuarter(by_start, 26, 1).first(), date(2026, 2, 1));
        assert_eq!(by_start.quarter(date(2026, 1, 31)), (2025, 4));
    }
}
