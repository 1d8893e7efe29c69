//! Which name stands for what.
//!
//! There is one namespace per kind; teams and people share one. Names are compared in Unicode's composed form
//! (NFC), so that `é` typed in two ways is one name.

use std::borrow::Cow;
use std::collections::HashMap;

use milepost_grammar::ast;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::noun::Noun;
use crate::plan::ObjectiveId;
use crate::sources::{ItemId, Place};

/// `name` in the form that names are compared in.
pub(super) fn composed(name: &str) -> Cow<'_, str> {
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

/// The names of one namespace, in declaration order.
#[derive(Clone, Debug, Default)]
pub struct Table {
    entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
}

impl Table {
    /// Enters a name, unless it is taken: then who has it.
    pub(super) fn enter(&mut self, entry: Entry) -> Result<(), &Entry> {
        match self.by_name.get(composed(&entry.name).as_ref()).copied() {
            Some(taken) => self.entries.get(taken).map_or(Ok(()), Err),
            None => {
                self.by_name.insert(composed(&entry.name).into_owned(), self.entries.len());
                self.entries.push(entry);
                Ok(())
            }
        }
    }

    /// What has that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.by_name.get(composed(name).as_ref()).and_then(|index| self.entries.get(*index))
    }

    /// All of it, in declaration order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
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
    pub(super) key_results: HashMap<ObjectiveId, Table>,
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
        self.key_results.get(&objective)
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
