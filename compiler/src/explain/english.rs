//! The English text of every reason.

use milepost_grammar::ast::Grain;

use crate::dated::Kind;
use crate::english;
use crate::explain::reason::{Reason, Subject};

impl Subject {
    /// The number as a sentence.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { key_result, metric, amount, .. } = self;
        let unit = if matches!(self.unit.as_str(), "count" | "percent") {
            String::new()
        } else {
            format!(" {}", self.unit)
        };
        let percent = if self.unit == "percent" { "%" } else { "" };
        let who = match (&self.person, &self.team) {
            (Some(person), _) => format!("{person}: "),
            (None, Some(team)) => format!("{team}: "),
            (None, None) => String::new(),
        };
        let part = if self.part.is_empty() { String::new() } else { format!(" ({})", self.part) };
        let kind = if self.kind == Kind::Existing { ", from existing accounts" } else { "" };
        let when = match &self.when {
            Some((start, end)) if start == end => format!(" on {start}"),
            Some((start, end)) => format!(" from {start} to {end}"),
            None => " in all".to_owned(),
        };
        format!("{who}{amount}{percent}{unit} {metric}{when} for {key_result}{part}{kind}")
    }
}

impl Reason {
    /// The reason as a sentence.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::RunningTotal { before, after, whole, day, share, phase: (index, count), .. } => {
                let by = match (day, share) {
                    (Some((day, days)), _) => format!(" × {day}/{days} of their days"),
                    (None, Some(share)) => format!(" × {share} of the weight of their days"),
                    (None, None) => " by the weight of the days".to_owned(),
                };
                let phase = if *count > 1 && *index > 0 {
                    format!(", less {index}/{count} of a step so that the {count} who share round in turn")
                } else {
                    String::new()
                };
                format!("running total {before} → {after}: {whole}{by}, rounded up{phase}")
            }
            Self::Level { level, days, .. } => {
                format!("the level by then is {level}, on the straight line over {days} working days")
            }
            Self::Anew { as_of, done: None, .. } => {
                format!("nobody has read it by {as_of}: it stays as it was planned")
            }
            Self::Anew { as_of, done: Some(done), planned, rest, level: true, .. } => {
                format!("by {as_of} it was {done}, {planned} was planned; from there it leads to {rest}")
            }
            Self::Anew { as_of, done: Some(done), planned, rest, .. } => {
                format!(
                    "by {as_of} {done} were reached, {planned} were planned; the {rest} left are laid over the days left"
                )
            }
            Self::Happened { amount, .. } => format!("{amount} were reached; these days are over"),
            Self::PartOfDay { person, amount, .. } => match person {
                Some(person) => format!("{person}: {amount}"),
                None => format!("held by the team: {amount}"),
            },
            Self::PartOfAll { person, amount, .. } => format!("{person}: {amount}"),
            Self::Pinned { person, amount, .. } => {
                format!("{amount} is fixed for {person} by hand")
            }
            Self::Shared { person, part, total, by, weights: (own, all), .. } => {
                format!("{person} has {part} of {total}, shared {by}: weight {own} of {all}")
            }
            Self::PerHead { person, part, .. } => {
                format!("{part} is {person}'s own figure: it is said per head")
            }
            Self::Owned { person, .. } => format!("{person} owns all of it"),
            Self::OwnRate { person, need, .. } => format!("{person}'s own rate: {need} for each"),
            Self::PartOfStage { person, part, total, metric, upper_part, upper_total, upper, .. } => {
                format!(
                    "{person} has {part} of {total} {metric}, following {upper_part} of {upper_total} {upper}"
                )
            }
            Self::SumOfLines { metric, lines, .. } => {
                format!("what {lines} lines of the funnel ask of {metric} is added up, and rounded together")
            }
            Self::StageTotal { metric, total, upper, upper_total, need, rounded, .. } => {
                let rounded = if *rounded { ", rounded up" } else { "" };
                format!("{total} {metric} = {upper_total} {upper} {need}{rounded}")
            }
            Self::OwnRatesTotal { metric, total, upper, need, .. } => {
                format!(
                    "{total} {metric} = everybody's {upper}, {need} or by a rate of their own, together rounded up"
                )
            }
            Self::OverAssigned { people, new, percent, .. } => {
                format!("{people} is dealt out: {new} and {percent} % on top, rounded up")
            }
            Self::PartOfSplit { part, amount, whole, .. } => format!("{amount} of {whole} is for {part}"),
            Self::SumOfHeads { total, figure, .. } => {
                format!(
                    "{total} is the sum of everybody's own figure; {figure} for who is there all the time"
                )
            }
            Self::Grown { target, baseline, history: Some(history), .. } => {
                format!("{target} is measured against {baseline}, the same days in {history}")
            }
            Self::Grown { target, baseline, history: None, .. } => {
                format!("{target} is measured against {baseline}")
            }
            Self::NewAmount { new, target, existing, .. } => {
                format!("{new} is to be won anew: {target} less {existing} from existing accounts")
            }
            Self::Account { account, amount, retention, kept, .. } => {
                format!("{account}: {amount} kept at {retention} % is {kept}")
            }
            Self::RateTotal { total, rate, count, per, .. } => {
                format!("{total} = {rate} per {} × {count}", unit_of(*per))
            }
            Self::Target { goal, metric, target, unit, .. } => {
                format!("target of {goal}: {target} {unit} of {metric}")
            }
            Self::LevelTarget { goal, metric, from, to, unit, .. } => {
                format!("target of {goal}: {metric} from {from} to {to} {unit}")
            }
            Self::Window { window, days, calendar, lagged, .. } => {
                let lagged = if *lagged { ", the lag taken off" } else { "" };
                format!(
                    "{} to {}: {days} working days by calendar {calendar}{lagged}",
                    window.first, window.last
                )
            }
            Self::Season { history: Some(history), .. } => format!("days weigh as in {history}"),
            Self::Season { history: None, .. } => "days weigh by the periods written".to_owned(),
            Self::Front { percent, front, .. } => {
                let (more, less) = if *front { ("first", "last") } else { ("last", "first") };
                format!("{percent} % more on the {more} day, {percent} % less on the {less}")
            }
            Self::Checkpoint { on, .. } => {
                format!("a checkpoint on {on} scales the days before and after it")
            }
            Self::Away { person, away, .. } => {
                format!("{person} is away from {} to {}", away.first, away.last)
            }
            Self::Ramp { person, .. } => format!("{person} grows into the work month by month"),
        }
    }
}

/// A rate by the day is one by the working day.
const fn unit_of(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "working day",
        longer => english::grain(longer),
    }
}
