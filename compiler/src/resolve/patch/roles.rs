//! Roles, which are declared by whoever has them first.

use milepost_grammar::ast::{self, Declaration, MemberStatement, TeamStatement};

use super::super::names::{Table, composed, entry};
use super::compared::Places;
use super::reach::{Mark, Marks};
use crate::load::LoadedItem;
use crate::noun::Noun;
use crate::sources::{ItemId, Place, Sources};

/// The roles that people of an item have, in the order in which they are resolved.
pub(super) fn roles(item: &LoadedItem) -> Vec<(&ast::Name, Place)> {
    pub(super) fn of<'t>(
        statements: impl Iterator<Item = &'t MemberStatement>,
        found: &mut Vec<&'t ast::Name>,
    ) {
        found.extend(statements.filter_map(|statement| match statement {
            MemberStatement::Role(name) => Some(name),
            _ => None,
        }));
    }
    pub(super) fn of_team<'t>(team: &'t ast::Team, found: &mut Vec<&'t ast::Name>) {
        let own = team.body.iter().filter_map(|statement| match statement {
            TeamStatement::Member(said) => Some(said),
            _ => None,
        });
        of(own, found);
        for statement in &team.body {
            match statement {
                TeamStatement::Team(inner) => of_team(inner, found),
                TeamStatement::Person(person) => of(person.body.iter(), found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    match &item.item.declaration {
        Declaration::Team(team) => of_team(team, &mut found),
        Declaration::Person(person) => of(person.body.iter(), &mut found),
        _ => {}
    }
    found.into_iter().map(|name| (name, Place::new(item.id, name.span))).collect()
}

/// What became of the roles of a plan.
#[derive(Default)]
pub(super) struct Roles {
    /// Where those stand now that stood in what was edited, or stand elsewhere now.
    pub(super) places: Places,
    /// Whether roles came or went.
    pub(super) differ: bool,
    /// Items that were not edited and have a role first now, or no longer.
    pub(super) again: Vec<ItemId>,
}

/// Brings roles up to an edit.
pub(super) fn declared_again(
    table: &mut Table,
    items: &[LoadedItem],
    fresh: &[LoadedItem],
    marks: &Marks,
    sources: &Sources,
) -> Roles {
    if let Some(places) = moved(table, fresh, marks, sources) {
        return Roles { places, ..Roles::default() };
    }
    let mut now = Table::default();
    for (name, place) in items.iter().flat_map(roles) {
        // A role is declared by having it, however often.
        let _ = now.enter(entry(Noun::Role, name, None, place.item, now.len()));
    }
    let mut roles = Roles { differ: now.len() != table.len(), ..Roles::default() };
    for old in table.entries() {
        let new = now.get(&old.name).map(|new| new.place);
        roles.differ |= new.is_none();
        roles.places.insert(old.place, new);
        let of_others = [Some(old.place), new].into_iter().flatten().map(|place| place.item);
        if new.is_some_and(|new| new != old.place) {
            roles.again.extend(of_others.filter(|item| marks.get(*item) == Mark::None));
        }
    }
    *table = now;
    roles
}

/// Points the roles that were first had in what was edited to where they stand now. `None` where roles came or went, or who
/// has them first.
fn moved(table: &mut Table, fresh: &[LoadedItem], marks: &Marks, sources: &Sources) -> Option<Places> {
    let had: Vec<(&ast::Name, Place)> = fresh.iter().flat_map(roles).collect();
    let mut moved = Vec::new();
    let mut from = 0;
    let edited = |place: Place| marks.get(place.item) == Mark::Edited;
    for entry in table.entries().iter().filter(|entry| edited(entry.place)) {
        let at = had.iter().position(|(name, _)| composed(&name.value) == entry.name)?;
        if at < from {
            return None;
        }
        from = at + 1;
        moved.push((entry.place, had.get(at)?.1));
    }
    for (name, place) in &had {
        let first = table.get(&name.value)?.place;
        if !edited(first) && sources.rank(first.item) > sources.rank(place.item) {
            return None;
        }
    }
    let mut places = moved.iter();
    for entry in table.entries_mut().iter_mut().filter(|entry| edited(entry.place)) {
        entry.place = places.next()?.1;
    }
    Some(moved.into_iter().map(|(old, now)| (old, Some(now))).collect())
}
