//! From a plan to the rows of `plan.csv`.

use chrono::NaiveDate;

use super::existing;
use super::level::levels;
use super::model::{Calendar, KeyResult, Measure, Objective, Plan, Reach, Unit};
use super::period::{Grain, days};
use super::rational::{Q, ceil_to, one, percent, sum, whole, zero};
use super::row::{Place, Row, RowKind};
use super::running::{Flow, Phase, Portion, portions};
use super::season::Season;
use super::share::{Part, Table};
use super::someone::{Someone, everybody};
use super::stage::{metric, stages};
use super::unplannable::Unplannable;
use super::weighing::{Holder, Knot, Timing};

/// All rows, in their order.
pub(crate) fn expand(plan: &Plan) -> Result<Vec<Row>, Unplannable> {
    let people = everybody(plan);
    let mut rows = Vec::new();
    for (o, objective) in plan.objectives.iter().enumerate() {
        for (k, key_result) in objective.key_results.iter().enumerate() {
            let goal = Goal { plan, people: &people, objective, key_result, at: (o, k) };
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
            loaded: key_result.loaded.as_ref(),
            knots: Vec::new(),
        };
        let mut rows = Vec::new();

        // A target off the step rounds up before anything is taken off it.
        let target = match &key_result.measure {
            Measure::Level { from, to } => {
                timing.knots = self.knots(to, last);
                let person = self.people.iter().find(|person| person.name == self.owner());
                let holder = person.map_or(Holder::Team, Holder::Person);
                let portions = levels(&timing, measured, &step, from, holder)?;
                self.add(&mut rows, person, &key_result.metric, RowKind::New, portions)?;
                return Ok(rows);
            }
            Measure::Amount(amount) => ceil_to(amount, &step),
            Measure::Rate(amount, per) => {
                ceil_to(&(amount * periods(*per, &plan.calendar, first, last)), &step)
            }
        };
        if !key_result.checkpoints.is_empty() {
            timing.knots = self.knots(&target, last);
        }
        let season = |metric| {
            Season::new(key_result.spread.as_ref(), metric, &plan.calendar, &plan.histories, first, last)
        };

        // The existing part has rows of its own, and only the rest is shared.
        let mut new = target;
        if let Some(name) = &key_result.existing {
            let accounts = plan
                .accounts
                .iter()
                .find(|accounts| accounts.name == *name)
                .ok_or(Unplannable("no such accounts"))?;
            let lines = existing::lines(accounts, self.people, &timing, measured, &season(measured)?, &step)?;
            for (owner, portions) in lines {
                self.add(&mut rows, owner, &key_result.metric, RowKind::Existing, portions)?;
            }
            new = ceil_to(&(new - existing::existing(accounts)), &step).max(zero());
        }
        if new == zero() {
            return Ok(rows);
        }

        // What the people take on together is the new amount and the
        // over-assignment, rounded up; it is applied once, at the top.
        let over = key_result.over_assign.as_ref().map_or_else(zero, percent);
        let people_total = ceil_to(&(new * (one() + over)), &step);

        let funnel = key_result.through.as_ref().map(|name| {
            let found = plan.funnels.iter().find(|funnel| funnel.name == *name);
            found.ok_or(Unplannable("no such funnel"))
        });
        let stages = stages(plan, measured, funnel.transpose()?)?;
        let Some(table) = Table::new(plan, self.owner(), key_result, &timing)? else {
            let days = timing.weigh(measured, &season(measured)?, 0, Holder::Team)?;
            let flow = Flow { total: people_total, days };
            let portions = portions(&[flow], Phase::ALONE, &step, measured.grain());
            self.add(&mut rows, None, &key_result.metric, RowKind::New, portions)?;
            return Ok(rows);
        };

        let mut shared: Vec<Vec<Part>> = Vec::new();
        for stage in &stages {
            let step = stage.metric.step(plan.currency);
            let parts = match stage.from {
                None => table.hand_out(&people_total, &step)?,
                Some((funnel, line, above)) => {
                    let upstream = &shared[above];
                    // Below money the exact shares weigh, so that nobody's work
                    // hangs on a cent; below counts the amounts that were shared.
                    let money = stages[above].metric.unit == Unit::Money;
                    let mut weights: Vec<Q> = upstream
                        .iter()
                        .map(|part| if money { part.exact.clone() } else { part.amount.clone() })
                        .collect();
                    let need = line.rate.need();
                    let own: Vec<Option<Q>> =
                        table.seats().map(|seat| seat.person.own_need(&funnel.name, &line.left)).collect();
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
            for (seat, part) in table.seats().zip(&parts) {
                if part.amount == zero() {
                    continue;
                }
                let holder = Holder::Person(&seat.person);
                let days = timing.weigh(stage.metric, &season, stage.lag, holder)?;
                let flow = Flow { total: part.amount.clone(), days };
                let portions = portions(&[flow], seat.phase, &step, stage.metric.grain());
                let person = Some(&seat.person);
                self.add(&mut rows, person, &stage.metric.name, RowKind::New, portions)?;
            }
            shared.push(parts);
        }
        Ok(rows)
    }

    /// The key result's own owner, or the objective's.
    fn owner(&self) -> &str {
        let owner = self.key_result.owner.as_ref().or(self.objective.owner.as_ref());
        owner.map_or("", |name| name)
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
        metric_name: &str,
        kind: RowKind,
        portions: Vec<Portion>,
    ) -> Result<(), Unplannable> {
        let of = metric(self.plan, metric_name)?;
        let place = |name: &str| self.people.iter().position(|person| person.name == name);
        // Without a person the row is the team's that owns the goal, or of the
        // team of the person who does.
        let team = match (person, self.people.iter().find(|person| person.name == self.owner())) {
            (Some(person), _) => person.team(),
            (None, Some(owner)) => owner.team(),
            (None, None) => self.owner().to_owned(),
        };
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
                        .position(|metric| metric.name == metric_name)
                        .unwrap_or_default(),
                    kind,
                },
                end: portion.end,
                person: person.map(|person| person.name.clone()).unwrap_or_default(),
                team: team.clone(),
                objective: self.objective.name.clone(),
                key_result: self.key_result.name.clone(),
                metric: metric_name.to_owned(),
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
        Ok(())
    }
}

/// How many periods a window holds: working days for a rate per day; else one for
/// each whole period, and for one that the window cuts the part of its working
/// days that lie inside (none where it has none). All by the plan's calendar.
fn periods(per: Grain, calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> Q {
    if per == Grain::Day {
        return calendar.count(first, last);
    }
    let mut count = zero();
    for period in per.meeting(first, last) {
        if first <= period.first() && period.last() <= last {
            count += whole(1);
            continue;
        }
        let inside = days(period.first().max(first), period.last().min(last))
            .filter(|day| calendar.works(*day))
            .count() as i64;
        let all = calendar.count(period.first(), period.last());
        if all != zero() {
            count += whole(inside) / all;
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
            for row in expand(&plan).unwrap() {
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
