//! What the block around the cursor says already.

use milepost_grammar::keyword::Block;
use milepost_grammar::{Open, TokenKind, tokens};

/// In longer blocks it is not looked for.
const LONGEST: usize = 64 * 1024;

/// What the other statements of a block begin with.
#[derive(Clone, Debug, Default)]
pub(super) struct Body<'t> {
    /// The first words, with those of the whole block; of the file none.
    pub(super) first: Vec<&'t str>,
    /// The first word of the last statement before the cursor.
    pub(super) before: Option<&'t str>,
}

impl<'t> Body<'t> {
    /// Looks through the block that opens at `open`, but for the statement that `offset` lies in.
    pub(super) fn new(text: &'t str, open: &Open, offset: usize) -> Self {
        let mut body = Self::default();
        let start = open.brace.end;
        if open.block == Some(Block::File) || offset.saturating_sub(start) > LONGEST {
            return body;
        }
        let mut end = text.len().min(offset + LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let inner = text.get(start..end).unwrap_or("");
        let mut depth = 0_usize;
        // The first word of the statement under way, until it is known whether the cursor lies in it.
        let mut first: Option<(usize, &'t str)> = None;
        let mut fresh = true;
        let mut after_comma = false;
        for token in tokens(inner) {
            let at = token.range.start + start;
            match token.kind {
                TokenKind::Comment => continue,
                TokenKind::LineEnd | TokenKind::Semicolon | TokenKind::Close if depth == 0 => {
                    if token.kind == TokenKind::LineEnd && after_comma {
                        continue;
                    }
                    body.take(first.take(), at, offset);
                    fresh = true;
                    if token.kind == TokenKind::Close {
                        return body;
                    }
                }
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ if depth == 0 && fresh => {
                    first = Some((at, inner.get(token.range).unwrap_or("")));
                    fresh = false;
                }
                _ => {}
            }
            after_comma = token.kind == TokenKind::Comma;
        }
        body.take(first, end, offset);
        body
    }

    fn take(&mut self, first: Option<(usize, &'t str)>, end: usize, offset: usize) {
        let Some((start, word)) = first else { return };
        if start <= offset && offset <= end {
            return;
        }
        self.first.push(word);
        if end < offset {
            self.before = Some(word);
        }
    }
}

/// The statements of a block that do not stand beside `word`.
pub(super) fn rivals(block: Block, word: &str) -> &'static [&'static str] {
    match (block, word) {
        (Block::KeyResult, "measure") => &["hold", "reach"],
        (Block::KeyResult, "hold") => &["measure", "reach"],
        (Block::KeyResult, "reach") => &["measure", "hold"],
        (Block::KeyResult, "front-loaded") => &["back-loaded"],
        (Block::KeyResult, "back-loaded") => &["front-loaded"],
        (Block::Action, "takes") => &["during"],
        (Block::Action, "during") => &["takes"],
        _ => &[],
    }
}

/// Whether a statement may be said more than once in its block.
pub(super) fn repeats(block: Block, word: &str) -> bool {
    match block {
        Block::File => word != "plan",
        Block::Plan => matches!(word, "include" | "focus" | "smart"),
        Block::Calendar => word != "week",
        Block::Team => matches!(word, "team" | "person" | "away"),
        Block::Person => word == "away",
        Block::Pipeline => matches!(word, "stage" | "deal"),
        Block::Objective | Block::KeyResult => matches!(
            word,
            "key-result"
                | "why"
                | "assume"
                | "obstacle"
                | "scope"
                | "check-in"
                | "smart"
                | "reach"
                | "checkpoint"
                | "pin"
                | "over-assign"
                | "forecast"
        ),
        Block::CheckIn => matches!(word, "good" | "bad" | "next"),
        Block::Action => matches!(word, "support" | "every" | "remind"),
        Block::Review => matches!(word, "every" | "remind"),
        Block::Incentive => matches!(word, "missed" | "level" | "prize"),
        Block::Smart => true,
        _ => false,
    }
}
