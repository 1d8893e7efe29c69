//! Ranges of bytes of a plan's files.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::sources::{FileId, Place};

/// A range of bytes of a file of the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub range: Range<usize>,
}

impl Spot {
    /// Where a place is.
    #[must_use]
    pub fn of(compilation: &Compilation, place: Place) -> Self {
        let (file, range) = compilation.sources.locate(place);
        Self { file, range }
    }
}

/// Whether a cursor at `offset` stands in or at the edge of a range.
#[must_use]
pub fn touches(range: &Range<usize>, offset: usize) -> bool {
    range.start <= offset && offset <= range.end
}
