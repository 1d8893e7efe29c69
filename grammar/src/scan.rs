//! One fast pass over raw text that sees strings, comments, braces and line ends, and nothing else.
//!
//! The cutting of a file into items and the search for a forgotten brace both rest on it, and it agrees with
//! the rules `string`, `unclosed_string` and `comment` of the grammar.

use std::ops::Range;

/// What the scanner tells apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MarkKind {
    /// `{` or `｛`
    Open,
    /// `}` or `｝`
    Close,
    /// `;` or `；`
    Semicolon,
    /// `,` or `，`
    Comma,
    /// LF, CRLF or a lone CR
    LineEnd,
    /// From `#` to the line's end.
    Comment,
    /// A string with its quotes.
    String,
    /// A string whose end is missing.
    OpenString,
    /// Anything else without spaces.
    Word,
}

/// A piece of text and what it is.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) kind: MarkKind,
    pub(crate) range: Range<usize>,
}

/// An iterator over the marks of a text; white space is left out.
#[derive(Clone)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    position: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, position: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or("")
    }

    fn mark(&mut self, kind: MarkKind, len: usize) -> Mark {
        let start = self.position;
        self.position += len;
        Mark { kind, range: start..self.position }
    }

    fn string(&mut self, rest: &str) -> Mark {
        match closed_string(rest) {
            Some(len) => self.mark(MarkKind::String, len),
            None => self.mark(MarkKind::OpenString, unclosed_string(rest)),
        }
    }
}

impl Iterator for Scanner<'_> {
    type Item = Mark;

    fn next(&mut self) -> Option<Mark> {
        loop {
            let rest = self.rest();
            let byte = *rest.as_bytes().first()?;
            let kind = match byte {
                b' ' | b'\t' => {
                    self.position += 1;
                    continue;
                }
                b'\n' => return Some(self.mark(MarkKind::LineEnd, 1)),
                b'\r' => {
                    let len = if rest.as_bytes().get(1) == Some(&b'\n') { 2 } else { 1 };
                    return Some(self.mark(MarkKind::LineEnd, len));
                }
                b'{' => MarkKind::Open,
                b'}' => MarkKind::Close,
                b';' => MarkKind::Semicolon,
                b',' => MarkKind::Comma,
                b'#' => return Some(self.mark(MarkKind::Comment, line_len(rest))),
                b'"' => return Some(self.string(rest)),
                0..=0x7f => return Some(self.mark(MarkKind::Word, word_len(rest))),
                _ => match rest.chars().next()? {
                    '\u{3000}' | '\u{a0}' | '\u{feff}' => {
                        self.position += rest.chars().next().map_or(1, char::len_utf8);
                        continue;
                    }
                    '“' | '”' => return Some(self.string(rest)),
                    '｛' => return Some(self.mark(MarkKind::Open, 3)),
                    '｝' => return Some(self.mark(MarkKind::Close, 3)),
                    '；' => return Some(self.mark(MarkKind::Semicolon, 3)),
                    '，' => return Some(self.mark(MarkKind::Comma, 3)),
                    '＃' => return Some(self.mark(MarkKind::Comment, line_len(rest))),
                    _ => return Some(self.mark(MarkKind::Word, word_len(rest))),
                },
            };
            return Some(self.mark(kind, 1));
        }
    }
}

/// Bytes up to the line's end.
fn line_len(text: &str) -> usize {
    text.bytes().position(|byte| byte == b'\n' || byte == b'\r').unwrap_or(text.len())
}

/// Bytes up to the next character that has a meaning here.
fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    chars
        .find(|(_, c)| match c {
            ' ' | '\t' | '\n' | '\r' | '{' | '}' | ';' | ',' | '#' | '"' => true,
            c if c.is_ascii() => false,
            c => {
                matches!(c, '\u{3000}' | '\u{a0}' | '\u{feff}' | '“' | '”' | '｛' | '｝' | '；' | '，' | '＃')
            }
        })
        .map_or(text.len(), |(at, _)| at)
}

/// The length of the string that `text` begins with, quotes included, unless its end is missing.
pub(crate) fn closed_string(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let curly = chars.next()?.1 != '"';
    let mut escaped = false;
    for (at, c) in chars {
        match c {
            '\n' | '\r' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' if !curly => return Some(at + 1),
            '“' | '”' if curly => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

/// The length of the unclosed string that `text` begins with: up to the line's end, or up to the braces that
/// close the line, which the writer will have meant as braces.
pub(crate) fn unclosed_string(text: &str) -> usize {
    let line = text.get(..line_len(text)).unwrap_or(text);
    let body = line.trim_end_matches([' ', '\t', '}', '｝']);
    line.get(body.len()..).and_then(|tail| tail.find(['}', '｝'])).map_or(line.len(), |at| body.len() + at)
}
