//! Planning the rest anew: what happened up to the end of a day stays, and each line goes on from where it is.
//!
//! With x₀ the exact line at that day and δ = reached − planned by then, the line goes on straight from x₀ + δ to its
//! end by the weights that are left, with the same phase. Where δ is 0 that is the line as it was.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dashu_base::Signed;
use dashu_int::IBig;
use rust_decimal::Decimal;

use crate::dates::DateSpan;
use crate::diagnostic::Diagnostics;
use crate::exact::{AboveZero, Exact, Step, ceil, ratio, readable, whole};
use crate::expand::almanac::Almanac;
use crate::expand::apportion::apportion;
use crate::expand::course::{Course, Cursor, Phase, Replanned, Rest};
use crate::expand::key_result::{KeyResultPlan, ReadLine};
use crate::expand::line::{Anew, Line, Unit};
use crate::expand::relevel::relevel;
use crate::expand::weights::LineWeights;
use crate::ledger::{Claim, Ledger, Who, counting_days, ingredients};
use crate::message::Message;
use crate::plan::{
    CheckpointAmount, Holder, MetricId, PersonId, Plan, READING_PLACES, ShareBy, Target, TeamId, reading,
};

/// Plans the rest of a key result anew, after the end of `as_of`.
pub(super) fn replan(
    plan: &Plan,
    almanac: &Almanac,
    mut expanded: KeyResultPlan,
    as_of: NaiveDate,
    diagnostics: &mut Diagnostics,
) -> KeyResultPlan {
    let goal = &plan[expanded.key_result];
    let claim = Claim::new(plan, goal, Some(&expanded));
    let dropped = goal.dropped.as_ref().is_some_and(|dropped| dropped.on <= as_of);
    if expanded.totals.is_none() {
        relevel(plan, almanac, &claim, &mut expanded, as_of, dropped);
        report_checkpoints(plan, &expanded, as_of, dropped, diagnostics);
        return expanded;
    }
    let mut metrics: Vec<MetricId> = Vec::new();
    for stage in expanded.stages() {
        if !metrics.contains(&stage.link.metric) {
            metrics.push(stage.link.metric);
        }
    }
    for (index, metric) in metrics.into_iter().enumerate() {
        let days = counting_days(goal, Some(&expanded), metric);
        let past = DateSpan::new(days.first, days.last.min(as_of));
        let mut stage = Stage {
            plan,
            metric,
            as_of,
            window: days,
            dropped,
            shared: expanded.seated.seating().is_some(),
            team: expanded.team,
            slots: slots(&expanded, metric, index == 0, as_of),
            groups: groups(plan, &claim, &expanded, metric, past),
        };
        stage.take_for_existing();
        stage.take_alone();
        let read = stage.take_shared();
        stage.report(&plan.path(expanded.key_result), diagnostics);
        expanded.read.extend(read);
        let Stage { slots, .. } = stage;
        for slot in slots {
            let at = slot.at;
            let line = slot.line(as_of, plan, metric, dropped);
            let place = match at {
                At::Existing(index) => expanded.existing.get_mut(index),
                At::New(chain, stage, index) => {
                    let chain = expanded.chains.get_mut(chain);
                    let stage = chain.and_then(|chain| chain.stages.get_mut(stage));
                    stage.and_then(|stage| stage.lines.get_mut(index))
                }
            };
            if let Some(place) = place {
                *place = line;
            }
        }
    }
    report_checkpoints(plan, &expanded, as_of, dropped, diagnostics);
    expanded
}

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Chain, stage, line.
    New(usize, usize, usize),
    Existing(usize),
}

/// A line, and what was reached of it.
struct Slot {
    at: At,
    line: Line,
    /// What it comes to, and what was planned of it by the day; in steps.
    total: Exact,
    planned: i128,
    /// What is its own of each day, in millionths.
    rows: BTreeMap<NaiveDate, i128>,
    /// What counts as reached, in steps: its own and what it is given of others'.
    reached: Exact,
}

/// Person, team where there is none, and part.
type Whose = (Option<PersonId>, Option<TeamId>, Option<usize>);

/// Readings of one holder and part that are yet to be given to lines.
struct Group {
    person: Option<PersonId>,
    /// Where no person has them.
    team: Option<TeamId>,
    /// Of which part, as a place among the chains.
    chain: Option<usize>,
    /// By day, in millionths.
    rows: BTreeMap<NaiveDate, i128>,
    /// What of all of it counts for these lines, in millionths; some may count for existing business.
    counts: i128,
}

/// One metric of a key result while its readings are dealt out.
struct Stage<'a> {
    plan: &'a Plan,
    metric: MetricId,
    as_of: NaiveDate,
    /// The days of which its readings count.
    window: DateSpan,
    dropped: bool,
    /// Whether people have parts of their own.
    shared: bool,
    /// Whose the readings of nobody are.
    team: Option<TeamId>,
    slots: Vec<Slot>,
    groups: Vec<Group>,
}

fn slots(expanded: &KeyResultPlan, metric: MetricId, outcome: bool, as_of: NaiveDate) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut add = |at, line: &Line| {
        let mut cursor = Cursor::new(&line.course, line.phase, line.course.window().first);
        slots.push(Slot {
            at,
            line: line.clone(),
            total: Exact::from(IBig::from(line.course.steps())),
            planned: cursor.advance(as_of),
            rows: BTreeMap::new(),
            reached: Exact::ZERO,
        });
    };
    for (chain_index, chain) in expanded.chains.iter().enumerate() {
        for (stage_index, stage) in chain.stages.iter().enumerate() {
            for (index, line) in stage.lines.iter().enumerate().filter(|_| stage.link.metric == metric) {
                add(At::New(chain_index, stage_index, index), line);
            }
        }
    }
    for (index, line) in expanded.existing.iter().enumerate().filter(|_| outcome) {
        add(At::Existing(index), line);
    }
    slots
}

/// The readings of `metric` by holder and part; of a computed sum those of all its parts.
fn groups(
    plan: &Plan,
    claim: &Claim,
    expanded: &KeyResultPlan,
    metric: MetricId,
    days: Option<DateSpan>,
) -> Vec<Group> {
    let Some(days) = days else { return Vec::new() };
    let ledger = Ledger { plan, claim };
    let dimension = plan[expanded.key_result].split.as_ref().map(|split| split.dimension.as_str());
    let mut groups: BTreeMap<Whose, BTreeMap<NaiveDate, i128>> = BTreeMap::new();
    for read in ingredients(plan, metric) {
        for (key, series) in ledger.series(read, Who::All) {
            let (person, team) = match key.who {
                Some(Holder::Person(person)) => (Some(person), None),
                Some(Holder::Team(team)) => (None, Some(team)),
                None => (None, expanded.team),
            };
            let parts = plan.actuals.parts.get(key.parts as usize);
            let part = dimension.and_then(|dimension| {
                parts.into_iter().flatten().find(|(name, _)| name == dimension).map(|(_, part)| part)
            });
            let chain = match (dimension, part) {
                (None, _) => Some(0),
                (Some(dimension), Some(part)) => {
                    let name = format!("{dimension}={part}");
                    expanded.chains.iter().position(|chain| chain.part == name)
                }
                (Some(_), None) => None,
            };
            for (day, millionths) in series.days.range(days.first..=days.last) {
                let rows = groups.entry((person, team, chain)).or_default();
                let sum = rows.entry(*day).or_default();
                *sum = sum.saturating_add(*millionths);
            }
        }
    }
    let groups = groups.into_iter().map(|((person, team, chain), rows)| {
        let counts = rows.values().fold(0_i128, |sum, amount| sum.saturating_add(*amount));
        Group { person, team, chain, rows, counts }
    });
    groups.collect()
}

impl Stage<'_> {
    fn steps(&self, millionths: i128) -> Exact {
        reading(millionths) / &self.plan[self.metric].step.size
    }

    /// What somebody reaches is taken for existing business first, as far as that was planned by the day: what was
    /// planned by the day of a reading goes first, then what came before it was planned.
    fn take_for_existing(&mut self) {
        let size = self.plan[self.metric].step.size.clone();
        let millionths = |steps: i128| {
            let amount = Exact::from(IBig::from(steps)) * &size * whole(10_i64.pow(READING_PLACES));
            i128::try_from(amount.floor()).unwrap_or(i128::MAX)
        };
        for slot in self.slots.iter_mut().filter(|slot| matches!(slot.at, At::Existing(_))) {
            let mut own: Vec<&mut Group> =
                self.groups.iter_mut().filter(|group| group.person == slot.line.person).collect();
            // What is of no part goes first.
            own.sort_by_key(|group| group.chain);
            let mut days: Vec<NaiveDate> = own.iter().flat_map(|group| group.rows.keys().copied()).collect();
            days.sort_unstable();
            days.dedup();
            let course = &slot.line.course;
            let mut cursor = Cursor::new(course, slot.line.phase, course.window().first);
            let mut taken = 0_i128;
            for day in days {
                let mut room = millionths(cursor.advance(day)).saturating_sub(taken).max(0);
                let brought: i128 = own.iter().filter_map(|group| group.rows.get(&day)).sum();
                room = room.min(brought.max(0));
                for group in &mut own {
                    let Some(amount) = group.rows.get_mut(&day).filter(|amount| **amount > 0) else {
                        continue;
                    };
                    let part = room.min(*amount);
                    *amount -= part;
                    group.counts -= part;
                    room -= part;
                    taken += part;
                    *slot.rows.entry(day).or_default() += part;
                }
                slot.rows.retain(|_, amount| *amount != 0);
            }
            // What came before it was planned is existing business as well, the latest of it first.
            let mut more = millionths(slot.planned).saturating_sub(taken).max(0);
            let all: i128 = own.iter().map(|group| group.counts).sum();
            more = more.min(all.max(0));
            for group in &mut own {
                for (day, amount) in group.rows.iter_mut().rev().filter(|(_, amount)| **amount > 0) {
                    let part = more.min(*amount);
                    *amount -= part;
                    group.counts -= part;
                    more -= part;
                    taken += part;
                    *slot.rows.entry(*day).or_default() += part;
                }
            }
            slot.rows.retain(|_, amount| *amount != 0);
            slot.reached = reading(taken) / &size;
        }
        for group in &mut self.groups {
            group.rows.retain(|_, amount| *amount != 0);
        }
    }

    /// The lines that readings of `group` may belong to: its person's, or those of the people of its team, or the
    /// team's, and of its part. Who shares in a goal and has no line of their own has none to bring something to.
    fn lines_of(&self, group: &Group) -> Vec<usize> {
        let new = |slot: &Slot| matches!(slot.at, At::New(..));
        let all: Vec<usize> =
            self.slots.iter().enumerate().filter(|(_, slot)| new(slot)).map(|(index, _)| index).collect();
        let inside = match group.team {
            Some(team) if self.team != Some(team) => self.plan.people_of(team),
            _ => Vec::new(),
        };
        let narrowed = |lines: &[usize], fits: &dyn Fn(&Slot) -> bool| -> Option<Vec<usize>> {
            let fitting: Vec<usize> =
                lines.iter().copied().filter(|index| self.slots.get(*index).is_some_and(fits)).collect();
            (!fitting.is_empty()).then_some(fitting)
        };
        let theirs = |slot: &Slot| {
            slot.line.person == group.person
                || slot.line.person.is_some_and(|person| inside.contains(&person))
        };
        let own = match narrowed(&all, &theirs) {
            Some(own) => own,
            None if group.person.is_some() && self.shared => return Vec::new(),
            None => all,
        };
        let of_part = |slot: &Slot| match (slot.at, group.chain) {
            (At::New(chain, ..), Some(part)) => chain == part,
            _ => true,
        };
        narrowed(&own, &of_part).unwrap_or(own)
    }

    /// Gives readings that can belong to one line alone to it.
    fn take_alone(&mut self) {
        let mut shared = Vec::new();
        for group in std::mem::take(&mut self.groups) {
            let lines = self.lines_of(&group);
            let counts = self.steps(group.counts);
            match lines.as_slice() {
                [only] => {
                    let Some(slot) = self.slots.get_mut(*only) else { continue };
                    for (day, amount) in group.rows {
                        let own = slot.rows.entry(day).or_default();
                        *own = own.saturating_add(amount);
                    }
                    slot.reached += counts;
                }
                _ => shared.push(group),
            }
        }
        // Those of somebody are dealt out before those of nobody, and those of one part before those of any.
        let nobody = |group: &Group| group.person.is_none() && group.team == self.team;
        shared.sort_by_key(|group| (nobody(group), group.chain.is_none()));
        self.groups = shared;
    }

    /// Takes readings that several lines have a part in off what is left of these, in whole steps and in proportion to
    /// that. Their rows stay where they were read.
    fn take_shared(&mut self) -> Vec<ReadLine> {
        let mut read = Vec::new();
        for group in std::mem::take(&mut self.groups) {
            let lines = self.lines_of(&group);
            let counts = self.steps(group.counts);
            let left = |slot: &Slot| {
                let left = &slot.total - &slot.reached;
                if left.is_negative() { whole(0) } else { left }
            };
            let weights: Vec<Exact> =
                lines.iter().filter_map(|index| self.slots.get(*index)).map(left).collect();
            // What was called off is asked for again.
            let negative = counts.is_negative();
            let weights = if negative {
                lines
                    .iter()
                    .filter_map(|index| self.slots.get(*index))
                    .map(|slot| slot.total.clone())
                    .collect()
            } else {
                weights
            };
            let steps = if negative { ceil(&-counts) } else { counts.floor() };
            let all_left = crate::exact::sum(&weights);
            let dealt = if !negative && Exact::from(steps.clone()) >= all_left {
                Some(weights.iter().map(ceil).collect())
            } else {
                apportion(&steps, &weights)
            };
            for (index, steps) in lines.iter().zip(dealt.into_iter().flatten()) {
                if let Some(slot) = self.slots.get_mut(*index) {
                    let steps = Exact::from(steps);
                    slot.reached = if negative { &slot.reached - steps } else { &slot.reached + steps };
                }
            }
            if !group.rows.is_empty() {
                let of_parts =
                    self.slots.iter().any(|slot| matches!(slot.at, At::New(chain, ..) if chain > 0));
                let chain = group.chain.or((!of_parts).then_some(0));
                read.push(ReadLine { metric: self.metric, chain, line: self.read_line(group) });
            }
        }
        read
    }

    fn read_line(&self, group: Group) -> Line {
        let team = group.person.map_or(group.team, |person| self.plan[person].team);
        let place = self
            .plan
            .actuals
            .series
            .iter()
            .find(|(key, _)| ingredients(self.plan, self.metric).contains(&key.metric));
        let source = place.map_or(self.plan.place, |(_, series)| series.place);
        let unit = unit(&self.plan[self.metric].step, group.rows.values().copied());
        let past = past(&group.rows, unit.as_ref(), &self.plan[self.metric].step);
        let course =
            Course::Anew(Box::new(Replanned { window: self.window, as_of: self.as_of, past, rest: None }));
        let line = Line::new(group.person, team, course, Phase::ALONE, source);
        Line { unit: unit.map(Box::new), ..line }
    }

    /// Says what is left and has no day any more.
    fn report(&self, goal: &str, diagnostics: &mut Diagnostics) {
        if self.dropped {
            return;
        }
        let metric = &self.plan[self.metric];
        let mut lost = whole(0);
        let mut people = Vec::new();
        let mut place = None;
        for slot in &self.slots {
            let left = &slot.total - &slot.reached;
            if !left.is_above_zero() || slot.rest(self.as_of).is_some() {
                continue;
            }
            lost += Exact::from(ceil(&left));
            place = place.or(Some(slot.line.source));
            people.extend(slot.line.person.map(|person| self.plan[person].name.clone()));
        }
        let Some(place) = place else { return };
        people.dedup();
        let message = Message::OutOfTime {
            goal: goal.to_owned(),
            metric: metric.name.clone(),
            amount: readable(&(lost * &metric.step.size), metric.step.decimals),
            people,
        };
        diagnostics.say(message, place);
    }
}

impl Slot {
    /// The line as it was up to the day and goes on from there.
    fn line(self, as_of: NaiveDate, plan: &Plan, metric: MetricId, dropped: bool) -> Line {
        let step = &plan[metric].step;
        let reached_millionths = &self.reached * &step.size * whole(10_i64.pow(READING_PLACES));
        let reached_millionths = i128::try_from(reached_millionths.round()).unwrap_or(i128::MAX);
        let unit = unit(step, self.rows.values().copied().chain([reached_millionths]));
        let per_step = unit.as_ref().map_or(1, |unit| unit.per_step);
        let past = past(&self.rows, unit.as_ref(), step);
        let past_total = past.last().map_or(0, |(_, total)| *total);
        let in_units = |steps: &Exact| {
            let units = steps * Exact::from(IBig::from(per_step));
            i128::try_from(units.round()).unwrap_or(i128::MAX)
        };
        let reached = in_units(&self.reached);
        let apart = reached.saturating_sub(past_total);
        let end = in_units(&self.total);
        let rest = if dropped { None } else { self.rest(as_of) };
        let rest = rest.map(|(base, flows)| Rest {
            base,
            flows,
            per_step,
            reached,
            apart,
            end: end.max(reached).saturating_sub(apart),
        });
        let own = self.line.course.window();
        let first = past.first().map_or(own.first, |(day, _)| own.first.min(*day));
        let last = past.last().map_or(own.last, |(day, _)| own.last.max(*day));
        let left = &self.total - &self.reached;
        let amount = |steps: Exact| steps * &step.size;
        let anew = Anew {
            as_of,
            done: Some(amount(self.reached.clone())),
            total: self.line.course.steps(),
            planned: amount(Exact::from(IBig::from(self.planned))),
            rest: if rest.is_some() { amount(left) } else { whole(0) },
        };
        let window = DateSpan { first, last };
        let course = Course::Anew(Box::new(Replanned { window, as_of, past, rest }));
        Line { course, unit: unit.map(Box::new), anew: Some(Box::new(anew)), ..self.line }
    }

    /// Where the line goes on from, and what each unit of weight that is left brings; `None` if nothing is left, or no
    /// day to do it on. Where season and checkpoints leave nothing for the days left, they are dropped, as ever.
    fn rest(&self, as_of: NaiveDate) -> Option<(Exact, Vec<(Exact, LineWeights)>)> {
        let line = self.line.course.exact_at(as_of)?;
        let from = &line.at + &self.reached - Exact::from(IBig::from(self.planned));
        let left = &self.total - &from;
        if !left.is_above_zero() || self.reached >= self.total {
            return None;
        }
        let Phase { index, count } = self.line.phase;
        let base = from - ratio(index.into(), count.into());
        let weight_left = &self.total - &line.at;
        if weight_left.is_above_zero() {
            let faster = left / weight_left;
            let flows = line
                .flows
                .into_iter()
                .map(|(amount, weights)| (&amount * &faster / Exact::from(weights.total()), weights.clone()));
            return Some((base, flows.collect()));
        }
        let (weights, all) = line.flows.iter().find_map(|(_, weights)| weights.after(as_of))?;
        Some((base, vec![(left / Exact::from(all), weights)]))
    }
}

/// What a line is counted in: its metric's steps, or if `amounts` (in millionths) are no whole steps, units of the last
/// decimal that they need.
fn unit(step: &Step, amounts: impl Iterator<Item = i128> + Clone) -> Option<Unit> {
    if amounts.clone().all(|amount| step.divides(&reading(amount))) {
        return None;
    }
    let mut places = 0;
    for amount in amounts {
        let mut needed = READING_PLACES;
        let mut rest = amount;
        while needed > 0 && rest % 10 == 0 {
            rest /= 10;
            needed -= 1;
        }
        places = places.max(needed);
    }
    let places = places.max(step.decimals);
    let fine = Step::new(Decimal::new(1, places));
    let per_step = i128::try_from((&step.size / &fine.size).round()).unwrap_or(i128::MAX);
    Some(Unit { step: fine, per_step })
}

/// Running totals of the days of `rows`, in units.
fn past(rows: &BTreeMap<NaiveDate, i128>, unit: Option<&Unit>, step: &Step) -> Vec<(NaiveDate, i128)> {
    let size = unit.map_or(&step.size, |unit| &unit.step.size);
    let mut total = 0_i128;
    let past = rows.iter().map(|(day, millionths)| {
        total = total.saturating_add(*millionths);
        let units = (reading(total) / size).round();
        (*day, i128::try_from(units).unwrap_or(i128::MAX))
    });
    past.collect()
}

/// Says which checkpoints to come the new lines do not reach.
fn report_checkpoints(
    plan: &Plan,
    expanded: &KeyResultPlan,
    as_of: NaiveDate,
    dropped: bool,
    diagnostics: &mut Diagnostics,
) {
    let goal = &plan[expanded.key_result];
    let Some(measure) = goal.measure.as_ref().filter(|_| !dropped) else { return };
    let metric = &plan[measure.metric];
    let each = matches!(goal.share.as_ref().map(|share| &share.by), Some(ShareBy::Each { .. }));
    let (from, to) = match (&measure.target, &expanded.totals) {
        (Target::Level(from, to), _) => (from.clone(), to.clone()),
        (_, Some(totals)) => (whole(0), metric.step.amount(&totals.target)),
        _ => return,
    };
    for checkpoint in goal.checkpoints.iter().filter(|checkpoint| checkpoint.on > as_of) {
        let asked = match (&checkpoint.amount, &measure.target) {
            (CheckpointAmount::OfTarget(part), _) => &from + (&to - &from) * part,
            // Figures per head are those of one of them.
            (CheckpointAmount::Amount(amount), Target::Amount(figure)) if each && !figure.is_zero() => {
                &to * amount / figure
            }
            (CheckpointAmount::Amount(_), _) if each => continue,
            (CheckpointAmount::Amount(amount), _) => amount.clone(),
        };
        let outcome = expanded.chains.iter().filter_map(|chain| chain.stages.first());
        let lines = outcome.flat_map(|stage| &stage.lines).chain(&expanded.existing);
        let read = expanded.read.iter().filter(|read| read.metric == measure.metric).map(|read| &read.line);
        let planned = lines.chain(read).fold(whole(0), |sum, line| {
            let mut cursor = Cursor::new(&line.course, line.phase, line.course.window().first);
            let units = cursor.advance(checkpoint.on);
            sum + line.step(plan, measure.metric).amount(&IBig::from(units))
        });
        let short = if to < from { planned > asked } else { planned < asked };
        if short {
            let message = Message::CheckpointNotReached {
                on: checkpoint.on.to_string(),
                asked: readable(&asked, metric.step.decimals),
                planned: readable(&planned, metric.step.decimals),
            };
            diagnostics.say(message, checkpoint.place);
        }
    }
}
