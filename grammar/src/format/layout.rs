//! Laying tokens out in lines.

use std::ops::Range;

use super::WIDTH;
use super::spacing::{plain, space_between};
use crate::token::{Token, TokenKind};

/// Walks the tokens of a file once and writes it anew.
pub(super) struct Layout<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// The parts that stay as they are.
    verbatim: &'t [Range<usize>],
    at: usize,
    out: String,
    depth: usize,
    /// Line ends since the last thing that was written.
    line_ends: usize,
    /// Whether nothing was written yet in the block under way.
    fresh: bool,
}

impl<'t> Layout<'t> {
    pub(super) fn new(text: &'t str, tokens: &'t [Token], verbatim: &'t [Range<usize>]) -> Self {
        let out = String::with_capacity(text.len() + text.len() / 8);
        Self { text, tokens, verbatim, at: 0, out, depth: 0, line_ends: 0, fresh: true }
    }

    pub(super) fn run(mut self) -> String {
        while self.at < self.tokens.len() {
            self.block();
            // A `}` that closes nothing stands in a part that stays as it is, so this ends.
            self.at += 1;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    /// The entries of a block, each on lines of its own, up to its `}`.
    fn block(&mut self) {
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::LineEnd => self.line_ends += 1,
                TokenKind::Semicolon => {}
                TokenKind::Comment => self.comment(token),
                TokenKind::Close if !self.starts_verbatim(token) => return,
                _ => {
                    self.new_line();
                    self.statement();
                    continue;
                }
            }
            self.at += 1;
        }
    }

    /// A comment behind what was written on its line, or on a line of its own.
    fn comment(&mut self, token: &Token) {
        if self.line_ends == 0 && !self.out.is_empty() {
            self.out.push(' ');
        } else {
            self.new_line();
        }
        self.out.push_str(&plain(self.text, token));
    }

    /// Starts a line, with a blank one before where there was one.
    fn new_line(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
            if self.line_ends > 1 && !self.fresh {
                self.out.push('\n');
            }
        }
        self.indent(self.depth);
        self.line_ends = 0;
        self.fresh = false;
    }

    fn indent(&mut self, depth: usize) {
        self.out.extend(std::iter::repeat_n("  ", depth));
    }

    fn starts_verbatim(&self, token: &Token) -> bool {
        self.verbatim_at(token).is_some()
    }

    /// The part that stays as it is and starts with this token.
    fn verbatim_at(&self, token: &Token) -> Option<&'t Range<usize>> {
        let found = self.verbatim.binary_search_by_key(&token.range.start, |range| range.start).ok()?;
        self.verbatim.get(found)
    }

    /// Writes a part that stays as it is, and goes on behind it.
    fn keep(&mut self, range: &Range<usize>) {
        let written = self.text.get(range.clone()).unwrap_or("");
        self.out.push_str(written);
        let mut comma = false;
        while let Some(token) = self.peek().filter(|token| token.range.start < range.end) {
            comma = token.kind == TokenKind::Comma;
            self.at += 1;
        }
        // Behind a comma a line's end would not end the statement.
        let mut rest = self.tokens.get(self.at..).unwrap_or_default().iter();
        let next = rest.find(|token| !matches!(token.kind, TokenKind::LineEnd | TokenKind::Comment));
        if comma && next.is_some_and(|token| token.kind == TokenKind::Semicolon) {
            self.out.push(';');
        }
    }

    /// One statement, its block included.
    fn statement(&mut self) {
        if let Some(range) = self.peek().and_then(|token| self.verbatim_at(token)) {
            self.keep(range);
            return;
        }
        let start = self.at;
        let line = self.out.rfind('\n').map_or(0, |at| at + 1);
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Semicolon | TokenKind::Close => return,
                TokenKind::LineEnd | TokenKind::Comment => {
                    let after_comma =
                        self.at > start && self.last(start).is_some_and(|last| last.kind == TokenKind::Comma);
                    if !after_comma || !self.continues() {
                        return;
                    }
                    self.list_break();
                    continue;
                }
                TokenKind::Open => {
                    self.nested(line);
                    return;
                }
                _ => {
                    if let Some(left) = self.last(start)
                        && !self.out.ends_with([' ', '\n'])
                        && self
                            .tokens
                            .get(start..)
                            .is_some_and(|statement| space_between(self.text, statement, left, token))
                    {
                        self.out.push(' ');
                    }
                    self.out.push_str(&plain(self.text, token));
                }
            }
            self.at += 1;
        }
    }

    /// The last token before this one that belongs to the statement from `start` on.
    fn last(&self, start: usize) -> Option<&'t Token> {
        let before = self.tokens.get(start..self.at)?;
        before.iter().rev().find(|token| !matches!(token.kind, TokenKind::LineEnd | TokenKind::Comment))
    }

    /// Whether anything of a list follows after line ends and comments.
    fn continues(&self) -> bool {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        rest.iter()
            .find(|token| !matches!(token.kind, TokenKind::LineEnd | TokenKind::Comment))
            .is_some_and(|token| !matches!(token.kind, TokenKind::Close | TokenKind::Semicolon))
    }

    /// The break of a list after a comma, with the comments that stand there.
    fn list_break(&mut self) {
        let mut broken = false;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::LineEnd => broken = true,
                TokenKind::Comment => {
                    if broken {
                        self.out.push('\n');
                        self.indent(self.depth + 1);
                    } else {
                        self.out.push(' ');
                    }
                    self.out.push_str(&plain(self.text, token));
                }
                _ => break,
            }
            self.at += 1;
        }
        self.out.push('\n');
        self.indent(self.depth + 1);
    }

    /// A block: on one line if it was and fits, else each entry on its own.
    fn nested(&mut self, line: usize) {
        let space = if self.out.is_empty() || self.out.ends_with([' ', '\n']) { "" } else { " " };
        if let Some((inline, end)) = self.inline(self.at) {
            let width = self.out.get(line..).map_or(0, width) + space.len() + width(&inline);
            if width <= WIDTH {
                self.out.push_str(space);
                self.out.push_str(&inline);
                self.at = end;
                self.line_ends = 0;
                return;
            }
        }
        self.out.push_str(space);
        self.out.push('{');
        self.at += 1;
        self.depth += 1;
        self.line_ends = 0;
        self.fresh = true;
        self.block();
        self.depth -= 1;
        self.line_ends = 0;
        self.fresh = true;
        self.new_line();
        self.out.push('}');
        self.at += 1;
    }

    /// The block that opens at token `at` in one line, and the token behind it, if it was written on one line.
    fn inline(&self, at: usize) -> Option<(String, usize)> {
        let mut out = String::from("{");
        let mut at = at + 1;
        let mut statement = at;
        let mut parted = false;
        loop {
            let token = self.tokens.get(at)?;
            if let Some(range) = self.verbatim_at(token) {
                let written = self.text.get(range.clone()).unwrap_or("");
                if written.contains(['\n', '\r']) {
                    return None;
                }
                out.push_str(if parted || out.len() > 1 && statement == at { "; " } else { " " });
                out.push_str(written);
                at += self.tokens.get(at..)?.iter().take_while(|token| token.range.start < range.end).count();
                statement = at;
                parted = true;
                continue;
            }
            match token.kind {
                TokenKind::LineEnd | TokenKind::Comment => return None,
                TokenKind::Close => {
                    out.push_str(" }");
                    return Some((out, at + 1));
                }
                TokenKind::Semicolon => {
                    parted = out.len() > 1;
                    statement = at + 1;
                }
                TokenKind::Open => {
                    let (inner, end) = self.inline(at)?;
                    out.push_str(if statement == at && parted { "; " } else { " " });
                    out.push_str(&inner);
                    at = end;
                    statement = at;
                    parted = true;
                    continue;
                }
                _ => {
                    if statement == at {
                        out.push_str(if parted { "; " } else { " " });
                    } else if let Some(left) = self.tokens.get(at - 1)
                        && space_between(self.text, self.tokens.get(statement..)?, left, token)
                    {
                        out.push(' ');
                    }
                    out.push_str(&plain(self.text, token));
                }
            }
            at += 1;
        }
    }
}

/// How many columns a text takes; East Asian characters take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| {
            let wide = matches!(u32::from(c),
                0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f
                | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd);
            if wide { 2 } else { 1 }
        })
        .sum()
}
