//! The part of one person, or of a team, of one stage.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::exact::{Exact, Step, short_digits};
use crate::expand::course::{Course, Phase};
use crate::plan::{MetricId, PersonId, Plan, READING_PLACES, TeamId};
use crate::sources::Place;

/// The part of one person, or of a team, of one stage.
#[derive(Clone, Debug)]
pub struct Line {
    /// Who, unless a team holds it.
    pub person: Option<PersonId>,
    /// The person's team, or the one that holds it.
    pub team: Option<TeamId>,
    /// How it runs over the days.
    pub course: Course,
    /// Their place in the share.
    pub phase: Phase,
    /// The statement that set it.
    pub source: Place,
    /// What its amounts are counted in, where readings are finer than the metric's step.
    pub unit: Option<Box<Unit>>,
    /// Where it was planned anew.
    pub anew: Option<Box<Anew>>,
}

/// A part of a step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Its size, as a step.
    pub step: Step,
    /// How many make a step of the metric.
    pub per_step: i128,
}

impl Unit {
    /// What a line with `amounts` is counted in, if these are no whole steps: units of the last decimal that they need.
    #[must_use]
    pub fn for_amounts(step: &Step, amounts: impl Iterator<Item = Exact>) -> Option<Self> {
        // Whole steps need no more decimals than a step has.
        let places = amounts.filter(|amount| !step.divides(amount)).map(|amount| {
            let text = short_digits(&amount, READING_PLACES);
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            u32::try_from(decimals).unwrap_or(0)
        });
        let places = places.max()?.max(step.decimals);
        let fine = Step::new(Decimal::new(1, places));
        let per_step = i128::try_from((&step.size / &fine.size).round()).unwrap_or(i128::MAX);
        Some(Self { step: fine, per_step })
    }
}

/// How a line stood when the rest of it was planned anew.
#[derive(Clone, PartialEq, Debug)]
pub struct Anew {
    /// By the end of this day.
    pub as_of: NaiveDate,
    /// Reached by then, in the metric's unit; of a level `None` where nobody has read it.
    pub done: Option<Exact>,
    /// What it was to come to, in steps.
    pub total: i128,
    /// Planned by then, in the metric's unit.
    pub planned: Exact,
    /// What is planned for the days after, in the metric's unit; of a level, where it leads.
    pub rest: Exact,
}

impl Line {
    /// A line that runs as it was planned, in steps of its metric.
    #[must_use]
    pub const fn new(
        person: Option<PersonId>,
        team: Option<TeamId>,
        course: Course,
        phase: Phase,
        source: Place,
    ) -> Self {
        Self { person, team, course, phase, source, unit: None, anew: None }
    }

    /// What its amounts are counted in.
    #[must_use]
    pub fn step<'a>(&'a self, plan: &'a Plan, metric: MetricId) -> &'a Step {
        self.unit.as_ref().map_or(&plan[metric].step, |unit| &unit.step)
    }

    /// What it was planned to come to, in steps of its metric, whatever happened since.
    #[must_use]
    pub fn total(&self) -> i128 {
        self.anew.as_ref().map_or_else(|| self.course.steps(), |anew| anew.total)
    }

    /// An amount of this line in steps of its metric, rounded up.
    #[must_use]
    pub fn in_steps(&self, amount: i128) -> i128 {
        let Some(unit) = &self.unit else { return amount };
        let steps = amount.div_euclid(unit.per_step);
        if steps * unit.per_step < amount { steps + 1 } else { steps }
    }
}
