//! Milepost: goals as plain text, checked and expanded into dated work.
//!
//! Text goes in through [`load`], becomes a [`plan::Plan`] in [`resolve`] and dated work in [`expand`]; everything
//! that is wrong or worth knowing on the way is a [`diagnostic::Diagnostic`]. The library reads no file and knows
//! no clock: a [`world::World`] brings files. The command line behind the feature `cli` is the only part that
//! touches the terminal and writes; [`disk`] and [`git`], behind the feature `disk`, read files for it and for the language server.

pub mod calendar;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compile;
pub mod dated;
pub mod dates;
pub mod diagnostic;
pub mod diff;
#[cfg(feature = "disk")]
pub mod disk;
pub mod emit;
pub mod english;
pub mod exact;
pub mod expand;
pub mod explain;
#[cfg(feature = "disk")]
pub mod git;
pub mod harmless;
pub mod incremental;
pub mod ledger;
pub mod load;
pub mod message;
pub mod noun;
pub mod page;
pub mod pages;
#[cfg(feature = "disk")]
mod pattern;
pub mod pipeline;
pub mod plan;
pub mod progress;
pub mod remark;
#[cfg(feature = "cli")]
pub mod render;
pub mod resolve;
pub mod set;
pub mod show;
pub mod sources;
pub mod spoilt;
pub mod status;
pub mod table;
pub mod world;
