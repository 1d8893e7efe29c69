//! Texts with what is wrong with them written beneath each line.
//!
//! A file of `tests/fixtures` has sections that start with `#--- NAME`. Beneath a line stand the errors about it,
//! carets under what they point at:
//!
//! ```text
//!   calender china
//! # ^^^^^^^^ error[syntax::unknown-statement]: `calender` is not a statement of a plan
//! # ^^^^^^^^ help: did you mean `calendar`?
//! # ^^^^^^^^ fix: calendar
//! ```
//!
//! Carets are counted in columns of a terminal; `|` points between two characters, a span of several lines ends in
//! `…`, and a `#` directly before a caret is one itself, for spans from the first column. The files are matched exactly
//! both ways: what they should be is made from what is said, and `UPDATE_EXPECT=1` writes it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use milepost_grammar::{LineIndex, Message, format, parse};

use crate::samples::meaning;

/// What nothing that [`parse`] cuts out of a file can bring about.
const WITHOUT_FIXTURE: &[&str] = &["syntax::leftover"];

struct Section {
    head: String,
    lines: Vec<String>,
}

impl Section {
    fn text(&self) -> String {
        let mut text = self.lines.join("\n").trim_end_matches('\n').to_owned();
        text.push('\n');
        text
    }
}

fn fixture_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "plan"));
    files.sort();
    files
}

fn is_note(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#') else { return false };
    let rest = rest.trim_start_matches(' ');
    let after = rest.trim_start_matches(['^', '|']);
    after.len() < rest.len()
        && [" error[", " help: ", " fix: "].iter().any(|kind| after.trim_start_matches('…').starts_with(kind))
}

/// What stands before the first section, and the sections without their notes.
fn sections(text: &str) -> (String, Vec<Section>) {
    let mut head = String::new();
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines() {
        if line.starts_with("#--- ") {
            sections.push(Section { head: line.to_owned(), lines: Vec::new() });
        } else if let Some(section) = sections.last_mut() {
            if !is_note(line) {
                section.lines.push(line.to_owned());
            }
        } else {
            writeln!(head, "{line}").unwrap();
        }
    }
    (head, sections)
}

fn width(text: &str) -> usize {
    text.chars()
        .map(
            |c| {
                if matches!(u32::from(c), 0x2e80..=0xd7a3 | 0xff00..=0xff60 | 0xffe0..=0xffe6) {
                    2
                } else {
                    1
                }
            },
        )
        .sum()
}

fn carets(text: &str, index: &LineIndex, range: Range<usize>) -> String {
    let start = index.start(index.line(range.start));
    let before = width(&text[start..range.start]);
    let covered = text[range].trim_end();
    let mut signs = "^".repeat(width(covered.lines().next().unwrap_or_default()));
    if signs.is_empty() {
        signs.push('|');
    }
    if covered.lines().count() > 1 {
        signs.push('…');
    }
    match before {
        0 if signs.len() == 1 => "#^".to_owned(),
        0 => format!("#{}", signs.chars().skip(1).collect::<String>()),
        _ => format!("#{}{signs}", " ".repeat(before - 1)),
    }
}

/// The section as it should be, and the codes in it.
fn annotated(section: &Section) -> (String, BTreeSet<&'static str>) {
    let text = section.text();
    let index = LineIndex::new(&text);
    let mut notes: Vec<(u32, String)> = Vec::new();
    let mut codes = BTreeSet::new();
    for (offset, error) in parse(&text).errors() {
        codes.insert(error.message.code());
        let range = error.span.at(offset);
        let line = index.line(range.start);
        let signs = carets(&text, &index, range);
        notes.push((line, format!("{signs} error[{}]: {}", error.message.code(), error.message.text())));
        if let Some(help) = error.message.help() {
            notes.push((line, format!("{signs} help: {help}")));
        }
        if let Some(fix) = &error.fix {
            let range = fix.span.at(offset);
            let line = index.line(range.start);
            let signs = carets(&text, &index, range);
            notes.push((line, format!("{signs} fix: {}", fix.replacement.escape_debug())));
        }
    }
    let mut out = format!("{}\n", section.head);
    for (number, line) in (0..).zip(&section.lines) {
        writeln!(out, "{line}").unwrap();
        for (_, note) in notes.extract_if(.., |(line, _)| *line == number) {
            writeln!(out, "{note}").unwrap();
        }
    }
    assert!(notes.is_empty(), "{}: {notes:?}", section.head);
    (out, codes)
}

#[test]
fn every_fixture_says_exactly_what_is_said() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for path in fixture_files() {
        let text = fs::read_to_string(&path).unwrap();
        let (head, sections) = sections(&text);
        let expected: String =
            std::iter::once(head).chain(sections.iter().map(|section| annotated(section).0)).collect();
        if text == expected {
            continue;
        }
        if update {
            fs::write(&path, expected).unwrap();
            continue;
        }
        writeln!(wrong, "{}:", path.display()).unwrap();
        let (old, new): (Vec<_>, Vec<_>) = (text.lines().collect(), expected.lines().collect());
        let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        for (sign, lines) in [('-', &old), ('+', &new)] {
            for line in lines.iter().skip(same.saturating_sub(1)).take(6) {
                writeln!(wrong, "{sign} {line}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE_EXPECT=1 and look at the difference:\n{wrong}");
}

#[test]
fn every_code_has_a_fixture() {
    let mut seen = BTreeSet::new();
    for path in fixture_files() {
        for section in sections(&fs::read_to_string(path).unwrap()).1 {
            seen.extend(annotated(&section).1);
        }
    }
    let missing: Vec<_> = Message::CODES.iter().filter(|code| !seen.contains(**code)).collect();
    assert_eq!(missing, WITHOUT_FIXTURE.iter().collect::<Vec<_>>());
    let unknown: Vec<_> = seen.iter().filter(|code| !Message::CODES.contains(code)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn fixtures_mean_the_same_when_formatted() {
    for path in fixture_files() {
        for section in sections(&fs::read_to_string(path).unwrap()).1 {
            let text = section.text();
            let formatted = format(&text);
            assert_eq!(meaning(&formatted), meaning(&text), "{}", section.head);
            assert_eq!(format(&formatted), formatted, "{}", section.head);
        }
    }
}

/// A fix that replaces something leaves no error of that kind behind.
#[test]
fn fixes_mend() {
    for path in fixture_files() {
        for section in sections(&fs::read_to_string(path).unwrap()).1 {
            let text = section.text();
            let parsed = parse(&text);
            for (offset, error) in parsed.errors() {
                let Some(fix) = &error.fix else { continue };
                let mut mended = text.clone();
                mended.replace_range(fix.span.at(offset), &fix.replacement);
                let after =
                    parse(&mended).errors().filter(|(_, other)| other.message == error.message).count();
                let same = parsed.errors().filter(|(_, other)| other.message == error.message).count();
                assert!(after < same, "{}: {:?} mends nothing in\n{mended}", section.head, error);
            }
        }
    }
}
