//! The dated plan as bytes: tables and calendars.

pub mod cell;
pub mod csv;
pub mod diagnostics;
pub mod file_names;
pub mod ics;
pub mod json;
mod next_step;
pub mod pipeline;
pub mod previous;
pub mod uid;
