//! The season: how much each part of the calendar weighs.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use milepost_grammar::ast::Grain;

use crate::calendar::Calendar;
use crate::dates::{DateSpan, period_of};
use crate::exact::{Exact, sum, whole};
use crate::plan::{History, Metric, Plan, SpreadBy};

/// The factor S of a day's weight.
#[derive(Clone, PartialEq, Debug)]
pub enum Season {
    /// Every day weighs the same.
    Even,
    /// Shares of the year by month, each laid over the month's working days.
    Months([Exact; 12]),
    /// Amounts of a working day by month.
    Workdays([Exact; 12]),
    /// Shares of periods, each laid over the period's working days; other days weigh nothing.
    Periods(Vec<(DateSpan, Exact)>),
}

impl Season {
    /// The season a spread asks for.
    #[must_use]
    pub fn of(plan: &Plan, spread: Option<&SpreadBy>) -> Self {
        match spread {
            None | Some(SpreadBy::Evenly) => Self::Even,
            Some(SpreadBy::Like { history, per_workday: false }) => {
                Self::Months(month_shares(&plan[*history]))
            }
            Some(SpreadBy::Like { history, per_workday: true }) => {
                Self::Workdays(workday_means(&plan[*history], &plan[plan.calendar]))
            }
            Some(SpreadBy::Periods(periods)) => Self::Periods(periods.clone()),
        }
    }

    /// Whether every day weighs the same.
    #[must_use]
    pub const fn is_even(&self) -> bool {
        matches!(self, Self::Even)
    }
}

/// Amounts by year, then month (from 0).
fn by_year(history: &History) -> BTreeMap<i32, [Option<Exact>; 12]> {
    let mut years: BTreeMap<i32, [Option<Exact>; 12]> = BTreeMap::new();
    for entry in &history.entries {
        let year = years.entry(entry.period.first.year()).or_default();
        if let Some(month) = year.get_mut(entry.period.first.month0() as usize) {
            *month = Some(month.take().unwrap_or(Exact::ZERO) + &entry.amount);
        }
    }
    years
}

/// The years that count: those with all their months, or all if there is no such year.
fn counted_years(history: &History) -> Vec<(i32, [Exact; 12])> {
    let years = by_year(history);
    let is_whole = |year: &[Option<Exact>; 12]| year.iter().all(Option::is_some);
    let any_whole = years.values().any(is_whole);
    years
        .into_iter()
        .filter(|(_, year)| !any_whole || is_whole(year))
        .map(|(number, year)| (number, year.map(Option::unwrap_or_default)))
        .collect()
}

/// The mean over the years of each month's share of its year.
fn month_shares(history: &History) -> [Exact; 12] {
    let shares = counted_years(history).into_iter().filter_map(|(_, year)| {
        let total = sum(&year);
        (!total.is_zero()).then(|| year.map(|month| month / &total))
    });
    mean(shares.collect())
}

/// The mean over the years of each month's amount per working day.
fn workday_means(history: &History, calendar: &Calendar) -> [Exact; 12] {
    let means = counted_years(history).into_iter().map(|(number, year)| {
        let mut month = 0;
        year.map(|amount| {
            month += 1;
            let days = calendar.count(crate::dates::months(number, month, 1));
            if days == 0 { whole(0) } else { amount / whole(i64::try_from(days).unwrap_or(i64::MAX)) }
        })
    });
    mean(means.collect())
}

fn mean(years: Vec<[Exact; 12]>) -> [Exact; 12] {
    let count = whole(i64::try_from(years.len().max(1)).unwrap_or(1));
    let mut means: [Exact; 12] = Default::default();
    for year in years {
        for (mean, month) in means.iter_mut().zip(year) {
            *mean += month;
        }
    }
    means.map(|mean| mean / &count)
}

/// Works out S day by day.
pub struct SeasonOfDay<'a> {
    season: &'a Season,
    metric: &'a Metric,
    calendar: &'a Calendar,
}

impl<'a> SeasonOfDay<'a> {
    /// S for the days of a stage that counts `metric`.
    #[must_use]
    pub const fn new(season: &'a Season, metric: &'a Metric, calendar: &'a Calendar) -> Self {
        Self { season, metric, calendar }
    }

    /// S on each of `dates`, which rise: its values, and which of them each date has.
    pub fn parts(&self, dates: impl Iterator<Item = NaiveDate>) -> (Vec<Exact>, Vec<usize>) {
        let mut values: Vec<Exact> = Vec::new();
        let mut constant: Option<DateSpan> = None;
        let which = dates.map(|date| {
            if constant.is_none_or(|span| !span.contains(date)) {
                let (span, value) = self.weight(date);
                constant = Some(span);
                values.push(value);
            }
            values.len() - 1
        });
        let which = which.collect();
        (values, which)
    }

    /// S on `date`, and days around it that have the same.
    fn weight(&self, date: NaiveDate) -> (DateSpan, Exact) {
        let month = period_of(date, Grain::Month, 1);
        let of_month = |values: &[Exact; 12]| values.get(date.month0() as usize).cloned().unwrap_or_default();
        match self.season {
            Season::Even => (month, Exact::ONE),
            Season::Workdays(means) => (month, of_month(means)),
            Season::Months(shares) => (month, self.over_days(month, &of_month(shares))),
            Season::Periods(periods) => match periods.iter().find(|(period, _)| period.contains(date)) {
                Some((period, share)) => (*period, self.over_days(*period, share)),
                None => (DateSpan::day(date), whole(0)),
            },
        }
    }

    /// A period's share over what its working days weigh together.
    fn over_days(&self, period: DateSpan, share: &Exact) -> Exact {
        let mut days = [0_i64; 7];
        for day in self.calendar.working_days(period) {
            if let Some(count) = days.get_mut(day.weekday().num_days_from_monday() as usize) {
                *count += 1;
            }
        }
        let weights: Vec<Exact> =
            (0..7).zip(days).map(|(day, count)| weekday_weight(self.metric, day) * whole(count)).collect();
        let weight = sum(&weights);
        if weight.is_zero() { whole(0) } else { share / weight }
    }
}

/// What a working day weighs by its day of the week: as listed, else the mean of those listed, else 1.
#[must_use]
pub fn weekday_weight(metric: &Metric, from_monday: usize) -> Exact {
    let Some(weekdays) = &metric.weekdays else { return Exact::ONE };
    match weekdays.get(from_monday) {
        Some(Some(weight)) => weight.clone(),
        _ => {
            let listed: Vec<&Exact> = weekdays.iter().flatten().collect();
            let count = whole(i64::try_from(listed.len().max(1)).unwrap_or(1));
            sum(listed) / count
        }
    }
}
