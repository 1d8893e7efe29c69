//! How much a working day has to bring.

use dashu_int::IBig;
use milepost_grammar::ast::{Better, Grain};

use crate::dates::DateSpan;
use crate::expand::{KeyResultPlan, Presences, target};
use crate::plan::{Holder, MetricId, Plan};

use super::amounts::Who;

/// `at least 5 a day`, or at most, of what is better lower.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pace {
    /// How much.
    pub amount: String,
    /// Whether it is the most, else the least.
    pub at_most: bool,
}

/// The pace of somebody who has `steps` of a metric that is planned by days: ceil(amount ÷ working days in its
/// window).
pub(super) fn pace(
    plan: &Plan,
    presences: &Presences,
    key_result: &KeyResultPlan,
    metric: MetricId,
    who: Who,
    steps: i128,
) -> Option<Pace> {
    let declared = &plan[metric];
    if declared.grain != Grain::Day || key_result.totals.is_none() || steps <= 0 {
        return None;
    }
    let lines = key_result.stages().filter(|stage| stage.link.metric == metric);
    let own = lines.flat_map(|stage| &stage.lines).filter(|line| match who {
        Who::Person(person) => line.person == Some(person),
        Who::Team(_) => line.person.is_none(),
    });
    let window = own
        .map(|line| line.course.window())
        .reduce(|a, b| DateSpan { first: a.first.min(b.first), last: a.last.max(b.last) })?;
    let holder = match who {
        Who::Person(person) => Some(Holder::Person(person)),
        Who::Team(team) => team.map(Holder::Team),
    };
    let days = presences.holder(plan, holder).count(window);
    let steps = target::pace(&IBig::from(steps), days)?;
    Some(Pace { amount: target::read(&declared.step, &steps), at_most: declared.better == Better::Lower })
}
