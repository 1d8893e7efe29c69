//! One step on the way from a target to what it takes.

use chrono::NaiveDate;
use dashu_int::IBig;
use milepost_grammar::ast::Grain;

use crate::dated::Kind;
use crate::dates::DateSpan;
use crate::exact::{AboveZero, Exact, readable, whole};
use crate::expand::{KeyResultPlan, Stage, target};
use crate::plan::{Lag, Metric, MetricId, MetricUnit, NeedWritten, PersonId, Plan, ShareBy, Target};

use super::Label;
use super::amounts::{Amounts, Who};
use super::pace::Pace;

/// How much earlier something is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ahead {
    /// Calendar days.
    Days(u32),
    /// Working days.
    Workdays(u32),
}

/// One step on the way from a target to what it takes. Amounts are for people to read.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // the fields are named for what they are
pub enum Rung {
    /// What is to be reached, in which days, and per how long where it is a rate.
    Target {
        amount: String,
        unit: Option<String>,
        metric: Label,
        window: DateSpan,
        per: Option<(String, Grain)>,
        /// The figure of one head, where there is one; empty where `per` says it.
        each: Option<String>,
    },
    /// What of the new amount is one part of a split, which what follows is about.
    Part { amount: String, part: String },
    /// What existing accounts bring.
    Existing { amount: String, books: Vec<Label> },
    /// What is to be won anew.
    New { amount: String },
    /// What is dealt out to people, that many percent over the goal.
    DealtOut { amount: String, percent: String },
    /// What that takes of another metric: how it follows, how much earlier, for which part of what is above
    /// it, and whether somebody has a rate of their own.
    Takes {
        amount: String,
        metric: Label,
        need: String,
        ahead: Option<Ahead>,
        part: Option<String>,
        own: bool,
    },
    /// Where a level stands before.
    From { amount: String, metric: Label },
    /// Where a level should be by a day.
    Level { amount: String, on: NaiveDate, title: Option<String> },
    /// One person's own amount.
    Own { amount: String, unit: Option<String>, metric: Label, existing: bool, pace: Option<Pace> },
}

/// The label of a metric.
pub(super) fn label(metric: &Metric) -> Label {
    Label::new(&metric.name, metric.title.as_deref())
}

/// The unit that goes with amounts of a metric; a count needs none.
pub(super) fn unit(metric: &Metric) -> Option<String> {
    match &metric.unit {
        MetricUnit::Money(currency) => Some(currency.code.clone()),
        MetricUnit::Count(word) => word.clone(),
        MetricUnit::Percent => None,
    }
}

/// An amount in steps, for people to read.
pub(super) fn read(metric: &Metric, steps: &IBig) -> String {
    let percent = if metric.unit == MetricUnit::Percent { "%" } else { "" };
    format!("{}{percent}", target::read(&metric.step, steps))
}

/// The steps of a key result, from its target down.
pub(super) fn rungs(plan: &Plan, key_result: &KeyResultPlan) -> Vec<Rung> {
    let goal = &plan[key_result.key_result];
    let Some(measure) = &goal.measure else { return Vec::new() };
    let metric = &plan[measure.metric];
    let (Some(totals), target) = (&key_result.totals, &measure.target) else {
        return levels(plan, key_result);
    };
    let per = match target {
        Target::Rate(rate, per) => Some((readable(rate, 12), *per)),
        _ => None,
    };
    let each = match (goal.share.as_ref().map(|share| &share.by), target) {
        (Some(ShareBy::Each { .. }), Target::Amount(amount)) => Some(readable(amount, 12)),
        (Some(ShareBy::Each { .. }), _) => Some(String::new()),
        _ => None,
    };
    let mut rungs = vec![Rung::Target {
        amount: read(metric, &totals.target),
        unit: unit(metric),
        metric: label(metric),
        window: goal.window,
        per,
        each,
    }];
    if totals.existing.is_above_zero() {
        let existing = &totals.target - &totals.new;
        let books = goal.existing.iter().map(|(book, _)| {
            let book = &plan[*book];
            Label::new(&book.name, book.title.as_deref())
        });
        // Accounts that bring more than the target are said in full.
        let covers = !totals.new.is_above_zero();
        let amount = if covers { readable(&totals.existing, 2) } else { read(metric, &existing) };
        rungs.push(Rung::Existing { amount, books: books.collect() });
        rungs.push(Rung::New { amount: read(metric, &totals.new) });
    }
    if let Some((over, _)) = &goal.over_assign {
        let percent = readable(&(over * whole(100)), 6);
        rungs.push(Rung::DealtOut { amount: read(metric, &totals.people), percent });
    }
    for chain in &key_result.chains {
        if !chain.part.is_empty() {
            rungs.push(Rung::Part { amount: read(metric, &chain.new), part: chain.part.clone() });
        }
        rungs.extend(chain.stages.iter().filter_map(|stage| takes(plan, stage)));
    }
    rungs
}

fn takes(plan: &Plan, stage: &Stage) -> Option<Rung> {
    let above = stage.link.above?;
    let line = plan[above.funnel].lines.get(above.line)?;
    let upper = &plan[line.left];
    let metric = &plan[stage.link.metric];
    let need = match &line.need.written {
        NeedWritten::Each(least, most) => {
            let amount = match most {
                Some(most) => format!("{}..{}", readable(least, 12), readable(most, 12)),
                None => readable(least, 12),
            };
            let unit = unit(upper).map(|unit| format!(" {unit}")).unwrap_or_default();
            format!("{amount}{unit} each")
        }
        NeedWritten::Rate(rate) => super::english::rate(rate),
    };
    let ahead = match line.lag {
        Lag::Days(0) | Lag::Workdays(0) => None,
        Lag::Days(days) => Some(Ahead::Days(days)),
        Lag::Workdays(days) => Some(Ahead::Workdays(days)),
    };
    let own = stage.lines.iter().filter_map(|line| line.person).any(|person| {
        plan[person].own_needs.iter().any(|own| own.funnel == above.funnel && own.line == above.line)
    });
    Some(Rung::Takes {
        amount: read(metric, &stage.total),
        metric: label(metric),
        need,
        ahead,
        part: line.part.as_ref().map(|part| readable(&(part * whole(100)), 6)),
        own,
    })
}

/// From where a level stands, by its checkpoints, to where it should be.
fn levels(plan: &Plan, key_result: &KeyResultPlan) -> Vec<Rung> {
    let goal = &plan[key_result.key_result];
    let Some((measure, Target::Level(from, to))) =
        goal.measure.as_ref().map(|measure| (measure, &measure.target))
    else {
        return Vec::new();
    };
    let metric = &plan[measure.metric];
    let percent = if metric.unit == MetricUnit::Percent { "%" } else { "" };
    let read = |amount: &Exact| format!("{}{percent}", readable(amount, 12));
    let mut rungs = vec![Rung::From { amount: read(from), metric: label(metric) }];
    for checkpoint in goal.checkpoints.iter().filter(|checkpoint| checkpoint.on < goal.window.last) {
        let level = checkpoint.amount.between(from, to);
        let title = checkpoint.title.as_ref().map(|title| crate::harmless::line(title).into_owned());
        rungs.push(Rung::Level { amount: read(&level), on: checkpoint.on, title });
    }
    rungs.push(Rung::Level { amount: read(to), on: goal.window.last, title: None });
    rungs
}

/// What one person has of each metric, in the order of the stages, and at which pace.
pub(super) fn own(
    plan: &Plan,
    key_result: &KeyResultPlan,
    amounts: &Amounts,
    person: PersonId,
    pace: impl Fn(MetricId, i128) -> Option<Pace>,
) -> Vec<Rung> {
    let id = key_result.key_result;
    if key_result.totals.is_none() {
        return if amounts.totals(id).is_empty() { Vec::new() } else { levels(plan, key_result) };
    }
    let mut rungs = Vec::new();
    for metric in metrics(key_result) {
        for kind in [Kind::New, Kind::Action, Kind::Existing] {
            let line = amounts.of(id, kind, metric).and_then(|lines| lines.get(&Who::Person(person)));
            let Some(line) = line else { continue };
            let declared = &plan[metric];
            rungs.push(Rung::Own {
                amount: read(declared, &IBig::from(line.total)),
                unit: unit(declared),
                metric: label(declared),
                existing: kind == Kind::Existing,
                pace: pace(metric, line.total).filter(|_| kind == Kind::New),
            });
        }
    }
    rungs
}

/// The metrics of a key result, the outcome first, each once.
pub(super) fn metrics(key_result: &KeyResultPlan) -> Vec<MetricId> {
    let mut metrics: Vec<MetricId> = Vec::new();
    for stage in key_result.stages() {
        if !metrics.contains(&stage.link.metric) {
            metrics.push(stage.link.metric);
        }
    }
    metrics
}
