//! Everything is due on the last day, and nothing on the way says how it goes.
//!
//! Goals with near goals are left out: checkpoints, parts that are due before, a season written out by periods, work that is
//! planned by the day because a funnel leads to it. What is held holds on every day.

use chrono::NaiveDate;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::plan::{GoalRef, KeyResult, KeyResultId, ObjectiveId, SpreadBy};
use crate::remark::Remark;

/// Fewer goals are not everything.
const LEAST: usize = 2;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let has_end = |(_, goal): &(KeyResultId, &KeyResult)| goal.measure.is_some() || !goal.reach.is_empty();
    let all: Vec<(KeyResultId, &KeyResult)> = subject.goals().filter(has_end).collect();
    let last = subject.plan.period.last;
    let due = |goals: &[(KeyResultId, &KeyResult)], on: NaiveDate| {
        goals.iter().map(|(id, goal)| at_the_end(subject, *id, goal, on)).sum::<Option<usize>>()
    };
    // Of the plan's first goal, all of them are told of.
    if subject.key_results.len() == subject.plan.key_results.len()
        && let Some(count) = due(&all, last).filter(|count| *count >= LEAST)
        && let Some((_, goal)) = all.first()
    {
        let about = all.iter().map(|(id, _)| GoalRef::KeyResult(*id)).collect();
        let remark = Remark::LastDay { what: "the plan".to_owned(), count, day: last.to_string() };
        found.push(Finding::of(about, remark, goal.statement().unwrap_or(goal.place)));
        return;
    }
    for (id, objective) in subject.objectives() {
        let own: Vec<(KeyResultId, &KeyResult)> = subject.goals_of(objective).filter(has_end).collect();
        // Some of them cannot be read.
        if own.len() < subject.kept(objective).filter(|(_, goal)| goal.hold.is_none()).count() {
            continue;
        }
        let Some((_, first)) = own.first() else { continue };
        let on = objective.during.last.min(first.window.last);
        if let Some(count) = due(&own, on).filter(|count| *count >= LEAST) {
            found.push(of_objective(subject, id, count, on));
        }
    }
}

fn of_objective(subject: &Subject<'_>, id: ObjectiveId, count: usize, on: NaiveDate) -> Finding {
    let goal = GoalRef::Objective(id);
    let remark = Remark::LastDay { what: format!("`{}`", subject.path(goal)), count, day: on.to_string() };
    Finding::new(goal, remark, subject.plan[id].place)
}

/// How many things of a key result are due on that day with nothing before; `None` if something of it is.
fn at_the_end(subject: &Subject<'_>, id: KeyResultId, goal: &KeyResult, on: NaiveDate) -> Option<usize> {
    let is_near = goal.window.last != on
        || goal.reach.iter().any(|item| item.by < on || item.done.is_some())
        || !goal.checkpoints.is_empty()
        || matches!(goal.spread.as_ref().map(|spread| &spread.by), Some(SpreadBy::Periods(_)))
        || subject.has_activity(id)
        || subject.is_acted_for(GoalRef::KeyResult(id))
        || subject.is_acted_for(GoalRef::Objective(goal.objective));
    (!is_near).then(|| goal.reach.len().max(1))
}
