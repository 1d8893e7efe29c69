//! The files of a plan, and places in them.

use std::sync::Arc;

use milepost_grammar::{LineIndex, Span};

/// Which file, in the order of reading; the plan's own is the first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FileId(pub u32);

/// Which top-level item of which file; data files are one item. An item keeps its id while others come and go: where it stands
/// among them, [`Sources::rank`] says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct ItemId(pub u32);

/// A place: an item, and a span counted from the item's start.
///
/// Places stay true when an edit moves the item, so that what was made from it need not be made anew.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The item.
    pub item: ItemId,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// The place of `span` in `item`.
    #[must_use]
    pub const fn new(item: ItemId, span: Span) -> Self {
        Self { item, span }
    }
}

/// One file of the plan.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As messages name it: relative to the folder of the plan's own file, with `/`.
    pub path: String,
    /// Whether it is no file, but what the command line says.
    pub argument: bool,
    /// Its text (empty for data that is no text).
    pub text: Arc<str>,
    /// Where its lines begin.
    pub lines: Arc<LineIndex>,
}

/// All files of a plan and where their items start.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    items: Vec<ItemStart>,
}

/// Where an item starts, and its place in declaration order.
#[derive(Clone, Copy, Debug)]
struct ItemStart {
    file: FileId,
    offset: usize,
    rank: u32,
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Sources {
    /// Adds a file.
    pub fn add_file(&mut self, path: String, text: Arc<str>) -> FileId {
        let lines = Arc::new(LineIndex::new(&text));
        self.add(path, text, lines, false)
    }

    /// Adds a file whose lines are known.
    pub(crate) fn add_read(&mut self, path: String, text: Arc<str>, lines: Arc<LineIndex>) -> FileId {
        self.add(path, text, lines, false)
    }

    /// Adds what the command line says, under the name of its option.
    pub fn add_arguments(&mut self, option: String, text: Arc<str>) -> FileId {
        let lines = Arc::new(LineIndex::new(&text));
        self.add(option, text, lines, true)
    }

    fn add(&mut self, path: String, text: Arc<str>, lines: Arc<LineIndex>, argument: bool) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path, argument, text, lines });
        id
    }

    /// Adds an item that starts at `offset` of `file`.
    pub fn add_item(&mut self, file: FileId, offset: usize) -> ItemId {
        let id = ItemId(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        self.items.push(ItemStart { file, offset, rank: id.0 });
        id
    }

    /// Where an item stands among all items, in declaration order.
    #[must_use]
    pub fn rank(&self, item: ItemId) -> u32 {
        self.items.get(item.0 as usize).map_or(u32::MAX, |start| start.rank)
    }

    /// How many ids of items there are.
    pub(crate) fn item_ids(&self) -> usize {
        self.items.len()
    }

    /// Moves an item.
    pub(crate) fn start_item(&mut self, item: ItemId, file: FileId, offset: usize) {
        if let Some(start) = self.items.get_mut(item.0 as usize) {
            (start.file, start.offset) = (file, offset);
        }
    }

    /// Makes room, or closes it: what stands at `from` or behind now stands that much further on.
    pub(crate) fn move_ranks(&mut self, from: u32, by: i32) {
        for start in self.items.iter_mut().filter(|start| start.rank >= from) {
            start.rank = start.rank.saturating_add_signed(by);
        }
    }

    /// Says where an item stands among all items.
    pub(crate) fn rank_item(&mut self, item: ItemId, rank: u32) {
        if let Some(start) = self.items.get_mut(item.0 as usize) {
            start.rank = rank;
        }
    }

    /// Puts another text in the place of a file's.
    pub(crate) fn set_text(&mut self, file: FileId, text: Arc<str>, lines: Arc<LineIndex>) {
        if let Some(source) = self.files.get_mut(file.0 as usize) {
            (source.text, source.lines) = (text, lines);
        }
    }

    /// All files, in the order of reading.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The file with that id; ids come from [`Sources::add_file`] alone.
    #[must_use]
    #[allow(clippy::indexing_slicing)] // ids are made here
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file of a place and its byte range there.
    #[must_use]
    #[allow(clippy::indexing_slicing)] // ids are made here
    pub fn locate(&self, place: Place) -> (FileId, std::ops::Range<usize>) {
        let ItemStart { file, offset, .. } = self.items[place.item.0 as usize];
        (file, place.span.at(offset))
    }

    /// The first and last position of a place.
    #[must_use]
    pub fn range(&self, place: Place) -> (FileId, Position, Position) {
        let (file, range) = self.locate(place);
        let source = self.file(file);
        let at = |offset: usize| {
            let position = source.lines.position(&source.text, offset);
            Position { line: position.line as usize + 1, column: position.column as usize + 1 }
        };
        (file, at(range.start), at(range.end))
    }

    /// `file:line` of a place.
    #[must_use]
    pub fn file_line(&self, place: Place) -> String {
        let (file, range) = self.locate(place);
        let source = self.file(file);
        format!("{}:{}", source.path, source.lines.line(range.start) + 1)
    }

    /// The text at a place.
    #[must_use]
    pub fn text(&self, place: Place) -> &str {
        let (file, range) = self.locate(place);
        self.file(file).text.get(range).unwrap_or_default()
    }
}
