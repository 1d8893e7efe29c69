//! What the checks look at.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use milepost_grammar::ast::Better;

use crate::diagnostic::{Diagnostic, Severity};
use crate::exact::Exact;
use crate::expand::{Almanac, Depth, KeyResultPlan, expand_key_result};
use crate::pipeline;
use crate::plan::{
    Baseline, Check, GoalRef, KeyResult, KeyResultId, Limits, Measure, MetricId, Objective, ObjectiveId,
    Pipeline, PipelineId, Plan, SmartBlock, Target,
};
use crate::sources::{ItemId, Place};
use crate::spoilt::spoilt;

use super::metrics::has_activity;

/// What the checks are made from.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Who works when.
    pub almanac: &'a Almanac,
    /// The key results that measure something, by number.
    pub expanded: &'a [KeyResultPlan],
    /// How far they are expanded.
    pub depth: Depth,
    /// The day up to which things have happened, if it is known.
    pub as_of: Option<NaiveDate>,
    /// The day after which the rest was planned anew, if it was.
    pub replan: Option<NaiveDate>,
}

/// What the checks look at.
#[derive(Debug)]
pub struct Subject<'a> {
    /// What they are made from.
    pub given: Given<'a>,
    /// The plan.
    pub plan: &'a Plan,
    /// The key results that are looked at, in declaration order.
    pub key_results: Vec<KeyResultId>,
    /// The objectives that are looked at.
    pub objectives: Vec<ObjectiveId>,
    /// Whether the plan has an error of the language.
    pub broken: bool,
    /// Which of these are looked at now: a plan is gone through piece by piece, so that what many checks look at is near.
    part: Cell<Part>,
    /// What many checks ask of a key result, by number.
    facts: Vec<Facts>,
    /// Who supports a goal, in declaration order.
    supporters: BTreeMap<GoalKey, Vec<GoalRef>>,
    /// Blocks by whose they are.
    blocks: BTreeMap<Option<GoalKey>, Vec<&'a SmartBlock>>,
    /// Of each pipeline the goals that it stands for.
    pipelines: Vec<Vec<KeyResultId>>,
    /// What each metric takes by the funnels of the plan.
    below: BTreeMap<MetricId, Vec<MetricId>>,
    /// Goals that actions are for.
    acted_for: BTreeSet<GoalKey>,
    /// What key results grow by, where that was asked for.
    growth: RefCell<BTreeMap<KeyResultId, Option<Growth>>>,
}

/// Some of the objectives that are looked at, and of the key results.
#[derive(Clone, Copy, Debug)]
struct Part {
    objectives: (usize, usize),
    key_results: (usize, usize),
}

/// What many checks ask of a key result.
#[derive(Clone, Copy, Debug)]
struct Facts {
    /// Whether it is looked at.
    looked_at: bool,
    /// Whether it measures an activity, or its funnel comes to one.
    has_activity: bool,
    /// Its place among the expanded ones.
    expanded: Option<u32>,
}

/// A goal, in an order.
type GoalKey = (bool, u32);

const fn key(goal: GoalRef) -> GoalKey {
    match goal {
        GoalRef::Objective(id) => (false, id.0),
        GoalRef::KeyResult(id) => (true, id.0),
    }
}

/// What a key result grows by.
#[derive(Clone, PartialEq, Debug)]
pub struct Growth {
    /// From what.
    pub from: Exact,
    /// To what.
    pub to: Exact,
    /// (to − from) ÷ from; the other way round where less is better.
    pub part: Exact,
}

impl<'a> Subject<'a> {
    /// What is looked at of a plan with these messages.
    #[must_use]
    pub fn new(given: Given<'a>, said: &[Diagnostic]) -> Self {
        let plan = given.plan;
        let errors = || said.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let spoilt = spoilt(plan, errors());
        let broken_items: BTreeSet<ItemId> = errors().map(|error| error.place.item).collect();
        let mut expanded = given.expanded.iter().map(|expanded| expanded.key_result).enumerate().peekable();
        let mut key_results = Vec::with_capacity(plan.key_results.len());
        let mut facts = Vec::with_capacity(plan.key_results.len());
        for (index, key_result) in plan.key_results.iter().enumerate() {
            let id = KeyResultId::new(index);
            let looked_at = key_result.dropped.is_none() && !spoilt.contains(&id);
            if looked_at {
                key_results.push(id);
            }
            facts.push(Facts {
                looked_at,
                has_activity: has_activity(plan, key_result),
                expanded: expanded.next_if(|(_, of)| *of == id).and_then(|(at, _)| u32::try_from(at).ok()),
            });
        }
        let ids = (0..plan.objectives.len()).map(ObjectiveId::new);
        let sound =
            |id: &ObjectiveId| plan[*id].dropped.is_none() && !broken_items.contains(&plan[*id].place.item);
        let objectives: Vec<ObjectiveId> = ids.filter(sound).collect();
        let part = Part { objectives: (0, objectives.len()), key_results: (0, key_results.len()) };
        let mut supporters: BTreeMap<GoalKey, Vec<GoalRef>> = BTreeMap::new();
        for (index, objective) in plan.objectives.iter().enumerate() {
            let own = GoalRef::Objective(ObjectiveId::new(index));
            for (goal, _) in objective.supports.iter().filter(|_| objective.dropped.is_none()) {
                supporters.entry(key(*goal)).or_default().push(own);
            }
        }
        for (index, key_result) in plan.key_results.iter().enumerate() {
            let own = GoalRef::KeyResult(KeyResultId::new(index));
            for (goal, _) in key_result.supports.iter().filter(|_| key_result.dropped.is_none()) {
                supporters.entry(key(*goal)).or_default().push(own);
            }
        }
        let mut blocks: BTreeMap<Option<GoalKey>, Vec<&SmartBlock>> = BTreeMap::new();
        for block in &plan.smart {
            blocks.entry(block.of.map(key)).or_default().push(block);
        }
        let pipelines = (0..plan.pipelines.len()).map(PipelineId::new);
        let mut below: BTreeMap<MetricId, Vec<MetricId>> = BTreeMap::new();
        for line in plan.funnels.iter().flat_map(|funnel| &funnel.lines) {
            below.entry(line.left).or_default().push(line.right);
        }
        Self {
            pipelines: pipelines.map(|id| pipeline::goals(plan, id, given.expanded)).collect(),
            below,
            acted_for: plan.acted_for.iter().copied().map(key).collect(),
            growth: RefCell::default(),
            part: Cell::new(part),
            facts,
            given,
            plan,
            key_results,
            objectives,
            broken: errors().next().is_some(),
            supporters,
            blocks,
        }
    }

    /// The key results that are looked at, with their numbers.
    pub fn goals(&self) -> impl Iterator<Item = (KeyResultId, &'a KeyResult)> {
        let (start, end) = self.part.get().key_results;
        let ids = self.key_results.get(start..end).unwrap_or_default();
        ids.iter().map(|id| (*id, &self.plan[*id]))
    }

    /// Calls `look` for the plan piece by piece.
    pub fn in_parts(&self, mut look: impl FnMut()) {
        const OBJECTIVES: usize = 64;
        let whole = self.part.get();
        let mut from = 0;
        for start in (0..self.objectives.len().max(1)).step_by(OBJECTIVES) {
            let end = self.objectives.len().min(start + OBJECTIVES);
            // The key results of these objectives, and before the last of them all that are in none that is looked at.
            let upto = match self.objectives.get(end) {
                Some(next) => self.key_results.partition_point(|id| self.plan[*id].objective < *next),
                None => self.key_results.len(),
            };
            self.part.set(Part { objectives: (start, end), key_results: (from, upto.max(from)) });
            from = upto.max(from);
            look();
        }
        self.part.set(whole);
    }

    /// Whether somebody does something for a key result: it measures an activity, or its funnel comes to one.
    #[must_use]
    pub fn has_activity(&self, id: KeyResultId) -> bool {
        self.facts.get(id.index()).is_some_and(|facts| facts.has_activity)
    }

    /// The objectives that are looked at, with their numbers.
    pub fn objectives(&self) -> impl Iterator<Item = (ObjectiveId, &'a Objective)> {
        let (start, end) = self.part.get().objectives;
        let ids = self.objectives.get(start..end).unwrap_or_default();
        ids.iter().map(|id| (*id, &self.plan[*id]))
    }

    /// The key results that are looked at and measure something.
    pub fn measured(&self) -> impl Iterator<Item = (KeyResultId, &'a KeyResult, &'a Measure)> {
        self.goals().filter_map(|(id, goal)| Some((id, goal, goal.measure.as_ref()?)))
    }

    /// The key results of an objective that have not been given up.
    pub fn kept(&self, objective: &'a Objective) -> impl Iterator<Item = (KeyResultId, &'a KeyResult)> {
        let ids = objective.key_results.iter();
        ids.map(|id| (*id, &self.plan[*id])).filter(|(_, goal)| goal.dropped.is_none())
    }

    /// The key results of an objective that are looked at.
    pub fn goals_of(&self, objective: &'a Objective) -> impl Iterator<Item = (KeyResultId, &'a KeyResult)> {
        self.kept(objective).filter(|(id, _)| self.facts.get(id.index()).is_some_and(|facts| facts.looked_at))
    }

    /// The objectives that an objective, or one of its key results, supports.
    pub fn supported(&self, objective: &'a Objective) -> impl Iterator<Item = ObjectiveId> {
        let own = self.kept(objective).flat_map(|(_, goal)| &goal.supports);
        objective.supports.iter().chain(own).map(|(goal, _)| self.plan.objective_of(*goal))
    }

    /// The goals that say they support `goal`.
    #[must_use]
    pub fn supporters(&self, goal: GoalRef) -> &[GoalRef] {
        self.supporters.get(&key(goal)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether any goal supports another one.
    #[must_use]
    pub fn any_supports(&self) -> bool {
        !self.supporters.is_empty()
    }

    /// The key results of which a goal is made: its own.
    #[must_use]
    pub fn parts_of(&self, goal: GoalRef) -> Vec<KeyResultId> {
        match goal {
            GoalRef::KeyResult(id) => vec![id],
            GoalRef::Objective(id) => self.kept(&self.plan[id]).map(|(id, _)| id).collect(),
        }
    }

    /// The blocks that a goal stands under, the innermost first.
    fn around(&self, goal: GoalRef) -> impl Iterator<Item = &'a SmartBlock> {
        let outer = match goal {
            GoalRef::Objective(_) => None,
            GoalRef::KeyResult(id) => Some(GoalRef::Objective(self.plan[id].objective)),
        };
        let whose = [Some(Some(key(goal))), outer.map(|goal| Some(key(goal))), Some(None)];
        let lists = whose.into_iter().flatten().filter_map(|whose| self.blocks.get(&whose));
        lists.flatten().copied().collect::<Vec<_>>().into_iter()
    }

    /// Where the innermost block around one of `about` requires `check`; a block of the whole plan, where it is about no goal.
    #[must_use]
    pub fn required(&self, about: &[GoalRef], check: Check) -> Option<Place> {
        let within =
            |block: &&SmartBlock| block.required.iter().find(|(of, _)| *of == check).map(|(_, place)| *place);
        match about {
            [] => self.blocks.get(&None).into_iter().flatten().find_map(within),
            goals => goals.iter().find_map(|goal| self.around(*goal).find_map(|block| within(&block))),
        }
    }

    /// How much `goal` may grow by, as the innermost block around it says, and whose that is.
    #[must_use]
    pub fn growth_limits(&self, goal: GoalRef) -> Option<(Option<GoalRef>, &'a Limits)> {
        self.around(goal).find_map(|block| Some((block.of, block.growth.as_ref()?)))
    }

    /// By how much people's parts may exceed `goal`, as the innermost block around it says, and whose that is.
    #[must_use]
    pub fn over_assignment_limits(&self, goal: GoalRef) -> Option<(Option<GoalRef>, &'a Limits)> {
        self.around(goal).find_map(|block| Some((block.of, block.over_assignment.as_ref()?)))
    }

    /// The expansion of a key result, to amounts at least; `None` if it measures nothing, or cannot be planned.
    #[must_use]
    pub fn expanded(&self, id: KeyResultId) -> Option<&'a KeyResultPlan> {
        self.given.expanded.get(self.facts.get(id.index())?.expanded? as usize)
    }

    /// The expansion of a key result to the days, worked out anew where it was expanded to amounts only.
    #[must_use]
    pub fn days(&self, id: KeyResultId) -> Option<Cow<'a, KeyResultPlan>> {
        match self.given.depth {
            Depth::Days => self.expanded(id).map(Cow::Borrowed),
            Depth::Amounts => {
                expand_key_result(self.plan, self.given.almanac, id, Depth::Days).0.map(Cow::Owned)
            }
        }
    }

    /// What a key result that adds up asks for in its window.
    #[must_use]
    pub fn target(&self, id: KeyResultId, measure: &Measure) -> Option<Exact> {
        let totals = self.expanded(id)?.totals.as_ref()?;
        Some(self.plan[measure.metric].step.amount(&totals.target))
    }

    /// What a key result grows by: beside its baseline, the same days of its history, or the level it starts from.
    /// `None` where there is nothing to compare it with, or nothing was there.
    #[must_use]
    pub fn growth(&self, id: KeyResultId) -> Option<Growth> {
        let goal = &self.plan[id];
        let measure = goal.measure.as_ref()?;
        if goal.baseline.is_none() && !matches!(measure.target, Target::Level(..)) {
            return None;
        }
        let mut known = self.growth.borrow_mut();
        known.entry(id).or_insert_with(|| self.grows(id)).clone()
    }

    fn grows(&self, id: KeyResultId) -> Option<Growth> {
        let goal = &self.plan[id];
        let measure = goal.measure.as_ref()?;
        // An amount stands for what the measure says: a figure per day or per head is held against one. A history is a total.
        let (from, to) = match (&measure.target, &goal.baseline) {
            (Target::Level(from, to), _) => (from.clone(), to.clone()),
            (Target::Amount(to) | Target::Rate(to, _), Some(Baseline::Amount(from, _))) => {
                (from.clone(), to.clone())
            }
            (target, Some(Baseline::History(history, _))) => {
                let past = self.plan[*history].same_days(goal.window, &self.plan[self.plan.calendar])?;
                match target {
                    // What is said beside the history is not rounded.
                    Target::Amount(to) if !goal.is_per_head() => (past, to.clone()),
                    _ => (past, self.target(id, measure)?),
                }
            }
            (_, None) => return None,
        };
        if from.is_zero() {
            return None;
        }
        let metric = &self.plan[measure.metric];
        let rise = match metric.better {
            Better::Higher => &to - &from,
            Better::Lower => &from - &to,
        };
        let part = rise / &from;
        Some(Growth { from, to, part })
    }

    /// The pipelines of the plan, each with the goals that it stands for.
    pub fn pipelines(&self) -> impl Iterator<Item = (PipelineId, &'a Pipeline, &[KeyResultId])> {
        let goals = self.pipelines.iter().enumerate();
        goals.map(|(index, goals)| {
            (PipelineId::new(index), &self.plan[PipelineId::new(index)], goals.as_slice())
        })
    }

    /// What a metric takes by any funnel of the plan.
    #[must_use]
    pub fn below(&self, metric: MetricId) -> &[MetricId] {
        self.below.get(&metric).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether an action is for `goal`.
    #[must_use]
    pub fn is_acted_for(&self, goal: GoalRef) -> bool {
        self.acted_for.contains(&key(goal))
    }

    /// A goal's path.
    #[must_use]
    pub fn path(&self, goal: GoalRef) -> String {
        self.plan.path_of(goal)
    }
}
