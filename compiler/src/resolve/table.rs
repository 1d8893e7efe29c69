//! Tables: the rows of the files that a plan names.
//!
//! Rows are handed on one by one and never held. What is wrong with one is said where the plan names the file, with the
//! row and the column; what is wrong with many, of the first few.

use chrono::{Datelike, NaiveDate};
use milepost_grammar::Moment;
use milepost_grammar::ast::{PeriodValue, Text};

use super::Resolver;
use super::quantity::too_many_steps;
use super::table_layout::{Field, Layout, mended};
use super::table_names::{CellNames, Named};
use super::time::{calendar_days, fiscal_days};
use crate::dates::DateSpan;
use crate::diagnostic::Diagnostic;
use crate::exact::Exact;
use crate::load::{cannot_read, join};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{Completeness, Metric, PersonId};
use crate::table::{
    CellPlace, Decoded, Header, Heading, Number, NumberProblem, Row, Rows, Stop, excerpt, separator,
};

/// Rows of one file that messages are written about; the others are counted.
pub(super) const SPELLED_OUT: u64 = 5;

/// A row, and what is known about its file.
pub(super) struct Cells<'r> {
    path: &'r str,
    layout: &'r Layout<'r>,
    /// Where the columns of the layout are, in its order.
    columns: &'r [usize],
    row: &'r Row,
}

impl Cells<'_> {
    /// The line on which the row begins.
    pub(super) const fn row(&self) -> u64 {
        self.row.line
    }

    /// The cell of `field`, if there is such a column.
    pub(super) fn find(&self, field: Field) -> Option<&str> {
        let index = self.layout.columns.iter().position(|laid| laid.field == field)?;
        self.columns.get(index).map(|column| self.row.cell(*column))
    }

    /// The cell of `field`, empty if there is no such column.
    pub(super) fn get(&self, field: Field) -> &str {
        self.find(field).unwrap_or_default()
    }

    /// Where the cell of `field` is.
    pub(super) fn place(&self, field: Field) -> Box<CellPlace> {
        let laid = self.layout.columns.iter().find(|laid| laid.field == field);
        let column = laid.map(|laid| laid.said.heading.value.clone()).unwrap_or_default();
        Box::new(CellPlace { path: self.path.to_owned(), row: self.row.line, column })
    }

    /// All cells of the row, those of other columns too.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.row.cells()
    }

    /// The number of `field`.
    pub(super) fn number(&self, field: Field) -> Result<Number, Message> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Err(Message::CellEmpty { place: self.place(field) });
        }
        self.layout.numbers.read(cell).map_err(|problem| {
            let (place, found) = (self.place(field), excerpt(cell));
            match problem {
                NumberProblem::TooLong => Message::CellTooLarge { place, found },
                NumberProblem::Form => Message::CellNumber {
                    place,
                    found,
                    pattern: self.layout.pattern(field),
                    field: field.name().to_owned(),
                },
            }
        })
    }

    /// The number of `field` as an amount of `metric`; without one, the number alone counts.
    pub(super) fn amount(&self, field: Field, metric: Option<&Metric>) -> Result<Number, Message> {
        let number = self.number(field)?;
        let (Some(unit), Some(metric)) = (&number.unit, metric) else { return Ok(number) };
        match super::quantity::unit_misfit(metric, unit) {
            Some(Message::UnitMismatch { metric, expected, found }) => {
                Err(Message::CellUnit { place: self.place(field), metric, expected, found })
            }
            _ => Ok(number),
        }
    }

    /// The number of `field` as an amount of `metric` that is not below 0 and can be counted.
    pub(super) fn positive(&self, field: Field, metric: Option<&Metric>) -> Result<Exact, Message> {
        let number = self.amount(field, metric)?;
        let (place, found) = (|| self.place(field), || excerpt(self.get(field)));
        if number.is_negative() {
            return Err(Message::CellNegative { place: place(), found: found() });
        }
        let amount = number.exact();
        match metric.and_then(|metric| too_many_steps(metric, &amount, String::new)) {
            Some(_) => Err(Message::CellTooLarge { place: place(), found: found() }),
            None => Ok(amount),
        }
    }

    /// The part of the whole of `field`; nothing where the cell is empty.
    pub(super) fn part(&self, field: Field) -> Result<Option<Exact>, Message> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        self.layout.percents.read(cell).map(Some).ok_or_else(|| self.no_part(field))
    }

    /// That the cell of `field` is no part of a whole.
    pub(super) fn no_part(&self, field: Field) -> Message {
        Message::CellPercent {
            place: self.place(field),
            found: excerpt(self.get(field)),
            pattern: self.layout.pattern(field),
            field: field.name().to_owned(),
        }
    }

    /// The day or period of `field`.
    pub(super) fn moment(&self, field: Field) -> Result<Moment, Message> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Err(Message::CellEmpty { place: self.place(field) });
        }
        let laid = self.layout.columns.iter().find(|laid| laid.field == field);
        laid.and_then(|laid| laid.dates.read(cell)).ok_or_else(|| Message::CellDate {
            place: self.place(field),
            found: excerpt(cell),
            pattern: self.layout.pattern(field),
            field: field.name().to_owned(),
        })
    }
}

/// What is said of a file: the first few, and how many more there are.
pub(super) struct Said {
    rows: u64,
    most: u64,
}

impl Default for Said {
    fn default() -> Self {
        Self::most(SPELLED_OUT)
    }
}

impl Said {
    /// What spells out that many.
    pub(super) const fn most(most: u64) -> Self {
        Self { rows: 0, most }
    }

    /// Whether one more is spelled out.
    pub(super) fn one_more(&mut self) -> bool {
        self.rows += 1;
        self.rows <= self.most
    }

    /// How many were not.
    pub(super) fn more(&self) -> Option<u64> {
        self.rows.checked_sub(self.most).filter(|more| *more > 0)
    }
}

impl<'w> Resolver<'w> {
    /// Hands the rows of `file` to `each`, which says what is wrong with one.
    pub(super) fn rows(
        &mut self,
        layout: &Layout<'_>,
        file: &Text,
        mut each: impl FnMut(&mut Self, &Cells<'_>) -> Result<(), Message>,
    ) -> Completeness {
        let Some((path, mut rows)) = self.open(layout, file) else { return Completeness::Broken };
        let header = match rows.next_row() {
            Ok(Some(row)) => Header::new(row),
            Ok(None) => {
                self.say(Message::TableEmpty { path }, file.span);
                return Completeness::Broken;
            }
            Err(stop) => {
                self.stop(path, rows.line(), stop, file);
                return Completeness::Broken;
            }
        };
        let Some(columns) = self.columns(layout, &path, &header) else { return Completeness::Broken };
        let mut said = Said::most(layout.spelled_out);
        let mut any = false;
        let finished = loop {
            match rows.next_row() {
                // Spreadsheets write their empty rows, too.
                Ok(Some(row)) if row.is_empty() => {}
                Ok(Some(row)) => {
                    any = true;
                    let cells = Cells { path: &path, layout, columns: &columns, row };
                    let read = form(&path, &header, row).and_then(|()| each(self, &cells));
                    if let Err(message) = read
                        && said.one_more()
                    {
                        self.say(message, file.span);
                    }
                }
                Ok(None) => break true,
                Err(stop) => {
                    self.stop(path.clone(), rows.line(), stop, file);
                    break false;
                }
            }
        };
        if let Some(rows) = said.more() {
            self.say(Message::MoreRows { path: path.clone(), rows }, file.span);
        }
        if finished && !any {
            self.say(Message::TableWithoutRows { path }, file.span);
        }
        match (finished, said.rows) {
            (true, 0) => Completeness::Whole,
            (true, _) => Completeness::WithoutSome,
            (false, _) => Completeness::Broken,
        }
    }

    /// The path of `file`, as messages name it.
    pub(super) fn table_path(&self, file: &Text) -> String {
        join(&self.sources.file(self.file).path, &file.value).unwrap_or_else(|| file.value.clone())
    }

    /// The path of `file`, and its rows.
    fn open(&mut self, layout: &Layout<'_>, file: &Text) -> Option<(String, Rows<'w>)> {
        let includer = self.sources.file(self.file).path.clone();
        let Some(path) = join(&includer, &file.value) else {
            self.say(Message::FileOutside { path: file.value.clone() }, file.span);
            return None;
        };
        let world = self.world;
        let source = match world.open(&path) {
            Ok(source) => source,
            Err(error) => {
                self.say(cannot_read(&path, error), file.span);
                return None;
            }
        };
        let mut text = Decoded::new(source, layout.encoding);
        if let Err(stop) = text.advance() {
            self.stop(path, 1, stop, file);
            return None;
        }
        let headings: Vec<&str> =
            layout.columns.iter().map(|laid| laid.said.heading.value.as_str()).collect();
        let separator = separator(text.piece(), &headings);
        Some((path, Rows::new(text, separator)))
    }

    /// Where the columns of the layout are.
    fn columns(&mut self, layout: &Layout<'_>, path: &str, header: &Header) -> Option<Vec<usize>> {
        let mut columns = Vec::with_capacity(layout.columns.len());
        for laid in &layout.columns {
            let heading = &laid.said.heading;
            match header.find(&heading.value) {
                Heading::At(index) => columns.push(index),
                Heading::Nowhere => self.unknown_column(path, header, heading),
                Heading::Several(count) => {
                    let (path, heading_text) = (path.to_owned(), heading.value.clone());
                    let message = Message::ColumnTwice { path, heading: heading_text, columns: count };
                    self.say(message, heading.span);
                }
            }
        }
        (columns.len() == layout.columns.len()).then_some(columns)
    }

    fn unknown_column(&mut self, path: &str, header: &Header, heading: &Text) {
        const MOST: usize = 12;
        let near = self.suggester.nearest_word(&heading.value, header.headings()).map(str::to_owned);
        let mut found: Vec<String> = header.headings().take(MOST).map(excerpt).collect();
        if header.len() > MOST {
            found.push("…".to_owned());
        }
        let place = self.place(heading.span);
        // A heading with a quote or a line end is no text of one line as it stands.
        let plain = near.as_deref().filter(|near| !near.contains(['"', '\\', '\n', '\r', '\t']));
        let fix = plain.map(|near| format!("\"{near}\""));
        let message =
            Message::UnknownColumn { path: path.to_owned(), heading: heading.value.clone(), found, near };
        self.push(mended(Diagnostic::new(message, place), place, fix));
    }

    fn stop(&mut self, path: String, row: u64, stop: Stop, file: &Text) {
        let message = match stop {
            Stop::Unreadable { why } => Message::FileUnreadable { path, why },
            Stop::Undecodable { encoding } => {
                Message::TableUndecodable { path, row, encoding: encoding.to_owned() }
            }
            Stop::Unclosed { line } => Message::QuoteNotClosed { path, row: line },
            Stop::TooLong { line } => Message::RowTooLong { path, row: line },
        };
        self.say(message, file.span);
    }

    /// The day of a cell that holds a day or a month, of a month its last; nothing where the cell is empty.
    pub(super) fn day_or_month(&self, cells: &Cells<'_>, field: Field) -> Result<Option<NaiveDate>, Message> {
        let cell = cells.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        let (place, found) = (|| cells.place(field), || excerpt(cell));
        let days = self.days_of(cells.moment(field)?);
        let days = days.ok_or_else(|| Message::CellFiscal { place: place(), found: found() })?;
        let month = |day: NaiveDate| (day.year(), day.month());
        if month(days.first) == month(days.last) {
            Ok(Some(days.last))
        } else {
            Err(Message::CellPeriodTooLong { place: place(), found: found() })
        }
    }

    /// The person of `field`; nobody where the cell is empty.
    pub(super) fn person_of(
        &mut self,
        people: &CellNames<'_>,
        cells: &Cells<'_>,
        field: Field,
    ) -> Result<Option<PersonId>, Message> {
        let cell = cells.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        let (place, noun, found) = (|| cells.place(field), Noun::Person, || excerpt(cell));
        match people.find(cell) {
            Named::One(entry) => Ok(Some(PersonId::new(entry.index))),
            Named::Several => Err(Message::CellTitleOfSeveral { place: place(), noun, found: found() }),
            Named::Nobody => {
                let near = people.near(&mut self.suggester, cell);
                Err(Message::CellName { place: place(), noun, found: found(), near })
            }
        }
    }

    /// The days of what a cell holds; `None` for a fiscal period where the plan has no fiscal years.
    pub(super) fn days_of(&self, moment: Moment) -> Option<DateSpan> {
        match moment {
            Moment::Day(day) => Some(DateSpan::day(day)),
            Moment::Period(
                period @ (PeriodValue::FiscalYear(_)
                | PeriodValue::FiscalHalf(..)
                | PeriodValue::FiscalQuarter(..)),
            ) => fiscal_days(self.fiscal?, period),
            Moment::Period(period) => calendar_days(period),
        }
    }
}

/// What is wrong with the form of a row.
fn form(path: &str, header: &Header, row: &Row) -> Result<(), Message> {
    let (expected, found) = (header.len(), row.len());
    let path = || path.to_owned();
    if row.torn {
        Err(Message::BehindQuote { path: path(), row: row.line })
    } else if found < expected {
        let column = header.headings().nth(found).unwrap_or_default().to_owned();
        let place = Box::new(CellPlace { path: path(), row: row.line, column });
        Err(Message::RowTooShort { place, expected, found })
    } else if found > expected {
        Err(Message::RowOverfull { path: path(), row: row.line, expected, found })
    } else {
        Ok(())
    }
}
