//! How far one row has come: a person's, a team's, or the whole of a goal.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::facts::{LIN, PEOPLE, later, own_days, stage_window, step, window};
use super::lines::{LEVEL_FROM, Line, level_planned, lines};
use super::numbers::{Q, ceil_to, json as number, json_or_null, sum, whole, zero};
use super::readings::{Reading, Who, counts, level, total};

/// The plan and what was read.
pub(super) struct Quarter {
    pub(super) lines: Vec<Line>,
    pub(super) readings: Vec<Reading>,
}

impl Quarter {
    pub(super) fn new(readings: Vec<Reading>) -> Quarter {
        Quarter { lines: lines(), readings }
    }

    pub(super) fn lines_of(&self, goal: &str, metric: &str) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.goal == goal && line.metric == metric)
    }

    /// What a goal counts of a metric in a stretch of days.
    pub(super) fn read(
        &self,
        goal: &str,
        metric: &str,
        first: NaiveDate,
        last: NaiveDate,
    ) -> impl Iterator<Item = &Reading> {
        self.readings.iter().filter(move |reading| {
            reading.metric == metric && counts(goal, reading) && (first..=last).contains(&reading.on)
        })
    }
}

/// A row of a goal: who (else the team), of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) goal: &'static str,
    pub(super) metric: &'static str,
    pub(super) who: Option<usize>,
}

impl Row {
    pub(super) fn name(self) -> &'static str {
        self.who.map_or("north", |person| PEOPLE[person].0)
    }

    fn lines(self, quarter: &Quarter) -> impl Iterator<Item = &Line> {
        quarter.lines_of(self.goal, self.metric).filter(move |line| line.who == self.who)
    }

    pub(super) fn is_level(self) -> bool {
        self.metric == "coverage"
    }

    /// One line that the team holds as one: all readings are its own.
    fn is_whole(self, quarter: &Quarter) -> bool {
        self.who.is_none() && quarter.lines_of(self.goal, self.metric).all(|line| line.who.is_none())
    }

    /// Of a level where it was to be, for everybody the same: who has counted it by hand has no part of their own.
    pub(super) fn planned(self, quarter: &Quarter, on: NaiveDate) -> Q {
        if self.is_level() {
            return level_planned(on);
        }
        sum(self.lines(quarter).map(|line| line.running(on)))
    }

    pub(super) fn target(self, quarter: &Quarter) -> Q {
        if self.is_level() {
            return super::facts::target(self.goal);
        }
        sum(self.lines(quarter).map(|line| line.total.clone()))
    }

    /// Of a level the latest one.
    pub(super) fn done(self, quarter: &Quarter, first: NaiveDate, last: NaiveDate) -> Option<Q> {
        if self.is_level() {
            return level(&quarter.readings, first, last, self.who);
        }
        let whole = self.is_whole(quarter);
        let mine = |reading: &&Reading| match (self.who, reading.who) {
            (Some(person), who) => who == Who::Person(person),
            (None, Who::Person(_)) => whole,
            (None, _) => true,
        };
        Some(total(quarter.read(self.goal, self.metric, first, last).filter(mine)))
    }

    fn days(self, quarter: &Quarter) -> (NaiveDate, NaiveDate) {
        if self.lines(quarter).next().is_some() {
            stage_window(self.goal, self.metric)
        } else {
            window(self.goal)
        }
    }

    pub(super) fn json(self, quarter: &Quarter, as_of: NaiveDate) -> Value {
        let (first, last) = self.days(quarter);
        let standing = Standing {
            from: if self.is_level() { whole(LEVEL_FROM) } else { zero() },
            done: self.done(quarter, window_start(), as_of),
            planned: self.planned(quarter, as_of),
            target: self.target(quarter),
            days: own_days(self.who, first, last),
            days_left: own_days(self.who, first.max(later(as_of, 1)), last),
            step: step(self.metric),
            lower: self.metric == "complaints",
            asked: self.target(quarter) != zero(),
        };
        let mut json = standing.json();
        json.insert("id".to_owned(), json!(self.name()));
        json.insert("metric".to_owned(), json!(self.metric));
        Value::Object(json)
    }
}

fn window_start() -> NaiveDate {
    super::facts::day(4, 1)
}

/// The people of a goal's metric who have a part of it or have been read by a day, then the team.
pub(super) fn rows(
    quarter: &Quarter,
    goal: &'static str,
    metric: &'static str,
    as_of: NaiveDate,
) -> Vec<Row> {
    let has = |who: Option<usize>| {
        let fits = |reading: &Reading| match reading.who {
            Who::Person(person) => who == Some(person),
            Who::Team | Who::Nobody => who.is_none(),
        };
        let planned = if metric == "coverage" {
            who.is_none()
        } else {
            quarter.lines_of(goal, metric).any(|line| line.who == who)
        };
        planned || quarter.read(goal, metric, window_start(), as_of).any(fits)
    };
    let people = (LIN..PEOPLE.len()).map(Some).chain([None]);
    people.filter(|who| has(*who)).map(|who| Row { goal, metric, who }).collect()
}

pub(super) struct Standing {
    pub(super) from: Q,
    pub(super) done: Option<Q>,
    pub(super) planned: Q,
    pub(super) target: Q,
    pub(super) days: i64,
    pub(super) days_left: i64,
    pub(super) step: Q,
    /// Less is better: below 0 it is ahead, whichever way that is.
    pub(super) lower: bool,
    /// Somebody of whom nothing is asked has no pace.
    pub(super) asked: bool,
}

impl Standing {
    fn way(&self) -> Q {
        &self.target - &self.from
    }

    fn gone(&self) -> Option<Q> {
        self.done.as_ref().map(|done| done - &self.from)
    }

    fn pace(&self) -> Option<Q> {
        let planned = &self.planned - &self.from;
        (self.asked && planned != zero()).then(|| self.gone().map(|gone| gone / planned)).flatten()
    }

    pub(super) fn forecast(&self) -> Option<Q> {
        self.pace().map(|pace| &self.from + pace * self.way())
    }

    fn needed(&self) -> Option<Q> {
        let missing = &self.target - self.done.as_ref()?;
        if !self.asked {
            return None;
        }
        if missing <= zero() {
            return Some(zero());
        }
        let each = (self.days_left > 0).then(|| missing / whole(self.days_left))?;
        // What may still come of something that is better lower: more would be too much.
        Some(if self.lower { (each / &self.step).floor() * &self.step } else { ceil_to(&each, &self.step) })
    }

    fn behind(&self) -> Option<Q> {
        let done = self.done.as_ref()?;
        let missing = if self.lower { done - &self.planned } else { &self.planned - done };
        self.asked.then(|| missing / (self.way() / whole(self.days)))
    }

    pub(super) fn json(&self) -> Map<String, Value> {
        let json = json!({
            "done": json_or_null(self.done.as_ref()),
            "planned": number(&self.planned),
            "target": number(&self.target),
            "pace": json_or_null(self.pace().as_ref()),
            "days_left": self.days_left,
            "needed": json_or_null(self.needed().as_ref()),
            "forecast": json_or_null(self.forecast().as_ref()),
            "behind_days": json_or_null(self.behind().as_ref()),
        });
        let Value::Object(json) = json else { unreachable!() };
        json
    }
}
