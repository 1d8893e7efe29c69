//! What one statement says for several things.

use std::collections::HashMap;

use super::{Event, Told};
use crate::diff::thing::What;
use crate::page::Label;
use crate::sources::Place;

/// What one statement says for several is told once, of what they are in. Statements are those before (0) or after (1).
pub(super) fn once(around: What, mut told: Vec<Told>, side: usize) -> Vec<Told> {
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
