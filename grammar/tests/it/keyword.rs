//! The list of words, against the parser.

use std::collections::BTreeSet;

use milepost_grammar::keyword::{Block, KEYWORDS, WORDS, blocks_of, in_block, nearest, of_block};
use milepost_grammar::parse;

/// A text in which `statement` stands in `block`.
fn within(block: Block, statement: &str) -> String {
    let (open, close) = match block {
        Block::File => ("", ""),
        Block::Plan => ("plan p {", "}"),
        Block::Calendar => ("calendar c {", "}"),
        Block::Metric => ("metric m {", "}"),
        Block::Weekdays => ("metric m { weekdays {", "} }"),
        Block::Team => ("team t {", "}"),
        Block::Person => ("person p {", "}"),
        Block::History => ("history h of m from \"a.csv\" {", "}"),
        Block::Actual => ("actual m {", "}"),
        Block::Actuals => ("actuals from \"a.csv\" {", "}"),
        Block::Funnel => ("funnel f {", "}"),
        Block::Accounts => ("accounts a of m from \"a.csv\" {", "}"),
        Block::Account => ("accounts a of m { \"A\" 5 {", "} }"),
        Block::Pipeline => ("pipeline p of m from \"a.csv\" {", "}"),
        Block::Deal => ("pipeline p of m { deal d {", "} }"),
        Block::Objective => ("objective o {", "}"),
        Block::KeyResult => ("objective o { key-result k {", "} }"),
        Block::CheckIn => ("objective o { check-in 2026-01-16 {", "} }"),
        Block::Forecast => ("objective o { key-result k { forecast 2026-01-13 {", "} } }"),
        Block::Weights => ("objective o { key-result k { share {", "} } }"),
        Block::Periods => ("objective o { key-result k { spread {", "} } }"),
        Block::Scenario => ("scenario s {", "}"),
        Block::Action => ("action a {", "}"),
        Block::Review => ("review r {", "}"),
        Block::Incentive => ("incentive i {", "}"),
        Block::Smart => ("smart {", "}"),
    };
    format!("{open}\n{statement}\n{close}\n")
}

/// A snippet with its places filled in as they propose; the first of several choices.
fn filled(snippet: &str) -> String {
    let mut out = String::new();
    let mut rest = snippet;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(inner) = rest.strip_prefix('{') {
            let (place, behind) = inner.split_once('}').unwrap();
            let proposed = match place.split_once(':') {
                Some((_, proposed)) => proposed,
                None => place.split('|').nth(1).unwrap().split(',').next().unwrap(),
            };
            out.push_str(proposed);
            rest = behind;
        } else {
            rest = &rest[1..];
        }
    }
    out + rest
}

#[test]
fn every_snippet_can_be_read_where_its_word_may_stand() {
    for keyword in KEYWORDS {
        for &block in keyword.blocks {
            let text = within(block, &filled(keyword.snippet));
            let errors: Vec<String> = parse(&text).errors().map(|(_, error)| error.message.text()).collect();
            assert!(errors.is_empty(), "{text}\n{errors:?}");
        }
    }
}

#[test]
fn a_word_stands_nowhere_else() {
    let words: BTreeSet<&str> = KEYWORDS.iter().map(|keyword| keyword.word).collect();
    for word in words {
        for block in Block::ALL {
            if in_block(word, block).is_some() || matches!(block, Block::Weekdays) {
                continue;
            }
            let parsed = parse(&within(block, word));
            let error = parsed.errors().next().unwrap_or_else(|| panic!("`{word}` is read in {block}"));
            let code = error.1.message.code();
            let entries = [Block::Actual, Block::Funnel, Block::Scenario, Block::Weights, Block::Periods];
            if !entries.contains(&block) {
                assert_eq!(code, "syntax::misplaced-statement", "`{word}` in {block}");
            }
        }
    }
}

/// The words in quotes of the grammar.
fn words_of_the_grammar() -> BTreeSet<&'static str> {
    let grammar = include_str!("../../src/milepost.pest");
    let rules = grammar.lines().filter(|line| !line.starts_with("//"));
    let quoted = rules.flat_map(|line| line.split('"').skip(1).step_by(2));
    quoted
        .filter(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
        .collect()
}

#[test]
fn the_list_is_whole() {
    let listed: BTreeSet<&str> = KEYWORDS
        .iter()
        .map(|keyword| keyword.word)
        .chain(WORDS.iter().map(|word| word.word))
        // These are columns of tables like any other word.
        .filter(|word| !["date", "account", "id"].contains(word))
        .collect();
    let grammar = words_of_the_grammar();
    let months_and_units = |word: &&&str| {
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let units = ["minute", "minutes", "hour", "point"];
        !months.contains(word) && !units.contains(word)
    };
    let missing: Vec<_> = grammar.difference(&listed).filter(months_and_units).collect();
    assert!(missing.is_empty(), "in the grammar, not in the list: {missing:?}");
    let unknown: Vec<_> = listed.difference(&grammar).filter(|word| **word != "pp").collect();
    assert!(unknown.is_empty(), "in the list, not in the grammar: {unknown:?}");
}

#[test]
fn snippets_begin_with_their_word() {
    for keyword in KEYWORDS {
        assert!(filled(keyword.snippet).starts_with(keyword.word), "{keyword:?}");
        assert!(keyword.form.starts_with(keyword.word), "{keyword:?}");
        assert!(!keyword.doc.ends_with('.') && !keyword.doc.contains('\n'), "{keyword:?}");
        for &block in keyword.blocks {
            assert_eq!(of_block(block).filter(|other| other.word == keyword.word).count(), {
                // In tables a word may name a column and say something for all.
                KEYWORDS
                    .iter()
                    .filter(|other| other.word == keyword.word && other.blocks.contains(&block))
                    .count()
            });
            assert!(blocks_of(keyword.word).contains(&block));
        }
    }
    for word in WORDS {
        for &after in word.after {
            assert!(after.is_empty() || KEYWORDS.iter().any(|keyword| keyword.word == after), "{word:?}");
        }
    }
}

#[test]
fn the_nearest_word() {
    let words = ["measure", "owner", "share", "spread", "over-assign", "by"];
    assert_eq!(nearest("mesure", words), Some("measure"));
    assert_eq!(nearest("onwer", words), Some("owner"));
    assert_eq!(nearest("Owner", words), Some("owner"));
    assert_eq!(nearest("over", words), Some("over-assign"));
    assert_eq!(nearest("b", words), None);
    assert_eq!(nearest("elephant", words), None);
    assert_eq!(nearest(&"m".repeat(1_000_000), words), None);
}
