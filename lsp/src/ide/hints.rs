//! What lines come to, shown behind them.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::noun::Noun;
use milepost::plan::{CheckpointAmount, Holder, KeyResult, KeyResultId, PersonId, ShareBy, Target, TeamId};
use milepost::resolve::names::Entry;
use milepost::sources::{FileId, Place};
use milepost_grammar::ast::{self, Declaration, KeyResultStatement, ObjectiveStatement};

use super::amounts::Amounts;
use super::{english, items};

/// Text to be shown at a place without being there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// Before which byte it is shown.
    pub offset: usize,
    /// What is shown; a space belongs before it.
    pub text: String,
}

/// What the lines of a file come to, of those that end in `within`, in order.
#[must_use]
pub fn hints(compilation: &Compilation, file: FileId, within: &Range<usize>) -> Vec<Hint> {
    let Some(plan) = &compilation.plan else { return Vec::new() };
    let mut hints = Hints { compilation, file, within, found: Vec::new() };
    for (index, goal) in plan.key_results.iter().enumerate() {
        if compilation.sources.locate(goal.place).0 == file
            && let Some(amounts) = Amounts::of(compilation, KeyResultId::new(index))
        {
            hints.key_result(goal, amounts);
        }
    }
    hints.found.sort_by_key(|hint| hint.offset);
    hints.found
}

struct Hints<'c> {
    compilation: &'c Compilation,
    file: FileId,
    within: &'c Range<usize>,
    found: Vec<Hint>,
}

impl Hints<'_> {
    fn key_result(&mut self, goal: &KeyResult, amounts: Amounts<'_>) {
        let Some(measure) = &goal.measure else { return };
        if self.shows(measure.place) {
            let worked_out = !matches!(measure.target, Target::Amount(_))
                || measure.growth.is_some()
                || goal.is_per_head();
            let target = amounts.target().filter(|_| worked_out).map(|amount| english::comes_to(&amount));
            let new = amounts.left().map(|amount| english::left_to_win(&amount));
            let below = amounts.metrics().get(1).and_then(|metric| amounts.total(*metric));
            self.add(measure.place, target.into_iter().chain(new).chain(below).chain(amounts.pace()));
        }
        if let Some((_, place)) = goal.through
            && self.shows(place)
        {
            let below = amounts.metrics().into_iter().skip(1).filter_map(|metric| amounts.total(metric));
            self.add(place, below);
        }
        for checkpoint in &goal.checkpoints {
            if let CheckpointAmount::OfTarget(part) = &checkpoint.amount {
                let amount = amounts.of_target(part).map(|amount| english::comes_to(&amount));
                self.add(checkpoint.place, amount);
            }
        }
        if let Some((_, place)) = &goal.over_assign {
            self.add(*place, amounts.dealt_out().map(|amount| english::comes_to(&amount)));
        }
        if let Some(share) = &goal.share
            && self.shows(share.place)
            && let Some(parts) = amounts.parts()
        {
            let part = |person: &PersonId| parts.get(person).copied().unwrap_or(0);
            if matches!(share.by, ShareBy::List(_)) {
                self.listed(goal, amounts, part);
            } else if parts.len() > 1 {
                let least = parts.values().min().and_then(|steps| amounts.read(*steps));
                let most = parts.values().max().and_then(|steps| amounts.read(*steps));
                let said = least.zip(most).map(|(least, most)| english::of_each(parts.len(), &least, &most));
                self.add(share.place, said);
            }
        }
    }

    /// What each line of `share { liu 40%; chen 60% }` comes to.
    fn listed(&mut self, goal: &KeyResult, amounts: Amounts<'_>, part: impl Fn(&PersonId) -> i128) {
        let item = goal.place.item;
        let Some(names) = self.compilation.names.table(Noun::Holder) else { return };
        let Some(share) = tree(self.compilation, goal.place).and_then(share_of) else { return };
        let Some(ast::ShareBy::List(list)) = share.how.as_ref().map(|how| &how.value) else { return };
        for weighted in list {
            let Some(entry) = names.get(&weighted.name.value) else { continue };
            let steps = match holder(entry) {
                Holder::Person(person) => part(&person),
                Holder::Team(team) => amounts.plan.people_of(team).iter().map(&part).sum(),
            };
            self.add(Place::new(item, weighted.weight.span), amounts.read(steps));
        }
    }

    fn shows(&self, place: Place) -> bool {
        let (file, range) = self.compilation.sources.locate(place);
        file == self.file && range.start <= self.within.end && self.within.start <= range.end
    }

    /// Behind the text at `place`, if that is asked for and there is anything to say.
    fn add(&mut self, place: Place, said: impl IntoIterator<Item = String>) {
        if !self.shows(place) {
            return;
        }
        let said: Vec<String> = said.into_iter().collect();
        let (_, range) = self.compilation.sources.locate(place);
        let text = items::text(self.compilation, self.file);
        let offset = items::trimmed(text, range).end;
        if !said.is_empty() && self.within.start <= offset && offset <= self.within.end {
            self.found.push(Hint { offset, text: said.join(english::BETWEEN) });
        }
    }
}

fn holder(entry: &Entry) -> Holder {
    match entry.noun {
        Noun::Team => Holder::Team(TeamId::new(entry.index)),
        _ => Holder::Person(PersonId::new(entry.index)),
    }
}

/// The key result whose name stands at `place`, as it is written.
fn tree(compilation: &Compilation, place: Place) -> Option<&ast::KeyResult> {
    let index = compilation.items.binary_search_by_key(&place.item, |loaded| loaded.id).ok()?;
    let Declaration::Objective(objective) = &compilation.items.get(index)?.item.declaration else {
        return None;
    };
    objective.body.iter().find_map(|statement| match statement {
        ObjectiveStatement::KeyResult(own) if own.name.span == place.span => Some(own),
        _ => None,
    })
}

fn share_of(key_result: &ast::KeyResult) -> Option<&ast::Share> {
    key_result.body.iter().find_map(|statement| match statement {
        KeyResultStatement::Share(share) => Some(share),
        _ => None,
    })
}
