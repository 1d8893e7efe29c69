//! What a key result measures.

use dashu_base::Signed;
use milepost_grammar::Span;
use milepost_grammar::ast::{self, MeasureTarget, Total, Unit};

use super::Resolver;
use crate::dates::DateSpan;
use crate::exact::{Exact, exact, percent, readable, whole};
use crate::message::Message;
use crate::plan::{Baseline, Measure, MetricId, MetricUnit, Target};

/// A target beside its baseline.
enum Change {
    Times(Exact),
    Plus(Exact),
}

impl Resolver<'_> {
    /// The metric of a measure, unless it is computed from others: those are never typed.
    pub(super) fn measured(&mut self, name: &ast::Name) -> Option<MetricId> {
        let id = self.find_metric(name)?;
        let metric = self.plan.metrics.get(id.index())?;
        if metric.formula.is_some() {
            self.say(Message::ComputedNotPlanned { metric: metric.name.clone() }, name.span);
            return None;
        }
        Some(id)
    }

    /// The metric of a key result: also one that is computed, which is neither shared nor typed, but watched.
    pub(super) fn watched(&mut self, said: &ast::Measure, baseline: bool) -> Option<MetricId> {
        let id = self.find_metric(&said.metric)?;
        let metric = self.plan.metrics.get(id.index())?;
        // Of a ratio nobody knows where it starts from but the plan.
        let alone = matches!(said.target, MeasureTarget::Amount(_)) && !baseline;
        if metric.formula.is_some() && metric.total == Total::Last && alone {
            self.say(Message::ComputedWithoutStart { metric: metric.name.clone() }, said.metric.span);
            return None;
        }
        Some(id)
    }

    /// What is to be reached; a level without a start starts from the baseline.
    pub(super) fn measure(
        &mut self,
        metric: MetricId,
        said: &ast::Measure,
        baseline: Option<&Baseline>,
        window: DateSpan,
    ) -> Option<Measure> {
        let known = self.plan.metrics.get(metric.index())?;
        let (level, shared) = (known.total == Total::Last, known.unit.is_shared());
        let name = known.name.clone();
        let mut growth = None;
        let target = match &said.target {
            MeasureTarget::Amount(amount) if level => {
                let to = self.amount(metric, amount)?;
                let Some(baseline) = baseline else {
                    self.say(Message::LevelWithoutStart { metric: name }, said.span);
                    return None;
                };
                Target::Level(self.base(baseline, window, level)?, to)
            }
            MeasureTarget::Amount(amount) => Target::Amount(self.amount(metric, amount)?),
            MeasureTarget::Rate(amount, grain) => {
                if level || !shared {
                    self.say(Message::NotAFlow { metric: name }, said.span);
                    return None;
                }
                Target::Rate(self.amount(metric, amount)?, grain.value)
            }
            MeasureTarget::Level(from, to) => {
                let (from, to) = (self.amount(metric, from), self.amount(metric, to));
                Target::Level(from?, to?)
            }
            MeasureTarget::Change(_) | MeasureTarget::Times(_) => {
                let (base, target) = self.relative(metric, said, baseline, window)?;
                growth = Some(base.clone());
                if level { Target::Level(base, target) } else { Target::Amount(target) }
            }
        };
        let target_place = self.place(target_span(&said.target));
        let says_by = said.by.is_some();
        let is_from_to = matches!(said.target, MeasureTarget::Level(..));
        Some(Measure {
            metric,
            target,
            target_place,
            says_by,
            is_from_to,
            growth,
            place: self.place(said.span),
        })
    }

    /// The baseline, and what a change of it comes to.
    fn relative(
        &mut self,
        metric: MetricId,
        said: &ast::Measure,
        baseline: Option<&Baseline>,
        window: DateSpan,
    ) -> Option<(Exact, Exact)> {
        let known = self.plan.metrics.get(metric.index())?;
        let (level, percents) = (known.total == Total::Last, known.unit == MetricUnit::Percent);
        let change = match &said.target {
            MeasureTarget::Times(factor) => Change::Times(exact(factor.value)),
            MeasureTarget::Change(change) => match change.unit.as_ref().map(|unit| &unit.value) {
                Some(Unit::Percent) => Change::Times(whole(1) + percent(change.value)),
                Some(Unit::Points) if percents => Change::Plus(exact(change.value)),
                _ => Change::Plus(self.amount(metric, change)?),
            },
            _ => return None,
        };
        let Some(baseline) = baseline else {
            let written = match &said.target {
                MeasureTarget::Times(factor) => self.written(factor.span),
                MeasureTarget::Change(change) => self.written(change.span),
                _ => String::new(),
            };
            self.say(Message::NoBaseline { written }, said.span);
            return None;
        };
        let base = self.base(baseline, window, level)?;
        let target = match change {
            Change::Times(factor) => &base * factor,
            Change::Plus(more) => &base + more,
        };
        if target.is_negative() {
            let (baseline, target) = (readable(&base, 12), readable(&target, 12));
            self.say(Message::BelowNothing { baseline, target }, said.span);
            return None;
        }
        Some((base, target))
    }
}

/// Where it is written what is asked for; of a level from the first number to the second.
fn target_span(target: &MeasureTarget) -> Span {
    match target {
        MeasureTarget::Amount(amount) | MeasureTarget::Rate(amount, _) | MeasureTarget::Change(amount) => {
            amount.span
        }
        MeasureTarget::Level(from, to) => from.span.to(to.span),
        MeasureTarget::Times(factor) => factor.span,
    }
}
