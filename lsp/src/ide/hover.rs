//! What stands under the cursor, in words: what a name is, what a line comes to and why, what a keyword means.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::english::word;
use milepost::expand::KeyResultPlan;
use milepost::explain::{Explanation, Question, explain};
use milepost::noun::Noun;
use milepost::plan::{KeyResultId, PersonId, Plan};
use milepost::resolve::names::Entry;
use milepost::sources::{FileId, Place};
use milepost_grammar::keyword::KEYWORDS;
use milepost_grammar::{HighlightKind, Span, highlight, reference};

use super::amounts::{Amounts, metrics};
use super::days::{expanded, works_on};
use super::items::loaded_before;
use super::names::{declared_at, name_at};
use super::spot::{Spot, touches};

/// So many goals of a person or an objective are listed.
const MOST: usize = 12;

/// A text about a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// In Markdown; all that the plan says is escaped.
    pub markdown: String,
    /// What it is about.
    pub range: Range<usize>,
}

/// What there is to say about byte `offset` of `file`.
#[must_use]
pub fn hover(compilation: &Compilation, file: FileId, offset: usize) -> Option<Hover> {
    of_name(compilation, file, offset)
        .or_else(|| of_keyword(compilation, file, offset))
        .or_else(|| of_measure(compilation, file, offset))
}

/// The numbers of the key result that is at byte `offset` of `file`, or around it, each with its reasons.
#[must_use]
pub fn explained(compilation: &Compilation, file: FileId, offset: usize) -> Option<String> {
    let plan = compilation.plan.as_ref()?;
    let about = About { compilation, plan };
    let named = name_at(compilation, file, offset).and_then(|named| about.key_result(named.target));
    let item = loaded_before(compilation, file, offset)?.id;
    let around = || {
        let before = |goal: &&milepost::plan::KeyResult| {
            goal.place.item == item && compilation.sources.locate(goal.place).1.start <= offset
        };
        plan.key_results.iter().rfind(before).and_then(|goal| about.key_result(goal.place))
    };
    named.or_else(around).and_then(|id| about.numbers(id))
}

fn of_name(compilation: &Compilation, file: FileId, offset: usize) -> Option<Hover> {
    let named = name_at(compilation, file, offset)?;
    let range = Spot::of(compilation, named.place).range;
    let mut paragraphs = Vec::new();
    match declared_at(compilation, named.target) {
        Some(entry) => {
            let title = entry.title.as_ref().map(|title| format!(" — {}", escaped(title)));
            paragraphs.push(format!(
                "**{}** `{}`{}",
                word(entry.noun),
                entry.name,
                title.unwrap_or_default()
            ));
            if let Some(plan) = &compilation.plan {
                paragraphs.extend(About { compilation, plan }.entry(entry));
            }
        }
        // A stage or a line of a funnel: the line says it all.
        None => paragraphs.push(line_of(compilation, named.target)),
    }
    Some(Hover { markdown: paragraphs.join("\n\n"), range })
}

fn of_keyword(compilation: &Compilation, file: FileId, offset: usize) -> Option<Hover> {
    let item = loaded_before(compilation, file, offset)?;
    let text = &compilation.sources.file(file).text;
    let start = compilation.sources.locate(Place::new(item.id, Span::default())).1.start;
    // What comes behind the word makes no difference to it.
    let line_end = text.get(offset..)?.find('\n').map_or(text.len(), |length| offset + length);
    let words = highlight(text.get(start..line_end)?);
    let here = |range: &Range<usize>| touches(&(range.start + start..range.end + start), offset);
    let word = words.iter().find(|word| word.kind == HighlightKind::Keyword && here(&word.range))?;
    let range = word.range.start + start..word.range.end + start;
    let written = text.get(range.clone())?;
    let mut paragraphs: Vec<String> = Vec::new();
    for keyword in KEYWORDS.iter().filter(|keyword| keyword.word == written) {
        let meaning = format!("```milepost\n{}\n```\n{}", keyword.form, keyword.doc);
        if !paragraphs.contains(&meaning) {
            paragraphs.push(meaning);
        }
    }
    if paragraphs.is_empty() {
        return None;
    }
    paragraphs.extend(reference::about(written).map(str::to_owned));
    Some(Hover { markdown: paragraphs.join("\n\n"), range })
}

fn of_measure(compilation: &Compilation, file: FileId, offset: usize) -> Option<Hover> {
    let plan = compilation.plan.as_ref()?;
    let item = loaded_before(compilation, file, offset)?.id;
    let ids = (0..plan.key_results.len()).map(KeyResultId::new);
    let here = |place: Place| place.item == item && touches(&compilation.sources.locate(place).1, offset);
    let id = ids.into_iter().find(|id| {
        let goal = &plan[*id];
        goal.measure.as_ref().is_some_and(|measure| here(measure.place))
    })?;
    let place = plan[id].measure.as_ref()?.place;
    let markdown = About { compilation, plan }.numbers(id)?;
    Some(Hover { markdown, range: Spot::of(compilation, place).range })
}

struct About<'a> {
    compilation: &'a Compilation,
    plan: &'a Plan,
}

impl About<'_> {
    fn entry(&self, entry: &Entry) -> Vec<String> {
        let mut paragraphs = Vec::new();
        match entry.noun {
            Noun::KeyResult => {
                let id = self.key_result(entry.place);
                paragraphs.extend(id.and_then(|id| self.numbers(id)));
            }
            Noun::Objective => {
                let of = |id: &KeyResultId| self.plan[self.plan[*id].objective].place == entry.place;
                let ids: Vec<KeyResultId> = (0..self.plan.key_results.len()).map(KeyResultId::new).collect();
                let lines = ids.into_iter().filter(of).map(|id| self.goal_line(id)).collect();
                paragraphs.push(list(lines));
            }
            Noun::Person => {
                let index = self.plan.people.iter().position(|person| person.place == entry.place);
                paragraphs.extend(index.map(|index| self.person(PersonId::new(index))));
            }
            _ => paragraphs.push(block_of(self.compilation, entry.place)),
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        paragraphs
    }

    fn key_result(&self, place: Place) -> Option<KeyResultId> {
        self.plan.key_results.iter().position(|goal| goal.place == place).map(KeyResultId::new)
    }

    fn expanded(&self, id: KeyResultId) -> Option<&KeyResultPlan> {
        Amounts::of(self.compilation, id).map(|amounts| amounts.key_result)
    }

    /// What a goal comes to, stage by stage, each with its reasons.
    fn numbers(&self, id: KeyResultId) -> Option<String> {
        let own = self.expanded(id)?;
        let mut explained = Vec::new();
        for metric in metrics(own) {
            let question = Question { key_result: Some(id), metric: Some(metric), ..Question::default() };
            explained.extend(explain(self.plan, std::slice::from_ref(own), &question));
        }
        let texts: Vec<String> = explained.iter().map(|one| self.explained(one)).collect();
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }

    fn explained(&self, explanation: &Explanation) -> String {
        let sources = &self.compilation.sources;
        let reasons = explanation
            .reasons
            .iter()
            .map(|reason| format!("{} · `{}`", escaped(&reason.text()), sources.file_line(reason.place())));
        format!("**{}**\n{}", escaped(&explanation.subject.text()), list(reasons.collect()))
    }

    fn goal_line(&self, id: KeyResultId) -> String {
        // One of them: a list of all would be gone through for each line.
        let own = self.expanded(id).map(std::slice::from_ref).unwrap_or_default();
        let question = Question { key_result: Some(id), ..Question::default() };
        match explain(self.plan, own, &question).into_iter().next() {
            Some(explanation) => escaped(&explanation.subject.text()),
            None => escaped(&self.plan.path(id)),
        }
    }

    /// What is asked of somebody, goal by goal.
    fn person(&self, person: PersonId) -> String {
        let ids = works_on(self.compilation, person);
        let shown = ids.get(..ids.len().min(MOST)).unwrap_or_default();
        let Some(almanac) = &self.compilation.almanac else { return String::new() };
        let dated = expanded(self.plan, almanac, shown);
        let mut lines = Vec::new();
        for key_result in &dated.key_results {
            for metric in metrics(key_result) {
                let question = Question {
                    key_result: Some(key_result.key_result),
                    metric: Some(metric),
                    person: Some(person),
                    on: None,
                };
                let explained = explain(self.plan, &dated.key_results, &question);
                lines.extend(explained.iter().map(|one| escaped(&one.subject.text())));
            }
        }
        list(lines)
    }
}

fn list(lines: Vec<String>) -> String {
    let more = lines.len().saturating_sub(MOST);
    let mut text: Vec<String> = lines.into_iter().take(MOST).map(|line| format!("- {line}")).collect();
    if more > 0 {
        text.push(format!("- and {more} more"));
    }
    text.join("\n")
}

fn line_of(compilation: &Compilation, place: Place) -> String {
    format!("```milepost\n{}\n```", fenced(&line_of_text(compilation, place)))
}

/// What is declared at a place with its block, as far as it is not too long.
fn block_of(compilation: &Compilation, place: Place) -> String {
    const LINES: usize = 12;
    let (file, range) = compilation.sources.locate(place);
    let source = compilation.sources.file(file);
    let start = source.lines.start(source.lines.line(range.start));
    let text = source.text.get(start..).unwrap_or_default();
    let (mut depth, mut shown) = (0_usize, Vec::new());
    for line in text.lines().take(LINES + 1) {
        let opened = line.matches('{').count();
        shown.push(line.chars().take(200).collect::<String>());
        depth = (depth + opened).saturating_sub(line.matches('}').count());
        if depth == 0 {
            break;
        }
    }
    if shown.len() > LINES {
        shown.truncate(LINES);
        shown.push("…".to_owned());
    }
    format!("```milepost\n{}\n```", fenced(&shown.join("\n")))
}

/// The line that a place is in, without what is around it.
fn line_of_text(compilation: &Compilation, place: Place) -> String {
    let (file, range) = compilation.sources.locate(place);
    let source = compilation.sources.file(file);
    let line = source.lines.range(source.lines.line(range.start));
    let line = source.text.get(line).unwrap_or_default().trim();
    line.chars().take(200).collect()
}

/// Text of a plan inside a fence: it must not end it.
fn fenced(text: &str) -> String {
    text.replace("```", "` ` `")
}

/// Text of a plan as Markdown that means nothing but itself, on one line.
#[must_use]
pub fn escaped(text: &str) -> String {
    let line = milepost::harmless::line(text);
    let mut escaped = String::with_capacity(line.len());
    for sign in line.chars().take(2_000) {
        if sign.is_ascii_punctuation()
            && !matches!(sign, ',' | '.' | ':' | ';' | '%' | '/' | '\'' | '"' | '?' | '=' | '@')
        {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}
