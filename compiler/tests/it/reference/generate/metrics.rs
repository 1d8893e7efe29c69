//! The metrics of a random plan: money, counts, activities and percentages.

use chrono::Weekday;

use super::super::dice::Dice;
use super::super::model::{Better, Currency, Kind, Metric, Total, Unit};
use super::super::period::Grain;
use super::super::rational::{Q, ratio, whole};

pub(crate) fn metrics(dice: &mut Dice, currency: Currency) -> Vec<Metric> {
    use Better::{Higher, Lower};
    use Kind::{Activity, Outcome};
    use Total::{Last, Sum};
    use Unit::{Count, Money, Percent};
    let mut metrics = vec![
        metric("revenue", Money, Outcome, Higher, Sum),
        metric("quoted", Money, Outcome, Higher, Sum),
        metric("orders", Count, Outcome, Higher, Sum),
        metric("contracts", Count, Outcome, Higher, Sum),
        metric("visits", Count, Activity, Higher, Sum),
        metric("calls", Count, Activity, Higher, Sum),
        metric("samples", Count, Activity, Higher, Sum),
        metric("demos", Count, Activity, Higher, Sum),
        metric("coverage", Percent, Outcome, Higher, Sum),
        metric("churn", Percent, Outcome, Lower, Last),
        metric("awareness", Percent, Outcome, Higher, Last),
        metric("stock", Count, Outcome, Lower, Last),
    ];
    let money_steps = match currency {
        // Steps as large as a deal make exact and rounded shares differ visibly.
        Currency::Jpy => [whole(100), whole(5000), whole(10_000), whole(1)],
        Currency::Cny | Currency::Kwd => [whole(100), whole(5000), whole(10_000), ratio(1, 2)],
    };
    for metric in &mut metrics {
        if metric.total == Last {
            // A level has a value every day; by the week or more it is of use.
            metric.grain = dice.maybe(50, |dice| {
                *dice.pick(&[Grain::Week, Grain::TenDay, Grain::Month, Grain::Quarter, Grain::Day])
            });
        } else {
            let often = if metric.kind == Activity { 25 } else { 45 };
            metric.grain = dice.maybe(often, |dice| *dice.pick(&Grain::ALL));
        }
        metric.step = match metric.unit {
            Money => dice.maybe(40, |dice| dice.pick(&money_steps).clone()),
            Count => dice.maybe(15, |dice| dice.pick(&[whole(2), whole(5), whole(10)]).clone()),
            Percent => dice.maybe(30, |dice| dice.pick(&[whole(1), ratio(1, 4), whole(5)]).clone()),
        };
        if metric.total == Sum && dice.chance(30) {
            metric.weekdays = weekdays(dice);
        }
    }
    // Rows follow the order of declaration, whatever it is.
    for place in (1..metrics.len()).rev() {
        if dice.chance(40) {
            let other = dice.between(0, place as i64) as usize;
            metrics.swap(place, other);
        }
    }
    metrics
}

pub(crate) fn metric(name: &str, unit: Unit, kind: Kind, better: Better, total: Total) -> Metric {
    Metric {
        name: name.to_owned(),
        unit,
        kind,
        better,
        total,
        grain: None,
        step: None,
        weekdays: Vec::new(),
        formula: None,
    }
}

/// Some weekdays, so that others take the mean; one may weigh nothing.
fn weekdays(dice: &mut Dice) -> Vec<(Weekday, Q)> {
    use Weekday::{Fri, Mon, Thu, Tue, Wed};
    let mut listed = vec![(Mon, whole(dice.between(1, 4)))];
    for weekday in [Tue, Wed, Thu, Fri] {
        if dice.chance(80) {
            let weights = [whole(0), whole(1), whole(2), whole(3), ratio(3, 2), whole(3)];
            listed.push((weekday, dice.pick(&weights).clone()));
        }
    }
    listed
}
