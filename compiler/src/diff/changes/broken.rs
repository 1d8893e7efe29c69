//! What errors of a plan hide: what they stand in, and what cannot be read for them.

use std::collections::{BTreeSet, HashMap, HashSet};

use milepost_grammar::Span;
use milepost_grammar::ast::{Declaration, Objective, ObjectiveStatement, Team, TeamStatement};

use crate::compile::Compilation;
use crate::diagnostic::Diagnostic;
use crate::diff::thing::{Thing, What};
use crate::plan::{KeyResultId, Plan};
use crate::sources::{ItemId, Place};
use crate::spoilt::{holds, spoilt};

/// What errors of a plan hide.
#[derive(Debug, Default)]
pub(in crate::diff) struct Broken {
    /// Whether whole declarations could not be read, or their names were taken.
    unreadable: bool,
    /// Kinds of declarations in which an error stands.
    kinds: HashSet<What>,
    /// Declarations in which one stands.
    items: HashSet<ItemId>,
    /// Names of teams, people and objectives in which one stands.
    places: HashSet<Place>,
    /// Names of teams and objectives in which something could not be read.
    holders: HashSet<String>,
    /// Goals that are spoilt.
    pub(in crate::diff) goals: BTreeSet<KeyResultId>,
}

impl Broken {
    pub(in crate::diff) fn new(compilation: &Compilation, plan: &Plan) -> Self {
        let mut broken = Self { goals: spoilt(plan, compilation.language_errors()), ..Self::default() };
        if compilation.has_language_errors() {
            let items: HashMap<ItemId, &Declaration> =
                compilation.items.iter().map(|item| (item.id, &item.item.declaration)).collect();
            for error in compilation.language_errors() {
                match items.get(&error.place.item) {
                    Some(declaration) => broken.error(error, error.place.item, declaration),
                    None => broken.unreadable = true,
                }
            }
        }
        broken
    }

    fn error(&mut self, error: &Diagnostic, item: ItemId, declaration: &Declaration) {
        let code = error.message.code();
        let at = error.place.span;
        let hides = code.starts_with("syntax::") || code == "name::duplicate";
        self.items.insert(item);
        let mut of = |what: What, name: Span| {
            self.kinds.insert(what);
            // A name that is taken hides all that stands behind it.
            self.unreadable |= code == "name::duplicate" && name.start == at.start;
        };
        match declaration {
            Declaration::Broken(_) | Declaration::Include(_) => self.unreadable = true,
            Declaration::Plan(_) => {
                self.unreadable |= code.starts_with("file::") || code.starts_with("include::")
            }
            Declaration::Team(team) => {
                of(What::Team, team.name.span);
                self.team(team, at, hides, item);
            }
            Declaration::Person(person) => {
                of(What::Person, person.name.span);
                self.places.insert(Place::new(item, person.name.span));
            }
            Declaration::Objective(objective) => {
                of(What::Objective, objective.name.span);
                self.objective(objective, at, hides, item);
            }
            Declaration::Calendar(tree) => of(What::Calendar, tree.name.span),
            Declaration::Metric(tree) => of(What::Metric, tree.name.span),
            Declaration::History(tree) => of(What::History, tree.name.span),
            Declaration::Funnel(tree) => of(What::Funnel, tree.name.span),
            Declaration::Accounts(tree) => of(What::Accounts, tree.name.span),
            Declaration::Pipeline(tree) => of(What::Pipeline, tree.name.span),
            Declaration::Action(tree) => of(What::Action, tree.name.span),
            Declaration::Review(tree) => of(What::Review, tree.name.span),
            Declaration::Incentive(tree) => of(What::Incentive, tree.name.span),
            Declaration::Scenario(tree) => of(What::Scenario, tree.name.span),
            Declaration::Actual(_) | Declaration::Actuals(_) => _ = self.kinds.insert(What::Actuals),
            Declaration::Smart(_) => {}
        }
    }

    /// An error in a team: it is one of somebody in it, or of the team itself, and then of all whom its statements are for.
    fn team(&mut self, team: &Team, at: Span, hides: bool, item: ItemId) {
        for statement in &team.body {
            match statement {
                TeamStatement::Person(person) if holds(person.span, at) => {
                    self.places.insert(Place::new(item, person.name.span));
                    // One whose name is taken is not there.
                    if hides && person.name.span.start == at.start {
                        self.holders.insert(team.name.value.clone());
                    }
                    return;
                }
                TeamStatement::Team(inner) if holds(inner.span, at) => {
                    if hides && inner.name.span.start == at.start {
                        self.holders.insert(team.name.value.clone());
                    }
                    return self.team(inner, at, hides, item);
                }
                _ => {}
            }
        }
        if hides {
            self.holders.insert(team.name.value.clone());
        }
        self.all_of(team, item);
    }

    fn all_of(&mut self, team: &Team, item: ItemId) {
        self.places.insert(Place::new(item, team.name.span));
        for statement in &team.body {
            match statement {
                TeamStatement::Person(person) => _ = self.places.insert(Place::new(item, person.name.span)),
                TeamStatement::Team(inner) => self.all_of(inner, item),
                _ => {}
            }
        }
    }

    fn objective(&mut self, objective: &Objective, at: Span, hides: bool, item: ItemId) {
        let inside = objective.body.iter().find_map(|statement| match statement {
            ObjectiveStatement::KeyResult(goal) if holds(goal.span, at) => Some(goal),
            _ => None,
        });
        let taken = inside.is_some_and(|goal| goal.name.span.start == at.start);
        if hides && (inside.is_none() || taken) {
            self.holders.insert(objective.name.value.clone());
        }
        if inside.is_none() {
            self.places.insert(Place::new(item, objective.name.span));
        }
    }

    /// Whether an error stands in the thing with that number among its kind.
    pub(super) fn spoils(&self, what: What, thing: &Thing, index: usize) -> bool {
        match what {
            What::Team | What::Person | What::Objective => self.places.contains(&thing.place),
            What::KeyResult => self.goals.contains(&KeyResultId::new(index)),
            _ => self.items.contains(&thing.place.item),
        }
    }

    /// Whether an error may be why a thing of the other plan is not in this one.
    pub(super) fn hides(&self, what: What, thing: &Thing) -> bool {
        let by_kind = match what {
            What::Account => Some(What::Accounts),
            What::Pipeline | What::Deal => Some(What::Pipeline),
            What::Actuals => Some(What::Actuals),
            _ => None,
        };
        let in_holder = || {
            matches!(what, What::KeyResult | What::Person | What::Team)
                && thing.within.iter().any(|outer| self.holders.contains(&outer.name))
        };
        self.unreadable || by_kind.is_some_and(|kind| self.kinds.contains(&kind)) || in_holder()
    }

    /// The same of a goal by its path.
    pub(in crate::diff) fn hides_goal(&self, path: &str) -> bool {
        self.unreadable || path.split('.').next().is_some_and(|objective| self.holders.contains(objective))
    }
}
