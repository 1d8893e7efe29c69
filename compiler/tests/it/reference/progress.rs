//! How far each key result has come by the end of a day.
//!
//! Where the language leaves something open, the choice is said where it is made.

use chrono::NaiveDate;

use super::counts::{Counted, Whose, replaces, sources, worth};
use super::course::{Course, Plot};
use super::expand::{Goal, goals};
use super::model::{Better, Measure, Metric, Plan, Total};
use super::period::{Grain, days, later};
use super::rational::{Q, ceil_to, floor_to, one, percent, ratio, sum, whole, zero};
use super::row::RowKind;
use super::score::{checklist, clamp, objective};
use super::someone::{Someone, everybody, team_calendar};
use super::stage::metric;
use super::unplannable::Unplannable;
use super::weighing::Holder;

/// What there is to say of a key result.
#[derive(Debug, Default)]
pub(crate) struct Status {
    pub(crate) id: String,
    /// The place of its objective.
    pub(crate) objective: usize,
    pub(crate) weight: Option<Q>,
    pub(crate) numbers: Numbers,
    pub(crate) score: Option<Q>,
    pub(crate) passed: Option<bool>,
    pub(crate) people: Vec<(String, String, Numbers)>,
}

/// What is said of a key result and of each person's part alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) done: Option<Q>,
    pub(crate) planned: Option<Q>,
    pub(crate) target: Option<Q>,
    pub(crate) pace: Option<Q>,
    pub(crate) days_left: usize,
    pub(crate) needed: Option<Q>,
    pub(crate) forecast: Option<Q>,
    pub(crate) behind_days: Option<Q>,
}

/// The name of an objective and its score.
pub(crate) type Scored = (String, Option<Q>);

/// All key results and the scores of all objectives.
pub(crate) fn progress(plan: &Plan, by: NaiveDate) -> Result<(Vec<Status>, Vec<Scored>), Unplannable> {
    let people = everybody(plan);
    let mut statuses = Vec::new();
    for goal in goals(plan, &people) {
        statuses.push(goal.status(by)?);
    }
    let scores = plan.objectives.iter().enumerate();
    let scores = scores.map(|(o, of)| (of.name.clone(), objective(plan, o, by, &statuses))).collect();
    Ok((statuses, scores))
}

/// The way from where something starts to where it shall be, and who looks at it.
struct Way<'a> {
    metric: &'a Metric,
    step: Q,
    /// Of a level; 0 of a flow.
    from: Q,
    target: Q,
    planned: Q,
    done: Option<Q>,
    /// Working days of its time: all of them, and those that are left.
    all_days: usize,
    days_left: usize,
}

impl Way<'_> {
    fn numbers(self) -> Numbers {
        let whole_way = &self.target - &self.from;
        let planned_way = &self.planned - &self.from;
        // A level that was never read has come no way that could be told.
        let way = self.done.as_ref().map(|done| done - &self.from);
        let ratio_of = |way: &Q| (planned_way != zero()).then(|| way / &planned_way);
        let pace = way.as_ref().and_then(ratio_of);
        // Done by the share of the way that was planned to date.
        let forecast = pace.as_ref().map(|pace| &self.from + pace * &whole_way);
        let level = self.metric.total == Total::Last;
        // Nobody knows where a level stands that was never read; of a percentage that was
        // not, all is missing.
        let stands = self.done.clone().or_else(|| (!level).then(zero));
        let needed = stands.as_ref().and_then(|done| {
            // Between two ends the way leads from one to the other.
            let lower = level && self.target < self.from;
            let missing = if lower { done - &self.target } else { &self.target - done };
            // A level that goes down is told how much down a day.
            let sign = if lower { whole(-1) } else { one() };
            // Where nothing is missing it is nothing, whether or not days are left.
            if missing <= zero() {
                return Some(zero());
            }
            // Of a flow that had better be low it is how much a day may still bring.
            let at_most = !level && self.metric.better == Better::Lower;
            let round = if at_most { floor_to } else { ceil_to };
            (self.days_left > 0).then(|| sign * round(&(missing / whole(self.days_left as i64)), &self.step))
        });
        let behind = self.done.as_ref().and_then(|done| {
            if whole_way == zero() || self.all_days == 0 {
                return None;
            }
            let a_day = &whole_way / whole(self.all_days as i64);
            let behind = (&self.planned - done) / a_day;
            // Of a flow that had better be low, more than was planned is behind.
            Some(if !level && self.metric.better == Better::Lower { -behind } else { behind })
        });
        Numbers {
            done: self.done,
            planned: Some(self.planned),
            target: Some(self.target),
            pace,
            days_left: self.days_left,
            needed,
            forecast,
            behind_days: behind,
        }
    }
}

impl Goal<'_> {
    pub(crate) fn status(&self, by: NaiveDate) -> Result<Status, Unplannable> {
        let plot = self.plot()?;
        let plan = self.plan;
        let said = &self.key_result.said;
        let counted = self.counted(&plot, by);
        let all: Vec<&Counted> = counted.iter().collect();
        let days_left = self.days(&plot, later(by, 1).max(plot.first));
        let mut status = Status {
            id: format!("{}.{}", self.objective.name, self.key_result.name),
            objective: self.at.0,
            weight: said.weight.clone(),
            ..Status::default()
        };
        status.numbers.days_left = days_left;
        match &self.key_result.measure {
            Measure::Reach(items) => {
                // What is due by the day was planned for it; an item without a day is due
                // on the goal's last.
                let due = items.iter().filter(|item| item.by.unwrap_or(plot.last) <= by).count();
                let all = items.len() as i64;
                let score = checklist(&self.key_result.measure, by);
                let done = score.clone().map(|score| score * whole(all));
                status.numbers.planned = Some(whole(due as i64));
                status.numbers.target = Some(whole(all));
                status.numbers.pace = done.clone().filter(|_| due > 0).map(|done| done / whole(due as i64));
                status.numbers.done = done;
                status.score = score;
            }
            Measure::Hold { least, most } => {
                let held = metric(plan, &self.key_result.metric)?;
                let values = self.held(&plot, held, &all, by);
                // How it stands is the last one of them.
                status.numbers.done = values.last().cloned();
                let inside = |value: &&Q| {
                    least.as_ref().is_none_or(|least| least <= value)
                        && most.as_ref().is_none_or(|most| *value <= most)
                };
                let kept = values.iter().filter(inside).count();
                if !values.is_empty() {
                    status.score = Some(ratio(kept as i64, values.len() as i64));
                }
            }
            _ => {
                let measured = metric(plan, &self.key_result.metric)?;
                let way = Way {
                    metric: measured,
                    step: measured.step(plan.currency),
                    from: plot.from.clone().unwrap_or_else(zero),
                    target: plot.target.clone().unwrap_or_else(zero),
                    planned: self.planned(&plot, measured, by),
                    done: worth(plan, measured, &all),
                    all_days: self.days(&plot, plot.first),
                    days_left,
                };
                status.score = Some(way_score(&way));
                status.numbers = way.numbers();
                status.people = self.parts(&plot, &all, by);
            }
        }
        if let Some(threshold) = &said.threshold {
            status.passed = status.score.as_ref().map(|score| *score >= percent(threshold));
        }
        // What was given up keeps its numbers and has no score; what belongs to an
        // objective that was given up was given up with it.
        let dropped = [said.dropped, self.objective.said.dropped];
        if dropped.iter().flatten().any(|dropped| *dropped <= by) {
            status.score = None;
        }
        Ok(status)
    }

    /// Working days of the goal's time from a day on: those of the person who owns it,
    /// or of the owning team's calendar, or of the plan's.
    fn days(&self, plot: &Plot<'_>, from: NaiveDate) -> usize {
        self.working(from, plot.last)
    }

    fn working(&self, first: NaiveDate, last: NaiveDate) -> usize {
        let calendar = team_calendar(self.plan, self.owner());
        let holder = match self.place(self.owner()) {
            Some(person) => Holder::Person(&self.people[person]),
            None => Holder::Team(calendar.as_ref()),
        };
        days(first, last).filter(|day| holder.works(&self.plan.calendar, *day)).count()
    }

    /// The running totals; where people are over-assigned, the new part of it at
    /// their pace.
    fn planned(&self, plot: &Plot<'_>, measured: &Metric, by: NaiveDate) -> Q {
        let mine = |kind: RowKind| {
            let of = plot.courses.iter();
            of.filter(move |course| course.kind == kind && course.metric.name == measured.name)
        };
        let run = |of: Vec<&Course<'_>>| sum(&of.iter().map(|c| c.planned(by)).collect::<Vec<_>>());
        let existing = run(mine(RowKind::Existing).collect());
        let new = run(mine(RowKind::New).collect());
        if plot.from.is_some() {
            return new;
        }
        let all = sum(&mine(RowKind::New).map(Course::total).collect::<Vec<_>>());
        if all == zero() { existing } else { existing + &plot.new * new / all }
    }

    /// Each person's part: everybody who has something to bring, or readings that count.
    fn parts(&self, plot: &Plot<'_>, counted: &[&Counted], by: NaiveDate) -> Vec<(String, String, Numbers)> {
        let mut parts = Vec::new();
        for (stage, ..) in &plot.stages {
            for (place, person) in self.people.iter().enumerate() {
                let mine = plot.courses.iter();
                let mine: Vec<&Course<'_>> = mine
                    .filter(|course| course.person == Some(place) && course.metric.name == stage.name)
                    .collect();
                let total =
                    |of: &dyn Fn(&Course<'_>) -> Q| sum(&mine.iter().map(|c| of(c)).collect::<Vec<_>>());
                let spans: Vec<_> = mine.iter().filter_map(|course| course.span()).collect();
                let sources = sources(stage);
                let of_stage = counted.iter().copied().filter(|read| sources.contains(&read.metric));
                let theirs = of_stage.filter(|read| read.whose == Whose::Person(place));
                let theirs: Vec<&Counted> = theirs.collect();
                let (first, last) =
                    match (spans.iter().map(|span| span.0).min(), spans.iter().map(|span| span.1).max()) {
                        (Some(first), Some(last)) => (first, last),
                        // Who has nothing to bring and brings it is told of too.
                        _ if !theirs.is_empty() => (plot.first, plot.last),
                        _ => continue,
                    };
                // Who holds a level or a percentage as a whole has anybody's readings.
                let whole = replaces(stage) && !mine.is_empty() && plot.seats == [place];
                let read = if whole { counted } else { &theirs };
                let mut target = total(&|course| course.total());
                let mut planned = total(&|course| course.planned(by));
                if plot.from.is_some() {
                    // A level is not shared: everybody who reads it has the whole.
                    target = plot.target.clone().unwrap_or_else(zero);
                    planned = self.planned(plot, stage, by);
                }
                let way = Way {
                    metric: stage,
                    step: stage.step(self.plan.currency),
                    from: plot.from.clone().unwrap_or_else(zero),
                    target,
                    planned,
                    done: worth(self.plan, stage, read),
                    all_days: self.worked(person, first, last),
                    days_left: self.worked(person, first.max(later(by, 1)), last),
                };
                let mut numbers = way.numbers();
                if plot.from.is_none() && numbers.target == Some(zero()) {
                    // Nothing is asked, so there is nothing to divide by the days.
                    numbers.needed = None;
                }
                parts.push((person.name.clone(), stage.name.clone(), numbers));
            }
        }
        parts
    }

    fn worked(&self, person: &Someone, first: NaiveDate, last: NaiveDate) -> usize {
        person.working_days(&self.plan.calendar, first, last)
    }

    /// The readings of what is held: of a level or percentage each day's; of what
    /// adds up each period of its grain that is over and has a working day or a reading,
    /// once anything was read; of what is computed each period that says something, the
    /// running one too.
    fn held(&self, plot: &Plot<'_>, held: &Metric, counted: &[&Counted], by: NaiveDate) -> Vec<Q> {
        let plan = self.plan;
        // A sum of flows adds up like any flow.
        let computed = held.formula.is_some() && held.total == Total::Last;
        let of_day = !computed && replaces(held);
        let grain = if of_day { Grain::Day } else { held.grain() };
        if counted.is_empty() {
            return Vec::new();
        }
        let mut values = Vec::new();
        for period in grain.meeting(plot.first, plot.last, plan.fiscal) {
            let (first, last) = (period.first().max(plot.first), period.last().min(plot.last));
            let inside = |read: &&Counted| first <= read.day && read.day <= last;
            let read: Vec<&Counted> = counted.iter().copied().filter(inside).collect();
            let worked = || self.working(first, last) > 0;
            let counts = if computed || of_day {
                !read.is_empty()
            } else {
                last <= by && (!read.is_empty() || worked())
            };
            if counts {
                values.extend(worth(plan, held, &read));
            }
        }
        values
    }
}

/// Of a flow what is done of the target (what had better be low: all of it up to the
/// target, then the target of what is done), of a level the part of the way.
fn way_score(way: &Way<'_>) -> Q {
    let Some(done) = &way.done else { return zero() };
    let lower = way.metric.better == Better::Lower;
    if way.metric.total == Total::Last {
        if way.target == way.from {
            let there = if lower { *done <= way.target } else { *done >= way.target };
            return if there { one() } else { zero() };
        }
        return clamp((done - &way.from) / (&way.target - &way.from));
    }
    if lower {
        return if *done <= way.target { one() } else { clamp(&way.target / done) };
    }
    if way.target == zero() { one() } else { clamp(done / &way.target) }
}
