//! Tests of what editors show.

// Clippy knows tests by their attribute, and not the functions that help them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod completion;
mod formatting;
mod outline;
mod plan;
mod prefixes;
mod speed;
mod tokens;
mod work;
