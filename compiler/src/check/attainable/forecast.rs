//! The people themselves expect less than their share: top-down meets bottom-up, and the difference is talked about.

use std::collections::BTreeMap;

use dashu_int::IBig;
use milepost_grammar::ast::Better;

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::read;
use crate::exact::{AboveZero, Exact};
use crate::expand::KeyResultPlan;
use crate::plan::{Forecast, GoalRef, Holder, MetricId, PersonId, Plan, Target, TeamId};
use crate::remark::Remark;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal, measure) in subject.measured() {
        let as_of = subject.given.as_of;
        let said = goal.forecasts.iter().filter(|forecast| as_of.is_none_or(|as_of| forecast.on <= as_of));
        // Of each, the latest counts.
        let latest: BTreeMap<Option<Holder>, &Forecast> =
            said.map(|forecast| (forecast.who, forecast)).collect();
        if latest.is_empty() {
            continue;
        }
        // A level is the same for everybody.
        let (target, shares) = match &measure.target {
            Target::Level(_, to) => (to.clone(), None),
            Target::Amount(_) | Target::Rate(..) => {
                let (Some(target), Some(days)) = (subject.target(id, measure), subject.days(id)) else {
                    continue;
                };
                (target, Some(shares(subject.plan, measure.metric, &days)))
            }
        };
        let metric = &subject.plan[measure.metric];
        let lower = metric.better == Better::Lower;
        for (who, forecast) in latest {
            let Some(expected) = forecast.expected() else {
                continue;
            };
            let share = match (who, &shares) {
                (Some(who), Some(shares)) => share(subject.plan, who, shares),
                _ => target.clone(),
            };
            let missing = if lower { expected - &share } else { &share - expected };
            if !missing.is_above_zero() {
                continue;
            }
            let own = GoalRef::KeyResult(id);
            let remark = Remark::ForecastBelow {
                who: who
                    .map_or_else(|| "the team".to_owned(), |who| format!("`{}`", subject.plan.holder(who).0)),
                goal: subject.path(own),
                expected: read(metric, expected),
                share: read(metric, &share),
                missing: read(metric, &missing),
                lower,
                on: forecast.on.to_string(),
            };
            found.push(Finding::new(own, remark, forecast.place));
        }
    }
}

/// What each person, or the team that holds it, has of the goal itself, new and existing.
fn shares(
    plan: &Plan,
    metric: MetricId,
    days: &KeyResultPlan,
) -> Vec<(Option<PersonId>, Option<TeamId>, Exact)> {
    let outcome = days.stages().filter(|stage| stage.link.metric == metric).flat_map(|stage| &stage.lines);
    let step = &plan[metric].step;
    outcome
        .chain(&days.existing)
        .map(|line| (line.person, line.team, step.amount(&IBig::from(line.in_steps(line.course.steps())))))
        .collect()
}

fn share(plan: &Plan, who: Holder, shares: &[(Option<PersonId>, Option<TeamId>, Exact)]) -> Exact {
    let inside = |person: &Option<PersonId>, team: &Option<TeamId>| match (who, person, team) {
        (Holder::Person(who), Some(person), _) => who == *person,
        (Holder::Person(_), None, _) => false,
        (Holder::Team(who), _, Some(team)) => plan.teams_around(*team).any(|team| team == who),
        (Holder::Team(_), _, None) => false,
    };
    crate::exact::sum(
        shares.iter().filter(|(person, team, _)| inside(person, team)).map(|(.., amount)| amount),
    )
}
