//! Tests of the compiler from the outside.

// Clippy knows tests by their attribute, and not the functions that help them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod built;
mod calendars;
mod check;
mod completions;
mod deals;
mod diagnostics;
mod diff;
mod diff_command;
mod examples;
mod explain;
mod fixtures;
mod fmt;
mod git;
mod incremental;
mod json;
mod keep_going;
mod new;
mod outputs;
mod pipeline;
mod played_quarter;
mod properties;
mod reference;
mod replan;
mod reviews;
mod section6;
mod show;
mod smart;
mod status;
mod tables;
mod updates;
mod watch;
