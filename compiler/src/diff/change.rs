//! What changed in what two plans say.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::matching::Matched;
use super::thing::{Aspect, Fact, Thing, Value, What};
use super::turn::Turn;
use crate::page::Label;
use crate::sources::{Place, Sources};

/// One change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Of what kind of thing.
    pub what: What,
    /// Its name now, or the one that it had; of a key result the path.
    pub name: String,
    /// What people call it.
    pub title: Option<String>,
    /// What happened to it.
    pub event: Event,
    /// `file:line` where the plan says so, or said so where it does no more.
    pub source: String,
}

/// What happened to a thing.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Event {
    /// It is new; what it is, in a few words.
    Added(Option<String>),
    /// It is gone; what it was.
    Removed(Option<String>),
    /// It has another name.
    Renamed {
        /// The one before.
        from: String,
    },
    /// Something else is said of it.
    Said {
        /// What that is about.
        aspect: Aspect,
        /// In the language's words.
        of: String,
        /// What was said, if anything was.
        before: Option<String>,
        /// What is said, if anything is.
        after: Option<String>,
    },
}

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
    /// How many dates only moved with the period.
    pub(super) moved: usize,
    /// How many records of the period before are not there any more.
    pub(super) ended: usize,
}

impl<'a> Changes<'a> {
    pub(super) fn new(before: &'a Sources, after: &'a Sources, turn: Turn) -> Self {
        Self { before, after, turn, told: Vec::new(), whole: HashSet::new(), moved: 0, ended: 0 }
    }

    /// All of them, by kind of thing.
    pub(super) fn list(&mut self) -> Vec<Change> {
        let mut list: Vec<Change> = self.told.drain(..).map(|told| told.change).collect();
        list.sort_by_key(|change| change.what);
        list
    }

    /// Looks for what changed in things of one kind.
    pub(super) fn of(&mut self, what: What, before: &[Thing], after: &[Thing], matched: &Matched) {
        let first = self.told.len();
        for (old, new) in &matched.both {
            if let (Some(old), Some(new)) = (before.get(*old), after.get(*new)) {
                self.thing(what, old, new);
            }
        }
        for new in matched.new.iter().filter_map(|index| after.get(*index)) {
            self.came_or_went(what, new, Event::Added, self.after.file_line(new.place));
        }
        for old in matched.gone.iter().filter_map(|index| before.get(*index)) {
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
        let change = Change { what, name, title, event, source };
        self.told.push(Told { change, within: Vec::new(), places: [None, None] });
    }

    fn thing(&mut self, what: What, old: &Thing, new: &Thing) {
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
        match what {
            What::Actuals => self.readings(old, new),
            What::Calendar => self.calendar(old, new),
            _ => self.facts(what, old, new),
        }
    }

    fn facts(&mut self, what: What, old: &Thing, new: &Thing) {
        let names = |thing: &Thing| thing.within.iter().map(|label| label.name.clone()).collect::<Vec<_>>();
        let stays = !new.within.is_empty() && names(old) == names(new);
        let within = if stays { new.within.as_slice() } else { &[] };
        let alike = |(one, other): (&Fact, &Fact)| one.of == other.of && one.says(other);
        if old.facts.len() == new.facts.len() && old.facts.iter().zip(&new.facts).all(alike) {
            return;
        }
        let mut left: HashMap<&str, Vec<&Fact>> = HashMap::new();
        for fact in old.facts.iter().rev() {
            left.entry(&fact.of).or_default().push(fact);
        }
        let mut open: Vec<&Fact> = Vec::new();
        for fact in &new.facts {
            let same = left.get_mut(fact.of.as_str());
            let at = same.as_ref().and_then(|said| said.iter().rposition(|was| was.says(fact)));
            match (same, at) {
                (Some(said), Some(at)) => drop(said.remove(at)),
                _ => open.push(fact),
            }
        }
        let mut pairs: Vec<(Option<&Fact>, Option<&Fact>)> = Vec::new();
        for fact in open {
            let was = left.get_mut(fact.of.as_str()).and_then(Vec::pop);
            pairs.push((was, Some(fact)));
        }
        for fact in &old.facts {
            let gone = left.get_mut(fact.of.as_str());
            let at = gone.as_ref().and_then(|said| said.iter().position(|was| std::ptr::eq(*was, fact)));
            if let (Some(said), Some(at)) = (gone, at) {
                said.remove(at);
                pairs.push((Some(fact), None));
            }
        }
        // What comes or goes does so with all that is said of it: an account with its owner.
        let whole = |was: bool, now: bool| -> HashSet<&str> {
            let alike = pairs.iter().filter(|(old, new)| (old.is_some(), new.is_some()) == (was, now));
            alike.filter_map(|(old, new)| new.or(*old)).map(|fact| fact.of.as_str()).collect()
        };
        let (came, went) = (whole(false, true), whole(true, false));
        let is_part = |fact: &Fact, of: &HashSet<&str>| {
            fact.of.match_indices(' ').any(|(at, _)| fact.of.get(..at).is_some_and(|head| of.contains(head)))
        };
        for (was, now) in pairs {
            let skip = match (was, now) {
                (Some(was), Some(now)) => {
                    let is_period = what == What::Plan && now.of == "period";
                    let moved = !is_period && self.turn.moved(&was.value, &now.value);
                    self.moved += usize::from(moved);
                    moved
                }
                (None, Some(now)) => is_part(now, &came),
                (Some(was), None) => is_part(was, &went),
                (None, None) => true,
            };
            if !skip {
                let first = self.told.len();
                self.said(what, new, was, now);
                for told in self.told.iter_mut().skip(first) {
                    told.within = within.to_vec();
                    told.places = [was.map(|fact| fact.place), now.map(|fact| fact.place)];
                }
            }
        }
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

    /// Readings come in by the dozen: how many there are, and which say something else than they did.
    fn readings(&mut self, old: &Thing, new: &Thing) {
        let known: HashMap<&str, &Fact> = old.facts.iter().map(|fact| (fact.of.as_str(), fact)).collect();
        let other = |fact: &&Fact| known.get(fact.of.as_str()).is_some_and(|was| !was.says(fact));
        let others: Vec<&Fact> = new.facts.iter().filter(other).collect();
        let came = new.facts.iter().filter(|fact| !known.contains_key(fact.of.as_str())).count();
        for fact in others {
            let was = known.get(fact.of.as_str()).copied();
            self.said(What::Actuals, new, was, Some(fact));
        }
        if came > 0 || came + old.facts.len() != new.facts.len() {
            let source = self.after.file_line(new.place);
            let (before, after) = (Some(days(old.facts.len())), Some(days(new.facts.len())));
            let event = Event::Said { aspect: Aspect::Actual, of: "read".to_owned(), before, after };
            self.push(What::Actuals, new, event, source);
        }
    }

    /// Days that follow each other and changed alike are told as one.
    fn calendar(&mut self, old: &Thing, new: &Thing) {
        let day = |fact: &Fact| fact.of.strip_prefix("day ").and_then(|day| day.parse::<NaiveDate>().ok());
        let split = |thing: &Thing| -> (Thing, HashMap<NaiveDate, String>) {
            let days = thing.facts.iter().filter_map(|fact| Some((day(fact)?, fact.value.shown())));
            let days = days.collect();
            let mut rest = thing.clone();
            rest.facts.retain(|fact| day(fact).is_none());
            (rest, days)
        };
        let ((old, was), (new, now)) = (split(old), split(new));
        self.facts(What::Calendar, &old, &new);
        // Plans of other days know other days; what they both plan is compared.
        let both = (!self.turn.is_none()).then(|| self.turn.before.intersect(&self.turn.after));
        let mut differ: Vec<(NaiveDate, String, String)> = Vec::new();
        let mut known: Vec<NaiveDate> = was.keys().chain(now.keys()).copied().collect();
        known.sort_unstable();
        known.dedup();
        for day in known
            .into_iter()
            .filter(|day| both.is_none_or(|both| both.is_some_and(|both| both.contains(*day))))
        {
            let opposite = |said: &str| if said == "works" { "off" } else { "works" }.to_owned();
            match (was.get(&day), now.get(&day)) {
                (Some(was), Some(now)) if was != now => differ.push((day, was.clone(), now.clone())),
                (Some(was), None) => differ.push((day, was.clone(), opposite(was))),
                (None, Some(now)) => differ.push((day, opposite(now), now.clone())),
                _ => {}
            }
        }
        let follows = |one: &(NaiveDate, String, String), next: &(NaiveDate, String, String)| {
            one.0.succ_opt() == Some(next.0) && one.1 == next.1
        };
        for run in differ.chunk_by(follows) {
            let (Some((first, before, after)), Some((last, ..))) = (run.first(), run.last()) else {
                continue;
            };
            let of = Value::default().over(crate::dates::DateSpan { first: *first, last: *last }).shown();
            let source = self.after.file_line(new.place);
            let (before, after) = (Some(before.clone()), Some(after.clone()));
            self.push(
                What::Calendar,
                &new,
                Event::Said { aspect: Aspect::Calendar, of, before, after },
                source,
            );
        }
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

/// What one statement says for several is told once, of what they are in.
fn once(around: What, mut told: Vec<Told>, side: usize) -> Vec<Told> {
    let mut alike: HashMap<(Place, &Event), Vec<usize>> = HashMap::new();
    for (index, told) in told.iter().enumerate() {
        if let (Some(place), false) = (told.places.get(side).copied().flatten(), told.within.is_empty()) {
            alike.entry((place, &told.change.event)).or_default().push(index);
        }
    }
    let groups: Vec<Vec<usize>> = alike.into_values().filter(|group| group.len() > 1).collect();
    let mut dropped = vec![false; told.len()];
    for group in groups {
        let common = group.iter().filter_map(|index| told.get(*index)).map(|told| told.within.as_slice());
        let common = common.reduce(|one, other| {
            let same = one.iter().zip(other).take_while(|(one, other)| one.name == other.name).count();
            one.get(..same).unwrap_or(one)
        });
        let Some(outer) = common.and_then(<[Label]>::last).cloned() else { continue };
        let mut members = group.into_iter();
        if let Some(first) = members.next().and_then(|first| told.get_mut(first)) {
            first.change.what = around;
            first.change.name = outer.name;
            first.change.title = outer.title;
            first.within.clear();
        }
        for index in members {
            if let Some(dropped) = dropped.get_mut(index) {
                *dropped = true;
            }
        }
    }
    let mut dropped = dropped.into_iter();
    told.retain(|_| dropped.next() != Some(true));
    told
}

fn days(count: usize) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}
