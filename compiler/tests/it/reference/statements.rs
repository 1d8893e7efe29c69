//! How often the random plans say what: a statement that is never said is never
//! compared.

use std::collections::BTreeMap;

use super::model::{
    Baseline, Change, Delay, KeyResult, Measure, Member, Method, Objective, Plan, Share, Terms, Total,
};
use super::period::Grain;
use super::stage::metric;

/// What has to occur, alone and in company.
pub(crate) const STATEMENTS: [&str; 33] = [
    "split",
    "split with a pin",
    "split beside accounts",
    "split with figures per head",
    "split with a funnel",
    "share each",
    "share each by capacity",
    "share each of a rate",
    "share each with a pin",
    "share each with a funnel",
    "share of a role",
    "share of a role in several teams",
    "measure +25%",
    "measure x1.5",
    "measure +200k",
    "measure +5 pp",
    "measure beside an amount",
    "measure beside a history",
    "level beside a baseline",
    "baseline of an absolute measure",
    "lag in days",
    "lag in workdays",
    "mixed lines",
    "a metric that is needed twice",
    "own rate of a mixed line",
    "calendar of a team",
    "calendar of a person",
    "ceiling",
    "fiscal year",
    "fiscal year named by start",
    "quarters of a fiscal year",
    "--by",
    "--by quarter",
];

/// In how many plans each statement occurs.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<&'static str, usize>);

impl Tally {
    pub(crate) fn count(&mut self, plan: &Plan, by: Option<Grain>) {
        for statement in STATEMENTS {
            if says(plan, by, statement) {
                *self.0.entry(statement).or_default() += 1;
            }
        }
    }

    pub(crate) fn missing(&self) -> Vec<&'static str> {
        STATEMENTS.into_iter().filter(|statement| !self.0.contains_key(statement)).collect()
    }

    pub(crate) fn text(&self) -> String {
        self.0.iter().map(|(statement, plans)| format!("{plans:>6} {statement}\n")).collect()
    }
}

fn says(plan: &Plan, by: Option<Grain>, statement: &str) -> bool {
    let goals = || plan.objectives.iter().flat_map(|objective: &Objective| &objective.key_results);
    let goal = |test: &dyn Fn(&KeyResult) -> bool| goals().any(test);
    let each = |goal: &KeyResult| matches!(goal.share, Some(Share { method: Method::Each { .. }, .. }));
    let each_by = |goal: &KeyResult, capacity: bool| match &goal.share {
        Some(Share { method: Method::Each { by_capacity }, .. }) => *by_capacity == capacity,
        _ => false,
    };
    let role = |goal: &KeyResult, teams: usize| {
        goal.share.as_ref().is_some_and(|share| share.role.is_some() && share.names.len() >= teams)
    };
    let relative = |goal: &KeyResult| matches!(goal.measure, Measure::Relative(_));
    let level = |goal: &KeyResult| metric(plan, &goal.metric).is_ok_and(|metric| metric.total == Total::Last);
    let percent = |goal: &KeyResult| goal.metric == "coverage" || goal.metric == "churn";
    let lines = || plan.funnels.iter().flat_map(|funnel| &funnel.lines);
    let terms = terms(plan);
    let of_team = |test: &dyn Fn(&Terms) -> bool| terms.iter().any(|(team, terms)| *team && test(terms));
    let of_person = |test: &dyn Fn(&Terms) -> bool| terms.iter().any(|(team, terms)| !team && test(terms));
    match statement {
        "split" => goal(&|goal| goal.split.is_some()),
        "split with a pin" => goal(&|goal| goal.split.is_some() && !goal.pins.is_empty()),
        "split beside accounts" => goal(&|goal| goal.split.is_some() && goal.existing.is_some()),
        "split with figures per head" => goal(&|goal| goal.split.is_some() && each(goal)),
        "split with a funnel" => goal(&|goal| goal.split.is_some() && goal.through.is_some()),
        "share each" => goal(&|goal| each_by(goal, false)),
        "share each by capacity" => goal(&|goal| each_by(goal, true)),
        "share each of a rate" => goal(&|goal| each(goal) && matches!(goal.measure, Measure::Rate(..))),
        "share each with a pin" => goal(&|goal| each(goal) && !goal.pins.is_empty()),
        "share each with a funnel" => goal(&|goal| each(goal) && goal.through.is_some()),
        "share of a role" => goal(&|goal| role(goal, 1)),
        "share of a role in several teams" => goal(&|goal| role(goal, 2)),
        "measure +25%" => goal(&|goal| matches!(goal.measure, Measure::Relative(Change::Percent(_)))),
        "measure x1.5" => goal(&|goal| matches!(goal.measure, Measure::Relative(Change::Times(_)))),
        "measure +200k" => {
            goal(&|goal| !percent(goal) && matches!(goal.measure, Measure::Relative(Change::Plus(_))))
        }
        "measure +5 pp" => {
            goal(&|goal| percent(goal) && matches!(goal.measure, Measure::Relative(Change::Plus(_))))
        }
        "measure beside an amount" => {
            goal(&|goal| relative(goal) && matches!(goal.baseline, Some(Baseline::Amount(_))))
        }
        "measure beside a history" => {
            goal(&|goal| relative(goal) && matches!(goal.baseline, Some(Baseline::History(_))))
        }
        "level beside a baseline" => goal(&|goal| relative(goal) && level(goal)),
        "baseline of an absolute measure" => goal(&|goal| !relative(goal) && goal.baseline.is_some()),
        "lag in days" => lines().any(|line| matches!(line.lag, Some(Delay::Days(_)))),
        "lag in workdays" => lines().any(|line| matches!(line.lag, Some(Delay::Workdays(_)))),
        "mixed lines" => lines().any(|line| line.part.is_some()),
        "a metric that is needed twice" => plan.funnels.iter().any(|funnel| {
            let needed = |metric: &String| funnel.lines.iter().filter(|line| line.right == *metric).count();
            funnel.lines.iter().any(|line| needed(&line.right) > 1)
        }),
        "own rate of a mixed line" => terms.iter().any(|(_, terms)| {
            terms.rates.iter().any(|own| lines().any(|line| line.name.as_ref() == Some(&own.line)))
        }),
        "calendar of a team" => of_team(&|terms| terms.calendar.is_some()),
        "calendar of a person" => of_person(&|terms| terms.calendar.is_some()),
        "ceiling" => {
            of_team(&|terms| !terms.ceilings.is_empty()) || of_person(&|terms| !terms.ceilings.is_empty())
        }
        "fiscal year" => plan.fiscal.is_some(),
        "fiscal year named by start" => plan.fiscal.is_some_and(|fiscal| fiscal.named_by_start),
        "quarters of a fiscal year" => {
            let quarterly =
                |name: &String| metric(plan, name).is_ok_and(|metric| metric.grain() == Grain::Quarter);
            let apart = plan.fiscal.is_some_and(|fiscal| fiscal.starts % 3 != 1);
            apart && (by == Some(Grain::Quarter) || goal(&|goal| quarterly(&goal.metric)))
        }
        "--by" => by.is_some(),
        "--by quarter" => by == Some(Grain::Quarter),
        _ => false,
    }
}

/// What is said of every team (true) and person (false).
fn terms(plan: &Plan) -> Vec<(bool, &Terms)> {
    fn gather<'a>(members: &'a [Member], all: &mut Vec<(bool, &'a Terms)>) {
        for member in members {
            match member {
                Member::Team(team) => {
                    all.push((true, &team.terms));
                    gather(&team.members, all);
                }
                Member::Person(person) => all.push((false, &person.terms)),
            }
        }
    }
    let mut all = Vec::new();
    gather(&plan.members, &mut all);
    all
}
