//! Calendars from files: which days a file marks as free or worked.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{DayMark, csv, holiday_cn, ics};
use crate::message::Message;

/// More days than this no calendar of holidays marks. Files come from strangers, and a line of text may
/// claim thousands of years.
pub(super) const MOST_DAYS: usize = 200_000;

/// Why a file is no calendar, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: Message,
}

impl ImportError {
    pub(super) const fn new((line, column): (usize, usize), message: Message) -> Self {
        Self { line, column, message }
    }
}

/// The days that a file marks, each once, in order of date. Where the file has a day twice, work holds over
/// leave, as a make-up day inside a holiday of several days does.
///
/// The ending of `path` says how `bytes` are read: `.ics` for RFC 5545, `.json` for the shape of the
/// holiday-cn data (`{year, days: [{name, date, isOffDay}]}`), `.csv` for a table with the header
/// `date,kind,name`. Events of an `.ics` whose title holds one of the words of `work` are worked.
///
/// # Errors
/// The first thing in the file that cannot be read, with its line.
pub fn import(path: &str, bytes: &[u8], work: &[String]) -> Result<Vec<DayMark>, ImportError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let ending =
        path.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let marks = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("ics") => ics::read(bytes, work)?,
        Some("json") => holiday_cn::read(utf8(bytes)?)?,
        Some("csv") => csv::read(utf8(bytes)?)?,
        _ => return Err(ImportError::new((1, 1), Message::CalendarFormat { path: path.to_owned() })),
    };
    let mut days: BTreeMap<NaiveDate, DayMark> = BTreeMap::new();
    for mark in marks {
        if mark.works || days.get(&mark.date).is_none_or(|other| !other.works) {
            days.insert(mark.date, mark);
        }
    }
    Ok(days.into_values().collect())
}

/// The bytes as text, or where they are none.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, ImportError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |index| index + 1);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column =
            String::from_utf8_lossy(before.get(line_start..).unwrap_or_default()).chars().count() + 1;
        ImportError::new((line, column), Message::CalendarEncoding { byte: error.valid_up_to() })
    })
}

/// A date with dashes, `2026-01-31`, and nothing else (chrono also takes `2026-1-31` and `+2026-01-31`).
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shaped { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

/// The beginning of `text`, for a message.
pub(super) fn excerpt(text: &str) -> String {
    const MOST: usize = 40;
    let mut clean: String = text.chars().take(MOST).filter(|sign| !sign.is_control()).collect();
    if text.chars().nth(MOST).is_some() {
        clean.push('…');
    }
    clean
}
