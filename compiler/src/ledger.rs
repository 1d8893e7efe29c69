//! Which readings count for which goal.
//!
//! A reading counts for every key result whose metric, window and people hold it; one without a person counts for the
//! team, whichever has the goal. People of a key result are those it is dealt out to, else its owners.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::dates::DateSpan;
use crate::diagnostic::Diagnostics;
use crate::exact::{Exact, whole};
use crate::expand::KeyResultPlan;
use crate::message::Message;
use crate::plan::{
    Formula, Holder, KeyResult, KeyResultId, MetricId, MetricUnit, PersonId, Plan, Series, SeriesKey, Share,
    ShareBy, TeamId, reading,
};

/// Whose readings count for a key result.
#[derive(Clone, Debug)]
pub struct Claim {
    people: BTreeSet<PersonId>,
    teams: BTreeSet<TeamId>,
    /// Nobody owns it: everybody's count.
    everybody: bool,
}

/// Some of those whose readings count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// All of them.
    All,
    /// One person.
    Person(PersonId),
    /// What no person has: of teams, and of nobody.
    NoPerson,
    /// One team, and nobody where that is the goal's.
    Team(Option<TeamId>, bool),
}

impl Claim {
    /// Whose readings count for `key_result`, which was expanded to `expanded` if it is planned by amounts.
    #[must_use]
    pub fn new(plan: &Plan, key_result: &KeyResult, expanded: Option<&KeyResultPlan>) -> Self {
        let seating = expanded.and_then(|expanded| expanded.seated.seating());
        let listed = key_result.share.iter().flat_map(|Share { among, by, .. }| {
            let list = match by {
                ShareBy::List(list) => list.as_slice(),
                _ => &[],
            };
            among.iter().copied().chain(list.iter().map(|(holder, _)| *holder))
        });
        let mut teams = BTreeSet::new();
        for holder in key_result.owners.iter().copied().chain(listed) {
            if let Holder::Team(team) = holder {
                inner(plan, team, &mut teams);
            }
        }
        let mut people: BTreeSet<PersonId> = match seating {
            Some(seating) => seating.seats().map(|seat| seat.person).collect(),
            None => {
                let people = key_result.owners.iter().flat_map(|owner| match owner {
                    Holder::Person(person) => vec![*person],
                    Holder::Team(team) => plan.people_of(*team),
                });
                people.collect()
            }
        };
        // What an account brings, its owner brings.
        let accounts = key_result.existing.iter().flat_map(|(book, _)| &plan[*book].accounts);
        people.extend(accounts.filter_map(|account| account.owner));
        let everybody = seating.is_none() && key_result.owners.is_empty();
        Self { people, teams, everybody }
    }

    /// Whether readings of `who` count.
    #[must_use]
    pub fn holds(&self, who: Option<Holder>) -> bool {
        match who {
            _ if self.everybody => true,
            None => true,
            Some(Holder::Person(person)) => self.people.contains(&person),
            Some(Holder::Team(team)) => self.teams.contains(&team),
        }
    }
}

/// A team and all teams in it.
fn inner(plan: &Plan, team: TeamId, teams: &mut BTreeSet<TeamId>) {
    if !teams.insert(team) {
        return;
    }
    for member in &plan[team].members {
        if let Holder::Team(team) = member {
            inner(plan, *team, teams);
        }
    }
}

/// The days of which readings of `metric` count: those of the key result, and for work those before in which it is
/// planned because of its lag.
#[must_use]
pub fn counting_days(key_result: &KeyResult, expanded: Option<&KeyResultPlan>, metric: MetricId) -> DateSpan {
    let stages = expanded.into_iter().flat_map(KeyResultPlan::stages);
    let first = stages
        .filter(|stage| stage.link.metric == metric)
        .filter_map(|stage| stage.window.days.map(|days| days.first))
        .fold(key_result.window.first, NaiveDate::min);
    DateSpan { first, last: key_result.window.last }
}

/// The readings that count for one key result.
#[derive(Clone, Copy, Debug)]
pub struct Ledger<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Whose readings count.
    pub claim: &'a Claim,
}

impl<'a> Ledger<'a> {
    /// The series of `metric` that count, in the order of their keys.
    pub fn series(&self, metric: MetricId, who: Who) -> impl Iterator<Item = (&'a SeriesKey, &'a Series)> {
        let first = SeriesKey { metric, who: None, parts: 0 };
        let claim = self.claim;
        self.plan.actuals.series.range(first..).take_while(move |(key, _)| key.metric == metric).filter(
            move |(key, _)| {
                let asked = match (who, key.who) {
                    (Who::All, _) => true,
                    (Who::Person(person), whose) => whose == Some(Holder::Person(person)),
                    (Who::NoPerson, whose) => !matches!(whose, Some(Holder::Person(_))),
                    (Who::Team(_, nobody), None) => nobody,
                    (Who::Team(team, _), whose) => team.is_some() && whose == team.map(Holder::Team),
                };
                asked && claim.holds(key.who)
            },
        )
    }

    /// What readings of `metric` come to on the days of `days`: the sum of a flow, the latest of a level, or what is
    /// computed from others. `None` where nothing says it; a flow without a reading is 0.
    #[must_use]
    pub fn value(&self, metric: MetricId, who: Who, days: DateSpan) -> Option<Exact> {
        let declared = &self.plan[metric];
        match &declared.formula {
            Some(Formula::Ratio(over, under)) => {
                let (over, under) = (self.value(*over, who, days)?, self.value(*under, who, days)?);
                let ratio = (!under.is_zero()).then(|| over / under)?;
                Some(if declared.unit == MetricUnit::Percent { ratio * whole(100) } else { ratio })
            }
            Some(Formula::Sum(parts)) => {
                let values: Vec<Exact> =
                    parts.iter().filter_map(|part| self.value(*part, who, days)).collect();
                (!values.is_empty()).then(|| crate::exact::sum(&values))
            }
            None if declared.adds_up() => {
                let sum = self
                    .series(metric, who)
                    .flat_map(|(_, series)| series.within(days))
                    .fold(0_i128, |sum, (_, millionths)| sum.saturating_add(millionths));
                Some(reading(sum))
            }
            None => self.latest(metric, who, days).map(|(_, value)| value),
        }
    }

    /// The latest reading of a level; of several of one day that of a team or of nobody goes before that of a person.
    #[must_use]
    pub fn latest(&self, metric: MetricId, who: Who, days: DateSpan) -> Option<(NaiveDate, Exact)> {
        let last = self.series(metric, who).filter_map(|(key, series)| {
            let (day, millionths) = series.within(days).next_back()?;
            Some((day, !matches!(key.who, Some(Holder::Person(_))), millionths))
        });
        let (day, _, millionths) = last.max_by_key(|(day, of_team, _)| (*day, *of_team))?;
        Some((day, reading(millionths)))
    }

    /// Whether there is a reading of `metric`, or of what it is computed from.
    #[must_use]
    pub fn is_read(&self, metric: MetricId, who: Who, days: DateSpan) -> bool {
        let mut read = ingredients(self.plan, metric).into_iter();
        read.any(|metric| self.series(metric, who).any(|(_, series)| series.says_of(days)))
    }
}

/// The metrics that are read for `metric`: itself, or what it is computed from.
#[must_use]
pub fn ingredients(plan: &Plan, metric: MetricId) -> Vec<MetricId> {
    match &plan[metric].formula {
        None => vec![metric],
        Some(Formula::Ratio(over, under)) => {
            [*over, *under].into_iter().flat_map(|part| ingredients(plan, part)).collect()
        }
        Some(Formula::Sum(parts)) => parts.iter().flat_map(|part| ingredients(plan, *part)).collect(),
    }
}

/// What a key result counts: its metric, what it holds, and all stages of its funnel.
#[must_use]
pub fn counted(key_result: &KeyResult, expanded: Option<&KeyResultPlan>) -> Vec<MetricId> {
    let own = key_result.measure.as_ref().map(|measure| measure.metric);
    let held = key_result.hold.as_ref().map(|hold| hold.metric);
    let mut metrics: Vec<MetricId> = own.into_iter().chain(held).collect();
    for stage in expanded.into_iter().flat_map(KeyResultPlan::stages) {
        if !metrics.contains(&stage.link.metric) {
            metrics.push(stage.link.metric);
        }
    }
    metrics
}

/// Says which readings no key result counts.
pub(crate) fn report_uncounted(plan: &Plan, expanded: &[KeyResultPlan], diagnostics: &mut Diagnostics) {
    if plan.actuals.series.is_empty() || plan.key_results.is_empty() {
        return;
    }
    let mut claims: BTreeMap<MetricId, Vec<(usize, DateSpan)>> = BTreeMap::new();
    let mut of_goals = Vec::with_capacity(plan.key_results.len());
    for (index, key_result) in plan.key_results.iter().enumerate() {
        let id = KeyResultId::new(index);
        let own = expanded.binary_search_by_key(&id, |expanded| expanded.key_result).ok();
        let own = own.and_then(|at| expanded.get(at));
        of_goals.push(Claim::new(plan, key_result, own));
        for metric in counted(key_result, own) {
            let days = counting_days(key_result, own, metric);
            for read in ingredients(plan, metric) {
                claims.entry(read).or_default().push((index, days));
            }
        }
    }
    for (key, series) in &plan.actuals.series {
        let metric = plan[key.metric].name.clone();
        let Some(claims) = claims.get(&key.metric) else {
            diagnostics.say(Message::Uncounted { metric, who: None }, series.place);
            continue;
        };
        let counts = claims.iter().any(|(index, days)| {
            of_goals.get(*index).is_some_and(|claim| claim.holds(key.who)) && series.says_of(*days)
        });
        if !counts {
            let who = key.who.map(|who| plan.holder(who).0.to_owned());
            diagnostics.say(Message::Uncounted { metric, who }, series.place);
        }
    }
}
