//! Random plans, biased towards the corners where rounding, absence and cuts meet.
//!
//! What is left out on purpose: errors of the language, and the few places where
//! the reference does not model what follows from one (all weights of a share
//! zero, more pinned than there is, an amount for somebody who never works).

mod accounts;
mod crew;
mod funnel;
mod goal;
mod history;
pub(crate) mod life;
mod metrics;
pub(crate) mod readings;
mod stretch;

use chrono::{Datelike, NaiveDate, Weekday};

use super::dice::Dice;
use super::expand::expand;
use super::fiscal::Fiscal;
use super::life::Said;
use super::model::{Baseline, Calendar, Currency, KeyResult, Objective, Plan, Spread};
use super::period::{Grain, days, later};
use stretch::{period, piece};

/// Longer plans would test the same things more slowly.
const MOST_ROWS: usize = 2500;

/// The plan of a seed; the same one for good.
pub(crate) fn plan(seed: u64) -> Plan {
    let mut dice = Dice::new(seed);
    loop {
        let plan = prune(draft(&mut dice));
        // A calendar that nobody ever works by is an error.
        if !days(plan.period.first(), plan.period.last()).any(|day| plan.calendar.works(day)) {
            continue;
        }
        let rows = expand(&plan, None).map_or(0, |rows| rows.len());
        if rows > 0 && rows <= MOST_ROWS {
            return plan;
        }
    }
}

/// The shortest periods that the command is asked for with the plan of a seed.
pub(crate) fn shortest(seed: u64) -> Option<Grain> {
    Dice::new(seed ^ 0x6279).maybe(35, |dice| *dice.pick(&Grain::ALL))
}

/// Leaves out what no goal uses: what is shown of a plan that differs is read by
/// somebody.
fn prune(mut plan: Plan) -> Plan {
    let goals: Vec<KeyResult> =
        plan.objectives.iter().flat_map(|objective| objective.key_results.clone()).collect();
    let uses = |field: fn(&KeyResult) -> Option<&String>, name: &String| {
        goals.iter().any(|goal| field(goal) == Some(name))
    };
    plan.funnels.retain(|funnel| uses(|goal| goal.through.as_ref(), &funnel.name));
    plan.accounts.retain(|accounts| uses(|goal| goal.existing.as_ref(), &accounts.name));
    plan.histories.retain(|history| {
        let season = |goal: &KeyResult| match &goal.spread {
            Some(Spread::Like { history: like, .. }) => *like == history.name,
            _ => false,
        };
        let baseline = |goal: &KeyResult| match &goal.baseline {
            Some(Baseline::History(beside)) => *beside == history.name,
            _ => false,
        };
        goals.iter().any(|goal| season(goal) || baseline(goal))
    });
    let lines: Vec<String> =
        plan.funnels.iter().flat_map(|f| &f.lines).map(|line| line.right.clone()).collect();
    let tops: Vec<String> =
        plan.funnels.iter().flat_map(|f| &f.lines).map(|line| line.left.clone()).collect();
    let sources: Vec<String> = plan.histories.iter().map(|h| h.metric.clone()).collect();
    plan.metrics.retain(|metric| {
        let name = &metric.name;
        uses(|goal| Some(&goal.metric), name)
            || lines.contains(name)
            || tops.contains(name)
            || sources.contains(name)
    });
    let funnels: Vec<String> = plan.funnels.iter().map(|funnel| funnel.name.clone()).collect();
    let metrics: Vec<String> = plan.metrics.iter().map(|metric| metric.name.clone()).collect();
    crew::forget(&mut plan.members, &funnels, &metrics);
    plan
}

fn draft(dice: &mut Dice) -> Plan {
    let fiscal = dice.maybe(45, |dice| Fiscal {
        starts: *dice.pick(&[1, 2, 2, 4, 7, 10, 11, 12]),
        named_by_start: dice.chance(40),
    });
    let period = period(dice, fiscal);
    let (first, last) = (period.first(), period.last());
    let currency = *dice.pick(&[Currency::Cny, Currency::Cny, Currency::Jpy, Currency::Kwd]);
    let mut plan = Plan {
        name: "random".to_owned(),
        period,
        currency,
        calendar: calendar(dice, "china", first, last),
        calendars: Vec::new(),
        fiscal,
        metrics: metrics::metrics(dice, currency),
        members: Vec::new(),
        histories: Vec::new(),
        funnels: Vec::new(),
        accounts: Vec::new(),
        objectives: Vec::new(),
        readings: Vec::new(),
    };
    for name in ["shop", "夜班"] {
        let own = dice.maybe(45, |dice| calendar(dice, name, first, last));
        // Likewise one of a team's.
        plan.calendars.extend(own.filter(|own| days(first, last).any(|day| own.works(day))));
    }
    plan.histories = history::histories(dice, first);
    plan.funnels = funnel::funnels(dice, currency);
    plan.members = crew::members(dice, &plan);
    plan.accounts = accounts::accounts(dice, &plan);
    for name in ["win-north", "grow", "第二"].iter().take(dice.between(1, 3) as usize) {
        let owner = crew::owner(dice, &plan);
        let mut objective = Objective {
            name: (*name).to_owned(),
            owner: Some(owner),
            during: dice.maybe(25, |dice| piece(dice, first, last, fiscal)),
            said: Said::default(),
            key_results: Vec::new(),
        };
        for name in ["book", "second-one", "三", "kr4"].iter().take(dice.between(1, 3) as usize) {
            // A goal that the reference cannot plan is thrown away by itself.
            for _ in 0..6 {
                let goal = goal::key_result(dice, &plan, &objective, name);
                let mut alone = plan.clone();
                let goals = vec![goal.clone()];
                alone.objectives = vec![Objective { key_results: goals, ..objective.clone() }];
                if expand(&alone, None).is_ok() {
                    objective.key_results.push(goal);
                    break;
                }
            }
        }
        if !objective.key_results.is_empty() {
            plan.objectives.push(objective);
        }
    }
    plan
}

fn calendar(dice: &mut Dice, name: &str, first: NaiveDate, last: NaiveDate) -> Calendar {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let weeks = [
        vec![Mon, Tue, Wed, Thu, Fri],
        vec![Mon, Tue, Wed, Thu, Fri, Sat],
        vec![Sun, Mon, Tue, Wed, Thu],
        vec![Mon, Tue, Wed],
    ];
    let week = if dice.chance(65) { weeks[0].clone() } else { dice.pick(&weeks).clone() };
    let length = (last - first).num_days();
    let mut off = Vec::new();
    for _ in 0..dice.between(0, 3) {
        let from = later(first, dice.between(-10, length));
        off.push((from, later(from, dice.between(0, 8))));
    }
    if dice.chance(10) {
        // A piece of the window, or of a season, in which nobody works.
        let grain = *dice.pick(&[Grain::Week, Grain::TenDay, Grain::Month]);
        let whole = grain.around(later(first, dice.between(0, length)), None);
        off.push((whole.first(), whole.last()));
    }
    for back in 1..=3 {
        // Past holidays, for seasons per working day.
        if dice.chance(30) {
            let year = first.year() - back;
            let start = super::period::date(year, 1, 20);
            let from = later(start, dice.between(0, 40));
            off.push((from, later(from, dice.between(3, 9))));
        }
    }
    let mut work = Vec::new();
    for _ in 0..dice.between(0, 2) {
        let day = later(first, dice.between(0, length));
        work.push((day, day));
    }
    Calendar { name: name.to_owned(), week, off, work }
}
