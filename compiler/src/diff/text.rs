//! A comparison as a page for a terminal.

use super::english::{self, Piece};
use super::headline::headline;
use super::{Diff, PersonEffect};
use crate::harmless::line;
use crate::page::{Page, Role, Style, cut, width};

/// More lines of one kind are only counted, unless all are asked for.
const MOST: usize = 40;

/// Longer texts are cut: a title may be as long as its author likes.
const LONGEST: usize = 160;

/// What changed between `before` and `after`, as they were named, as text; with `all`, what stays as well.
#[must_use]
pub fn write(diff: &Diff, before: &str, after: &str, all: bool, style: Style) -> String {
    let mut writer = Writer { page: Page::new(style), most: if all { usize::MAX } else { MOST } };
    writer.page.words(&format!("{} → {}", line(before), line(after)), 0, Role::Strong);
    if diff.is_empty() {
        writer.page.words(english::NOTHING, 0, Role::Plain);
        writer.spoilt(diff);
        if all {
            writer.people(english::UNCHANGED, &diff.effects.unchanged);
        }
        return writer.page.text;
    }
    writer.page.parts(&headline(diff), 0);
    writer.spoilt(diff);
    writer.changes(diff);
    let effects = &diff.effects;
    writer.table(english::GOALS, &effects.goals, english::goal, english::GOAL_HEADS);
    writer.lines(english::TOTALS, english::totals(effects).into_iter().map(|line| (line, String::new())));
    writer.people(english::PEOPLE, &effects.people);
    writer
        .lines(english::LIMITS, effects.headroom.iter().map(|over| (english::headroom(over), String::new())));
    writer.lines(
        english::MESSAGES,
        effects.said.iter().map(|said| (english::message(said), source(&said.source, !said.is_new))),
    );
    writer.table(english::REACHED, &effects.reached, english::reached, english::REACHED_HEADS);
    if all {
        writer.people(english::UNCHANGED, &effects.unchanged);
    }
    writer.page.text
}

struct Writer {
    page: Page,
    most: usize,
}

/// Where something is said, or was.
fn source(source: &str, is_before: bool) -> String {
    if is_before { format!("was {source}") } else { source.to_owned() }
}

/// A line as a terminal may show it.
fn shown(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Said(said) => cut(&line(said), LONGEST),
    };
    pieces.iter().map(piece).collect()
}

impl Writer {
    fn heading(&mut self, heading: &str) {
        self.page.blank();
        self.page.words(heading, 0, Role::Strong);
    }

    fn spoilt(&mut self, diff: &Diff) {
        for line in english::spoilt(diff) {
            self.page.hanging(&shown(&line), 0, Role::Plain);
        }
    }

    fn changes(&mut self, diff: &Diff) {
        if diff.says_the_same() {
            if diff.effects.reordered {
                self.page.blank();
                self.page.words(english::REORDERED, 0, Role::Plain);
            }
            return;
        }
        let changes = diff
            .changes
            .iter()
            .map(|change| (english::change(change), source(&change.source, change.is_before)));
        let together = english::together(diff).into_iter();
        let together = together.map(|words| (vec![Piece::Words(words)], String::new()));
        self.lines(english::CHANGED, changes.chain(together));
    }

    /// Lines, each with where that is said at its end.
    fn lines(&mut self, heading: &str, lines: impl Iterator<Item = (Vec<Piece>, String)>) {
        let mut left = 0;
        for (index, (pieces, source)) in lines.enumerate() {
            if index == 0 {
                self.heading(heading);
            }
            if index >= self.most {
                left += 1;
                continue;
            }
            let text = shown(&pieces);
            let source = line(&source).into_owned();
            let room = self.page.style.width.saturating_sub(2);
            if !source.is_empty() && width(&text) + 2 + width(&source) <= room {
                let mut row = crate::page::Line::indented(2);
                row.left(&text, width(&text), Role::Plain);
                row.right(&source, room - width(&text), Role::Quiet);
                self.page.line(row);
            } else {
                self.page.hanging(&text, 2, Role::Plain);
                if !source.is_empty() {
                    self.page.words(&source, 4, Role::Quiet);
                }
            }
        }
        self.left_out(left);
    }

    fn left_out(&mut self, left: usize) {
        if left > 0 {
            self.page.words(&format!("{}; `--all` shows them", english::left_out(left)), 2, Role::Quiet);
        }
    }

    /// Rows of cells: each on a line of its own, cells in columns as long as all fit.
    fn table<T, const N: usize>(
        &mut self,
        heading: &str,
        rows: &[T],
        cells: impl Fn(&T) -> Vec<Vec<Piece>>,
        heads: [&str; N],
    ) {
        if rows.is_empty() {
            return;
        }
        self.heading(heading);
        let rows_shown = rows.iter().take(self.most);
        let mut table: Vec<Vec<String>> = vec![heads.iter().map(|head| (*head).to_owned()).collect()];
        table.extend(rows_shown.map(|row| cells(row).iter().map(|cell| shown(cell)).collect()));
        self.columns(&table);
        self.left_out(rows.len().saturating_sub(self.most));
    }

    fn columns(&mut self, table: &[Vec<String>]) {
        let count = table.iter().map(Vec::len).max().unwrap_or(0);
        let of = |column: usize| table.iter().filter_map(move |row| row.get(column));
        let widths: Vec<usize> =
            (0..count).map(|column| of(column).map(|cell| width(cell)).max().unwrap_or(0)).collect();
        // A column that no row has anything in is not there.
        let there = |column: usize| of(column).skip(1).any(|cell| !cell.is_empty());
        let columns: Vec<usize> = (0..count).filter(|column| there(*column)).collect();
        let wide: usize =
            columns.iter().filter_map(|column| widths.get(*column)).map(|width| width + 2).sum();
        if wide > self.page.style.width {
            // Nothing is cut: what does not fit side by side stands one below the other.
            for row in table.iter().skip(1) {
                let heads = table.first().map(Vec::as_slice).unwrap_or_default();
                let name: Vec<&str> =
                    row.iter().take(2).map(String::as_str).filter(|cell| !cell.is_empty()).collect();
                self.page.hanging(&name.join("  "), 2, Role::Plain);
                let more = row.iter().zip(heads).skip(2).filter(|(cell, _)| !cell.is_empty());
                let more: Vec<String> =
                    more.map(|(cell, head)| format!("{} {cell}", head.to_lowercase())).collect();
                self.page.parts(&more, 4);
            }
            return;
        }
        for (index, row) in table.iter().enumerate() {
            let role = if index == 0 { Role::Quiet } else { Role::Plain };
            let mut out = crate::page::Line::indented(2);
            for column in &columns {
                let (cell, width) =
                    (row.get(*column).map_or("", String::as_str), widths.get(*column).copied());
                out.left(cell, width.unwrap_or(0) + 2, role);
            }
            self.page.line(out);
        }
    }

    fn people(&mut self, heading: &str, people: &[PersonEffect]) {
        self.table(heading, people, english::person, english::PERSON_HEADS);
    }
}
