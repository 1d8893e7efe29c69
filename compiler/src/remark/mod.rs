//! What the SMART checks say, with its arguments. The words are in [`english`].

pub mod english;
mod lists;

pub(crate) use lists::named;

use crate::diagnostic::Severity;
use crate::plan::Check;

/// What is asked of somebody, and what of it fits.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // the fields are named for what they are
pub struct Overload {
    pub person: String,
    pub metric: String,
    pub asked: String,
    pub fits: String,
    /// The day or days in which most is asked.
    pub when: String,
    /// How many such days or periods there are.
    pub periods: usize,
    /// The goal that asks most of it then.
    pub goal: String,
    /// The target of that goal that would fit.
    pub target: Option<String>,
    /// How many more people like this one would make it fit.
    pub people: Option<usize>,
    /// The rate that would make it fit, as the line of the funnel says it: `orders <- visits 1 in 15`.
    pub rate: Option<String>,
}

/// How much of one month's deals is there, and how much is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Thin {
    pub pipelines: Vec<String>,
    pub month: String,
    pub open: String,
    pub weighted: String,
    /// What is still to win.
    pub to_win: String,
    /// open ÷ to win
    pub coverage: String,
    /// 1 ÷ the probability of these deals
    pub asked: String,
    /// How many deals are open.
    pub deals: usize,
}

/// Which target goes the wrong way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Wrong {
    Level,
    /// A level that is said by how much more or less.
    Change,
    Bound,
    Amount,
}

/// Which end of its limits something is past.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Past {
    Most(String),
    Least(String),
}

/// What a check says of a goal, a deal or a person.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // the arguments are named for what they are
pub enum Remark {
    NoOwner {
        goal: String,
        count: usize,
    },
    NoScope {
        goal: String,
        count: usize,
    },
    Wish {
        title: String,
    },
    NothingMeasured {
        goal: String,
        objective: bool,
    },
    NoChange {
        metric: String,
        amount: String,
    },
    WrongWay {
        metric: String,
        lower: bool,
        wrong: Wrong,
    },
    Growth {
        goal: String,
        from: String,
        to: String,
        growth: String,
        lower: bool,
        allow: String,
        limit: Past,
        fits: Option<String>,
    },
    NothingToCompare {
        goals: Vec<String>,
    },
    TooLittleHistory {
        goal: String,
        history: String,
        periods: usize,
        growth: Option<String>,
    },
    Sandbagged {
        goal: String,
        amount: String,
    },
    Ceiling {
        over: Box<Overload>,
    },
    TooLate {
        amount: String,
        metric: String,
        from: String,
        start: String,
        deals: Option<String>,
    },
    WindowBeforePlan {
        metric: String,
        start: String,
    },
    ForecastBelow {
        who: String,
        goal: String,
        expected: String,
        share: String,
        missing: String,
        lower: bool,
        on: String,
    },
    OverAssigned {
        goal: String,
        over: String,
        most: String,
        levels: Vec<(String, String)>,
    },
    Thin {
        thin: Box<Thin>,
    },
    OpenDeals {
        pipeline: String,
        who: Option<String>,
        open: usize,
        least: String,
        most: String,
        few: bool,
    },
    NoNextStep {
        deals: Vec<String>,
    },
    NextStepPast {
        deals: Vec<String>,
        as_of: String,
    },
    ClosePast {
        deals: Vec<String>,
        as_of: String,
    },
    EndAhead {
        deals: Vec<String>,
        as_of: String,
        by_stage: bool,
    },
    SupportsNothing {
        goal: String,
        others: bool,
        top: Option<String>,
    },
    EndsEarlier {
        goal: String,
        last: String,
        supported: String,
        ends: String,
    },
    NothingInCommon {
        goal: String,
        own: String,
        supported: String,
        other: String,
    },
    NoActivity {
        goal: String,
        metric: String,
    },
    NoOutcome {
        goal: String,
        metric: String,
    },
    Parts {
        goal: String,
        parts: usize,
        sum: String,
        target: String,
        missing: String,
        lower: bool,
    },
    NoDate {
        goal: String,
    },
    NoDateOfItem {
        goal: String,
        title: Option<String>,
    },
    CheckpointBack {
        amount: String,
        before: String,
    },
    CheckpointPast {
        amount: String,
        target: String,
    },
    LastDay {
        what: String,
        count: usize,
        day: String,
    },
}

impl Remark {
    /// The check that says it.
    #[must_use]
    pub const fn check(&self) -> Check {
        match self {
            Self::NoOwner { .. } => Check::Owner,
            Self::NoScope { .. } => Check::Scope,
            Self::Wish { .. } => Check::Wish,
            Self::NothingMeasured { .. } => Check::Measure,
            Self::NoChange { .. } => Check::Change,
            Self::WrongWay { .. } => Check::Direction,
            Self::Growth { .. } => Check::Growth,
            Self::NothingToCompare { .. } => Check::Comparison,
            Self::TooLittleHistory { .. } => Check::History,
            Self::Sandbagged { .. } => Check::Sandbagged,
            Self::Ceiling { .. } => Check::Ceiling,
            Self::TooLate { .. } | Self::WindowBeforePlan { .. } => Check::TooLate,
            Self::ForecastBelow { .. } => Check::Forecast,
            Self::OverAssigned { .. } => Check::OverAssignment,
            Self::Thin { .. } => Check::Coverage,
            Self::OpenDeals { .. } => Check::OpenDeals,
            Self::NoNextStep { .. }
            | Self::NextStepPast { .. }
            | Self::ClosePast { .. }
            | Self::EndAhead { .. } => Check::NextStep,
            Self::SupportsNothing { .. } => Check::Supports,
            Self::EndsEarlier { .. } => Check::EndsEarlier,
            Self::NothingInCommon { .. } => Check::CommonMeasure,
            Self::NoActivity { .. } => Check::Activity,
            Self::NoOutcome { .. } => Check::Outcome,
            Self::Parts { .. } => Check::Parts,
            Self::NoDate { .. } | Self::NoDateOfItem { .. } => Check::By,
            Self::CheckpointBack { .. } | Self::CheckpointPast { .. } => Check::Checkpoint,
            Self::LastDay { .. } => Check::LastDay,
        }
    }

    /// How bad it is where no `smart` block requires the check.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self.check() {
            Check::Ceiling => Severity::Error,
            Check::Comparison | Check::History => Severity::Note,
            _ => Severity::Warning,
        }
    }
}
