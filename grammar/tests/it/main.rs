//! The language from outside: text in, tree and text out.

mod format;
mod samples;
mod soup;
