//! Whatever is typed: nothing panics, formatting keeps the meaning and settles at once.

use milepost_grammar::{format, parse, parse_item, split};
use proptest::prelude::*;

use crate::samples::{PLAN, meaning};

/// Pieces that mean something to the language, and some that do not.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "plan", "metric", "team", "person", "objective", "key-result", "funnel", "history", "actual",
    "actuals", "accounts", "pipeline", "deal", "action", "review", "incentive", "scenario", "smart",
    "include", "calendar", "weekdays", "share", "split", "spread", "measure", "owner", "with", "needs",
    "weight", "check-in", "forecast", "waive", "require", "from", "by", "each", "of", "in", "like", "role",
    "evenly", "a", "b-c", "陈", "x1.5", "liu", "5", "40k", "4万元", "1_000", "1,000", "5m", "50%", "-3",
    "+5%", "$5k", "￥５", "2026-01-05", "2026-Q1", "2026-02-30", "FY26", "09:00", "1 in 20", "<-", "->",
    "..", "～", ":", "：", "=", "/", "+", "-", "%", "％", ".", "{", "}", "{", "}", "｛", "｝", ";", "；", ",",
    "，", "\n", "\n", "\n", "\n  ", "\n    ", "\r\n", "\r", "\n\n", ",\n", ", # c\n", "# note\n", "＃注",
    "\"t\"", "“引\"号”", "\"open", "“open", "\"\\\"\"", "\"\\q\"", " ", "  ", "\t", "\u{3000}", "\u{a0}",
    "\u{feff}", "\u{1d}", "\u{b}", "\0", "（", "、", "junk", "@",
];

fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec((proptest::sample::select(PIECES), any::<bool>()), 0..60).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(piece, space)| if space { format!("{piece} ") } else { piece.to_owned() })
            .collect()
    })
}

/// Some lines of the sample plan after some edits.
fn edited() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0_usize..12, proptest::sample::select(PIECES), any::<bool>());
    let lines = (any::<prop::sample::Index>(), 1_usize..40);
    (lines, proptest::collection::vec(edit, 0..8)).prop_map(|((first, count), edits)| {
        let lines: Vec<&str> = PLAN.split_inclusive('\n').collect();
        let first = first.index(lines.len());
        let mut text: Vec<char> =
            lines.iter().skip(first).take(count).flat_map(|line| line.chars()).collect();
        text.push(' ');
        for (at, remove, piece, insert) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + remove).min(text.len());
            let piece = if insert { piece } else { "" };
            text.splice(at..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let parsed = parse(text);
    for item in &parsed.items {
        let range = item.offset..item.offset + item.item.len;
        let own = text.get(range.clone());
        prop_assert!(own.is_some(), "{range:?}");
        prop_assert_eq!(&parse_item(own.unwrap_or("")), &*item.item);
        for error in &item.item.errors {
            prop_assert!(text.get(error.span.at(item.offset)).is_some(), "{error:?}");
            prop_assert_ne!(error.message.code(), "syntax::leftover");
            prop_assert!(!error.message.text().is_empty());
            if let Some(fix) = &error.fix {
                prop_assert!(text.get(fix.span.at(item.offset)).is_some(), "{error:?}");
            }
        }
    }
    let once = format(text);
    if meaning(&once) != meaning(text) {
        let differs = meaning(&once)
            .lines()
            .zip(meaning(text).lines())
            .find(|(left, right)| left != right)
            .map(|(left, right)| format!("{left}\n{right}"));
        prop_assert!(false, "formatted:\n{once}\n{differs:?}");
    }
    let twice = format(&once);
    prop_assert_eq!(&twice, &once);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(), max_shrink_iters: 4000, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn tokens_in_any_order(text in soup()) {
        holds(&text)?;
    }

    #[test]
    fn a_plan_with_edits(text in edited()) {
        holds(&text)?;
    }

    #[test]
    fn any_text(text in any::<String>()) {
        holds(&text)?;
    }

    #[test]
    fn any_bytes(bytes in any::<Vec<u8>>()) {
        let text = String::from_utf8_lossy(&bytes);
        holds(&text)?;
        prop_assert!(split(&text).windows(2).all(|pair| pair[0].end <= pair[1].start));
    }
}

/// How many cases; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300)
}
