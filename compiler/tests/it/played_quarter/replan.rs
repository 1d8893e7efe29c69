//! The rest of the quarter planned anew after the sixth week: every row of the new `plan.csv`.
//!
//! Each line goes on from x₀ + done − planned, straight to its end by the weights that the days left have. The past
//! holds the readings.

use std::path::Path;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::existing::of_existing;
use super::facts::{
    BOOK, COVER, GOALS, METRICS, PEOPLE, day, dropped, later, stage_window, step, unit, window,
};
use super::lines::{Line, apportion, level_exact, level_planned};
use super::numbers::{Q, ceil_to, sum, text, zero};
use super::readings::{Reading, Who, level, total};
use super::standing::Quarter;

/// What tells the order of rows.
type Place = (NaiveDate, Option<usize>, usize, usize, bool);

pub(super) struct Planned {
    place: Place,
    pub(super) cells: Vec<String>,
}

struct Replan<'a> {
    quarter: &'a Quarter,
    folder: &'a Path,
    as_of: NaiveDate,
    rows: Vec<Planned>,
}

/// A line with what was read of it by the day, in the order of days.
struct Played<'a> {
    line: &'a Line,
    read: Vec<(NaiveDate, Q)>,
    /// Its end, less what others did of it.
    end: Q,
}

impl Played<'_> {
    fn done(&self, on: NaiveDate) -> Q {
        sum(self.read.iter().filter(|(day, _)| *day <= on).map(|(_, amount)| amount.clone()))
    }
}

pub(super) fn rows(quarter: &Quarter, folder: &Path, as_of: NaiveDate) -> Vec<Planned> {
    let mut replan = Replan { quarter, folder, as_of, rows: Vec::new() };
    for goal in GOALS {
        for metric in super::facts::metrics(goal) {
            match goal {
                super::facts::CLOSE => {}
                COVER => replan.level(),
                _ => replan.flow(goal, metric),
            }
        }
    }
    replan.rows.sort_by_key(|row| row.place);
    replan.rows
}

impl Replan<'_> {
    fn flow(&mut self, goal: &'static str, metric: &'static str) {
        let lines: Vec<&Line> = self.quarter.lines_of(goal, metric).collect();
        let alone = lines.iter().all(|line| line.who.is_none());
        let mut played: Vec<Played<'_>> =
            lines.iter().map(|line| Played { line, read: Vec::new(), end: line.total.clone() }).collect();
        let mut of_all: Vec<Reading> = Vec::new();
        let read: Vec<&Reading> = self.quarter.read(goal, metric, day(4, 1), self.as_of).collect();
        for who in (0..PEOPLE.len()).map(Some).chain([None]) {
            let mine = read.iter().filter(|reading| match reading.who {
                _ if alone => who.is_none(),
                Who::Person(person) => who == Some(person),
                Who::Team | Who::Nobody => who.is_none(),
            });
            let mine: Vec<&Reading> = mine.copied().collect();
            let existing = played.iter().position(|played| played.line.existing && played.line.who == who);
            let new = played.iter().position(|played| !played.line.existing && played.line.who == who);
            let amounts: Vec<(NaiveDate, Q)> =
                mine.iter().map(|reading| (reading.on, reading.amount.clone())).collect();
            let old = existing.map(|place| {
                let line = played[place].line;
                of_existing(&amounts, |on| line.running(on), self.as_of)
            });
            for (place, reading) in mine.into_iter().enumerate() {
                let first = old.as_ref().map_or_else(zero, |old| old[place].clone());
                let rest = &reading.amount - &first;
                if let Some(place) = existing {
                    played[place].read.push((reading.on, first));
                }
                match new {
                    Some(place) => played[place].read.push((reading.on, rest)),
                    None if rest == zero() => {}
                    None => of_all.push(Reading { amount: rest, ..(*reading).clone() }),
                }
            }
        }
        self.take_off(&mut played, &of_all);
        for played in &played {
            self.line(played);
        }
        self.of_the_team(goal, metric, &of_all);
    }

    /// What belongs to no one line stands in the team's rows, in the periods in which it was read.
    fn of_the_team(&mut self, goal: &'static str, metric: &'static str, of_all: &[Reading]) {
        let (mut on, last) = stage_window(goal, metric);
        let mut to_date = zero();
        while on <= last {
            let (end, id) = period(metric, on);
            let end = end.min(last);
            let amount = total(of_all.iter().filter(|reading| (on..=end).contains(&reading.on)));
            if amount != zero() {
                to_date += &amount;
                let source = self.source("quarter.plan", "actuals from");
                self.add((goal, metric, None, false), (on, end), &amount, &to_date, source, &id);
            }
            on = later(end, 1);
        }
    }

    /// What was read of the team is taken off what is left of its people, in whole steps, by what that is.
    fn take_off(&self, played: &mut [Played<'_>], of_all: &[Reading]) {
        let mut people: Vec<&mut Played<'_>> =
            played.iter_mut().filter(|played| !played.line.existing && played.line.who.is_some()).collect();
        let all = total(of_all.iter());
        if all == zero() {
            return;
        }
        let left: Vec<Q> =
            people.iter().map(|played| (&played.end - played.done(self.as_of)).max(zero())).collect();
        let step = step(people[0].line.metric);
        let steps = (&all / &step).floor();
        for (played, steps) in people.iter_mut().zip(apportion(&steps, &left)) {
            played.end = &played.end - steps * &step;
        }
    }

    fn line(&mut self, played: &Played<'_>) {
        let (line, as_of) = (played.line, self.as_of);
        let done = played.done(as_of);
        // x₀ + done − planned, and what the days left weigh.
        let from = line.exact(as_of) + &done - line.running(as_of);
        let left = sum(line.parts.range(later(as_of, 1)..).map(|(_, part)| part.clone()));
        let to_date = |on: NaiveDate| -> Q {
            if on <= as_of {
                return played.done(on);
            }
            // Nothing is left to do, or no day to do it, or it was given up.
            if done >= played.end || left == zero() || dropped(line.goal, as_of) {
                return done.clone();
            }
            let passed = sum(line.parts.range(later(as_of, 1)..=on).map(|(_, part)| part.clone()));
            let exact = &from + (&played.end - &from) * passed / &left;
            ceil_to(&(exact - &line.phase), &step(line.metric)).max(done.clone())
        };
        // Work that is read later than it should have come stands on its days.
        let (first, last) = (stage_window(line.goal, line.metric).0, window(line.goal).1);
        let mut on = first;
        let mut before = zero();
        while on <= last {
            let (end, id) = period(line.metric, on);
            let end = end.min(last);
            let now = to_date(end);
            if now != before {
                let source = self.source_of(line);
                let cells = (line.goal, line.metric, line.who, line.existing);
                self.add(cells, (on, end), &(&now - &before), &now, source, &id);
            }
            before = now;
            on = later(end, 1);
        }
    }

    fn level(&mut self) {
        let latest = level(&self.quarter.readings, day(4, 1), self.as_of, None).unwrap();
        let planned = level_exact(self.as_of);
        let from = latest + &planned - level_planned(self.as_of);
        let end = super::facts::target(COVER);
        let (first, last) = stage_window(COVER, "coverage");
        let mut on = first;
        while on <= last {
            let (sunday, id) = period("coverage", on);
            let sunday = sunday.min(last);
            let amount = if sunday <= self.as_of {
                level(&self.quarter.readings, on, sunday, None).unwrap()
            } else {
                let part = (level_exact(sunday) - &planned) / (&end - &planned);
                ceil_to(&(&from + (&end - &from) * part), &step("coverage"))
            };
            let source = self.source("quarter.plan", "measure coverage");
            self.add((COVER, "coverage", None, false), (on, sunday), &amount, &amount, source, &id);
            on = later(sunday, 1);
        }
    }

    fn add(
        &mut self,
        (goal, metric, who, existing): (&'static str, &'static str, Option<usize>, bool),
        (start, end): (NaiveDate, NaiveDate),
        amount: &Q,
        to_date: &Q,
        source: String,
        period: &str,
    ) {
        let (objective, key_result) = goal.split_once('.').unwrap();
        let person = who.map_or("", |person| PEOPLE[person].0);
        let (kind, ending) = if existing { ("existing", "/existing") } else { ("new", "") };
        let cells = [
            &start.to_string(),
            &end.to_string(),
            person,
            "north",
            objective,
            key_result,
            "",
            metric,
            kind,
            &text(amount),
            unit(metric),
            &text(to_date),
            &source,
            &format!("{goal}//{person}/{metric}/{period}{ending}"),
        ]
        .map(str::to_owned)
        .to_vec();
        self.rows.push(Planned {
            place: (
                start,
                who,
                GOALS.iter().position(|known| *known == goal).unwrap(),
                METRICS.iter().position(|(name, _)| *name == metric).unwrap(),
                existing,
            ),
            cells,
        });
    }

    /// The line that sets an amount.
    fn source_of(&self, line: &Line) -> String {
        match (line.metric, line.existing, line.who.map(|person| PEOPLE[person].0)) {
            ("revenue", true, Some("lin")) => self.source("market.plan", "\"Hengda Cold Chain\""),
            ("revenue", true, Some(_)) => self.source("market.plan", "\"Yuanfang Freight\""),
            ("revenue", true, None) => self.source("market.plan", "\"Dealers along the coast\""),
            ("orders", ..) => self.source("market.plan", "revenue <-"),
            ("visits", ..) => self.source("market.plan", "orders <-"),
            ("calls", ..) => self.source("market.plan", "visits <-"),
            (metric, ..) => self.source("quarter.plan", &format!("measure {metric}")),
        }
    }

    fn source(&self, file: &str, begins: &str) -> String {
        let plan = std::fs::read_to_string(self.folder.join(file)).unwrap();
        let line = plan.lines().position(|line| line.trim_start().starts_with(begins)).unwrap();
        format!("{file}:{}", line + 1)
    }
}

/// The last day of the metric's period around a day, and what the period is called.
fn period(metric: &str, on: NaiveDate) -> (NaiveDate, String) {
    match metric {
        "revenue" | "leads" => {
            let next = NaiveDate::from_ymd_opt(2026, on.month() + 1, 1).unwrap();
            (next - Days::new(1), on.format("%Y-%m").to_string())
        }
        "visits" | "calls" => (on, on.to_string()),
        _ => {
            let sunday = on.week(Weekday::Mon).last_day();
            (sunday, sunday.format("%G-W%V").to_string())
        }
    }
}

/// What the compiler wrote, with numbers as this calculation writes them.
pub(super) fn written(table: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table);
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let number = |name: &str| name == "amount" || name == "to_date";
    let cells = |row: csv::StringRecord| {
        let cells = row.iter().zip(&header);
        cells
            .map(
                |(cell, name)| if number(name) { text(&super::numbers::read(cell)) } else { cell.to_owned() },
            )
            .collect()
    };
    reader.records().map(|row| cells(row.unwrap())).collect()
}

/// The goal whose rows add up to the target once more.
pub(super) fn booked(rows: &[Planned]) -> Q {
    let (objective, key_result) = BOOK.split_once('.').unwrap();
    let mine = rows
        .iter()
        .filter(|row| row.cells[4] == objective && row.cells[5] == key_result && row.cells[7] == "revenue");
    sum(mine.map(|row| super::numbers::read(&row.cells[9])))
}

#[test]
fn weeks_and_months_end_where_they_do() {
    assert_eq!(period("revenue", day(4, 13)), (day(4, 30), "2026-04".to_owned()));
    assert_eq!(period("orders", day(6, 29)), (day(7, 5), "2026-W27".to_owned()));
}
