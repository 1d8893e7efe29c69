//! A goal that measures nothing which has a part in what it supports: neither the same, nor what that is computed from, nor
//! what it takes by a funnel of the plan. One that says why it is there leaves it to people to judge.

use std::collections::BTreeSet;

use crate::check::finding::Finding;
use crate::check::metrics::{reach_down, watched};
use crate::check::subject::Subject;
use crate::check::written::says_something;
use crate::plan::{GoalRef, MetricId};
use crate::remark::Remark;
use crate::remark::named;
use crate::sources::Place;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, objective) in subject.objectives() {
        compare(subject, GoalRef::Objective(id), &objective.supports, found);
    }
    for (id, goal) in subject.goals() {
        compare(subject, GoalRef::KeyResult(id), &goal.supports, found);
    }
}

fn compare(subject: &Subject<'_>, own: GoalRef, supports: &[(GoalRef, Place)], found: &mut Vec<Finding>) {
    let plan = subject.plan;
    if says_why(subject, own) {
        return;
    }
    let metrics = measured(subject, own);
    let all = |metrics: &BTreeSet<MetricId>| -> BTreeSet<MetricId> {
        metrics.iter().flat_map(|metric| reach_down(subject, *metric)).collect()
    };
    for (other, place) in supports {
        let others = measured(subject, *other);
        // Of what is done and not measured, nobody can tell.
        if metrics.is_empty() || others.is_empty() {
            continue;
        }
        if all(&others).intersection(&all(&metrics)).next().is_none() {
            let names =
                |metrics: &BTreeSet<MetricId>| named(metrics.iter().map(|id| plan[*id].name.as_str()));
            let remark = Remark::NothingInCommon {
                goal: subject.path(own),
                own: names(&metrics),
                supported: subject.path(*other),
                other: names(&others),
            };
            found.push(Finding::new(own, remark, *place));
        }
    }
}

/// Whether a goal says why it is there, itself or by its objective: then people can judge what no figure shows.
fn says_why(subject: &Subject<'_>, goal: GoalRef) -> bool {
    let plan = subject.plan;
    let objective = plan.objective_of(goal);
    let own = subject.parts_of(goal);
    let mut texts = own.iter().map(|id| &plan[*id].texts).chain(std::iter::once(&plan[objective].texts));
    texts.any(|texts| says_something(&texts.why))
}

/// What a goal measures: an objective what its key results do.
fn measured(subject: &Subject<'_>, goal: GoalRef) -> BTreeSet<MetricId> {
    subject.parts_of(goal).into_iter().filter_map(|id| watched(&subject.plan[id])).collect()
}
