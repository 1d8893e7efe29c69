//! A row of `plan.csv`, without `source` and `id`.

use chrono::NaiveDate;

use super::rational::{Q, decimals, show};

/// In the order in which rows of one kind follow those of another, where all else
/// is equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowKind {
    New,
    Existing,
}

/// By first day, then people as they are declared (rows without a person first),
/// objectives, key results and metrics likewise; then new before existing, and the
/// parts of a split as they are declared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) start: NaiveDate,
    pub(crate) person: Option<usize>,
    pub(crate) objective: usize,
    pub(crate) key_result: usize,
    pub(crate) metric: usize,
    pub(crate) kind: RowKind,
    pub(crate) part: Option<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) place: Place,
    pub(crate) end: NaiveDate,
    pub(crate) person: String,
    pub(crate) team: String,
    pub(crate) objective: String,
    pub(crate) key_result: String,
    /// `industry=cold-chain` under a split.
    pub(crate) part: String,
    pub(crate) metric: String,
    pub(crate) amount: Q,
    pub(crate) unit: &'static str,
    pub(crate) to_date: Q,
    /// Of the metric: amounts have its decimals.
    pub(crate) step: Q,
}

/// The columns that are compared, by their names in the header.
pub(crate) const COLUMNS: [&str; 12] = [
    "start",
    "end",
    "person",
    "team",
    "objective",
    "key_result",
    "part",
    "metric",
    "kind",
    "amount",
    "unit",
    "to_date",
];

impl Row {
    pub(crate) fn cells(&self) -> [String; 12] {
        let places = decimals(&self.step).expect("a step is a decimal");
        let kind = match self.place.kind {
            RowKind::New => "new",
            RowKind::Existing => "existing",
        };
        [
            self.place.start.to_string(),
            self.end.to_string(),
            self.person.clone(),
            self.team.clone(),
            self.objective.clone(),
            self.key_result.clone(),
            self.part.clone(),
            self.metric.clone(),
            kind.to_owned(),
            long(&self.amount, places),
            self.unit.to_owned(),
            long(&self.to_date, places),
        ]
    }
}

/// With the step's decimals, or with all it has where it has more: readings do.
fn long(x: &Q, places: usize) -> String {
    show(x, decimals(x).unwrap_or(places).max(places))
}
