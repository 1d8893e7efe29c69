//! The export, read once more: which row is whose, of what, and what it counts for.

use std::path::Path;

use chrono::NaiveDate;

use super::facts::{CLOSE, COVER, GAO, HE, METRICS, PEOPLE, SHOW, TANG, day, stage_window, window};
use super::numbers::{Q, read, sum};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Person(usize),
    Team,
    Nobody,
}

impl Who {
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Who::Person(person) => Some(PEOPLE[person].0),
            Who::Team => Some("north"),
            Who::Nobody => None,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) on: NaiveDate,
    pub(super) who: Who,
    pub(super) metric: &'static str,
    pub(super) amount: Q,
    pub(super) remark: String,
}

/// `Id,Date,Owner,Type,Amount,Customer,Remark`, behind a byte order mark.
pub(super) fn readings(folder: &Path) -> Vec<Reading> {
    let bytes = std::fs::read(folder.join("data/crm.csv")).unwrap();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").expect("Excel writes a byte order mark");
    let mut rows = csv::Reader::from_reader(bytes);
    let read_one = |row: csv::StringRecord| {
        let date: Vec<u32> = row[1].split('.').map(|number| number.parse().unwrap()).collect();
        assert_eq!(date[2], 2026);
        let who = match &row[2] {
            "" => Who::Nobody,
            "north" => Who::Team,
            owner => {
                Who::Person(PEOPLE.iter().position(|(name, title)| [*name, *title].contains(&owner)).unwrap())
            }
        };
        Reading {
            on: day(date[1], date[0]),
            who,
            metric: METRICS.iter().find(|(_, title)| *title == &row[3]).unwrap().0,
            amount: read(&row[4].replace(',', "")),
            remark: row[6].to_owned(),
        }
    };
    let mut all: Vec<Reading> = rows.records().map(|row| read_one(row.unwrap())).collect();
    // In the order of days; those of one day as they stand in the file.
    all.sort_by_key(|reading| reading.on);
    all
}

/// Metric, time and people of a goal hold the reading. Visits and calls count from the first day on which
/// they are planned, ahead of the goal's own, and to its end.
pub(super) fn counts(goal: &str, reading: &Reading) -> bool {
    let (_, last) = window(goal);
    let (first, _) = stage_window(goal, reading.metric);
    let metric = match goal {
        CLOSE => ["orders", "visits"].contains(&reading.metric),
        _ => super::facts::metrics(goal).contains(&reading.metric),
    };
    let people = match reading.who {
        Who::Person(person) => goal != SHOW || [GAO, HE, TANG].contains(&person),
        Who::Team | Who::Nobody => true,
    };
    metric && people && (first..=last).contains(&reading.on)
}

pub(super) fn total<'a>(readings: impl Iterator<Item = &'a Reading>) -> Q {
    sum(readings.map(|reading| reading.amount.clone()))
}

/// The latest level of a stretch of days, the team's before a person's of the same day.
pub(super) fn level(all: &[Reading], first: NaiveDate, last: NaiveDate, who: Option<usize>) -> Option<Q> {
    let mine = |reading: &&Reading| {
        counts(COVER, reading)
            && (first..=last).contains(&reading.on)
            && who.is_none_or(|who| reading.who == Who::Person(who))
    };
    let rank = |reading: &&Reading| (reading.on, !matches!(reading.who, Who::Person(_)));
    all.iter().filter(mine).max_by_key(rank).map(|reading| reading.amount.clone())
}

/// Orders over visits in hundredths; nothing without a visit.
pub(super) fn win_rate(all: &[Reading], first: NaiveDate, last: NaiveDate) -> Option<Q> {
    let of = |metric: &str| {
        total(all.iter().filter(|reading| {
            reading.metric == metric && counts(CLOSE, reading) && (first..=last).contains(&reading.on)
        }))
    };
    let visits = of("visits");
    (visits != super::numbers::zero()).then(|| of("orders") / visits * super::numbers::whole(100))
}
