//! Texts in Markdown, for clients that show it and for those that do not.

use tower_lsp::lsp_types::{MarkupContent, MarkupKind};

/// A text that is written in Markdown; without its marks for a client that shows them as they are.
#[must_use]
pub fn markup(text: String, markdown: bool) -> MarkupContent {
    if markdown {
        return MarkupContent { kind: MarkupKind::Markdown, value: text };
    }
    MarkupContent { kind: MarkupKind::PlainText, value: plain(&text) }
}

/// Without fences, stars and backticks, and what was escaped as it is.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines().filter(|line| !line.starts_with("```")) {
        let mut signs = line.chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '\\' if signs.peek().is_some_and(char::is_ascii_punctuation) => plain.extend(signs.next()),
                '*' if signs.next_if_eq(&'*').is_some() => {}
                '`' => {}
                _ => plain.push(sign),
            }
        }
        plain.push('\n');
    }
    plain.truncate(plain.trim_end().len());
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn marks_are_taken_away() {
        let text = "**person** `liu` — \\<b\\>\n\n```milepost\nowner NAME\n```\n- 5 visits";
        assert_eq!(plain(text), "person liu — <b>\n\nowner NAME\n- 5 visits");
    }
}
