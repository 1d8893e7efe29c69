//! Teams and the people in them: late, leaving, away, ramping up.

use chrono::NaiveDate;

use super::super::dice::Dice;
use super::super::model::{Ceiling, Line, Member, OwnRate, Person, Plan, Ramp, Rate, Team, Terms};
use super::super::period::Grain;
use super::super::period::later;
use super::super::rational::{Q, ratio, whole};
use super::super::someone::everybody;
use super::funnel;

const PEOPLE: [&str; 14] = [
    "chen", "liu", "wang", "陈", "zhao", "sun-li", "李娜", "zhou", "wu", "Müller", "he", "m2", "tang", "ole",
];

const TEAMS: [&str; 7] = ["north", "北区", "east-one", "hq", "west", "华南", "desk"];

pub(crate) fn members(dice: &mut Dice, plan: &Plan) -> Vec<Member> {
    let mut names = Names {
        people: PEOPLE.iter().map(|name| (*name).to_owned()).rev().collect(),
        teams: TEAMS.iter().map(|name| (*name).to_owned()).rev().collect(),
    };
    let mut members = Vec::new();
    for _ in 0..dice.between(1, 2) {
        members.extend(team(dice, plan, &mut names, 0));
    }
    if dice.chance(8) {
        members.extend(person(dice, plan, &mut names));
    }
    members
}

struct Names {
    people: Vec<String>,
    teams: Vec<String>,
}

fn team(dice: &mut Dice, plan: &Plan, names: &mut Names, depth: i64) -> Option<Member> {
    let name = names.teams.pop()?;
    let mut members = Vec::new();
    let most = if depth == 0 { 5 } else { 3 };
    for _ in 0..dice.between(1, most) {
        if depth < 2 && dice.chance(38 - 12 * depth) {
            members.extend(team(dice, plan, names, depth + 1));
        } else {
            members.extend(person(dice, plan, names));
        }
    }
    if members.is_empty() {
        return None;
    }
    Some(Member::Team(Team { name, weight: weight(dice, 35), terms: terms(dice, plan, 25), members }))
}

fn person(dice: &mut Dice, plan: &Plan, names: &mut Names) -> Option<Member> {
    let name = names.people.pop()?;
    let terms = terms(dice, plan, 100);
    Some(Member::Person(Person { name, weight: weight(dice, 30), terms }))
}

fn weight(dice: &mut Dice, percent: i64) -> Option<Q> {
    let weights = [whole(0), whole(1), whole(2), ratio(1, 2), whole(3), ratio(5, 4)];
    dice.maybe(percent, |dice| dice.pick(&weights).clone())
}

/// `often` in percent of how often a person has them.
fn terms(dice: &mut Dice, plan: &Plan, often: i64) -> Terms {
    let (first, last) = (plan.period.first(), plan.period.last());
    let length = (last - first).num_days();
    let mut terms = Terms::default();
    let seldom = |dice: &mut Dice, percent: i64| dice.chance(percent * often / 100);
    if !plan.calendars.is_empty() && dice.chance(25) {
        terms.calendar = Some(dice.pick(&plan.calendars).name.clone());
    }
    if dice.chance(45) {
        terms.role = Some((*dice.pick(&["ae", "sdr"])).to_owned());
    }
    if seldom(dice, 20) {
        // Much too little, so that it is missed: what is planned is not cut.
        terms.ceilings.push(Ceiling {
            metric: (*dice.pick(&["visits", "calls", "orders"])).to_owned(),
            most: dice.pick(&[whole(1), whole(2), ratio(5, 2), whole(40)]).clone(),
            per: *dice.pick(&[Grain::Day, Grain::Day, Grain::Week, Grain::Month]),
        });
    }
    if seldom(dice, 20) {
        terms.from = Some(later(first, dice.between(-40, length)));
    }
    if seldom(dice, 12) {
        let earliest = terms.from.unwrap_or(first);
        let latest = later(last, 20).max(earliest);
        let day = dice.between(0, (latest - earliest).num_days());
        terms.until = Some(later(earliest, day));
    }
    if seldom(dice, 25) {
        for _ in 0..dice.between(1, 2) {
            let from = later(first, dice.between(-5, length));
            terms.away.push((from, later(from, dice.between(0, 15))));
        }
    }
    if seldom(dice, 5) {
        terms.away = vec![(first, last)];
    }
    if seldom(dice, 25) {
        terms.ramp = Some(ramp(dice));
    }
    if seldom(dice, 20) {
        terms.rates = own_rates(dice, plan);
    }
    terms
}

fn ramp(dice: &mut Dice) -> Ramp {
    let choice = [whole(0), whole(25), whole(50), ratio(125, 2), whole(75), ratio(333, 10), whole(100)];
    let steps = (0..dice.between(1, 4)).map(|_| dice.pick(&choice).clone()).collect();
    Ramp { steps, after_start: dice.chance(40) }
}

/// For lines that a path can tell apart: by a name, or by a left that no other has.
fn own_rates(dice: &mut Dice, plan: &Plan) -> Vec<OwnRate> {
    let mut rates = Vec::new();
    for funnel in &plan.funnels {
        let clear = |line: &&Line| {
            line.name.is_some() || funnel.lines.iter().filter(|other| other.left == line.left).count() == 1
        };
        for line in funnel.lines.iter().filter(clear) {
            if !dice.chance(50) {
                continue;
            }
            let rate = match line.rate {
                Rate::Each(_) => funnel::each(dice, plan.currency),
                _ => funnel::rate(dice),
            };
            // Money on the right is a part of money on the left, said in percent.
            let rate = match (&rate, line.right.as_str()) {
                (Rate::Share(_), _)
                | (_, "orders" | "contracts" | "visits" | "calls" | "samples" | "demos") => rate,
                _ => Rate::Share(whole(30)),
            };
            rates.push(OwnRate { funnel: funnel.name.clone(), line: line.label().to_owned(), rate });
        }
    }
    rates
}

/// Drops own rates of funnels, and ceilings of metrics, that are not there.
pub(crate) fn forget(members: &mut [Member], funnels: &[String], metrics: &[String]) {
    for member in members {
        let terms = match member {
            Member::Team(team) => {
                forget(&mut team.members, funnels, metrics);
                &mut team.terms
            }
            Member::Person(person) => &mut person.terms,
        };
        terms.rates.retain(|own| funnels.contains(&own.funnel));
        terms.ceilings.retain(|ceiling| metrics.contains(&ceiling.metric));
    }
}

/// Teams, outer before inner.
pub(crate) fn teams(plan: &Plan) -> Vec<&Team> {
    fn gather<'a>(members: &'a [Member], all: &mut Vec<&'a Team>) {
        for member in members {
            if let Member::Team(team) = member {
                all.push(team);
                gather(&team.members, all);
            }
        }
    }
    let mut all = Vec::new();
    gather(&plan.members, &mut all);
    all
}

/// Mostly a team, the outer ones more often.
pub(crate) fn owner(dice: &mut Dice, plan: &Plan) -> String {
    let teams = teams(plan);
    if dice.chance(15) {
        let people = everybody(plan);
        return dice.pick(&people).name.clone();
    }
    if dice.chance(60) { teams[0].name.clone() } else { dice.pick(&teams).name.clone() }
}

/// People of a team, with this role if one is asked for, who have a working day
/// between two dates.
pub(crate) fn present(
    plan: &Plan,
    team: &str,
    role: Option<&String>,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<String> {
    everybody(plan)
        .into_iter()
        .filter(|person| person.belongs_to(team) || person.name == team)
        .filter(|person| role.is_none() || person.role.as_ref() == role)
        .filter(|person| person.working_days(&plan.calendar, first, last) > 0)
        .map(|person| person.name)
        .collect()
}
