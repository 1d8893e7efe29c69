//! The clock. Only a plan that is begun, and the question how far one has come, ask for it.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// The day it is: in the plan's time zone, where it has one, else in UTC.
pub(super) fn today(zone: Option<Tz>) -> NaiveDate {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(0);
    let now = DateTime::<Utc>::from_timestamp(seconds, 0).unwrap_or_default();
    match zone {
        Some(zone) => now.with_timezone(&zone).date_naive(),
        None => now.date_naive(),
    }
}
