//! Which thing of the one plan is which of the other: by name, or renamed.

use std::collections::{HashMap, HashSet};

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
    let by_name: HashMap<&str, usize> =
        after.iter().enumerate().map(|(index, thing)| (thing.name.as_str(), index)).collect();
    let mut taken = vec![false; after.len()];
    let mut matched = Matched::default();
    for (index, thing) in before.iter().enumerate() {
        let now = if what == What::Plan { Some(0) } else { by_name.get(thing.name.as_str()).copied() };
        match now.filter(|now| *now < after.len()) {
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
    matched
}

/// Whether a thing has a name that its author chose.
const fn can_be_renamed(what: What) -> bool {
    !matches!(what, What::Plan | What::Actuals)
}

fn renamed(what: What, before: &[Thing], after: &[Thing], matched: &mut Matched) {
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    if matched.gone.len() * matched.new.len() <= MOST_COMPARED * MOST_COMPARED {
        for gone in &matched.gone {
            for new in &matched.new {
                if let (Some(one), Some(other)) = (before.get(*gone), after.get(*new))
                    && let Some(likeness) = likeness(what, one, other)
                {
                    pairs.push((likeness, *gone, *new));
                }
            }
        }
    } else {
        let key = |thing: &Thing| thing.title.clone().map(|title| (title, thing.facts.len()));
        let mut by_title: HashMap<_, Vec<usize>> = HashMap::new();
        for new in &matched.new {
            if let Some(key) = after.get(*new).and_then(key) {
                by_title.entry(key).or_default().push(*new);
            }
        }
        for gone in &matched.gone {
            let Some(one) = before.get(*gone) else { continue };
            let same = key(one).and_then(|key| by_title.get(&key)).map(Vec::as_slice);
            if let Some([new]) = same
                && let Some(likeness) = after.get(*new).and_then(|other| likeness(what, one, other))
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
    for (_, gone, new) in pairs {
        if matched.gone.contains(&gone) && matched.new.contains(&new) {
            matched.gone.retain(|index| *index != gone);
            matched.new.retain(|index| *index != new);
            matched.both.push((gone, new));
        }
    }
    matched.both.sort_unstable_by_key(|(_, new)| *new);
}

/// How much alike two things are that have different names, in percent; `None` where nobody would take the one for the other.
fn likeness(what: What, one: &Thing, other: &Thing) -> Option<u32> {
    // Who is in which team, or what is counted how, is the same for many.
    let tells = |fact: &&Fact| match what {
        What::Person | What::Team => fact.of != "team",
        What::Metric => fact.aspect != Aspect::Setting,
        _ => true,
    };
    let shared = |one: &Thing, other: &Thing| {
        let same = |fact: &&Fact| other.facts.iter().any(|said| said.of == fact.of && said.says(fact));
        let held: HashSet<&String> = other.holds.iter().collect();
        let held = one.holds.iter().filter(|name| held.contains(name)).count();
        u32::try_from(one.facts.iter().filter(tells).filter(same).count() + held).unwrap_or(u32::MAX)
    };
    let count = |thing: &Thing| {
        u32::try_from(thing.facts.iter().filter(tells).count() + thing.holds.len()).unwrap_or(u32::MAX)
    };
    let all = count(one).max(count(other));
    let alike_facts = u64::from(shared(one, other).min(shared(other, one))) * 100;
    let parts =
        alike_facts.checked_div(u64::from(all)).and_then(|parts| u32::try_from(parts).ok()).unwrap_or(0);
    // What had no title is called by its name.
    let called = |thing: &Thing| thing.title.clone().unwrap_or_else(|| last(&thing.name).to_owned());
    let title = (one.title.is_some() || other.title.is_some()) && called(one) == called(other);
    let names = strsim::normalized_damerau_levenshtein(last(&one.name), last(&other.name));
    let alike = names > 0.6
        || last(&one.name).starts_with(last(&other.name))
        || last(&other.name).starts_with(last(&one.name));
    let whole = all == 0 || parts == 100;
    let enough = match (title, alike) {
        (true, _) => parts >= 40 || all <= 2,
        (false, true) => parts >= 60 || whole,
        (false, false) => parts >= 70 && all >= 3,
    };
    enough.then_some(parts + 50 * u32::from(title) + 25 * u32::from(alike))
}

/// The last part of a path.
fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
