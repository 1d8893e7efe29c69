//! What a key result measures.

use milepost_grammar::ast::{self, Better, MeasureTarget, Total};

use super::Resolver;
use super::not_built::Feature;
use crate::exact::Exact;
use crate::message::Message;
use crate::plan::{Baseline, Measure, MetricId, Target};

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

    /// What is to be reached; a level without a start starts from the baseline.
    pub(super) fn measure(
        &mut self,
        metric: MetricId,
        said: &ast::Measure,
        baseline: Option<&Baseline>,
    ) -> Option<Measure> {
        let known = self.plan.metrics.get(metric.index())?;
        let (level, shared, better) = (known.total == Total::Last, known.unit.is_shared(), known.better);
        let name = known.name.clone();
        let target = match &said.target {
            MeasureTarget::Amount(amount) if level => {
                let to = self.amount(metric, amount)?;
                let Some(Baseline::Amount(from, _)) = baseline else {
                    self.say(Message::LevelWithoutStart { metric: name }, said.span);
                    return None;
                };
                Target::Level(from.clone(), to)
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
                self.uses(Feature::RelativeMeasure, said.span);
                return None;
            }
        };
        if let Target::Level(from, to) = &target {
            self.direction(&name, better, (from, to), said);
        }
        Some(Measure { metric, target, place: self.place(said.span) })
    }

    /// A level that is to get worse is likely a slip.
    fn direction(&mut self, metric: &str, better: Better, (from, to): (&Exact, &Exact), said: &ast::Measure) {
        let worse = match better {
            Better::Higher => to < from,
            Better::Lower => to > from,
        };
        if worse {
            let lower = better == Better::Lower;
            self.say(Message::LevelGetsWorse { metric: metric.to_owned(), lower }, said.span);
        }
    }
}
