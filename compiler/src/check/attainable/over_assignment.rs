//! Over-assignments that compound: each level adds a little on top of what was added before.
//!
//! The factor of a level is (1 + its `over-assign`) × (1 + the largest `over-assign` for one); of a whole that is made of its
//! parts alone, what the parts come to ÷ the whole. They multiply from the goal up along `supports` of the same metric.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::finding::Finding;
use crate::check::relevant::parts::{is_made_of_parts, parts};
use crate::check::remark::Remark;
use crate::check::subject::Subject;
use crate::check::written::percents;
use crate::exact::{Exact, ratio, sum, whole};
use crate::plan::{GoalRef, KeyResult, KeyResultId, MetricId};

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let one = whole(1);
    let mut whole_factors: BTreeMap<KeyResultId, Exact> = BTreeMap::new();
    for (id, goal, measure) in subject.measured() {
        // It is told where something is added, not again at each level above or below.
        let added = own_factor(goal);
        if added == one {
            continue;
        }
        let mut levels = vec![(id, added)];
        let mut seen = BTreeSet::from([id]);
        let mut below = id;
        while let Some(above) = above(subject, below, measure.metric).filter(|above| seen.insert(*above)) {
            let factor = whole_factors.entry(above).or_insert_with(|| {
                own_factor(&subject.plan[above]) * parts_factor(subject, above, measure.metric)
            });
            levels.push((above, factor.clone()));
            below = above;
        }
        let factor = levels.iter().fold(one.clone(), |all, (_, factor)| all * factor);
        let own = GoalRef::KeyResult(id);
        let limits = subject.over_assignment_limits(own);
        let most = limits.and_then(|limits| limits.most.clone()).unwrap_or_else(|| ratio(15, 100));
        let over = factor - &one;
        if over <= most {
            continue;
        }
        let told = levels.iter().filter(|(_, factor)| *factor != one);
        let told = told.map(|(id, factor)| (subject.plan.path(*id), percents(&(factor - &one)))).collect();
        let top = levels.last().map_or(id, |(top, _)| *top);
        let remark = Remark::OverAssigned {
            goal: subject.plan.path(top),
            over: percents(&over),
            most: percents(&most),
            levels: told,
        };
        let place = goal.over_assign.as_ref().map(|(_, place)| *place);
        let place =
            place.or_else(|| goal.over_assign_one.first().map(|(.., place)| *place)).unwrap_or(measure.place);
        let mut finding = Finding::new(own, remark, place);
        finding.limited = limits.is_some();
        found.push(finding);
    }
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
