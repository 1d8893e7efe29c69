//! The status page of a day, as JSON.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::expectations::forecasts;
use super::facts::{
    BOOK, CLOSE, COVER, FAIR, GOALS, QUIET, READY, SHOW, check_ins, day, dropped, items, later, metrics,
    step, target, unit, window, working,
};
use super::lines::LEVEL_FROM;
use super::numbers::{Q, json as number, json_or_null, ratio, sum, whole, zero};
use super::readings::{level, win_rate};
use super::review::{check_in, review};
use super::standing::{Quarter, Row, Standing, rows};

pub(super) fn status(quarter: &Quarter, as_of: NaiveDate, monday: NaiveDate) -> Value {
    let known = score_of_objective(quarter, "be-known", as_of);
    let lead = score_of_objective(quarter, "lead-north", as_of);
    let key_results: Vec<Value> = GOALS.iter().map(|goal| key_result(quarter, goal, as_of)).collect();
    json!({
        "version": 1,
        "as_of": as_of.to_string(),
        "plan": {
            "id": "quarter-2026q2",
            "title": "North region, second quarter of 2026",
            "period": { "start": "2026-04-01", "end": "2026-06-30" },
        },
        "objectives": [
            {
                "id": "lead-north",
                "title": "Become the first choice of dealers in the north",
                "type": "committed",
                "weight": 1,
                "supports": [],
                "score": number(&lead),
                "colour": colour(&lead),
                "expected": 1,
                "dropped": null,
                "check_in": null,
            },
            {
                "id": "be-known",
                "title": "Every dealer has seen the truck",
                "type": "aspirational",
                "weight": 1,
                "supports": ["lead-north"],
                "score": number(&known),
                "colour": colour(&known),
                "expected": 0.7,
                "dropped": null,
                "check_in": null,
            },
        ],
        "key_results": key_results,
        "review": review(quarter, as_of, monday),
    })
}

/// Up to 0.3, up to 0.6, and from 0.7, by the score in tenths, half up.
fn colour(score: &Q) -> &'static str {
    let tenths = (score * whole(10) + ratio(1, 2)).floor();
    if tenths <= whole(3) {
        "red"
    } else if tenths <= whole(6) {
        "amber"
    } else {
        "green"
    }
}

fn weight(goal: &str) -> i64 {
    if goal == BOOK { 2 } else { 1 }
}

/// The mean of the key results by weight; the second objective counts in the first like one of its own.
fn score_of_objective(quarter: &Quarter, objective: &str, as_of: NaiveDate) -> Q {
    let mine = GOALS.iter().filter(|goal| goal.starts_with(objective));
    let mut scores: Vec<(Q, i64)> =
        mine.filter_map(|goal| score(quarter, goal, as_of).map(|score| (score, weight(goal)))).collect();
    if objective == "lead-north" {
        scores.push((score_of_objective(quarter, "be-known", as_of), 1));
    }
    let all: i64 = scores.iter().map(|(_, weight)| weight).sum();
    sum(scores.into_iter().map(|(score, weight)| score * whole(weight))) / whole(all)
}

fn score(quarter: &Quarter, goal: &str, as_of: NaiveDate) -> Option<Q> {
    if dropped(goal, as_of) {
        return None;
    }
    let clamp = |x: Q| x.max(zero()).min(whole(1));
    match goal {
        CLOSE => {
            let (inside, all) = held(quarter, as_of);
            (all > 0).then(|| ratio(inside, all))
        }
        READY => Some(ratio(items_done(as_of), 4)),
        COVER => Some(done(quarter, goal, as_of).map_or_else(zero, |done| {
            clamp((done - whole(LEVEL_FROM)) / (target(goal) - whole(LEVEL_FROM)))
        })),
        // Fewer complaints are better.
        QUIET => {
            let done = done(quarter, goal, as_of).unwrap();
            Some(if done <= target(goal) { whole(1) } else { target(goal) / done })
        }
        _ => Some(clamp(done(quarter, goal, as_of).unwrap() / target(goal))),
    }
}

fn items_done(as_of: NaiveDate) -> i64 {
    items().iter().filter(|(_, _, done)| done.is_some_and(|done| done <= as_of)).count() as i64
}

/// The months that say something, the running one too.
fn months(quarter: &Quarter, as_of: NaiveDate) -> Vec<Q> {
    let months = [(day(4, 1), day(4, 30)), (day(5, 1), day(5, 31)), (day(6, 1), day(6, 30))];
    let begun = months.into_iter().filter(|(first, _)| *first <= as_of);
    begun.filter_map(|(first, last)| win_rate(&quarter.readings, first, last.min(as_of))).collect()
}

fn held(quarter: &Quarter, as_of: NaiveDate) -> (i64, i64) {
    let months = months(quarter, as_of);
    (months.iter().filter(|rate| **rate >= whole(10)).count() as i64, months.len() as i64)
}

fn done(quarter: &Quarter, goal: &str, as_of: NaiveDate) -> Option<Q> {
    match goal {
        CLOSE => months(quarter, as_of).pop(),
        READY => Some(whole(items_done(as_of))),
        COVER => level(&quarter.readings, day(4, 1), as_of, None),
        _ => Some(super::readings::total(quarter.read(goal, metrics(goal)[0], day(4, 1), as_of))),
    }
}

/// What the running totals come to; where a tenth more is dealt out than the goal, at the people's pace.
fn planned(quarter: &Quarter, goal: &'static str, metric: &'static str, as_of: NaiveDate) -> Q {
    if goal == COVER {
        return super::lines::level_planned(as_of);
    }
    let all = sum(quarter.lines_of(goal, metric).map(|line| line.running(as_of)));
    if goal == SHOW { all * whole(80) / whole(88) } else { all }
}

fn key_result(quarter: &Quarter, goal: &'static str, as_of: NaiveDate) -> Value {
    let (first, last) = window(goal);
    let days_left = working(first.max(later(as_of, 1)), last);
    let mut json = match goal {
        CLOSE => hold(quarter, as_of, days_left),
        READY => checklist(as_of, days_left),
        _ => {
            let metric = metrics(goal)[0];
            Standing {
                from: if goal == COVER { whole(LEVEL_FROM) } else { zero() },
                done: done(quarter, goal, as_of),
                planned: planned(quarter, goal, metric, as_of),
                target: target(goal),
                days: working(first, last),
                days_left,
                step: step(metric),
                lower: goal == QUIET,
                asked: true,
            }
            .json()
        }
    };
    let score = score(quarter, goal, as_of);
    let metric = metrics(goal).first();
    let threshold = (goal == BOOK).then_some(0.8);
    let passed = (goal == BOOK).then(|| done(quarter, goal, as_of).unwrap() / target(goal) >= ratio(4, 5));
    let known = goal == SHOW || goal == QUIET;
    let common = json!({
        "id": goal,
        "title": title(goal),
        "kind": match goal {
            COVER => "level",
            CLOSE => "hold",
            READY => "checklist",
            _ => "flow",
        },
        "metric": metric,
        "unit": metric.map(|metric| unit(metric)),
        "window": { "start": first.to_string(), "end": last.to_string() },
        "from": (goal == COVER).then_some(LEVEL_FROM),
        "score": json_or_null(score.as_ref()),
        "colour": score.as_ref().map(colour),
        "weight": weight(goal),
        "type": if known { "aspirational" } else { "committed" },
        "expected": if known { json!(0.7) } else { json!(1) },
        "threshold": threshold,
        "passed": passed,
        "dropped": if dropped(goal, as_of) {
            json!({ "on": "2026-05-12", "why": "the fair is put off to autumn" })
        } else {
            Value::Null
        },
        "metrics": by_metric(quarter, goal, as_of),
        "people": standings(quarter, goal, as_of, true),
        "teams": standings(quarter, goal, as_of, false),
        "check_in": check_ins()
            .iter()
            .filter(|check_in| check_in.goal == goal && check_in.on <= as_of)
            .max_by_key(|check_in| check_in.on)
            .map(check_in),
        "forecasts": if goal == BOOK { forecasts(quarter, as_of) } else { Value::Null },
    });
    let Value::Object(common) = common else { unreachable!() };
    json.extend(common);
    Value::Object(json)
}

fn title(goal: &str) -> &'static str {
    match goal {
        BOOK => "Book 1.2 million",
        COVER => "Be seen in every county",
        CLOSE => "One visit in ten ends in an order",
        READY => "Be ready for the summer",
        FAIR => "Leads from the spring fair",
        SHOW => "Show it 80 times",
        _ => "No more than 12 complaints",
    }
}

fn object(json: Value) -> Map<String, Value> {
    let Value::Object(json) = json else { unreachable!() };
    json
}

fn hold(quarter: &Quarter, as_of: NaiveDate, days_left: i64) -> Map<String, Value> {
    let (inside, readings) = held(quarter, as_of);
    object(json!({
        "done": json_or_null(done(quarter, CLOSE, as_of).as_ref()),
        "planned": null,
        "target": null,
        "pace": null,
        "days_left": days_left,
        "needed": null,
        "forecast": null,
        "behind_days": null,
        "hold": { "least": 10, "most": null, "inside": inside, "readings": readings },
    }))
}

fn checklist(as_of: NaiveDate, days_left: i64) -> Map<String, Value> {
    let due = items().iter().filter(|(_, by, _)| *by <= as_of).count() as i64;
    let done = items_done(as_of);
    let items: Vec<Value> = items()
        .iter()
        .map(|(title, by, done)| {
            let done = done.filter(|done| *done <= as_of).map(|done| done.to_string());
            json!({ "title": title, "by": by.to_string(), "done": done })
        })
        .collect();
    object(json!({
        "done": done,
        "planned": due,
        "target": 4,
        "pace": if due > 0 { number(&ratio(done, due)) } else { Value::Null },
        "days_left": days_left,
        "needed": null,
        "forecast": null,
        "behind_days": null,
        "items": items,
    }))
}

fn by_metric(quarter: &Quarter, goal: &'static str, as_of: NaiveDate) -> Vec<Value> {
    let one = |metric: &'static str| {
        let done = match goal {
            COVER => done(quarter, goal, as_of),
            _ => Some(super::readings::total(quarter.read(goal, metric, day(4, 1), as_of))),
        };
        // Of the stages below the money, what the people have together.
        let target = match metric {
            "orders" => whole(33),
            "visits" => whole(33 * 8),
            "calls" => whole(33 * 8 * 3),
            _ => target(goal),
        };
        json!({
            "id": metric,
            "unit": unit(metric),
            "done": json_or_null(done.as_ref()),
            "planned": number(&planned(quarter, goal, metric, as_of)),
            "target": number(&target),
        })
    };
    if goal == CLOSE { Vec::new() } else { metrics(goal).iter().map(|metric| one(metric)).collect() }
}

fn standings(quarter: &Quarter, goal: &'static str, as_of: NaiveDate, people: bool) -> Vec<Value> {
    if goal == CLOSE {
        return Vec::new();
    }
    let all = metrics(goal).iter().flat_map(|metric| rows(quarter, goal, metric, as_of));
    all.filter(|row: &Row| row.who.is_some() == people).map(|row| row.json(quarter, as_of)).collect()
}
