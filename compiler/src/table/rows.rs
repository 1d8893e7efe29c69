//! Text to rows of cells.
//!
//! RFC 4180 with rows that end by LF, CR LF or CR. It is read here and not by the crate `csv`, because that takes a
//! quote which is never closed for a cell that holds the rest of the file.

use super::decode::Decoded;

/// A row longer than this is none: most likely a quote is not closed.
const MOST_BYTES: usize = 1 << 20;
/// As many columns as the largest spreadsheets have.
const MOST_CELLS: usize = 16_384;

/// Why a file cannot be read on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stop {
    /// The system does not give more of it.
    Unreadable {
        /// In the words of the system.
        why: String,
    },
    /// What follows is no text in this encoding.
    Undecodable {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// A quote is not closed.
    Unclosed {
        /// The line on which it stands.
        line: u64,
    },
    /// A row that is too long to be one.
    TooLong {
        /// The line on which it begins.
        line: u64,
    },
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The text of all cells.
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Something stands behind a closing quote.
    pub torn: bool,
    quoted: bool,
}

impl Row {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        (self.torn, self.quoted) = (false, false);
    }

    /// How many cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether all cells are empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The cell at `index`, without white space around it; empty where the row has none.
    #[must_use]
    pub fn cell(&self, index: usize) -> &str {
        let start = match index.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        let cell =
            start.zip(self.ends.get(index).copied()).and_then(|(start, end)| self.text.get(start..end));
        cell.unwrap_or_default().trim()
    }

    /// All cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.cell(index))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before a cell.
    Start,
    /// In a cell, or in what follows a closed quote.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote that closes, if no other follows.
    Closed,
}

/// The rows of a text, one after the other.
pub struct Rows<'w> {
    text: Decoded<'w>,
    /// What is done of the piece.
    at: usize,
    separator: u8,
    line: u64,
    after_return: bool,
    row: Row,
}

impl<'w> Rows<'w> {
    /// The rows of `text`, from its first piece on if that has been read, with cells parted by `separator`.
    #[must_use]
    pub fn new(text: Decoded<'w>, separator: u8) -> Self {
        Self { text, at: 0, separator, line: 1, after_return: false, row: Row::default() }
    }

    /// The line of the file that is read, from 1.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// The next row that is no empty line; `None` at the end.
    ///
    /// # Errors
    /// If the text cannot be read on; there is no use in asking again.
    pub fn next_row(&mut self) -> Result<Option<&Row>, Stop> {
        loop {
            self.row.clear();
            if !self.row()? {
                return Ok(None);
            }
            if self.row.len() > 1 || self.row.quoted || !self.row.is_empty() {
                return Ok(Some(&self.row));
            }
        }
    }

    fn row(&mut self) -> Result<bool, Stop> {
        let mut state = State::Start;
        let mut begun = false;
        let mut quote = self.line;
        loop {
            let rest = self.text.piece().as_bytes().get(self.at..);
            let Some((&first, rest)) = rest.and_then(<[u8]>::split_first) else {
                if self.text.advance()? {
                    self.at = 0;
                    continue;
                }
                if state == State::Quoted {
                    return Err(Stop::Unclosed { line: quote });
                }
                if begun {
                    self.row.ends.push(self.row.text.len());
                }
                return Ok(begun);
            };
            if std::mem::take(&mut self.after_return) && first == b'\n' {
                self.at += 1;
                continue;
            }
            if !begun {
                self.row.line = self.line;
                begun = true;
            }
            let separator = self.separator;
            let ends = |byte: u8| byte == separator || byte == b'\n' || byte == b'\r';
            match state {
                State::Start if first == b'"' => {
                    quote = self.line;
                    self.row.quoted = true;
                    self.at += 1;
                    state = State::Quoted;
                }
                State::Start => state = State::Plain,
                State::Plain if ends(first) => {
                    self.at += 1;
                    self.row.ends.push(self.row.text.len());
                    if first != separator {
                        self.line += 1;
                        self.after_return = first == b'\r';
                        return Ok(true);
                    }
                    state = State::Start;
                }
                State::Plain => {
                    let more = memchr::memchr3(separator, b'\n', b'\r', rest).unwrap_or(rest.len());
                    self.take(1 + more);
                }
                State::Quoted if first == b'"' => {
                    self.at += 1;
                    state = State::Closed;
                }
                State::Quoted => {
                    let more = memchr::memchr(b'"', rest).unwrap_or(rest.len());
                    self.take(1 + more);
                }
                State::Closed if first == b'"' => {
                    self.take(1);
                    state = State::Quoted;
                }
                State::Closed => {
                    self.row.torn |= !ends(first);
                    state = State::Plain;
                }
            }
            if self.row.text.len() > MOST_BYTES || self.row.ends.len() > MOST_CELLS {
                return Err(match state {
                    State::Quoted => Stop::Unclosed { line: quote },
                    _ => Stop::TooLong { line: self.row.line },
                });
            }
        }
    }

    /// Takes `length` bytes over into the row.
    fn take(&mut self, length: usize) {
        let taken = self.text.piece().get(self.at..self.at + length).unwrap_or_default();
        self.row.text.push_str(taken);
        if self.row.quoted {
            self.line += taken.bytes().filter(|byte| *byte == b'\n').count() as u64;
        }
        self.at += length;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::table::encoding;

    /// Gives a byte at a time, so that everything is cut everywhere.
    struct Drops(Cursor<Vec<u8>>);

    impl Read for Drops {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0.read(&mut buffer[..1])
        }
    }

    fn read(bytes: &[u8], label: &str) -> (Vec<(u64, Vec<String>)>, Option<Stop>) {
        let run = |source: Box<dyn Read>| {
            let mut rows = Rows::new(Decoded::new(source, encoding(label).unwrap()), b',');
            let mut all = Vec::new();
            loop {
                match rows.next_row() {
                    Ok(Some(row)) => all.push((row.line, row.cells().map(str::to_owned).collect())),
                    Ok(None) => return (all, None),
                    Err(stop) => return (all, Some(stop)),
                }
            }
        };
        let whole = run(Box::new(Cursor::new(bytes.to_vec())));
        assert_eq!(whole, run(Box::new(Drops(Cursor::new(bytes.to_vec())))));
        whole
    }

    fn texts(rows: &[(u64, Vec<String>)]) -> Vec<String> {
        rows.iter().map(|(line, cells)| format!("{line}: {}", cells.join("|"))).collect()
    }

    #[test]
    fn rows_end_in_every_way_there_is() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "1,2", "", "\"3\",", "", "5,6"].join(end);
            let (rows, stop) = read(text.as_bytes(), "utf-8");
            assert_eq!(texts(&rows), ["1: a|b", "2: 1|2", "4: 3|", "6: 5|6"], "{end:?}");
            assert_eq!(stop, None);
        }
    }

    #[test]
    fn quoted_cells_hold_anything() {
        let (rows, stop) =
            read("\u{feff}a,b\r\n\"x\r\ny, \"\"z\"\"\",\"\"\r\n7,5\" nails\n".as_bytes(), "utf-8");
        assert_eq!(texts(&rows), ["1: a|b", "2: x\r\ny, \"z\"|", "4: 7|5\" nails"]);
        assert_eq!(stop, None);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_found() {
        let (rows, stop) = read(b"a,b\n1,2\n3,\"4\n5,6\n", "utf-8");
        assert_eq!((rows.len(), stop), (2, Some(Stop::Unclosed { line: 3 })));
        let long = [b"a\n\"".to_vec(), vec![b'x'; 3 << 20], b"\"\n".to_vec()].concat();
        let mut rows = Rows::new(Decoded::new(Box::new(Cursor::new(long)), encoding("utf-8").unwrap()), b',');
        assert!(rows.next_row().is_ok());
        assert_eq!(rows.next_row().err(), Some(Stop::Unclosed { line: 2 }));
        let long = vec![b','; 3 << 20];
        let mut rows = Rows::new(Decoded::new(Box::new(Cursor::new(long)), encoding("utf-8").unwrap()), b',');
        assert_eq!(rows.next_row().err(), Some(Stop::TooLong { line: 1 }));
    }

    #[test]
    fn what_stands_behind_a_quote_is_noticed() {
        let text: Box<dyn Read> = Box::new(Cursor::new(b"\"a\"b,c\n1,2\n".to_vec()));
        let mut rows = Rows::new(Decoded::new(text, encoding("utf-8").unwrap()), b',');
        assert!(rows.next_row().unwrap().unwrap().torn);
        assert!(!rows.next_row().unwrap().unwrap().torn);
    }

    #[test]
    fn encodings_are_told_by_mark_or_name() {
        let (chinese, _, _) = encoding_rs::GB18030.encode("日期,金额\n2024-01,五\n");
        assert_eq!(texts(&read(&chinese, "gb18030").0), ["1: 日期|金额", "2: 2024-01|五"]);
        let (rows, stop) = read(&chinese, "utf-8");
        assert_eq!((rows.len(), stop), (0, Some(Stop::Undecodable { encoding: "UTF-8" })));
        let marked: Vec<u8> = "\u{feff}a,é\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&read(&marked, "utf-8").0), ["1: a|é"]);
        let unmarked: Vec<u8> = "a,b\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&unmarked, "utf-8").1, Some(Stop::Undecodable { encoding: "UTF-8" }));
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(read(b"", "utf-8"), (vec![], None));
        assert_eq!(read("\u{feff}\n\n".as_bytes(), "utf-8"), (vec![], None));
    }
}
