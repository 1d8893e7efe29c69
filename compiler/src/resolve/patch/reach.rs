//! How far an edit reaches, along the references of the plan.

use std::collections::HashSet;

use super::super::names::References;
use super::compared::Places;
use super::kinds::{Kind, kind};
use crate::load::LoadedItem;
use crate::sources::{ItemId, Place};

/// How far an edit has come to an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    None,
    Edited,
    Again,
    /// It is as it was, and so is what it says; what names it may not be.
    Passes,
}

pub(super) struct Marks(Vec<Mark>);

impl Marks {
    pub(super) fn new(items: usize) -> Self {
        Self(vec![Mark::None; items])
    }

    pub(super) fn get(&self, item: ItemId) -> Mark {
        self.0.get(item.0 as usize).copied().unwrap_or(Mark::None)
    }

    pub(super) fn set(&mut self, item: ItemId, mark: Mark) {
        if let Some(known) = self.0.get_mut(item.0 as usize) {
            *known = mark;
        }
    }
}

/// What a reference to an edited item needs to be told.
pub(super) struct Reach<'a> {
    pub(super) items: &'a [LoadedItem],
    /// Where names that were declared again stand now.
    pub(super) places: &'a Places,
    /// Where roles are declared.
    pub(super) roles: &'a HashSet<Place>,
    /// Items that were edited and mean what they meant.
    pub(super) calm: &'a HashSet<ItemId>,
}

impl Reach<'_> {
    /// Marks all that hangs on what is marked, however far, and points references to where names stand now.
    pub(super) fn mark(&self, marks: &mut Marks, references: &mut References) {
        let mut kinds = vec![Kind::Nothing; marks.0.len()];
        for item in self.items {
            if let Some(known) = kinds.get_mut(item.id.0 as usize) {
                *known = kind(item);
            }
        }
        let kind_of = |item: ItemId| kinds.get(item.0 as usize).copied().unwrap_or(Kind::Nothing);
        let mut first = true;
        loop {
            let mut more = false;
            for item in self.items {
                let mark = marks.get(item.id);
                if mark == Mark::Edited || mark == Mark::Again && !first {
                    continue;
                }
                let kind = kind_of(item.id);
                let mut found = mark;
                for reference in references.of_mut(item.id) {
                    let target = marks.get(reference.target.item);
                    if target == Mark::None {
                        continue;
                    }
                    if first {
                        match self.places.get(&reference.target) {
                            Some(Some(place)) => reference.target = *place,
                            None if target != Mark::Edited => {}
                            Some(None) | None => found = Mark::Again,
                        }
                    }
                    let Some(reached) = self.along(kind, kind_of(reference.target.item), reference.target)
                    else {
                        continue;
                    };
                    if reached == Mark::Again || found == Mark::None {
                        found = reached;
                    }
                }
                if found != mark {
                    marks.set(item.id, found);
                    more |= kind != Kind::Goal;
                }
            }
            first = false;
            if !more {
                return;
            }
        }
    }

    /// What becomes of an item that names something in an item that is another now, if anything does.
    fn along(&self, of: Kind, target: Kind, name: Place) -> Option<Mark> {
        // Who supports a goal, or has a role that others have, has nothing else of them.
        if target == Kind::Goal || self.roles.contains(&name) || self.calm.contains(&name.item) {
            return None;
        }
        match of {
            Kind::Holder | Kind::Funnel | Kind::Goal => Some(Mark::Again),
            // What is declared in terms of a metric is another thing when the metric is.
            Kind::Record(_) | Kind::Reading if target == Kind::Metric => Some(Mark::Again),
            // Scenarios look into funnels.
            Kind::Other if target == Kind::Funnel => Some(Mark::Again),
            Kind::Record(_) | Kind::Reading | Kind::Other | Kind::Header => Some(Mark::Passes),
            // All metrics are resolved together.
            Kind::Calendar | Kind::Metric | Kind::Nothing => None,
        }
    }
}
