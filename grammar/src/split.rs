//! Cutting a file into its top-level items, so that an edit re-parses only the item it touches.

use std::ops::Range;

use crate::keyword::{self, Block};
use crate::scan::{MarkKind, Scanner};

/// The ranges of the top-level items of `text`, in order; comments and blank lines between are left out.
///
/// An item ends with the `}` of its block, or, without one, at its line's end or a `;`. Where the braces of
/// the file do not balance as a whole, an item whose `}` is missing ends before the next line that opens a
/// declaration in its first column. Takes time linear in the length of the text.
#[must_use]
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut cutter = Cutter::new(text, false);
    cutter.run();
    if cutter.balanced {
        return cutter.items;
    }
    let mut cutter = Cutter::new(text, true);
    cutter.run();
    cutter.items
}

struct Cutter<'t> {
    text: &'t str,
    /// Whether a declaration in the first column ends an item that is still open.
    recover: bool,
    items: Vec<Range<usize>>,
    /// The item under way: where it starts and where its last mark ended.
    item: Option<Range<usize>>,
    depth: usize,
    balanced: bool,
}

impl<'t> Cutter<'t> {
    fn new(text: &'t str, recover: bool) -> Self {
        Self { text, recover, items: Vec::new(), item: None, depth: 0, balanced: true }
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
                    self.extend(&mark.range);
                    if self.depth == 0 {
                        self.finish();
                    }
                }
                MarkKind::Semicolon if self.depth == 0 => self.finish(),
                MarkKind::LineEnd => {
                    after_comma = was_comma && self.depth == 0;
                    self.line_end(mark.range.end, was_comma);
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

    fn line_end(&mut self, next_line: usize, after_comma: bool) {
        if self.item.is_none() {
            return;
        }
        let next = self.text.get(next_line..).unwrap_or("");
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
    }

    fn finish(&mut self) {
        self.depth = 0;
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
