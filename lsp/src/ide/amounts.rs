//! What a key result comes to, all its chains together.

use std::collections::HashMap;

use milepost::compile::Compilation;
use milepost::dates::DateSpan;
use milepost::exact::{Exact, sum};
use milepost::expand::share::{Seat, Seating};
use milepost::expand::{KeyResultPlan, Stage, target};
use milepost::plan::{Holder, KeyResultId, MetricId, MetricUnit, PersonId, Plan};
use milepost_grammar::ast::{Better, Grain};

use super::english::{self, Each};

/// The expansion of one key result, and what it is read with.
#[derive(Clone, Copy)]
pub(super) struct Amounts<'c> {
    pub(super) compilation: &'c Compilation,
    pub(super) plan: &'c Plan,
    pub(super) key_result: &'c KeyResultPlan,
}

impl<'c> Amounts<'c> {
    /// `None` for one that measures nothing, or cannot be planned.
    pub(super) fn of(compilation: &'c Compilation, id: KeyResultId) -> Option<Self> {
        let all = compilation.key_results();
        let index = all.binary_search_by_key(&id, |key_result| key_result.key_result).ok()?;
        Some(Self { compilation, plan: compilation.plan.as_ref()?, key_result: all.get(index)? })
    }

    /// The metrics, the outcome first, each once.
    pub(super) fn metrics(self) -> Vec<MetricId> {
        metrics(self.key_result)
    }

    fn stages(self, metric: MetricId) -> impl Iterator<Item = &'c Stage> {
        self.key_result.stages().filter(move |stage| stage.link.metric == metric)
    }

    /// How much of a metric it takes, `25 orders`.
    pub(super) fn total(self, metric: MetricId) -> Option<String> {
        let total = self.stages(metric).map(|stage| stage.total.clone()).reduce(|sum, next| sum + next)?;
        Some(amount(self.plan, metric, &target::read(&self.plan[metric].step, &total)))
    }

    /// The whole that is asked for.
    pub(super) fn target(self) -> Option<String> {
        let totals = self.key_result.totals.as_ref()?;
        let metric = self.key_result.stages().next()?.link.metric;
        Some(amount(self.plan, metric, &target::read(&self.plan[metric].step, &totals.target)))
    }

    /// What is left to win, where existing accounts bring a part.
    pub(super) fn left(self) -> Option<String> {
        let totals = self.key_result.totals.as_ref()?;
        let metric = self.key_result.stages().next()?.link.metric;
        let differs = totals.new != totals.target;
        differs.then(|| amount(self.plan, metric, &target::read(&self.plan[metric].step, &totals.new)))
    }

    /// What people's parts come to together, where that is more than there is to win.
    pub(super) fn dealt_out(self) -> Option<String> {
        let totals = self.key_result.totals.as_ref().filter(|totals| totals.people != totals.new)?;
        let metric = self.key_result.stages().next()?.link.metric;
        Some(amount(self.plan, metric, &target::read(&self.plan[metric].step, &totals.people)))
    }

    /// A part of the target, rounded up to the step.
    pub(super) fn of_target(self, part: &Exact) -> Option<String> {
        let totals = self.key_result.totals.as_ref()?;
        let metric = self.key_result.stages().next()?.link.metric;
        let step = &self.plan[metric].step;
        let steps = step.ceil(&(step.amount(&totals.target) * part));
        Some(amount(self.plan, metric, &target::read(step, &steps)))
    }

    /// How much each day of each person must bring of the last metric that is planned by days, on average and rounded
    /// up: `5 visits a day each`.
    pub(super) fn pace(self) -> Option<String> {
        self.key_result.totals.as_ref()?;
        let metric = self.metrics().into_iter().rfind(|metric| self.plan[*metric].grain == Grain::Day)?;
        let total = self.stages(metric).map(|stage| stage.total.clone()).reduce(|sum, next| sum + next)?;
        let windows = self.stages(metric).filter_map(|stage| stage.window.days);
        let window = windows
            .reduce(|a, b| DateSpan { first: a.first.min(b.first), last: a.last.max(b.last) })
            .unwrap_or(self.plan[self.key_result.key_result].window);
        let presences = &self.compilation.almanac.as_ref()?.presences;
        let people: Vec<PersonId> = self.workers();
        let days = match people.as_slice() {
            [] => presences.holder(self.plan, self.key_result.team.map(Holder::Team)).count(window),
            people => people.iter().map(|person| presences.person(*person).count(window)).sum(),
        };
        let pace = target::pace(&total, days)?;
        let declared = &self.plan[metric];
        let read = amount(self.plan, metric, &target::read(&declared.step, &pace));
        let each = match people.as_slice() {
            [] | [_] => Each::One,
            _ if self.is_even() => Each::Alike,
            _ => Each::OnAverage,
        };
        Some(english::pace(&read, each, declared.better == Better::Lower))
    }

    /// Whether everybody who has a part has the same claim to it.
    fn is_even(self) -> bool {
        let groups =
            self.key_result.seated.seating().map(|seating| seating.groups.as_slice()).unwrap_or_default();
        let mut claims = groups.iter().flat_map(|group| {
            let all = sum(group.seats.iter().map(|seat| &seat.weight));
            group
                .seats
                .iter()
                .filter(|seat| !seat.weight.is_zero())
                .map(move |seat| &group.weight * &seat.weight / &all)
        });
        let pinned =
            groups.iter().any(|group| group.pin.is_some()) || self.seats().any(|seat| seat.pin.is_some());
        let own_rate = self.seats().any(|seat| !self.plan[seat.person].own_needs.is_empty());
        let first = claims.next();
        !pinned && !own_rate && claims.all(|claim| Some(&claim) == first.as_ref())
    }

    /// Who has a part of it.
    fn workers(self) -> Vec<PersonId> {
        self.seats().map(|seat| seat.person).collect()
    }

    fn seats(self) -> impl Iterator<Item = &'c Seat> {
        let seats = self.key_result.seated.seating().into_iter().flat_map(Seating::seats);
        seats.filter(|seat| seat.pin.is_some() || !seat.weight.is_zero())
    }

    /// How much of the outcome each person has, in steps; `None` where it is not dealt out, or parts and pins are mixed so
    /// that only the days tell.
    pub(super) fn parts(self) -> Option<HashMap<PersonId, i128>> {
        let goal = &self.plan[self.key_result.key_result];
        let seating = self.key_result.seated.seating()?;
        let outcome = self.key_result.stages().next()?.link.metric;
        let declared = &self.plan[outcome];
        let mixed = !goal.over_assign_one.is_empty()
            || goal.is_per_head()
            || self.key_result.chains.len() > 1 && !goal.pins.is_empty();
        if mixed || !declared.unit.is_shared() {
            return None;
        }
        let mut parts: HashMap<PersonId, i128> = HashMap::new();
        for stage in self.stages(outcome).filter(|stage| stage.link.above.is_none()) {
            let dealt = seating.deal(&stage.total, &declared.step).ok()?;
            for (seat, steps) in seating.seats().zip(&dealt.steps) {
                let part = parts.entry(seat.person).or_default();
                *part = part.saturating_add(target::counted(steps)?);
            }
        }
        Some(parts)
    }

    /// Steps of the outcome, for people to read.
    pub(super) fn read(self, steps: i128) -> Option<String> {
        let outcome = self.key_result.stages().next()?.link.metric;
        Some(amount(self.plan, outcome, &target::read(&self.plan[outcome].step, &steps.into())))
    }
}

/// The metrics of a key result, the outcome first, each once.
pub(super) fn metrics(key_result: &KeyResultPlan) -> Vec<MetricId> {
    let mut metrics: Vec<MetricId> = Vec::new();
    for stage in key_result.stages() {
        if !metrics.contains(&stage.link.metric) {
            metrics.push(stage.link.metric);
        }
    }
    metrics
}

/// An amount with what it counts: the currency, or the metric's name.
fn amount(plan: &Plan, metric: MetricId, read: &str) -> String {
    let metric = &plan[metric];
    match &metric.unit {
        MetricUnit::Money(currency) => format!("{read} {}", currency.code),
        MetricUnit::Percent => format!("{read}% {}", metric.name),
        MetricUnit::Count(_) => format!("{read} {}", metric.name),
    }
}
