//! The worked numbers of the language, on the reference itself: it has to be right
//! before anything is compared with it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use num_traits::ToPrimitive;

use super::expand::expand;
use super::life::Said;
use super::model::{
    Account, Accounts, Better, Calendar, Checkpoint, Currency, Delay, Funnel, KeyResult, Kind, Line, Loaded,
    Measure, Member, Method, Metric, Objective, Person, Plan, Rate, Reach, Retain, Share, Spread, Team,
    Terms, Total, Unit,
};
use super::period::{Grain, Period, date};
use super::rational::{Q, plain, ratio, whole};
use super::row::Row;

pub(crate) fn outcome(name: &str, unit: Unit) -> Metric {
    Metric {
        name: name.to_owned(),
        unit,
        kind: Kind::Outcome,
        better: Better::Higher,
        total: Total::Sum,
        grain: None,
        step: None,
        weekdays: Vec::new(),
        formula: None,
    }
}

pub(crate) fn activity(name: &str) -> Metric {
    Metric { kind: Kind::Activity, ..outcome(name, Unit::Count) }
}

pub(crate) fn line(left: &str, right: &str, rate: Rate) -> Line {
    Line { name: None, left: left.to_owned(), right: right.to_owned(), rate, part: None, lag: None }
}

/// Everybody is in the team `north`, which owns the only objective.
pub(crate) fn plan(period: Period, people: usize, key_result: KeyResult) -> Plan {
    let person = |k| Member::Person(Person { name: format!("p{k}"), weight: None, terms: Terms::default() });
    Plan {
        name: "worked".to_owned(),
        period,
        currency: Currency::Cny,
        calendar: Calendar {
            name: "plain".to_owned(),
            week: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            off: Vec::new(),
            work: Vec::new(),
        },
        calendars: Vec::new(),
        fiscal: None,
        metrics: vec![
            outcome("revenue", Unit::Money),
            outcome("orders", Unit::Count),
            activity("visits"),
            activity("calls"),
        ],
        members: vec![Member::Team(Team {
            name: "north".to_owned(),
            weight: None,
            terms: Terms::default(),
            members: (0..people).map(person).collect(),
        })],
        histories: Vec::new(),
        funnels: vec![Funnel {
            name: "sales".to_owned(),
            lines: vec![
                line("revenue", "orders", Rate::Each(whole(40_000))),
                line("orders", "visits", Rate::OneIn(whole(20))),
            ],
        }],
        accounts: Vec::new(),
        objectives: vec![Objective {
            name: "win".to_owned(),
            owner: Some("north".to_owned()),
            during: None,
            said: Said::default(),
            key_results: vec![key_result],
        }],
        readings: Vec::new(),
    }
}

pub(crate) fn goal(metric: &str, measure: Measure) -> KeyResult {
    KeyResult::new("book", metric, measure)
}

pub(crate) fn a_million() -> KeyResult {
    KeyResult {
        through: Some("sales".to_owned()),
        share: Some(Share { names: vec!["north".to_owned()], role: None, method: Method::Evenly }),
        ..goal("revenue", Measure::Amount(whole(1_000_000)))
    }
}

pub(crate) fn june() -> Period {
    Period::Month(2026, 6)
}

fn rows(plan: &Plan) -> Vec<Row> {
    expand(plan, None).unwrap()
}

fn number(x: &Q) -> i64 {
    assert!(x.is_integer());
    x.to_i64().unwrap()
}

/// Totals of a metric, for each person in order of declaration.
fn totals(plan: &Plan, metric: &str) -> Vec<i64> {
    let mut totals = BTreeMap::new();
    for row in rows(plan).iter().filter(|row| row.metric == metric) {
        *totals.entry(row.place.person).or_insert_with(|| whole(0)) += &row.amount;
    }
    totals.values().map(number).collect()
}

fn total(plan: &Plan, metric: &str) -> i64 {
    totals(plan, metric).iter().sum()
}

/// Running totals of one person, day by day.
fn line_of(plan: &Plan, person: &str, metric: &str) -> Vec<i64> {
    rows(plan)
        .iter()
        .filter(|row| row.metric == metric && row.person == person)
        .map(|row| number(&row.to_date))
        .collect()
}

#[test]
fn one_a_million_in_june() {
    let plan = plan(june(), 5, a_million());
    assert_eq!(totals(&plan, "revenue"), [200_000; 5]);
    assert_eq!(totals(&plan, "orders"), [5; 5]);
    assert_eq!(totals(&plan, "visits"), [100; 5]);
    for person in ["p0", "p1", "p2", "p3", "p4"] {
        let all = rows(&plan);
        let days = all.iter().filter(|row| row.metric == "visits" && row.person == person);
        let amounts: Vec<i64> = days.map(|row| number(&row.amount)).collect();
        assert_eq!(amounts.iter().filter(|amount| **amount == 5).count(), 12, "{person}");
        assert_eq!(amounts.iter().filter(|amount| **amount == 4).count(), 10, "{person}");
        assert_eq!(amounts.len(), 22, "{person}");
    }
    let first = line_of(&plan, "p0", "visits");
    assert_eq!(first[..11], [5, 10, 14, 19, 23, 28, 32, 37, 41, 46, 50]);
    let second: Vec<i64> = (1..=22).map(|i| number(&(ratio(100 * i, 22) - ratio(1, 5)).ceil())).collect();
    assert_eq!(line_of(&plan, "p1", "visits"), second);

    let mut by_day: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for row in rows(&plan).iter().filter(|row| row.metric == "visits") {
        *by_day.entry(row.place.start).or_default() += number(&row.amount);
    }
    let mut so_far = 0;
    let team: Vec<i64> = by_day
        .values()
        .map(|day| {
            so_far += day;
            so_far
        })
        .collect();
    assert_eq!(team[..5], [23, 46, 69, 91, 114]);
    let exact: Vec<i64> = (1..=22).map(|i| number(&ratio(500 * i, 22).ceil())).collect();
    assert_eq!(team, exact);
}

#[test]
fn two_seven_people_and_a_pin() {
    let seven = plan(june(), 7, a_million());
    assert_eq!(totals(&seven, "orders"), [4, 4, 4, 4, 3, 3, 3]);
    assert_eq!(totals(&seven, "visits"), [80, 80, 80, 80, 60, 60, 60]);
    let pinned = KeyResult { pins: vec![("p0".to_owned(), whole(300_000))], ..a_million() };
    assert_eq!(totals(&plan(june(), 5, pinned), "orders"), [8, 5, 4, 4, 4]);
}

#[test]
fn three_existing_and_fractional_needs() {
    let key_result = KeyResult {
        existing: Some("book".to_owned()),
        ..KeyResult { measure: Measure::Amount(whole(1_500_000)), ..a_million() }
    };
    let mut plan = plan(june(), 1, key_result);
    let account = |amount: i64, retain: i64| Account {
        title: format!("{amount}"),
        amount: whole(amount),
        retain: Some(Retain::Point(whole(retain))),
        owner: None,
        renews: None,
    };
    plan.accounts = vec![Accounts {
        name: "book".to_owned(),
        metric: "revenue".to_owned(),
        retain: None,
        accounts: vec![account(1_200_000, 70), account(300_000, 80)],
    }];
    plan.funnels[0].lines = vec![
        line("revenue", "orders", Rate::Each(whole(40_000))),
        line("orders", "visits", Rate::OneIn(ratio(15, 2))),
        line("visits", "calls", Rate::Share(whole(25))),
    ];
    // Rows without a person come first: the existing part.
    assert_eq!(totals(&plan, "revenue"), [1_080_000, 420_000]);
    assert_eq!(total(&plan, "orders"), 11);
    assert_eq!(total(&plan, "visits"), 83);
    assert_eq!(total(&plan, "calls"), 332);
}

#[test]
fn three_a_hundred_people_with_one_order_each() {
    let key_result = KeyResult {
        share: Some(Share { names: vec!["north".to_owned()], role: None, method: Method::Evenly }),
        ..goal("orders", Measure::Amount(whole(100)))
    };
    let plan = plan(Period::Year(2026), 100, key_result);
    assert_eq!(totals(&plan, "orders"), [1; 100]);
    let mut by_month: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for row in rows(&plan) {
        *by_month.entry(row.place.start).or_default() += number(&row.amount);
    }
    assert_eq!(by_month.values().sum::<i64>(), 100);
    assert!(by_month.values().all(|month| *month <= 10), "{by_month:?}");
}

#[test]
fn four_coverage_with_checkpoints() {
    let at =
        |percent, month| Checkpoint { reach: Reach::Amount(whole(percent)), by: Period::Month(2026, month) };
    let key_result = KeyResult {
        checkpoints: vec![at(30, 1), at(50, 2)],
        ..goal("coverage", Measure::Level { from: whole(0), to: whole(60) })
    };
    let mut plan = plan(Period::Quarter(2026, 1), 1, key_result);
    plan.metrics = vec![Metric { total: Total::Last, ..outcome("coverage", Unit::Percent) }];
    let monthly: Vec<[String; 12]> = rows(&plan).iter().map(Row::cells).collect();
    assert_eq!(
        monthly.iter().map(|cells| cells.join(",")).collect::<Vec<_>>(),
        [
            "2026-01-01,2026-01-31,,north,win,book,,coverage,new,30.0,percent,30.0",
            "2026-02-01,2026-02-28,,north,win,book,,coverage,new,50.0,percent,50.0",
            "2026-03-01,2026-03-31,,north,win,book,,coverage,new,60.0,percent,60.0",
        ]
    );
}

#[test]
fn five_rates_a_week_and_a_day() {
    let week = Period::Week(2026, 24);
    let weekly = goal("customers", Measure::Rate(whole(10), Grain::Week));
    let mut customers = plan(week.clone(), 1, weekly);
    customers.metrics = vec![activity("customers")];
    let days: Vec<i64> = rows(&customers).iter().map(|row| number(&row.amount)).collect();
    assert_eq!(days, [2; 5]);
    for (daily, a_week) in [(3, 15), (10, 50), (20, 100)] {
        let goal = goal("visits", Measure::Rate(whole(daily), Grain::Day));
        assert_eq!(total(&plan(week.clone(), 1, goal), "visits"), a_week);
    }
    // Half of the working days of a week that the window cuts.
    let cut = goal("visits", Measure::Rate(whole(10), Grain::Week));
    let tuesday = Period::range(date(2026, 6, 1), date(2026, 6, 9));
    assert_eq!(total(&plan(tuesday, 1, cut), "visits"), 14);
}

#[test]
fn seven_ten_day_periods() {
    for (currency, amounts) in [
        (Currency::Cny, ["109090.91", "95454.55", "95454.54"]),
        (Currency::Jpy, ["109091", "95455", "95454"]),
    ] {
        let goal = goal("revenue", Measure::Amount(whole(300_000)));
        let mut plan = plan(june(), 1, goal);
        plan.currency = currency;
        plan.metrics[0].grain = Some(Grain::TenDay);
        let got: Vec<String> = rows(&plan).iter().map(|row| plain(&row.amount)).collect();
        assert_eq!(got, amounts);
    }
}

#[test]
fn eight_over_assignment_and_ranges() {
    let key_result = KeyResult { over_assign: Some(whole(5)), ..a_million() };
    assert_eq!(total(&plan(june(), 5, key_result), "orders"), 27);
    for (orders, rate, visits) in [
        (25, Rate::ShareRange(whole(4), whole(6)), 500),
        (3, Rate::Share(ratio(6, 10)), 500),
        (25, Rate::OneInRange(whole(15), whole(25)), 500),
        (25, Rate::Evidence(10, 200), 500),
    ] {
        let goal =
            KeyResult { through: Some("sales".to_owned()), ..goal("orders", Measure::Amount(whole(orders))) };
        let mut plan = plan(june(), 3, goal);
        plan.funnels[0].lines = vec![line("orders", "visits", rate)];
        assert_eq!(total(&plan, "visits"), visits);
    }
}

#[test]
fn a_lag_moves_the_checkpoints_with_it() {
    // 30 of 40 orders by the end of June, 14 days after their visits: three
    // quarters of the visits lie up to 16 June.
    let key_result = KeyResult {
        through: Some("sales".to_owned()),
        during: Some(Period::Range(Box::new(Period::Month(2026, 6)), Box::new(Period::Month(2026, 7)))),
        checkpoints: vec![Checkpoint { reach: Reach::OfTarget(whole(75)), by: Period::Month(2026, 6) }],
        owner: Some("p0".to_owned()),
        ..goal("orders", Measure::Amount(whole(40)))
    };
    let mut plan = plan(Period::Half(2026, 2), 1, key_result);
    plan.period = Period::Range(Box::new(Period::Day(date(2026, 4, 1))), Box::new(Period::Month(2026, 12)));
    plan.funnels[0].lines =
        vec![Line { lag: Some(Delay::Days(14)), ..line("orders", "visits", Rate::OneIn(whole(20))) }];
    let visits: Vec<Row> = rows(&plan).into_iter().filter(|row| row.metric == "visits").collect();
    assert_eq!(visits.first().map(|row| row.place.start), Some(date(2026, 5, 18)));
    assert_eq!(visits.last().map(|row| row.end), Some(date(2026, 7, 17)));
    let by = |day| visits.iter().rfind(|row| row.end <= day).map(|row| number(&row.to_date));
    assert_eq!(by(date(2026, 6, 16)), Some(600));
}

#[test]
fn explicit_periods_and_a_front() {
    let june_and_july = Period::Range(Box::new(Period::Month(2026, 6)), Box::new(Period::Month(2026, 7)));
    let spread =
        Spread::Periods(vec![(Period::Month(2026, 6), whole(75)), (Period::Month(2026, 7), whole(25))]);
    let key_result = KeyResult { spread: Some(spread), ..goal("orders", Measure::Amount(whole(100))) };
    let monthly = rows(&plan(june_and_july, 1, key_result));
    assert_eq!(monthly.iter().map(|row| number(&row.amount)).collect::<Vec<_>>(), [75, 25]);

    // 1.5, 1.25, 1, 0.75, 0.5 over a week of five days.
    let key_result =
        KeyResult { loaded: Some(Loaded::Front(whole(50))), ..goal("visits", Measure::Amount(whole(20))) };
    let daily = rows(&plan(Period::Week(2026, 24), 1, key_result));
    assert_eq!(daily.iter().map(|row| number(&row.amount)).collect::<Vec<_>>(), [6, 5, 4, 3, 2]);
}
