use std::fmt;

/// The places a statement may stand in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)] // each is named by the keyword that opens it
pub enum Block {
    /// Outside all blocks.
    File,
    Plan,
    Calendar,
    Metric,
    Weekdays,
    Team,
    Person,
    History,
    Actual,
    /// The columns of `actuals from "…"`.
    Actuals,
    Funnel,
    Accounts,
    /// One account of `accounts`.
    Account,
    Pipeline,
    /// One deal of a `pipeline`.
    Deal,
    Objective,
    KeyResult,
    CheckIn,
    Forecast,
    /// A list of names and their weights, as after `split` and `share`.
    Weights,
    /// A list of periods and their weights, as after `spread`.
    Periods,
    Scenario,
    Action,
    Review,
    Incentive,
    Smart,
}

impl Block {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::File,
        Self::Plan,
        Self::Calendar,
        Self::Metric,
        Self::Weekdays,
        Self::Team,
        Self::Person,
        Self::History,
        Self::Actual,
        Self::Actuals,
        Self::Funnel,
        Self::Accounts,
        Self::Account,
        Self::Pipeline,
        Self::Deal,
        Self::Objective,
        Self::KeyResult,
        Self::CheckIn,
        Self::Forecast,
        Self::Weights,
        Self::Periods,
        Self::Scenario,
        Self::Action,
        Self::Review,
        Self::Incentive,
        Self::Smart,
    ];

    /// What the block is called in a sentence, with its article.
    #[must_use]
    pub const fn described(self) -> &'static str {
        match self {
            Self::File => "the top level of a file",
            Self::Plan => "a plan",
            Self::Calendar => "a calendar",
            Self::Metric => "a metric",
            Self::Weekdays => "a list of weekdays",
            Self::Team => "a team",
            Self::Person => "a person",
            Self::History => "a history",
            Self::Actual => "an actual block",
            Self::Actuals => "an actuals block",
            Self::Funnel => "a funnel",
            Self::Accounts => "an accounts block",
            Self::Account => "an account",
            Self::Pipeline => "a pipeline",
            Self::Deal => "a deal",
            Self::Objective => "an objective",
            Self::KeyResult => "a key result",
            Self::CheckIn => "a check-in",
            Self::Forecast => "a forecast",
            Self::Weights => "a list of weights",
            Self::Periods => "a list of periods",
            Self::Scenario => "a scenario",
            Self::Action => "an action",
            Self::Review => "a review",
            Self::Incentive => "an incentive",
            Self::Smart => "a smart block",
        }
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.described())
    }
}
