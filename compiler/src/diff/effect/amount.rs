//! An amount before and after, and the difference, where there is one.

use super::super::facts::with_unit;
use crate::exact::{Exact, readable};
use crate::plan::{Metric, MetricUnit};

/// An amount before and after.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// Before, with its unit; `—` where there was none.
    pub before: String,
    /// After.
    pub after: String,
    /// Before, as a number; of a level `None` where there was none.
    pub was: Option<Exact>,
    /// After.
    pub now: Option<Exact>,
    /// The difference, with its sign and unit; empty where the two cannot be subtracted: other units, a level that comes or goes.
    pub change: String,
}

/// What stands for no amount.
const NONE: &str = "—";

impl Part {
    pub(super) fn new(was: Option<(Exact, &Metric)>, now: Option<(Exact, &Metric)>) -> Self {
        let shown = |side: &Option<(Exact, &Metric)>| {
            side.as_ref().map_or_else(|| NONE.to_owned(), |(amount, metric)| with_unit(metric, amount))
        };
        let change = match (&was, &now) {
            (Some((was, before)), Some((now, after))) if before.unit == after.unit => {
                difference(after, &(now - was))
            }
            _ => String::new(),
        };
        let (before, after) = (shown(&was), shown(&now));
        let number = |side: Option<(Exact, &Metric)>| side.map(|(amount, _)| amount);
        Self { before, after, was: number(was), now: number(now), change }
    }

    /// Whether both are the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.before == self.after && self.was == self.now
    }

    /// The difference, where there is one.
    #[must_use]
    pub fn difference(&self) -> Option<Exact> {
        let comparable = !self.change.is_empty();
        self.was.as_ref().zip(self.now.as_ref()).filter(|_| comparable).map(|(was, now)| now - was)
    }

    /// Whether there is nothing before and nothing after.
    pub(super) fn is_nothing(&self) -> bool {
        let nothing = |side: &Option<Exact>| side.as_ref().is_none_or(Exact::is_zero);
        nothing(&self.was) && nothing(&self.now)
    }
}

/// Two amounts whose unit is told elsewhere.
pub(super) fn plain(was: Option<Exact>, now: Option<Exact>) -> Part {
    let shown =
        |side: &Option<Exact>| side.as_ref().map_or_else(|| NONE.to_owned(), |amount| readable(amount, 6));
    let change = was.as_ref().zip(now.as_ref()).map(|(was, now)| now - was);
    let change = change.map_or_else(String::new, |change| signed(&change, readable(&change, 6)));
    Part { before: shown(&was), after: shown(&now), was, now, change }
}

/// A difference with its sign; of percents in points.
fn difference(metric: &Metric, change: &Exact) -> String {
    let shown = match metric.unit {
        MetricUnit::Percent => format!("{} pp", readable(change, 6)),
        _ => with_unit(metric, change),
    };
    signed(change, shown)
}

/// A difference as it is shown, with its sign.
fn signed(change: &Exact, shown: String) -> String {
    if *change > Exact::ZERO { format!("+{shown}") } else { shown }
}
