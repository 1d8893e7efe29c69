//! An outcome that nothing leads to: no funnel, no activity and nothing to be done once among the key results beside it, none
//! that supports it, and no action for it. What is held or done once is left out.

use std::collections::BTreeSet;

use milepost_grammar::ast::{Better, MetricKind};

use crate::check::finding::Finding;
use crate::check::reachable::reachable;
use crate::check::subject::Subject;
use crate::plan::{GoalRef, ObjectiveId, Target};
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let led_to = led_to(subject);
    for (id, goal, measure) in subject.measured() {
        let metric = &subject.plan[measure.metric];
        // Staying below a budget takes no work of its own, nor does what existing business covers.
        let stays_below = metric.better == Better::Lower && !matches!(measure.target, Target::Level(..));
        let totals = subject.expanded(id).and_then(|expanded| expanded.totals.as_ref());
        let covered = totals.is_some_and(|totals| totals.new.is_zero());
        if metric.kind != MetricKind::Outcome || stays_below || covered || led_to.contains(&goal.objective) {
            continue;
        }
        // What others come to is as good as they are, and they are told of.
        let own = GoalRef::KeyResult(id);
        if !subject.supporters(own).is_empty()
            || !subject.supporters(GoalRef::Objective(goal.objective)).is_empty()
        {
            continue;
        }
        let remark = Remark::NoActivity { goal: subject.path(own), metric: metric.name.clone() };
        found.push(Finding::new(own, remark, measure.place));
    }
}

/// The objectives for which somebody does something: in their key results, or in what supports them, however far down.
fn led_to(subject: &Subject<'_>) -> BTreeSet<ObjectiveId> {
    let plan = subject.plan;
    let ids = (0..plan.objectives.len()).map(ObjectiveId::new);
    let does = |id: &ObjectiveId| {
        subject.is_acted_for(GoalRef::Objective(*id))
            || subject.kept(&plan[*id]).any(|(id, goal)| {
                subject.is_acted_for(GoalRef::KeyResult(id))
                    || !goal.reach.is_empty()
                    || subject.has_activity(id)
            })
    };
    reachable(ids.filter(does), |id| subject.supported(&plan[id]))
}
