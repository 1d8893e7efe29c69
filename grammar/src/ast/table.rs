//! `history` and data that comes from tables.

use crate::ast::{DateOrPeriod, Name, Quantity, Text};
use crate::span::Span;

/// `from "a.csv", "b.csv" { date "Close Date" as "D.M.Y"; … }`
#[derive(Clone, PartialEq, Debug)]
pub struct TableSource {
    /// One or more files.
    pub files: Vec<Text>,
    /// Which column holds what.
    pub columns: Vec<Column>,
    /// `encoding gb18030`
    pub encoding: Option<Name>,
    /// All of it.
    pub span: Span,
}

/// `date "Close Date" as "D.M.Y"`
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// What it holds: `date`, `amount`, `person`, …
    pub field: Name,
    /// Its heading.
    pub heading: Text,
    /// How its cells are written.
    pub format: Option<Text>,
    /// The statement.
    pub span: Span,
}

/// `history NAME of METRIC { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct History {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What it is a history of.
    pub metric: Option<Name>,
    /// Where it comes from, if not written here.
    pub from: Option<TableSource>,
    /// Its lines, in order.
    pub body: Vec<HistoryStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of a history block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum HistoryStatement {
    /// `2025-02 35k of 50k`: reached, of what was planned then.
    Entry {
        when: DateOrPeriod,
        amount: Quantity,
        planned: Option<Quantity>,
        span: Span,
    },
    Broken(Span),
}
