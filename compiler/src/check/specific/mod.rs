//! S: who, what, for whom and where.

pub mod owner;
pub mod scope;
pub mod wish;

use crate::plan::{GoalRef, KeyResult, KeyResultId, Objective, ObjectiveId};
use crate::sources::Place;

use super::subject::Subject;

/// A goal that lacks something: all key results of an objective are told of together.
pub(super) struct Lacking {
    /// What a waiver may name.
    about: Vec<GoalRef>,
    /// The key result, or the objective of several.
    goal: GoalRef,
    /// How many key results.
    count: usize,
    /// The name of the goal.
    place: Place,
    /// Where a statement about it can be written.
    insert: Option<Place>,
}

/// The goals that lack what `has` looks for; an objective without key results is not looked at.
pub(super) fn lacking<'a>(
    subject: &'a Subject<'_>,
    has: impl Fn(&KeyResult) -> bool + 'a,
) -> impl Iterator<Item = Lacking> + 'a {
    subject.objectives().flat_map(move |(id, objective)| {
        let kept: Vec<(KeyResultId, &KeyResult)> = subject.goals_of(objective).collect();
        let lacking: Vec<(KeyResultId, &KeyResult)> =
            kept.iter().filter(|(_, goal)| !has(goal)).copied().collect();
        if lacking.len() > 1 && lacking.len() == kept.len() {
            vec![whole(id, objective, &lacking)]
        } else {
            lacking.into_iter().map(one).collect()
        }
    })
}

fn whole(id: ObjectiveId, objective: &Objective, lacking: &[(KeyResultId, &KeyResult)]) -> Lacking {
    let goal = GoalRef::Objective(id);
    let key_results = lacking.iter().map(|(id, _)| GoalRef::KeyResult(*id));
    Lacking {
        about: std::iter::once(goal).chain(key_results).collect(),
        goal,
        count: lacking.len(),
        place: objective.place,
        insert: objective.blocks.first().copied(),
    }
}

fn one((id, key_result): (KeyResultId, &KeyResult)) -> Lacking {
    let goal = GoalRef::KeyResult(id);
    Lacking { about: vec![goal], goal, count: 1, place: key_result.place, insert: key_result.statement() }
}
