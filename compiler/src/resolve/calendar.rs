//! Calendars, and the files they import.

use std::sync::Arc;

use chrono::NaiveDate;
use milepost_grammar::Span;
use milepost_grammar::ast::{self, CalendarImport, CalendarStatement};

use super::Resolver;
use super::declare::Declarations;
use super::names::plain;
use super::once::Once;
use crate::calendar::import::import;
use crate::calendar::{Calendar, Force};
use crate::dates::{self, DateSpan};
use crate::diagnostic::Diagnostic;
use crate::load::{cannot_read, join};
use crate::message::Message;
use crate::sources::Place;

/// Days further than this from the plan never matter; histories do not reach further back.
const REACH_DAYS: u64 = 60 * 366;

type Marks = Vec<(NaiveDate, Force, bool)>;

impl Resolver<'_> {
    pub(super) fn calendars(&mut self, declared: &Declarations<'_>) {
        for calendar in &declared.calendars {
            self.enter(calendar.at);
            let resolved = self.calendar(calendar.tree);
            if calendar.kept {
                self.plan.calendars.push(resolved);
            }
        }
    }

    fn calendar(&mut self, tree: &ast::Calendar) -> Calendar {
        let mut week = Once::default();
        let mut marks = Marks::new();
        let mut off = Vec::new();
        let mut work = Vec::new();
        let mut covers = Vec::new();
        for statement in &tree.body {
            match statement {
                CalendarStatement::Week(days, span) => {
                    let mut works = [false; 7];
                    for day in days {
                        if let Some(entry) = works.get_mut(day.value.num_days_from_monday() as usize) {
                            *entry = true;
                        }
                    }
                    week.set(self, "week", works, *span);
                }
                CalendarStatement::Import(said) => self.import(said, &mut marks),
                CalendarStatement::Off(said) => off.extend(self.span(&said.range)),
                CalendarStatement::Work(said) => work.extend(self.span(&said.range)),
                CalendarStatement::Covers(range) => {
                    covers.extend(self.span(range).map(|days| (days, range.span)));
                }
                CalendarStatement::Broken(_) => {}
            }
        }
        self.mark(off, Force::Off, false, &mut marks);
        self.mark(work, Force::Work, true, &mut marks);
        let first_covers = covers.first().map(|(_, span)| *span);
        let calendar = Calendar::new(
            plain(&tree.name),
            tree.title.as_ref().map(|title| title.value.clone()),
            self.place(tree.name.span),
            week.value().unwrap_or([true, true, true, true, true, false, false]),
            &marks,
            covers.into_iter().map(|(days, _)| days).collect(),
        );
        if let (Some(period), Some(span)) = (self.period, first_covers)
            && let Some(day) = calendar.first_uncovered(period)
        {
            let message = Message::NotCovered { calendar: plain(&tree.name), day: day.to_string() };
            self.say(message, span);
        }
        if self.period.is_some_and(|period| calendar.working_days(period).next().is_none()) {
            let message = Message::CalendarWithoutWorkingDay { calendar: calendar.name.clone() };
            self.say(message, tree.name.span);
        }
        calendar
    }

    /// Marks the days of `spans`, each day once however often it is said.
    fn mark(&self, mut spans: Vec<DateSpan>, force: Force, works: bool, marks: &mut Marks) {
        let around = self.period.and_then(|period| {
            DateSpan::new(dates::minus(period.first, REACH_DAYS), dates::plus(period.last, REACH_DAYS))
        });
        let Some(around) = around else { return };
        spans.sort_unstable();
        let mut next = NaiveDate::MIN;
        for span in spans {
            let Some(days) =
                DateSpan::new(span.first.max(next), span.last).and_then(|span| span.intersect(&around))
            else {
                continue;
            };
            marks.extend(days.days().map(|day| (day, force, works)));
            next = dates::plus(days.last, 1);
        }
    }

    fn import(&mut self, said: &CalendarImport, marks: &mut Marks) {
        let includer = self.sources.file(self.file).path.clone();
        let Some(path) = join(&includer, &said.file.value) else {
            return self.say(Message::FileOutside { path: said.file.value.clone() }, said.file.span);
        };
        let bytes = match self.world.read(&path) {
            Ok(bytes) => bytes,
            Err(error) => return self.say(cannot_read(&path, error), said.file.span),
        };
        let words = said.work.iter().flat_map(|work| work.value.split('|'));
        let words: Vec<String> =
            words.map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        match import(&path, &bytes, &words) {
            Ok(days) => marks.extend(days.into_iter().map(|day| (day.date, Force::Import, day.works))),
            Err(error) => {
                let text = String::from_utf8_lossy(&bytes);
                let at = offset(&text, error.line, error.column);
                let file = self.sources.add_file(path, Arc::from(text.as_ref()));
                let place = Place::new(self.sources.add_item(file, 0), at);
                let label = self.place(said.span);
                self.push(Diagnostic::new(error.message, place).label(label, Message::ImportedHere));
            }
        }
    }
}

/// From line and column, both from 1, to the end of the line.
fn offset(text: &str, line: usize, column: usize) -> Span {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    let before: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    Span::new(start + before, start + rest.len())
}
