//! The Milepost plan language: text in, tree out, text back.
//!
//! [`parse()`] reads a whole file and never fails: a statement that cannot be read becomes an error and a
//! `Broken` node, and everything around it keeps its meaning. [`split()`] cuts a file into top-level items and
//! [`parse_item`] reads one of them; spans are relative to the item, so that an editor re-reads only what was
//! touched. [`format()`] writes a file the way everybody writes it.
#![forbid(unsafe_code)]

pub mod ast;
mod context;
mod cut;
mod english;
mod error;
mod format;
mod highlight;
pub mod keyword;
mod line_index;
mod message;
mod parse;
pub mod reference;
mod scan;
mod source;
mod span;
mod split;
mod token;

pub use context::{Context, Open, closing, context};
pub use cut::{Cut, Edit, Recut};
pub use error::{Fix, SyntaxError};
pub use format::format;
pub use highlight::{Highlight, HighlightKind, highlight};
pub use line_index::{LineIndex, Position};
pub use message::{Expected, Found, Message};
pub use parse::{Item, Moment, Parse, ParsedItem, moment, number, parse, parse_item, parse_override};
pub use source::{Source, SourceError};
pub use span::{Span, Spanned};
pub use split::split;
pub use token::{Token, TokenKind, is_name, tokens};
