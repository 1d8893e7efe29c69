//! What was reached of the goals of the period before, and what became of them.

use std::collections::HashMap;

use super::goals::Amount;
use super::{Comparison, Next, Reached};
use crate::diff::facts::{with_unit, within};
use crate::diff::thing::What;
use crate::exact::Exact;
use crate::expand::KeyResultPlan;
use crate::plan::{KeyResultId, MetricId};
use crate::progress::{Asked, Kind, Progress};

impl Comparison<'_> {
    /// What became of the goals of the period before.
    pub(super) fn reached(&self) -> Vec<Reached> {
        if self.turn.overlaps() || self.turn.after.first < self.turn.before.first {
            return Vec::new();
        }
        let (plan, dated) = (self.was.plan(), self.was.version.dated);
        let asked = Asked { as_of: plan.period.last, person: None, review: None };
        let progress = Progress::new(plan, dated, &asked);
        let dated = self.now.version.dated.key_results.iter();
        let dated: HashMap<KeyResultId, &KeyResultPlan> =
            dated.map(|known| (known.key_result, known)).collect();
        let now = self.now.plan();
        let next: HashMap<String, KeyResultId> =
            (0..now.key_results.len()).map(KeyResultId::new).map(|id| (now.path(id), id)).collect();
        // Where nobody has written down what was reached, that is not nothing.
        let is_read = |metric: MetricId| plan.actuals.series.keys().any(|key| key.metric == metric);
        let told = progress.key_results.iter().filter_map(|known| {
            let path = plan.path(known.id);
            let name = self.renamed.get(What::KeyResult, &path);
            let (target, done) = match &known.kind {
                Kind::Flow | Kind::Level { .. } => {
                    let id = known.metric?;
                    let shown = |amount: &Exact| with_unit(&plan[id], amount);
                    let done = known.done.as_ref().filter(|_| is_read(id));
                    (shown(known.target.as_ref()?), done.map(shown))
                }
                Kind::Hold { inside, readings } => {
                    let hold = plan[known.id].hold.as_ref()?;
                    let done =
                        (*readings > 0).then(|| format!("{inside} of {}", counted(*readings, "reading")));
                    (format!("{} {}", plan[hold.metric].name, within(&plan[hold.metric], hold)), done)
                }
                Kind::Checklist { done, items, .. } => {
                    (counted(*items, "item"), Some(format!("{done} of {items}")))
                }
                Kind::Nothing => return None,
            };
            let next = match next.get(name) {
                _ if self.known.skipped.contains(name) => Next::Unknown,
                Some(id) if now[*id].dropped.is_some() => Next::Dropped,
                Some(id) => Next::Carried(dated.get(id).and_then(|known| self.target(known))),
                None => Next::Left,
            };
            Some(Reached {
                title: plan[known.id].title.clone(),
                target,
                score: done.as_ref().and(known.score.clone()),
                done,
                dropped: known.dropped,
                next,
                goal: path,
            })
        });
        told.collect()
    }

    /// What a goal of the plan after is to reach.
    fn target(&self, known: &KeyResultPlan) -> Option<String> {
        let plan = self.now.plan();
        let metric = &plan[plan[known.key_result].measure.as_ref()?.metric];
        Some(with_unit(metric, &Amount::Target.of(plan, known)?))
    }
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
