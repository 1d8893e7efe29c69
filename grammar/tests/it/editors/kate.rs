//! The syntax definition for Kate and what else reads its definitions.

use std::fmt::Write as _;

use milepost_grammar::keyword::Block;

use super::{all_inner_words, entry_opens, filled, groups, inner_words, slug};

/// Characters within names.
const IN_NAME: &str = r"[\p{L}\p{M}\p{N}\p{Pc}·]";
/// A name.
const NAME: &str = r"\p{L}[\p{L}\p{M}\p{N}\p{Pc}·]*(?:-[\p{L}\p{M}\p{N}\p{Pc}·]+)*";

pub(super) fn syntax() -> String {
    let mut contexts = String::new();
    for block in Block::ALL.into_iter().map(Some).chain([None]) {
        block_contexts(&mut contexts, block);
    }
    filled(
        include_str!("templates/milepost.xml"),
        &[
            ("CONTEXTS", contexts.trim_end()),
            ("NEVER-UNIT", &all_inner_words().join("|")),
            ("NAME", NAME),
            ("IN-NAME", IN_NAME),
        ],
    )
}

fn block_contexts(out: &mut String, block: Option<Block>) {
    let slug = slug(block);
    let mut statements = String::new();
    let _ =
        writeln!(out, "      <context name=\"{slug}\" attribute=\"Normal Text\" lineEndContext=\"#stay\">");
    let _ = writeln!(out, "        <IncludeRules context=\"between\"/>");
    if block != Some(Block::File) {
        let _ = writeln!(
            out,
            "        <AnyChar String=\"}}｝\" attribute=\"Punctuation\" context=\"#pop#pop\" endRegion=\"block\"/>"
        );
    }
    for (number, group) in block.map(groups).unwrap_or_default().iter().enumerate() {
        let statement = format!("{slug}-{}", number + 1);
        let attribute = if group.heads { "Declaration" } else { "Statement" };
        let then = if group.declares { "-name" } else { "" };
        let _ = writeln!(
            out,
            "        <RegExpr String=\"(?:{})(?!{IN_NAME}|-{IN_NAME})\" attribute=\"{attribute}\" context=\"{statement}{then}\"/>",
            group.words.join("|")
        );
        if group.declares {
            let _ = write!(
                statements,
                "      <context name=\"{statement}-name\" attribute=\"Normal Text\" lineEndContext=\"#pop\" fallthroughContext=\"#pop!{statement}\">
        <DetectSpaces/>
        <RegExpr String=\"{NAME}\" attribute=\"Name of a Declaration\" context=\"#pop!{statement}\"/>
      </context>
"
            );
        }
        statement_context(&mut statements, &statement, group.opens, &group.inner);
    }
    let _ = writeln!(
        out,
        "        <RegExpr String=\"[^\\s{{}}｛｝]\" lookAhead=\"true\" context=\"{slug}-entry\"/>\n      </context>"
    );
    let inner = if block.is_some() { inner_words("") } else { Vec::new() };
    statement_context(&mut statements, &format!("{slug}-entry"), block.and_then(entry_opens), &inner);
    out.push_str(&statements);
}

/// What follows the first word of a statement.
fn statement_context(out: &mut String, name: &str, opens: Option<Block>, inner: &[&str]) {
    let _ =
        writeln!(out, "      <context name=\"{name}\" attribute=\"Normal Text\" lineEndContext=\"#pop\">");
    let _ = writeln!(out, "        <AnyChar String=\";；}}｝\" lookAhead=\"true\" context=\"#pop\"/>");
    let _ = writeln!(
        out,
        "        <AnyChar String=\"{{｛\" attribute=\"Punctuation\" context=\"{}\" beginRegion=\"block\"/>",
        slug(opens)
    );
    if !inner.is_empty() {
        let _ = writeln!(
            out,
            "        <RegExpr String=\"(?&lt;!{IN_NAME}|\\.)(?&lt;!{IN_NAME}-)(?:{})(?!{IN_NAME}|-{IN_NAME})\" attribute=\"Word\"/>",
            inner.join("|")
        );
    }
    out.push_str("        <IncludeRules context=\"token\"/>\n      </context>\n");
}
