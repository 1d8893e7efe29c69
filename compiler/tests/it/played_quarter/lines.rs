//! The plan as it was made: who has how much, and how far it should have come by each day.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::facts::{
    BOOK, COVER, FAIR, GAO, HE, LIN, PEOPLE, QUIET, SHOW, TANG, day, days, holder_works, is_there, later,
    ramp, stage_window, step, weight, window, works,
};
use super::numbers::{Q, ceil_to, ratio, sum, whole, zero};

/// One running line: a person's (or the team's) work of one metric.
pub(super) struct Line {
    pub(super) goal: &'static str,
    pub(super) metric: &'static str,
    pub(super) who: Option<usize>,
    /// Of what existing accounts bring.
    pub(super) existing: bool,
    pub(super) total: Q,
    /// k/m of a step.
    pub(super) phase: Q,
    /// What of the total falls on each day, as a part of one.
    pub(super) parts: BTreeMap<NaiveDate, Q>,
}

impl Line {
    pub(super) fn exact(&self, on: NaiveDate) -> Q {
        &self.total * sum(self.parts.range(..=on).map(|(_, part)| part.clone()))
    }

    /// ceil(x − k/m) in steps.
    pub(super) fn running(&self, on: NaiveDate) -> Q {
        ceil_to(&(self.exact(on) - &self.phase), &step(self.metric))
    }
}

/// Each next step goes to the highest weight ÷ (steps held + ½), the first of equals.
pub(super) fn apportion(steps: &Q, weights: &[Q]) -> Vec<Q> {
    let mut held = vec![zero(); weights.len()];
    while sum(held.iter().cloned()) < *steps {
        let quotient = |place: usize, held: &[Q]| &weights[place] / (&held[place] + ratio(1, 2));
        let mut best = 0;
        for place in 1..weights.len() {
            if quotient(place, &held) > quotient(best, &held) {
                best = place;
            }
        }
        held[best] += whole(1);
    }
    held
}

/// 1.2 at the first working day of a stage, 0.8 at the last.
fn front(first: NaiveDate, last: NaiveDate, on: NaiveDate) -> Q {
    let all = super::facts::working(first, last);
    let before = days(first, last).filter(|day| works(*day) && *day < on).count() as i64;
    ratio(6, 5) - ratio(2, 5) * ratio(before, all - 1)
}

/// Visits fall into the first half of the week; the make-up Saturday is like the mean day.
fn weekday(metric: &str, on: NaiveDate) -> Q {
    if metric != "visits" {
        return whole(1);
    }
    match on.weekday() {
        Weekday::Mon | Weekday::Tue => whole(3),
        Weekday::Wed | Weekday::Thu => whole(2),
        Weekday::Fri => whole(1),
        Weekday::Sat | Weekday::Sun => ratio(11, 5),
    }
}

/// The day on which the work of a day becomes money.
fn outcome(metric: &str, on: NaiveDate) -> NaiveDate {
    match metric {
        "visits" => later(on, 10),
        "calls" => {
            let next = |day: NaiveDate| day.iter_days().skip(1).find(|day| works(*day)).unwrap();
            later(next(next(on)), 10)
        }
        _ => on,
    }
}

fn normal(weights: BTreeMap<NaiveDate, Q>) -> BTreeMap<NaiveDate, Q> {
    let all = sum(weights.values().cloned());
    weights.into_iter().map(|(day, weight)| (day, weight / &all)).collect()
}

/// The days of one stage of the revenue goal: a quarter of it by the end of April.
fn booked(metric: &'static str, who: Option<usize>) -> BTreeMap<NaiveDate, Q> {
    let (first, last) = stage_window(BOOK, metric);
    let mut pieces = [BTreeMap::new(), BTreeMap::new()];
    for on in days(first, last).filter(|day| holder_works(who, *day)) {
        let ramp = who.map_or_else(|| whole(1), |who| ramp(who, on));
        let weight = ramp * front(first, last, on) * weekday(metric, on);
        let piece = usize::from(outcome(metric, on) > day(4, 30));
        pieces[piece].insert(on, weight);
    }
    let mut all = BTreeMap::new();
    for (piece, brings) in pieces.into_iter().zip([ratio(1, 4), ratio(3, 4)]) {
        // Who is not there in April has nothing of its piece.
        if !piece.is_empty() {
            all.extend(normal(piece).into_iter().map(|(day, part)| (day, part * &brings)));
        }
    }
    normal(all)
}

fn evenly(who: Option<usize>, first: NaiveDate, last: NaiveDate) -> BTreeMap<NaiveDate, Q> {
    normal(days(first, last).filter(|day| holder_works(who, *day)).map(|day| (day, whole(1))).collect())
}

/// By weight and load, over the days they are there.
fn capacities() -> Vec<Q> {
    let (first, last) = window(BOOK);
    (0..PEOPLE.len())
        .map(|person| {
            let load = days(first, last).filter(|day| is_there(person, *day)).map(|day| ramp(person, day));
            sum(load) * weight(person)
        })
        .collect()
}

/// Everything but the level, goal by goal and metric by metric.
pub(super) fn lines() -> Vec<Line> {
    let capacities = capacities();
    // 1.2 million less 75 % of 240,000 and 70 % of 180,000 and of 120,000.
    let revenue: Vec<Q> =
        apportion(&whole(8_100), &capacities).into_iter().map(|steps| steps * whole(100)).collect();
    // 810,000 are 33 orders of 25,000; below money the exact shares weigh.
    let orders = apportion(&whole(33), &capacities);
    let visits = apportion(&whole(33 * 8), &orders);
    let calls = apportion(&whole(33 * 8 * 3), &visits);

    let mut lines = Vec::new();
    let stages = [("revenue", revenue), ("orders", orders), ("visits", visits), ("calls", calls)];
    for (metric, totals) in stages {
        for (person, total) in totals.into_iter().enumerate() {
            lines.push(Line {
                goal: BOOK,
                metric,
                who: Some(person),
                existing: false,
                total,
                phase: step(metric) * ratio(person as i64, 5),
                parts: booked(metric, Some(person)),
            });
        }
    }
    // Who renews in a month brings it evenly over what the goal has of the month.
    for (who, total, parts) in [
        (Some(LIN), 180_000, evenly(Some(LIN), day(4, 13), day(4, 30))),
        (Some(GAO), 126_000, evenly(Some(GAO), day(5, 1), day(5, 31))),
        (None, 84_000, booked("revenue", None)),
    ] {
        let total = whole(total);
        lines.push(Line { goal: BOOK, metric: "revenue", who, existing: true, total, phase: zero(), parts });
    }
    let (first, last) = window(FAIR);
    let parts = evenly(None, first, last);
    lines.push(Line {
        goal: FAIR,
        metric: "leads",
        who: None,
        existing: false,
        total: whole(60),
        phase: zero(),
        parts,
    });
    let (first, last) = window(SHOW);
    // A tenth more than the goal is dealt out.
    let totals = apportion(&whole(88), &[whole(1), whole(1), whole(1)]);
    for (place, (person, total)) in [GAO, HE, TANG].into_iter().zip(totals).enumerate() {
        lines.push(Line {
            goal: SHOW,
            metric: "demos",
            who: Some(person),
            existing: false,
            total,
            phase: ratio(place as i64, 3),
            parts: evenly(Some(person), first, last),
        });
    }
    let (first, last) = window(QUIET);
    let parts = evenly(None, first, last);
    lines.push(Line {
        goal: QUIET,
        metric: "complaints",
        who: None,
        existing: false,
        total: whole(12),
        phase: zero(),
        parts,
    });
    lines
}

pub(super) const LEVEL_FROM: i64 = 20;

/// The coverage that the plan leads to, in percent: straight from one near goal to the next.
pub(super) fn level_exact(on: NaiveDate) -> Q {
    let (first, _) = window(COVER);
    let mut begin = first;
    let mut level = whole(LEVEL_FROM);
    for (knot, reach) in [(day(4, 30), 35), (day(5, 31), 50), (day(6, 30), 60)] {
        if on < knot {
            let passed = super::facts::working(begin, on);
            let all = super::facts::working(begin, knot);
            return &level + (whole(reach) - &level) * ratio(passed, all);
        }
        begin = later(knot, 1);
        level = whole(reach);
    }
    level
}

pub(super) fn level_planned(on: NaiveDate) -> Q {
    ceil_to(&level_exact(on), &step("coverage"))
}
