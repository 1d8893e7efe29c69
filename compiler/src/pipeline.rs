//! What pipelines hold against what is still to win, by the month in which deals close.
//!
//! Coverage is the open pipeline ÷ what is still to win. Deals won with a chance p on the whole need a coverage of 1 ÷ p,
//! so it is held against open ÷ weighted of the same deals.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use milepost_grammar::ast::Grain;

use crate::dates::{DateSpan, minus, period_of, periods};
use crate::exact::{AboveZero, Exact, sum};
use crate::expand::{Cursor, KeyResultPlan, Line};
use crate::ledger::Claim;
use crate::plan::{GoalRef, Holder, KeyResult, KeyResultId, MetricId, PipelineId, Plan, Target};

/// Pipelines and the goals that they stand for; pipelines that share a goal are taken together.
#[derive(Clone, PartialEq, Debug)]
pub struct Coverage {
    /// The pipelines, in declaration order.
    pub pipelines: Vec<PipelineId>,
    /// The goals, in declaration order; none where nobody has a goal that these deals serve.
    pub goals: Vec<KeyResultId>,
    /// What the deals bring.
    pub metric: MetricId,
    /// Months of the plan's from the first to the last with something in it, and those outside it in which open deals
    /// close; in order.
    pub months: Vec<MonthOfClose>,
}

/// What closes in a month.
#[derive(Clone, PartialEq, Debug)]
pub struct MonthOfClose {
    /// The whole calendar month.
    pub month: DateSpan,
    /// New business that the goals plan in it; over-assignments are taken off.
    pub planned: Exact,
    /// Won in it, as far as that is known.
    pub won: Exact,
    /// What is still to win in it: what is planned up to its end, less what was won by then and what is to be won in the
    /// months before; at least 0, and nothing in a month that is over.
    pub to_win: Exact,
    /// The amounts of the open deals.
    pub open: Exact,
    /// How many open deals that are; those without an amount are not among them.
    pub deals: usize,
    /// The same, each times its chance; a deal without one weighs nothing.
    pub weighted: Exact,
    /// Whether deals that close in it are to be expected by now: it is not over, and from the first month with open deals on
    /// there are not two in a row without any.
    pub in_sight: bool,
}

impl MonthOfClose {
    /// How many times the open deals hold what is still to win; `None` where that is nothing.
    #[must_use]
    pub fn ratio(&self) -> Option<Exact> {
        self.to_win.is_above_zero().then(|| &self.open / &self.to_win)
    }

    /// How many times they have to hold it, going by their chances; `None` where they weigh nothing.
    #[must_use]
    pub fn asked(&self) -> Option<Exact> {
        self.weighted.is_above_zero().then(|| &self.open / &self.weighted)
    }

    /// Whether its open deals weigh less than what is still to win.
    #[must_use]
    pub fn is_thin(&self) -> bool {
        self.in_sight && self.weighted < self.to_win
    }
}

/// The goals that a pipeline stands for, in declaration order: those of its metric whose people own one of its deals, all
/// where no deal has an owner. What was dropped is none, nor is what other goals of the metric add up to.
///
/// `key_results` come in declaration order; those that are not among them are no goals.
#[must_use]
pub fn goals<K: Borrow<KeyResultPlan>>(
    plan: &Plan,
    pipeline: PipelineId,
    key_results: &[K],
) -> Vec<KeyResultId> {
    let pipeline = &plan[pipeline];
    let owners: BTreeSet<_> = pipeline.deals.iter().filter_map(|deal| deal.owner).collect();
    let parts = Parts::new(plan, pipeline.metric);
    let serves = |expanded: &&KeyResultPlan| {
        let goal = &plan[expanded.key_result];
        if !is_amount_of(plan, goal, pipeline.metric) || parts.make_up(plan, expanded.key_result) {
            return false;
        }
        let claim = Claim::new(plan, goal, Some(expanded));
        owners.is_empty() || owners.iter().any(|owner| claim.holds(Some(Holder::Person(*owner))))
    };
    key_results.iter().map(K::borrow).filter(serves).map(|expanded| expanded.key_result).collect()
}

/// Whether a goal is to reach an amount of `metric`, and was not given up.
fn is_amount_of(plan: &Plan, goal: &KeyResult, metric: MetricId) -> bool {
    let measured = goal.measure.as_ref().is_some_and(|measure| {
        measure.metric == metric && matches!(measure.target, Target::Amount(_) | Target::Rate(..))
    });
    measured && goal.dropped.is_none() && plan[goal.objective].dropped.is_none()
}

/// Which goals the amounts of a metric support.
struct Parts {
    of: HashMap<GoalRef, Vec<KeyResultId>>,
}

impl Parts {
    fn new(plan: &Plan, metric: MetricId) -> Self {
        let mut of: HashMap<GoalRef, Vec<KeyResultId>> = HashMap::new();
        for (index, part) in plan.key_results.iter().enumerate() {
            if is_amount_of(plan, part, metric) {
                for (goal, _) in part.supports.iter().chain(&plan[part.objective].supports) {
                    of.entry(*goal).or_default().push(KeyResultId::new(index));
                }
            }
        }
        Self { of }
    }

    /// Whether the parts of a goal are goals of their own: others that support it or its objective.
    fn make_up(&self, plan: &Plan, id: KeyResultId) -> bool {
        let own = [GoalRef::KeyResult(id), GoalRef::Objective(plan[id].objective)];
        own.iter().filter_map(|goal| self.of.get(goal)).flatten().any(|part| *part != id)
    }
}

/// What all pipelines hold, in the order of the first of each. Amounts are planned where `key_results` are expanded to
/// the days.
#[must_use]
pub fn coverage<K: Borrow<KeyResultPlan>>(
    plan: &Plan,
    key_results: &[K],
    as_of: Option<NaiveDate>,
) -> Vec<Coverage> {
    let mut all: Vec<Coverage> = Vec::new();
    for index in 0..plan.pipelines.len() {
        let id = PipelineId::new(index);
        let mut goals: BTreeSet<KeyResultId> = self::goals(plan, id, key_results).into_iter().collect();
        let mut pipelines = BTreeSet::from([id]);
        all.retain(|other| {
            let shared = other.goals.iter().any(|goal| goals.contains(goal));
            if shared {
                goals.extend(&other.goals);
                pipelines.extend(&other.pipelines);
            }
            !shared
        });
        all.push(Coverage {
            pipelines: pipelines.into_iter().collect(),
            goals: goals.into_iter().collect(),
            metric: plan[id].metric,
            months: Vec::new(),
        });
    }
    all.sort_by_key(|coverage| coverage.pipelines.first().copied());
    for coverage in &mut all {
        coverage.months = months(plan, key_results, coverage, as_of);
    }
    all
}

/// What is gathered about a month.
#[derive(Default)]
struct Gathered {
    planned: Exact,
    won: Exact,
    open: Exact,
    deals: usize,
    weighted: Exact,
}

fn month_of(date: NaiveDate) -> DateSpan {
    period_of(date, Grain::Month, 1)
}

fn months<K: Borrow<KeyResultPlan>>(
    plan: &Plan,
    key_results: &[K],
    coverage: &Coverage,
    as_of: Option<NaiveDate>,
) -> Vec<MonthOfClose> {
    let mut gathered: BTreeMap<DateSpan, Gathered> = BTreeMap::new();
    for goal in &coverage.goals {
        let expanded = key_results.binary_search_by_key(goal, |expanded| expanded.borrow().key_result).ok();
        let Some(expanded) = expanded.and_then(|at| key_results.get(at)).map(K::borrow) else { continue };
        let outcomes = expanded.chains.iter().filter_map(|chain| chain.stages.first());
        let dealt: Vec<(DateSpan, Exact)> = outcomes
            .flat_map(|stage| &stage.lines)
            .flat_map(|line| planned(plan, coverage.metric, line))
            .collect();
        // What people are given on top need not be won.
        let all = sum(dealt.iter().map(|(_, amount)| amount));
        let asked = expanded.totals.as_ref().map(|totals| plan[coverage.metric].step.amount(&totals.new));
        let part = asked.filter(|_| !all.is_zero()).map_or(Exact::ONE, |asked| asked / &all);
        for (month, amount) in dealt {
            gathered.entry(month).or_default().planned += amount * &part;
        }
    }
    let inside = DateSpan { first: month_of(plan.period.first).first, last: month_of(plan.period.last).last };
    for deal in coverage.pipelines.iter().flat_map(|pipeline| &plan[*pipeline].deals) {
        let known = |on: NaiveDate| inside.contains(on) && as_of.is_none_or(|as_of| on <= as_of);
        if let Some((on, amount)) = deal.won().filter(|(on, _)| known(*on)) {
            gathered.entry(month_of(on)).or_default().won += amount;
        }
        if let (true, Some(close), Some(amount)) = (deal.counts(), deal.close, &deal.amount) {
            let month = gathered.entry(month_of(close)).or_default();
            month.open += amount;
            month.deals += 1;
            month.weighted += deal.weighted().unwrap_or_default();
        }
    }
    // A month without anything stands between two that have something, as far as the plan goes.
    let of_plan = || gathered.keys().filter(|month| inside.contains(month.first)).copied();
    if let (Some(first), Some(last)) = (of_plan().next(), of_plan().next_back()) {
        for month in periods(DateSpan { first: first.first, last: last.last }, Grain::Month, 1) {
            gathered.entry(month).or_default();
        }
    }
    let is_over = |month: &DateSpan| as_of.is_some_and(|as_of| month.last <= as_of);
    let in_sight =
        in_sight(gathered.iter().filter(|(month, _)| !is_over(month)).map(|(month, of)| (*month, of.deals)));
    // Planned less won up to the month, and what is to be won before it.
    let (mut balance, mut before) = (Exact::ZERO, Exact::ZERO);
    let month = |(month, gathered): (DateSpan, Gathered)| {
        let Gathered { planned, won, open, deals, weighted } = gathered;
        balance += &planned - &won;
        let to_win = if is_over(&month) { Exact::ZERO } else { (&balance - &before).max(Exact::ZERO) };
        before += &to_win;
        let in_sight = in_sight.contains(&month);
        MonthOfClose { month, planned, won, to_win, open, deals, weighted, in_sight }
    };
    gathered.into_iter().map(month).collect()
}

/// The months in which deals are to be expected: from the first one with some on, as long as there are not two in a row without.
fn in_sight(months: impl Iterator<Item = (DateSpan, usize)>) -> BTreeSet<DateSpan> {
    let mut months = months.skip_while(|(_, deals)| *deals == 0).peekable();
    let mut in_sight = BTreeSet::new();
    while let Some((month, deals)) = months.next() {
        if deals == 0 && months.peek().is_none_or(|(_, deals)| *deals == 0) {
            break;
        }
        in_sight.insert(month);
    }
    in_sight
}

/// What a line plans in each calendar month.
fn planned(plan: &Plan, metric: MetricId, line: &Line) -> Vec<(DateSpan, Exact)> {
    let window = line.course.window();
    let step = line.step(plan, metric);
    let mut cursor = Cursor::new(&line.course, line.phase, window.first);
    let mut before = cursor.advance(minus(window.first, 1));
    let mut amounts = Vec::new();
    for days in periods(window, Grain::Month, 1) {
        let done = cursor.advance(days.last);
        if done != before {
            amounts.push((month_of(days.first), step.amount(&(done - before).into())));
        }
        before = done;
    }
    amounts
}
