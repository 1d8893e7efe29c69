//! Metrics.

use milepost_grammar::ast::{Better, Grain, MetricKind, Total};

use crate::exact::{Exact, Step};
use crate::plan::{Currency, MetricId};
use crate::sources::Place;

/// Something that is counted.
#[derive(Clone, Debug)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared.
    pub place: Place,
    /// What it is counted in.
    pub unit: MetricUnit,
    /// An outcome or an activity.
    pub kind: MetricKind,
    /// Which way is up.
    pub better: Better,
    /// A flow or a level.
    pub total: Total,
    /// The finest period it is planned in.
    pub grain: Grain,
    /// The smallest amount it is planned in.
    pub step: Step,
    /// Weights of the days of the week, from Monday; `None` for a day that is not listed, which weighs the
    /// mean of those listed. Without a list every day weighs the same.
    pub weekdays: Option<[Option<Exact>; 7]>,
    /// What it is computed from, if it is not counted itself.
    pub formula: Option<Formula>,
}

impl Metric {
    /// Whether it is the same metric and counts the same, wherever it stands and whatever its title is.
    pub(crate) fn counts_as(&self, other: &Self) -> bool {
        let Self { name, title: _, place: _, unit, kind, better, total, grain, step, weekdays, formula } =
            self;
        *name == other.name
            && *unit == other.unit
            && (*kind, *better, *total, *grain) == (other.kind, other.better, other.total, other.grain)
            && *step == other.step
            && *weekdays == other.weekdays
            && *formula == other.formula
    }

    /// Whether its readings add up; of percents and levels the latest one counts.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.total == Total::Sum && self.unit.is_shared()
    }

    /// Whether it is read as what it has come to, so that the latest reading says all.
    #[must_use]
    pub fn is_latest(&self) -> bool {
        self.formula.is_none() && !self.adds_up()
    }
}

/// What a computed metric is made of.
#[derive(Clone, PartialEq, Debug)]
pub enum Formula {
    /// The first over the second.
    Ratio(MetricId, MetricId),
    /// All together.
    Sum(Vec<MetricId>),
}

/// What a metric is counted in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MetricUnit {
    /// Money.
    Money(Currency),
    /// Things, by the word that was written for them, if not `count`.
    Count(Option<String>),
    /// Hundredths.
    Percent,
}

impl MetricUnit {
    /// Money and counts can be dealt out; of percents everybody has the same.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        !matches!(self, Self::Percent)
    }

    /// As the column `unit` names it: the currency's code, `count` or the word written, `percent`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Money(currency) => &currency.code,
            Self::Count(word) => word.as_deref().unwrap_or("count"),
            Self::Percent => "percent",
        }
    }
}
