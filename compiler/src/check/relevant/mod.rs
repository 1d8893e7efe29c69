//! R: what a goal serves, and what leads to it.

pub mod activity;
pub mod common_measure;
pub mod ends_earlier;
pub mod outcome;
pub mod parts;
pub mod supports;
