//! What is declared, by name.

use std::collections::HashMap;

use milepost::compile::Compilation;
use milepost::noun::Noun;
use milepost::plan::{Check, GoalRef, ObjectiveId};
use milepost::resolve::names::{Entry, Table};
use milepost::sources::Place;
use milepost_grammar::ast::Letter;
use milepost_grammar::keyword::Block;

use super::offers::{Offer, Offers, can_be_named};
use super::{About, CompletionKind};

/// A declaration is shown up to so many lines.
const MOST_LINES: usize = 12;

/// The text that declares the name at `place`, in Markdown.
pub(super) fn declaration(compilation: &Compilation, place: Place) -> Option<String> {
    let (file, name) = compilation.sources.locate(place);
    let source = compilation.sources.file(file);
    let line = source.lines.range(source.lines.line(name.start));
    let text = source.text.get(line.start..)?;
    // Up to the end of the block that opens on the line.
    let mut depth = 0_usize;
    let mut end = line.len();
    for (at, sign) in text.char_indices().take(4_000) {
        match sign {
            '{' | '｛' => depth += 1,
            '}' | '｝' => depth = depth.saturating_sub(1),
            _ => {}
        }
        end = at + sign.len_utf8();
        if depth == 0 && end >= line.len() {
            break;
        }
    }
    let indent: usize = text.len() - text.trim_start_matches([' ', '\t']).len();
    let shown = text.get(..end)?.lines().take(MOST_LINES).map(|line| {
        let own = line.len() - line.trim_start_matches([' ', '\t']).len();
        line.get(own.min(indent)..).unwrap_or(line).trim_end()
    });
    let shown: Vec<&str> = shown.collect();
    Some(format!("```milepost\n{}\n```", shown.join("\n").trim_end()))
}

impl<'c> Offers<'c> {
    /// The names of that kind; `Noun::Person` leaves teams out.
    pub(super) fn names(&mut self, noun: Noun) {
        self.names_as(noun, |_| None);
    }

    /// The same with text that goes on behind the name; a snippet.
    pub(super) fn names_as(&mut self, noun: Noun, then: impl Fn(&Entry) -> Option<String>) {
        let Some(table) = self.compilation.names.table(noun) else { return };
        for entry in table.entries() {
            if self.is_full() {
                return;
            }
            let fits = match noun {
                Noun::Team | Noun::Person => entry.noun == noun,
                _ => true,
            };
            if fits && can_be_named(&entry.name) {
                self.entry(entry, then(entry).as_deref());
            }
        }
    }

    pub(super) fn entry(&mut self, entry: &Entry, then: Option<&str>) {
        let insert = then.map(|then| format!("{}{then}", entry.name));
        self.push(Offer {
            title: entry.title.as_deref(),
            insert: insert.as_deref(),
            snippet: insert.is_some(),
            about: About::Name(entry.place),
            ..Offer::new(&entry.name, CompletionKind::Name(entry.noun))
        });
    }

    /// A path, in the place of the path under the cursor.
    fn path(&mut self, path: &str, title: Option<&str>, noun: Noun, place: Place, insert: Option<&str>) {
        if !can_be_named(path) {
            return;
        }
        let range = Some(self.cursor.path.clone());
        let about = About::Name(place);
        let snippet = insert.is_some();
        self.push(Offer {
            title,
            range,
            about,
            insert,
            snippet,
            ..Offer::new(path, CompletionKind::Name(noun))
        });
    }

    /// Objectives and key results by their paths, but the one that is being written.
    pub(super) fn goals(&mut self) {
        let names = &self.compilation.names;
        let objectives = names.table(Noun::Objective).map(Table::entries).unwrap_or_default();
        let own = self.name_of(Block::Objective);
        let own_key_result = self.name_of(Block::KeyResult);
        for entry in objectives.iter().filter(|entry| Some(entry.name.as_str()) != own) {
            self.path(&entry.name, entry.title.as_deref(), entry.noun, entry.place, None);
        }
        for objective in objectives {
            if self.is_full() {
                return;
            }
            for entry in self.key_results(objective) {
                if Some(objective.name.as_str()) != own || Some(entry.name.as_str()) != own_key_result {
                    let path = format!("{}.{}", objective.name, entry.name);
                    self.path(&path, entry.title.as_deref(), entry.noun, entry.place, None);
                }
            }
        }
    }

    /// The goals that a waiver may be on: in a goal's own block, it and what is in it.
    pub(super) fn waivable(&mut self) {
        let names = &self.compilation.names;
        let Some(own) = self.name_of(Block::Objective) else {
            self.goals();
            return self.names(Noun::Pipeline);
        };
        let Some(objective) = names.table(Noun::Objective).and_then(|table| table.get(own)) else { return };
        let inner = self.name_of(Block::KeyResult);
        if inner.is_none() {
            self.path(&objective.name, objective.title.as_deref(), objective.noun, objective.place, None);
        }
        for entry in self.key_results(objective) {
            if inner.is_none_or(|inner| inner == entry.name) {
                let path = format!("{}.{}", objective.name, entry.name);
                self.path(&path, entry.title.as_deref(), entry.noun, entry.place, None);
            }
        }
    }

    fn key_results(&self, objective: &Entry) -> &'c [Entry] {
        let inner = self.compilation.names.of_objective(ObjectiveId::new(objective.index));
        inner.map(Table::entries).unwrap_or_default()
    }

    /// The lines of funnels by their paths, each with how its rate is written.
    pub(super) fn lines(&mut self) {
        let Some(plan) = self.plan else { return };
        for funnel in &plan.funnels {
            let mut by_left: HashMap<_, usize> = HashMap::new();
            for line in &funnel.lines {
                *by_left.entry(line.left).or_default() += 1;
            }
            for line in &funnel.lines {
                let left = plan[line.left].name.as_str();
                // Where several lines have the same left, only a name of its own tells one apart.
                let Some(name) = (match &line.label {
                    Some(label) => Some(label.as_str()),
                    None => (by_left.get(&line.left) == Some(&1)).then_some(left),
                }) else {
                    continue;
                };
                let path = format!("{}.{name}", funnel.name);
                let written = self.compilation.sources.text(line.need.place);
                let insert = format!("{path} ${{1:{}}}", super::offers::escaped(written));
                let title = self.compilation.sources.text(line.place);
                self.path(&path, Some(title), Noun::FunnelLine, line.place, Some(&insert));
            }
        }
    }

    /// The key results by their paths, each with what it is to be set to, as a scenario does.
    pub(super) fn targets(&mut self) {
        let Some(plan) = self.plan else { return };
        for (index, goal) in plan.key_results.iter().enumerate() {
            let Some(measure) = &goal.measure else { continue };
            let path = plan.path_of(GoalRef::KeyResult(milepost::plan::KeyResultId::new(index)));
            let written = self.compilation.sources.text(measure.target_place);
            let insert = format!("{path} ${{1:{}}}", super::offers::escaped(written));
            self.path(&path, goal.title.as_deref(), Noun::KeyResult, goal.place, Some(&insert));
        }
    }

    /// The checks of goals, as `waive` names them.
    pub(super) fn checks(&mut self) {
        for (index, check) in Check::ALL.iter().enumerate() {
            let range = Some(self.cursor.path.clone());
            let detail = Some(check.code());
            let about = About::Check(index);
            self.push(Offer { detail, range, about, ..Offer::new(check.path(), CompletionKind::Check) });
        }
    }

    /// The checks of a letter, as `require` names them.
    pub(super) fn checks_of(&mut self, letter: Letter, said: &[&str]) {
        for (index, check) in Check::ALL.iter().enumerate() {
            if check.letter() == letter && !said.contains(&check.name()) {
                let detail = Some(check.code());
                let about = About::Check(index);
                self.push(Offer { detail, about, ..Offer::new(check.name(), CompletionKind::Check) });
            }
        }
    }

    /// The stages of the pipeline that the cursor is in.
    pub(super) fn stages(&mut self) {
        let own = self.name_of(Block::Pipeline);
        let Some(plan) = self.plan else { return };
        let Some(pipeline) = plan.pipelines.iter().find(|known| Some(known.name.as_str()) == own) else {
            return;
        };
        for stage in &pipeline.stages {
            let detail = Some(self.compilation.sources.text(stage.place));
            let about = About::Name(stage.place);
            self.push(Offer { detail, about, ..Offer::new(&stage.name, CompletionKind::Name(Noun::Stage)) });
        }
    }

    /// The names of that kind, those left out that the statement names already.
    pub(super) fn names_but(&mut self, noun: Noun, said: &[&str]) {
        let Some(table) = self.compilation.names.table(noun) else { return };
        for entry in table.entries() {
            if !said.contains(&entry.name.as_str()) && can_be_named(&entry.name) {
                self.entry(entry, None);
            }
        }
    }
}
