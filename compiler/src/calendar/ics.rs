//! Days off and working days from all-day events of RFC 5545.
//!
//! Read here and not by a crate: `icalendar` unfolds the text before it parses and `ical` forgets the line of
//! each property, so neither can say on which line a date is wrong, and both take a file that ends in the
//! middle of an event for a calendar without that event. A calendar that silently lost its last holidays is
//! the fault this must not have.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::DayMark;
use super::components::{Components, Step, in_memory};
use super::content_line::{Line, Lines, Property};
use super::import::{ImportError, MOST_DAYS, excerpt};
use super::yearly::Yearly;
use crate::dates::{DateSpan, minus, plus};
use crate::message::Message;

/// An event longer than this is no holiday.
const LONGEST: usize = 1_000;

/// Every day of an event carries its name, so a long one is cut.
const LONGEST_NAME: usize = 200;

/// The days that the all-day events of `bytes` mark. Timed events, cancelled ones and other components are
/// passed over.
pub(super) fn read(bytes: &[u8], work: &[String]) -> Result<Vec<DayMark>, ImportError> {
    let words: Vec<&str> =
        work.iter().flat_map(|word| word.split('|')).map(str::trim).filter(|word| !word.is_empty()).collect();
    let events = events(bytes)?;
    // An event with RECURRENCE-ID stands for one day of the recurring event of the same UID.
    let moved: BTreeSet<(&str, NaiveDate)> =
        events.iter().filter_map(|event| Some((event.uid.as_str(), event.stands_for?))).collect();
    let mut marks = Vec::new();
    for event in events.iter().filter(|event| !event.cancelled) {
        let works = words.iter().any(|word| event.title.contains(word));
        for span in event.spans()? {
            if event.stands_for.is_none() && moved.contains(&(event.uid.as_str(), span.first)) {
                continue;
            }
            if marks.len() + span.len() > MOST_DAYS {
                return Err(ImportError::new(event.opened, Message::CalendarTooManyDays { most: MOST_DAYS }));
            }
            let name: String = event.title.chars().take(LONGEST_NAME).collect();
            marks.extend(span.days().map(|date| DayMark { date, works, name: name.clone() }));
        }
    }
    Ok(marks)
}

/// A day, or a time and whether it is midnight.
#[derive(Clone, Copy)]
pub(super) enum When {
    Day(NaiveDate),
    Time(NaiveDate, bool),
}

/// What an event says, with places for messages.
#[derive(Default)]
struct Event {
    opened: (usize, usize),
    uid: String,
    title: String,
    start: Option<When>,
    end: Option<(When, (usize, usize))>,
    length: Option<(u64, (usize, usize))>,
    rule: Option<(Yearly, (usize, usize))>,
    added: Vec<NaiveDate>,
    left_out: Vec<NaiveDate>,
    stands_for: Option<NaiveDate>,
    cancelled: bool,
    /// Outlook writes all-day events as midnight to midnight, with a mark.
    marked_all_day: bool,
}

fn events(bytes: &[u8]) -> Result<Vec<Event>, ImportError> {
    let mut components = Components::default();
    let mut events: Vec<Event> = Vec::new();
    for line in Lines::new(bytes, 0) {
        let line = line.map_err(in_memory)?;
        match components.step(&line)? {
            Step::Begin("VEVENT") => events.push(Event { opened: line.place(0), ..Event::default() }),
            Step::Says("VEVENT", property) => {
                if let Some(event) = events.last_mut() {
                    event.take(&line, &property)?;
                }
            }
            _ => {}
        }
    }
    components.finish()?;
    Ok(events)
}

impl Event {
    fn take(&mut self, line: &Line, property: &Property<'_>) -> Result<(), ImportError> {
        let place = line.place(property.value_at);
        let when = |value: &str| {
            when(value).ok_or_else(|| {
                let (property, found) = (property.name.clone(), excerpt(value));
                ImportError::new(place, Message::IcsDate { property, found })
            })
        };
        let days = |dates: &mut Vec<NaiveDate>| {
            for value in property.value.split(',') {
                // A period or a time is of a timed event.
                if let When::Day(day) | When::Time(day, true) =
                    when(value.split('/').next().unwrap_or_default())?
                {
                    dates.push(day);
                }
            }
            Ok(())
        };
        match property.name.as_str() {
            "UID" => property.value.trim().clone_into(&mut self.uid),
            "SUMMARY" if self.title.is_empty() => self.title = unescape(property.value).trim().to_owned(),
            "DTSTART" => self.start = Some(when(property.value)?),
            "DTEND" => self.end = Some((when(property.value)?, place)),
            "DURATION" => {
                let wrong =
                    || ImportError::new(place, Message::IcsDuration { found: excerpt(property.value) });
                self.length = Some((whole_days(property.value).ok_or_else(wrong)?, place));
            }
            "RRULE" if self.rule.is_some() => {
                return Err(ImportError::new(place, Message::IcsRule { part: "RRULE".to_owned() }));
            }
            "RRULE" => {
                let rule = Yearly::parse(property.value)
                    .map_err(|part| ImportError::new(place, Message::IcsRule { part: excerpt(&part) }))?;
                self.rule = Some((rule, place));
            }
            "RDATE" => days(&mut self.added)?,
            "EXDATE" => days(&mut self.left_out)?,
            "RECURRENCE-ID" => {
                if let When::Day(day) | When::Time(day, true) = when(property.value)? {
                    self.stands_for = Some(day);
                }
            }
            "STATUS" => self.cancelled = property.value.trim().eq_ignore_ascii_case("CANCELLED"),
            "X-MICROSOFT-CDO-ALLDAYEVENT" => {
                self.marked_all_day = property.value.trim().eq_ignore_ascii_case("TRUE");
            }
            _ => {}
        }
        Ok(())
    }

    /// The stretches of days it takes; none of a timed event.
    fn spans(&self) -> Result<Vec<DateSpan>, ImportError> {
        let first = match self.start {
            Some(When::Day(day)) => day,
            Some(When::Time(day, true)) if self.marked_all_day => day,
            Some(When::Time(..)) => return Ok(Vec::new()),
            None => return Err(ImportError::new(self.opened, Message::IcsWithoutStart)),
        };
        let days = self.days(first)?;
        let mut starts = match &self.rule {
            Some((rule, _)) => rule.from(first),
            None => vec![first],
        };
        starts.extend(&self.added);
        starts.sort_unstable();
        starts.dedup();
        starts.retain(|day| !self.left_out.contains(day));
        Ok(starts.into_iter().map(|first| DateSpan { first, last: plus(first, days - 1) }).collect())
    }

    /// How many days one occurrence takes, at least 1. The end is the day after the last; some programs write
    /// the only day itself.
    fn days(&self, first: NaiveDate) -> Result<u64, ImportError> {
        let (days, place) = match (self.end, self.length) {
            (Some((When::Day(end) | When::Time(end, true), place)), _) => {
                if end < first {
                    let message =
                        Message::IcsEndBeforeStart { start: first.to_string(), end: end.to_string() };
                    return Err(ImportError::new(place, message));
                }
                let last = minus(end, 1).max(first);
                (DateSpan { first, last }.len(), place)
            }
            // A day that ends at a time: that day belongs to it.
            (Some((When::Time(end, false), place)), _) => {
                (DateSpan { first, last: end.max(first) }.len(), place)
            }
            (None, Some((days, place))) => (usize::try_from(days).unwrap_or(usize::MAX).max(1), place),
            (None, None) => (1, self.opened),
        };
        if days > LONGEST {
            return Err(ImportError::new(place, Message::IcsTooLong { most: LONGEST }));
        }
        Ok(days as u64)
    }
}

/// `20260131` or `20260131T090000Z`.
pub(super) fn when(value: &str) -> Option<When> {
    let value = value.trim();
    let (day, time) = value.split_once(['T', 't']).map_or((value, None), |(day, time)| (day, Some(time)));
    let digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(day, 8) {
        return None;
    }
    let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok()?;
    let Some(time) = time else { return Some(When::Day(day)) };
    let time = time.strip_suffix(['Z', 'z']).unwrap_or(time);
    digits(time, 6).then_some(When::Time(day, time == "000000"))
}

/// The days of a duration such as `P3D`, `P1W` or `PT24H`, begun ones counted; `None` for one that is no
/// duration, or a negative one.
fn whole_days(value: &str) -> Option<u64> {
    let mut rest = value.trim().trim_start_matches('+').strip_prefix(['P', 'p'])?;
    let mut seconds: u64 = 0;
    let mut timed = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(['T', 't']) {
            (rest, timed) = (after, true);
            continue;
        }
        let end = rest.find(|sign: char| !sign.is_ascii_digit())?;
        let (number, unit) = rest.split_at(end);
        let length = match unit.chars().next()?.to_ascii_uppercase() {
            'W' => 7 * 86_400,
            'D' => 86_400,
            'H' if timed => 3_600,
            'M' if timed => 60,
            'S' if timed => 1,
            _ => return None,
        };
        seconds = number.parse::<u64>().ok()?.checked_mul(length)?.checked_add(seconds)?;
        rest = unit.get(1..)?;
    }
    Some(seconds.div_ceil(86_400))
}

/// A text value without its escapes.
pub(super) fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            text.push(sign);
            continue;
        }
        match signs.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(escaped) => text.push(escaped),
            None => {}
        }
    }
    text
}
