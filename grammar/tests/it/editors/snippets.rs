//! Snippets for VS Code: every statement that opens a block. What else may stand where, the language server knows.

use std::fmt::Write as _;

use milepost_grammar::keyword::KEYWORDS;

use super::json;

pub(super) fn snippets() -> String {
    let mut snippets = Vec::new();
    for keyword in KEYWORDS.iter().filter(|keyword| keyword.opens.is_some()) {
        let mut lines = String::new();
        for line in keyword.snippet.lines() {
            if !lines.is_empty() {
                lines.push_str(",\n");
            }
            // A tab becomes the editor's indentation.
            let body = line.trim_start_matches(' ');
            let indent = "\t".repeat((line.len() - body.len()) / 2);
            let _ = write!(lines, "      {}", json(&format!("{indent}{body}")));
        }
        // An editor shows the key beside the prefix, and the description where it shows more.
        snippets.push(format!(
            "  {}: {{\n    \"prefix\": {},\n    \"body\": [\n{lines}\n    ],\n    \"description\": {}\n  }}",
            json(keyword.doc),
            json(keyword.word),
            json(keyword.form)
        ));
    }
    format!("{{\n{}\n}}\n", snippets.join(",\n"))
}
