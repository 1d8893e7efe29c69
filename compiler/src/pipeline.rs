//! stub
#![allow(missing_docs)]
use crate::dates::DateSpan;
use crate::exact::Exact;
use crate::expand::KeyResultPlan;
use crate::plan::{KeyResultId, MetricId, PipelineId, Plan};
pub fn goals(_: &Plan, _: PipelineId, _: &[KeyResultPlan]) -> Vec<KeyResultId> {
    Vec::new()
}
pub struct Coverage {
    pub pipelines: Vec<PipelineId>,
    pub goals: Vec<KeyResultId>,
    pub metric: MetricId,
    pub months: Vec<MonthOfClose>,
}
pub struct MonthOfClose {
    pub month: DateSpan,
    pub to_win: Exact,
    pub open: Exact,
    pub weighted: Exact,
}
impl MonthOfClose {
    pub fn ratio(&self) -> Option<Exact> {
        None
    }
    pub fn asked(&self) -> Option<Exact> {
        None
    }
    pub fn is_thin(&self) -> bool {
        false
    }
}
pub fn coverage(_: &Plan, _: &[KeyResultPlan]) -> Vec<Coverage> {
    Vec::new()
}
