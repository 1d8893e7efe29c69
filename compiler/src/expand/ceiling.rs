//! Ceilings: `visits at most 6 per day`, over all goals.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::dates::{DateSpan, periods};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::exact::{Exact, sum};
use crate::expand::almanac::Almanac;
use crate::expand::course::Cursor;
use crate::expand::key_result::{KeyResultPlan, expand_as};
use crate::expand::line::Line;
use crate::expand::target::{existing, read};
use crate::expand::{Course, Depth};
use crate::message::{Message, Overload};
use crate::plan::{KeyResult, KeyResultId, Limit, MetricId, PersonId, Plan, Target};

/// How many periods a search for the targets that would fit may look at in one run; a plan that is over its
/// ceilings everywhere is answered without them, rather than late.
const BUDGET: usize = 20_000_000;

/// The most that somebody can do.
struct Ceiling<'a> {
    person: PersonId,
    limit: &'a Limit,
    /// In steps.
    most: IBig,
    periods: Vec<DateSpan>,
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

/// Says where more is asked of somebody than they can do, over all goals: what is asked, what fits, and the target
/// that would fit, other goals being as they are. New work counts; what existing accounts bring does not.
pub(super) fn report(
    plan: &Plan,
    almanac: &Almanac,
    expanded: &[KeyResultPlan],
    replan: Option<NaiveDate>,
    diagnostics: &mut Diagnostics,
) {
    let ceilings = ceilings(plan, replan);
    if ceilings.is_empty() {
        return;
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

    let mut fits: BTreeMap<KeyResultId, Option<String>> = BTreeMap::new();
    let mut budget = BUDGET;
    for over in &overs {
        let goal = over.goal;
        let fit = fits.entry(goal).or_insert_with(|| {
            let mine = ceilings.iter().filter(|ceiling| {
                let lines = lines.get(&(ceiling.person, ceiling.limit.metric));
                lines.into_iter().flatten().any(|(asking, _)| *asking == goal)
            });
            let rest = mine.map(|ceiling| {
                let others = asked(ceiling).into_iter().filter(|(asking, _)| *asking != goal);
                (ceiling, total(others.map(|(_, amounts)| amounts), ceiling.periods.len()))
            });
            let asked = (almanac, replan);
            fitting(plan, asked, goal, &rest.collect::<Vec<_>>(), &mut budget)
        });
        diagnostics.push(told(plan, over, fit.clone()));
    }
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
fn worked(key_result: &KeyResultPlan) -> impl Iterator<Item = (PersonId, MetricId, &Line)> {
    key_result
        .stages()
        .flat_map(|stage| stage.lines.iter().map(|line| (stage.link.metric, line)))
        .filter(|(_, line)| !matches!(line.course, Course::Level(_)))
        .filter_map(|(metric, line)| Some((line.person?, metric, line)))
}

/// What a line asks for in each of `periods`, in steps.
fn amounts(line: &Line, periods: &[DateSpan]) -> Vec<i128> {
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

fn total(lines: impl Iterator<Item = impl AsRef<[i128]>>, periods: usize) -> Vec<i128> {
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

/// The highest target of a goal with which nobody is over their ceiling, the rest being asked for besides, found by
/// halving: written as the measure writes it. `None` if there is none, or no time to find it.
fn fitting(
    plan: &Plan,
    (almanac, replan): (&Almanac, Option<NaiveDate>),
    id: KeyResultId,
    rest: &[(&Ceiling<'_>, Vec<i128>)],
    budget: &mut usize,
) -> Option<String> {
    let goal = &plan[id];
    let measure = goal.measure.as_ref()?;
    let step = &plan[measure.metric].step;
    let (figure, per) = match &measure.target {
        Target::Amount(amount) => (amount, None),
        Target::Rate(amount, per) => (amount, Some(*per)),
        Target::Level(..) => return None,
    };
    let cost: usize = rest.iter().map(|(ceiling, _)| ceiling.periods.len()).sum::<usize>() + 1_000;
    let mut fits = |steps: &IBig| {
        *budget = budget.checked_sub(cost)?;
        let amount = step.amount(steps);
        let target =
            per.map_or_else(|| Target::Amount(amount.clone()), |per| Target::Rate(amount.clone(), per));
        let measure = goal.measure.clone().map(|measure| crate::plan::Measure { target, ..measure });
        let goal = KeyResult { measure, ..goal.clone() };
        let (expanded, messages) = expand_as(plan, almanac, id, &goal, Depth::Amounts);
        let expanded = expanded.filter(|_| !messages.has_errors()).map(|expanded| match replan {
            Some(as_of) => super::replan::replan(plan, almanac, expanded, as_of, &mut Diagnostics::default()),
            None => expanded,
        });
        Some(expanded.is_some_and(|expanded| {
            rest.iter().all(|(ceiling, others)| {
                let mine = worked(&expanded)
                    .filter(|(person, metric, _)| {
                        (*person, *metric) == (ceiling.person, ceiling.limit.metric)
                    })
                    .map(|(_, _, line)| amounts(line, &ceiling.periods));
                let mine = total(mine, ceiling.periods.len());
                mine.iter().zip(others).all(|(mine, others)| IBig::from(mine + others) <= ceiling.most)
            })
        }))
    };
    // Less than what is pinned and what accounts bring is no target.
    let pins: Exact = sum(goal.pins.iter().map(|pin| &pin.amount));
    let mut least = if per.is_some() { IBig::ZERO } else { step.ceil(&(pins + existing(plan, goal))) };
    let mut most = step.ceil(figure);
    if least >= most || !fits(&least)? {
        return None;
    }
    while &most - &least > IBig::ONE {
        let middle = (&most + &least) / IBig::from(2);
        if fits(&middle)? {
            least = middle;
        } else {
            most = middle;
        }
    }
    let unit = match per {
        Some(per) => format!(" per {}", per.word()),
        None => String::new(),
    };
    Some(format!("{}{unit}", read(step, &least)))
}

fn told(plan: &Plan, over: &Over<'_>, target: Option<String>) -> Diagnostic {
    let limit = over.ceiling.limit;
    let step = &plan[limit.metric].step;
    let when = if over.worst.len() == 1 {
        over.worst.first.to_string()
    } else {
        format!("{}..{}", over.worst.first, over.worst.last)
    };
    let over_ceiling = Overload {
        person: plan[over.ceiling.person].name.clone(),
        metric: plan[limit.metric].name.clone(),
        asked: read(step, &IBig::from(over.asked)),
        fits: read(step, &over.ceiling.most),
        when,
        periods: over.count,
        goal: plan.path(over.goal),
        target,
    };
    let message = Message::OverCeiling { over: Box::new(over_ceiling) };
    let diagnostic = Diagnostic::new(message, limit.place);
    match &plan[over.goal].measure {
        Some(measure) => diagnostic.label(measure.place, Message::AskedHere),
        None => diagnostic,
    }
}
