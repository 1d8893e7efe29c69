//! Growth outside its limits: at most 30 % unless a `smart` block says otherwise. An aspirational goal is not expected to be
//! reached in full, so the default is not for it; one that does not grow at all is `sandbagged`.
//!
//! Growth = (target − baseline) ÷ baseline, or beside the history's same days, or a level's start; the other way round where
//! less is better. A rate of closing raised from 25 % to 30 % grows by 20 %, to 50 % by 100 %.

use dashu_int::IBig;
use milepost_grammar::ast::{Better, GoalType};

use crate::check::finding::Finding;
use crate::check::subject::{Growth, Subject};
use crate::check::written::{percents, read, written};
use crate::exact::{Exact, ceil, ratio, whole};
use crate::plan::{Baseline, GoalRef, KeyResult, Measure, Metric, Target};
use crate::remark::{Past, Remark};

use super::too_little_history;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal, measure) in subject.measured() {
        if too_little_history(subject.plan, goal).is_some() {
            continue;
        }
        let Some(growth) = subject.growth(id) else { continue };
        let own = GoalRef::KeyResult(id);
        let limits = subject.growth_limits(own);
        let most = match limits {
            Some((_, limits)) => limits.most.clone(),
            None if goal.goal_type == Some(GoalType::Aspirational) => None,
            None => Some(ratio(3, 10)),
        };
        let least = limits.and_then(|(_, limits)| limits.least.clone());
        let (limit, bound) = match (least, most) {
            (_, Some(most)) if growth.part > most => (Past::Most(percents(&most)), most),
            (Some(least), _) if growth.part < least => (Past::Least(percents(&least)), least),
            _ => continue,
        };
        let metric = &subject.plan[measure.metric];
        let in_steps = !matches!(measure.target, Target::Rate(..));
        if matches!(limit, Past::Most(_)) && in_steps && is_one_step(metric, &growth) {
            continue;
        }
        // What comes to where it starts is no target.
        let fits = fitting(metric, &growth.from, &bound, matches!(limit, Past::Most(_)));
        let fits = fits.filter(|fits| *fits != growth.from && says_the_target(measure, goal));
        let remark = Remark::Growth {
            goal: subject.path(own),
            from: read(metric, &growth.from),
            to: read(metric, &growth.to),
            growth: percents(&growth.part),
            lower: metric.better == Better::Lower,
            allow: format!("{}%", ceil(&(&growth.part * whole(100)))),
            limit,
            fits: fits.as_ref().map(|fits| read(metric, fits)),
        };
        let mut finding = Finding::new(own, remark, measure.place).limited(limits);
        if let Some(fits) = fits {
            finding = finding.replace(measure.target_place, replacement(metric, measure, &fits));
        }
        found.push(finding);
    }
}

/// Whether a goal asks for one step more than there was: there is no smaller growth.
fn is_one_step(metric: &Metric, growth: &Growth) -> bool {
    let step = &metric.step;
    match metric.better {
        Better::Higher => growth.to <= step.amount(&(step.floor(&growth.from) + IBig::ONE)),
        Better::Lower => growth.to >= step.amount(&(step.ceil(&growth.from) - IBig::ONE)),
    }
}

/// Whether the numbers are those that the measure says, and not what a rate comes to beside a history.
fn says_the_target(measure: &Measure, goal: &KeyResult) -> bool {
    let of_history = matches!(goal.baseline, Some(Baseline::History(..)));
    !of_history || (matches!(measure.target, Target::Amount(_) | Target::Level(..)) && !goal.is_per_head())
}

/// The target at a limit, on the side of it that is within.
fn fitting(metric: &Metric, from: &Exact, bound: &Exact, most: bool) -> Option<Exact> {
    let one = whole(1);
    let target = match metric.better {
        Better::Higher => from * (&one + bound),
        Better::Lower => from * (&one - bound),
    };
    let up = (metric.better == Better::Higher) != most;
    let steps = if up { metric.step.ceil(&target) } else { metric.step.floor(&target) };
    let target = metric.step.amount(&steps);
    // Less than nothing is no target.
    (!dashu_base::Signed::is_negative(&target)).then_some(target)
}

/// The target as the measure would write it. `+60%` becomes the amount it comes to, which no baseline has to be known for.
fn replacement(metric: &Metric, measure: &Measure, target: &Exact) -> String {
    match &measure.target {
        Target::Level(from, _) if measure.is_from_to => {
            format!("{} to {}", written(metric, from), written(metric, target))
        }
        Target::Rate(..) | Target::Amount(_) | Target::Level(..) => written(metric, target),
    }
}
