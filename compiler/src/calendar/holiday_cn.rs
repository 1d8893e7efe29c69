//! Days off and make-up days in the shape of the holiday-cn data.

use std::fmt;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::DayMark;
use super::import::{ImportError, date};
use crate::message::Message;

#[derive(serde::Deserialize)]
struct Year {
    days: Vec<Day>,
}

#[derive(serde::Deserialize)]
struct Day {
    #[serde(default)]
    name: String,
    date: IsoDate,
    #[serde(rename = "isOffDay")]
    is_off_day: bool,
}

/// Reads a date where it stands, so that serde_json knows the line of one that does not exist.
struct IsoDate(NaiveDate);

impl<'de> Deserialize<'de> for IsoDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;
        impl Visitor<'_> for Expected {
            type Value = IsoDate;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a date such as `2026-01-31`")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<IsoDate, E> {
                date(text)
                    .map(IsoDate)
                    .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Expected)
    }
}

/// The days that `text` marks.
pub(super) fn read(text: &str) -> Result<Vec<DayMark>, ImportError> {
    let year: Year = serde_json::from_str(text).map_err(|error| {
        let (line, bytes) = (error.line().max(1), error.column());
        let row = text.split('\n').nth(line - 1).unwrap_or_default();
        let before = row.get(..bytes.saturating_sub(1)).unwrap_or(row);
        let said = error.to_string();
        let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason).to_owned();
        ImportError::new((line, before.chars().count() + 1), Message::HolidayJson { reason })
    })?;
    let mark = |day: Day| DayMark { date: day.date.0, works: !day.is_off_day, name: day.name };
    Ok(year.days.into_iter().map(mark).collect())
}
