//! A level that ends where it starts: nothing has to be done for it. What shall stay as it is, is held.

use milepost_grammar::ast::Better;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::{read, until, written};
use crate::plan::{GoalRef, Target};
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal, measure) in subject.measured() {
        let Target::Level(from, to) = &measure.target else { continue };
        if from != to {
            continue;
        }
        let metric = &subject.plan[measure.metric];
        let remark = Remark::NoChange { metric: metric.name.clone(), amount: read(metric, to) };
        let bound = match metric.better {
            Better::Higher => "at least",
            Better::Lower => "at most",
        };
        let by = until(measure.says_by, goal);
        let hold = format!("hold {} {bound} {}{by}", metric.name, written(metric, to));
        let finding = Finding::new(GoalRef::KeyResult(id), remark, measure.place);
        // With levels on the way it was not meant to stay as it is.
        found.push(if goal.checkpoints.is_empty() { finding.replace(measure.place, hold) } else { finding });
    }
}
