//! What the fuzz targets share: files made from an input, and everything that is made of a plan.

pub mod before;
pub mod files;
pub mod outputs;
pub mod places;
pub mod rows;
