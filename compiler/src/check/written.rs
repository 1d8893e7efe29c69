//! Amounts as people read them, and as a plan writes them.

use crate::exact::{Exact, digits, readable, whole};
use crate::plan::{Metric, MetricUnit};

/// `1,200,000 CNY`, `45%`, `12`
pub(super) fn read(metric: &Metric, amount: &Exact) -> String {
    let number = readable(amount, metric.step.decimals.max(2));
    match &metric.unit {
        MetricUnit::Percent => format!("{number}%"),
        MetricUnit::Money(currency) => format!("{number} {}", currency.code),
        MetricUnit::Count(_) => number,
    }
}

/// The same as a plan writes it: `1200000 CNY`, `45%`, `12`; what is finer than a step is left off.
pub(super) fn written(metric: &Metric, amount: &Exact) -> String {
    let steps = metric.step.floor(amount);
    let number = digits(&metric.step.amount(&steps), metric.step.decimals);
    let number =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { &number };
    match &metric.unit {
        MetricUnit::Percent => format!("{number}%"),
        MetricUnit::Money(currency) => format!("{number} {}", currency.code),
        MetricUnit::Count(_) => number.to_owned(),
    }
}

/// A part of one as percents: `12.5 %`, to the tenth.
pub(super) fn percents(part: &Exact) -> String {
    format!("{}%", readable(&(part * whole(100)), 1))
}

/// Whether one of these texts is more than blanks.
pub(super) fn says_something(texts: &[String]) -> bool {
    texts.iter().any(|text| !text.trim().is_empty())
}
