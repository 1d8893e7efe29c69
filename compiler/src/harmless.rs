//! Text of plans that may be shown in a terminal: plans come from strangers.

use std::borrow::Cow;

/// `text` with what would command a terminal, or turn its writing around, replaced by signs of the same length.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    replaced(text, |sign| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t'))
}

/// The same for text that stands on one line: line ends and tabs become spaces.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        return Cow::Owned(line(&text.replace("\r\n", "\n")).into_owned());
    }
    if text.contains(['\n', '\r', '\t', '\u{2028}', '\u{2029}']) {
        let words: Vec<&str> = text.split(['\n', '\r', '\t', '\u{2028}', '\u{2029}']).collect();
        return Cow::Owned(harmless(&words.join(" ")).into_owned());
    }
    harmless(text)
}

fn replaced(text: &str, commands: impl Fn(char) -> bool) -> Cow<'_, str> {
    let commands = |sign: char| {
        commands(sign)
            || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
    };
    if !text.contains(commands) {
        return Cow::Borrowed(text);
    }
    let replaced = text.chars().map(|sign| match (commands(sign), sign.len_utf8()) {
        (false, _) => sign,
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, _) => char::REPLACEMENT_CHARACTER,
    });
    Cow::Owned(replaced.collect())
}
