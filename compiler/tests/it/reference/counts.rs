//! Which readings a key result counts, and what they come to.

use chrono::NaiveDate;

use super::course::Plot;
use super::expand::Goal;
use super::life::Reading;
use super::model::{Member, Metric, Plan, Total, Unit};
use super::rational::{Q, sum, whole, zero};
use super::stage::metric;

/// Whom a reading is of, as a key result sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Whose {
    /// Of nobody.
    Nobody,
    /// By its place among the teams.
    Team(usize),
    /// By their place among all people.
    Person(usize),
}

/// A reading that counts.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) day: NaiveDate,
    pub(crate) metric: String,
    pub(crate) whose: Whose,
    /// The part of the key result's split that it is of.
    pub(crate) part: Option<usize>,
    pub(crate) amount: Q,
}

/// Every team with those around it, outermost first, itself last.
pub(crate) fn teams(plan: &Plan) -> Vec<Vec<String>> {
    fn gather(members: &[Member], above: &[String], all: &mut Vec<Vec<String>>) {
        for member in members {
            if let Member::Team(team) = member {
                let mut path = above.to_vec();
                path.push(team.name.clone());
                all.push(path.clone());
                gather(&team.members, &path, all);
            }
        }
    }
    let mut all = Vec::new();
    gather(&plan.members, &[], &mut all);
    all
}

/// Of a level or a percentage the last reading of somebody on a day holds; of what
/// adds up the readings of a day are added.
pub(crate) fn replaces(metric: &Metric) -> bool {
    metric.total == Total::Last || metric.unit == Unit::Percent
}

/// The metrics whose readings a metric is worked out from: itself, or its parts.
pub(crate) fn sources(metric: &Metric) -> Vec<String> {
    metric.formula.as_ref().map_or_else(|| vec![metric.name.clone()], |formula| formula.of.clone())
}

impl Goal<'_> {
    /// The readings up to a day that count, in the order they are told. A reading
    /// that is replaced is not among them.
    pub(crate) fn counted(&self, plot: &Plot<'_>, by: NaiveDate) -> Vec<Counted> {
        let plan = self.plan;
        let teams = teams(plan);
        let mut counted: Vec<Counted> = Vec::new();
        for reading in &plan.readings {
            let Some((first, last)) = self.time_of(plot, &reading.metric) else { continue };
            let inside = first <= reading.day && reading.day <= last && plan.period.holds(reading.day);
            if !inside || reading.day > by || !self.holds(plot, reading, &teams) {
                continue;
            }
            let whose = match &reading.who {
                None => Whose::Nobody,
                Some(name) => match self.place(name) {
                    Some(person) => Whose::Person(person),
                    None => Whose::Team(
                        teams.iter().position(|path| path.last() == Some(name)).expect("a name of the plan"),
                    ),
                },
            };
            let part = self.key_result.split.as_ref().and_then(|split| {
                let (_, part) = reading.parts.iter().find(|(dimension, _)| *dimension == split.dimension)?;
                split.parts.iter().position(|(name, _)| name == part)
            });
            let amount = reading.amount.clone();
            let new = Counted { day: reading.day, metric: reading.metric.clone(), whose, part, amount };
            let replaced = metric(plan, &reading.metric).is_ok_and(replaces);
            if replaced {
                // Somebody's latest word of a day, for each part of its own.
                counted.retain(|old| {
                    (old.day, &old.metric, &old.whose, old.part)
                        != (new.day, &new.metric, &new.whose, new.part)
                });
            }
            counted.push(new);
        }
        counted
    }

    /// The days on which readings of a metric count: those of the key result; of work
    /// that comes earlier because of a lag, from the first day on which it is planned.
    pub(crate) fn time_of(&self, plot: &Plot<'_>, name: &str) -> Option<(NaiveDate, NaiveDate)> {
        if let Some((_, first, _)) = plot.stages.iter().skip(1).find(|(stage, ..)| stage.name == name) {
            return Some(((*first).min(plot.first), plot.last));
        }
        let goal = metric(self.plan, &self.key_result.metric).ok()?;
        sources(goal).iter().any(|source| source == name).then_some((plot.first, plot.last))
    }

    fn holds(&self, plot: &Plot<'_>, reading: &Reading, teams: &[Vec<String>]) -> bool {
        let owner = self.owner();
        let Some(who) = &reading.who else { return true };
        if owner.is_empty() {
            return true;
        }
        let share = self.key_result.share.as_ref();
        // Who keeps accounts that the goal counts on is one of its people, too.
        let existing = self.key_result.existing.as_ref();
        let mut books = self.plan.accounts.iter().filter(|accounts| existing == Some(&accounts.name));
        if books.any(|book| book.accounts.iter().any(|account| account.owner.as_ref() == Some(who))) {
            return true;
        }
        match self.place(who) {
            Some(person) => {
                if share.is_some() {
                    plot.seats.contains(&person)
                } else {
                    who == owner || self.people[person].belongs_to(owner)
                }
            }
            None => {
                let path = teams.iter().find(|path| path.last() == Some(who));
                let named = share.map(|share| share.names.clone()).unwrap_or_default();
                let listed = match share.map(|share| &share.method) {
                    Some(super::model::Method::List(list)) => {
                        list.iter().map(|(name, _)| name.clone()).collect()
                    }
                    _ => Vec::new(),
                };
                path.is_some_and(|path| {
                    path.iter().any(|team| team == owner || named.contains(team) || listed.contains(team))
                })
            }
        }
    }
}

/// What readings of a metric come to; none where it is a level that was never read,
/// or a ratio to nothing. Of several readings of a level on its latest day, one of a
/// team or of nobody goes before one of a person.
pub(crate) fn worth(plan: &Plan, of: &Metric, readings: &[&Counted]) -> Option<Q> {
    if let Some(formula) = &of.formula {
        let part = |name: &String| {
            let part = metric(plan, name).ok()?;
            let mine: Vec<&Counted> = readings.iter().copied().filter(|read| read.metric == *name).collect();
            worth(plan, part, &mine)
        };
        let parts: Vec<Option<Q>> = formula.of.iter().map(part).collect();
        if !formula.ratio {
            let known: Vec<Q> = parts.into_iter().flatten().collect();
            return Some(sum(&known));
        }
        let (above, below) = (parts[0].clone()?, parts[1].clone()?);
        if below == zero() {
            return None;
        }
        let scale = if of.unit == Unit::Percent { whole(100) } else { whole(1) };
        return Some(above * scale / below);
    }
    let mine = readings.iter().filter(|read| read.metric == of.name);
    // 30 % and 20 % more are no 50 %: a percentage has a latest value, too.
    if !replaces(of) {
        return Some(sum(mine.map(|read| &read.amount)));
    }
    let latest = mine.clone().map(|read| read.day).max()?;
    let on_it: Vec<&&Counted> = mine.filter(|read| read.day == latest).collect();
    let common = on_it.iter().rfind(|read| !matches!(read.whose, Whose::Person(_)));
    common.or(on_it.last()).map(|read| read.amount.clone())
}
