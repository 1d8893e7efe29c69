//! What was declared, beside what is declared now.

use std::collections::{HashMap, HashSet};

use milepost_grammar::Span;

use super::super::declare::{Declarations, DeclaredHolder};
use super::super::names::{Entry, composed};
use super::kinds::{Kind, kind};
use super::reach::{Mark, Marks};
use crate::load::LoadedItem;
use crate::noun::Noun;
use crate::sources::{ItemId, Place, Sources};

/// Where names that were declared again stand now; `None` for those that are gone.
pub(super) type Places = HashMap<Place, Option<Place>>;

/// How many of each kind are declared, those left out whose names were taken.
pub(super) struct Counts {
    pub(super) teams: usize,
    pub(super) people: usize,
    pub(super) funnels: usize,
    pub(super) objectives: usize,
    pub(super) key_results: usize,
}

impl Counts {
    pub(super) fn of(declared: &Declarations<'_>) -> Self {
        let team = |holder: &&DeclaredHolder<'_>| matches!(holder, DeclaredHolder::Team(team) if team.kept);
        let person =
            |holder: &&DeclaredHolder<'_>| matches!(holder, DeclaredHolder::Person(person) if person.kept);
        let inner = declared.objectives.iter().flat_map(|objective| &objective.key_results);
        Self {
            teams: declared.holders.iter().filter(team).count(),
            people: declared.holders.iter().filter(person).count(),
            funnels: declared.funnels.iter().filter(|funnel| funnel.kept).count(),
            objectives: declared.objectives.iter().filter(|objective| objective.kept).count(),
            key_results: inner.filter(|(_, kept)| *kept).count(),
        }
    }
}

/// What was declared beside what is now.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) places: Places,
    /// Of what is still there, which number it has.
    pub(super) numbers: HashMap<(Noun, usize), usize>,
    /// Names that came or went.
    pub(super) differ: Vec<String>,
}

impl Compared {
    pub(super) fn tables(&mut self, before: &[Entry], now: &[Entry]) {
        let by_name: HashMap<&str, &Entry> = now.iter().map(|entry| (entry.name.as_str(), entry)).collect();
        let known: HashMap<&str, &Entry> = before.iter().map(|entry| (entry.name.as_str(), entry)).collect();
        for entry in before {
            // A person who became a team is another thing.
            let same = by_name.get(entry.name.as_str()).filter(|now| now.noun == entry.noun);
            self.places.insert(entry.place, same.map(|now| now.place));
            match same {
                Some(now) => _ = self.numbers.insert((entry.noun, entry.index), now.index),
                None => self.differ.push(entry.name.clone()),
            }
        }
        let new = now
            .iter()
            .filter(|entry| known.get(entry.name.as_str()).is_none_or(|old| old.noun != entry.noun));
        self.differ.extend(new.map(|entry| entry.name.clone()));
    }
}

/// The items that may speak of a name that came or went without naming anything that there is, or was.
pub(super) fn mentioning(
    items: &[LoadedItem],
    marks: &Marks,
    compared: &Compared,
    sources: &Sources,
) -> HashSet<ItemId> {
    let by_reference = |item: &LoadedItem| {
        matches!(kind(item), Kind::Holder | Kind::Funnel | Kind::Goal | Kind::Calendar | Kind::Nothing)
    };
    let others = items.iter().filter(|item| marks.get(item.id) == Mark::None && !by_reference(item));
    let mentions = |item: &&LoadedItem| {
        let text = sources.text(Place::new(item.id, Span::new(0, item.item.len)));
        let plain = matches!(composed(text), std::borrow::Cow::Borrowed(_));
        compared.differ.iter().any(|name| !plain || says(text, name))
    };
    others.filter(mentions).map(|item| item.id).collect()
}

/// Whether `name` stands in `text` as a word.
pub(super) fn says(text: &str, name: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + name.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(inner) && !behind.is_some_and(inner)
    })
}
