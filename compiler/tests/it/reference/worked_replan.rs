//! The rest planned anew, worked by hand.

use super::model::{Better, KeyResult, Measure, Metric, Plan, Split, Total, Unit};
use super::period::date;
use super::rational::{plain, ratio, whole};
use super::replan::replan;
use super::worked::{a_million, goal, june, outcome, plan};
use super::worked_status::june_readings;

/// `start..end amount/to_date` of the rows of a metric, and of somebody or of the team.
fn rows(plan: &Plan, day: u32, metric: &str, person: &str) -> Vec<String> {
    let rows = replan(plan, None, date(2026, 6, day)).unwrap();
    let mine = rows.iter().filter(|row| row.metric == metric && row.person == person);
    let told = mine.map(|row| {
        let day = |date: chrono::NaiveDate| date.format("%d").to_string();
        let (start, end) = (day(row.place.start), day(row.end));
        format!("{start}..{end} {}/{}", plain(&row.amount), plain(&row.to_date))
    });
    told.collect()
}

/// Section 6, example 1: 100 visits each on 22 days. By 12 June, the tenth day, 46 were
/// planned of p0 and the exact line stands at 45.4545…; 30 were done. The line goes on
/// from 29.4545…, 16 less, to 100 on twelve days: 29.4545 + 5.8787·i, rounded up.
#[test]
fn thirty_visits_where_forty_six_were_planned() {
    let mut plan = plan(june(), 5, a_million());
    plan.readings = june_readings("visits", &[(3, "p0", 10), (9, "p0", 25), (10, "p0", -5)]);
    let rows = rows(&plan, 12, "visits", "p0");
    assert_eq!(rows[..3], ["03..03 10/10", "09..09 25/35", "10..10 -5/30"]);
    let rest: Vec<&str> = rows[3..].iter().map(|row| row.rsplit('/').next().unwrap()).collect();
    assert_eq!(rest, ["36", "42", "48", "53", "59", "65", "71", "77", "83", "89", "95", "100"]);
    assert_eq!(rows[3], "15..15 6/36");
    assert_eq!(rows[14], "30..30 5/100");
}

#[test]
fn exactly_on_plan_nothing_changes() {
    let mut plan = plan(june(), 5, a_million());
    plan.readings = june_readings("visits", &[(1, "p0", 40), (12, "p0", 6)]);
    let rows = rows(&plan, 12, "visits", "p0");
    let rest: Vec<&str> = rows[2..].iter().map(|row| row.rsplit('/').next().unwrap()).collect();
    // ceil(100·i/22) from the eleventh day on.
    assert_eq!(rest, ["50", "55", "60", "64", "69", "73", "78", "82", "87", "91", "96", "100"]);
}

#[test]
fn who_has_reached_their_end_has_nothing_left_to_do() {
    let mut plan = plan(june(), 5, a_million());
    plan.readings = june_readings("visits", &[(1, "p0", 104)]);
    assert_eq!(rows(&plan, 12, "visits", "p0"), ["01..01 104/104"]);
    // The others go on, from nothing: 100 on twelve days, from x₀ − 45 or − 46.
    assert_eq!(rows(&plan, 12, "visits", "p1").len(), 12);
}

#[test]
fn a_month_holds_what_was_read_and_what_is_left() {
    let mut plan = plan(june(), 1, goal("orders", Measure::Amount(whole(22))));
    plan.readings = june_readings("orders", &[(3, "", 4)]);
    plan.readings[0].amount = ratio(9, 2);
    assert_eq!(rows(&plan, 12, "orders", ""), ["01..30 22/22"]);
}

#[test]
fn readings_of_the_team_come_off_what_is_left_of_all() {
    let mut goal = a_million();
    goal.through = None;
    goal.metric = "orders".to_owned();
    goal.measure = Measure::Amount(whole(30));
    let mut plan = plan(june(), 3, goal);
    // Left are 4, 10 and 10; six of 24 are one, then three, then two.
    plan.readings = june_readings("orders", &[(2, "p0", 6), (5, "north", 6)]);
    assert_eq!(rows(&plan, 12, "orders", ""), ["01..30 6/6"]);
    assert_eq!(rows(&plan, 12, "orders", "p0"), ["01..30 9/9"]);
    let others: Vec<Vec<String>> =
        ["p1", "p2"].iter().map(|person| rows(&plan, 12, "orders", person)).collect();
    assert_eq!(others, [["01..30 7/7"], ["01..30 8/8"]]);
}

#[test]
fn a_reading_of_a_part_belongs_to_its_line() {
    let split = Split {
        dimension: "industry".to_owned(),
        parts: vec![("cold".to_owned(), whole(40)), ("dry".to_owned(), whole(60))],
        in_percent: true,
    };
    let orders = KeyResult { split: Some(split), ..goal("orders", Measure::Amount(whole(20))) };
    let mut plan = plan(june(), 1, orders);
    plan.readings = june_readings("orders", &[(2, "", 3), (2, "", 4)]);
    plan.readings[0].parts.push(("industry".to_owned(), "cold".to_owned()));
    // 8 and 12; 3 of the 8; 5 and 12 are left, and 4 of these 17 are 1 and 3: what is
    // planned is 4 beside the 3, and 9.
    let rows = rows(&plan, 12, "orders", "");
    assert_eq!(rows, ["01..30 4/4", "01..30 7/7", "01..30 9/9"]);
}

/// From 40 to 20 on 22 working days; the line stands at 40 − 20·11/22 = 30 by the 15th.
#[test]
fn a_level_goes_on_from_its_latest_reading() {
    let stock = Metric {
        better: Better::Lower,
        total: Total::Last,
        grain: Some(super::period::Grain::TenDay),
        ..outcome("stock", Unit::Count)
    };
    let mut plan = plan(june(), 1, goal("stock", Measure::Level { from: whole(40), to: whole(20) }));
    plan.metrics.push(stock);
    // Nothing read: as planned. By the 10th 8 of 22 days, by the 20th 15, rounded down.
    assert_eq!(rows(&plan, 15, "stock", ""), ["01..10 32/32", "11..20 26/26", "21..30 20/20"]);
    // 36 where 30 was planned: to 20 on eleven days, four of them by the 20th: 30.18.
    plan.readings = june_readings("stock", &[(4, "", 38), (15, "", 36)]);
    let told = rows(&plan, 15, "stock", "");
    assert_eq!(told, ["01..10 38/38", "11..20 30/30", "21..30 20/20"]);
    // Past the target it stays there; before the first reading it is as planned.
    plan.readings = june_readings("stock", &[(12, "", 17)]);
    assert_eq!(rows(&plan, 15, "stock", ""), ["01..10 32/32", "11..20 17/17", "21..30 17/17"]);
}

#[test]
fn what_is_dropped_has_nothing_left_to_do() {
    let mut plan = plan(june(), 1, goal("orders", Measure::Amount(whole(22))));
    plan.objectives[0].key_results[0].said.dropped = Some(date(2026, 6, 12));
    plan.readings = june_readings("orders", &[(3, "", 4)]);
    assert_eq!(rows(&plan, 12, "orders", ""), ["01..30 4/4"]);
    assert_eq!(rows(&plan, 11, "orders", ""), ["01..30 22/22"]);
}
