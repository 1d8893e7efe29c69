//! `calendar`.

use crate::ast::{DateRange, Name, Text, Weekday};
use crate::span::Span;

/// `calendar NAME { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Calendar {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the block says, in order.
    pub body: Vec<CalendarStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of a calendar block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum CalendarStatement {
    /// `week mon..fri` or `week mon, tue`: the days written out.
    Week(Vec<Weekday>, Span),
    Import(CalendarImport),
    Off(CalendarDays),
    Work(CalendarDays),
    /// `covers 2026`
    Covers(DateRange),
    Broken(Span),
}

/// `import "holidays.ics" work "班|补班"`
#[derive(Clone, PartialEq, Debug)]
pub struct CalendarImport {
    /// The file.
    pub file: Text,
    /// Words, parted by `|`, that make an event a working day.
    pub work: Option<Text>,
    /// The statement.
    pub span: Span,
}

/// `off RANGE "why"` or `work RANGE "why"`
#[derive(Clone, PartialEq, Debug)]
pub struct CalendarDays {
    /// Which days.
    pub range: DateRange,
    /// Why.
    pub text: Option<Text>,
    /// The statement.
    pub span: Span,
}
