//! What a plan asks of its own goals, and where it makes exceptions.

use milepost_grammar::ast::Letter;

use crate::exact::Exact;
use crate::plan::{GoalRef, PipelineId};
use crate::sources::Place;

macro_rules! checks {
    ($($(#[$doc:meta])* $letter:ident $word:literal $name:literal $check:ident;)*) => {
        /// What a goal is looked at for. Its code is `smart::LETTER::NAME`, and `LETTER.NAME` in a plan.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum Check {
            $($(#[$doc])* $check,)*
        }

        impl Check {
            /// All checks, by letter.
            pub const ALL: &[Self] = &[$(Self::$check,)*];

            /// The letter it belongs to.
            #[must_use]
            pub const fn letter(self) -> Letter {
                match self { $(Self::$check => Letter::$letter,)* }
            }

            /// Its name, without the letter.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$check => $name,)* }
            }

            /// `smart::attainable::growth`
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$check => concat!("smart::", $word, "::", $name),)* }
            }

            /// `attainable.growth`
            #[must_use]
            pub const fn path(self) -> &'static str {
                match self { $(Self::$check => concat!($word, ".", $name),)* }
            }
        }
    };
}

checks! {
    /// Nobody owns it.
    Specific "specific" "owner" Owner;
    /// Nothing says whom or what it is about.
    Specific "specific" "scope" Scope;
    /// A title that only wishes, and nothing measured under it.
    Specific "specific" "wish" Wish;
    /// Nothing is measured.
    Measurable "measurable" "measure" Measure;
    /// It ends where it starts.
    Measurable "measurable" "change" Change;
    /// It goes the wrong way.
    Measurable "measurable" "direction" Direction;
    /// It grows by more, or less, than is allowed.
    Attainable "attainable" "growth" Growth;
    /// There is nothing to compare it with.
    Attainable "attainable" "comparison" Comparison;
    /// The history it is compared with is too short.
    Attainable "attainable" "history" History;
    /// An aspirational goal of what there is already.
    Attainable "attainable" "sandbagged" Sandbagged;
    /// More than somebody can do.
    Attainable "attainable" "ceiling" Ceiling;
    /// Work that should have begun before the plan.
    Attainable "attainable" "too-late" TooLate;
    /// The people themselves expect less.
    Attainable "attainable" "forecast" Forecast;
    /// Over-assignments that add up to too much.
    Attainable "attainable" "over-assignment" OverAssignment;
    /// Open deals too few for what is still to win.
    Attainable "attainable" "coverage" Coverage;
    /// Fewer or more open deals than there should be.
    Attainable "attainable" "open-deals" OpenDeals;
    /// A deal that nobody works on next.
    Attainable "attainable" "next-step" NextStep;
    /// It supports nothing.
    Relevant "relevant" "supports" Supports;
    /// It goes on after what it supports has ended.
    Relevant "relevant" "ends-earlier" EndsEarlier;
    /// It measures nothing that what it supports measures.
    Relevant "relevant" "common-measure" CommonMeasure;
    /// An outcome that nothing leads to.
    Relevant "relevant" "activity" Activity;
    /// Activities that lead to no outcome.
    Relevant "relevant" "outcome" Outcome;
    /// Parts that come to less than the whole.
    Relevant "relevant" "parts" Parts;
    /// No date.
    TimeBound "time-bound" "by" By;
    /// Checkpoints that go back or too far.
    TimeBound "time-bound" "checkpoint" Checkpoint;
    /// Everything is due on the last day.
    TimeBound "time-bound" "last-day" LastDay;
}

/// One `smart` block.
#[derive(Clone, PartialEq, Debug)]
pub struct SmartBlock {
    /// Whose; `None` for the whole plan.
    pub of: Option<GoalRef>,
    /// The block.
    pub place: Place,
    /// What must hold, and where that is written.
    pub required: Vec<(Check, Place)>,
    /// How much a goal may grow by.
    pub growth: Option<Limits>,
    /// By how much people's parts may exceed the goal, all levels together.
    pub over_assignment: Option<Limits>,
    /// Exceptions.
    pub waivers: Vec<Waiver>,
}

/// `growth 5%..30%`, as parts of one.
#[derive(Clone, PartialEq, Debug)]
pub struct Limits {
    /// Not below this.
    pub least: Option<Exact>,
    /// Not above this.
    pub most: Option<Exact>,
    /// Where it was written.
    pub place: Place,
}

/// What a waiver is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waived {
    /// The whole plan.
    Plan,
    /// A goal and all in it.
    Goal(GoalRef),
    /// The deals of a pipeline.
    Pipeline(PipelineId),
}

/// `waive attainable.growth on win-north.book "new product line"`
#[derive(Clone, PartialEq, Debug)]
pub struct Waiver {
    /// Which checks are not made.
    pub checks: Vec<Check>,
    /// For what; where it does not say, for all that the block is about.
    pub on: Waived,
    /// Why.
    pub why: Option<String>,
    /// The statement.
    pub place: Place,
}
