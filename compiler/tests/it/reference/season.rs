//! S, what a period of the outcome's window weighs.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::model::{Calendar, History, Metric, Spread};
use super::period::{Grain, Period, days, later};
use super::rational::{Q, one, percent, sum, whole, zero};
use super::unplannable::Unplannable;

/// What each day weighs by the period it lies in.
#[derive(Clone, Debug)]
pub(crate) enum Season {
    Flat,
    Periods(Vec<(Period, Q)>),
}

impl Season {
    /// One on every day, unless a season or explicit periods are said; days
    /// outside explicit periods weigh nothing.
    pub(crate) fn at(&self, day: NaiveDate) -> Q {
        match self {
            Season::Flat => one(),
            Season::Periods(periods) => {
                let found = periods.iter().find(|(period, _)| period.holds(day));
                found.map_or_else(zero, |(_, weight)| weight.clone())
            }
        }
    }

    /// `metric` is the stage's own: its weekday weights are the ones that S is
    /// divided by, so that a whole period's days weigh the period's share
    /// together. `first..last` is the window of the outcome.
    pub(crate) fn new(
        spread: Option<&Spread>,
        metric: &Metric,
        calendar: &Calendar,
        histories: &[History],
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<Season, Unplannable> {
        match spread {
            None | Some(Spread::Evenly) => Ok(Season::Flat),
            Some(Spread::Periods(shares)) => {
                let weigh = |(period, share): &(Period, Q)| {
                    (period.clone(), per_day(&percent(share), period, metric, calendar))
                };
                Ok(Season::Periods(shares.iter().map(weigh).collect()))
            }
            Some(Spread::Like { history, per_workday }) => {
                let history = histories
                    .iter()
                    .find(|known| known.name == *history)
                    .ok_or(Unplannable("no such history"))?;
                // What is done on the working day before the window's end may come to something after it.
                let months = Grain::Month.meeting(first, later(last, 60), None);
                let by_month =
                    if *per_workday { mean_per_workday(history, calendar) } else { mean_share(history)? };
                let mut periods = Vec::new();
                for period in months {
                    let Period::Month(_, month) = period else { continue };
                    let share = by_month.get(&month).cloned().unwrap_or_else(zero);
                    let weight =
                        if *per_workday { share } else { per_day(&share, &period, metric, calendar) };
                    periods.push((period, weight));
                }
                Ok(Season::Periods(periods))
            }
        }
    }
}

/// The period's share over the weekday weights of all working days of the whole
/// period, so that who joins late or a window that cuts a month gets a part of
/// the share only. A period without such a day weighs nothing.
fn per_day(share: &Q, period: &Period, metric: &Metric, calendar: &Calendar) -> Q {
    let mut weights = zero();
    for day in days(period.first(), period.last()) {
        if calendar.works(day) {
            weights += metric.weekday_weight(day);
        }
    }
    if weights == zero() { zero() } else { share / weights }
}

type Year = BTreeMap<u32, Q>;

/// The years that count: those with all twelve months; where none has them, all
/// that are there, a month that is missing counting as nothing.
fn years(history: &History) -> BTreeMap<i32, Year> {
    let mut years: BTreeMap<i32, Year> = BTreeMap::new();
    for past in &history.months {
        *years.entry(past.year).or_default().entry(past.month).or_insert_with(zero) += &past.amount;
    }
    if years.values().any(|year| year.len() == 12) {
        years.retain(|_, year| year.len() == 12);
    }
    years
}

/// Each month's share of its year, every year by itself, then the plain mean over
/// the years.
fn mean_share(history: &History) -> Result<BTreeMap<u32, Q>, Unplannable> {
    let years = years(history);
    let mut mean = BTreeMap::new();
    for year in years.values() {
        let total = sum(year.values());
        if total == zero() {
            return Err(Unplannable("a year of history without anything in it"));
        }
        for (month, amount) in year {
            *mean.entry(*month).or_insert_with(zero) += amount / &total / whole(years.len() as i64);
        }
    }
    Ok(mean)
}

/// What a working day of that month brought: each year's amount over that year's
/// working days of the month by the plan's calendar, then the plain mean over
/// the years that count; a missing month, or one without working days, counts as
/// nothing.
fn mean_per_workday(history: &History, calendar: &Calendar) -> BTreeMap<u32, Q> {
    let years = years(history);
    let mut mean = BTreeMap::new();
    for (year, months) in &years {
        for (month, amount) in months {
            let period = Period::Month(*year, *month);
            let worked = calendar.count(period.first(), period.last());
            if worked != zero() {
                *mean.entry(*month).or_insert_with(zero) += amount / worked / whole(years.len() as i64);
            }
        }
    }
    mean
}
