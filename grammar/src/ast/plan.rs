//! `plan` and `scenario`.

use crate::ast::{DateOrPeriod, DateRange, Name, Number, Path, Quantity, Rate, Smart, Text};
use crate::span::{Span, Spanned};

/// `plan NAME "title" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the block says, in order.
    pub body: Vec<PlanStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of a plan block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum PlanStatement {
    Edition(Number),
    Period(DateRange),
    Currency(Name),
    Calendar(Name),
    /// `timezone Asia/Shanghai`
    Timezone(Name),
    /// `language zh-Hans`
    Language(Name),
    Fiscal(Fiscal),
    Follows(Text),
    Include(Text),
    Focus(Focus),
    Smart(Smart),
    Broken(Span),
}

/// `fiscal year starts feb [named by start]`
#[derive(Clone, PartialEq, Debug)]
pub struct Fiscal {
    /// The month the year starts in, 1 to 12.
    pub starts: Spanned<u32>,
    /// Whether a fiscal year bears the number of the year it starts in (else of the one it ends in).
    pub named_by_start: bool,
    /// The statement.
    pub span: Span,
}

/// `focus 2026-Q1 "new customers"`
#[derive(Clone, PartialEq, Debug)]
pub struct Focus {
    /// When.
    pub period: DateRange,
    /// On what.
    pub text: Text,
    /// The statement.
    pub span: Span,
}

/// `scenario NAME { PATH VALUE; … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What it changes.
    pub overrides: Vec<Override>,
    /// The whole declaration.
    pub span: Span,
}

/// One changed value of a scenario.
#[derive(Clone, PartialEq, Debug)]
pub struct Override {
    /// What is changed.
    pub path: Path,
    /// To what.
    pub value: OverrideValue,
    /// The statement.
    pub span: Span,
}

/// What a path may be set to.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum OverrideValue {
    Quantity(Quantity),
    /// `40k CNY each`
    Each(Quantity, Span),
    Rate(Rate),
    Date(DateOrPeriod),
}
