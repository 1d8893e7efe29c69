//! The language from outside: text in, tree and text out.

mod fixtures;
mod format;
mod samples;
mod soup;
