//! What happened: readings that follow the plan, or do not.

use chrono::NaiveDate;

use super::super::counts::{replaces, teams};
use super::super::course::{Course, Way};
use super::super::dice::Dice;
use super::super::expand::{Goal, goals};
use super::super::life::Reading;
use super::super::model::{Plan, Unit};
use super::super::period::{days, later};
use super::super::rational::{Q, ratio, whole, zero};
use super::super::row::RowKind;
use super::super::someone::everybody;
use super::super::stage::metric;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// Of every day what was planned for it.
    Exact,
    /// Ahead and behind, off the step, corrected; each for the line it belongs to.
    Own,
    /// Of the team and of nobody too, of others, without a part.
    Rough,
}

pub(crate) fn readings(dice: &mut Dice, plan: &Plan, like: Likeness) -> Vec<Reading> {
    let people = everybody(plan);
    let mut readings = Vec::new();
    for goal in goals(plan, &people) {
        let Ok(plot) = goal.plot() else { continue };
        // Some goals are never looked at, and some are always ahead.
        let pace = dice.pick(&[ratio(1, 2), whole(1), ratio(9, 10), ratio(3, 2), whole(3)]).clone();
        if like == Likeness::Rough && dice.chance(10) {
            continue;
        }
        let table = dice.chance(50);
        for course in &plot.courses {
            match like {
                Likeness::Exact => exact(&goal, course, &mut readings),
                Likeness::Own | Likeness::Rough => {
                    let table = table || (like == Likeness::Own && goal.key_result.split.is_some());
                    let life = Life { like, pace: pace.clone(), table };
                    rough(dice, &goal, course, &life, &mut readings);
                }
            }
        }
    }
    if like != Likeness::Exact {
        for name in ["wins", "bids", "complaints", "quality"] {
            others(dice, plan, name, &mut readings);
        }
    }
    let known =
        |reading: &Reading| metric(plan, &reading.metric).is_ok_and(|metric| metric.formula.is_none());
    readings.retain(known);
    one_word_a_day(plan, &mut readings);
    // Blocks come in front of the table.
    readings.sort_by_key(|reading| reading.in_table);
    readings
}

fn parts_of(goal: &Goal<'_>, course: &Course<'_>) -> Vec<(String, String)> {
    match (&goal.key_result.split, course.part) {
        (Some(split), Some(part)) => vec![(split.dimension.clone(), split.parts[part].0.clone())],
        _ => Vec::new(),
    }
}

fn exact(goal: &Goal<'_>, course: &Course<'_>, readings: &mut Vec<Reading>) {
    let Some((first, last)) = course.span() else { return };
    let who = holder(goal, course);
    let level = matches!(course.way, Way::Level(_));
    let mut before = if level { whole(-1) } else { zero() };
    for day in days(first, last) {
        let planned = course.planned(day);
        let amount = if level { planned.clone() } else { &planned - &before };
        if before != planned {
            readings.push(Reading {
                day,
                metric: course.metric.name.clone(),
                who: who.clone(),
                amount,
                parts: parts_of(goal, course),
                in_table: goal.key_result.split.is_some(),
            });
        }
        before = planned;
    }
}

/// How a goal fares.
struct Life {
    like: Likeness,
    pace: Q,
    table: bool,
}

fn rough(dice: &mut Dice, goal: &Goal<'_>, course: &Course<'_>, life: &Life, readings: &mut Vec<Reading>) {
    let Some((first, last)) = course.span() else { return };
    let plan = goal.plan;
    let level = matches!(course.way, Way::Level(_));
    let mut before = zero();
    let mut day = later(first, dice.between(-6, 8));
    while day <= later(last, 12) && plan.period.first() <= later(day, 60) {
        let planned = course.planned(day);
        let wobble = &life.pace * ratio(dice.between(2, 14), 8);
        let amount = if level {
            &planned + whole(dice.between(-6, 6)) * dice.pick(&[whole(0), whole(1), ratio(1, 4)])
        } else {
            (&planned - &before) * wobble
        };
        before = planned;
        let mut amount = tidy(dice, goal, course, &amount);
        if !level && dice.chance(6) {
            amount = -amount / whole(2);
            amount = tidy(dice, goal, course, &amount);
        }
        if (amount != zero() || dice.chance(5)) && plan.period.holds(day) {
            let rough = life.like == Likeness::Rough;
            let who = if rough { who(dice, goal, course) } else { holder(goal, course) };
            let mut parts = parts_of(goal, course);
            if rough && (dice.chance(15) || !life.table) {
                parts.clear();
            }
            let metric = course.metric.name.clone();
            readings.push(Reading { day, metric, who, amount, parts, in_table: life.table });
        }
        day = later(day, dice.between(1, 14));
    }
}

/// To the step, or a bit off it.
fn tidy(dice: &mut Dice, goal: &Goal<'_>, course: &Course<'_>, amount: &Q) -> Q {
    let step = course.metric.step(goal.plan.currency);
    let step = if dice.chance(12) { step / whole(8) } else { step };
    // Readings have six decimals at most.
    let step = step.max(ratio(1, 1_000_000));
    let tidy = (amount / &step).round() * step;
    let million = whole(1_000_000);
    (tidy * &million).round() / million
}

/// Whose line it is.
fn holder(goal: &Goal<'_>, course: &Course<'_>) -> Option<String> {
    match course.person {
        Some(person) => Some(goal.people[person].name.clone()),
        // What the team of a person reaches is not that person's goal.
        None if goal.place(goal.owner()).is_some() => None,
        None => Some(goal.team()).filter(|team| !team.is_empty()),
    }
}

fn who(dice: &mut Dice, goal: &Goal<'_>, course: &Course<'_>) -> Option<String> {
    let all = teams(goal.plan);
    match (dice.between(1, 20), course.person) {
        (1, _) => None,
        (2, _) => all.get(dice.between(0, all.len() as i64 - 1) as usize)?.last().cloned(),
        (3, _) => Some(dice.pick(goal.people).name.clone()),
        (_, Some(person)) => Some(goal.people[person].name.clone()),
        (4..=11, None) if course.kind == RowKind::New => Some(dice.pick(goal.people).name.clone()),
        (_, None) => Some(goal.team()).filter(|team| !team.is_empty()),
    }
}

/// Readings of what is held or computed: every few days, of anybody.
fn others(dice: &mut Dice, plan: &Plan, name: &str, readings: &mut Vec<Reading>) {
    let Ok(of) = metric(plan, name) else { return };
    let people = everybody(plan);
    let all = teams(plan);
    let mut day: NaiveDate = later(plan.period.first(), dice.between(0, 20));
    let often = dice.between(2, 25);
    while day <= plan.period.last() {
        let amount =
            if of.unit == Unit::Percent { whole(dice.between(20, 90)) } else { whole(dice.between(0, 5)) };
        let who = match dice.between(1, 6) {
            1 => None,
            2 => dice.pick(&all).last().cloned(),
            _ => Some(dice.pick(&people).name.clone()),
        };
        let in_table = dice.chance(50);
        readings.push(Reading { day, metric: name.to_owned(), who, amount, parts: Vec::new(), in_table });
        day = later(day, dice.between(1, often));
    }
}

/// Of a level or a percentage, one word a day of somebody, and one of a team or of nobody: which of
/// two would hold is said nowhere.
fn one_word_a_day(plan: &Plan, readings: &mut Vec<Reading>) {
    let mut told: Vec<(NaiveDate, String, bool)> = Vec::new();
    let everybody: Vec<String> = everybody(plan).into_iter().map(|person| person.name).collect();
    readings.retain(|reading| {
        if metric(plan, &reading.metric).is_ok_and(|metric| !replaces(metric)) {
            return true;
        }
        let person = reading.who.as_ref().is_some_and(|who| everybody.contains(who));
        let word = (reading.day, reading.metric.clone(), person);
        let new = !told.contains(&word);
        told.push(word);
        new
    });
}
