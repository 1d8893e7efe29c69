//! Which readings belong to which line.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dashu_base::Signed;
use dashu_int::IBig;

use super::past;
use crate::dates::DateSpan;
use crate::diagnostic::Diagnostics;
use crate::exact::{AboveZero, Exact, ceil, readable, whole};
use crate::expand::apportion::apportion;
use crate::expand::course::{Course, Cursor, Phase, Replanned};
use crate::expand::key_result::{KeyResultPlan, ReadLine};
use crate::expand::line::{Line, Unit};
use crate::ledger::{Claim, Ledger, Who, ingredients};
use crate::message::Message;
use crate::plan::{Holder, MetricId, PersonId, Plan, TeamId, in_millionths, reading};

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// Chain, stage, line.
    New(usize, usize, usize),
    Existing(usize),
}

/// A line, and what was reached of it.
pub(super) struct Slot {
    pub(super) at: At,
    pub(super) line: Line,
    /// What it comes to, and what was planned of it by the day; in steps.
    pub(super) total: Exact,
    pub(super) planned: i128,
    /// What is its own of each day, in millionths.
    pub(super) rows: BTreeMap<NaiveDate, i128>,
    /// What counts as reached, in steps: its own and what it is given of others'.
    pub(super) reached: Exact,
}

/// Person, team where there is none, and part.
type Whose = (Option<PersonId>, Option<TeamId>, Option<usize>);

/// Readings of one holder and part that are yet to be given to lines.
pub(super) struct Group {
    pub(super) person: Option<PersonId>,
    /// Where no person has them.
    pub(super) team: Option<TeamId>,
    /// Of which part, as a place among the chains.
    pub(super) chain: Option<usize>,
    /// By day, in millionths.
    pub(super) rows: BTreeMap<NaiveDate, i128>,
    /// What of all of it counts for these lines, in millionths; some may count for existing business.
    pub(super) counts: i128,
}

/// One metric of a key result while its readings are dealt out.
pub(super) struct Stage<'a> {
    pub(super) plan: &'a Plan,
    pub(super) metric: MetricId,
    pub(super) as_of: NaiveDate,
    /// The days of which its readings count.
    pub(super) window: DateSpan,
    pub(super) dropped: bool,
    /// Whether people have parts of their own.
    pub(super) shared: bool,
    /// Whose the readings of nobody are.
    pub(super) team: Option<TeamId>,
    pub(super) slots: Vec<Slot>,
    pub(super) groups: Vec<Group>,
}

pub(super) fn slots(
    expanded: &KeyResultPlan,
    metric: MetricId,
    outcome: bool,
    as_of: NaiveDate,
) -> Vec<Slot> {
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
pub(super) fn groups(
    plan: &Plan,
    claim: &Claim,
    expanded: &KeyResultPlan,
    metric: MetricId,
    days: Option<DateSpan>,
) -> Vec<Group> {
    let Some(days) = days else { return Vec::new() };
    let ledger = Ledger { plan, claim };
    // A percentage is read as what it has come to: the latest reading says all, and a day brings what that changed.
    let latest = plan[metric].is_latest();
    let as_one = latest && expanded.seated.seating().is_none();
    let dimension = plan[expanded.key_result].split.as_ref().map(|split| split.dimension.as_str());
    let mut groups: BTreeMap<Whose, BTreeMap<NaiveDate, i128>> = BTreeMap::new();
    for read in ingredients(plan, metric) {
        let mut all: Vec<_> = ledger.series(read, Who::All).collect();
        if latest {
            // Of one day, what a team or nobody in particular read is said last.
            all.sort_by_key(|(key, _)| !matches!(key.who, Some(Holder::Person(_))));
        }
        for (key, series) in all {
            let (person, team) = match key.who {
                _ if as_one => (None, expanded.team),
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
            for (day, millionths) in series.within(days) {
                let rows = groups.entry((person, team, chain)).or_default();
                let sum = rows.entry(day).or_default();
                *sum = if latest { millionths } else { sum.saturating_add(millionths) };
            }
        }
    }
    if latest {
        for rows in groups.values_mut() {
            let mut before = 0_i128;
            for amount in rows.values_mut() {
                let now = *amount;
                *amount = now.saturating_sub(before);
                before = now;
            }
            rows.retain(|_, amount| *amount != 0);
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
    pub(super) fn take_for_existing(&mut self) {
        let size = self.plan[self.metric].step.size.clone();
        let millionths = |steps: i128| {
            let amount = Exact::from(IBig::from(steps)) * &size;
            i128::try_from(in_millionths(&amount).floor()).unwrap_or(i128::MAX)
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
    pub(super) fn take_alone(&mut self) {
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
    pub(super) fn take_shared(&mut self) -> Vec<ReadLine> {
        let mut read: BTreeMap<Whose, BTreeMap<NaiveDate, i128>> = BTreeMap::new();
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
            // Where all is reached, fractions of a step are as well; what is over comes off nobody.
            let most = weights.iter().map(ceil).fold(IBig::ZERO, |sum, steps| sum + steps);
            let steps = if negative { ceil(&-counts) } else { counts.floor().min(most) };
            let dealt = apportion(&steps, &weights);
            for (index, steps) in lines.iter().zip(dealt.into_iter().flatten()) {
                if let Some(slot) = self.slots.get_mut(*index) {
                    let steps = Exact::from(steps);
                    slot.reached = if negative { &slot.reached - steps } else { &slot.reached + steps };
                }
            }
            let of_parts = self.slots.iter().any(|slot| matches!(slot.at, At::New(chain, ..) if chain > 0));
            // Where there is one part alone, what is of no part is a row with what is of that.
            let chain = group.chain.or((!of_parts).then_some(0));
            for (day, amount) in group.rows {
                let sum = read.entry((group.person, group.team, chain)).or_default().entry(day).or_default();
                *sum = sum.saturating_add(amount);
            }
        }
        let read = read.into_iter().map(|((person, team, chain), rows)| {
            let team = person.map_or(team, |person| self.plan[person].team);
            ReadLine { metric: self.metric, chain, line: self.read_line(person, team, &rows) }
        });
        read.collect()
    }

    fn read_line(
        &self,
        person: Option<PersonId>,
        team: Option<TeamId>,
        rows: &BTreeMap<NaiveDate, i128>,
    ) -> Line {
        let place = self
            .plan
            .actuals
            .series
            .iter()
            .find(|(key, _)| ingredients(self.plan, self.metric).contains(&key.metric));
        let source = place.map_or(self.plan.place, |(_, series)| series.place);
        let amounts = rows.values().map(|millionths| reading(*millionths));
        let unit = Unit::for_amounts(&self.plan[self.metric].step, amounts);
        let past = past(rows, unit.as_ref(), &self.plan[self.metric].step);
        let course =
            Course::Anew(Box::new(Replanned { window: self.window, as_of: self.as_of, past, rest: None }));
        let line = Line::new(person, team, course, Phase::ALONE, source);
        Line { unit: unit.map(Box::new), ..line }
    }

    /// Says what is left and has no day any more.
    pub(super) fn report(&self, goal: &str, diagnostics: &mut Diagnostics) {
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
