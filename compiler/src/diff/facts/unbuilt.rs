//! Declarations whose meaning is not built: what is compared is their text, whichever way it is written.

use milepost_grammar::ast::Declaration;
use milepost_grammar::{Span, TokenKind, number, tokens};

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
            let is_name = word.kind == TokenKind::Name;
            let shown = if is_name { self.renamed.word(word.text) } else { word.text.into() };
            same.push_str(&word.same(&shown));
            if index == 0 {
                of.push_str(&shown);
            } else if let (Ok(day), TokenKind::Number) = (shown.parse(), word.kind) {
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

/// A word or sign of a statement; a path is one word.
#[derive(Clone)]
struct Word<'t> {
    text: &'t str,
    kind: TokenKind,
    /// Whether there is a gap before it.
    is_apart: bool,
}

impl Word<'_> {
    /// What is the same however it is written, with the gap before it: 12k, 12_000 and 1.2万 are.
    fn same(&self, shown: &str) -> String {
        let gap = if self.is_apart { " " } else { "" };
        match self.kind {
            TokenKind::Number => {
                let plain = number(self.text).map(|number| number.normalize().to_string());
                format!("{gap}{}", plain.as_deref().unwrap_or(shown))
            }
            _ if shown == "元" => " CNY".to_owned(),
            _ => format!("{gap}{shown}"),
        }
    }
}

/// The statements between the braces of a declaration, word by word, without comments.
fn statements(text: &str) -> Vec<Vec<Word<'_>>> {
    let mut statements: Vec<Vec<Word<'_>>> = vec![Vec::new()];
    let mut depth = 0_usize;
    // Where the last word begins.
    let mut start = 0;
    for token in tokens(text) {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        let statement = statements.last_mut();
        // A list goes on behind a comma.
        let goes_on =
            || statement.as_ref().is_some_and(|said| said.last().is_some_and(|last| last.text == ","));
        match token.kind {
            TokenKind::Comment => {}
            TokenKind::Open if depth == 1 => {}
            _ if depth == 0 => {}
            TokenKind::LineEnd if depth == 1 && goes_on() => {}
            TokenKind::Semicolon | TokenKind::LineEnd if depth == 1 => statements.push(Vec::new()),
            TokenKind::LineEnd => {}
            kind => {
                let Some(statement) = statement else { continue };
                let goes_with = matches!(kind, TokenKind::Name | TokenKind::Dot) && token.glued;
                match statement.last_mut().filter(|last| goes_with && last.kind == TokenKind::Name) {
                    Some(last) => last.text = text.get(start..token.range.end).unwrap_or_default(),
                    None => {
                        start = token.range.start;
                        let is_apart = !token.glued && !statement.is_empty();
                        let word = text.get(token.range).unwrap_or_default();
                        statement.push(Word { text: word, kind, is_apart });
                    }
                }
            }
        }
    }
    statements.retain(|statement| !statement.is_empty());
    statements
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
        let same = |amount: &str| -> String {
            let text = format!("action a {{ budget {amount} }}");
            statements(&text).concat().iter().map(|word| word.same(word.text)).collect()
        };
        for amount in ["12k", "12_000", "1.2万", "12000", "12000.0"] {
            assert_eq!(same(amount), "budget 12000", "{amount}");
        }
        assert_eq!(same("4万元"), "budget 40000 CNY");
        assert_eq!(same("liu"), "budget liu");
    }
}
