//! The cascade, to be read: goals, what they take, who does how much of it and when.
//!
//! A [`View`] is made from a plan and its dated work; it says what is shown, most important first, and knows
//! nothing of columns. [`text::write`] lays it out for a terminal of any width.

mod amounts;
mod change;
pub mod english;
mod pace;
mod pipeline;
mod rung;
mod table;
pub mod text;
mod view;

pub use crate::page::Label;
pub use crate::page::{Column, Head, Row, Rows, Table};
pub use change::{Change, changes};
pub use pace::Pace;
pub use pipeline::PipelineView;
pub use rung::{Ahead, Rung};
pub use view::{KeyResultView, ObjectiveView, View};
