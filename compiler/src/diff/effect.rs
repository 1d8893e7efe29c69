//! What a change does: who does how much more or less, when, and at which pace.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use dashu_int::IBig;
use milepost_grammar::ast::{Better, Grain, MetricKind, Total};

use super::Version;
use super::facts::{Renamed, with_unit};
use super::thing::What;
use super::turn::Turn;
use crate::dated::{Kind, RowOptions};
use crate::dates::{DateSpan, periods};
use crate::diagnostic::Severity;
use crate::exact::{Exact, readable};
use crate::expand::ceiling::overruns;
use crate::expand::{Course, Cursor, KeyResultPlan, Phase, Presences, target};
use crate::noun::Noun;
use crate::page::Label;
use crate::plan::{Holder, KeyResultId, Metric, MetricId, MetricUnit, PersonId, Plan, Target, TeamId};
use crate::progress::{Asked, Progress};

/// What a change does.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// Who does more or less of what; whose weeks change most comes first.
    pub people: Vec<PersonEffect>,
    /// The same of all whose weeks stay as they are.
    pub unchanged: Vec<PersonEffect>,
    /// What goals come to.
    pub goals: Vec<GoalEffect>,
    /// Who is over what they can do, or no longer.
    pub headroom: Vec<Headroom>,
    /// What is said now and was not, and the other way round.
    pub said: Vec<SaidEffect>,
    /// Of goals of the period before: what was reached, and what became of them.
    pub reached: Vec<Reached>,
    /// Whether amounts differ although all that is said is the same: ties go by the order of declaration.
    pub reordered: bool,
}

/// One holder's amounts of one metric.
#[derive(Clone, Debug)]
pub struct PersonEffect {
    /// Who; `None` for what no team and nobody holds.
    pub who: Option<Label>,
    /// Whether that is a person.
    pub is_person: bool,
    /// Their team.
    pub team: Option<Label>,
    /// Of what.
    pub metric: Label,
    /// Whether it is money.
    pub is_money: bool,
    /// Whether it is done, rather than brought about.
    pub is_activity: bool,
    /// Whether less is better.
    pub is_lower_better: bool,
    /// The goal, of a level: levels do not add up.
    pub goal: Option<String>,
    /// How much in all.
    pub amount: Part,
    /// How much of it existing business brings; `None` where it brings none, before and after.
    pub existing: Option<Part>,
    /// The same by month, or by the periods that the metric is planned in where these are longer.
    pub months: Vec<Months>,
    /// On how many days, or in how many of its periods, another amount is planned although every month's is the same.
    pub moved: usize,
    /// How much a working day, in whole steps; of what is planned by days.
    pub pace: Option<(Option<Exact>, Option<Exact>)>,
    /// How much of what all together have of it changes here, 0 to 1.
    pub weight: Exact,
}

/// An amount before and after.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// Before, with its unit; `—` where there was none.
    pub before: String,
    /// After.
    pub after: String,
    /// Before, as a number; of a level `None` where there was none.
    pub was: Option<Exact>,
    /// After.
    pub now: Option<Exact>,
    /// The difference, with its sign and unit; empty where the two cannot be subtracted: other units, a level that comes or goes.
    pub change: String,
}

/// What changes in one month.
#[derive(Clone, PartialEq, Debug)]
pub struct Months {
    /// The month before, where there was one.
    pub before: Option<String>,
    /// The month after, which has another name where the plans are of different periods.
    pub after: Option<String>,
    /// How much, without the unit.
    pub amount: Part,
}

/// What a goal comes to.
#[derive(Clone, PartialEq, Debug)]
pub struct GoalEffect {
    /// Its path.
    pub goal: String,
    /// Its title.
    pub title: Option<String>,
    /// Of what.
    pub metric: Label,
    /// Whether it is money.
    pub is_money: bool,
    /// Target; of a level where it leads.
    pub target: Part,
    /// What existing business covers.
    pub existing: Option<Part>,
    /// What is to be won.
    pub new: Option<Part>,
}

/// In how many periods somebody is over the most that they can do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Headroom {
    /// Who.
    pub person: Label,
    /// Of what.
    pub metric: Label,
    /// In how long.
    pub per: Grain,
    /// Periods over it, before.
    pub before: usize,
    /// After.
    pub after: usize,
    /// The most, before and after, where there is one.
    pub limit: (Option<String>, Option<String>),
    /// Most that is asked in one period, after, or before where nothing is over it any more.
    pub worst: String,
}

/// A message that is new or gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaidEffect {
    /// Whether it is new.
    pub is_new: bool,
    /// How bad.
    pub severity: Severity,
    /// Its code.
    pub code: &'static str,
    /// Its text.
    pub text: String,
    /// `file:line`.
    pub source: String,
}

/// What became of a goal of the period before.
#[derive(Clone, PartialEq, Debug)]
pub struct Reached {
    /// Its path, as it was.
    pub goal: String,
    /// Its title.
    pub title: Option<String>,
    /// What it was to reach.
    pub target: String,
    /// What was reached, where that was read.
    pub done: Option<String>,
    /// 0 to 1.
    pub score: Option<Exact>,
    /// What it is to reach in the next period; `None` where it is not carried over.
    pub next: Option<String>,
}

/// Whose amounts of what.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
struct Key {
    who: Option<(bool, String)>,
    metric: String,
    goal: Option<String>,
}

/// Amounts in steps, by first day and kind.
type Cells = Vec<(NaiveDate, Grain, Kind, i128)>;

/// One holder's amounts of one metric, in one plan.
#[derive(Debug)]
struct Line<'a> {
    who: Who,
    metric: MetricId,
    cells: Cells,
    window: Option<DateSpan>,
    courses: Vec<(&'a Course, Phase)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
enum Who {
    Person(PersonId),
    Team(Option<TeamId>),
}

impl Who {
    const fn of(person: Option<PersonId>, team: Option<TeamId>) -> Self {
        match person {
            Some(person) => Self::Person(person),
            None => Self::Team(team),
        }
    }

    const fn holder(self) -> Option<Holder> {
        match self {
            Self::Person(person) => Some(Holder::Person(person)),
            Self::Team(Some(team)) => Some(Holder::Team(team)),
            Self::Team(None) => None,
        }
    }
}

/// All lines of a plan, in declaration order.
fn lines<'a>(version: Version<'a>, renamed: &Renamed, skipped: &HashSet<String>) -> Vec<(Key, Line<'a>)> {
    let plan = version.plan;
    let skips: Vec<bool> = (0..plan.key_results.len())
        .map(|index| skipped.contains(renamed.get(What::KeyResult, &plan.path(KeyResultId::new(index)))))
        .collect();
    let is_skipped = |goal: KeyResultId| skips.get(goal.index()) == Some(&true);
    let mut lines: BTreeMap<(Who, MetricId, Option<KeyResultId>), Line<'a>> = BTreeMap::new();
    let of_level = |metric: MetricId, goal: KeyResultId| (plan[metric].total == Total::Last).then_some(goal);
    for row in version.dated.rows(plan, &RowOptions { by: Some(Grain::Month), person: None }) {
        if is_skipped(row.key_result) {
            continue;
        }
        let who = Who::of(row.person, row.team);
        let key = (who, row.metric, of_level(row.metric, row.key_result));
        let new = || Line { who, metric: row.metric, cells: Vec::new(), window: None, courses: Vec::new() };
        let line = lines.entry(key).or_insert_with(new);
        let same = |cell: &&mut (NaiveDate, Grain, Kind, i128)| {
            (cell.0, cell.1, cell.2) == (row.start, row.grain, row.kind)
        };
        match line.cells.iter_mut().rev().find(same) {
            Some(cell) => cell.3 = cell.3.saturating_add(row.amount),
            None => line.cells.push((row.start, row.grain, row.kind, row.amount)),
        }
    }
    for key_result in version.dated.key_results.iter().filter(|known| !is_skipped(known.key_result)) {
        let goal = &plan[key_result.key_result];
        let existing = goal.measure.as_ref().map(|measure| (measure.metric, &key_result.existing));
        for (metric, line) in
            existing.iter().flat_map(|(metric, lines)| lines.iter().map(|line| (*metric, line)))
        {
            let key = (Who::of(line.person, line.team), metric, of_level(metric, key_result.key_result));
            if let Some(known) = lines.get_mut(&key) {
                known.courses.push((&line.course, line.phase));
            }
        }
        for stage in key_result.stages() {
            let metric = stage.link.metric;
            for line in &stage.lines {
                let key = (Who::of(line.person, line.team), metric, of_level(metric, key_result.key_result));
                if let Some(known) = lines.get_mut(&key) {
                    known.courses.push((&line.course, line.phase));
                    let window = line.course.window();
                    known.window = Some(known.window.map_or(window, |known| DateSpan {
                        first: known.first.min(window.first),
                        last: known.last.max(window.last),
                    }));
                }
            }
        }
    }
    let name = |holder: Holder| match holder {
        Holder::Person(id) => (true, renamed.get(What::Person, &plan[id].name).to_owned()),
        Holder::Team(id) => (false, renamed.get(What::Team, &plan[id].name).to_owned()),
    };
    let named = |(who, metric, goal): (Who, MetricId, Option<KeyResultId>)| Key {
        who: who.holder().map(name),
        metric: renamed.get(What::Metric, &plan[metric].name).to_owned(),
        goal: goal.map(|goal| renamed.get(What::KeyResult, &plan.path(goal)).to_owned()),
    };
    lines.into_iter().map(|(key, line)| (named(key), line)).collect()
}

/// A plan, to read amounts of.
struct Side<'a> {
    version: Version<'a>,
    presences: Presences,
}

impl<'a> Side<'a> {
    fn new(version: Version<'a>) -> Self {
        Self { version, presences: Presences::new(version.plan) }
    }

    fn plan(&self) -> &'a Plan {
        self.version.plan
    }

    fn amount(&self, line: Option<&Line<'_>>, kind: Option<Kind>) -> Exact {
        let Some(line) = line else { return Exact::ZERO };
        let metric = &self.plan()[line.metric];
        let of_kind = || line.cells.iter().filter(|cell| kind.is_none_or(|kind| cell.2 == kind));
        let steps = if metric.total == Total::Last {
            of_kind().next_back().map_or(0, |cell| cell.3)
        } else {
            of_kind().fold(0_i128, |sum, cell| sum.saturating_add(cell.3))
        };
        metric.step.amount(&IBig::from(steps))
    }

    /// ceil(amount ÷ working days of its window), as everywhere else.
    fn pace(&self, line: Option<&Line<'_>>) -> Option<Exact> {
        let line = line?;
        let metric = &self.plan()[line.metric];
        if metric.grain != Grain::Day || metric.total == Total::Last {
            return None;
        }
        let new = line.cells.iter().filter(|cell| cell.2 == Kind::New);
        let steps = new.fold(0_i128, |sum, cell| sum.saturating_add(cell.3));
        let days = self.presences.holder(self.plan(), line.who.holder()).count(line.window?);
        target::pace(&IBig::from(steps), days).map(|steps| metric.step.amount(&steps))
    }
}

/// What stands for no amount.
const NONE: &str = "—";

impl Part {
    fn new(was: Option<(Exact, &Metric)>, now: Option<(Exact, &Metric)>) -> Self {
        let shown = |side: &Option<(Exact, &Metric)>| {
            side.as_ref().map_or_else(|| NONE.to_owned(), |(amount, metric)| with_unit(metric, amount))
        };
        let change = match (&was, &now) {
            (Some((was, before)), Some((now, after))) if before.unit == after.unit => {
                difference(after, &(now - was))
            }
            _ => String::new(),
        };
        let (before, after) = (shown(&was), shown(&now));
        let number = |side: Option<(Exact, &Metric)>| side.map(|(amount, _)| amount);
        Self { before, after, was: number(was), now: number(now), change }
    }

    /// Whether both are the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.before == self.after && self.was == self.now
    }

    /// The difference, where there is one.
    #[must_use]
    pub fn difference(&self) -> Option<Exact> {
        let comparable = !self.change.is_empty();
        self.was.as_ref().zip(self.now.as_ref()).filter(|_| comparable).map(|(was, now)| now - was)
    }

    /// Whether there is nothing before and nothing after.
    fn is_nothing(&self) -> bool {
        let nothing = |side: &Option<Exact>| side.as_ref().is_none_or(Exact::is_zero);
        nothing(&self.was) && nothing(&self.now)
    }
}

/// Two amounts whose unit is told elsewhere.
fn plain(was: Option<Exact>, now: Option<Exact>) -> Part {
    let shown =
        |side: &Option<Exact>| side.as_ref().map_or_else(|| NONE.to_owned(), |amount| readable(amount, 6));
    let change = was.as_ref().zip(now.as_ref()).map(|(was, now)| now - was);
    let change = change.map_or_else(String::new, |change| {
        let sign = if change > Exact::ZERO { "+" } else { "" };
        format!("{sign}{}", readable(&change, 6))
    });
    Part { before: shown(&was), after: shown(&now), was, now, change }
}

/// A difference with its sign; of percents in points.
fn difference(metric: &Metric, change: &Exact) -> String {
    let sign = if *change > Exact::ZERO { "+" } else { "" };
    match metric.unit {
        MetricUnit::Percent => format!("{sign}{} pp", readable(change, 6)),
        _ => format!("{sign}{}", with_unit(metric, change)),
    }
}

impl Effects {
    pub(super) fn new(
        before: Version<'_>,
        after: Version<'_>,
        renamed: &Renamed,
        turn: Turn,
        skipped: &HashSet<String>,
        nothing_said: bool,
    ) -> Self {
        let (was, now) = (Side::new(before), Side::new(after));
        let comparison = Comparison { was, now, renamed, turn, skipped };
        let (people, unchanged) = comparison.people();
        let goals = comparison.goals();
        let reordered = nothing_said && turn.is_none() && !(people.is_empty() && goals.is_empty());
        Self {
            people,
            unchanged,
            goals,
            headroom: comparison.headroom(),
            said: comparison.said(),
            reached: comparison.reached(),
            reordered,
        }
    }

    /// Whether nothing is done differently, and nothing else is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.goals.is_empty() && self.headroom.is_empty() && self.said.is_empty()
    }
}

struct Comparison<'a> {
    was: Side<'a>,
    now: Side<'a>,
    renamed: &'a Renamed,
    turn: Turn,
    /// Goals that an error spoils in either plan: nothing is known of what they do.
    skipped: &'a HashSet<String>,
}

impl<'a> Comparison<'a> {
    fn people(&self) -> (Vec<PersonEffect>, Vec<PersonEffect>) {
        let before = lines(self.was.version, self.renamed, self.skipped);
        let after = lines(self.now.version, &Renamed::default(), self.skipped);
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
        let (mut changed, mut unchanged) = (Vec::new(), Vec::new());
        for (key, was, now) in pairs {
            let effect = |is_same: bool, moved: usize| {
                let total = totals.get(key.metric.as_str());
                PersonEffect { moved, ..self.person(key, was, now, total, is_same) }
            };
            let moved = if self.is_same(was, now) { Some(self.moved(was, now)) } else { None };
            match moved {
                Some(0) => unchanged.push(effect(true, 0)),
                moved => changed.push(effect(moved.is_some(), moved.unwrap_or(0))),
            }
        }
        // Whose weeks change most; what one person does stays together.
        let mut most: HashMap<Option<(bool, String)>, Exact> = HashMap::new();
        let of = |effect: &PersonEffect| effect.who.as_ref().map(|who| (effect.is_person, who.name.clone()));
        for effect in &changed {
            let weight = most.entry(of(effect)).or_insert(Exact::ZERO);
            if effect.weight > *weight {
                *weight = effect.weight.clone();
            }
        }
        changed.sort_by(|one, other| most.get(&of(other)).cmp(&most.get(&of(one))));
        (changed, unchanged)
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
    ) -> PersonEffect {
        let (side, line) = match (now, was) {
            (Some(line), _) => (&self.now, line),
            (None, Some(line)) => (&self.was, line),
            (None, None) => return PersonEffect::nothing(key),
        };
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
            let (name, title) = plan.holder(holder);
            // Who does no more of it may still be there, by another name.
            let names = &self.now.version.compilation.names;
            let here = key.who.as_ref().and_then(|(_, name)| names.table(Noun::Holder)?.get(name));
            match here.filter(|_| now.is_none()) {
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
        PersonEffect {
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
            moved: 0,
            pace: Some(pace).filter(|(was, now)| was.is_some() || now.is_some()),
            weight,
        }
    }

    /// Months of both, by their place in the plan where the plans are of different periods.
    fn months(&self, was: Option<&Line<'_>>, now: Option<&Line<'_>>) -> Vec<Months> {
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

    fn goals(&self) -> Vec<GoalEffect> {
        let is_known = |goal: &GoalEffect| !self.skipped.contains(&goal.goal);
        let old: HashMap<String, usize> = (self.was.version.dated.key_results.iter().enumerate())
            .map(|(index, known)| {
                let path = self.was.plan().path(known.key_result);
                (self.renamed.get(What::KeyResult, &path).to_owned(), index)
            })
            .collect();
        let mut left: Vec<bool> = vec![true; self.was.version.dated.key_results.len()];
        let mut goals = Vec::new();
        for known in &self.now.version.dated.key_results {
            let at = old.get(&self.now.plan().path(known.key_result)).copied();
            if let Some(left) = at.and_then(|at| left.get_mut(at)) {
                *left = false;
            }
            let was = at.and_then(|at| self.was.version.dated.key_results.get(at));
            goals.extend(self.goal(was, Some(known)).filter(is_known));
        }
        let gone = self.was.version.dated.key_results.iter().zip(left).filter(|(_, left)| *left);
        goals.extend(gone.filter_map(|(known, _)| self.goal(Some(known), None)).filter(is_known));
        goals
    }

    fn goal(&self, was: Option<&KeyResultPlan>, now: Option<&KeyResultPlan>) -> Option<GoalEffect> {
        let (plan, known) = now.map(|now| (self.now.plan(), now)).or(was.map(|was| (self.was.plan(), was)))?;
        let goal = &plan[known.key_result];
        let metric = &plan[goal.measure.as_ref()?.metric];
        let total = |plan: &Plan, known: Option<&KeyResultPlan>, of: &str| -> Option<Exact> {
            let known = known?;
            let measure = plan[known.key_result].measure.as_ref()?;
            let step = &plan[measure.metric].step;
            match (&known.totals, &measure.target) {
                (Some(totals), _) => Some(match of {
                    "existing" => totals.existing.clone(),
                    "new" => step.amount(&totals.new),
                    _ => step.amount(&totals.target),
                }),
                (None, Target::Level(_, to)) if of == "target" => Some(to.clone()),
                _ => None,
            }
        };
        let is_level = metric.total == Total::Last;
        let part = |of: &str| {
            let side = |plan: &'a Plan, known: Option<&KeyResultPlan>| {
                let own = known.and_then(|known| plan[known.key_result].measure.as_ref());
                let metric = own.map_or(metric, |measure| &plan[measure.metric]);
                let amount = total(plan, known, of);
                amount.or_else(|| (!is_level).then_some(Exact::ZERO)).map(|amount| (amount, metric))
            };
            Part::new(side(self.was.plan(), was), side(self.now.plan(), now))
        };
        let (target, existing, new) = (part("target"), part("existing"), part("new"));
        if target.is_same() && existing.is_same() && new.is_same() {
            return None;
        }
        let any = |part: Part| Some(part).filter(|part| !part.is_nothing());
        Some(GoalEffect {
            goal: plan.path(known.key_result),
            title: goal.title.clone(),
            metric: Label::new(&metric.name, metric.title.as_deref()),
            is_money: matches!(metric.unit, MetricUnit::Money(_)),
            target,
            existing: any(existing),
            new: any(new),
        })
    }

    fn headroom(&self) -> Vec<Headroom> {
        type Known = (usize, String, String);
        let of =
            |side: &Side<'_>, renamed: &Renamed| -> BTreeMap<(String, String, Grain), (Headroom, Known)> {
                let plan = side.plan();
                let all = overruns(plan, &side.version.dated.key_results);
                let told = all.into_iter().map(|over| {
                    let (person, metric) = (&plan[over.person], &plan[over.limit.metric]);
                    let name = renamed.get(What::Person, &person.name).to_owned();
                    let of = renamed.get(What::Metric, &metric.name).to_owned();
                    let worst = with_unit(metric, &metric.step.amount(&IBig::from(over.asked)));
                    let most = with_unit(metric, &over.limit.amount);
                    let headroom = Headroom {
                        person: Label::new(&person.name, person.title.as_deref()),
                        metric: Label::new(&metric.name, metric.title.as_deref()),
                        per: over.limit.per,
                        before: 0,
                        after: 0,
                        limit: (None, None),
                        worst: worst.clone(),
                    };
                    ((name, of, over.limit.per), (headroom, (over.periods, most, worst)))
                });
                told.collect()
            };
        let mut before = of(&self.was, self.renamed);
        let after = of(&self.now, &Renamed::default());
        let mut all = Vec::new();
        for (key, (headroom, (count, most, _))) in after {
            let was = before.remove(&key);
            let (was_count, was_most) = was.map_or((0, None), |(_, (count, most, _))| (count, Some(most)));
            if was_count != count {
                all.push(Headroom {
                    before: was_count,
                    after: count,
                    limit: (was_most, Some(most)),
                    ..headroom
                });
            }
        }
        for (_, (headroom, (count, most, _))) in before {
            if count > 0 {
                all.push(Headroom { before: count, after: 0, limit: (Some(most), None), ..headroom });
            }
        }
        all.sort_by_key(|headroom| std::cmp::Reverse(headroom.after.abs_diff(headroom.before)));
        all
    }

    fn said(&self) -> Vec<SaidEffect> {
        let was = self.told(&self.was, self.renamed);
        let now = self.told(&self.now, &Renamed::default());
        let mut counts: HashMap<(Severity, &str, &str), isize> = HashMap::new();
        for (said, same) in &was {
            *counts.entry((said.severity, said.code, same)).or_default() += 1;
        }
        let mut all = Vec::new();
        for (said, same) in &now {
            let count = counts.entry((said.severity, said.code, same)).or_default();
            *count -= 1;
            if *count < 0 {
                all.push(SaidEffect { is_new: true, ..said.clone() });
            }
        }
        for (said, same) in was.iter().rev() {
            if let Some(count) = counts.get_mut(&(said.severity, said.code, same.as_str()))
                && *count > 0
            {
                *count -= 1;
                all.push(SaidEffect { is_new: false, ..said.clone() });
            }
        }
        // New ones first, errors before warnings.
        all.sort_by_key(|said| (!said.is_new, said.severity));
        all
    }

    /// All messages, each with what makes two of them the same one.
    fn told(&self, side: &Side<'_>, renamed: &Renamed) -> Vec<(SaidEffect, String)> {
        let compilation = side.version.compilation;
        let told = compilation.diagnostics.iter().map(|said| {
            let text = said.message.text();
            // Other numbers are told as amounts; what is said is the same.
            let same = renamed.in_text(&text);
            let same =
                same.chars().filter(|sign| !sign.is_ascii_digit() && !matches!(sign, '.' | ',')).collect();
            let source = compilation.sources.file_line(said.place);
            let code = said.message.code();
            (SaidEffect { is_new: false, severity: said.severity, code, text, source }, same)
        });
        told.collect()
    }

    /// What became of the goals of the period before.
    fn reached(&self) -> Vec<Reached> {
        if self.turn.overlaps() || self.turn.after.first < self.turn.before.first {
            return Vec::new();
        }
        let (plan, dated) = (self.was.plan(), self.was.version.dated);
        let asked = Asked { as_of: plan.period.last, person: None, review: None };
        let progress = Progress::new(plan, dated, &asked);
        let known = self.now.version.dated.key_results.iter();
        let next: HashMap<String, &KeyResultPlan> =
            known.map(|known| (self.now.plan().path(known.key_result), known)).collect();
        let target = |known: &KeyResultPlan| {
            let plan = self.now.plan();
            let measure = plan[known.key_result].measure.as_ref()?;
            let metric = &plan[measure.metric];
            let amount = match (&known.totals, &measure.target) {
                (Some(totals), _) => metric.step.amount(&totals.target),
                (None, Target::Level(_, to)) => to.clone(),
                (None, _) => return None,
            };
            Some(with_unit(metric, &amount))
        };
        // Where nobody has written down what was reached, that is not nothing.
        let is_read = |metric: MetricId| plan.actuals.series.keys().any(|key| key.metric == metric);
        let told = progress.key_results.iter().filter_map(|known| {
            let id = known.metric?;
            let metric = &plan[id];
            let path = plan.path(known.id);
            let now = next.get(self.renamed.get(What::KeyResult, &path));
            let done = known.done.as_ref().filter(|_| is_read(id));
            Some(Reached {
                title: plan[known.id].title.clone(),
                target: with_unit(metric, known.target.as_ref()?),
                done: done.map(|done| with_unit(metric, done)),
                score: done.and(known.score.clone()),
                next: now.and_then(|known| target(known)),
                goal: path,
            })
        });
        told.collect()
    }
}

impl PersonEffect {
    fn nothing(key: &Key) -> Self {
        Self {
            who: None,
            is_person: false,
            team: None,
            metric: Label::new(&key.metric, None),
            is_money: false,
            is_activity: false,
            is_lower_better: false,
            goal: key.goal.clone(),
            amount: plain(None, None),
            existing: None,
            months: Vec::new(),
            moved: 0,
            pace: None,
            weight: Exact::ZERO,
        }
    }
}
