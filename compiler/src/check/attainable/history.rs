//! A history of fewer than 8 periods, which growth cannot be judged by.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::percents;
use crate::plan::GoalRef;
use crate::remark::Remark;

use super::too_little_history;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal, _) in subject.measured() {
        let Some((history, place)) = too_little_history(subject.plan, goal) else { continue };
        let own = GoalRef::KeyResult(id);
        let remark = Remark::TooLittleHistory {
            goal: subject.path(own),
            history: history.name.clone(),
            periods: history.entries.len(),
            growth: subject.growth(id).map(|growth| percents(&growth.part)),
        };
        found.push(Finding::new(own, remark, place));
    }
}
