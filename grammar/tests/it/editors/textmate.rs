//! The TextMate grammar, for VS Code and all that read its grammars.

use milepost_grammar::keyword::Block;

use super::{all_inner_words, entry_opens, filled, groups, inner_words, json, slug};

/// Characters within names.
const IN_NAME: &str = r"\p{L}\p{M}\p{N}\p{Pc}·";
/// Where a statement ends: not after a comma, which is followed up elsewhere.
const END: &str = r"(?=[;；}｝])|(?<=[}｝])|$";

pub(super) fn grammar() -> String {
    let mut rules = Vec::new();
    for block in Block::ALL {
        rules.push(block_rule(block));
    }
    rules.push(format!("    \"block-any\": {}", patterns(&[include("between"), entry(None, &[])])));
    for block in Block::ALL.iter().skip(1).map(|&block| Some(block)).chain([None]) {
        rules.push(braces(block));
    }
    let places = [
        ("NEVER-UNIT", all_inner_words().join("|")),
        ("NAME", format!(r"\p{{L}}[{IN_NAME}]*(?:-[{IN_NAME}]+)*")),
        ("DIGIT", "[0-9０-９]".to_owned()),
        ("IN-NAME", IN_NAME.to_owned()),
    ];
    let mut text =
        filled(include_str!("templates/milepost.tmLanguage.json"), &[("BLOCKS", &rules.join(",\n"))]);
    for (place, value) in &places {
        let quoted = json(value);
        text = filled(&text, &[(place, quoted.trim_matches('"'))]);
    }
    text
}

fn include(rule: &str) -> String {
    format!("{{ \"include\": \"#{rule}\" }}")
}

fn patterns(rules: &[String]) -> String {
    let rules: Vec<String> = rules.iter().map(|rule| format!("        {rule}")).collect();
    format!("{{\n      \"patterns\": [\n{}\n      ]\n    }}", rules.join(",\n"))
}

/// What stands between the braces of a block.
fn block_rule(block: Block) -> String {
    let mut rules = vec![include("between")];
    for group in groups(block) {
        let begin = format!("({})(?![{IN_NAME}]|-[{IN_NAME}])", group.words.join("|"));
        let scope =
            if group.heads { "keyword.control.declaration.milepost" } else { "keyword.control.milepost" };
        let mut inside = Vec::new();
        if group.declares {
            inside.push(include("declared"));
        }
        inside.extend(tail(group.opens, &group.inner));
        rules.push(format!(
            "{{ \"begin\": {}, \"beginCaptures\": {{ \"1\": {{ \"name\": \"{scope}\" }} }}, \"end\": {}, \"patterns\": [{}] }}",
            json(&begin),
            json(END),
            inside.join(", ")
        ));
    }
    rules.push(entry(entry_opens(block), &inner_words("")));
    format!("    \"block-{}\": {}", slug(Some(block)), patterns(&rules))
}

/// A line that begins with no keyword.
fn entry(opens: Option<Block>, inner: &[&str]) -> String {
    format!(
        "{{ \"begin\": {}, \"end\": {}, \"patterns\": [{}] }}",
        json(r"(?<![}｝])(?=[^\s;；{｛}｝#＃])"),
        json(END),
        tail(opens, inner).join(", ")
    )
}

/// What may stand behind the first word of a statement.
fn tail(opens: Option<Block>, inner: &[&str]) -> Vec<String> {
    let mut rules = Vec::new();
    if !inner.is_empty() {
        let words =
            format!(r"(?<![{IN_NAME}.]|[{IN_NAME}]-)(?:{})(?![{IN_NAME}]|-[{IN_NAME}])", inner.join("|"));
        rules.push(format!("{{ \"match\": {}, \"name\": \"keyword.control.word.milepost\" }}", json(&words)));
    }
    rules.push(include(&format!("braces-{}", slug(opens))));
    rules.push(include("token"));
    rules
}

fn braces(block: Option<Block>) -> String {
    let slug = slug(block);
    format!(
        "    \"braces-{slug}\": {{\n      \"begin\": \"[{{｛]\",\n      \"beginCaptures\": {{ \"0\": {{ \"name\": \"punctuation.section.block.begin.milepost\" }} }},\n      \"end\": \"[}}｝]\",\n      \"endCaptures\": {{ \"0\": {{ \"name\": \"punctuation.section.block.end.milepost\" }} }},\n      \"patterns\": [{{ \"include\": \"#block-{slug}\" }}]\n    }}"
    )
}
