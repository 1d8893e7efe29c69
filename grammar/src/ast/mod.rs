//! The tree: one type per declaration and statement, spans on everything a message may point at.
//!
//! Nothing here is resolved. Names are text, dates are checked to exist, numbers are exact decimals with
//! their scale letters applied, strings are unescaped.

mod actual;
mod calendar;
mod funnel;
mod goal;
mod metric;
mod people;
mod plan;
mod smart;
mod table;
mod value;
mod work;

pub use actual::*;
pub use calendar::*;
pub use funnel::*;
pub use goal::*;
pub use metric::*;
pub use people::*;
pub use plan::*;
pub use smart::*;
pub use table::*;
pub use value::*;
pub use work::*;

use crate::span::Span;

/// What a file is made of.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)] // each variant is named by the keyword that opens it
pub enum Declaration {
    Plan(Plan),
    Include(Text),
    Calendar(Calendar),
    Metric(Metric),
    Team(Team),
    Person(Person),
    History(History),
    Funnel(Funnel),
    Accounts(Accounts),
    Pipeline(Pipeline),
    Objective(Objective),
    Action(Action),
    Review(Review),
    Incentive(Incentive),
    Actual(Actual),
    Actuals(Actuals),
    Scenario(Scenario),
    Smart(Smart),
    /// Text that could not be read; the message is among the item's errors.
    Broken(Span),
}
