//! The language server as editors meet it: the real binary, over its standard input and output.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

mod client;
mod diagnostics;
mod navigation;
mod shown;
mod wire;
