//! Funnels: what one unit of an outcome takes.

use milepost_grammar::ast::RateValue;

use crate::exact::Exact;
use crate::plan::MetricId;
use crate::sources::Place;

/// A funnel.
#[derive(Clone, Debug)]
pub struct Funnel {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared.
    pub place: Place,
    /// Its lines, in declaration order; free of cycles.
    pub lines: Vec<FunnelLine>,
}

/// `orders <- visits 1 in 20 lag 14 days`
#[derive(Clone, PartialEq, Debug)]
pub struct FunnelLine {
    /// A name for paths.
    pub label: Option<String>,
    /// That name, where it is declared.
    pub label_place: Option<Place>,
    /// What is needed.
    pub left: MetricId,
    /// What it takes.
    pub right: MetricId,
    /// How much of it.
    pub need: Need,
    /// How much earlier.
    pub lag: Lag,
    /// Which part of the left goes this way; `None` where all of it does.
    pub part: Option<Exact>,
    /// The statement.
    pub place: Place,
}

/// How much earlier an action comes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Lag {
    /// Calendar days.
    Days(u32),
    /// Working days of the plan's calendar.
    Workdays(u32),
}

/// How much of the right one unit of the left takes.
#[derive(Clone, PartialEq, Debug)]
pub struct Need {
    /// Units of the right per unit of the left, as planned with: the point, the range's middle, or k/n.
    pub planned: Exact,
    /// As written.
    pub written: NeedWritten,
    /// Where.
    pub place: Place,
}

/// A need as written.
#[derive(Clone, PartialEq, Debug)]
pub enum NeedWritten {
    /// One of the right brings that much of the left (least and most where a range was written).
    Each(Exact, Option<Exact>),
    /// A rate.
    Rate(RateValue),
}
