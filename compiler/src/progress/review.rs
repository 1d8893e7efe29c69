//! A week or a month as a team looks at it: what was planned and done, what comes next, what was said.

use chrono::NaiveDate;
use milepost_grammar::ast::Grain;

use crate::dates::{DateSpan, minus, period_of, plus};
use crate::exact::Exact;
use crate::plan::{ActualNote, CheckIn, GoalRef, KeyResultId, MetricId, ObjectiveId, PersonId, Plan, Target};

use super::key_result::KeyResultProgress;
use super::meter::{Holding, Meter, Subject};

/// A week or a month.
#[derive(Clone, PartialEq, Debug)]
pub struct Review {
    /// Which of the two.
    pub grain: Grain,
    /// Its days inside the plan.
    pub days: DateSpan,
    /// The one after it, inside the plan.
    pub next: Option<DateSpan>,
    /// What each had to do and did, in the order of [`super::Progress::key_results`] and their holders.
    pub lines: Vec<ReviewLine>,
    /// Check-ins of these days.
    pub said: Vec<Said>,
    /// What was said of readings of these days.
    pub notes: Vec<ActualNote>,
    /// What was due in it or is due in the next one, what is overdue and what of that was done in it, by day.
    pub due: Vec<Due>,
    /// Who is away in it or in the next one, in declaration order.
    pub away: Vec<(PersonId, DateSpan)>,
}

/// What one holder did of one metric.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewLine {
    /// For which goal.
    pub key_result: KeyResultId,
    /// Who.
    pub who: Holding,
    /// Of what.
    pub metric: MetricId,
    /// Planned on these days; of a level, where it was to be at their end.
    pub planned: Exact,
    /// Done on these days; of a level, where it was; `None` where nobody has measured it.
    pub done: Option<Exact>,
    /// Planned in the next one.
    pub next: Option<Exact>,
}

/// A check-in, and of which goal.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// Of which goal.
    pub goal: GoalRef,
    /// What was said.
    pub check_in: CheckIn,
}

/// Something that is due on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct Due {
    /// When.
    pub on: NaiveDate,
    /// Of which goal.
    pub key_result: KeyResultId,
    /// What.
    pub what: Coming,
}

/// What is due.
#[derive(Clone, PartialEq, Debug)]
pub enum Coming {
    /// A checkpoint: how much in all by then.
    Checkpoint {
        /// How much.
        amount: Exact,
        /// What it is called.
        title: Option<String>,
    },
    /// An item of a checklist.
    Item {
        /// What it is called.
        title: Option<String>,
        /// When it was done, if it was.
        done: Option<NaiveDate>,
    },
    /// The whole goal.
    Target,
}

/// The week or month to look at on `day`: the one it lies in; on the first working day of one, the one before.
#[must_use]
pub fn period(plan: &Plan, grain: Grain, day: NaiveDate) -> DateSpan {
    let day = day.clamp(plan.period.first, plan.period.last);
    let own = period_of(day, grain, plan.fiscal_start);
    let calendar = &plan[plan.calendar];
    let begun = DateSpan::new(own.first, minus(day, 1)).is_some_and(|before| calendar.count(before) > 0);
    let before = period_of(minus(own.first, 1), grain, plan.fiscal_start);
    let wanted = if begun || !calendar.works(day) && calendar.count(own) == 0 {
        own
    } else {
        before.intersect(&plan.period).map_or(own, |_| before)
    };
    wanted.intersect(&plan.period).unwrap_or(plan.period)
}

pub(super) fn review(
    meter: &Meter<'_>,
    subjects: &[Subject<'_>],
    key_results: &[KeyResultProgress],
    grain: Grain,
    days: DateSpan,
) -> Review {
    let plan = meter.plan;
    let next = period_of(plus(days.last, 1), grain, plan.fiscal_start).intersect(&plan.period);
    let next = next.filter(|next| next.first > days.last);
    let to = meter.as_of;
    let mut lines = Vec::new();
    let mut due = Vec::new();
    for subject in subjects {
        let level =
            matches!(subject.goal.measure.as_ref().map(|measure| &measure.target), Some(Target::Level(..)));
        // What is held or done is not planned by amounts.
        let measured = subject.goal.measure.is_some();
        for held in subject.held(plan, meter.person, to).into_iter().filter(|_| measured) {
            let metric = held.metric;
            let mut dates = vec![minus(days.first, 1), to.max(minus(days.first, 1))];
            dates.extend(next.map(|next| [days.last, next.last]).into_iter().flatten());
            let who = subject.readings_of(plan, &held);
            let own_lines = match subject.level_line().filter(|_| level) {
                Some(line) => vec![line],
                None => held.lines.clone(),
            };
            let running = meter.running(metric, &own_lines, &dates);
            let at = |index: usize| running.get(index).cloned().unwrap_or(Exact::ZERO);
            let done = |date| subject.done(plan, metric, who, date);
            let line = if level || !plan[metric].adds_up() {
                let own = subject
                    .days(metric, to)
                    .and_then(|counting| DateSpan::new(counting.first.max(days.first), counting.last));
                ReviewLine {
                    key_result: subject.id,
                    who: held.who,
                    metric,
                    planned: at(1),
                    done: own.and_then(|own| subject.ledger(plan).value(metric, who, own)),
                    next: next.map(|_| at(3)),
                }
            } else {
                let before = done(minus(days.first, 1)).unwrap_or(Exact::ZERO);
                ReviewLine {
                    key_result: subject.id,
                    who: held.who,
                    metric,
                    planned: at(1) - at(0),
                    done: done(to).map(|by_then| by_then - before),
                    next: next.map(|_| at(3) - at(2)),
                }
            };
            lines.push(line);
        }
        let dropped = key_results.iter().any(|known| known.id == subject.id && known.dropped);
        if !dropped {
            due.extend(coming(meter, subject.id, days.first, next.map_or(days.last, |next| next.last)));
        }
    }
    due.sort_by_key(|due| due.on);
    let read = |on: NaiveDate| days.first <= on && on <= to;
    let mut said: Vec<Said> = Vec::new();
    for (index, objective) in plan.objectives.iter().enumerate() {
        let of = GoalRef::Objective(ObjectiveId::new(index));
        let own = objective
            .check_ins
            .iter()
            .filter(|check_in| read(check_in.on))
            .filter(|_| meter.person.is_none());
        said.extend(own.map(|check_in| Said { goal: of, check_in: check_in.clone() }));
        for id in objective.key_results.iter().filter(|id| key_results.iter().any(|known| known.id == **id)) {
            let own = plan[*id].check_ins.iter().filter(|check_in| read(check_in.on));
            said.extend(
                own.map(|check_in| Said { goal: GoalRef::KeyResult(*id), check_in: check_in.clone() }),
            );
        }
    }
    let mine = |note: &&ActualNote| {
        meter.person.is_none_or(|person| note.who == Some(crate::plan::Holder::Person(person)))
    };
    let notes = plan.actuals.notes.iter().filter(|note| read(note.on)).filter(mine).cloned().collect();
    let all = DateSpan { first: days.first, last: next.map_or(days.last, |next| next.last) };
    let mut away = Vec::new();
    for (index, person) in plan.people.iter().enumerate() {
        let id = PersonId::new(index);
        if meter.person.is_none_or(|only| only == id) {
            away.extend(person.away.iter().filter_map(|(days, _)| Some((id, days.intersect(&all)?))));
        }
    }
    Review { grain, days, next, lines, said, notes, due, away }
}

/// What of a key result is due from `first` to `last`.
fn coming(meter: &Meter<'_>, id: KeyResultId, first: NaiveDate, last: NaiveDate) -> Vec<Due> {
    let goal = &meter.plan[id];
    let within = |on: NaiveDate| first <= on && on <= last;
    let target = goal.measure.as_ref().map(|measure| match &measure.target {
        Target::Amount(amount) => (Exact::ZERO, amount.clone()),
        Target::Level(from, to) => (from.clone(), to.clone()),
        Target::Rate(..) => {
            let expanded = meter.dated.key_results.iter().find(|expanded| expanded.key_result == id);
            let steps =
                expanded.and_then(|expanded| expanded.totals.as_ref()).map(|totals| totals.target.clone());
            let step = &meter.plan[measure.metric].step;
            (Exact::ZERO, steps.map_or(Exact::ZERO, |steps| step.amount(&steps)))
        }
    });
    let mut due = Vec::new();
    for checkpoint in goal.checkpoints.iter().filter(|checkpoint| within(checkpoint.on)) {
        let Some((from, to)) = &target else { continue };
        let amount = checkpoint.amount.between(from, to);
        let what = Coming::Checkpoint { amount, title: checkpoint.title.clone() };
        due.push(Due { on: checkpoint.on, key_result: id, what });
    }
    for item in &goal.reach {
        let done = item.done.filter(|done| *done <= meter.as_of);
        let overdue = item.by < first && done.is_none_or(|done| done >= first);
        if !within(item.by) && !overdue {
            continue;
        }
        due.push(Due { on: item.by, key_result: id, what: Coming::Item { title: item.title.clone(), done } });
    }
    if goal.measure.is_some() && within(goal.window.last) {
        due.push(Due { on: goal.window.last, key_result: id, what: Coming::Target });
    }
    due
}
