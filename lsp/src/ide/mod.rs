//! What an editor shows of a plan, without a word of the protocol: functions from a compiled plan, a file of it and a byte
//! offset to plain structs, one file per feature.

pub mod days;
pub mod fixes;
pub mod hover;
pub mod names;
pub mod preview;
pub mod rename;
pub mod spot;
