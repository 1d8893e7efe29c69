//! Whose weeks change, and what of them weighs most.

use std::collections::HashMap;

use super::{Effects, PersonEffect};

impl PersonEffect {
    /// Who it is, to tell them from all others.
    pub(super) fn whose(&self) -> (bool, Option<&str>) {
        (self.is_person, self.who.as_ref().map(|who| who.name.as_str()))
    }
}

impl Effects {
    /// Of each holder what weighs most: what they do before what comes of it, money last; those whose weeks change most come first.
    pub(in crate::diff) fn by_holder(&self) -> Vec<(&PersonEffect, Vec<&PersonEffect>)> {
        let mut holders: Vec<(&PersonEffect, Vec<&PersonEffect>)> = Vec::new();
        let mut at: HashMap<(bool, Option<&str>), usize> = HashMap::new();
        let other_pace = |effect: &PersonEffect| effect.pace.as_ref().is_some_and(|(was, now)| was != now);
        // What may be more, such as complaints, is no work, and a level is nobody's alone.
        let does_other = |effect: &&PersonEffect| {
            let other = effect.amount.was != effect.amount.now;
            !effect.is_lower_better && effect.goal.is_none() && (other || other_pace(effect))
        };
        for effect in self.people.iter().filter(does_other) {
            let index = *at.entry(effect.whose()).or_insert(holders.len());
            match holders.get_mut(index) {
                Some((_, rows)) => rows.push(effect),
                None => holders.push((effect, vec![effect])),
            }
        }
        for (_, rows) in &mut holders {
            rows.sort_by(|one, other| {
                let kind =
                    |effect: &PersonEffect| (effect.amount.is_same(), !effect.is_activity, effect.is_money);
                kind(one).cmp(&kind(other)).then_with(|| other.weight.cmp(&one.weight))
            });
            rows.dedup_by_key(|effect| (effect.is_activity, effect.is_money));
        }
        holders
    }
}
