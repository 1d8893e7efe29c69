//! Bytes to lines and columns and back.

use crate::cut::Edit;

/// Where the lines of a text start. LF, CRLF and a lone CR end a line.
///
/// Lines and columns count from 0. Look-ups take time logarithmic in the number of lines, plus the length of
/// the line where characters must be counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LineIndex {
    /// The first byte of every line but the first.
    starts: Vec<u32>,
    len: u32,
}

/// A place in a text, counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// How many characters, or UTF-16 units, of the line stand before it.
    pub column: u32,
}

impl LineIndex {
    /// The lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::new();
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let end = match byte {
                b'\n' => at + 1,
                b'\r' if bytes.next_if(|&(_, next)| next == b'\n').is_some() => at + 2,
                b'\r' => at + 1,
                _ => continue,
            };
            starts.push(narrow(end));
        }
        Self { starts, len: narrow(text.len()) }
    }

    /// Brings the index up to `text`, which is the text before with `edit` made.
    pub fn edit(&mut self, text: &str, edit: Edit) {
        // A line end may have been CR, LF or both: the lines around are looked at again, whole.
        let first = self.starts.partition_point(|start| (*start as usize) < edit.start);
        let first = first.saturating_sub(1);
        let from =
            first.checked_sub(1).and_then(|before| self.starts.get(before)).copied().unwrap_or(0) as usize;
        let last = self.starts.partition_point(|start| *start as usize <= edit.old_end + 1);
        let kept = self.starts.get(last).copied().unwrap_or(self.len) as usize;
        let to = edit.shift(kept);
        let between = text.get(from..to).map(Self::new).unwrap_or_default();
        if let Some(tail) = self.starts.get_mut(last..) {
            tail.iter_mut().for_each(|start| *start = narrow(edit.shift(*start as usize)));
        }
        let mut inner: Vec<u32> = between.starts.iter().map(|start| start + narrow(from)).collect();
        // Where the text before ended with a line end, that line is known; so is the one behind.
        if last < self.starts.len() && inner.last() == Some(&narrow(to)) {
            inner.pop();
        }
        self.starts.splice(first..last, inner);
        self.len = narrow(text.len());
    }

    /// How many lines there are; a text has at least one.
    #[must_use]
    pub fn lines(&self) -> u32 {
        narrow(self.starts.len()) + 1
    }

    /// The line that byte `offset` lies in.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        let offset = narrow(offset);
        narrow(self.starts.partition_point(|&start| start <= offset))
    }

    /// The first byte of a line; past the last line, the length of the text.
    #[must_use]
    pub fn start(&self, line: u32) -> usize {
        match line.checked_sub(1) {
            None => 0,
            Some(before) => self.starts.get(before as usize).copied().unwrap_or(self.len) as usize,
        }
    }

    /// The bytes of a line, its end included.
    #[must_use]
    pub fn range(&self, line: u32) -> std::ops::Range<usize> {
        let end = self.starts.get(line as usize).copied().unwrap_or(self.len) as usize;
        self.start(line).min(end)..end
    }

    /// Line and column in characters of byte `offset` of `text`, which must be the text of this index.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        self.place(text, offset, |before| before.chars().count())
    }

    /// Line and column in UTF-16 units of byte `offset` of `text`.
    #[must_use]
    pub fn position_utf16(&self, text: &str, offset: usize) -> Position {
        self.place(text, offset, |before| before.chars().map(char::len_utf16).sum())
    }

    fn place(&self, text: &str, offset: usize, count: impl Fn(&str) -> usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset);
        let before = text.get(self.start(line)..offset).unwrap_or("");
        Position { line, column: narrow(count(before)) }
    }

    /// The byte at a line and a column in characters; a column past the line's end is the line's end.
    #[must_use]
    pub fn offset(&self, text: &str, position: Position) -> usize {
        self.find(text, position, |_| 1)
    }

    /// The byte at a line and a column in UTF-16 units; one inside a character is the character's start.
    #[must_use]
    pub fn offset_utf16(&self, text: &str, position: Position) -> usize {
        self.find(text, position, char::len_utf16)
    }

    fn find(&self, text: &str, position: Position, width: impl Fn(char) -> usize) -> usize {
        let range = self.range(position.line);
        let start = range.start;
        let line = text.get(range).unwrap_or("");
        let line = line.trim_end_matches(['\n', '\r']);
        let mut left = position.column as usize;
        for (at, c) in line.char_indices() {
            let width = width(c);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }
}

fn narrow(wide: usize) -> u32 {
    u32::try_from(wide).unwrap_or(u32::MAX)
}
