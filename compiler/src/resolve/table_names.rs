//! Cells that hold a name or a title.

use std::collections::HashMap;

use milepost_grammar::ast::Text;

use super::Resolver;
use super::names::{Entry, composed};
use super::suggest::Suggester;
use super::table::{Cells, Said};
use super::table_layout::Field;
use crate::message::Message;
use crate::table::{CellPlace, excerpt};

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

/// People whom the plan does not know any more: those whose rows come first, each once.
#[derive(Default)]
pub(super) struct Former {
    first: Vec<(Box<CellPlace>, String)>,
    said: Said,
}

impl Former {
    /// Notes the one whom the cell of `field` names.
    pub(super) fn meet(&mut self, cells: &Cells<'_>, field: Field) {
        let cell = cells.get(field);
        if !self.first.iter().any(|(_, name)| name == cell) && self.said.one_more() {
            self.first.push((cells.place(field), cell.to_owned()));
        }
    }

    /// Says who they are, once `file` is read.
    pub(super) fn tell(self, resolver: &mut Resolver<'_>, people: &CellNames<'_>, file: &Text) {
        for (place, found) in self.first {
            let near = people.near(&mut resolver.suggester, &found);
            resolver.say(Message::CellFormerPerson { place, found: excerpt(&found), near }, file.span);
        }
        if let Some(rows) = self.said.more() {
            let path = resolver.table_path(file);
            resolver.say(Message::MoreRows { path, rows }, file.span);
        }
    }
}
