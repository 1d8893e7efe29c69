//! Accounts from tables. They are things of their own, so they are held, but nothing else of their rows is.

use std::collections::HashMap;

use milepost_grammar::ast::{TableSource, Text};

use super::Resolver;
use super::table::{Cells, SPELLED_OUT, Said};
use super::table_layout::{Field, Fields};
use super::table_names::CellNames;
use crate::exact::{Exact, whole};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{Account, Completeness, MetricId, Retention};
use crate::table::{CellPlace, PercentCells, excerpt};

const FIELDS: Fields = Fields {
    table: Noun::Accounts,
    required: &[Field::Account, Field::Amount],
    optional: &[Field::Retain, Field::Owner, Field::Renews, Field::Note],
    spelled_out: SPELLED_OUT,
};

impl Resolver<'_> {
    /// Adds the accounts in the files of `from`, and says where the first one stands of which nothing says how much
    /// stays.
    pub(super) fn account_table(
        &mut self,
        metric: Option<MetricId>,
        book: Option<&Retention>,
        from: &TableSource,
        accounts: &mut Vec<Account>,
    ) -> Option<milepost_grammar::Span> {
        // The names are all declared, and stay as they are while rows are read and messages written.
        let names = std::mem::take(&mut self.names);
        let people = names.holders.entries().iter().filter(|entry| entry.noun == Noun::Person);
        let whole_at = self.accounts_of(metric, book, from, &CellNames::new(people), accounts);
        self.names = names;
        whole_at
    }

    fn accounts_of(
        &mut self,
        metric: Option<MetricId>,
        book: Option<&Retention>,
        from: &TableSource,
        people: &CellNames<'_>,
        accounts: &mut Vec<Account>,
    ) -> Option<milepost_grammar::Span> {
        let layout = self.layout(&FIELDS, from)?;
        let known = metric.and_then(|metric| self.plan.metrics.get(metric.index()).cloned());
        let mut whole_at = None;
        // Of each account, the file and the row.
        let mut lines: Vec<(usize, u64)> = Vec::new();
        for (index, file) in from.files.iter().enumerate() {
            let place = self.place(file.span);
            let (accounts_before, lines_before) = (accounts.len(), lines.len());
            let read = self.rows(&layout, file, |resolver, cells| {
                let retention = retention(&layout.percents, cells)?;
                let owner = resolver.person_of(people, cells, Field::Owner)?;
                let renews = resolver.day_or_month(cells, Field::Renews)?;
                let title = cells.get(Field::Account);
                if title.is_empty() {
                    return Err(Message::CellEmpty { place: cells.place(Field::Account) });
                }
                let amount = cells.positive(Field::Amount, known.as_ref())?;
                if known.is_none() {
                    return Ok(());
                }
                if retention.is_none() && book.is_none() && whole_at.is_none() {
                    whole_at = Some(file.span);
                }
                let retention = match retention {
                    Some(part) => Retention { part, written: None, place },
                    None => book.cloned().unwrap_or(Retention::whole(place)),
                };
                let title = title.to_owned();
                lines.push((index, cells.row()));
                accounts.push(Account { title, amount, retention, owner, renews, place });
                Ok(())
            });
            if read == Completeness::Broken {
                accounts.truncate(accounts_before);
                lines.truncate(lines_before);
            }
        }
        let column = layout.columns.iter().find(|laid| laid.field == Field::Account);
        let heading = column.map(|laid| laid.said.heading.value.as_str()).unwrap_or_default();
        self.rows_twice(accounts, &lines, heading, &from.files);
        whole_at.filter(|_| metric.is_some())
    }

    /// Says which accounts stand in two rows.
    fn rows_twice(&mut self, accounts: &[Account], lines: &[(usize, u64)], heading: &str, files: &[Text]) {
        let mut first: HashMap<&str, (usize, u64)> = HashMap::with_capacity(accounts.len());
        let mut said: Vec<Said> = files.iter().map(|_| Said::default()).collect();
        let paths: Vec<String> = files.iter().map(|file| self.table_path(file)).collect();
        let path = |file: usize| paths.get(file).cloned().unwrap_or_default();
        for (account, line) in accounts.iter().zip(lines) {
            let earlier = *first.entry(&account.title).or_insert(*line);
            let (Some(file), Some(said)) = (files.get(line.0), said.get_mut(line.0)) else { continue };
            if earlier == *line || !said.one_more() {
                continue;
            }
            let place = Box::new(CellPlace { path: path(line.0), row: line.1, column: heading.to_owned() });
            let (first_path, first) = (path(earlier.0), earlier.1);
            let title = excerpt(&account.title);
            self.say(Message::AccountRowTwice { place, title, first_path, first }, file.span);
        }
        for ((file, path), said) in files.iter().zip(&paths).zip(said) {
            if let Some(rows) = said.more() {
                self.say(Message::MoreRows { path: path.clone(), rows }, file.span);
            }
        }
    }
}

/// `80%`, or `60%..80%`, which is planned with its middle.
fn retention(percents: &PercentCells, cells: &Cells<'_>) -> Result<Option<Exact>, Message> {
    let Some((least, most)) = cells.get(Field::Retain).split_once("..") else {
        return cells.part(Field::Retain);
    };
    let bounds = percents.read(least.trim()).zip(percents.read(most.trim()));
    match bounds.filter(|(least, most)| least <= most) {
        Some((least, most)) => Ok(Some((least + most) / whole(2))),
        None => Err(cells.no_part(Field::Retain)),
    }
}
