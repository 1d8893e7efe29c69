//! A comparison as Markdown that fits into a comment on a pull request: headline first, tables folded away, cut at whole rows.
//!
//! What plans bring themselves stands in code spans, where nothing of it is markup, a link, or calls anybody.

use super::Diff;
use super::english::{self, Piece};
use super::headline::headline;
use crate::diagnostic::Severity;
use crate::harmless::line;
use crate::page::cut;

/// The most a comment may have on GitHub, in UTF-16 units.
pub const MOST: usize = 65_536;

/// The least that makes sense.
pub const LEAST: usize = 1_000;

/// Kept for the note of what is left out.
const RESERVE: usize = 200;

/// The first line, by which whoever posts the comment finds the one to replace.
pub const MARK: &str = "<!-- milepost diff -->";

/// Changes up to this many stand open, more are folded away.
const OPEN: usize = 12;

/// So many lines tell what weighs most.
const WEIGHTIEST: usize = 5;

/// Longer texts are cut.
const LONGEST: usize = 120;

/// What changed between `before` and `after`, as they were named, in at most `room` UTF-16 units, or in [`LEAST`] if that is more; with
/// `all`, what stays as well.
#[must_use]
pub fn write(diff: &Diff, before: &str, after: &str, all: bool, room: usize) -> String {
    let room = room.max(LEAST);
    let mut page = Page { text: String::new(), left: room - RESERVE, left_out: 0 };
    page.push(&format!("{MARK}\n### Milepost: {} → {}\n", code(before), code(after)));
    let mut more = Vec::new();
    let spoilt = |page: &mut Page| {
        for line in english::spoilt(diff) {
            page.push(&format!("\n{}\n", shown(&line, false)));
        }
    };
    if diff.is_empty() {
        page.push(&format!("\n**{}**\n", capital(english::NOTHING)));
        spoilt(&mut page);
    } else {
        let headline = headline(diff);
        let (first, rest) =
            headline.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        let rest = rest.iter().map(|part| format!(" · {part}")).collect::<String>();
        page.push(&format!("\n**{first}**{rest}\n"));
        spoilt(&mut page);
        more = page.changes(diff);
        page.most(diff);
    }
    let effects = &diff.effects;
    page.table(english::GOALS, &effects.goals, english::goal, english::GOAL_HEADS);
    let limits: Vec<String> =
        effects.headroom.iter().map(|over| shown(&english::headroom(over), false)).collect();
    page.list(english::LIMITS, &limits);
    let said = |said: &super::SaidEffect| {
        format!("{} ({})", shown(&english::message(said), false), source(&said.source, !said.is_new))
    };
    let messages: Vec<String> = effects.said.iter().map(said).collect();
    page.list(english::MESSAGES, &messages);
    // The longest comes behind what must not be cut.
    page.table(english::PEOPLE, &effects.people, english::person, english::PERSON_HEADS);
    page.table(english::REACHED, &effects.reached, english::reached, english::REACHED_HEADS);
    page.list("More of what changed", &more);
    if all {
        page.table(english::UNCHANGED, &effects.unchanged, english::person, english::PERSON_HEADS);
    }
    if page.left_out > 0 {
        let note = format!(
            "\n{}: a comment has room for {room} characters.\n",
            capital(&english::left_out(page.left_out))
        );
        page.text.push_str(&note);
    }
    page.text
}

struct Page {
    text: String,
    /// How many UTF-16 units there is room for.
    left: usize,
    /// How many rows did not fit.
    left_out: usize,
}

impl Page {
    /// Adds a piece whole, or not at all.
    fn push(&mut self, text: &str) -> bool {
        let size = text.encode_utf16().count();
        let fits = size <= self.left;
        if fits {
            self.left -= size;
            self.text.push_str(text);
        }
        fits
    }

    /// Adds rows between what opens and closes them.
    fn rows(&mut self, open: &str, rows: impl Iterator<Item = String>, close: &str) {
        let closing = close.encode_utf16().count();
        if self.left < closing
            || !{
                self.left -= closing;
                self.push(open)
            }
        {
            self.left_out += rows.count();
            return;
        }
        let mut full = false;
        for row in rows {
            full = full || !self.push(&row);
            self.left_out += usize::from(full);
        }
        self.text.push_str(close);
    }

    /// What changed, up to as much as can be read at once; the rest.
    fn changes(&mut self, diff: &Diff) -> Vec<String> {
        if diff.says_the_same() {
            if diff.effects.reordered {
                self.push(&format!("\n{}\n", english::REORDERED));
            }
            return Vec::new();
        }
        let line = |change: &super::Change| {
            let place = source(&change.source, change.is_before);
            format!("{} ({place})", shown(&english::change(change), false))
        };
        let mut lines: Vec<String> = diff.changes.iter().map(line).chain(english::together(diff)).collect();
        let rest = lines.split_off(lines.len().min(OPEN));
        let mut open: Vec<String> = lines.iter().map(|line| format!("- {line}\n")).collect();
        if !rest.is_empty() {
            open.push(format!("- and {} more, folded away below\n", rest.len()));
        }
        self.rows(&format!("\n**{}**\n\n", english::CHANGED), open.into_iter(), "");
        rest
    }

    /// What weighs most, open to be read: what all together do, of each person one line, who is over a limit, and errors.
    fn most(&mut self, diff: &Diff) {
        let effects = &diff.effects;
        let totals = english::totals(effects).into_iter().take(WEIGHTIEST).map(|mut line| {
            line.insert(0, Piece::Words("all together: ".to_owned()));
            line
        });
        let over = effects.headroom.iter().take(WEIGHTIEST).map(english::headroom);
        // Who is asked for too much is told above.
        let is_error = |said: &&super::SaidEffect| {
            said.is_new && said.severity == Severity::Error && said.code != "smart::attainable::ceiling"
        };
        let errors = effects.said.iter().filter(is_error).take(WEIGHTIEST).map(english::message);
        let lines = totals.chain(english::most(effects, WEIGHTIEST)).chain(over).chain(errors);
        let lines: Vec<String> = lines.map(|line| format!("- {}\n", shown(&line, false))).collect();
        if !lines.is_empty() {
            self.rows(&format!("\n**{}**\n\n", english::DOES), lines.into_iter(), "");
        }
    }

    fn list(&mut self, heading: &str, lines: &[String]) {
        if !lines.is_empty() {
            let open = format!("\n<details><summary>{heading} ({})</summary>\n\n", lines.len());
            self.rows(&open, lines.iter().map(|line| format!("- {line}\n")), "\n</details>\n");
        }
    }

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
        let bars = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        let rule: Vec<String> = heads.iter().map(|_| "---".to_owned()).collect();
        let open = format!(
            "\n<details><summary>{heading} ({})</summary>\n\n{}{}",
            rows.len(),
            bars(&heads),
            bars(&rule)
        );
        let rows = rows.iter().map(|row| {
            let cells: Vec<String> = cells(row).iter().map(|cell| shown(cell, true)).collect();
            bars(&cells)
        });
        self.rows(&open, rows, "\n</details>\n");
    }
}

/// Where something is said, or was.
fn source(source: &str, is_before: bool) -> String {
    if is_before { format!("was {}", code(source)) } else { code(source) }
}

/// A line of which nothing that a plan says is markup.
fn shown(pieces: &[Piece], in_table: bool) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        // A bar would end the cell, also inside a code span.
        Piece::Said(said) if in_table => code(said).replace('|', "\\|"),
        Piece::Said(said) => code(said),
    };
    pieces.iter().map(piece).collect()
}

/// A text in a code span.
fn code(text: &str) -> String {
    let text = cut(&line(text.trim()), LONGEST);
    if text.is_empty() {
        return String::new();
    }
    // Numbers and dates are easier to read without.
    if text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '+' | '-' | '.' | ',' | '%' | ' '))
        && !text.starts_with(['+', '-'])
    {
        return text;
    }
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}
