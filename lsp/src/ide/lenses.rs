//! A line above each goal that says how much work it is, and one above the plan that has it compared.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::noun::Noun;
use milepost::plan::{GoalRef, KeyResultId, ObjectiveId};
use milepost::sources::FileId;

use super::amounts::Amounts;
use super::english;

/// What an editor is asked to do when a lens is chosen, with the goal's path.
pub const PREVIEW: &str = "milepost.preview";

/// A place above which something is said of a goal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lens {
    /// The goal's name where it is declared.
    pub range: Range<usize>,
    /// The goal.
    pub goal: GoalRef,
    /// Its path, `win-north.book`.
    pub path: String,
}

/// What stands above the plan.
pub const DIFF: &str = english::DIFF;

/// The plan's name where it is declared, if that is in the file.
#[must_use]
pub fn plan(compilation: &Compilation, file: FileId) -> Option<Range<usize>> {
    let (own, range) = compilation.sources.locate(compilation.plan.as_ref()?.place);
    (own == file).then_some(range)
}

/// The goals of a file, in order. What is said of them is worked out when it is shown, by [`title`].
#[must_use]
pub fn lenses(compilation: &Compilation, file: FileId) -> Vec<Lens> {
    let Some(plan) = &compilation.plan else { return Vec::new() };
    let objectives = plan.objectives.iter().enumerate();
    let objectives = objectives.map(|(index, own)| (GoalRef::Objective(ObjectiveId::new(index)), own.place));
    let key_results = plan.key_results.iter().enumerate();
    let key_results =
        key_results.map(|(index, own)| (GoalRef::KeyResult(KeyResultId::new(index)), own.place));
    let mut lenses: Vec<Lens> = objectives
        .chain(key_results)
        .filter_map(|(goal, place)| {
            let (own, range) = compilation.sources.locate(place);
            (own == file).then(|| Lens { range, goal, path: plan.path_of(goal) })
        })
        .collect();
    lenses.sort_by_key(|lens| lens.range.start);
    lenses
}

/// The goal of that path, `win-north.book`.
#[must_use]
pub fn goal(compilation: &Compilation, path: &str) -> Option<GoalRef> {
    let names = &compilation.names;
    let (objective, key_result) =
        path.split_once('.').map_or((path, None), |(one, other)| (one, Some(other)));
    let id = ObjectiveId::new(names.table(Noun::Objective)?.get(objective)?.index);
    Some(match key_result {
        None => GoalRef::Objective(id),
        Some(key_result) => {
            GoalRef::KeyResult(KeyResultId::new(names.of_objective(id)?.get(key_result)?.index))
        }
    })
}

/// What is said of a goal: `pace: 5 visits a day each · 25 orders`. `None` where there is nothing to say.
#[must_use]
pub fn title(compilation: &Compilation, goal: GoalRef) -> Option<String> {
    let plan = compilation.plan.as_ref()?;
    match goal {
        GoalRef::Objective(id) => {
            let objective = plan.objectives.get(id.index())?;
            let (first, last) = (objective.during.first.to_string(), objective.during.last.to_string());
            let days = plan.calendars.get(plan.calendar.index())?.count(objective.during);
            Some(english::objective(objective.key_results.len(), &first, &last, days))
        }
        GoalRef::KeyResult(id) => {
            let amounts = Amounts::of(compilation, id)?;
            amounts.key_result.totals.as_ref()?;
            let pace = amounts.pace();
            let metrics = amounts.metrics();
            // The target stands in the plan; where there is nothing below it, it is all there is.
            let below =
                metrics.iter().skip(usize::from(metrics.len() > 1)).filter_map(|id| amounts.total(*id));
            Some(english::lens(pace.as_deref(), &below.collect::<Vec<_>>()))
        }
    }
}
