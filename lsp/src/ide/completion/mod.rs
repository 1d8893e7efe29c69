//! What may be written at a place.
//!
//! What fits is found from the words before the cursor, so that lines that are half written are completed as well; what
//! the names stand for comes from the compiled plan.

mod body;
mod entry;
mod moment;
mod name;
mod offers;
mod piece;
mod statement;
mod unit;
mod work;

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::noun::Noun;
use milepost::plan::Check;
use milepost::sources::{FileId, Place};
use milepost_grammar::context;
use milepost_grammar::keyword::{KEYWORDS, WORDS};

use super::items;
use offers::Offers;
use piece::Cursor;

/// All that may be written at a place.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Completions {
    /// In the order in which they are likely.
    pub items: Vec<Completion>,
    /// Whether there are more, so that the editor must ask again when another letter is typed.
    pub incomplete: bool,
}

/// Something that may be written.
#[derive(Clone, PartialEq, Debug)]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// Shown beside it: a name's title, or how a statement is written.
    pub detail: Option<String>,
    /// What it is.
    pub kind: CompletionKind,
    /// What is put in the place of `range`.
    pub insert: String,
    /// Whether `insert` has places to fill in, `${1:…}`, and is escaped accordingly.
    pub snippet: bool,
    /// What it replaces: the word under the cursor.
    pub range: Range<usize>,
    /// Orders the items as they should stand.
    pub sort: String,
    /// What is compared with the letters typed.
    pub filter: String,
    /// What [`documentation`] tells more about.
    pub about: About,
}

/// What may be written, by its kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CompletionKind {
    /// A word that opens a statement.
    Statement,
    /// A line that begins with no keyword.
    Entry,
    /// A word inside a statement.
    Word,
    /// What is declared.
    Name(Noun),
    /// A check of a goal.
    Check,
    /// A unit or a scale letter.
    Unit,
    /// A number, or how one is written.
    Value,
    /// A day or a period.
    Moment,
}

/// What there is more to be told about; small, so that an editor can hand it back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum About {
    /// Nothing.
    Nothing,
    /// A word of [`KEYWORDS`], by its place there.
    Keyword(usize),
    /// A word of [`WORDS`], by its place there.
    Word(usize),
    /// What is declared there.
    Name(Place),
    /// A check of [`Check::ALL`], by its place there.
    Check(usize),
}

/// More of them than this are not looked through by anybody.
const MOST_ITEMS: usize = 500;

/// What may be written at byte `offset` of `file`.
#[must_use]
pub fn complete(compilation: &Compilation, file: FileId, offset: usize) -> Completions {
    let text = items::text(compilation, file);
    let start = items::outset(compilation, file, offset);
    let (Some(rest), Some(within)) = (text.get(start..), offset.checked_sub(start)) else {
        return Completions::default();
    };
    let context = context(rest, within);
    if context.in_comment || within > rest.len() || !rest.is_char_boundary(within) {
        return Completions::default();
    }
    let Some(cursor) = Cursor::new(rest, within, &context.statement) else { return Completions::default() };
    let mut offers = Offers::new(compilation, file, rest, start, &context, cursor);
    statement::offer(&mut offers);
    offers.done()
}

/// More about an item, in Markdown.
#[must_use]
pub fn documentation(compilation: &Compilation, about: About) -> Option<String> {
    Some(match about {
        About::Nothing => return None,
        About::Keyword(index) => {
            let keyword = KEYWORDS.get(index)?;
            format!("```milepost\n{}\n```\n{}", keyword.form, keyword.doc)
        }
        About::Word(index) => WORDS.get(index)?.doc.to_owned(),
        About::Name(place) => name::declaration(compilation, place)?,
        About::Check(index) => format!("`{}`", Check::ALL.get(index)?.code()),
    })
}
