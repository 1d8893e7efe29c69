//! The files that editors colour plans by, made from the list of keywords and the templates beside this file.
//!
//! Each editor's file knows which words may open a statement of which block, and which words have a meaning inside
//! which statement, as [`milepost_grammar::highlight`] does. The files are compared byte for byte; `UPDATE_EXPECT=1`
//! writes them.

mod emacs;
mod kate;
mod snippets;
mod textmate;
mod vim;

use std::fs;
use std::path::Path;

use milepost_grammar::keyword::{Block, Keyword, WORDS, of_block};

/// Keywords of one block whose statements are coloured alike.
struct Group {
    words: Vec<&'static str>,
    opens: Option<Block>,
    /// Whether the word behind the keyword is the name of something new.
    declares: bool,
    /// Whether it is coloured as a declaration rather than a statement.
    heads: bool,
    /// The words with a meaning inside the statement.
    inner: Vec<&'static str>,
}

/// The keywords of `block`, grouped, in the order of the list.
fn groups(block: Block) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut seen = Vec::new();
    for keyword in of_block(block) {
        // The first of two with the same word is the one that the language takes.
        if seen.contains(&keyword.word) {
            continue;
        }
        seen.push(keyword.word);
        let inner = inner_words(keyword.word);
        let same = groups.iter_mut().find(|group| {
            group.opens == keyword.opens && group.declares == declares(keyword) && group.inner == inner
        });
        match same {
            Some(group) => group.words.push(keyword.word),
            None => groups.push(Group {
                words: vec![keyword.word],
                opens: keyword.opens,
                declares: declares(keyword),
                heads: heads(keyword, block),
                inner,
            }),
        }
    }
    for group in &mut groups {
        longest_first(&mut group.words);
    }
    groups
}

/// Whether the word opens a declaration: something at the top level, or something that has a name.
fn heads(keyword: &Keyword, block: Block) -> bool {
    declares(keyword) || block == Block::File && keyword.opens.is_some()
}

fn declares(keyword: &Keyword) -> bool {
    keyword.opens.is_some() && keyword.form.starts_with(&format!("{} NAME", keyword.word))
}

/// The words with a meaning in statements that begin with `keyword`; `""` for lines that begin with none.
fn inner_words(keyword: &str) -> Vec<&'static str> {
    let mut words: Vec<&str> =
        WORDS.iter().filter(|word| word.after.contains(&keyword)).map(|word| word.word).collect();
    longest_first(&mut words);
    words
}

/// All words that have a meaning inside some statement, so that none of them is taken for a unit.
fn all_inner_words() -> Vec<&'static str> {
    let mut words: Vec<&str> = WORDS.iter().map(|word| word.word).collect();
    longest_first(&mut words);
    words
}

/// What a line of `block` that begins with no keyword opens.
fn entry_opens(block: Block) -> Option<Block> {
    (block == Block::Accounts).then_some(Block::Account)
}

/// Long words first, so that `key-result` is found before `key`; each once.
fn longest_first(words: &mut Vec<&'static str>) {
    words.sort_by_key(|word| (usize::MAX - word.len(), *word));
    words.dedup();
}

/// What a block is called in the files, `key-result`.
fn slug(block: Option<Block>) -> String {
    let Some(block) = block else { return "any".to_owned() };
    let mut slug = String::new();
    for c in format!("{block:?}").chars() {
        if c.is_uppercase() && !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(c.to_lowercase());
    }
    slug
}

/// A template with its places filled in; a place is a name between two `@`.
fn filled(template: &str, places: &[(&str, &str)]) -> String {
    let mut text = template.to_owned();
    for (place, value) in places {
        let place = format!("@{place}@");
        assert!(text.contains(&place), "the template has no {place}");
        text = text.replace(&place, value);
    }
    text
}

/// A JSON string.
fn json(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn expect(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../editors").join(path);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        return;
    }
    let found = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == text, "editors/{path} is not what the keywords make; UPDATE_EXPECT=1 writes it");
}

#[test]
fn textmate_grammar_is_made_from_the_keywords() {
    expect("vscode/syntaxes/milepost.tmLanguage.json", &textmate::grammar());
}

#[test]
fn snippets_are_made_from_the_keywords() {
    expect("vscode/snippets/milepost.json", &snippets::snippets());
}

#[test]
fn vim_syntax_is_made_from_the_keywords() {
    expect("neovim/syntax/milepost.vim", &vim::syntax());
}

#[test]
fn emacs_mode_is_made_from_the_keywords() {
    expect("emacs/milepost-mode.el", &emacs::mode());
}

#[test]
fn kate_syntax_is_made_from_the_keywords() {
    expect("kate/milepost.xml", &kate::syntax());
}
