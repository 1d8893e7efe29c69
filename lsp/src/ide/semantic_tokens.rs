//! What each word of a file is, for colours that know names.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use milepost::compile::Compilation;
use milepost::noun::Noun;
use milepost::sources::{FileId, ItemId, Place};
use milepost_grammar::{HighlightKind, highlight};

use super::items::{self, Piece};

/// A word and what it is. Tokens are in order, and none reaches over a line's end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SemanticToken {
    /// Where.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it is the name that a declaration gives.
    pub declaration: bool,
}

/// What a word is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// A word that opens a statement, or has work of its own inside one.
    Keyword,
    /// A name, and what it stands for, if that is known.
    Name(Option<Noun>),
    /// A string.
    String,
    /// A number with its scale letter.
    Number,
    /// A date, a period or a time of day.
    Date,
    /// A unit.
    Unit,
    /// A comment.
    Comment,
    /// `<-`, `->`, `..`, `=` and the like.
    Operator,
}

/// The words of a file, or of those of its items and the comments around them that touch `within`.
#[must_use]
pub fn semantic_tokens(
    compilation: &Compilation,
    file: FileId,
    within: Option<Range<usize>>,
) -> Vec<SemanticToken> {
    let text = items::text(compilation, file);
    let within = within.unwrap_or(0..text.len());
    let pieces = items::pieces(compilation, file, &within);
    let nouns = Nouns::new(compilation, &pieces);
    let mut found = Vec::new();
    for piece in &pieces {
        let part = text.get(piece.range.clone()).unwrap_or("");
        for word in highlight(part) {
            let start = u32::try_from(word.range.start).unwrap_or(u32::MAX);
            let noun = || piece.item.and_then(|item| nouns.at(item, start));
            let kind = match word.kind {
                HighlightKind::Comment => TokenKind::Comment,
                HighlightKind::String => TokenKind::String,
                HighlightKind::Number => TokenKind::Number,
                HighlightKind::Date => TokenKind::Date,
                HighlightKind::Keyword | HighlightKind::Word => TokenKind::Keyword,
                HighlightKind::Declaration | HighlightKind::Name => TokenKind::Name(noun()),
                HighlightKind::Unit => {
                    // What an action yields is named as its unit.
                    let written = part.get(word.range.clone()).unwrap_or("");
                    let is_metric =
                        compilation.names.table(Noun::Metric).is_some_and(|all| all.get(written).is_some());
                    if is_metric { TokenKind::Name(Some(Noun::Metric)) } else { TokenKind::Unit }
                }
                HighlightKind::Operator => TokenKind::Operator,
                HighlightKind::Punctuation => continue,
            };
            found.push(SemanticToken {
                range: word.range.start + piece.range.start..word.range.end + piece.range.start,
                kind,
                declaration: word.kind == HighlightKind::Declaration,
            });
        }
    }
    found.retain(|token| token.range.start < within.end && within.start < token.range.end);
    found
}

/// What the names in some items stand for.
struct Nouns {
    by_start: HashMap<(ItemId, u32), Noun>,
}

impl Nouns {
    fn new(compilation: &Compilation, pieces: &[Piece]) -> Self {
        let ids: HashSet<ItemId> = pieces.iter().filter_map(|piece| piece.item).collect();
        if ids.is_empty() {
            return Self { by_start: HashMap::new() };
        }
        let mut targets: HashMap<Place, Option<Noun>> = HashMap::new();
        let items = pieces.iter().filter_map(|piece| piece.item);
        let uses = items.flat_map(|item| compilation.references.of(item));
        for used in uses.clone() {
            targets.insert(used.target, None);
        }
        let mut by_start = HashMap::new();
        for entry in compilation.names.all() {
            if ids.contains(&entry.place.item) {
                by_start.insert((entry.place.item, entry.place.span.start), entry.noun);
            }
            if let Some(noun) = targets.get_mut(&entry.place) {
                *noun = Some(entry.noun);
            }
        }
        for used in uses {
            let noun = targets.get(&used.target).copied().flatten();
            if let Some(noun) = noun {
                by_start.insert((used.place.item, used.place.span.start), noun);
            }
        }
        Self { by_start }
    }

    fn at(&self, item: ItemId, start: u32) -> Option<Noun> {
        self.by_start.get(&(item, start)).copied()
    }
}
