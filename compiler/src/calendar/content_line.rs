//! Lines of RFC 5545: unfolded, with the place of every part.

use super::import::{ImportError, utf8};
use crate::message::Message;

/// A line with its continuations, and where each piece of it stands in the file.
pub(super) struct Line {
    /// Its text, unfolded.
    pub(super) text: String,
    pieces: Vec<Piece>,
}

/// From `at` on, the text is that of `line` of the file, after `skipped` characters.
struct Piece {
    at: usize,
    line: usize,
    skipped: usize,
}

/// `NAME;PARAMETERS:value`
pub(super) struct Property<'a> {
    /// In capitals.
    pub(super) name: String,
    /// As written.
    pub(super) value: &'a str,
    /// Where the value begins in the line's text.
    pub(super) value_at: usize,
}

/// The lines of a file. They are joined before they are decoded, because old programs fold inside characters.
pub(super) fn unfold(bytes: &[u8]) -> Result<Vec<Line>, ImportError> {
    let mut joined: Vec<(Vec<u8>, Vec<Piece>)> = Vec::new();
    for (index, row) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let row = row.strip_suffix(b"\r").unwrap_or(row);
        let line = index + 1;
        match (row, joined.last_mut()) {
            ([b' ' | b'\t', rest @ ..], Some((text, pieces))) => {
                pieces.push(Piece { at: text.len(), line, skipped: 1 });
                text.extend_from_slice(rest);
            }
            _ => joined.push((row.to_vec(), vec![Piece { at: 0, line, skipped: 0 }])),
        }
    }
    let decode = |(text, pieces): (Vec<u8>, Vec<Piece>)| match String::from_utf8(text) {
        Ok(text) => Ok(Line { text, pieces }),
        Err(error) => Err(match utf8(bytes) {
            Err(first) if pieces.len() == 1 => first,
            _ => {
                let at = error.utf8_error().valid_up_to();
                let piece = pieces.iter().rfind(|piece| piece.at <= at);
                let line = piece.map_or(1, |piece| piece.line);
                ImportError::new((line, 1), Message::CalendarEncoding { byte: start_of(bytes, line) })
            }
        }),
    };
    joined.into_iter().map(decode).collect()
}

/// The offset of a line of the file, lines counted from 1.
fn start_of(bytes: &[u8], line: usize) -> usize {
    bytes.split(|byte| *byte == b'\n').take(line - 1).map(|row| row.len() + 1).sum()
}

impl Line {
    /// Line and column, from 1, of an offset in the text.
    pub(super) fn place(&self, offset: usize) -> (usize, usize) {
        self.pieces.iter().rfind(|piece| piece.at <= offset).map_or((1, 1), |piece| {
            let before = self.text.get(piece.at..offset).unwrap_or_default();
            (piece.line, piece.skipped + before.chars().count() + 1)
        })
    }

    /// A message about an offset in the text.
    pub(super) fn error(&self, offset: usize, message: Message) -> ImportError {
        ImportError::new(self.place(offset), message)
    }

    /// The line as a property, if it has the form of one. Parameters are passed over: what matters here, a
    /// date or a time, shows in the value itself. A `:` in a quoted parameter is no end of it.
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
            value,
            value_at: colon + 1,
        })
    }
}
