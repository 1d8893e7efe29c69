//! Amounts that fit their metric.

use dashu_base::{Abs, BitTest};
use dashu_int::IBig;
use milepost_grammar::Span;
use milepost_grammar::ast::{Quantity, Unit};

use super::Resolver;
use super::currency::{codes_of, sign_fits};
use super::names::composed;
use crate::exact::{Exact, exact};
use crate::message::Message;
use crate::plan::{Metric, MetricId, MetricUnit};

/// More steps than this cannot be counted: sums over people and goals must stay inside 128 bits.
const MOST_STEPS: u64 = 1_000_000_000_000_000_000;

impl Resolver<'_> {
    /// An amount of `metric`, in its unit; of percents, in hundredths.
    pub(super) fn amount(&mut self, metric: MetricId, quantity: &Quantity) -> Option<Exact> {
        let amount = exact(quantity.value);
        let known = self.plan.metrics.get(metric.index())?;
        let message = misfit(known, quantity)
            .or_else(|| too_many_steps(known, &amount, || self.written(quantity.span)));
        match message {
            Some(message) => {
                self.say(message, quantity.span);
                None
            }
            None => Some(amount),
        }
    }

    /// A percent as a part (`40%` is 0.4); says so if it is anything else.
    pub(super) fn part(&mut self, quantity: &Quantity) -> Option<Exact> {
        match &quantity.unit {
            Some(unit) if unit.value == Unit::Percent => Some(crate::exact::percent(quantity.value)),
            _ => {
                let found = self.written(quantity.span);
                self.say(Message::PercentExpected { found }, quantity.span);
                None
            }
        }
    }

    /// The text at `span`.
    pub(super) fn written(&self, span: Span) -> String {
        self.sources.text(self.place(span)).to_owned()
    }
}

/// What is wrong with the unit of `quantity` for `metric`.
pub(super) fn misfit(metric: &Metric, quantity: &Quantity) -> Option<Message> {
    unit_misfit(metric, &quantity.unit.as_ref()?.value)
}

/// What is wrong with `unit` for `metric`.
pub(super) fn unit_misfit(metric: &Metric, unit: &Unit) -> Option<Message> {
    let fits = match (&metric.unit, unit) {
        (MetricUnit::Money(currency), Unit::Sign(sign)) => sign_fits(*sign, currency),
        (MetricUnit::Money(currency), Unit::Word(word)) => *word == currency.code,
        (MetricUnit::Percent, Unit::Percent) => true,
        (MetricUnit::Percent, Unit::Word(word)) => word == "percent",
        (MetricUnit::Count(counted), Unit::Word(word)) => {
            // `30 visits` of the metric `visits` is what everybody writes.
            word == "count" || counted.as_ref() == Some(word) || composed(word) == metric.name
        }
        _ => false,
    };
    let found = match unit {
        Unit::Percent => "percent".to_owned(),
        Unit::Points => "percentage points".to_owned(),
        Unit::Sign(sign) => match codes_of(*sign).next() {
            Some(code) => format!("{sign} ({code})"),
            None => sign.to_string(),
        },
        Unit::Word(word) => word.clone(),
    };
    (!fits).then(|| Message::UnitMismatch {
        metric: metric.name.clone(),
        expected: metric.unit.name().to_owned(),
        found,
    })
}

/// What is wrong with `amount`, if it is more than can be counted.
pub(super) fn too_many_steps(
    metric: &Metric,
    amount: &Exact,
    written: impl FnOnce() -> String,
) -> Option<Message> {
    // Nearly all amounts are far from it: one below 2^32 has too few steps of a millionth.
    if amount.numerator().bit_len() <= 32 && metric.step.decimals <= 6 {
        return None;
    }
    let steps = amount.clone().abs() / &metric.step.size;
    (steps > Exact::from(IBig::from(MOST_STEPS)))
        .then(|| Message::Overflow { what: format!("`{}`", written()) })
}
