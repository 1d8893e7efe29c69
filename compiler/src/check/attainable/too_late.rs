//! Work that should have begun before the plan: it bears fruit only after its lag.
//!
//! What of it deals make up for is a note: open ones that close before the plan's start and the lag, by their probability, and
//! in full those that were won by then, in the plan.
//! What they do not make up for, and work of which no day is left, is a warning.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::read;
use crate::dates::DateSpan;
use crate::exact::{AboveZero, Exact, sum};
use crate::expand::Late;
use crate::message::{Message, WorkBefore};
use crate::plan::{Check, Deal, GoalRef, KeyResultId};
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal) in subject.goals() {
        let Some(expanded) = subject.expanded(id) else { continue };
        let place = goal.through.map_or(goal.place, |(_, place)| place);
        for late in &expanded.late {
            if let Some(finding) = told(subject, id, late, place) {
                found.push(finding);
            }
        }
    }
}

fn told(
    subject: &Subject<'_>,
    id: KeyResultId,
    late: &Late,
    place: crate::sources::Place,
) -> Option<Finding> {
    let plan = subject.plan;
    let (own, metric) = (GoalRef::KeyResult(id), &plan[late.metric]);
    let start = plan.period.first.to_string();
    if late.nothing_left {
        let remark = Remark::WindowBeforePlan { metric: metric.name.clone(), start };
        return Some(Finding::new(own, remark, place));
    }
    if !late.amount.is_above_zero() {
        return None;
    }
    let amount = read(metric, &metric.step.amount(&late.amount));
    let (name, from) = (metric.name.clone(), late.from.to_string());
    let deals = under_way(subject, id, late);
    Some(match deals {
        Some(deals) if deals.worth <= deals.weighted => {
            let work = WorkBefore { amount, metric: name, from, start, deals: deals.read };
            let message = Message::BeforePlan { work: Box::new(work) };
            Finding::told(Check::TooLate, vec![own], message, place)
        }
        deals => {
            let deals = deals.filter(|deals| deals.weighted.is_above_zero()).map(|deals| deals.read);
            Finding::new(own, Remark::TooLate { amount, metric: name, from, start, deals }, place)
        }
    })
}

/// Deals that are under way.
struct UnderWay {
    /// What they bring: open ones by their probability.
    weighted: Exact,
    /// The same, for people to read.
    read: String,
    /// What the late work stands for.
    worth: Exact,
}

/// The deals of the goal that close or were won before the late work would have borne fruit, and what that work stands for in
/// the goal's own metric: its part of the stage is the part of the goal that comes of it.
fn under_way(subject: &Subject<'_>, id: KeyResultId, late: &Late) -> Option<UnderWay> {
    let plan = subject.plan;
    let (metric, total) = late.above.last()?;
    let pipelines = subject.pipelines().filter(|(_, _, goals)| goals.binary_search(&id).is_ok());
    let deals: Vec<&Deal> = pipelines.flat_map(|(_, pipeline, _)| &pipeline.deals).collect();
    if deals.is_empty() {
        return None;
    }
    let in_time = DateSpan { first: plan.period.first, last: late.bears_until };
    let won = deals.iter().filter_map(|deal| deal.won()).filter(|(on, _)| in_time.contains(*on));
    let closing = deals.iter().filter(|deal| deal.close.is_some_and(|close| close <= late.bears_until));
    let brought = won.map(|(_, amount)| amount.clone()).chain(closing.filter_map(|deal| deal.weighted()));
    let weighted = sum(&brought.collect::<Vec<_>>());
    let read = read(&plan[*metric], &weighted);
    let part = Exact::from_parts_signed(late.amount.clone(), late.total.clone());
    Some(UnderWay { weighted, read, worth: plan[*metric].step.amount(total) * part })
}
