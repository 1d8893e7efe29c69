//! Tables: rows and columns of amounts.

use chrono::NaiveDate;
use milepost_grammar::ast::Grain;

use super::Label;

/// Rows and columns of amounts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// What it is about, where the rows are not of one kind.
    pub of: Option<Label>,
    /// How long its periods are, if it has any.
    pub by: Option<Grain>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// How many people have no row in it, because they are too many.
    pub left_out: usize,
    /// Its columns, each with a cell for each row.
    pub columns: Vec<Column>,
}

/// The head of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Whose it is, or of what.
    pub label: Label,
    /// How many teams it is in.
    pub depth: usize,
    /// What kind of row.
    pub kind: Rows,
}

/// What a row stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rows {
    /// One person, or a team that holds an amount itself.
    Holder,
    /// All who are in a team.
    Team,
    /// What existing accounts bring.
    Existing,
    /// Everybody.
    Together,
    /// A metric.
    Metric,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// What is in it.
    pub head: Head,
    /// What each row has; `None` for nothing.
    pub cells: Vec<Option<String>>,
}

/// What is in a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Head {
    /// Amounts of a metric.
    Metric(Label),
    /// What existing accounts bring of the metric before.
    Existing,
    /// The pace of the metric before; whether it is the most, else the least.
    Pace(bool),
    /// Amounts of a period, by its first day inside the plan.
    Period(NaiveDate),
    /// What a word says.
    Word(&'static str),
}
