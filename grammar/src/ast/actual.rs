//! `actual` and `actuals`.

use crate::ast::{Date, Name, Quantity, TableSource, Text};
use crate::span::Span;

/// `actual METRIC { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Actual {
    /// What was counted.
    pub metric: Name,
    /// The entries, in order.
    pub body: Vec<ActualStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of an actual block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum ActualStatement {
    /// `2026-01-05 liu 6 "two no-shows"`
    Entry {
        on: Date,
        who: Option<Name>,
        amount: Quantity,
        note: Option<Text>,
        span: Span,
    },
    Broken(Span),
}

/// `actuals from "crm.csv" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Actuals {
    /// Where they come from.
    pub from: TableSource,
    /// The whole declaration.
    pub span: Span,
}
