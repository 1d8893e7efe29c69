//! Goals that support each other in a circle.

use super::Resolver;
use super::cycle::{self, Graph};
use crate::diagnostic::{Diagnostic, Stage};
use crate::message::Message;
use crate::plan::{GoalRef, KeyResultId, ObjectiveId};
use crate::sources::Place;

impl Resolver<'_> {
    /// A goal's score is made of its key results and of what supports it: a goal that supports itself on the way
    /// has none. The `supports` that closes the circle is left out.
    pub(super) fn support_cycles(&mut self) {
        let supports = self.plan.objectives.iter().any(|objective| !objective.supports.is_empty())
            || self.plan.key_results.iter().any(|key_result| !key_result.supports.is_empty());
        if !supports {
            return;
        }
        self.diagnostics.enter(Stage::Circles, self.item);
        let objectives = self.plan.objectives.len();
        let node = |goal: GoalRef| match goal {
            GoalRef::Objective(id) => id.index(),
            GoalRef::KeyResult(id) => objectives + id.index(),
        };
        let mut graph: Graph<Option<Place>> = Graph::new(objectives + self.plan.key_results.len());
        for (index, key_result) in self.plan.key_results.iter().enumerate() {
            graph.edge(objectives + index, key_result.objective.index(), None);
            for (goal, place) in &key_result.supports {
                graph.edge(objectives + index, node(*goal), Some(*place));
            }
        }
        for (index, objective) in self.plan.objectives.iter().enumerate() {
            for (goal, place) in &objective.supports {
                graph.edge(index, node(*goal), Some(*place));
            }
        }
        for found in cycle::closing_edges(&graph) {
            let goal = |node: usize| match node.checked_sub(objectives) {
                None => GoalRef::Objective(ObjectiveId::new(node)),
                Some(key_result) => GoalRef::KeyResult(KeyResultId::new(key_result)),
            };
            let goals: Vec<GoalRef> = found.nodes.iter().map(|node| goal(*node)).collect();
            // A circle always holds a `supports`; the edge that closes it may be that of a key result to its
            // objective, which nobody wrote.
            let Some(place) = found.by.or_else(|| self.support_within(&goals)) else { continue };
            let path = goals.iter().map(|goal| self.goal_name(*goal)).collect();
            self.push(Diagnostic::new(Message::SupportCycle { path }, place));
            for objective in &mut self.plan.objectives {
                objective.supports.retain(|(_, other)| *other != place);
            }
            for key_result in &mut self.plan.key_results {
                key_result.supports.retain(|(_, other)| *other != place);
            }
        }
    }

    /// The last `supports` that leads from one of `goals` to the next.
    fn support_within(&self, goals: &[GoalRef]) -> Option<Place> {
        let steps = goals.iter().zip(goals.iter().skip(1));
        steps.rev().find_map(|(from, to)| {
            let supports = match from {
                GoalRef::Objective(id) => &self.plan.objectives.get(id.index())?.supports,
                GoalRef::KeyResult(id) => &self.plan.key_results.get(id.index())?.supports,
            };
            supports.iter().find(|(goal, _)| goal == to).map(|(_, place)| *place)
        })
    }

    /// The path of a goal.
    pub(super) fn goal_name(&self, goal: GoalRef) -> String {
        let objective = |id: ObjectiveId| {
            self.plan.objectives.get(id.index()).map(|objective| objective.name.clone()).unwrap_or_default()
        };
        match goal {
            GoalRef::Objective(id) => objective(id),
            GoalRef::KeyResult(id) => match self.plan.key_results.get(id.index()) {
                Some(key_result) => format!("{}.{}", objective(key_result.objective), key_result.name),
                None => String::new(),
            },
        }
    }
}
