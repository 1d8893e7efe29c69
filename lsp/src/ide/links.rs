//! Files that a plan names.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::load::join;
use milepost::sources::FileId;
use milepost_grammar::ast::{CalendarStatement, Declaration, PlanStatement, TableSource, Text};

use super::items;

/// A file that is named, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// What is written, without its quotes.
    pub range: Range<usize>,
    /// The path of the file, counted from the folder of the plan's own file, as [`milepost::world::World`] takes it.
    pub path: String,
}

/// The files that a file names, in order. A pattern names no file, nor does a path that leads nowhere.
#[must_use]
pub fn links(compilation: &Compilation, file: FileId) -> Vec<Link> {
    let source = compilation.sources.file(file);
    let mut links = Vec::new();
    for item in items::of_file(compilation, file) {
        let mut add = |named: &Text, pattern: bool| {
            let whole = named.span.at(item.range.start);
            let quotes = source.text.get(whole.clone()).map(|text| {
                let quote = |sign: Option<char>| sign.map_or(0, char::len_utf8);
                (quote(text.chars().next()), quote(text.chars().next_back()))
            });
            if pattern && named.value.contains(['*', '?', '[']) {
                return;
            }
            if let (Some((open, close)), Some(path)) = (quotes, join(&source.path, &named.value)) {
                links.push(Link { range: whole.start + open..whole.end - close, path });
            }
        };
        let tables = |from: Option<&TableSource>, add: &mut dyn FnMut(&Text, bool)| {
            from.iter().flat_map(|from| &from.files).for_each(|file| add(file, false));
        };
        match &item.loaded.item.declaration {
            Declaration::Include(file) => add(file, true),
            Declaration::Plan(plan) => {
                for statement in &plan.body {
                    match statement {
                        PlanStatement::Include(file) => add(file, true),
                        PlanStatement::Follows(file) => add(file, false),
                        _ => {}
                    }
                }
            }
            Declaration::Calendar(calendar) => {
                for statement in &calendar.body {
                    if let CalendarStatement::Import(import) = statement {
                        add(&import.file, false);
                    }
                }
            }
            Declaration::History(history) => tables(history.from.as_ref(), &mut add),
            Declaration::Accounts(accounts) => tables(accounts.from.as_ref(), &mut add),
            Declaration::Pipeline(pipeline) => tables(pipeline.from.as_ref(), &mut add),
            Declaration::Actuals(actuals) => tables(Some(&actuals.from), &mut add),
            _ => {}
        }
    }
    links
}
