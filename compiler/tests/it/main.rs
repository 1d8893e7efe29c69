//! Tests of the compiler from the outside.

// Clippy knows tests by their attribute, and not the functions that help them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod built;
mod calendars;
mod check;
mod fixtures;
mod fmt;
mod outputs;
mod reference;
mod section6;
