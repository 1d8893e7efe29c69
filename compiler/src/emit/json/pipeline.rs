//! The pipelines of `plan.json`.

use super::number::Number;
use super::shape::{DealShape, DealStageShape, MonthShape, NextShape, OpenShape, PipelineShape};
use super::{Writer, number};
use crate::exact::{Exact, digits};
use crate::pipeline::{Coverage, MonthOfClose, coverage};
use crate::plan::{Deal, MetricId, Pipeline, PipelineId};

impl<'a> Writer<'a> {
    /// All pipelines; where one person is asked for, those with deals of theirs, and nothing that adds up more than
    /// theirs.
    pub(super) fn pipelines(self) -> Vec<PipelineShape<'a>> {
        let plan = self.plan;
        let covered = if self.options.person.is_none() {
            coverage(plan, &self.dated.key_results, self.dated.replanned)
        } else {
            Vec::new()
        };
        let all = plan.pipelines.iter().enumerate();
        all.map(|(index, pipeline)| {
            let id = PipelineId::new(index);
            self.pipeline(id, pipeline, covered.iter().find(|one| one.pipelines.contains(&id)))
        })
        .filter(|shape| self.options.person.is_none() || !shape.deals.is_empty())
        .collect()
    }

    fn pipeline(
        self,
        id: PipelineId,
        pipeline: &'a Pipeline,
        covered: Option<&Coverage>,
    ) -> PipelineShape<'a> {
        let plan = self.plan;
        let stages = pipeline.stages.iter();
        let deals = pipeline.deals.iter();
        let goals = covered.into_iter().flat_map(|covered| &covered.goals);
        let beside = covered.into_iter().flat_map(|covered| &covered.pipelines);
        let months = covered.into_iter().flat_map(|covered| &covered.months);
        PipelineShape {
            id: &pipeline.name,
            title: pipeline.title.as_deref(),
            metric: &plan[pipeline.metric].name,
            stages: stages
                .map(|stage| DealStageShape { id: &stage.name, chance: number(&stage.chance) })
                .collect(),
            open: pipeline.open.as_ref().map(|open| OpenShape {
                least: number(&open.least),
                most: number(&open.most),
                each: open.each,
            }),
            goals: goals.map(|goal| plan.path(*goal)).collect(),
            together_with: beside
                .filter(|other| **other != id)
                .map(|other| plan[*other].name.as_str())
                .collect(),
            months: months.map(|month| self.month(pipeline.metric, month)).collect(),
            deals: deals
                .filter(|deal| self.wanted(deal.owner))
                .map(|deal| self.deal(pipeline, deal))
                .collect(),
            source: self.source(pipeline.place),
        }
    }

    fn month(self, metric: MetricId, month: &MonthOfClose) -> MonthShape {
        let amount = |amount: &Exact| Number(self.digits(metric, amount));
        MonthShape {
            month: month.month.first.format("%Y-%m").to_string(),
            planned: amount(&month.planned),
            won: amount(&month.won),
            to_win: amount(&month.to_win),
            deals: month.deals,
            open: amount(&month.open),
            weighted: self.weighted(metric, &month.weighted),
            coverage: month.ratio().as_ref().map(number),
            asked: month.asked().as_ref().map(number),
        }
    }

    /// Amounts times chances, with the decimals of the metric's step.
    fn weighted(self, metric: MetricId, weighted: &Exact) -> Number {
        Number(digits(weighted, self.plan[metric].step.decimals))
    }

    fn deal(self, pipeline: &'a Pipeline, deal: &'a Deal) -> DealShape<'a> {
        let stage = deal.stage.and_then(|stage| pipeline.stages.get(stage));
        DealShape {
            id: format!("{}/{}", pipeline.name, deal.name),
            title: deal.title.as_deref(),
            owner: deal.owner.map(|owner| self.plan[owner].name.as_str()),
            stage: stage.map(|stage| stage.name.as_str()),
            category: deal.category.map(milepost_grammar::ast::Category::word),
            status: deal.status(),
            amount: deal.brings().map(|amount| Number(self.digits(pipeline.metric, amount))),
            close: deal.close,
            chance: deal.chance.as_ref().map(number),
            weighted: deal.weighted().map(|weighted| self.weighted(pipeline.metric, &weighted)),
            next: deal.next.as_ref().map(|next| NextShape { what: &next.what, by: next.by }),
            closed: deal.ended(),
            reason: deal.why_lost(),
            source: self.source(deal.place),
        }
    }
}
