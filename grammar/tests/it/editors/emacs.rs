//! The major mode for Emacs.

use std::fmt::Write as _;

use milepost_grammar::keyword::{Block, KEYWORDS, of_block};

use super::{declares, entry_opens, filled, inner_words, slug};

pub(super) fn mode() -> String {
    let mut blocks = String::new();
    for block in Block::ALL {
        let _ = write!(blocks, "\n    ({}", slug(Some(block)));
        let mut seen = Vec::new();
        for keyword in of_block(block) {
            if seen.contains(&keyword.word) {
                continue;
            }
            seen.push(keyword.word);
            let opens = keyword.opens.map_or(String::new(), |opens| format!(" {}", slug(Some(opens))));
            let declares = if declares(keyword) { " t" } else { "" };
            let _ = write!(blocks, "\n     (\"{}\"{opens}{declares})", keyword.word);
        }
        blocks.push(')');
    }
    let mut words = String::new();
    let mut seen = Vec::new();
    for keyword in KEYWORDS.iter().map(|keyword| keyword.word).chain([""]) {
        let inner = inner_words(keyword);
        if inner.is_empty() || seen.contains(&keyword) {
            continue;
        }
        seen.push(keyword);
        let inner: Vec<String> = inner.iter().map(|word| format!("\"{word}\"")).collect();
        let _ = write!(words, "\n    (\"{keyword}\" {})", inner.join(" "));
    }
    let mut entries = String::new();
    for block in Block::ALL {
        if let Some(opens) = entry_opens(block) {
            let _ = write!(entries, "({} . {})", slug(Some(block)), slug(Some(opens)));
        }
    }
    filled(
        include_str!("templates/milepost-mode.el"),
        &[("BLOCKS", &blocks), ("WORDS", &words), ("ENTRIES", &entries)],
    )
}
