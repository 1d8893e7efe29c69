//! What changed in calendars.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Changes, Event};
use crate::dates::DateSpan;
use crate::diff::thing::{Aspect, CalendarDay, Thing, Value, What};

impl Changes<'_> {
    pub(super) fn calendar(&mut self, old: &Thing, new: &Thing) {
        self.facts(What::Calendar, old, new, (false, false));
        if self.turn.overlaps() {
            self.days_of_both(old, new);
        } else {
            self.days_off(old, new);
        }
    }

    /// Days that are worked in the one plan and not in the other; those that follow each other are told as one.
    fn days_of_both(&mut self, old: &Thing, new: &Thing) {
        // Plans of other days know other days; what they both plan is compared.
        let both = (!self.turn.is_none()).then(|| self.turn.before.intersect(&self.turn.after)).flatten();
        let was: HashMap<NaiveDate, CalendarDay> = old.days.iter().map(|day| (day.date, *day)).collect();
        let mut runs: Vec<Run> = Vec::new();
        for now in new.days.iter().filter(|day| both.is_none_or(|both| both.contains(day.date))) {
            let Some(was) = was.get(&now.date) else { continue };
            let run = runs.last_mut().filter(|run| run.end.succ_opt() == Some(now.date));
            // What the week says of a day is told of the week.
            if was.works != now.works && (was.is_exception || now.is_exception) {
                match run.filter(|run| run.works == now.works) {
                    Some(run) => (run.days.last, run.end) = (now.date, now.date),
                    None => runs.push(Run { days: DateSpan::day(now.date), works: now.works, end: now.date }),
                }
            } else if let (Some(run), false, false) = (run, was.works, now.works) {
                // A weekend does not cut a holiday in two.
                run.end = now.date;
            }
        }
        for run in runs {
            let (before, after) = if run.works { ("off", "works") } else { ("works", "off") };
            let (before, after) = (Some(before.to_owned()), Some(after.to_owned()));
            let of = Value::default().over(run.days).shown();
            let source = self.after.file_line(new.place);
            let event = Event::Said { aspect: Aspect::Calendar, of, before, after };
            self.push(What::Calendar, new, event, source);
        }
    }

    /// From one period to another, the days of each on which it is not as the week says.
    fn days_off(&mut self, old: &Thing, new: &Thing) {
        for (of, works) in [("days off", false), ("days worked", true)] {
            let value = |thing: &Thing, period: DateSpan| {
                let mut spans: Vec<DateSpan> = Vec::new();
                let days = thing.days.iter().filter(|day| period.contains(day.date));
                for day in days.filter(|day| day.is_exception && day.works == works) {
                    match spans.last_mut() {
                        Some(span) if span.last.succ_opt() == Some(day.date) => span.last = day.date,
                        _ => spans.push(DateSpan::day(day.date)),
                    }
                }
                let spans = spans.into_iter().enumerate();
                let value = spans.fold(Value::default(), |value, (index, span)| {
                    let value = if index > 0 { value.and(", ") } else { value };
                    value.over(span)
                });
                if value.0.is_empty() { Value::text("none") } else { value }
            };
            let (was, now) = (value(old, self.turn.before), value(new, self.turn.after));
            if was == now {
                continue;
            }
            if self.turn.moved(&was, &now) {
                self.moved.insert((new.place, of.to_owned()));
                continue;
            }
            let source = self.after.file_line(new.place);
            let (before, after) = (Some(was.shown()), Some(now.shown()));
            let event = Event::Said { aspect: Aspect::Calendar, of: of.to_owned(), before, after };
            self.push(What::Calendar, new, event, source);
        }
    }
}

/// Days of a calendar that changed alike.
struct Run {
    days: DateSpan,
    works: bool,
    /// The last day, those counted that are off before and after.
    end: NaiveDate,
}
