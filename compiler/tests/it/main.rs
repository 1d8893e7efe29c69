//! Tests of the compiler from the outside.

mod built;
mod calendars;
mod fixtures;
mod outputs;
mod section6;
