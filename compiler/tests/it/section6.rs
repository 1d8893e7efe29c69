//! The worked numbers that the language promises, through the real binary.

use std::collections::BTreeMap;

use crate::built::{Built, Row, build};

const JUNE: &str = "
plan june { period 2026-06; currency CNY }
metric revenue { unit CNY; kind outcome }
metric orders { kind outcome }
metric visits { kind activity }
metric calls { kind activity }
team sales { PEOPLE }
funnel field { revenue <- orders 40k CNY each; orders <- visits 1 in 20 }
objective win { owner sales
  key-result book { measure revenue 1M CNY by 2026-06-30; through field; share sales evenly; MORE }
}
";

fn june(people: usize, more: &str) -> Built {
    let people: String = (1..=people).map(|n| format!("person p{n};")).collect();
    build(&JUNE.replace("PEOPLE", &people).replace("MORE", more), &[])
}

/// Amounts in all by person, in the order of the output.
fn by_person(rows: &[Row], metric: &str) -> Vec<i64> {
    let mut people: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.metric == metric) {
        *people.entry(&row.person).or_default() += row.amount.parse::<i64>().unwrap();
    }
    people.into_values().collect()
}

fn to_dates(rows: &[Row], person: &str, metric: &str) -> Vec<i64> {
    let of = |row: &&Row| row.person == person && row.metric == metric;
    rows.iter().filter(of).map(|row| row.to_date.parse().unwrap()).collect()
}

#[test]
fn a_million_in_june_is_five_visits_a_day() {
    let rows = june(5, "").rows;
    assert_eq!(by_person(&rows, "orders"), [5; 5]);
    assert_eq!(by_person(&rows, "visits"), [100; 5]);

    let first = to_dates(&rows, "p1", "visits");
    let ceil = |numerator: i64, denominator: i64| (numerator + denominator - 1).div_euclid(denominator);
    let line: Vec<i64> = (1..=22).map(|i| ceil(100 * i, 22)).collect();
    assert_eq!(first, line);
    assert_eq!(first[..11], [5, 10, 14, 19, 23, 28, 32, 37, 41, 46, 50]);
    let second: Vec<i64> = (1..=22).map(|i| ceil(5 * 100 * i - 22, 5 * 22)).collect();
    assert_eq!(to_dates(&rows, "p2", "visits"), second);

    for person in ["p1", "p2", "p3", "p4", "p5"] {
        let of = |row: &&Row| row.person == person && row.metric == "visits";
        let days: Vec<&str> = rows.iter().filter(of).map(|row| row.amount.as_str()).collect();
        assert_eq!(days.iter().filter(|day| **day == "5").count(), 12, "{person}");
        assert_eq!(days.iter().filter(|day| **day == "4").count(), 10, "{person}");
    }
    let mut team: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.metric == "visits") {
        *team.entry(&row.start).or_default() += row.amount.parse::<i64>().unwrap();
    }
    let mut sum = 0;
    let running: Vec<i64> = team
        .into_values()
        .map(|day| {
            sum += day;
            sum
        })
        .collect();
    assert_eq!(running, (1..=22).map(|i| ceil(500 * i, 22)).collect::<Vec<_>>());
    assert_eq!(running[..5], [23, 46, 69, 91, 114]);
}

#[test]
fn seven_people_and_a_pin() {
    let rows = june(7, "").rows;
    assert_eq!(by_person(&rows, "orders"), [4, 4, 4, 4, 3, 3, 3]);
    assert_eq!(by_person(&rows, "visits"), [80, 80, 80, 80, 60, 60, 60]);
    assert_eq!(by_person(&june(5, "pin p1 300k CNY").rows, "orders"), [8, 5, 4, 4, 4]);
}

#[test]
fn existing_business_leaves_the_rest_to_win() {
    let plan = "
plan q { period 2026-Q1; currency CNY }
metric revenue { unit CNY }
metric orders
metric visits { kind activity }
metric calls { kind activity }
person liu
accounts book of revenue { retain 70%; \"A\" 1.2M; \"B\" 300k { retain 80% } }
funnel f { revenue <- orders 40k CNY each; orders <- visits 1 in 7.5; visits <- calls 25% }
objective o { owner liu; key-result k { measure revenue 1.5M CNY by 2026-03-31; existing book; through f } }
";
    let rows = build(plan, &[]).rows;
    assert_eq!(sum(&rows, "revenue", "existing"), 108_000_000);
    assert_eq!(sum(&rows, "revenue", "new"), 42_000_000);
    assert_eq!(sum(&rows, "orders", "new"), 11);
    assert_eq!(sum(&rows, "visits", "new"), 83);
    assert_eq!(sum(&rows, "calls", "new"), 332);
}

/// The sum of all amounts, in the last decimal of the metric.
fn sum(rows: &[Row], metric: &str, kind: &str) -> i64 {
    let of = |row: &&Row| row.metric == metric && row.kind == kind;
    rows.iter().filter(of).map(|row| row.amount.replace('.', "").parse::<i64>().unwrap()).sum()
}

#[test]
fn a_hundred_people_do_not_all_order_in_january() {
    let people: String = (0..100).map(|n| format!("person p{n:02};")).collect();
    let plan = format!(
        "plan y {{ period 2026 }}\nmetric orders\nteam all {{ {people} }}\n\
         objective o {{ owner all; key-result k {{ measure orders 100 by 2026-12-31; share all evenly }} }}\n"
    );
    let rows = build(&plan, &["--by", "month"]).rows;
    let mut months: BTreeMap<String, i64> = BTreeMap::new();
    for row in &rows {
        *months.entry(row.start.clone()).or_default() += row.amount.parse::<i64>().unwrap();
    }
    assert_eq!(months.values().sum::<i64>(), 100);
    assert_eq!(months.len(), 12);
    assert!(months.values().all(|month| *month <= 10), "{months:?}");
}

#[test]
fn coverage_goes_over_its_checkpoints() {
    let plan = "
plan q { period 2026-Q1 }
metric coverage { unit percent; total last }
person liu
objective o { owner liu
  key-result k { measure coverage from 0% to 60% by 2026-03-31
    checkpoint 30% by 2026-01-31
    checkpoint 50% by 2026-02-28 } }
";
    let rows = build(plan, &[]).rows;
    let levels: Vec<(&str, &str)> =
        rows.iter().map(|row| (row.amount.as_str(), row.to_date.as_str())).collect();
    assert_eq!(levels, [("30.0", "30.0"), ("50.0", "50.0"), ("60.0", "60.0")]);
}

#[test]
fn a_week_of_ten_customers() {
    let plan = "
plan w { period 2026-06-01..2026-06-05 }
metric customers { kind activity }
metric visits { kind activity }
metric calls { kind activity }
metric mails { kind activity }
person zhang
objective o { owner zhang
  key-result a { measure customers 10 per week }
  key-result b { measure visits 3 per day }
  key-result c { measure calls 10 per day }
  key-result d { measure mails 20 per day }
}
";
    let rows = build(plan, &[]).rows;
    let daily: Vec<&str> =
        rows.iter().filter(|row| row.metric == "customers").map(|row| row.amount.as_str()).collect();
    assert_eq!(daily, ["2"; 5]);
    let sums: Vec<i64> = ["visits", "calls", "mails"].map(|metric| sum(&rows, metric, "new")).into();
    assert_eq!(sums, [15, 50, 100]);
}

#[test]
fn ten_days_in_cents_and_in_yen() {
    for (currency, expected) in
        [("CNY", ["109090.91", "95454.55", "95454.54"]), ("JPY", ["109091", "95455", "95454"])]
    {
        let plan = format!(
            "plan j {{ period 2026-06; currency {currency} }}\n\
             metric revenue {{ unit {currency}; grain ten-day }}\nperson liu\n\
             objective o {{ owner liu; key-result k {{ measure revenue 300k {currency} by 2026-06-30 }} }}\n"
        );
        let rows = build(&plan, &[]).rows;
        let amounts: Vec<&str> = rows.iter().map(|row| row.amount.as_str()).collect();
        assert_eq!(amounts, expected);
        let starts: Vec<&str> = rows.iter().map(|row| row.start.as_str()).collect();
        assert_eq!(starts, ["2026-06-01", "2026-06-11", "2026-06-21"]);
    }
}

#[test]
fn over_assignment_and_awkward_rates() {
    let orders = sum(&june(5, "over-assign 5%").rows, "orders", "new");
    assert_eq!(orders, 27);
    let visits = |target: &str, rate: &str| {
        let plan = JUNE
            .replace("PEOPLE", "person p1")
            .replace("MORE", "")
            .replace("1M CNY", target)
            .replace("1 in 20", rate);
        sum(&build(&plan, &[]).rows, "visits", "new")
    };
    assert_eq!(visits("1M CNY", "4%..6%"), 500);
    assert_eq!(visits("120k CNY", "0.6%"), 500);
    assert_eq!(visits("1M CNY", "1 in 15..25"), 500);
    assert_eq!(visits("1M CNY", "10 of 200"), 500);
}
