//! Progress for programs: `compiler/schema/status-1.schema.json` describes it. Numbers have at most six decimals,
//! rounded half away from zero.

mod shape;

use std::io::{self, Write};

use milepost_grammar::ast::Grain;

use crate::emit::json::days::Days;
use crate::emit::json::goal_type;
use crate::emit::json::number::Number;
use crate::emit::plain_json;
use crate::exact::{Exact, short_digits};
use crate::plan::{CheckIn, Forecast, Holder, KeyResultId, MetricId, Plan, Reach};
use crate::progress::{
    CallTotal, Calls, Colour, Coming, HolderProgress, Holding, KeyResultProgress, Kind, MetricProgress,
    Progress, Review, expected,
};

use shape::{
    AwayShape, BookShape, CallShape, CallTotalShape, CallsShape, CheckInShape, Document, DroppedShape,
    DueShape, Header, HoldShape, ItemShape, KeyResultShape, MetricShape, NoteShape, ObjectiveShape,
    PartShape, ReviewLineShape, ReviewShape,
};

/// The version of the shape; it rises when something that was there means something else.
pub const VERSION: u32 = 1;

/// Writes how far a plan has come.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut dyn Write, plan: &Plan, progress: &Progress) -> io::Result<()> {
    let writer = Writer { plan, progress };
    plain_json::write(out, &writer.document())
}

struct Writer<'a> {
    plan: &'a Plan,
    progress: &'a Progress,
}

/// A number with at most six decimals.
fn number(number: &Exact) -> Number {
    Number(short_digits(number, 6))
}

fn some(amount: Option<&Exact>) -> Option<Number> {
    amount.map(number)
}

fn colour(score: Option<&Exact>) -> Option<&'static str> {
    score.map(|score| Colour::of(score).name())
}

fn check_in(goal: Option<String>, said: &CheckIn) -> CheckInShape<'_> {
    CheckInShape {
        goal,
        on: said.on,
        confidence: some(said.confidence.as_ref()),
        good: &said.good,
        bad: &said.bad,
        next: &said.next,
    }
}

impl<'a> Writer<'a> {
    fn document(&self) -> Document<'a> {
        let plan = self.plan;
        Document {
            version: VERSION,
            as_of: self.progress.as_of,
            replanned: self.progress.replanned,
            plan: Header { id: &plan.name, title: plan.title.as_deref(), period: plan.period.into() },
            objectives: self.objectives(),
            key_results: self.progress.key_results.iter().map(|known| self.key_result(known)).collect(),
            review: self.progress.review.as_ref().map(|review| self.review(review)),
        }
    }

    fn objectives(&self) -> Vec<ObjectiveShape<'a>> {
        let plan = self.plan;
        let shape = |progress: &'a crate::progress::ObjectiveProgress| {
            let objective = &plan[progress.id];
            let supports = objective.supports.iter().map(|(goal, _)| plan.path_of(*goal));
            let dropped = objective.dropped.as_ref().filter(|_| progress.dropped);
            ObjectiveShape {
                id: &objective.name,
                title: objective.title.as_deref(),
                goal_type: goal_type(objective.goal_type),
                weight: number(&objective.weight),
                supports: supports.collect(),
                score: some(progress.score.as_ref()),
                colour: colour(progress.score.as_ref()),
                expected: number(&expected(objective.goal_type)),
                dropped: dropped.map(|dropped| DroppedShape { on: dropped.on, why: dropped.why.as_deref() }),
                check_in: self.latest(&objective.check_ins),
            }
        };
        self.progress.objectives.iter().map(shape).collect()
    }

    fn key_result(&self, progress: &'a KeyResultProgress) -> KeyResultShape<'a> {
        let plan = self.plan;
        let goal = &plan[progress.id];
        let parts = |person: bool| {
            let parts = progress.holders.iter();
            let parts = parts.filter(move |part| matches!(part.who, Holding::Person(_)) == person);
            parts.map(|part| self.part(part)).collect()
        };
        let (kind, from, hold) = match &progress.kind {
            Kind::Flow => ("flow", None, None),
            Kind::Level { from } => ("level", Some(number(from)), None),
            Kind::Hold { inside, readings } => {
                let bound = |bound: fn(&crate::plan::Hold) -> Option<&Exact>| {
                    some(goal.hold.as_ref().and_then(bound))
                };
                let (least, most) = (bound(|hold| hold.least.as_ref()), bound(|hold| hold.most.as_ref()));
                ("hold", None, Some(HoldShape { least, most, inside: *inside, readings: *readings }))
            }
            Kind::Checklist { .. } => ("checklist", None, None),
            Kind::Nothing => ("nothing", None, None),
        };
        let dropped = goal.dropped.as_ref().filter(|_| progress.dropped);
        let item = |item: &'a Reach| ItemShape {
            title: item.title.as_deref(),
            by: item.by,
            done: item.done.filter(|done| *done <= self.progress.as_of),
        };
        let items = matches!(progress.kind, Kind::Checklist { .. });
        KeyResultShape {
            id: plan.path(progress.id),
            title: goal.title.as_deref(),
            kind,
            metric: progress.metric.map(|metric| self.metric(metric)),
            unit: progress.metric.map(|metric| plan[metric].unit.name()),
            window: goal.window.into(),
            from,
            target: some(progress.target.as_ref()),
            done: some(progress.done.as_ref()),
            planned: some(progress.planned.as_ref()),
            pace: some(progress.pace.as_ref()),
            days_left: progress.days_left,
            needed: some(progress.needed.as_ref()),
            forecast: some(progress.forecast.as_ref()),
            behind_days: some(progress.behind.as_ref()),
            score: some(progress.score.as_ref().filter(|_| !progress.dropped)),
            colour: colour(progress.score.as_ref().filter(|_| !progress.dropped)),
            weight: number(&goal.weight),
            goal_type: goal_type(goal.goal_type),
            expected: number(&expected(goal.goal_type)),
            threshold: some(goal.threshold.as_ref()),
            passed: progress.passed,
            dropped: dropped.map(|dropped| DroppedShape { on: dropped.on, why: dropped.why.as_deref() }),
            hold,
            items: items.then(|| goal.reach.iter().map(item).collect()),
            metrics: progress.metrics.iter().map(|metric| self.metric_shape(metric)).collect(),
            people: parts(true),
            teams: parts(false),
            check_in: self.latest(&goal.check_ins),
            forecasts: progress.calls.as_ref().map(|calls| self.calls(calls)),
        }
    }

    fn metric_shape(&self, progress: &MetricProgress) -> MetricShape<'a> {
        MetricShape {
            id: self.metric(progress.metric),
            unit: self.plan[progress.metric].unit.name(),
            done: some(progress.done.as_ref()),
            planned: number(&progress.planned),
            target: number(&progress.total),
        }
    }

    fn part(&self, part: &HolderProgress) -> PartShape<'a> {
        PartShape {
            id: self.who(part.who.holder()),
            metric: self.metric(part.metric),
            done: some(part.done.as_ref()),
            planned: number(&part.planned),
            target: number(&part.total),
            pace: some(part.pace.as_ref()),
            days_left: part.days_left,
            needed: some(part.needed.as_ref()),
            forecast: some(part.forecast.as_ref()),
            behind_days: some(part.behind.as_ref()),
        }
    }

    fn calls(&self, calls: &'a Calls) -> CallsShape<'a> {
        let total = |total: &CallTotal| CallTotalShape {
            id: self.who(total.who),
            share: number(&total.share),
            commit: some(total.commit.as_ref()),
            call: some(total.call.as_ref()),
            best: some(total.best.as_ref()),
            gap: some(total.gap.as_ref()),
            called: total.called.0,
            people: total.called.1,
            own: total.own,
        };
        let call = |call: &'a Forecast| CallShape {
            on: call.on,
            commit: some(call.commit.as_ref()),
            call: some(call.call.as_ref()),
            best: some(call.best.as_ref()),
            note: call.note.as_deref(),
        };
        let book = calls.book.iter().map(|book| BookShape {
            id: self.who(book.who),
            calls: book.calls.iter().map(call).collect(),
            against: some(book.against.as_ref()),
            is_final: book.is_final,
            bias: some(book.bias.as_ref()),
        });
        CallsShape {
            whole: total(&calls.whole),
            teams: calls.teams.iter().map(total).collect(),
            people: calls.people.iter().map(total).collect(),
            book: book.collect(),
        }
    }

    fn review(&self, review: &'a Review) -> ReviewShape<'a> {
        let lines = review.lines.iter().map(|line| {
            let (person, team) = match line.who {
                Holding::Person(_) => (self.who(line.who.holder()), None),
                Holding::Team(_) => (None, self.who(line.who.holder())),
            };
            ReviewLineShape {
                key_result: self.path(line.key_result),
                person,
                team,
                metric: self.metric(line.metric),
                planned: number(&line.planned),
                done: some(line.done.as_ref()),
                next: some(line.next.as_ref()),
            }
        });
        let due = review.due.iter().map(|due| {
            let (what, title, amount, done) = match &due.what {
                Coming::Checkpoint { amount, title } => {
                    ("checkpoint", title.as_deref(), Some(number(amount)), None)
                }
                Coming::Item { title, done } => ("item", title.as_deref(), None, *done),
                Coming::Target => ("target", None, None, None),
            };
            DueShape { on: due.on, key_result: self.path(due.key_result), what, title, amount, done }
        });
        let notes = review.notes.iter().map(|note| NoteShape {
            on: note.on,
            metric: self.metric(note.metric),
            who: self.who(note.who),
            amount: number(&note.amount),
            text: &note.text,
        });
        let said =
            review.said.iter().map(|said| check_in(Some(self.plan.path_of(said.goal)), &said.check_in));
        ReviewShape {
            by: Grain::word(review.grain),
            id: self.plan.period_name(review.days.first, review.grain),
            start: review.days.first,
            end: review.days.last,
            next: review.next.map(Days::from),
            lines: lines.collect(),
            check_ins: said.collect(),
            notes: notes.collect(),
            due: due.collect(),
            away: review
                .away
                .iter()
                .map(|(person, days)| AwayShape {
                    person: &self.plan[*person].name,
                    start: days.first,
                    end: days.last,
                })
                .collect(),
        }
    }

    /// The last check-in up to the day.
    fn latest(&self, check_ins: &'a [CheckIn]) -> Option<CheckInShape<'a>> {
        self.progress.latest(check_ins).map(|said| check_in(None, said))
    }

    fn metric(&self, id: MetricId) -> &'a str {
        &self.plan[id].name
    }

    fn path(&self, id: KeyResultId) -> String {
        self.plan.path(id)
    }

    fn who(&self, who: Option<Holder>) -> Option<&'a str> {
        who.map(|who| self.plan.holder(who).0)
    }
}
