//! What is taken for granted: funnels and histories; and what happened.

use std::collections::HashMap;

use super::people::same_need;
use super::{Facts, Teller, number, percent};
use crate::diff::thing::{Aspect, Fact, Thing, Value, What};
use crate::plan::{Funnel, FunnelLine, History, Lag, Need, NeedWritten, reading};
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
            let fact = Fact::new(Aspect::Assumption, &name, value, line.need.place);
            facts.0.push(fact.or_same(same_need(&line.need) + self.unit(line.left)));
            let lag = match line.lag {
                Lag::Days(0) | Lag::Workdays(0) => None,
                Lag::Days(days) => Some(format!("{days} days")),
                Lag::Workdays(days) => Some(format!("{days} workdays")),
            };
            facts.some(Aspect::Assumption, format!("{name} lag"), lag.map(Value::text), line.place);
            let part = line.part.as_ref().map(|part| Value::text(percent(part)));
            facts.some(Aspect::Assumption, format!("{name} part"), part, line.place);
        }
        Thing::new(&funnel.name, funnel.title.as_deref(), facts.0, funnel.place)
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
        Thing::new(&history.name, history.title.as_deref(), facts.0, history.place)
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
            things.push(Thing::new(name, None, facts.0, series.place));
        }
        things.sort_by(|one, other| one.name.cmp(&other.name));
        things
    }

    /// Whether the name of a thing is one of several kinds of what it takes.
    pub(super) fn funnel_name(&self, id: crate::plan::FunnelId) -> &str {
        self.renamed.get(What::Funnel, &self.plan[id].name)
    }
}
