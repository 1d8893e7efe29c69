//! What changed in what two plans say.

mod broken;
mod calendar;
mod once;
mod pairs;
mod readings;

use std::collections::HashSet;

use super::change::{Change, Event};
use super::matching::Matched;
use super::thing::{Aspect, Fact, Thing, Value, What};
use super::turn::Turn;
use crate::page::Label;
use crate::sources::{Place, Sources};

pub(super) use broken::Broken;
use once::once;
use pairs::pairs;

/// A change, and where it is said.
#[derive(Debug)]
struct Told {
    change: Change,
    /// What it is in, before and after.
    within: Vec<Label>,
    /// The statements, before and after.
    places: [Option<Place>; 2],
}

/// Changes as they are found.
#[derive(Debug)]
pub(super) struct Changes<'a> {
    pub(super) before: &'a Sources,
    pub(super) after: &'a Sources,
    pub(super) turn: Turn,
    told: Vec<Told>,
    /// What came or went with all that is in it.
    whole: HashSet<(What, String)>,
    /// What errors before, and after, hide.
    pub(super) broken: (Broken, Broken),
    /// How many things, and statements of the plan itself, an error may hide.
    pub(super) hidden: usize,
    /// Statements of dates that only moved with the period.
    pub(super) moved: HashSet<(Place, String)>,
    /// How many records of the period before are not there any more.
    pub(super) ended: usize,
}

impl<'a> Changes<'a> {
    pub(super) fn new(before: &'a Sources, after: &'a Sources, turn: Turn, broken: (Broken, Broken)) -> Self {
        Self {
            before,
            after,
            turn,
            told: Vec::new(),
            whole: HashSet::new(),
            broken,
            hidden: 0,
            moved: HashSet::new(),
            ended: 0,
        }
    }

    /// All of them, by kind of thing; those that change no number come last.
    pub(super) fn list(&mut self) -> Vec<Change> {
        self.without_inherited();
        let mut list: Vec<Change> = self.told.drain(..).map(|told| told.change).collect();
        let is_text =
            |event: &Event| matches!(event, Event::Said { aspect: Aspect::Text | Aspect::Actual, .. });
        list.sort_by_key(|change| (is_text(&change.event), change.what));
        list
    }

    /// A plan that is new, or gone.
    pub(super) fn whole_plan(&mut self, before: Option<&Thing>, after: Option<&Thing>) {
        let span = |thing: &Thing| thing.facts.first().map(|period| period.value.shown());
        if let Some(new) = after {
            self.push(What::Plan, new, Event::Added(span(new)), self.after.file_line(new.place));
        } else if let Some(old) = before {
            self.push(What::Plan, old, Event::Removed(span(old)), self.before.file_line(old.place));
        }
    }

    /// Looks for what changed in things of one kind.
    pub(super) fn of(&mut self, what: What, before: &[Thing], after: &[Thing], matched: &Matched) {
        let first = self.told.len();
        for (was, now) in &matched.both {
            if let (Some(old), Some(new)) = (before.get(*was), after.get(*now)) {
                let spoilt = (self.broken.0.spoils(what, old, *was), self.broken.1.spoils(what, new, *now));
                self.thing(what, old, new, spoilt);
            }
        }
        for new in matched.new.iter().filter_map(|index| after.get(*index)) {
            if self.broken.0.hides(what, new) {
                self.hidden += 1;
                continue;
            }
            self.came_or_went(what, new, Event::Added, self.after.file_line(new.place));
        }
        for old in matched.gone.iter().filter_map(|index| before.get(*index)) {
            if self.broken.1.hides(what, old) {
                self.hidden += 1;
                continue;
            }
            if what == What::Actuals && !self.turn.overlaps() {
                self.ended += old.facts.len();
                continue;
            }
            self.came_or_went(what, old, Event::Removed, self.before.file_line(old.place));
        }
        if let Some(around) = around(what) {
            for side in [1, 0] {
                let told = self.told.split_off(first);
                self.told.extend(once(around, told, side));
            }
        }
    }

    /// What is said for all that is in something is told of that alone: of an objective, or of a team, whose calendar others have;
    /// of anything else each has its own.
    fn without_inherited(&mut self) {
        let outer = |told: &&Told| matches!(told.change.what, What::Objective | What::Team);
        let known: HashSet<(String, Event)> = (self.told.iter().filter(outer))
            .map(|told| (told.change.name.clone(), told.change.event.clone()))
            .collect();
        let inherits = |told: &Told| {
            let inherited = match (told.change.what, &told.change.event) {
                (What::KeyResult, Event::Said { .. }) => true,
                (What::Person | What::Team, Event::Said { of, .. }) => of == "calendar",
                _ => false,
            };
            let is_told = |outer: &Label| known.contains(&(outer.name.clone(), told.change.event.clone()));
            inherited && told.within.iter().any(is_told)
        };
        self.told.retain(|told| !inherits(told));
        // A statement of a team may have been heard of the team itself, and of all in it.
        let mut heard = HashSet::new();
        self.told.retain(|told| {
            let change = &told.change;
            change.what != What::Team || heard.insert((change.name.clone(), change.event.clone()))
        });
    }

    fn came_or_went(
        &mut self,
        what: What,
        thing: &Thing,
        event: impl FnOnce(Option<String>) -> Event,
        source: String,
    ) {
        let outer = around(what).zip(thing.within.last().map(|outer| outer.name.clone()));
        if outer.is_some_and(|outer| self.whole.contains(&outer)) {
            return;
        }
        if matches!(what, What::Accounts | What::Pipeline) {
            self.whole.insert((what, thing.name.clone()));
        }
        let summary = match what {
            What::Actuals => Some(days(thing.facts.len())),
            _ => thing.summary.as_ref().map(Value::shown),
        };
        self.push(what, thing, event(summary), source);
    }

    fn push(&mut self, what: What, thing: &Thing, event: Event, source: String) {
        let (name, title) = (thing.name.clone(), thing.title.clone());
        let is_before = matches!(event, Event::Removed(_) | Event::Said { before: Some(_), after: None, .. });
        let change = Change { what, name, title, event, source, is_before };
        self.told.push(Told { change, within: Vec::new(), places: [None, None] });
    }

    fn thing(&mut self, what: What, old: &Thing, new: &Thing, spoilt: (bool, bool)) {
        let place = self.after.file_line(new.place);
        let was = match what {
            // A plan is another file each quarter.
            What::Plan => old.name != new.name && self.turn.is_none(),
            _ => old.name != new.name && what != What::Actuals,
        };
        if was {
            self.push(what, new, Event::Renamed { from: old.name.clone() }, place.clone());
        }
        if old.title != new.title && (what != What::Plan || self.turn.is_none()) {
            let quoted = |title: &Option<String>| title.as_ref().map(|title| format!("\"{title}\""));
            let (before, after) = (quoted(&old.title), quoted(&new.title));
            let event = Event::Said { aspect: Aspect::Text, of: "title".to_owned(), before, after };
            self.push(what, new, event, place);
        }
        // Instead of a statement with an error that would be told which holds without it.
        if what != What::Plan && (spoilt.0 || spoilt.1) {
            self.hidden += usize::from(!pairs(&old.facts, &new.facts).is_empty() || old.days != new.days);
            return;
        }
        match what {
            What::Actuals => self.readings(old, new),
            What::Calendar => self.calendar(old, new),
            _ => self.facts(what, old, new, spoilt),
        }
    }

    fn facts(&mut self, what: What, old: &Thing, new: &Thing, spoilt: (bool, bool)) {
        let names = |thing: &Thing| thing.within.iter().map(|label| label.name.clone()).collect::<Vec<_>>();
        let stays = !new.within.is_empty() && names(old) == names(new);
        let within = if stays { new.within.as_slice() } else { &[] };
        for (was, now) in pairs(&old.facts, &new.facts) {
            if (was.is_none() && spoilt.0) || (now.is_none() && spoilt.1) {
                self.hidden += 1;
                continue;
            }
            if self.only_moved(what, was, now) {
                continue;
            }
            let first = self.told.len();
            self.said(what, new, was, now);
            for told in self.told.iter_mut().skip(first) {
                told.within = within.to_vec();
                told.places = [was.map(|fact| fact.place), now.map(|fact| fact.place)];
            }
        }
    }

    /// Whether that is so for the next period, and nothing else is meant.
    fn only_moved(&mut self, what: What, was: Option<&Fact>, now: Option<&Fact>) -> bool {
        if self.turn.is_none() {
            return false;
        }
        // Each plan follows the one before.
        if what == What::Plan && now.or(was).is_some_and(|fact| fact.of == "follows") {
            return true;
        }
        let (Some(was), Some(now)) = (was, now) else { return false };
        let is_period = what == What::Plan && now.of == "period";
        let moved = !is_period && self.turn.moved(&was.value, &now.value);
        if moved {
            self.moved.insert((now.place, now.of.clone()));
        }
        moved
    }

    fn said(&mut self, what: What, thing: &Thing, was: Option<&Fact>, now: Option<&Fact>) {
        let Some(fact) = now.or(was) else { return };
        if now.is_none() && fact.aspect == Aspect::Actual && !self.turn.overlaps() {
            self.ended += 1;
            return;
        }
        let place = |place: Place, sources: &Sources| sources.file_line(place);
        let source = match (now, was) {
            (Some(now), _) => place(now.place, self.after),
            (None, _) => place(fact.place, self.before),
        };
        let shown = |fact: Option<&Fact>| fact.map(|fact| fact.value.shown());
        let event =
            Event::Said { aspect: fact.aspect, of: fact.of.clone(), before: shown(was), after: shown(now) };
        self.push(what, thing, event, source);
    }
}

/// The kind of what things of a kind are in.
const fn around(what: What) -> Option<What> {
    match what {
        What::Person => Some(What::Team),
        What::Account => Some(What::Accounts),
        What::Deal => Some(What::Pipeline),
        _ => None,
    }
}

fn days(count: usize) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}
