//! Amounts as people read them, and as a plan writes them.

use crate::exact::{Exact, readable, short_digits, whole};
use crate::plan::{KeyResult, Metric, MetricUnit};

/// `1,200,000 CNY`, `45%`, `12`
pub(super) fn read(metric: &Metric, amount: &Exact) -> String {
    counted(metric, readable(amount, metric.step.decimals.max(2)))
}

/// The same as a plan writes it: `1200000 CNY`, `45%`, `12`; what is finer than a step is left off.
pub(super) fn written(metric: &Metric, amount: &Exact) -> String {
    let amount = metric.step.amount(&metric.step.floor(amount));
    counted(metric, short_digits(&amount, metric.step.decimals))
}

/// A number with what it counts.
fn counted(metric: &Metric, number: String) -> String {
    match &metric.unit {
        MetricUnit::Percent => format!("{number}%"),
        MetricUnit::Money(currency) => format!("{number} {}", currency.code),
        MetricUnit::Count(_) => number,
    }
}

/// Until when a statement holds, as it writes that; nothing where it does not say.
pub(super) fn until(says_by: bool, goal: &KeyResult) -> String {
    if says_by { format!(" by {}", goal.window.last) } else { String::new() }
}

/// A part of one as percents: `12.5 %`, to the tenth.
pub(super) fn percents(part: &Exact) -> String {
    format!("{}%", readable(&(part * whole(100)), 1))
}

/// Whether one of these texts is more than blanks.
pub(super) fn says_something(texts: &[String]) -> bool {
    texts.iter().any(|text| !text.trim().is_empty())
}
