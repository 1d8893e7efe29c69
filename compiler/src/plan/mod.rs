//! The plan with every name resolved: what the files say, in the order they say it.
//!
//! Nothing is computed here but what a line itself says. Ids are places in the plan's lists, in declaration
//! order, which is the order that output and tie-breaks follow.

mod account;
mod actual;
mod completeness;
mod funnel;
mod goal;
mod history;
mod metric;
mod overridden;
mod people;
mod pipeline;
mod renumber;
mod smart;

pub use account::*;
pub use actual::*;
pub use completeness::Completeness;
pub use funnel::*;
pub use goal::*;
pub use history::*;
pub use metric::*;
pub use overridden::*;
pub use people::*;
pub use pipeline::*;
pub(crate) use renumber::{Moved, Renumbering, Stretch, within};
pub use smart::*;

use chrono::{Datelike, NaiveDate};
use milepost_grammar::ast::Grain;

use crate::calendar::Calendar;
use crate::dates::{DateSpan, period_of};
use crate::sources::Place;

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident of $item:ident in $list:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $id(pub u32);

        impl $id {
            /// The id of the item at `index`.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The item's place in its list.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::ops::Index<$id> for Plan {
            type Output = $item;

            #[allow(clippy::indexing_slicing)] // ids are made by whoever fills the list
            fn index(&self, id: $id) -> &$item {
                &self.$list[id.index()]
            }
        }
    )*};
}

ids! {
    /// A calendar of the plan.
    CalendarId of Calendar in calendars,
    /// A metric of the plan.
    MetricId of Metric in metrics,
    /// A team of the plan.
    TeamId of Team in teams,
    /// A person of the plan, in declaration order over all files.
    PersonId of Person in people,
    /// A history of the plan.
    HistoryId of History in histories,
    /// A funnel of the plan.
    FunnelId of Funnel in funnels,
    /// An account book of the plan.
    BookId of AccountBook in books,
    /// A pipeline of the plan.
    PipelineId of Pipeline in pipelines,
    /// An objective of the plan.
    ObjectiveId of Objective in objectives,
    /// A key result of the plan, in declaration order over all objectives.
    KeyResultId of KeyResult in key_results,
}

/// A plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The words `plan NAME`.
    pub place: Place,
    /// The days planned.
    pub period: DateSpan,
    /// The currency of money without one.
    pub currency: Option<Currency>,
    /// The calendar of everybody without one of their own.
    pub calendar: CalendarId,
    /// For timed events.
    pub timezone: Option<chrono_tz::Tz>,
    /// BCP 47, of report and messages.
    pub language: Option<String>,
    /// The path of the plan before this one, from the folder of the plan's own file.
    pub follows: Option<String>,
    /// The month fiscal years start in, 1 without a fiscal year.
    pub fiscal_start: u32,
    /// Whether a fiscal year is written in the plan.
    pub fiscal: bool,
    /// Whether a fiscal year bears the number of the year it starts in, not of the one it ends in.
    pub fiscal_by_start: bool,
    /// What each period is about.
    pub focus: Vec<Focus>,
    /// All calendars; the first may be the one that works Monday to Friday where none is named.
    pub calendars: Vec<Calendar>,
    /// All metrics.
    pub metrics: Vec<Metric>,
    /// All teams, outer before inner.
    pub teams: Vec<Team>,
    /// All people.
    pub people: Vec<Person>,
    /// All histories.
    pub histories: Vec<History>,
    /// All funnels.
    pub funnels: Vec<Funnel>,
    /// All account books.
    pub books: Vec<AccountBook>,
    /// All pipelines.
    pub pipelines: Vec<Pipeline>,
    /// All objectives.
    pub objectives: Vec<Objective>,
    /// All key results.
    pub key_results: Vec<KeyResult>,
    /// What the plan asks of its goals, in the order written.
    pub smart: Vec<SmartBlock>,
    /// Goals that actions are for.
    pub acted_for: Vec<GoalRef>,
    /// What was really reached.
    pub actuals: Actuals,
    /// Values that stand in the place of others for this run.
    pub overrides: Vec<Overridden>,
}

/// `focus PERIOD "…"`
#[derive(Clone, PartialEq, Debug)]
pub struct Focus {
    /// When.
    pub period: DateSpan,
    /// On what.
    pub text: String,
    /// The statement.
    pub place: Place,
}

/// A currency of ISO 4217.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Currency {
    /// Its three letters.
    pub code: String,
    /// Decimals of its minor unit.
    pub decimals: u32,
}

impl Plan {
    /// The calendar of a team: its own, or that of the nearest team around it that has one.
    #[must_use]
    pub fn team_calendar(&self, team: TeamId) -> Option<CalendarId> {
        self.teams_around(team).find_map(|team| self[team].calendar)
    }

    /// A team, and the teams around it, the inner before the outer.
    pub fn teams_around(&self, team: TeamId) -> impl Iterator<Item = TeamId> {
        std::iter::successors(Some(team), |team| self[*team].parent)
    }

    /// The people of a team and of all teams in it, depth first in declaration order.
    #[must_use]
    pub fn people_of(&self, team: TeamId) -> Vec<PersonId> {
        let mut people = Vec::new();
        let mut open: Vec<Holder> = self[team].members.iter().rev().copied().collect();
        while let Some(holder) = open.pop() {
            match holder {
                Holder::Person(person) => people.push(person),
                Holder::Team(inner) => open.extend(self[inner].members.iter().rev()),
            }
        }
        people
    }

    /// The path of a key result, `objective.key-result`.
    #[must_use]
    pub fn path(&self, id: KeyResultId) -> String {
        let key_result = &self[id];
        // Plans have thousands of them, which one message may list.
        [self[key_result.objective].name.as_str(), ".", key_result.name.as_str()].concat()
    }

    /// The objective that a goal is, or is in.
    #[must_use]
    pub fn objective_of(&self, goal: GoalRef) -> ObjectiveId {
        match goal {
            GoalRef::Objective(id) => id,
            GoalRef::KeyResult(id) => self[id].objective,
        }
    }

    /// The path of a goal: an objective's is its name.
    #[must_use]
    pub fn path_of(&self, goal: GoalRef) -> String {
        match goal {
            GoalRef::Objective(id) => self[id].name.clone(),
            GoalRef::KeyResult(id) => self.path(id),
        }
    }

    /// The name of a holder, and what it is called.
    #[must_use]
    pub fn holder(&self, holder: Holder) -> (&str, Option<&str>) {
        match holder {
            Holder::Team(team) => (&self[team].name, self[team].title.as_deref()),
            Holder::Person(person) => (&self[person].name, self[person].title.as_deref()),
        }
    }
}

impl Plan {
    /// The name of the whole period of length `grain` that `date` lies in: `2026-W05`, `2026-03-T1`,
    /// `2026-03`, `2026-Q1`, `FY26-Q1`.
    #[must_use]
    pub fn period_name(&self, date: NaiveDate, grain: Grain) -> String {
        let first = period_of(date, grain, self.fiscal_start).first;
        let (year, month) = (first.year(), first.month());
        match grain {
            Grain::Day => first.to_string(),
            Grain::Week => {
                let week = first.iso_week();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Grain::TenDay => format!("{year}-{month:02}-T{}", first.day() / 10 + 1),
            Grain::Month => format!("{year}-{month:02}"),
            Grain::Quarter | Grain::Half | Grain::Year => {
                let since = (month + 12 - self.fiscal_start) % 12;
                let (year, prefix) = if self.fiscal {
                    let year = period_of(date, Grain::Year, self.fiscal_start);
                    let named = if self.fiscal_by_start { year.first } else { year.last };
                    (named.year().rem_euclid(100), "FY")
                } else {
                    (year, "")
                };
                match grain {
                    Grain::Quarter => format!("{prefix}{year:02}-Q{}", since / 3 + 1),
                    Grain::Half => format!("{prefix}{year:02}-H{}", since / 6 + 1),
                    _ => format!("{prefix}{year:02}"),
                }
            }
        }
    }
}
