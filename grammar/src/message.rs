//! What an error of the text says: a code and its arguments; the words stand in one table, `english.rs`.

use crate::english;
use crate::keyword::Block;

/// What is wrong. The variants carry what the text of a message needs, so that another language is one more
/// table like `english.rs`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Message {
    /// Something else was expected here.
    Unexpected {
        /// What could stand here.
        expected: Vec<Expected>,
        /// What stands here.
        found: Found,
        /// How the statement is written.
        form: Option<&'static str>,
    },
    /// No statement begins with this word.
    UnknownStatement {
        /// The word.
        word: String,
        /// Where it stands.
        block: Block,
        /// What may have been meant.
        nearest: Option<&'static str>,
    },
    /// The word opens a statement, but not here.
    MisplacedStatement {
        /// The word.
        word: String,
        /// Where it stands.
        block: Block,
        /// Where it may stand.
        belongs: Vec<Block>,
    },
    /// A statement does not begin like this at all.
    NoStatement {
        /// What it begins with.
        found: String,
        /// Where it stands.
        block: Block,
    },
    /// A `{` has no `}`.
    UnclosedBlock,
    /// A `}` has no `{`.
    StrayBrace,
    /// A declaration has no block.
    MissingBlock {
        /// Its keyword.
        word: &'static str,
    },
    /// The `{` stands on a line of its own.
    BraceOnNextLine,
    /// Blocks in blocks in blocks.
    TooDeep {
        /// How deep they may be.
        limit: usize,
    },
    /// A second declaration on the line of the first.
    Leftover {
        /// What it begins with.
        found: String,
    },
    /// A string's end is missing.
    UnclosedString,
    /// A `\` before something it has no meaning for.
    UnknownEscape {
        /// The character behind it.
        escaped: char,
    },
    /// A character that is not used.
    UnknownCharacter {
        /// The character.
        found: char,
        /// What is written instead.
        plain: Option<&'static str>,
    },
    /// The same word twice where once is enough.
    Repeated {
        /// The word.
        word: &'static str,
    },
    /// Entries of a block parted by commas.
    CommaBetweenEntries,
    /// A column without a file.
    ColumnWithoutFile {
        /// The column's word.
        word: String,
    },
    /// `1,000`
    ThousandsComma {
        /// How it is written.
        plain: String,
    },
    /// `5m`
    UnknownScale {
        /// The letters.
        letters: String,
        /// What may have been meant.
        plain: Option<String>,
    },
    /// `1.5e3`
    Exponent {
        /// The plain number.
        plain: Option<String>,
    },
    /// `5visits`
    AttachedUnit {
        /// How it is written.
        plain: String,
    },
    /// A currency's sign before and a unit behind a number.
    TwoUnits,
    /// More digits than numbers can have.
    NumberTooLarge,
    /// More decimal places than numbers can have.
    NumberTooPrecise,
    /// A number below zero where none is allowed.
    NegativeNumber,
    /// A day that its month does not have.
    NoSuchDay {
        /// The day as written.
        written: String,
        /// Its month, 1 to 12.
        month: u32,
        /// How many days that has.
        days: u32,
        /// The last of them, as a date.
        last: Option<String>,
    },
    /// A month that is none.
    NoSuchMonth {
        /// As written.
        written: String,
    },
    /// `Q5`
    NoSuchQuarter {
        /// As written.
        written: String,
    },
    /// `H3`
    NoSuchHalf {
        /// As written.
        written: String,
    },
    /// `T4`
    NoSuchTenDay {
        /// As written.
        written: String,
    },
    /// `W54`
    NoSuchWeek {
        /// As written.
        written: String,
        /// The year.
        year: i32,
        /// How many weeks it has.
        weeks: u32,
    },
    /// Not a date, but it looks like one.
    MisspeltDate {
        /// As written.
        written: String,
        /// How it is written.
        plain: Option<String>,
    },
    /// A period where only a day will do.
    PeriodForDay {
        /// As written.
        written: String,
    },
    /// `25:00`
    NoSuchTime {
        /// As written.
        written: String,
    },
    /// `month on 32`
    NoSuchDayOfMonth {
        /// As written.
        written: String,
    },
}

impl Message {
    /// The code, `area::name`; it does not change between releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unexpected { .. } => "syntax::unexpected",
            Self::UnknownStatement { .. } => "syntax::unknown-statement",
            Self::MisplacedStatement { .. } => "syntax::misplaced-statement",
            Self::NoStatement { .. } => "syntax::no-statement",
            Self::UnclosedBlock => "syntax::unclosed-block",
            Self::StrayBrace => "syntax::stray-brace",
            Self::MissingBlock { .. } => "syntax::missing-block",
            Self::BraceOnNextLine => "syntax::brace-on-next-line",
            Self::TooDeep { .. } => "syntax::too-deep",
            Self::Leftover { .. } => "syntax::leftover",
            Self::UnclosedString => "syntax::unclosed-string",
            Self::UnknownEscape { .. } => "syntax::unknown-escape",
            Self::UnknownCharacter { .. } => "syntax::unknown-character",
            Self::Repeated { .. } => "syntax::repeated",
            Self::CommaBetweenEntries => "syntax::comma-between-entries",
            Self::ColumnWithoutFile { .. } => "syntax::column-without-file",
            Self::ThousandsComma { .. } => "number::thousands-comma",
            Self::UnknownScale { .. } => "number::unknown-scale",
            Self::Exponent { .. } => "number::exponent",
            Self::AttachedUnit { .. } => "number::attached-unit",
            Self::TwoUnits => "number::two-units",
            Self::NumberTooLarge => "number::too-large",
            Self::NumberTooPrecise => "number::too-precise",
            Self::NegativeNumber => "number::negative",
            Self::NoSuchDay { .. } => "date::no-such-day",
            Self::NoSuchMonth { .. } => "date::no-such-month",
            Self::NoSuchQuarter { .. } => "date::no-such-quarter",
            Self::NoSuchHalf { .. } => "date::no-such-half",
            Self::NoSuchTenDay { .. } => "date::no-such-ten-day",
            Self::NoSuchWeek { .. } => "date::no-such-week",
            Self::MisspeltDate { .. } => "date::misspelt",
            Self::PeriodForDay { .. } => "date::period-for-day",
            Self::NoSuchTime { .. } => "date::no-such-time",
            Self::NoSuchDayOfMonth { .. } => "date::no-such-day-of-month",
        }
    }

    /// Every code there is, in the order of the table; each has a fixture.
    pub const CODES: [&'static str; 34] = [
        "syntax::unexpected",
        "syntax::unknown-statement",
        "syntax::misplaced-statement",
        "syntax::no-statement",
        "syntax::unclosed-block",
        "syntax::stray-brace",
        "syntax::missing-block",
        "syntax::brace-on-next-line",
        "syntax::too-deep",
        "syntax::leftover",
        "syntax::unclosed-string",
        "syntax::unknown-escape",
        "syntax::unknown-character",
        "syntax::repeated",
        "syntax::comma-between-entries",
        "syntax::column-without-file",
        "number::thousands-comma",
        "number::unknown-scale",
        "number::exponent",
        "number::attached-unit",
        "number::two-units",
        "number::too-large",
        "number::too-precise",
        "number::negative",
        "date::no-such-day",
        "date::no-such-month",
        "date::no-such-quarter",
        "date::no-such-half",
        "date::no-such-ten-day",
        "date::no-such-week",
        "date::misspelt",
        "date::period-for-day",
        "date::no-such-time",
        "date::no-such-day-of-month",
    ];

    /// The message: lower case, no full stop, names in backticks.
    #[must_use]
    pub fn text(&self) -> String {
        english::text(self)
    }

    /// What to type, where there is something to say.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        english::help(self)
    }
}

/// What stands where something else was expected.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Found {
    /// This text.
    Text(String),
    /// Nothing more on the line.
    LineEnd,
}

/// What may stand somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)] // each is worded by the table
pub enum Expected {
    /// A word or sign as written.
    Word(&'static str),
    Name,
    Path,
    Text,
    Number,
    Whole,
    Percent,
    Amount,
    Change,
    Unit,
    Rate,
    Grain,
    Date,
    Moment,
    Time,
    Duration,
    TimeUnit,
    Weekday,
    Month,
    Zone,
    Priority,
    Letter,
    /// The `{` of a block.
    Block,
    /// The end of the statement.
    End,
    /// One of these words.
    OneOf(&'static [&'static str]),
}
