//! The stages below a measured metric.

use super::lag::Lag;
use super::model::{Funnel, Line, Metric, Plan};
use super::unplannable::Unplannable;

const MOST_STAGES: usize = 40;

/// One metric of a chain.
#[derive(Debug)]
pub(crate) struct Stage<'a> {
    pub(crate) metric: &'a Metric,
    /// The funnel line that leads here and the place of the stage above; none for
    /// the metric that is measured.
    pub(crate) from: Option<(&'a Funnel, &'a Line, usize)>,
    pub(crate) lag: Lag,
}

/// The measured metric and everything the funnel says it needs, each stage after
/// the one it follows from. Two lines with the same left are both followed,
/// and a metric that is reached by two ways is a stage of each.
pub(crate) fn stages<'a>(
    plan: &'a Plan,
    measured: &'a Metric,
    funnel: Option<&'a Funnel>,
) -> Result<Vec<Stage<'a>>, Unplannable> {
    let mut stages = vec![Stage { metric: measured, from: None, lag: Lag::default() }];
    let mut above = 0;
    while above < stages.len() {
        let (left, lag) = (&stages[above].metric.name, stages[above].lag.clone());
        let lines = funnel.iter().flat_map(|funnel| funnel.lines.iter().map(|line| (*funnel, line)));
        for (funnel, line) in lines.filter(|(_, line)| line.left == *left).collect::<Vec<_>>() {
            if stages.len() > MOST_STAGES {
                return Err(Unplannable("a funnel that leads back to itself"));
            }
            stages.push(Stage {
                metric: metric(plan, &line.right)?,
                from: Some((funnel, line, above)),
                lag: lag.and(line.lag),
            });
        }
        above += 1;
    }
    Ok(stages)
}

pub(crate) fn metric<'a>(plan: &'a Plan, name: &str) -> Result<&'a Metric, Unplannable> {
    plan.metrics.iter().find(|metric| metric.name == name).ok_or(Unplannable("no such metric"))
}
