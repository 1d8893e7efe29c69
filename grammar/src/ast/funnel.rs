//! `funnel`, `accounts` and `pipeline`.

use crate::ast::{Date, Duration, Name, Number, Quantity, QuantityRange, Rate, TableSource, Text};
use crate::span::{Span, Spanned};

/// `funnel NAME { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Funnel {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Its lines, in order.
    pub body: Vec<FunnelStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of a funnel block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs, clippy::large_enum_variant)] // nearly all are lines
pub enum FunnelStatement {
    Line(FunnelLine),
    Broken(Span),
}

/// `[label:] orders <- visits 1 in 20 [lag 14 days] [for 60%]`
#[derive(Clone, PartialEq, Debug)]
pub struct FunnelLine {
    /// A name for paths to tell lines with the same left apart.
    pub label: Option<Name>,
    /// What is needed.
    pub left: Name,
    /// What it takes.
    pub right: Name,
    /// How much of it.
    pub need: Need,
    /// How much earlier.
    pub lag: Option<Duration>,
    /// Which part of the left goes this way, as a percent.
    pub part: Option<Number>,
    /// The statement.
    pub span: Span,
}

/// What one unit on the left takes from the right.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Need {
    /// `40k CNY each`: one of the right brings that much of the left.
    Each(QuantityRange, Span),
    Rate(Rate),
}

impl Need {
    /// Where it was written.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Each(_, span) => *span,
            Self::Rate(rate) => rate.span,
        }
    }
}

/// `accounts NAME of METRIC { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Accounts {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the accounts bring.
    pub metric: Name,
    /// Where they come from, if not written here.
    pub from: Option<TableSource>,
    /// What the block says, in order.
    pub body: Vec<AccountsStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of an accounts block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum AccountsStatement {
    /// For all that say no other.
    Retain(Rate),
    Account(Account),
    Broken(Span),
}

/// `"Acme" 500k { retain 80%; owner liu; renews 2026-02-28 }`
#[derive(Clone, PartialEq, Debug)]
pub struct Account {
    /// The customer.
    pub title: Text,
    /// What it brought before.
    pub amount: Quantity,
    /// What the block says, in order.
    pub body: Vec<AccountStatement>,
    /// The statement.
    pub span: Span,
}

/// A statement about one account.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum AccountStatement {
    Retain(Rate),
    Owner(Name),
    Renews(Date),
    Broken(Span),
}

/// `pipeline NAME of METRIC { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Pipeline {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the deals bring.
    pub metric: Name,
    /// Where they come from, if not written here.
    pub from: Option<TableSource>,
    /// What the block says, in order.
    pub body: Vec<PipelineStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of a pipeline block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum PipelineStatement {
    Open(OpenDeals),
    Stage(PipelineStage),
    Deal(Deal),
    Broken(Span),
}

/// `open 6..8 each`
#[derive(Clone, PartialEq, Debug)]
pub struct OpenDeals {
    /// The fewest.
    pub least: Number,
    /// The most.
    pub most: Number,
    /// Whether a person is meant, or all together.
    pub each: bool,
    /// The statement.
    pub span: Span,
}

/// `stage proposal 50%`
#[derive(Clone, PartialEq, Debug)]
pub struct PipelineStage {
    /// Its name.
    pub name: Name,
    /// The chance of winning from there.
    pub probability: Rate,
    /// The statement.
    pub span: Span,
}

/// `deal NAME "title" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Deal {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the block says, in order.
    pub body: Vec<DealStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement about one deal.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum DealStatement {
    Amount(Quantity),
    Close(Date),
    Owner(Name),
    Stage(Name),
    Probability(Rate),
    Category(Spanned<Category>),
    Next { what: Text, by: Option<Date>, span: Span },
    Won { on: Date, amount: Option<Quantity>, span: Span },
    Lost { on: Date, why: Option<Text>, span: Span },
    Broken(Span),
}

/// How sure a deal is said to be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Category {
    Commit,
    BestCase,
    Pipeline,
    Omitted,
}

impl Category {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::BestCase => "best-case",
            Self::Pipeline => "pipeline",
            Self::Omitted => "omitted",
        }
    }
}
