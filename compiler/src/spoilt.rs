//! Which key results an error spoils: for `build --keep-going`, which writes the others.
//!
//! An error spoils what it stands in, and what is worked out from it. In a key result it spoils that one; anywhere
//! else in an objective it spoils all of its key results, which inherit from it. In another declaration it spoils
//! the key results that the declaration has a part in: a metric or funnel those that use it, a person or team
//! those they take part in, since a share depends on everybody in it, a calendar those of the people who work by
//! it. In the plan itself, or in its calendar, it spoils everything. A pipeline, a review or a scenario, which
//! nothing is worked out from, spoils nothing; nor does a declaration that cannot be read at all: who names it has an error too.
//!
//! A spoilt key result is left out whole. Half of it would look like a plan.

use std::collections::{BTreeMap, BTreeSet};

use milepost_grammar::Span;

use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::plan::{
    Baseline, CalendarId, Holder, KeyResult, KeyResultId, Measure, PersonId, Plan, ShareBy, SpreadBy, Target,
    TeamId,
};
use crate::sources::{ItemId, Place};

/// The key results that `errors` spoil.
#[must_use]
pub fn spoilt<'a>(plan: &Plan, errors: impl Iterator<Item = &'a Diagnostic>) -> BTreeSet<KeyResultId> {
    let mut places: Vec<Place> = Vec::new();
    for error in errors {
        places.push(error.place);
        // What is wrong in a file of data is wrong with what reads it.
        let read = error.labels.iter().filter(|label| label.message == Message::ImportedHere);
        places.extend(read.map(|label| label.place));
    }
    let mut by_item: BTreeMap<ItemId, Vec<Place>> = BTreeMap::new();
    for place in places {
        by_item.entry(place.item).or_default().push(place);
    }
    if by_item.is_empty() {
        return BTreeSet::new();
    }
    // What is wrong in an objective is wrong with nothing that others are worked out from.
    let is_goal = |item: &ItemId| plan.objectives.iter().any(|objective| objective.place.item == *item);
    let items: BTreeSet<ItemId> = by_item.keys().copied().filter(|item| !is_goal(item)).collect();
    let ids = (0..plan.key_results.len()).map(KeyResultId::new);
    let in_goal = |key_result: &KeyResult| {
        let Some(places) = by_item.get(&key_result.place.item) else { return false };
        let blocks = &plan[key_result.objective].blocks;
        let own = blocks.iter().find(|block| holds(block.span, key_result.place.span));
        places.iter().any(|place| match blocks.iter().find(|block| holds(block.span, place.span)) {
            Some(block) => Some(block) == own,
            None => true,
        })
    };
    ids.filter(|id| {
        let key_result = &plan[*id];
        in_goal(key_result) || !items.is_empty() && uses(plan, key_result, &items)
    })
    .collect()
}

/// Whether `inner` stands in `block`.
pub(crate) fn holds(block: Span, inner: Span) -> bool {
    block.start <= inner.start && inner.end <= block.end
}

/// Whether a key result is worked out from one of `items`, its own aside.
fn uses(plan: &Plan, key_result: &KeyResult, items: &BTreeSet<ItemId>) -> bool {
    let mut used = Used { plan, items, found: false };
    used.item(plan.place.item);
    used.calendar(plan.calendar);
    if let Some(measure) = &key_result.measure {
        used.item(plan[measure.metric].place.item);
    }
    if let Some((funnel, _)) = key_result.through {
        let funnel = &plan[funnel];
        used.item(funnel.place.item);
        for line in &funnel.lines {
            used.item(plan[line.left].place.item);
            used.item(plan[line.right].place.item);
        }
    }
    for (book, _) in &key_result.existing {
        used.item(plan[*book].place.item);
        for owner in plan[*book].accounts.iter().filter_map(|account| account.owner) {
            used.person(owner);
        }
    }
    let named = key_result.share.iter().flat_map(|share| {
        let listed = match &share.by {
            ShareBy::List(list) => list.as_slice(),
            ShareBy::Evenly
            | ShareBy::Weight
            | ShareBy::Capacity
            | ShareBy::Like(_)
            | ShareBy::Each { .. } => &[],
        };
        share.among.iter().chain(listed.iter().map(|(holder, _)| holder))
    });
    // Owners hold what is not dealt out: all of it, a level, or what the accounts of nobody bring.
    let is_level = matches!(key_result.measure, Some(Measure { target: Target::Level(..), .. }));
    let held = key_result.share.is_none() || is_level || !key_result.existing.is_empty();
    for holder in key_result
        .owners
        .iter()
        .filter(|_| held)
        .chain(named)
        .chain(key_result.pins.iter().map(|pin| &pin.holder))
    {
        used.holder(*holder);
    }
    for (person, ..) in &key_result.over_assign_one {
        used.person(*person);
    }
    if let Some(Baseline::History(history, _)) = key_result.baseline {
        used.item(plan[history].place.item);
    }
    if let Some(ShareBy::Like(history)) = key_result.share.as_ref().map(|share| &share.by) {
        used.item(plan[*history].place.item);
    }
    if let Some(SpreadBy::Like { history, .. }) = key_result.spread.as_ref().map(|spread| &spread.by) {
        used.item(plan[*history].place.item);
    }
    used.found
}

struct Used<'a> {
    plan: &'a Plan,
    items: &'a BTreeSet<ItemId>,
    /// Whether one of them was met.
    found: bool,
}

impl Used<'_> {
    fn item(&mut self, item: ItemId) {
        self.found = self.found || self.items.contains(&item);
    }

    fn holder(&mut self, holder: Holder) {
        match holder {
            Holder::Person(person) => self.person(person),
            Holder::Team(team) => {
                self.team(team);
                // Teams of a plan lie within each other and in no circle.
                for member in &self.plan[team].members {
                    self.holder(*member);
                }
            }
        }
    }

    /// A person, with the teams around them that speak for them.
    fn person(&mut self, person: PersonId) {
        let person = &self.plan[person];
        self.item(person.place.item);
        if let Some(calendar) = person.calendar {
            self.calendar(calendar);
        }
        if let Some(team) = person.team {
            self.team(team);
        }
    }

    fn team(&mut self, team: TeamId) {
        for team in self.plan.teams_around(team) {
            let team = &self.plan[team];
            self.item(team.place.item);
            if let Some(calendar) = team.calendar {
                self.calendar(calendar);
            }
        }
    }

    fn calendar(&mut self, calendar: CalendarId) {
        if let Some(place) = self.plan[calendar].place {
            self.item(place.item);
        }
    }
}
