//! The chain of reasons behind one number, from a person's day back to the target.

mod english;
mod reason;
mod story;

use chrono::NaiveDate;
use dashu_base::Abs;
use dashu_int::IBig;

use crate::dated::{DatedAmount, Kind, RowOptions, rows};
use crate::exact::{AboveZero, Exact, digits, readable, short_digits, whole};
use crate::expand::target::{counted, read};
use crate::expand::{Chain, Course, KeyResultPlan, Line, Stage};
use crate::plan::{
    Baseline, Holder, KeyResultId, Lag, MetricId, NeedWritten, PersonId, Plan, READING_PLACES, Share,
    ShareBy, SpreadBy, Target, TeamId,
};
pub use reason::{Explanation, Reason, Subject};
pub use story::Story;

/// What is asked about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Question {
    /// Only this goal.
    pub key_result: Option<KeyResultId>,
    /// Only this metric; else the goal's own.
    pub metric: Option<MetricId>,
    /// This person's part; else all of it.
    pub person: Option<PersonId>,
    /// The row that holds this day; else all days.
    pub on: Option<NaiveDate>,
}

/// Explains every number the question asks about, one for each key result that has it, in declaration order.
#[must_use]
pub fn explain(plan: &Plan, key_results: &[KeyResultPlan], question: &Question) -> Vec<Explanation> {
    let mut explanations = Vec::new();
    for key_result in key_results {
        if question.key_result.is_some_and(|id| id != key_result.key_result) {
            continue;
        }
        let outcome = key_result.stages().next().map(|stage| stage.link.metric);
        let Some(metric) = question.metric.or(outcome) else {
            continue;
        };
        for chain in &key_result.chains {
            let teller = Teller { plan, key_result, chain, question };
            let stage = chain.stages.iter().position(|stage| stage.link.metric == metric);
            if let Some(stage) = stage {
                explanations.extend(teller.stage(stage));
            }
        }
        if let Some(chain) = key_result.chains.first().filter(|_| outcome == Some(metric)) {
            explanations.extend(Teller { plan, key_result, chain, question }.existing(metric));
        }
    }
    explanations
}

struct Teller<'a> {
    plan: &'a Plan,
    key_result: &'a KeyResultPlan,
    chain: &'a Chain,
    question: &'a Question,
}

impl Teller<'_> {
    fn stage(&self, index: usize) -> Option<Explanation> {
        let stage = self.chain.stages.get(index)?;
        let metric = stage.link.metric;
        let lines =
            stage.lines.iter().filter(|line| self.question.person.is_none_or(|id| line.person == Some(id)));
        let mut reasons = Vec::new();
        let subject = match (self.question.person, self.question.on) {
            (Some(_), Some(on)) => {
                let line = lines.clone().next()?;
                let row = self.row(metric, Kind::New, line.person, on)?;
                reasons.push(self.running(&row, line));
                reasons.extend(self.anew(metric, line));
                self.subject(
                    metric,
                    line.person,
                    line.team,
                    &row.step(self.plan).amount(&IBig::from(row.amount)),
                    Some((row.start, row.end)),
                )
            }
            (Some(_), None) => {
                let line = lines.clone().next()?;
                reasons.extend(self.anew(metric, line));
                self.subject(metric, line.person, line.team, &self.amount(metric, line.total()), None)
            }
            (None, Some(on)) => {
                let mut amount = whole(0);
                let mut when = None;
                for line in lines.clone() {
                    if let Some(row) = self.row(metric, Kind::New, line.person, on) {
                        let own = row.step(self.plan).amount(&IBig::from(row.amount));
                        amount += &own;
                        when = Some((row.start, row.end));
                        reasons.push(Reason::PartOfDay {
                            person: row.person.map(|id| self.plan[id].name.clone()),
                            amount: self.read(metric, &own),
                            place: row.source,
                        });
                    }
                }
                self.subject(metric, None, self.key_result.team, &amount, Some(when?))
            }
            (None, None) => {
                let all: IBig = self
                    .alike(index)
                    .filter_map(|at| self.chain.stages.get(at))
                    .map(|stage| &stage.total)
                    .sum();
                let steps = counted(&all)?;
                for line in lines.clone().filter(|line| line.person.is_some()) {
                    reasons.push(Reason::PartOfAll {
                        person: line.person.map(|id| self.plan[id].name.clone()).unwrap_or_default(),
                        amount: self.steps(metric, line.total()),
                        place: line.source,
                    });
                }
                self.subject(metric, None, self.key_result.team, &self.amount(metric, steps), None)
            }
        };
        let line = lines.clone().next();
        if self.alike(index).nth(1).is_some() {
            reasons.push(Reason::SumOfLines {
                metric: self.plan[metric].name.clone(),
                lines: self.alike(index).count(),
                place: line.map_or(self.plan[self.key_result.key_result].place, |line| line.source),
            });
        } else if let (Some(person), Some(line)) = (self.question.person, line) {
            self.part(index, person, line, &mut reasons);
        }
        for at in self.alike(index) {
            self.chain(at, &mut reasons);
        }
        self.outcome(&mut reasons);
        self.target(&mut reasons);
        self.days(stage, &mut reasons);
        Some(Explanation { subject, reasons })
    }

    /// The stages that count the same as the one at `index`: their lines are added up, and stand with the first.
    fn alike(&self, index: usize) -> impl Iterator<Item = usize> {
        let metric = self.chain.stages.get(index).map(|stage| stage.link.metric);
        let stages = self.chain.stages.iter().enumerate();
        stages.filter(move |(_, stage)| Some(stage.link.metric) == metric).map(|(at, _)| at)
    }

    fn existing(&self, metric: MetricId) -> Vec<Explanation> {
        let mut explanations = Vec::new();
        for line in &self.key_result.existing {
            if self.question.person.is_some_and(|id| line.person != Some(id)) {
                continue;
            }
            let mut reasons = Vec::new();
            let (amount, when) = match self.question.on {
                Some(on) => {
                    let Some(row) = self.row(metric, Kind::Existing, line.person, on) else {
                        continue;
                    };
                    reasons.push(self.running(&row, line));
                    reasons.extend(self.anew(metric, line));
                    (row.step(self.plan).amount(&IBig::from(row.amount)), Some((row.start, row.end)))
                }
                None => (self.amount(metric, line.total()), None),
            };
            self.accounts(Some(line.person), &mut reasons);
            let mut subject = self.subject(metric, line.person, line.team, &amount, when);
            subject.kind = Kind::Existing;
            subject.part.clear();
            explanations.push(Explanation { subject, reasons });
        }
        explanations
    }

    fn subject(
        &self,
        metric: MetricId,
        person: Option<PersonId>,
        team: Option<TeamId>,
        amount: &Exact,
        when: Option<(NaiveDate, NaiveDate)>,
    ) -> Subject {
        let declared = &self.plan[metric];
        Subject {
            key_result: self.plan.path(self.key_result.key_result),
            metric: declared.name.clone(),
            unit: declared.unit.name().to_owned(),
            person: person.map(|id| self.plan[id].name.clone()),
            team: team.map(|id| self.plan[id].name.clone()),
            part: self.chain.part.clone(),
            kind: Kind::New,
            amount: self.digits(metric, amount),
            when,
        }
    }

    fn amount(&self, metric: MetricId, steps: i128) -> Exact {
        self.plan[metric].step.amount(&IBig::from(steps))
    }

    /// In digits, with the step's decimals; what was read may be finer.
    fn digits(&self, metric: MetricId, amount: &Exact) -> String {
        let step = &self.plan[metric].step;
        if step.divides(amount) {
            digits(amount, step.decimals)
        } else {
            short_digits(amount, READING_PLACES)
        }
    }

    fn read(&self, metric: MetricId, amount: &Exact) -> String {
        let step = &self.plan[metric].step;
        readable(amount, if step.divides(amount) { step.decimals } else { READING_PLACES })
    }

    fn steps(&self, metric: MetricId, steps: i128) -> String {
        read(&self.plan[metric].step, &IBig::from(steps))
    }

    fn row(
        &self,
        metric: MetricId,
        kind: Kind,
        person: Option<PersonId>,
        on: NaiveDate,
    ) -> Option<DatedAmount<'_>> {
        let options = RowOptions { by: None, person };
        rows(std::slice::from_ref(self.key_result), self.plan, &options).find(|row| {
            row.metric == metric
                && row.kind == kind
                && (kind != Kind::New || row.part == self.chain.part)
                && row.person == person
                && row.start <= on
                && on <= row.end
        })
    }

    /// Why this row holds this much: the running total before and after it; of days that are over, what was reached.
    fn running(&self, row: &DatedAmount<'_>, line: &Line) -> Reason {
        let metric = row.metric;
        let exact = |amount: i128| row.step(self.plan).amount(&IBig::from(amount));
        if line.anew.as_ref().is_some_and(|anew| row.end <= anew.as_of) {
            return Reason::Happened { amount: self.read(metric, &exact(row.amount)), place: line.source };
        }
        let (days, alike, share) = match &line.course {
            Course::Level(levels) => {
                return Reason::Level {
                    level: self.read(metric, &exact(row.amount)),
                    days: levels.days.len(),
                    place: line.source,
                };
            }
            Course::Flow { weights, .. } => {
                let (days, alike) = weights.days();
                (days, alike, Some(weights.share_until(row.end)))
            }
            Course::Sum { .. } | Course::Anew(_) => (Vec::new(), false, None),
        };
        let through = days.iter().take_while(|day| **day <= row.end).count();
        Reason::RunningTotal {
            before: self.read(metric, &exact(row.to_date - row.amount)),
            after: self.read(metric, &exact(row.to_date)),
            whole: self.steps(metric, line.total()),
            day: (alike && !days.is_empty()).then_some((through, days.len())),
            share: share.map(|share| format!("{} %", readable(&(share * whole(100)), 2))),
            phase: (line.phase.index, line.phase.count),
            place: line.source,
        }
    }

    /// How the line stood when the rest of it was planned anew.
    fn anew(&self, metric: MetricId, line: &Line) -> Option<Reason> {
        let anew = line.anew.as_ref()?;
        Some(Reason::Anew {
            as_of: anew.as_of,
            done: anew.done.as_ref().map(|done| self.read(metric, done)),
            planned: self.read(metric, &anew.planned),
            rest: self.read(metric, &anew.rest),
            level: matches!(line.course, Course::Level(_)),
            place: line.source,
        })
    }

    /// Why the person has this part of the stage.
    fn part(&self, index: usize, person: PersonId, line: &Line, reasons: &mut Vec<Reason>) {
        let Some(stage) = self.chain.stages.get(index) else {
            return;
        };
        let goal = &self.plan[self.key_result.key_result];
        let metric = stage.link.metric;
        let name = self.plan[person].name.clone();
        let part = self.steps(metric, line.total());
        let total = read(&self.plan[metric].step, &stage.total);
        match stage.link.above {
            None => {
                if let Some(pin) = goal.pins.iter().find(|pin| pin.holder == Holder::Person(person)) {
                    reasons.push(Reason::Pinned { person: name, amount: part, place: pin.place });
                } else if let Some(Share { by: ShareBy::Each { .. }, place, .. }) = &goal.share {
                    reasons.push(Reason::PerHead { person: name, part, place: *place });
                } else if let (Some(share), Some(_)) = (&goal.share, self.key_result.seated.seating()) {
                    let by = match &share.by {
                        ShareBy::Evenly => "evenly",
                        ShareBy::Weight => "by weight",
                        ShareBy::Capacity | ShareBy::Each { .. } => "by capacity",
                        ShareBy::List(_) => "by the weights listed",
                        ShareBy::Like(_) => "by what each reached before",
                    };
                    let weights = self.weights_of(person);
                    reasons.push(Reason::Shared {
                        person: name,
                        part,
                        total,
                        by,
                        weights,
                        place: share.place,
                    });
                } else if stage.lines.len() == 1 {
                    reasons.push(Reason::Owned { person: name, place: goal.place });
                } else {
                    let weights = self.weights_of(person);
                    reasons.push(Reason::Shared {
                        person: name,
                        part,
                        total,
                        by: "by capacity",
                        weights,
                        place: goal.place,
                    });
                }
            }
            Some(above) => {
                let Some(upper) = self.chain.stages.get(above.link) else {
                    return;
                };
                let upper_part = upper.lines.iter().find(|line| line.person == Some(person));
                let own = self.plan[person]
                    .own_needs
                    .iter()
                    .find(|own| own.funnel == above.funnel && own.line == above.line);
                if let Some(own) = own {
                    reasons.push(Reason::OwnRate {
                        person: name.clone(),
                        need: self.need(&own.need.planned),
                        place: own.place,
                    });
                }
                reasons.push(Reason::PartOfStage {
                    person: name,
                    part,
                    total,
                    metric: self.plan[metric].name.clone(),
                    upper_part: self.steps(upper.link.metric, upper_part.map_or(0, Line::total)),
                    upper_total: read(&self.plan[upper.link.metric].step, &upper.total),
                    upper: self.plan[upper.link.metric].name.clone(),
                    place: line.source,
                });
            }
        }
    }

    /// The person's weight and the weight of all, as short decimals.
    fn weights_of(&self, person: PersonId) -> (String, String) {
        let Some(seating) = self.key_result.seated.seating() else {
            return Default::default();
        };
        let group = seating.groups.iter().find(|group| group.seats.iter().any(|seat| seat.person == person));
        let Some(group) = group else {
            return Default::default();
        };
        let own = group.seats.iter().find(|seat| seat.person == person).map(|seat| seat.weight.clone());
        let free = group.seats.iter().filter(|seat| seat.pin.is_none()).map(|seat| &seat.weight);
        let short = |weight: &Exact| readable(weight, 2);
        (short(&own.unwrap_or_default()), short(&crate::exact::sum(free)))
    }

    /// How the stage's total follows from the one above, up to the outcome.
    fn chain(&self, index: usize, reasons: &mut Vec<Reason>) {
        let mut index = Some(index);
        while let Some((reason, above)) = index.and_then(|index| self.link(index)) {
            // Two lines may lead to one stage; how that came about is told once.
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
            index = Some(above);
        }
    }

    /// How a stage's total follows from the one above, and which that is; `None` for the outcome.
    fn link(&self, index: usize) -> Option<(Reason, usize)> {
        let stage = self.chain.stages.get(index)?;
        let above = stage.link.above?;
        let upper = self.chain.stages.get(above.link)?;
        let line = self.plan[above.funnel].lines.get(above.line)?;
        let step = &self.plan[stage.link.metric].step;
        let upper_step = &self.plan[upper.link.metric].step;
        let upper_name = self.plan[upper.link.metric].name.clone();
        let total = read(step, &stage.total);
        let upper_total = read(upper_step, &upper.total);
        let need = match &line.need.written {
            NeedWritten::Each(amount, most) => {
                let middle = most.as_ref().map_or_else(|| amount.clone(), |most| (amount + most) / whole(2));
                format!("÷ {}", readable(&middle, 6))
            }
            NeedWritten::Rate(_) => format!("× {}", self.need(&line.need.planned)),
        };
        let own = stage.lines.iter().filter_map(|line| line.person).any(|person| {
            let needs = &self.plan[person].own_needs;
            needs.iter().any(|own| own.funnel == above.funnel && own.line == above.line)
        });
        if own {
            let metric = self.plan[stage.link.metric].name.clone();
            let (upper, place) = (upper_name, line.place);
            return Some((Reason::OwnRatesTotal { metric, total, upper, need, place }, above.link));
        }
        let exactly = upper_step.amount(&upper.total) * &line.need.planned;
        let reason = Reason::StageTotal {
            metric: self.plan[stage.link.metric].name.clone(),
            total,
            upper: upper_name,
            upper_total,
            need,
            rounded: !step.divides(&exactly) || step.ceil(&exactly) != stage.total,
            place: line.place,
        };
        Some((reason, above.link))
    }

    fn need(&self, need: &Exact) -> String {
        if need.is_int() || (need * whole(1000)).is_int() {
            readable(need, 3)
        } else {
            format!("{}/{}", need.numerator(), need.denominator())
        }
    }

    /// What is dealt out of what is to be won anew.
    fn outcome(&self, reasons: &mut Vec<Reason>) {
        let goal = &self.plan[self.key_result.key_result];
        let (Some(measure), Some(totals)) = (&goal.measure, &self.key_result.totals) else { return };
        let metric = &self.plan[measure.metric];
        if let Some((over, place)) = &goal.over_assign {
            let people = self.chain.stages.first().map_or(&totals.people, |outcome| &outcome.total);
            reasons.push(Reason::OverAssigned {
                people: read(&metric.step, people),
                new: read(&metric.step, &self.chain.new),
                percent: readable(&(over * whole(100)), 6),
                place: *place,
            });
        }
        if let Some(split) = &goal.split {
            reasons.push(Reason::PartOfSplit {
                part: self.chain.part.clone(),
                amount: read(&metric.step, &self.chain.new),
                whole: read(&metric.step, &totals.new),
                place: split.place,
            });
        }
    }

    /// Where the target comes from, and what of it is new.
    fn target(&self, reasons: &mut Vec<Reason>) {
        let goal = &self.plan[self.key_result.key_result];
        let Some(measure) = &goal.measure else { return };
        let metric = &self.plan[measure.metric];
        let unit = metric.unit.name().to_owned();
        let path = self.plan.path(self.key_result.key_result);
        let Some(totals) = &self.key_result.totals else {
            if let Target::Level(from, to) = &measure.target {
                let (from, to) = (readable(from, 12), readable(to, 12));
                reasons.push(Reason::LevelTarget {
                    goal: path,
                    metric: metric.name.clone(),
                    from,
                    to,
                    unit,
                    place: measure.place,
                });
            }
            return;
        };
        if totals.existing.is_above_zero() {
            let place = goal.existing.first().map_or(measure.place, |(_, place)| *place);
            reasons.push(Reason::NewAmount {
                new: read(&metric.step, &totals.new),
                target: readable(&totals.written, 12),
                existing: readable(&totals.existing, 12),
                place,
            });
            self.accounts(None, reasons);
        }
        if let Some(share @ Share { by: ShareBy::Each { .. }, .. }) = &goal.share {
            reasons.push(Reason::SumOfHeads {
                total: read(&metric.step, &totals.target),
                figure: readable(&totals.written, metric.step.decimals),
                place: share.place,
            });
        }
        if let Target::Rate(rate, per) = &measure.target {
            let count = if rate.is_zero() { whole(0) } else { &totals.written / rate };
            reasons.push(Reason::RateTotal {
                total: readable(&totals.written, metric.step.decimals),
                rate: readable(rate, 12),
                count: readable(&count, 3),
                per: *per,
                place: measure.place,
            });
        }
        if let (Some(base), Some(baseline)) = (&measure.growth, &goal.baseline) {
            let (Baseline::Amount(_, place) | Baseline::History(_, place)) = baseline;
            reasons.push(Reason::Grown {
                target: readable(&totals.written, 12),
                baseline: readable(base, 12),
                history: match baseline {
                    Baseline::History(id, _) => Some(self.plan[*id].name.clone()),
                    Baseline::Amount(..) => None,
                },
                place: *place,
            });
        }
        let target = read(&metric.step, &totals.target);
        reasons.push(Reason::Target {
            goal: path,
            metric: metric.name.clone(),
            target,
            unit,
            place: measure.place,
        });
    }

    /// The accounts of a goal, or those of one owner (or of nobody).
    fn accounts(&self, owner: Option<Option<PersonId>>, reasons: &mut Vec<Reason>) {
        let goal = &self.plan[self.key_result.key_result];
        for account in goal.existing.iter().flat_map(|(book, _)| &self.plan[*book].accounts) {
            if owner.is_some_and(|owner| account.owner != owner) {
                continue;
            }
            reasons.push(Reason::Account {
                account: account.title.clone(),
                amount: readable(&account.amount, 12),
                retention: readable(&(&account.retention.part * whole(100)), 6),
                kept: readable(&account.kept(), 12),
                place: account.place,
            });
        }
    }

    /// What decides the days.
    fn days(&self, stage: &Stage, reasons: &mut Vec<Reason>) {
        let goal = &self.plan[self.key_result.key_result];
        let calendar = &self.plan[self.plan.calendar];
        let window = stage.window.days.unwrap_or(goal.window);
        reasons.push(Reason::Window {
            window,
            days: calendar.count(window),
            calendar: calendar.name.clone(),
            lagged: stage.link.lags.iter().any(|lag| !matches!(lag, Lag::Days(0) | Lag::Workdays(0))),
            place: calendar.place.unwrap_or(self.plan.place),
        });
        if let Some(spread) = &goal.spread {
            let history = match &spread.by {
                SpreadBy::Like { history, .. } => Some(self.plan[*history].name.clone()),
                _ => None,
            };
            if spread.by != SpreadBy::Evenly {
                reasons.push(Reason::Season { history, place: spread.place });
            }
        }
        if let Some(place) = goal.front_place {
            let front = &goal.front * whole(100);
            reasons.push(Reason::Front {
                percent: readable(&front.clone().abs(), 6),
                front: front.is_above_zero(),
                place,
            });
        }
        for checkpoint in &goal.checkpoints {
            reasons.push(Reason::Checkpoint { on: checkpoint.on, place: checkpoint.place });
        }
        if let Some(person) = self.question.person {
            self.absence(person, reasons);
        }
    }

    /// Why somebody does less than others.
    fn absence(&self, person: PersonId, reasons: &mut Vec<Reason>) {
        let window = self.plan[self.key_result.key_result].window;
        let declared = &self.plan[person];
        for (away, place) in &declared.away {
            if away.intersect(&window).is_some() {
                reasons.push(Reason::Away { person: declared.name.clone(), away: *away, place: *place });
            }
        }
        if let Some(ramp) = &declared.ramp {
            let partial = ramp.steps.iter().any(|step| !step.is_one());
            if partial {
                reasons.push(Reason::Ramp { person: declared.name.clone(), place: ramp.place });
            }
        }
    }
}
