//! The English words in and around tables.

use chrono::{Datelike, NaiveDate};
use milepost_grammar::ast::Grain;

use super::table::{Head, Row, Rows};
use crate::english;

/// The corner of a table by periods.
pub(super) fn by(by: Grain) -> String {
    format!("by {}", english::grain(by))
}

/// The head of a column; periods by how long they are.
#[must_use]
pub fn head(head: &Head, by: Option<Grain>) -> String {
    match head {
        Head::Metric(metric) => metric.text().to_owned(),
        Head::Existing => "existing".to_owned(),
        Head::Pace(true) => "at most".to_owned(),
        Head::Pace(false) => "at least".to_owned(),
        Head::Word(word) => (*word).to_owned(),
        Head::Period(start) => period(*start, by.unwrap_or(Grain::Day)),
    }
}

/// A period by the day it starts on inside the plan, or by its month.
fn period(start: NaiveDate, grain: Grain) -> String {
    match grain {
        Grain::Day | Grain::Week | Grain::TenDay => start.format("%m-%d").to_string(),
        Grain::Year => start.year().to_string(),
        Grain::Month | Grain::Quarter | Grain::Half => start.format("%Y-%m").to_string(),
    }
}

/// The head of a row.
#[must_use]
pub fn row(row: &Row) -> String {
    match row.kind {
        Rows::Existing if row.label.text().is_empty() => "existing".to_owned(),
        Rows::Existing => format!("{}, existing", row.label.text()),
        Rows::Together => "together".to_owned(),
        Rows::Holder if row.label.text().is_empty() => "nobody".to_owned(),
        Rows::Holder | Rows::Team | Rows::Metric => row.label.text().to_owned(),
    }
}

/// People without a row.
pub(super) fn left_out(people: usize) -> String {
    format!("{people} people share in this; `--person NAME` shows one of them")
}
