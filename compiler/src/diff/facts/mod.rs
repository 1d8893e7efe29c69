//! What a plan says of each thing, in words that depend on nothing but what it means: not on how or where it is written.

mod business;
mod goals;
mod people;
mod records;
mod settings;
mod unbuilt;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::compile::Compilation;
use crate::exact::{Exact, readable};
use crate::plan::{GoalRef, Hold, Holder, Metric, MetricId, MetricUnit, Plan};
use crate::sources::Place;

use super::thing::{Aspect, Fact, Thing, Value, What};

/// How many decimals are told.
const PLACES: u32 = 12;

/// Names that things have in the plan that is compared with, by those that they have here.
#[derive(Clone, Debug, Default)]
pub(super) struct Renamed(BTreeMap<What, HashMap<String, String>>);

impl Renamed {
    pub(super) fn insert(&mut self, what: What, name: String, now: String) {
        self.0.entry(what).or_default().insert(name, now);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn get<'a>(&'a self, what: What, name: &'a str) -> &'a str {
        self.0.get(&what).and_then(|names| names.get(name)).map_or(name, String::as_str)
    }

    /// A word of a statement, with the name that it has here: a name, or a path that begins with one.
    fn word<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let renamed = |name: &str| self.0.values().find_map(|names| names.get(name));
        if let Some(now) = renamed(word) {
            return Cow::Owned(now.clone());
        }
        let Some((first, rest)) = word.split_once('.') else { return Cow::Borrowed(word) };
        let (now, below) = (renamed(first), self.get(What::Metric, rest));
        if now.is_none() && below == rest {
            return Cow::Borrowed(word);
        }
        Cow::Owned(format!("{}.{below}", now.map_or(first, String::as_str)))
    }

    /// Words of a message with the names that metrics have here: those stand in it as units do.
    fn metrics_in(&self, text: &str) -> String {
        let Some(metrics) = self.0.get(&What::Metric) else { return text.to_owned() };
        let words = text.split(' ').map(|word| {
            let plain = word.trim_end_matches([',', ';', ':', '.', ')']);
            let behind = word.get(plain.len()..).unwrap_or_default();
            metrics.get(plain).map_or_else(|| word.to_owned(), |now| format!("{now}{behind}"))
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// A message with the names that things have here.
    pub(super) fn in_text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }
        // Names stand between backticks: every other part.
        let parts = text.split('`').enumerate();
        let named = |(index, part)| {
            if index % 2 == 1 { self.word(part) } else { Cow::Owned(self.metrics_in(part)) }
        };
        let parts = parts.map(named);
        Cow::Owned(parts.collect::<Vec<_>>().join("`"))
    }
}

/// A plan of which facts are told.
pub(super) struct Teller<'a> {
    pub(super) compilation: &'a Compilation,
    pub(super) plan: &'a Plan,
    pub(super) renamed: &'a Renamed,
}

impl<'a> Teller<'a> {
    /// All things of one kind, in declaration order.
    pub(super) fn things(&self, what: What) -> Vec<Thing> {
        match what {
            What::Plan => vec![self.header()],
            What::Calendar => self.calendars(),
            What::Metric => self.metrics(),
            What::History => self.histories(),
            What::Funnel => self.funnels(),
            What::Team => self.teams(),
            What::Person => self.people(),
            What::Accounts => self.books(),
            What::Account => self.accounts(),
            What::Pipeline => self.pipelines(),
            What::Deal => self.deals(),
            What::Objective => self.objectives(),
            What::KeyResult => self.key_results(),
            What::Actuals => self.readings(),
            What::Action | What::Review | What::Incentive | What::Scenario => self.unbuilt(what),
        }
    }

    /// The name of a metric; of accounts and pipelines it may be one that there is not.
    fn metric(&self, id: MetricId) -> &'a str {
        let known = self.plan.metrics.get(id.index());
        known.map_or("?", |metric| self.renamed.get(What::Metric, &metric.name))
    }

    fn holder(&self, holder: Holder) -> &'a str {
        let what = match holder {
            Holder::Team(_) => What::Team,
            Holder::Person(_) => What::Person,
        };
        self.renamed.get(what, self.plan.holder(holder).0)
    }

    fn holders(&self, holders: &[Holder]) -> String {
        holders.iter().map(|holder| self.holder(*holder)).collect::<Vec<_>>().join(", ")
    }

    fn goal(&self, goal: GoalRef) -> String {
        let objective = self.plan.objective_of(goal);
        let objective = self.renamed.get(What::Objective, &self.plan[objective].name);
        match goal {
            GoalRef::Objective(_) => objective.to_owned(),
            GoalRef::KeyResult(id) => self.renamed.get(What::KeyResult, &self.plan.path(id)).to_owned(),
        }
    }

    /// What a metric is counted in.
    fn unit(&self, metric: MetricId) -> &'a str {
        unit(&self.plan[metric])
    }

    /// An amount of a metric, with its unit.
    fn amount(&self, metric: MetricId, amount: &Exact) -> String {
        let known = self.plan.metrics.get(metric.index());
        known.map_or_else(|| number(amount), |metric| with_unit(metric, amount))
    }
}

/// An amount of a metric, with its unit.
pub(super) fn with_unit(metric: &Metric, amount: &Exact) -> String {
    let number = readable(amount, PLACES);
    match &metric.unit {
        MetricUnit::Money(currency) => format!("{number} {}", currency.code),
        MetricUnit::Count(Some(unit)) => format!("{number} {unit}"),
        MetricUnit::Count(None) => number,
        MetricUnit::Percent => format!("{number}%"),
    }
}

/// The bounds that a goal holds, as the language writes them.
pub(super) fn within(metric: &Metric, hold: &Hold) -> String {
    let amount = |bound: &Exact| with_unit(metric, bound);
    match (&hold.least, &hold.most) {
        (Some(least), Some(most)) => format!("within {}..{}", amount(least), amount(most)),
        (Some(least), None) => format!("at least {}", amount(least)),
        (None, Some(most)) => format!("at most {}", amount(most)),
        (None, None) => String::new(),
    }
}

/// What a metric is counted in.
fn unit(metric: &Metric) -> &str {
    match &metric.unit {
        MetricUnit::Money(currency) => &currency.code,
        MetricUnit::Count(unit) => unit.as_deref().unwrap_or("count"),
        MetricUnit::Percent => "percent",
    }
}

/// Which part of all each weight is: 40 and 60 weigh what 2 and 3 do.
fn parts_of_one<'w>(weights: impl Iterator<Item = &'w Exact> + Clone) -> impl Iterator<Item = String> {
    let all = weights.clone().fold(Exact::ZERO, |all, weight| all + weight);
    weights.map(move |weight| if all.is_zero() { weight.to_string() } else { (weight / &all).to_string() })
}

/// A part of one, in percent.
fn percent(part: &Exact) -> String {
    format!("{}%", readable(&(part * crate::exact::whole(100)), PLACES))
}

fn number(number: &Exact) -> String {
    readable(number, PLACES)
}

/// Facts of a thing as they come.
#[derive(Default)]
struct Facts(Vec<Fact>);

impl Facts {
    fn say(&mut self, aspect: Aspect, of: impl Into<String>, value: Value, place: Place) {
        self.0.push(Fact::new(aspect, of, value, place));
    }

    /// Says it if there is something to say.
    fn some(&mut self, aspect: Aspect, of: impl Into<String>, value: Option<Value>, place: Place) {
        if let Some(value) = value {
            self.say(aspect, of, value, place);
        }
    }

    /// Says several things of one kind.
    fn each(&mut self, aspect: Aspect, of: &str, values: impl IntoIterator<Item = (Value, Place)>) {
        for (value, place) in values {
            self.say(aspect, of, value, place);
        }
    }

    fn texts(&mut self, of: &str, texts: &[String], place: Place) {
        self.each(Aspect::Text, of, texts.iter().map(|text| (quoted(text), place)));
    }
}

/// A text as the language writes it.
fn quoted(text: &str) -> Value {
    Value::text(format!("\"{}\"", text.trim()))
}
