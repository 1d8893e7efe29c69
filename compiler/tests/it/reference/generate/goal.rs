//! Key results: the parts of the language in many combinations.

use chrono::NaiveDate;

use super::super::dice::Dice;
use super::super::model::{
    Baseline, Change, Checkpoint, Currency, KeyResult, Loaded, Measure, Method, Objective, Plan, Reach,
    Share, Split, Spread, Unit,
};
use super::super::period::{Grain, Period};
use super::super::rational::{Q, ceil_to, ratio, whole, zero};
use super::super::someone::everybody;
use super::crew::{owner, present, teams};
use super::stretch::{deadline, piece, some_periods};

pub(crate) fn key_result(dice: &mut Dice, plan: &Plan, objective: &Objective, name: &str) -> KeyResult {
    let outer = objective.during.as_ref().unwrap_or(&plan.period);
    let during = dice.maybe(20, |dice| piece(dice, plan.period.first(), plan.period.last(), plan.fiscal));
    let window = during.as_ref().unwrap_or(outer);
    let (first, mut last) = (window.first(), window.last());
    let by =
        dice.maybe(45, |dice| if dice.chance(50) { Period::Day(last) } else { deadline(dice, first, last) });
    if let Some(by) = &by {
        last = by.last();
    }
    let mut goal = KeyResult {
        owner: dice.maybe(25, |dice| owner(dice, plan)),
        during,
        by,
        ..KeyResult::new(name, "", Measure::Amount(zero()))
    };
    if dice.chance(14) {
        level(dice, &mut goal, first, last);
        return goal;
    }
    // Who owns it takes part, so it decides what may be shared.
    let owner = goal.owner.clone().or_else(|| objective.owner.clone()).unwrap_or_default();
    measure(dice, plan, &mut goal);
    beside(dice, plan, &mut goal);
    time(dice, plan, &mut goal, first, last);
    if goal.metric == "coverage" {
        return goal;
    }
    if dice.chance(65) {
        let funnel = dice.pick(&plan.funnels);
        if funnel.lines.iter().any(|line| line.left == goal.metric) {
            goal.through = Some(funnel.name.clone());
        }
    }
    if goal.metric == "revenue" && dice.chance(30) {
        goal.existing = plan.accounts.first().map(|accounts| accounts.name.clone());
    }
    let is_person = everybody(plan).iter().any(|person| person.name == owner);
    if !is_person && dice.chance(75) {
        share(dice, plan, &mut goal, &owner, first, last);
    }
    if let Some(Share { method: Method::Each { .. }, .. }) = goal.share {
        // Accounts take from the goal of all together.
        goal.existing = None;
    }
    goal.split = dice.maybe(25, split);
    let shared = goal.share.is_some() || goal.through.is_some();
    if shared && dice.chance(25) {
        goal.over_assign = Some(dice.pick(&[whole(5), whole(10), ratio(5, 2), whole(33)]).clone());
    }
    goal
}

/// The metric, and an amount or a rate that suits it.
fn measure(dice: &mut Dice, plan: &Plan, goal: &mut KeyResult) {
    let metrics = ["revenue", "revenue", "revenue", "revenue", "orders", "orders", "orders", "visits"];
    let metric = if dice.chance(6) { "coverage" } else { *dice.pick(&metrics) };
    goal.metric = metric.to_owned();
    let rate = metric != "coverage" && dice.chance(20);
    if rate {
        let per = *dice.pick(&Grain::ALL);
        let amount = if metric == "revenue" {
            whole(dice.between(1, 90) * 1000)
        } else {
            dice.pick(&[whole(1), whole(3), ratio(5, 2), whole(12), ratio(7, 10)]).clone()
        };
        goal.measure = Measure::Rate(amount, per);
        return;
    }
    goal.measure = Measure::Amount(match metric {
        "revenue" => {
            let rounds: &[Q] = &[whole(40_000), whole(10_000), whole(777), whole(1000)];
            let amount = dice.pick(rounds) * whole(dice.between(1, 60));
            // Now and then a target that is not a whole number of steps.
            let off = match (dice.chance(10), plan.currency) {
                (false, _) => zero(),
                (true, Currency::Jpy) => ratio(1, 2),
                (true, Currency::Cny) => ratio(5, 1000),
                (true, Currency::Kwd) => ratio(1, 1000),
            };
            amount + off
        }
        "coverage" => whole(dice.between(10, 90)),
        // Often fewer than there are people.
        "orders" if dice.chance(50) => whole(dice.between(1, 8)),
        _ => whole(dice.between(1, 300)),
    });
}

fn level(dice: &mut Dice, goal: &mut KeyResult, first: NaiveDate, last: NaiveDate) {
    let metric = *dice.pick(&["churn", "awareness", "stock"]);
    goal.metric = metric.to_owned();
    let (mut low, mut high) = (whole(5 * dice.between(0, 8)), whole(5 * dice.between(9, 20)));
    if metric == "stock" {
        (low, high) = (low * whole(10), high * whole(10));
    }
    let up = metric == "awareness";
    if dice.chance(45) {
        level_beside(dice, goal, up);
        return;
    }
    goal.measure = if up {
        Measure::Level { from: low.clone(), to: high.clone() }
    } else {
        Measure::Level { from: high.clone(), to: low.clone() }
    };
    let days = checkpoint_days(dice, first, last);
    let pieces = whole(days.len() as i64 + 1);
    for (place, by) in days.into_iter().enumerate() {
        // On the way, but not on the straight line.
        let on_the_way = (&high - &low) * whole(place as i64 + 1) / &pieces;
        let moved = (on_the_way * whole(3) / whole(4)).floor();
        let reach = if up { &low + moved } else { &high - moved };
        // The window's end has its value already.
        if by.last() < last {
            goal.checkpoints.push(Checkpoint { reach: Reach::Amount(reach), by });
        }
    }
}

/// Some deadlines in order, no two on one day.
fn checkpoint_days(dice: &mut Dice, first: NaiveDate, last: NaiveDate) -> Vec<Period> {
    if !dice.chance(40) {
        return Vec::new();
    }
    let mut days: Vec<Period> = (0..dice.between(1, 3)).map(|_| deadline(dice, first, last)).collect();
    days.sort_by_key(Period::last);
    days.dedup_by_key(|by| by.last());
    days
}

/// Checkpoints, season and front.
fn time(dice: &mut Dice, plan: &Plan, goal: &mut KeyResult, first: NaiveDate, last: NaiveDate) {
    let days = checkpoint_days(dice, first, last);
    let mut reached = 0;
    for by in days {
        // A piece may have nothing to bring.
        reached += *dice.pick(&[0, 5, 10, 25, 30]);
        let part = whole(reached) + dice.pick(&[zero(), ratio(1, 2)]);
        let reach = match &goal.measure {
            Measure::Amount(target) if dice.chance(50) => {
                let unit = unit(plan, &goal.metric);
                let step = match unit {
                    Unit::Money => plan.currency.minor_unit(),
                    Unit::Count | Unit::Percent => whole(1),
                };
                Reach::Amount(ceil_to(&(target * part / whole(100)), &step).min(target.clone()))
            }
            _ => Reach::OfTarget(part),
        };
        goal.checkpoints.push(Checkpoint { reach, by });
    }
    // Halves and roundings may have put a later one below an earlier one.
    if !rising(goal) {
        goal.checkpoints.truncate(1);
    }
    goal.spread = match dice.between(1, 100) {
        1..=10 => Some(Spread::Evenly),
        11..=30 if !plan.histories.is_empty() => Some(Spread::Like {
            history: dice.pick(&plan.histories).name.clone(),
            per_workday: dice.chance(45),
        }),
        31..=45 => {
            let periods = some_periods(dice, first, last);
            Some(Spread::Periods(shares(dice, periods)))
        }
        _ => None,
    };
    goal.loaded = match dice.between(1, 100) {
        1..=12 => Some(Loaded::Front(front(dice))),
        13..=20 => Some(Loaded::Back(front(dice))),
        _ => None,
    };
}

/// A change beside a baseline in place of an amount, or a baseline that changes
/// nothing.
fn beside(dice: &mut Dice, plan: &Plan, goal: &mut KeyResult) {
    let Measure::Amount(target) = &goal.measure else { return };
    if dice.chance(65) {
        return;
    }
    let amount = target.ceil();
    let past = plan.histories.iter().filter(|history| history.metric == goal.metric).collect::<Vec<_>>();
    goal.baseline = Some(if !past.is_empty() && dice.chance(60) {
        Baseline::History(dice.pick(&past).name.clone())
    } else {
        Baseline::Amount(amount.clone())
    });
    if dice.chance(15) {
        return;
    }
    goal.measure = Measure::Relative(match dice.between(1, 3) {
        1 => Change::Percent(
            dice.pick(&[whole(25), whole(-10), ratio(125, 10), whole(100), ratio(-333, 10)]).clone(),
        ),
        2 => Change::Times(dice.pick(&[ratio(3, 2), whole(2), ratio(333, 1000), whole(1)]).clone()),
        _ if goal.metric == "coverage" => {
            Change::Plus(dice.pick(&[whole(5), whole(-5), ratio(5, 2)]).clone())
        }
        _ => {
            let size = whole(dice.between(1, 40)) * (&amount / whole(40)).ceil();
            Change::Plus(if dice.chance(25) { -size } else { size })
        }
    });
}

fn level_beside(dice: &mut Dice, goal: &mut KeyResult, up: bool) {
    goal.baseline = Some(if dice.chance(60) {
        Baseline::History(format!("{}-past", goal.metric))
    } else {
        Baseline::Amount(dice.pick(&[whole(45), whole(60), whole(31)]).clone())
    });
    let better = |size: Q| if up { size } else { -size };
    goal.measure = Measure::Relative(match dice.between(1, 3) {
        1 => Change::Percent(better(dice.pick(&[whole(25), whole(10), ratio(333, 10)]).clone())),
        2 => Change::Times(if up { ratio(3, 2) } else { ratio(65, 100) }),
        _ => Change::Plus(better(dice.pick(&[whole(5), whole(12)]).clone())),
    });
}

/// Parts in percent, or with weights that make no hundred; one may weigh nothing.
fn split(dice: &mut Dice) -> Split {
    let all = [
        vec![("cold-chain", whole(40)), ("logistics", whole(60))],
        vec![("a", ratio(125, 10)), ("乙", ratio(375, 10)), ("c", whole(50))],
        vec![("one", whole(1)), ("two", whole(2))],
        vec![("x", whole(3)), ("y", whole(0)), ("z", whole(1)), ("w", whole(1))],
        vec![("only", whole(100))],
    ];
    let parts = dice.pick(&all);
    let total = super::super::rational::sum(parts.iter().map(|(_, weight)| weight));
    Split {
        dimension: (*dice.pick(&["industry", "产品"])).to_owned(),
        in_percent: total == whole(100) && dice.chance(70),
        parts: parts.iter().map(|(name, weight)| ((*name).to_owned(), weight.clone())).collect(),
    }
}

fn front(dice: &mut Dice) -> Q {
    dice.pick(&[whole(20), ratio(25, 2), whole(50), whole(100)]).clone()
}

fn rising(goal: &KeyResult) -> bool {
    // A rate has percents alone; any target orders them.
    let hundred = whole(100);
    let target = match &goal.measure {
        Measure::Amount(target) => target,
        _ => &hundred,
    };
    let reach: Vec<Q> = goal
        .checkpoints
        .iter()
        .map(|checkpoint| match &checkpoint.reach {
            Reach::Amount(amount) => amount.clone(),
            Reach::OfTarget(p) => target * p / whole(100),
        })
        .collect();
    reach.windows(2).all(|pair| pair[0] <= pair[1])
}

/// Percentages that make a hundred.
fn shares(dice: &mut Dice, periods: Vec<Period>) -> Vec<(Period, Q)> {
    let mut left = whole(100);
    let mut shares = Vec::new();
    let many = periods.len() as i64;
    for (place, period) in periods.into_iter().enumerate() {
        let share =
            if place as i64 == many - 1 { left.clone() } else { ratio(dice.between(1, 190 / many), 2) };
        left -= &share;
        shares.push((period, share));
    }
    shares
}

fn share(dice: &mut Dice, plan: &Plan, goal: &mut KeyResult, owner: &str, first: NaiveDate, last: NaiveDate) {
    let people: Vec<String> = everybody(plan)
        .into_iter()
        .filter(|person| person.belongs_to(owner))
        .map(|person| person.name)
        .collect();
    let mut method = match dice.between(1, 9) {
        1..=2 => Method::Evenly,
        3..=4 => Method::ByWeight,
        5..=6 => Method::ByCapacity,
        7 => Method::Each { by_capacity: false },
        _ => Method::Each { by_capacity: true },
    };
    let role = dice.maybe(25, |dice| (*dice.pick(&["ae", "sdr"])).to_owned());
    let people: Vec<String> = match &role {
        None => people,
        role => present(plan, owner, role.as_ref(), first, last),
    };
    // Teams next to one another: those inside the owner, or all at the top.
    let inner: Vec<String> = inside(plan, owner);
    let mut names = vec![owner.to_owned()];
    let mut level_by_level = false;
    match dice.between(1, 100) {
        1..=45 if inner.len() > 1 => {
            level_by_level = true;
            if dice.chance(50) {
                names = inner.clone();
                if dice.chance(30) {
                    names.reverse();
                }
            } else {
                method = Method::List(list(dice, &inner, 90));
            }
        }
        46..=56 if !people.is_empty() => method = Method::List(list(dice, &people, 70)),
        57..=70 if !people.is_empty() => {
            let mut some: Vec<String> = people.iter().filter(|_| dice.chance(70)).cloned().collect();
            if some.is_empty() {
                some.push(people[0].clone());
            }
            if dice.chance(30) {
                some.reverse();
            }
            names = some;
        }
        _ => {}
    }
    let level_by_level = level_by_level && !matches!(method, Method::Each { .. });
    let listed: Vec<String> = match &method {
        Method::List(list) => list.iter().map(|(name, _)| name.clone()).collect(),
        _ => Vec::new(),
    };
    // A role that nobody has is an error, in each team.
    let found = |name: &String| {
        let mut of =
            everybody(plan).into_iter().filter(|person| person.belongs_to(name) || person.name == *name);
        of.any(|person| person.role == role)
    };
    let role = role.clone().filter(|_| names.iter().chain(&listed).all(found));
    goal.share = Some(Share { names: names.clone(), role: role.clone(), method });

    // Pins and extras go to people who take part and have a day to work on.
    let mut takers: Vec<String> = names
        .iter()
        .chain(if level_by_level { &listed } else { &[] as &[String] })
        .flat_map(|name| present(plan, name, role.as_ref(), first, last))
        .collect();
    if level_by_level && !listed.is_empty() {
        takers = listed.iter().flat_map(|name| present(plan, name, role.as_ref(), first, last)).collect();
    } else if !listed.is_empty() {
        takers.retain(|name| listed.contains(name));
    }
    takers.dedup();
    if takers.is_empty() {
        return;
    }
    let about = match (&goal.measure, &goal.baseline) {
        (Measure::Amount(target), _) => Some(target.clone()),
        (_, Some(Baseline::Amount(baseline))) => Some(baseline.clone()),
        _ => None,
    };
    if let Some(target) = &about
        && dice.chance(25)
    {
        let step = plan
            .metrics
            .iter()
            .find(|metric| metric.name == goal.metric)
            .map_or_else(|| whole(1), |metric| metric.step(plan.currency));
        let name = dice.pick(&takers).clone();
        let part = ratio(dice.between(1, 15), 10 * takers.len() as i64);
        let amount = ceil_to(&(target * part), &step);
        goal.pins.push((name, amount));
        if level_by_level && dice.chance(40) {
            let team = if listed.is_empty() { dice.pick(&names) } else { dice.pick(&listed) };
            if !present(plan, team, role.as_ref(), first, last).is_empty() {
                goal.pins = vec![(team.clone(), ceil_to(&(target * ratio(1, 3)), &step))];
            }
        }
    }
    if dice.chance(12) {
        let name = dice.pick(&takers).clone();
        if goal.pins.iter().all(|(pinned, _)| *pinned != name) {
            goal.over_assign_one.push((name, whole(*dice.pick(&[10, 5, 50]))));
        }
    }
}

/// Teams that sit side by side right inside a team.
fn inside(plan: &Plan, owner: &str) -> Vec<String> {
    use super::super::model::Member;
    let found = teams(plan).into_iter().find(|team| team.name == owner);
    let members = found.map_or(&[] as &[Member], |team| &team.members);
    members
        .iter()
        .filter_map(|member| match member {
            Member::Team(team) => Some(team.name.clone()),
            Member::Person(_) => None,
        })
        .collect()
}

/// Relative weights; they need not make a hundred, nor name everybody.
fn list(dice: &mut Dice, names: &[String], keep: i64) -> Vec<(String, Q)> {
    let mut list: Vec<(String, Q)> = Vec::new();
    for name in names {
        if dice.chance(keep) {
            list.push((name.clone(), dice.pick(&[whole(40), whole(60), ratio(25, 2)]).clone()));
        }
    }
    if list.is_empty() {
        list.push((names[0].clone(), whole(100)));
    }
    if dice.chance(30) {
        list.reverse();
    }
    list
}

fn unit(plan: &Plan, metric: &str) -> Unit {
    let found = plan.metrics.iter().find(|known| known.name == metric);
    found.map_or(Unit::Count, |metric| metric.unit)
}
