//! What was reached of the goals of the period before, and what became of them.

use std::collections::HashMap;

use super::{Comparison, Reached};
use crate::diff::facts::with_unit;
use crate::diff::thing::What;
use crate::expand::KeyResultPlan;
use crate::plan::{MetricId, Target};
use crate::progress::{Asked, Progress};

impl Comparison<'_> {
    /// What became of the goals of the period before.
    pub(super) fn reached(&self) -> Vec<Reached> {
        if self.turn.overlaps() || self.turn.after.first < self.turn.before.first {
            return Vec::new();
        }
        let (plan, dated) = (self.was.plan(), self.was.version.dated);
        let asked = Asked { as_of: plan.period.last, person: None, review: None };
        let progress = Progress::new(plan, dated, &asked);
        let known = self.now.version.dated.key_results.iter();
        let next: HashMap<String, &KeyResultPlan> =
            known.map(|known| (self.now.plan().path(known.key_result), known)).collect();
        let target = |known: &KeyResultPlan| {
            let plan = self.now.plan();
            let measure = plan[known.key_result].measure.as_ref()?;
            let metric = &plan[measure.metric];
            let amount = match (&known.totals, &measure.target) {
                (Some(totals), _) => metric.step.amount(&totals.target),
                (None, Target::Level(_, to)) => to.clone(),
                (None, _) => return None,
            };
            Some(with_unit(metric, &amount))
        };
        // Where nobody has written down what was reached, that is not nothing.
        let is_read = |metric: MetricId| plan.actuals.series.keys().any(|key| key.metric == metric);
        let told = progress.key_results.iter().filter_map(|known| {
            let id = known.metric?;
            let metric = &plan[id];
            let path = plan.path(known.id);
            let now = next.get(self.renamed.get(What::KeyResult, &path));
            let done = known.done.as_ref().filter(|_| is_read(id));
            Some(Reached {
                title: plan[known.id].title.clone(),
                target: with_unit(metric, known.target.as_ref()?),
                done: done.map(|done| with_unit(metric, done)),
                score: done.and(known.score.clone()),
                next: now.and_then(|known| target(known)),
                goal: path,
            })
        });
        told.collect()
    }
}
