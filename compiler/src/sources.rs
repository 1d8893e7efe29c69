//! The files of a plan, and places in them.

use std::sync::Arc;

use milepost_grammar::{LineIndex, Span};

/// Which file, in the order of reading; the plan's own is the first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FileId(pub u32);

/// Which top-level item of which file; data files are one item.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
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
    items: Vec<(FileId, usize)>,
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
        self.add(path, text, false)
    }

    /// Adds what the command line says, under the name of its option.
    pub fn add_arguments(&mut self, option: String, text: Arc<str>) -> FileId {
        self.add(option, text, true)
    }

    fn add(&mut self, path: String, text: Arc<str>, argument: bool) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let lines = Arc::new(LineIndex::new(&text));
        self.files.push(SourceFile { path, argument, text, lines });
        id
    }

    /// Adds an item that starts at `offset` of `file`.
    pub fn add_item(&mut self, file: FileId, offset: usize) -> ItemId {
        let id = ItemId(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        self.items.push((file, offset));
        id
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
        let (file, offset) = self.items[place.item.0 as usize];
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
