//! Fewer or more open deals than there should be: of each person, or of all together.

use std::collections::BTreeSet;

use crate::check::finding::Finding;
use crate::check::remark::Remark;
use crate::check::subject::Subject;
use crate::exact::{readable, whole};
use crate::ledger::Claim;
use crate::plan::{Deal, GoalRef, Holder, PersonId};

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan;
    for (_, own, goals) in subject.pipelines() {
        let Some(open) = own.open.as_ref().filter(|_| !own.spoilt) else { continue };
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
                found.push(Finding::of(about.clone(), remark, open.place));
            }
        };
        if !open.each {
            tell(None, own.deals.iter().filter(|deal| deal.is_open()).count());
            continue;
        }
        // Who sells it, and who has a deal of it.
        let mut people: BTreeSet<PersonId> = own.deals.iter().filter_map(|deal| deal.owner).collect();
        for goal in goals {
            let claim = Claim::new(plan, &plan[*goal], subject.expanded(*goal));
            let all = (0..plan.people.len()).map(PersonId::new);
            people.extend(all.filter(|person| claim.holds(Some(Holder::Person(*person)))));
        }
        for person in people {
            let theirs = |deal: &&Deal| deal.is_open() && deal.owner == Some(person);
            tell(Some(person), own.deals.iter().filter(theirs).count());
        }
    }
}
