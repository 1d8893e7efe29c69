//! Tests of the compiler from the outside.

mod built;
mod calendars;
mod check;
mod fixtures;
mod fmt;
mod outputs;
mod section6;
