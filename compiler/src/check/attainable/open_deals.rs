//! Fewer or more open deals than there should be: of each person, or of all together.

use std::collections::BTreeMap;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::exact::{readable, whole};
use crate::ledger::Claim;
use crate::plan::{Completeness, GoalRef, Holder, KeyResultId, PersonId};
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan;
    for (id, own, goals) in subject.pipelines() {
        let Some(open) = own.open.as_ref().filter(|_| own.read == Completeness::Whole) else { continue };
        let about: Vec<GoalRef> = goals.iter().copied().map(GoalRef::KeyResult).collect();
        let mut tell = |who: Option<PersonId>, count: usize| {
            let number = whole(i64::try_from(count).unwrap_or(i64::MAX));
            let few = number < open.least;
            if few || number > open.most {
                let remark = Remark::OpenDeals {
                    pipeline: own.name.clone(),
                    who: who.map(|who| plan[who].name.clone()),
                    open: count,
                    least: readable(&open.least, 0),
                    most: readable(&open.most, 0),
                    few,
                };
                found.push(Finding::of(about.clone(), remark, open.place).pipelines(vec![id]));
            }
        };
        if !open.each {
            tell(None, own.deals.iter().filter(|deal| deal.counts()).count());
            continue;
        }
        // Who sells it, and who has a deal of it; who carries nothing, or is not there yet, need not have any.
        let mut counts: BTreeMap<PersonId, usize> = BTreeMap::new();
        for deal in &own.deals {
            if let Some(owner) = deal.owner {
                *counts.entry(owner).or_default() += usize::from(deal.counts());
            }
        }
        for goal in goals {
            for person in sellers(subject, *goal) {
                counts.entry(person).or_default();
            }
        }
        for (person, count) in counts {
            let day = subject.given.as_of.unwrap_or(plan.period.first);
            let there = plan[person].from.is_none_or(|from| from <= day)
                && plan[person].until.is_none_or(|until| until >= day);
            if there || count > 0 {
                tell(Some(person), count);
            }
        }
    }
}

/// Who has a part in a goal.
fn sellers(subject: &Subject<'_>, id: KeyResultId) -> Vec<PersonId> {
    let plan = subject.plan;
    let expanded = subject.expanded(id);
    match expanded.and_then(|expanded| expanded.seated.seating()) {
        Some(seating) => seating
            .seats()
            .filter(|seat| !seat.weight.is_zero() || seat.pin.is_some())
            .map(|seat| seat.person)
            .collect(),
        None => {
            let claim = Claim::new(plan, &plan[id], expanded);
            let all = (0..plan.people.len()).map(PersonId::new);
            all.filter(|person| claim.holds(Some(Holder::Person(*person)))).collect()
        }
    }
}
