//! Chains of needs, some with branches.

use super::super::dice::Dice;
use super::super::model::{Currency, Delay, Funnel, Line, Rate};
use super::super::rational::{Q, ratio, whole};

pub(crate) fn funnels(dice: &mut Dice, currency: Currency) -> Vec<Funnel> {
    let mut funnels = Vec::new();
    for name in ["field-sales", "inbound"].iter().take(dice.between(1, 2) as usize) {
        let mut lines = Vec::new();
        let mut top = "revenue";
        if dice.chance(25) {
            let part = dice.pick(&[whole(25), whole(40), ratio(125, 2), whole(100)]).clone();
            lines.push(line(dice, "revenue", "quoted", Rate::Share(part)));
            top = "quoted";
        }
        let each = each(dice, currency);
        lines.push(line(dice, top, "orders", each));
        if dice.chance(20) {
            let each = self::each(dice, currency);
            lines.push(line(dice, top, "contracts", each));
        }
        if dice.chance(85) {
            if dice.chance(35) {
                lines.extend(mix(dice));
            } else {
                let rate = rate(dice);
                lines.push(line(dice, "orders", "visits", rate));
            }
            if lines.iter().any(|line| line.right == "visits") && dice.chance(50) {
                let rate = self::rate(dice);
                lines.push(line(dice, "visits", "calls", rate));
            }
        }
        let mixed = lines.iter().any(|line| line.part.is_some());
        if !mixed && dice.chance(25) {
            let rate = rate(dice);
            lines.push(line(dice, "orders", "samples", rate));
        }
        if dice.chance(20) {
            lines.reverse();
        }
        funnels.push(Funnel { name: (*name).to_owned(), lines });
    }
    funnels
}

fn line(dice: &mut Dice, left: &str, right: &str, rate: Rate) -> Line {
    Line { name: None, left: left.to_owned(), right: right.to_owned(), rate, part: None, lag: lag(dice) }
}

fn lag(dice: &mut Dice) -> Option<Delay> {
    match dice.between(1, 100) {
        1..=35 => Some(Delay::Days(*dice.pick(&[1, 2, 3, 7, 7, 14, 14, 30, 45, 90, 200]))),
        36..=60 => Some(Delay::Workdays(*dice.pick(&[1, 1, 2, 3, 5, 10, 21, 60]))),
        _ => None,
    }
}

/// Two or three ways to an order, each of which brings a part of them; now and then
/// two of them need the same.
fn mix(dice: &mut Dice) -> Vec<Line> {
    let parts: Vec<Q> = dice
        .pick(&[
            vec![whole(60), whole(40)],
            vec![ratio(625, 10), ratio(375, 10)],
            vec![whole(50), whole(30), whole(20)],
            vec![whole(1), whole(99)],
        ])
        .clone();
    let rights =
        if dice.chance(20) { ["visits", "visits", "samples"] } else { ["visits", "demos", "samples"] };
    let mut lines = Vec::new();
    for ((part, right), name) in parts.into_iter().zip(rights).zip(["inbound", "by-hand", "渠道"]) {
        let rate = rate(dice);
        let mut line = line(dice, "orders", right, rate);
        line.part = Some(part);
        line.name = Some(name.to_owned());
        lines.push(line);
    }
    lines
}

/// Deal sizes with the decimals of the currency.
pub(crate) fn each(dice: &mut Dice, currency: Currency) -> Rate {
    let amounts: &[Q] = &match currency {
        Currency::Jpy => [whole(40_000), whole(7_500), whole(1), whole(333)],
        Currency::Cny => [whole(40_000), whole(12_500), ratio(9_995, 10), ratio(333_333, 100)],
        Currency::Kwd => [whole(40_000), whole(1_250), ratio(1_234_567, 1000), whole(700)],
    };
    let amount = dice.pick(amounts).clone();
    // A very small deal makes a very long funnel.
    Rate::Each(if amount < whole(300) { whole(30_000) } else { amount })
}

/// Needs that do not divide well.
pub(crate) fn rate(dice: &mut Dice) -> Rate {
    match dice.between(1, 100) {
        1..=30 => Rate::OneIn(
            dice.pick(&[whole(20), whole(3), ratio(15, 2), ratio(5, 2), ratio(133, 10), whole(1)]).clone(),
        ),
        31..=60 => Rate::Share(
            dice.pick(&[
                whole(25),
                ratio(6, 10),
                ratio(25, 2),
                ratio(333, 10),
                whole(70),
                whole(100),
                whole(5),
            ])
            .clone(),
        ),
        61..=72 => {
            let low = dice.between(1, 40);
            Rate::ShareRange(whole(low), whole(low + dice.between(1, 30)))
        }
        73..=85 => {
            let low = dice.between(1, 15);
            Rate::OneInRange(whole(low), ratio(low * 2 + dice.between(1, 20), 2))
        }
        _ => {
            let hits = dice.between(1, 12);
            Rate::Evidence(hits, hits + dice.between(0, 90))
        }
    }
}
