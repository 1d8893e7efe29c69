//! The one list of the language's words: which block each may stand in, how it is written, what it means.
//!
//! The parser's messages, completion, hover texts and the editors' highlighting all read this list.

mod block;
mod statements;
mod words;

pub use block::Block;
pub use statements::KEYWORDS;
pub use words::{WORDS, Word};

/// A word that opens a statement or a declaration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keyword {
    /// The word.
    pub word: &'static str,
    /// The blocks in which it may stand.
    pub blocks: &'static [Block],
    /// The block it opens, where it opens one.
    pub opens: Option<Block>,
    /// How the statement is written; capitals stand for what the writer fills in.
    pub form: &'static str,
    /// What it means, in one line.
    pub doc: &'static str,
    /// The statement for an editor to insert, with `${1:…}` where something is to be filled in.
    pub snippet: &'static str,
}

/// The keywords that may open a statement of `block`, in the order a writer would look for them.
pub fn of_block(block: Block) -> impl Iterator<Item = &'static Keyword> {
    KEYWORDS.iter().filter(move |keyword| keyword.blocks.contains(&block))
}

/// The keyword `word`, if it may open a statement of `block`.
#[must_use]
pub fn in_block(word: &str, block: Block) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|keyword| keyword.word == word && keyword.blocks.contains(&block))
}

/// How the lines of `block` that begin with no keyword are written, where it has such lines.
#[must_use]
pub const fn entry_form(block: Block) -> Option<&'static str> {
    match block {
        Block::Team | Block::Person => Some("METRIC at most NUMBER per day"),
        Block::History => Some("2025-02 35k of 50k"),
        Block::Actual => Some("2026-01-05 NAME 6 \"NOTE\""),
        Block::Funnel => Some("orders <- visits 1 in 20 lag 14 days"),
        Block::Accounts => Some("\"CUSTOMER\" AMOUNT { … }"),
        Block::Scenario => Some("PATH VALUE"),
        Block::Weights => Some("NAME 40%"),
        Block::Periods => Some("2026-01 50%"),
        Block::Incentive => Some("METRIC -> 2 coins, 10 points"),
        _ => None,
    }
}

/// All blocks in which `word` may open a statement, in the order of the list.
#[must_use]
pub fn blocks_of(word: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for keyword in KEYWORDS.iter().filter(|keyword| keyword.word == word) {
        for &block in keyword.blocks {
            if !blocks.contains(&block) {
                blocks.push(block);
            }
        }
    }
    blocks
}

/// The longest word that is compared with others.
const LONGEST: usize = 40;

/// Of `candidates` the one that `written` was probably meant to be, if any is near enough.
#[must_use]
pub fn nearest<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = written.chars().take(LONGEST + 1).count();
    if length > LONGEST {
        return None;
    }
    let allowed = match length {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2.max(length / 4),
    };
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let begun = length >= 4 && candidate.starts_with(written) && candidate.len() > 4;
            if !begun && candidate.chars().count().abs_diff(length) > allowed {
                return None;
            }
            let distance = distance(written, candidate);
            (begun || distance <= allowed).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour, case aside.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, &a) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, &b) in right.iter().enumerate() {
            let cell = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut best = (cell(&above, column) + usize::from(a != b))
                .min(cell(&above, column + 1) + 1)
                .min(cell(&line, column) + 1);
            let swapped =
                column > 0 && row > 0 && left.get(row - 1) == Some(&b) && right.get(column - 1) == Some(&a);
            if swapped {
                best = best.min(cell(&before, column - 1) + 1);
            }
            line.push(best);
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().unwrap_or(usize::MAX)
}
