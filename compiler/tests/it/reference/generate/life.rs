//! Plans that are lived: weights, supports, holds, checklists, and what was reached.
//!
//! They are the plans of `generate::plan` with more said, by dice of their own: a seed
//! goes on meaning the same plan there.

use chrono::NaiveDate;

use super::super::dice::Dice;
use super::super::expand::{Goal, expand, goals};
use super::super::life::{Formula, Item, Said};
use super::super::model::{Better, KeyResult, Kind, Measure, Objective, Plan, Total, Unit};
use super::super::period::{Grain, later};
use super::super::rational::{Q, ratio, whole};
use super::super::someone::everybody;
use super::metrics::metric;
use super::readings::{Likeness, readings};
use super::stretch::{deadline, piece};

/// Longer tables would test the same things more slowly.
const MOST_READINGS: usize = 1500;

/// A plan with what happened to it.
#[derive(Debug)]
pub(crate) struct Lived {
    pub(crate) plan: Plan,
    /// Every reading is what was planned for its day.
    pub(crate) exact: bool,
    /// How its readings were made.
    pub(crate) like: Likeness,
    /// Days to look at it.
    pub(crate) days: [NaiveDate; 2],
}

/// The lived plan of a seed, with all that `status` tells of.
pub(crate) fn lived(seed: u64) -> Lived {
    let dice = &mut Dice::new(seed ^ 0x6c69_6665);
    let mut plan = super::plan(seed);
    extra(dice, &mut plan);
    of_goals(dice, &mut plan);
    finish(dice, plan)
}

/// The lived plan of a seed, of goals that become rows.
pub(crate) fn replanned(seed: u64) -> Lived {
    let dice = &mut Dice::new(seed ^ 0x7265_706c);
    let mut plan = super::plan(seed);
    // A percentage that is planned as an amount has rows that nobody could add up.
    for objective in &mut plan.objectives {
        objective.key_results.retain(|goal| goal.metric != "coverage");
    }
    plan.objectives.retain(|objective| !objective.key_results.is_empty());
    for goal in plan.objectives.iter_mut().flat_map(|objective| &mut objective.key_results) {
        if goal.existing.is_some() {
            // What accounts bring belongs to no part.
            goal.split = None;
        }
        if dice.chance(5) {
            goal.said.dropped = Some(some_day(dice, plan.period.first(), plan.period.last()));
        }
    }
    finish(dice, plan)
}

fn finish(dice: &mut Dice, mut plan: Plan) -> Lived {
    let mut exact = dice.chance(25);
    if exact {
        // What one goal is given would count for another one too.
        plan.objectives.truncate(1);
        for objective in &mut plan.objectives {
            objective.key_results.truncate(1);
        }
        let kept: Vec<String> = plan.objectives.iter().map(|objective| objective.name.clone()).collect();
        for objective in &mut plan.objectives {
            objective.said.supports.retain(|path| kept.contains(path));
        }
    }
    let like = match (exact, dice.chance(40)) {
        (true, _) => Likeness::Exact,
        (false, true) => Likeness::Own,
        (false, false) => Likeness::Rough,
    };
    plan.readings = readings(dice, &plan, like);
    exact &= plan.readings.len() <= MOST_READINGS && all_count(&plan);
    plan.readings.truncate(MOST_READINGS);
    let (first, last) = (plan.period.first(), plan.period.last());
    let length = (last - first).num_days();
    let mut day = || match dice.between(1, 20) {
        1 => later(first, -1),
        2 => first,
        3 => last,
        4 => later(last, 3),
        _ => later(first, dice.between(0, length)),
    };
    let days = [day(), day()];
    Lived { plan, exact, like, days }
}

/// The owner of an account need not be one of those whom a goal is shared among, and
/// then what they bring counts for nothing.
fn all_count(plan: &Plan) -> bool {
    let people = everybody(plan);
    let counted =
        |goal: &Goal<'_>| goal.plot().map_or(0, |plot| goal.counted(&plot, plan.period.last()).len());
    goals(plan, &people).iter().map(counted).sum::<usize>() == plan.readings.len()
}

fn some_day(dice: &mut Dice, first: NaiveDate, last: NaiveDate) -> NaiveDate {
    later(first, dice.between(0, (last - first).num_days()))
}

/// Metrics that are held or computed, and goals of them.
fn extra(dice: &mut Dice, plan: &mut Plan) {
    use Total::{Last, Sum};
    use Unit::{Count, Percent};
    let grain = |dice: &mut Dice| dice.maybe(60, |dice| *dice.pick(&Grain::ALL));
    let mut wins = metric("wins", Count, Kind::Outcome, Better::Higher, Sum);
    let mut bids = metric("bids", Count, Kind::Activity, Better::Higher, Sum);
    let mut quality = metric("quality", Percent, Kind::Outcome, Better::Higher, Last);
    let mut complaints = metric("complaints", Count, Kind::Outcome, Better::Lower, Sum);
    let mut rate = metric("win-rate", Percent, Kind::Outcome, Better::Higher, Last);
    rate.formula = Some(Formula { of: vec!["wins".to_owned(), "bids".to_owned()], ratio: true });
    if dice.chance(30) {
        rate.unit = Count;
    }
    let mut touches = metric("touches", Count, Kind::Outcome, Better::Higher, Sum);
    touches.formula = Some(Formula { of: vec!["wins".to_owned(), "complaints".to_owned()], ratio: false });
    for metric in [&mut wins, &mut bids, &mut quality, &mut complaints, &mut rate, &mut touches] {
        metric.grain = grain(dice);
    }
    plan.metrics.extend([wins, bids, quality, complaints, rate, touches]);
    let (first, last) = (plan.period.first(), plan.period.last());
    for name in ["hold-on", "fifth", "六"].iter().take(dice.between(1, 3) as usize) {
        let during = dice.maybe(20, |dice| piece(dice, first, last, plan.fiscal));
        let objective = dice.between(0, plan.objectives.len() as i64 - 1) as usize;
        let goal = other(dice, plan, name, during, &plan.objectives[objective].clone());
        let mut alone = plan.clone();
        let goals = vec![goal.clone()];
        alone.objectives = vec![Objective { key_results: goals, ..plan.objectives[objective].clone() }];
        if expand(&alone, None).is_ok() {
            plan.objectives[objective].key_results.push(goal);
        }
    }
}

fn other(
    dice: &mut Dice,
    plan: &Plan,
    name: &str,
    during: Option<super::super::period::Period>,
    objective: &Objective,
) -> KeyResult {
    let window = during.as_ref().or(objective.during.as_ref()).unwrap_or(&plan.period);
    let (first, last) = (window.first(), window.last());
    let percent = plan.metrics.iter().any(|metric| metric.name == "win-rate" && metric.unit == Unit::Percent);
    let rate = |tenths: i64| if percent { whole(10 * tenths) } else { ratio(tenths, 10) };
    let (metric, measure) = match dice.between(1, 9) {
        1 => ("quality", hold(dice, whole(40), whole(70))),
        2 => ("complaints", hold(dice, whole(0), whole(4))),
        3 => ("wins", hold(dice, whole(2), whole(9))),
        4 => ("win-rate", hold(dice, rate(2), rate(5))),
        5 => ("touches", hold(dice, whole(3), whole(12))),
        6 => ("win-rate", Measure::Level { from: rate(2), to: rate(dice.between(2, 4)) }),
        7 => ("touches", Measure::Amount(whole(dice.between(5, 60)))),
        8 => ("complaints", Measure::Amount(whole(dice.between(3, 40)))),
        _ => ("", Measure::Reach(items(dice, first, last))),
    };
    let checklist = matches!(measure, Measure::Reach(_));
    KeyResult {
        owner: dice.maybe(25, |dice| super::crew::owner(dice, plan)),
        during,
        by: (!checklist).then(|| dice.maybe(30, |dice| deadline(dice, first, last))).flatten(),
        ..KeyResult::new(name, metric, measure)
    }
}

fn hold(dice: &mut Dice, least: Q, most: Q) -> Measure {
    match dice.between(1, 3) {
        1 => Measure::Hold { least: Some(least), most: Some(most) },
        2 => Measure::Hold { least: None, most: Some(most) },
        _ => Measure::Hold { least: Some(least), most: None },
    }
}

fn items(dice: &mut Dice, first: NaiveDate, last: NaiveDate) -> Vec<Item> {
    let titles = ["Go", "Shop open", "上线", "Site \\\"live\\\""];
    let many = dice.between(1, 4) as usize;
    let mut item = |title: Option<&str>| Item {
        title: title.map(str::to_owned),
        by: dice.maybe(50, |dice| some_day(dice, first, last)),
        done: dice.maybe(60, |dice| some_day(dice, first, last)),
    };
    // One alone needs no title.
    if many == 1 { vec![item(None)] } else { titles[..many].iter().map(|title| item(Some(*title))).collect() }
}

/// Weights, kinds, supports and what was dropped, of all goals.
fn of_goals(dice: &mut Dice, plan: &mut Plan) {
    let (first, last) = (plan.period.first(), plan.period.last());
    let say = |dice: &mut Dice, key_result: bool| Said {
        weight: dice.maybe(35, |dice| dice.pick(&[whole(2), ratio(1, 2), whole(3), ratio(5, 4)]).clone()),
        supports: Vec::new(),
        dropped: dice.maybe(10, |dice| some_day(dice, first, last)),
        aspirational: dice.chance(25),
        threshold: dice
            .maybe(30, |dice| dice.pick(&[whole(80), whole(50), ratio(665, 10), whole(100)]).clone())
            .filter(|_| key_result),
    };
    let names: Vec<String> = plan.objectives.iter().map(|objective| objective.name.clone()).collect();
    for (place, objective) in plan.objectives.iter_mut().enumerate() {
        objective.said = say(dice, false);
        // Earlier ones alone: goals that support each other in a circle are an error.
        if place > 0 && dice.chance(60) {
            objective.said.supports.push(dice.pick(&names[..place]).clone());
        }
        for goal in &mut objective.key_results {
            goal.said = say(dice, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::life::Reading;
    use super::super::super::progress::progress;
    use super::super::super::rational::{decimals, one, zero};
    use super::super::super::stage;
    use super::*;

    /// What is never said is never compared.
    #[test]
    fn two_hundred_lives_hold_everything() {
        let mut missing = vec![
            "hold",
            "checklist",
            "computed and measured",
            "dropped",
            "threshold",
            "supports",
            "exact",
            "corrected",
            "off the step",
            "of nobody",
            "of a part",
            "in a block",
            "in a table",
            "ahead",
            "behind",
            "over the end",
        ];
        for seed in 0..200 {
            let lived = lived(seed);
            let plan = &lived.plan;
            let goals = || plan.objectives.iter().flat_map(|objective| &objective.key_results);
            let goal = |test: &dyn Fn(&KeyResult) -> bool| goals().any(test);
            let read = |test: &dyn Fn(&Reading) -> bool| plan.readings.iter().any(test);
            let told = progress(plan, lived.days[0]).unwrap().0;
            let pace = |test: &dyn Fn(&Q) -> bool| {
                told.iter().any(|status| status.numbers.pace.as_ref().is_some_and(test))
            };
            let over = told.iter().map(|status| &status.numbers).any(|numbers| {
                numbers.done.as_ref().zip(numbers.target.as_ref()).is_some_and(|(done, target)| done > target)
            });
            missing.retain(|what| {
                let said = match *what {
                    "hold" => goal(&|goal| matches!(goal.measure, Measure::Hold { .. })),
                    "checklist" => goal(&|goal| matches!(goal.measure, Measure::Reach(_))),
                    "computed and measured" => goal(&|goal| {
                        let computed =
                            stage::metric(plan, &goal.metric).map(|metric| metric.formula.is_some());
                        computed == Ok(true) && !matches!(goal.measure, Measure::Hold { .. })
                    }),
                    "dropped" => goal(&|goal| goal.said.dropped.is_some()),
                    "threshold" => goal(&|goal| goal.said.threshold.is_some()),
                    "supports" => plan.objectives.iter().any(|objective| !objective.said.supports.is_empty()),
                    "exact" => lived.exact,
                    "corrected" => read(&|reading| reading.amount < zero()),
                    "off the step" => read(&|reading| decimals(&reading.amount).unwrap() > 2),
                    "of nobody" => read(&|reading| reading.who.is_none()),
                    "of a part" => read(&|reading| !reading.parts.is_empty()),
                    "in a block" => read(&|reading| !reading.in_table),
                    "in a table" => read(&|reading| reading.in_table),
                    "ahead" => pace(&|pace| *pace > one()),
                    "behind" => pace(&|pace| *pace < one() && *pace > zero()),
                    _ => over,
                };
                !said
            });
        }
        assert_eq!(missing, [""; 0]);
    }
}
