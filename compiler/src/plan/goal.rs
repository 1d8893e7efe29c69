//! Objectives and key results.

use chrono::NaiveDate;
use milepost_grammar::ast::{GoalType, Grain};

use crate::dates::DateSpan;
use crate::exact::Exact;
use crate::plan::{BookId, FunnelId, HistoryId, Holder, KeyResultId, MetricId, ObjectiveId, PersonId};
use crate::sources::Place;

/// An objective.
#[derive(Clone, Debug)]
pub struct Objective {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared.
    pub place: Place,
    /// Its days.
    pub during: DateSpan,
    /// The statement, where it was written.
    pub during_place: Option<Place>,
    /// What was said of it.
    pub texts: GoalTexts,
    /// Who owns it.
    pub owners: Vec<Holder>,
    /// Committed or aspirational.
    pub goal_type: Option<GoalType>,
    /// What it supports.
    pub supports: Vec<(GoalRef, Place)>,
    /// Its weight in what it supports.
    pub weight: Exact,
    /// 0 is the most urgent.
    pub priority: Option<u32>,
    /// That it was given up.
    pub dropped: Option<Dropped>,
    /// How it stood, by the day it was said.
    pub check_ins: Vec<CheckIn>,
    /// Its key results, in declaration order.
    pub key_results: Vec<KeyResultId>,
    /// The blocks of all key results that are written in it, those left out for their names among them.
    pub blocks: Vec<Place>,
}

/// A goal that a path names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum GoalRef {
    Objective(ObjectiveId),
    KeyResult(KeyResultId),
}

/// Texts about a goal, in the order written.
#[derive(Clone, PartialEq, Debug, Default)]
#[allow(missing_docs)]
pub struct GoalTexts {
    pub why: Vec<String>,
    pub assume: Vec<String>,
    pub obstacles: Vec<String>,
    pub scope: Vec<String>,
}

/// A key result, with what its objective says already applied.
#[derive(Clone, Debug)]
pub struct KeyResult {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared.
    pub place: Place,
    /// Its objective.
    pub objective: ObjectiveId,
    /// Its days before `by` cuts them: its own `during`, its objective's, or the plan's.
    pub during: DateSpan,
    /// Where it says that itself.
    pub during_place: Option<Place>,
    /// By when, where what is measured or held says so.
    pub by: Option<NaiveDate>,
    /// Its days: `during`, cut at `by`; inside the plan's period.
    pub window: DateSpan,
    /// Whether it says by when or during which days, itself or by its objective.
    pub dated: bool,
    /// Who owns it.
    pub owners: Vec<Holder>,
    /// What was said of it.
    pub texts: GoalTexts,
    /// Committed or aspirational.
    pub goal_type: Option<GoalType>,
    /// What it supports.
    pub supports: Vec<(GoalRef, Place)>,
    /// What is measured, if it says so.
    pub measure: Option<Measure>,
    /// What is held within bounds, if that is the goal.
    pub hold: Option<Hold>,
    /// What is to be done, if that is the goal, in the order written.
    pub reach: Vec<Reach>,
    /// What growth is measured against.
    pub baseline: Option<Baseline>,
    /// Near goals on the way, by date; dates rise, all are inside the window.
    pub checkpoints: Vec<Checkpoint>,
    /// Accounts that cover part of it, with the statement.
    pub existing: Vec<(BookId, Place)>,
    /// What it takes.
    pub through: Option<(FunnelId, Place)>,
    /// Parts that it is cut into before people.
    pub split: Option<Split>,
    /// Who it is dealt out to.
    pub share: Option<Share>,
    /// Parts fixed by hand.
    pub pins: Vec<Pin>,
    /// How much people's parts together exceed the goal (0.05 is 5 %), with the statement.
    pub over_assign: Option<(Exact, Place)>,
    /// The same for one person.
    pub over_assign_one: Vec<(PersonId, Exact, Place)>,
    /// How it is laid over the calendar.
    pub spread: Option<Spread>,
    /// 0.2 from `front-loaded 20%`, negative from `back-loaded`; 0 without either.
    pub front: Exact,
    /// The statement of `front`.
    pub front_place: Option<Place>,
    /// The pass line, a part of the target.
    pub threshold: Option<Exact>,
    /// Its weight in the objective's score.
    pub weight: Exact,
    /// 0 is the most urgent.
    pub priority: Option<u32>,
    /// What the people themselves expect, by day and then in the order written.
    pub forecasts: Vec<Forecast>,
    /// That it, or its objective, was given up; the earlier of the two.
    pub dropped: Option<Dropped>,
    /// How it stood, by the day it was said.
    pub check_ins: Vec<CheckIn>,
}

impl KeyResult {
    /// The statement that says what it is about: what is measured, held or first to be done. `None` if nothing does.
    #[must_use]
    pub fn statement(&self) -> Option<Place> {
        let measure = self.measure.as_ref().map(|measure| measure.place);
        let hold = || self.hold.as_ref().map(|hold| hold.place);
        measure.or_else(hold).or_else(|| self.reach.first().map(|reach| reach.place))
    }

    /// Whether its figure is that of each head.
    #[must_use]
    pub fn is_per_head(&self) -> bool {
        self.share.as_ref().is_some_and(|share| matches!(share.by, ShareBy::Each { .. }))
    }
}

/// `dropped 2026-02-05 "why"`
#[derive(Clone, PartialEq, Debug)]
pub struct Dropped {
    /// From this day on it is out of the score.
    pub on: NaiveDate,
    /// Why.
    pub why: Option<String>,
    /// The statement.
    pub place: Place,
}

impl Dropped {
    /// Whether it was given up by the end of `as_of`.
    #[must_use]
    pub fn by(&self, as_of: NaiveDate) -> bool {
        self.on <= as_of
    }
}

/// `check-in 2026-01-16 { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct CheckIn {
    /// When it was said.
    pub on: NaiveDate,
    /// How sure one is to reach the goal, 0 to 1.
    pub confidence: Option<Exact>,
    /// What went well.
    pub good: Vec<String>,
    /// What did not.
    pub bad: Vec<String>,
    /// What comes next.
    pub next: Vec<String>,
    /// The statement.
    pub place: Place,
}

/// `hold refunds within 0%..2%`
#[derive(Clone, PartialEq, Debug)]
pub struct Hold {
    /// What.
    pub metric: MetricId,
    /// Not below this.
    pub least: Option<Exact>,
    /// Not above this.
    pub most: Option<Exact>,
    /// Whether the statement says until when.
    pub says_by: bool,
    /// The statement.
    pub place: Place,
}

/// `reach "item" by 2026-03-31`, later `done 2026-03-20`
#[derive(Clone, PartialEq, Debug)]
pub struct Reach {
    /// Which item of a checklist.
    pub title: Option<String>,
    /// By when.
    pub by: NaiveDate,
    /// Whether it says so itself, or is done.
    pub dated: bool,
    /// When it was reached.
    pub done: Option<NaiveDate>,
    /// The statement.
    pub place: Place,
}

impl Forecast {
    /// What is expected: what is likely, else what is sure, else what is possible.
    #[must_use]
    pub fn expected(&self) -> Option<&Exact> {
        self.call.as_ref().or(self.commit.as_ref()).or(self.best.as_ref())
    }
}

/// `forecast 2026-01-13 liu { commit 180k; call 200k; best 260k }`
#[derive(Clone, PartialEq, Debug)]
pub struct Forecast {
    /// When it was given.
    pub on: NaiveDate,
    /// By whom; of the whole key result where nobody is named.
    pub who: Option<Holder>,
    /// Sure.
    pub commit: Option<Exact>,
    /// Expected.
    pub call: Option<Exact>,
    /// At best.
    pub best: Option<Exact>,
    /// Said with it.
    pub note: Option<String>,
    /// The statement.
    pub place: Place,
}

/// What a key result measures.
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// What.
    pub metric: MetricId,
    /// How much.
    pub target: Target,
    /// Where that is written, without the day; of a level from the first number to the second.
    pub target_place: Place,
    /// Whether the statement says by when.
    pub says_by: bool,
    /// Whether it says both ends of a level, `from 45% to 20%`.
    pub is_from_to: bool,
    /// What it was measured against, where it is said by how much more or less (`+25%`, `x1.5`).
    pub growth: Option<Exact>,
    /// The statement.
    pub place: Place,
}

/// What is to be reached.
#[derive(Clone, PartialEq, Debug)]
pub enum Target {
    /// That much in the window.
    Amount(Exact),
    /// That much per period, over the window's working days or periods.
    Rate(Exact, Grain),
    /// From one level to another.
    Level(Exact, Exact),
}

/// What growth is measured against.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Baseline {
    Amount(Exact, Place),
    History(HistoryId, Place),
}

/// A near goal.
#[derive(Clone, PartialEq, Debug)]
pub struct Checkpoint {
    /// How much by then.
    pub amount: CheckpointAmount,
    /// By the end of that day.
    pub on: NaiveDate,
    /// What it is called.
    pub title: Option<String>,
    /// The statement.
    pub place: Place,
}

/// How much a checkpoint asks for.
#[derive(Clone, PartialEq, Debug)]
pub enum CheckpointAmount {
    /// In the metric's unit.
    Amount(Exact),
    /// A part of the target (0.3 is 30 %).
    OfTarget(Exact),
}

impl CheckpointAmount {
    /// How much that is on the way from `from` to `to`.
    #[must_use]
    pub fn between(&self, from: &Exact, to: &Exact) -> Exact {
        match self {
            Self::Amount(amount) => amount.clone(),
            Self::OfTarget(part) => from + (to - from) * part,
        }
    }
}

/// Parts that a goal is cut into, such as industries; each is a chain of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct Split {
    /// By what, `industry`.
    pub dimension: String,
    /// The parts and what each weighs beside the others, in declaration order; not all weigh 0.
    pub parts: Vec<(String, Exact)>,
    /// The statement.
    pub place: Place,
}

/// Who a goal is dealt out to.
#[derive(Clone, PartialEq, Debug)]
pub struct Share {
    /// Teams and people named, at least one.
    pub among: Vec<Holder>,
    /// Only those of that role.
    pub role: Option<String>,
    /// How.
    pub by: ShareBy,
    /// The statement.
    pub place: Place,
}

/// How a goal is dealt out.
#[derive(Clone, PartialEq, Debug)]
pub enum ShareBy {
    /// The same for each.
    Evenly,
    /// By `weight`.
    Weight,
    /// By weight and working days.
    Capacity,
    /// By what each reached in the past.
    Like(HistoryId),
    /// The figure is each one's own; the goal is their sum.
    Each {
        /// For a full day's work on all working days; who does less has less of it.
        by_capacity: bool,
    },
    /// By these weights; who is not listed weighs 0.
    List(Vec<(Holder, Exact)>),
}

/// A part fixed by hand.
#[derive(Clone, PartialEq, Debug)]
pub struct Pin {
    /// Whose.
    pub holder: Holder,
    /// How much.
    pub amount: Exact,
    /// The statement.
    pub place: Place,
}

/// How a goal is laid over the calendar.
#[derive(Clone, PartialEq, Debug)]
pub struct Spread {
    /// How.
    pub by: SpreadBy,
    /// The statement.
    pub place: Place,
}

/// How a goal is laid over the calendar.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum SpreadBy {
    /// Each working day the same.
    Evenly,
    /// By a past season; per working day of it, or by month.
    Like {
        /// Which.
        history: HistoryId,
        /// By the mean amount of a working day, not of a month.
        per_workday: bool,
    },
    /// By these weights of periods that do not overlap.
    Periods(Vec<(DateSpan, Exact)>),
}
