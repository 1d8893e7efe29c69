//! The statement before the cursor, as patterns can be matched with it.

use std::ops::Range;

use milepost_grammar::{Token, TokenKind};

/// A piece of a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Piece<'t> {
    /// A name, a keyword, or names joined by dots.
    Word(&'t str),
    /// A number with its sign of percent or of a currency, where it has one.
    Number,
    /// A date, a period or a time.
    Date(&'t str),
    Text,
    Comma,
    Colon,
    Dots,
    Needs,
    Gives,
    Equals,
    /// Any other sign.
    Sign,
}

impl<'t> Piece<'t> {
    /// The word, where it is one.
    pub(super) const fn word(&self) -> Option<&'t str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The words before the cursor, and the one under it.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    pub(super) pieces: Vec<Piece<'t>>,
    /// Where the cursor is.
    pub(super) offset: usize,
    /// The word under the cursor; empty where there is none.
    pub(super) word: Range<usize>,
    /// The same with the names and dots before it.
    pub(super) path: Range<usize>,
    /// Where the statement's second word starts, and all that hangs on it without a space: a time zone.
    pub(super) second: usize,
    /// Whether the cursor stands right behind a number without a unit.
    pub(super) behind_number: bool,
}

impl<'t> Cursor<'t> {
    /// `None` inside a string, where nothing is offered.
    pub(super) fn new(text: &'t str, offset: usize, statement: &[Token]) -> Option<Self> {
        let last = statement.last();
        let in_text = last.is_some_and(|last| match last.kind {
            TokenKind::Text => offset < last.range.end,
            TokenKind::OpenText => offset <= last.range.end,
            _ => false,
        });
        if in_text {
            return None;
        }
        let second = statement.get(1).map_or(offset, |token| token.range.start.min(offset));
        let mut rest = statement;
        let mut word = offset..offset;
        let mut behind_number = false;
        if let [before @ .., last] = rest
            && last.range.end >= offset
        {
            match last.kind {
                TokenKind::Name | TokenKind::Number => {
                    behind_number = last.kind == TokenKind::Number
                        && last.range.end == offset
                        && matches!(piece(text, last), Some(Piece::Number));
                    word = last.range.clone();
                    rest = before;
                }
                // `win-` and `2026-` on the way to `win-north` and `2026-01`
                TokenKind::Minus if last.glued => {
                    if let [before @ .., half] = before
                        && matches!(half.kind, TokenKind::Name | TokenKind::Number)
                    {
                        word = half.range.start..last.range.end;
                        rest = before;
                    }
                }
                _ => {}
            }
        }
        let mut path = word.clone();
        let mut above = rest;
        while let [before @ .., name, dot] = above
            && dot.kind == TokenKind::Dot
            && name.kind == TokenKind::Name
            && name.range.end == dot.range.start
            && dot.range.end == path.start
        {
            path.start = name.range.start;
            above = before;
        }
        let pieces = pieces(text, above);
        Some(Self { pieces, offset, word, path, second, behind_number })
    }
}

fn pieces<'t>(text: &'t str, tokens: &[Token]) -> Vec<Piece<'t>> {
    let mut pieces: Vec<Piece<'t>> = Vec::with_capacity(tokens.len());
    let mut name: Option<Range<usize>> = None;
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        let joins = tokens.peek().is_some_and(|next| next.glued);
        match token.kind {
            TokenKind::Percent if pieces.last() == Some(&Piece::Number) => {}
            TokenKind::Minus | TokenKind::Plus | TokenKind::Currency if joins => {}
            TokenKind::Dot if name.is_some() && token.glued && joins => continue,
            TokenKind::Name => {
                let start = match &name {
                    Some(before) if token.glued => {
                        pieces.pop();
                        before.start
                    }
                    _ => token.range.start,
                };
                name = Some(start..token.range.end);
                pieces.push(Piece::Word(text.get(start..token.range.end).unwrap_or("")));
                continue;
            }
            _ => pieces.extend(piece(text, token)),
        }
        name = None;
    }
    pieces
}

fn piece<'t>(text: &'t str, token: &Token) -> Option<Piece<'t>> {
    let written = text.get(token.range.clone()).unwrap_or("");
    Some(match token.kind {
        TokenKind::Name => Piece::Word(written),
        TokenKind::Number if written.contains(['-', ':', '：']) => Piece::Date(written),
        TokenKind::Number => Piece::Number,
        TokenKind::Text | TokenKind::OpenText => Piece::Text,
        TokenKind::Comma => Piece::Comma,
        TokenKind::Colon => Piece::Colon,
        TokenKind::Dots => Piece::Dots,
        TokenKind::Needs => Piece::Needs,
        TokenKind::Gives => Piece::Gives,
        TokenKind::Equals => Piece::Equals,
        TokenKind::LineEnd | TokenKind::Comment => return None,
        _ => Piece::Sign,
    })
}
