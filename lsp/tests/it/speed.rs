//! A plan of 100,000 lines is no slower to write in.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use milepost_lsp::ide::completion::complete;
use milepost_lsp::ide::folding::folds;
use milepost_lsp::ide::hints::hints;
use milepost_lsp::ide::selection::selection;
use milepost_lsp::ide::semantic_tokens::semantic_tokens;
use milepost_lsp::ide::symbols::workspace_symbols;

use crate::plan::{FILE, NAMES, compiled};

/// The best of a few, so that what else runs does not matter.
fn best(mut what: impl FnMut()) -> Duration {
    let times = (0..5).map(|_| {
        let start = Instant::now();
        what();
        start.elapsed()
    });
    times.min().unwrap()
}

#[test]
fn requests_at_a_cursor_do_not_wait_for_the_file() {
    let mut text = NAMES.to_owned();
    for n in 0..10_000 {
        let _ = writeln!(
            text,
            "objective o{n} \"Goal {n}\" {{\n  owner liu\n  supports grow\n  key-result k {{\n    measure visits {n} by 2026-03-31\n    weight 2\n    owner chen\n  }}\n}}\n"
        );
    }
    assert!(text.lines().count() > 100_000);
    let compilation = compiled(&text);
    let most = Duration::from_millis(if cfg!(debug_assertions) { 60 } else { 10 });
    for place in ["measure visits 9990 by ", "owner", "supports ", "supports g", "key-result k {\n    "] {
        let offset = text.rfind(place).unwrap() + place.len();
        let near = offset.saturating_sub(2_000)..offset;
        let times = [
            best(|| drop(complete(&compilation, FILE, offset))),
            best(|| drop(selection(&compilation, FILE, offset))),
            best(|| drop(semantic_tokens(&compilation, FILE, Some(near.clone())))),
            best(|| drop(hints(&compilation, FILE, &near))),
        ];
        println!("{place:?}: {times:?}");
        assert!(times.iter().all(|time| *time < most), "{place}: {times:?}");
    }
    let found = best(|| drop(workspace_symbols(&compilation, "o99")));
    assert!(found < most, "{found:?}");
    let whole = best(|| {
        drop(folds(&compilation, FILE));
        drop(semantic_tokens(&compilation, FILE, None));
    });
    println!("whole: {whole:?}");
    assert!(whole < Duration::from_secs(3), "{whole:?}");
}

#[test]
fn a_long_item_is_no_matter() {
    let mut text = format!("{NAMES}history long of revenue {{\n");
    for n in 0..100_000 {
        let _ = writeln!(text, "  {}-{:02} {n}", 1900 + n / 12 % 300, n % 12 + 1);
    }
    text.push_str("  \n}\n");
    let compilation = compiled(&text);
    let offset = text.len() - 3;
    let most = Duration::from_millis(if cfg!(debug_assertions) { 60 } else { 10 });
    let times = [
        best(|| drop(complete(&compilation, FILE, offset))),
        best(|| drop(selection(&compilation, FILE, offset))),
    ];
    println!("{times:?}");
    assert!(times.iter().all(|time| *time < most), "{times:?}");
}

#[test]
fn many_braces_are_no_matter() {
    let mut team = format!("{NAMES}team many {{\n");
    for n in 0..100_000 {
        let _ = writeln!(team, "  person p{n} {{ role seller }}");
    }
    team.push_str("  \n}\n");
    // On one line, none of them closed.
    let line = format!("{NAMES}team x {{ {} ", "team y { person z { role ".repeat(5_000));
    for (text, most) in [(team, 10), (line, 60)] {
        let offset = text.len() - 3;
        let compilation = compiled(&text);
        let most = Duration::from_millis(if cfg!(debug_assertions) { most * 6 } else { most });
        let times = [
            best(|| drop(complete(&compilation, FILE, offset))),
            best(|| drop(selection(&compilation, FILE, offset))),
        ];
        println!("{times:?}");
        assert!(times.iter().all(|time| *time < most), "{times:?}");
    }
}
