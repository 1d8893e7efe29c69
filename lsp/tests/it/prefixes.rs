//! A plan that is being typed never makes anything fail.

use std::fs;
use std::path::{Path, PathBuf};

use milepost::compile::{Compilation, check};
use milepost::disk::DiskWorld;
use milepost_grammar::keyword::{KEYWORDS, WORDS};
use milepost_grammar::{HighlightKind, highlight};
use milepost_lsp::ide::completion::{Completion, complete, documentation};
use milepost_lsp::ide::fixes::{fix_all, fixes};
use milepost_lsp::ide::folding::folds;
use milepost_lsp::ide::format::format;
use milepost_lsp::ide::hints::hints;
use milepost_lsp::ide::hover::{explained, hover};
use milepost_lsp::ide::lenses::{lenses, title};
use milepost_lsp::ide::links::links;
use milepost_lsp::ide::names::{definition, references};
use milepost_lsp::ide::preview::{Wanted, preview};
use milepost_lsp::ide::rename::prepare;
use milepost_lsp::ide::selection::selection;
use milepost_lsp::ide::semantic_tokens::semantic_tokens;
use milepost_lsp::ide::symbols::{document_symbols, workspace_symbols};

use crate::plan::{FILE, compiled};

/// Every function about a whole file.
fn ask_all(compilation: &Compilation) -> usize {
    let text = &compilation.sources.file(FILE).text;
    let fits =
        |range: &std::ops::Range<usize>| assert!(text.get(range.clone()).is_some(), "{range:?} is no text");
    let tokens = semantic_tokens(compilation, FILE, None);
    tokens.iter().for_each(|token| fits(&token.range));
    for symbol in document_symbols(compilation, FILE) {
        fits(&symbol.range);
        assert!(symbol.range.start <= symbol.selection.start && symbol.selection.end <= symbol.range.end);
    }
    folds(compilation, FILE).iter().for_each(|fold| fits(&fold.range));
    links(compilation, FILE).iter().for_each(|link| fits(&link.range));
    let mut formatted = text.to_string();
    for edit in format(compilation, FILE).iter().rev() {
        formatted.replace_range(edit.range.clone(), &edit.text);
    }
    assert_eq!(formatted, milepost_grammar::format(text));
    for hint in hints(compilation, FILE, &(0..text.len())) {
        fits(&(hint.offset..hint.offset));
    }
    for lens in lenses(compilation, FILE) {
        fits(&lens.range);
        let _ = title(compilation, lens.goal);
    }
    for change in fixes(compilation, FILE, &(0..text.len())) {
        change.edits.iter().filter(|(spot, _)| spot.file == FILE).for_each(|(spot, _)| fits(&spot.range));
    }
    let uri = |_| Some("file:///a".to_owned());
    let _ = preview(compilation, FILE, text.len(), &Wanted::default(), &uri);
    fix_all(compilation, FILE).iter().for_each(|(range, _)| fits(range));
    tokens.len() + workspace_symbols(compilation, "a").len()
}

/// Every function at one place.
fn ask(compilation: &Compilation, offset: usize) -> usize {
    let text = &compilation.sources.file(FILE).text;
    let completions = complete(compilation, FILE, offset);
    for item in &completions.items {
        assert!(text.get(item.range.clone()).is_some(), "`{}` replaces no text", item.label);
        assert!(item.range.start <= offset && offset <= item.range.end, "`{}` is elsewhere", item.label);
    }
    for item in completions.items.iter().take(3) {
        let _ = documentation(compilation, item.about);
    }
    if let Some(shown) = hover(compilation, FILE, offset) {
        assert!(text.get(shown.range.clone()).is_some() && !shown.markdown.is_empty(), "{:?}", shown.range);
    }
    let _ = explained(compilation, FILE, offset);
    if let Some((here, _)) = definition(compilation, FILE, offset) {
        assert!(here.range.start <= offset && offset <= here.range.end, "{here:?} does not hold {offset}");
        assert!(
            references(compilation, FILE, offset, true).len()
                > references(compilation, FILE, offset, false).len()
        );
        assert_eq!(prepare(compilation, FILE, offset), Ok(here));
    }
    for range in selection(compilation, FILE, offset) {
        assert!(text.get(range.clone()).is_some(), "{range:?} is no text");
        assert!(range.start <= offset && offset <= range.end, "{range:?} does not hold {offset}");
    }
    completions.items.len()
}

fn plans(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            plans(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "plan") {
            found.push(path);
        }
    }
}

#[test]
fn every_prefix_of_every_example_is_answered() {
    let mut paths = Vec::new();
    plans(Path::new("../examples"), &mut paths);
    paths.sort();
    assert!(paths.len() >= 15, "the examples are elsewhere");
    let mut answers = 0;
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        // Long files at every so many characters, another one in each file.
        let step = (cuts.len() / 400).max(1);
        for cut in cuts.iter().copied().step_by(step) {
            let compilation = compiled(&text[..cut]);
            answers += ask(&compilation, cut) + ask_all(&compilation);
        }
        // The whole file, from everywhere in it, bytes inside characters too.
        let whole = compiled(&text);
        answers += ask_all(&whole);
        for offset in (0..text.len() + 3).step_by((text.len() / 2_000).max(1)) {
            if text.is_char_boundary(offset.min(text.len())) && offset <= text.len() {
                answers += ask(&whole, offset);
            } else {
                let _ = complete(&whole, FILE, offset);
                let _ = selection(&whole, FILE, offset);
            }
        }
    }
    assert!(answers > 10_000, "hardly anything was offered: {answers}");
}

/// How many words are offered where they stand, and which are not.
fn look_for_words(
    compilation: &Compilation,
    name: &str,
    kinds: &[HighlightKind],
    missed: &mut Vec<String>,
) -> usize {
    let text = &compilation.sources.file(FILE).text;
    let mut offered = 0;
    for word in highlight(text) {
        let written = &text[word.range.clone()];
        if !kinds.contains(&word.kind) {
            continue;
        }
        let line = text[..word.range.start].matches('\n').count();
        let line = text.lines().nth(line).unwrap().trim();
        // The parts of a split are named here for the first time, and `x0.5` is no name.
        if line.starts_with("split") || line.contains(" x0.") || line.contains(" x1.") {
            continue;
        }
        // Columns that are in no list of words, and a column that another statement has the word of.
        if line.contains("reason \"Loss Reason\"")
            || matches!(line, "retain 70%")
            || line.contains("retain \"Kept\"")
        {
            continue;
        }
        let items = complete(compilation, FILE, word.range.start).items;
        let stands = |item: &Completion| {
            let parts = item.label.split(['.', ' ']).chain(item.insert.split(' '));
            parts.into_iter().any(|part| part == written)
        };
        if items.iter().any(stands) {
            offered += 1;
        } else {
            missed.push(format!("{name}: `{written}` in `{line}`"));
        }
    }
    offered
}

/// The reference has every statement there is.
#[test]
fn every_word_of_the_reference_is_offered_where_it_stands() {
    let reference = fs::read_to_string("../grammar/README.md").unwrap();
    let (mut offered, mut missed) = (0, Vec::new());
    for (number, block) in reference.split("```plan\n").skip(1).enumerate() {
        let text = block.split("```").next().unwrap();
        // Most of its names are declared nowhere.
        let kinds = [HighlightKind::Keyword, HighlightKind::Word];
        offered += look_for_words(&compiled(text), &number.to_string(), &kinds, &mut missed);
    }
    println!("{offered} offered");
    assert!(missed.is_empty(), "{} missed\n{}", missed.len(), missed.join("\n"));
    assert!(offered > 300);
}

/// What stands in the examples is what is offered there: every word and name but those that are given anew.
#[test]
fn every_word_of_every_example_is_offered_where_it_stands() {
    let mut paths = Vec::new();
    plans(Path::new("../examples"), &mut paths);
    let (mut offered, mut missed) = (0, Vec::new());
    for path in paths {
        let folder = path.parent().unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let (world, root) = DiskWorld::open(folder.join(name).to_str().unwrap(), false).unwrap();
        let compilation = check(&world, &root, None);
        if compilation.plan.is_none() {
            continue; // it is included by another one
        }
        let kinds = [HighlightKind::Keyword, HighlightKind::Word, HighlightKind::Name];
        offered += look_for_words(&compilation, name, &kinds, &mut missed);
    }
    println!("{offered} offered");
    assert!(missed.is_empty(), "{} missed\n{}", missed.len(), missed.join("\n"));
    assert!(offered > 500);
}

#[test]
fn signs_beyond_ascii_are_whole() {
    let text = "plan p {\n  period 2026-06\n}\nteam 北区 \"😀 北\" {\n  person 李 \"李😀\"\n}\nobjective 目标 { owner 北，李；type ｛｝ }\n# 😀\n";
    for offset in 0..text.len() + 2 {
        let compilation = compiled(text);
        if text.is_char_boundary(offset) && offset <= text.len() {
            ask(&compilation, offset);
        } else {
            let _ = complete(&compilation, FILE, offset);
            let _ = selection(&compilation, FILE, offset);
        }
    }
}

/// Words in any order, among them what opens and never closes.
#[test]
fn soup_is_answered() {
    let mut words: Vec<&str> = KEYWORDS.iter().map(|keyword| keyword.word).collect();
    words.extend(WORDS.iter().map(|word| word.word));
    let signs = [
        "{",
        "}",
        "{",
        "}",
        "\n",
        "\n",
        "\r\n",
        "\r",
        ";",
        ",",
        ",\n",
        "\"",
        "\"a\"",
        "# c\n",
        "..",
        ".",
        "<-",
        "->",
        "-",
        "2026",
        "2026-",
        "2026-03",
        "2026-03-31",
        "40k",
        "5%",
        "¥",
        "=",
        ":",
        "北区",
        "😀",
        "｛",
        "｝",
        "；",
        "“",
        "\u{feff}",
        "\u{3000}",
        "x",
        "north",
        "north.x",
        "\0",
    ];
    let mut state = 1_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..800 {
        let mut text = String::from(if next(2) == 0 { "" } else { crate::plan::NAMES });
        for _ in 0..next(40) {
            text.push_str(if next(2) == 0 { words[next(words.len())] } else { signs[next(signs.len())] });
            if next(4) > 0 {
                text.push(' ');
            }
        }
        let compilation = compiled(&text);
        ask_all(&compilation);
        for _ in 0..4 {
            let offset = next(compilation.sources.file(FILE).text.len() + 1);
            if compilation.sources.file(FILE).text.is_char_boundary(offset) {
                ask(&compilation, offset);
            }
        }
        ask(&compilation, compilation.sources.file(FILE).text.len());
    }
}
