//! The top-level items of one file.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::load::LoadedItem;
use milepost::sources::{FileId, Place};
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

/// The items of a file, in order.
pub(super) fn of_file(compilation: &Compilation, file: FileId) -> impl Iterator<Item = FileItem<'_>> {
    let own = compilation.items.iter().filter(move |loaded| loaded.file == file);
    own.map(|loaded| FileItem::new(compilation, loaded))
}

/// The last item of a file that starts at or before `offset`, whether or not it reaches so far.
pub(super) fn before(compilation: &Compilation, file: FileId, offset: usize) -> Option<FileItem<'_>> {
    of_file(compilation, file).take_while(|item| item.range.start <= offset).last()
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
