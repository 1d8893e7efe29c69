//! The language reference, as editors show it.

/// The page.
const PAGE: &str = include_str!("../README.md");

/// So much of a section is shown at most.
const LONGEST: usize = 4_000;

/// What the reference says about a keyword: the section of a declaration, else the rows of tables that it begins.
#[must_use]
pub fn about(word: &str) -> Option<&'static str> {
    section(word).or_else(|| row(word))
}

/// The section under the heading that is that word, up to the next such heading; a long one ends with a paragraph.
fn section(word: &str) -> Option<&'static str> {
    let heading = format!("\n## {word}\n");
    let start = PAGE.find(&heading)? + heading.len();
    let rest = PAGE.get(start..)?;
    let section = rest.get(..rest.find("\n## ").unwrap_or(rest.len()))?.trim();
    if section.len() <= LONGEST {
        return Some(section);
    }
    let mut longest = LONGEST;
    while !section.is_char_boundary(longest) {
        longest -= 1;
    }
    let short = section.get(..longest)?;
    // Not within a table or an example: these have no empty line.
    short.get(..short.rfind("\n\n").unwrap_or(longest))
}

/// What a table says a statement means that begins with that word.
fn row(word: &str) -> Option<&'static str> {
    let begins = |line: &&str| {
        let statement = line.strip_prefix("| `").and_then(|rest| rest.strip_prefix(word));
        statement.is_some_and(|rest| rest.starts_with([' ', '`']))
    };
    let line = PAGE.lines().find(begins)?;
    line.split(" | ").nth(1).map(|meaning| meaning.trim_end_matches(['|', ' ']))
}

#[cfg(test)]
mod tests {
    use super::about;

    #[test]
    fn declarations_have_sections_and_statements_rows() {
        assert!(about("funnel").unwrap().starts_with("What one unit on the left takes from the right."));
        assert!(about("pipeline").unwrap().len() <= super::LONGEST);
        assert!(about("retain").is_some_and(|row| !row.contains('\n')));
        assert_eq!(about("no-such-word"), None);
    }
}
