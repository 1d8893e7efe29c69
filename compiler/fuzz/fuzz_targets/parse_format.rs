//! Any text: parsing and formatting.
//!
//! Parsing finds every item again by itself, and all its places lie between characters of the text. Formatting changes
//! no meaning, and a second time nothing.
#![no_main]

use std::ops::Range;

use libfuzzer_sys::fuzz_target;
use milepost_grammar::{LineIndex, Source, format, highlight, parse, parse_item, parse_override, split};

#[path = "../../../grammar/tests/it/samples.rs"]
#[allow(dead_code)]
mod samples;

use samples::meaning;

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = Source::from_bytes(bytes) {
        assert!(error.at() < bytes.len() && !error.to_string().is_empty());
    }
    let text = String::from_utf8_lossy(bytes);
    places(&text);

    let once = format(&text);
    assert_eq!(meaning(&once), meaning(&text), "formatting changed the meaning:\n{once}");
    assert_eq!(format(&once), once, "formatting does not settle");

    if let Some(line) = text.lines().next() {
        if let Err(error) = parse_override(line) {
            assert!(line.get(error.span.at(0)).is_some(), "{error:?}");
        }
    }
});

fn places(text: &str) {
    let lies = |range: Range<usize>| assert!(text.get(range.clone()).is_some(), "{range:?}");
    let items = split(text);
    assert!(items.windows(2).all(|pair| pair[0].end <= pair[1].start), "{items:?}");
    let lines = LineIndex::new(text);
    for parsed in &parse(text).items {
        let range = parsed.offset..parsed.offset + parsed.item.len;
        lies(range.clone());
        let own = &text[range];
        assert_eq!(parse_item(own), *parsed.item);
        for span in spans(&format!("{:?}", parsed.item.declaration)) {
            assert!(own.get(span.clone()).is_some(), "{span:?} in {own:?}");
        }
        for error in &parsed.item.errors {
            lies(error.span.at(parsed.offset));
            assert!(!error.message.text().is_empty());
            let _ = lines.position(text, error.span.at(parsed.offset).start);
            if let Some(fix) = &error.fix {
                lies(fix.span.at(parsed.offset));
            }
        }
    }
    let mut end = 0;
    for piece in highlight(text) {
        lies(piece.range.clone());
        assert!(end <= piece.range.start);
        end = piece.range.end;
    }
}

/// The spans that a tree's debug text shows as `span: 1..2`.
fn spans(debug: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    debug.split("span: ").skip(1).filter_map(|rest| {
        let rest = &rest[..rest.find(|sign: char| !sign.is_ascii_digit() && sign != '.')?];
        let (start, end) = rest.split_once("..")?;
        Some(start.parse().ok()?..end.parse().ok()?)
    })
}
