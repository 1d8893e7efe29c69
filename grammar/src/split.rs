//! Cutting a file into its top-level items, so that an edit re-parses only the item it touches.

use std::ops::Range;

use crate::keyword::{self, Block};
use crate::scan::{MarkKind, Scanner, braces};

/// The ranges of the top-level items of `text`, in order; comments and blank lines between are left out.
///
/// An item ends with the `}` of its block, or, without one, at its line's end or a `;`. Where the braces of
/// the file do not balance as a whole, an item whose `}` is missing ends before the next line that opens a
/// declaration in its first column, or with a `}` there. Takes time linear in the length of the text.
#[must_use]
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut cutter = Cutter::new(text, false);
    cutter.run();
    if !cutter.balanced {
        cutter = Cutter::new(text, true);
        cutter.run();
    }
    cutter.items
}

/// Whether every brace of the file has its counterpart, so that lines and columns do not matter to [`split`].
pub(crate) fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for mark in braces(text) {
        match mark.kind {
            MarkKind::Close if depth == 0 => return false,
            MarkKind::Close => depth -= 1,
            _ => depth += 1,
        }
    }
    depth == 0
}

struct Cutter<'t> {
    text: &'t str,
    /// Whether items that are still open end where they look as if they did.
    recover: bool,
    items: Vec<Range<usize>>,
    /// The item under way: where it starts and where its last mark ended.
    item: Option<Range<usize>>,
    depth: usize,
    line_start: usize,
    /// Whether what is in the item's block is indented; not known before its second line.
    indented: Option<bool>,
    balanced: bool,
}

impl<'t> Cutter<'t> {
    fn new(text: &'t str, recover: bool) -> Self {
        Self {
            text,
            recover,
            items: Vec::new(),
            item: None,
            depth: 0,
            line_start: 0,
            indented: None,
            balanced: true,
        }
    }

    fn run(&mut self) {
        let mut after_comma = false;
        for mark in Scanner::new(self.text) {
            let was_comma = std::mem::replace(&mut after_comma, mark.kind == MarkKind::Comma);
            match mark.kind {
                MarkKind::Open => {
                    self.depth += 1;
                    self.extend(&mark.range);
                }
                MarkKind::Close if self.depth == 0 => {
                    self.balanced = false;
                    self.finish();
                    self.items.push(mark.range);
                }
                MarkKind::Close => {
                    self.depth -= 1;
                    let ends = self.depth == 0 || self.ends_in_first_column(mark.range.start);
                    self.extend(&mark.range);
                    if ends {
                        self.finish();
                    }
                }
                MarkKind::Semicolon if self.depth == 0 => self.finish(),
                MarkKind::LineEnd => {
                    after_comma = was_comma && self.depth == 0;
                    self.line_start = mark.range.end;
                    self.line_end(was_comma);
                }
                MarkKind::Comment => after_comma = was_comma,
                _ => self.extend(&mark.range),
            }
        }
        if self.depth > 0 {
            self.balanced = false;
        }
        self.finish();
    }

    /// Whether a `}` in the first column ends an item although blocks within are open: what they hold is
    /// indented, so theirs are the braces that were forgotten.
    fn ends_in_first_column(&self, close: usize) -> bool {
        self.recover && self.indented == Some(true) && close == self.line_start
    }

    fn line_end(&mut self, after_comma: bool) {
        if self.item.is_none() {
            return;
        }
        let next = self.text.get(self.line_start..).unwrap_or("");
        if self.depth == 0 {
            if !after_comma || opens_declaration(next) {
                self.finish();
            }
        } else if self.recover && opens_declaration(next) {
            self.finish();
        }
    }

    fn extend(&mut self, range: &Range<usize>) {
        match &mut self.item {
            Some(item) => item.end = range.end,
            None => self.item = Some(range.clone()),
        }
        if self.depth > 0
            && self.indented.is_none()
            && self.item.as_ref().is_some_and(|item| item.start < self.line_start)
        {
            self.indented = Some(range.start > self.line_start);
        }
    }

    fn finish(&mut self) {
        self.depth = 0;
        self.indented = None;
        self.items.extend(self.item.take());
    }
}

/// Whether the line opens a declaration in its first column: a keyword of the top level, and a `{` later on.
fn opens_declaration(text: &str) -> bool {
    let word = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or("");
    if keyword::in_block(word, Block::File).is_none() {
        return false;
    }
    Scanner::new(text)
        .map(|mark| mark.kind)
        .find(|kind| !matches!(kind, MarkKind::Word | MarkKind::String | MarkKind::Comma))
        == Some(MarkKind::Open)
}
