//! Cutting a file into its top-level items, so that an edit re-parses only the item it touches.

use std::ops::Range;

use crate::keyword::{self, Block};
use crate::scan::{Mark, MarkKind, Scanner, braces};

/// The ranges of the top-level items of `text`, in order; comments and blank lines between are left out.
///
/// An item ends with the `}` of its block, or, without one, at its line's end or a `;`. Where the braces of
/// the file do not balance as a whole, an item whose `}` is missing ends before the next line that opens a
/// declaration in its first column, or with a `}` there; and a `}` that is one too many within an item does not end it
/// if indented lines follow. Takes time linear in the length of the text.
#[must_use]
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut cutter = Cutter::new(text, false, 0);
    cutter.run(|_| false);
    if !cutter.balanced {
        cutter = Cutter::new(text, true, 0);
        cutter.run(|_| false);
    }
    cutter.items
}

/// Whether every brace of the file has its counterpart, so that lines and columns do not matter to [`split()`].
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

/// Cuts a text, mark by mark. Between two items it knows nothing but where the line began.
pub(crate) struct Cutter<'t> {
    text: &'t str,
    marks: Scanner<'t>,
    after_comma: bool,
    /// Whether items that are still open end where they look as if they did.
    recover: bool,
    pub(crate) items: Vec<Range<usize>>,
    /// The item under way: where it starts and where its last mark ended.
    item: Option<Range<usize>>,
    depth: usize,
    pub(crate) line_start: usize,
    /// How far the item's first line is indented.
    indent: usize,
    /// Whether what is in the item's block is indented further; not known before its second line.
    indented: Option<bool>,
    /// Whether the item's last `}` was indented, so that it may be one too many.
    closed_within: bool,
    pub(crate) balanced: bool,
}

impl<'t> Cutter<'t> {
    /// Starts at `at`, where an item has ended, or at 0.
    pub(crate) fn new(text: &'t str, recover: bool, at: usize) -> Self {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let line_start =
            before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
        Self {
            text,
            marks: Scanner::at(text, at),
            after_comma: false,
            recover,
            items: Vec::new(),
            item: None,
            depth: 0,
            line_start,
            indent: 0,
            indented: None,
            closed_within: false,
            balanced: true,
        }
    }

    /// Cuts until `stop` says so, which is asked wherever an item may have ended; else to the text's end.
    pub(crate) fn run(&mut self, mut stop: impl FnMut(&Self) -> bool) {
        while let Some(mark) = self.marks.next() {
            self.take(mark);
            if self.item.is_none() && stop(self) {
                return;
            }
        }
        if self.depth > 0 {
            self.balanced = false;
        }
        self.finish();
    }

    fn take(&mut self, mark: Mark) {
        let was_comma = std::mem::replace(&mut self.after_comma, mark.kind == MarkKind::Comma);
        self.goes_on(&mark);
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
                let first_column = self.recover && mark.range.start == self.line_start;
                let indented = self.indented == Some(true);
                self.extend(&mark.range);
                // A `}` in the first column ends an item although blocks within are open: what they hold is
                // indented, so theirs are the braces that were forgotten.
                if first_column && indented || self.depth == 0 && !(self.recover && indented) {
                    self.finish();
                } else {
                    self.closed_within = self.depth == 0;
                }
            }
            MarkKind::Semicolon if self.depth == 0 => self.finish(),
            MarkKind::LineEnd => {
                self.after_comma = was_comma && self.depth == 0;
                self.line_start = mark.range.end;
                self.line_end(was_comma);
            }
            MarkKind::Comment => self.after_comma = was_comma,
            _ => self.extend(&mark.range),
        }
    }

    /// Decides, when the next mark is seen, whether the item ended with its last `}`: not if what follows on
    /// another line is indented further than the item, because then that brace was one too many.
    fn goes_on(&mut self, next: &Mark) {
        if !self.closed_within || matches!(next.kind, MarkKind::LineEnd | MarkKind::Comment) {
            return;
        }
        self.closed_within = false;
        let other_line = self.item.as_ref().is_some_and(|item| item.end < self.line_start);
        if other_line && next.range.start - self.line_start > self.indent {
            self.depth = 1;
        } else {
            self.finish();
        }
    }

    fn line_end(&mut self, after_comma: bool) {
        if self.item.is_none() || self.closed_within {
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
            None => {
                self.indent = range.start - self.line_start;
                self.item = Some(range.clone());
            }
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
        self.closed_within = false;
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
