//! Who does how much more or less.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use dashu_int::IBig;
use milepost_grammar::ast::{Better, Grain, MetricKind, Total};

use super::amount::{Part, plain};
use super::lines::{Key, Line, Side, Who, lines};
use super::{Comparison, Months, PersonEffect, TotalEffect};
use crate::dated::Kind;
use crate::dates::periods;
use crate::diff::facts::Renamed;
use crate::exact::Exact;
use crate::expand::Cursor;
use crate::noun::Noun;
use crate::page::Label;
use crate::plan::{Holder, MetricId, MetricUnit};

/// Who does how much more or less.
#[derive(Default)]
pub(super) struct People {
    pub(super) totals: Vec<TotalEffect>,
    pub(super) changed: Vec<PersonEffect>,
    pub(super) unchanged: Vec<PersonEffect>,
}

impl Comparison<'_> {
    pub(super) fn people(&self) -> People {
        let before = lines(self.was.version, self.renamed, &self.known.skipped);
        let after = lines(self.now.version, &Renamed::default(), &self.known.skipped);
        let known: HashMap<&Key, &Line<'_>> = before.iter().map(|(key, line)| (key, line)).collect();
        let there: HashSet<&Key> = after.iter().map(|(key, _)| key).collect();
        let gone = before.iter().filter(|(key, _)| !there.contains(key));
        let pairs = after.iter().map(|(key, line)| (key, known.get(key).copied(), Some(line)));
        let pairs = pairs.chain(gone.map(|(key, line)| (key, Some(line), None)));
        let mut totals: HashMap<&str, (Exact, Exact)> = HashMap::new();
        for (side, lines, first) in [(&self.was, &before, true), (&self.now, &after, false)] {
            for (key, line) in lines {
                let total = totals.entry(&key.metric).or_insert_with(|| (Exact::ZERO, Exact::ZERO));
                let slot = if first { &mut total.0 } else { &mut total.1 };
                *slot += side.amount(Some(line), None);
            }
        }
        let mut people = People { totals: self.totals(&before, &after, &totals), ..People::default() };
        let mut changed = Vec::new();
        for (key, was, now) in pairs {
            let is_same = self.is_same(was, now);
            let total = totals.get(key.metric.as_str());
            let Some(effect) = self.person(key, was, now, total, is_same) else { continue };
            if effect.is_as_before() { people.unchanged.push(effect) } else { changed.push(effect) }
        }
        people.changed = by_weight(changed);
        people
    }

    /// What all together do, of metrics that several hold.
    fn totals(
        &self,
        before: &[(Key, Line<'_>)],
        after: &[(Key, Line<'_>)],
        totals: &HashMap<&str, (Exact, Exact)>,
    ) -> Vec<TotalEffect> {
        /// Which metric it is, and how many hold it.
        type Held = Option<(MetricId, usize)>;
        let mut metrics: Vec<(&str, [Held; 2])> = Vec::new();
        let mut at: HashMap<&str, usize> = HashMap::new();
        for (side, lines) in [(1, after), (0, before)] {
            for (key, line) in lines.iter().filter(|(key, _)| key.goal.is_none()) {
                let index = *at.entry(&key.metric).or_insert(metrics.len());
                if index == metrics.len() {
                    metrics.push((&key.metric, [None, None]));
                }
                if let Some(held) = metrics.get_mut(index).and_then(|(_, sides)| sides.get_mut(side)) {
                    held.get_or_insert((line.metric, 0)).1 += 1;
                }
            }
        }
        let total = |(name, [was, now]): (&str, [Held; 2])| {
            let (old, new) = totals.get(name)?;
            let several = [was, now].iter().flatten().any(|(_, holders)| *holders > 1);
            let was = was.map(|(id, _)| &self.was.plan()[id]);
            let now = now.map(|(id, _)| &self.now.plan()[id]);
            let metric = now.or(was)?;
            let (was, now) = (was.unwrap_or(metric), now.unwrap_or(metric));
            let amount = Part::new(Some((old.clone(), was)), Some((new.clone(), now)));
            (several && amount.was != amount.now).then(|| TotalEffect {
                metric: Label::new(name, metric.title.as_deref()),
                is_money: matches!(metric.unit, MetricUnit::Money(_)),
                is_activity: metric.kind == MetricKind::Activity,
                amount,
            })
        };
        metrics.into_iter().filter_map(total).collect()
    }

    /// Whether a line is the same in both plans, month for month.
    fn is_same(&self, was: Option<&Line<'_>>, now: Option<&Line<'_>>) -> bool {
        match (was, now) {
            (Some(was), Some(now)) => {
                let same_step =
                    self.was.plan()[was.metric].step.size == self.now.plan()[now.metric].step.size;
                same_step
                    && self.was.plan()[was.metric].unit == self.now.plan()[now.metric].unit
                    && was.cells == now.cells
                    && self.was.pace(Some(was)) == self.now.pace(Some(now))
            }
            _ => false,
        }
    }

    /// On how many days or periods a line has another amount, which is the same month for month.
    fn moved(&self, was: Option<&Line<'_>>, now: Option<&Line<'_>>) -> usize {
        let (Some(was), Some(now)) = (was, now) else { return 0 };
        let metric = &self.now.plan()[now.metric];
        let (old, new) = (self.was.plan()[was.metric].grain, metric.grain);
        if !self.turn.is_none() || old != new || new >= Grain::Month || was.courses == now.courses {
            return 0;
        }
        let periods = periods(self.turn.after, new, self.now.plan().fiscal_start);
        let amounts = |line: &Line<'_>| {
            let mut sums = vec![0_i128; periods.len()];
            for (course, phase) in &line.courses {
                let mut cursor = Cursor::new(course, *phase, course.window().first);
                let mut before = 0;
                for (sum, period) in sums.iter_mut().zip(&periods) {
                    let done = cursor.advance(period.last);
                    *sum = sum.saturating_add(done - before);
                    before = done;
                }
            }
            sums
        };
        amounts(was).iter().zip(amounts(now)).filter(|(was, now)| **was != *now).count()
    }

    fn person(
        &self,
        key: &Key,
        was: Option<&Line<'_>>,
        now: Option<&Line<'_>>,
        totals: Option<&(Exact, Exact)>,
        is_same: bool,
    ) -> Option<PersonEffect> {
        let (side, line) = now.map(|now| (&self.now, now)).or(was.map(|was| (&self.was, was)))?;
        let plan = side.plan();
        let metric = &plan[line.metric];
        let is_level = metric.total == Total::Last;
        let of = |side: &Side<'_>, line: Option<&Line<'_>>, kind: Option<Kind>| match line {
            None if is_level => None,
            line => Some(side.amount(line, kind)),
        };
        let part = |kind: Option<Kind>| {
            let before = was.map_or(metric, |was| &self.was.plan()[was.metric]);
            let after = now.map_or(metric, |now| &self.now.plan()[now.metric]);
            let (old, new) = (of(&self.was, was, kind), of(&self.now, now, kind));
            Part::new(old.map(|amount| (amount, before)), new.map(|amount| (amount, after)))
        };
        let amount = part(None);
        let existing = Some(part(Some(Kind::Existing))).filter(|part| !part.is_nothing());
        // A pace is that of what is planned by days, before and after.
        let by_days = |side: &Side<'_>, line: Option<&Line<'_>>| {
            line.is_none_or(|line| side.plan()[line.metric].grain == Grain::Day)
        };
        let pace = if by_days(&self.was, was) && by_days(&self.now, now) {
            (self.was.pace(was), self.now.pace(now))
        } else {
            (None, None)
        };
        let change = amount.difference().unwrap_or(Exact::ZERO);
        let change = if change < Exact::ZERO { -change } else { change };
        let all = totals.map(|(was, now)| if was > now { was.clone() } else { now.clone() });
        let weight = all.filter(|all| *all > Exact::ZERO).map_or(Exact::ZERO, |all| &change / all);
        let label = |holder: Holder| {
            let (own, title) = plan.holder(holder);
            // Who does no more of it may still be there, by another name, or their name may be somebody else's.
            let (Some((_, name)), true) = (&key.who, now.is_none()) else { return Label::new(own, title) };
            let names = &self.now.version.compilation.names;
            match names.table(Noun::Holder).and_then(|names| names.get(name)) {
                Some(entry) => Label::new(&entry.name, entry.title.as_deref()),
                None => Label::new(name, title),
            }
        };
        let team = match line.who {
            Who::Person(person) => plan[person].team.map(|team| {
                let (name, title) = plan.holder(Holder::Team(team));
                Label::new(name, title)
            }),
            Who::Team(_) => None,
        };
        Some(PersonEffect {
            who: line.who.holder().map(label),
            is_person: matches!(line.who, Who::Person(_)),
            team,
            metric: Label::new(&key.metric, metric.title.as_deref()),
            is_money: matches!(metric.unit, MetricUnit::Money(_)),
            is_activity: metric.kind == MetricKind::Activity,
            is_lower_better: metric.better == Better::Lower,
            goal: key.goal.clone(),
            months: if is_same { Vec::new() } else { self.months(was, now) },
            amount,
            existing,
            moved: if is_same { self.moved(was, now) } else { 0 },
            pace: Some(pace).filter(|(was, now)| was.is_some() || now.is_some()),
            weight,
        })
    }

    /// Months of both, by their place in the plan where the plans are of different periods.
    fn months(&self, was: Option<&Line<'_>>, now: Option<&Line<'_>>) -> Vec<Months> {
        if let (Some(was), Some(now)) = (was, now)
            && self.was.plan()[was.metric].unit != self.now.plan()[now.metric].unit
        {
            return Vec::new();
        }
        let index = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
        let mut months: BTreeMap<i32, [Option<(String, Exact)>; 2]> = BTreeMap::new();
        for (side, line, at) in [(&self.was, was, 0), (&self.now, now, 1)] {
            let Some(line) = line else { continue };
            let plan = side.plan();
            let metric = &plan[line.metric];
            let first = if self.turn.overlaps() { 0 } else { index(plan.period.first) };
            for (start, grain, _, steps) in &line.cells {
                let amount = metric.step.amount(&IBig::from(*steps));
                let slot = months.entry(index(*start) - first).or_default();
                let Some(slot) = slot.get_mut(at) else { continue };
                match slot {
                    Some((_, sum)) if metric.total == Total::Sum => *sum += amount,
                    _ => *slot = Some((plan.period_name(*start, (*grain).max(Grain::Month)), amount)),
                }
            }
        }
        let level = now.or(was).is_some_and(|line| {
            let plan = if now.is_some() { self.now.plan() } else { self.was.plan() };
            plan[line.metric].total == Total::Last
        });
        let month = |[was, now]: [Option<(String, Exact)>; 2]| {
            let amount = |side: &Option<(String, Exact)>| match side {
                Some((_, amount)) => Some(amount.clone()),
                None if level => None,
                None => Some(Exact::ZERO),
            };
            let part = plain(amount(&was), amount(&now));
            let name = |side: Option<(String, Exact)>| side.map(|(name, _)| name);
            Months { before: name(was), after: name(now), amount: part }
        };
        months.into_values().map(month).filter(|month| !month.amount.is_same()).collect()
    }
}

/// Whose weeks change most comes first; what one person does stays together.
fn by_weight(changed: Vec<PersonEffect>) -> Vec<PersonEffect> {
    let mut most: HashMap<(bool, Option<&str>), &Exact> = HashMap::new();
    for effect in &changed {
        let weight = most.entry(effect.whose()).or_insert(&effect.weight);
        if effect.weight > **weight {
            *weight = &effect.weight;
        }
    }
    let weight =
        |effect: &PersonEffect| most.get(&effect.whose()).map_or(Exact::ZERO, |weight| (*weight).clone());
    // Effects are large: their places are sorted.
    let mut places: Vec<(Reverse<Exact>, usize)> =
        changed.iter().enumerate().map(|(place, effect)| (Reverse(weight(effect)), place)).collect();
    places.sort();
    let mut changed: Vec<Option<PersonEffect>> = changed.into_iter().map(Some).collect();
    places.into_iter().filter_map(|(_, place)| changed.get_mut(place).and_then(Option::take)).collect()
}

impl PersonEffect {
    /// Whether as much is done, month by month, day by day and at the same pace.
    fn is_as_before(&self) -> bool {
        let same_pace = self.pace.as_ref().is_none_or(|(was, now)| was == now);
        let same_parts = self.amount.is_same() && self.existing.as_ref().is_none_or(Part::is_same);
        same_pace && same_parts && self.moved == 0 && self.months.is_empty()
    }
}
