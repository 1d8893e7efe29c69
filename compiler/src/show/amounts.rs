//! What each line of the dated plan comes to, in all and by period.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use milepost_grammar::ast::{Grain, Total};

use crate::dated::{DatedPlan, Kind, RowOptions};
use crate::dates::period_of;
use crate::plan::{KeyResultId, MetricId, PersonId, Plan, TeamId};

/// Who holds an amount: people in declaration order, then teams.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Who {
    Person(PersonId),
    Team(Option<TeamId>),
}

/// What one holder has of one metric, in steps.
#[derive(Clone, Default, Debug)]
pub(super) struct Line {
    pub(super) total: i128,
    /// By the first day of each whole period.
    pub(super) periods: BTreeMap<NaiveDate, i128>,
}

/// The lines of one metric of one key result.
pub(super) type Lines = BTreeMap<Who, Line>;

/// All amounts of a dated plan.
#[derive(Debug)]
pub(super) struct Amounts {
    lines: BTreeMap<(KeyResultId, Kind, MetricId), Lines>,
}

impl Amounts {
    /// Adds up the rows by periods of `grain`, or of the metric's own where that is longer.
    pub(super) fn new(plan: &Plan, dated: &DatedPlan, grain: Grain, person: Option<PersonId>) -> Self {
        let mut lines: BTreeMap<_, Lines> = BTreeMap::new();
        for row in dated.rows(plan, &RowOptions { by: Some(grain), person }) {
            let who = row.person.map_or(Who::Team(row.team), Who::Person);
            let start = period_of(row.start, row.grain, plan.fiscal_start).first;
            let line = lines.entry((row.key_result, row.kind, row.metric)).or_default();
            let line = line.entry(who).or_default();
            if plan[row.metric].total == Total::Last {
                line.total = row.total;
                line.periods.insert(start, row.amount);
            } else {
                line.total = line.total.saturating_add(row.amount);
                let period = line.periods.entry(start).or_default();
                *period = period.saturating_add(row.amount);
            }
        }
        Self { lines }
    }

    /// Who has how much of `metric` in a key result.
    pub(super) fn of(&self, key_result: KeyResultId, kind: Kind, metric: MetricId) -> Option<&Lines> {
        self.lines.get(&(key_result, kind, metric))
    }

    /// What all together have of each metric of a key result.
    pub(super) fn totals(&self, key_result: KeyResultId) -> BTreeMap<MetricId, i128> {
        let mut totals: BTreeMap<MetricId, i128> = BTreeMap::new();
        for ((of, _, metric), lines) in &self.lines {
            if *of == key_result {
                let total = totals.entry(*metric).or_default();
                *total = lines.values().fold(*total, |sum, line| sum.saturating_add(line.total));
            }
        }
        totals
    }
}

/// The length of period that shows a plan of that many days in about a dozen columns at most.
pub(super) const fn grain_for(days: usize) -> Grain {
    match days {
        0..=14 => Grain::Day,
        15..=45 => Grain::Week,
        46..=75 => Grain::TenDay,
        76..=400 => Grain::Month,
        401..=1_200 => Grain::Quarter,
        _ => Grain::Year,
    }
}
