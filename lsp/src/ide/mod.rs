//! What an editor shows of a plan, without a word of the protocol: functions from a compiled plan, a file of it and a byte
//! offset to plain structs, one file per feature.
//!
//! None of them reads a file or parses one again, and none fails: where there is nothing to say, there is nothing in the
//! answer. All ranges are bytes of the file's text.

mod amounts;
pub mod completion;
pub mod days;
mod english;
pub mod fixes;
pub mod folding;
pub mod format;
pub mod hints;
pub mod hover;
mod items;
pub mod lenses;
pub mod links;
mod matching;
pub mod names;
pub mod preview;
pub mod rename;
pub mod selection;
pub mod semantic_tokens;
pub mod spot;
pub mod symbols;
