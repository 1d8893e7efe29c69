//! Teams and people.

use chrono::NaiveDate;
use milepost_grammar::ast::Grain;

use crate::dates::DateSpan;
use crate::exact::Exact;
use crate::plan::{CalendarId, FunnelId, MetricId, Need, PersonId, TeamId};
use crate::sources::Place;

/// A team.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared.
    pub place: Place,
    /// The team around it.
    pub parent: Option<TeamId>,
    /// Who leads it.
    pub lead: Option<PersonId>,
    /// Its weight beside other teams; 1 unless said.
    pub weight: Exact,
    /// Its own calendar.
    pub calendar: Option<CalendarId>,
    /// Teams and people in it, in declaration order.
    pub members: Vec<Holder>,
}

/// Who may hold an amount.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Holder {
    /// A team.
    Team(TeamId),
    /// A person.
    Person(PersonId),
}

/// A person, with what their teams say for all members already applied.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// The name as people write it.
    pub title: Option<String>,
    /// Their name where it is declared.
    pub place: Place,
    /// The team they are in.
    pub team: Option<TeamId>,
    /// Their role.
    pub role: Option<String>,
    /// Their weight beside others; 1 unless said.
    pub weight: Exact,
    /// Their first day.
    pub from: Option<NaiveDate>,
    /// Their last day.
    pub until: Option<NaiveDate>,
    /// Days they are away, with the statement.
    pub away: Vec<(DateSpan, Place)>,
    /// How they grow into the work.
    pub ramp: Option<Ramp>,
    /// Their own calendar, or their team's.
    pub calendar: Option<CalendarId>,
    /// The most they can do.
    pub limits: Vec<Limit>,
    /// Their own rates.
    pub own_needs: Vec<OwnNeed>,
    /// Where what is said once is said.
    pub said: TermPlaces,
}

/// Where terms are said, for a person or for everybody in their team.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TermPlaces {
    /// The role.
    pub role: Option<Place>,
    /// The first day.
    pub from: Option<Place>,
    /// The last day.
    pub until: Option<Place>,
    /// The calendar.
    pub calendar: Option<Place>,
}

/// Parts of a full day's work by calendar month.
#[derive(Clone, PartialEq, Debug)]
pub struct Ramp {
    /// One a month (1 is all of it); the last holds on. At least one.
    pub steps: Vec<Exact>,
    /// The month of the first step, as months since year 0; earlier days are of the first step too.
    pub first_month: i32,
    /// Whether it says that it starts in the first whole month.
    pub after_start: bool,
    /// The statement.
    pub place: Place,
}

/// `visits at most 6 per day`
#[derive(Clone, PartialEq, Debug)]
pub struct Limit {
    /// Of what.
    pub metric: MetricId,
    /// The most.
    pub amount: Exact,
    /// In how long.
    pub per: Grain,
    /// The statement.
    pub place: Place,
}

/// A person's own rate for a line of a funnel.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnNeed {
    /// The funnel.
    pub funnel: FunnelId,
    /// The line's place in it.
    pub line: usize,
    /// Their own need.
    pub need: Need,
    /// The statement.
    pub place: Place,
}
