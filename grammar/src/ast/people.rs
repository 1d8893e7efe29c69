//! `team` and `person`.

use crate::ast::{Date, DateRange, Grain, Name, Number, Path, Quantity, Text};
use crate::span::{Span, Spanned};

/// `team NAME "title" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Team {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the block says, in order; members and inner teams among it.
    pub body: Vec<TeamStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of a team block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum TeamStatement {
    Lead(Name),
    Team(Team),
    Person(Person),
    /// What a person may say too; said for all inside.
    Member(MemberStatement),
    Broken(Span),
}

/// `person NAME "title" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// Their name.
    pub name: Name,
    /// Their title: the name as people write it.
    pub title: Option<Text>,
    /// What the block says, in order.
    pub body: Vec<MemberStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of a person, or of a team for all in it.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum MemberStatement {
    Role(Name),
    Weight(Number),
    From(Date),
    Until(Date),
    Away(Away),
    Ramp(Ramp),
    Calendar(Name),
    Limit(Limit),
    OwnRate(OwnRate),
    Broken(Span),
}

/// `away RANGE "why"`
#[derive(Clone, PartialEq, Debug)]
pub struct Away {
    /// Which days.
    pub range: DateRange,
    /// Why.
    pub text: Option<Text>,
    /// The statement.
    pub span: Span,
}

/// `ramp 50%, 75%, 100% by month [after start]`
#[derive(Clone, PartialEq, Debug)]
pub struct Ramp {
    /// Percents, one a month; the last holds on.
    pub steps: Vec<Number>,
    /// Whether the first step belongs to the first whole month.
    pub after_start: bool,
    /// The statement.
    pub span: Span,
}

/// `visits at most 6 per day`
#[derive(Clone, PartialEq, Debug)]
pub struct Limit {
    /// Which metric.
    pub metric: Name,
    /// The most.
    pub amount: Quantity,
    /// In how long.
    pub per: Spanned<Grain>,
    /// The statement.
    pub span: Span,
}

/// `field-sales.orders 1 in 15`: a rate (or `40k CNY each`) of their own for one line of a funnel.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnRate {
    /// The funnel and the line.
    pub path: Path,
    /// Their own need.
    pub need: crate::ast::Need,
    /// The statement.
    pub span: Span,
}
