//! Forgotten braces: where they probably belong.
//!
//! An item whose braces do not balance is read as if each missing `}` stood where the indentation says. The
//! place is marked by U+001D in a copy of the text, put over a space of the indentation, so that all positions
//! stay as they are.

use std::borrow::Cow;
use std::ops::Range;

use crate::error::SyntaxError;
use crate::message::Message;
use crate::scan::{Mark, MarkKind, Scanner, braces};
use crate::span::Span;

/// How deep blocks may nest.
pub(crate) const DEPTH: usize = 64;

/// The mark of a forgotten brace; the grammar's rule `close` knows it.
const FORGOTTEN: char = '\u{1d}';
/// What stands for that character where somebody wrote it.
const WRITTEN: &str = "\u{1a}";

/// A text to parse in place of an item's own; both are as long as that, byte for byte.
pub(super) struct Recovered<'t> {
    /// What the parser reads.
    pub(super) parsed: Cow<'t, str>,
    /// What the tree is built from: the same without what stands for forgotten braces.
    pub(super) text: Cow<'t, str>,
    /// The braces that are missing or too many.
    pub(super) errors: Vec<SyntaxError>,
}

/// Finds the braces that were forgotten or are too many, or says that blocks are nested too deep.
pub(super) fn recover(text: &str) -> Result<Recovered<'_>, SyntaxError> {
    let (missing, surplus) = count(text)?;
    let stray = |range: &Range<usize>| {
        SyntaxError::new(Span::new(range.start, range.end), Message::StrayBrace).replace("")
    };
    let mut errors: Vec<SyntaxError> = surplus.iter().map(stray).collect();
    let own = if surplus.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(blanked(text, &surplus)) };
    let mut parsed = own.clone();
    if parsed.contains(FORGOTTEN) {
        parsed = Cow::Owned(parsed.replace(FORGOTTEN, WRITTEN));
    }
    if missing > 0 {
        let mut search = Search { text: &own, missing, ..Search::default() };
        search.run();
        if search.overrun {
            search = Search { text: &own, missing: 0, ..Search::default() };
            search.run();
        }
        errors.append(&mut search.errors);
        for at in search.forgotten {
            // Each is a space or a tab of an indentation.
            if parsed.get(at..=at).is_some_and(|space| matches!(space, " " | "\t")) {
                parsed.to_mut().replace_range(at..=at, "\u{1d}");
            }
        }
    }
    Ok(Recovered { parsed, text: own, errors })
}

/// The text with spaces in place of the ranges.
fn blanked(text: &str, ranges: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    for range in ranges {
        out.push_str(text.get(out.len()..range.start).unwrap_or(""));
        out.extend(std::iter::repeat_n(' ', range.len()));
    }
    out.push_str(text.get(out.len()..).unwrap_or(""));
    out
}

/// How many blocks are open at the end, and the braces that close the outermost block before that.
fn count(text: &str) -> Result<(usize, Vec<Range<usize>>), SyntaxError> {
    let mut depth = 0_usize;
    let mut surplus = Vec::new();
    for mark in braces(text) {
        match mark.kind {
            MarkKind::Open if depth == DEPTH => {
                let span = Span::new(mark.range.start, mark.range.end);
                return Err(SyntaxError::new(span, Message::TooDeep { limit: DEPTH }));
            }
            MarkKind::Open => depth += 1,
            _ if depth == 1 && mark.range.end < text.len() => surplus.push(mark.range),
            _ => depth = depth.saturating_sub(1),
        }
    }
    Ok((depth, surplus))
}

/// A block that is open.
struct Open {
    brace: Span,
    /// The line it was opened on.
    line: usize,
    indent: usize,
}

/// Goes through the lines of an item and closes blocks that its indentation says are over.
#[derive(Default)]
struct Search<'t> {
    text: &'t str,
    /// How many braces are still to be found; none where the indentation is not to be believed.
    missing: usize,
    /// Whether something stands behind the last `}`: a brace was put where it does not belong.
    overrun: bool,
    /// Whether the outermost block was closed.
    closed: bool,
    open: Vec<Open>,
    line: usize,
    line_start: usize,
    indent: usize,
    /// Whether what is in the outermost block is indented at all.
    indented: Option<bool>,
    /// The end of the last mark that was no line end.
    last: usize,
    last_line: usize,
    last_is_comment: bool,
    forgotten: Vec<usize>,
    errors: Vec<SyntaxError>,
}

impl Search<'_> {
    fn run(&mut self) {
        let mut starts_line = false;
        let mut after_comma = false;
        for mark in Scanner::new(self.text) {
            match mark.kind {
                MarkKind::LineEnd => {
                    self.line += 1;
                    self.line_start = mark.range.end;
                    starts_line = true;
                    continue;
                }
                MarkKind::Comment => {}
                kind => {
                    self.overrun |= self.closed;
                    if starts_line && !after_comma {
                        self.line_begins(&mark);
                    }
                    after_comma = kind == MarkKind::Comma;
                    match kind {
                        MarkKind::Open => self.open.push(Open {
                            brace: Span::new(mark.range.start, mark.range.end),
                            line: self.line,
                            indent: self.indent,
                        }),
                        MarkKind::Close => {
                            self.open.pop();
                            self.closed = self.open.is_empty();
                        }
                        _ => {}
                    }
                }
            }
            starts_line = false;
            self.last = mark.range.end;
            self.last_line = self.line;
            self.last_is_comment = mark.kind == MarkKind::Comment;
        }
        while let Some(open) = self.open.pop() {
            self.report(&open);
        }
    }

    /// Closes what the first mark of a line, by its indentation, is no longer part of.
    fn line_begins(&mut self, mark: &Mark) {
        let indentation = self.text.get(self.line_start..mark.range.start).unwrap_or("");
        self.indent = indentation.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let closes = mark.kind == MarkKind::Close;
        if !closes && self.indented.is_none() && !self.open.is_empty() {
            self.indented = Some(self.indent > 0);
        }
        if self.indented == Some(false) {
            return;
        }
        let mut at = self.line_start;
        while self.missing > 0 && self.open.len() > 1 {
            let over = self.open.last().is_some_and(|open| {
                open.line < self.line
                    && if closes { open.indent > self.indent } else { open.indent >= self.indent }
            });
            if !over {
                return;
            }
            let Some(open) = self.open.pop() else { return };
            self.missing -= 1;
            self.report(&open);
            // A `}` in the first column closes one block and the item's end the others.
            if at < mark.range.start {
                self.forgotten.push(at);
                at += 1;
            }
        }
    }

    fn report(&mut self, open: &Open) {
        let end = Span::new(self.last, self.last);
        let brace = if open.line == self.last_line && !self.last_is_comment {
            " }".to_owned()
        } else {
            format!("\n{}}}", " ".repeat(open.indent))
        };
        self.errors.push(SyntaxError::new(open.brace, Message::UnclosedBlock).fix(end, brace));
    }
}
