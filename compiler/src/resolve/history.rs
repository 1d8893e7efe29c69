//! Histories.

use milepost_grammar::ast::{self, HistoryStatement, Quantity};

use super::Resolver;
use super::declare::Declarations;
use super::history_table::Past;
use super::names::plain;
use super::time::written;
use crate::dates::DateSpan;
use crate::diagnostic::Diagnostic;
use crate::exact::{Exact, exact};
use crate::message::Message;
use crate::plan::{Completeness, History, HistoryEntry, MetricId};

impl Resolver<'_> {
    pub(super) fn histories(&mut self, declared: &Declarations<'_>) {
        for history in &declared.histories {
            self.enter(history.at);
            let resolved = self.history(history.tree);
            if history.kept {
                self.plan.histories.push(resolved);
            }
        }
    }

    fn history(&mut self, tree: &ast::History) -> History {
        let metric = tree.metric.as_ref().and_then(|name| self.find_metric(name));
        let read = match &tree.from {
            Some(from) => self.history_table(&plain(&tree.name), metric, from),
            None => Some(Past { entries: Vec::new(), by_holder: Vec::new(), read: Completeness::Whole }),
        };
        let spoilt = read.as_ref().is_none_or(|past| past.read != Completeness::Whole);
        let (mut entries, by_holder) = read.map(|past| (past.entries, past.by_holder)).unwrap_or_default();
        for statement in &tree.body {
            let HistoryStatement::Entry { when, amount, planned, span } = statement else { continue };
            let period = self.days(*when);
            let amount = self.past_amount(metric, amount);
            let planned = planned.as_ref().map(|planned| self.past_amount(metric, planned));
            if let (Some(period), Some(amount)) = (period, amount) {
                let place = self.place(*span);
                entries.push(HistoryEntry { period, amount, planned: planned.flatten(), place });
            }
        }
        self.overlaps(&entries);
        History {
            name: plain(&tree.name),
            title: tree.title.as_ref().map(|title| title.value.clone()),
            place: self.place(tree.name.span),
            metric,
            entries,
            by_holder,
            spoilt,
        }
    }

    /// An amount of the history's metric; of one without a metric, the number alone counts.
    fn past_amount(&mut self, metric: Option<MetricId>, quantity: &Quantity) -> Option<Exact> {
        match metric {
            Some(metric) => self.amount(metric, quantity),
            None => Some(exact(quantity.value)),
        }
    }

    /// A day that is in two entries would count twice.
    fn overlaps(&mut self, entries: &[HistoryEntry]) {
        let mut sorted: Vec<(usize, DateSpan)> =
            entries.iter().enumerate().map(|(index, entry)| (index, entry.period)).collect();
        sorted.sort_by_key(|(index, period)| (period.first, period.last, *index));
        let mut reaches: Option<(usize, DateSpan)> = None;
        for (index, period) in sorted {
            if let Some((other, before)) = reaches
                && period.first <= before.last
            {
                let (first, second) = (index.min(other), index.max(other));
                if let (Some(first), Some(second)) = (entries.get(first), entries.get(second)) {
                    let message = Message::HistoryOverlap {
                        first: written(first.period),
                        second: written(second.period),
                    };
                    self.push(Diagnostic::new(message, second.place).label(first.place, Message::FirstHere));
                }
            }
            if reaches.is_none_or(|(_, before)| before.last < period.last) {
                reaches = Some((index, period));
            }
        }
    }
}
