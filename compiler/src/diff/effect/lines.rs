//! Who has how much of what in one plan, by month.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use dashu_int::IBig;
use milepost_grammar::ast::{Grain, Total};

use super::super::Version;
use super::super::facts::Renamed;
use super::super::thing::What;
use crate::dated::{Kind, RowOptions};
use crate::dates::{DateSpan, plus};
use crate::exact::Exact;
use crate::expand::{Course, Phase, Presences, target};
use crate::plan::{Holder, KeyResultId, MetricId, PersonId, Plan, TeamId};

/// Whose amounts of what.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) struct Key {
    pub(super) who: Option<(bool, String)>,
    pub(super) metric: String,
    pub(super) goal: Option<String>,
}

/// Amounts in steps, by first day and kind.
pub(super) type Cells = Vec<(NaiveDate, Grain, Kind, i128)>;

/// One holder's amounts of one metric, in one plan.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) who: Who,
    pub(super) metric: MetricId,
    pub(super) cells: Cells,
    /// What is asked of each goal and stage, in steps, and in which days.
    asked: Vec<(DateSpan, i128)>,
    pub(super) courses: Vec<(&'a Course, Phase)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) enum Who {
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

    pub(super) const fn holder(self) -> Option<Holder> {
        match self {
            Self::Person(person) => Some(Holder::Person(person)),
            Self::Team(Some(team)) => Some(Holder::Team(team)),
            Self::Team(None) => None,
        }
    }
}

/// All lines of a plan, in declaration order.
pub(super) fn lines<'a>(
    version: Version<'a>,
    renamed: &Renamed,
    skipped: &HashSet<String>,
) -> Vec<(Key, Line<'a>)> {
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
        let new =
            || Line { who, metric: row.metric, cells: Vec::new(), asked: Vec::new(), courses: Vec::new() };
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
                    known.asked.push((line.course.window(), line.course.steps()));
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
pub(super) struct Side<'a> {
    pub(super) version: Version<'a>,
    presences: Presences,
}

impl<'a> Side<'a> {
    pub(super) fn new(version: Version<'a>) -> Self {
        Self { version, presences: Presences::new(version.plan) }
    }

    pub(super) fn plan(&self) -> &'a Plan {
        self.version.plan
    }

    pub(super) fn amount(&self, line: Option<&Line<'_>>, kind: Option<Kind>) -> Exact {
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

    /// ceil(amount ÷ working days of its window) of each goal, as everywhere else; of goals that run at the same time together,
    /// the most of any day.
    pub(super) fn pace(&self, line: Option<&Line<'_>>) -> Option<Exact> {
        let line = line?;
        let metric = &self.plan()[line.metric];
        if metric.grain != Grain::Day || metric.total == Total::Last {
            return None;
        }
        let presence = self.presences.holder(self.plan(), line.who.holder());
        let mut turns: Vec<(NaiveDate, IBig)> = Vec::new();
        for (window, steps) in &line.asked {
            let pace = target::pace(&IBig::from(*steps), presence.count(*window));
            turns.extend(pace.iter().map(|pace| (window.first, pace.clone())));
            turns.extend(pace.map(|pace| (plus(window.last, 1), -pace)));
        }
        turns.sort();
        let (mut together, mut most) = (IBig::ZERO, None);
        for (_, turn) in turns {
            together += turn;
            most = most.max(Some(together.clone()));
        }
        most.map(|steps| metric.step.amount(&steps))
    }
}
