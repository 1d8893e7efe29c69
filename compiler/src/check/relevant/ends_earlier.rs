//! A goal that goes on after what it supports has ended: what comes then cannot serve it any more.

use chrono::NaiveDate;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::dates::{self, DateSpan};
use crate::plan::GoalRef;
use crate::remark::Remark;
use crate::sources::Place;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, objective) in subject.objectives() {
        later(subject, GoalRef::Objective(id), &objective.supports, found);
    }
    for (id, goal) in subject.goals() {
        later(subject, GoalRef::KeyResult(id), &goal.supports, found);
    }
}

fn later(subject: &Subject<'_>, own: GoalRef, supports: &[(GoalRef, Place)], found: &mut Vec<Finding>) {
    let last = last_day(subject, own);
    let calendar = &subject.plan[subject.plan.calendar];
    for (other, place) in supports {
        let ends = last_day(subject, *other);
        // A weekend in between is none of their days.
        let days = DateSpan::new(dates::plus(ends, 1), last);
        if days.is_some_and(|days| calendar.count(days) > 0) {
            let remark = Remark::EndsEarlier {
                goal: subject.path(own),
                last: last.to_string(),
                supported: subject.path(*other),
                ends: ends.to_string(),
            };
            found.push(Finding::new(own, remark, *place));
        }
    }
}

/// The last day of a goal: of an objective the last of its key results, which may be due before it ends.
fn last_day(subject: &Subject<'_>, goal: GoalRef) -> NaiveDate {
    let plan = subject.plan;
    match goal {
        GoalRef::KeyResult(id) => plan[id].window.last,
        GoalRef::Objective(id) => {
            let due = subject.kept(&plan[id]).map(|(_, goal)| goal.window.last).max();
            due.unwrap_or(plan[id].during.last)
        }
    }
}
