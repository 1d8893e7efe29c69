//! Levels: from where it stands to where it should be, a working day at a time.

use std::sync::Arc;

use chrono::NaiveDate;
use milepost_grammar::ast::Better;

use crate::dates::DateSpan;
use crate::exact::{Exact, Step, ratio};
use crate::expand::presence::Presence;

/// The levels of a window, in steps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Levels {
    /// The days.
    pub window: DateSpan,
    /// Before the first working day.
    pub before: i128,
    /// Where it changes, in order; at least one.
    pub days: Arc<[LevelDay]>,
}

/// The level at the end of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LevelDay {
    /// The day.
    pub date: NaiveDate,
    /// The level, in steps.
    pub level: i128,
    /// Whether it is a working day.
    pub works: bool,
}

impl Levels {
    /// Whether `date` is one of the working days.
    #[must_use]
    pub fn works(&self, date: NaiveDate) -> bool {
        let at = self.days.binary_search_by_key(&date, |day| day.date);
        at.ok().and_then(|index| self.days.get(index)).is_some_and(|day| day.works)
    }
}

/// A level's line: corners, and the way it is rounded.
pub struct LevelLine<'a> {
    /// Where it stands before the window.
    pub from: &'a Exact,
    /// Where it should be by the end of each of these days, in order; the last is the window's last day.
    pub corners: Vec<(NaiveDate, Exact)>,
    /// Which way is ahead.
    pub better: Better,
    /// The smallest change.
    pub step: &'a Step,
}

impl LevelLine<'_> {
    /// The level at the end of each working day of `window`, rounded to the step ahead of the line.
    ///
    /// Returns `None` without a working day, or if a level cannot be counted.
    #[must_use]
    pub fn over(&self, window: DateSpan, presence: &Presence) -> Option<Levels> {
        let before = self.rounded(self.from)?;
        let days = self
            .exact(window, presence)
            .into_iter()
            .map(|(date, level, works)| Some(LevelDay { date, level: self.rounded(&level)?, works }));
        let days: Vec<LevelDay> = days.collect::<Option<_>>()?;
        if days.is_empty() { None } else { Some(Levels { window, before, days: days.into() }) }
    }

    /// The exact level at the end of each working day of `window`: after the i-th of the n working days of a piece,
    /// from + (to − from)·i/n. A piece without a working day is jumped over on its last day, which is then no
    /// working day.
    #[must_use]
    pub fn exact(&self, window: DateSpan, presence: &Presence) -> Vec<(NaiveDate, Exact, bool)> {
        let mut levels = Vec::new();
        let mut from = self.from.clone();
        let mut first = window.first;
        for (corner, to) in &self.corners {
            let Some(piece) = DateSpan::new(first, *corner) else {
                continue;
            };
            let days: Vec<NaiveDate> = piece.days().filter(|day| presence.works(*day)).collect();
            let count = i64::try_from(days.len()).unwrap_or(i64::MAX);
            for (index, date) in (1_i64..).zip(days) {
                levels.push((date, &from + (to - &from) * ratio(index, count), true));
            }
            if count == 0 {
                levels.push((*corner, to.clone(), false));
            }
            from = to.clone();
            first = crate::dates::plus(*corner, 1);
        }
        levels
    }

    /// A level in steps, rounded ahead of the line.
    pub(super) fn rounded(&self, level: &Exact) -> Option<i128> {
        let steps = match self.better {
            Better::Higher => self.step.ceil(level),
            Better::Lower => self.step.floor(level),
        };
        i128::try_from(steps).ok()
    }
}
