//! What goals come to.

use std::collections::HashMap;

use milepost_grammar::ast::Total;

use super::amount::Part;
use super::{Comparison, GoalEffect};
use crate::diff::thing::What;
use crate::exact::Exact;
use crate::expand::KeyResultPlan;
use crate::page::Label;
use crate::plan::{Metric, MetricUnit, Plan, Target};

impl<'a> Comparison<'a> {
    pub(super) fn goals(&self) -> Vec<GoalEffect> {
        let is_known = |goal: &GoalEffect| !self.known.skipped.contains(&goal.goal);
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
            goals.extend(self.goal(was, Some(known)).into_iter().filter(is_known));
        }
        let gone = self.was.version.dated.key_results.iter().zip(left).filter(|(_, left)| *left);
        goals.extend(gone.flat_map(|(known, _)| self.goal(Some(known), None)).filter(is_known));
        goals
    }

    /// What the goal comes to, and the parts that it is cut into.
    fn goal(&self, was: Option<&KeyResultPlan>, now: Option<&KeyResultPlan>) -> Vec<GoalEffect> {
        self.whole(was, now).into_iter().chain(self.parts(was, now)).collect()
    }

    fn whole(&self, was: Option<&KeyResultPlan>, now: Option<&KeyResultPlan>) -> Option<GoalEffect> {
        let (target, existing, new) = (
            self.part(was, now, Amount::Target)?,
            self.part(was, now, Amount::Existing)?,
            self.part(was, now, Amount::New)?,
        );
        if target.is_same() && existing.is_same() && new.is_same() {
            return None;
        }
        let any = |part: Part| Some(part).filter(|part| !part.is_nothing());
        Some(GoalEffect { existing: any(existing), new: any(new), ..self.effect(was, now, None, target)? })
    }

    fn effect(
        &self,
        was: Option<&KeyResultPlan>,
        now: Option<&KeyResultPlan>,
        part: Option<String>,
        target: Part,
    ) -> Option<GoalEffect> {
        let (plan, known) = now.map(|now| (self.now.plan(), now)).or(was.map(|was| (self.was.plan(), was)))?;
        let goal = &plan[known.key_result];
        let metric = &plan[goal.measure.as_ref()?.metric];
        let path = plan.path(known.key_result);
        let path = if now.is_some() { path } else { self.renamed.get(What::KeyResult, &path).to_owned() };
        Some(GoalEffect {
            goal: path,
            title: goal.title.clone(),
            part,
            metric: Label::new(&metric.name, metric.title.as_deref()),
            is_money: matches!(metric.unit, MetricUnit::Money(_)),
            target,
            existing: None,
            new: None,
        })
    }

    /// Parts of a split that come to another amount.
    fn parts(&self, was: Option<&KeyResultPlan>, now: Option<&KeyResultPlan>) -> Vec<GoalEffect> {
        let names = |known: Option<&KeyResultPlan>| -> Vec<String> {
            let chains = known.into_iter().flat_map(|known| &known.chains);
            chains.map(|chain| chain.part.clone()).filter(|part| !part.is_empty()).collect()
        };
        let mut all = names(now);
        let old = names(was).into_iter().filter(|part| !all.contains(part)).collect::<Vec<_>>();
        all.extend(old);
        let effect = |name: String| {
            let new = self.part(was, now, Amount::Part(&name))?;
            let none = Part::new(None, None);
            (!new.is_same()).then_some(())?;
            Some(GoalEffect { new: Some(new), ..self.effect(was, now, Some(name.clone()), none)? })
        };
        all.into_iter().filter_map(effect).collect()
    }

    fn part(
        &self,
        was: Option<&KeyResultPlan>,
        now: Option<&KeyResultPlan>,
        amount: Amount<'_>,
    ) -> Option<Part> {
        let metric = |plan: &'a Plan, known: Option<&KeyResultPlan>| {
            Some(&plan[plan[known?.key_result].measure.as_ref()?.metric])
        };
        let (old, new) = (metric(self.was.plan(), was), metric(self.now.plan(), now));
        let either = new.or(old)?;
        let side = |plan: &Plan, known: Option<&KeyResultPlan>, metric: Option<&'a Metric>| {
            let amount = known.and_then(|known| amount.of(plan, known));
            let amount = amount.or_else(|| (either.total != Total::Last).then_some(Exact::ZERO));
            amount.map(|amount| (amount, metric.unwrap_or(either)))
        };
        Some(Part::new(side(self.was.plan(), was, old), side(self.now.plan(), now, new)))
    }
}

/// Which amount of a goal.
#[derive(Clone, Copy)]
pub(super) enum Amount<'a> {
    /// What is to be reached; of a level where it leads.
    Target,
    /// What existing business covers.
    Existing,
    /// What is to be won.
    New,
    /// What of that is a part's.
    Part(&'a str),
}

impl Amount<'_> {
    pub(super) fn of(self, plan: &Plan, known: &KeyResultPlan) -> Option<Exact> {
        let measure = plan[known.key_result].measure.as_ref()?;
        let step = &plan[measure.metric].step;
        match (self, &known.totals, &measure.target) {
            (Self::Target, None, Target::Level(_, to)) => Some(to.clone()),
            (Self::Target, Some(totals), _) => Some(step.amount(&totals.target)),
            (Self::Existing, Some(totals), _) => Some(totals.existing.clone()),
            (Self::New, Some(totals), _) => Some(step.amount(&totals.new)),
            (Self::Part(name), ..) => {
                let chain = known.chains.iter().find(|chain| chain.part == name)?;
                Some(step.amount(&chain.new))
            }
            _ => None,
        }
    }
}
