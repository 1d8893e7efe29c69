//! What would make a goal fit the ceilings of its people: a lower target, a better rate, or more people. Each is tried on the
//! plan itself, by halving, the other goals being as they are.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::diagnostic::Diagnostics;
use crate::exact::{AboveZero, Exact, ceil, sum};
use crate::expand::Depth;
use crate::expand::almanac::Almanac;
use crate::expand::ceiling::{Ceiling, amounts, total, worked};
use crate::expand::key_result::expand_as;
use crate::expand::line::Line;
use crate::expand::target::{existing, read};
use crate::plan::{
    Holder, KeyResult, KeyResultId, MetricId, NeedWritten, Person, PersonId, Plan, ShareBy, Target,
};

/// How many periods a search for the targets that would fit may look at in one run; a plan that is over its
/// ceilings everywhere is answered without them, rather than late.
pub(super) const BUDGET: usize = 20_000_000;

/// A search for what would make a goal fit, the rest being asked for besides.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub(super) plan: &'a Plan,
    pub(super) almanac: &'a Almanac,
    pub(super) replan: Option<NaiveDate>,
    pub(super) goal: KeyResultId,
    /// Of each ceiling that the goal has to do with, what the other goals ask for.
    pub(super) rest: &'a [(&'a Ceiling<'a>, Vec<i128>)],
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
        let mut lines: BTreeMap<(PersonId, MetricId), Vec<&Line>> = BTreeMap::new();
        for (person, metric, line) in worked(&expanded) {
            lines.entry((person, metric)).or_default().push(line);
        }
        let mine = |person: PersonId, ceiling: &Ceiling<'_>| {
            let lines = lines.get(&(person, ceiling.limit.metric)).into_iter().flatten();
            total(lines.map(|line| amounts(line, &ceiling.periods)), ceiling.periods.len())
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
    pub(super) fn target(&self, budget: &mut usize) -> Option<String> {
        let (plan, goal) = (self.plan, &self.plan[self.goal]);
        let measure = goal.measure.as_ref()?;
        let step = &plan[measure.metric].step;
        let (figure, per) = match &measure.target {
            Target::Amount(amount) => (amount, None),
            Target::Rate(amount, per) => (amount, Some(*per)),
            Target::Level(..) => return None,
        };
        let fits = |steps: &IBig| {
            self.pay(budget, 0)?;
            let amount = step.amount(steps);
            let target =
                per.map_or_else(|| Target::Amount(amount.clone()), |per| Target::Rate(amount.clone(), per));
            let measure = goal.measure.clone().map(|measure| crate::plan::Measure { target, ..measure });
            Some(self.fits(&KeyResult { measure, ..goal.clone() }, &[]))
        };
        // Less than what is pinned and what accounts bring is no target.
        let pins: Exact = sum(goal.pins.iter().map(|pin| &pin.amount));
        let least = if per.is_some() { IBig::ZERO } else { step.ceil(&(pins + existing(plan, goal))) };
        // Nothing at all is no target either.
        let target = highest(least, step.ceil(figure), fits).filter(AboveZero::is_above_zero)?;
        let unit = match per {
            Some(per) => format!(" per {}", per.word()),
            None => String::new(),
        };
        Some(format!("{}{unit}", read(step, &target)))
    }

    /// The lowest rate `1 in N` in the place of the one that leads to what is over its ceiling, with which it fits. That is
    /// the person's own, if they have one.
    pub(super) fn rate(&self, ceiling: &Ceiling<'_>, budget: &mut usize) -> Option<String> {
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
        let fits = |hits: &IBig| {
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
        let hits = highest(IBig::ONE, ceil(&need.planned), fits)?;
        let name = |metric: MetricId| &self.plan[metric].name;
        let rate = format!("{} <- {} 1 in {hits}", name(line.left), name(line.right));
        Some(if own.is_some() { format!("{}: {rate}", person.name) } else { rate })
    }

    /// How many more people like the one who is over their ceiling would make it fit: of their team, with the same days
    /// and limits, and nothing else to do.
    pub(super) fn people(&self, ceiling: &Ceiling<'_>, budget: &mut usize) -> Option<usize> {
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

/// The highest number from `least` on that fits, where `most` is known not to, found by halving. `None` if none does, or
/// there is no time to find it, which `fits` says.
fn highest(mut least: IBig, mut most: IBig, mut fits: impl FnMut(&IBig) -> Option<bool>) -> Option<IBig> {
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
    Some(least)
}

/// More people than this are no answer.
const MOST_MORE: usize = 128;

/// Adds so many people like `person` to their team, and to the share where it names them.
fn join(plan: &mut Plan, goal: &mut KeyResult, person: PersonId, count: usize) -> Vec<PersonId> {
    let like: Person = plan[person].clone();
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
