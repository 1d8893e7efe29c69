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
    let mut line = Line::default();
    // Blocks that close on their own line need no look at what they are.
    let mut fresh: Vec<Range<usize>> = Vec::new();
    let mut looked = start;
    for mark in braces(text) {
        if mark.range.end > offset {
            break;
        }
        let between = text.get(looked..mark.range.start).unwrap_or("");
        if !fresh.is_empty() && between.bytes().any(|byte| matches!(byte, b'\n' | b'\r')) {
            fresh.drain(..).for_each(|brace| opens(text, &mut open, brace, &mut line));
        }
        looked = mark.range.end;
        if mark.kind == MarkKind::Open {
            fresh.push(mark.range);
        } else if fresh.pop().is_none() && open.len() > 1 {
            open.pop();
        }
    }
    fresh.drain(..).for_each(|brace| opens(text, &mut open, brace, &mut line));
    let mut statement = statement(text, offset, &mut line);
    let in_comment = statement.last().is_some_and(|last| last.kind == TokenKind::Comment);
    statement.retain(|token| token.kind != TokenKind::Comment);
    Context { open, statement, in_comment }
}

/// The `}` that close the blocks that are open at byte `offset` of `text`, the innermost first; no more of them than `most`.
/// `offset` must not lie in a string or comment, or the rest of it is read as if it did not.
#[must_use]
pub fn closing(text: &str, offset: usize, most: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for mark in braces(text.get(offset..).unwrap_or("")) {
        if found.len() >= most {
            break;
        }
        if mark.kind == MarkKind::Open {
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
        } else {
            found.push(mark.range.start + offset..mark.range.end + offset);
        }
    }
    found
}

/// Adds the block that the `{` at `brace` opens. One whose statement belongs further out ends the blocks between: their
/// `}` is missing.
fn opens(text: &str, open: &mut Vec<Open>, brace: Range<usize>, line: &mut Line) {
    let words = statement(text, brace.start, line);
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
fn statement(text: &str, offset: usize, line: &mut Line) -> Vec<Token> {
    let mut words: Vec<Token> = Vec::new();
    let mut end = offset;
    for _ in 0..MOST_LINES {
        let own = line.before(text, end);
        let cut = own.iter().rposition(|token| ends_statement(token.kind) && token.range.end <= offset);
        words.splice(0..0, own.iter().skip(cut.map_or(0, |cut| cut + 1)).cloned());
        let start = line.range.start;
        if cut.is_some() || start == 0 {
            break;
        }
        // The line goes on from the one before if that ends with a comma.
        end = text.get(..start).unwrap_or("").trim_end_matches(['\n', '\r']).len();
        let before = line.before(text, end).iter().rfind(|token| token.kind != TokenKind::Comment);
        if before.is_none_or(|token| token.kind != TokenKind::Comma) {
            break;
        }
    }
    words
}

/// The tokens of the line that was looked at last.
#[derive(Default)]
struct Line {
    range: Range<usize>,
    tokens: Vec<Token>,
}

impl Line {
    /// Those of the line that `offset` lies in which begin before it; the last one is whole.
    fn before(&mut self, text: &str, offset: usize) -> &[Token] {
        let known = self.range.start <= offset && offset <= self.range.end && !self.range.is_empty();
        if !known {
            let (before, behind) = text.split_at_checked(offset).unwrap_or((text, ""));
            let start = before.rfind(['\n', '\r']).map_or_else(|| byte_order_mark(text), |at| at + 1);
            let end = offset + behind.find(['\n', '\r']).unwrap_or(behind.len());
            self.range = start..end;
            self.tokens = tokens(text.get(start..end).unwrap_or(""));
            for token in &mut self.tokens {
                token.range = token.range.start + start..token.range.end + start;
            }
        }
        let count = self.tokens.partition_point(|token| token.range.start < offset);
        self.tokens.get(..count).unwrap_or_default()
    }
}

const fn ends_statement(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Open | TokenKind::Close | TokenKind::Semicolon)
}
