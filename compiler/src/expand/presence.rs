//! Who works on which day of the plan.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use dashu_int::UBig;

use crate::calendar::Calendar;
use crate::dates::DateSpan;
use crate::exact::{Exact, lcm, whole};
use crate::plan::{CalendarId, Holder, Person, PersonId, Plan};

/// The working days of a person, or of a calendar, within the plan's period.
#[derive(PartialEq, Eq, Hash, Debug)]
pub struct Presence {
    start: NaiveDate,
    /// 0 on a day off; else 1 plus the place of the day's ramp in `ramp`.
    days: Vec<u8>,
    /// Working days, and units of work, before each day and after the last.
    before: Vec<(u32, i64)>,
    /// Parts of a full day's work, in units of 1 / `unit`.
    ramp: Vec<i64>,
    unit: i64,
}

impl Presence {
    fn of_calendar(calendar: &Calendar, period: DateSpan) -> Self {
        let days = period.days().map(|day| u8::from(calendar.works(day))).collect();
        Self::of_days(period.first, days, vec![1], 1)
    }

    fn of(person: &Person, calendars: &[Arc<Self>], plan: &Plan) -> Self {
        let calendar = calendars.get(person.calendar.unwrap_or(plan.calendar).index());
        calendar.map_or_else(
            || Self::of_days(plan.period.first, Vec::new(), vec![1], 1),
            |calendar| Self::of_person(person, calendar),
        )
    }

    fn of_person(person: &Person, calendar: &Self) -> Self {
        let (ramp, unit) = ramp_units(person);
        let mut days = Vec::with_capacity(calendar.days.len());
        for (day, works) in calendar.start.iter_days().zip(&calendar.days) {
            let here = *works > 0
                && person.from.is_none_or(|from| from <= day)
                && person.until.is_none_or(|until| day <= until)
                && !person.away.iter().any(|(away, _)| away.contains(day));
            days.push(if here { 1 + ramp_step(person, day) } else { 0 });
        }
        Self::of_days(calendar.start, days, ramp, unit)
    }

    fn of_days(start: NaiveDate, days: Vec<u8>, ramp: Vec<i64>, unit: i64) -> Self {
        let mut presence = Self { start, days, before: Vec::new(), ramp, unit };
        let mut before = (0, 0);
        let mut sums = vec![before];
        for code in &presence.days {
            before.0 += u32::from(*code > 0);
            before.1 += presence.part_of(*code);
            sums.push(before);
        }
        presence.before = sums;
        presence
    }

    fn part_of(&self, code: u8) -> i64 {
        match code {
            0 => 0,
            code => self.ramp.get(usize::from(code) - 1).copied().unwrap_or(0),
        }
    }

    /// Working days, and units of work, in `span`.
    fn within(&self, span: DateSpan) -> (u32, i64) {
        let before = |date: NaiveDate| {
            let index = usize::try_from((date - self.start).num_days()).unwrap_or(0);
            self.before.get(index).or(self.before.last()).copied().unwrap_or_default()
        };
        let (first, last) = (before(span.first), before(crate::dates::plus(span.last, 1)));
        (last.0 - first.0, last.1 - first.1)
    }

    fn code(&self, day: NaiveDate) -> u8 {
        usize::try_from((day - self.start).num_days())
            .ok()
            .and_then(|index| self.days.get(index))
            .copied()
            .unwrap_or(0)
    }

    /// Whether it is a working day of theirs. Days outside the plan's period are not.
    #[must_use]
    pub fn works(&self, day: NaiveDate) -> bool {
        self.code(day) > 0
    }

    /// The part of a full day's work they do that day, in whole units (see [`Presence::unit`]).
    #[must_use]
    pub fn part(&self, day: NaiveDate) -> i64 {
        self.part_of(self.code(day))
    }

    /// [`Presence::part`] of each day of `span`, in order.
    pub fn parts(&self, span: DateSpan) -> impl Iterator<Item = i64> {
        let outside = usize::try_from((self.start - span.first).num_days()).unwrap_or(0).min(span.len());
        let skipped = usize::try_from((span.first - self.start).num_days()).unwrap_or(0);
        let inside = self.days.iter().skip(skipped).map(|code| self.part_of(*code));
        std::iter::repeat_n(0, outside).chain(inside).chain(std::iter::repeat(0)).take(span.len())
    }

    /// How many units of [`Presence::part`] are a full day's work.
    #[must_use]
    pub const fn unit(&self) -> i64 {
        self.unit
    }

    /// How many working days they have in `span`.
    #[must_use]
    pub fn count(&self, span: DateSpan) -> usize {
        self.within(span).0 as usize
    }

    /// Whether they have a working day in `span`.
    #[must_use]
    pub fn works_in(&self, span: DateSpan) -> bool {
        self.within(span).0 > 0
    }

    /// The mean part of a full day's work over their working days in `span`; 0 without one.
    #[must_use]
    pub fn fullness(&self, span: DateSpan) -> Exact {
        match self.within(span) {
            (0, _) => whole(0),
            (days, units) => crate::exact::ratio(units, self.unit) / whole(i64::from(days)),
        }
    }

    /// Their full days' work in `span`: the sum of the ramp over their working days.
    #[must_use]
    pub fn capacity(&self, span: DateSpan) -> Exact {
        crate::exact::ratio(self.within(span).1, self.unit)
    }
}

/// Which step of the ramp holds on `day`.
fn ramp_step(person: &Person, day: NaiveDate) -> u8 {
    let Some(ramp) = &person.ramp else { return 0 };
    let month = day.year() * 12 + day.month0().cast_signed();
    let last = ramp.steps.len().saturating_sub(1);
    let step = usize::try_from(month - ramp.first_month).unwrap_or(0).min(last);
    u8::try_from(step).unwrap_or(u8::MAX)
}

/// The ramp's steps as whole numbers of a common unit.
fn ramp_units(person: &Person) -> (Vec<i64>, i64) {
    let Some(ramp) = &person.ramp else {
        return (vec![1], 1);
    };
    let unit = ramp.steps.iter().fold(UBig::ONE, |unit, step| lcm(unit, step.denominator()));
    let scaled = |step: &Exact| i64::try_from((step * Exact::from(unit.clone())).trunc()).ok();
    let steps: Option<Vec<i64>> = ramp.steps.iter().map(scaled).collect();
    match (steps, i64::try_from(&unit).ok()) {
        (Some(steps), Some(unit)) => (steps, unit),
        // Resolution refuses percents that fine; a full day is the honest stand-in until they are mended.
        _ => (vec![1], 1),
    }
}

/// Everybody's working days, and those of every calendar. Equal ones are held once.
#[derive(Debug)]
pub struct Presences {
    calendars: Vec<Arc<Presence>>,
    people: Vec<Arc<Presence>>,
    plan: CalendarId,
}

impl Presences {
    /// Works out the days of everybody in the plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let mut seen: HashMap<Arc<Presence>, Arc<Presence>> = HashMap::new();
        let calendars: Vec<Arc<Presence>> = plan
            .calendars
            .iter()
            .map(|calendar| Arc::new(Presence::of_calendar(calendar, plan.period)))
            .collect();
        let mut of = |person: &Person| {
            let presence = Arc::new(Presence::of(person, &calendars, plan));
            seen.entry(presence.clone()).or_insert(presence).clone()
        };
        let people = plan.people.iter().map(&mut of).collect();
        Self { calendars, people, plan: plan.calendar }
    }

    /// How many people there are.
    pub(crate) fn people(&self) -> usize {
        self.people.len()
    }

    /// Works out again the days of the people who stand at `new` now, where those at `old` stood.
    pub(crate) fn replace(&mut self, plan: &Plan, old: Range<usize>, new: Range<usize>) {
        let people = plan.people.get(new).unwrap_or_default();
        let known: Vec<Arc<Presence>> = self.people.get(old.clone()).unwrap_or_default().to_vec();
        let known = || known.iter().chain(&self.calendars).chain(self.people.first());
        let made: Vec<Arc<Presence>> = people
            .iter()
            .map(|person| {
                let presence = Presence::of(person, &self.calendars, plan);
                // Equal ones are held once as far as it is easily seen.
                match known().find(|known| ***known == presence) {
                    Some(known) => Arc::clone(known),
                    None => Arc::new(presence),
                }
            })
            .collect();
        self.people.splice(old, made);
    }

    /// A person's working days.
    #[must_use]
    #[allow(clippy::indexing_slicing)] // one for each person of the plan
    pub fn person(&self, id: PersonId) -> &Arc<Presence> {
        &self.people[id.index()]
    }

    /// The working days of the plan's calendar.
    #[must_use]
    #[allow(clippy::indexing_slicing)] // one for each calendar of the plan
    pub fn plan(&self) -> &Arc<Presence> {
        &self.calendars[self.plan.index()]
    }

    /// The working days of whoever holds an amount: the person, or the team's calendar, or the plan's.
    #[must_use]
    pub fn holder(&self, plan: &Plan, holder: Option<Holder>) -> &Arc<Presence> {
        match holder {
            Some(Holder::Person(id)) => self.person(id),
            Some(Holder::Team(id)) => {
                let own = plan.team_calendar(id);
                own.and_then(|id| self.calendars.get(id.index())).unwrap_or_else(|| self.plan())
            }
            None => self.plan(),
        }
    }
}

/// Weight × full days' work: what `by capacity` deals by.
#[must_use]
pub fn capacity(person: &Person, presence: &Presence, window: DateSpan) -> Exact {
    let capacity = presence.capacity(window);
    if capacity.is_zero() { whole(0) } else { capacity * &person.weight }
}
