//! The reference, against the language.

use milepost_grammar::keyword::KEYWORDS;
use milepost_grammar::{Message, format, parse};

const README: &str = include_str!("../../README.md");

/// The code blocks that open with exactly `fence`, and the lines they begin on.
fn blocks(fence: &str) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut within: Option<bool> = None;
    for (number, line) in (1..).zip(README.lines()) {
        match within {
            None => {
                if let Some(info) = line.strip_prefix("```") {
                    within = Some(info == fence);
                    if info == fence {
                        blocks.push((number, String::new()));
                    }
                }
            }
            Some(_) if line == "```" => within = None,
            Some(true) => {
                let block = &mut blocks.last_mut().unwrap().1;
                block.push_str(line);
                block.push('\n');
            }
            Some(false) => {}
        }
    }
    blocks
}

#[test]
fn its_plans_are_without_errors() {
    let plans = blocks("plan");
    assert!(plans.len() > 20);
    for (line, text) in plans {
        let errors: Vec<String> = parse(&text).errors().map(|(_, error)| error.message.text()).collect();
        assert!(errors.is_empty(), "README.md:{line}: {errors:?}");
        assert_eq!(format(&format(&text)), format(&text), "README.md:{line}");
    }
}

#[test]
fn its_wrong_plans_are_wrong() {
    let plans = blocks("plan,error");
    assert!(plans.len() > 2);
    for (line, text) in plans {
        assert!(parse(&text).errors().count() > 0, "README.md:{line}");
    }
}

#[test]
fn it_names_every_word_and_every_code() {
    for keyword in KEYWORDS {
        let word = keyword.word;
        let named = ["`", " ", "\n"].iter().any(|before| {
            ["`", " ", ";"].iter().any(|after| README.contains(&format!("{before}{word}{after}")))
        });
        assert!(named, "`{word}` is not in the reference");
    }
    for code in Message::CODES {
        assert!(README.contains(&format!("| `{code}` |")), "`{code}` is not in the reference");
    }
}

#[test]
fn its_links_lead_somewhere() {
    let anchors: Vec<String> = README
        .lines()
        .filter_map(|line| line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")))
        .map(|title| title.to_lowercase().replace(' ', "-").replace([',', '.'], ""))
        .collect();
    let mut rest = README;
    while let Some(at) = rest.find("](#") {
        rest = &rest[at + 3..];
        let anchor = rest.split(')').next().unwrap();
        assert!(anchors.iter().any(|known| known == anchor), "#{anchor}");
    }
}
