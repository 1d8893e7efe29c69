//! There is nothing to compare a goal with: no baseline, or one of nothing. One note for the whole plan.

use milepost_grammar::ast::MetricKind;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::plan::{GoalRef, KeyResultId};
use crate::remark::Remark;
use crate::sources::Place;

use super::too_little_history;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut goals: Vec<(KeyResultId, Place)> = Vec::new();
    for (id, goal, measure) in subject.measured() {
        // Work is not expected to grow; it is worked out from what shall.
        let is_outcome = subject.plan[measure.metric].kind == MetricKind::Outcome;
        // What cannot be planned is said to be so.
        let planned = subject.expanded(id).is_some();
        if is_outcome
            && planned
            && subject.growth(id).is_none()
            && too_little_history(subject.plan, goal).is_none()
        {
            goals.push((id, measure.place));
        }
    }
    let Some((_, place)) = goals.first() else { return };
    let paths = goals.iter().map(|(id, _)| subject.plan.path(*id)).collect();
    let about = goals.iter().map(|(id, _)| GoalRef::KeyResult(*id)).collect();
    found.push(Finding::of(about, Remark::NothingToCompare { goals: paths }, *place));
}
