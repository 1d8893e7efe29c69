//! What goals come to.

use std::collections::HashMap;

use milepost_grammar::ast::Total;

use super::amount::Part;
use super::{Comparison, GoalEffect};
use crate::diff::thing::What;
use crate::exact::Exact;
use crate::expand::KeyResultPlan;
use crate::page::Label;
use crate::plan::{MetricUnit, Plan, Target};

impl<'a> Comparison<'a> {
    pub(super) fn goals(&self) -> Vec<GoalEffect> {
        let is_known = |goal: &GoalEffect| !self.skipped.contains(&goal.goal);
        let old: HashMap<String, usize> = (self.was.version.dated.key_results.iter().enumerate())
            .map(|(index, known)| {
                let path = self.was.plan().path(known.key_result);
                (self.renamed.get(What::KeyResult, &path).to_owned(), index)
            })
            .collect();
        let mut left: Vec<bool> = vec![true; self.was.version.dated.key_results.len()];
        let mut goals = Vec::new();
        for known in &self.now.version.dated.key_results {
            let at = old.get(&self.now.plan().path(known.key_result)).copied();
            if let Some(left) = at.and_then(|at| left.get_mut(at)) {
                *left = false;
            }
            let was = at.and_then(|at| self.was.version.dated.key_results.get(at));
            goals.extend(self.goal(was, Some(known)).filter(is_known));
        }
        let gone = self.was.version.dated.key_results.iter().zip(left).filter(|(_, left)| *left);
        goals.extend(gone.filter_map(|(known, _)| self.goal(Some(known), None)).filter(is_known));
        goals
    }

    fn goal(&self, was: Option<&KeyResultPlan>, now: Option<&KeyResultPlan>) -> Option<GoalEffect> {
        let (plan, known) = now.map(|now| (self.now.plan(), now)).or(was.map(|was| (self.was.plan(), was)))?;
        let goal = &plan[known.key_result];
        let metric = &plan[goal.measure.as_ref()?.metric];
        let total = |plan: &Plan, known: Option<&KeyResultPlan>, of: &str| -> Option<Exact> {
            let known = known?;
            let measure = plan[known.key_result].measure.as_ref()?;
            let step = &plan[measure.metric].step;
            match (&known.totals, &measure.target) {
                (Some(totals), _) => Some(match of {
                    "existing" => totals.existing.clone(),
                    "new" => step.amount(&totals.new),
                    _ => step.amount(&totals.target),
                }),
                (None, Target::Level(_, to)) if of == "target" => Some(to.clone()),
                _ => None,
            }
        };
        let is_level = metric.total == Total::Last;
        let part = |of: &str| {
            let side = |plan: &'a Plan, known: Option<&KeyResultPlan>| {
                let own = known.and_then(|known| plan[known.key_result].measure.as_ref());
                let metric = own.map_or(metric, |measure| &plan[measure.metric]);
                let amount = total(plan, known, of);
                amount.or_else(|| (!is_level).then_some(Exact::ZERO)).map(|amount| (amount, metric))
            };
            Part::new(side(self.was.plan(), was), side(self.now.plan(), now))
        };
        let (target, existing, new) = (part("target"), part("existing"), part("new"));
        if target.is_same() && existing.is_same() && new.is_same() {
            return None;
        }
        let any = |part: Part| Some(part).filter(|part| !part.is_nothing());
        Some(GoalEffect {
            goal: plan.path(known.key_result),
            title: goal.title.clone(),
            metric: Label::new(&metric.name, metric.title.as_deref()),
            is_money: matches!(metric.unit, MetricUnit::Money(_)),
            target,
            existing: any(existing),
            new: any(new),
        })
    }
}
