//! The rows of a plan whose past is what happened and whose rest is planned anew.
//!
//! `dealt` says which line every reading belongs to, `rows` what becomes of a line. One
//! row holds both what was read in its period up to the day and what is planned in it
//! after the day.

mod dealt;
mod rows;

use chrono::NaiveDate;

use super::counts::{Counted, Whose, teams};
use super::course::Plot;
use super::expand::{Goal, goals};
use super::model::Plan;
use super::period::Grain;
use super::rational::{Q, zero};
use super::row::{Place, Row, RowKind};
use super::someone::everybody;
use super::unplannable::Unplannable;

/// All rows, in their order: up to the day what was read, from then on the rest.
pub(crate) fn replan(plan: &Plan, by: Option<Grain>, day: NaiveDate) -> Result<Vec<Row>, Unplannable> {
    let people = everybody(plan);
    let mut rows = Vec::new();
    for goal in goals(plan, &people) {
        let plot = goal.plot()?;
        rows.extend(Record::new(&goal, &plot, day).rows(by));
    }
    // Rows of one metric and nobody are told apart by their team, in order of declaration,
    // then by kind and part.
    let declared: Vec<String> = teams(plan).into_iter().filter_map(|path| path.last().cloned()).collect();
    rows.sort_by_key(|row: &Row| {
        let Place { start, person, objective, key_result, metric, kind, part } = row.place.clone();
        let team = declared.iter().position(|team| *team == row.team);
        ((start, person, objective, key_result, metric), (team, kind, part))
    });
    Ok(rows)
}

/// What was read of one key result, and where it belongs.
struct Record<'a> {
    goal: &'a Goal<'a>,
    plot: &'a Plot<'a>,
    day: NaiveDate,
    counted: Vec<Counted>,
    /// Whose rows each of them stands in, and of which part.
    homes: Vec<(Whose, Option<usize>)>,
    /// How much of each of them existing business takes.
    kept: Vec<Q>,
    /// For each line what was read of it in rows of its own, and what was read of it
    /// elsewhere.
    own: Vec<Q>,
    elsewhere: Vec<Q>,
    /// Nothing is left to do.
    dropped: bool,
}

impl<'a> Record<'a> {
    fn new(goal: &'a Goal<'a>, plot: &'a Plot<'a>, day: NaiveDate) -> Record<'a> {
        let mut counted = goal.counted(plot, day);
        // Where but one part has something to bring, what says no part is of that one.
        let mut parts: Vec<usize> = plot.courses.iter().filter_map(|course| course.part).collect();
        parts.dedup();
        if let [part] = parts[..] {
            counted.iter_mut().for_each(|read| read.part = read.part.or(Some(part)));
        }
        let homes = Vec::new();
        let kept = vec![zero(); counted.len()];
        let lines = plot.courses.len();
        let (own, elsewhere) = (vec![zero(); lines], vec![zero(); lines]);
        let dropped = [goal.key_result.said.dropped, goal.objective.said.dropped];
        let dropped = dropped.iter().flatten().any(|dropped| *dropped <= day);
        let mut record = Record { goal, plot, day, counted, homes, kept, own, elsewhere, dropped };
        record.homes = record.counted.iter().map(|read| record.home(read)).collect();
        for (metric, ..) in &plot.stages {
            record.settle(&metric.name);
        }
        record
    }

    /// The line whose rows are those of somebody's readings of a part.
    fn line(&self, metric: &str, kind: RowKind, whose: &Whose, part: Option<usize>) -> Option<usize> {
        let person = match self.same(whose) {
            Whose::Person(person) => Some(person),
            Whose::Nobody => None,
            Whose::Team(_) => return None,
        };
        self.plot.courses.iter().position(|course| {
            course.metric.name == metric
                && course.kind == kind
                && course.person == person
                && (course.part == part || kind == RowKind::Existing)
        })
    }

    /// A reading of nobody stands in a row of the goal's team.
    fn same(&self, whose: &Whose) -> Whose {
        match whose {
            Whose::Team(team) if self.team_name(*team) == self.goal.team() => Whose::Nobody,
            _ => whose.clone(),
        }
    }

    fn team_name(&self, team: usize) -> String {
        teams(self.goal.plan).get(team).and_then(|path| path.last().cloned()).unwrap_or_default()
    }
}
