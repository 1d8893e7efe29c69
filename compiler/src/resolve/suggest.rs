//! The nearest name.

use super::names::{Entry, composed};

/// Comparisons that one run may spend on suggestions: a file full of unknown names is answered without them,
/// rather than late.
const BUDGET: usize = 2_000_000;

/// Finds nearest names, as long as it does not take too long.
#[derive(Clone, Debug)]
pub(super) struct Suggester {
    left: usize,
}

impl Default for Suggester {
    fn default() -> Self {
        Self { left: BUDGET }
    }
}

impl Suggester {
    /// The name among `entries` that was likely meant by `written`: one with that title, or else the one that
    /// takes the fewest changes, if those are few.
    pub(super) fn nearest<'a>(
        &mut self,
        written: &str,
        entries: impl IntoIterator<Item = &'a Entry>,
    ) -> Option<&'a str> {
        let written = composed(written);
        let length = written.chars().count();
        let most = if length < 2 { 0 } else { length.div_ceil(3) };
        let mut best: Option<(usize, &str)> = None;
        for entry in entries {
            self.left = self.left.checked_sub(1)?;
            if entry.title.as_deref() == Some(written.as_ref()) {
                return Some(&entry.name);
            }
            // Names of quite another length cannot be near; bytes bound characters well enough to skip most.
            if entry.name.len().abs_diff(written.len()) > most * 4 {
                continue;
            }
            let changes = distance(&written, &entry.name);
            if changes <= most && best.is_none_or(|(fewest, _)| changes < fewest) {
                best = Some((changes, &entry.name));
            }
        }
        best.map(|(_, name)| name)
    }

    /// The same among plain words.
    pub(super) fn nearest_word<'a>(
        &mut self,
        written: &str,
        words: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let most = written.chars().count().div_ceil(3);
        let mut best: Option<(usize, &str)> = None;
        for word in words {
            self.left = self.left.checked_sub(1)?;
            let changes = distance(written, word);
            if changes <= most && best.is_none_or(|(fewest, _)| changes < fewest) {
                best = Some((changes, word));
            }
        }
        best.map(|(_, word)| word)
    }
}

/// How many letters differ; letters that only differ in case do not count.
fn distance(a: &str, b: &str) -> usize {
    strsim::damerau_levenshtein(&a.to_lowercase(), &b.to_lowercase())
}

/// The word among `words` that takes the fewest changes to be `written`, if those are few.
#[must_use]
pub fn nearest_word<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Suggester::default().nearest_word(written, words)
}
