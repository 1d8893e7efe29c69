//! Days from one to another, as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use crate::dates::DateSpan;

/// First and last day.
#[derive(Serialize)]
pub(crate) struct Days {
    pub(crate) start: NaiveDate,
    pub(crate) end: NaiveDate,
}

impl From<DateSpan> for Days {
    fn from(span: DateSpan) -> Self {
        Self { start: span.first, end: span.last }
    }
}
