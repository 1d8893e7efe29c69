//! What a selection grows to: word, value, statement, block, item, file.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::sources::FileId;
use milepost_grammar::{Open, Token, TokenKind, closing, context, tokens};

use super::items;

/// A statement is looked at up to so many lines.
const MOST_LINES: usize = 1_000;

/// What holds byte `offset` of a file, the smallest first; each is larger than the one before and holds it, and the last
/// is the file.
#[must_use]
pub fn selection(compilation: &Compilation, file: FileId, offset: usize) -> Vec<Range<usize>> {
    let text = items::text(compilation, file);
    let start = items::outset(compilation, file, offset);
    let mut grown = Grown { offset, start, ranges: Vec::new() };
    if let (Some(rest), Some(within)) = (text.get(start..), offset.checked_sub(start)) {
        inner(rest, within, &mut grown);
    }
    if let Some(item) = items::before(compilation, file, offset) {
        grown.start = 0;
        grown.add(item.range);
    }
    grown.start = 0;
    grown.add(0..text.len());
    grown.ranges
}

/// What is gathered, from the smallest on.
struct Grown {
    offset: usize,
    /// Where the text starts that ranges are counted in.
    start: usize,
    ranges: Vec<Range<usize>>,
}

impl Grown {
    fn add(&mut self, range: Range<usize>) {
        let range = range.start + self.start..range.end + self.start;
        let holds = match self.ranges.last() {
            Some(last) => range.start <= last.start && last.end <= range.end && range != *last,
            None => range.start <= self.offset && self.offset <= range.end && !range.is_empty(),
        };
        if holds {
            self.ranges.push(range);
        }
    }
}

fn inner(text: &str, offset: usize, grown: &mut Grown) {
    let context = context(text, offset);
    let first = context.statement.first().map_or(offset, |first| first.range.start);
    let words = statement(text, first);
    // A word is meant before a sign, and where two touch, the one that begins.
    let touching = |(_, word): &(usize, &Token)| word.range.start <= offset && offset <= word.range.end;
    let is_word = |kind| matches!(kind, TokenKind::Name | TokenKind::Number | TokenKind::Text);
    let here = words.iter().enumerate().filter(touching);
    let here = here.max_by_key(|(index, word)| (is_word(word.kind), *index));
    let here = here.filter(|(_, word)| word.kind != TokenKind::Comma);
    if let Some((index, word)) = here {
        if word.kind == TokenKind::Text {
            let written = text.get(word.range.clone()).unwrap_or("");
            let quote = |sign: Option<char>| sign.map_or(0, char::len_utf8);
            let (open, close) = (quote(written.chars().next()), quote(written.chars().next_back()));
            grown.add(word.range.start + open..word.range.end - close);
        }
        grown.add(word.range.clone());
        values(&words, index, grown);
    }
    if let (Some(first), Some(last)) = (words.first(), words.last()) {
        grown.add(first.range.start..last.range.end);
        if let Some(end) = block_behind(text, last.range.end) {
            grown.add(first.range.start..end);
        }
    }
    // Braces in strings and comments close nothing: they are counted from where those end.
    let rest = text.get(offset..).unwrap_or("");
    let behind = match here {
        _ if context.in_comment => offset + rest.find(['\n', '\r']).unwrap_or(rest.len()),
        Some((_, word)) => word.range.end,
        None => offset,
    };
    let opened = context.open.get(1..).unwrap_or_default();
    let mut closes = closing(text, behind, opened.len()).into_iter();
    for open in opened.iter().rev() {
        block(text, open, closes.next(), grown);
    }
}

/// The words of the statement that starts at `start`, without its block.
fn statement(text: &str, start: usize) -> Vec<Token> {
    let mut words: Vec<Token> = Vec::new();
    let mut from = start;
    for _ in 0..MOST_LINES {
        let rest = text.get(from..).unwrap_or("");
        let line = rest.get(..rest.find(['\n', '\r']).unwrap_or(rest.len())).unwrap_or("");
        for mut token in tokens(line) {
            token.range = token.range.start + from..token.range.end + from;
            match token.kind {
                TokenKind::Open | TokenKind::Close | TokenKind::Semicolon => return words,
                TokenKind::Comment => {}
                _ => words.push(token),
            }
        }
        if words.last().is_none_or(|last| last.kind != TokenKind::Comma) {
            break;
        }
        let behind = rest.get(line.len()..).unwrap_or("");
        let Some(ends) = behind.find(|sign| !matches!(sign, '\n' | '\r')) else { break };
        from += line.len() + ends;
    }
    words
}

/// The end of the block that opens behind the words of a statement.
fn block_behind(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}']).len();
    let brace = rest.get(blank..)?.chars().next().filter(|sign| matches!(sign, '{' | '｛'))?;
    closing(text, end + blank + brace.len_utf8(), 1).first().map(|closes| closes.end)
}

/// Names joined by dots, a number with its unit, and two of them with `..` between.
fn values(words: &[Token], index: usize, grown: &mut Grown) {
    let kind = |at: usize| words.get(at).map(|word| word.kind);
    let glued = |at: usize| words.get(at).is_some_and(|word| word.glued);
    let range = |from: usize, to: usize| {
        let (from, to) = (words.get(from)?, words.get(to)?);
        Some(from.range.start..to.range.end)
    };
    let (mut from, mut to) = (index, index);
    while from >= 1
        && glued(from)
        && (kind(from) == Some(TokenKind::Dot) || kind(from - 1) == Some(TokenKind::Dot))
    {
        from -= 1;
    }
    while glued(to + 1) && (kind(to + 1) == Some(TokenKind::Dot) || kind(to) == Some(TokenKind::Dot)) {
        to += 1;
    }
    grown.ranges_of(range(from, to));
    let (from, to) = quantity(words, from, to);
    grown.ranges_of(range(from, to));
    let (mut low, mut high) = (from, to);
    if from >= 2 && kind(from - 1) == Some(TokenKind::Dots) {
        low = quantity(words, from - 2, from - 2).0;
    }
    if kind(to + 1) == Some(TokenKind::Dots) && kind(to + 2).is_some() {
        high = quantity(words, to + 2, to + 2).1;
    }
    grown.ranges_of(range(low, high));
}

/// A number with the sign before it and the unit behind it, whichever of them is in `from..=to`.
fn quantity(words: &[Token], mut from: usize, mut to: usize) -> (usize, usize) {
    let kind = |at: usize| words.get(at).map(|word| word.kind);
    let is_sign = |kind| matches!(kind, Some(TokenKind::Currency | TokenKind::Plus | TokenKind::Minus));
    let is_unit = |kind| matches!(kind, Some(TokenKind::Percent));
    if from >= 1
        && kind(from - 1) == Some(TokenKind::Number)
        && (is_unit(kind(from)) || kind(from) == Some(TokenKind::Name))
    {
        from -= 1;
    }
    if is_sign(kind(from)) && kind(from + 1) == Some(TokenKind::Number) {
        to = to.max(from + 1);
    }
    if from >= 1 && kind(from) == Some(TokenKind::Number) && is_sign(kind(from - 1)) {
        from -= 1;
    }
    if kind(to) == Some(TokenKind::Number) && (is_unit(kind(to + 1)) || kind(to + 1) == Some(TokenKind::Name))
    {
        to += 1;
    }
    (from, to)
}

impl Grown {
    fn ranges_of(&mut self, range: Option<Range<usize>>) {
        if let Some(range) = range {
            self.add(range);
        }
    }
}

/// What stands between the braces of a block, and the block with its statement.
fn block(text: &str, open: &Open, closes: Option<Range<usize>>, grown: &mut Grown) {
    let end = closes.as_ref().map_or(text.len(), |brace| brace.start);
    let within = text.get(open.brace.end..end).unwrap_or("");
    let blank = within.len() - within.trim_start().len();
    grown.add(open.brace.end + blank..open.brace.end + blank + within.trim().len());
    if let Some(closes) = closes {
        grown.add(open.head.start..closes.end);
    }
}
