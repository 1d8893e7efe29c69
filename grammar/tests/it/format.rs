//! How files are written.

use milepost_grammar::{format, parse};

use crate::samples::{PLAN, meaning};

#[track_caller]
fn becomes(before: &str, after: &str) {
    assert_eq!(format(before), after);
    assert_eq!(format(after), after, "not settled");
    assert_eq!(meaning(before), meaning(after));
}

#[test]
fn the_sample_plan_is_without_errors() {
    let errors: Vec<_> = parse(PLAN).errors().map(|(at, error)| (at, error.clone())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    becomes(PLAN, &format(PLAN));
}
