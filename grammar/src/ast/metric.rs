//! `metric`.

use crate::ast::{Grain, Name, Number, Quantity, Text, Unit, Weekday};
use crate::span::{Span, Spanned};

/// `metric NAME "title" { … }`, or computed: `metric win-rate = wins / bids { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Metric {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What it is computed from.
    pub formula: Option<Formula>,
    /// What the block says, in order.
    pub body: Vec<MetricStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// What a computed metric is made of.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Formula {
    /// `wins / bids`
    Ratio(Name, Name),
    /// `a + b + c`
    Sum(Vec<Name>),
}

/// A statement of a metric block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum MetricStatement {
    Kind(Spanned<MetricKind>),
    Better(Spanned<Better>),
    Total(Spanned<Total>),
    Grain(Spanned<Grain>),
    Unit(Spanned<Unit>),
    Step(Quantity),
    Weekdays(Vec<WeekdayWeight>, Span),
    Broken(Span),
}

/// `outcome` or `activity`
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum MetricKind {
    Outcome,
    Activity,
}

/// Which way is up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Better {
    Higher,
    Lower,
}

/// Whether readings add up (`sum`, a flow) or the latest counts (`last`, a level).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Total {
    Sum,
    Last,
}

/// `mon 3` in a `weekdays` block
#[derive(Clone, PartialEq, Debug)]
pub struct WeekdayWeight {
    /// The day.
    pub day: Weekday,
    /// Its weight beside the others.
    pub weight: Number,
}
