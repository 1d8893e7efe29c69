//! What editors show, and the language server as editors meet it: the real binary, over its standard input and output.

// Clippy knows tests by their attribute, and not the functions that help them.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod client;
mod compared;
mod completion;
mod diagnostics;
mod formatting;
mod navigation;
mod outline;
mod plan;
mod prefixes;
mod recorded;
mod requests;
mod shown;
mod speed;
mod tokens;
mod wire;
mod work;
