//! Faults of single words and numbers, for which a better message is known than what the grammar expected.

use pest::unicode::CURRENCY_SYMBOL;

use super::moment::{moment, suggestion};
use super::number::figure;
use crate::error::SyntaxError;
use crate::message::Message;
use crate::scan::{closed_string, unclosed_string};
use crate::span::Span;
use crate::token::{number_len, plain_digit};

/// The first word, number, string or sign of a text.
pub(super) fn token(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return "" };
    let len = if matches!(first, '"' | '“' | '”') {
        closed_string(text).unwrap_or_else(|| unclosed_string(text))
    } else if word_char(first) {
        let number = if plain_digit(first).is_some() { number_len(text) } else { 0 };
        let rest = text.get(number..).unwrap_or("");
        number + rest.find(|c| !(word_char(c) || c == '-')).unwrap_or(rest.len())
    } else if text.starts_with("<-") || text.starts_with("->") || text.starts_with("..") {
        2
    } else {
        first.len_utf8()
    };
    text.get(..len).unwrap_or("")
}

/// A token as it stands in a message: not longer than a line can bear.
pub(super) fn shown(token: &str) -> String {
    const MOST: usize = 40;
    if token.chars().nth(MOST).is_none() {
        return token.to_owned();
    }
    token.chars().take(MOST).chain(['…']).collect()
}

fn word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The fault of the token that lies around byte `at` of `text`, where the grammar could not go on; spans are
/// relative to `text`.
pub(super) fn fault(text: &str, at: usize) -> Option<SyntaxError> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    if matches!(first, '"' | '“' | '”') && closed_string(rest).is_none() {
        return Some(unclosed(rest, at));
    }
    let start = if CURRENCY_SYMBOL(first) { Some(at + first.len_utf8()) } else { number_start(text, at) };
    if let Some(found) = start.and_then(|start| number_fault(text.get(start..)?, start)) {
        return Some(found);
    }
    unknown_character(text, at)
}

fn unclosed(rest: &str, at: usize) -> SyntaxError {
    let string = rest.get(..unclosed_string(rest)).unwrap_or(rest).trim_end();
    let inner: String = string.chars().skip(1).collect();
    let span = Span::new(at, at + string.len());
    let error = SyntaxError::new(span, Message::UnclosedString);
    if string.starts_with('"') {
        error.fix(Span { start: span.end, ..span }, "\"")
    } else {
        error.replace(format!("\"{}\"", inner.replace('"', "\\\"")))
    }
}

/// Where the number starts that byte `at` lies in or right behind.
fn number_start(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let part = |c: char| word_char(c) || matches!(c, ',' | '，' | '.' | '/' | '-');
    let start = before.rfind(|c| !part(c)).map_or(0, |found| {
        found + before.get(found..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    let word = text.get(start..)?;
    // A list may stand before the number without spaces: go on behind its last comma that no digit follows.
    let first = word.char_indices().find(|&(_, c)| plain_digit(c).is_some())?.0;
    let lead = word.get(..first)?;
    (lead.is_empty() || lead.ends_with(['-', '+', ',', '，', '.'])).then_some(start + first)
}

fn number_fault(text: &str, start: usize) -> Option<SyntaxError> {
    thousands(text, start).or_else(|| misspelt_date(text, start)).or_else(|| letters(text, start))
}

/// `1,000`
fn thousands(text: &str, start: usize) -> Option<SyntaxError> {
    let len = text.find(|c| !(plain_digit(c).is_some() || matches!(c, ',' | '，'))).unwrap_or(text.len());
    let number = text.get(..len)?.trim_end_matches([',', '，']);
    let mut groups = number.split([',', '，']);
    let first = groups.next()?;
    let mut plain: String = first.chars().filter_map(plain_digit).collect();
    if plain.is_empty() || plain.len() > 3 {
        return None;
    }
    let before = plain.len();
    for group in groups {
        if group.chars().count() != 3 {
            return None;
        }
        plain.push('_');
        plain.extend(group.chars().filter_map(plain_digit));
    }
    if plain.len() == before {
        return None;
    }
    let span = Span::new(start, start + number.len());
    Some(SyntaxError::new(span, Message::ThousandsComma { plain: plain.clone() }).replace(plain))
}

/// `2026/3/1`, `20260301` where a date was expected
fn misspelt_date(text: &str, start: usize) -> Option<SyntaxError> {
    let len = text.find(|c| !(word_char(c) || matches!(c, '-' | '/' | '.'))).unwrap_or(text.len());
    let written = text.get(..len)?.split("..").next()?.trim_end_matches(['.', '-', '/']);
    let parted = written.contains(['/', '.', '-', '年']) || written.len() == 8;
    if !parted || moment(written).is_ok() {
        return None;
    }
    let plain = suggestion(written).filter(|plain| plain.contains('-'))?;
    let span = Span::new(start, start + written.len());
    let message = Message::MisspeltDate { written: written.to_owned(), plain: Some(plain.clone()) };
    Some(SyntaxError::new(span, message).replace(plain))
}

/// `5m`, `1.5e3`, `40kCNY`
fn letters(text: &str, start: usize) -> Option<SyntaxError> {
    let digits = text.find(|c| !(plain_digit(c).is_some() || matches!(c, '_' | '.'))).unwrap_or(text.len());
    let number = text.get(..digits)?.trim_end_matches(['.', '_']);
    let rest = text.get(number.len()..)?;
    let word = rest.get(..rest.find(|c| !word_char(c)).unwrap_or(rest.len()))?;
    let letters = word.get(..word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len()))?;
    if letters.is_empty() {
        return None;
    }
    let span = |len: usize| Span::new(start, start + number.len() + len);
    if let Some((digits, len)) = exponent(rest) {
        let plain = powers(number, digits);
        let error = SyntaxError::new(span(len), Message::Exponent { plain: plain.clone() });
        return Some(match plain {
            Some(plain) => error.replace(plain),
            None => error,
        });
    }
    let scale = match letters {
        "m" | "mn" | "mm" | "mio" | "mln" | "Mio" => Some("M"),
        "b" | "bn" | "bln" => Some("B"),
        "w" | "W" => Some("万"),
        "T" | "t" | "G" | "g" => None,
        _ => return attached(number, word, span(word.len())),
    };
    if word != letters {
        return None;
    }
    let plain = scale.map(|scale| format!("{number}{scale}"));
    let message = Message::UnknownScale { letters: letters.to_owned(), plain: plain.clone() };
    let error = SyntaxError::new(span(letters.len()), message);
    Some(match plain {
        Some(plain) => error.replace(plain),
        None => error,
    })
}

/// `5visits`, `40kCNY`: the number and the unit it sticks to.
fn attached(number: &str, word: &str, span: Span) -> Option<SyntaxError> {
    let unit = word.strip_prefix(['k', 'K', 'M', 'B']).filter(|unit| !unit.is_empty());
    let (number, unit) = match unit {
        Some(unit) if unit.chars().all(|c| c.is_uppercase() || !c.is_ascii()) => {
            let scale = word.get(..word.len() - unit.len())?;
            (format!("{number}{scale}"), unit)
        }
        _ => (number.to_owned(), word),
    };
    if unit.chars().all(|c| matches!(c, 'k' | 'K' | 'M' | 'B')) {
        return None;
    }
    let plain = format!("{number} {unit}");
    Some(SyntaxError::new(span, Message::AttachedUnit { plain: plain.clone() }).replace(plain))
}

/// The power of ten in `e3`, and how long it is.
fn exponent(rest: &str) -> Option<(i32, usize)> {
    let digits = rest.strip_prefix(['e', 'E'])?;
    let len = digits.strip_prefix(['+', '-']).map_or(0, |_| 1);
    let tail = digits.get(len..)?;
    let count = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
    let power = digits.get(..len + count)?.parse().ok()?;
    Some((power, 1 + len + count))
}

/// `number` times ten to the `power`, written out where that stays readable.
fn powers(number: &str, power: i32) -> Option<String> {
    let (value, _) = figure(number).ok()?;
    let mut value = value;
    let mut power = u32::try_from(power).ok().filter(|power| *power <= 15)?;
    while power > 0 {
        if value.scale() > 0 {
            value.set_scale(value.scale() - 1).ok()?;
        } else {
            value = value.checked_mul(rust_decimal::Decimal::TEN)?;
        }
        power -= 1;
    }
    Some(value.normalize().to_string())
}

fn unknown_character(text: &str, at: usize) -> Option<SyntaxError> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    let behind_value =
        text.get(..at)?.ends_with(|c: char| plain_digit(c).is_some() || matches!(c, '%' | '％' | ' '));
    let (len, plain) = match first {
        '＜' if rest.starts_with("＜－") => ("＜－".len(), Some("<-")),
        '－' if rest.starts_with("－＞") => ("－＞".len(), Some("->")),
        '、' => (first.len_utf8(), Some(",")),
        '←' => (first.len_utf8(), Some("<-")),
        '→' => (first.len_utf8(), Some("->")),
        '–' | '—' if behind_value => (first.len_utf8(), Some("..")),
        '－' | '−' | '–' | '—' => (first.len_utf8(), Some("-")),
        '＝' => (first.len_utf8(), Some("=")),
        '＋' => (first.len_utf8(), Some("+")),
        '／' | '÷' => (first.len_utf8(), Some("/")),
        '．' => (first.len_utf8(), Some(".")),
        '…' | '‥' => (first.len_utf8(), Some("..")),
        '＂' | '\'' | '‘' | '’' | '「' | '」' => (first.len_utf8(), Some("\"")),
        '!' | '@' | '^' | '&' | '*' | '(' | ')' | '[' | ']' | '|' | '?' | '\\' | '`' => (1, None),
        c if c.is_ascii() || c.is_alphanumeric() || c.is_whitespace() => return None,
        '；' | '，' | '：' | '％' | '～' | '｛' | '｝' | '＃' | '￥' | '“' | '”' => return None,
        c => (c.len_utf8(), None),
    };
    let span = Span::new(at, at + len);
    let error = SyntaxError::new(span, Message::UnknownCharacter { found: first, plain });
    Some(match plain {
        Some(plain) => error.replace(plain),
        None => error,
    })
}
