//! From a plan to dated work. One key result at a time: what a key result becomes depends on the plan's
//! declarations that it names and on nobody else's key results.

pub mod almanac;
pub mod apportion;
pub mod ceiling;
pub mod chain;
pub mod course;
mod cut;
mod deal;
pub mod existing;
mod fitting;
pub mod heads;
pub mod key_result;
mod late;
pub mod level;
pub mod line;
pub mod presence;
mod relevel;
mod renumber;
mod replan;
pub mod season;
pub mod seating;
pub mod share;
pub mod target;
pub mod weights;

pub use almanac::Almanac;
pub use chain::{Above, Link};
pub use course::{Course, Cursor, Phase};
pub use key_result::{Chain, KeyResultPlan, ReadLine, Stage, expand_key_result};
pub use late::Late;
pub use line::{Anew, Line, Unit};
pub use presence::{Presence, Presences};
pub(crate) use renumber::renumber;
pub use seating::Seated;
pub use target::Totals;

use chrono::NaiveDate;

use crate::diagnostic::{self, Diagnostics};
use crate::plan::{KeyResultId, Plan};

/// How far a plan is expanded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Depth {
    /// To everybody's amounts, which is all that messages are about; there are lines only of what has a ceiling.
    Amounts,
    /// To the days.
    Days,
}

/// Expands every key result of the plan, in declaration order. With `replan`, what happened up to the end of that day
/// stays, and the rest is planned anew.
#[must_use]
pub fn expand(
    plan: &Plan,
    almanac: &Almanac,
    depth: Depth,
    replan: Option<NaiveDate>,
    diagnostics: &mut Diagnostics,
) -> Vec<KeyResultPlan> {
    let mut expanded = Vec::with_capacity(plan.key_results.len());
    for index in 0..plan.key_results.len() {
        let id = KeyResultId::new(index);
        diagnostics.enter(diagnostic::Stage::Expand, plan[id].place.item);
        let (key_result, messages) = expand_key_result(plan, almanac, id, depth);
        diagnostics.append(messages);
        expanded.extend(key_result.map(|key_result| match replan {
            Some(as_of) => replan::replan(plan, almanac, key_result, as_of, diagnostics),
            None => key_result,
        }));
    }
    expanded
}
