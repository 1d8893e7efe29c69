//! The time a new plan is for.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

/// A month, quarter, half or year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Period {
    /// Its first day.
    first: NaiveDate,
    /// 1, 3, 6 or 12.
    months: u32,
}

impl Period {
    /// Reads `2027`, `2027-H1`, `2027-Q1` or `2027-01`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("expected a period such as `2027-Q1`, `2027-03`, `2027-H1` or `2027`, found `{text}`");
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        let number = |text: &str, digits: usize| {
            let shaped = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            if shaped { text.parse::<u32>().ok() } else { None }
        };
        let (index, months) = match part {
            None => (1, 12),
            Some(part) => match part
                .strip_prefix('H')
                .map(|half| (half, 6))
                .or(part.strip_prefix('Q').map(|quarter| (quarter, 3)))
            {
                Some((part, months)) => (number(part, 1).ok_or_else(wrong)?, months),
                None => (number(part, 2).ok_or_else(wrong)?, 1),
            },
        };
        // The year before has its place in a plan, too.
        let year = number(year, 4).filter(|year| (1900..=9000).contains(year)).ok_or_else(wrong)?;
        let month = index
            .checked_sub(1)
            .map(|index| index * months + 1)
            .filter(|month| *month <= 12)
            .ok_or_else(wrong)?;
        let first =
            NaiveDate::from_ymd_opt(i32::try_from(year).unwrap_or_default(), month, 1).ok_or_else(wrong)?;
        Ok(Self { first, months })
    }

    /// The quarter that `today` is in, or the next one if more than half of it is over.
    pub(super) fn worth_planning(today: NaiveDate) -> Self {
        let first =
            today.with_day(1).and_then(|day| day.with_month(today.month0() / 3 * 3 + 1)).unwrap_or(today);
        let this = Self { first, months: 3 };
        let next = this.end(3);
        if today - first > next - today { Self { first: next, months: 3 } } else { this }
    }

    pub(super) fn year(self) -> i32 {
        self.first.year()
    }

    /// The last day of the first or second third.
    pub(super) fn third(self, which: u32) -> NaiveDate {
        if self.months < 3 {
            // A month has three periods of ten days.
            return self.first + Days::new(u64::from(which) * 10 - 1);
        }
        self.end(which * self.months / 3).pred_opt().unwrap_or(self.first)
    }

    /// The day after so many months.
    fn end(self, months: u32) -> NaiveDate {
        self.first.checked_add_months(Months::new(months)).unwrap_or(self.first)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, index) = (self.first.year(), self.first.month0() / self.months + 1);
        match self.months {
            12 => write!(f, "{year:04}"),
            6 => write!(f, "{year:04}-H{index}"),
            3 => write!(f, "{year:04}-Q{index}"),
            _ => write!(f, "{year:04}-{index:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_come_back_as_written() {
        for (text, first, second) in [
            ("2027", "2027-04-30", "2027-08-31"),
            ("2027-H2", "2027-08-31", "2027-10-31"),
            ("2027-Q1", "2027-01-31", "2027-02-28"),
            ("2028-Q1", "2028-01-31", "2028-02-29"),
            ("2027-02", "2027-02-10", "2027-02-20"),
            ("2027-12", "2027-12-10", "2027-12-20"),
        ] {
            let period = Period::parse(text).unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(
                (period.third(1).to_string(), period.third(2).to_string()),
                (first.into(), second.into())
            );
        }
        for text in [
            "",
            "27",
            "2027-Q5",
            "2027-Q0",
            "2027-H3",
            "2027-13",
            "2027-00",
            "2027-1",
            "2027-Q",
            "FY27",
            "0001",
            "2027-03-T1",
        ] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_quarter_that_is_nearly_over_is_not_planned() {
        let at = |text: &str| Period::worth_planning(text.parse().unwrap()).to_string();
        assert_eq!(at("2026-01-01"), "2026-Q1");
        assert_eq!(at("2026-02-15"), "2026-Q1");
        assert_eq!(at("2026-02-16"), "2026-Q2");
        assert_eq!(at("2026-11-01"), "2026-Q4");
        assert_eq!(at("2026-12-31"), "2027-Q1");
    }
}
