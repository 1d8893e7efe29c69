//! What was reached before.

use crate::dates::DateSpan;
use crate::exact::Exact;
use crate::plan::{Holder, MetricId};
use crate::sources::Place;

/// Past amounts by period.
#[derive(Clone, Debug)]
pub struct History {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared.
    pub place: Place,
    /// What it is a history of.
    pub metric: Option<MetricId>,
    /// The amounts, in the order written.
    pub entries: Vec<HistoryEntry>,
    /// What each person or team reached in all its rows, where a table says who; not of levels.
    pub by_holder: Vec<(Holder, Exact)>,
    /// Something of its tables could not be read, which has been said; nothing is said of what is missing.
    pub spoilt: bool,
}

/// One past amount.
#[derive(Clone, PartialEq, Debug)]
pub struct HistoryEntry {
    /// When.
    pub period: DateSpan,
    /// How much.
    pub amount: Exact,
    /// What was planned then.
    pub planned: Option<Exact>,
    /// The statement.
    pub place: Place,
}
