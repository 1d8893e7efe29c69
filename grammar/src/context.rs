//! Where in a text a writer is: the blocks that are open there, and the statement so far. Works from braces and words
//! alone, so that it is right within statements that are half written.

use std::ops::Range;

use crate::keyword::{self, Block, Keyword};
use crate::scan::{MarkKind, braces, byte_order_mark};
use crate::token::{Token, TokenKind, tokens};

/// A statement that goes over more lines than this is no list that anybody writes.
const MOST_LINES: usize = 1_000;

/// A block that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Open {
    /// What it is; `None` where its statement does not begin with a word of the block around it.
    pub block: Option<Block>,
    /// The word that its statement begins with, where the block around it knows it.
    pub keyword: Option<&'static Keyword>,
    /// Its statement, up to the `{`.
    pub head: Range<usize>,
    /// The `{`; at the top level of a file, its start.
    pub brace: Range<usize>,
}

/// Where in a text a writer is.
#[derive(Clone, Debug)]
pub struct Context {
    /// The blocks that are open, outermost first: the top level of the file, which is always open, is the first.
    pub open: Vec<Open>,
    /// The words of the statement before the offset, comments and line ends left out; one that reaches over the offset,
    /// or ends there, is the last.
    pub statement: Vec<Token>,
    /// Whether the offset lies in a comment.
    pub in_comment: bool,
}

impl Context {
    /// The innermost block.
    #[must_use]
    pub fn block(&self) -> Option<Block> {
        self.open.last().and_then(|open| open.block)
    }
}

/// Where byte `offset` of `text` is; `text` starts at the top level of a file, as items do. Takes time linear in `offset`,
/// but looks at no more than the braces of all but a few lines.
#[must_use]
pub fn context(text: &str, offset: usize) -> Context {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = byte_order_mark(text);
    let file = Open { block: Some(Block::File), keyword: None, head: start..start, brace: start..start };
    let mut open = vec![file];
    for mark in braces(text) {
        if mark.range.end > offset {
            break;
        }
        if mark.kind == MarkKind::Open {
            opens(text, &mut open, mark.range);
        } else if open.len() > 1 {
            open.pop();
        }
    }
    let mut statement = statement(text, offset);
    let in_comment = statement.last().is_some_and(|last| last.kind == TokenKind::Comment);
    statement.retain(|token| token.kind != TokenKind::Comment);
    Context { open, statement, in_comment }
}

/// The `}` that closes the block that opens at byte `brace` of `text`, if it is there.
#[must_use]
pub fn closing(text: &str, brace: usize) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    for mark in braces(text.get(brace..)?) {
        if mark.kind == MarkKind::Open {
            depth += 1;
            continue;
        }
        depth = depth.checked_sub(1)?;
        if depth == 0 {
            return Some(mark.range.start + brace..mark.range.end + brace);
        }
    }
    None
}

/// Adds the block that the `{` at `brace` opens. One whose statement belongs further out ends the blocks between: their
/// `}` is missing.
fn opens(text: &str, open: &mut Vec<Open>, brace: Range<usize>) {
    let words = statement(text, brace.start);
    let head = words.first().map_or(brace.start, |first| first.range.start)..brace.start;
    let word = words.first().filter(|first| first.kind == TokenKind::Name);
    let word = word.and_then(|first| text.get(first.range.clone())).unwrap_or("");
    let known = |open: &Open| {
        let known = keyword::in_block(word, open.block?)?;
        known.opens.is_some().then_some(known)
    };
    let around = open.last();
    let account = words.first().is_some_and(|first| first.kind == TokenKind::Text)
        && around.is_some_and(|around| around.block == Some(Block::Accounts));
    let mut keyword = around.and_then(known);
    if keyword.is_none() && !account && around.is_some_and(|around| around.block.is_some()) {
        let outer = open.iter().enumerate().rev().find_map(|(depth, outer)| Some((depth, known(outer)?)));
        if let Some((depth, found)) = outer {
            open.truncate(depth + 1);
            keyword = Some(found);
        }
    }
    let block = if account { Some(Block::Account) } else { keyword.and_then(|keyword| keyword.opens) };
    open.push(Open { block, keyword, head, brace });
}

/// The words of the statement that `offset` lies in, up to there, with comments. Strings and comments end with their
/// line, so that what a line says is known from its start.
fn statement(text: &str, offset: usize) -> Vec<Token> {
    let mut words = Vec::new();
    let mut end = offset;
    for _ in 0..MOST_LINES {
        let before = text.get(..end).unwrap_or("");
        let start = before.rfind(['\n', '\r']).map_or_else(|| byte_order_mark(text), |at| at + 1);
        let mut line = line_tokens(text, start, offset);
        line.retain(|token| token.range.start < end);
        let cut = line.iter().rposition(|token| ends_statement(token.kind) && token.range.end <= offset);
        if let Some(cut) = cut {
            line.drain(..=cut);
        }
        line.append(&mut words);
        words = line;
        if cut.is_some() || start == 0 {
            break;
        }
        // The line goes on from the one before if that ends with a comma.
        end = before.get(..start).unwrap_or("").trim_end_matches(['\n', '\r']).len();
        if !ends_with_comma(text, end) {
            break;
        }
    }
    words
}

/// The tokens of the line from `start` that begin before `offset`; the last one is whole.
fn line_tokens(text: &str, start: usize, offset: usize) -> Vec<Token> {
    let rest = text.get(start..).unwrap_or("");
    let line = rest.get(..rest.find(['\n', '\r']).unwrap_or(rest.len())).unwrap_or("");
    let mut found = tokens(line);
    for token in &mut found {
        token.range = token.range.start + start..token.range.end + start;
    }
    found.retain(|token| token.range.start < offset);
    found
}

fn ends_with_comma(text: &str, end: usize) -> bool {
    let before = text.get(..end).unwrap_or("");
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = line_tokens(text, start, end);
    let last = line.iter().rev().find(|token| token.kind != TokenKind::Comment);
    last.is_some_and(|token| token.kind == TokenKind::Comma)
}

const fn ends_statement(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Open | TokenKind::Close | TokenKind::Semicolon)
}
