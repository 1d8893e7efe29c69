//! What a plan says about the columns of a table.

use encoding_rs::{Encoding, UTF_8};
use milepost_grammar::ast::{Column, Name, TableSource};

use super::Resolver;
use super::names::composed;
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::noun::Noun;
use crate::table::{self, DateCells, NumberCells, PercentCells};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Field {
    Date,
    Amount,
    Person,
    Metric,
    Note,
    Account,
    Retain,
    Owner,
    Renews,
    Deal,
    Close,
    Stage,
    Probability,
    Category,
    Next,
    By,
    Won,
    Lost,
    Reason,
    /// A number of the row's own.
    Id,
    /// Which part of a split, by the place of the split's name.
    Part(usize),
}

impl Field {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Amount => "amount",
            Self::Person => "person",
            Self::Metric => "metric",
            Self::Note => "note",
            Self::Account => "account",
            Self::Retain => "retain",
            Self::Owner => "owner",
            Self::Renews => "renews",
            Self::Deal => "deal",
            Self::Close => "close",
            Self::Stage => "stage",
            Self::Probability => "probability",
            Self::Category => "category",
            Self::Next => "next",
            Self::By => "by",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Reason => "reason",
            Self::Id => "id",
            Self::Part(_) => "part",
        }
    }
}

/// The columns that a kind of table has.
pub(super) struct Fields {
    /// Whose table it is.
    pub(super) table: Noun,
    /// Those it must have.
    pub(super) required: &'static [Field],
    /// Those it may have.
    pub(super) optional: &'static [Field],
    /// How many rows messages are written about.
    pub(super) spelled_out: u64,
}

impl Fields {
    /// All fields by name; `parts` are the names of splits.
    fn all<'n>(&'n self, parts: &'n [String]) -> impl Iterator<Item = (&'n str, Field)> {
        let own = self.required.iter().chain(self.optional).map(|field| (field.name(), *field));
        let parts = parts.iter().enumerate();
        own.chain(parts.map(|(index, name)| (name.as_str(), Field::Part(index))))
    }
}

/// One column, as the plan says it.
pub(super) struct Laid<'t> {
    pub(super) field: Field,
    pub(super) said: &'t Column,
    /// How its cells are written, where they are dates.
    pub(super) dates: DateCells,
}

/// All columns, and how their cells are written.
pub(super) struct Layout<'t> {
    pub(super) columns: Vec<Laid<'t>>,
    pub(super) encoding: &'static Encoding,
    /// Of the column with the amount.
    pub(super) numbers: NumberCells,
    /// Of the column with a part of a whole.
    pub(super) percents: PercentCells,
    /// How many rows messages are written about.
    pub(super) spelled_out: u64,
}

impl Layout<'_> {
    /// How the cells of `field` are written, if the plan says so.
    pub(super) fn pattern(&self, field: Field) -> Option<String> {
        let laid = self.columns.iter().find(|laid| laid.field == field)?;
        laid.said.format.as_ref().map(|format| format.value.clone())
    }
}

impl Resolver<'_> {
    /// The columns of `from`; `None` if something about them is wrong.
    pub(super) fn layout<'t>(&mut self, fields: &Fields, from: &'t TableSource) -> Option<Layout<'t>> {
        self.layout_with(fields, &[], from)
    }

    /// The same where columns may also bear the names of splits.
    pub(super) fn layout_with<'t>(
        &mut self,
        fields: &Fields,
        parts: &[String],
        from: &'t TableSource,
    ) -> Option<Layout<'t>> {
        let mut fine = true;
        let encoding = match &from.encoding {
            None => Some(UTF_8),
            Some(name) => self.encoding(name),
        };
        let mut layout = Layout {
            columns: Vec::new(),
            encoding: encoding.unwrap_or(UTF_8),
            numbers: NumberCells::default(),
            percents: PercentCells::default(),
            spelled_out: fields.spelled_out,
        };
        for said in &from.columns {
            let word = composed(&said.field.value);
            let Some((_, field)) = fields.all(parts).find(|(name, _)| **name == *word) else {
                self.unknown_field(fields, parts, said);
                fine = false;
                continue;
            };
            if let Some(first) = layout.columns.iter().find(|laid| laid.field == field) {
                let message = Message::SaidTwice { statement: said.field.value.clone() };
                self.twice(message, said.field.span, first.said.field.span);
                fine = false;
                continue;
            }
            let mut laid = Laid { field, said, dates: DateCells::default() };
            fine &= self.pattern(&mut laid, &mut layout);
            layout.columns.push(laid);
        }
        for field in fields.required {
            if !layout.columns.iter().any(|laid| laid.field == *field) {
                // One that is misspelt has been found already.
                if fine {
                    let file = from.files.first().map_or(from.span, |file| file.span);
                    self.say(
                        Message::FieldMissing { table: fields.table, field: field.name().to_owned() },
                        file,
                    );
                }
                fine = false;
            }
        }
        (fine && encoding.is_some()).then_some(layout)
    }

    fn encoding(&mut self, name: &Name) -> Option<&'static Encoding> {
        let found = table::encoding(&name.value);
        if found.is_none() {
            let near = self.suggester.nearest_word(&name.value, table::LABELS.iter().copied());
            let near = near.map(str::to_owned);
            let place = self.place(name.span);
            let message = Message::UnknownEncoding { name: name.value.clone(), near: near.clone() };
            self.push(mended(Diagnostic::new(message, place), place, near));
        }
        found
    }

    fn unknown_field(&mut self, fields: &Fields, parts: &[String], said: &Column) {
        let names: Vec<&str> = fields.all(parts).map(|(name, _)| name).collect();
        let near = self.suggester.nearest_word(&said.field.value, names.iter().copied());
        let near = near.map(str::to_owned);
        let message = Message::UnknownField {
            table: fields.table,
            field: said.field.value.clone(),
            fields: names.into_iter().map(str::to_owned).collect(),
            near: near.clone(),
        };
        let place = self.place(said.field.span);
        self.push(mended(Diagnostic::new(message, place), place, near));
    }

    /// Takes the pattern of a column over; false if there is one and it is wrong.
    fn pattern(&mut self, laid: &mut Laid<'_>, layout: &mut Layout<'_>) -> bool {
        let Some(format) = &laid.said.format else { return true };
        let found = || format.value.clone();
        let message = match laid.field {
            Field::Date | Field::Renews | Field::Close | Field::By | Field::Won | Field::Lost => {
                match DateCells::new(&format.value) {
                    Some(dates) => {
                        laid.dates = dates;
                        return true;
                    }
                    None => {
                        let upper = format.value.to_uppercase();
                        let near = DateCells::new(&upper).map(|_| format!("\"{upper}\""));
                        let place = self.place(format.span);
                        let diagnostic = Diagnostic::new(Message::DatePattern { found: found() }, place);
                        self.push(mended(diagnostic, place, near));
                        return false;
                    }
                }
            }
            Field::Amount => match NumberCells::new(&format.value) {
                Some(numbers) => {
                    layout.numbers = numbers;
                    return true;
                }
                None => Message::NumberPattern { found: found() },
            },
            Field::Retain | Field::Probability => match PercentCells::new(&format.value) {
                Some(percents) => {
                    layout.percents = percents;
                    return true;
                }
                None => Message::PercentPattern { found: found() },
            },
            _ => Message::PatternForWords { field: laid.said.field.value.clone() },
        };
        self.say(message, format.span);
        false
    }
}

/// The same with a change to what is near, if anything is.
pub(super) fn mended(
    diagnostic: Diagnostic,
    place: crate::sources::Place,
    near: Option<String>,
) -> Diagnostic {
    match near {
        Some(near) => diagnostic.fix(Message::ReplaceWith { text: near.clone() }, vec![(place, near)]),
        None => diagnostic,
    }
}
