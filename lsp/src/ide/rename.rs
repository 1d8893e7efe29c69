//! Another name for something, wherever it is named.

use milepost::compile::Compilation;
use milepost::sources::FileId;
use milepost_grammar::is_name;

use super::names::{declared_at, name_at, occurrences};
use super::spot::Spot;

/// Why something cannot be renamed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// There is no name.
    NoName,
    /// The new name is none.
    NotAName(String),
    /// Something else of that kind has it.
    Taken(String),
}

impl Refused {
    /// In words.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::NoName => "there is no name here that stands for something".to_owned(),
            Self::NotAName(name) => {
                format!(
                    "`{name}` is no name: a name begins with a letter and has letters, digits and single `-` inside"
                )
            }
            Self::Taken(name) => format!("there is already something named `{name}`"),
        }
    }
}

/// The name at `offset` that could be another.
///
/// # Errors
/// Where there is none.
pub fn prepare(compilation: &Compilation, file: FileId, offset: usize) -> Result<Spot, Refused> {
    let named = name_at(compilation, file, offset).ok_or(Refused::NoName)?;
    Ok(Spot::of(compilation, named.place))
}

/// The names to be replaced by `new`.
///
/// # Errors
/// Where there is no name, or the new one cannot be taken.
pub fn rename(
    compilation: &Compilation,
    file: FileId,
    offset: usize,
    new: &str,
) -> Result<Vec<Spot>, Refused> {
    let named = name_at(compilation, file, offset).ok_or(Refused::NoName)?;
    if !is_name(new) {
        return Err(Refused::NotAName(new.to_owned()));
    }
    if let Some(entry) = declared_at(compilation, named.target) {
        let same_kind = compilation.names.table(entry.noun);
        let taken = match same_kind {
            Some(table) => table.get(new).is_some_and(|other| other.place != entry.place),
            None => is_taken_beside(compilation, entry.place, new),
        };
        if taken {
            return Err(Refused::Taken(new.to_owned()));
        }
    }
    let spots = occurrences(compilation, named.target).into_iter().map(|place| Spot::of(compilation, place));
    Ok(spots.collect())
}

/// Whether a key result of the same objective has that name.
fn is_taken_beside(compilation: &Compilation, place: milepost::sources::Place, new: &str) -> bool {
    let objectives =
        compilation.names.table(milepost::noun::Noun::Objective).map_or(0, |table| table.entries().len());
    let tables = (0..objectives)
        .filter_map(|index| compilation.names.of_objective(milepost::plan::ObjectiveId::new(index)));
    tables
        .filter(|table| table.entries().iter().any(|entry| entry.place == place))
        .any(|table| table.get(new).is_some_and(|other| other.place != place))
}
