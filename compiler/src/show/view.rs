//! All that is shown of a plan.

use milepost_grammar::ast::{GoalType, Grain};

use crate::dated::DatedPlan;
use crate::dates::DateSpan;
use crate::expand::Presences;
use crate::plan::{Holder, KeyResultId, Overridden, PersonId, Plan};

use super::amounts::{Amounts, Who, grain_for};
use super::pace::pace;
use super::pipeline::{PipelineView, pipelines};
use super::rung::{own, rungs};
use super::table::Tables;
use super::{Change, Label, Rung, Table};

/// What is shown of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct View {
    /// The plan.
    pub plan: Label,
    /// Its days.
    pub period: DateSpan,
    /// How many of them are worked by the plan's calendar.
    pub working_days: usize,
    /// How many people it names.
    pub people: usize,
    /// Whose work alone is shown, and their team.
    pub person: Option<(Label, Option<Label>)>,
    /// What the plan is about, with the days where they are not all of it.
    pub focus: Vec<(String, Option<DateSpan>)>,
    /// Values that stand in the place of the plan's.
    pub set: Vec<Overridden>,
    /// What they do to the amounts at the top.
    pub changes: Vec<Change>,
    /// Its objectives.
    pub objectives: Vec<ObjectiveView>,
    /// Its pipelines; none where one person's work is shown.
    pub pipelines: Vec<PipelineView>,
}

/// What is shown of an objective.
#[derive(Clone, PartialEq, Debug)]
pub struct ObjectiveView {
    /// The objective.
    pub label: Label,
    /// Who owns it.
    pub owners: Vec<Label>,
    /// Committed or aspirational.
    pub goal_type: Option<GoalType>,
    /// Its days, where they are not the plan's.
    pub during: Option<DateSpan>,
    /// 0 is the most urgent.
    pub priority: Option<u32>,
    /// Its key results.
    pub key_results: Vec<KeyResultView>,
}

/// What is shown of a key result.
#[derive(Clone, PartialEq, Debug)]
pub struct KeyResultView {
    /// The key result, by its path.
    pub label: Label,
    /// Who owns it, where that is not who owns the objective.
    pub owners: Vec<Label>,
    /// Committed or aspirational, where the objective is not the same.
    pub goal_type: Option<GoalType>,
    /// 0 is the most urgent; where the objective is not the same.
    pub priority: Option<u32>,
    /// Its days.
    pub window: DateSpan,
    /// From the target to what it takes.
    pub rungs: Vec<Rung>,
    /// Who has which part, and at which pace.
    pub parts: Option<Table>,
    /// Who has how much when, a table a metric.
    pub periods: Vec<Table>,
}

impl View {
    /// What is shown of all of a plan, or of one person's own work. `changes` is what the values set for this
    /// run do (see [`super::changes`]).
    #[must_use]
    pub fn new(plan: &Plan, dated: &DatedPlan, person: Option<PersonId>, changes: Vec<Change>) -> Self {
        let grain = grain_for(plan.period.len());
        let viewer = Viewer {
            plan,
            dated,
            presences: Presences::new(plan),
            amounts: Amounts::new(plan, dated, grain, person),
            grain,
            person,
        };
        let objectives = plan.objectives.iter().filter_map(|objective| {
            let key_results: Vec<_> =
                objective.key_results.iter().filter_map(|id| viewer.key_result(*id)).collect();
            let shown = person.is_none() || !key_results.is_empty();
            let owners = if person.is_none() { viewer.holders(&objective.owners) } else { Vec::new() };
            shown.then(|| ObjectiveView {
                label: Label::new(&objective.name, objective.title.as_deref()),
                owners,
                goal_type: objective.goal_type,
                during: (objective.during != plan.period).then_some(objective.during),
                priority: objective.priority,
                key_results,
            })
        });
        let days = |period: DateSpan| (period != plan.period).then_some(period);
        let text = |text: &str| crate::harmless::line(text).into_owned();
        Self {
            plan: Label::new(&plan.name, plan.title.as_deref()),
            period: plan.period,
            working_days: match person {
                Some(person) => viewer.presences.person(person).count(plan.period),
                None => plan[plan.calendar].count(plan.period),
            },
            people: plan.people.len(),
            person: person.map(|id| {
                let own = &plan[id];
                let team = own.team.map(|team| viewer.holder(Holder::Team(team)));
                (Label::new(&own.name, own.title.as_deref()), team)
            }),
            focus: plan.focus.iter().map(|focus| (text(&focus.text), days(focus.period))).collect(),
            set: plan.overrides.clone(),
            changes,
            objectives: objectives.collect(),
            pipelines: if person.is_none() { pipelines(plan, dated) } else { Vec::new() },
        }
    }
}

struct Viewer<'a> {
    plan: &'a Plan,
    dated: &'a DatedPlan,
    presences: Presences,
    amounts: Amounts,
    grain: Grain,
    person: Option<PersonId>,
}

impl Viewer<'_> {
    /// `None` where the person who is asked for has no part in it.
    fn key_result(&self, id: KeyResultId) -> Option<KeyResultView> {
        let plan = self.plan;
        let goal = &plan[id];
        let objective = &plan[goal.objective];
        let expanded = self.dated.key_results.iter().find(|expanded| expanded.key_result == id);
        let mut view = KeyResultView {
            label: Label::new(&plan.path(id), Some(goal.title.as_deref().unwrap_or(&goal.name))),
            owners: Vec::new(),
            goal_type: goal.goal_type.filter(|_| goal.goal_type != objective.goal_type),
            priority: goal.priority.filter(|_| goal.priority != objective.priority),
            window: goal.window,
            rungs: Vec::new(),
            parts: None,
            periods: Vec::new(),
        };
        if self.person.is_none() && goal.owners != objective.owners {
            view.owners = self.holders(&goal.owners);
        }
        let Some(expanded) = expanded else { return self.person.is_none().then_some(view) };
        let tables = Tables {
            plan,
            presences: &self.presences,
            amounts: &self.amounts,
            key_result: expanded,
            grain: self.grain,
        };
        match self.person {
            Some(person) => {
                let who = Who::Person(person);
                let pace = |metric, steps| pace(plan, &self.presences, expanded, metric, who, steps);
                view.rungs = own(plan, expanded, &self.amounts, person, pace);
                if view.rungs.is_empty() {
                    return None;
                }
                view.periods = tables.own_periods(who);
            }
            None => {
                view.rungs = rungs(plan, expanded);
                view.parts = tables.parts();
                view.periods = tables.periods();
            }
        }
        Some(view)
    }

    fn holders(&self, holders: &[Holder]) -> Vec<Label> {
        holders.iter().map(|holder| self.holder(*holder)).collect()
    }

    fn holder(&self, holder: Holder) -> Label {
        let (name, title) = self.plan.holder(holder);
        Label::new(name, title)
    }
}
