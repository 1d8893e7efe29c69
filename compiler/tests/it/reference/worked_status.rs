//! How far something has come, worked by hand.

use super::life::Reading;
use super::model::{Better, KeyResult, Measure, Metric, Plan, Total, Unit};
use super::period::{Period, date};
use super::progress::{Numbers, Status, progress};
use super::rational::{Q, ratio, whole};
use super::score::colour;
use super::worked::{a_million, activity, goal, june, outcome, plan};

/// What was read of a metric: day of June, who, amount.
pub(crate) fn june_readings(metric: &str, read: &[(u32, &str, i64)]) -> Vec<Reading> {
    let reading = |(day, who, amount): &(u32, &str, i64)| Reading {
        day: date(2026, 6, *day),
        metric: metric.to_owned(),
        who: Some((*who).to_owned()).filter(|who| !who.is_empty()),
        amount: whole(*amount),
        parts: Vec::new(),
        in_table: false,
    };
    read.iter().map(reading).collect()
}

fn status(plan: &Plan, day: u32) -> Status {
    progress(plan, date(2026, 6, day)).unwrap().0.remove(0)
}

fn visits_of<'a>(status: &'a Status, person: &str) -> &'a Numbers {
    let found = status.people.iter().find(|(name, metric, _)| name == person && metric == "visits");
    &found.unwrap().2
}

/// June 2026 has 22 working days, ten of them up to the 12th.
#[test]
fn thirty_visits_where_forty_six_were_planned() {
    let mut plan = plan(june(), 5, a_million());
    plan.readings = june_readings("visits", &[(3, "p0", 10), (9, "p0", 25), (10, "p0", -5)]);
    let status = status(&plan, 12);
    let first = visits_of(&status, "p0");
    // ceil(100·10/22)
    assert_eq!(first.planned, Some(whole(46)));
    assert_eq!(first.done, Some(whole(30)));
    assert_eq!(first.target, Some(whole(100)));
    assert_eq!(first.pace, Some(ratio(30, 46)));
    assert_eq!(first.days_left, 12);
    // 70 on 12 days: 5.83
    assert_eq!(first.needed, Some(whole(6)));
    assert_eq!(first.forecast, Some(ratio(3000, 46)));
    // 16 at 100/22 a day
    assert_eq!(first.behind_days, Some(ratio(352, 100)));
    // ceil(100·10/22 − 1/5)
    assert_eq!(visits_of(&status, "p1").planned, Some(whole(46)));
    assert_eq!(visits_of(&status, "p4").planned, Some(whole(45)));
    // Nobody has told of an order or of money.
    assert_eq!(status.numbers.done, Some(whole(0)));
    assert_eq!(status.score, Some(whole(0)));
}

#[test]
fn churn_from_45_to_20_read_at_30_scores_six_tenths() {
    let churn = Metric { better: Better::Lower, total: Total::Last, ..outcome("churn", Unit::Percent) };
    let level = KeyResult { ..goal("churn", Measure::Level { from: whole(45), to: whole(20) }) };
    let mut plan = plan(june(), 1, level);
    plan.metrics.push(churn);
    plan.readings = june_readings("churn", &[(2, "", 44), (12, "", 30)]);
    let status = status(&plan, 14);
    assert_eq!(status.numbers.done, Some(whole(30)));
    assert_eq!(status.score, Some(ratio(6, 10)));
    assert_eq!(colour(&ratio(6, 10)), "amber");
    // After 10 of 22 working days: 45 − 25·10/22 = 33.636…, rounded down, which is ahead.
    assert_eq!(status.numbers.planned, Some(ratio(336, 10)));
    assert_eq!(status.numbers.pace, Some(ratio(150, 114)));
    // 10 on 12 days, and down: 0.8333… rounds to 0.9.
    assert_eq!(status.numbers.needed, Some(ratio(-9, 10)));
    assert_eq!(status.numbers.forecast, Some(whole(45) - ratio(25 * 150, 114)));
}

/// From 800 to 200 on 22 working days stands at 527.27 after ten, which is planned as 527.
#[test]
fn of_a_level_everybody_has_the_whole_and_what_they_read_themselves() {
    let stock = Metric { better: Better::Lower, total: Total::Last, ..outcome("stock", Unit::Count) };
    let mut plan = plan(june(), 2, goal("stock", Measure::Level { from: whole(800), to: whole(200) }));
    plan.metrics.push(stock);
    plan.readings = june_readings("stock", &[(5, "p0", 700), (9, "p1", 640), (10, "", 560)]);
    let status = status(&plan, 12);
    assert_eq!(status.numbers.done, Some(whole(560)));
    let person = |name: &str| &status.people.iter().find(|(known, ..)| known == name).unwrap().2;
    for (name, done) in [("p0", 700), ("p1", 640)] {
        assert_eq!(person(name).done, Some(whole(done)));
        assert_eq!(person(name).planned, Some(whole(527)));
        assert_eq!(person(name).pace, Some(ratio(800 - done, 800 - 527)));
    }
}

#[test]
fn over_assigned_people_count_at_their_pace() {
    let goal = KeyResult { over_assign: Some(whole(10)), through: None, ..a_million() };
    let mut plan = plan(june(), 5, goal);
    plan.metrics[0].step = Some(whole(1000));
    plan.readings = june_readings("revenue", &[(5, "p0", 300_000)]);
    let status = status(&plan, 15);
    // Half of the days: each of five has 110,000 of 220,000.
    assert_eq!(status.numbers.planned, Some(whole(500_000)));
    assert_eq!(status.numbers.pace, Some(ratio(3, 5)));
    assert_eq!(status.numbers.forecast, Some(whole(600_000)));
    assert_eq!(status.score, Some(ratio(3, 10)));
}

#[test]
fn what_had_better_be_low_scores_all_up_to_the_target() {
    let complaints = Metric { better: Better::Lower, ..activity("complaints") };
    for (read, score, behind) in
        [(11, whole(1), whole(-11)), (22, whole(1), whole(0)), (40, ratio(11, 20), whole(18))]
    {
        let mut plan = plan(june(), 1, goal("complaints", Measure::Amount(whole(22))));
        plan.metrics.push(complaints.clone());
        plan.readings = june_readings("complaints", &[(8, "", read)]);
        let status = status(&plan, 30);
        assert_eq!(status.score, Some(score));
        assert_eq!(status.numbers.behind_days, Some(behind));
    }
}

#[test]
fn held_within_bounds() {
    let held = |most: i64| Measure::Hold { least: None, most: Some(whole(most)) };
    let quality = Metric { total: Total::Last, ..outcome("refunds", Unit::Percent) };
    let mut plan = plan(june(), 1, goal("refunds", held(2)));
    plan.metrics.push(quality);
    assert_eq!(status(&plan, 30).score, None);
    plan.readings =
        june_readings("refunds", &[(1, "", 1), (8, "p0", 5), (8, "", 2), (15, "", 3), (22, "", 2)]);
    // Of the 8th the team's counts: 1, 2, 3.
    assert_eq!(status(&plan, 20).score, Some(ratio(2, 3)));
    assert_eq!(status(&plan, 22).score, Some(ratio(3, 4)));

    // Of what adds up, every week that is over: 1 to 7, 8 to 14 and 15 to 21 June.
    plan.metrics.push(Metric { grain: Some(super::period::Grain::Week), ..activity("complaints") });
    plan.objectives[0].key_results[0] = goal("complaints", held(2));
    plan.readings = june_readings("complaints", &[(2, "", 2), (17, "", 1), (18, "", 2), (23, "", 9)]);
    assert_eq!(status(&plan, 24).score, Some(ratio(2, 3)));
}

#[test]
fn an_objective_by_weight_and_with_what_supports_it() {
    let mut plan = plan(june(), 1, goal("orders", Measure::Amount(whole(10))));
    plan.readings = june_readings("orders", &[(2, "", 6)]);
    let mut other = plan.objectives[0].clone();
    other.name = "serve".to_owned();
    other.said.supports.push("win".to_owned());
    other.said.weight = Some(whole(3));
    other.key_results[0].measure = Measure::Amount(whole(20));
    plan.objectives.push(other);
    let score = |plan: &Plan, place: usize| -> Option<Q> {
        progress(plan, date(2026, 6, 30)).unwrap().1[place].1.clone()
    };
    // (1·0.6 + 3·0.3) ÷ 4
    assert_eq!(score(&plan, 0), Some(ratio(375, 1000)));
    plan.objectives[1].said.dropped = Some(date(2026, 6, 20));
    assert_eq!(score(&plan, 0), Some(ratio(6, 10)));
    assert_eq!(score(&plan, 1), None);
    // What was given up has no score, whatever supports it.
    plan.objectives[1].said.dropped = None;
    plan.objectives[0].said.dropped = Some(date(2026, 6, 20));
    assert_eq!(score(&plan, 0), None);
}

#[test]
fn colours_go_by_one_decimal() {
    for (score, name) in [
        (ratio(349, 1000), "red"),
        (ratio(35, 100), "amber"),
        (ratio(649, 1000), "amber"),
        (ratio(65, 100), "green"),
    ] {
        assert_eq!(colour(&score), name);
    }
}

#[test]
fn days_before_a_goal_count_for_what_is_planned_earlier() {
    let mut key_result = a_million();
    key_result.during = Some(Period::range(date(2026, 6, 15), date(2026, 6, 30)));
    let mut plan = plan(june(), 1, key_result);
    plan.funnels[0].lines[1].lag = Some(super::model::Delay::Days(7));
    plan.readings = june_readings("visits", &[(7, "p0", 1), (8, "p0", 2), (30, "p0", 4)]);
    plan.readings.extend(june_readings("orders", &[(14, "p0", 1), (15, "p0", 1)]));
    let status = status(&plan, 30);
    assert_eq!(visits_of(&status, "p0").done, Some(whole(6)));
    let orders = status.people.iter().find(|(_, metric, _)| metric == "orders").unwrap();
    assert_eq!(orders.2.done, Some(whole(1)));
}
