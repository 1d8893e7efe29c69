//! Formats a file.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    print!("{}", milepost_grammar::format(&text));
}
