//! Ceilings: `visits at most 6 per day`, over all goals.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::dates::{DateSpan, periods};
use crate::expand::Course;
use crate::expand::almanac::Almanac;
use crate::expand::course::Cursor;
use crate::expand::fitting::{BUDGET, Search};
use crate::expand::key_result::KeyResultPlan;
use crate::expand::line::Line;
use crate::expand::target::read;
use crate::plan::{KeyResultId, Limit, MetricId, PersonId, Plan};
use crate::remark::Overload;
use crate::sources::Place;

/// The most that somebody can do.
pub(super) struct Ceiling<'a> {
    pub(super) person: PersonId,
    pub(super) limit: &'a Limit,
    /// In steps.
    pub(super) most: IBig,
    pub(super) periods: Vec<DateSpan>,
}

/// A ceiling that the plan goes past.
struct Over<'a> {
    ceiling: &'a Ceiling<'a>,
    /// The period in which most is asked, the first of them.
    worst: DateSpan,
    asked: i128,
    /// How many periods are over.
    count: usize,
    /// The goal that asks most of it then.
    goal: KeyResultId,
}

/// A ceiling that the plan goes past, and what would keep to it.
#[derive(Clone, Debug)]
pub struct Overloaded {
    /// The goal that asks most.
    pub goal: KeyResultId,
    /// The limit.
    pub place: Place,
    /// What is asked, and what fits.
    pub over: Overload,
}

/// Where more is asked of somebody than they can do, over all goals: what is asked, what fits, and what would make it
/// fit, other goals being as they are. New work counts; what existing accounts bring does not.
#[must_use]
pub fn overloads(
    plan: &Plan,
    almanac: &Almanac,
    expanded: &[KeyResultPlan],
    replan: Option<NaiveDate>,
) -> Vec<Overloaded> {
    let ceilings = ceilings(plan, replan);
    if ceilings.is_empty() {
        return Vec::new();
    }
    let mut lines: BTreeMap<(PersonId, MetricId), Vec<(KeyResultId, &Line)>> = BTreeMap::new();
    for key_result in expanded {
        for (person, metric, line) in worked(key_result) {
            lines.entry((person, metric)).or_default().push((key_result.key_result, line));
        }
    }
    let asked = |ceiling: &Ceiling<'_>| -> Vec<(KeyResultId, Vec<i128>)> {
        let lines = lines.get(&(ceiling.person, ceiling.limit.metric));
        lines.into_iter().flatten().map(|(goal, line)| (*goal, amounts(line, &ceiling.periods))).collect()
    };
    let overs: Vec<Over<'_>> = ceilings.iter().filter_map(|ceiling| over(ceiling, &asked(ceiling))).collect();

    // What the other goals ask for, of all ceilings that a goal has to do with.
    let mut rests: BTreeMap<KeyResultId, Vec<(&Ceiling<'_>, Vec<i128>)>> = BTreeMap::new();
    let mut targets: BTreeMap<KeyResultId, Option<String>> = BTreeMap::new();
    let mut rates: BTreeMap<(KeyResultId, MetricId, Option<PersonId>), Option<String>> = BTreeMap::new();
    let mut first: BTreeSet<(KeyResultId, MetricId)> = BTreeSet::new();
    let mut budget = BUDGET;
    let mut told = Vec::with_capacity(overs.len());
    for over in &overs {
        let goal = over.goal;
        let rest = rests.entry(goal).or_insert_with(|| {
            let mine = ceilings.iter().filter(|ceiling| {
                let lines = lines.get(&(ceiling.person, ceiling.limit.metric));
                lines.into_iter().flatten().any(|(asking, _)| *asking == goal)
            });
            let others = |ceiling: &Ceiling<'_>| {
                let others = asked(ceiling).into_iter().filter(|(asking, _)| *asking != goal);
                total(others.map(|(_, amounts)| amounts), ceiling.periods.len())
            };
            mine.map(|ceiling| (ceiling, others(ceiling))).collect()
        });
        let search = Search { plan, almanac, replan, goal, rest };
        let target = targets.entry(goal).or_insert_with(|| search.target(&mut budget)).clone();
        // A rate mends it for all that have no other; people like this one are told of once, with the first of them.
        let metric = over.ceiling.limit.metric;
        let has_own = !plan[over.ceiling.person].own_needs.is_empty();
        let who = has_own.then_some(over.ceiling.person);
        let rate = rates
            .entry((goal, metric, who))
            .or_insert_with(|| search.rate(over.ceiling, &mut budget))
            .clone();
        let people =
            if first.insert((goal, metric)) { search.people(over.ceiling, &mut budget) } else { None };
        told.push(overloaded(plan, over, (target, people, rate)));
    }
    told
}

/// A ceiling, and in how many of its periods more is asked.
#[derive(Clone, Copy, Debug)]
pub struct Overrun<'a> {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub limit: &'a Limit,
    /// In how many periods more is asked.
    pub periods: usize,
    /// The most that is asked in one of them, in steps; 0 where none is over.
    pub asked: i128,
}

/// All ceilings, with how often the plan goes past them.
#[must_use]
pub fn overruns<'a>(plan: &'a Plan, expanded: &[KeyResultPlan]) -> Vec<Overrun<'a>> {
    let ceilings = ceilings(plan, None);
    let mut lines: BTreeMap<(PersonId, MetricId), Vec<&Line>> = BTreeMap::new();
    if !ceilings.is_empty() {
        for (person, metric, line) in expanded.iter().flat_map(worked) {
            lines.entry((person, metric)).or_default().push(line);
        }
    }
    let overrun = |ceiling: &Ceiling<'a>| {
        let asked = lines.get(&(ceiling.person, ceiling.limit.metric)).into_iter().flatten();
        let all = total(asked.map(|line| amounts(line, &ceiling.periods)), ceiling.periods.len());
        let over = all.iter().filter(|amount| IBig::from(**amount) > ceiling.most);
        let (periods, asked) = over.fold((0, 0), |(count, most), amount| (count + 1, most.max(*amount)));
        Overrun { person: ceiling.person, limit: ceiling.limit, periods, asked }
    };
    ceilings.iter().map(overrun).collect()
}

/// The ceilings of everybody; what is over can no longer be too much.
fn ceilings(plan: &Plan, replan: Option<NaiveDate>) -> Vec<Ceiling<'_>> {
    let mut ceilings = Vec::new();
    for (index, person) in plan.people.iter().enumerate() {
        for limit in &person.limits {
            ceilings.push(Ceiling {
                person: PersonId::new(index),
                limit,
                most: plan[limit.metric].step.floor(&limit.amount),
                periods: periods(plan.period, limit.per, plan.fiscal_start)
                    .into_iter()
                    .filter(|period| replan.is_none_or(|as_of| period.last > as_of))
                    .collect(),
            });
        }
    }
    ceilings
}

/// What people do of which metric for a goal; levels do not add up.
pub(super) fn worked(key_result: &KeyResultPlan) -> impl Iterator<Item = (PersonId, MetricId, &Line)> {
    key_result
        .stages()
        .flat_map(|stage| stage.lines.iter().map(|line| (stage.link.metric, line)))
        .filter(|(_, line)| !matches!(line.course, Course::Level(_)))
        .filter_map(|(metric, line)| Some((line.person?, metric, line)))
}

/// What a line asks for in each of `periods`, in steps.
pub(super) fn amounts(line: &Line, periods: &[DateSpan]) -> Vec<i128> {
    let mut cursor = Cursor::new(&line.course, line.phase, line.course.window().first);
    let first = periods.first().map(|period| crate::dates::minus(period.first, 1));
    let mut before = first.map_or(0, |day| cursor.advance(day));
    let rise = |period: &DateSpan| {
        let done = cursor.advance(period.last);
        let rise = done - before;
        before = done;
        line.in_steps(rise)
    };
    periods.iter().map(rise).collect()
}

pub(super) fn total(lines: impl Iterator<Item = impl AsRef<[i128]>>, periods: usize) -> Vec<i128> {
    let mut total = vec![0; periods];
    for line in lines {
        for (sum, amount) in total.iter_mut().zip(line.as_ref()) {
            *sum += *amount;
        }
    }
    total
}

fn over<'a>(ceiling: &'a Ceiling<'a>, asked: &[(KeyResultId, Vec<i128>)]) -> Option<Over<'a>> {
    let all = total(asked.iter().map(|(_, amounts)| amounts), ceiling.periods.len());
    let over = |amount: &i128| IBig::from(*amount) > ceiling.most;
    let count = all.iter().filter(|amount| over(amount)).count();
    let most = *all.iter().filter(|amount| over(amount)).max()?;
    let at = all.iter().position(|amount| *amount == most)?;
    // Of goals that ask alike, the first.
    let of = |amounts: &Vec<i128>| amounts.get(at).copied().unwrap_or(0);
    let goal = asked.iter().rev().max_by_key(|(_, amounts)| of(amounts)).map(|(goal, _)| *goal)?;
    Some(Over { ceiling, worst: *ceiling.periods.get(at)?, asked: most, count, goal })
}

/// What is told of one ceiling: the target, the people or the rate that would make it fit.
fn overloaded(
    plan: &Plan,
    over: &Over<'_>,
    (target, people, rate): (Option<String>, Option<usize>, Option<String>),
) -> Overloaded {
    let limit = over.ceiling.limit;
    let step = &plan[limit.metric].step;
    let when = if over.worst.len() == 1 {
        over.worst.first.to_string()
    } else {
        format!("{}..{}", over.worst.first, over.worst.last)
    };
    let told = Overload {
        person: plan[over.ceiling.person].name.clone(),
        metric: plan[limit.metric].name.clone(),
        asked: read(step, &IBig::from(over.asked)),
        fits: read(step, &over.ceiling.most),
        when,
        periods: over.count,
        goal: plan.path(over.goal),
        target,
        people,
        rate,
    };
    Overloaded { goal: over.goal, place: limit.place, over: told }
}
