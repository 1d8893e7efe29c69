//! Where in a text a writer is.

use milepost_grammar::keyword::Block;
use milepost_grammar::{closing, context};

const CURSOR: &str = "$0";

/// The blocks that are open at the cursor, and the words before it.
fn at(text: &str) -> (Vec<Option<Block>>, Vec<String>) {
    let offset = text.find(CURSOR).expect("a cursor");
    let text = text.replacen(CURSOR, "", 1);
    let context = context(&text, offset);
    let words = context.statement.iter().map(|token| text[token.range.clone()].to_owned()).collect();
    (context.open.iter().map(|open| open.block).collect(), words)
}

#[test]
fn blocks_and_words() {
    use Block::{Account, Accounts, Deal, File, KeyResult, Objective, Pipeline, Plan, Weights};
    let cases: &[(&str, &[Block], &[&str])] = &[
        ("$0", &[File], &[]),
        ("plan x { per$0iod 2026 }", &[File, Plan], &["period"]),
        ("plan x { period 2026; cur$0", &[File, Plan], &["cur"]),
        ("plan x { period 2026 } $0", &[File], &[]),
        ("objective a {\n  owner b,\n    c, # and\n  $0", &[File, Objective], &["owner", "b", ",", "c", ","]),
        ("objective a {\n  owner b\n  $0", &[File, Objective], &[]),
        (
            "objective a {\n  key-result b { share c { liu 4$0",
            &[File, Objective, KeyResult, Weights],
            &["liu", "4"],
        ),
        ("accounts a of b {\n  \"C\" 5 { $0", &[File, Accounts, Account], &[]),
        ("pipeline a of b { deal c { next \"}{\" $0", &[File, Pipeline, Deal], &["next", "\"}{\""]),
        ("objective a { # }\n  why \"x # {\" $0", &[File, Objective], &["why", "\"x # {\""]),
        ("objective a ｛ owner 北区； type $0", &[File, Objective], &["type"]),
        ("objective a {\r\n  owner b\r\n  ty$0pe", &[File, Objective], &["type"]),
        // The `}` of `b` is missing: `key-result` belongs further out.
        (
            "objective a {\n key-result b {\n measure c\n key-result d { $0",
            &[File, Objective, KeyResult],
            &[],
        ),
        ("}\n} plan x { $0", &[File, Plan], &[]),
    ];
    for (text, blocks, words) in cases {
        let (open, said) = at(text);
        assert_eq!(open, blocks.iter().copied().map(Some).collect::<Vec<_>>(), "{text}");
        assert_eq!(said, *words, "{text}");
    }
    assert_eq!(at("nothing x { $0").0, [Some(File), None]);
}

#[test]
fn comments_are_known() {
    for (text, expected) in [("plan x # why$0", true), ("plan x # why\n$0", false), ("plan \"# $0", false)] {
        let offset = text.find(CURSOR).unwrap();
        assert_eq!(context(&text.replacen(CURSOR, "", 1), offset).in_comment, expected, "{text}");
    }
}

#[test]
fn no_offset_is_too_much() {
    let text = "objective 目标 {\r\n  owner 北区,\n";
    for offset in 0..text.len() + 5 {
        assert!(!context(text, offset).open.is_empty());
    }
}

#[test]
fn blocks_are_closed_by_their_own_brace() {
    let text = "a { b { \"}\" } # }\n c }";
    let starts = |text: &str, offset: usize, most: usize| {
        closing(text, offset, most).into_iter().map(|brace| brace.start).collect::<Vec<_>>()
    };
    assert_eq!(starts(text, 3, 9), [text.len() - 1]);
    assert_eq!(starts(text, 7, 9), [12, text.len() - 1]);
    assert_eq!(starts(text, 7, 1), [12]);
    assert_eq!(starts("a { b", 3, 9), [0; 0]);
    assert_eq!(starts("a", 7, 9), [0; 0]);
}
