//! What the command line sets, read as lines of a scenario.

use std::sync::Arc;

use milepost_grammar::ast::Override;
use milepost_grammar::parse_override;

use super::{Loaded, syntax};
use crate::diagnostic::Diagnostics;
use crate::set::{NAME, Set};
use crate::sources::{FileId, ItemId};

/// One line that the command line sets.
#[derive(Clone, Debug)]
pub struct LoadedOverride {
    /// Its place among all items.
    pub id: ItemId,
    /// The text of all of them.
    pub file: FileId,
    /// What it says.
    pub tree: Override,
}

/// Reads what the command line sets, a line each, into a source of its own.
pub fn load_set(loaded: &mut Loaded, set: &[Set], diagnostics: &mut Diagnostics) {
    if set.is_empty() {
        return;
    }
    let text: String = set.iter().map(|set| format!("{}\n", set.statement)).collect();
    let file = loaded.sources.add_arguments(NAME.to_owned(), Arc::from(text));
    let mut offset = 0;
    for set in set {
        let id = loaded.sources.add_item(file, offset);
        match parse_override(&set.statement) {
            Ok(tree) => loaded.set.push(LoadedOverride { id, file, tree }),
            Err(error) => diagnostics.push(syntax(id, &error)),
        }
        offset += set.statement.len() + 1;
    }
}
