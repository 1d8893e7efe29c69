//! The first row: which column is where.

use std::io::Cursor;

use encoding_rs::UTF_8;
use unicode_normalization::UnicodeNormalization;

use super::decode::Decoded;
use super::rows::{Row, Rows};

/// What parts cells, in the order of preference.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The headings of a table.
#[derive(Clone, Debug, Default)]
pub struct Header {
    headings: Vec<String>,
}

/// Where a heading stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heading {
    /// Over this column, from 0.
    At(usize),
    /// Nowhere.
    Nowhere,
    /// Over that many columns.
    Several(usize),
}

impl Header {
    /// The headings in the cells of `row`.
    #[must_use]
    pub fn new(row: &Row) -> Self {
        Self { headings: row.cells().map(composed).collect() }
    }

    /// How many columns there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.headings.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.headings.is_empty()
    }

    /// The headings, from the left.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(String::as_str)
    }

    /// The column with that heading.
    #[must_use]
    pub fn find(&self, heading: &str) -> Heading {
        let heading = composed(heading.trim());
        let mut columns = self.headings.iter().enumerate().filter(|(_, found)| **found == heading);
        match (columns.next(), columns.count()) {
            (Some((index, _)), 0) => Heading::At(index),
            (Some(_), more) => Heading::Several(more + 1),
            (None, _) => Heading::Nowhere,
        }
    }
}

fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// What parts the cells of a table that begins with `text`: the sign by which the most of `headings` are found in its
/// first row, and if that does not tell, the most cells.
#[must_use]
pub fn separator(text: &str, headings: &[&str]) -> u8 {
    let mut best = ((0, 0), b',');
    for separator in SEPARATORS {
        let source = Box::new(Cursor::new(text.as_bytes()));
        let mut rows = Rows::new(Decoded::new(source, UTF_8), separator);
        let Ok(Some(row)) = rows.next_row() else { continue };
        let header = Header::new(row);
        let found = headings.iter().filter(|heading| header.find(heading) != Heading::Nowhere).count();
        if (found, header.len()) > best.0 {
            best = ((found, header.len()), separator);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::separator;

    #[test]
    fn the_separator_is_the_one_that_finds_the_headings() {
        assert_eq!(separator("Date,Amount\n", &["Date", "Amount"]), b',');
        assert_eq!(separator("Date;Amount, net\n1;2\n", &["Date", "Amount, net"]), b';');
        assert_eq!(separator("Date\tAmount\n", &["Date"]), b'\t');
        assert_eq!(separator("Dtae;Amuont\n", &["Date", "Amount"]), b';');
        assert_eq!(separator("Date\n", &["Date"]), b',');
        assert_eq!(separator("", &["Date"]), b',');
    }
}
