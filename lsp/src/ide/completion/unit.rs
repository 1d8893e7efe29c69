//! What stands behind numbers.

use milepost::plan::{Metric, MetricUnit};

use super::CompletionKind;
use super::offers::{Offer, Offers};

/// Letters for thousands and the like, with what they stand for.
const SCALES: [(&str, &str); 5] = [
    ("k", "thousand"),
    ("M", "million"),
    ("B", "thousand million"),
    ("万", "ten thousand"),
    ("亿", "hundred million"),
];

/// Currencies that are offered where the plan names none; any other can be written as well.
const CURRENCIES: [&str; 9] = ["CNY", "USD", "EUR", "GBP", "JPY", "INR", "KRW", "HKD", "SGD"];

impl Offers<'_> {
    /// The scale letters that may follow the number under the cursor, an amount of `metric`.
    pub(super) fn scales(&mut self, metric: Option<&Metric>) {
        if metric.is_some_and(|metric| metric.unit == MetricUnit::Percent) {
            return;
        }
        let language = self.plan.and_then(|plan| plan.language.as_deref()).unwrap_or("");
        let own = if language.starts_with("zh") || language.starts_with("ja") { 3 } else { 0 };
        let (first, last) = SCALES.split_at_checked(own).unwrap_or((&SCALES, &[]));
        let at = self.cursor.offset;
        for (letter, means) in last.iter().chain(first) {
            let (detail, range) = (Some(*means), Some(at..at));
            self.push(Offer { detail, range, ..Offer::new(letter, CompletionKind::Unit) });
        }
    }

    /// The unit of amounts of `metric`, if anything is known of it; else that of money.
    pub(super) fn unit(&mut self, metric: Option<&Metric>) {
        match metric.map(|metric| &metric.unit) {
            Some(MetricUnit::Money(currency)) => self.unit_of(&currency.code),
            Some(MetricUnit::Count(Some(word))) => self.unit_of(word),
            Some(MetricUnit::Count(None)) => {}
            Some(MetricUnit::Percent) => self.percent(),
            None => self.money(),
        }
    }

    /// The unit of money.
    pub(super) fn money(&mut self) {
        if let Some(currency) = self.plan.and_then(|plan| plan.currency.as_ref()) {
            self.unit_of(&currency.code);
        }
    }

    pub(super) fn percent(&mut self) {
        let at = self.cursor.offset;
        let range = self.cursor.behind_number.then_some(at..at);
        self.push(Offer { range, ..Offer::new("%", CompletionKind::Unit) });
    }

    fn unit_of(&mut self, unit: &str) {
        let at = self.cursor.offset;
        // Right behind the number, a space comes first.
        let spaced = format!(" {unit}");
        let behind = self.cursor.behind_number;
        let insert = behind.then_some(spaced.as_str());
        let range = behind.then_some(at..at);
        self.push(Offer { insert, range, ..Offer::new(unit, CompletionKind::Unit) });
    }

    /// Currencies, the plan's first.
    pub(super) fn currencies(&mut self) {
        let own = self.plan.and_then(|plan| plan.currency.as_ref()).map(|own| own.code.as_str());
        for code in own.into_iter().chain(CURRENCIES.into_iter().filter(|code| Some(*code) != own)) {
            self.push(Offer::new(code, CompletionKind::Unit));
        }
    }

    /// How rates are written.
    pub(super) fn rates(&mut self) {
        self.value("1 in 20", "1 in ${1:20}");
        self.value("25%", "${1:25}%");
        self.value("4%..6%", "${1:4}%..${2:6}%");
        self.value("10 of 200", "${1:10} of ${2:200}");
    }
}
