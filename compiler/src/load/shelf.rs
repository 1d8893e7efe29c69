//! Files as they were read last: their items stay as long as their text does.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use milepost_grammar::{Cut, Edit, Item, LineIndex, Recut, parse_item};

use super::text::{Refused, decode};
use crate::world::{ReadError, World};

/// A file of the plan that was read.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// What it was read from, to know it again.
    origin: Origin,
    /// Its text, without a byte order mark.
    pub(crate) text: Arc<str>,
    /// Where its lines begin.
    pub(crate) lines: Arc<LineIndex>,
    /// Where its items are.
    pub(crate) cut: Cut,
    /// What they say.
    pub(crate) items: Vec<Arc<Item>>,
}

#[derive(Clone, Debug)]
enum Origin {
    /// It was held as text.
    Text(Arc<str>),
    /// It was read.
    Bytes(Arc<[u8]>),
}

impl Origin {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// Whether both are one piece of memory.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => Arc::ptr_eq(one, other),
            (Self::Bytes(one), Self::Bytes(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

/// Why there is no text.
pub(super) enum NoText {
    /// The file cannot be had.
    Unread(ReadError),
    /// It is no text; what can be shown of it.
    Refused(Refused, String),
}

impl Kept {
    fn new(origin: Origin, text: Arc<str>) -> Self {
        let cut = Cut::new(&text);
        let parsed =
            |range: &std::ops::Range<usize>| Arc::new(parse_item(text.get(range.clone()).unwrap_or("")));
        let items = cut.ranges().map(parsed).collect();
        let lines = Arc::new(LineIndex::new(&text));
        Self { origin, text, lines, cut, items }
    }

    /// Brings the file up to another text; says which items were replaced by which.
    fn edit(&mut self, text: Arc<str>) -> Recut {
        let edit = Edit::between(&self.text, &text);
        // Around the change items are cut again that turn out to be the same.
        let before: Vec<_> = self.cut.ranges().cloned().collect();
        let Recut { mut old, mut new } = self.cut.edit(&text, edit);
        let was = |index: usize| before.get(index).and_then(|range| self.text.get(range.clone()));
        let is = |index: usize| self.cut.range(index).and_then(|range| text.get(range));
        while !old.is_empty() && !new.is_empty() && was(old.start) == is(new.start) {
            (old.start, new.start) = (old.start + 1, new.start + 1);
        }
        while !old.is_empty() && !new.is_empty() && was(old.end - 1) == is(new.end - 1) {
            (old.end, new.end) = (old.end - 1, new.end - 1);
        }
        let parsed: Vec<Arc<Item>> =
            new.clone().map(|index| Arc::new(parse_item(is(index).unwrap_or("")))).collect();
        self.items.splice(old.clone(), parsed);
        Arc::make_mut(&mut self.lines).edit(&text, edit);
        self.text = text;
        Recut { old, new }
    }
}

/// The files that were read last, by path.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    files: HashMap<String, Kept>,
    /// What was asked for and cannot be read, with the text that it was held as, if it was.
    unread: Vec<(String, Option<Arc<str>>)>,
}

impl Shelf {
    /// Starts reading a plan.
    pub(super) fn start(&mut self) {
        self.unread.clear();
    }

    /// The file at `path` as it is now; it is off the shelf until it is put back.
    pub(super) fn take(&mut self, world: &dyn World, path: &str) -> Result<Kept, NoText> {
        let taken = self.take_read(world, path);
        if taken.is_err() {
            self.unread.push((path.to_owned(), world.text(path)));
        }
        taken
    }

    /// Whether what could not be read is held by `world` as it was.
    pub(crate) fn is_unread_as_before(&self, world: &dyn World) -> bool {
        self.unread.iter().all(|(path, before)| match (before, world.text(path)) {
            (None, None) => true,
            (Some(before), Some(now)) => Arc::ptr_eq(before, &now),
            _ => false,
        })
    }

    fn take_read(&mut self, world: &dyn World, path: &str) -> Result<Kept, NoText> {
        let origin = match world.text(path) {
            Some(text) => Origin::Text(text),
            None => Origin::Bytes(world.read(path).map_err(NoText::Unread)?),
        };
        let kept = self.files.remove(path);
        match kept {
            Some(kept) if kept.origin.is(&origin) => Ok(kept),
            Some(mut kept) => {
                let text = text_of(&origin)?;
                if *text == *kept.text {
                    kept.origin = origin;
                } else {
                    kept.edit(text);
                    kept.origin = origin;
                }
                Ok(kept)
            }
            None => Ok(Kept::new(origin.clone(), text_of(&origin)?)),
        }
    }

    pub(super) fn put(&mut self, path: &str, file: Kept) {
        self.files.insert(path.to_owned(), file);
    }

    /// Leaves out what is no longer read.
    pub(super) fn keep_only(&mut self, paths: &HashSet<String>) {
        self.files.retain(|path, _| paths.contains(path));
    }

    /// A file on the shelf.
    pub(crate) fn file(&self, path: &str) -> Option<&Kept> {
        self.files.get(path)
    }

    /// Brings a file up to what `world` holds of it as text, if that is another text and still one that can be read. What
    /// cannot be told without reading again is `Err`.
    pub(crate) fn update(&mut self, world: &dyn World, path: &str) -> Result<Option<Recut>, ()> {
        let kept = self.files.get_mut(path).ok_or(())?;
        let origin = match (world.text(path), &kept.origin) {
            (Some(text), _) => Origin::Text(text),
            // It is as it was on disk.
            (None, Origin::Bytes(_)) => return Ok(None),
            (None, Origin::Text(_)) => return Err(()),
        };
        if kept.origin.is(&origin) {
            return Ok(None);
        }
        let text = text_of(&origin).map_err(|_| ())?;
        kept.origin = origin;
        if *text == *kept.text {
            return Ok(None);
        }
        Ok(Some(kept.edit(text)))
    }
}

/// The text of what was read.
fn text_of(origin: &Origin) -> Result<Arc<str>, NoText> {
    let bytes = origin.bytes();
    let text = decode(bytes)
        .map_err(|refused| NoText::Refused(refused, String::from_utf8_lossy(bytes).into_owned()))?;
    Ok(match origin {
        Origin::Text(whole) if whole.len() == text.len() => Arc::clone(whole),
        _ => Arc::from(text),
    })
}
