//! Accounts from tables. They are things of their own, so they are held, but nothing else of their rows is.

use std::collections::HashMap;

use milepost_grammar::ast::{TableSource, Text};

use super::Resolver;
use super::quantity::too_many_steps;
use super::table::{Cells, ReadAs, SPELLED_OUT, Said};
use super::table_layout::{Field, Fields};
use super::table_names::{CellNames, Named};
use crate::exact::{Exact, whole};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{Account, Metric, MetricId, PersonId};
use crate::sources::Place;
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
        book: Option<&(Exact, Place)>,
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
        book: Option<&(Exact, Place)>,
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
                let owner = owner(resolver, people, cells)?;
                let renews = resolver.renewal(cells)?;
                let Some(account) = title_and_amount(cells, known.as_ref())? else { return Ok(()) };
                if retention.is_none() && book.is_none() && whole_at.is_none() {
                    whole_at = Some(file.span);
                }
                let (retention, retention_place) = match retention {
                    Some(retention) => (retention, place),
                    None => book.cloned().unwrap_or((Exact::ONE, place)),
                };
                let (title, amount) = account;
                lines.push((index, cells.row()));
                accounts.push(Account { title, amount, retention, retention_place, owner, renews, place });
                Ok(())
            });
            if read == ReadAs::Broken {
                accounts.truncate(accounts_before);
                lines.truncate(lines_before);
            }
        }
        let column = layout.columns.iter().find(|laid| laid.field == Field::Account);
        let heading = column.map(|laid| laid.said.heading.value.as_str()).unwrap_or_default();
        self.rows_twice(accounts, &lines, heading, &from.files);
        whole_at.filter(|_| metric.is_some())
    }

    /// The day of a cell with a day or a month.
    fn renewal(&self, cells: &Cells<'_>) -> Result<Option<chrono::NaiveDate>, Message> {
        let cell = cells.get(Field::Renews);
        if cell.is_empty() {
            return Ok(None);
        }
        let (place, found) = (|| cells.place(Field::Renews), || excerpt(cell));
        let days = self.days_of(cells.moment(Field::Renews)?);
        let days = days.ok_or_else(|| Message::CellFiscal { place: place(), found: found() })?;
        let month = |day: chrono::NaiveDate| day.format("%Y-%m").to_string();
        if month(days.first) == month(days.last) {
            Ok(Some(days.last))
        } else {
            Err(Message::CellPeriodTooLong { place: place(), found: found() })
        }
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

fn title_and_amount(cells: &Cells<'_>, metric: Option<&Metric>) -> Result<Option<(String, Exact)>, Message> {
    let title = cells.get(Field::Account);
    if title.is_empty() {
        return Err(Message::CellEmpty { place: cells.place(Field::Account) });
    }
    let number = cells.amount(Field::Amount, metric)?;
    let (place, found) = (|| cells.place(Field::Amount), || excerpt(cells.get(Field::Amount)));
    if number.is_negative() {
        return Err(Message::CellNegative { place: place(), found: found() });
    }
    let amount = number.exact();
    let Some(metric) = metric else { return Ok(None) };
    if too_many_steps(metric, &amount, String::new).is_some() {
        return Err(Message::CellTooLarge { place: place(), found: found() });
    }
    Ok(Some((title.to_owned(), amount)))
}

/// `80%`, or `60%..80%`, which is planned with its middle.
fn retention(percents: &PercentCells, cells: &Cells<'_>) -> Result<Option<Exact>, Message> {
    let cell = cells.get(Field::Retain);
    if cell.is_empty() {
        return Ok(None);
    }
    let part = match cell.split_once("..") {
        None => percents.read(cell),
        Some((least, most)) => percents
            .read(least.trim())
            .zip(percents.read(most.trim()))
            .filter(|(least, most)| least <= most)
            .map(|(least, most)| (least + most) / whole(2)),
    };
    part.map(Some).ok_or_else(|| Message::CellPercent {
        place: cells.place(Field::Retain),
        found: excerpt(cell),
        pattern: cells.pattern(Field::Retain),
    })
}

fn owner(
    resolver: &mut Resolver<'_>,
    people: &CellNames<'_>,
    cells: &Cells<'_>,
) -> Result<Option<PersonId>, Message> {
    let cell = cells.get(Field::Owner);
    if cell.is_empty() {
        return Ok(None);
    }
    let (place, noun, found) = (|| cells.place(Field::Owner), Noun::Person, || excerpt(cell));
    match people.find(cell) {
        Named::One(entry) => Ok(Some(PersonId::new(entry.index))),
        Named::Several => Err(Message::CellTitleOfSeveral { place: place(), noun, found: found() }),
        Named::Nobody => {
            let near = people.near(&mut resolver.suggester, cell);
            Err(Message::CellName { place: place(), noun, found: found(), near })
        }
    }
}
