//! Cells that hold a name or a title.

use std::collections::HashMap;

use super::names::{Entry, composed};
use super::suggest::Suggester;

/// What the cells of a column may stand for.
pub(super) struct CellNames<'a> {
    entries: Vec<&'a Entry>,
    by_name: HashMap<&'a str, usize>,
    /// `None` for a title that several have.
    by_title: HashMap<&'a str, Option<usize>>,
}

/// What a cell stands for.
pub(super) enum Named<'a> {
    One(&'a Entry),
    /// Several have that title.
    Several,
    Nobody,
}

impl<'a> CellNames<'a> {
    pub(super) fn new(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut names = Self { entries: Vec::new(), by_name: HashMap::new(), by_title: HashMap::new() };
        for entry in entries {
            let index = names.entries.len();
            names.entries.push(entry);
            names.by_name.insert(&entry.name, index);
            if let Some(title) = &entry.title {
                names.by_title.entry(title).and_modify(|taken| *taken = None).or_insert(Some(index));
            }
        }
        names
    }

    /// What `cell` stands for: a name goes before a title.
    pub(super) fn find(&self, cell: &str) -> Named<'a> {
        let name = composed(cell);
        let found = match self.by_name.get(name.as_ref()) {
            Some(index) => Some(*index),
            None => match self.by_title.get(cell).or_else(|| self.by_title.get(name.as_ref())) {
                Some(None) => return Named::Several,
                Some(Some(index)) => Some(*index),
                None => None,
            },
        };
        match found.and_then(|index| self.entries.get(index)) {
            Some(entry) => Named::One(entry),
            None => Named::Nobody,
        }
    }

    /// The name that was likely meant.
    pub(super) fn near(&self, suggester: &mut Suggester, cell: &str) -> Option<String> {
        suggester.nearest(cell, self.entries.iter().copied()).map(str::to_owned)
    }
}
