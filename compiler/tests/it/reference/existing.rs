//! The part of a target that accounts already cover.

use super::apportion::apportion;
use super::lag::Lag;
use super::model::{Account, Accounts, Metric};
use super::period::{Grain, days};
use super::rational::{Q, floor_to, one, sum, zero};
use super::running::Flow;
use super::season::Season;
use super::someone::Someone;
use super::unplannable::Unplannable;
use super::weighing::{Holder, Timing, Weighed};

/// What an owner (or nobody in particular) is expected to keep, account by account.
pub(crate) type OwnerLine<'a> = (Option<&'a Someone>, Vec<Flow>);

/// What an account is expected to keep, exactly; one that says no share takes the
/// one for all, and where there is none either it keeps everything.
fn kept(accounts: &Accounts, account: &Account) -> Q {
    let retain = account.retain.as_ref().or(accounts.retain.as_ref());
    &account.amount * retain.map_or_else(one, super::model::Retain::share)
}

/// The sum of account × retention, before any rounding.
pub(crate) fn existing(accounts: &Accounts) -> Q {
    sum(&accounts.accounts.iter().map(|account| kept(accounts, account)).collect::<Vec<_>>())
}

/// Lines of the existing part: for each owner, and for accounts without one.
///
/// What is planned is the sum rounded down to the step, so that with the new
/// amount, which is rounded up, it makes the target. It is apportioned to the
/// accounts by what each keeps, and then every owner has one line of all their
/// accounts together: an account's part is even over the owner's working days of
/// the month it renews in (those inside the window), or spread like the goal where
/// there is no such month or day.
pub(crate) fn lines<'a>(
    accounts: &Accounts,
    owners: &[(Option<&'a Someone>, Holder<'_>)],
    timing: &Timing<'_>,
    metric: &Metric,
    season: &Season,
    step: &Q,
) -> Result<Vec<OwnerLine<'a>>, Unplannable> {
    let total = floor_to(&existing(accounts), step);
    if total == zero() {
        return Ok(Vec::new());
    }
    let weights: Vec<Q> = accounts.accounts.iter().map(|account| kept(accounts, account)).collect();
    let amounts = apportion(&(total / step), &weights)?;
    let mut lines = Vec::new();
    for (owner, holder) in owners.iter().copied() {
        let mut flows = Vec::new();
        for (account, steps) in accounts.accounts.iter().zip(&amounts) {
            if account.owner.as_ref() != owner.map(|owner| &owner.name) || *steps == zero() {
                continue;
            }
            let days = match renewal(account, timing, holder) {
                Some(days) => days,
                None => timing.weigh(metric, season, &Lag::default(), holder)?,
            };
            flows.push(Flow { total: steps * step, days });
        }
        lines.push((owner, flows));
    }
    Ok(lines)
}

fn renewal(account: &Account, timing: &Timing<'_>, holder: Holder<'_>) -> Option<Weighed> {
    let month = Grain::Month.around(account.renews?, None);
    let (first, last) = (timing.plan_start.max(timing.first), timing.last);
    let working: Vec<_> = days(month.first().max(first), month.last().min(last))
        .filter(|day| holder.works(timing.calendar, *day))
        .map(|day| (day, one()))
        .collect();
    // Renewed in no month that is left, it may come on any day.
    let all = days(first, last).filter(|day| holder.works(timing.calendar, *day));
    let otherwise = vec![working.clone(), all.map(|day| (day, one())).collect()];
    (!working.is_empty()).then_some(Weighed { first, last, days: working, otherwise })
}
