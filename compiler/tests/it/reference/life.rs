//! What happens to a plan: readings, and what is said of goals beside their amounts.

use chrono::NaiveDate;

use super::rational::Q;

/// One line of an `actual` block, or one row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) day: NaiveDate,
    pub(crate) metric: String,
    /// A person or a team; nobody's where there is none.
    pub(crate) who: Option<String>,
    pub(crate) amount: Q,
    /// The part of each split that it says something of; in tables alone.
    pub(crate) parts: Vec<(String, String)>,
    /// It stands in the table.
    pub(crate) in_table: bool,
}

/// What may be said of an objective and of a key result alike.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) weight: Option<Q>,
    /// Paths of goals.
    pub(crate) supports: Vec<String>,
    pub(crate) dropped: Option<NaiveDate>,
    pub(crate) aspirational: bool,
    /// In percent; of a key result.
    pub(crate) threshold: Option<Q>,
}

/// An item of a checklist.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) title: Option<String>,
    pub(crate) by: Option<NaiveDate>,
    pub(crate) done: Option<NaiveDate>,
}

/// How a metric follows from others: the first by the second, or all together.
#[derive(Clone, Debug)]
pub(crate) struct Formula {
    pub(crate) of: Vec<String>,
    pub(crate) ratio: bool,
}
