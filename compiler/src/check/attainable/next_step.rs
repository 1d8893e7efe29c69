//! Deals that nobody works on: open, and without a next step, or with one whose day is over.

use crate::check::finding::Finding;
use crate::check::remark::Remark;
use crate::check::subject::Subject;
use crate::plan::{Deal, GoalRef, Pipeline};

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (_, own, goals) in subject.pipelines() {
        let about: Vec<GoalRef> = goals.iter().copied().map(GoalRef::KeyResult).collect();
        for deal in own.deals.iter().filter(|deal| deal.counts()) {
            let called = called(own, deal);
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

/// A deal by its path, or by its title where a table has made its name.
fn called(pipeline: &Pipeline, deal: &Deal) -> String {
    match &deal.title {
        Some(title) => format!("{}.{} \"{title}\"", pipeline.name, deal.name),
        None => format!("{}.{}", pipeline.name, deal.name),
    }
}
