//! Over-assignments that compound: each level adds a little on top of what was added before.
//!
//! The factor of a level is (1 + its `over-assign`) × (1 + the largest `over-assign` for one); of a whole that is made of its
//! parts alone, what the parts come to ÷ the whole. They multiply from the goal up along `supports` of the same metric.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::finding::Finding;
use crate::check::relevant::parts::{is_made_of_parts, parts};
use crate::check::subject::Subject;
use crate::check::written::percents;
use crate::exact::{Exact, ratio, sum, whole};
use crate::plan::{GoalRef, KeyResult, KeyResultId, MetricId};
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let one = whole(1);
    let mut of_parts: BTreeMap<KeyResultId, Exact> = BTreeMap::new();
    for (id, goal, measure) in subject.measured() {
        // It is told where something is added, not again at each level above or below.
        let added = own_factor(goal);
        if added == one {
            continue;
        }
        let mut levels = vec![Level { goal: id, factor: added, by_parts: false }];
        let mut seen = BTreeSet::from([id]);
        let mut below = id;
        while let Some(above) = above(subject, below, measure.metric).filter(|above| seen.insert(*above)) {
            let parts = of_parts.entry(above).or_insert_with(|| parts_factor(subject, above, measure.metric));
            levels.push(Level { goal: above, factor: parts.clone(), by_parts: true });
            levels.push(Level { goal: above, factor: own_factor(&subject.plan[above]), by_parts: false });
            below = above;
        }
        let factor = levels.iter().fold(one.clone(), |all, level| all * &level.factor);
        let own = GoalRef::KeyResult(id);
        let limits = subject.over_assignment_limits(own);
        let most = limits.and_then(|(_, limits)| limits.most.clone()).unwrap_or_else(|| ratio(15, 100));
        let over = factor - &one;
        if over <= most {
            continue;
        }
        let told = levels.iter().filter(|level| level.factor != one).map(|level| {
            let by = if level.by_parts { "by the parts of" } else { "at" };
            (format!("{by} `{}`", subject.plan.path(level.goal)), percents(&(&level.factor - &one)))
        });
        let told = told.collect();
        let top = levels.last().map_or(id, |top| top.goal);
        let remark = Remark::OverAssigned {
            goal: subject.plan.path(top),
            over: percents(&over),
            most: percents(&most),
            levels: told,
        };
        let place = goal.over_assign.as_ref().map(|(_, place)| *place);
        let place =
            place.or_else(|| goal.over_assign_one.first().map(|(.., place)| *place)).unwrap_or(measure.place);
        found.push(Finding::new(own, remark, place).limited(limits));
    }
}

/// What is added at one level.
struct Level {
    goal: KeyResultId,
    factor: Exact,
    /// By what the parts of a whole come to, and not by an `over-assign`.
    by_parts: bool,
}

fn own_factor(goal: &KeyResult) -> Exact {
    let one = whole(1);
    let all = goal.over_assign.as_ref().map_or_else(|| one.clone(), |(over, _)| &one + over);
    let most =
        goal.over_assign_one.iter().map(|(_, over, _)| &one + over).max().unwrap_or_else(|| one.clone());
    all * most
}

/// What the parts of a whole come to beside it, where that is more.
fn parts_factor(subject: &Subject<'_>, id: KeyResultId, metric: MetricId) -> Exact {
    let goal = &subject.plan[id];
    let one = whole(1);
    let target = goal.measure.as_ref().and_then(|measure| subject.target(id, measure));
    let Some(target) = target.filter(|target| !target.is_zero() && is_made_of_parts(goal)) else {
        return one;
    };
    let amounts: Vec<Exact> = parts(subject, id, goal, metric)
        .into_iter()
        .filter_map(|part| subject.target(part, subject.plan[part].measure.as_ref()?))
        .collect();
    let factor = sum(&amounts) / target;
    factor.max(one)
}

/// The key result of the same metric that a key result, or its objective, supports.
fn above(subject: &Subject<'_>, id: KeyResultId, metric: MetricId) -> Option<KeyResultId> {
    let goal = &subject.plan[id];
    let supports = goal.supports.iter().chain(&subject.plan[goal.objective].supports);
    supports.flat_map(|(goal, _)| subject.parts_of(*goal)).find(|above| {
        *above != id && subject.plan[*above].measure.as_ref().is_some_and(|measure| measure.metric == metric)
    })
}
