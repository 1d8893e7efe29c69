//! From a plan to the rows of `plan.csv`.

use chrono::NaiveDate;

use super::apportion::apportion;
use super::baseline::{baseline, changed};
use super::each::{figure, raised};
use super::existing;
use super::lag::Lag;
use super::level::levels;
use super::model::{KeyResult, Measure, Method, Metric, Objective, Plan, Reach, Share, Split, Total, Unit};
use super::period::Grain;
use super::rational::{Q, ceil_to, one, percent, sum, whole, zero};
use super::row::{Place, Row, RowKind};
use super::running::{Flow, Phase, Portion, portions};
use super::season::Season;
use super::share::{Part, Table};
use super::someone::{Someone, everybody, team_calendar};
use super::stage::{metric, stages};
use super::unplannable::Unplannable;
use super::weighing::{Holder, Knot, Timing};

/// All rows, in their order, of no shorter periods than are asked for.
pub(crate) fn expand(plan: &Plan, by: Option<Grain>) -> Result<Vec<Row>, Unplannable> {
    let people = everybody(plan);
    let mut rows = Vec::new();
    for (o, objective) in plan.objectives.iter().enumerate() {
        for (k, key_result) in objective.key_results.iter().enumerate() {
            let goal = Goal { plan, people: &people, objective, key_result, at: (o, k), by };
            rows.extend(goal.rows()?);
        }
    }
    rows.sort_by(|a, b| a.place.cmp(&b.place));
    Ok(rows)
}

/// One key result and what it takes from around it.
struct Goal<'a> {
    plan: &'a Plan,
    people: &'a [Someone],
    objective: &'a Objective,
    key_result: &'a KeyResult,
    at: (usize, usize),
    by: Option<Grain>,
}

impl Goal<'_> {
    fn rows(&self) -> Result<Vec<Row>, Unplannable> {
        let (plan, key_result) = (self.plan, self.key_result);
        let measured = metric(plan, &key_result.metric)?;
        let step = measured.step(plan.currency);
        let (first, last) = self.window();
        let mut timing = Timing {
            plan_start: plan.period.first(),
            first,
            last,
            calendar: &plan.calendar,
            fiscal: plan.fiscal,
            loaded: key_result.loaded.as_ref(),
            knots: Vec::new(),
        };
        let mut rows = Vec::new();

        // A target off the step rounds up before anything is taken off it.
        let level = |timing: &mut Timing<'_>, from: &Q, to: &Q| {
            timing.knots = self.knots(to, last);
            let person = self.people.iter().find(|person| person.name == self.owner());
            let calendar = team_calendar(plan, &self.team());
            let holder = person.map_or(Holder::Team(calendar.as_ref()), Holder::Person);
            let portions = levels(timing, measured, &step, from, holder, self.grain(measured))?;
            let mut rows = Vec::new();
            self.add(&mut rows, person, None, measured, RowKind::New, portions);
            Ok(rows)
        };
        let target = match &key_result.measure {
            Measure::Level { from, to } => return level(&mut timing, from, to),
            Measure::Relative(change) => {
                // One that comes out between two steps rounds up too; a level
                // starts from the baseline.
                let baseline = baseline(plan, key_result, first, last)?;
                let target = changed(&baseline, change)?;
                if measured.total == Total::Last {
                    return level(&mut timing, &baseline, &target);
                }
                ceil_to(&target, &step)
            }
            Measure::Amount(amount) => ceil_to(amount, &step),
            Measure::Rate(amount, per) => ceil_to(&(amount * periods(*per, &timing)), &step),
        };
        if !key_result.checkpoints.is_empty() {
            timing.knots = self.knots(&target, last);
        }
        // The existing part has rows of its own, and only the rest is shared.
        let mut new = target.clone();
        if let Some(name) = &key_result.existing {
            let accounts = plan
                .accounts
                .iter()
                .find(|accounts| accounts.name == *name)
                .ok_or(Unplannable("no such accounts"))?;
            let spread = key_result.spread.as_ref();
            let season = Season::new(spread, measured, &plan.calendar, &plan.histories, first, last)?;
            let grain = self.grain(measured);
            let calendar = team_calendar(plan, &self.team());
            // Everybody, and the team for what nobody owns.
            let team = (None, Holder::Team(calendar.as_ref()));
            let people = self.people.iter().map(|person| (Some(person), Holder::Person(person)));
            let owners: Vec<_> = std::iter::once(team).chain(people).collect();
            let lines = existing::lines(accounts, &owners, &timing, measured, &season, &step, grain)?;
            for (owner, portions) in lines {
                self.add(&mut rows, owner, None, measured, RowKind::Existing, portions);
            }
            new = ceil_to(&(new - existing::existing(accounts)), &step).max(zero());
        }
        // A rate per head may come to nothing by the plan's calendar and to something
        // by somebody's own.
        let each = matches!(key_result.share, Some(Share { method: Method::Each { .. }, .. }));
        if new == zero() && !each {
            return Ok(rows);
        }

        // The parts of a split come before people, and each is a chain of its own.
        let mut parts = vec![(None, new.clone())];
        if let Some(split) = &key_result.split {
            let amounts = cut(&new, split, &step)?;
            parts = amounts.into_iter().enumerate().map(|(p, amount)| (Some(p), amount)).collect();
        }
        for (part, new) in parts {
            rows.extend(self.chain(part, &new, &target, measured, &timing)?);
        }
        Ok(rows)
    }

    /// What is new of one part, from the measured metric down the funnel.
    fn chain(
        &self,
        part: Option<usize>,
        new: &Q,
        target: &Q,
        measured: &Metric,
        timing: &Timing<'_>,
    ) -> Result<Vec<Row>, Unplannable> {
        let (plan, key_result) = (self.plan, self.key_result);
        let step = measured.step(plan.currency);
        let season = |metric| {
            let spread = key_result.spread.as_ref();
            Season::new(spread, metric, &plan.calendar, &plan.histories, timing.first, timing.last)
        };
        let mut rows = Vec::new();

        // What the people take on together is the new amount and the
        // over-assignment, rounded up; it is applied once, at the top.
        let over = key_result.over_assign.as_ref().map_or_else(zero, percent);
        let people_total = ceil_to(&(new * (one() + &over)), &step);

        let funnel = key_result.through.as_ref().map(|name| {
            let found = plan.funnels.iter().find(|funnel| funnel.name == *name);
            found.ok_or(Unplannable("no such funnel"))
        });
        let stages = stages(plan, measured, funnel.transpose()?)?;
        let Some(table) = self.table(part, timing, &step)? else {
            if people_total == zero() {
                return Ok(rows);
            }
            let calendar = team_calendar(plan, &self.team());
            let holder = Holder::Team(calendar.as_ref());
            let days = timing.weigh(measured, &season(measured)?, &Lag::default(), holder)?;
            let flow = Flow { total: people_total, days };
            let portions = portions(&[flow], Phase::ALONE, &step, self.grain(measured), plan.fiscal);
            self.add(&mut rows, None, part, measured, RowKind::New, portions);
            return Ok(rows);
        };

        let mut shared: Vec<Vec<Part>> = Vec::new();
        // A metric that is reached by two ways has one line of both.
        let mut flows: Vec<(&Metric, Vec<Vec<Flow>>)> = Vec::new();
        for stage in &stages {
            let step = stage.metric.step(plan.currency);
            let parts = match stage.from {
                None => match &key_result.share {
                    Some(Share { method: Method::Each { by_capacity }, .. }) => {
                        let mut parts = Vec::new();
                        for seat in table.seats() {
                            let measure = &key_result.measure;
                            // It is rounded up and then cut in steps; the next
                            // stage weighs what it is exactly.
                            let exact = figure(seat, measure, target, *by_capacity, timing);
                            let amount = self.part_of(&ceil_to(&exact, &step), part, &step)?;
                            let exact = exact * self.weight_of(part);
                            parts.push(raised(seat, Part { amount, exact }, &over, &step));
                        }
                        if parts.iter().all(|part| part.exact == zero()) {
                            return Err(Unplannable("nobody to have the figure"));
                        }
                        parts
                    }
                    // A part that is nothing has no rows.
                    _ if people_total == zero() => return Ok(rows),
                    _ => table.hand_out(&people_total, &step)?,
                },
                Some((funnel, line, above)) => {
                    let upstream = &shared[above];
                    // Below money the exact shares weigh, so that nobody's work
                    // hangs on a cent; below counts the amounts that were shared.
                    let money = stages[above].metric.unit == Unit::Money;
                    let mut weights: Vec<Q> = upstream
                        .iter()
                        .map(|part| if money { part.exact.clone() } else { part.amount.clone() })
                        .collect();
                    let need = line.need(&line.rate);
                    let own: Vec<Option<Q>> = table
                        .seats()
                        .map(|seat| seat.person.own_rate(&funnel.name, line.label()))
                        .map(|own| own.map(|rate| line.need(rate)))
                        .collect();
                    let total = if own.iter().all(Option::is_none) {
                        // The rounded total of the stage above, times the need,
                        // rounded up once for all.
                        let above: Vec<Q> = upstream.iter().map(|part| part.amount.clone()).collect();
                        ceil_to(&(sum(&above) * need), &step)
                    } else {
                        // Somebody's own rate weighs in, and what all of them need
                        // is added up before it is rounded.
                        for (weight, own) in weights.iter_mut().zip(own) {
                            *weight *= own.unwrap_or_else(|| need.clone());
                        }
                        ceil_to(&sum(&weights), &step)
                    };
                    table.hand_down(&total, &weights, &step)?
                }
            };
            let season = season(stage.metric)?;
            let line = match flows.iter().position(|(metric, _)| metric.name == stage.metric.name) {
                Some(line) => line,
                None => {
                    flows.push((stage.metric, vec![Vec::new(); parts.len()]));
                    flows.len() - 1
                }
            };
            for (place, (seat, part)) in table.seats().zip(&parts).enumerate() {
                if part.amount == zero() {
                    continue;
                }
                let holder = Holder::Person(&seat.person);
                let days = timing.weigh(stage.metric, &season, &stage.lag, holder)?;
                flows[line].1[place].push(Flow { total: part.amount.clone(), days });
            }
            shared.push(parts);
        }
        for (metric, by_seat) in &flows {
            let step = metric.step(plan.currency);
            for (seat, flows) in table.seats().zip(by_seat) {
                let portions = portions(flows, seat.phase, &step, self.grain(metric), plan.fiscal);
                self.add(&mut rows, Some(&seat.person), part, metric, RowKind::New, portions);
            }
        }
        Ok(rows)
    }

    /// An amount's part of a split, in steps; all of it where there is none.
    fn part_of(&self, amount: &Q, part: Option<usize>, step: &Q) -> Result<Q, Unplannable> {
        match (&self.key_result.split, part) {
            (Some(split), Some(part)) => Ok(cut(amount, split, step)?.swap_remove(part)),
            _ => Ok(amount.clone()),
        }
    }

    /// How much of the whole a part of a split is, exactly.
    fn weight_of(&self, part: Option<usize>) -> Q {
        match (&self.key_result.split, part) {
            (Some(split), Some(part)) => {
                &split.parts[part].1 / sum(split.parts.iter().map(|(_, weight)| weight))
            }
            _ => one(),
        }
    }

    /// Who takes part in one part of a split: pins are cut like the amount.
    fn table(
        &self,
        part: Option<usize>,
        timing: &Timing<'_>,
        step: &Q,
    ) -> Result<Option<Table>, Unplannable> {
        let mut key_result = self.key_result.clone();
        for (_, pin) in &mut key_result.pins {
            *pin = self.part_of(pin, part, step)?;
        }
        Table::new(self.plan, self.owner(), &key_result, timing)
    }

    /// The metric's own grain, or a longer one that was asked for.
    fn grain(&self, metric: &Metric) -> Grain {
        self.by.map_or(metric.grain(), |by| metric.grain().max(by))
    }

    /// The key result's own owner, or the objective's.
    fn owner(&self) -> &str {
        let owner = self.key_result.owner.as_ref().or(self.objective.owner.as_ref());
        owner.map_or("", |name| name)
    }

    /// Rows without a person are of the team that owns the goal, or of the team of
    /// the person who does.
    fn team(&self) -> String {
        let person = self.people.iter().find(|person| person.name == self.owner());
        person.map_or_else(|| self.owner().to_owned(), Someone::team)
    }

    /// The nearest `during`, or the plan's period; `by` ends it sooner, never later.
    fn window(&self) -> (NaiveDate, NaiveDate) {
        let during = self.key_result.during.as_ref().or(self.objective.during.as_ref());
        let during = during.unwrap_or(&self.plan.period);
        let by = self.key_result.by.as_ref().map(|by| by.last());
        (during.first(), by.map_or(during.last(), |by| by.min(during.last())))
    }

    /// Checkpoints as parts of the whole target, and the target at the end.
    fn knots(&self, target: &Q, last: NaiveDate) -> Vec<Knot> {
        let mut knots: Vec<Knot> = self
            .key_result
            .checkpoints
            .iter()
            .map(|checkpoint| Knot {
                day: checkpoint.by.last(),
                reach: match &checkpoint.reach {
                    Reach::Amount(amount) => amount.clone(),
                    Reach::OfTarget(p) => target * percent(p),
                },
            })
            .collect();
        knots.sort_by_key(|knot| knot.day);
        if knots.last().is_none_or(|knot| knot.day < last) {
            knots.push(Knot { day: last, reach: target.clone() });
        }
        knots
    }

    fn add(
        &self,
        rows: &mut Vec<Row>,
        person: Option<&Someone>,
        part: Option<usize>,
        of: &Metric,
        kind: RowKind,
        portions: Vec<Portion>,
    ) {
        let place = |name: &str| self.people.iter().position(|person| person.name == name);
        let team = person.map_or_else(|| self.team(), Someone::team);
        for portion in portions {
            rows.push(Row {
                place: Place {
                    start: portion.start,
                    person: person.and_then(|person| place(&person.name)),
                    objective: self.at.0,
                    key_result: self.at.1,
                    metric: self
                        .plan
                        .metrics
                        .iter()
                        .position(|metric| metric.name == of.name)
                        .unwrap_or_default(),
                    part,
                    kind,
                },
                end: portion.end,
                person: person.map(|person| person.name.clone()).unwrap_or_default(),
                team: team.clone(),
                objective: self.objective.name.clone(),
                key_result: self.key_result.name.clone(),
                part: self.part_name(part),
                metric: of.name.clone(),
                amount: portion.amount,
                unit: match of.unit {
                    Unit::Money => self.plan.currency.code(),
                    Unit::Count => "count",
                    Unit::Percent => "percent",
                },
                to_date: portion.to_date,
                step: of.step(self.plan.currency),
            });
        }
    }

    fn part_name(&self, part: Option<usize>) -> String {
        match (&self.key_result.split, part) {
            (Some(split), Some(part)) => format!("{}={}", split.dimension, split.parts[part].0),
            _ => String::new(),
        }
    }
}

/// Cuts an amount into the parts of a split, in whole steps.
fn cut(amount: &Q, split: &Split, step: &Q) -> Result<Vec<Q>, Unplannable> {
    let weights: Vec<Q> = split.parts.iter().map(|(_, weight)| weight.clone()).collect();
    let steps = apportion(&(amount / step), &weights)?;
    Ok(steps.into_iter().map(|steps| steps * step).collect())
}

/// How many periods a window holds: working days for a rate per day; else one for
/// each whole period, and for one that the window cuts the part of its working
/// days that lie inside (none where it has none). All by the plan's calendar.
fn periods(per: Grain, timing: &Timing<'_>) -> Q {
    let (calendar, first, last) = (timing.calendar, timing.first, timing.last);
    if per == Grain::Day {
        return calendar.count(first, last);
    }
    let mut count = zero();
    for period in per.meeting(first, last, timing.fiscal) {
        if first <= period.first() && period.last() <= last {
            count += whole(1);
            continue;
        }
        let inside = calendar.count(period.first().max(first), period.last().min(last));
        let all = calendar.count(period.first(), period.last());
        if all != zero() {
            count += inside / all;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::generate;
    use super::super::model::Total;
    use super::*;

    #[test]
    fn amounts_are_positive_and_add_up_to_what_is_said_to_date() {
        for seed in 0..40 {
            let plan = generate::plan(seed);
            let mut so_far: BTreeMap<Place, Q> = BTreeMap::new();
            for row in expand(&plan, None).unwrap() {
                assert!(row.place.start <= row.end && row.amount > zero(), "seed {seed}");
                if metric(&plan, &row.metric).unwrap().total == Total::Sum {
                    let line = Place { start: plan.period.first(), ..row.place };
                    let total = so_far.entry(line).or_insert_with(zero);
                    *total += &row.amount;
                    assert_eq!(*total, row.to_date, "seed {seed}");
                }
            }
        }
    }
}
