//! Objectives, and what key results say as they do.

use std::collections::HashMap;

use milepost_grammar::ast::{GoalStatement, GoalType, KeyResultStatement, ObjectiveStatement, Path};

use super::Resolver;
use super::declare::{Declarations, DeclaredObjective};
use super::names::plain;
use super::once::Once;
use crate::dates::DateSpan;
use crate::exact::{Exact, exact};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{CheckIn, Dropped, GoalRef, GoalTexts, Holder, KeyResultId, Objective};
use crate::sources::Place;

/// What objectives and key results both say.
#[derive(Clone, Debug, Default)]
pub(super) struct Goal {
    pub(super) owners: Option<Vec<Holder>>,
    pub(super) goal_type: Option<GoalType>,
    pub(super) supports: Vec<(GoalRef, Place)>,
    pub(super) during: Option<(DateSpan, Place)>,
    pub(super) texts: GoalTexts,
    pub(super) weight: Option<Exact>,
    pub(super) priority: Option<u32>,
    pub(super) dropped: Option<Dropped>,
    pub(super) check_ins: Vec<CheckIn>,
}

impl Resolver<'_> {
    pub(super) fn goals(&mut self, declared: &Declarations<'_>) {
        for objective in &declared.objectives {
            self.enter(objective.at);
            self.objective(objective);
        }
    }

    fn objective(&mut self, declared: &DeclaredObjective<'_>) {
        let tree = declared.tree;
        let goal = self.goal(tree.body.iter().filter_map(|statement| match statement {
            ObjectiveStatement::Goal(goal) => Some(goal),
            ObjectiveStatement::KeyResult(_) | ObjectiveStatement::Broken(_) => None,
        }));
        let period = self.plan_period();
        if declared.kept {
            self.made.objectives.push(Objective {
                name: plain(&tree.name),
                title: tree.title.as_ref().map(|title| title.value.clone()),
                place: self.place(tree.name.span),
                during: goal.during.map_or(period, |(during, _)| during),
                during_place: goal.during.map(|(_, place)| place),
                texts: goal.texts.clone(),
                owners: goal.owners.clone().unwrap_or_default(),
                goal_type: goal.goal_type,
                supports: goal.supports.clone(),
                weight: goal.weight.clone().unwrap_or(Exact::ONE),
                priority: goal.priority,
                dropped: goal.dropped.clone(),
                check_ins: goal.check_ins.clone(),
                key_results: Vec::new(),
                blocks: declared.key_results.iter().map(|(block, _)| self.place(block.span)).collect(),
            });
            for statement in &tree.body {
                if let ObjectiveStatement::Goal(GoalStatement::Smart(smart)) = statement {
                    self.smart(smart, Some(GoalRef::Objective(declared.id)));
                }
            }
        }
        for (key_result, kept) in &declared.key_results {
            let resolved = self.key_result(key_result, declared.id, &goal);
            if *kept {
                let id = KeyResultId::new(self.base.key_results + self.made.key_results.len());
                self.made.key_results.push(resolved);
                for statement in &key_result.body {
                    if let KeyResultStatement::Goal(GoalStatement::Smart(smart)) = statement {
                        self.smart(smart, Some(GoalRef::KeyResult(id)));
                    }
                }
                let index = declared.id.index().checked_sub(self.base.objectives);
                if let Some(objective) = index.and_then(|index| self.made.objectives.get_mut(index)) {
                    objective.key_results.push(id);
                }
            }
        }
    }

    /// The plan's period, or any day where there is none to plan.
    pub(super) fn plan_period(&self) -> DateSpan {
        self.period.unwrap_or(self.plan.period)
    }

    /// What goal statements say.
    pub(super) fn goal<'a>(&mut self, statements: impl Iterator<Item = &'a GoalStatement>) -> Goal {
        let mut owners = Once::default();
        let mut goal_type = Once::default();
        let mut supports = Once::default();
        let mut during = Once::default();
        let mut weight = Once::default();
        let mut priority = Once::default();
        let mut dropped = Once::default();
        let mut texts = GoalTexts::default();
        let mut check_ins = Vec::new();
        for statement in statements {
            match statement {
                GoalStatement::Owner(names, span) => {
                    let found = self.find_holders(names);
                    owners.set(self, "owner", found, *span);
                }
                GoalStatement::Type(said) => goal_type.set(self, "type", said.value, said.span),
                GoalStatement::Supports(paths, span) => {
                    let found = self.supports(paths);
                    supports.set(self, "supports", found, *span);
                }
                GoalStatement::During(range) => {
                    let days = self.span(range).and_then(|days| {
                        self.inside_plan(days, range.span);
                        days.intersect(&self.plan_period())
                    });
                    let days = days.map(|days| (days, self.place(range.span)));
                    during.set(self, "during", days, range.span);
                }
                GoalStatement::Why(text) => texts.why.push(text.value.clone()),
                GoalStatement::Assume(text) => texts.assume.push(text.value.clone()),
                GoalStatement::Obstacle(text) => texts.obstacles.push(text.value.clone()),
                GoalStatement::Scope(text) => texts.scope.push(text.value.clone()),
                GoalStatement::Weight(number) => weight.set(self, "weight", exact(number.value), number.span),
                GoalStatement::Priority(said) => priority.set(self, "priority", said.value, said.span),
                GoalStatement::Dropped { on, why, span } => {
                    let value = self.dropped(on, why.as_ref(), *span);
                    dropped.set(self, "dropped", value, *span);
                }
                GoalStatement::CheckIn(said) => check_ins.push(self.check_in(said)),
                // Whose it is is known where the goal has its place in the plan.
                GoalStatement::Smart(_) => {}
            }
        }
        check_ins.sort_by_key(|check_in: &CheckIn| check_in.on);
        Goal {
            owners: owners.value(),
            goal_type: goal_type.value(),
            supports: supports.value().unwrap_or_default(),
            during: during.value().flatten(),
            texts,
            weight: weight.value(),
            priority: priority.value(),
            dropped: dropped.value(),
            check_ins,
        }
    }

    fn supports(&mut self, paths: &[Path]) -> Vec<(GoalRef, Place)> {
        let mut found = Vec::with_capacity(paths.len());
        let mut seen = HashMap::new();
        for path in paths {
            let Some(goal) = self.find_goal(path) else { continue };
            match seen.insert(goal, path.span) {
                None => found.push((goal, self.place(path.span))),
                Some(first) => self.twice(Message::NamedTwice { name: path.dotted() }, path.span, first),
            }
        }
        found
    }

    /// The objective, or the key result of one, that a path names.
    pub(super) fn find_goal(&mut self, path: &Path) -> Option<GoalRef> {
        let (objective, rest) = path.parts.split_first()?;
        let id = self.find_objective(objective)?;
        let key_result = match rest {
            [] => return Some(GoalRef::Objective(id)),
            [key_result] => key_result,
            _ => {
                self.say(Message::GoalPath { found: path.dotted() }, path.span);
                return None;
            }
        };
        let table = self.names.of_objective(id);
        if let Some((index, target)) =
            table.and_then(|table| table.get(&key_result.value)).map(|entry| (entry.index, entry.place))
        {
            self.refer(key_result.span, target);
            return Some(GoalRef::KeyResult(KeyResultId::new(index)));
        }
        let entries = table.map(super::names::Table::entries).unwrap_or_default();
        let near = self.suggester.nearest(&key_result.value, entries);
        let place = Place::new(self.item, key_result.span);
        let mut diagnostic = super::unknown(Noun::KeyResult, &key_result.value, near, place);
        if let Some(objective) = self.names.objectives.get(&objective.value) {
            let label = Message::DeclaredHere { noun: Noun::Objective, name: objective.name.clone() };
            diagnostic = diagnostic.label(objective.place, label);
        }
        self.push(diagnostic);
        self.missed();
        None
    }
}
