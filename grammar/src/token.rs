//! Words, numbers and signs of a text, for what needs no tree: formatting, highlighting and completion.

use std::ops::Range;

use pest::unicode::{CURRENCY_SYMBOL, XID_CONTINUE, XID_START};

use crate::scan::{byte_order_mark, closed_string, is_space, unclosed_string};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// A name or a keyword.
    Name,
    /// A number with its scale letter, a date, a period or a time.
    Number,
    /// A string with its quotes.
    Text,
    /// A string whose end is missing.
    OpenText,
    /// From `#` to the line's end.
    Comment,
    /// LF, CRLF or a lone CR.
    LineEnd,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `..`, `~` or `～`
    Dots,
    /// `.`
    Dot,
    /// `<-`
    Needs,
    /// `->`
    Gives,
    /// `+`
    Plus,
    /// `-` outside names and dates.
    Minus,
    /// `/`
    Slash,
    /// `=`
    Equals,
    /// `%`
    Percent,
    /// The sign of a currency.
    Currency,
    /// Anything else, one character.
    Other,
}

/// A token and where it stands.
#[derive(Clone, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// Whether no space stands before it.
    pub glued: bool,
}

/// The tokens of a text; white space within lines is left out. No token reaches over a line's end.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut position = byte_order_mark(text);
    let mut glued = false;
    while let Some(rest) = text.get(position..) {
        let Some(first) = rest.chars().next() else { break };
        if is_space(first) {
            position += first.len_utf8();
            glued = false;
            continue;
        }
        let (kind, len) = token(rest, first);
        let range = position..position + len.max(1);
        position = range.end;
        tokens.push(Token { kind, range, glued });
        glued = true;
    }
    tokens
}

fn token(rest: &str, first: char) -> (TokenKind, usize) {
    let one = first.len_utf8();
    match first {
        '\n' => (TokenKind::LineEnd, 1),
        '\r' => (TokenKind::LineEnd, if rest.starts_with("\r\n") { 2 } else { 1 }),
        '{' | '｛' => (TokenKind::Open, one),
        '}' | '｝' => (TokenKind::Close, one),
        ';' | '；' => (TokenKind::Semicolon, one),
        ',' | '，' => (TokenKind::Comma, one),
        ':' | '：' => (TokenKind::Colon, one),
        '%' | '％' => (TokenKind::Percent, one),
        '~' | '～' => (TokenKind::Dots, one),
        '.' if rest.starts_with("..") => (TokenKind::Dots, 2),
        '.' => (TokenKind::Dot, 1),
        '<' if rest.starts_with("<-") => (TokenKind::Needs, 2),
        '-' if rest.starts_with("->") => (TokenKind::Gives, 2),
        '-' => (TokenKind::Minus, 1),
        '+' => (TokenKind::Plus, 1),
        '/' => (TokenKind::Slash, 1),
        '=' => (TokenKind::Equals, 1),
        '#' | '＃' => (TokenKind::Comment, rest.find(['\n', '\r']).unwrap_or(rest.len())),
        '"' | '“' | '”' => match closed_string(rest) {
            Some(len) => (TokenKind::Text, len),
            None => (TokenKind::OpenText, unclosed_string(rest)),
        },
        c if plain_digit(c).is_some() => (TokenKind::Number, number_len(rest)),
        c if XID_START(c) => (TokenKind::Name, name_len(rest)),
        c if CURRENCY_SYMBOL(c) => (TokenKind::Currency, one),
        _ => (TokenKind::Other, one),
    }
}

/// The plain form of a digit, `5` for `５`.
pub(crate) fn plain_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

/// How many bytes at the beginning of `text` are characters that hold.
fn run(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.find(|c| !holds(c)).unwrap_or(text.len())
}

/// Whether `text` is a name as plans write them.
#[must_use]
pub fn is_name(text: &str) -> bool {
    text.starts_with(XID_START) && name_len(text) == text.len()
}

/// The length of the name that `text` begins with, single `-` inside included.
fn name_len(text: &str) -> usize {
    let first = run(text, XID_CONTINUE);
    first + parts_len(text.get(first..).unwrap_or(""))
}

/// The length of the number, date, period or time that `text` begins with.
pub(crate) fn number_len(text: &str) -> usize {
    let digits = run(text, |c| plain_digit(c).is_some());
    let rest = text.get(digits..).unwrap_or("");
    let count = text.get(..digits).map_or(0, |digits| digits.chars().count());
    if count == 4 && rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(XID_CONTINUE)) {
        return digits + parts_len(rest);
    }
    if count <= 2
        && let Some(minutes) = rest.strip_prefix([':', '：'])
        && minutes.chars().next().and_then(plain_digit).is_some()
    {
        let colon = rest.len() - minutes.len();
        return digits + colon + run(minutes, |c| plain_digit(c).is_some());
    }
    let mut len = run(text, |c| plain_digit(c).is_some() || c == '_');
    if let Some(places) = text.get(len..).and_then(|rest| rest.strip_prefix('.'))
        && places.chars().next().and_then(plain_digit).is_some()
    {
        len += 1 + run(places, |c| plain_digit(c).is_some() || c == '_');
    }
    len + scale_len(text.get(len..).unwrap_or(""))
}

/// The length of `-03-31` and the like.
fn parts_len(text: &str) -> usize {
    let mut len = 0;
    loop {
        let part =
            text.get(len..).and_then(|rest| rest.strip_prefix('-')).map_or(0, |rest| run(rest, XID_CONTINUE));
        if part == 0 {
            return len;
        }
        len += 1 + part;
    }
}

fn scale_len(text: &str) -> usize {
    let mut chars = text.chars();
    match chars.next() {
        Some('万') if chars.next() == Some('亿') => 6,
        Some('万' | '亿') => 3,
        Some('k' | 'K' | 'M' | 'B') if !chars.next().is_some_and(XID_CONTINUE) => 1,
        _ => 0,
    }
}
