//! Lines of work: who is to bring how much of what, and how it lies in time.

use chrono::NaiveDate;

use super::fiscal::Fiscal;
use super::level::Ladder;
use super::model::Metric;
use super::period::{Grain, later};
use super::rational::{Q, ceil_to, sum, whole, zero};
use super::row::RowKind;
use super::running::{Flow, Phase, Portion, portions};

/// Everything that a key result makes of its target.
#[derive(Debug)]
pub(crate) struct Plot<'a> {
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
    /// Of the whole; none where nothing is measured.
    pub(crate) target: Option<Q>,
    /// Where a level starts.
    pub(crate) from: Option<Q>,
    /// What is left to be won; 0 of a level.
    pub(crate) new: Q,
    pub(crate) courses: Vec<Course<'a>>,
    /// Everybody it is shared among, by their place in the list of all.
    pub(crate) seats: Vec<usize>,
    /// The metrics that are planned, with the days on which they are: the measured
    /// one first.
    pub(crate) stages: Vec<(&'a Metric, NaiveDate, NaiveDate)>,
}

/// One person's (or a team's) line of one metric, of one part and kind.
#[derive(Debug)]
pub(crate) struct Course<'a> {
    pub(crate) person: Option<usize>,
    pub(crate) part: Option<usize>,
    pub(crate) metric: &'a Metric,
    pub(crate) kind: RowKind,
    pub(crate) step: Q,
    pub(crate) way: Way,
}

#[derive(Debug)]
pub(crate) enum Way {
    Flows { flows: Vec<Flow>, phase: Phase },
    Level(Ladder),
}

impl Course<'_> {
    pub(crate) fn portions(&self, grain: Grain, fiscal: Option<Fiscal>) -> Vec<Portion> {
        match &self.way {
            Way::Flows { flows, phase } => portions(flows, *phase, &self.step, grain, fiscal),
            Way::Level(ladder) => ladder.portions(grain, fiscal),
        }
    }

    /// Where it ends.
    pub(crate) fn total(&self) -> Q {
        match &self.way {
            Way::Flows { flows, .. } => sum(flows.iter().map(|flow| &flow.total)),
            Way::Level(ladder) => ladder.to(),
        }
    }

    /// The exact line at the end of a day.
    pub(crate) fn exact(&self, day: NaiveDate) -> Q {
        match &self.way {
            Way::Flows { flows, .. } => {
                let by = |flow: &Flow| {
                    let all = sum(flow.days.days.iter().map(|(_, weight)| weight));
                    let past = flow.days.days.iter().filter(|(weighed, _)| *weighed <= day);
                    &flow.total * sum(past.map(|(_, weight)| weight)) / all
                };
                sum(&flows.iter().map(by).collect::<Vec<_>>())
            }
            Way::Level(ladder) => ladder.exact(day),
        }
    }

    /// k/m of a step, which the line is behind.
    pub(crate) fn offset(&self) -> Q {
        match &self.way {
            Way::Flows { phase, .. } => &self.step * whole(phase.k) / whole(phase.m),
            Way::Level(_) => zero(),
        }
    }

    /// An exact place on the line as it is planned: in steps.
    pub(crate) fn stepped(&self, exact: &Q) -> Q {
        match &self.way {
            Way::Flows { .. } => ceil_to(&(exact - self.offset()), &self.step),
            Way::Level(ladder) => ladder.ahead(exact),
        }
    }

    /// The running total at the end of a day. A level stands where it starts until
    /// its time begins.
    pub(crate) fn planned(&self, day: NaiveDate) -> Q {
        match &self.way {
            Way::Level(ladder) if day < ladder.first => ladder.from.clone(),
            _ => self.stepped(&self.exact(day)),
        }
    }

    /// The first and the last of its days; none where nothing is planned.
    pub(crate) fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        match &self.way {
            Way::Flows { flows, .. } => {
                let first = flows.iter().map(|flow| flow.days.first).min()?;
                Some((first, flows.iter().map(|flow| flow.days.last).max()?))
            }
            Way::Level(ladder) => Some((ladder.first, ladder.last)),
        }
    }

    /// What each day after `day` adds to the exact line. Where nothing is left of
    /// that, its days weigh what they would without season and checkpoints, and then
    /// all alike.
    pub(crate) fn weights_after(&self, day: NaiveDate) -> Vec<(NaiveDate, Q)> {
        let Some((first, last)) = self.span() else { return Vec::new() };
        let begin = first.max(later(day, 1));
        let Way::Flows { flows, .. } = &self.way else { return Vec::new() };
        let weigh = |days: &dyn Fn(&Flow) -> Vec<(NaiveDate, Q)>| -> Vec<(NaiveDate, Q)> {
            let mut all = Vec::new();
            for flow in flows {
                let days = days(flow);
                let whole = sum(days.iter().map(|(_, weight)| weight));
                if whole != zero() {
                    all.extend(
                        days.iter()
                            .filter(|(weighed, _)| *weighed >= begin && *weighed <= last)
                            .map(|(weighed, weight)| (*weighed, weight * &flow.total / &whole)),
                    );
                }
            }
            all
        };
        let attempts = [
            weigh(&|flow| flow.days.days.clone()),
            weigh(&|flow| flow.days.otherwise.first().cloned().unwrap_or_default()),
            weigh(&|flow| flow.days.otherwise.last().cloned().unwrap_or_default()),
        ];
        let found = attempts.into_iter().find(|days| sum(days.iter().map(|(_, weight)| weight)) > zero());
        found.unwrap_or_default()
    }
}
