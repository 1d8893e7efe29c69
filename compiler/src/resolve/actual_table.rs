//! Actuals from tables: rows are added up by day while they are read, and never held.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

use chrono::NaiveDate;
use indexmap::IndexMap;
use milepost_grammar::ast::TableSource;

use super::Resolver;
use super::actual::Entered;
use super::names::{Names, composed};
use super::quantity::too_many_steps;
use super::table::{Cells, Said};
use super::table_layout::{Field, Fields, Layout};
use super::table_names::{CellNames, Named};
use super::time::written;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{ActualNote, Holder, Metric, MetricId, MetricUnit, READING_PLACES, SeriesKey};
use crate::sources::Place;
use crate::table::{CellPlace, Number, RowList, excerpt};

/// Rows of one file that messages are written about. Who reads in what a week brought has to mend every row.
const SPELLED_OUT: u64 = 1_000;

const FIELDS: Fields = Fields {
    table: Noun::Actuals,
    required: &[Field::Date, Field::Metric],
    optional: &[Field::Amount, Field::Person, Field::Note, Field::Id],
    spelled_out: SPELLED_OUT,
};

/// Rows of one file that are held against each other; a file of more has more behind it than a slip.
const MOST_COMPARED: usize = 1_835_008;

/// Remarks of a file that are kept.
const MOST_NOTES: usize = 10_000;

impl Resolver<'_> {
    /// Reads what the files of `from` say was reached.
    pub(super) fn actual_table(&mut self, from: &TableSource, seen: &mut Seen) {
        let dimensions = self.dimensions();
        let splits: Vec<String> = dimensions.keys().cloned().collect();
        let Some(layout) = self.layout_with(&FIELDS, &splits, from) else { return };
        // The names are all declared, and stay as they are while rows are read and messages written.
        let names = std::mem::take(&mut self.names);
        let kinds: Arc<[Metric]> = self.plan.metrics.clone().into();
        for file in &from.files {
            let place = self.place(file.span);
            let mut reader = Reader::new(&names, &layout, &dimensions, kinds.clone(), place);
            self.rows(&layout, file, |resolver, cells| reader.row(resolver, cells, seen));
            let path = self.table_path(file);
            for (_, unknown) in reader.unknown {
                let Unknown { place, noun, found, near, rows } = unknown;
                self.say(Message::RowsOfNobody { place, noun, found, near, rows }, file.span);
            }
            if let Some(rows) = reader.said.more() {
                self.say(Message::MoreRows { path: path.clone(), rows }, file.span);
            }
            if !reader.alike.is_empty() {
                let message = Message::RowsAlike { path, rows: reader.alike };
                let mut diagnostic = Diagnostic::new(message, place);
                // A row for each visit says the same as another one often enough.
                if !reader.numbered {
                    diagnostic.severity = Severity::Note;
                }
                self.push(diagnostic);
            }
        }
        self.names = names;
    }

    /// The splits of all key results, and their parts.
    fn dimensions(&self) -> IndexMap<String, Vec<String>> {
        let mut dimensions: IndexMap<String, Vec<String>> = IndexMap::new();
        for split in self.plan.key_results.iter().filter_map(|goal| goal.split.as_ref()) {
            let parts = dimensions.entry(split.dimension.clone()).or_default();
            for (part, _) in &split.parts {
                if !parts.contains(part) {
                    parts.push(part.clone());
                }
            }
        }
        dimensions
    }
}

/// Rows that were there, by a hash of 64 bits: of a million rows, one in thirty million tables has two that are
/// taken for each other.
#[derive(Default)]
pub(super) struct Seen {
    hashes: HashSet<u64, BuildHasherDefault<AsIs>>,
}

/// What is a hash already needs no other.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// A cell that names nothing the plan knows, and where it stands.
struct Unknown {
    place: Box<CellPlace>,
    noun: Noun,
    found: String,
    near: Option<String>,
    /// The rows after the first.
    rows: RowList,
}

/// Reads the rows of one file.
struct Reader<'a> {
    holders: CellNames<'a>,
    metrics: CellNames<'a>,
    kinds: Arc<[Metric]>,
    dimensions: &'a IndexMap<String, Vec<String>>,
    /// Of the columns that splits go by, the dimension and its parts by name.
    parts: Vec<(usize, HashMap<String, usize>)>,
    /// The numbers of sets of parts.
    sets: BTreeMap<Vec<(usize, usize)>, u32>,
    place: Place,
    /// Whether rows have an amount, and an id.
    numbered: bool,
    has_id: bool,
    has_note: bool,
    notes: usize,
    /// The last cell of a date, and its day.
    day: (String, Option<NaiveDate>),
    unknown: IndexMap<(Field, String), Unknown>,
    said: Said,
    alike: RowList,
}

impl<'a> Reader<'a> {
    fn new(
        names: &'a Names,
        layout: &Layout<'_>,
        dimensions: &'a IndexMap<String, Vec<String>>,
        kinds: Arc<[Metric]>,
        place: Place,
    ) -> Self {
        let has = |field| layout.columns.iter().any(|laid| laid.field == field);
        let parts = layout.columns.iter().filter_map(|laid| match laid.field {
            Field::Part(index) => {
                let (_, parts) = dimensions.get_index(index)?;
                let by_name = parts.iter().enumerate().map(|(at, part)| (part.clone(), at));
                Some((index, by_name.collect()))
            }
            _ => None,
        });
        Self {
            holders: CellNames::new(names.holders.entries()),
            metrics: CellNames::new(names.metrics.entries()),
            kinds,
            dimensions,
            parts: parts.collect(),
            sets: BTreeMap::new(),
            place,
            numbered: has(Field::Amount),
            has_id: has(Field::Id),
            has_note: has(Field::Note),
            notes: 0,
            day: (String::new(), None),
            unknown: IndexMap::new(),
            said: Said::most(SPELLED_OUT),
            alike: RowList::default(),
        }
    }

    fn row(
        &mut self,
        resolver: &mut Resolver<'_>,
        cells: &Cells<'_>,
        seen: &mut Seen,
    ) -> Result<(), Message> {
        // All names of a row are looked at, so that one run tells of all that are wrong.
        let metric = self.metric(resolver, cells)?;
        let who = self.person(resolver, cells)?;
        let parts = self.parts_of(resolver, cells);
        let (Some(metric), Some(who), Some(parts)) = (metric, who, parts) else { return Ok(()) };
        let kinds = self.kinds.clone();
        let Some(known) = kinds.get(metric.index()) else { return Ok(()) };
        if known.formula.is_some() {
            let place = cells.place(Field::Metric);
            return Err(Message::RowOfComputed { place, metric: known.name.clone() });
        }
        let number = self.amount(known, cells)?;
        let millionths = millionths(known, &number, cells)?;
        let on = self.day(resolver, cells)?;
        if !resolver.is_planned(on) {
            let plan = written(resolver.plan_period());
            let (place, found) = (cells.place(Field::Date), excerpt(cells.get(Field::Date)));
            return Err(Message::RowOutsidePlan { place, found, plan });
        }
        if self.is_again(cells, seen)? {
            self.alike.push(cells.row());
        }
        let key = SeriesKey { metric, who, parts: self.set(resolver, parts) };
        match resolver.enter_reading(key, on, millionths, self.place) {
            Entered::New => {}
            Entered::Instead => {
                let message =
                    Message::RowReadTwice { place: cells.place(Field::Date), metric: known.name.clone() };
                if self.said.one_more() {
                    resolver.diagnostics.say(message, self.place);
                }
            }
            Entered::TooMany => {
                let (place, found) = (cells.place(Field::Amount), excerpt(cells.get(Field::Amount)));
                return Err(Message::CellTooLarge { place, found });
            }
        }
        if self.has_note && self.notes < MOST_NOTES && !cells.get(Field::Note).is_empty() {
            self.notes += 1;
            let text = cells.get(Field::Note).to_owned();
            resolver.plan.actuals.notes.push(ActualNote { on, metric, who, amount: number.exact(), text });
        }
        Ok(())
    }

    fn metric(
        &mut self,
        resolver: &mut Resolver<'_>,
        cells: &Cells<'_>,
    ) -> Result<Option<MetricId>, Message> {
        let cell = cells.get(Field::Metric);
        let place = || cells.place(Field::Metric);
        match self.metrics.find(cell) {
            _ if cell.is_empty() => Err(Message::CellEmpty { place: place() }),
            Named::One(entry) => Ok(Some(MetricId::new(entry.index))),
            Named::Several => {
                Err(Message::CellTitleOfSeveral { place: place(), noun: Noun::Metric, found: excerpt(cell) })
            }
            Named::Nobody => {
                let near = self.metrics.near(&mut resolver.suggester, cell);
                self.nobody(Field::Metric, Noun::Metric, cells, near);
                Ok(None)
            }
        }
    }

    /// Whose row it is; an empty cell is of the team.
    fn person(
        &mut self,
        resolver: &mut Resolver<'_>,
        cells: &Cells<'_>,
    ) -> Result<Option<Option<Holder>>, Message> {
        let cell = cells.get(Field::Person);
        if cell.is_empty() {
            return Ok(Some(None));
        }
        match self.holders.find(cell) {
            Named::One(entry) => Ok(Some(Some(super::holder_of(entry)))),
            Named::Several => Err(Message::CellTitleOfSeveral {
                place: cells.place(Field::Person),
                noun: Noun::Holder,
                found: excerpt(cell),
            }),
            Named::Nobody => {
                let near = self.holders.near(&mut resolver.suggester, cell);
                self.nobody(Field::Person, Noun::Holder, cells, near);
                Ok(None)
            }
        }
    }

    /// The parts of splits that a row is of; an empty cell is of none.
    fn parts_of(&mut self, resolver: &mut Resolver<'_>, cells: &Cells<'_>) -> Option<Vec<(usize, usize)>> {
        let mut parts = Vec::new();
        let mut all = true;
        for at in 0..self.parts.len() {
            let Some((dimension, known)) = self.parts.get(at) else { continue };
            let (dimension, field) = (*dimension, Field::Part(*dimension));
            let cell = cells.get(field);
            if cell.is_empty() {
                continue;
            }
            match known.get(composed(cell).as_ref()) {
                Some(part) => parts.push((dimension, *part)),
                None => {
                    let near = resolver.suggester.nearest_word(cell, known_parts(self.dimensions, dimension));
                    let near = near.map(str::to_owned);
                    self.nobody(field, Noun::Part, cells, near);
                    all = false;
                }
            }
        }
        all.then_some(parts)
    }

    /// The number of a set of parts among those of the plan.
    fn set(&mut self, resolver: &mut Resolver<'_>, parts: Vec<(usize, usize)>) -> u32 {
        if parts.is_empty() {
            return 0;
        }
        if let Some(set) = self.sets.get(&parts) {
            return *set;
        }
        let names = parts.iter().filter_map(|(dimension, part)| {
            let (name, parts) = self.dimensions.get_index(*dimension)?;
            Some((name.clone(), parts.get(*part)?.clone()))
        });
        let names: Vec<(String, String)> = names.collect();
        let all = &mut resolver.plan.actuals.parts;
        let index = all.iter().position(|known| *known == names).unwrap_or_else(|| {
            all.push(names);
            all.len() - 1
        });
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        self.sets.insert(parts, index);
        index
    }

    /// Notes a cell that names nothing; the first of its kind is told of, with all rows that say the same.
    fn nobody(&mut self, field: Field, noun: Noun, cells: &Cells<'_>, near: Option<String>) {
        let cell = cells.get(field);
        if let Some(unknown) = self.unknown.get_mut(&(field, cell.to_owned())) {
            unknown.rows.push(cells.row());
        } else if self.said.one_more() {
            let (place, found, rows) = (cells.place(field), excerpt(cell), RowList::default());
            let unknown = Unknown { place, noun, found, near, rows };
            self.unknown.insert((field, cell.to_owned()), unknown);
        }
    }

    fn amount(&self, metric: &Metric, cells: &Cells<'_>) -> Result<Number, Message> {
        if self.numbered {
            return cells.amount(Field::Amount, Some(metric));
        }
        match &metric.unit {
            MetricUnit::Count(_) if metric.adds_up() => Ok(Number { mantissa: 1, places: 0, unit: None }),
            unit => Err(Message::RowWithoutAmount {
                place: cells.place(Field::Metric),
                metric: metric.name.clone(),
                unit: unit.name().to_owned(),
            }),
        }
    }

    /// The day of a row; of a period its last.
    fn day(&mut self, resolver: &Resolver<'_>, cells: &Cells<'_>) -> Result<NaiveDate, Message> {
        let cell = cells.get(Field::Date);
        if let (Some(day), true) = (self.day.1, self.day.0 == cell) {
            return Ok(day);
        }
        let days = resolver.days_of(cells.moment(Field::Date)?);
        let days = days
            .ok_or_else(|| Message::CellFiscal { place: cells.place(Field::Date), found: excerpt(cell) })?;
        cell.clone_into(&mut self.day.0);
        self.day.1 = Some(days.last);
        Ok(days.last)
    }

    /// Whether a row is the same as an earlier one, cell for cell. One whose id was there is an error.
    fn is_again(&self, cells: &Cells<'_>, seen: &mut Seen) -> Result<bool, Message> {
        let id = cells.get(Field::Id);
        if self.has_id {
            if id.is_empty() {
                return Err(Message::CellEmpty { place: cells.place(Field::Id) });
            }
            // An id is no row of one cell.
            if !seen.hashes.insert(hash(["id", id].into_iter())) {
                return Err(Message::RowAgain { place: cells.place(Field::Id), found: excerpt(id) });
            }
            return Ok(false);
        }
        Ok(seen.hashes.len() < MOST_COMPARED && !seen.hashes.insert(hash(cells.all())))
    }
}

fn known_parts(dimensions: &IndexMap<String, Vec<String>>, dimension: usize) -> impl Iterator<Item = &str> {
    dimensions.get_index(dimension).into_iter().flat_map(|(_, parts)| parts).map(String::as_str)
}

fn hash<'c>(cells: impl Iterator<Item = &'c str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for cell in cells {
        cell.hash(&mut hasher);
    }
    hasher.finish()
}

/// A number in millionths.
fn millionths(metric: &Metric, number: &Number, cells: &Cells<'_>) -> Result<i128, Message> {
    let (place, found) = (|| cells.place(Field::Amount), || excerpt(cells.get(Field::Amount)));
    let scaled = match READING_PLACES.checked_sub(number.places) {
        Some(places) => 10_i128.checked_pow(places).and_then(|scale| number.mantissa.checked_mul(scale)),
        None => {
            let scale = 10_i128.checked_pow(number.places - READING_PLACES);
            let whole = scale.filter(|scale| number.mantissa % scale == 0);
            let Some(scale) = whole else {
                return Err(Message::RowTooPrecise { place: place(), found: found() });
            };
            Some(number.mantissa / scale)
        }
    };
    // Far below what could be too much there is no need to count steps.
    let small =
        scaled.filter(|scaled| metric.step.decimals <= READING_PLACES && scaled.unsigned_abs() < 1 << 59);
    let countable = || too_many_steps(metric, &number.exact(), String::new).is_none();
    match small.or_else(|| scaled.filter(|_| countable())) {
        Some(scaled) => Ok(scaled),
        None => Err(Message::CellTooLarge { place: place(), found: found() }),
    }
}
