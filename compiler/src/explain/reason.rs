//! Reasons as data; the words are in `english`.

use chrono::NaiveDate;
use milepost_grammar::ast::Grain;

use crate::dated::Kind;
use crate::dates::DateSpan;
use crate::sources::Place;

/// One number and why it is so.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// The number.
    pub subject: Subject,
    /// From the number back to where it comes from.
    pub reasons: Vec<Reason>,
}

/// The number that is explained.
#[derive(Clone, PartialEq, Debug)]
pub struct Subject {
    /// The goal's path.
    pub key_result: String,
    /// Of what.
    pub metric: String,
    /// Counted in what.
    pub unit: String,
    /// Whose; all of it where there is none.
    pub person: Option<String>,
    /// The person's team, or the one that holds it.
    pub team: Option<String>,
    /// Which part of a split, `industry=cold-chain`; else empty.
    pub part: String,
    /// As part of what.
    pub kind: Kind,
    /// How much, with the step's decimals.
    pub amount: String,
    /// In which days; all of the goal's where there are none.
    pub when: Option<(NaiveDate, NaiveDate)>,
}

/// One step of the chain. Amounts are texts for people to read.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)] // the fields are named for what they are
pub enum Reason {
    RunningTotal {
        before: String,
        after: String,
        whole: String,
        /// Which of how many days, where all weigh the same.
        day: Option<(usize, usize)>,
        share: Option<String>,
        phase: (u32, u32),
        place: Place,
    },
    Level {
        level: String,
        days: usize,
        place: Place,
    },
    Anew {
        as_of: NaiveDate,
        /// `None` of a level that nobody has read.
        done: Option<String>,
        planned: String,
        rest: String,
        level: bool,
        place: Place,
    },
    Happened {
        amount: String,
        place: Place,
    },
    PartOfDay {
        person: Option<String>,
        amount: String,
        place: Place,
    },
    PartOfAll {
        person: String,
        amount: String,
        place: Place,
    },
    Pinned {
        person: String,
        amount: String,
        place: Place,
    },
    Shared {
        person: String,
        part: String,
        total: String,
        by: &'static str,
        weights: (String, String),
        place: Place,
    },
    PerHead {
        person: String,
        part: String,
        place: Place,
    },
    Owned {
        person: String,
        place: Place,
    },
    OwnRate {
        person: String,
        need: String,
        place: Place,
    },
    PartOfStage {
        person: String,
        part: String,
        total: String,
        metric: String,
        upper_part: String,
        upper_total: String,
        upper: String,
        place: Place,
    },
    SumOfLines {
        metric: String,
        lines: usize,
        place: Place,
    },
    StageTotal {
        metric: String,
        total: String,
        upper: String,
        upper_total: String,
        need: String,
        rounded: bool,
        place: Place,
    },
    OwnRatesTotal {
        metric: String,
        total: String,
        upper: String,
        need: String,
        place: Place,
    },
    OverAssigned {
        people: String,
        new: String,
        percent: String,
        place: Place,
    },
    PartOfSplit {
        part: String,
        amount: String,
        whole: String,
        place: Place,
    },
    SumOfHeads {
        total: String,
        figure: String,
        place: Place,
    },
    Grown {
        target: String,
        baseline: String,
        history: Option<String>,
        place: Place,
    },
    NewAmount {
        new: String,
        target: String,
        existing: String,
        place: Place,
    },
    Account {
        account: String,
        amount: String,
        retention: String,
        kept: String,
        place: Place,
    },
    RateTotal {
        total: String,
        rate: String,
        count: String,
        per: Grain,
        place: Place,
    },
    Target {
        goal: String,
        metric: String,
        target: String,
        unit: String,
        place: Place,
    },
    LevelTarget {
        goal: String,
        metric: String,
        from: String,
        to: String,
        unit: String,
        place: Place,
    },
    Window {
        window: DateSpan,
        days: usize,
        calendar: String,
        lagged: bool,
        place: Place,
    },
    Season {
        history: Option<String>,
        place: Place,
    },
    Front {
        percent: String,
        front: bool,
        place: Place,
    },
    Checkpoint {
        on: NaiveDate,
        place: Place,
    },
    Away {
        person: String,
        away: DateSpan,
        place: Place,
    },
    Ramp {
        person: String,
        place: Place,
    },
}

macro_rules! reasons {
    ($($name:ident $code:literal),* $(,)?) => {
        impl Reason {
            /// The statement that says so.
            #[must_use]
            pub const fn place(&self) -> Place {
                match self { $(Self::$name { place, .. } => *place,)* }
            }

            /// What kind of reason it is, for machines.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }
        }
    };
}

reasons! {
    RunningTotal "running-total",
    Level "level",
    Anew "replanned",
    Happened "actual",
    PartOfDay "part-of-period",
    PartOfAll "part",
    Pinned "pin",
    Shared "share",
    PerHead "per-head",
    Owned "owner",
    OwnRate "own-rate",
    PartOfStage "part-of-stage",
    SumOfLines "sum-of-lines",
    StageTotal "stage-total",
    OwnRatesTotal "own-rates-total",
    OverAssigned "over-assign",
    PartOfSplit "split",
    SumOfHeads "sum-of-heads",
    Grown "baseline",
    NewAmount "new-amount",
    Account "account",
    RateTotal "rate-total",
    Target "target",
    LevelTarget "target-level",
    Window "window",
    Season "season",
    Front "front",
    Checkpoint "checkpoint",
    Away "away",
    Ramp "ramp",
}
