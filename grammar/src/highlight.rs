//! Colours for editors: what each word of a text is.

use std::ops::Range;

use crate::keyword::{self, Block, Keyword, WORDS};
use crate::token::{Token, TokenKind, tokens};

/// What a piece of text is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum HighlightKind {
    /// A comment.
    Comment,
    /// A string, closed or not.
    String,
    /// A number with its scale letter.
    Number,
    /// A date, a period or a time of day.
    Date,
    /// A unit behind a number, a percent sign, or a currency's sign.
    Unit,
    /// A word that opens a declaration or a statement.
    Keyword,
    /// A word with work of its own inside a statement, such as `by`.
    Word,
    /// The name a declaration gives.
    Declaration,
    /// Any other name.
    Name,
    /// `<-`, `->`, `..`, `=`, `+`, `/` and the like.
    Operator,
    /// Braces, commas, semicolons, colons and dots.
    Punctuation,
}

/// A piece of text and what it is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Highlight {
    /// What it is.
    pub kind: HighlightKind,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
}

/// What the words of a text are, in order, none overlapping; white space is left out. Works from words alone, so
/// that it is right within statements that cannot be read as well.
#[must_use]
pub fn highlight(text: &str) -> Vec<Highlight> {
    let tokens = tokens(text);
    let mut walk = Walk { text, blocks: vec![Some(Block::File)], statement: Statement::default() };
    let mut highlights = Vec::with_capacity(tokens.len());
    for token in &tokens {
        if let Some(kind) = walk.kind(token) {
            highlights.push(Highlight { kind, range: token.range.clone() });
        }
    }
    highlights
}

/// What is known of the statement under way.
#[derive(Default)]
struct Statement {
    /// The keyword it began with; `None` before its first word.
    began: Option<Option<&'static Keyword>>,
    /// The kind of the token before.
    before: Option<TokenKind>,
    /// How many tokens there were.
    count: usize,
}

struct Walk<'t> {
    text: &'t str,
    /// The blocks that are open; one that nothing is known of is `None`.
    blocks: Vec<Option<Block>>,
    statement: Statement,
}

impl Walk<'_> {
    fn kind(&mut self, token: &Token) -> Option<HighlightKind> {
        let kind = match token.kind {
            TokenKind::LineEnd => {
                if self.statement.before != Some(TokenKind::Comma) {
                    self.statement = Statement::default();
                }
                return None;
            }
            TokenKind::Comment => return Some(HighlightKind::Comment),
            TokenKind::Open => {
                let opens = self.statement.began.flatten().and_then(|keyword| keyword.opens);
                let account =
                    self.statement.began == Some(None) && self.blocks.last() == Some(&Some(Block::Accounts));
                self.blocks.push(if account { Some(Block::Account) } else { opens });
                self.statement = Statement::default();
                return Some(HighlightKind::Punctuation);
            }
            TokenKind::Close | TokenKind::Semicolon => {
                if token.kind == TokenKind::Close && self.blocks.len() > 1 {
                    self.blocks.pop();
                }
                self.statement = Statement::default();
                return Some(HighlightKind::Punctuation);
            }
            TokenKind::Name => self.name(token),
            TokenKind::Number => {
                let written = self.text.get(token.range.clone()).unwrap_or("");
                if written.contains(['-', ':', '：']) { HighlightKind::Date } else { HighlightKind::Number }
            }
            TokenKind::Text | TokenKind::OpenText => HighlightKind::String,
            TokenKind::Percent | TokenKind::Currency => HighlightKind::Unit,
            TokenKind::Comma | TokenKind::Colon | TokenKind::Dot => HighlightKind::Punctuation,
            TokenKind::Dots
            | TokenKind::Needs
            | TokenKind::Gives
            | TokenKind::Plus
            | TokenKind::Minus
            | TokenKind::Slash
            | TokenKind::Equals
            | TokenKind::Other => HighlightKind::Operator,
        };
        self.statement.began.get_or_insert(None);
        self.statement.before = Some(token.kind);
        self.statement.count += 1;
        Some(kind)
    }

    fn name(&mut self, token: &Token) -> HighlightKind {
        let word = self.text.get(token.range.clone()).unwrap_or("");
        let block = self.blocks.last().copied().flatten();
        let Some(began) = self.statement.began else {
            let keyword = block.and_then(|block| keyword::in_block(word, block));
            self.statement.began = Some(keyword);
            return if keyword.is_some() { HighlightKind::Keyword } else { HighlightKind::Name };
        };
        if matches!(self.statement.before, Some(TokenKind::Dot)) {
            return HighlightKind::Name;
        }
        let declares = |keyword: &Keyword| {
            keyword.form.starts_with(&format!("{} NAME", keyword.word)) && keyword.opens.is_some()
        };
        if self.statement.count == 1 && block.is_some() && began.is_some_and(declares) {
            return HighlightKind::Declaration;
        }
        let after = began.map_or("", |keyword| keyword.word);
        if WORDS.iter().any(|known| known.word == word && known.after.contains(&after)) {
            return HighlightKind::Word;
        }
        match self.statement.before {
            Some(TokenKind::Number) => HighlightKind::Unit,
            _ => HighlightKind::Name,
        }
    }
}
