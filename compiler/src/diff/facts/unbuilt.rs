//! Declarations whose meaning is not built: what is compared is their text, whichever way it is written.

use milepost_grammar::Span;
use milepost_grammar::ast::Declaration;

use super::{Facts, Teller};
use crate::diff::thing::{Aspect, Fact, Piece, Thing, Value, What};
use crate::sources::Place;

impl Teller<'_> {
    pub(super) fn unbuilt(&self, what: What) -> Vec<Thing> {
        let mut things = Vec::new();
        for item in &self.compilation.items {
            let (name, title) = match (what, &item.item.declaration) {
                (What::Action, Declaration::Action(tree)) => (&tree.name, &tree.title),
                (What::Review, Declaration::Review(tree)) => (&tree.name, &tree.title),
                (What::Incentive, Declaration::Incentive(tree)) => (&tree.name, &tree.title),
                (What::Scenario, Declaration::Scenario(tree)) => (&tree.name, &tree.title),
                _ => continue,
            };
            let place = Place::new(item.id, name.span);
            let whole = Place::new(item.id, Span::new(0, item.item.len));
            // Full-width signs are plain ones in it.
            let text = milepost_grammar::format(self.compilation.sources.text(whole));
            let mut facts = Facts::default();
            for statement in statements(&text) {
                facts.0.push(self.statement(&statement, place));
            }
            let title = title.as_ref().map(|title| title.value.as_str());
            things.push(Thing::new(&name.value, title, facts.0, place));
        }
        things
    }

    /// A statement by its first word, with the names that things have in the plan that is compared with.
    fn statement(&self, words: &[Word<'_>], place: Place) -> Fact {
        let (mut of, mut value, mut same) = (String::new(), Value::default(), String::new());
        for (index, word) in words.iter().enumerate() {
            let gap = if word.is_apart && index > 1 { " " } else { "" };
            let shown = if word.is_name { self.renamed.word(word.text) } else { word.text.into() };
            same.push_str(if word.is_apart { " " } else { "" });
            match number(&shown).filter(|_| word.is_name) {
                Some(number) => same.push_str(&number),
                None => same.push_str(&shown),
            }
            if index == 0 {
                of.push_str(&shown);
            } else if let (Ok(day), true) = (shown.parse(), word.is_name) {
                value = value.and(gap).on(day);
            } else {
                value = value.and(gap).and(shown);
            }
        }
        value.0.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        if value.0.is_empty() {
            value = Value::text("said");
        }
        Fact::new(Aspect::Setting, of, value, place).or_same(same)
    }
}

/// A word or sign of a statement.
struct Word<'t> {
    text: &'t str,
    /// Whether there is a gap before it.
    is_apart: bool,
    /// Whether it may be a name, a number or a day.
    is_name: bool,
}

/// The statements between the braces of a declaration, word by word, without comments.
fn statements(text: &str) -> Vec<Vec<Word<'_>>> {
    let mut statements: Vec<Vec<Word<'_>>> = vec![Vec::new()];
    let (mut depth, mut is_apart) = (0_usize, false);
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let size = match sign {
            '"' => string(rest),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '.' if rest.starts_with("..") => 2,
            _ if is_inner(sign) => word(rest),
            _ => sign.len_utf8(),
        };
        let (text, behind) = rest.split_at(size);
        rest = behind;
        let statement = statements.last_mut();
        match sign {
            '#' => {}
            '{' if depth == 0 => depth = 1,
            '}' if depth == 1 => break,
            _ if depth == 0 => {}
            ';' if depth == 1 => statements.push(Vec::new()),
            '\n' => {
                // A list goes on behind a comma.
                let goes_on = statement.is_some_and(|said| said.last().is_some_and(|last| last.text == ","));
                if depth == 1 && !goes_on {
                    statements.push(Vec::new());
                }
                is_apart = true;
            }
            _ if sign.is_whitespace() => is_apart = true,
            _ => {
                match sign {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if let Some(statement) = statement {
                    let is_apart = is_apart && !statement.is_empty();
                    statement.push(Word { text, is_apart, is_name: is_inner(sign) });
                }
                is_apart = false;
            }
        }
    }
    statements.retain(|statement| !statement.is_empty());
    statements
}

/// How long the text in quotes is that `rest` begins with.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, sign)| {
        let ends = *sign == '"' && !escaped;
        escaped = *sign == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(at, _)| at + 1)
}

/// How long the word is that `rest` begins with; two dots end it.
fn word(rest: &str) -> usize {
    let signs = rest.find(|sign| !is_inner(sign)).unwrap_or(rest.len());
    let dots = rest.find("..").unwrap_or(rest.len());
    signs.min(dots)
}

fn is_inner(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.')
}

/// A number as it is written plainly: 12k, 12_000 and 1.2万 are the same.
fn number(word: &str) -> Option<String> {
    let digits =
        word.find(|sign: char| !sign.is_ascii_digit() && !matches!(sign, '_' | '.')).unwrap_or(word.len());
    let (digits, unit) = word.split_at(digits);
    let mut number: rust_decimal::Decimal = digits.replace('_', "").parse().ok()?;
    let scales = [
        ("k", 1_000),
        ("K", 1_000),
        ("M", 1_000_000),
        ("B", 1_000_000_000),
        ("万", 10_000),
        ("亿", 100_000_000),
    ];
    let mut unit = unit;
    for (sign, scale) in scales {
        if let Some(behind) = unit.strip_prefix(sign) {
            number = number.checked_mul(rust_decimal::Decimal::from(scale))?;
            unit = behind;
            break;
        }
    }
    let unit = if unit == "元" { " CNY" } else { unit };
    Some(format!("{}{unit}", number.normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let word = |word: &Word<'_>| if word.is_apart { " " } else { "" }.to_owned() + word.text;
        statements(text).iter().map(|said| said.iter().map(word).collect()).collect()
    }

    #[test]
    fn statements_are_read_word_by_word() {
        assert_eq!(read("action a \"b {\" { owner liu; with chen }"), ["owner liu", "with chen"]);
        assert_eq!(
            read("action a {\n  needs \"truck; red\", # first; second\n    \"say \\\" # one\"\n}"),
            ["needs \"truck; red\", \"say \\\" # one\""]
        );
        assert_eq!(read("action a { during 2026-01-12..2026-01-16 }"), ["during 2026-01-12..2026-01-16"]);
        assert_eq!(read("incentive a { visits -> 2 coins }"), ["visits -> 2 coins"]);
        assert_eq!(read("action a { }"), [""; 0]);
        assert_eq!(read("action a { \"open"), ["\"open"]);
    }

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        for same in ["12k", "12_000", "1.2万", "12000", "12000.0"] {
            assert_eq!(number(same).as_deref(), Some("12000"), "{same}");
        }
        assert_eq!(number("4万元").as_deref(), Some("40000 CNY"));
        assert_eq!(number("liu"), None);
    }
}
