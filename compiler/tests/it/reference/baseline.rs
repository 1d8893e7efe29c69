//! What growth is measured against, and targets said beside it.

use chrono::{Months, NaiveDate};

use super::model::{Baseline, Calendar, Change, History, KeyResult, Plan, Total};
use super::period::{Period, days};
use super::rational::{Q, one, percent, zero};
use super::stage::metric;
use super::unplannable::Unplannable;

/// A history is not searched further back than this.
const MOST_YEARS: u32 = 20;

/// The baseline of a key result whose window is `first..last`.
pub(crate) fn baseline(
    plan: &Plan,
    key_result: &KeyResult,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Q, Unplannable> {
    let history = match &key_result.baseline {
        None => return Err(Unplannable("a relative measure beside nothing")),
        Some(Baseline::Amount(amount)) => return Ok(amount.clone()),
        Some(Baseline::History(name)) => plan.histories.iter().find(|known| known.name == *name),
    };
    let history = history.ok_or(Unplannable("no such history"))?;
    if metric(plan, &key_result.metric)?.total == Total::Last {
        let earlier = entries(history).into_iter().filter(|(period, _)| period.last() < first);
        let latest = earlier.max_by_key(|(period, _)| period.last());
        return latest.map(|(_, amount)| amount).ok_or(Unplannable("no level before the window"));
    }
    (1..=MOST_YEARS)
        .find_map(|back| same_days(history, &plan.calendar, year_ago(first, back), year_ago(last, back)))
        .ok_or(Unplannable("no earlier year holds the window"))
}

/// What a change makes of a baseline, exactly; it cannot leave less than nothing.
pub(crate) fn changed(baseline: &Q, change: &Change) -> Result<Q, Unplannable> {
    let target = match change {
        Change::Percent(p) => baseline * (one() + percent(p)),
        Change::Times(factor) => baseline * factor,
        Change::Plus(amount) => baseline + amount,
    };
    if target < zero() { Err(Unplannable("a target below nothing")) } else { Ok(target) }
}

fn entries(history: &History) -> Vec<(Period, Q)> {
    let period = |past: &super::model::PastMonth| Period::Month(past.year, past.month);
    history.months.iter().map(|past| (period(past), past.amount.clone())).collect()
}

/// The 29th of February is the 28th in other years.
fn year_ago(day: NaiveDate, back: u32) -> NaiveDate {
    day - Months::new(12 * back)
}

/// What the history says of these days, if it says something of all of them. An
/// entry that is cut counts by the part of its working days that lie inside.
fn same_days(history: &History, calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> Option<Q> {
    let entries = entries(history);
    if !days(first, last).all(|day| entries.iter().any(|(period, _)| period.holds(day))) {
        return None;
    }
    let mut total = zero();
    for (period, amount) in &entries {
        let (from, to) = (period.first().max(first), period.last().min(last));
        if from > to {
            continue;
        }
        if (from, to) == (period.first(), period.last()) {
            total += amount;
            continue;
        }
        let whole = calendar.count(period.first(), period.last());
        if whole != zero() {
            total += amount * calendar.count(from, to) / whole;
        }
    }
    Some(total)
}
