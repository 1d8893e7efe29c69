//! An aspirational goal that asks for no more than there is.

use milepost_grammar::ast::{GoalType, MetricKind};

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::read;
use crate::plan::GoalRef;
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal, measure) in subject.measured() {
        if goal.goal_type != Some(GoalType::Aspirational) {
            continue;
        }
        let Some(growth) = subject.growth(id) else { continue };
        // What falls short of it goes the wrong way, which is said.
        let is_outcome = subject.plan[measure.metric].kind == MetricKind::Outcome;
        if !growth.part.is_zero() || !is_outcome {
            continue;
        }
        let own = GoalRef::KeyResult(id);
        let metric = &subject.plan[measure.metric];
        let remark = Remark::Sandbagged { goal: subject.path(own), amount: read(metric, &growth.from) };
        found.push(Finding::new(own, remark, measure.place));
    }
}
