//! `calendar.ics`: one event per person and working day, with that day's amounts, and one per deal with a next step
//! (RFC 5545).
//!
//! Written here and not by the crate `icalendar` (0.17): it ends an all-day event on the day it starts, folds
//! lines to 76 octets, takes random UIDs and the clock where it is told nothing, and holds the whole calendar
//! in memory. What is left to write without it is one page. What a calendar had before and has no more stands
//! behind its other events, called off ([`Previous`]).

use std::io::{self, Write};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use dashu_int::IBig;
use milepost_grammar::ast::{Grain, Total};
use unicode_normalization::char::is_combining_mark;

use crate::dated::{DatedAmount, Kind};
use crate::emit::next_step::{DealStep, next_steps};
use crate::emit::previous::Previous;
use crate::emit::uid::{Uids, compact};
use crate::exact::{Exact, readable};
use crate::plan::{Measure, MetricId, MetricUnit, PersonId, Plan, READING_PLACES, Target};

/// Metrics that the title of an event names; the description has them all.
const IN_SUMMARY: usize = 6;

/// What a calendar is written with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IcsOptions {
    /// When the plan came to say this, in UTC: `DTSTAMP`, `LAST-MODIFIED` and `SEQUENCE`.
    pub stamp: NaiveDateTime,
    /// Whose calendar it is; their events then do not name them.
    pub person: Option<PersonId>,
}

/// Writes the calendar of the rows that are days, and of the next steps of deals. Rows of longer periods are in no day's
/// work and are left out. Of a day the next steps stand first.
///
/// Rows come by start and then by person, as [`crate::dated::DatedPlan::rows`] brings them; those of one day
/// and person are all that is held.
///
/// # Errors
/// Those of `out`.
pub fn write<'a>(
    out: &mut dyn Write,
    plan: &Plan,
    rows: impl Iterator<Item = DatedAmount<'a>>,
    options: &IcsOptions,
    previous: &mut dyn Previous,
) -> io::Result<()> {
    let mut calendar = Calendar::new(out, plan, options, previous);
    let title = plan.title.as_deref().unwrap_or(&plan.name);
    let name = match options.person.map(|person| &plan[person]) {
        Some(person) => format!("{title} · {}", person.title.as_deref().unwrap_or(&person.name)),
        None => title.to_owned(),
    };
    calendar.head(&name)?;
    let mut steps = next_steps(plan, options.person).into_iter().peekable();
    let mut held: Vec<DatedAmount<'a>> = Vec::new();
    for row in rows.filter(|row| row.grain == Grain::Day && row.start == row.end) {
        if held.last().is_some_and(|last| (last.start, last.person) != (row.start, row.person)) {
            calendar.day(&mut held)?;
            held.clear();
        }
        if held.is_empty() {
            while let Some(step) = steps.next_if(|step| step.by <= row.start) {
                calendar.next_step(&step)?;
            }
        }
        held.push(row);
    }
    calendar.day(&mut held)?;
    for step in steps {
        calendar.next_step(&step)?;
    }
    calendar.finish()
}

/// Writes the calendar of somebody who has left: `name`, and all that is called off.
///
/// # Errors
/// Those of `out` and `previous`.
pub fn write_left(
    out: &mut dyn Write,
    plan: &Plan,
    name: &str,
    stamp: NaiveDateTime,
    previous: &mut dyn Previous,
) -> io::Result<()> {
    let mut calendar = Calendar::new(out, plan, &IcsOptions { stamp, person: None }, previous);
    calendar.head(name)?;
    calendar.finish()
}

struct Calendar<'w> {
    out: &'w mut dyn Write,
    plan: &'w Plan,
    person: Option<PersonId>,
    stamp: NaiveDateTime,
    /// The lines about the stamp, which all events have.
    stamps: String,
    uids: Uids<'w>,
    previous: &'w mut dyn Previous,
    /// The line that is being made.
    line: String,
}

impl<'w> Calendar<'w> {
    fn new(
        out: &'w mut dyn Write,
        plan: &'w Plan,
        options: &IcsOptions,
        previous: &'w mut dyn Previous,
    ) -> Self {
        let (person, stamp) = (options.person, options.stamp);
        Self {
            out,
            plan,
            person,
            stamp,
            stamps: stamps(stamp, 0),
            uids: Uids::new(plan),
            previous,
            line: String::new(),
        }
    }

    fn head(&mut self, name: &str) -> io::Result<()> {
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Milepost//EN",
            "METHOD:PUBLISH",
            "CALSCALE:GREGORIAN",
        ] {
            self.line(line)?;
        }
        // Outlook and Google read the second.
        self.text("NAME:", name)?;
        self.text("X-WR-CALNAME:", name)
    }

    /// Calls off what is gone, and ends the calendar.
    fn finish(self) -> io::Result<()> {
        let Self { out, previous, stamp, mut line, .. } = self;
        previous.gone(&mut |event| {
            out.write_all(b"BEGIN:VEVENT\r\n")?;
            fold(out, &format!("UID:{}", event.uid))?;
            // A calendar takes the word of the higher number. A plan that lost a file may be no younger than before.
            let least = event.sequence.saturating_add(u32::from(!event.cancelled));
            out.write_all(stamps(stamp, least).as_bytes())?;
            fold(out, &format!("DTSTART{}", event.start))?;
            if let Some(end) = &event.end {
                fold(out, &format!("DTEND{end}"))?;
            }
            line.clear();
            line.push_str("SUMMARY:");
            escape(&mut line, &event.summary);
            fold(out, &line)?;
            out.write_all(b"STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n")
        })?;
        fold(out, "END:VCALENDAR")
    }

    /// The events of one day and person, or of the teams that hold something that day.
    fn day(&mut self, rows: &mut [DatedAmount<'_>]) -> io::Result<()> {
        // Teams' rows of a day come by goal; the sort keeps that order within each team.
        rows.sort_by_key(|row| row.team);
        for event in rows.chunk_by(|row, next| row.team == next.team) {
            if let Some(first) = event.first() {
                self.event(first, event)?;
            }
        }
        Ok(())
    }

    fn event(&mut self, first: &DatedAmount<'_>, rows: &[DatedAmount<'_>]) -> io::Result<()> {
        let uid = self.uids.day(first.start, first.person, first.team);
        let summary = self.summary(first, rows);
        let mut description = String::new();
        for row in rows {
            if !description.is_empty() {
                description.push('\n');
            }
            describe(&mut description, self.plan, row);
        }
        self.all_day(&uid, first.start, &summary, &description)
    }

    fn next_step(&mut self, step: &DealStep<'_>) -> io::Result<()> {
        let uid = self.uids.next_step(&step.pipeline.name, &step.deal.name);
        let summary = step.summary(self.plan, self.person.is_none());
        self.all_day(&uid, step.by, &summary, &step.description(self.plan))
    }

    /// An event of one day.
    fn all_day(&mut self, uid: &str, date: NaiveDate, summary: &str, description: &str) -> io::Result<()> {
        self.out.write_all(b"BEGIN:VEVENT\r\n")?;
        self.previous.keeps(uid);
        self.text("UID:", uid)?;
        self.out.write_all(self.stamps.as_bytes())?;
        write!(self.out, "DTSTART;VALUE=DATE:{:08}\r\n", compact(date))?;
        // Years have four digits; an event without an end is one day long as well.
        if let Some(end) = date.succ_opt().filter(|end| end.year() <= 9999) {
            write!(self.out, "DTEND;VALUE=DATE:{:08}\r\n", compact(end))?;
        }
        self.text("SUMMARY:", summary)?;
        if !description.is_empty() {
            self.text("DESCRIPTION:", description)?;
        }
        self.out.write_all(b"TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n")
    }

    /// `刘: visits 5 · calls 20`
    fn summary(&self, first: &DatedAmount<'_>, rows: &[DatedAmount<'_>]) -> String {
        // Readings may be finer than steps, so amounts are added as they are.
        let mut sums: Vec<(MetricId, Exact)> = Vec::new();
        for row in rows {
            let adds = self.plan[row.metric].total == Total::Sum;
            let amount = row.step(self.plan).amount(&IBig::from(row.amount));
            match sums.iter_mut().find(|(metric, other)| *metric == row.metric && (adds || *other == amount))
            {
                Some((_, sum)) if adds => *sum += amount,
                Some(_) => {}
                None => sums.push((row.metric, amount)),
            }
        }
        let mut text = String::new();
        for (metric, amount) in sums.iter().take(IN_SUMMARY) {
            if !text.is_empty() {
                text.push_str(" · ");
            }
            named_amount(&mut text, self.plan, *metric, amount);
        }
        if sums.len() > IN_SUMMARY {
            text.push_str(&format!(" · +{}", sums.len() - IN_SUMMARY));
        }
        let plan = self.plan;
        let person = first
            .person
            .filter(|_| self.person.is_none())
            .map(|id| plan[id].title.as_ref().unwrap_or(&plan[id].name));
        let team = first
            .team
            .filter(|_| first.person.is_none())
            .map(|id| plan[id].title.as_ref().unwrap_or(&plan[id].name));
        match person.or(team) {
            Some(holder) => format!("{}: {text}", holder.trim()),
            None => text,
        }
    }

    /// A property whose value is text.
    fn text(&mut self, property: &str, value: &str) -> io::Result<()> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        line.push_str(property);
        escape(&mut line, value);
        let written = self.line(&line);
        self.line = line;
        written
    }

    /// A line that needs no escapes, folded.
    fn line(&mut self, line: &str) -> io::Result<()> {
        fold(self.out, line)
    }
}

/// The lines about when the plan came to say this. A later stamp has a higher number, so that calendars take
/// a rebuilt event for the newer one; it is `least` at least.
fn stamps(stamp: NaiveDateTime, least: u32) -> String {
    let since = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default().and_time(chrono::NaiveTime::MIN);
    // Readers hold the number in 32 bits, which last until the year 6103.
    let sequence = (stamp - since).num_minutes().max(i64::from(least)).clamp(0, i64::from(i32::MAX));
    let stamp = stamp.format("%Y%m%dT%H%M%SZ");
    format!("DTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\nSEQUENCE:{sequence}\r\n")
}

/// Adds `visits 5 (5 of 100) · Book revenue [win-north.book]`.
fn describe(text: &mut String, plan: &Plan, row: &DatedAmount<'_>) {
    let goal = &plan[row.key_result];
    let exact = |amount: i128| row.step(plan).amount(&IBig::from(amount));
    named_amount(text, plan, row.metric, &exact(row.amount));
    match (plan[row.metric].total, &goal.measure) {
        (Total::Sum, _) => {
            text.push_str(" (");
            amount(text, plan, row.metric, &exact(row.to_date));
            text.push_str(" of ");
            amount(text, plan, row.metric, &exact(row.total));
            text.push(')');
        }
        (Total::Last, Some(Measure { target: Target::Level(_, to), .. })) => {
            let metric = &plan[row.metric];
            text.push_str(&format!(" (on the way to {}", readable(to, metric.step.decimals)));
            unit(text, &metric.unit);
            text.push(')');
        }
        (Total::Last, _) => {}
    }
    if let Some(title) = &goal.title {
        text.push_str(" · ");
        text.push_str(title);
    }
    for part in [" [", &plan[goal.objective].name, ".", &goal.name, "]"] {
        text.push_str(part);
    }
    for more in [row.part, if row.kind == Kind::New { "" } else { row.kind.name() }] {
        if !more.is_empty() {
            text.push_str(" · ");
            text.push_str(more);
        }
    }
}

/// Adds `visits 5` or `revenue 40,000 CNY`.
fn named_amount(text: &mut String, plan: &Plan, id: MetricId, exact: &Exact) {
    let metric = &plan[id];
    text.push_str(metric.title.as_deref().unwrap_or(&metric.name));
    text.push(' ');
    amount(text, plan, id, exact);
    unit(text, &metric.unit);
}

/// Adds an amount; one that was read may be finer than a step.
pub(super) fn amount(text: &mut String, plan: &Plan, id: MetricId, exact: &Exact) {
    let step = &plan[id].step;
    // Counts are most of all amounts and need no arithmetic.
    let small = i64::try_from(exact.numerator()).ok().filter(|count| (0..1000).contains(count));
    match small.filter(|_| step.is_one() && exact.is_int()) {
        Some(count) => text.push_str(&count.to_string()),
        None if step.divides(exact) => text.push_str(&readable(exact, step.decimals)),
        None => text.push_str(&readable(exact, READING_PLACES.max(step.decimals))),
    }
}

/// Adds the unit behind an amount, with the space before it.
pub(super) fn unit(text: &mut String, unit: &MetricUnit) {
    let word = match unit {
        MetricUnit::Money(currency) => &currency.code,
        MetricUnit::Count(Some(word)) => word.as_str(),
        MetricUnit::Count(None) => return,
        MetricUnit::Percent => "%",
    };
    text.push(' ');
    text.push_str(word);
}

/// Adds `text` as a value of type TEXT. What some reader may take for the end of a line is `\n`; other control
/// characters are dropped.
fn escape(line: &mut String, text: &str) {
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => line.push_str("\\\\"),
            ';' => line.push_str("\\;"),
            ',' => line.push_str("\\,"),
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                line.push_str("\\n");
            }
            '\t' => line.push(' '),
            _ if sign.is_control() => {}
            _ => line.push(sign),
        }
    }
}

/// Writes a line in pieces of at most 75 octets.
fn fold(out: &mut dyn Write, line: &str) -> io::Result<()> {
    let (mut rest, mut room) = (line, 75);
    while rest.len() > room {
        let (piece, behind) = rest.split_at(cut(rest, room));
        out.write_all(piece.as_bytes())?;
        out.write_all(b"\r\n ")?;
        // The blank in front is one of the 75.
        (rest, room) = (behind, 74);
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\r\n")
}

/// Where to cut `line`, which is longer than `room`: between characters, and where there is a place nearby,
/// where neither an escape nor what is seen as one character comes apart, nor best of all a blank is at the
/// edge (some readers trim).
fn cut(line: &str, room: usize) -> usize {
    const NEARBY: usize = 40;
    let between = |at: &usize| line.is_char_boundary(*at);
    let whole = |at: &usize, blanks: bool| {
        let (before, after) = line.split_at(*at);
        let escapes = before.len() - before.trim_end_matches('\\').len();
        let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
            return false;
        };
        escapes % 2 == 0 && !joins(last, next) && (blanks || !(last.is_whitespace() || next.is_whitespace()))
    };
    let nearby = || (room - NEARBY..=room).filter(between);
    nearby()
        .rfind(|at| whole(at, false))
        .or_else(|| nearby().rfind(|at| whole(at, true)))
        .or_else(|| (1..=room).rfind(between))
        .unwrap_or(room)
}

/// Whether two characters are seen as one, as far as that shows without tables of them all.
fn joins(last: char, next: char) -> bool {
    const JOINER: char = '\u{200d}';
    let is_flag = |sign: char| matches!(sign, '\u{1f1e6}'..='\u{1f1ff}');
    last == JOINER
        || next == JOINER
        || is_combining_mark(next)
        || matches!(next, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
        || (is_flag(last) && is_flag(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(line: &str) -> String {
        let mut out = Vec::new();
        fold(&mut out, line).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn escaped(text: &str) -> String {
        let mut line = String::new();
        escape(&mut line, text);
        line
    }

    #[test]
    fn lines_are_folded_inside_no_character() {
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
        for filler in ["a", "长", "é", "e\u{301}", family, "🇨🇳", "\\\\", "\\n", " ", "\\, ", "👍🏽"]
        {
            for before in 0..80 {
                let line = format!("{}{}", "x".repeat(before), filler.repeat(60));
                let out = folded(&line);
                assert!(out.ends_with("\r\n"));
                let pieces: Vec<&str> = out.strip_suffix("\r\n").unwrap().split("\r\n").collect();
                assert!(pieces.iter().all(|piece| piece.len() <= 75), "{out}");
                assert!(pieces.iter().skip(1).all(|piece| piece.starts_with(' ')), "{out}");
                let joined: String =
                    pieces.iter().enumerate().map(|(i, p)| if i > 0 { &p[1..] } else { p }).collect();
                assert_eq!(joined, line);
                let blanks = filler.contains(' ');
                for (piece, next) in pieces.iter().zip(pieces.iter().skip(1)) {
                    assert!(blanks || !next[1..].starts_with([' ', '\u{200d}', '\u{301}', '🏽']), "{out}");
                    assert!((piece.len() - piece.trim_end_matches('\\').len()) % 2 == 0, "{out}");
                }
            }
        }
        assert_eq!(folded(&"x".repeat(75)), format!("{}\r\n", "x".repeat(75)));
        assert_eq!(folded(&"x".repeat(76)), format!("{}\r\n x\r\n", "x".repeat(75)));
    }

    #[test]
    fn text_stays_in_its_line() {
        assert_eq!(escaped("a\\b;c,d\ne:\"f\""), "a\\\\b\\;c\\,d\\ne:\"f\"");
        assert_eq!(
            escaped("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{b}g\u{c}h"),
            "a\\nb\\nc\\nd\\ne\\nf\\ng\\nh"
        );
        assert_eq!(escaped("\0\u{7}\u{1b}[31m\u{7f}\u{9f}x\ty"), "[31mx y");
        assert_eq!(escaped("北区\u{200f}é"), "北区\u{200f}é");
    }

    #[test]
    fn a_stamp_counts_minutes_since_2020() {
        let stamp = |text: &str| stamps(text.parse().unwrap(), 7);
        assert_eq!(
            stamp("2026-01-02T03:04:05"),
            "DTSTAMP:20260102T030405Z\r\nLAST-MODIFIED:20260102T030405Z\r\nSEQUENCE:3158104\r\n"
        );
        assert!(stamp("2019-12-31T00:00:00").ends_with("\r\nSEQUENCE:7\r\n"));
        assert!(stamp("9999-12-31T00:00:00").ends_with("\r\nSEQUENCE:2147483647\r\n"));
    }
}
