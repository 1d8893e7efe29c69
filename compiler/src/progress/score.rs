//! What has been reached of a goal, as a number from 0 to 1.

use chrono::NaiveDate;
use dashu_base::Signed;
use milepost_grammar::ast::{Better, GoalType};

use crate::exact::{AboveZero, Exact, ratio, whole};
use crate::plan::{GoalRef, ObjectiveId, Plan};

use super::ObjectiveProgress;
use super::key_result::KeyResultProgress;

/// How good a score is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // as OKRs call them
pub enum Colour {
    Red,
    Amber,
    Green,
}

impl Colour {
    /// The colour of a score, rounded to one decimal first: to 0.3 red, to 0.6 amber, from 0.7 green.
    #[must_use]
    pub fn of(score: &Exact) -> Self {
        let rounded = rounded(score);
        if rounded <= ratio(3, 10) {
            Self::Red
        } else if rounded <= ratio(6, 10) {
            Self::Amber
        } else {
            Self::Green
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
        }
    }
}

/// A score to one decimal, half away from zero.
#[must_use]
pub fn rounded(score: &Exact) -> Exact {
    Exact::from((score * whole(10)).round()) / whole(10)
}

/// What a goal of that type is expected to score in the end.
#[must_use]
pub fn expected(goal_type: Option<GoalType>) -> Exact {
    match goal_type {
        Some(GoalType::Aspirational) => ratio(7, 10),
        Some(GoalType::Committed) | None => whole(1),
    }
}

/// How much of a target has been reached, before it is cut to 0–1. Of what is better lower, all as long as no more
/// than the target is used.
pub(super) fn of_flow(done: &Exact, target: &Exact, better: Better) -> Exact {
    match better {
        Better::Higher if target.is_zero() => whole(i64::from(!done.is_negative())),
        Better::Higher => done / target,
        Better::Lower if done <= target => whole(1),
        Better::Lower => target / done,
    }
}

/// How much of the way from one level to another has been made, before it is cut to 0–1.
pub(super) fn of_level(done: Option<&Exact>, from: &Exact, to: &Exact, better: Better) -> Exact {
    let Some(done) = done else { return whole(0) };
    if from != to {
        return (done - from) / (to - from);
    }
    let reached = match better {
        Better::Higher => done >= to,
        Better::Lower => done <= to,
    };
    whole(i64::from(reached))
}

/// Cut to 0–1.
pub(super) fn clamped(score: &Exact) -> Exact {
    if score.is_negative() { whole(0) } else { score.clone().min(whole(1)) }
}

/// Scores every objective: its key results and the objectives that support it, by weight. What was given up is out of
/// it, and so is what cannot be scored yet.
pub(super) fn objectives(
    plan: &Plan,
    key_results: &[KeyResultProgress],
    as_of: NaiveDate,
) -> Vec<ObjectiveProgress> {
    let count = plan.objectives.len();
    let mut supporters: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, objective) in plan.objectives.iter().enumerate() {
        for (goal, _) in &objective.supports {
            if let GoalRef::Objective(id) = goal
                && let Some(list) = supporters.get_mut(id.index())
            {
                list.push(index);
            }
        }
    }
    let mut scorer = Scorer { plan, key_results, as_of, supporters, scores: vec![State::Unknown; count] };
    let ids = (0..count).map(ObjectiveId::new);
    ids.map(|id| ObjectiveProgress {
        id,
        // What was given up is out of it, whatever supports it.
        score: scorer.score(id.index()).filter(|_| !is_dropped(plan, id, as_of)),
        dropped: is_dropped(plan, id, as_of),
    })
    .collect()
}

fn is_dropped(plan: &Plan, id: ObjectiveId, as_of: NaiveDate) -> bool {
    plan[id].dropped.as_ref().is_some_and(|dropped| dropped.by(as_of))
}

#[derive(Clone)]
enum State {
    Unknown,
    /// On the way; goals that support each other in a circle are an error, and count once.
    Open,
    Known(Option<Exact>),
}

struct Scorer<'a> {
    plan: &'a Plan,
    key_results: &'a [KeyResultProgress],
    as_of: NaiveDate,
    supporters: Vec<Vec<usize>>,
    scores: Vec<State>,
}

impl Scorer<'_> {
    fn score(&mut self, index: usize) -> Option<Exact> {
        match self.scores.get(index) {
            Some(State::Known(score)) => return score.clone(),
            Some(State::Open) | None => return None,
            Some(State::Unknown) => {}
        }
        self.set(index, State::Open);
        let id = ObjectiveId::new(index);
        let mut weights = whole(0);
        let mut sum = whole(0);
        let plan = self.plan;
        let mut add = |score: &Exact, weight: &Exact| {
            weights += weight;
            sum += score * weight;
        };
        for key_result in self.key_results {
            let goal = &plan[key_result.id];
            if goal.objective == id
                && let Some(score) = key_result.score.as_ref().filter(|_| !key_result.dropped)
            {
                add(score, &goal.weight);
            }
        }
        let supporters = self.supporters.get(index).cloned().unwrap_or_default();
        for supporter in supporters {
            let of = ObjectiveId::new(supporter);
            if is_dropped(plan, of, self.as_of) {
                continue;
            }
            if let Some(score) = self.score(supporter) {
                add(&score, &plan[of].weight);
            }
        }
        let score = weights.is_above_zero().then(|| sum / weights);
        self.set(index, State::Known(score.clone()));
        score
    }

    fn set(&mut self, index: usize, state: State) {
        if let Some(known) = self.scores.get_mut(index) {
            *known = state;
        }
    }
}
