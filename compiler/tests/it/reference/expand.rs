//! From a plan to the rows of `plan.csv`.

use chrono::NaiveDate;

use super::apportion::apportion;
use super::course::{Course, Way};
use super::each::{figure, raised};
use super::lag::Lag;
use super::model::{KeyResult, Measure, Method, Metric, Objective, Plan, Reach, Share, Split, Unit};
use super::period::Grain;
use super::rational::{Q, ceil_to, one, percent, sum, whole, zero};
use super::row::{Place, Row, RowKind};
use super::running::{Flow, Phase, Portion};
use super::season::Season;
use super::share::{Part, Table};
use super::someone::{Someone, everybody, team_calendar};
use super::stage::Stage;
use super::unplannable::Unplannable;
use super::weighing::{Holder, Knot, Timing};

/// All rows, in their order, of no shorter periods than are asked for.
pub(crate) fn expand(plan: &Plan, by: Option<Grain>) -> Result<Vec<Row>, Unplannable> {
    let people = everybody(plan);
    let mut rows = Vec::new();
    for goal in goals(plan, &people) {
        let plot = goal.plot()?;
        for course in &plot.courses {
            let grain = grain(course.metric, by);
            let portions = course.portions(grain, plan.fiscal);
            rows.extend(portions.into_iter().map(|portion| goal.row(course, portion)));
        }
    }
    rows.sort_by(|a, b| a.place.cmp(&b.place));
    Ok(rows)
}

/// The metric's own grain, or a longer one that was asked for.
pub(crate) fn grain(metric: &Metric, by: Option<Grain>) -> Grain {
    by.map_or(metric.grain(), |by| metric.grain().max(by))
}

/// Every key result, in order.
pub(crate) fn goals<'a>(plan: &'a Plan, people: &'a [Someone]) -> Vec<Goal<'a>> {
    let mut goals = Vec::new();
    for (o, objective) in plan.objectives.iter().enumerate() {
        for (k, key_result) in objective.key_results.iter().enumerate() {
            goals.push(Goal { plan, people, objective, key_result, at: (o, k) });
        }
    }
    goals
}

/// One key result and what it takes from around it.
pub(crate) struct Goal<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) people: &'a [Someone],
    pub(crate) objective: &'a Objective,
    pub(crate) key_result: &'a KeyResult,
    pub(crate) at: (usize, usize),
}

impl<'a> Goal<'a> {
    /// What is new of one part, from the measured metric down the funnel.
    pub(crate) fn chain(
        &self,
        part: Option<usize>,
        new: &Q,
        target: &Q,
        stages: &[Stage<'a>],
        timing: &Timing<'_>,
    ) -> Result<Vec<Course<'a>>, Unplannable> {
        let (plan, key_result) = (self.plan, self.key_result);
        let measured = stages[0].metric;
        let step = measured.step(plan.currency);
        let season = |metric| {
            let spread = key_result.spread.as_ref();
            Season::new(spread, metric, &plan.calendar, &plan.histories, timing.first, timing.last)
        };
        let mut courses = Vec::new();
        let course = |person, metric: &'a Metric, flows, phase| Course {
            person,
            part,
            metric,
            kind: RowKind::New,
            step: metric.step(plan.currency),
            way: Way::Flows { flows, phase },
        };

        // What the people take on together is the new amount and the
        // over-assignment, rounded up; it is applied once, at the top.
        let over = key_result.over_assign.as_ref().map_or_else(zero, percent);
        let people_total = ceil_to(&(new * (one() + &over)), &step);

        let Some(table) = self.table(part, timing, &step)? else {
            if people_total == zero() {
                return Ok(courses);
            }
            let calendar = team_calendar(plan, &self.team());
            let holder = Holder::Team(calendar.as_ref());
            let days = timing.weigh(measured, &season(measured)?, &Lag::default(), holder)?;
            let flow = Flow { total: people_total, days };
            courses.push(course(None, measured, vec![flow], Phase::ALONE));
            return Ok(courses);
        };

        let mut shared: Vec<Vec<Part>> = Vec::new();
        // A metric that is reached by two ways has one line of both.
        let mut flows: Vec<(&'a Metric, Vec<Vec<Flow>>)> = Vec::new();
        for stage in stages {
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
                    _ if people_total == zero() => return Ok(courses),
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
        for (metric, by_seat) in flows {
            for (seat, flows) in table.seats().zip(by_seat) {
                let person = self.place(&seat.person.name);
                courses.push(course(person, metric, flows, seat.phase));
            }
        }
        Ok(courses)
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
    pub(crate) fn table(
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

    /// The key result's own owner, or the objective's.
    pub(crate) fn owner(&self) -> &str {
        let owner = self.key_result.owner.as_ref().or(self.objective.owner.as_ref());
        owner.map_or("", |name| name)
    }

    /// Rows without a person are of the team that owns the goal, or of the team of
    /// the person who does.
    pub(crate) fn team(&self) -> String {
        let person = self.people.iter().find(|person| person.name == self.owner());
        person.map_or_else(|| self.owner().to_owned(), Someone::team)
    }

    /// The nearest `during`, or the plan's period; `by` ends it sooner, never later.
    pub(crate) fn window(&self) -> (NaiveDate, NaiveDate) {
        let during = self.key_result.during.as_ref().or(self.objective.during.as_ref());
        let during = during.unwrap_or(&self.plan.period);
        let mut by = self.key_result.by.as_ref().map(|by| by.last());
        // A checklist ends with its last item, where all of them say a day.
        if let Measure::Reach(items) = &self.key_result.measure
            && items.iter().all(|item| item.by.is_some())
        {
            by = items.iter().filter_map(|item| item.by).max();
        }
        (during.first(), by.map_or(during.last(), |by| by.min(during.last())))
    }

    /// Checkpoints as parts of the whole target, and the target at the end.
    pub(crate) fn knots(&self, target: &Q, last: NaiveDate) -> Vec<Knot> {
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

    /// A row of a line; the team is that of the person, or else the one that owns
    /// the goal.
    pub(crate) fn row(&self, of: &Course<'_>, portion: Portion) -> Row {
        let person = of.person.map(|person| &self.people[person]);
        let metrics = &self.plan.metrics;
        Row {
            place: Place {
                start: portion.start,
                person: of.person,
                objective: self.at.0,
                key_result: self.at.1,
                metric: metrics.iter().position(|metric| metric.name == of.metric.name).unwrap_or_default(),
                part: of.part,
                kind: of.kind,
            },
            end: portion.end,
            person: person.map(|person| person.name.clone()).unwrap_or_default(),
            team: person.map_or_else(|| self.team(), Someone::team),
            objective: self.objective.name.clone(),
            key_result: self.key_result.name.clone(),
            part: self.part_name(of.part),
            metric: of.metric.name.clone(),
            amount: portion.amount,
            unit: match of.metric.unit {
                Unit::Money => self.plan.currency.code(),
                Unit::Count => "count",
                Unit::Percent => "percent",
            },
            to_date: portion.to_date,
            step: of.step.clone(),
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
pub(crate) fn cut(amount: &Q, split: &Split, step: &Q) -> Result<Vec<Q>, Unplannable> {
    let weights: Vec<Q> = split.parts.iter().map(|(_, weight)| weight.clone()).collect();
    let steps = apportion(&(amount / step), &weights)?;
    Ok(steps.into_iter().map(|steps| steps * step).collect())
}

/// How many periods a window holds: working days for a rate per day; else one for
/// each whole period, and for one that the window cuts the part of its working
/// days that lie inside (none where it has none). All by the plan's calendar.
pub(crate) fn periods(per: Grain, timing: &Timing<'_>) -> Q {
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
    use super::super::stage::metric;
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
