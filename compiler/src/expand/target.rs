//! What a key result asks for, in whole steps.

use dashu_int::IBig;
use milepost_grammar::ast::Grain;

use crate::calendar::Calendar;
use crate::dates::{DateSpan, period_of, periods};
use crate::exact::{AboveZero, Exact, Step, div_ceil, ratio, readable, sum, whole};
use crate::expand::heads::Heads;
use crate::message::Message;
use crate::plan::{KeyResult, Plan, Target};

/// The amounts at the top of a key result.
#[derive(Clone, PartialEq, Debug)]
pub struct Totals {
    /// As written, in units of the metric; where the figure is per head, that of one head.
    pub written: Exact,
    /// The whole, in steps.
    pub target: IBig,
    /// What the accounts cover, in units of the metric.
    pub existing: Exact,
    /// What is left to win, in steps.
    pub new: IBig,
    /// What people's parts come to together, in steps.
    pub people: IBig,
}

/// Larger amounts, in steps, are refused: everything made from them still fits into 128 bits.
pub const MOST_STEPS: i128 = 1_000_000_000_000_000_000_000_000_000_000;

/// The amounts at the top of a key result that measures a flow; `None` for a level.
#[must_use]
pub fn totals(
    plan: &Plan,
    key_result: &KeyResult,
    heads: Option<&Heads>,
    say: &mut dyn FnMut(Message),
) -> Option<Totals> {
    let measure = key_result.measure.as_ref()?;
    let metric = &plan[measure.metric];
    let step = &metric.step;
    let written = match &measure.target {
        Target::Amount(amount) => amount.clone(),
        Target::Rate(amount, per) => {
            let calendar = &plan[plan.calendar];
            amount * count_of(key_result.window, *per, calendar, plan.fiscal_start)
        }
        Target::Level(..) => return None,
    };
    let target = heads.map_or_else(|| step.ceil(&written), Heads::steps);
    if matches!(measure.target, Target::Amount(_)) && measure.growth.is_none() && !step.divides(&written) {
        say(Message::OffStep {
            target: readable(&written, 12),
            rounded: step.digits(&step.ceil(&written)),
            step: readable(&step.size, 12),
        });
    }
    let existing = existing(plan, key_result);
    let new = step.ceil(&(step.amount(&target) - &existing)).max(IBig::ZERO);
    if !new.is_above_zero() && existing.is_above_zero() {
        say(Message::ExistingCoversTarget {
            existing: readable(&existing, 12),
            target: readable(&written, 12),
        });
    }
    let most = match &key_result.over_assign {
        Some((over, _)) => step.ceil(&(step.amount(&new) * (whole(1) + over))),
        None => new.clone(),
    };
    if i128::try_from(&most).ok().is_none_or(|steps| steps > MOST_STEPS) {
        say(Message::Overflow { what: "the target".to_owned() });
        return None;
    }
    Some(Totals { written, target, existing, new, people: most })
}

/// What the accounts of a key result cover, in units of its metric.
pub(super) fn existing(plan: &Plan, key_result: &KeyResult) -> Exact {
    let accounts = key_result.existing.iter().flat_map(|(book, _)| &plan[*book].accounts);
    accounts.fold(whole(0), |sum, account| sum + account.kept())
}

/// How many of a period `window` has: its working days, or its periods, a cut one by its share of working days.
pub(super) fn count_of(window: DateSpan, per: Grain, calendar: &Calendar, fiscal_start: u32) -> Exact {
    let count = |span: DateSpan| i64::try_from(calendar.count(span)).unwrap_or(i64::MAX);
    if per == Grain::Day {
        return whole(count(window));
    }
    let parts: Vec<Exact> = periods(window, per, fiscal_start)
        .into_iter()
        .map(|piece| {
            let full = period_of(piece.first, per, fiscal_start);
            match count(full) {
                _ if piece == full => whole(1),
                0 => whole(0),
                days => ratio(count(piece), days),
            }
        })
        .collect();
    sum(&parts)
}

/// `steps` as 128 bits, if it is not beyond what is counted.
#[must_use]
pub fn counted(steps: &IBig) -> Option<i128> {
    i128::try_from(steps).ok().filter(|steps| *steps <= MOST_STEPS)
}

/// The pace of `steps` over so many working days: ceil(amount ÷ working days), in steps; `None` without a day.
#[must_use]
pub fn pace(steps: &IBig, days: usize) -> Option<IBig> {
    (days > 0).then(|| div_ceil(steps, &IBig::from(days)))
}

/// The amount of `steps`, for people to read.
#[must_use]
pub fn read(step: &Step, steps: &IBig) -> String {
    readable(&step.amount(steps), step.decimals)
}
