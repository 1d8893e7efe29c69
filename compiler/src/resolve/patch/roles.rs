//! Roles, which are declared by whoever has them first.

use std::collections::HashMap;

use milepost_grammar::ast::{self, Declaration, MemberStatement, TeamStatement};

use super::super::names::{Table, composed};
use super::reach::{Mark, Marks};
use crate::load::LoadedItem;
use crate::sources::{Place, Sources};

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

/// Points the roles that were first had in what was edited to where they stand now. `None` where roles came or went, or who
/// has them first.
pub(super) fn renamed_roles(
    table: &mut Table,
    fresh: &[LoadedItem],
    marks: &Marks,
    sources: &Sources,
) -> Option<HashMap<Place, Place>> {
    let had: Vec<(&ast::Name, Place)> = fresh.iter().flat_map(roles).collect();
    let mut places = HashMap::new();
    let mut from = 0;
    for entry in table.entries_mut().iter_mut().filter(|entry| marks.get(entry.place.item) == Mark::Edited) {
        let at = had.iter().position(|(name, _)| composed(&name.value) == entry.name)?;
        if at < from {
            return None;
        }
        from = at + 1;
        let (_, place) = had.get(at)?;
        places.insert(entry.place, *place);
        entry.place = *place;
    }
    for (name, place) in had {
        let first = table.get(&name.value)?.place;
        if sources.rank(first.item) > sources.rank(place.item) {
            return None;
        }
    }
    Some(places)
}
