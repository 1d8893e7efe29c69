//! Planning the rest anew: what happened up to the end of a day stays, and each line goes on from where it is.
//!
//! With x₀ the exact line at that day and δ = reached − planned by then, the line goes on straight from x₀ + δ to its
//! end by the weights that are left, with the same phase. Where δ is 0 that is the line as it was.

mod dealing;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::dates::DateSpan;
use crate::diagnostic::Diagnostics;
use crate::exact::{AboveZero, Exact, Step, ratio, readable, whole};
use crate::expand::almanac::Almanac;
use crate::expand::course::{Course, Cursor, Phase, Replanned, Rest};
use crate::expand::key_result::KeyResultPlan;
use crate::expand::line::{Anew, Line, Unit};
use crate::expand::relevel::relevel;
use crate::expand::weights::LineWeights;
use crate::ledger::{Claim, counting_days};
use crate::message::Message;
use crate::plan::{CheckpointAmount, MetricId, Plan, Target, reading};

use dealing::{At, Slot, Stage, groups, slots};

/// Plans the rest of a key result anew, after the end of `as_of`.
pub(super) fn replan(
    plan: &Plan,
    almanac: &Almanac,
    mut expanded: KeyResultPlan,
    as_of: NaiveDate,
    diagnostics: &mut Diagnostics,
) -> KeyResultPlan {
    let goal = &plan[expanded.key_result];
    let claim = Claim::new(plan, goal, Some(&expanded));
    let dropped = goal.dropped.as_ref().is_some_and(|dropped| dropped.by(as_of));
    if expanded.totals.is_none() {
        relevel(plan, almanac, &claim, &mut expanded, as_of, dropped);
        report_checkpoints(plan, &expanded, as_of, dropped, diagnostics);
        return expanded;
    }
    let mut metrics: Vec<MetricId> = Vec::new();
    for stage in expanded.stages() {
        if !metrics.contains(&stage.link.metric) {
            metrics.push(stage.link.metric);
        }
    }
    for (index, metric) in metrics.into_iter().enumerate() {
        let days = counting_days(goal, Some(&expanded), metric);
        let past = DateSpan::new(days.first, days.last.min(as_of));
        let mut stage = Stage {
            plan,
            metric,
            as_of,
            window: days,
            dropped,
            shared: expanded.seated.seating().is_some(),
            team: expanded.team,
            slots: slots(&expanded, metric, index == 0, as_of),
            groups: groups(plan, &claim, &expanded, metric, past),
        };
        stage.take_for_existing();
        stage.take_alone();
        let read = stage.take_shared();
        stage.report(&plan.path(expanded.key_result), diagnostics);
        expanded.read.extend(read);
        let Stage { slots, .. } = stage;
        for slot in slots {
            let at = slot.at;
            let line = slot.line(as_of, plan, metric, dropped);
            let place = match at {
                At::Existing(index) => expanded.existing.get_mut(index),
                At::New(chain, stage, index) => {
                    let chain = expanded.chains.get_mut(chain);
                    let stage = chain.and_then(|chain| chain.stages.get_mut(stage));
                    stage.and_then(|stage| stage.lines.get_mut(index))
                }
            };
            if let Some(place) = place {
                *place = line;
            }
        }
    }
    report_checkpoints(plan, &expanded, as_of, dropped, diagnostics);
    expanded
}

impl Slot {
    /// The line as it was up to the day and goes on from there.
    fn line(self, as_of: NaiveDate, plan: &Plan, metric: MetricId, dropped: bool) -> Line {
        let step = &plan[metric].step;
        let amounts = self.rows.values().map(|millionths| reading(*millionths));
        let unit = Unit::for_amounts(step, amounts.chain([&self.reached * &step.size]));
        let per_step = unit.as_ref().map_or(1, |unit| unit.per_step);
        let past = past(&self.rows, unit.as_ref(), step);
        let past_total = past.last().map_or(0, |(_, total)| *total);
        let in_units = |steps: &Exact| {
            let units = steps * Exact::from(IBig::from(per_step));
            i128::try_from(units.round()).unwrap_or(i128::MAX)
        };
        let reached = in_units(&self.reached);
        let apart = reached.saturating_sub(past_total);
        let end = in_units(&self.total);
        let rest = if dropped { None } else { self.rest(as_of) };
        let rest = rest.map(|(base, flows)| Rest {
            base,
            flows,
            per_step,
            reached,
            apart,
            end: end.max(reached).saturating_sub(apart),
        });
        let own = self.line.course.window();
        let first = past.first().map_or(own.first, |(day, _)| own.first.min(*day));
        let last = past.last().map_or(own.last, |(day, _)| own.last.max(*day));
        let left = &self.total - &self.reached;
        let amount = |steps: Exact| steps * &step.size;
        let anew = Anew {
            as_of,
            done: Some(amount(self.reached.clone())),
            total: self.line.course.steps(),
            planned: amount(Exact::from(IBig::from(self.planned))),
            rest: if rest.is_some() { amount(left) } else { whole(0) },
        };
        let window = DateSpan { first, last };
        let course = Course::Anew(Box::new(Replanned { window, as_of, past, rest }));
        Line { course, unit: unit.map(Box::new), anew: Some(Box::new(anew)), ..self.line }
    }

    /// Where the line goes on from, and what each unit of weight that is left brings; `None` if nothing is left, or no
    /// day to do it on. Where season and checkpoints leave nothing for the days left, they are dropped, as ever.
    pub(super) fn rest(&self, as_of: NaiveDate) -> Option<(Exact, Vec<(Exact, LineWeights)>)> {
        let line = self.line.course.exact_at(as_of)?;
        let from = &line.at + &self.reached - Exact::from(IBig::from(self.planned));
        // Rounding may leave the line up to a step above its end while something is missing: then it falls to the end,
        // and the first day that is left brings it.
        let left = &self.total - &from;
        if self.reached >= self.total {
            return None;
        }
        let Phase { index, count } = self.line.phase;
        let base = from - ratio(index.into(), count.into());
        let weight_left = &self.total - &line.at;
        if weight_left.is_above_zero() {
            let faster = left / weight_left;
            let flows = line
                .flows
                .into_iter()
                .map(|(amount, weights)| (&amount * &faster / Exact::from(weights.total()), weights.clone()));
            return Some((base, flows.collect()));
        }
        let (weights, all) = line.flows.iter().find_map(|(_, weights)| weights.after(as_of))?;
        Some((base, vec![(left / Exact::from(all), weights)]))
    }
}

/// Running totals of the days of `rows`, in units.
fn past(rows: &BTreeMap<NaiveDate, i128>, unit: Option<&Unit>, step: &Step) -> Vec<(NaiveDate, i128)> {
    let size = unit.map_or(&step.size, |unit| &unit.step.size);
    let mut total = 0_i128;
    let past = rows.iter().map(|(day, millionths)| {
        total = total.saturating_add(*millionths);
        let units = (reading(total) / size).round();
        (*day, i128::try_from(units).unwrap_or(i128::MAX))
    });
    past.collect()
}

/// Says which checkpoints to come the new lines do not reach.
fn report_checkpoints(
    plan: &Plan,
    expanded: &KeyResultPlan,
    as_of: NaiveDate,
    dropped: bool,
    diagnostics: &mut Diagnostics,
) {
    let goal = &plan[expanded.key_result];
    let Some(measure) = goal.measure.as_ref().filter(|_| !dropped) else { return };
    let metric = &plan[measure.metric];
    let each = goal.is_per_head();
    let (from, to) = match (&measure.target, &expanded.totals) {
        (Target::Level(from, to), _) => (from.clone(), to.clone()),
        (_, Some(totals)) => (whole(0), metric.step.amount(&totals.target)),
        _ => return,
    };
    for checkpoint in goal.checkpoints.iter().filter(|checkpoint| checkpoint.on > as_of) {
        let asked = match (&checkpoint.amount, &measure.target) {
            // Figures per head are those of one of them.
            (CheckpointAmount::Amount(amount), Target::Amount(figure)) if each && !figure.is_zero() => {
                &to * amount / figure
            }
            (CheckpointAmount::Amount(_), _) if each => continue,
            (amount, _) => amount.between(&from, &to),
        };
        let outcome = expanded.chains.iter().filter_map(|chain| chain.stages.first());
        let lines = outcome.flat_map(|stage| &stage.lines).chain(&expanded.existing);
        let read = expanded.read.iter().filter(|read| read.metric == measure.metric).map(|read| &read.line);
        let planned = lines.chain(read).fold(whole(0), |sum, line| {
            let mut cursor = Cursor::new(&line.course, line.phase, line.course.window().first);
            let units = cursor.advance(checkpoint.on);
            sum + line.step(plan, measure.metric).amount(&IBig::from(units))
        });
        let short = if to < from { planned > asked } else { planned < asked };
        if short {
            let message = Message::CheckpointNotReached {
                on: checkpoint.on.to_string(),
                asked: readable(&asked, metric.step.decimals),
                planned: readable(&planned, metric.step.decimals),
            };
            diagnostics.say(message, checkpoint.place);
        }
    }
}
