//! The English words around what is shown.

use chrono::NaiveDate;
use milepost_grammar::ast::RateValue;

use crate::dates::DateSpan;
use crate::english;

use super::{Ahead, Change, Label, Pace, Rung, View};

/// A rate as it would be written.
pub(crate) fn rate(rate: &RateValue) -> String {
    match rate {
        RateValue::Percent(point) => format!("{}%", point.normalize()),
        RateValue::PercentRange(least, most) => format!("{}%..{}%", least.normalize(), most.normalize()),
        RateValue::In(hits, trials) => format!("{} in {}", hits.normalize(), trials.normalize()),
        RateValue::InRange(hits, fewest, most) => {
            format!("{} in {}..{}", hits.normalize(), fewest.normalize(), most.normalize())
        }
        RateValue::Evidence(hits, trials) => format!("{} of {}", hits.normalize(), trials.normalize()),
    }
}

/// The days of a span.
#[must_use]
pub fn days(span: DateSpan) -> String {
    if span.first == span.last { span.first.to_string() } else { format!("{} to {}", span.first, span.last) }
}

/// By when, or from when to when where that is not from the plan's start.
#[must_use]
pub fn when(window: DateSpan, start: NaiveDate) -> String {
    if window.first == start { format!("by {}", window.last) } else { days(window) }
}

/// `5 a day`
pub(super) fn a_day(pace: &Pace) -> String {
    format!("{} a day", pace.amount)
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// What a person has not.
pub(super) fn nothing(view: &View) -> String {
    match &view.person {
        Some((person, _)) => format!("nothing is planned for {}", person.text()),
        None => "no goals yet".to_owned(),
    }
}

/// A key result without amounts.
pub(super) const NO_AMOUNTS: &str = "no amounts are planned for this";

/// The heading above pipelines.
pub(super) const PIPELINE: &str = "Pipeline";

/// What a pipeline is held against.
pub(super) fn against(goals: &[String]) -> String {
    if goals.is_empty() {
        "no goal plans what these deals bring".to_owned()
    } else {
        format!("for {}", goals.join(", "))
    }
}

/// What a plan is about.
pub(super) fn focus(text: &str, days_of: Option<DateSpan>) -> String {
    match days_of {
        Some(span) => format!("focus from {}: {text}", days(span)),
        None => format!("focus: {text}"),
    }
}

/// When, and how much there is to work with.
pub(super) fn about(view: &View) -> Vec<String> {
    let mut about = vec![days(view.period), counted(view.working_days, "working day", "working days")];
    match &view.person {
        Some((_, team)) => about.extend(team.as_ref().map(|team| team.text().to_owned())),
        None => about.push(counted(view.people, "person", "people")),
    }
    about
}

/// An amount that is another one.
pub(super) fn change(change: &Change) -> String {
    let Change { goal, metric, unit, now, was, by, more } = change;
    let unit = unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let more = if *more { "more" } else { "less" };
    format!("{goal}: {now}{unit} {} instead of {was}, {by} {more}", metric.text())
}

/// Values that are set and change nothing.
pub(super) const NO_CHANGE: &str = "no total changes";

impl Rung {
    /// How much.
    #[must_use]
    pub fn amount(&self) -> &str {
        match self {
            Self::Target { amount, .. }
            | Self::Part { amount, .. }
            | Self::Existing { amount, .. }
            | Self::New { amount }
            | Self::DealtOut { amount, .. }
            | Self::Takes { amount, .. }
            | Self::From { amount, .. }
            | Self::Level { amount, .. }
            | Self::Own { amount, .. } => amount,
        }
    }

    /// Of what.
    #[must_use]
    pub fn noun(&self) -> String {
        let with = |unit: &Option<String>, metric: &Label| match unit {
            Some(unit) => format!("{unit} {}", metric.text()),
            None => metric.text().to_owned(),
        };
        match self {
            Self::Target { unit, metric, .. } => with(unit, metric),
            Self::Own { unit, metric, existing: false, .. } => with(unit, metric),
            Self::Own { unit, metric, existing: true, .. } => format!("{}, existing", with(unit, metric)),
            Self::Takes { metric, .. } | Self::From { metric, .. } => metric.text().to_owned(),
            Self::Part { part, .. } => part.clone(),
            Self::Existing { .. } => "existing".to_owned(),
            Self::New { .. } => "new".to_owned(),
            Self::DealtOut { .. } => "dealt out".to_owned(),
            Self::Level { on, .. } => format!("by {on}"),
        }
    }

    /// The name of the metric, where its title stands in the noun.
    #[must_use]
    pub fn beside(&self) -> Option<&str> {
        match self {
            Self::Target { metric, .. }
            | Self::Own { metric, .. }
            | Self::Takes { metric, .. }
            | Self::From { metric, .. } => metric.beside(),
            _ => None,
        }
    }

    /// What else there is to say of it. `start` is the plan's first day.
    #[must_use]
    pub fn remark(&self, start: NaiveDate) -> String {
        match self {
            Self::Target { window, per, each, .. } => {
                let rate = per.as_ref().map(|(rate, per)| format!("{rate} per {}", english::grain(*per)));
                let figure = match (rate, each) {
                    (Some(rate), Some(_)) => Some(format!("{rate} each")),
                    (None, Some(figure)) => Some(format!("{figure} each")),
                    (rate, None) => rate,
                };
                let said = figure.into_iter().chain([when(*window, start)]);
                said.collect::<Vec<_>>().join(", ")
            }
            Self::Existing { books, .. } => books.iter().map(Label::text).collect::<Vec<_>>().join(", "),
            Self::Part { .. } => String::new(),
            Self::New { .. } => "to be won".to_owned(),
            Self::DealtOut { percent, .. } => format!("{percent} % over"),
            Self::Takes { need, ahead, part, own, .. } => {
                let mut said = vec![need.clone()];
                said.extend(part.as_ref().map(|part| format!("for {part} %")));
                said.extend(own.then(|| "or own rates".to_owned()));
                said.extend(ahead.map(|ahead| match ahead {
                    Ahead::Days(days) => counted(days as usize, "day ahead", "days ahead"),
                    Ahead::Workdays(days) => counted(days as usize, "workday ahead", "workdays ahead"),
                }));
                said.join(", ")
            }
            Self::From { .. } => "now".to_owned(),
            Self::Level { title, .. } => title.clone().unwrap_or_default(),
            Self::Own { pace: Some(pace), .. } => {
                let bound = if pace.at_most { "at most" } else { "at least" };
                format!("{bound} {}", a_day(pace))
            }
            Self::Own { .. } => String::new(),
        }
    }
}
