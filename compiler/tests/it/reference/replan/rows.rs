//! What becomes of a line: rows of what was read, and of the rest.

use chrono::NaiveDate;

use super::super::counts::{Counted, Whose, replaces, worth};
use super::super::course::{Course, Way};
use super::super::expand::grain;
use super::super::level::Ladder;
use super::super::model::Metric;
use super::super::period::Grain;
use super::super::rational::{Q, decimals, sum, whole, zero};
use super::super::row::{Row, RowKind};
use super::super::running::{Phase, Portion};
use super::Record;

/// Rows of one place: somebody's, of a part and a kind.
struct Series {
    whose: Whose,
    part: Option<usize>,
    kind: RowKind,
    /// What was read, by day.
    read: Vec<(NaiveDate, Q)>,
    /// The most decimals that one of the readings has: all rows have as many.
    places: usize,
}

impl Series {
    fn add(&mut self, day: NaiveDate, amount: Q) {
        self.places = self.places.max(decimals(&amount).expect("readings are decimals"));
        match self.read.iter_mut().find(|(known, _)| *known == day) {
            Some((_, all)) => *all += amount,
            None => self.read.push((day, amount)),
        }
    }
}

impl Record<'_> {
    pub(super) fn rows(&self, by: Option<Grain>) -> Vec<Row> {
        let mut rows = Vec::new();
        for course in &self.plot.courses {
            if let Way::Level(ladder) = &course.way {
                let portions = self.level(ladder, course, grain(course.metric, by));
                let read = self.counted.iter().filter_map(|read| decimals(&read.amount));
                let places = read.max().unwrap_or_default();
                let row = |portion| with_places(self.goal.row(course, portion), places);
                rows.extend(portions.into_iter().map(row));
            }
        }
        for (metric, ..) in &self.plot.stages {
            // A level is told of in the rows of who holds it.
            if replaces(metric) {
                continue;
            }
            for series in self.series(metric) {
                let portions = self.portions(metric, &series, grain(metric, by));
                rows.extend(portions.into_iter().map(|portion| self.row(metric, &series, portion)));
            }
        }
        rows
    }

    /// All places of a metric that something is read or planned in.
    fn series(&self, metric: &Metric) -> Vec<Series> {
        fn add(all: &mut Vec<Series>, whose: Whose, part: Option<usize>, kind: RowKind) -> &mut Series {
            let same = |one: &Series| one.whose == whose && one.part == part && one.kind == kind;
            let place = all.iter().position(same).unwrap_or_else(|| {
                all.push(Series { whose: whose.clone(), part, kind, read: Vec::new(), places: 0 });
                all.len() - 1
            });
            &mut all[place]
        }
        let mut all: Vec<Series> = Vec::new();
        for course in self.plot.courses.iter().filter(|course| course.metric.name == metric.name) {
            add(&mut all, course.person.map_or(Whose::Nobody, Whose::Person), course.part, course.kind);
        }
        for (place, read) in self.counted.iter().enumerate().filter(|(_, read)| read.metric == metric.name) {
            let (whose, part) = self.homes[place].clone();
            let series = add(&mut all, whose, part, RowKind::New);
            series.add(read.day, &read.amount - &self.kept[place]);
            if let Some(line) = self.existing(place) {
                let person = self.plot.courses[line].person.map_or(Whose::Nobody, Whose::Person);
                add(&mut all, person, None, RowKind::Existing).add(read.day, self.kept[place].clone());
            }
        }
        all
    }

    fn portions(&self, metric: &Metric, series: &Series, grain: Grain) -> Vec<Portion> {
        let line = self.line(&metric.name, series.kind, &series.whose, series.part);
        let span = line.and_then(|line| self.plot.courses[line].span());
        // Periods are cut at the days of the line, or at those of readings beyond them;
        // without a line at those on which readings count.
        let Some((mut first, mut last)) = span.or(self.goal.time_of(self.plot, &metric.name)) else {
            return Vec::new();
        };
        for (day, _) in series.read.iter().filter(|(_, amount)| *amount != zero()) {
            (first, last) = (first.min(*day), last.max(*day));
        }
        let mut portions = Vec::new();
        let mut before = zero();
        for period in grain.meeting(first, last, self.goal.plan.fiscal) {
            let (start, end) = (period.first().max(first), period.last().min(last));
            let read = sum(series.read.iter().filter(|(day, _)| *day <= end).map(|(_, amount)| amount));
            let to_date = match line {
                Some(line) if end > self.day && !self.dropped => self.running(line, end),
                _ => read,
            };
            let amount = &to_date - &before;
            if amount != zero() {
                portions.push(Portion { start, end, amount, to_date: to_date.clone() });
            }
            before = to_date;
        }
        portions
    }

    /// The running total of the rows of a line at the end of a day to come: from where the
    /// line is straight on to its end. It never falls below what is there.
    fn running(&self, line: usize, end: NaiveDate) -> Q {
        let course = &self.plot.courses[line];
        let done = &self.own[line] + &self.elsewhere[line];
        let goal = course.total();
        if done >= goal {
            return self.own[line].clone();
        }
        let weights = course.weights_after(self.day);
        let all = sum(weights.iter().map(|(_, weight)| weight));
        if all == zero() {
            return self.own[line].clone();
        }
        let from = course.exact(self.day) + &done - course.planned(self.day);
        let past = sum(weights.iter().filter(|(day, _)| *day <= end).map(|(_, weight)| weight));
        // Nothing is planned before the first day that weighs something.
        if past == zero() {
            return self.own[line].clone();
        }
        let exact = &from + (&goal - &from) * past / all;
        course.stepped(&exact).min(goal).max(done) - &self.elsewhere[line]
    }

    /// A level holds its latest reading up to the day, and goes on from there by the way
    /// that its line has before it; past its target it stays.
    fn level(&self, ladder: &Ladder, course: &Course<'_>, grain: Grain) -> Vec<Portion> {
        let latest = |by: NaiveDate| {
            let read: Vec<&Counted> = self.counted.iter().filter(|read| read.day <= by).collect();
            worth(self.goal.plan, course.metric, &read)
        };
        let read = latest(self.day);
        let (now, to) = (ladder.exact(self.day), ladder.to());
        let mut portions = Vec::new();
        for period in grain.meeting(ladder.first, ladder.last, self.goal.plan.fiscal) {
            let (start, end) = (period.first().max(ladder.first), period.last().min(ladder.last));
            if grain == Grain::Day && !ladder.working.contains(&end) {
                continue;
            }
            // What is given up ends with the day.
            let end = if self.dropped { end.min(self.day) } else { end };
            if start > end {
                continue;
            }
            let amount = if end <= self.day {
                latest(end).unwrap_or_else(|| course.planned(end))
            } else {
                match &read {
                    None => course.planned(end),
                    Some(read) if ladder.past(read, &to) => read.clone(),
                    Some(read) => {
                        let from = &now + read - course.planned(self.day);
                        let left = &to - &now;
                        let way = if left == zero() {
                            // The line is there, and what happened is not: by working days.
                            ladder.part_of_days(self.day, end)
                        } else {
                            (ladder.exact(end) - &now) / left
                        };
                        ladder.ahead(&(&from + (&to - &from) * way))
                    }
                }
            };
            if amount != zero() {
                portions.push(Portion { start, end, to_date: amount.clone(), amount });
            }
        }
        portions
    }

    fn row(&self, metric: &Metric, series: &Series, portion: Portion) -> Row {
        let person = match series.whose {
            Whose::Person(person) => Some(person),
            Whose::Team(_) | Whose::Nobody => None,
        };
        // A row knows its line by name alone.
        let way = Way::Flows { flows: Vec::new(), phase: Phase::ALONE };
        let (part, kind) = (series.part, series.kind);
        let step = metric.step(self.goal.plan.currency);
        let mut row = self.goal.row(&Course { person, part, metric, kind, step, way }, portion);
        if let Whose::Team(team) = series.whose {
            row.team = self.team_name(team);
        }
        with_places(row, series.places)
    }
}

/// A row with so many decimals, or as many as its step has.
fn with_places(mut row: Row, places: usize) -> Row {
    if decimals(&row.step) < Some(places) {
        row.step = whole(10).pow(-i32::try_from(places).expect("a few"));
    }
    row
}
