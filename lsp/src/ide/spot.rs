//! Where in a file: its top-level items, and ranges of bytes.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::load::LoadedItem;
use milepost::sources::{FileId, Place};
use milepost_grammar::Span;

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

/// The top-level item that byte `offset` of `file` lies in, its last byte and the one behind it included.
#[must_use]
pub fn item_at(compilation: &Compilation, file: FileId, offset: usize) -> Option<&LoadedItem> {
    let start = |item: &LoadedItem| compilation.sources.locate(Place::new(item.id, Span::default())).1.start;
    let of_file = compilation.items.iter().filter(|item| item.file == file);
    let before = of_file.map(|item| (start(item), item)).take_while(|(start, _)| *start <= offset);
    before.last().map(|(_, item)| item)
}

/// Whether a cursor at `offset` stands in or at the edge of a range.
#[must_use]
pub fn touches(range: &Range<usize>, offset: usize) -> bool {
    range.start <= offset && offset <= range.end
}
