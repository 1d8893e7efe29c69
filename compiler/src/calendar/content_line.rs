//! Lines of RFC 5545: unfolded, with the place of every part.

use std::io::{self, BufRead};

use super::import::ImportError;
use crate::message::Message;

/// A line with its continuations, and where each piece of it stands in the file.
pub(super) struct Line {
    /// Its text, unfolded.
    pub(super) text: String,
    /// Its first byte in the file.
    pub(super) offset: u64,
    pieces: Vec<Piece>,
}

/// From `at` on, the text is that of `line` of the file, after `skipped` characters.
struct Piece {
    at: usize,
    line: usize,
    skipped: usize,
    /// Where in the file.
    offset: u64,
}

/// `NAME;PARAMETERS:value`
pub(super) struct Property<'a> {
    /// In capitals.
    pub(super) name: String,
    /// What stands between the name and the colon, as written, with the `;` before it.
    pub(super) parameters: &'a str,
    /// As written.
    pub(super) value: &'a str,
    /// Where the value begins in the line's text.
    pub(super) value_at: usize,
}

/// Why there is no next line.
#[derive(Debug)]
pub enum LineError {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// What it says cannot be understood.
    Wrong(ImportError),
}

impl From<ImportError> for LineError {
    fn from(error: ImportError) -> Self {
        Self::Wrong(error)
    }
}

/// The lines of a file, one by one. The rows of a line are joined before they are decoded, because old programs
/// fold inside characters.
pub(super) struct Lines<R> {
    input: R,
    /// The row behind those of the last line.
    ahead: Option<Vec<u8>>,
    /// The next row of the file: its number, from 1, and its first byte.
    row: usize,
    offset: u64,
    /// Whether the file goes on. Behind the last line end stands one more row, an empty one.
    goes_on: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `input`, which starts at the byte `offset` of the file.
    pub(super) const fn new(input: R, offset: u64) -> Self {
        Self { input, ahead: None, row: 1, offset, goes_on: true }
    }

    /// The next row, without its line end; afterwards `ahead` is empty.
    fn take_row(&mut self) -> io::Result<Option<Vec<u8>>> {
        if let Some(row) = self.ahead.take() {
            return Ok(Some(row));
        }
        self.read_row()
    }

    fn read_row(&mut self) -> io::Result<Option<Vec<u8>>> {
        if !self.goes_on {
            return Ok(None);
        }
        let mut row = Vec::new();
        self.input.read_until(b'\n', &mut row)?;
        self.goes_on = row.ends_with(b"\n");
        Ok(Some(row))
    }

    fn line(&mut self) -> Result<Option<Line>, LineError> {
        let mut text = Vec::new();
        let mut pieces = Vec::new();
        let first = self.offset;
        while let Some(row) = self.take_row().map_err(LineError::Unreadable)? {
            let folded = matches!(row.first(), Some(b' ' | b'\t'));
            if !pieces.is_empty() && !folded {
                self.ahead = Some(row);
                break;
            }
            // What a file begins with belongs to no line before it.
            let skipped = usize::from(folded && !pieces.is_empty());
            pieces.push(Piece { at: text.len(), line: self.row, skipped, offset: self.offset });
            let plain = row.strip_suffix(b"\n").unwrap_or(&row);
            let plain = plain.strip_suffix(b"\r").unwrap_or(plain);
            text.extend_from_slice(plain.get(skipped..).unwrap_or_default());
            self.row += 1;
            self.offset += row.len() as u64;
        }
        if pieces.is_empty() {
            return Ok(None);
        }
        match String::from_utf8(text) {
            Ok(text) => Ok(Some(Line { text, offset: first, pieces })),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let lossy = String::from_utf8_lossy(error.as_bytes().get(..at).unwrap_or_default());
                let line = Line { text: lossy.into_owned(), offset: first, pieces };
                Err(LineError::Wrong(line.error(at, Message::CalendarEncoding { byte: line.byte(at) })))
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Line, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.line().transpose()
    }
}

impl Line {
    /// Line and column, from 1, of an offset in the text.
    pub(super) fn place(&self, offset: usize) -> (usize, usize) {
        self.pieces.iter().rfind(|piece| piece.at <= offset).map_or((1, 1), |piece| {
            let before = self.text.get(piece.at..offset).unwrap_or_default();
            (piece.line, piece.skipped + before.chars().count() + 1)
        })
    }

    /// The byte of the file at an offset in the text.
    fn byte(&self, offset: usize) -> usize {
        let piece = self.pieces.iter().rfind(|piece| piece.at <= offset);
        piece.map_or(0, |piece| {
            usize::try_from(piece.offset).unwrap_or(usize::MAX) + piece.skipped + (offset - piece.at)
        })
    }

    /// A message about an offset in the text.
    pub(super) fn error(&self, offset: usize, message: Message) -> ImportError {
        ImportError::new(self.place(offset), message)
    }

    /// The line as a property, if it has the form of one. A `:` in a quoted parameter is no end of it.
    pub(super) fn property(&self) -> Option<Property<'_>> {
        let mut quoted = false;
        let colon = self.text.bytes().position(|byte| {
            quoted ^= byte == b'"';
            byte == b':' && !quoted
        })?;
        let (head, value) = (self.text.get(..colon)?, self.text.get(colon + 1..)?);
        let name = head.split(';').next()?;
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        (!name.is_empty() && name.bytes().all(is_name)).then(|| Property {
            name: name.to_ascii_uppercase(),
            parameters: head.get(name.len()..).unwrap_or_default(),
            value,
            value_at: colon + 1,
        })
    }
}
