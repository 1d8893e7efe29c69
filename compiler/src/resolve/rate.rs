//! Rates, and what one unit needs.

use dashu_base::Inverse;
use milepost_grammar::ast::{self, Quantity, QuantityRange, Rate, RateValue};

use super::Resolver;
use crate::exact::{Exact, exact, percent, whole};
use crate::message::Message;
use crate::plan::{MetricId, Need, NeedWritten};

/// Why a rate cannot be planned with.
enum BadRate {
    Zero,
    OverOne,
    Reversed,
}

impl Resolver<'_> {
    /// The part that `rate` plans with: the point, the range's middle, or k/n; above 0, at most 1.
    pub(super) fn rate(&mut self, rate: &Rate) -> Option<Exact> {
        self.rate_from(rate, false, |written| Message::RateOverOne { written })
    }

    /// The same for a part that stays: it may be 0.
    pub(super) fn rate_or_zero(&mut self, rate: &Rate) -> Option<Exact> {
        self.rate_from(rate, true, |written| Message::RetainedOverOne { written })
    }

    /// The same for a chance, which may be 0, too.
    pub(super) fn chance(&mut self, rate: &Rate) -> Option<Exact> {
        self.rate_from(rate, true, |written| Message::ChanceOverOne { written })
    }

    fn rate_from(&mut self, rate: &Rate, zero_fits: bool, over_one: fn(String) -> Message) -> Option<Exact> {
        let written = |resolver: &Self| resolver.written(rate.span);
        match planned(&rate.value) {
            Ok(part) => return Some(part),
            Err(BadRate::Zero) if zero_fits => return Some(Exact::ZERO),
            Err(BadRate::Zero) => self.say(Message::RateOfZero { written: written(self) }, rate.span),
            Err(BadRate::OverOne) => self.say(over_one(written(self)), rate.span),
            Err(BadRate::Reversed) => self.say(Message::ReversedRange { written: written(self) }, rate.span),
        }
        None
    }

    /// What one unit of `left` needs of the right.
    pub(super) fn need(&mut self, left: MetricId, need: &ast::Need) -> Option<Need> {
        let place = self.place(need.span());
        match need {
            ast::Need::Rate(rate) => {
                let planned = self.rate(rate)?.inv();
                Some(Need { planned, written: NeedWritten::Rate(rate.value.clone()), place })
            }
            ast::Need::Each(range, span) => {
                let (least, most) = self.amounts(left, range)?;
                let middle = match &most {
                    Some(most) => (&least + most) / whole(2),
                    None => least.clone(),
                };
                if least.is_zero() {
                    self.say(Message::RateOfZero { written: self.written(*span) }, *span);
                    return None;
                }
                Some(Need { planned: middle.inv(), written: NeedWritten::Each(least, most), place })
            }
        }
    }

    /// One amount, or the least and the most of a range.
    fn amounts(&mut self, metric: MetricId, range: &QuantityRange) -> Option<(Exact, Option<Exact>)> {
        match range {
            QuantityRange::One(amount) => Some((self.amount(metric, amount)?, None)),
            QuantityRange::Between(least, most) => {
                let (first, last) = (self.amount(metric, least), self.amount(metric, most));
                let (first, last) = (first?, last?);
                self.rising(&first, &last, least, most)?;
                Some((first, Some(last)))
            }
        }
    }

    fn rising(&mut self, first: &Exact, last: &Exact, least: &Quantity, most: &Quantity) -> Option<()> {
        if first <= last {
            return Some(());
        }
        let span = least.span.to(most.span);
        self.say(Message::ReversedRange { written: self.written(span) }, span);
        None
    }
}

fn planned(rate: &RateValue) -> Result<Exact, BadRate> {
    let part = match rate {
        RateValue::Percent(point) => percent(*point),
        RateValue::PercentRange(least, most) => {
            if least > most {
                return Err(BadRate::Reversed);
            }
            if exact(*most) > whole(100) {
                return Err(BadRate::OverOne);
            }
            (percent(*least) + percent(*most)) / whole(2)
        }
        RateValue::In(hits, trials) | RateValue::Evidence(hits, trials) => {
            quotient(&exact(*hits), &exact(*trials))?
        }
        RateValue::InRange(hits, fewest, most) => {
            if fewest > most {
                return Err(BadRate::Reversed);
            }
            quotient(&exact(*hits), &exact(*fewest))?;
            quotient(&exact(*hits), &((exact(*fewest) + exact(*most)) / whole(2)))?
        }
    };
    if part.is_zero() {
        Err(BadRate::Zero)
    } else if part > Exact::ONE {
        Err(BadRate::OverOne)
    } else {
        Ok(part)
    }
}

/// Hits of trials; no trials hold no rate.
fn quotient(hits: &Exact, trials: &Exact) -> Result<Exact, BadRate> {
    if trials.is_zero() {
        return Err(if hits.is_zero() { BadRate::Zero } else { BadRate::OverOne });
    }
    let part = hits / trials;
    if part > Exact::ONE { Err(BadRate::OverOne) } else { Ok(part) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::ratio;

    fn of(rate: &RateValue) -> Option<Exact> {
        planned(rate).ok()
    }

    #[test]
    fn ranges_plan_with_their_middle() {
        let number = |number: i64| rust_decimal::Decimal::from(number);
        assert_eq!(of(&RateValue::PercentRange(number(4), number(6))), Some(ratio(1, 20)));
        assert_eq!(of(&RateValue::InRange(number(1), number(15), number(25))), Some(ratio(1, 20)));
        assert_eq!(of(&RateValue::Evidence(number(10), number(200))), Some(ratio(1, 20)));
        assert_eq!(of(&RateValue::In(number(3), number(2))), None);
        assert_eq!(of(&RateValue::In(number(1), number(0))), None);
        assert_eq!(of(&RateValue::Percent(number(0))), None);
        assert_eq!(of(&RateValue::PercentRange(number(90), number(110))), None);
        assert_eq!(of(&RateValue::PercentRange(number(6), number(4))), None);
    }
}
