//! Deals that nobody works on: open, and without a next step, or with one whose day is over.

use crate::check::finding::Finding;
use crate::check::remark::Remark;
use crate::check::subject::Subject;
use crate::pipeline;
use crate::plan::{Deal, GoalRef, PipelineId};

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan;
    for id in (0..plan.pipelines.len()).map(PipelineId::new) {
        let own = &plan[id];
        let goals = pipeline::goals(plan, id, subject.given.expanded);
        let about: Vec<GoalRef> = goals.into_iter().map(GoalRef::KeyResult).collect();
        for deal in own.deals.iter().filter(|deal| deal.counts()) {
            let called = format!("{}.{}", own.name, called(deal));
            let remark = match &deal.next {
                None => Remark::NoNextStep { deal: called },
                Some(next) => match (next.by, subject.given.as_of) {
                    (Some(by), Some(as_of)) if by < as_of => {
                        Remark::NextStepPast { deal: called, by: by.to_string(), as_of: as_of.to_string() }
                    }
                    _ => continue,
                },
            };
            let place = deal.next.as_ref().map_or(deal.place, |next| next.place);
            found.push(Finding::of(about.clone(), remark, place));
        }
    }
}

/// The title of a deal that a table brings, whose name is nobody's word.
fn called(deal: &Deal) -> &str {
    &deal.name
}
