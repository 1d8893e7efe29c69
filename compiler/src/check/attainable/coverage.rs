//! A pipeline thinner than 1 ÷ its own probability: what is open in a month, weighted, is less than what is still to win.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::read;
use crate::exact::{Exact, readable};
use crate::expand::KeyResultPlan;
use crate::pipeline;
use crate::plan::{Completeness, GoalRef, KeyResultId, PipelineId};
use crate::remark::{Remark, Thin};

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan;
    if plan.pipelines.is_empty() {
        return;
    }
    let goals: BTreeSet<KeyResultId> = subject.pipelines().flat_map(|(_, _, goals)| goals).copied().collect();
    let days: Vec<Cow<'_, KeyResultPlan>> = goals.iter().filter_map(|id| subject.days(*id)).collect();
    for coverage in pipeline::coverage(plan, &days, subject.given.as_of) {
        let spoilt = |id: &PipelineId| plan[*id].read != Completeness::Whole;
        let Some(first) = coverage.pipelines.first().filter(|_| !coverage.pipelines.iter().any(spoilt))
        else {
            continue;
        };
        let metric = &plan[coverage.metric];
        let times = |ratio: Option<Exact>| ratio.map_or_else(String::new, |ratio| readable(&ratio, 2));
        for month in coverage.months.iter().filter(|month| month.is_thin()) {
            let thin = Thin {
                pipelines: coverage.pipelines.iter().map(|id| plan[*id].name.clone()).collect(),
                month: month.month.first.format("%Y-%m").to_string(),
                open: read(metric, &month.open),
                weighted: read(metric, &month.weighted),
                to_win: read(metric, &month.to_win),
                deals: month.deals,
                coverage: times(month.ratio()),
                asked: times(month.asked()),
            };
            let about = coverage.goals.iter().copied().map(GoalRef::KeyResult).collect();
            let finding = Finding::of(about, Remark::Thin { thin: Box::new(thin) }, plan[*first].place);
            found.push(finding.pipelines(coverage.pipelines.clone()));
        }
    }
}
