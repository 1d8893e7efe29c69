//! The existing business.

use super::super::dice::Dice;
use super::super::model::{Account, Accounts, Plan, Retain};
use super::super::period::later;
use super::super::rational::{ratio, whole};
use super::super::someone::everybody;

pub(crate) fn accounts(dice: &mut Dice, plan: &Plan) -> Vec<Accounts> {
    let (first, last) = (plan.period.first(), plan.period.last());
    let people = everybody(plan);
    let mut accounts = Vec::new();
    for title in ["Acme", "Beta \\\"2\\\"", "长城", "Delta, Inc."].iter().take(dice.between(1, 4) as usize)
    {
        accounts.push(Account {
            title: (*title).to_owned(),
            amount: whole(dice.between(1, 400)) * whole(*dice.pick(&[1000, 100, 333])),
            retain: dice.maybe(50, retain),
            owner: dice.maybe(50, |dice| dice.pick(&people).name.clone()),
            renews: dice.maybe(50, |dice| later(first, dice.between(0, (last - first).num_days()))),
        });
    }
    let for_all = retain(dice);
    vec![Accounts {
        name: "north-book".to_owned(),
        metric: "revenue".to_owned(),
        retain: Some(for_all),
        accounts,
    }]
}

fn retain(dice: &mut Dice) -> Retain {
    if dice.chance(60) {
        Retain::Point(dice.pick(&[whole(80), ratio(725, 10), whole(100), ratio(333, 10)]).clone())
    } else {
        let low = dice.between(10, 70);
        Retain::Range(whole(low), whole(low + dice.between(1, 30)))
    }
}
