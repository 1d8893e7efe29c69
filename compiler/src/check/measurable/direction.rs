//! A target on the wrong side of what is better.

use milepost_grammar::ast::Better;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::{until, written};
use crate::exact::Exact;
use crate::plan::{GoalRef, Metric, Target};
use crate::remark::{Remark, Wrong};

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal) in subject.goals() {
        let own = GoalRef::KeyResult(id);
        if let Some(hold) = &goal.hold {
            let metric = &subject.plan[hold.metric];
            let lower = metric.better == Better::Lower;
            let turned = match (lower, &hold.least, &hold.most) {
                (true, Some(least), None) => format!("at most {}", written(metric, least)),
                (false, None, Some(most)) => format!("at least {}", written(metric, most)),
                _ => continue,
            };
            let remark = Remark::WrongWay { metric: metric.name.clone(), lower, wrong: Wrong::Bound };
            let hold_text = format!("hold {} {turned}{}", metric.name, until(hold.says_by, goal));
            found.push(Finding::new(own, remark, hold.place).replace(hold.place, hold_text));
            continue;
        }
        let Some(measure) = &goal.measure else { continue };
        let metric = &subject.plan[measure.metric];
        let lower = metric.better == Better::Lower;
        let remark = |wrong| Remark::WrongWay { metric: metric.name.clone(), lower, wrong };
        match &measure.target {
            Target::Level(from, to) if is_worse(metric, from, to) => {
                let wrong = if measure.is_from_to { Wrong::Level } else { Wrong::Change };
                let finding = Finding::new(own, remark(wrong), measure.place);
                // What is said by how much more or less names no two levels that could be swapped; and where there are
                // checkpoints, these would have to be turned round as well.
                let swapped = format!("{} to {}", written(metric, to), written(metric, from));
                found.push(if measure.is_from_to && goal.checkpoints.is_empty() {
                    finding.replace(measure.target_place, swapped)
                } else {
                    finding
                });
            }
            Target::Level(..) => {}
            Target::Amount(_) | Target::Rate(..) => {
                if let Some(growth) = subject.growth(id)
                    && is_worse(metric, &growth.from, &growth.to)
                {
                    found.push(Finding::new(own, remark(Wrong::Amount), measure.place));
                }
            }
        }
    }
}

/// Whether a metric that goes from one amount to another gets worse.
pub(in crate::check) fn is_worse(metric: &Metric, from: &Exact, to: &Exact) -> bool {
    if metric.better == Better::Lower { to > from } else { to < from }
}
