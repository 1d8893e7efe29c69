//! A: high enough that one must jump, low enough that one can reach it.

pub mod ceiling;
pub mod comparison;
pub mod coverage;
pub mod forecast;
pub mod growth;
pub mod history;
pub mod next_step;
pub mod open_deals;
pub mod over_assignment;
pub mod sandbagged;
pub mod too_late;

use crate::plan::{Baseline, History, KeyResult, Plan};
use crate::sources::Place;

/// A history of fewer periods says too little to judge growth by.
const LEAST_PERIODS: usize = 8;

/// The history that a key result is compared with and that says too little, with the statement.
fn too_little_history<'a>(plan: &'a Plan, goal: &KeyResult) -> Option<(&'a History, Place)> {
    let Some(Baseline::History(history, place)) = &goal.baseline else { return None };
    let history = &plan[*history];
    (history.entries.len() < LEAST_PERIODS && !history.spoilt).then_some((history, *place))
}
