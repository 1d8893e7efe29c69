//! Positions of the protocol and bytes of a text.

use std::ops::Range;

use milepost_grammar::{LineIndex, Position as Found};
use tower_lsp::lsp_types::{self as lsp, PositionEncodingKind};

/// In what the client counts the columns of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    /// UTF-16 units, which every client can.
    #[default]
    Utf16,
    /// Bytes.
    Utf8,
}

impl Encoding {
    /// The one to speak with a client that offers these.
    #[must_use]
    pub fn chosen(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    /// Its name in the protocol.
    #[must_use]
    pub const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf8 => PositionEncodingKind::UTF8,
        }
    }
}

/// A text with its lines, as a client counts in them.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'a> {
    /// The text.
    pub text: &'a str,
    /// Where its lines begin.
    pub index: &'a LineIndex,
    /// In what columns are counted.
    pub encoding: Encoding,
}

impl Lines<'_> {
    /// The position of a byte.
    #[must_use]
    pub fn position(&self, offset: usize) -> lsp::Position {
        match self.encoding {
            Encoding::Utf16 => {
                let Found { line, column } = self.index.position_utf16(self.text, offset);
                lsp::Position { line, character: column }
            }
            Encoding::Utf8 => {
                let line = self.index.line(offset.min(self.text.len()));
                let column = offset.min(self.text.len()).saturating_sub(self.index.start(line));
                lsp::Position { line, character: u32::try_from(column).unwrap_or(u32::MAX) }
            }
        }
    }

    /// The positions of a range of bytes.
    #[must_use]
    pub fn range(&self, range: &Range<usize>) -> lsp::Range {
        lsp::Range { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The byte at a position. One past the line's end is the line's end, one within a character the character's start.
    #[must_use]
    pub fn offset(&self, position: lsp::Position) -> usize {
        match self.encoding {
            Encoding::Utf16 => {
                let found = Found { line: position.line, column: position.character };
                self.index.offset_utf16(self.text, found)
            }
            Encoding::Utf8 => {
                let range = self.index.range(position.line);
                let line = self.text.get(range.clone()).unwrap_or("").trim_end_matches(['\n', '\r']);
                let mut column = (position.character as usize).min(line.len());
                while !line.is_char_boundary(column) {
                    column -= 1;
                }
                range.start + column
            }
        }
    }

    /// The bytes of a range of positions; one that is turned round is empty.
    #[must_use]
    pub fn bytes(&self, range: lsp::Range) -> Range<usize> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }
}
