//! Working days.

mod components;
pub mod content_line;
mod csv;
mod holiday_cn;
mod ics;
pub mod import;
pub mod published;
mod yearly;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::dates::DateSpan;
use crate::sources::Place;

/// Which days are worked.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared; `None` for the one that works Monday to Friday where none is named.
    pub place: Option<Place>,
    week: [bool; 7],
    exceptions: Vec<(NaiveDate, bool)>,
    covers: Vec<DateSpan>,
}

/// A day that a statement or a file marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayMark {
    /// Which day.
    pub date: NaiveDate,
    /// Whether it is worked.
    pub works: bool,
    /// What it is called.
    pub name: String,
}

/// What speaks for or against a day, weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Force {
    Import,
    Off,
    Work,
}

impl Calendar {
    /// Whether it is the same calendar with the same working days, wherever it stands and whatever its title is.
    pub(crate) fn works_as(&self, other: &Self) -> bool {
        let Self { name, title: _, place: _, week, exceptions, covers } = self;
        *name == other.name
            && *week == other.week
            && *exceptions == other.exceptions
            && *covers == other.covers
    }

    /// The calendar that works Monday to Friday.
    #[must_use]
    pub fn monday_to_friday() -> Self {
        let week = [true, true, true, true, true, false, false];
        Self {
            name: "mon..fri".to_owned(),
            title: None,
            place: None,
            week,
            exceptions: Vec::new(),
            covers: Vec::new(),
        }
    }

    /// A calendar that works `week` (from Monday) but for the marked days; the strongest mark of a day
    /// holds, the later one where two are as strong. Marks of one import: a working day holds over a day
    /// off, as a make-up day inside a holiday's event does.
    #[must_use]
    pub fn new(
        name: String,
        title: Option<String>,
        place: Place,
        week: [bool; 7],
        marks: &[(NaiveDate, Force, bool)],
        covers: Vec<DateSpan>,
    ) -> Self {
        let mut sorted: Vec<_> = marks.to_vec();
        sorted.sort_by_key(|(date, force, works)| (*date, *force, *works));
        let mut exceptions: Vec<(NaiveDate, bool)> = Vec::new();
        for (date, _, works) in sorted {
            match exceptions.last_mut() {
                Some(last) if last.0 == date => last.1 = works,
                _ => exceptions.push((date, works)),
            }
        }
        Self { name, title, place: Some(place), week, exceptions, covers }
    }

    /// Whether `date` is a working day.
    #[must_use]
    pub fn works(&self, date: NaiveDate) -> bool {
        match self.exceptions.binary_search_by_key(&date, |(day, _)| *day) {
            Ok(index) => self.exceptions.get(index).is_some_and(|(_, works)| *works),
            Err(_) => self.works_on(date.weekday()),
        }
    }

    /// Whether the week works that day where nothing else is said.
    #[must_use]
    pub fn works_on(&self, weekday: Weekday) -> bool {
        self.week.get(weekday.num_days_from_monday() as usize).copied().unwrap_or(false)
    }

    /// The working days of `span`, in order.
    pub fn working_days(&self, span: DateSpan) -> impl Iterator<Item = NaiveDate> + '_ {
        span.days().filter(|day| self.works(*day))
    }

    /// How many working days `span` has.
    #[must_use]
    pub fn count(&self, span: DateSpan) -> usize {
        self.working_days(span).count()
    }

    /// The days that it says it covers.
    #[must_use]
    pub fn covers(&self) -> &[DateSpan] {
        &self.covers
    }

    /// The first day of `span` outside what the calendar says it covers, if it says so.
    #[must_use]
    pub fn first_uncovered(&self, span: DateSpan) -> Option<NaiveDate> {
        if self.covers.is_empty() {
            return None;
        }
        span.days().find(|day| !self.covers.iter().any(|covered| covered.contains(*day)))
    }
}
