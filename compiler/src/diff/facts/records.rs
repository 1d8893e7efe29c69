//! What is taken for granted: funnels and histories; and what happened.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::people::same_need;
use super::{Facts, Teller, number, percent, quoted};
use crate::diff::thing::{Aspect, Fact, Thing, Value};
use crate::plan::{Funnel, FunnelLine, History, Holder, Lag, MetricId, Need, NeedWritten, reading};
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
        let names: Vec<String> = funnel.lines.iter().map(|line| self.line_name(line)).collect();
        for (line, name) in funnel.lines.iter().zip(&names) {
            if line.label.is_some() {
                let takes = format!("{} <- {}", self.metric(line.left), self.metric(line.right));
                facts.say(Aspect::Assumption, format!("{name} takes"), Value::text(takes), line.place);
            }
            let lag = match line.lag {
                Lag::Days(0) | Lag::Workdays(0) => None,
                Lag::Days(days) => Some(format!("{days} days")),
                Lag::Workdays(days) => Some(format!("{days} workdays")),
            };
            let part = line.part.as_ref().map(percent);
            let said = self.need(line, &line.need);
            let same = same_need(&line.need) + self.unit(line.left);
            if names.iter().filter(|other| *other == name).count() > 1 {
                // Two lines of the same metrics: which is which is known by all that is said.
                let lag = lag.map(|lag| format!(" lag {lag}")).unwrap_or_default();
                let rest = lag + &part.map(|part| format!(" for {part}")).unwrap_or_default();
                let fact = Fact::new(Aspect::Assumption, name, Value::text(said + &rest), line.need.place);
                facts.0.push(fact.or_same(same + &rest));
                continue;
            }
            let fact = Fact::new(Aspect::Assumption, name, Value::text(said), line.need.place);
            facts.0.push(fact.or_same(same));
            facts.some(Aspect::Assumption, format!("{name} lag"), lag.map(Value::text), line.place);
            facts.some(Aspect::Assumption, format!("{name} part"), part.map(Value::text), line.place);
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
        let mut notes: HashMap<(MetricId, Option<Holder>, NaiveDate), String> = HashMap::new();
        for note in &actuals.notes {
            let said = notes.entry((note.metric, note.who, note.on)).or_default();
            said.push_str(&format!(" {}", quoted(&note.text).shown()));
        }
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
                // A note is of what was read as a whole; it stands behind the first of its parts.
                let note = notes.remove(&(key.metric, key.who, *day)).unwrap_or_default();
                facts.say(Aspect::Actual, day.to_string(), value.and(note), series.place);
            }
            things.push(Thing::new(name, None, facts.0, series.place));
        }
        things.sort_by(|one, other| one.name.cmp(&other.name));
        things
    }
}
