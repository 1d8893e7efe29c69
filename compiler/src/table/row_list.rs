//! Rows of a file, as a message names them.

/// Ranges that are kept; the rows of further ones are counted.
const MOST_RANGES: usize = 50;

/// Rows by their lines, those that follow each other as one range.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RowList {
    ranges: Vec<(u64, u64)>,
    rows: u64,
    unnamed: u64,
}

impl RowList {
    /// Adds a row that stands behind the others.
    pub fn push(&mut self, row: u64) {
        self.rows += 1;
        let full = self.ranges.len() >= MOST_RANGES;
        match self.ranges.last_mut() {
            Some((_, last)) if *last + 1 == row && self.unnamed == 0 => *last = row,
            _ if full => self.unnamed += 1,
            _ => self.ranges.push((row, row)),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.rows
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// First and last rows of the ranges that are kept.
    pub fn ranges(&self) -> impl Iterator<Item = (u64, u64)> {
        self.ranges.iter().copied()
    }

    /// How many rows are only counted.
    #[must_use]
    pub const fn unnamed(&self) -> u64 {
        self.unnamed
    }
}
