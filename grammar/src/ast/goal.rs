//! `objective` and `key-result`.

use crate::ast::{Date, DateOrPeriod, DateRange, Grain, Name, Number, Path, Quantity, Smart, Text};
use crate::span::{Span, Spanned};

/// `objective NAME "title" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Objective {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the block says, in order; key results among it.
    pub body: Vec<ObjectiveStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of an objective block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum ObjectiveStatement {
    KeyResult(KeyResult),
    /// What a key result may say too.
    Goal(GoalStatement),
    Broken(Span),
}

/// `key-result NAME "title" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct KeyResult {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the block says, in order.
    pub body: Vec<KeyResultStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// What objectives and key results both may say.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum GoalStatement {
    Owner(Vec<Name>, Span),
    Type(Spanned<GoalType>),
    Supports(Vec<Path>, Span),
    During(DateRange),
    Why(Text),
    Assume(Text),
    Obstacle(Text),
    Scope(Text),
    Weight(Number),
    /// `P0` to `P9`
    Priority(Spanned<u32>),
    Dropped {
        on: Date,
        why: Option<Text>,
        span: Span,
    },
    CheckIn(CheckIn),
    Smart(Smart),
}

/// `committed` or `aspirational`
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum GoalType {
    Committed,
    Aspirational,
}

impl GoalType {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Aspirational => "aspirational",
        }
    }
}

/// A statement of a key-result block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum KeyResultStatement {
    Goal(GoalStatement),
    Measure(Measure),
    Hold(Hold),
    Reach(Reach),
    Baseline(Baseline, Span),
    Checkpoint(Checkpoint),
    Existing(Vec<Name>, Span),
    Through(Name),
    Split(Split),
    Share(Share),
    Pin(Pin),
    OverAssign(OverAssign),
    Forecast(Forecast),
    Spread(Spread),
    FrontLoaded(Number),
    BackLoaded(Number),
    Threshold(Number),
    Broken(Span),
}

/// `measure METRIC … [by DATE]`
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// What is measured.
    pub metric: Name,
    /// What is to be reached.
    pub target: MeasureTarget,
    /// By when.
    pub by: Option<DateOrPeriod>,
    /// The statement.
    pub span: Span,
}

/// What a measure asks for.
#[derive(Clone, PartialEq, Debug)]
pub enum MeasureTarget {
    /// `1M CNY`: the amount of the window.
    Amount(Quantity),
    /// `3 per day`
    Rate(Quantity, Spanned<Grain>),
    /// `from 45% to 20%`
    Level(Quantity, Quantity),
    /// `+25%`, `-10%`, `+5 pp`, `+200k CNY`, against the baseline; the value bears the sign.
    Change(Quantity),
    /// `x1.5`, a multiple of the baseline.
    Times(Number),
}

/// `hold METRIC within 0%..2%`
#[derive(Clone, PartialEq, Debug)]
pub struct Hold {
    /// What is held.
    pub metric: Name,
    /// Not below this.
    pub least: Option<Quantity>,
    /// Not above this.
    pub most: Option<Quantity>,
    /// Until when.
    pub by: Option<DateOrPeriod>,
    /// The statement.
    pub span: Span,
}

/// `reach ["item"] by DATE` or `reach ["item"] done DATE`
#[derive(Clone, PartialEq, Debug)]
pub struct Reach {
    /// Which item of a checklist.
    pub title: Option<Text>,
    /// By when.
    pub by: Option<DateOrPeriod>,
    /// When it was reached.
    pub done: Option<Date>,
    /// The statement.
    pub span: Span,
}

/// `baseline 800k CNY` or `baseline sales-2025`
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Baseline {
    Amount(Quantity),
    History(Name),
}

/// `checkpoint 300k CNY by 2026-01-31 ["title"]`, `checkpoint 30% of target by …`
#[derive(Clone, PartialEq, Debug)]
pub struct Checkpoint {
    /// How much.
    pub amount: Quantity,
    /// Whether the amount is a percent of the target.
    pub of_target: bool,
    /// By when.
    pub by: DateOrPeriod,
    /// What it is called.
    pub title: Option<Text>,
    /// The statement.
    pub span: Span,
}

/// `split industry { cold-chain 40%; logistics 60% }`
#[derive(Clone, PartialEq, Debug)]
pub struct Split {
    /// By what.
    pub dimension: Name,
    /// The parts and their weights.
    pub parts: Vec<Weighted>,
    /// The statement.
    pub span: Span,
}

/// `liu 40%` in a list of weights
#[derive(Clone, PartialEq, Debug)]
pub struct Weighted {
    /// Whose.
    pub name: Name,
    /// How much beside the others.
    pub weight: Quantity,
}

/// `share north [role ae] by capacity`
#[derive(Clone, PartialEq, Debug)]
pub struct Share {
    /// Teams and people; empty where only a list of weights was written.
    pub among: Vec<Name>,
    /// Only those of that role.
    pub role: Option<Name>,
    /// How.
    pub how: Option<Spanned<ShareBy>>,
    /// The statement.
    pub span: Span,
}

/// How a share is dealt out.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum ShareBy {
    Evenly,
    Weight,
    Capacity,
    Like(Name),
    /// `each`: the figure is per head.
    Each,
    EachByCapacity,
    /// `{ liu 40%; chen 60% }`
    List(Vec<Weighted>),
}

/// `pin liu 300k CNY`
#[derive(Clone, PartialEq, Debug)]
pub struct Pin {
    /// Who.
    pub name: Name,
    /// How much.
    pub amount: Quantity,
    /// The statement.
    pub span: Span,
}

/// `over-assign [liu] 5%`
#[derive(Clone, PartialEq, Debug)]
pub struct OverAssign {
    /// For one, or for all.
    pub name: Option<Name>,
    /// Percent above the goal.
    pub percent: Number,
    /// The statement.
    pub span: Span,
}

/// `forecast DATE [liu] { commit 180k; call 200k; best 260k; note "…" }`
#[derive(Clone, PartialEq, Debug)]
pub struct Forecast {
    /// When it was given.
    pub on: Date,
    /// By whom.
    pub who: Option<Name>,
    /// Sure.
    pub commit: Option<Quantity>,
    /// Expected.
    pub call: Option<Quantity>,
    /// At best.
    pub best: Option<Quantity>,
    /// Said with it.
    pub note: Option<Text>,
    /// The statement.
    pub span: Span,
}

/// `spread evenly`, `spread like HISTORY [per workday]`, `spread { 2026-01 50%; … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Spread {
    /// How.
    pub how: SpreadBy,
    /// The statement.
    pub span: Span,
}

/// How an amount is laid over the calendar.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum SpreadBy {
    Evenly,
    Like { history: Name, per_workday: bool },
    Periods(Vec<PeriodWeight>),
}

/// `2026-01 50%`
#[derive(Clone, PartialEq, Debug)]
pub struct PeriodWeight {
    /// When.
    pub when: DateRange,
    /// How much beside the others.
    pub weight: Quantity,
}

/// `check-in DATE { confidence 60%; good "…"; bad "…"; next "…" }`
#[derive(Clone, PartialEq, Debug)]
pub struct CheckIn {
    /// When.
    pub on: Date,
    /// How sure, as a percent.
    pub confidence: Option<Number>,
    /// What went well.
    pub good: Vec<Text>,
    /// What did not.
    pub bad: Vec<Text>,
    /// What comes next.
    pub next: Vec<Text>,
    /// The statement.
    pub span: Span,
}
