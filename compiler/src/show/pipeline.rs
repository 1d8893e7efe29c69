//! What pipelines hold against what is still to win.

use crate::dated::DatedPlan;
use crate::exact::{Exact, digits, separated};
use crate::page::{Column, Head, Label, Row, Rows, Table};
use crate::pipeline::{Coverage, MonthOfClose, coverage};
use crate::plan::Plan;

/// What is shown of pipelines that serve the same goals.
#[derive(Clone, PartialEq, Debug)]
pub struct PipelineView {
    /// The pipelines.
    pub pipelines: Vec<Label>,
    /// The paths of the goals.
    pub goals: Vec<String>,
    /// A row a month of close; `None` where nothing closes.
    pub months: Option<Table>,
}

/// What is shown of all pipelines.
pub(super) fn pipelines(plan: &Plan, dated: &DatedPlan) -> Vec<PipelineView> {
    let view = |covered: &Coverage| PipelineView {
        pipelines: covered
            .pipelines
            .iter()
            .map(|id| Label::new(&plan[*id].name, plan[*id].title.as_deref()))
            .collect(),
        goals: covered.goals.iter().map(|goal| plan.path(*goal)).collect(),
        months: table(plan, covered),
    };
    coverage(plan, &dated.key_results, dated.replanned).iter().map(view).collect()
}

fn table(plan: &Plan, covered: &Coverage) -> Option<Table> {
    let metric = &plan[covered.metric];
    let months = &covered.months;
    let label = |month: &MonthOfClose| Label::new(&month.month.first.format("%Y-%m").to_string(), None);
    let rows = months.iter().map(|month| Row { label: label(month), depth: 0, kind: Rows::Metric });
    let amounts = |head, of: fn(&MonthOfClose) -> &Exact| {
        // Money has all of its decimals, or none.
        let whole = months.iter().all(|month| of(month).is_int());
        let decimals = if whole { 0 } else { metric.step.decimals };
        let cell =
            |month: &MonthOfClose| (!of(month).is_zero()).then(|| separated(&digits(of(month), decimals)));
        Column { head: Head::Word(head), cells: months.iter().map(cell).collect() }
    };
    let count = |month: &MonthOfClose| (month.deals > 0).then(|| separated(&month.deals.to_string()));
    let columns = vec![
        Column { head: Head::Word("deals"), cells: months.iter().map(count).collect() },
        amounts("open", |month| &month.open),
        amounts("weighted", |month| &month.weighted),
        amounts("to win", |month| &month.to_win),
        Column { head: Head::Word("coverage"), cells: months.iter().map(ratio).collect() },
    ];
    let unit = metric.unit.name();
    let of = if unit == "count" { metric.name.as_str() } else { unit };
    (!months.is_empty()).then(|| Table {
        of: Some(Label::new(of, None)),
        by: None,
        rows: rows.collect(),
        left_out: 0,
        columns,
    })
}

/// `1.4 of 2.5`: how often the open deals hold what is still to win, and how often they should.
fn ratio(month: &MonthOfClose) -> Option<String> {
    let ratio = digits(&month.ratio()?, 1);
    Some(match month.asked() {
        Some(asked) => format!("{ratio} of {}", digits(&asked, 1)),
        None => ratio,
    })
}
