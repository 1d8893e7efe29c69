//! Days and periods from their text: what it is, and whether it exists.

use chrono::{Datelike, NaiveDate};

use crate::ast::PeriodValue;
use crate::message::Message;
use crate::token::plain_digit;

/// What a date-like text says.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Moment {
    /// A day.
    Day(NaiveDate),
    /// A period.
    Period(PeriodValue),
}

/// Reads `2026-03-31`, `2026-Q1`, `FY26` and the like, as plans write them; also for cells of tables.
///
/// # Errors
/// Says why the text is no day and no period.
pub fn moment(written: &str) -> Result<Moment, Message> {
    let plain: String = written.chars().map(|c| plain_digit(c).unwrap_or(c)).collect();
    let misspelt = || Message::MisspeltDate { written: written.to_owned(), plain: suggestion(&plain) };
    if let Some(fiscal) = plain.strip_prefix("FY") {
        return self::fiscal(fiscal, written).unwrap_or_else(|| Err(misspelt()));
    }
    calendar(&plain, written).unwrap_or_else(|| Err(misspelt()))
}

type Read = Option<Result<Moment, Message>>;

fn period(value: PeriodValue) -> Read {
    Some(Ok(Moment::Period(value)))
}

fn fiscal(text: &str, written: &str) -> Read {
    let (year, part) = match text.split_once('-') {
        Some((year, part)) => (year, Some(part)),
        None => (text, None),
    };
    let year = match year.len() {
        2 => 2000 + digits(year)?,
        4 => digits(year)?,
        _ => return None,
    } as i32;
    let Some(part) = part else { return period(PeriodValue::FiscalYear(year)) };
    if let Some(half) = part.strip_prefix('H') {
        return Some(half_of(half, written)?.map(|half| Moment::Period(PeriodValue::FiscalHalf(year, half))));
    }
    let quarter = part.strip_prefix('Q')?;
    let quarter = quarter_of(quarter, written)?;
    Some(quarter.map(|quarter| Moment::Period(PeriodValue::FiscalQuarter(year, quarter))))
}

fn calendar(text: &str, written: &str) -> Read {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4).and_then(digits)? as i32;
    let (second, third, fourth) = (parts.next(), parts.next(), parts.next());
    if fourth.is_some() {
        return None;
    }
    let Some(second) = second else { return period(PeriodValue::Year(year)) };
    if third.is_none() {
        if let Some(half) = second.strip_prefix('H') {
            return Some(half_of(half, written)?.map(|half| Moment::Period(PeriodValue::Half(year, half))));
        }
        if let Some(quarter) = second.strip_prefix('Q') {
            let quarter = quarter_of(quarter, written)?;
            return Some(quarter.map(|quarter| Moment::Period(PeriodValue::Quarter(year, quarter))));
        }
        if let Some(week) = second.strip_prefix('W') {
            return week_of(year, week, written);
        }
    }
    let month = two_digits(second)?;
    if !(1..=12).contains(&month) {
        return Some(Err(Message::NoSuchMonth { written: written.to_owned() }));
    }
    let Some(third) = third else { return period(PeriodValue::Month(year, month)) };
    if let Some(part) = third.strip_prefix('T') {
        let part = one_digit(part)?;
        return if (1..=3).contains(&part) {
            period(PeriodValue::TenDay(year, month, part))
        } else {
            Some(Err(Message::NoSuchTenDay { written: written.to_owned() }))
        };
    }
    let day = two_digits(third)?;
    Some(match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => Ok(Moment::Day(date)),
        None => {
            let days = days_of_month(year, month);
            let last = (day > days).then(|| format!("{year:04}-{month:02}-{days:02}"));
            Err(Message::NoSuchDay { written: written.to_owned(), month, days, last })
        }
    })
}

fn half_of(text: &str, written: &str) -> Option<Result<u32, Message>> {
    let half = one_digit(text)?;
    Some(if (1..=2).contains(&half) {
        Ok(half)
    } else {
        Err(Message::NoSuchHalf { written: written.to_owned() })
    })
}

fn quarter_of(text: &str, written: &str) -> Option<Result<u32, Message>> {
    let quarter = one_digit(text)?;
    Some(if (1..=4).contains(&quarter) {
        Ok(quarter)
    } else {
        Err(Message::NoSuchQuarter { written: written.to_owned() })
    })
}

fn week_of(year: i32, text: &str, written: &str) -> Read {
    let week = two_digits(text)?;
    // The 28th of December lies in the last ISO week of every year.
    let weeks = NaiveDate::from_ymd_opt(year, 12, 28)?.iso_week().week();
    Some(if (1..=weeks).contains(&week) {
        Ok(Moment::Period(PeriodValue::Week(year, week)))
    } else {
        Err(Message::NoSuchWeek { written: written.to_owned(), year, weeks })
    })
}

fn days_of_month(year: i32, month: u32) -> u32 {
    (28..=31).rev().find(|&day| NaiveDate::from_ymd_opt(year, month, day).is_some()).unwrap_or(31)
}

fn digits(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn one_digit(text: &str) -> Option<u32> {
    if text.len() == 1 { digits(text) } else { None }
}

fn two_digits(text: &str) -> Option<u32> {
    if text.len() == 2 { digits(text) } else { None }
}

/// The date that a differently written one was probably meant to be, if it exists:
/// `2026-3-1`, `2026/03/01`, `2026.3.1`, `20260301`, `2026-q1`, `2026-w5`.
pub(super) fn suggestion(written: &str) -> Option<String> {
    let plain: String = written.chars().map(|c| plain_digit(c).unwrap_or(c)).collect();
    let plain = plain.to_uppercase().replace(['/', '.', '年', '月'], "-").replace('日', "");
    let plain = match plain.strip_prefix("FY") {
        Some(_) => plain,
        None if plain.len() == 8 && digits(&plain).is_some() => {
            format!("{}-{}-{}", plain.get(..4)?, plain.get(4..6)?, plain.get(6..)?)
        }
        None => plain.split('-').filter(|part| !part.is_empty()).map(padded).collect::<Vec<_>>().join("-"),
    };
    let known = match plain.strip_prefix("FY") {
        Some(fiscal) => self::fiscal(fiscal, &plain),
        None => calendar(&plain, &plain),
    };
    (plain != written && matches!(known, Some(Ok(_)))).then_some(plain)
}

fn padded(part: &str) -> String {
    match part.strip_prefix('W') {
        Some(week) if week.len() == 1 => format!("W0{week}"),
        _ if part.len() == 1 && digits(part).is_some() => format!("0{part}"),
        _ => part.to_owned(),
    }
}
