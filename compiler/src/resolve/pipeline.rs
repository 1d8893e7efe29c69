//! Pipelines.

use std::collections::HashMap;

use milepost_grammar::Span;
use milepost_grammar::ast::{self, Category, DealStatement, PipelineStatement};

use super::Resolver;
use super::declare::Declarations;
use super::names::plain;
use super::once::Once;
use crate::diagnostic::Diagnostic;
use crate::exact::{Exact, exact};
use crate::message::{Lack, Message};
use crate::noun::Noun;
use crate::plan::{Completeness, Deal, DealEnd, DealStage, MetricId, NextStep, OpenDeals, Pipeline, decides};
use crate::sources::Place;

/// A stage as deals name it.
pub(super) struct KnownStage {
    pub(super) name: String,
    /// Its name where it is declared.
    place: Place,
    /// Its place in the pipeline, and its chance; none where its chance is wrong.
    pub(super) chance: Option<(usize, Exact)>,
}

impl Resolver<'_> {
    pub(super) fn pipelines(&mut self, declared: &Declarations<'_>) {
        for pipeline in &declared.pipelines {
            self.enter(pipeline.at);
            let resolved = self.pipeline(pipeline.tree);
            // One without a metric, of which nothing can be counted, is left out; waivers look for pipelines by name.
            if pipeline.kept {
                self.plan.pipelines.extend(resolved);
            }
        }
    }

    fn pipeline(&mut self, tree: &ast::Pipeline) -> Option<Pipeline> {
        let metric =
            self.find_metric(&tree.metric).filter(|metric| self.can_be_kept(*metric, tree.metric.span));
        let mut read = Completeness::Whole;
        let mut open = Once::default();
        for statement in &tree.body {
            match statement {
                PipelineStatement::Open(said) => {
                    let resolved = self.open_deals(said);
                    open.set(self, "open", resolved, said.span);
                }
                PipelineStatement::Broken(_) => read = Completeness::Broken,
                PipelineStatement::Stage(_) | PipelineStatement::Deal(_) => {}
            }
        }
        let (stages, known) = self.stages(tree);
        if known.iter().any(|stage| stage.chance.is_none()) {
            read = Completeness::Broken;
        }
        let mut deals = Vec::new();
        if let Some(from) = &tree.from {
            read = read.max(self.deal_table(metric, &known, from, &mut deals));
        }
        let mut taken: HashMap<String, Place> =
            deals.iter().map(|deal| (deal.name.clone(), deal.place)).collect();
        for statement in &tree.body {
            let PipelineStatement::Deal(said) = statement else { continue };
            let deal = self.deal(metric, &known, tree, said);
            let free = self.free(Noun::Deal, &mut taken, &said.name);
            match deal.filter(|_| free) {
                Some(deal) => deals.push(deal),
                None => read = read.max(Completeness::WithoutSome),
            }
        }
        Some(Pipeline {
            name: plain(&tree.name),
            title: tree.title.as_ref().map(|title| title.value.clone()),
            place: self.place(tree.name.span),
            metric: metric?,
            open: open.value().flatten(),
            stages,
            deals,
            read,
        })
    }

    /// Takes a name of a pipeline's own, or says who has it.
    fn free(&mut self, noun: Noun, taken: &mut HashMap<String, Place>, name: &ast::Name) -> bool {
        let (plain, place) = (plain(name), self.place(name.span));
        let Some(first) = taken.get(&plain).copied() else {
            taken.insert(plain, place);
            return true;
        };
        let message = Message::DuplicateName { noun, name: plain.clone(), taken_by: noun };
        let label = Message::DeclaredHere { noun, name: plain };
        self.push(Diagnostic::new(message, place).label(first, label));
        false
    }

    fn open_deals(&mut self, said: &ast::OpenDeals) -> Option<OpenDeals> {
        let (least, most) = (exact(said.least.value), exact(said.most.value));
        let mut whole = true;
        for (number, span) in [(&least, said.least.span), (&most, said.most.span)] {
            // One number stands for both.
            if !number.is_int() && (whole || span != said.least.span) {
                self.say(Message::OpenNotWhole { written: self.written(span) }, span);
                whole = false;
            }
        }
        if least > most {
            let span = said.least.span.to(said.most.span);
            self.say(Message::ReversedRange { written: self.written(span) }, span);
            return None;
        }
        whole.then(|| OpenDeals { least, most, each: said.each, place: self.place(said.span) })
    }

    /// The stages that can be counted with, and all that deals may name.
    fn stages(&mut self, tree: &ast::Pipeline) -> (Vec<DealStage>, Vec<KnownStage>) {
        let (mut stages, mut known) = (Vec::new(), Vec::new());
        let mut taken = HashMap::new();
        for statement in &tree.body {
            let PipelineStatement::Stage(said) = statement else { continue };
            let chance = self.chance(&said.probability);
            if !self.free(Noun::Stage, &mut taken, &said.name) {
                continue;
            }
            let name = plain(&said.name);
            known.push(KnownStage {
                name: name.clone(),
                place: self.place(said.name.span),
                chance: chance.clone().map(|chance| (stages.len(), chance)),
            });
            let place = self.place(said.span);
            stages.extend(chance.map(|chance| DealStage { name, chance, place }));
        }
        (stages, known)
    }

    /// A deal that is written out, if all of it can be read.
    fn deal(
        &mut self,
        metric: Option<MetricId>,
        known: &[KnownStage],
        pipeline: &ast::Pipeline,
        said: &ast::Deal,
    ) -> Option<Deal> {
        let mut all = Statements::default();
        let mut whole = true;
        for statement in &said.body {
            whole &= self.deal_statement(metric, known, statement, &mut all);
        }
        if let (Some((_, first)), Some((_, second))) = (all.won.get(), all.lost.get()) {
            let (first, second) = if first.start < second.start { (first, second) } else { (second, first) };
            self.twice(Message::WonAndLost { deal: plain(&said.name) }, *second, *first);
            whole = false;
        }
        let end = all.won.get().or(all.lost.get()).map(|(end, _)| end.clone());
        let stage = all.stage.get().cloned().flatten();
        let mut deal = Deal {
            name: plain(&said.name),
            title: said.title.as_ref().map(|title| title.value.clone()),
            amount: all.amount.get().cloned().flatten(),
            close: all.close.get().copied(),
            owner: all.owner.get().copied().flatten(),
            stage: stage.as_ref().map(|(stage, _)| *stage),
            chance: all.probability.get().cloned().flatten(),
            category: all.category.get().copied(),
            next: all.next.get().cloned(),
            end,
            place: self.place(said.name.span),
            row: None,
        };
        settle(&mut deal, stage.map(|(_, chance)| chance), None);
        if !whole {
            return None;
        }
        let lacks = lacks(&deal);
        if !lacks.is_empty() && metric.is_some() {
            let path = format!("{}.{}", plain(&pipeline.name), deal.name);
            let won_for = matches!(deal.end, Some(DealEnd::Won { amount: Some(_), .. }));
            let message = Message::DealIncomplete { deal: path, lacks, ended: !deal.is_open(), won_for };
            self.say(message, said.name.span);
        }
        Some(deal)
    }

    /// Takes a statement of a deal in; false if it could not be read.
    fn deal_statement(
        &mut self,
        metric: Option<MetricId>,
        known: &[KnownStage],
        said: &DealStatement,
        all: &mut Statements,
    ) -> bool {
        match said {
            DealStatement::Amount(said) => {
                let amount = metric.and_then(|metric| self.amount(metric, said));
                let read = amount.is_some();
                all.amount.set(self, "amount", amount, said.span);
                read
            }
            DealStatement::Close(date) => {
                all.close.set(self, "close", date.value, date.span);
                true
            }
            DealStatement::Owner(name) => {
                let person = self.find_person(name);
                all.owner.set(self, "owner", person, name.span);
                person.is_some()
            }
            DealStatement::Stage(name) => {
                let stage = self.stage(known, name);
                let read = stage.is_some();
                all.stage.set(self, "stage", stage, name.span);
                read
            }
            DealStatement::Probability(rate) => {
                let chance = self.chance(rate);
                let read = chance.is_some();
                all.probability.set(self, "probability", chance, rate.span);
                read
            }
            DealStatement::Category(category) => {
                all.category.set(self, "category", category.value, category.span);
                true
            }
            DealStatement::Next { what, by, span } => {
                let by = by.as_ref().map(|by| by.value);
                let next = NextStep { what: what.value.clone(), by, place: self.place(*span) };
                all.next.set(self, "next", next, *span);
                true
            }
            DealStatement::Won { on, amount: said, span } => {
                let amount =
                    said.as_ref().and_then(|said| metric.and_then(|metric| self.amount(metric, said)));
                let read = said.is_none() || amount.is_some();
                let end = DealEnd::Won { on: Some(on.value), amount };
                all.won.set(self, "won", (end, *span), *span);
                read
            }
            DealStatement::Lost { on, why, span } => {
                let why = why.as_ref().map(|why| why.value.clone());
                all.lost.set(self, "lost", (DealEnd::Lost { on: Some(on.value), why }, *span), *span);
                true
            }
            DealStatement::Broken(_) => false,
        }
    }

    fn stage(&mut self, known: &[KnownStage], name: &ast::Name) -> Option<(usize, Exact)> {
        let wanted = plain(name);
        if let Some(stage) = known.iter().find(|stage| stage.name == wanted) {
            self.refer(name.span, stage.place);
            return stage.chance.clone();
        }
        let near = self.suggester.nearest_word(&name.value, known.iter().map(|stage| stage.name.as_str()));
        let diagnostic = super::unknown(Noun::Stage, &name.value, near, self.place(name.span));
        self.push(diagnostic);
        None
    }
}

/// What a deal's block says.
#[derive(Default)]
struct Statements {
    amount: Once<Option<Exact>>,
    close: Once<chrono::NaiveDate>,
    owner: Once<Option<crate::plan::PersonId>>,
    stage: Once<Option<(usize, Exact)>>,
    probability: Once<Option<Exact>>,
    category: Once<Category>,
    next: Once<NextStep>,
    won: Once<(DealEnd, Span)>,
    lost: Once<(DealEnd, Span)>,
}

/// Gives a deal the chance of its stage where it has none of its own. A stage of certainty has decided it, on the day
/// of its close; `why` is why it was lost then.
pub(super) fn settle(deal: &mut Deal, stage: Option<Exact>, why: Option<String>) {
    let Some(stage) = stage else { return };
    if deal.end.is_none() && decides(&stage) {
        deal.end = Some(if stage.is_zero() {
            DealEnd::Lost { on: deal.close, why }
        } else {
            DealEnd::Won { on: deal.close, amount: None }
        });
    }
    deal.chance.get_or_insert(stage);
}

/// What a deal does not say, and has to be known to count it.
pub(super) fn lacks(deal: &Deal) -> Vec<Lack> {
    let brings_nothing = deal.brings().is_none_or(Exact::is_zero);
    let (amount, close, chance) = match &deal.end {
        None if deal.counts() => (brings_nothing, deal.close.is_none(), deal.chance.is_none()),
        None => (false, false, false),
        Some(DealEnd::Won { on, .. }) => (brings_nothing, on.is_none(), false),
        Some(DealEnd::Lost { on, .. }) => (false, on.is_none(), false),
    };
    let lacks = [(amount, Lack::Amount), (close, Lack::Close), (chance, Lack::Chance)];
    lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, lack)| lack).collect()
}
