//! How a token is written, and what stands between two.

use std::borrow::Cow;

use crate::token::{Token, TokenKind, plain_digit};

/// The token in plain characters.
pub(super) fn plain<'t>(text: &'t str, token: &Token) -> Cow<'t, str> {
    let written = text.get(token.range.clone()).unwrap_or("");
    match token.kind {
        TokenKind::Open => Cow::Borrowed("{"),
        TokenKind::Close => Cow::Borrowed("}"),
        TokenKind::Semicolon => Cow::Borrowed(";"),
        TokenKind::Comma => Cow::Borrowed(","),
        TokenKind::Colon => Cow::Borrowed(":"),
        TokenKind::Percent => Cow::Borrowed("%"),
        TokenKind::Dots => Cow::Borrowed(".."),
        TokenKind::Currency => Cow::Owned(plain_currency(written)),
        TokenKind::Text => plain_text(written),
        TokenKind::Comment => match written.strip_prefix('＃') {
            Some(rest) => Cow::Owned(format!("#{}", rest.trim_end())),
            None => Cow::Borrowed(written.trim_end()),
        },
        TokenKind::Name | TokenKind::Number if !written.is_ascii() => Cow::Owned(
            written.chars().map(|c| if c == '：' { ':' } else { plain_digit(c).unwrap_or(c) }).collect(),
        ),
        _ => Cow::Borrowed(written),
    }
}

fn plain_currency(written: &str) -> String {
    written
        .chars()
        .map(|c| match c {
            '￥' => '¥',
            '＄' => '$',
            '￠' => '¢',
            '￡' => '£',
            '￦' => '₩',
            other => other,
        })
        .collect()
}

/// A string in plain quotes; plain quotes within curly ones are escaped.
fn plain_text(written: &str) -> Cow<'_, str> {
    if written.starts_with('"') {
        return Cow::Borrowed(written);
    }
    let mut chars = written.chars();
    chars.next();
    chars.next_back();
    let mut out = String::with_capacity(written.len());
    out.push('"');
    let mut escaped = false;
    for c in chars {
        if c == '"' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out.push('"');
    Cow::Owned(out)
}

/// Whether a space stands between two tokens of a statement.
pub(super) fn space_between(text: &str, statement: &[Token], left: &Token, right: &Token) -> bool {
    let first = statement.first().and_then(|first| text.get(first.range.clone()));
    let second = statement.get(1).is_some_and(|second| second.range.start == right.range.start);
    if first == Some("timezone") && !second {
        // A time zone's name is one word, whatever signs it has.
        return !right.glued;
    }
    let number = |kind| matches!(kind, TokenKind::Number | TokenKind::Currency);
    match (left.kind, right.kind) {
        (_, TokenKind::Comma | TokenKind::Dots | TokenKind::Dot | TokenKind::Colon) => false,
        (TokenKind::Number, TokenKind::Percent) => false,
        (TokenKind::Dots | TokenKind::Dot | TokenKind::Currency, _) => false,
        (TokenKind::Plus | TokenKind::Minus, right) if number(right) => false,
        (TokenKind::Number, TokenKind::Name) => {
            !(right.glued
                && text
                    .get(right.range.clone())
                    .is_some_and(|name| !name.starts_with(|c: char| c.is_ascii())))
        }
        _ => true,
    }
}
