//! Goals that are kept or done, not added up: `hold` and `reach`; and what is said of goals on the way.

use milepost_grammar::Span;
use milepost_grammar::ast::{self, DateOrPeriod};

use super::Resolver;
use crate::dates::DateSpan;
use crate::exact::{Exact, percent};
use crate::message::Message;
use crate::plan::{CheckIn, Dropped, Hold, Reach};

impl Resolver<'_> {
    /// What is held within which bounds.
    pub(super) fn hold(&mut self, said: &ast::Hold) -> Option<Hold> {
        let metric = self.find_metric(&said.metric)?;
        let mut bound = |amount: &Option<ast::Quantity>| {
            amount.as_ref().map(|amount| self.amount(metric, amount).ok_or(())).transpose()
        };
        let (least, most) = (bound(&said.least), bound(&said.most));
        let (least, most) = (least.ok()?, most.ok()?);
        if let (Some(least), Some(most), Some(first), Some(last)) = (&least, &most, &said.least, &said.most)
            && least > most
        {
            let span = first.span.to(last.span);
            self.say(Message::ReversedRange { written: self.written(span) }, span);
            return None;
        }
        Some(Hold { metric, least, most, says_by: said.by.is_some(), place: self.place(said.span) })
    }

    /// The items of a checklist; what says no day of its own is due on the last of `window`.
    pub(super) fn reach(&mut self, said: &[&ast::Reach], window: DateSpan) -> Vec<Reach> {
        let mut items = Vec::with_capacity(said.len());
        for said in said {
            let by = said.by.and_then(|by| self.day_inside_plan(by)).unwrap_or(window.last);
            items.push(Reach {
                title: said.title.as_ref().map(|title| title.value.clone()),
                by,
                dated: said.by.is_some() || said.done.is_some(),
                done: said.done.map(|done| done.value),
                place: self.place(said.span),
            });
        }
        items
    }

    /// The day by which all of a checklist is due, if each item says its own.
    pub(super) fn last_reach(&mut self, said: &[&ast::Reach]) -> Option<DateOrPeriod> {
        let mut last = None;
        for said in said {
            let by = said.by?;
            let day = self.days(by)?.last;
            if last.is_none_or(|(latest, _)| latest < day) {
                last = Some((day, by));
            }
        }
        last.map(|(_, by)| by)
    }

    /// That a goal was given up.
    pub(super) fn dropped(&mut self, on: &ast::Date, why: Option<&ast::Text>, span: Span) -> Dropped {
        Dropped { on: on.value, why: why.map(|why| why.value.clone()), place: self.place(span) }
    }

    /// How a goal stood.
    pub(super) fn check_in(&mut self, said: &ast::CheckIn) -> CheckIn {
        let texts = |texts: &[ast::Text]| texts.iter().map(|text| text.value.clone()).collect();
        let confidence = said.confidence.as_ref().map(|number| (percent(number.value), number.span));
        if let Some((_, span)) = confidence.as_ref().filter(|(part, _)| *part > Exact::ONE) {
            self.say(Message::ConfidenceOverOne { written: self.written(*span) }, *span);
        }
        CheckIn {
            on: said.on.value,
            confidence: confidence.map(|(part, _)| part).filter(|part| *part <= Exact::ONE),
            good: texts(&said.good),
            bad: texts(&said.bad),
            next: texts(&said.next),
            place: self.place(said.span),
        }
    }
}
