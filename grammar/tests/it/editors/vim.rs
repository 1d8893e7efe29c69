//! The syntax file for Vim and Neovim.

use std::fmt::Write as _;

use milepost_grammar::keyword::Block;

use super::{all_inner_words, entry_opens, filled, groups, inner_words, slug};

/// A name; what may be in one is said by `syn iskeyword`.
const NAME: &str = r"\k\+\%(-\k\+\)*";

pub(super) fn syntax() -> String {
    let mut rules = String::new();
    for block in Block::ALL.into_iter().map(Some).chain([None]) {
        block_rules(&mut rules, block);
    }
    filled(
        include_str!("templates/milepost.vim"),
        &[("BLOCKS", rules.trim_end()), ("NEVER-UNIT", &all_inner_words().join(r"\|")), ("NAME", NAME)],
    )
}

/// `objective` becomes `milepostObjective`.
fn group_name(block: Option<Block>) -> String {
    let mut name = "milepostIn".to_owned();
    for part in slug(block).split('-') {
        let (first, rest) = part.split_at(1);
        name.push_str(&first.to_uppercase());
        name.push_str(rest);
    }
    name
}

fn block_rules(out: &mut String, block: Option<Block>) {
    let name = group_name(block);
    let contained = if block == Some(Block::File) { "" } else { " contained" };
    let mut members = vec!["@milepostBetween".to_owned(), format!("{name}Entry")];
    let _ = writeln!(out, "\n\" {}", block.map_or("a block that nothing is known of", Block::described));
    // Of several that begin at the same place Vim takes the last.
    let inner = if block.is_some() { inner_words("") } else { Vec::new() };
    let opens = block.and_then(entry_opens);
    statement(
        out,
        &format!("{name}Entry"),
        contained,
        &["start=/[^ \\t;；{}｛｝#＃]/rs=s-1"],
        "",
        opens,
        &inner,
    );
    for (number, group) in block.map(groups).unwrap_or_default().iter().enumerate() {
        let rule = format!("{name}{}", number + 1);
        let kind = if group.heads { "milepostDeclaration" } else { "milepostStatement" };
        let words = group.words.join(r"\|");
        let start = format!(r"start=/\<\%({words}\)\>\%(-\k\)\@!/");
        let mut more = String::new();
        if group.declares {
            let _ = writeln!(out, r"syn match {rule}Name /\%(\<\%({words}\)\s\+\)\@60<={NAME}/ contained");
            let _ = writeln!(out, "hi def link {rule}Name Identifier");
            let _ = write!(more, ",{rule}Name");
        }
        statement(
            out,
            &rule,
            contained,
            &[&format!("matchgroup={kind}"), &start],
            &more,
            group.opens,
            &group.inner,
        );
        members.push(rule);
    }
    let _ = writeln!(out, "syn cluster {name} contains={}", members.join(","));
    if block != Some(Block::File) {
        let _ = writeln!(
            out,
            "syn region {name}Braces contained matchgroup=milepostBrace start=/[{{｛]/ matchgroup=milepostBrace end=/[}}｝]/ contains=@{name} fold"
        );
    }
}

/// A statement, from its first word to its end.
fn statement(
    out: &mut String,
    rule: &str,
    contained: &str,
    start: &[&str],
    more: &str,
    opens: Option<Block>,
    inner: &[&str],
) {
    let mut contains = format!("@milepostToken,{}Braces{more}", group_name(opens));
    if !inner.is_empty() {
        let _ = writeln!(
            out,
            r"syn match {rule}Word /[.]\@1<!\%(\k-\)\@2<!\<\%({})\>\%(-\k\)\@!/ contained",
            format_args!(r"{}\", inner.join(r"\|"))
        );
        let _ = writeln!(out, "hi def link {rule}Word milepostWord");
        let _ = write!(contains, ",{rule}Word");
    }
    let _ = writeln!(
        out,
        r"syn region {rule}{contained} {} matchgroup=NONE end=/\ze[;；}}｝#＃]/ end=/[}}｝]\@1<=/ end=/$/ contains={contains}",
        start.join(" ")
    );
}
