//! Ceilings: `visits at most 6 per day`, over all goals.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::check::Overload;
use crate::dates::{DateSpan, periods};
use crate::diagnostic::Diagnostics;
use crate::exact::{AboveZero, Exact, sum};
use crate::expand::almanac::Almanac;
use crate::expand::course::Cursor;
use crate::expand::key_result::{KeyResultPlan, expand_as};
use crate::expand::line::Line;
use crate::expand::target::{existing, read};
use crate::expand::{Course, Depth};
use crate::plan::{
    Holder, KeyResult, KeyResultId, Limit, MetricId, NeedWritten, Person, PersonId, Plan, ShareBy, Target,
};
use crate::sources::Place;

/// How many periods a search for the targets that would fit may look at in one run; a plan that is over its
/// ceilings everywhere is answered without them, rather than late.
const BUDGET: usize = 20_000_000;

/// The most that somebody can do.
struct Ceiling<'a> {
    person: PersonId,
    limit: &'a Limit,
    /// In steps.
    most: IBig,
    periods: Vec<DateSpan>,
}

/// A ceiling that the plan goes past.
struct Over<'a> {
    ceiling: &'a Ceiling<'a>,
    /// The period in which most is asked, the first of them.
    worst: DateSpan,
    asked: i128,
    /// How many periods are over.
    count: usize,
    /// The goal that asks most of it then.
    goal: KeyResultId,
}

/// A ceiling that the plan goes past, and what would keep to it.
#[derive(Clone, Debug)]
pub struct Overloaded {
    /// The goal that asks most.
    pub goal: KeyResultId,
    /// The limit.
    pub place: Place,
    /// What is asked, and what fits.
    pub over: Overload,
}

/// Where more is asked of somebody than they can do, over all goals: what is asked, what fits, and what would make it
/// fit, other goals being as they are. New work counts; what existing accounts bring does not.
#[must_use]
pub fn overloads(
    plan: &Plan,
    almanac: &Almanac,
    expanded: &[KeyResultPlan],
    replan: Option<NaiveDate>,
) -> Vec<Overloaded> {
    let ceilings = ceilings(plan, replan);
    if ceilings.is_empty() {
        return Vec::new();
    }
    let mut lines: BTreeMap<(PersonId, MetricId), Vec<(KeyResultId, &Line)>> = BTreeMap::new();
    for key_result in expanded {
        for (person, metric, line) in worked(key_result) {
            lines.entry((person, metric)).or_default().push((key_result.key_result, line));
        }
    }
    let asked = |ceiling: &Ceiling<'_>| -> Vec<(KeyResultId, Vec<i128>)> {
        let lines = lines.get(&(ceiling.person, ceiling.limit.metric));
        lines.into_iter().flatten().map(|(goal, line)| (*goal, amounts(line, &ceiling.periods))).collect()
    };
    let overs: Vec<Over<'_>> = ceilings.iter().filter_map(|ceiling| over(ceiling, &asked(ceiling))).collect();

    // What the other goals ask for, of all ceilings that a goal has to do with.
    let mut rests: BTreeMap<KeyResultId, Vec<(&Ceiling<'_>, Vec<i128>)>> = BTreeMap::new();
    let mut targets: BTreeMap<KeyResultId, Option<String>> = BTreeMap::new();
    let mut rates: BTreeMap<(KeyResultId, MetricId, Option<PersonId>), Option<String>> = BTreeMap::new();
    let mut first: BTreeSet<(KeyResultId, MetricId)> = BTreeSet::new();
    let mut budget = BUDGET;
    let mut told = Vec::with_capacity(overs.len());
    for over in &overs {
        let goal = over.goal;
        let rest = rests.entry(goal).or_insert_with(|| {
            let mine = ceilings.iter().filter(|ceiling| {
                let lines = lines.get(&(ceiling.person, ceiling.limit.metric));
                lines.into_iter().flatten().any(|(asking, _)| *asking == goal)
            });
            let others = |ceiling: &Ceiling<'_>| {
                let others = asked(ceiling).into_iter().filter(|(asking, _)| *asking != goal);
                total(others.map(|(_, amounts)| amounts), ceiling.periods.len())
            };
            mine.map(|ceiling| (ceiling, others(ceiling))).collect()
        });
        let search = Search { plan, almanac, replan, goal, rest };
        let target = targets.entry(goal).or_insert_with(|| search.target(&mut budget)).clone();
        // A rate mends it for all that have no other; people like this one are told of once, with the first of them.
        let metric = over.ceiling.limit.metric;
        let has_own = !plan[over.ceiling.person].own_needs.is_empty();
        let who = has_own.then_some(over.ceiling.person);
        let rate = rates
            .entry((goal, metric, who))
            .or_insert_with(|| search.rate(over.ceiling, &mut budget))
            .clone();
        let people =
            if first.insert((goal, metric)) { search.people(over.ceiling, &mut budget) } else { None };
        told.push(overloaded(plan, over, (target, people, rate)));
    }
    told
}

/// The ceilings of everybody; what is over can no longer be too much.
fn ceilings(plan: &Plan, replan: Option<NaiveDate>) -> Vec<Ceiling<'_>> {
    let mut ceilings = Vec::new();
    for (index, person) in plan.people.iter().enumerate() {
        for limit in &person.limits {
            ceilings.push(Ceiling {
                person: PersonId::new(index),
                limit,
                most: plan[limit.metric].step.floor(&limit.amount),
                periods: periods(plan.period, limit.per, plan.fiscal_start)
                    .into_iter()
                    .filter(|period| replan.is_none_or(|as_of| period.last > as_of))
                    .collect(),
            });
        }
    }
    ceilings
}

/// What people do of which metric for a goal; levels do not add up.
fn worked(key_result: &KeyResultPlan) -> impl Iterator<Item = (PersonId, MetricId, &Line)> {
    key_result
        .stages()
        .flat_map(|stage| stage.lines.iter().map(|line| (stage.link.metric, line)))
        .filter(|(_, line)| !matches!(line.course, Course::Level(_)))
        .filter_map(|(metric, line)| Some((line.person?, metric, line)))
}

/// What a line asks for in each of `periods`, in steps.
fn amounts(line: &Line, periods: &[DateSpan]) -> Vec<i128> {
    let mut cursor = Cursor::new(&line.course, line.phase, line.course.window().first);
    let first = periods.first().map(|period| crate::dates::minus(period.first, 1));
    let mut before = first.map_or(0, |day| cursor.advance(day));
    let rise = |period: &DateSpan| {
        let done = cursor.advance(period.last);
        let rise = done - before;
        before = done;
        line.in_steps(rise)
    };
    periods.iter().map(rise).collect()
}

fn total(lines: impl Iterator<Item = impl AsRef<[i128]>>, periods: usize) -> Vec<i128> {
    let mut total = vec![0; periods];
    for line in lines {
        for (sum, amount) in total.iter_mut().zip(line.as_ref()) {
            *sum += *amount;
        }
    }
    total
}

fn over<'a>(ceiling: &'a Ceiling<'a>, asked: &[(KeyResultId, Vec<i128>)]) -> Option<Over<'a>> {
    let all = total(asked.iter().map(|(_, amounts)| amounts), ceiling.periods.len());
    let over = |amount: &i128| IBig::from(*amount) > ceiling.most;
    let count = all.iter().filter(|amount| over(amount)).count();
    let most = *all.iter().filter(|amount| over(amount)).max()?;
    let at = all.iter().position(|amount| *amount == most)?;
    // Of goals that ask alike, the first.
    let of = |amounts: &Vec<i128>| amounts.get(at).copied().unwrap_or(0);
    let goal = asked.iter().rev().max_by_key(|(_, amounts)| of(amounts)).map(|(goal, _)| *goal)?;
    Some(Over { ceiling, worst: *ceiling.periods.get(at)?, asked: most, count, goal })
}

/// A search for what would make a goal fit, the rest being asked for besides.
#[derive(Clone, Copy)]
struct Search<'a> {
    plan: &'a Plan,
    almanac: &'a Almanac,
    replan: Option<NaiveDate>,
    goal: KeyResultId,
    /// Of each ceiling that the goal has to do with, what the other goals ask for.
    rest: &'a [(&'a Ceiling<'a>, Vec<i128>)],
}

impl Search<'_> {
    /// Whether nobody is over their ceiling if the goal is `goal`; `more` have the same ceilings and nothing else to do.
    fn fits(&self, goal: &KeyResult, more: &[PersonId]) -> bool {
        let (plan, almanac) = (self.plan, self.almanac);
        let (expanded, messages) = expand_as(plan, almanac, self.goal, goal, Depth::Amounts);
        let expanded = expanded.filter(|_| !messages.has_errors()).map(|expanded| match self.replan {
            Some(as_of) => super::replan::replan(plan, almanac, expanded, as_of, &mut Diagnostics::default()),
            None => expanded,
        });
        let Some(expanded) = expanded else { return false };
        let mine = |person: PersonId, ceiling: &Ceiling<'_>| {
            let lines =
                worked(&expanded).filter(|(of, metric, _)| (*of, *metric) == (person, ceiling.limit.metric));
            total(lines.map(|(_, _, line)| amounts(line, &ceiling.periods)), ceiling.periods.len())
        };
        self.rest.iter().all(|(ceiling, others)| {
            let own = mine(ceiling.person, ceiling);
            own.iter().zip(others).all(|(mine, others)| IBig::from(mine + others) <= ceiling.most)
                && more
                    .iter()
                    .all(|person| mine(*person, ceiling).iter().all(|mine| IBig::from(*mine) <= ceiling.most))
        })
    }

    /// Takes the cost of one try from what is left; `None` if there is not enough.
    fn pay(&self, budget: &mut usize, more: usize) -> Option<()> {
        let periods: usize = self.rest.iter().map(|(ceiling, _)| ceiling.periods.len()).sum();
        *budget = budget.checked_sub(periods + 1_000 + more)?;
        Some(())
    }

    /// What a copy of the plan costs, or looking anew at who works when, beside a period of a ceiling.
    fn copying(&self) -> usize {
        (self.plan.people.len() + self.plan.key_results.len()) * 50
    }

    /// The highest target of the goal with which nobody is over their ceiling, found by halving: written as the measure
    /// writes it. `None` if there is none, or no time to find it.
    fn target(&self, budget: &mut usize) -> Option<String> {
        let (plan, goal) = (self.plan, &self.plan[self.goal]);
        let measure = goal.measure.as_ref()?;
        let step = &plan[measure.metric].step;
        let (figure, per) = match &measure.target {
            Target::Amount(amount) => (amount, None),
            Target::Rate(amount, per) => (amount, Some(*per)),
            Target::Level(..) => return None,
        };
        let mut fits = |steps: &IBig| {
            self.pay(budget, 0)?;
            let amount = step.amount(steps);
            let target =
                per.map_or_else(|| Target::Amount(amount.clone()), |per| Target::Rate(amount.clone(), per));
            let measure = goal.measure.clone().map(|measure| crate::plan::Measure { target, ..measure });
            Some(self.fits(&KeyResult { measure, ..goal.clone() }, &[]))
        };
        // Less than what is pinned and what accounts bring is no target.
        let pins: Exact = sum(goal.pins.iter().map(|pin| &pin.amount));
        let mut least = if per.is_some() { IBig::ZERO } else { step.ceil(&(pins + existing(plan, goal))) };
        let mut most = step.ceil(figure);
        if least >= most || !fits(&least)? {
            return None;
        }
        while &most - &least > IBig::ONE {
            let middle = (&most + &least) / IBig::from(2);
            if fits(&middle)? {
                least = middle;
            } else {
                most = middle;
            }
        }
        // Nothing at all is no target either.
        if !least.is_above_zero() {
            return None;
        }
        let unit = match per {
            Some(per) => format!(" per {}", per.word()),
            None => String::new(),
        };
        Some(format!("{}{unit}", read(step, &least)))
    }

    /// The lowest rate `1 in N` in the place of the one that leads to what is over its ceiling, with which it fits. That is
    /// the person's own, if they have one.
    fn rate(&self, ceiling: &Ceiling<'_>, budget: &mut usize) -> Option<String> {
        let goal = &self.plan[self.goal];
        let (funnel, _) = goal.through?;
        let lines = &self.plan[funnel].lines;
        let mut leading = lines.iter().enumerate().filter(|(_, line)| line.right == ceiling.limit.metric);
        let (index, line) = leading.next().filter(|_| leading.next().is_none())?;
        let person = &self.plan[ceiling.person];
        let own = person.own_needs.iter().position(|own| (own.funnel, own.line) == (funnel, index));
        let need = match own {
            Some(own) => &person.own_needs.get(own)?.need,
            None => &line.need,
        };
        if !matches!(need.written, NeedWritten::Rate(_)) {
            return None;
        }
        let mut changed = self.plan.clone();
        self.pay(budget, self.copying())?;
        let mut fits = |hits: &IBig| {
            self.pay(budget, 0)?;
            let planned = Exact::from(hits.clone());
            match own {
                Some(own) => {
                    changed.people.get_mut(ceiling.person.index())?.own_needs.get_mut(own)?.need.planned =
                        planned;
                }
                None => changed.funnels.get_mut(funnel.index())?.lines.get_mut(index)?.need.planned = planned,
            }
            Some(Search { plan: &changed, ..*self }.fits(goal, &[]))
        };
        let (mut least, mut most) = (IBig::ONE, crate::exact::ceil(&need.planned));
        if least >= most || !fits(&least)? {
            return None;
        }
        while &most - &least > IBig::ONE {
            let middle = (&most + &least) / IBig::from(2);
            if fits(&middle)? {
                least = middle;
            } else {
                most = middle;
            }
        }
        let name = |metric: MetricId| &self.plan[metric].name;
        let rate = format!("{} <- {} 1 in {least}", name(line.left), name(line.right));
        Some(if own.is_some() { format!("{}: {rate}", person.name) } else { rate })
    }

    /// How many more people like the one who is over their ceiling would make it fit: of their team, with the same days
    /// and limits, and nothing else to do.
    fn people(&self, ceiling: &Ceiling<'_>, budget: &mut usize) -> Option<usize> {
        let goal = &self.plan[self.goal];
        let share = goal.share.as_ref()?;
        // Who is in no list gets nothing, and a figure per head does not shrink with more heads.
        if matches!(share.by, ShareBy::List(_) | ShareBy::Each { .. } | ShareBy::Like(_)) {
            return None;
        }
        let mut fits = |count: usize| {
            self.pay(budget, 2 * self.copying() + count * 8)?;
            let mut plan = self.plan.clone();
            let mut goal = goal.clone();
            let more = join(&mut plan, &mut goal, ceiling.person, count);
            let almanac = Almanac::new(&plan);
            Some(Search { plan: &plan, almanac: &almanac, ..*self }.fits(&goal, &more))
        };
        let mut most = 1;
        while !fits(most)? {
            most *= 2;
            if most > MOST_MORE {
                return None;
            }
        }
        let mut least = most / 2;
        while most - least > 1 {
            let middle = usize::midpoint(most, least);
            if fits(middle)? {
                most = middle;
            } else {
                least = middle;
            }
        }
        Some(most)
    }
}

/// More people than this are no answer.
const MOST_MORE: usize = 128;

/// Adds so many people like `person` to their team, and to the share where it names them.
fn join(plan: &mut Plan, goal: &mut KeyResult, person: PersonId, count: usize) -> Vec<PersonId> {
    let like = Person { own_needs: plan[person].own_needs.clone(), ..plan[person].clone() };
    let named = goal.share.as_ref().is_some_and(|share| share.among.contains(&Holder::Person(person)));
    let mut more = Vec::with_capacity(count);
    for _ in 0..count {
        let id = PersonId::new(plan.people.len());
        plan.people.push(like.clone());
        if let Some(team) = like.team.and_then(|team| plan.teams.get_mut(team.index())) {
            team.members.push(Holder::Person(id));
        }
        if let Some(share) = goal.share.as_mut().filter(|_| named) {
            share.among.push(Holder::Person(id));
        }
        more.push(id);
    }
    more
}

/// What is told of one ceiling: the target, the people or the rate that would make it fit.
fn overloaded(
    plan: &Plan,
    over: &Over<'_>,
    (target, people, rate): (Option<String>, Option<usize>, Option<String>),
) -> Overloaded {
    let limit = over.ceiling.limit;
    let step = &plan[limit.metric].step;
    let when = if over.worst.len() == 1 {
        over.worst.first.to_string()
    } else {
        format!("{}..{}", over.worst.first, over.worst.last)
    };
    let told = Overload {
        person: plan[over.ceiling.person].name.clone(),
        metric: plan[limit.metric].name.clone(),
        asked: read(step, &IBig::from(over.asked)),
        fits: read(step, &over.ceiling.most),
        when,
        periods: over.count,
        goal: plan.path(over.goal),
        target,
        people,
        rate,
    };
    Overloaded { goal: over.goal, place: limit.place, over: told }
}
