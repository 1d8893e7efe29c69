//! `plan.csv`: one row per person, metric and period.

use std::collections::HashMap;
use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};
use dashu_int::IBig;
use milepost_grammar::ast::Grain;

use crate::dated::{DatedAmount, Kind};
use crate::emit::cell::safe;
use crate::exact::Step;
use crate::expand::seating::holding_team;
use crate::harmless::harmless;
use crate::plan::{Plan, TeamId};
use crate::sources::{Place, Sources};

/// The columns.
pub const HEADER: &str =
    "start,end,person,team,objective,key_result,part,metric,kind,amount,unit,to_date,source,id";

/// Writes the rows. With `excel`, a byte-order mark in front and CRLF behind each line, for spreadsheets that
/// otherwise misread Chinese.
///
/// # Errors
/// Those of `out`.
pub fn write<'a>(
    out: &mut dyn Write,
    plan: &Plan,
    sources: &Sources,
    rows: impl Iterator<Item = DatedAmount<'a>>,
    excel: bool,
) -> io::Result<()> {
    let line_end: &[u8] = if excel { b"\r\n" } else { b"\n" };
    if excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    out.write_all(HEADER.as_bytes())?;
    out.write_all(line_end)?;

    let cells = Cells::new(plan);
    let mut places = PlaceCells { sources, known: HashMap::new() };
    let mut line: Vec<u8> = Vec::with_capacity(256);
    for row in rows {
        line.clear();
        cells.row(&mut line, plan, &row, &mut places);
        line.extend_from_slice(line_end);
        out.write_all(&line)?;
    }
    Ok(())
}

/// Names as cells, made once. Names are identifiers; only text from outside ever needs quotes.
struct Cells {
    people: Vec<String>,
    teams: Vec<String>,
    objectives: Vec<String>,
    key_results: Vec<String>,
    metrics: Vec<String>,
    units: Vec<String>,
    /// Of each key result the team that holds what no person holds.
    holding: Vec<Option<TeamId>>,
    days: Vec<[u8; 10]>,
    first: NaiveDate,
}

impl Cells {
    fn new(plan: &Plan) -> Self {
        let cells = |names: &mut dyn Iterator<Item = &str>| names.map(cell).collect::<Vec<_>>();
        Self {
            people: cells(&mut plan.people.iter().map(|person| person.name.as_str())),
            teams: cells(&mut plan.teams.iter().map(|team| team.name.as_str())),
            objectives: cells(&mut plan.objectives.iter().map(|objective| objective.name.as_str())),
            key_results: cells(&mut plan.key_results.iter().map(|goal| goal.name.as_str())),
            metrics: cells(&mut plan.metrics.iter().map(|metric| metric.name.as_str())),
            holding: plan.key_results.iter().map(|goal| holding_team(plan, &goal.owners)).collect(),
            units: cells(&mut plan.metrics.iter().map(|metric| metric.unit.name())),
            days: plan.period.days().map(iso).collect(),
            first: plan.period.first,
        }
    }

    fn day(&self, date: NaiveDate) -> [u8; 10] {
        let index = usize::try_from((date - self.first).num_days()).ok();
        index.and_then(|index| self.days.get(index)).copied().unwrap_or_else(|| iso(date))
    }

    fn row(&self, line: &mut Vec<u8>, plan: &Plan, row: &DatedAmount<'_>, places: &mut PlaceCells<'_>) {
        let step = row.step(plan);
        let objective = name(&self.objectives, Some(plan[row.key_result].objective.index()));
        let goal = name(&self.key_results, Some(row.key_result.index()));
        let person = name(&self.people, row.person.map(crate::plan::PersonId::index));
        let metric = name(&self.metrics, Some(row.metric.index()));
        let start = self.day(row.start);
        for text in [
            &start,
            &self.day(row.end),
            person,
            name(&self.teams, row.team.map(TeamId::index)),
            objective,
            goal,
            row.part.as_bytes(),
            metric,
            row.kind.name().as_bytes(),
        ] {
            line.extend_from_slice(text);
            line.push(b',');
        }
        amount(line, row.amount, step);
        line.push(b',');
        line.extend_from_slice(name(&self.units, Some(row.metric.index())));
        line.push(b',');
        amount(line, row.to_date, step);
        line.push(b',');
        places.write(line, row.source);
        line.push(b',');

        // The id: path, part, person, metric, period and, if it is not new, kind. No name holds a `/`. What another
        // team than the goal's has read bears its name; teams and people share theirs.
        let own = self.holding.get(row.key_result.index()).copied().flatten();
        let who = match row.person {
            None if row.team != own => name(&self.teams, row.team.map(TeamId::index)),
            _ => person,
        };
        line.extend_from_slice(objective);
        line.push(b'.');
        for text in [goal, row.part.as_bytes(), who, metric] {
            line.extend_from_slice(text);
            line.push(b'/');
        }
        match row.grain {
            Grain::Day => line.extend_from_slice(&start),
            grain => line.extend_from_slice(plan.period_name(row.start, grain).as_bytes()),
        }
        if row.kind != Kind::New {
            line.push(b'/');
            line.extend_from_slice(row.kind.name().as_bytes());
        }
    }
}

fn name(names: &[String], index: Option<usize>) -> &[u8] {
    index.and_then(|index| names.get(index)).map_or(&[], |name| name.as_bytes())
}

/// `file:line` cells, each made once.
struct PlaceCells<'a> {
    sources: &'a Sources,
    known: HashMap<Place, String>,
}

impl PlaceCells<'_> {
    fn write(&mut self, line: &mut Vec<u8>, place: Place) {
        let text = self.known.entry(place).or_insert_with(|| cell(&self.sources.file_line(place)));
        line.extend_from_slice(text.as_bytes());
    }
}

/// A text cell: harmless in a spreadsheet and in a terminal, quoted by RFC 4180 where it must be.
pub(super) fn cell(text: &str) -> String {
    let text = harmless(text);
    let text = safe(&text);
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

fn iso(date: NaiveDate) -> [u8; 10] {
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
    let year = date.year().unsigned_abs();
    let (month, day) = (date.month(), date.day());
    [
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ]
}

/// An amount with the step's decimals and no separators.
fn amount(line: &mut Vec<u8>, steps: i128, step: &Step) {
    // A vector takes every byte. Counts are most of all rows and need no arithmetic.
    let _ = match i64::try_from(steps) {
        Ok(steps) if step.is_one() => write!(line, "{steps}"),
        _ => write!(line, "{}", step.digits(&IBig::from(steps))),
    };
}
