//! Tables: rows of text files, read one after the other.
//!
//! A table may be larger than memory, so nothing here holds more than a piece of the file and one row:
//! bytes → [`Decoded`] text → [`Rows`]. What a cell says is read by [`DateCells`] and [`NumberCells`]; which column
//! is meant, by [`Header`]. Everything here is about any table; what a row means is resolution's business.

mod cell;
mod date;
mod decode;
mod header;
mod number;
mod percent;
mod row_list;
mod rows;
mod sum;

pub use cell::{CellPlace, excerpt, plain_char};
pub use date::DateCells;
pub use decode::{Decoded, LABELS, encoding};
pub use header::{Header, Heading, separator};
pub use number::{Number, NumberCells, NumberProblem};
pub use percent::PercentCells;
pub use row_list::RowList;
pub use rows::{Row, Rows, Stop};
pub use sum::Sum;
