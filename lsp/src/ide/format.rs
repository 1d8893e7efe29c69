//! The edits that write a file the way everybody writes it.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::sources::FileId;

use super::items;

/// Text in the place of other text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced.
    pub range: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

/// Where lines differ, so many of each text are looked through for one that both have.
const WINDOW: usize = 200;

/// The edits that format a file, in order, none touching another. Statements that cannot be read stay as they are.
#[must_use]
pub fn format(compilation: &Compilation, file: FileId) -> Vec<Edit> {
    let text = items::text(compilation, file);
    edits(text, &milepost_grammar::format(text))
}

/// Of the edits that format a file, those inside of `range`.
#[must_use]
pub fn format_range(compilation: &Compilation, file: FileId, range: &Range<usize>) -> Vec<Edit> {
    let mut edits = format(compilation, file);
    edits.retain(|edit| range.start <= edit.range.start && edit.range.end <= range.end);
    edits
}

/// The edits that make `new` of `old`, line by line: of a line that is spaced anew, only what differs.
#[must_use]
pub fn edits(old: &str, new: &str) -> Vec<Edit> {
    let (old_lines, new_lines) = (Lines::new(old), Lines::new(new));
    let mut edits = Vec::new();
    let (mut at, mut to) = (0, 0);
    while at < old_lines.len() || to < new_lines.len() {
        if old_lines.same(at, &new_lines, to) {
            if old_lines.line(at) != new_lines.line(to) {
                edits.extend(narrowed(old, old_lines.range(at..at + 1), new_lines.line(to)));
            }
            (at, to) = (at + 1, to + 1);
            continue;
        }
        let (skipped, added) = old_lines.next_same(at, &new_lines, to);
        let inserted = new.get(new_lines.range(to..to + added)).unwrap_or("");
        edits.extend(narrowed(old, old_lines.range(at..at + skipped), inserted));
        (at, to) = (at + skipped, to + added);
    }
    edits
}

/// The edit that puts `text` in the place of `range`, without what both begin and end with.
fn narrowed(old: &str, range: Range<usize>, text: &str) -> Option<Edit> {
    let before = old.get(range.clone()).unwrap_or("");
    let signs = before.chars().zip(text.chars()).take_while(|(own, other)| own == other);
    let start: usize = signs.map(|(sign, _)| sign.len_utf8()).sum();
    let (before, text) = (before.get(start..)?, text.get(start..)?);
    let signs = before.chars().rev().zip(text.chars().rev()).take_while(|(own, other)| own == other);
    let end: usize = signs.map(|(sign, _)| sign.len_utf8()).sum();
    let (before, text) = (before.get(..before.len() - end)?, text.get(..text.len() - end)?);
    let start = range.start + start;
    (!before.is_empty() || !text.is_empty())
        .then(|| Edit { range: start..start + before.len(), text: text.to_owned() })
}

/// The lines of a text, each with its end.
struct Lines<'t> {
    text: &'t str,
    lines: Vec<&'t str>,
    /// Where each starts, and the end of the text.
    starts: Vec<usize>,
    /// What each says, however it is spaced.
    said: Vec<String>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut starts = vec![0];
        let mut start = 0;
        for line in &lines {
            start += line.len();
            starts.push(start);
        }
        let said =
            lines.iter().map(|line| line.chars().filter(|sign| !sign.is_whitespace()).map(plain).collect());
        Self { text, starts, said: said.collect(), lines }
    }

    fn len(&self) -> usize {
        self.lines.len()
    }

    fn line(&self, at: usize) -> &'t str {
        self.lines.get(at).copied().unwrap_or("")
    }

    fn range(&self, lines: Range<usize>) -> Range<usize> {
        let start = |at: usize| self.starts.get(at).copied().unwrap_or(self.text.len());
        start(lines.start)..start(lines.end)
    }

    /// Whether the line at `at` says what the other's at `to` does.
    fn same(&self, at: usize, other: &Self, to: usize) -> bool {
        matches!((self.said.get(at), other.said.get(to)), (Some(own), Some(theirs)) if own == theirs)
    }

    /// How many lines of each text to go on to the nearest that say the same; to the ends, where there are none near.
    /// Blank lines and braces are alike everywhere, and say little.
    fn next_same(&self, at: usize, other: &Self, to: usize) -> (usize, usize) {
        let telling = |line: usize| self.said.get(line).is_some_and(|said| said.len() > 1);
        for distance in 1..=WINDOW {
            for skipped in 0..=distance {
                let added = distance - skipped;
                let rest_blank = self.said.get(at + skipped).is_some_and(String::is_empty);
                let telling = telling(at + skipped) || rest_blank && distance == 1;
                if telling && self.same(at + skipped, other, to + added) {
                    return (skipped, added);
                }
            }
        }
        (self.len() - at.min(self.len()), other.len() - to.min(other.len()))
    }
}

/// A sign as formatting writes it outside strings.
const fn plain(sign: char) -> char {
    match sign {
        '；' => ';',
        '，' => ',',
        '：' => ':',
        '％' => '%',
        '｛' => '{',
        '｝' => '}',
        '＃' => '#',
        '“' | '”' => '"',
        sign => sign,
    }
}
