//! `plan.json`: the plan and its dated work with every amount's reasons, as `compiler/schema/plan-1.schema.json`
//! describes it.
//!
//! Reasons are told once, where they belong: the target's at the key result, a stage's at the stage, a person's part
//! at the line. A row adds nothing but its days. Amounts are JSON numbers with the step's decimals, exact.

pub(crate) mod days;
pub(crate) mod number;
mod pipeline;
mod shape;

use std::io::{self, Write};

use dashu_int::IBig;
use milepost_grammar::ast::{Better, GoalType, Grain, MetricKind, Total};
use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;

use crate::dated::{DatedPlan, Kind, RowOptions, Subject, line_rows};
use crate::dates::{self, DateSpan};
use crate::exact::{Exact, digits};
use crate::expand::target::{self, counted};
use crate::expand::{Chain, Course, KeyResultPlan, Line, Presences, Stage};
use crate::explain::{Reason, Story};
use crate::plan::{
    GoalRef, Holder, KeyResult, KeyResultId, MetricId, Objective, ObjectiveId, PersonId, Plan, Target,
};
use crate::sources::{Place, Sources};
use days::Days;
use number::Number;
use shape::{
    CheckpointShape, Document, Header, KeyResultShape, LineShape, Metric, ObjectiveShape, PartShape, Person,
    ReadShape, ReasonShape, RowShape, Source, StageShape, Team,
};

/// The version of the shape; it rises when something that was there means something else.
pub const VERSION: u32 = 1;

/// Writes the plan. Rows are written one by one; nothing of anybody else is, where a person is asked for.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut dyn Write,
    plan: &Plan,
    dated: &DatedPlan,
    sources: &Sources,
    options: &RowOptions,
) -> io::Result<()> {
    let presences = Presences::new(plan);
    let writer = Writer { plan, dated, sources, options, presences: &presences };
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, LinePerItem);
    writer.document().serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// Each item of a list on a line of its own: a row that changes is one changed line.
struct LinePerItem;

impl Formatter for LinePerItem {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(if first { b"\n" } else { b",\n" })
    }
}

/// What everything is written from.
#[derive(Clone, Copy)]
struct Writer<'a> {
    plan: &'a Plan,
    dated: &'a DatedPlan,
    sources: &'a Sources,
    options: &'a RowOptions,
    presences: &'a Presences,
}

/// A list whose items are made while they are written.
struct Each<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// An object whose fields are made while they are written.
struct Fields<F>(F);

impl<K: Serialize, V: Serialize, I: Iterator<Item = (K, V)>, F: Fn() -> I> Serialize for Fields<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

impl<'a> Writer<'a> {
    fn document(self) -> impl Serialize {
        let plan = self.plan;
        Document {
            version: VERSION,
            plan: self.header(),
            metrics: Each(move || plan.metrics.iter().map(metric)),
            teams: Each(move || {
                let all = plan.teams.iter().filter(move |_| self.options.person.is_none());
                all.map(move |team| Team {
                    id: &team.name,
                    title: team.title.as_deref(),
                    parent: team.parent.map(|id| plan[id].name.as_str()),
                    lead: team.lead.map(|id| plan[id].name.as_str()),
                })
            }),
            people: Each(move || {
                let ids = (0..plan.people.len()).map(PersonId::new);
                ids.filter(move |id| self.wanted(Some(*id))).map(move |id| self.person(id))
            }),
            objectives: Each(move || {
                let ids = (0..plan.objectives.len()).map(ObjectiveId::new);
                ids.map(move |id| self.objective(id))
            }),
            pipelines: self.pipelines(),
        }
    }

    fn header(self) -> Header {
        let plan = self.plan;
        Header {
            id: plan.name.clone(),
            title: plan.title.clone(),
            period: plan.period.into(),
            currency: plan.currency.as_ref().map(|currency| currency.code.clone()),
            timezone: plan.timezone.map(|timezone| timezone.name().to_owned()),
            language: plan.language.clone(),
            calendar: plan[plan.calendar].name.clone(),
            working_days: self.presences.plan().count(plan.period),
            replanned: self.dated.replanned,
        }
    }

    /// Whether something of this person, or of a team, is written.
    fn wanted(self, person: Option<PersonId>) -> bool {
        self.options.person.is_none_or(|wanted| person == Some(wanted))
    }

    fn person(self, id: PersonId) -> Person<'a> {
        let person = &self.plan[id];
        Person {
            id: &person.name,
            title: person.title.as_deref(),
            team: person.team.map(|id| self.plan[id].name.as_str()),
            role: person.role.as_deref(),
            from: person.from,
            until: person.until,
            working_days: self.presences.person(id).count(self.plan.period),
        }
    }

    fn objective(self, id: ObjectiveId) -> impl Serialize + use<'a> {
        let objective: &'a Objective = &self.plan[id];
        ObjectiveShape {
            id: &objective.name,
            title: objective.title.as_deref(),
            owners: self.owners(&objective.owners),
            goal_type: goal_type(objective.goal_type),
            during: objective.during.into(),
            supports: self.supports(&objective.supports),
            weight: number(&objective.weight),
            priority: objective.priority,
            why: &objective.texts.why,
            key_results: Each(move || objective.key_results.iter().map(move |id| self.key_result(*id))),
            source: self.source(objective.place),
        }
    }

    fn key_result(self, id: KeyResultId) -> impl Serialize + use<'a> {
        let plan = self.plan;
        let goal: &'a KeyResult = &plan[id];
        let dated = self.dated.key_results.binary_search_by_key(&id, |dated| dated.key_result).ok();
        let dated: Option<&'a KeyResultPlan> = dated.and_then(|index| self.dated.key_results.get(index));
        let totals = dated.and_then(|dated| dated.totals.as_ref());
        let metric = goal.measure.as_ref().map(|measure| measure.metric);
        let amount = |amount: &Exact| metric.map(|metric| Number(self.digits(metric, amount)));
        let steps = |steps: &IBig| metric.map(|metric| self.steps(metric, steps));
        let (from, target) = match goal.measure.as_ref().map(|measure| &measure.target) {
            Some(Target::Level(from, to)) => (amount(from), amount(to)),
            _ => (None, totals.and_then(|totals| steps(&totals.target))),
        };
        let first = dated.and_then(|dated| Some((dated, dated.chains.first()?)));
        KeyResultShape {
            id: plan.path(id),
            title: goal.title.as_deref(),
            owners: self.owners(&goal.owners),
            goal_type: goal_type(goal.goal_type),
            window: goal.window.into(),
            supports: self.supports(&goal.supports),
            weight: number(&goal.weight),
            priority: goal.priority,
            scope: &goal.texts.scope,
            metric: metric.map(|metric| plan[metric].name.as_str()),
            target,
            from,
            existing: totals.and_then(|totals| amount(&totals.existing)),
            new: totals.and_then(|totals| steps(&totals.new)),
            people: totals.and_then(|totals| steps(&totals.people)),
            totals: Fields(move || dated.into_iter().flat_map(move |dated| self.totals(dated))),
            checkpoints: goal
                .checkpoints
                .iter()
                .map(|checkpoint| CheckpointShape {
                    by: checkpoint.on,
                    title: checkpoint.title.as_deref(),
                    source: self.source(checkpoint.place),
                })
                .collect(),
            reasons: first
                .map(|(dated, chain)| self.target(Story::new(plan, dated, chain)))
                .unwrap_or_default(),
            parts: Each(move || {
                let chains = dated.into_iter().flat_map(|dated| {
                    dated.chains.iter().enumerate().map(move |(index, chain)| (dated, index, chain))
                });
                chains.map(move |(dated, index, chain)| self.part(dated, index, chain))
            }),
            existing_lines: Each(move || {
                first.into_iter().flat_map(move |(dated, chain)| self.existing(dated, chain))
            }),
            read_lines: dated
                .filter(|dated| !dated.read.is_empty())
                .map(|dated| Each(move || self.read(dated))),
            source: self.source(goal.place),
        }
    }

    /// Where a target comes from; other people's accounts are nobody's business where one person is asked for.
    fn target(self, story: Story<'a>) -> Vec<ReasonShape> {
        let mut reasons = story.target();
        reasons.retain(|reason| self.options.person.is_none() || !matches!(reason, Reason::Account { .. }));
        self.reasons(reasons)
    }

    /// What all parts and lines of a metric come to, in the order of the stages.
    fn totals(self, dated: &'a KeyResultPlan) -> Vec<(&'a str, Number)> {
        let mut totals: Vec<(MetricId, IBig)> = Vec::new();
        for stage in dated.stages() {
            match totals.iter_mut().find(|(metric, _)| *metric == stage.link.metric) {
                Some((_, total)) => *total += &stage.total,
                None => totals.push((stage.link.metric, stage.total.clone())),
            }
        }
        let named = totals.into_iter();
        named.map(|(metric, total)| (self.plan[metric].name.as_str(), self.steps(metric, &total))).collect()
    }

    fn part(self, dated: &'a KeyResultPlan, index: usize, chain: &'a Chain) -> impl Serialize + use<'a> {
        let metric = chain.stages.first().map(|stage| stage.link.metric);
        let flows = dated.totals.is_some();
        PartShape {
            part: &chain.part,
            new: metric.filter(|_| flows).map(|metric| self.steps(metric, &chain.new)),
            stages: Each(move || {
                let stages = chain.stages.iter().enumerate();
                stages.map(move |(at, stage)| self.stage(dated, index, chain, at, stage))
            }),
        }
    }

    fn stage(
        self,
        dated: &'a KeyResultPlan,
        part: usize,
        chain: &'a Chain,
        at: usize,
        stage: &'a Stage,
    ) -> impl Serialize + use<'a> {
        let story = Story::new(self.plan, dated, chain);
        let metric = stage.link.metric;
        let above = stage.link.above.and_then(|above| chain.stages.get(above.link));
        let goal = dated.key_result;
        let what = Subject { goal, metric, order: part + 1, part: &chain.part, kind: Kind::New };
        StageShape {
            metric: &self.plan[metric].name,
            serves: above.map(|above| self.plan[above.link.metric].name.as_str()),
            window: stage.window.days.map(Days::from),
            total: self.steps(metric, &stage.total),
            reasons: self.reasons(story.stage(at)),
            lines: Each(move || {
                let lines = stage.lines.iter().filter(move |line| self.wanted(line.person));
                lines.map(move |line| self.line(what, line, story.line(at, line)))
            }),
        }
    }

    fn existing(
        self,
        dated: &'a KeyResultPlan,
        chain: &'a Chain,
    ) -> impl Iterator<Item: Serialize> + use<'a> {
        let story = Story::new(self.plan, dated, chain);
        let metric = chain.stages.first().map_or(MetricId::new(0), |stage| stage.link.metric);
        let goal = dated.key_result;
        let what = Subject { goal, metric, order: 0, part: "", kind: Kind::Existing };
        let lines = dated.existing.iter().filter(move |line| self.wanted(line.person));
        lines.map(move |line| self.line(what, line, story.existing(line)))
    }

    /// What was reached and belongs to no line alone.
    fn read(self, dated: &'a KeyResultPlan) -> impl Iterator<Item: Serialize> + use<'a> {
        let read = dated.read.iter().filter(move |read| self.wanted(read.line.person));
        read.map(move |read| {
            let chain = read.chain.and_then(|index| Some((index, dated.chains.get(index)?)));
            let (order, part) = chain.map_or((0, ""), |(index, chain)| (index + 1, chain.part.as_str()));
            let goal = dated.key_result;
            let what = Subject { goal, metric: read.metric, order, part, kind: Kind::New };
            ReadShape {
                metric: &self.plan[read.metric].name,
                part,
                line: self.line(what, &read.line, Vec::new()),
            }
        })
    }

    fn line(self, what: Subject<'a>, line: &'a Line, reasons: Vec<Reason>) -> impl Serialize + use<'a> {
        let plan = self.plan;
        let step = line.step(plan, what.metric);
        let amount = move |amount: i128| Number(step.digits(&IBig::from(amount)));
        let total = line.course.steps();
        let presence =
            self.presences.holder(plan, line.person.map(Holder::Person).or(line.team.map(Holder::Team)));
        // Planned anew, what is left is what the days that are left have to bring.
        let (rest, days) = match &line.course {
            Course::Anew(anew) => {
                let left = DateSpan::new(dates::plus(anew.as_of, 1).max(anew.window.first), anew.window.last);
                (total.saturating_sub(anew.past_total()), left)
            }
            course => (total, Some(course.window())),
        };
        let days = days.map_or(0, |days| presence.count(days));
        let adds_up = plan[what.metric].total == Total::Sum && counted(&IBig::from(total)).is_some();
        let pace = target::pace(&IBig::from(line.in_steps(rest)), days).filter(|_| adds_up);
        LineShape {
            person: line.person.map(|id| plan[id].name.as_str()),
            team: line.team.map(|id| plan[id].name.as_str()),
            kind: what.kind.name(),
            amount: amount(total),
            working_days: days,
            pace: pace.map(|pace| self.steps(what.metric, &pace)),
            source: self.source(line.source),
            reasons: self.reasons(reasons),
            rows: Each(move || {
                line_rows(plan, self.options, line, what).map(move |row| RowShape {
                    start: row.start,
                    end: row.end,
                    amount: amount(row.amount),
                    to_date: amount(row.to_date),
                })
            }),
        }
    }

    fn steps(self, metric: MetricId, steps: &IBig) -> Number {
        Number(self.plan[metric].step.digits(steps))
    }

    fn digits(self, metric: MetricId, amount: &Exact) -> String {
        self.plan[metric].step.written(amount)
    }

    fn owners(self, owners: &[Holder]) -> Vec<&'a str> {
        let name = |owner: &Holder| match owner {
            Holder::Team(id) => self.plan[*id].name.as_str(),
            Holder::Person(id) => self.plan[*id].name.as_str(),
        };
        let shown = |owner: &&Holder| match owner {
            Holder::Team(_) => true,
            Holder::Person(id) => self.wanted(Some(*id)),
        };
        owners.iter().filter(shown).map(name).collect()
    }

    fn supports(self, supports: &[(GoalRef, Place)]) -> Vec<String> {
        supports.iter().map(|(goal, _)| self.plan.path_of(*goal)).collect()
    }

    fn source(self, place: Place) -> Source {
        let (file, start, _) = self.sources.range(place);
        Source { file: self.sources.file(file).path.clone(), line: start.line }
    }

    fn reasons(self, reasons: Vec<Reason>) -> Vec<ReasonShape> {
        let shape = |reason: Reason| {
            let Source { file, line } = self.source(reason.place());
            ReasonShape { reason: reason.code(), text: reason.text(), file, line }
        };
        reasons.into_iter().map(shape).collect()
    }
}

fn metric(metric: &crate::plan::Metric) -> Metric<'_> {
    Metric {
        id: &metric.name,
        title: metric.title.as_deref(),
        kind: match metric.kind {
            MetricKind::Outcome => "outcome",
            MetricKind::Activity => "activity",
        },
        better: match metric.better {
            Better::Higher => "higher",
            Better::Lower => "lower",
        },
        total: match metric.total {
            Total::Sum => "sum",
            Total::Last => "last",
        },
        grain: Grain::word(metric.grain),
        unit: metric.unit.name(),
        step: Number(digits(&metric.step.size, metric.step.decimals)),
    }
}

/// What says nothing is committed.
pub(crate) fn goal_type(goal_type: Option<GoalType>) -> &'static str {
    goal_type.unwrap_or(GoalType::Committed).word()
}

fn number(number: &Exact) -> Number {
    Number(decimal(number))
}

/// All digits of what was written as a decimal; twelve of what was not.
fn decimal(number: &Exact) -> String {
    crate::exact::short_digits(number, 12)
}
