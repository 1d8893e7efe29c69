//! Deals from tables. They are things of their own, so they are held, but nothing else of their rows is.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use milepost_grammar::ast::{Category, TableSource};
use milepost_grammar::is_name;
use unicode_normalization::char::is_combining_mark;

use super::Resolver;
use super::names::composed;
use super::pipeline::{KnownStage, lacks, settle};
use super::table::{Cells, SPELLED_OUT, Said};
use super::table_layout::{Field, Fields};
use super::table_names::{CellNames, Former, Named};
use crate::exact::Exact;
use crate::message::{Lack, Message};
use crate::noun::Noun;
use crate::plan::{Completeness, Deal, DealEnd, DealRow, Metric, MetricId, NextStep, PersonId, decides};
use crate::sources::Place;
use crate::table::{CellPlace, RowList, excerpt};

const FIELDS: Fields = Fields {
    table: Noun::Pipeline,
    required: &[Field::Deal, Field::Amount],
    optional: &[
        Field::Close,
        Field::Owner,
        Field::Stage,
        Field::Probability,
        Field::Category,
        Field::Next,
        Field::By,
        Field::Won,
        Field::Lost,
        Field::Reason,
        Field::Note,
        Field::Id,
    ],
    spelled_out: SPELLED_OUT,
};

/// The words of a deal's category.
const CATEGORIES: [Category; 4] =
    [Category::Commit, Category::BestCase, Category::Pipeline, Category::Omitted];

/// What every row of a pipeline's tables is read by.
struct Book<'a> {
    metric: Option<Metric>,
    people: CellNames<'a>,
    stages: Stages<'a>,
}

impl Resolver<'_> {
    /// Adds the deals in the files of `from`, and says how many could be read.
    pub(super) fn deal_table(
        &mut self,
        metric: Option<MetricId>,
        stages: &[KnownStage],
        from: &TableSource,
        deals: &mut Vec<Deal>,
    ) -> Completeness {
        // The names are all declared, and stay as they are while rows are read and messages written.
        let names = std::mem::take(&mut self.names);
        let people = names.holders.entries().iter().filter(|entry| entry.noun == Noun::Person);
        let book = Book {
            metric: metric.and_then(|metric| self.plan.metrics.get(metric.index()).cloned()),
            people: CellNames::new(people),
            stages: Stages::new(stages),
        };
        let read = self.deals_of(&book, from, deals);
        self.names = names;
        read
    }

    fn deals_of(&mut self, book: &Book<'_>, from: &TableSource, deals: &mut Vec<Deal>) -> Completeness {
        let Some(layout) = self.layout(&FIELDS, from) else { return Completeness::Broken };
        let column = |field| layout.columns.iter().find(|laid| laid.field == field);
        if let (Some(by), None) = (column(Field::By), column(Field::Next)) {
            let field = Field::Next.name().to_owned();
            self.say(Message::FieldMissing { table: FIELDS.table, field }, by.said.field.span);
            return Completeness::Broken;
        }
        let mut all = Completeness::Whole;
        let mut names = RowNames::default();
        for (index, file) in from.files.iter().enumerate() {
            let place = self.place(file.span);
            let before = deals.len();
            let mut incomplete: Vec<Message> = Vec::new();
            let mut said = Said::default();
            names.file = index;
            let mut alike = RowList::default();
            let mut former = Former::default();
            let path: Arc<str> = self.table_path(file).into();
            let read = self.rows(&layout, file, |resolver, cells| {
                let again = names.is_again(cells)?;
                let deal = resolver.deal_of(
                    book,
                    cells,
                    &mut names,
                    &mut former,
                    DealRow { path: Arc::clone(&path), line: cells.row() },
                    place,
                )?;
                if again {
                    alike.push(cells.row());
                }
                let lacks = lacks(&deal);
                if !lacks.is_empty() && said.one_more() {
                    incomplete.push(row_incomplete(&deal, lacks, cells));
                }
                deals.push(deal);
                Ok(())
            });
            all = all.max(read);
            if read == Completeness::Broken {
                deals.truncate(before);
                continue;
            }
            former.tell(self, &book.people, file);
            if !alike.is_empty() {
                let path = path.to_string();
                self.say(Message::DealsAlike { path, rows: alike }, file.span);
            }
            if book.metric.is_none() {
                continue;
            }
            for message in incomplete {
                self.say(message, file.span);
            }
            if let Some(rows) = said.more() {
                self.say(Message::MoreRows { path: path.to_string(), rows }, file.span);
            }
        }
        all
    }

    fn deal_of(
        &mut self,
        book: &Book<'_>,
        cells: &Cells<'_>,
        names: &mut RowNames,
        former: &mut Former,
        row: DealRow,
        place: Place,
    ) -> Result<Deal, Message> {
        let title = cells.get(Field::Deal);
        if title.is_empty() {
            return Err(Message::CellEmpty { place: cells.place(Field::Deal) });
        }
        let stage = book.stages.of(self, cells)?;
        let chance = cells.part(Field::Probability)?;
        let close = self.day_or_month(cells, Field::Close)?;
        let amount = match cells.get(Field::Amount) {
            "" => None,
            _ => Some(cells.positive(Field::Amount, book.metric.as_ref())?),
        };
        let next = self.next_step(cells, place)?;
        let why = Some(cells.get(Field::Reason)).filter(|why| !why.is_empty()).map(str::to_owned);
        let end = match (self.day_or_month(cells, Field::Won)?, self.day_or_month(cells, Field::Lost)?) {
            (Some(_), Some(_)) => return Err(Message::RowWonAndLost { place: cells.place(Field::Lost) }),
            (Some(on), None) => Some(DealEnd::Won { on: Some(on), amount: None }),
            (None, Some(on)) => Some(DealEnd::Lost { on: Some(on), why: why.clone() }),
            (None, None) => None,
        };
        let ended = end.is_some() || stage.as_ref().is_some_and(|(_, chance)| decides(chance));
        let owner = self.owner(&book.people, cells, ended, former)?;
        let category = self.category(cells, ended)?;
        let mut deal = Deal {
            name: names.name(cells.find(Field::Id).unwrap_or(title), cells.row()),
            title: Some(title.to_owned()),
            amount,
            close,
            owner,
            stage: stage.as_ref().map(|(stage, _)| *stage),
            chance,
            category,
            next,
            end,
            place,
            row: Some(row),
        };
        settle(&mut deal, stage.map(|(_, chance)| chance), why);
        Ok(deal)
    }

    /// Whose deal it is. One that is decided stays in a CRM when its owner goes, and is then nobody's.
    fn owner(
        &mut self,
        people: &CellNames<'_>,
        cells: &Cells<'_>,
        ended: bool,
        former: &mut Former,
    ) -> Result<Option<PersonId>, Message> {
        let cell = cells.get(Field::Owner);
        if ended && !cell.is_empty() && matches!(people.find(cell), Named::Nobody) {
            former.meet(cells, Field::Owner);
            return Ok(None);
        }
        self.person_of(people, cells, Field::Owner)
    }

    /// How sure the deal is said to be. What a CRM calls one that is decided, `Closed` or `Closed won`, says no more than that.
    fn category(&mut self, cells: &Cells<'_>, ended: bool) -> Result<Option<Category>, Message> {
        let cell = cells.get(Field::Category);
        if cell.is_empty() {
            return Ok(None);
        }
        let written = folded(cell);
        if let Some(category) = CATEGORIES.into_iter().find(|category| folded(category.word()) == written) {
            return Ok(Some(category));
        }
        match written.as_str() {
            "notforecasted" => return Ok(Some(Category::Omitted)),
            "closed" | "closedwon" | "closedlost" if ended => return Ok(None),
            _ => {}
        }
        let near = self.suggester.nearest_word(cell, CATEGORIES.into_iter().map(Category::word));
        Err(Message::CellWord {
            place: cells.place(Field::Category),
            words: CATEGORIES.into_iter().map(|category| category.word().to_owned()).collect(),
            found: excerpt(cell),
            near: near.map(str::to_owned),
        })
    }

    /// What is to be done next; a day alone is no step.
    fn next_step(&self, cells: &Cells<'_>, place: Place) -> Result<Option<NextStep>, Message> {
        let (what, by) = (cells.get(Field::Next), self.day_or_month(cells, Field::By)?);
        match (what, by) {
            ("", None) => Ok(None),
            ("", Some(_)) => Err(Message::CellEmpty { place: cells.place(Field::Next) }),
            (what, by) => Ok(Some(NextStep { what: what.to_owned(), by, place })),
        }
    }
}

fn row_incomplete(deal: &Deal, lacks: Vec<Lack>, cells: &Cells<'_>) -> Message {
    let place: Box<CellPlace> = cells.place(Field::Deal);
    let title = excerpt(deal.title.as_deref().unwrap_or_default());
    Message::RowIncomplete { place, deal: title, lacks, ended: !deal.is_open() }
}

/// The stages that cells may name.
struct Stages<'a> {
    known: &'a [KnownStage],
    by_name: HashMap<&'a str, usize>,
    /// By what is left of a name as cells write it; `None` for one that several have.
    by_fold: HashMap<String, Option<usize>>,
}

impl<'a> Stages<'a> {
    fn new(known: &'a [KnownStage]) -> Self {
        let mut stages = Self { known, by_name: HashMap::new(), by_fold: HashMap::new() };
        for (index, stage) in known.iter().enumerate() {
            stages.by_name.insert(&stage.name, index);
            let fold = stages.by_fold.entry(folded(&stage.name));
            fold.and_modify(|taken| *taken = None).or_insert(Some(index));
        }
        stages
    }

    /// The stage of a row, and what is known of it.
    fn of(&self, resolver: &mut Resolver<'_>, cells: &Cells<'_>) -> Result<Option<(usize, Exact)>, Message> {
        let cell = cells.get(Field::Stage);
        if cell.is_empty() {
            return Ok(None);
        }
        let (place, noun, found) = (|| cells.place(Field::Stage), Noun::Stage, || excerpt(cell));
        let by_name = self.by_name.get(composed(cell).as_ref()).copied().map(Some);
        let written = folded(cell);
        // No name begins with a digit, and many a CRM numbers its stages.
        let unnumbered = written.trim_start_matches(char::is_numeric);
        let by_fold = || self.by_fold.get(&written).or_else(|| self.by_fold.get(unnumbered)).copied();
        match by_name.or_else(by_fold) {
            Some(Some(index)) => Ok(self.known.get(index).and_then(|stage| stage.chance.clone())),
            Some(None) => Err(Message::CellTitleOfSeveral { place: place(), noun, found: found() }),
            None => {
                let names = self.known.iter().map(|stage| stage.name.as_str());
                let near = resolver.suggester.nearest_word(unnumbered, names).map(str::to_owned);
                Err(Message::CellName { place: place(), noun, found: found(), near })
            }
        }
    }
}

/// What deals of rows are called: what the cell of the number or else of the deal says where that is a name, with `id-`
/// before it if need be, that no row before has; else their row. A name that looks like that of a row is none.
#[derive(Default)]
struct RowNames {
    file: usize,
    taken: HashSet<String>,
    /// Rows that were there, by a hash of 64 bits, and numbers of rows.
    seen: HashSet<u64>,
    ids: HashSet<String>,
}

impl RowNames {
    /// Whether a row is the same as an earlier one, cell for cell. One whose number was there is an error.
    fn is_again(&mut self, cells: &Cells<'_>) -> Result<bool, Message> {
        match cells.find(Field::Id) {
            None => {
                let mut hasher = DefaultHasher::new();
                cells.all().for_each(|cell| cell.hash(&mut hasher));
                Ok(!self.seen.insert(hasher.finish()))
            }
            Some("") => Err(Message::CellEmpty { place: cells.place(Field::Id) }),
            Some(id) if self.ids.insert(id.to_owned()) => Ok(false),
            Some(id) => Err(Message::DealAgain { place: cells.place(Field::Id), found: excerpt(id) }),
        }
    }

    fn name(&mut self, cell: &str, row: u64) -> String {
        let cell = composed(cell);
        let usable = |name: &String| {
            is_name(name)
                && !name.starts_with("row-")
                && !name.starts_with("file-")
                && !self.taken.contains(name)
        };
        let names = [cell.clone().into_owned(), format!("id-{cell}")];
        // The numbers of a CRM begin with a digit, and names do not.
        let most = if cell.starts_with(|sign: char| sign.is_ascii_digit()) { 2 } else { 1 };
        if let Some(name) = names.into_iter().take(most).find(usable) {
            self.taken.insert(name.clone());
            return name;
        }
        match self.file {
            0 => format!("row-{row}"),
            file => format!("file-{}-row-{row}", file + 1),
        }
    }
}

/// What is left of a text without case, and without all that is neither letter nor digit.
fn folded(text: &str) -> String {
    let mut fold = String::with_capacity(text.len());
    for sign in composed(text).chars() {
        if sign.is_alphanumeric() || is_combining_mark(sign) {
            fold.extend(sign.to_lowercase());
        }
    }
    fold
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_told_by_letters_and_digits() {
        for (cell, fold) in [
            ("Closed Won", "closedwon"),
            ("ClosedWon", "closedwon"),
            ("Id. Decision Makers ", "iddecisionmakers"),
            ("1 - Qualified", "1qualified"),
            ("合同 / 签约", "合同签约"),
            ("??", ""),
        ] {
            assert_eq!(folded(cell), fold);
        }
    }

    #[test]
    fn rows_without_a_name_of_their_own_are_numbered() {
        let mut names = RowNames::default();
        assert_eq!(names.name("acme-2", 2), "acme-2");
        assert_eq!(names.name("acme-2", 3), "row-3");
        assert_eq!(names.name("row-5", 4), "row-4");
        assert_eq!(names.name("Acme phase 2", 5), "row-5");
        names.file = 1;
        assert_eq!(names.name("Acme phase 2", 5), "file-2-row-5");
        assert_eq!(names.name("北区", 6), "北区");
        assert_eq!(names.name("0065g00000AbCdE", 7), "id-0065g00000AbCdE");
        assert_eq!(names.name("17 % more", 8), "file-2-row-8");
    }
}
