//! Text of plans that may be shown in a terminal, or in the log of a service that runs commands that stand in it: plans come from
//! strangers.

use std::borrow::Cow;

/// What begins a command of GitHub's wherever it stands in a line of a log.
const COMMAND: &str = "##[";

/// `text` with what would command a terminal or a log, or turn its writing around, replaced by signs of the same length.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    let text = if text.contains(COMMAND) { Cow::Owned(text.replace(COMMAND, "##(")) } else { text.into() };
    if !text.contains(|sign| is_harmful(sign) || sign == '\r') {
        return text;
    }
    let mut signs = text.chars().peekable();
    let next = || signs.next().map(|sign| (sign, signs.peek() == Some(&'\n')));
    let replaced = std::iter::from_fn(next).map(|(sign, ends)| match (is_harmful(sign), sign.len_utf8()) {
        // Alone it leads back to the start of the line, and ends one in a log.
        (false, _) if sign == '\r' && !ends => ' ',
        (false, _) => sign,
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, _) => char::REPLACEMENT_CHARACTER,
    });
    Cow::Owned(replaced.collect())
}

/// The same for text that stands on one line: line ends and tabs become spaces.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        return Cow::Owned(one_line(&text.replace("\r\n", "\n")).into_owned());
    }
    if text.contains(ENDS) {
        let words: Vec<&str> = text.split(ENDS).collect();
        return Cow::Owned(harmless(&words.join(" ")).into_owned());
    }
    harmless(text)
}

/// The same for a line that may be broken anywhere: no part of it is a command either, as `::` begins no word.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    let text = one_line(text);
    if !text.contains("::") {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut is_start = true;
    for (at, sign) in text.char_indices() {
        out.push(sign);
        if is_start && text.get(at..).is_some_and(|rest| rest.starts_with("::")) {
            out.push(' ');
        }
        is_start = sign.is_whitespace();
    }
    Cow::Owned(out)
}

/// What ends a line, or moves on in it.
const ENDS: [char; 5] = ['\n', '\r', '\t', '\u{2028}', '\u{2029}'];

/// Whether a sign commands a terminal (line ends and tabs do not), turns writing around, or is not to be seen.
#[must_use]
pub fn is_harmful(sign: char) -> bool {
    (sign.is_control() && !matches!(sign, '\n' | '\r' | '\t'))
        || matches!(sign, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_line_is_a_command() {
        for (text, shown) in [
            ("a ::error::b", "a : :error::b"),
            ("::error::b", ": :error::b"),
            ("a\n::set-env name=x::y", "a : :set-env name=x::y"),
            ("smart::attainable", "smart::attainable"),
            ("x ##[error]y", "x ##(error]y"),
            ("a\u{1b}[31mb\u{2028}c\u{202e}d", "a?[31mb c\u{fffd}d"),
        ] {
            assert_eq!(line(text), shown);
        }
        assert_eq!(harmless("##[group]\nb"), "##(group]\nb");
        assert_eq!(harmless("a\r\nb\r::error::c"), "a\r\nb ::error::c");
    }
}
