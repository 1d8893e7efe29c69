//! A history of fewer than 8 periods, which growth cannot be judged by.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::percents;
use crate::plan::{Baseline, GoalRef};
use crate::remark::Remark;

use super::{has_too_little_history, history};

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal, _) in subject.measured() {
        if !has_too_little_history(subject.plan, goal) {
            continue;
        }
        let (Some(history), Some(Baseline::History(_, place))) =
            (history(subject.plan, goal), &goal.baseline)
        else {
            continue;
        };
        let own = GoalRef::KeyResult(id);
        let remark = Remark::TooLittleHistory {
            goal: subject.path(own),
            history: history.name.clone(),
            periods: history.entries.len(),
            growth: subject.growth(id).map(|growth| percents(&growth.part)),
        };
        found.push(Finding::new(own, remark, *place));
    }
}
