//! What was really reached.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::dates::DateSpan;
use crate::exact::{Exact, whole};
use crate::plan::{Holder, MetricId};
use crate::sources::Place;

/// Readings, added up by day.
///
/// There may be millions of them, so they are not held: of each metric, holder and part of a split there is one
/// number a day.
#[derive(Clone, Debug, Default)]
pub struct Actuals {
    /// One series for each metric, holder and set of parts that has a reading.
    pub series: BTreeMap<SeriesKey, Series>,
    /// Parts of splits that series name, by the key's number; the first is of no part.
    pub parts: Vec<PartsOf>,
    /// Remarks about readings, in the order written.
    pub notes: Vec<ActualNote>,
}

/// Parts of splits, each by its dimension: `industry`, `cold-chain`.
pub type PartsOf = Vec<(String, String)>;

/// Whose readings of what.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SeriesKey {
    /// Of what.
    pub metric: MetricId,
    /// Whose; nobody's is the team's, whichever has the goal.
    pub who: Option<Holder>,
    /// Which parts, as a place in [`Actuals::parts`].
    pub parts: u32,
}

/// Readings of one metric and holder, by day.
#[derive(Clone, Debug)]
pub struct Series {
    /// Of a flow what the day's readings come to, of a level the last of them; in millionths of the unit.
    pub days: BTreeMap<NaiveDate, i128>,
    /// Where the first of them is said.
    pub place: Place,
}

impl Series {
    /// The readings of the days of `days`, in millionths.
    pub fn within(&self, days: DateSpan) -> impl DoubleEndedIterator<Item = (NaiveDate, i128)> {
        self.days.range(days.first..=days.last).map(|(day, millionths)| (*day, *millionths))
    }

    /// Whether there is a reading of one of `days`.
    #[must_use]
    pub fn says_of(&self, days: DateSpan) -> bool {
        self.within(days).next().is_some()
    }
}

/// Readings are counted in millionths.
pub const READING_PLACES: u32 = 6;

/// An amount of so many millionths.
#[must_use]
pub fn reading(millionths: i128) -> Exact {
    Exact::from_parts(IBig::from(millionths), 10_u32.pow(READING_PLACES).into())
}

/// An amount in millionths, which may be no whole number of them.
#[must_use]
pub fn in_millionths(amount: &Exact) -> Exact {
    amount * whole(10_i64.pow(READING_PLACES))
}

/// `2026-01-06 liu 4 "two did not come"`
#[derive(Clone, PartialEq, Debug)]
pub struct ActualNote {
    /// When.
    pub on: NaiveDate,
    /// Of what.
    pub metric: MetricId,
    /// Whose.
    pub who: Option<Holder>,
    /// How much.
    pub amount: Exact,
    /// What was said of it.
    pub text: String,
}
