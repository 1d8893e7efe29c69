//! Progress, to be read by people and by programs.

mod english;
pub mod json;
pub mod text;
