//! What is gathered on the way to an answer.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::dates::DateSpan;
use milepost::plan::{KeyResult, KeyResultId, Metric, MetricId, Objective, ObjectiveId, Plan};
use milepost::sources::{FileId, Place};
use milepost_grammar::keyword::{Block, WORDS};
use milepost_grammar::{Context, Open, TokenKind, is_name, tokens};

use super::piece::{Cursor, Piece};
use super::{About, Completion, CompletionKind, Completions, MOST_ITEMS};
use crate::ide::matching::is_subsequence;

/// What is offered, and all that it is made from.
pub(super) struct Offers<'c> {
    pub(super) compilation: &'c Compilation,
    pub(super) plan: Option<&'c Plan>,
    file: FileId,
    /// The text from the start of the item on.
    pub(super) text: &'c str,
    /// Where that is in the file.
    base: usize,
    pub(super) open: &'c [Open],
    pub(super) cursor: Cursor<'c>,
    items: Vec<Completion>,
    incomplete: bool,
}

impl<'c> Offers<'c> {
    pub(super) fn new(
        compilation: &'c Compilation,
        file: FileId,
        text: &'c str,
        base: usize,
        context: &'c Context,
        cursor: Cursor<'c>,
    ) -> Self {
        let plan = compilation.plan.as_ref();
        let open = &context.open;
        Self { compilation, plan, file, text, base, open, cursor, items: Vec::new(), incomplete: false }
    }

    pub(super) fn done(self) -> Completions {
        Completions { items: self.items, incomplete: self.incomplete }
    }

    /// Whether the cursor is in or beside that place.
    pub(super) fn holds_cursor(&self, place: Place) -> bool {
        let (file, range) = self.compilation.sources.locate(place);
        let offset = self.base + self.cursor.offset;
        file == self.file && range.start <= offset && offset <= range.end
    }

    /// Whether nothing more is taken.
    pub(super) const fn is_full(&self) -> bool {
        self.incomplete
    }

    pub(super) fn block(&self) -> Option<Block> {
        self.open.last().and_then(|open| open.block)
    }

    /// The pieces of the statement so far; detached, so that they can be matched while offers are added.
    pub(super) fn pieces(&self) -> Vec<Piece<'c>> {
        self.cursor.pieces.clone()
    }

    /// Adds an item, unless the letters typed rule it out. `filter` is what they are compared with.
    pub(super) fn push(&mut self, offer: Offer<'_>) {
        let Range { start, end } = offer.range.unwrap_or_else(|| self.cursor.word.clone());
        let typed = self.text.get(start..self.cursor.offset).unwrap_or("");
        let filter = match offer.title {
            Some(title) => format!("{} {title}", offer.label),
            None => offer.label.to_owned(),
        };
        if !is_subsequence(typed, offer.label)
            && !offer.title.is_some_and(|title| is_subsequence(typed, title))
        {
            return;
        }
        // A day may be the first one of the plan and the next one, too.
        let moment = offer.kind == CompletionKind::Moment;
        if moment && self.items.iter().any(|item| item.kind == offer.kind && item.label == offer.label) {
            return;
        }
        if self.items.len() >= MOST_ITEMS {
            self.incomplete = true;
            return;
        }
        let detail = offer.detail.or(offer.title);
        self.items.push(Completion {
            label: offer.label.to_owned(),
            detail: detail.map(str::to_owned),
            kind: offer.kind,
            insert: offer.insert.unwrap_or(offer.label).to_owned(),
            snippet: offer.snippet,
            range: start + self.base..end + self.base,
            sort: format!("{:04}", self.items.len()),
            filter,
            about: offer.about,
        });
    }

    /// A word inside a statement.
    pub(super) fn word(&mut self, word: &str) {
        let after = match self.cursor.pieces.first() {
            Some(Piece::Word(first)) => first,
            _ => "",
        };
        let of_list = |(_, known): &(usize, &milepost_grammar::keyword::Word)| known.word == word;
        let mut known = WORDS.iter().enumerate().filter(of_list);
        let own = known.clone().find(|(_, known)| known.after.contains(&after));
        let about = own.or_else(|| known.next()).map_or(About::Nothing, |(index, _)| About::Word(index));
        self.push(Offer { about, ..Offer::new(word, CompletionKind::Word) });
    }

    pub(super) fn words(&mut self, words: &[&str]) {
        for word in words {
            self.word(word);
        }
    }

    /// Several words at once, some of them to be filled in.
    pub(super) fn phrase(&mut self, label: &str, snippet: &str) {
        let snippet = Some(snippet);
        self.push(Offer { insert: snippet, snippet: true, ..Offer::new(label, CompletionKind::Word) });
    }

    /// A number, or how one is written.
    pub(super) fn value(&mut self, label: &str, snippet: &str) {
        let snippet = Some(snippet);
        self.push(Offer { insert: snippet, snippet: true, ..Offer::new(label, CompletionKind::Value) });
    }

    /// The name that the nearest open block of that kind was given.
    pub(super) fn name_of(&self, block: Block) -> Option<&'c str> {
        let open = self.open.iter().rev().find(|open| open.block == Some(block))?;
        self.head_words(open).get(1).copied()
    }

    /// The words of an open block's statement.
    pub(super) fn head_words(&self, open: &Open) -> Vec<&'c str> {
        let Some(head) = self.text.get(open.head.clone()) else { return Vec::new() };
        let words = tokens(head).into_iter().filter(|token| token.kind == TokenKind::Name);
        words.filter_map(|token| head.get(token.range)).collect()
    }

    /// The objective that the cursor is in.
    pub(super) fn objective(&self) -> Option<&'c Objective> {
        let entry = self.compilation.names.table(milepost::noun::Noun::Objective)?;
        let entry = entry.get(self.name_of(Block::Objective)?)?;
        self.plan?.objectives.get(entry.index)
    }

    /// The key result that the cursor is in.
    pub(super) fn key_result(&self) -> Option<&'c KeyResult> {
        let names = &self.compilation.names;
        let objective = names.table(milepost::noun::Noun::Objective)?.get(self.name_of(Block::Objective)?)?;
        let inner = names.of_objective(ObjectiveId::new(objective.index))?;
        let entry = inner.get(self.name_of(Block::KeyResult)?)?;
        self.plan?.key_results.get(KeyResultId::new(entry.index).index())
    }

    /// The days of the goal that the cursor is in, or of the plan.
    pub(super) fn days(&self) -> Option<DateSpan> {
        let own =
            self.key_result().map(|goal| goal.during).or_else(|| self.objective().map(|goal| goal.during));
        own.or_else(|| self.plan.map(|plan| plan.period))
    }

    /// The metric of that name, with what is known of it.
    pub(super) fn metric(&self, name: &str) -> Option<&'c Metric> {
        let entry = self.compilation.names.table(milepost::noun::Noun::Metric)?.get(name)?;
        self.plan?.metrics.get(MetricId::new(entry.index).index())
    }
}

/// An item on its way into the answer.
pub(super) struct Offer<'o> {
    pub(super) label: &'o str,
    /// Compared with the letters typed, too.
    pub(super) title: Option<&'o str>,
    /// Shown in the title's place.
    pub(super) detail: Option<&'o str>,
    pub(super) kind: CompletionKind,
    /// The label, if nothing else is said.
    pub(super) insert: Option<&'o str>,
    pub(super) snippet: bool,
    /// In the text from the start of the item; the word under the cursor, if nothing else is said.
    pub(super) range: Option<Range<usize>>,
    pub(super) about: About,
}

impl<'o> Offer<'o> {
    pub(super) const fn new(label: &'o str, kind: CompletionKind) -> Self {
        Self {
            label,
            title: None,
            detail: None,
            kind,
            insert: None,
            snippet: false,
            range: None,
            about: About::Nothing,
        }
    }
}

/// Whether something that is declared can be named: one that nothing can name is not offered.
pub(super) fn can_be_named(path: &str) -> bool {
    path.split('.').all(is_name)
}

/// `text` as it must stand inside `${1:…}`.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '$' | '}' | '\\') {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}
