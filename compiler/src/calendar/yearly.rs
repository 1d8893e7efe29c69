//! Events that come again every year, as fixed holidays do.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::dates::{days_in_month, minus, plus};

/// A rule without an end holds until the end of this year; no plan reaches further.
const LAST_YEAR: i32 = 2199;

/// `FREQ=YEARLY` on one day of the year: that of the event, one of a month, or the n-th of a weekday.
#[derive(Debug)]
pub(super) struct Yearly {
    interval: u32,
    count: Option<u32>,
    until: Option<NaiveDate>,
    on: On,
}

#[derive(Debug)]
enum On {
    SameDay,
    /// The month, and the day of it, from its end where negative.
    Day(u32, i32),
    /// The month, and the n-th weekday of it, from its end where negative.
    Weekday(u32, i32, Weekday),
}

impl Yearly {
    /// Reads the value of an `RRULE`; gives back the part that is more than this can say.
    pub(super) fn parse(value: &str) -> Result<Self, String> {
        let mut rule = Self { interval: 1, count: None, until: None, on: On::SameDay };
        let (mut yearly, mut month, mut day, mut weekday) = (false, None, None, None);
        for part in value.trim().split(';').filter(|part| !part.is_empty()) {
            let wrong = || part.to_owned();
            let (name, value) = part.split_once('=').ok_or_else(wrong)?;
            match name.to_ascii_uppercase().as_str() {
                "FREQ" if value.eq_ignore_ascii_case("YEARLY") => yearly = true,
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|years| *years > 0).ok_or_else(wrong)?
                }
                "COUNT" => {
                    rule.count = Some(value.parse().ok().filter(|count| *count > 0).ok_or_else(wrong)?)
                }
                "UNTIL" => {
                    let day = value.get(..8).and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok());
                    rule.until = Some(day.ok_or_else(wrong)?);
                }
                "BYMONTH" => {
                    month =
                        Some(value.parse().ok().filter(|month| (1..=12).contains(month)).ok_or_else(wrong)?)
                }
                "BYMONTHDAY" => {
                    let number: i32 = value.parse().map_err(|_| wrong())?;
                    day = Some(
                        Some(number).filter(|number| (1..=31).contains(&number.abs())).ok_or_else(wrong)?,
                    );
                }
                "BYDAY" => weekday = Some(nth_weekday(value).ok_or_else(wrong)?),
                // The day a week begins on plays no part in these rules.
                "WKST" => {}
                _ => return Err(wrong()),
            }
        }
        rule.on = match (month, day, weekday) {
            _ if !yearly => return Err(value.to_owned()),
            (None, None, None) => On::SameDay,
            (Some(month), Some(day), None) => On::Day(month, day),
            (Some(month), None, Some((nth, weekday))) => On::Weekday(month, nth, weekday),
            // The day is the event's own.
            (Some(month), None, None) => On::Day(month, 0),
            _ => return Err(value.to_owned()),
        };
        Ok(rule)
    }

    /// The days of the rule from `first` on, `first` among them.
    pub(super) fn from(&self, first: NaiveDate) -> Vec<NaiveDate> {
        let mut days = vec![first];
        let step = usize::try_from(self.interval).unwrap_or(usize::MAX);
        for year in (first.year()..=LAST_YEAR).step_by(step) {
            let Some(day) = self.day_in(year, first).filter(|day| *day > first) else { continue };
            if self.until.is_some_and(|until| day > until)
                || self.count.is_some_and(|count| days.len() >= count as usize)
            {
                break;
            }
            days.push(day);
        }
        days
    }

    /// The day of the rule in `year`, if that year has it (not all have 29 February).
    fn day_in(&self, year: i32, first: NaiveDate) -> Option<NaiveDate> {
        let (month, day) = match self.on {
            On::SameDay => (first.month(), first.day()),
            On::Day(month, 0) => (month, first.day()),
            On::Day(month, day) if day < 0 => {
                let back = day.unsigned_abs() - 1;
                (month, days_in_month(year, month).checked_sub(back)?)
            }
            On::Day(month, day) => (month, day.unsigned_abs()),
            On::Weekday(month, nth, weekday) => return nth_in_month(year, month, nth, weekday),
        };
        NaiveDate::from_ymd_opt(year, month, day)
    }
}

/// The n-th weekday of a month, from its end where `nth` is negative.
fn nth_in_month(year: i32, month: u32, nth: i32, weekday: Weekday) -> Option<NaiveDate> {
    let weeks = u64::from(nth.unsigned_abs().checked_sub(1)?) * 7;
    let day = if nth > 0 {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        plus(first, u64::from(weekday.days_since(first.weekday())) + weeks)
    } else {
        let last = NaiveDate::from_ymd_opt(year, month, days_in_month(year, month))?;
        minus(last, u64::from(last.weekday().days_since(weekday)) + weeks)
    };
    (day.month() == month).then_some(day)
}

/// `4TH`, `-1MO`
fn nth_weekday(text: &str) -> Option<(i32, Weekday)> {
    let (number, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth: i32 = number.parse().ok().filter(|nth: &i32| (1..=5).contains(&nth.abs()))?;
    let weekday = match name.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    Some((nth, weekday))
}
