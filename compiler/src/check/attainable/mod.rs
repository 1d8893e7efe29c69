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

/// A history of fewer periods says too little to judge growth by.
const LEAST_PERIODS: usize = 8;

/// The history that a key result is compared with.
fn history<'a>(plan: &'a Plan, goal: &KeyResult) -> Option<&'a History> {
    match &goal.baseline {
        Some(Baseline::History(history, _)) => Some(&plan[*history]),
        _ => None,
    }
}

/// Whether a key result is compared with a history that says too little.
fn has_too_little_history(plan: &Plan, goal: &KeyResult) -> bool {
    history(plan, goal).is_some_and(|history| history.entries.len() < LEAST_PERIODS && !history.spoilt)
}
