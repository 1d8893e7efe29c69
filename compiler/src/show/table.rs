//! Tables: who has how much, and when.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use dashu_int::IBig;
use milepost_grammar::ast::{Grain, Total};

use crate::dated::Kind;
use crate::dates::period_of;
use crate::exact::{Step, digits, separated, short_digits};
use crate::expand::{KeyResultPlan, Presences};
use crate::plan::{Holder, MetricId, MetricUnit, Plan, TeamId};

use crate::page::{Column, Head, Label, Row, Rows, Table};

use super::amounts::{Amounts, Line, Lines, Who};
use super::pace::{Pace, pace};
use super::rung::{label, metrics};

/// More people than this have their parts listed, but not their periods: `--person` shows those of one.
const MOST_BY_PERIOD: usize = 12;

/// A row and those it adds up.
struct Sum {
    row: Row,
    of: Vec<Who>,
    existing: bool,
}

/// What tables are made from.
pub(super) struct Tables<'a> {
    pub(super) plan: &'a Plan,
    pub(super) presences: &'a Presences,
    pub(super) amounts: &'a Amounts,
    pub(super) key_result: &'a KeyResultPlan,
    pub(super) grain: Grain,
}

impl Tables<'_> {
    /// Who has which part of what, and at which pace.
    pub(super) fn parts(&self) -> Option<Table> {
        self.key_result.totals.as_ref()?;
        let id = self.key_result.key_result;
        let metrics = metrics(self.key_result);
        let lines = |kind, metric| self.amounts.of(id, kind, metric);
        let sums = self.sums(&metrics, true);
        if sums.is_empty() {
            return None;
        }
        let mut columns = Vec::new();
        for (index, metric) in metrics.into_iter().enumerate() {
            let existing = lines(Kind::Existing, metric).filter(|_| index == 0);
            if let Some(lines) = lines(Kind::New, metric) {
                let total = |line: &Line| line.total;
                let cells = self.cells(metric, &sums, |sum| added(lines, &sum.of, total));
                columns.push(Column { head: Head::Metric(label(&self.plan[metric])), cells });
                let paces: Vec<Option<Pace>> = sums
                    .iter()
                    .map(|sum| match (sum.row.kind, sum.of.as_slice()) {
                        (Rows::Holder, [who]) => {
                            let steps = lines.get(who)?.total;
                            pace(self.plan, self.presences, self.key_result, metric, *who, steps)
                        }
                        _ => None,
                    })
                    .collect();
                if let Some(first) = paces.iter().flatten().next() {
                    let head = Head::Pace(first.at_most);
                    let cells = paces.iter().map(|pace| pace.as_ref().map(super::english::a_day));
                    columns.push(Column { head, cells: cells.collect() });
                }
            }
            if let Some(lines) = existing {
                let cells = self.cells(metric, &sums, |sum| added(lines, &sum.of, |line| line.total));
                columns.push(Column { head: Head::Existing, cells });
            }
        }
        let rows = sums.into_iter().map(|sum| sum.row).collect();
        (!columns.is_empty()).then_some(Table { of: None, by: None, left_out: 0, rows, columns })
    }

    /// A table for each metric that is planned in more than one period.
    pub(super) fn periods(&self) -> Vec<Table> {
        let metrics = metrics(self.key_result);
        metrics
            .into_iter()
            .enumerate()
            .filter_map(|(index, metric)| self.period(metric, index == 0))
            .collect()
    }

    fn period(&self, metric: MetricId, outcome: bool) -> Option<Table> {
        let id = self.key_result.key_result;
        let new = self.amounts.of(id, Kind::New, metric);
        let existing = self.amounts.of(id, Kind::Existing, metric).filter(|_| outcome);
        let starts = starts([new, existing]);
        if starts.len() < 2 || self.said_by_checkpoints(metric, &starts) {
            return None;
        }
        let mut sums = self.sums(&[metric], false);
        let mut left_out = sums.iter().filter(|sum| sum.row.kind == Rows::Holder).count();
        if left_out <= MOST_BY_PERIOD {
            left_out = 0;
        } else {
            sums.retain(|sum| sum.row.kind != Rows::Holder);
        }
        if existing.is_some() {
            let row = Row { label: Label::new("", None), depth: 0, kind: Rows::Existing };
            let at = sums.len() - usize::from(sums.last().is_some_and(|sum| sum.row.kind == Rows::Together));
            sums.insert(at, Sum { row, of: Vec::new(), existing: true });
        }
        let columns = starts.iter().map(|start| {
            let amount = |line: &Line| line.periods.get(start).copied().unwrap_or(0);
            let all = |lines: Option<&Lines>| {
                lines.map_or(0, |lines| lines.values().map(amount).fold(0, i128::saturating_add))
            };
            let cell = |sum: &Sum| match (sum.existing, sum.row.kind) {
                (true, _) => all(existing),
                (_, Rows::Together) => all(new).saturating_add(all(existing)),
                _ => new.map_or(0, |lines| added(lines, &sum.of, amount)),
            };
            sums.iter().map(cell).collect::<Vec<i128>>()
        });
        let columns: Vec<Vec<i128>> = columns.collect();
        let columns = self.dated(metric, &starts, columns);
        let rows = sums.into_iter().map(|sum| sum.row).collect();
        let by = self.grain.max(self.plan[metric].grain);
        Some(Table { of: Some(label(&self.plan[metric])), by: Some(by), left_out, rows, columns })
    }

    /// Whether the checkpoints of a level say where it is at the end of each period.
    fn said_by_checkpoints(&self, metric: MetricId, starts: &BTreeSet<NaiveDate>) -> bool {
        let goal = &self.plan[self.key_result.key_result];
        let grain = self.grain.max(self.plan[metric].grain);
        let said = |on: NaiveDate| {
            on == goal.window.last || goal.checkpoints.iter().any(|checkpoint| checkpoint.on == on)
        };
        let end = |start: NaiveDate| period_of(start, grain, self.plan.fiscal_start).last;
        let mut ends = starts.iter().map(|start| end(*start).min(goal.window.last));
        self.key_result.totals.is_none() && ends.all(said)
    }

    /// One person's periods, a row a metric; a table for each length of period.
    pub(super) fn own_periods(&self, who: Who) -> Vec<Table> {
        let id = self.key_result.key_result;
        let mut tables: Vec<Table> = Vec::new();
        let mut metrics = metrics(self.key_result);
        metrics.retain(|metric| {
            let lines = self.amounts.of(id, Kind::New, *metric).and_then(|lines| lines.get(&who));
            let starts = lines.map(|line| line.periods.keys().copied().collect()).unwrap_or_default();
            !self.said_by_checkpoints(*metric, &starts)
        });
        let mut grains: Vec<Grain> =
            metrics.iter().map(|metric| self.grain.max(self.plan[*metric].grain)).collect();
        grains.sort_unstable();
        grains.dedup();
        for grain in grains {
            let mut found = Vec::new();
            for metric in &metrics {
                for kind in [Kind::New, Kind::Existing] {
                    let line = self.amounts.of(id, kind, *metric).and_then(|lines| lines.get(&who));
                    if let Some(line) = line.filter(|_| self.grain.max(self.plan[*metric].grain) == grain) {
                        found.push((*metric, kind, line));
                    }
                }
            }
            let starts: BTreeSet<NaiveDate> =
                found.iter().flat_map(|(_, _, line)| line.periods.keys().copied()).collect();
            if starts.len() < 2 {
                continue;
            }
            let mut columns: Vec<Column> =
                starts.iter().map(|start| Column { head: self.head(*start), cells: Vec::new() }).collect();
            let mut rows = Vec::new();
            for (metric, kind, line) in found {
                let amounts: Vec<i128> =
                    starts.iter().map(|start| line.periods.get(start).copied().unwrap_or(0)).collect();
                for (column, cell) in columns.iter_mut().zip(self.written(metric, &amounts)) {
                    column.cells.push(cell);
                }
                let kind = if kind == Kind::Existing { Rows::Existing } else { Rows::Metric };
                rows.push(Row { label: label(&self.plan[metric]), depth: 0, kind });
            }
            tables.push(Table { of: None, by: Some(grain), left_out: 0, rows, columns });
        }
        tables
    }

    fn head(&self, start: NaiveDate) -> Head {
        Head::Period(start.max(self.plan.period.first))
    }

    fn dated(&self, metric: MetricId, starts: &BTreeSet<NaiveDate>, columns: Vec<Vec<i128>>) -> Vec<Column> {
        let flat: Vec<i128> = columns.iter().flatten().copied().collect();
        let mut written = self.written(metric, &flat).into_iter();
        let columns = starts.iter().zip(columns).map(|(start, cells)| Column {
            head: self.head(*start),
            cells: written.by_ref().take(cells.len()).collect(),
        });
        columns.collect()
    }

    fn cells(&self, metric: MetricId, sums: &[Sum], of: impl Fn(&Sum) -> i128) -> Vec<Option<String>> {
        let amounts: Vec<i128> = sums.iter().map(of).collect();
        self.written(metric, &amounts)
    }

    /// Amounts in steps, all with as many decimals as any of them needs; nothing for 0.
    fn written(&self, metric: MetricId, amounts: &[i128]) -> Vec<Option<String>> {
        let declared = &self.plan[metric];
        let sign = if declared.unit == MetricUnit::Percent { "%" } else { "" };
        let level = declared.total == Total::Last;
        let decimals = decimals(&declared.step, amounts);
        let written = amounts.iter().map(|steps| {
            let amount = declared.step.amount(&IBig::from(*steps));
            let text = separated(&digits(&amount, decimals));
            (level || *steps != 0).then(|| format!("{text}{sign}"))
        });
        written.collect()
    }

    /// The rows of a table: everybody who has something, in their teams, and all together.
    fn sums(&self, metrics: &[MetricId], existing: bool) -> Vec<Sum> {
        let id = self.key_result.key_result;
        let mut holders: BTreeSet<Who> = BTreeSet::new();
        for metric in metrics {
            let lines = |kind| self.amounts.of(id, kind, *metric).into_iter().flatten();
            holders.extend(lines(Kind::New).map(|(who, _)| *who));
            holders.extend(lines(Kind::Existing).filter(|_| existing).map(|(who, _)| *who));
        }
        let mut sums = Vec::new();
        let mut rest = holders.clone();
        let teams: BTreeSet<Option<TeamId>> = holders
            .iter()
            .filter_map(|who| match who {
                Who::Person(person) => Some(self.plan[*person].team),
                Who::Team(_) => None,
            })
            .collect();
        if teams.len() > 1 {
            for (index, team) in self.plan.teams.iter().enumerate() {
                if team.parent.is_none() {
                    self.team(TeamId::new(index), 0, &mut rest, &mut sums);
                }
            }
        }
        let flat = rest.into_iter().map(|who| Sum {
            row: Row { label: self.name(who), depth: 0, kind: Rows::Holder },
            of: vec![who],
            existing: false,
        });
        sums.extend(flat);
        // A team around everybody is the same as all together.
        let around =
            sums.first().is_some_and(|sum| sum.row.kind == Rows::Team && sum.of.len() == holders.len());
        if holders.len() > 1 && !around {
            let row = Row { label: Label::new("", None), depth: 0, kind: Rows::Together };
            sums.push(Sum { row, of: holders.into_iter().collect(), existing: false });
        }
        sums
    }

    /// A team and who is in it, as far as they have something.
    fn team(&self, team: TeamId, depth: usize, rest: &mut BTreeSet<Who>, sums: &mut Vec<Sum>) {
        let inside: Vec<Who> = self.plan.people_of(team).into_iter().map(Who::Person).collect();
        let of: Vec<Who> = inside.into_iter().filter(|who| rest.contains(who)).collect();
        if of.is_empty() {
            return;
        }
        let label = self.name(Who::Team(Some(team)));
        sums.push(Sum { row: Row { label, depth, kind: Rows::Team }, of, existing: false });
        for member in &self.plan[team].members {
            match member {
                Holder::Team(inner) => self.team(*inner, depth + 1, rest, sums),
                Holder::Person(person) => {
                    let who = Who::Person(*person);
                    if rest.remove(&who) {
                        let row = Row { label: self.name(who), depth: depth + 1, kind: Rows::Holder };
                        sums.push(Sum { row, of: vec![who], existing: false });
                    }
                }
            }
        }
    }

    fn name(&self, who: Who) -> Label {
        match who {
            Who::Person(person) => {
                let person = &self.plan[person];
                Label::new(&person.name, person.title.as_deref())
            }
            Who::Team(Some(team)) => {
                let team = &self.plan[team];
                Label::new(&team.name, team.title.as_deref())
            }
            Who::Team(None) => Label::new("", None),
        }
    }
}

fn added(lines: &Lines, of: &[Who], amount: impl Fn(&Line) -> i128) -> i128 {
    of.iter().filter_map(|who| lines.get(who)).map(amount).fold(0, i128::saturating_add)
}

fn starts(lines: [Option<&Lines>; 2]) -> BTreeSet<NaiveDate> {
    let lines = lines.into_iter().flatten().flat_map(|lines| lines.values());
    lines.flat_map(|line| line.periods.keys().copied()).collect()
}

fn decimals(step: &Step, amounts: &[i128]) -> u32 {
    let needed = amounts.iter().map(|steps| {
        let text = short_digits(&step.amount(&IBig::from(*steps)), step.decimals);
        text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
    });
    // Money has all of its decimals, or none.
    match needed.max() {
        None | Some(0) => 0,
        Some(_) => step.decimals,
    }
}
