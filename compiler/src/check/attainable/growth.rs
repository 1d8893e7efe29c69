//! Growth outside its limits: at most 30 % unless a `smart` block says otherwise. An aspirational goal is not expected to be
//! reached in full, so the default is not for it; one that does not grow at all is `sandbagged`.
//!
//! Growth = (target − baseline) ÷ baseline, or beside the history's same days, or a level's start; the other way round where
//! less is better. A rate of closing raised from 25 % to 30 % grows by 20 %, to 50 % by 100 %.

use milepost_grammar::ast::{Better, GoalType};

use crate::check::finding::Finding;
use crate::check::remark::{Past, Remark};
use crate::check::subject::Subject;
use crate::check::written::{percents, read, written};
use crate::exact::{Exact, ceil, ratio, whole};
use crate::message::Message;
use crate::plan::{GoalRef, Measure, Metric, Target};

use super::has_too_little_history;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal, measure) in subject.measured() {
        if has_too_little_history(subject.plan, goal) {
            continue;
        }
        let Some(growth) = subject.growth(id) else { continue };
        let own = GoalRef::KeyResult(id);
        let limits = subject.growth_limits(own);
        let most = match limits {
            Some(limits) => limits.most.clone(),
            None if goal.goal_type == Some(GoalType::Aspirational) => None,
            None => Some(ratio(3, 10)),
        };
        let least = limits.and_then(|limits| limits.least.clone());
        let (limit, bound) = match (least, most) {
            (_, Some(most)) if growth.part > most => (Past::Most(percents(&most)), most),
            (Some(least), _) if growth.part < least => (Past::Least(percents(&least)), least),
            _ => continue,
        };
        let metric = &subject.plan[measure.metric];
        // What comes to where it starts is no target.
        let fits = fitting(metric, &growth.from, &bound, matches!(limit, Past::Most(_)));
        let fits = fits.filter(|fits| *fits != growth.from);
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
        let mut finding = Finding::new(own, remark, measure.place);
        if let Some(limits) = limits {
            finding.limited = true;
            finding = finding.label(limits.place, Message::LimitHere);
        }
        if let Some(text) = fits.and_then(|fits| replacement(metric, measure, &fits)) {
            finding = finding.replace(measure.target_place, text);
        }
        found.push(finding);
    }
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

/// The target as the measure would write it; a rate is not turned into an amount.
fn replacement(metric: &Metric, measure: &Measure, target: &Exact) -> Option<String> {
    match &measure.target {
        Target::Rate(..) => None,
        Target::Level(from, _) if measure.growth.is_none() => {
            Some(format!("from {} to {}", written(metric, from), written(metric, target)))
        }
        Target::Amount(_) if measure.growth.is_none() => Some(written(metric, target)),
        // `+60%` becomes the amount it comes to, which no baseline has to be known for.
        Target::Amount(_) => Some(written(metric, target)),
        Target::Level(..) => Some(written(metric, target)),
    }
}
