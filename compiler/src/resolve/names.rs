//! Which name stands for what.
//!
//! There is one namespace per kind; teams and people share one. Names are compared in Unicode's composed form
//! (NFC), so that `é` typed in two ways is one name.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use milepost_grammar::ast;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::noun::Noun;
use crate::plan::ObjectiveId;
use crate::sources::{ItemId, Place};

/// `name` in the form that names are compared in.
pub(super) fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    match is_nfc_quick(name.chars()) {
        IsNormalized::Yes => Cow::Borrowed(name),
        _ => Cow::Owned(name.nfc().collect()),
    }
}

/// `name` as the plan has it.
pub(super) fn plain(name: &ast::Name) -> String {
    composed(&name.value).into_owned()
}

/// A name and what it stands for.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The kind of thing.
    pub noun: Noun,
    /// The name, composed.
    pub name: String,
    /// The title.
    pub title: Option<String>,
    /// The name where it is declared.
    pub place: Place,
    /// The place in the plan's list of its kind.
    pub index: usize,
}

/// Where the plan names what is declared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reference {
    /// The name.
    pub place: Place,
    /// The name where it is declared.
    pub target: Place,
}

/// Where a plan names what is declared, item by item.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct References {
    by_item: Vec<Vec<Reference>>,
}

impl References {
    /// Sorts what was noted by the items it stands in, of which there are as many ids.
    pub(super) fn new(noted: Vec<Reference>, items: usize) -> Self {
        let mut references = Self { by_item: vec![Vec::new(); items] };
        references.put(noted);
        references
    }

    /// Puts what was noted in the place of what these items had.
    pub(super) fn put(&mut self, mut noted: Vec<Reference>) {
        // Some names are looked up more than once.
        noted.sort_unstable();
        noted.dedup();
        for of_item in noted.chunk_by(|one, other| one.place.item == other.place.item) {
            let Some(first) = of_item.first() else { continue };
            self.set(first.place.item, of_item.to_vec());
        }
    }

    pub(super) fn set(&mut self, item: ItemId, references: Vec<Reference>) {
        let index = item.0 as usize;
        if index >= self.by_item.len() {
            self.by_item.resize_with(index + 1, Vec::new);
        }
        if let Some(of_item) = self.by_item.get_mut(index) {
            *of_item = references;
        }
    }

    pub(super) fn of_mut(&mut self, item: ItemId) -> &mut [Reference] {
        self.by_item.get_mut(item.0 as usize).map(Vec::as_mut_slice).unwrap_or_default()
    }

    /// Those in one item, in order, each place once.
    #[must_use]
    pub fn of(&self, item: ItemId) -> &[Reference] {
        self.by_item.get(item.0 as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// All of them, those of an item together and in order.
    pub fn iter(&self) -> impl Iterator<Item = &Reference> {
        self.by_item.iter().flatten()
    }
}

/// The names of one namespace, in declaration order.
#[derive(Clone, Debug, Default)]
pub struct Table {
    entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
    /// Names that are entered in the place of others.
    gap: Option<Gap>,
}

/// A stretch of a table that is being declared again.
#[derive(Clone, Debug)]
struct Gap {
    at: Range<usize>,
    entries: Vec<Entry>,
    /// Whether a name was refused that is declared further on, and should be refused there.
    disordered: bool,
}

/// What became of a stretch of a table.
#[derive(Debug, Default)]
pub(super) struct Redeclared {
    /// What was there before.
    pub(super) before: Vec<Entry>,
    /// What is there now.
    pub(super) now: Range<usize>,
    /// Whether names are others, or in another order.
    pub(super) renamed: bool,
    /// Whether titles are others.
    pub(super) retitled: bool,
    /// Whether a name is taken by one that is declared further on.
    pub(super) disordered: bool,
}

impl Table {
    /// Enters a name, unless it is taken: then who has it.
    pub(super) fn enter(&mut self, entry: Entry) -> Result<(), &Entry> {
        if let Some(gap) = &mut self.gap {
            if let Some(taken) = self.by_name.get(&entry.name).copied() {
                gap.disordered |= taken >= gap.at.end;
                return self.entries.get(taken).map_or(Ok(()), Err);
            }
            return match gap.entries.iter().position(|other| other.name == entry.name) {
                Some(taken) => gap.entries.get(taken).map_or(Ok(()), Err),
                None => {
                    gap.entries.push(entry);
                    Ok(())
                }
            };
        }
        match self.by_name.get(&entry.name).copied() {
            Some(taken) => self.entries.get(taken).map_or(Ok(()), Err),
            None => {
                self.by_name.insert(entry.name.clone(), self.entries.len());
                self.entries.push(entry);
                Ok(())
            }
        }
    }

    /// Takes out what stands at `range`: what is entered from now on stands there.
    pub(super) fn open(&mut self, range: Range<usize>) {
        for entry in self.entries.get(range.clone()).unwrap_or_default() {
            self.by_name.remove(&entry.name);
        }
        self.gap = Some(Gap { at: range, entries: Vec::new(), disordered: false });
    }

    /// Closes the gap. `shift` says by how much the numbers of things of a kind further on have changed.
    pub(super) fn close(&mut self, shift: impl Fn(Noun) -> isize) -> Redeclared {
        let Some(Gap { at, entries, disordered }) = self.gap.take() else { return Redeclared::default() };
        let old = self.entries.get(at.clone()).unwrap_or_default();
        let alike = |one: &Entry, other: &Entry| one.noun == other.noun && one.name == other.name;
        let renamed =
            old.len() != entries.len() || !old.iter().zip(&entries).all(|(one, other)| alike(one, other));
        let retitled = renamed || old.iter().zip(&entries).any(|(one, other)| one.title != other.title);
        let now = at.start..at.start + entries.len();
        if now.len() != at.len() {
            // Names further on that are hashed one by one would take longer than all places at once.
            let by = now.end.cast_signed() - at.end.cast_signed();
            let further = |place: &&mut usize| **place >= at.end;
            self.by_name
                .values_mut()
                .filter(further)
                .for_each(|place| *place = place.saturating_add_signed(by));
        }
        for (index, entry) in entries.iter().enumerate() {
            self.by_name.insert(entry.name.clone(), now.start + index);
        }
        let before = self.entries.splice(at, entries).collect();
        for entry in self.entries.get_mut(now.end..).unwrap_or_default() {
            entry.index = entry.index.saturating_add_signed(shift(entry.noun));
        }
        Redeclared { before, now, renamed, retitled, disordered }
    }

    /// Changes what numbers things have, in all entries.
    pub(super) fn renumber(&mut self, number: impl Fn(usize) -> usize) {
        for entry in &mut self.entries {
            entry.index = number(entry.index);
        }
    }

    pub(super) fn entries_mut(&mut self) -> &mut [Entry] {
        &mut self.entries
    }

    /// What has that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Entry> {
        let name = composed(name);
        let known = self.by_name.get(name.as_ref()).and_then(|index| self.entries.get(*index));
        let fresh = || self.gap.as_ref()?.entries.iter().find(|entry| entry.name == name);
        known.or_else(fresh)
    }

    /// All of it, in declaration order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn len(&self) -> usize {
        self.gap.as_ref().map_or(self.entries.len(), |gap| gap.at.start + gap.entries.len())
    }
}

/// All names of a plan.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub(super) calendars: Table,
    pub(super) metrics: Table,
    pub(super) holders: Table,
    pub(super) histories: Table,
    pub(super) funnels: Table,
    pub(super) accounts: Table,
    pub(super) pipelines: Table,
    pub(super) objectives: Table,
    /// Of each objective.
    pub(super) key_results: Vec<Table>,
    pub(super) actions: Table,
    pub(super) reviews: Table,
    pub(super) incentives: Table,
    pub(super) scenarios: Table,
    pub(super) roles: Table,
}

impl Names {
    /// The namespace in which things of that kind are looked up.
    #[must_use]
    pub fn table(&self, noun: Noun) -> Option<&Table> {
        Some(match noun {
            Noun::Calendar => &self.calendars,
            Noun::Metric => &self.metrics,
            Noun::Team | Noun::Person | Noun::Holder => &self.holders,
            Noun::History => &self.histories,
            Noun::Funnel => &self.funnels,
            Noun::Accounts => &self.accounts,
            Noun::Pipeline => &self.pipelines,
            Noun::Objective | Noun::Goal => &self.objectives,
            Noun::Action => &self.actions,
            Noun::Review => &self.reviews,
            Noun::Incentive => &self.incentives,
            Noun::Scenario => &self.scenarios,
            Noun::Role => &self.roles,
            Noun::KeyResult
            | Noun::FunnelLine
            | Noun::Currency
            | Noun::Timezone
            | Noun::Stage
            | Noun::Deal
            | Noun::Actuals
            | Noun::Part => return None,
        })
    }

    /// All names that are declared, kind by kind; the key results of an objective behind all objectives.
    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        let tables = [
            &self.calendars,
            &self.metrics,
            &self.holders,
            &self.histories,
            &self.funnels,
            &self.accounts,
            &self.pipelines,
            &self.objectives,
            &self.actions,
            &self.reviews,
            &self.incentives,
            &self.scenarios,
            &self.roles,
        ];
        let inner = (0..self.objectives.len()).filter_map(|index| self.of_objective(ObjectiveId::new(index)));
        tables.into_iter().chain(inner).flat_map(Table::entries)
    }

    /// The key results of an objective.
    #[must_use]
    pub fn of_objective(&self, objective: ObjectiveId) -> Option<&Table> {
        self.key_results.get(objective.index())
    }

    /// The same, to enter names.
    pub(super) fn table_mut(&mut self, noun: Noun) -> Option<&mut Table> {
        Some(match noun {
            Noun::Calendar => &mut self.calendars,
            Noun::Metric => &mut self.metrics,
            Noun::Team | Noun::Person | Noun::Holder => &mut self.holders,
            Noun::History => &mut self.histories,
            Noun::Funnel => &mut self.funnels,
            Noun::Accounts => &mut self.accounts,
            Noun::Pipeline => &mut self.pipelines,
            Noun::Objective | Noun::Goal => &mut self.objectives,
            Noun::Action => &mut self.actions,
            Noun::Review => &mut self.reviews,
            Noun::Incentive => &mut self.incentives,
            Noun::Scenario => &mut self.scenarios,
            Noun::Role => &mut self.roles,
            Noun::KeyResult
            | Noun::FunnelLine
            | Noun::Currency
            | Noun::Timezone
            | Noun::Stage
            | Noun::Deal
            | Noun::Actuals
            | Noun::Part => return None,
        })
    }

    /// Something of another kind by that name.
    pub(super) fn elsewhere(&self, name: &str) -> Option<&Entry> {
        let tables = [
            &self.metrics,
            &self.holders,
            &self.funnels,
            &self.objectives,
            &self.histories,
            &self.accounts,
            &self.pipelines,
            &self.calendars,
            &self.actions,
            &self.reviews,
            &self.incentives,
            &self.scenarios,
        ];
        tables.into_iter().find_map(|table| table.get(name))
    }
}

/// An entry for a declared name.
pub(super) fn entry(
    noun: Noun,
    name: &ast::Name,
    title: Option<&ast::Text>,
    item: ItemId,
    index: usize,
) -> Entry {
    Entry {
        noun,
        name: composed(&name.value).into_owned(),
        title: title.map(|title| title.value.clone()),
        place: Place::new(item, name.span),
        index,
    }
}
