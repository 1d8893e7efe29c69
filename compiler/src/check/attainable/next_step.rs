//! Deals that nobody works on: open, and without a next step, with one whose day is over, or past the day on which they should
//! have been decided; and deals that are said to be decided on a day that has not come.
//!
//! Deals that come from one file are told of together.

use std::collections::BTreeMap;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::plan::{Deal, GoalRef, Pipeline, decides};
use crate::remark::Remark;
use crate::sources::Place;
use crate::table::excerpt;

/// What is wrong with a deal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Wrong {
    NoStep,
    StepPast,
    ClosePast,
    EndAhead { by_stage: bool },
}

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let as_of = subject.given.as_of;
    for (id, own, goals) in subject.pipelines() {
        let about: Vec<GoalRef> = goals.iter().copied().map(GoalRef::KeyResult).collect();
        let mut wrong: BTreeMap<(Wrong, Place), Vec<String>> = BTreeMap::new();
        for deal in &own.deals {
            if let (Some(ended), Some(as_of)) = (deal.ended(), as_of)
                && ended > as_of
            {
                wrong
                    .entry((Wrong::EndAhead { by_stage: decided_by_stage(own, deal) }, deal.place))
                    .or_default()
                    .push(called(own, deal, Some(ended)));
            }
        }
        for deal in own.deals.iter().filter(|deal| deal.counts()) {
            if let (Some(close), Some(as_of)) = (deal.close, as_of)
                && close < as_of
            {
                wrong.entry((Wrong::ClosePast, deal.place)).or_default().push(called(own, deal, Some(close)));
            }
            match deal.next.as_ref().filter(|next| !next.what.trim().is_empty()) {
                None => wrong.entry((Wrong::NoStep, deal.place)).or_default().push(called(own, deal, None)),
                Some(next) => {
                    if let (Some(by), Some(as_of)) = (next.by, as_of)
                        && by < as_of
                    {
                        let entry = wrong.entry((Wrong::StepPast, next.place)).or_default();
                        entry.push(called(own, deal, Some(by)));
                    }
                }
            }
        }
        for ((wrong, place), deals) in wrong {
            let as_of = as_of.map(|as_of| as_of.to_string()).unwrap_or_default();
            let remark = match wrong {
                Wrong::NoStep => Remark::NoNextStep { deals },
                Wrong::StepPast => Remark::NextStepPast { deals, as_of },
                Wrong::ClosePast => Remark::ClosePast { deals, as_of },
                Wrong::EndAhead { by_stage } => Remark::EndAhead { deals, as_of, by_stage },
            };
            found.push(Finding::of(about.clone(), remark, place).pipelines(vec![id]));
        }
    }
}

/// Whether it is its stage that says that a deal is decided.
fn decided_by_stage(pipeline: &Pipeline, deal: &Deal) -> bool {
    let stage = deal.stage.and_then(|stage| pipeline.stages.get(stage));
    stage.is_some_and(|stage| decides(&stage.chance)) && deal.close == deal.ended()
}

/// A deal by its path and title, with the day that is over.
fn called(pipeline: &Pipeline, deal: &Deal, on: Option<chrono::NaiveDate>) -> String {
    let mut text = format!("`{}.{}`", pipeline.name, excerpt(&deal.name));
    if let Some(title) = deal.title.as_ref().filter(|title| **title != deal.name) {
        text.push_str(&format!(" \"{}\"", excerpt(title)));
    }
    if let Some(on) = on {
        text.push_str(&format!(" ({on})"));
    }
    text
}
