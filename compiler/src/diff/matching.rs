//! Which thing of the one plan is which of the other: by name, or renamed.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::thing::{Aspect, Fact, Thing, What};

/// Of more things than this that came and went, only those are looked at for renames that say the same in every point.
const MOST_COMPARED: usize = 300;

/// Things of one kind, of both plans.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// Places in both lists; the names may differ.
    pub(super) both: Vec<(usize, usize)>,
    pub(super) gone: Vec<usize>,
    pub(super) new: Vec<usize>,
}

/// Matches things by name, then those that are left by what is said of them.
pub(super) fn matched(what: What, before: &[Thing], after: &[Thing]) -> Matched {
    let by_name = by_name(after);
    let swapped = swapped(before, after, &by_name);
    let mut taken = vec![false; after.len()];
    for now in swapped.values() {
        if let Some(taken) = taken.get_mut(*now) {
            *taken = true;
        }
    }
    let mut matched = Matched::default();
    for (index, thing) in before.iter().enumerate() {
        let now = match swapped.get(&index) {
            Some(now) => Some(*now),
            None => {
                let named =
                    if what == What::Plan { Some(0) } else { by_name.get(thing.name.as_str()).copied() };
                named.filter(|now| taken.get(*now) == Some(&false))
            }
        };
        match now {
            Some(now) => {
                if let Some(taken) = taken.get_mut(now) {
                    *taken = true;
                }
                matched.both.push((index, now));
            }
            None => matched.gone.push(index),
        }
    }
    matched.new = (0..after.len()).filter(|index| taken.get(*index) == Some(&false)).collect();
    if can_be_renamed(what) {
        renamed(what, before, after, &mut matched);
    }
    matched.both.sort_unstable_by_key(|(_, new)| *new);
    matched
}

/// Where things stand, by their names; the first of those that have the same.
fn by_name(things: &[Thing]) -> HashMap<&str, usize> {
    let mut by_name = HashMap::new();
    for (index, thing) in things.iter().enumerate() {
        by_name.entry(thing.name.as_str()).or_insert(index);
    }
    by_name
}

/// Things whose title, that nothing else has, is under another name now, which was another thing's or whose own is: they took each
/// other's names, or one that was free.
fn swapped(before: &[Thing], after: &[Thing], by_name: &HashMap<&str, usize>) -> BTreeMap<usize, usize> {
    let other_title = |thing: &Thing, named: Option<&Thing>| {
        named.is_some_and(|named| named.title.is_some() && named.title != thing.title)
    };
    let now = |thing: &Thing| by_name.get(thing.name.as_str()).and_then(|now| after.get(*now));
    let is_there = |thing: &&Thing| thing.title.is_some();
    if !before.iter().filter(is_there).any(|thing| other_title(thing, now(thing))) {
        return BTreeMap::new();
    }
    let titles = |things: &[Thing]| -> HashMap<String, Option<usize>> {
        let mut titles: HashMap<String, Option<usize>> = HashMap::new();
        for (index, thing) in things.iter().enumerate() {
            if let Some(title) = &thing.title {
                titles.entry(title.clone()).and_modify(|known| *known = None).or_insert(Some(index));
            }
        }
        titles
    };
    let (old, new, names) = (titles(before), titles(after), self::by_name(before));
    let only = |titles: &HashMap<String, Option<usize>>, thing: &Thing| {
        titles.get(thing.title.as_ref()?).copied().flatten()
    };
    let follow = |(index, thing): (usize, &Thing)| {
        only(&old, thing)?;
        let at = only(&new, thing)?;
        let there = after.get(at)?;
        let (named, had) = (now(thing), names.get(there.name.as_str()).and_then(|was| before.get(*was)));
        let moved = there.name != thing.name && (named.is_some() || had.is_some());
        let free = |named: Option<&Thing>| named.is_none() || other_title(thing, named);
        (moved && free(named) && free(had)).then_some((index, at))
    };
    before.iter().enumerate().filter_map(follow).collect()
}

/// Whether a thing has a name that its author chose.
const fn can_be_renamed(what: What) -> bool {
    !matches!(what, What::Plan | What::Actuals)
}

fn renamed(what: What, before: &[Thing], after: &[Thing], matched: &mut Matched) {
    if matched.gone.is_empty() || matched.new.is_empty() {
        return;
    }
    let old = known(what, &matched.gone, before);
    let new = known(what, &matched.new, after);
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    if old.len() * new.len() <= MOST_COMPARED * MOST_COMPARED {
        for (gone, one) in &old {
            for (new, other) in &new {
                if let Some(likeness) = likeness(what, one, other) {
                    pairs.push((likeness, *gone, *new));
                }
            }
        }
    } else {
        let key = |known: &Known<'_>| known.thing.title.clone().map(|title| (title, known.thing.facts.len()));
        let mut by_title: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, (_, other)) in new.iter().enumerate() {
            if let Some(key) = key(other) {
                by_title.entry(key).or_default().push(at);
            }
        }
        for (gone, one) in &old {
            let same = key(one).and_then(|key| by_title.get(&key)).map(Vec::as_slice);
            if let Some([at]) = same
                && let Some((new, other)) = new.get(*at)
                && let Some(likeness) = likeness(what, one, other)
            {
                pairs.push((likeness, *gone, *new));
            }
        }
    }
    if pairs.is_empty()
        && let ([gone], [new]) = (matched.gone.as_slice(), matched.new.as_slice())
        && !matches!(what, What::Person | What::KeyResult | What::Account | What::Deal)
        && let (Some(one), Some(other)) = (before.get(*gone), after.get(*new))
        && one.facts.len() == other.facts.len()
        && one.facts.iter().zip(&other.facts).all(|(one, other)| one.of == other.of && one.says(other))
    {
        // One came for one that went, and is the same in everything but its name.
        pairs.push((0, *gone, *new));
    }
    // The most alike first; of those that are as much alike, in declaration order.
    pairs.sort_by_key(|(likeness, gone, new)| (std::cmp::Reverse(*likeness), *gone, *new));
    let (mut open, mut free): (HashSet<usize>, HashSet<usize>) =
        (matched.gone.iter().copied().collect(), matched.new.iter().copied().collect());
    for (_, gone, new) in pairs {
        if open.contains(&gone) && free.contains(&new) {
            open.remove(&gone);
            free.remove(&new);
            matched.both.push((gone, new));
        }
    }
    matched.gone.retain(|index| open.contains(index));
    matched.new.retain(|index| free.contains(index));
}

/// A thing, and what it is known by.
struct Known<'a> {
    thing: &'a Thing,
    by: HashSet<String>,
}

impl<'a> Known<'a> {
    fn new(what: What, thing: &'a Thing) -> Self {
        // Who is in which team, or what is counted how, is the same for many.
        let tells = |fact: &&Fact| match what {
            What::Person | What::Team => !matches!(fact.of.as_str(), "team" | "weight" | "calendar"),
            What::Metric => fact.aspect != Aspect::Setting,
            What::Objective | What::KeyResult => !matches!(fact.of.as_str(), "type" | "weight"),
            _ => true,
        };
        let said = |fact: &Fact| {
            let value = fact.same.clone().unwrap_or_else(|| fact.value.shown());
            format!("{}\0{value}", fact.of)
        };
        let held = thing.holds.iter().map(|name| format!("\0{name}"));
        Self { thing, by: thing.facts.iter().filter(tells).map(said).chain(held).collect() }
    }
}

/// Those of the things in these places.
fn known<'a>(what: What, places: &[usize], things: &'a [Thing]) -> Vec<(usize, Known<'a>)> {
    let thing = |place: &usize| Some((*place, Known::new(what, things.get(*place)?)));
    places.iter().filter_map(thing).collect()
}

/// How much alike two things are that have different names, in percent; `None` where nobody would take the one for the other.
fn likeness(what: What, one: &Known<'_>, other: &Known<'_>) -> Option<u32> {
    let all = one.by.len().max(other.by.len());
    let shared = one.by.intersection(&other.by).count();
    let parts = (shared * 100).checked_div(all).and_then(|parts| u32::try_from(parts).ok()).unwrap_or(0);
    let (one, other) = (one.thing, other.thing);
    // What had no title is called by its name.
    let called = |thing: &Thing| thing.title.clone().unwrap_or_else(|| last(&thing.name).to_owned());
    let title = (one.title.is_some() || other.title.is_some()) && called(one) == called(other);
    let names = (last(&one.name), last(&other.name));
    let begins = |name: &str, with: &str| name.strip_prefix(with).is_some_and(|rest| rest.starts_with('-'));
    let longer = begins(names.0, names.1) || begins(names.1, names.0);
    if what == What::Person {
        // Somebody else in the place of one who left is no new name, however much alike the two names are.
        let others = one.title.is_some() && other.title.is_some() && !title;
        if others || (all == 0 && !title && !longer) {
            return None;
        }
    }
    let alike = longer
        || strsim::normalized_damerau_levenshtein(names.0, names.1) > 0.6
        || names.0.starts_with(names.1)
        || names.1.starts_with(names.0);
    let whole = all == 0 || parts == 100;
    let titled = title && one.title.is_some() && other.title.is_some();
    let enough = match (title, alike) {
        (true, _) => titled || parts >= 40 || all <= 2,
        (false, true) => parts >= 60 || whole,
        (false, false) => parts >= 70 && all >= 3,
    };
    enough.then_some(parts + 50 * u32::from(title) + 25 * u32::from(alike))
}

/// The last part of a path.
fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
