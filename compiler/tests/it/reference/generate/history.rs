//! Past months to take a season from.

use chrono::{Datelike, NaiveDate};

use super::super::dice::Dice;
use super::super::model::{History, PastMonth};
use super::super::rational::whole;

/// A season of whole years, one of years with gaps, and one that is short.
pub(crate) fn histories(dice: &mut Dice, first: NaiveDate) -> Vec<History> {
    let mut histories = Vec::new();
    for (name, missing) in [("sales-past", 0), ("去年", 20), ("short", 60)] {
        let mut months = Vec::new();
        for back in (1..=dice.between(1, 3) as i32).rev() {
            // In a history with gaps one year may still be whole.
            let missing = if dice.chance(30) { 0 } else { missing };
            for month in 1..=12 {
                if dice.chance(missing) {
                    continue;
                }
                let amount = whole(dice.between(1, 90) * 1000);
                months.push(PastMonth {
                    year: first.year() - back,
                    month,
                    planned: dice.maybe(10, |dice| whole(dice.between(1, 90) * 1000)),
                    amount,
                });
            }
        }
        if !months.is_empty() {
            histories.push(History { name: name.to_owned(), metric: "revenue".to_owned(), months });
        }
    }
    histories.extend(["churn", "awareness", "stock"].map(|metric| levels(dice, metric, first)));
    histories
}

/// Where a level stood, up to the month before a plan and into it.
fn levels(dice: &mut Dice, metric: &str, first: NaiveDate) -> History {
    let mut months = Vec::new();
    for month in 1..=12 {
        if dice.chance(60) {
            let amount = whole(dice.between(20, 60));
            months.push(PastMonth { year: first.year() - 1, month, amount, planned: None });
        }
    }
    for month in 1..=first.month() {
        let amount = whole(dice.between(20, 60));
        months.push(PastMonth { year: first.year(), month, amount, planned: None });
    }
    History { name: format!("{metric}-past"), metric: metric.to_owned(), months }
}
