//! Checkpoints of a level that go back, or past the target. Those of an amount that adds up are an error of the language.

use crate::check::finding::Finding;
use crate::check::measurable::direction::is_worse;
use crate::check::subject::Subject;
use crate::check::written::read;
use crate::exact::Exact;
use crate::plan::{GoalRef, Target};
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal, measure) in subject.measured() {
        let Target::Level(from, to) = &measure.target else { continue };
        let metric = &subject.plan[measure.metric];
        // What the right way would be is not known where the ends are wrong, which is told already.
        if from == to || is_worse(metric, from, to) {
            continue;
        }
        let rising = to > from;
        let behind = |amount: &Exact, other: &Exact| if rising { amount < other } else { amount > other };
        let mut before = from.clone();
        for checkpoint in &goal.checkpoints {
            let amount = checkpoint.amount.between(from, to);
            let remark = if behind(&amount, &before) {
                Remark::CheckpointBack { amount: read(metric, &amount), before: read(metric, &before) }
            } else if behind(to, &amount) {
                Remark::CheckpointPast { amount: read(metric, &amount), target: read(metric, to) }
            } else {
                before = amount;
                continue;
            };
            found.push(Finding::new(GoalRef::KeyResult(id), remark, checkpoint.place));
        }
    }
}
