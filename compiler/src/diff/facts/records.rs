//! What is taken for granted: funnels, accounts, pipelines, histories; and what happened.

use std::collections::HashMap;

use super::people::same_need;
use super::{Facts, Teller, number, percent, quoted};
use crate::diff::thing::{Aspect, Fact, Thing, Value, What};
use crate::plan::{
    AccountBook, DealEnd, Funnel, FunnelLine, History, Holder, Lag, Need, NeedWritten, Pipeline, reading,
};
use crate::show::english::rate;

impl Teller<'_> {
    /// What a line of a funnel is called: its own name, or what it takes.
    pub(super) fn line_name(&self, line: &FunnelLine) -> String {
        line.label
            .clone()
            .unwrap_or_else(|| format!("{} <- {}", self.metric(line.left), self.metric(line.right)))
    }

    /// A need as the language writes it.
    pub(super) fn need(&self, line: &FunnelLine, need: &Need) -> String {
        let each = |amount: &crate::exact::Exact| self.amount(line.left, amount);
        match &need.written {
            NeedWritten::Each(amount, None) => format!("{} each", each(amount)),
            NeedWritten::Each(least, Some(most)) => format!("{}..{} each", each(least), each(most)),
            NeedWritten::Rate(value) => rate(value),
        }
    }

    pub(super) fn funnels(&self) -> Vec<Thing> {
        self.plan.funnels.iter().map(|funnel| self.funnel(funnel)).collect()
    }

    fn funnel(&self, funnel: &Funnel) -> Thing {
        let mut facts = Facts::default();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for line in &funnel.lines {
            // Two lines of the same metrics are told apart by their order.
            let name = self.line_name(line);
            let count = counts.entry(name.clone()).or_default();
            *count += 1;
            let name = if *count == 1 { name } else { format!("{name} ({count})") };
            if line.label.is_some() {
                let takes = format!("{} <- {}", self.metric(line.left), self.metric(line.right));
                facts.say(Aspect::Assumption, format!("{name} takes"), Value::text(takes), line.place);
            }
            let value = Value::text(self.need(line, &line.need));
            let mut fact = Fact::new(Aspect::Assumption, &name, value, line.need.place);
            fact.same = Some(same_need(&line.need) + &self.unit(line.left));
            facts.0.push(fact);
            let lag = match line.lag {
                Lag::Days(0) | Lag::Workdays(0) => None,
                Lag::Days(days) => Some(format!("{days} days")),
                Lag::Workdays(days) => Some(format!("{days} workdays")),
            };
            facts.some(Aspect::Assumption, format!("{name} lag"), lag.map(Value::text), line.place);
            let part = line.part.as_ref().map(|part| Value::text(percent(part)));
            facts.some(Aspect::Assumption, format!("{name} part"), part, line.place);
        }
        let (title, place) = (funnel.title.clone(), funnel.place);
        Thing { name: funnel.name.clone(), own: None, title, summary: None, facts: facts.0, place }
    }

    pub(super) fn books(&self) -> Vec<Thing> {
        self.plan.books.iter().map(|book| self.book(book)).collect()
    }

    fn book(&self, book: &AccountBook) -> Thing {
        let mut facts = Facts::default();
        facts.say(Aspect::Setting, "of", Value::text(self.metric(book.metric)), book.place);
        for account in &book.accounts {
            let of = |what: &str| format!("\"{}\"{what}", account.title);
            let amount = Value::text(self.amount(book.metric, &account.amount));
            facts.say(Aspect::Assumption, of(""), amount, account.place);
            // A range is planned with by its middle.
            let written = self.compilation.sources.text(account.retention_place);
            let range = written.contains("..") && written.ends_with('%');
            let retained = if range { written.to_owned() } else { percent(&account.retention) };
            let retained = Value::text(retained);
            facts.say(Aspect::Assumption, of(" retain"), retained, account.retention_place);
            let owner = account.owner.map(|owner| Value::text(self.holder(Holder::Person(owner))));
            facts.some(Aspect::Owner, of(" owner"), owner, account.place);
            facts.some(Aspect::Date, of(" renews"), account.renews.map(Value::day), account.place);
        }
        let (title, place) = (book.title.clone(), book.place);
        Thing { name: book.name.clone(), own: None, title, summary: None, facts: facts.0, place }
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
        for deal in &pipeline.deals {
            let of = |what: &str| format!("deal {}{what}", deal.name);
            let amount = |amount: &crate::exact::Exact| self.amount(pipeline.metric, amount);
            // Of each deal there is one thing that is always said, so that it is seen to come and go.
            let said = deal.amount.as_ref().map_or_else(|| "no amount".to_owned(), amount);
            facts.say(Aspect::Assumption, of(""), Value::text(said), deal.place);
            facts.some(Aspect::Date, of(" close"), deal.close.map(Value::day), deal.place);
            let stage = deal.stage.and_then(|stage| pipeline.stages.get(stage));
            facts.some(
                Aspect::Assumption,
                of(" stage"),
                stage.map(|stage| Value::text(&stage.name)),
                deal.place,
            );
            let chance =
                deal.chance.as_ref().filter(|chance| stage.is_none_or(|stage| stage.chance != **chance));
            facts.some(
                Aspect::Assumption,
                of(" probability"),
                chance.map(|chance| Value::text(percent(chance))),
                deal.place,
            );
            let owner = deal.owner.map(|owner| Value::text(self.holder(Holder::Person(owner))));
            facts.some(Aspect::Owner, of(" owner"), owner, deal.place);
            let category = deal.category.map(|category| Value::text(format!("{category:?}").to_lowercase()));
            facts.some(Aspect::Assumption, of(" category"), category, deal.place);
            if let Some(next) = &deal.next {
                let value = quoted(&next.what);
                let value = match next.by {
                    Some(by) => value.and(" by ").on(by),
                    None => value,
                };
                facts.say(Aspect::Text, of(" next"), value, next.place);
            }
            if let Some(end) = &deal.end {
                let (word, on, more) = match end {
                    DealEnd::Won { on, amount: brings } => ("won", on, brings.as_ref().map(amount)),
                    DealEnd::Lost { on, why } => ("lost", on, why.as_ref().map(|why| format!("\"{why}\""))),
                };
                let value = on.iter().fold(Value::text(word), |value, on| value.and(" ").on(*on));
                let value = more.iter().fold(value, |value, more| value.and(" ").and(more));
                facts.say(Aspect::Actual, of(" end"), value, deal.place);
            }
        }
        let (title, place) = (pipeline.title.clone(), pipeline.place);
        Thing { name: pipeline.name.clone(), own: None, title, summary: None, facts: facts.0, place }
    }

    pub(super) fn histories(&self) -> Vec<Thing> {
        self.plan.histories.iter().map(|history| self.history(history)).collect()
    }

    fn history(&self, history: &History) -> Thing {
        let mut facts = Facts::default();
        let metric = history.metric.map(|metric| Value::text(self.metric(metric)));
        facts.some(Aspect::Setting, "of", metric, history.place);
        let shown = |amount: &crate::exact::Exact| match history.metric {
            Some(metric) => self.amount(metric, amount),
            None => number(amount),
        };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for entry in &history.entries {
            let of = Value::default().over(entry.period).shown();
            let count = counts.entry(of.clone()).or_default();
            *count += 1;
            let of = if *count == 1 { of } else { format!("{of} ({count})") };
            facts.say(Aspect::Season, &of, Value::text(shown(&entry.amount)), entry.place);
            let planned = entry.planned.as_ref().map(|planned| Value::text(shown(planned)));
            facts.some(Aspect::Season, format!("{of} planned"), planned, entry.place);
        }
        for (holder, amount) in &history.by_holder {
            facts.say(
                Aspect::Season,
                format!("of {}", self.holder(*holder)),
                Value::text(shown(amount)),
                history.place,
            );
        }
        let (title, place) = (history.title.clone(), history.place);
        Thing { name: history.name.clone(), own: None, title, summary: None, facts: facts.0, place }
    }

    /// Readings: a thing for each series, a fact for each day.
    pub(super) fn readings(&self) -> Vec<Thing> {
        let actuals = &self.plan.actuals;
        let mut things = Vec::new();
        for (key, series) in &actuals.series {
            let mut name = self.metric(key.metric).to_owned();
            if let Some(who) = key.who {
                name = format!("{name} of {}", self.holder(who));
            }
            let parts = actuals.parts.get(key.parts as usize).map(Vec::as_slice).unwrap_or_default();
            for (dimension, part) in parts {
                name = format!("{name} {dimension}={part}");
            }
            let mut facts = Facts::default();
            for (day, millionths) in &series.days {
                let value = Value::text(self.amount(key.metric, &reading(*millionths)));
                facts.say(Aspect::Actual, day.to_string(), value, series.place);
            }
            things.push(Thing {
                name,
                own: None,
                title: None,
                summary: None,
                facts: facts.0,
                place: series.place,
            });
        }
        things.sort_by(|one, other| one.name.cmp(&other.name));
        things
    }

    /// Whether the name of a thing is one of several kinds of what it takes.
    pub(super) fn funnel_name(&self, id: crate::plan::FunnelId) -> &str {
        self.renamed.get(What::Funnel, &self.plan[id].name)
    }
}
