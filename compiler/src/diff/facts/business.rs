//! The existing business, and open opportunities.

use super::people::same_rate;
use super::{Facts, Teller, number, percent, quoted};
use crate::diff::thing::{Aspect, Fact, Thing, Value, What};
use crate::exact::Exact;
use crate::page::Label;
use crate::plan::{Account, AccountBook, Deal, DealEnd, Holder, MetricId, Pipeline, Retention};
use crate::show::english::rate;

impl Teller<'_> {
    pub(super) fn books(&self) -> Vec<Thing> {
        self.plan.books.iter().map(|book| self.book(book)).collect()
    }

    fn book(&self, book: &AccountBook) -> Thing {
        let mut facts = Facts::default();
        facts.say(Aspect::Setting, "of", Value::text(self.metric(book.metric)), book.place);
        let amounts = book.accounts.iter().map(|account| &account.amount);
        let summary = Some(self.in_all("account", book.metric, amounts));
        let holds = book.accounts.iter().map(|account| account.title.clone()).collect();
        Thing { summary, holds, ..Thing::new(&book.name, book.title.as_deref(), facts.0, book.place) }
    }

    /// How many there are, and what they come to.
    fn in_all<'e>(
        &self,
        one: &str,
        metric: MetricId,
        amounts: impl ExactSizeIterator<Item = &'e Exact>,
    ) -> Value {
        let count = amounts.len();
        let all = amounts.fold(Exact::ZERO, |all, amount| all + amount);
        let plural = if count == 1 { "" } else { "s" };
        Value::text(format!("{count} {one}{plural}, {}", self.amount(metric, &all)))
    }

    pub(super) fn accounts(&self) -> Vec<Thing> {
        let books = self.plan.books.iter();
        books.flat_map(|book| book.accounts.iter().map(|account| self.account(book, account))).collect()
    }

    fn account(&self, book: &AccountBook, account: &Account) -> Thing {
        let mut facts = Facts::default();
        let amount = Value::text(self.amount(book.metric, &account.amount));
        facts.say(Aspect::Assumption, "amount", amount.clone(), account.place);
        let Retention { part, written, place } = &account.retention;
        let retained = Value::text(written.as_ref().map_or_else(|| percent(part), rate));
        let fact = Fact::new(Aspect::Assumption, "retain", retained, *place);
        facts.0.push(
            fact.or_same(written.as_ref().map_or_else(|| part.to_string(), |said| same_rate(part, said))),
        );
        let owner = account.owner.map(|owner| Value::text(self.holder(Holder::Person(owner))));
        facts.some(Aspect::Owner, "owner", owner, account.place);
        facts.some(Aspect::Date, "renews", account.renews.map(Value::day), account.place);
        let around = Label::new(self.renamed.get(What::Accounts, &book.name), book.title.as_deref());
        let own = Some(format!("{}.{}", book.name, account.title));
        let name = format!("{}.{}", around.name, account.title);
        let within = vec![around];
        Thing { own, within, summary: Some(amount), ..Thing::new(name, None, facts.0, account.place) }
    }

    pub(super) fn pipelines(&self) -> Vec<Thing> {
        self.plan.pipelines.iter().map(|pipeline| self.pipeline(pipeline)).collect()
    }

    fn pipeline(&self, pipeline: &Pipeline) -> Thing {
        let mut facts = Facts::default();
        facts.say(Aspect::Setting, "of", Value::text(self.metric(pipeline.metric)), pipeline.place);
        if let Some(open) = &pipeline.open {
            let each = if open.each { " each" } else { "" };
            let value = format!("{}..{}{each}", number(&open.least), number(&open.most));
            facts.say(Aspect::Setting, "open", Value::text(value), open.place);
        }
        for stage in &pipeline.stages {
            let chance = Value::text(percent(&stage.chance));
            facts.say(Aspect::Assumption, format!("stage {}", stage.name), chance, stage.place);
        }
        let amounts: Vec<&Exact> = pipeline.deals.iter().filter_map(|deal| deal.amount.as_ref()).collect();
        let summary = Some(self.in_all("deal", pipeline.metric, amounts.into_iter()));
        let holds = pipeline.deals.iter().map(|deal| deal.name.clone()).collect();
        let (name, title) = (&pipeline.name, pipeline.title.as_deref());
        Thing { summary, holds, ..Thing::new(name, title, facts.0, pipeline.place) }
    }

    pub(super) fn deals(&self) -> Vec<Thing> {
        let pipelines = self.plan.pipelines.iter();
        pipelines.flat_map(|pipeline| pipeline.deals.iter().map(|deal| self.deal(pipeline, deal))).collect()
    }

    fn deal(&self, pipeline: &Pipeline, deal: &Deal) -> Thing {
        let mut facts = Facts::default();
        let amount = |amount: &Exact| Value::text(self.amount(pipeline.metric, amount));
        let brings = deal.amount.as_ref().map(amount);
        facts.some(Aspect::Assumption, "amount", brings.clone(), deal.place);
        facts.some(Aspect::Date, "close", deal.close.map(Value::day), deal.place);
        let stage = deal.stage.and_then(|stage| pipeline.stages.get(stage));
        facts.some(Aspect::Assumption, "stage", stage.map(|stage| Value::text(&stage.name)), deal.place);
        // What its stage says of all deals there is told of the stage.
        let own = |chance: &&Exact| stage.is_none_or(|stage| stage.chance != **chance);
        let chance = deal.chance.as_ref().filter(own).map(|chance| Value::text(percent(chance)));
        facts.some(Aspect::Assumption, "probability", chance, deal.place);
        let owner = deal.owner.map(|owner| Value::text(self.holder(Holder::Person(owner))));
        facts.some(Aspect::Owner, "owner", owner, deal.place);
        let category = deal.category.map(|category| Value::text(category.word()));
        facts.some(Aspect::Assumption, "category", category, deal.place);
        if let Some(next) = &deal.next {
            let value = quoted(&next.what);
            let value = match next.by {
                Some(by) => value.and(" by ").on(by),
                None => value,
            };
            facts.say(Aspect::Text, "next", value, next.place);
        }
        if let Some(end) = &deal.end {
            let (word, on, more) = match end {
                DealEnd::Won { on, amount: brings } => ("won", on, brings.as_ref().map(amount)),
                DealEnd::Lost { on, why } => ("lost", on, why.as_deref().map(quoted)),
            };
            let value = on.map_or_else(|| Value::text("no day said"), Value::day);
            let value = more.iter().fold(value, |value, more| value.and(" ").and(more.shown()));
            facts.say(Aspect::Actual, word, value, deal.place);
        }
        let around = Label::new(self.renamed.get(What::Pipeline, &pipeline.name), pipeline.title.as_deref());
        let own = Some(format!("{}.{}", pipeline.name, deal.name));
        let name = format!("{}.{}", around.name, deal.name);
        let within = vec![around];
        let title = deal.title.as_deref();
        Thing { own, within, summary: brings, ..Thing::new(name, title, facts.0, deal.place) }
    }
}
