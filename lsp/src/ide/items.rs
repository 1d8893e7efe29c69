//! The top-level items of one file.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::load::LoadedItem;
use milepost::sources::{FileId, ItemId, Place};
use milepost_grammar::Span;

/// A top-level item and its bytes in the file.
#[derive(Clone, Debug)]
pub(super) struct FileItem<'c> {
    pub(super) loaded: &'c LoadedItem,
    pub(super) range: Range<usize>,
}

impl<'c> FileItem<'c> {
    fn new(compilation: &Compilation, loaded: &'c LoadedItem) -> Self {
        let whole = Span::new(0, loaded.item.len);
        Self { loaded, range: compilation.sources.locate(Place::new(loaded.id, whole)).1 }
    }
}

/// The text of a file.
pub(super) fn text(compilation: &Compilation, file: FileId) -> &str {
    &compilation.sources.file(file).text
}

/// Where a statement stands, without what ends it.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = text.get(range.clone()).unwrap_or("");
    range.start..range.start + written.trim_end_matches([' ', '\t', '\r', '\n', ';', '；']).len()
}

/// The items of a file, in order.
pub(super) fn of_file(compilation: &Compilation, file: FileId) -> impl Iterator<Item = FileItem<'_>> {
    let own = compilation.items.iter().filter(move |loaded| loaded.file == file);
    own.map(|loaded| FileItem::new(compilation, loaded))
}

/// The last item of a file that starts at or before `offset`, whether or not it reaches so far.
pub(super) fn before(compilation: &Compilation, file: FileId, offset: usize) -> Option<FileItem<'_>> {
    of_file(compilation, file).take_while(|item| item.range.start <= offset).last()
}

/// The same, as it was loaded.
pub(super) fn loaded_before(compilation: &Compilation, file: FileId, offset: usize) -> Option<&LoadedItem> {
    before(compilation, file, offset).map(|item| item.loaded)
}

/// From where a text must be looked at to know what `offset` lies in: the start of the item it lies in, or else a place
/// outside all of them.
pub(super) fn outset(compilation: &Compilation, file: FileId, offset: usize) -> usize {
    let text = text(compilation, file);
    let line =
        |at: usize| text.get(..at).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |end| end + 1);
    let Some(item) = before(compilation, file, offset) else { return line(offset) };
    let behind = text.get(item.range.end..offset);
    if behind.is_none_or(|behind| !behind.contains(['\n', '\r'])) {
        return item.range.start;
    }
    // A `}` in the first column ends an item even where braces within are missing.
    let own = text.get(item.range.clone()).unwrap_or("");
    let last = own.chars().next_back().map_or(0, char::len_utf8);
    let closed = own.ends_with(['}', '｝']) && line(item.range.end) + last == item.range.end;
    let open = !closed && milepost_grammar::context(own, own.len()).open.len() > 1;
    if open { item.range.start } else { line(offset) }
}

/// A part of a file that can be looked at by itself: an item and what follows it up to the next. Before the first item
/// stands a part without one.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) item: Option<ItemId>,
    pub(super) range: Range<usize>,
}

/// The parts of a file that touch `within`, in order.
pub(super) fn pieces(compilation: &Compilation, file: FileId, within: &Range<usize>) -> Vec<Piece> {
    let length = text(compilation, file).len();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open = Piece { item: None, range: 0..length };
    let touches = |piece: &Piece| piece.range.start < within.end && within.start < piece.range.end;
    for item in of_file(compilation, file) {
        open.range.end = item.range.start;
        let next = Piece { item: Some(item.loaded.id), range: item.range.start..length };
        let before = std::mem::replace(&mut open, next);
        pieces.extend(touches(&before).then_some(before));
        if item.range.start >= within.end {
            return pieces;
        }
    }
    pieces.extend(touches(&open).then_some(open));
    pieces
}
