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
        Self::at(text, 0)
    }

    /// Starts at `position`, which lies in no string and no comment.
    pub(crate) fn at(text: &'t str, position: usize) -> Self {
        Self { text, position: position.max(byte_order_mark(text)) }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or("")
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        let blank = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        self.position += blank;
        if rest.as_bytes().get(blank).is_some_and(|byte| !byte.is_ascii()) {
            let rest = self.rest();
            self.position += rest.len() - rest.trim_start_matches(is_space).len();
        }
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
        self.skip_spaces();
        let rest = self.rest();
        let (kind, len) = match *rest.as_bytes().first()? {
            b'\n' => (MarkKind::LineEnd, 1),
            b'\r' if rest.as_bytes().get(1) == Some(&b'\n') => (MarkKind::LineEnd, 2),
            b'\r' => (MarkKind::LineEnd, 1),
            b'{' => (MarkKind::Open, 1),
            b'}' => (MarkKind::Close, 1),
            b';' => (MarkKind::Semicolon, 1),
            b',' => (MarkKind::Comma, 1),
            b'#' => (MarkKind::Comment, line_len(rest)),
            b'"' => return Some(self.string(rest)),
            0..=0x7f => (MarkKind::Word, word_len(rest)),
            _ => match rest.chars().next()? {
                '“' | '”' => return Some(self.string(rest)),
                '｛' => (MarkKind::Open, 3),
                '｝' => (MarkKind::Close, 3),
                '；' => (MarkKind::Semicolon, 3),
                '，' => (MarkKind::Comma, 3),
                '＃' => (MarkKind::Comment, line_len(rest)),
                _ => (MarkKind::Word, word_len(rest)),
            },
        };
        Some(self.mark(kind, len))
    }
}

/// The length of the byte order mark that a text may begin with.
pub(crate) fn byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

/// Whether a character parts words like a space does; the grammar's rule `sp`.
pub(crate) fn is_space(c: char) -> bool {
    match c {
        ' ' | '\t' | '\u{3000}' | '\u{a0}' => true,
        c if c.is_ascii() => false,
        c => matches!(c, '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}'),
    }
}

/// Bytes up to the line's end.
fn line_len(text: &str) -> usize {
    text.bytes().position(|byte| byte == b'\n' || byte == b'\r').unwrap_or(text.len())
}

/// Whether a byte may be part of a word: it has no meaning, and begins no character beyond ASCII that might.
const fn is_plain(byte: u8) -> bool {
    !matches!(
        byte,
        b' ' | b'\t'
            | b'\n'
            | b'\r'
            | b'{'
            | b'}'
            | b';'
            | b','
            | b'#'
            | b'"'
            | 0xc2
            | 0xe1
            | 0xe2
            | 0xe3
            | 0xef
    )
}

/// Bytes up to the next character that has a meaning here; the first one is taken as it is.
fn word_len(text: &str) -> usize {
    let mut len = text.chars().next().map_or(0, char::len_utf8);
    loop {
        let rest = text.get(len..).unwrap_or("");
        let plain = rest.bytes().take_while(|&byte| is_plain(byte)).count();
        len += plain;
        let rest = rest.get(plain..).unwrap_or("");
        match rest.chars().next() {
            Some(c) if !c.is_ascii() && !is_space(c) && !is_mark(c) => len += c.len_utf8(),
            _ => return len,
        }
    }
}

/// Whether a character beyond ASCII is read as a plain sign.
fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '｛' | '｝' | '；' | '，' | '＃')
}

/// The braces of a text, those in strings and comments left out.
pub(crate) fn braces(text: &str) -> impl Iterator<Item = Mark> {
    let mut position = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(position..)?;
            position += rest.bytes().take_while(|byte| !is_structural(*byte)).count();
            let rest = text.get(position..)?;
            let c = rest.chars().next()?;
            let (kind, len) = match c {
                '{' | '｛' => (Some(MarkKind::Open), c.len_utf8()),
                '}' | '｝' => (Some(MarkKind::Close), c.len_utf8()),
                '#' | '＃' => (None, line_len(rest)),
                '"' | '“' | '”' => (None, closed_string(rest).unwrap_or_else(|| unclosed_string(rest))),
                _ => (None, c.len_utf8()),
            };
            let range = position..position + len;
            position = range.end;
            if let Some(kind) = kind {
                return Some(Mark { kind, range });
            }
        }
    })
}

fn is_structural(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'#' | b'"' | 0xe2 | 0xef)
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
