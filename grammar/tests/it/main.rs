//! The language from outside: text in, tree and text out.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test may fail

mod context;
mod cut;
mod editors;
mod fixtures;
mod format;
mod highlight;
mod keyword;
mod lines;
mod read;
mod readme;
mod samples;
mod soup;
mod source;
