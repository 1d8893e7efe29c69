//! Histories from tables: rows are added up by month while they are read.

use std::collections::BTreeMap;

use milepost_grammar::ast::{Grain, TableSource};

use super::Resolver;
use super::names::Names;
use super::quantity::too_many_steps;
use super::table::{Cells, SPELLED_OUT};
use super::table_layout::{Field, Fields};
use super::table_names::{CellNames, Former, Named};
use super::time::written;
use crate::dates::{DateSpan, period_of};
use crate::exact::{AboveZero, Exact, readable};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{Completeness, HistoryEntry, Holder, Metric, MetricId};
use crate::sources::Place;
use crate::table::{Number, Sum, excerpt};

const FIELDS: Fields = Fields {
    table: Noun::History,
    required: &[Field::Date, Field::Amount],
    optional: &[Field::Person, Field::Metric, Field::Note],
    spelled_out: SPELLED_OUT,
};

/// What was reached in a period.
#[derive(Default)]
struct Reached {
    sum: Sum,
    /// Of a level: the latest reading, and the days it is of.
    latest: Option<(DateSpan, Exact)>,
    /// Whether rows were of the period as a whole, and of parts of it.
    whole: bool,
    parts: bool,
    /// Whether both was said.
    said: bool,
}

/// What the files of a history come to.
pub(super) struct Past {
    pub(super) entries: Vec<HistoryEntry>,
    /// What each reached in all rows, in declaration order.
    pub(super) by_holder: Vec<(Holder, Exact)>,
    /// Whether that is all.
    pub(super) read: Completeness,
}

impl Resolver<'_> {
    /// The entries that the files of `from` come to, and whether that is all;
    /// `None` if one of them cannot be read.
    pub(super) fn history_table(
        &mut self,
        name: &str,
        metric: Option<MetricId>,
        from: &TableSource,
    ) -> Option<Past> {
        // The names are all declared, and stay as they are while rows are read and messages written.
        let names = std::mem::take(&mut self.names);
        let entries = self.entries_of(name, metric, from, &Readers::new(&names));
        self.names = names;
        entries
    }

    fn entries_of(
        &mut self,
        name: &str,
        metric: Option<MetricId>,
        from: &TableSource,
        readers: &Readers<'_>,
    ) -> Option<Past> {
        let layout = self.layout(&FIELDS, from)?;
        let by_metric = layout.columns.iter().find(|laid| laid.field == Field::Metric);
        if let (Some(laid), None) = (by_metric, metric) {
            let message = Message::MetricColumnWithoutMetric { history: name.to_owned() };
            self.say(message, laid.said.span);
            return None;
        }
        let by_metric = by_metric.is_some();
        let known = metric.and_then(|metric| self.plan.metrics.get(metric.index()).cloned());
        let level = known.as_ref().is_some_and(|known| !known.adds_up());
        let mut periods: BTreeMap<DateSpan, (Reached, Place)> = BTreeMap::new();
        let mut by_holder: BTreeMap<Holder, Sum> = BTreeMap::new();
        let mut all = Completeness::Whole;
        for file in &from.files {
            let place = self.place(file.span);
            let mut former = Former::default();
            let mut of_metric = false;
            let mut rows = 0_u64;
            let mut double = Vec::new();
            let mut last: (String, Option<(DateSpan, DateSpan)>) = Default::default();
            let read = self.rows(&layout, file, |resolver, cells| {
                rows += 1;
                if by_metric {
                    let of = readers.metric(resolver, cells)?;
                    if Some(of) != metric {
                        return Ok(());
                    }
                    of_metric = true;
                }
                let cell = cells.get(Field::Date);
                if last.1.is_none() || last.0 != cell {
                    last.1 = None;
                    let days = resolver.cell_days(cells)?;
                    cell.clone_into(&mut last.0);
                    last.1 = Some((days, month_around(days)));
                }
                let number = cells.amount(Field::Amount, known.as_ref())?;
                if let Some(holder) = readers.person(cells, &mut former)?.filter(|_| !level) {
                    by_holder.entry(holder).or_default().add(&number);
                }
                let Some((days, period)) = last.1 else { return Ok(()) };
                let (reached, _) = periods.entry(period).or_insert_with(|| (Reached::default(), place));
                reached.add(level, days, period, &number);
                if reached.whole && reached.parts && !reached.said {
                    reached.said = true;
                    double.push(period);
                }
                Ok(())
            });
            all = all.max(read);
            let path = self.table_path(file);
            for days in double {
                let message = Message::HistoryWholeAndParts { path: path.clone(), days: written(days) };
                self.say(message, file.span);
            }
            former.tell(self, &readers.holders, file);
            if let (Some(known), true, true) =
                (&known, by_metric && rows > 0, read == Completeness::Whole && !of_metric)
            {
                let message = Message::TableWithoutMetric { path, metric: known.name.clone() };
                self.say(message, file.span);
            }
        }
        if all == Completeness::Broken {
            // A season of half a file would be worse than none.
            return None;
        }
        let mut entries = Vec::with_capacity(periods.len());
        for (period, (reached, place)) in periods {
            let (period, amount) = reached.amount(period);
            if let Some(message) = wrong_amount(known.as_ref(), period, &amount) {
                self.diagnostics.say(message, place);
                all = Completeness::WithoutSome;
                continue;
            }
            entries.push(HistoryEntry { period, amount, planned: None, place });
        }
        let by_holder = by_holder.into_iter().map(|(holder, sum)| (holder, sum.exact())).collect();
        Some(Past { entries, by_holder, read: all })
    }

    /// The days that the date of a row says.
    fn cell_days(&self, cells: &Cells<'_>) -> Result<DateSpan, Message> {
        let moment = cells.moment(Field::Date)?;
        self.days_of(moment).ok_or_else(|| Message::CellFiscal {
            place: cells.place(Field::Date),
            found: excerpt(cells.get(Field::Date)),
        })
    }
}

impl Reached {
    fn add(&mut self, level: bool, days: DateSpan, period: DateSpan, number: &Number) {
        if !level {
            self.whole |= days == period;
            self.parts |= days != period;
            self.sum.add(number);
        } else if self.latest.as_ref().is_none_or(|(latest, _)| latest.last <= days.last) {
            self.latest = Some((days, number.exact()));
        }
    }

    /// What the rows of `period` come to, and the days it is of.
    fn amount(self, period: DateSpan) -> (DateSpan, Exact) {
        self.latest.unwrap_or_else(|| (period, self.sum.exact()))
    }
}

/// What is wrong with what a period came to.
fn wrong_amount(metric: Option<&Metric>, period: DateSpan, amount: &Exact) -> Option<Message> {
    let shown = || readable(amount, 6);
    if !amount.is_zero() && !amount.is_above_zero() {
        return Some(Message::HistoryBelowZero { days: written(period), amount: shown() });
    }
    too_many_steps(metric?, amount, shown)
}

/// The month that the days lie in, or else the days themselves.
fn month_around(days: DateSpan) -> DateSpan {
    let month = period_of(days.first, Grain::Month, 1);
    if days.last <= month.last { month } else { days }
}

/// What the cells of a history may name.
struct Readers<'a> {
    holders: CellNames<'a>,
    metrics: CellNames<'a>,
}

impl<'a> Readers<'a> {
    fn new(names: &'a Names) -> Self {
        Self {
            holders: CellNames::new(names.holders.entries()),
            metrics: CellNames::new(names.metrics.entries()),
        }
    }

    fn metric(&self, resolver: &mut Resolver<'_>, cells: &Cells<'_>) -> Result<MetricId, Message> {
        let cell = cells.get(Field::Metric);
        let place = || cells.place(Field::Metric);
        let (noun, found) = (Noun::Metric, || excerpt(cell));
        match self.metrics.find(cell) {
            _ if cell.is_empty() => Err(Message::CellEmpty { place: place() }),
            Named::One(entry) => Ok(MetricId::new(entry.index)),
            Named::Several => Err(Message::CellTitleOfSeveral { place: place(), noun, found: found() }),
            Named::Nobody => {
                let near = self.metrics.near(&mut resolver.suggester, cell);
                Err(Message::CellName { place: place(), noun, found: found(), near })
            }
        }
    }

    /// Who it was, if the plan knows them. A history is of all: people come and go, and what they sold was sold.
    fn person(&self, cells: &Cells<'_>, former: &mut Former) -> Result<Option<Holder>, Message> {
        let cell = cells.get(Field::Person);
        if cell.is_empty() {
            return Ok(None);
        }
        match self.holders.find(cell) {
            Named::One(entry) => return Ok(Some(super::holder_of(entry))),
            Named::Several => {
                let (place, found) = (cells.place(Field::Person), excerpt(cell));
                return Err(Message::CellTitleOfSeveral { place, noun: Noun::Holder, found });
            }
            Named::Nobody => former.meet(cells, Field::Person),
        }
        Ok(None)
    }
}
