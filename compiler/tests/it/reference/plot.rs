//! From a key result to its lines: the target, what exists of it, and what is new.

use super::baseline::{baseline, changed};
use super::course::{Course, Plot, Way};
use super::each::figure;
use super::existing;
use super::expand::{Goal, cut, periods};
use super::level::Ladder;
use super::model::{Measure, Method, Metric, Share, Total};
use super::rational::{Q, ceil_to, zero};
use super::row::RowKind;
use super::running::Phase;
use super::season::Season;
use super::someone::team_calendar;
use super::stage::{metric, stages};
use super::unplannable::Unplannable;
use super::weighing::{Holder, Timing};

impl<'a> Goal<'a> {
    pub(crate) fn plot(&self) -> Result<Plot<'a>, Unplannable> {
        let (plan, key_result) = (self.plan, self.key_result);
        let (first, last) = self.window();
        let mut plot = Plot {
            first,
            last,
            target: None,
            from: None,
            new: zero(),
            courses: Vec::new(),
            seats: Vec::new(),
            stages: Vec::new(),
        };
        // Nothing is planned of what is held or reached.
        if let Measure::Hold { .. } | Measure::Reach(_) = key_result.measure {
            return Ok(plot);
        }
        let measured = metric(plan, &key_result.metric)?;
        let step = measured.step(plan.currency);
        let mut timing = Timing {
            plan_start: plan.period.first(),
            first,
            last,
            calendar: &plan.calendar,
            fiscal: plan.fiscal,
            loaded: key_result.loaded.as_ref(),
            knots: Vec::new(),
        };
        plot.stages.push((measured, timing.plan_start.max(first), last));

        // A target off the step rounds up before anything is taken off it; one that
        // comes out between two steps beside a baseline does too. A level is kept as
        // it is, and starts from the baseline.
        let target = match &key_result.measure {
            Measure::Level { from, to } => return self.level(plot, timing, measured, from, to),
            Measure::Relative(change) => {
                let baseline = baseline(plan, key_result, first, last)?;
                let target = changed(&baseline, change)?;
                if measured.total == Total::Last {
                    return self.level(plot, timing, measured, &baseline, &target);
                }
                ceil_to(&target, &step)
            }
            Measure::Rate(amount, per) => ceil_to(&(amount * periods(*per, &timing)), &step),
            Measure::Amount(amount) => ceil_to(amount, &step),
            Measure::Hold { .. } | Measure::Reach(_) => zero(),
        };
        if !key_result.checkpoints.is_empty() {
            timing.knots = self.knots(&target, last);
        }
        plot.target = Some(target.clone());
        // The existing part has rows of its own, and only the rest is shared.
        let new = self.existing(&mut plot, &timing, measured, &target)?;
        plot.new = new.clone();

        let funnel = key_result.through.as_ref().map(|name| {
            let found = plan.funnels.iter().find(|funnel| funnel.name == *name);
            found.ok_or(Unplannable("no such funnel"))
        });
        let stages = stages(plan, measured, funnel.transpose()?)?;
        for stage in &stages[1..] {
            let mut days = (
                timing.plan_start.max(stage.lag.before(&plan.calendar, first)),
                stage.lag.before(&plan.calendar, last),
            );
            if days.0 > days.1 {
                // Nothing is left of its time: it is planned as if without lag.
                days = (timing.plan_start.max(first), timing.last);
            }
            let (first, last) = days;
            match plot.stages.iter_mut().find(|(known, ..)| known.name == stage.metric.name) {
                Some(known) => *known = (known.0, known.1.min(first), known.2.max(last)),
                None => plot.stages.push((stage.metric, first, last)),
            }
        }
        if let Some(table) = self.table(None, &timing, &step)? {
            plot.seats = table.seats().filter_map(|seat| self.place(&seat.person.name)).collect();
            if let Some(Share { method: Method::Each { by_capacity }, .. }) = &key_result.share {
                // The team's figure is the sum of its people's.
                let mut all = zero();
                for seat in table.seats() {
                    let exact = figure(seat, &key_result.measure, &target, *by_capacity, &timing);
                    all += seat.pin.clone().unwrap_or_else(|| ceil_to(&exact, &step));
                }
                plot.target = Some(all.clone());
                plot.new = all;
            }
        }
        // A rate per head may come to nothing by the plan's calendar and to something
        // by somebody's own.
        let each = matches!(key_result.share, Some(Share { method: Method::Each { .. }, .. }));
        if new == zero() && !each {
            return Ok(plot);
        }

        // The parts of a split come before people, and each is a chain of its own.
        let mut parts = vec![(None, new.clone())];
        if let Some(split) = &key_result.split {
            let amounts = cut(&new, split, &step)?;
            parts = amounts.into_iter().enumerate().map(|(p, amount)| (Some(p), amount)).collect();
        }
        for (part, new) in parts {
            plot.courses.extend(self.chain(part, &new, &target, &stages, &timing)?);
        }
        Ok(plot)
    }

    /// Lines of what accounts bring; says what is left of the target.
    fn existing(
        &self,
        plot: &mut Plot<'a>,
        timing: &Timing<'_>,
        measured: &'a Metric,
        target: &Q,
    ) -> Result<Q, Unplannable> {
        let (plan, key_result) = (self.plan, self.key_result);
        let Some(name) = &key_result.existing else { return Ok(target.clone()) };
        let step = measured.step(plan.currency);
        let accounts = plan.accounts.iter().find(|accounts| accounts.name == *name);
        let accounts = accounts.ok_or(Unplannable("no such accounts"))?;
        let spread = key_result.spread.as_ref();
        let season =
            Season::new(spread, measured, &plan.calendar, &plan.histories, timing.first, timing.last)?;
        let calendar = team_calendar(plan, &self.team());
        // Everybody, and the team for what nobody owns.
        let team = (None, Holder::Team(calendar.as_ref()));
        let people = self.people.iter().map(|person| (Some(person), Holder::Person(person)));
        let owners: Vec<_> = std::iter::once(team).chain(people).collect();
        for (owner, flows) in existing::lines(accounts, &owners, timing, measured, &season, &step)? {
            let way = Way::Flows { flows, phase: Phase::ALONE };
            plot.courses.push(Course {
                person: owner.and_then(|owner| self.place(&owner.name)),
                part: None,
                metric: measured,
                kind: RowKind::Existing,
                step: step.clone(),
                way,
            });
        }
        Ok(ceil_to(&(target - existing::existing(accounts)), &step).max(zero()))
    }

    fn level(
        &self,
        mut plot: Plot<'a>,
        mut timing: Timing<'_>,
        measured: &'a Metric,
        from: &Q,
        to: &Q,
    ) -> Result<Plot<'a>, Unplannable> {
        timing.knots = self.knots(to, timing.last);
        let step = measured.step(self.plan.currency);
        let person = self.place(self.owner());
        let calendar = team_calendar(self.plan, &self.team());
        let holder =
            person.map_or(Holder::Team(calendar.as_ref()), |person| Holder::Person(&self.people[person]));
        let way = Way::Level(Ladder::new(&timing, measured, &step, from, holder)?);
        plot.seats.extend(person);
        plot.courses.push(Course { person, part: None, metric: measured, kind: RowKind::New, step, way });
        plot.from = Some(from.clone());
        plot.target = Some(to.clone());
        Ok(plot)
    }

    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.people.iter().position(|person| person.name == name)
    }
}
