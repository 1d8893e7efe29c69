//! Reads the plan's own file and what it includes.
//!
//! The declarations of an included file stand where its `include` stands, depth first: that is declaration order,
//! which output and tie-breaks follow.

mod path;
mod set;
mod shelf;
mod text;

pub use path::join;
pub use set::{LoadedOverride, load_set};
pub(crate) use shelf::{Kept, Shelf};

use std::collections::HashSet;
use std::sync::Arc;

use milepost_grammar::ast::{Declaration, PlanStatement, Text};
use milepost_grammar::{Item, Span};

use crate::diagnostic::{Diagnostic, Diagnostics, Stage};
use crate::message::Message;
use crate::sources::{FileId, ItemId, Place, Sources};
use crate::world::{ReadError, World};

use shelf::NoText;

/// Includes may lie this deep within each other.
const DEEPEST: usize = 64;

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The files.
    pub sources: Sources,
    /// Their top-level items, in declaration order.
    pub items: Vec<LoadedItem>,
    /// What the command line sets.
    pub set: Vec<LoadedOverride>,
}

/// One top-level item.
#[derive(Clone, Debug)]
pub struct LoadedItem {
    /// Its place among all items.
    pub id: ItemId,
    /// The file it was read from.
    pub file: FileId,
    /// What it says.
    pub item: Arc<Item>,
}

/// Reads the plan's own file `root` and everything it includes.
pub fn load(world: &dyn World, root: &str, diagnostics: &mut Diagnostics) -> Loaded {
    load_kept(world, root, &mut Shelf::default(), diagnostics)
}

/// The same, with what was read before on a shelf: of that, only what changed is parsed again.
pub(crate) fn load_kept(
    world: &dyn World,
    root: &str,
    shelf: &mut Shelf,
    diagnostics: &mut Diagnostics,
) -> Loaded {
    let (files, open) = (HashSet::new(), Vec::new());
    let mut loader = Loader { world, shelf, diagnostics, loaded: Loaded::default(), files, open };
    loader.shelf.start();
    loader.file(root, None);
    let Loader { files, loaded, .. } = loader;
    shelf.keep_only(&files);
    loaded
}

/// Why a file cannot be had, as a message.
pub(crate) fn cannot_read(path: &str, error: ReadError) -> Message {
    let path = path.to_owned();
    match error {
        ReadError::NotFound => Message::FileNotFound { path },
        ReadError::Outside => Message::FileOutside { path },
        ReadError::Other(why) => Message::FileUnreadable { path, why },
    }
}

/// What the grammar says about an item.
pub(crate) fn syntax(item: ItemId, error: &milepost_grammar::SyntaxError) -> Diagnostic {
    let place = |span| Place::new(item, span);
    let diagnostic = Diagnostic::new(Message::Syntax(error.message.clone()), place(error.span));
    match &error.fix {
        Some(fix) => {
            let text = fix.replacement.clone();
            diagnostic.fix(Message::ReplaceWith { text: text.clone() }, vec![(place(fix.span), text)])
        }
        None => diagnostic,
    }
}

struct Loader<'a> {
    world: &'a dyn World,
    shelf: &'a mut Shelf,
    diagnostics: &'a mut Diagnostics,
    loaded: Loaded,
    /// Files read so far, by path.
    files: HashSet<String>,
    /// Paths of the files whose includes are being followed, outermost first.
    open: Vec<String>,
}

impl Loader<'_> {
    /// Reads one file that `from` asks for; the plan's own is asked for by nobody.
    fn file(&mut self, path: &str, from: Option<Place>) {
        self.files.insert(path.to_owned());
        match self.shelf.take(self.world, path) {
            Ok(file) => {
                self.open.push(path.to_owned());
                self.items(path, &file);
                self.open.pop();
                self.shelf.put(path, file);
            }
            Err(NoText::Unread(error)) => {
                let place = from.unwrap_or_else(|| self.start_of_new_file(path, ""));
                self.say(cannot_read(path, error), place);
            }
            Err(NoText::Refused(refused, text)) => {
                let start = self.start_of_new_file(path, &text);
                let place = Place::new(start.item, Span::new(refused.byte, refused.byte + refused.length));
                let diagnostic = Diagnostic::new(refused.message(), place);
                self.diagnostics.enter(Stage::Load, place.item);
                self.diagnostics.push(match from {
                    Some(from) => diagnostic.label(from, Message::IncludedHere),
                    None => diagnostic,
                });
            }
        }
    }

    fn items(&mut self, path: &str, kept: &Kept) {
        let (text, lines) = (Arc::clone(&kept.text), Arc::clone(&kept.lines));
        let file = self.loaded.sources.add_read(path.to_owned(), text, lines);
        for (range, item) in kept.cut.ranges().zip(&kept.items) {
            let id = self.loaded.sources.add_item(file, range.start);
            self.diagnostics.enter(Stage::Load, id);
            for error in &item.errors {
                self.diagnostics.push(syntax(id, error));
            }
            self.loaded.items.push(LoadedItem { id, file, item: Arc::clone(item) });
            match &item.declaration {
                Declaration::Include(text) => self.include(path, text, id),
                Declaration::Plan(plan) => {
                    for statement in &plan.body {
                        if let PlanStatement::Include(text) = statement {
                            self.include(path, text, id);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Follows `include TEXT` of the file at `includer`.
    fn include(&mut self, includer: &str, text: &Text, item: ItemId) {
        let place = Place::new(item, text.span);
        let Some(path) = join(includer, &text.value) else {
            return self.say(Message::FileOutside { path: text.value.clone() }, place);
        };
        if self.open.len() >= DEEPEST {
            return self.say(Message::IncludeTooDeep { most: DEEPEST }, place);
        }
        if !path.contains(['*', '?', '[']) {
            return self.include_one(&path, place, false);
        }
        match self.world.list(&path) {
            Ok(mut matches) => {
                matches.sort();
                if matches.is_empty() {
                    self.say(Message::IncludeNoMatch { pattern: path }, place);
                }
                for path in matches {
                    self.include_one(&path, place, true);
                }
            }
            Err(error) => self.say(cannot_read(&path, error), place),
        }
    }

    /// Each file is read once. A pattern may match the file it stands in, or one that is being read; naming
    /// one of those is a mistake.
    fn include_one(&mut self, path: &str, place: Place, by_pattern: bool) {
        if !self.files.contains(path) {
            return self.file(path, Some(place));
        }
        if by_pattern {
            return;
        }
        if let Some(depth) = self.open.iter().position(|open| open == path) {
            let mut chain: Vec<_> = self.open.iter().skip(depth).cloned().collect();
            chain.push(path.to_owned());
            self.say(Message::IncludeCycle { chain }, place);
        }
    }

    /// Says something about the item of `place`, whatever was read since that was.
    fn say(&mut self, message: Message, place: Place) {
        self.diagnostics.enter(Stage::Load, place.item);
        self.diagnostics.say(message, place);
    }

    fn start_of_new_file(&mut self, path: &str, text: &str) -> Place {
        let file = self.loaded.sources.add_file(path.to_owned(), Arc::from(text));
        Place::new(self.loaded.sources.add_item(file, 0), Span::default())
    }
}
