//! The nearest name.

use super::names::{Entry, composed};

/// Comparisons that one run may spend on suggestions: a file full of unknown names is answered without them,
/// rather than late.
const BUDGET: usize = 2_000_000;

/// Finds nearest names, as long as it does not take too long.
#[derive(Clone, Debug)]
pub(super) struct Suggester {
    left: usize,
    spent: usize,
}

impl Default for Suggester {
    fn default() -> Self {
        Self::after(0)
    }
}

impl Suggester {
    /// One that may spend what `others` have left.
    pub(super) const fn after(others: usize) -> Self {
        Self { left: BUDGET.saturating_sub(others), spent: 0 }
    }

    /// How many comparisons it took since this was asked last.
    pub(super) const fn spent(&mut self) -> usize {
        std::mem::replace(&mut self.spent, 0)
    }

    /// Whether there was enough for all.
    pub(super) const fn has_enough(&self) -> bool {
        self.left > 0
    }

    fn spend(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        self.spent += 1;
        Some(())
    }

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
            self.spend()?;
            if entry.title.as_deref() == Some(written.as_ref()) {
                return Some(&entry.name);
            }
            // Names of quite another length cannot be near; bytes bound characters well enough to skip most.
            if entry.name.len().abs_diff(written.len()) > most * 4 {
                continue;
            }
            let changes = near(&written, &entry.name, most);
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
            self.spend()?;
            let changes = distance(written, word);
            if changes <= most && best.is_none_or(|(fewest, _)| changes < fewest) {
                best = Some((changes, word));
            }
        }
        best.map(|(_, word)| word)
    }
}

/// [`distance`], or a number over `most` if it is over `most`.
fn near(a: &str, b: &str, most: usize) -> usize {
    if !a.is_ascii() || !b.is_ascii() || a.len().max(b.len()) > SHORT {
        return distance(a, b);
    }
    // A letter more takes a change more.
    let least = a.len().abs_diff(b.len());
    if least > most { least } else { short_distance(a.as_bytes(), b.as_bytes()) }
}

/// Names up to this length are compared without memory of their own.
const SHORT: usize = 30;

/// [`distance`] of short texts of ASCII letters, of which a plan may have tens of thousands: after Damerau and Levenshtein, in
/// Lowrance and Wagner's form.
#[allow(clippy::indexing_slicing)] // the tables are larger than the texts
fn short_distance(a: &[u8], b: &[u8]) -> usize {
    let mut table = [[0_u8; SHORT + 2]; SHORT + 2];
    // Where in `a` each letter was met last, from 1.
    let mut met = [0_u8; 128];
    let far = 2 * SHORT as u8 + 1;
    table[0][0] = far;
    for (i, row) in table.iter_mut().enumerate().skip(1).take(a.len() + 1) {
        (row[0], row[1]) = (far, i as u8 - 1);
    }
    for j in 0..=b.len() {
        (table[0][j + 1], table[1][j + 1]) = (far, j as u8);
    }
    for (i, left) in a.iter().map(u8::to_ascii_lowercase).enumerate() {
        let mut same = 0;
        for (j, right) in b.iter().map(u8::to_ascii_lowercase).enumerate() {
            let (before, beside) = (usize::from(met[usize::from(right & 127)]), same);
            let replaced = table[i + 1][j + 1] + u8::from(left != right);
            let one_more = table[i + 2][j + 1].min(table[i + 1][j + 2]) + 1;
            let swapped = table[before][beside] + (i - before + j - beside) as u8 + 1;
            if left == right {
                same = j + 1;
            }
            table[i + 2][j + 2] = replaced.min(one_more).min(swapped);
        }
        met[usize::from(left & 127)] = i as u8 + 1;
    }
    usize::from(table[a.len() + 1][b.len() + 1])
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

#[cfg(test)]
mod tests {
    use super::{distance, near};

    #[test]
    fn short_names_are_as_far_apart_as_long_ones() {
        let letters = ["a", "b", "A", "-", "ab", "ba", "1"];
        let mut dice: usize = 7;
        let mut word = || {
            let mut word = String::new();
            for _ in 0..dice % 9 {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                word.push_str(letters.get((dice >> 33) % letters.len()).unwrap_or(&""));
            }
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 1;
            word
        };
        for _ in 0..20_000 {
            let (one, other) = (word(), word());
            assert_eq!(near(&one, &other, 99), distance(&one, &other), "{one} and {other}");
            let changes = distance(&one, &other);
            assert_eq!(near(&one, &other, 2).min(3), changes.min(3), "{one} and {other}");
        }
    }
}
