//! The exact weight of each day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::fiscal::Fiscal;
use super::lag::Lag;
use super::model::{Calendar, Loaded, Metric};
use super::period::days;
use super::rational::{Q, one, percent, sum, whole, zero};
use super::season::Season;
use super::someone::Someone;
use super::unplannable::Unplannable;

/// Who an amount is planned for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holder<'a> {
    Person(&'a Someone),
    /// A team as one: its calendar alone says when it works, or the plan's. What the
    /// team says of `from`, `away` or a ramp is meant for its people.
    Team(Option<&'a Calendar>),
}

impl Holder<'_> {
    pub(crate) fn works(self, calendar: &Calendar, day: NaiveDate) -> bool {
        match self {
            Holder::Person(person) => person.works(calendar, day),
            Holder::Team(own) => own.unwrap_or(calendar).works(day),
        }
    }

    fn ramp(self, day: NaiveDate) -> Q {
        match self {
            Holder::Person(person) => person.ramp(day),
            Holder::Team(_) => one(),
        }
    }
}

/// A checkpoint, or the end: up to this day so much of the whole.
#[derive(Clone, Debug)]
pub(crate) struct Knot {
    pub(crate) day: NaiveDate,
    pub(crate) reach: Q,
}

/// How a key result lies in time; the same for all its stages and people.
#[derive(Debug)]
pub(crate) struct Timing<'a> {
    pub(crate) plan_start: NaiveDate,
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
    pub(crate) calendar: &'a Calendar,
    pub(crate) fiscal: Option<Fiscal>,
    pub(crate) loaded: Option<&'a Loaded>,
    /// Checkpoints in order; the last one is the target at the window's end.
    /// Empty where no checkpoint is said.
    pub(crate) knots: Vec<Knot>,
}

/// The days of a window that weigh something, or would.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
    pub(crate) days: Vec<(NaiveDate, Q)>,
    /// What days weigh where nothing is left of that: without season and checkpoints,
    /// then all alike.
    pub(crate) otherwise: Vec<Vec<(NaiveDate, Q)>>,
}

impl Timing<'_> {
    /// The weights of a stage that lies `lag` before the outcome.
    ///
    /// The stage's window is the outcome's, that much earlier, but not before the
    /// plan begins. Who has no working day in it is planned over their working
    /// days in the outcome's window as if there were no lag. Where the full
    /// product leaves nothing, season and checkpoints are dropped, both at once;
    /// where that leaves nothing either, every working day weighs the same.
    pub(crate) fn weigh(
        &self,
        metric: &Metric,
        season: &Season,
        lag: &Lag,
        holder: Holder<'_>,
    ) -> Result<Weighed, Unplannable> {
        let none = Lag::default();
        let mut lag = lag;
        let mut first = self.plan_start.max(lag.before(self.calendar, self.first));
        let mut last = lag.before(self.calendar, self.last);
        let worked = |first, last| -> Vec<NaiveDate> {
            days(first, last).filter(|day| holder.works(self.calendar, *day)).collect()
        };
        let mut working = worked(first, last);
        if working.is_empty() {
            lag = &none;
            first = self.plan_start.max(self.first);
            last = self.last;
            working = worked(first, last);
        }
        if working.is_empty() {
            return Err(Unplannable("an amount for somebody without a working day"));
        }
        let front = self.front(first, last);
        let alone = |day: &NaiveDate| -> Q {
            let front = front.get(day).cloned().unwrap_or_else(one);
            holder.ramp(*day) * front * metric.weekday_weight(*day)
        };
        let seasonal: Vec<(NaiveDate, Q)> = working
            .iter()
            .map(|day| (*day, alone(day) * season.at(lag.after(self.calendar, *day))))
            .collect();
        let full = self.rescale(&seasonal, lag);
        let otherwise: Vec<Vec<(NaiveDate, Q)>> = vec![
            working.iter().map(|day| (*day, alone(day))).collect(),
            working.iter().map(|day| (*day, one())).collect(),
        ];
        let days = std::iter::once(full)
            .chain(otherwise.iter().cloned())
            .find(|days: &Vec<(NaiveDate, Q)>| sum(days.iter().map(|(_, weight)| weight)) > zero())
            .ok_or(Unplannable("no weight"))?;
        Ok(Weighed { first, last, days, otherwise })
    }

    /// From 1 + F on the first to 1 − F on the last of the window's working days
    /// by the plan's calendar, in equal steps from one to the next (i = 0 … n − 1);
    /// back-loaded is the same with F turned round; a single day weighs one. A day that
    /// is off by that calendar takes the place of the next working day, or of the last
    /// one: somebody may work it by a calendar of their own.
    fn front(&self, first: NaiveDate, last: NaiveDate) -> BTreeMap<NaiveDate, Q> {
        let tilt = match self.loaded {
            None => zero(),
            Some(Loaded::Front(p)) => percent(p),
            Some(Loaded::Back(p)) => -percent(p),
        };
        let n = days(first, last).filter(|day| self.calendar.works(*day)).count() as i64;
        let mut front = BTreeMap::new();
        let mut i = 0;
        for day in days(first, last) {
            let place = whole(i.min(n - 1));
            let weight = if n <= 1 { one() } else { one() + &tilt - whole(2) * &tilt * place / whole(n - 1) };
            front.insert(day, weight);
            if self.calendar.works(day) {
                i += 1;
            }
        }
        front
    }

    /// C: the days of each piece between checkpoints are scaled so that they weigh
    /// together what the piece has to bring. A day belongs to the piece that the
    /// outcome it leads to lies in, `lag` on. Pieces whose days weigh nothing
    /// fall away, and the others share everything in proportion. A working day before
    /// an end on a Sunday is Friday, though what comes of it falls on Monday: it belongs
    /// to the piece that the Sunday ends.
    fn rescale(&self, weights: &[(NaiveDate, Q)], lag: &Lag) -> Vec<(NaiveDate, Q)> {
        if self.knots.is_empty() {
            return weights.to_vec();
        }
        let mut scaled = Vec::new();
        let mut after: Option<NaiveDate> = None;
        let mut reached = zero();
        for knot in &self.knots {
            let piece: Vec<&(NaiveDate, Q)> = weights
                .iter()
                .filter(|(day, _)| {
                    let outcome = lag.after(self.calendar, *day).min(self.last);
                    after.is_none_or(|after| outcome > after) && outcome <= knot.day
                })
                .collect();
            let total = sum(piece.iter().map(|(_, weight)| weight));
            if total > zero() {
                let scale = (&knot.reach - &reached) / total;
                scaled.extend(piece.into_iter().map(|(day, weight)| (*day, weight * &scale)));
            }
            after = Some(knot.day);
            reached = knot.reach.clone();
        }
        scaled
    }
}
