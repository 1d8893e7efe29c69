//! Bytes that are text, and bytes that are none.

use milepost_grammar::{Source, SourceError, parse};

#[test]
fn text_is_taken_as_it_is() {
    let bytes = "\u{feff}plan p { }\r\n".as_bytes();
    let source = Source::from_bytes(bytes).unwrap();
    assert_eq!(source.text().as_bytes(), bytes);
    assert_eq!(parse(source.text()).errors().count(), 0);
    assert_eq!(source.into_text().len(), bytes.len());
}

#[test]
fn what_is_no_text_says_where() {
    let error = Source::from_bytes(b"plan \xff").unwrap_err();
    assert_eq!(error, SourceError::NotUtf8 { at: 5 });
    assert_eq!((error.code(), error.at()), ("text::not-utf8", 5));
    assert_eq!(error.to_string(), "the file is not UTF-8 text: byte 5 does not fit");
    let error = Source::from_bytes(b"plan\0").unwrap_err();
    assert_eq!(error, SourceError::Nul { at: 4 });
    assert_eq!(error.to_string(), "the file is not text: byte 4 is NUL");
    assert!(Source::from_bytes(b"").is_ok());
}
