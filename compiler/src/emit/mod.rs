//! The dated plan as bytes, tables and calendars, and messages for services.

pub mod cell;
pub mod csv;
pub mod diagnostics;
pub mod file_names;
pub mod finding;
pub mod github;
pub mod gitlab;
pub mod ics;
pub mod json;
mod next_step;
pub mod pipeline;
pub(crate) mod plain_json;
pub mod previous;
pub mod sarif;
pub mod uid;
