//! What is declared, as an outline of a file and as a list to search.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::noun::Noun;
use milepost::plan::ObjectiveId;
use milepost::resolve::names::{Entry, Table};
use milepost::sources::FileId;
use milepost_grammar::Span;
use milepost_grammar::ast::{
    Declaration, FunnelStatement, KeyResult, Name, ObjectiveStatement, PipelineStatement, Team,
    TeamStatement, Text,
};

use super::items;
use super::matching::distance;

/// Something that is declared in a file, and what is declared in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Symbol {
    /// Its name, or what stands for one.
    pub name: String,
    /// Its title.
    pub detail: Option<String>,
    /// The kind of thing.
    pub kind: SymbolKind,
    /// All of its declaration.
    pub range: Range<usize>,
    /// Its name, inside of `range`.
    pub selection: Range<usize>,
    /// What is declared in it.
    pub children: Vec<Symbol>,
}

/// The kind of something that is declared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SymbolKind {
    /// The plan itself.
    Plan,
    /// Something with a name.
    Noun(Noun),
    /// What was reached, typed in.
    Actual,
    /// Checks that hold.
    Smart,
}

/// Something declared anywhere in the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundSymbol {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The kind of thing.
    pub noun: Noun,
    /// The objective that a key result is of.
    pub container: Option<String>,
    /// The file it is declared in.
    pub file: FileId,
    /// Its name there.
    pub range: Range<usize>,
}

/// More than these are not looked through by anybody.
const MOST_FOUND: usize = 200;

/// The outline of a file.
#[must_use]
pub fn document_symbols(compilation: &Compilation, file: FileId) -> Vec<Symbol> {
    let text = items::text(compilation, file);
    items::of_file(compilation, file)
        .filter_map(|item| Outline { text, offset: item.range.start }.item(&item.loaded.item.declaration))
        .collect()
}

/// What is declared with a name or title that `query` may stand for, the best first; all of it for an empty one.
#[must_use]
pub fn workspace_symbols(compilation: &Compilation, query: &str) -> Vec<FoundSymbol> {
    let names = &compilation.names;
    let objectives = names.table(Noun::Objective).map(Table::entries).unwrap_or_default();
    let inner = objectives.iter().flat_map(|objective| {
        let table = names.of_objective(ObjectiveId::new(objective.index));
        table.map(Table::entries).unwrap_or_default().iter().map(move |entry| (entry, Some(objective)))
    });
    // Key results come with their objectives.
    let others = names.all().filter(|entry| entry.noun != Noun::KeyResult).map(|entry| (entry, None));
    let mut found: Vec<(usize, &Entry, Option<&Entry>)> = others
        .chain(inner)
        .filter_map(|(entry, objective): (&Entry, Option<&Entry>)| {
            let own = distance(query, &entry.name);
            let title = entry.title.as_deref().and_then(|title| distance(query, title));
            let path = objective
                .and_then(|objective| distance(query, &format!("{}.{}", objective.name, entry.name)));
            let best = own.into_iter().chain(title).chain(path).min()?;
            Some((best, entry, objective))
        })
        .collect();
    found.sort_by_key(|(distance, entry, _)| (*distance, entry.place));
    let told = found.into_iter().take(MOST_FOUND).map(|(_, entry, objective)| {
        let (file, range) = compilation.sources.locate(entry.place);
        FoundSymbol {
            name: entry.name.clone(),
            title: entry.title.clone(),
            noun: entry.noun,
            container: objective.map(|objective| objective.name.clone()),
            file,
            range,
        }
    });
    told.collect()
}

struct Outline<'t> {
    text: &'t str,
    /// Where the item starts.
    offset: usize,
}

impl Outline<'_> {
    fn item(&self, declaration: &Declaration) -> Option<Symbol> {
        let of = |noun, name, title, span| Some(self.symbol(SymbolKind::Noun(noun), name, title, span));
        match declaration {
            Declaration::Plan(plan) => {
                Some(self.symbol(SymbolKind::Plan, &plan.name, plan.title.as_ref(), plan.span))
            }
            Declaration::Calendar(own) => of(Noun::Calendar, &own.name, own.title.as_ref(), own.span),
            Declaration::Metric(own) => of(Noun::Metric, &own.name, own.title.as_ref(), own.span),
            Declaration::Team(team) => Some(self.team(team)),
            Declaration::Person(own) => of(Noun::Person, &own.name, own.title.as_ref(), own.span),
            Declaration::History(own) => of(Noun::History, &own.name, own.title.as_ref(), own.span),
            Declaration::Funnel(own) => {
                let mut funnel =
                    self.symbol(SymbolKind::Noun(Noun::Funnel), &own.name, own.title.as_ref(), own.span);
                for statement in &own.body {
                    let FunnelStatement::Line(line) = statement else { continue };
                    let name = line.label.as_ref().unwrap_or(&line.left);
                    let mut child = self.symbol(SymbolKind::Noun(Noun::FunnelLine), name, None, line.span);
                    child.detail = self.text.get(child.range.clone()).map(str::to_owned);
                    funnel.children.push(child);
                }
                Some(funnel)
            }
            Declaration::Accounts(own) => of(Noun::Accounts, &own.name, own.title.as_ref(), own.span),
            Declaration::Pipeline(own) => {
                let kind = SymbolKind::Noun(Noun::Pipeline);
                let mut pipeline = self.symbol(kind, &own.name, own.title.as_ref(), own.span);
                pipeline.children.extend(own.body.iter().filter_map(|statement| match statement {
                    PipelineStatement::Deal(deal) => Some(self.symbol(
                        SymbolKind::Noun(Noun::Deal),
                        &deal.name,
                        deal.title.as_ref(),
                        deal.span,
                    )),
                    PipelineStatement::Stage(stage) => {
                        Some(self.symbol(SymbolKind::Noun(Noun::Stage), &stage.name, None, stage.span))
                    }
                    _ => None,
                }));
                Some(pipeline)
            }
            Declaration::Objective(own) => {
                let kind = SymbolKind::Noun(Noun::Objective);
                let mut objective = self.symbol(kind, &own.name, own.title.as_ref(), own.span);
                objective.children.extend(own.body.iter().filter_map(|statement| match statement {
                    ObjectiveStatement::KeyResult(key_result) => Some(self.key_result(key_result)),
                    _ => None,
                }));
                Some(objective)
            }
            Declaration::Action(own) => of(Noun::Action, &own.name, own.title.as_ref(), own.span),
            Declaration::Review(own) => of(Noun::Review, &own.name, own.title.as_ref(), own.span),
            Declaration::Incentive(own) => of(Noun::Incentive, &own.name, own.title.as_ref(), own.span),
            Declaration::Scenario(own) => of(Noun::Scenario, &own.name, own.title.as_ref(), own.span),
            Declaration::Actual(own) => Some(Symbol {
                name: format!("actual {}", own.metric.value),
                ..self.symbol(SymbolKind::Actual, &own.metric, None, own.span)
            }),
            Declaration::Actuals(own) => Some(self.unnamed("actuals", SymbolKind::Actual, own.span)),
            Declaration::Smart(own) => Some(self.unnamed("smart", SymbolKind::Smart, own.span)),
            Declaration::Include(_) | Declaration::Broken(_) => None,
        }
    }

    fn key_result(&self, own: &KeyResult) -> Symbol {
        self.symbol(SymbolKind::Noun(Noun::KeyResult), &own.name, own.title.as_ref(), own.span)
    }

    fn team(&self, team: &Team) -> Symbol {
        let mut symbol =
            self.symbol(SymbolKind::Noun(Noun::Team), &team.name, team.title.as_ref(), team.span);
        symbol.children.extend(team.body.iter().filter_map(|statement| match statement {
            TeamStatement::Team(inner) => Some(self.team(inner)),
            TeamStatement::Person(own) => {
                Some(self.symbol(SymbolKind::Noun(Noun::Person), &own.name, own.title.as_ref(), own.span))
            }
            _ => None,
        }));
        symbol
    }

    fn symbol(&self, kind: SymbolKind, name: &Name, title: Option<&Text>, span: Span) -> Symbol {
        Symbol {
            name: name.value.clone(),
            detail: title.map(|title| title.value.clone()).filter(|title| !title.is_empty()),
            kind,
            range: self.trimmed(span),
            selection: name.span.at(self.offset),
            children: Vec::new(),
        }
    }

    fn unnamed(&self, word: &str, kind: SymbolKind, span: Span) -> Symbol {
        let range = self.trimmed(span);
        let selection = range.start..range.end.min(range.start + word.len());
        Symbol { name: word.to_owned(), detail: None, kind, range, selection, children: Vec::new() }
    }

    /// Where a statement stands, without the end of its line.
    fn trimmed(&self, span: Span) -> Range<usize> {
        items::trimmed(self.text, span.at(self.offset))
    }
}
