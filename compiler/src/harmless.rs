//! Text of plans that may be shown in a terminal: plans come from strangers.

use std::borrow::Cow;

/// `text` with what would command a terminal, or turn its writing around, replaced by signs of the same length.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let replaced = text.chars().map(|sign| match (is_harmful(sign), sign.len_utf8()) {
        (false, _) => sign,
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, _) => char::REPLACEMENT_CHARACTER,
    });
    Cow::Owned(replaced.collect())
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

/// Whether a sign commands a terminal (line ends and tabs do not), or turns writing around.
#[must_use]
pub fn is_harmful(sign: char) -> bool {
    (sign.is_control() && !matches!(sign, '\n' | '\r' | '\t'))
        || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}
