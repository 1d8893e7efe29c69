//! What is to be done next for deals, as events of a calendar.

use chrono::NaiveDate;

use super::ics::{amount, unit};
use crate::exact::{short_digits, whole};
use crate::plan::{Deal, NextStep, PersonId, Pipeline, Plan};

/// The next step of an open deal that says by when.
#[derive(Clone, Copy, Debug)]
pub(super) struct DealStep<'a> {
    pub(super) by: NaiveDate,
    pub(super) pipeline: &'a Pipeline,
    pub(super) deal: &'a Deal,
    step: &'a NextStep,
}

/// The next steps of a plan, of `person` alone where somebody is asked for; by day, those of a day in declaration order.
pub(super) fn next_steps(plan: &Plan, person: Option<PersonId>) -> Vec<DealStep<'_>> {
    let mut steps = Vec::new();
    for pipeline in &plan.pipelines {
        let open = pipeline.deals.iter().filter(|deal| deal.is_open());
        for deal in open.filter(|deal| person.is_none() || deal.owner == person) {
            if let Some((step, by)) = deal.next.as_ref().and_then(|step| Some((step, step.by?))) {
                steps.push(DealStep { by, pipeline, deal, step });
            }
        }
    }
    steps.sort_by_key(|step| step.by);
    steps
}

impl DealStep<'_> {
    /// `刘: send the quote · Acme, second phase`; `named` in a calendar of more than one person.
    pub(super) fn summary(&self, plan: &Plan, named: bool) -> String {
        let deal = self.deal.title.as_ref().unwrap_or(&self.deal.name);
        let text = format!("{} · {deal}", self.step.what);
        match self.deal.owner.filter(|_| named).map(|owner| &plan[owner]) {
            Some(owner) => format!("{}: {text}", owner.title.as_ref().unwrap_or(&owner.name).trim()),
            None => text,
        }
    }

    /// What there is to know about the deal, a line each.
    pub(super) fn description(&self, plan: &Plan) -> String {
        let (deal, metric) = (self.deal, self.pipeline.metric);
        let mut lines = Vec::new();
        if let Some(exact) = &deal.amount {
            let mut text = "amount ".to_owned();
            amount(&mut text, plan, metric, exact);
            unit(&mut text, &plan[metric].unit);
            lines.push(text);
        }
        if let Some(stage) = deal.stage.and_then(|stage| self.pipeline.stages.get(stage)) {
            lines.push(format!("stage {}", stage.name));
        }
        if let Some(chance) = &deal.chance {
            lines.push(format!("chance {} %", short_digits(&(chance * whole(100)), 2)));
        }
        if let Some(close) = deal.close {
            lines.push(format!("close {close}"));
        }
        lines.join("\n")
    }
}
