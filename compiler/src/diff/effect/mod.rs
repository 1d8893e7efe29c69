//! What a change does: who does how much more or less, when, and at which pace.

mod amount;
mod goals;
mod headroom;
mod holders;
mod lines;
mod messages;
mod people;
mod reached;

use std::collections::HashSet;

use milepost_grammar::ast::Grain;

pub use amount::Part;

use super::Version;
use super::facts::Renamed;
use super::turn::Turn;
use crate::diagnostic::Severity;
use crate::exact::Exact;
use crate::page::Label;

use lines::Side;
use people::People;

/// What a change does.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// What all together do, of metrics that several people or teams hold.
    pub totals: Vec<TotalEffect>,
    /// Who does more or less of what; whose weeks change most comes first.
    pub people: Vec<PersonEffect>,
    /// The same of all whose weeks stay as they are.
    pub unchanged: Vec<PersonEffect>,
    /// What goals come to.
    pub goals: Vec<GoalEffect>,
    /// Who is over what they can do, or no longer.
    pub headroom: Vec<Headroom>,
    /// What is said now and was not, and the other way round.
    pub said: Vec<SaidEffect>,
    /// Of goals of the period before: what was reached, and what became of them.
    pub reached: Vec<Reached>,
    /// Whether amounts differ although all that is said is the same: ties go by the order of declaration.
    pub reordered: bool,
}

/// What all together do of a metric.
#[derive(Clone, PartialEq, Debug)]
pub struct TotalEffect {
    /// Of what.
    pub metric: Label,
    /// Whether it is money.
    pub is_money: bool,
    /// Whether it is done, rather than brought about.
    pub is_activity: bool,
    /// How much in all.
    pub amount: Part,
}

/// One holder's amounts of one metric.
#[derive(Clone, Debug)]
pub struct PersonEffect {
    /// Who; `None` for what no team and nobody holds.
    pub who: Option<Label>,
    /// Whether that is a person.
    pub is_person: bool,
    /// Their team.
    pub team: Option<Label>,
    /// Of what.
    pub metric: Label,
    /// Whether it is money.
    pub is_money: bool,
    /// Whether it is done, rather than brought about.
    pub is_activity: bool,
    /// Whether less is better.
    pub is_lower_better: bool,
    /// The goal, of a level: levels do not add up.
    pub goal: Option<String>,
    /// How much in all.
    pub amount: Part,
    /// How much of it existing business brings; `None` where it brings none, before and after.
    pub existing: Option<Part>,
    /// The same by month, or by the periods that the metric is planned in where these are longer.
    pub months: Vec<Months>,
    /// On how many days, or in how many of its periods, another amount is planned although every month's is the same.
    pub moved: usize,
    /// How much a working day, in whole steps, of all goals that run at once; of what is planned by days.
    pub pace: Option<(Option<Exact>, Option<Exact>)>,
    /// How much of what all together have of it changes here, 0 to 1.
    pub weight: Exact,
}

/// What changes in one month.
#[derive(Clone, PartialEq, Debug)]
pub struct Months {
    /// The month before, where there was one.
    pub before: Option<String>,
    /// The month after, which has another name where the plans are of different periods.
    pub after: Option<String>,
    /// How much, without the unit.
    pub amount: Part,
}

/// What a goal comes to.
#[derive(Clone, PartialEq, Debug)]
pub struct GoalEffect {
    /// Its path.
    pub goal: String,
    /// Its title.
    pub title: Option<String>,
    /// Which part of a split, `industry=cold-chain`; of a part there is no target.
    pub part: Option<String>,
    /// Of what.
    pub metric: Label,
    /// Whether it is money.
    pub is_money: bool,
    /// Target; of a level where it leads.
    pub target: Part,
    /// What existing business covers.
    pub existing: Option<Part>,
    /// What is to be won.
    pub new: Option<Part>,
}

/// In how many periods somebody is over the most that they can do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Headroom {
    /// Who.
    pub person: Label,
    /// Of what.
    pub metric: Label,
    /// In how long.
    pub per: Grain,
    /// Periods over it, before.
    pub before: usize,
    /// After.
    pub after: usize,
    /// The most, before and after, where there is one.
    pub limit: (Option<String>, Option<String>),
    /// Most that is asked in one period that is over it, before and after.
    pub worst: (Option<String>, Option<String>),
}

/// A message that is new or gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaidEffect {
    /// Whether it is new.
    pub is_new: bool,
    /// How bad.
    pub severity: Severity,
    /// How bad it was, where it was said before, and that is all that changed.
    pub was: Option<Severity>,
    /// Its code.
    pub code: &'static str,
    /// Its text.
    pub text: String,
    /// `file:line`.
    pub source: String,
}

/// What became of a goal of the period before.
#[derive(Clone, PartialEq, Debug)]
pub struct Reached {
    /// Its path, as it was.
    pub goal: String,
    /// Its title.
    pub title: Option<String>,
    /// What it was to reach.
    pub target: String,
    /// What was reached, where that was read.
    pub done: Option<String>,
    /// 0 to 1.
    pub score: Option<Exact>,
    /// Whether it was given up.
    pub dropped: bool,
    /// What became of it.
    pub next: Next,
}

/// What becomes of a goal in the next period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Next {
    /// It is to reach that; nothing is said of how much where it is not measured.
    Carried(Option<String>),
    /// It is given up there.
    Dropped,
    /// It is not there any more.
    Left,
    /// It has an error.
    Unknown,
}

impl Effects {
    pub(in crate::diff) fn new(
        before: Version<'_>,
        after: Version<'_>,
        renamed: &Renamed,
        turn: Turn,
        known: &Known,
        nothing_said: bool,
    ) -> Self {
        let (was, now) = (Side::new(before), Side::new(after));
        let comparison = Comparison { was, now, renamed, turn, known };
        let People { totals, changed: people, unchanged } = comparison.people();
        let goals = comparison.goals();
        let reordered = nothing_said && turn.is_none() && !(people.is_empty() && goals.is_empty());
        Self {
            totals,
            people,
            unchanged,
            goals,
            headroom: comparison.headroom(),
            said: comparison.said(),
            reached: comparison.reached(),
            reordered,
        }
    }

    /// Whether nothing is done differently, and nothing else is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.goals.is_empty() && self.headroom.is_empty() && self.said.is_empty()
    }
}

/// What errors leave to be compared.
pub(in crate::diff) struct Known {
    /// Goals that an error spoils in either plan: nothing is known of what they do.
    pub(in crate::diff) skipped: HashSet<String>,
    /// Whether something else is hidden.
    pub(in crate::diff) hidden: bool,
}

struct Comparison<'a> {
    was: Side<'a>,
    now: Side<'a>,
    renamed: &'a Renamed,
    turn: Turn,
    known: &'a Known,
}
