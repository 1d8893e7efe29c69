//! What many key results ask for: who works when, and what the days weigh.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::dates::DateSpan;
use crate::exact::Exact;
use crate::expand::presence::Presences;
use crate::expand::weights::{DayWeights, Recipe};
use crate::plan::{Lag, MetricId, Plan, SpreadBy};

/// More sets of weights than this are not kept: a plan in which every goal has days of its own gains nothing.
const MOST_KEPT: usize = 1_000;

/// Who works when, and what days weigh; each worked out once, however many key results ask for it.
#[derive(Debug)]
pub struct Almanac {
    /// Who works when.
    pub presences: Presences,
    weights: Mutex<HashMap<Key, Arc<DayWeights>>>,
}

/// All that the weights of days depend on, within one plan.
#[derive(PartialEq, Eq, Hash, Debug)]
struct Key {
    metric: MetricId,
    lags: Vec<Lag>,
    spread: Option<SpreadBy>,
    front: Exact,
    window: DateSpan,
}

impl Almanac {
    /// Works out the days of everybody in the plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self { presences: Presences::new(plan), weights: Mutex::default() }
    }

    /// Forgets what days weigh, as when a metric or a history is another one now.
    pub(crate) fn forget_weights(&mut self) {
        self.weights = Mutex::default();
    }

    /// What the days of `window` weigh by `recipe`.
    #[must_use]
    pub fn weights(&self, recipe: &Recipe<'_>, window: DateSpan) -> Arc<DayWeights> {
        let key = Key {
            metric: recipe.metric,
            lags: recipe.lags.to_vec(),
            spread: recipe.spread.cloned(),
            front: recipe.front.clone(),
            window,
        };
        let mut kept = self.weights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(weights) = kept.get(&key) {
            return weights.clone();
        }
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        let weights = Arc::new(DayWeights::new(recipe, window));
        kept.insert(key, weights.clone());
        weights
    }
}
