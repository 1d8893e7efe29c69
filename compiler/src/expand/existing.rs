//! What existing accounts bring, by the month they renew in.

use std::sync::Arc;

use chrono::Datelike;
use num_traits::{Signed, Zero};

use crate::dates::{DateSpan, months};
use crate::exact::Exact;
use crate::expand::course::{Course, Phase};
use crate::expand::key_result::{Line, Workshop};
use crate::expand::weights::{LineWeights, StageDays};
use crate::plan::{Account, Holder, MetricId, PersonId};
use crate::sources::Place;

/// One line for each owner of accounts, and one without a person for accounts that nobody owns.
pub(crate) fn lines(shop: &mut Workshop<'_>, metric: MetricId, goal: &Arc<StageDays>) -> Vec<Line> {
    let plan = shop.plan;
    let key_result = shop.key_result;
    let mut by_owner: Vec<(Option<PersonId>, Vec<(Account, Place)>)> = Vec::new();
    for (book, place) in &key_result.existing {
        for account in &plan[*book].accounts {
            let entry = (account.clone(), *place);
            match by_owner
                .iter_mut()
                .find(|(owner, _)| *owner == account.owner)
            {
                Some((_, accounts)) => accounts.push(entry),
                None => by_owner.push((account.owner, vec![entry])),
            }
        }
    }
    by_owner.sort_by_key(|(owner, _)| *owner);

    let step = &plan[metric].step;
    let mut lines = Vec::new();
    for (owner, accounts) in by_owner {
        let holder = match owner {
            Some(person) => Some(Holder::Person(person)),
            None => match key_result.owners.as_slice() {
                [Holder::Person(person)] => Some(Holder::Person(*person)),
                _ => shop.team.map(Holder::Team),
            },
        };
        let presence = shop.presences.holder(plan, holder).clone();
        let mut flows = Vec::new();
        for (account, _) in &accounts {
            let amount = &account.amount * &account.retention;
            if !amount.is_positive() {
                continue;
            }
            let renewal = account
                .renews
                .and_then(|day| months(day.year(), day.month(), 1).intersect(&key_result.window));
            let weights = renewal
                .and_then(|month| even(month, &presence))
                .or_else(|| LineWeights::new(goal, &presence))
                .or_else(|| LineWeights::new(goal, shop.presences.plan()));
            if let Some(weights) = weights {
                flows.push((amount / &step.size, weights));
            }
        }
        let total: Exact = crate::exact::sum(flows.iter().map(|(amount, _)| amount));
        if total.is_zero() {
            continue;
        }
        let source = match accounts.as_slice() {
            [(account, _)] => account.place,
            [(_, place), ..] => *place,
            [] => continue,
        };
        lines.push(Line {
            person: owner,
            team: owner.map_or(shop.team, |person| plan[person].team),
            course: Course::Sum {
                window: key_result.window,
                flows,
            },
            phase: Phase::ALONE,
            source,
        });
    }
    lines
}

/// Every working day of `span` the same.
fn even(span: DateSpan, presence: &Arc<crate::expand::presence::Presence>) -> Option<LineWeights> {
    LineWeights::working(&Arc::new(StageDays::even(span)), presence)
}
