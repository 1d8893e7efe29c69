//! Levels planned anew: from the latest reading straight to the end, by what the line has left.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use milepost_grammar::ast::Better;

use crate::dates::DateSpan;
use crate::exact::{Exact, ratio};
use crate::expand::almanac::Almanac;
use crate::expand::course::Course;
use crate::expand::key_result::{KeyResultPlan, level_corners};
use crate::expand::level::{LevelDay, LevelLine, Levels};
use crate::expand::line::{Anew, Line, Unit};
use crate::ledger::{Claim, Ledger, Who};
use crate::plan::{Holder, Plan, Target};

/// Plans the rest of a level anew, after the end of `as_of`. Without a reading it stays as it was planned.
pub(super) fn relevel(
    plan: &Plan,
    almanac: &Almanac,
    claim: &Claim,
    expanded: &mut KeyResultPlan,
    as_of: NaiveDate,
    dropped: bool,
) {
    let goal = &plan[expanded.key_result];
    let Some(measure) = &goal.measure else { return };
    let Target::Level(from, to) = &measure.target else { return };
    let line = expanded.chains.first_mut().and_then(|chain| chain.stages.first_mut());
    let Some(line) = line.and_then(|stage| stage.lines.first_mut()) else { return };
    let Course::Level(planned) = &line.course else { return };
    let metric = &plan[measure.metric];
    let ledger = Ledger { plan, claim };
    let read = |date: NaiveDate| {
        let days = DateSpan::new(goal.window.first, date.min(goal.window.last))?;
        ledger.value(measure.metric, Who::All, days)
    };
    let holder = line.person.map(Holder::Person).or(line.team.map(Holder::Team));
    let own = almanac.presences.holder(plan, holder);
    let shape =
        LevelLine { from, corners: level_corners(goal, from, to), better: metric.better, step: &metric.step };
    let mut exact = shape.exact(goal.window, own);
    if exact.is_empty() {
        exact = shape.exact(goal.window, almanac.presences.plan());
    }

    // What happened: the latest reading of each day, where there is one.
    let mut past: BTreeMap<NaiveDate, (Option<Exact>, bool)> = BTreeMap::new();
    for day in planned.days.iter().filter(|day| day.date <= as_of) {
        past.insert(day.date, (None, day.works));
    }
    for ingredient in crate::ledger::ingredients(plan, measure.metric) {
        for (_, series) in ledger.series(ingredient, Who::All) {
            let days = DateSpan::new(goal.window.first, as_of.min(goal.window.last));
            for (day, _) in days.into_iter().flat_map(|days| series.within(days)) {
                past.entry(day).or_insert((None, false));
            }
        }
    }
    for (day, (level, _)) in &mut past {
        *level = read(*day);
    }
    let reached = read(as_of);
    let line_at = exact.iter().take_while(|(day, ..)| *day <= as_of).last();
    let line_at = line_at.map_or_else(|| from.clone(), |(_, level, _)| level.clone());
    let by_then = metric.step.amount(&shape.rounded(&line_at).unwrap_or_default().into());
    let rest = reached.as_ref().filter(|_| !dropped).map(|reached| {
        let after: Vec<&(NaiveDate, Exact, bool)> = exact.iter().filter(|(day, ..)| *day > as_of).collect();
        // Where a level starts where it ends, what is better tells which way is ahead.
        let falls = to < from || (to == from && metric.better == Better::Lower);
        anew(&after, &line_at, reached, &by_then, to, falls)
    });

    // A computed level may be any ratio; a typed one is a whole number of millionths.
    let readings = past.values().filter_map(|(level, _)| level.clone());
    let unit = Unit::for_amounts(&metric.step, readings);
    let size = unit.as_ref().map_or(&metric.step.size, |unit| &unit.step.size);
    let per_step = unit.as_ref().map_or(1, |unit| unit.per_step);
    let in_units = |level: &Exact| i128::try_from((level / size).round()).unwrap_or(i128::MAX);
    let mut days: Vec<LevelDay> = Vec::new();
    for (date, (level, works)) in &past {
        let level = match level {
            Some(level) => in_units(level),
            None => planned_at(planned, *date).saturating_mul(per_step),
        };
        days.push(LevelDay { date: *date, level, works: *works });
    }
    for day in planned.days.iter().filter(|day| day.date > as_of) {
        let level = match &rest {
            Some(rest) => match rest.get(&day.date) {
                Some(Next::Held(level)) => in_units(level),
                Some(Next::Line(level)) => shape.rounded(level).unwrap_or(i128::MAX).saturating_mul(per_step),
                None => continue,
            },
            None if dropped => continue,
            None => day.level.saturating_mul(per_step),
        };
        days.push(LevelDay { date: day.date, level, works: day.works });
    }
    let Some(last) = days.last() else { return };
    let end = Exact::from(dashu_int::IBig::from(last.level)) * size;
    // What is given up ends on the last day that has happened.
    let window = if dropped {
        DateSpan { last: planned.window.last.min(as_of), ..planned.window }
    } else {
        planned.window
    };
    let levels = Levels { window, before: planned.before.saturating_mul(per_step), days: days.into() };
    let anew = Anew { as_of, done: reached, total: line.course.steps(), planned: by_then, rest: end };
    *line = Line {
        course: Course::Level(levels),
        unit: unit.map(Box::new),
        anew: Some(Box::new(anew)),
        ..line.clone()
    };
}

/// A level to come.
enum Next {
    /// On the way.
    Line(Exact),
    /// What has been reached is the end, or beyond it.
    Held(Exact),
}

/// The levels of the days `after`: with L the line as it was, from L + δ to the end by what L has left; where that is
/// nothing, in equal parts.
fn anew(
    after: &[&(NaiveDate, Exact, bool)],
    line_at: &Exact,
    reached: &Exact,
    planned: &Exact,
    to: &Exact,
    falls: bool,
) -> BTreeMap<NaiveDate, Next> {
    let beyond = if falls { reached <= to } else { reached >= to };
    let from = line_at + reached - planned;
    let way = to - line_at;
    let count = i64::try_from(after.len()).unwrap_or(i64::MAX);
    let levels = (1_i64..).zip(after).map(|(index, (day, level, _))| {
        let next = if beyond {
            Next::Held(reached.clone())
        } else if way.is_zero() {
            Next::Line(&from + (to - &from) * ratio(index, count))
        } else {
            Next::Line(&from + (to - &from) * (level - line_at) / &way)
        };
        (*day, next)
    });
    levels.collect()
}

/// The level that was planned for the end of `date`.
fn planned_at(levels: &Levels, date: NaiveDate) -> i128 {
    let day = levels.days.iter().take_while(|day| day.date <= date).last();
    day.map_or(levels.before, |day| day.level)
}
