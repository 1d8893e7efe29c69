//! Funnels.

use std::collections::HashMap;

use milepost_grammar::Span;
use milepost_grammar::ast::{self, Duration, FunnelStatement, TimeUnit, Total};

use super::Resolver;
use super::cycle::{self, Graph};
use super::declare::Declarations;
use super::names::plain;
use crate::diagnostic::Diagnostic;
use crate::exact::{Exact, percent, readable, whole};
use crate::message::Message;
use crate::plan::{Funnel, FunnelLine, Lag, MetricId};

/// No action comes this many days before what it leads to.
const LONGEST_LAG: u32 = 3_660;

impl Resolver<'_> {
    pub(super) fn funnels(&mut self, declared: &Declarations<'_>) {
        for funnel in &declared.funnels {
            self.enter(funnel.at);
            let resolved = self.funnel(funnel.tree);
            if funnel.kept {
                self.made.funnels.push(resolved);
            }
        }
    }

    fn funnel(&mut self, tree: &ast::Funnel) -> Funnel {
        let mut lines: Vec<FunnelLine> = Vec::new();
        let mut labels: HashMap<String, Span> = HashMap::new();
        for statement in &tree.body {
            let FunnelStatement::Line(said) = statement else { continue };
            if let Some(label) = &said.label {
                match labels.get(&plain(label)).copied() {
                    Some(first) => {
                        self.twice(Message::NamedTwice { name: label.value.clone() }, label.span, first);
                    }
                    None => {
                        labels.insert(plain(label), label.span);
                    }
                }
            }
            lines.extend(self.funnel_line(said));
        }
        self.mixes(&lines);
        let lines = self.without_cycles(lines);
        Funnel {
            name: plain(&tree.name),
            title: tree.title.as_ref().map(|title| title.value.clone()),
            place: self.place(tree.name.span),
            lines,
        }
    }

    fn funnel_line(&mut self, said: &ast::FunnelLine) -> Option<FunnelLine> {
        let left = self.find_stage(&said.left);
        let right = self.find_stage(&said.right);
        let lag = match &said.lag {
            Some(lag) => self.lag(lag),
            None => Some(Lag::Days(0)),
        };
        let part = said.part.as_ref().map(|part| {
            let value = percent(part.value);
            if value.is_zero() || value > Exact::ONE {
                self.say(Message::PartOutsideWhole { written: part.value.to_string() }, part.span);
                None
            } else {
                Some(value)
            }
        });
        // A rate needs no metric to be wrong; an amount does.
        let need = match (left, &said.need) {
            (Some(left), need) => self.need(left, need),
            (None, ast::Need::Rate(rate)) => {
                self.rate(rate);
                None
            }
            (None, ast::Need::Each(..)) => None,
        };
        let part = match part {
            Some(None) => return None,
            Some(part) => part,
            None => None,
        };
        Some(FunnelLine {
            label: said.label.as_ref().map(plain),
            label_place: said.label.as_ref().map(|label| self.place(label.span)),
            left: left?,
            right: right?,
            need: need?,
            lag: lag?,
            part,
            place: self.place(said.span),
        })
    }

    /// A metric that amounts can flow through: nothing computed, no percents, no levels.
    fn find_stage(&mut self, name: &ast::Name) -> Option<MetricId> {
        let id = self.find_metric(name)?;
        let metric = self.plan.metrics.get(id.index())?;
        let message = if metric.formula.is_some() {
            Message::ComputedNotPlanned { metric: metric.name.clone() }
        } else if !metric.unit.is_shared() || metric.total == Total::Last {
            Message::NotAFlow { metric: metric.name.clone() }
        } else {
            return Some(id);
        };
        self.say(message, name.span);
        None
    }

    fn lag(&mut self, said: &Duration) -> Option<Lag> {
        let days = match said.unit {
            TimeUnit::Day | TimeUnit::Workday => Some(said.count),
            TimeUnit::Week => said.count.checked_mul(7),
            TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Month => {
                self.say(Message::LagUnit { written: self.written(said.span) }, said.span);
                return None;
            }
        };
        let Some(days) = days.filter(|days| *days <= LONGEST_LAG) else {
            self.say(Message::LagTooLong { written: self.written(said.span), most: LONGEST_LAG }, said.span);
            return None;
        };
        if said.unit == TimeUnit::Workday {
            return Some(Lag::Workdays(days));
        }
        Some(Lag::Days(days))
    }

    /// Lines of one left that each take a part of it must take all of it together.
    fn mixes(&mut self, lines: &[FunnelLine]) {
        let mut by_left: indexmap::IndexMap<MetricId, Vec<&FunnelLine>> = indexmap::IndexMap::new();
        for line in lines {
            by_left.entry(line.left).or_default().push(line);
        }
        for lines in by_left.values() {
            let parts: Vec<&Exact> = lines.iter().filter_map(|line| line.part.as_ref()).collect();
            let sum = crate::exact::sum(parts.iter().copied());
            if parts.is_empty() || (parts.len() == lines.len() && sum.is_one()) {
                continue;
            }
            let Some(last) = lines.last() else { continue };
            let left = self.metric_name(last.left);
            let message = match lines.iter().find(|line| line.part.is_none()) {
                Some(_) => Message::PartMissing { left },
                None => Message::PartsNotWhole { left, sum: readable(&(sum * whole(100)), 6) },
            };
            let place = lines.iter().find(|line| line.part.is_none()).unwrap_or(last).place;
            self.push(Diagnostic::new(message, place));
        }
    }

    /// A metric that needs itself has no amount: the line that closes the loop is left out.
    fn without_cycles(&mut self, lines: Vec<FunnelLine>) -> Vec<FunnelLine> {
        let mut nodes: HashMap<MetricId, usize> = HashMap::new();
        let mut metrics: Vec<MetricId> = Vec::new();
        let mut node = |metric: MetricId| {
            *nodes.entry(metric).or_insert_with(|| {
                metrics.push(metric);
                metrics.len() - 1
            })
        };
        let ends: Vec<(usize, usize)> =
            lines.iter().map(|line| (node(line.left), node(line.right))).collect();
        let mut graph: Graph<usize> = Graph::new(metrics.len());
        for (index, (left, right)) in ends.iter().enumerate() {
            graph.edge(*left, *right, index);
        }
        let closing = cycle::closing_edges(&graph);
        for found in &closing {
            let path = found.nodes.iter().filter_map(|node| metrics.get(*node));
            let path = path.map(|metric| self.metric_name(*metric)).collect();
            if let Some(line) = lines.get(found.by) {
                self.push(Diagnostic::new(Message::FunnelCycle { path }, line.place));
            }
        }
        let closes = |index: usize| closing.iter().any(|found| found.by == index);
        lines.into_iter().enumerate().filter(|(index, _)| !closes(*index)).map(|(_, line)| line).collect()
    }
}
