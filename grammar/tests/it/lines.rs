//! Bytes, lines and columns.

use milepost_grammar::{LineIndex, Position};
use proptest::prelude::*;

const fn at(line: u32, column: u32) -> Position {
    Position { line, column }
}

#[test]
fn every_kind_of_line_end() {
    let text = "a\nb\r\nc\rd";
    let index = LineIndex::new(text);
    assert_eq!(index.lines(), 4);
    assert_eq!([0, 2, 5, 7].map(|byte| index.line(byte)), [0, 1, 2, 3]);
    assert_eq!((0..5).map(|line| index.start(line)).collect::<Vec<_>>(), [0, 2, 5, 7, 8]);
    // Within CRLF one is still on the line that it ends.
    assert_eq!(index.position(text, 4), at(1, 2));
    assert_eq!(index.offset(text, at(1, 99)), 3);
    assert_eq!(index.offset(text, at(99, 0)), text.len());
}

#[test]
fn characters_and_utf16() {
    let text = "x\n刘😀z";
    let index = LineIndex::new(text);
    let z = text.find('z').unwrap();
    assert_eq!(index.position(text, z), at(1, 2));
    assert_eq!(index.position_utf16(text, z), at(1, 3));
    assert_eq!(index.offset(text, at(1, 2)), z);
    assert_eq!(index.offset_utf16(text, at(1, 3)), z);
    // Half of a surrogate pair is the character it belongs to.
    assert_eq!(index.offset_utf16(text, at(1, 2)), z - 4);
    // A byte within a character likewise.
    assert_eq!(index.position(text, 3), at(1, 0));
}

#[test]
fn nothing_has_one_line() {
    let index = LineIndex::new("");
    assert_eq!(index.lines(), 1);
    assert_eq!(index.position("", 0), at(0, 0));
    assert_eq!(index.position("", 9), at(0, 0));
}

proptest! {
    #[test]
    fn there_and_back(text in "[a刘😀\r\n]{0,40}") {
        let index = LineIndex::new(&text);
        for (byte, c) in text.char_indices() {
            // A column behind CR of CRLF is the line's end as well.
            if matches!(c, '\n' | '\r') {
                continue;
            }
            prop_assert_eq!(index.offset(&text, index.position(&text, byte)), byte);
            prop_assert_eq!(index.offset_utf16(&text, index.position_utf16(&text, byte)), byte);
        }
    }
}
