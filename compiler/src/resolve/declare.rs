//! The first look: which names are declared, and their places in the plan's lists.

use milepost_grammar::ast;
use milepost_grammar::ast::{Declaration, ObjectiveStatement, TeamStatement};

use super::Resolver;
use super::names::{Entry, Table, entry, plain};
use crate::diagnostic::Diagnostic;
use crate::load::LoadedItem;
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{ObjectiveId, TeamId};
use crate::sources::{FileId, ItemId, Place};

/// Where a declaration stands.
pub(super) type At = (ItemId, FileId);

/// A declaration, and its place in the plan's list of its kind. One whose name was taken has none: it is still
/// checked, but is no part of the plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared<'a, T> {
    pub(super) at: At,
    pub(super) tree: &'a T,
    pub(super) kept: bool,
}

/// A team or person, flattened: outer before inner.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeclaredTeam<'a> {
    pub(super) at: At,
    pub(super) tree: &'a ast::Team,
    /// The team itself, or the first one of that name.
    pub(super) id: TeamId,
    pub(super) parent: Option<TeamId>,
    pub(super) kept: bool,
}

/// A person of the plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeclaredPerson<'a> {
    pub(super) at: At,
    pub(super) tree: &'a ast::Person,
    pub(super) team: Option<TeamId>,
    pub(super) kept: bool,
}

/// A team or a person, in declaration order.
#[derive(Clone, Copy, Debug)]
pub(super) enum DeclaredHolder<'a> {
    Team(DeclaredTeam<'a>),
    Person(DeclaredPerson<'a>),
}

/// An objective, and its key results.
#[derive(Clone, Debug)]
pub(super) struct DeclaredObjective<'a> {
    pub(super) at: At,
    pub(super) tree: &'a ast::Objective,
    /// The objective itself, or the first one of that name.
    pub(super) id: ObjectiveId,
    pub(super) kept: bool,
    /// Each with whether its name was free.
    pub(super) key_results: Vec<(&'a ast::KeyResult, bool)>,
}

/// All declarations by kind, each in declaration order.
#[derive(Clone, Debug, Default)]
pub(super) struct Declarations<'a> {
    pub(super) plan: Option<Declared<'a, ast::Plan>>,
    pub(super) calendars: Vec<Declared<'a, ast::Calendar>>,
    pub(super) metrics: Vec<Declared<'a, ast::Metric>>,
    pub(super) holders: Vec<DeclaredHolder<'a>>,
    pub(super) histories: Vec<Declared<'a, ast::History>>,
    pub(super) funnels: Vec<Declared<'a, ast::Funnel>>,
    pub(super) books: Vec<Declared<'a, ast::Accounts>>,
    pub(super) pipelines: Vec<Declared<'a, ast::Pipeline>>,
    pub(super) objectives: Vec<DeclaredObjective<'a>>,
    /// `actual` and `actuals`, which have no names.
    pub(super) actuals: Vec<(At, &'a Declaration)>,
    /// Declarations that are not built yet, and have no list of their own.
    pub(super) others: Vec<(At, &'a Declaration)>,
    teams: usize,
    people: usize,
    key_results: usize,
}

impl<'a> Declarations<'a> {
    /// Enters all names, and says which are taken.
    pub(super) fn collect(
        resolver: &mut Resolver<'_>,
        items: impl IntoIterator<Item = &'a LoadedItem>,
    ) -> Self {
        let (teams, people) = (resolver.base.teams, resolver.base.people);
        let mut all = Self { teams, people, key_results: resolver.base.key_results, ..Self::default() };
        for item in items {
            let at = (item.id, item.file);
            resolver.enter(at);
            match &item.item.declaration {
                Declaration::Plan(tree) => all.plan(resolver, at, tree),
                Declaration::Calendar(tree) => {
                    let kept = resolver.enter_name(Noun::Calendar, &tree.name, tree.title.as_ref());
                    all.calendars.push(Declared { at, tree, kept });
                }
                Declaration::Metric(tree) => {
                    let kept = resolver.enter_name(Noun::Metric, &tree.name, tree.title.as_ref());
                    all.metrics.push(Declared { at, tree, kept });
                }
                Declaration::Team(tree) => all.team(resolver, at, tree, None),
                Declaration::Person(tree) => all.person(resolver, at, tree, None),
                Declaration::History(tree) => {
                    let kept = resolver.enter_name(Noun::History, &tree.name, tree.title.as_ref());
                    all.histories.push(Declared { at, tree, kept });
                }
                Declaration::Funnel(tree) => {
                    let kept = resolver.enter_name(Noun::Funnel, &tree.name, tree.title.as_ref());
                    all.funnels.push(Declared { at, tree, kept });
                }
                Declaration::Accounts(tree) => {
                    let kept = resolver.enter_name(Noun::Accounts, &tree.name, tree.title.as_ref());
                    all.books.push(Declared { at, tree, kept });
                }
                Declaration::Pipeline(tree) => {
                    let kept = resolver.enter_name(Noun::Pipeline, &tree.name, tree.title.as_ref());
                    all.pipelines.push(Declared { at, tree, kept });
                }
                Declaration::Objective(tree) => all.objective(resolver, at, tree),
                Declaration::Action(tree) => {
                    resolver.enter_name(Noun::Action, &tree.name, tree.title.as_ref());
                    all.others.push((at, &item.item.declaration));
                }
                Declaration::Review(tree) => {
                    resolver.enter_name(Noun::Review, &tree.name, tree.title.as_ref());
                    all.others.push((at, &item.item.declaration));
                }
                Declaration::Incentive(tree) => {
                    resolver.enter_name(Noun::Incentive, &tree.name, tree.title.as_ref());
                    all.others.push((at, &item.item.declaration));
                }
                Declaration::Scenario(tree) => {
                    resolver.enter_name(Noun::Scenario, &tree.name, tree.title.as_ref());
                    all.others.push((at, &item.item.declaration));
                }
                Declaration::Actual(_) | Declaration::Actuals(_) => {
                    all.actuals.push((at, &item.item.declaration));
                }
                Declaration::Smart(_) => all.others.push((at, &item.item.declaration)),
                Declaration::Include(_) | Declaration::Broken(_) => {}
            }
        }
        all
    }

    fn plan(&mut self, resolver: &mut Resolver<'_>, at: At, tree: &'a ast::Plan) {
        match &self.plan {
            None => self.plan = Some(Declared { at, tree, kept: true }),
            Some(_) if resolver.known => {}
            Some(first) => {
                let message = Message::SecondPlan { name: plain(&tree.name) };
                let first = Place::new(first.at.0, first.tree.name.span);
                let diagnostic = Diagnostic::new(message, resolver.place(tree.name.span));
                resolver.push(diagnostic.label(first, Message::FirstHere));
            }
        }
    }

    fn team(&mut self, resolver: &mut Resolver<'_>, at: At, tree: &'a ast::Team, parent: Option<TeamId>) {
        let kept = resolver.enter_at(Noun::Team, &tree.name, tree.title.as_ref(), self.teams);
        // Who is in a second team of a name is in the first: their names are known, and the error is one.
        let first = resolver.names.holders.get(&tree.name.value).filter(|entry| entry.noun == Noun::Team);
        let id = TeamId::new(first.map_or(self.teams, |entry| entry.index));
        let inner = if kept || first.is_some() { Some(id) } else { parent };
        self.teams += usize::from(kept);
        self.holders.push(DeclaredHolder::Team(DeclaredTeam { at, tree, id, parent, kept }));
        for statement in &tree.body {
            match statement {
                TeamStatement::Team(team) => self.team(resolver, at, team, inner),
                TeamStatement::Person(person) => self.person(resolver, at, person, inner),
                TeamStatement::Lead(_) | TeamStatement::Member(_) | TeamStatement::Broken(_) => {}
            }
        }
    }

    fn person(&mut self, resolver: &mut Resolver<'_>, at: At, tree: &'a ast::Person, team: Option<TeamId>) {
        let kept = resolver.enter_at(Noun::Person, &tree.name, tree.title.as_ref(), self.people);
        self.people += usize::from(kept);
        self.holders.push(DeclaredHolder::Person(DeclaredPerson { at, tree, team, kept }));
    }

    fn objective(&mut self, resolver: &mut Resolver<'_>, at: At, tree: &'a ast::Objective) {
        let kept = resolver.enter_name(Noun::Objective, &tree.name, tree.title.as_ref());
        let index = resolver.names.objectives.get(&tree.name.value).map_or(0, |entry| entry.index);
        if kept && !resolver.known {
            resolver.names.key_results.insert(index, Table::default());
        }
        let id = ObjectiveId::new(index);
        let mut key_results = Vec::new();
        for statement in &tree.body {
            if let ObjectiveStatement::KeyResult(inner) = statement {
                let kept = resolver.enter_key_result(id, inner, self.key_results);
                self.key_results += usize::from(kept);
                key_results.push((inner, kept));
            }
        }
        self.objectives.push(DeclaredObjective { at, tree, id, kept, key_results });
    }
}

impl Resolver<'_> {
    /// Enters a name of a kind whose places in the plan's list are those in its namespace.
    fn enter_name(&mut self, noun: Noun, name: &ast::Name, title: Option<&ast::Text>) -> bool {
        let Some(index) = self.names.table(noun).map(Table::len) else { return false };
        self.enter_at(noun, name, title, index)
    }

    /// Enters the name of what stands at `index` of the plan's list.
    fn enter_at(&mut self, noun: Noun, name: &ast::Name, title: Option<&ast::Text>, index: usize) -> bool {
        if self.known {
            let place = self.place(name.span);
            return self
                .names
                .table(noun)
                .and_then(|table| table.get(&name.value))
                .is_some_and(|entry| entry.place == place);
        }
        let entry = entry(noun, name, title, self.item, index);
        let taken = match self.names.table_mut(noun).map(|table| table.enter(entry)) {
            Some(Err(taken)) => taken.clone(),
            Some(Ok(())) => return true,
            None => return false,
        };
        self.taken(noun, name, &taken);
        false
    }

    fn enter_key_result(&mut self, objective: ObjectiveId, tree: &ast::KeyResult, index: usize) -> bool {
        let entry = entry(Noun::KeyResult, &tree.name, tree.title.as_ref(), self.item, index);
        let Some(table) = self.names.key_results.get_mut(objective.index()) else { return false };
        if self.known {
            return table.get(&entry.name).is_some_and(|known| known.place == entry.place);
        }
        match table.enter(entry) {
            Ok(()) => true,
            Err(taken) => {
                let taken = taken.clone();
                self.taken(Noun::KeyResult, &tree.name, &taken);
                false
            }
        }
    }

    fn taken(&mut self, noun: Noun, name: &ast::Name, by: &Entry) {
        let message = Message::DuplicateName { noun, name: by.name.clone(), taken_by: by.noun };
        let label = Message::DeclaredHere { noun: by.noun, name: by.name.clone() };
        let diagnostic = Diagnostic::new(message, self.place(name.span)).label(by.place, label);
        self.push(diagnostic);
    }
}
