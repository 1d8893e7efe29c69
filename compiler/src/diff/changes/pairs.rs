//! Which fact of the one plan is which of the other.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::diff::thing::Fact;

/// What is said differently: what was said beside what is said now. Facts that say the same leave each other out; the others are
/// paired by what they are about, in their order.
pub(super) fn pairs<'a>(old: &'a [Fact], new: &'a [Fact]) -> Vec<(Option<&'a Fact>, Option<&'a Fact>)> {
    if old.len() == new.len() && old.iter().zip(new).all(|(one, other)| one.of == other.of && one.says(other))
    {
        return Vec::new();
    }
    let (mut was, mut now): (Vec<&Fact>, Vec<&Fact>) = (old.iter().collect(), new.iter().collect());
    without_same(&mut was, &mut now, |fact| Some((fact.of.as_str(), &fact.value)));
    without_same(&mut was, &mut now, |fact| Some((fact.of.as_str(), fact.same.as_deref()?)));
    let mut left: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (index, fact) in was.iter().enumerate() {
        left.entry(&fact.of).or_default().push_back(index);
    }
    let mut gone: Vec<Option<&Fact>> = was.into_iter().map(Some).collect();
    let mut before = |fact: &Fact| {
        let index = left.get_mut(fact.of.as_str()).and_then(VecDeque::pop_front)?;
        gone.get_mut(index)?.take()
    };
    let mut pairs: Vec<_> = now.into_iter().map(|fact| (before(fact), Some(fact))).collect();
    pairs.extend(gone.into_iter().flatten().map(|fact| (Some(fact), None)));
    pairs
}

/// Takes out of both lists what has the same key, each for one.
fn without_same<'a, K: Eq + Hash>(
    was: &mut Vec<&'a Fact>,
    now: &mut Vec<&'a Fact>,
    key: impl Fn(&'a Fact) -> Option<K>,
) {
    let mut counts: HashMap<K, usize> = HashMap::new();
    for key in was.iter().filter_map(|fact| key(fact)) {
        *counts.entry(key).or_default() += 1;
    }
    let mut both: HashMap<K, usize> = HashMap::new();
    now.retain(|fact| {
        let Some(key) = key(fact) else { return true };
        let Some(count) = counts.get_mut(&key).filter(|count| **count > 0) else { return true };
        *count -= 1;
        *both.entry(key).or_default() += 1;
        false
    });
    was.retain(|fact| {
        let Some(count) = key(fact).and_then(|key| both.get_mut(&key)).filter(|count| **count > 0) else {
            return true;
        };
        *count -= 1;
        false
    });
}
