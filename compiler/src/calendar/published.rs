//! Events of a calendar that was published before, so that a new one can call off those that are gone.

use std::io::BufRead;

use chrono::{Duration, NaiveDate, NaiveDateTime, TimeZone, Utc};

use super::components::{Components, Step};
use super::content_line::{Line, LineError, Lines, Property};
use super::ics::{When, unescape, when};
use super::import::{ImportError, excerpt};
use crate::message::Message;

/// An event as it was published.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PublishedEvent {
    /// Its UID.
    pub uid: String,
    /// `;VALUE=DATE:20260601`: what stood behind `DTSTART`. A time of some zone is given in UTC, since the
    /// zone's description stays behind in the old file.
    pub start: String,
    /// The same of `DTEND`, if it has one.
    pub end: Option<String>,
    /// Its title, without escapes.
    pub summary: String,
    /// How often it had changed.
    pub sequence: u32,
    /// Whether it had been called off already.
    pub cancelled: bool,
    /// Its last day.
    pub last: NaiveDate,
    /// Its first byte in the file.
    pub offset: u64,
}

/// What a calendar says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PublishedHead {
    /// Its `X-WR-CALNAME`, without escapes.
    pub name: String,
    /// What wrote it: its `PRODID`.
    pub product: String,
    /// The newest `DTSTAMP` of its events.
    pub stamped: Option<NaiveDateTime>,
}

/// Reads a calendar and gives each of its events to `each`; nothing of it is held. A BOM is passed over.
///
/// # Errors
/// The first thing that cannot be read, with its line; errors of `input`.
pub fn read(
    mut input: impl BufRead,
    mut each: impl FnMut(PublishedEvent),
) -> Result<PublishedHead, LineError> {
    const BOM: &[u8] = b"\xef\xbb\xbf";
    let mut start = 0;
    if input.fill_buf().map_err(LineError::Unreadable)?.starts_with(BOM) {
        input.consume(BOM.len());
        start = BOM.len() as u64;
    }
    let mut components = Components::default();
    let mut head = PublishedHead::default();
    let mut event = Open::default();
    for line in Lines::new(input, start) {
        let line = line?;
        match components.step(&line)? {
            Step::Begin("VEVENT") => event = Open::at(&line),
            Step::Says("VEVENT", property) => event.take(&line, &property)?,
            Step::End(name) if name == "VEVENT" => {
                head.stamped = head.stamped.max(event.stamp);
                each(std::mem::take(&mut event).close()?);
            }
            Step::Says("VCALENDAR", property) => match property.name.as_str() {
                "X-WR-CALNAME" => head.name = unescape(property.value),
                "PRODID" => property.value.clone_into(&mut head.product),
                _ => {}
            },
            _ => {}
        }
    }
    components.finish()?;
    Ok(head)
}

/// The event that begins where `input` stands.
///
/// # Errors
/// Where it cannot be read; lines count from where it begins.
pub fn read_one(input: impl BufRead) -> Result<PublishedEvent, LineError> {
    let mut components = Components::inside("VCALENDAR");
    let mut event = Open::default();
    for line in Lines::new(input, 0) {
        let line = line?;
        match components.step(&line)? {
            Step::Says("VEVENT", property) => event.take(&line, &property)?,
            Step::End(name) if name == "VEVENT" => return Ok(event.close()?),
            _ => {}
        }
    }
    Err(components.finish().err().map_or_else(
        || ImportError::new((1, 1), Message::IcsNoCalendar { found: String::new() }).into(),
        LineError::from,
    ))
}

/// An event that is being read.
#[derive(Default)]
struct Open {
    event: PublishedEvent,
    opened: (usize, usize),
    first: Option<NaiveDate>,
    /// The last day, where the end is said.
    last: Option<NaiveDate>,
    stamp: Option<NaiveDateTime>,
}

impl Open {
    fn at(line: &Line) -> Self {
        let event = PublishedEvent { offset: line.offset, ..PublishedEvent::default() };
        Self { event, opened: line.place(0), ..Self::default() }
    }

    fn take(&mut self, line: &Line, property: &Property<'_>) -> Result<(), ImportError> {
        match property.name.as_str() {
            "UID" => property.value.trim().clone_into(&mut self.event.uid),
            "SUMMARY" => self.event.summary = unescape(property.value),
            "SEQUENCE" => self.event.sequence = property.value.trim().parse().unwrap_or(0),
            "STATUS" => self.event.cancelled = property.value.trim().eq_ignore_ascii_case("CANCELLED"),
            "DTSTAMP" => {
                self.stamp = NaiveDateTime::parse_from_str(property.value.trim(), "%Y%m%dT%H%M%SZ").ok();
            }
            "DTSTART" => {
                let (first, written) = dated(line, property)?;
                self.first = Some(first);
                self.event.start = written;
            }
            "DTEND" => {
                let (end, written) = dated(line, property)?;
                // The end of an event of whole days is the day after its last.
                let is_day = matches!(when(property.value), Some(When::Day(_)));
                self.last = Some(if is_day { end.pred_opt().unwrap_or(end) } else { end });
                self.event.end = Some(written);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(self) -> Result<PublishedEvent, ImportError> {
        let Some(first) = self.first else {
            return Err(ImportError::new(self.opened, Message::IcsWithoutStart));
        };
        if self.event.uid.is_empty() {
            return Err(ImportError::new(self.opened, Message::IcsWithoutUid));
        }
        let last = self.last.map_or(first, |last| last.max(first));
        Ok(PublishedEvent { last, ..self.event })
    }
}

/// The day of a date or time, and how it is written again.
fn dated(line: &Line, property: &Property<'_>) -> Result<(NaiveDate, String), ImportError> {
    let value = property.value.trim();
    let wrong = || {
        let message = Message::IcsDate { property: property.name.clone(), found: excerpt(value) };
        line.error(property.value_at, message)
    };
    match when(value).ok_or_else(wrong)? {
        When::Day(day) => Ok((day, format!(";VALUE=DATE:{value}"))),
        When::Time(day, _) => Ok((
            day,
            zone(property).and_then(|zone| in_utc(value, zone)).unwrap_or_else(|| format!(":{value}")),
        )),
    }
}

/// The zone that a time is of.
fn zone(property: &Property<'_>) -> Option<chrono_tz::Tz> {
    let named = property.parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.eq_ignore_ascii_case("TZID").then_some(value)
    })?;
    named.trim_matches('"').parse().ok()
}

/// A time that is in the gap of a change of clocks is meant by the clock before it.
fn in_utc(value: &str, zone: chrono_tz::Tz) -> Option<String> {
    let local = NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok()?;
    let time = zone.from_local_datetime(&local).earliest().or_else(|| {
        let before = zone.from_local_datetime(&(local - Duration::hours(1))).earliest()?;
        Some(before + Duration::hours(1))
    })?;
    Some(time.with_timezone(&Utc).format(":%Y%m%dT%H%M%SZ").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Result<(PublishedHead, Vec<PublishedEvent>), String> {
        let mut events = Vec::new();
        let read = read(text.as_bytes(), |event| events.push(event));
        match read {
            Ok(head) => Ok((head, events)),
            Err(LineError::Wrong(error)) => Err(format!("{}: {}", error.line, error.message.text())),
            Err(LineError::Unreadable(error)) => Err(error.to_string()),
        }
    }

    const HEAD: &str =
        "\u{feff}BEGIN:VCALENDAR\r\nPRODID:-//Milepost//EN\r\nX-WR-CALNAME:Plan\\, our\r\n  own\r\n";

    #[test]
    fn an_event_is_read_with_its_place() {
        let event = "BEGIN:VEVENT\r\nUID:day-20260601-chen@june.mile\r\n post\r\nDTSTAMP:20260501T000100Z\r\n\
                     SEQUENCE:12\r\nDTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260603\r\n\
                     SUMMARY:陈静: 拜访 3\\; calls\r\nSTATUS:cancelled\r\nEND:VEVENT\r\n";
        let text = format!("{HEAD}{event}END:VCALENDAR\r\n");
        let (head, events) = events(&text).unwrap();
        assert_eq!((head.name.as_str(), head.product.as_str()), ("Plan, our own", "-//Milepost//EN"));
        assert_eq!(head.stamped.unwrap().to_string(), "2026-05-01 00:01:00");
        assert_eq!(events.len(), 1);
        let first = &events[0];
        assert_eq!(first.uid, "day-20260601-chen@june.milepost");
        assert_eq!(
            (first.start.as_str(), first.end.as_deref()),
            (";VALUE=DATE:20260601", Some(";VALUE=DATE:20260603"))
        );
        assert_eq!(
            (first.summary.as_str(), first.sequence, first.cancelled),
            ("陈静: 拜访 3; calls", 12, true)
        );
        assert_eq!(first.last.to_string(), "2026-06-02");
        let there = usize::try_from(first.offset).unwrap();
        assert!(text[there..].starts_with(event), "{there}");
        let again = read_one(&text.as_bytes()[there..]).unwrap();
        assert_eq!(PublishedEvent { offset: first.offset, ..again }, *first);
    }

    #[test]
    fn a_time_needs_no_zone_of_the_old_file() {
        let at = |start: &str| {
            let (_, events) =
                events(&format!("{HEAD}BEGIN:VEVENT\nUID:a\nDTSTART{start}\nEND:VEVENT\nEND:VCALENDAR\n"))
                    .unwrap();
            events[0].start.clone()
        };
        assert_eq!(at(";TZID=Asia/Shanghai:20260105T090000"), ":20260105T010000Z");
        assert_eq!(at(";X=\"a:b\";TZID=\"Europe/Berlin\":20260705T090000"), ":20260705T070000Z");
        assert_eq!(at(";TZID=Europe/Berlin:20260329T023000"), ":20260329T013000Z");
        assert_eq!(at(";TZID=Nowhere:20260105T090000"), ":20260105T090000");
        assert_eq!(at(":20260105T090000Z"), ":20260105T090000Z");
    }

    #[test]
    fn what_is_broken_is_said_with_its_line() {
        let said = |text: &str| events(text).unwrap_err();
        assert_eq!(said(""), "1: expected `BEGIN:VCALENDAR`, found an empty file");
        assert!(said("x").starts_with("1: expected `BEGIN:VCALENDAR`"), "{}", said("x"));
        assert_eq!(
            said(&format!("{HEAD}BEGIN:VEVENT\nUID:a\nEND:VEVENT\nEND:VCALENDAR")),
            "5: this event has no `DTSTART`"
        );
        assert_eq!(
            said(&format!("{HEAD}BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\nEND:VCALENDAR")),
            "5: this event has no `UID`"
        );
        assert!(said(&format!("{HEAD}BEGIN:VEVENT\nDTSTART:2026\n")).starts_with("6: expected"));
        assert!(said(&format!("{HEAD}BEGIN:VEVENT\nUID:a")).starts_with("6: "));
    }
}
