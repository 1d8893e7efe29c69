//! A comparison for programs: `compiler/schema/diff-1.schema.json` describes it. Numbers have at most six decimals, rounded half
//! away from zero.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    Change, Diff, Event, GoalEffect, Headroom, Next, Part, PersonEffect, Reached, SaidEffect, TotalEffect,
};
use crate::diagnostic::Severity;
use crate::emit::json::days::Days;
use crate::emit::json::number::Number;
use crate::emit::plain_json;
use crate::english::grain;
use crate::exact::{Exact, short_digits};
use crate::page::Label;

/// The version of the shape; it rises when something that was there means something else.
pub const VERSION: u32 = 1;

/// Writes what changed between two plans; with `all`, whose weeks stay as they are as well.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut dyn Write, diff: &Diff, all: bool) -> io::Result<()> {
    plain_json::write(out, &document(diff, all))
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    before: Days,
    after: Days,
    errors: ErrorsShape,
    left_out: &'a [String],
    hidden: usize,
    reordered: bool,
    changes: Vec<ChangeShape<'a>>,
    effects: Vec<EffectShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<Vec<EffectShape<'a>>>,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum ChangeShape<'a> {
    Added {
        #[serde(flatten)]
        of: Thing<'a>,
        summary: Option<&'a str>,
    },
    Removed {
        #[serde(flatten)]
        of: Thing<'a>,
        summary: Option<&'a str>,
    },
    Renamed {
        #[serde(flatten)]
        of: Thing<'a>,
        from: &'a str,
    },
    Changed {
        #[serde(flatten)]
        of: Thing<'a>,
        aspect: &'static str,
        statement: &'a str,
        before: Option<&'a str>,
        after: Option<&'a str>,
    },
    Moved {
        dates: usize,
    },
    Ended {
        records: usize,
    },
}

#[derive(Serialize)]
struct ErrorsShape {
    before: usize,
    after: usize,
}

#[derive(Serialize)]
struct Thing<'a> {
    what: &'static str,
    id: &'a str,
    title: Option<&'a str>,
    side: &'static str,
    source: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "effect", rename_all = "lowercase")]
enum EffectShape<'a> {
    Total {
        metric: &'a str,
        is_money: bool,
        is_activity: bool,
        #[serde(flatten)]
        amount: PartShape,
    },
    Amount {
        who: Option<&'a str>,
        title: Option<&'a str>,
        is_person: bool,
        team: Option<&'a str>,
        metric: &'a str,
        goal: Option<&'a str>,
        is_money: bool,
        is_activity: bool,
        is_lower_better: bool,
        #[serde(flatten)]
        amount: PartShape,
        existing: Option<PartShape>,
        pace: Option<PaceShape>,
        weight: Number,
        moved: usize,
        periods: Vec<PeriodShape<'a>>,
    },
    Goal {
        id: &'a str,
        title: Option<&'a str>,
        part: Option<&'a str>,
        metric: &'a str,
        is_money: bool,
        target: PartShape,
        existing: Option<PartShape>,
        new: Option<PartShape>,
    },
    Limit {
        who: &'a str,
        metric: &'a str,
        per: &'static str,
        before: usize,
        after: usize,
        limit_before: Option<&'a str>,
        limit_after: Option<&'a str>,
        most_before: Option<&'a str>,
        most_after: Option<&'a str>,
    },
    Diagnostic {
        is_new: bool,
        severity: Severity,
        severity_before: Option<Severity>,
        code: &'static str,
        message: &'a str,
        source: &'a str,
    },
    Reached {
        id: &'a str,
        title: Option<&'a str>,
        target: &'a str,
        done: Option<&'a str>,
        score: Option<Number>,
        dropped: bool,
        carried: Option<bool>,
        next: Option<&'a str>,
    },
}

#[derive(Serialize)]
struct PartShape {
    before: Option<Number>,
    after: Option<Number>,
    change: Option<Number>,
}

#[derive(Serialize)]
struct PaceShape {
    before: Option<Number>,
    after: Option<Number>,
}

#[derive(Serialize)]
struct PeriodShape<'a> {
    period_before: Option<&'a str>,
    period_after: Option<&'a str>,
    #[serde(flatten)]
    amount: PartShape,
}

fn document(diff: &Diff, all: bool) -> Document<'_> {
    let effects = &diff.effects;
    let moved = (diff.moved > 0).then_some(ChangeShape::Moved { dates: diff.moved });
    let ended = (diff.ended > 0).then_some(ChangeShape::Ended { records: diff.ended });
    let all_effects = (effects.totals.iter().map(total))
        .chain(effects.people.iter().map(person))
        .chain(effects.goals.iter().map(goal))
        .chain(effects.headroom.iter().map(headroom))
        .chain(effects.said.iter().map(said))
        .chain(effects.reached.iter().map(reached));
    Document {
        version: VERSION,
        before: diff.turn.before.into(),
        after: diff.turn.after.into(),
        errors: ErrorsShape { before: diff.errors.0, after: diff.errors.1 },
        left_out: &diff.left_out,
        hidden: diff.hidden,
        reordered: effects.reordered,
        changes: diff.changes.iter().map(change).chain(moved).chain(ended).collect(),
        effects: all_effects.collect(),
        unchanged: all.then(|| effects.unchanged.iter().map(person).collect()),
    }
}

fn number(amount: &Exact) -> Number {
    Number(short_digits(amount, 6))
}

fn part(part: &Part) -> PartShape {
    let some = |amount: &Option<Exact>| amount.as_ref().map(number);
    PartShape {
        before: some(&part.was),
        after: some(&part.now),
        change: part.difference().as_ref().map(number),
    }
}

fn change(change: &Change) -> ChangeShape<'_> {
    let of = Thing {
        what: change.what.name(),
        id: &change.name,
        title: change.title.as_deref(),
        side: side(change.is_before),
        source: &change.source,
    };
    match &change.event {
        Event::Added(summary) => ChangeShape::Added { of, summary: summary.as_deref() },
        Event::Removed(summary) => ChangeShape::Removed { of, summary: summary.as_deref() },
        Event::Renamed { from } => ChangeShape::Renamed { of, from },
        Event::Said { aspect, of: statement, before, after } => ChangeShape::Changed {
            of,
            aspect: aspect.name(),
            statement,
            before: before.as_deref(),
            after: after.as_deref(),
        },
    }
}

/// In which of the two plans something stands.
const fn side(is_before: bool) -> &'static str {
    if is_before { "before" } else { "after" }
}

fn total(effect: &TotalEffect) -> EffectShape<'_> {
    EffectShape::Total {
        metric: &effect.metric.name,
        is_money: effect.is_money,
        is_activity: effect.is_activity,
        amount: part(&effect.amount),
    }
}

fn person(effect: &PersonEffect) -> EffectShape<'_> {
    let title = |label: &Label| label.title.is_some();
    EffectShape::Amount {
        who: effect.who.as_ref().map(|who| who.name.as_str()),
        title: effect.who.as_ref().filter(|who| title(who)).map(Label::text),
        is_person: effect.is_person,
        team: effect.team.as_ref().map(|team| team.name.as_str()),
        metric: &effect.metric.name,
        goal: effect.goal.as_deref(),
        is_money: effect.is_money,
        is_activity: effect.is_activity,
        is_lower_better: effect.is_lower_better,
        amount: part(&effect.amount),
        existing: effect.existing.as_ref().map(part),
        pace: effect.pace.as_ref().map(|(before, after)| PaceShape {
            before: before.as_ref().map(number),
            after: after.as_ref().map(number),
        }),
        weight: number(&effect.weight),
        moved: effect.moved,
        periods: effect
            .months
            .iter()
            .map(|month| PeriodShape {
                period_before: month.before.as_deref(),
                period_after: month.after.as_deref(),
                amount: part(&month.amount),
            })
            .collect(),
    }
}

fn goal(effect: &GoalEffect) -> EffectShape<'_> {
    EffectShape::Goal {
        id: &effect.goal,
        title: effect.title.as_deref(),
        part: effect.part.as_deref(),
        metric: &effect.metric.name,
        is_money: effect.is_money,
        target: part(&effect.target),
        existing: effect.existing.as_ref().map(part),
        new: effect.new.as_ref().map(part),
    }
}

fn headroom(headroom: &Headroom) -> EffectShape<'_> {
    EffectShape::Limit {
        who: &headroom.person.name,
        metric: &headroom.metric.name,
        per: grain(headroom.per),
        before: headroom.before,
        after: headroom.after,
        limit_before: headroom.limit.0.as_deref(),
        limit_after: headroom.limit.1.as_deref(),
        most_before: headroom.worst.0.as_deref(),
        most_after: headroom.worst.1.as_deref(),
    }
}

fn said(effect: &SaidEffect) -> EffectShape<'_> {
    EffectShape::Diagnostic {
        is_new: effect.is_new,
        severity: effect.severity,
        severity_before: effect.was,
        code: effect.code,
        message: &effect.text,
        source: &effect.source,
    }
}

fn reached(goal: &Reached) -> EffectShape<'_> {
    EffectShape::Reached {
        id: &goal.goal,
        title: goal.title.as_deref(),
        target: &goal.target,
        done: goal.done.as_deref(),
        score: goal.score.as_ref().map(number),
        dropped: goal.dropped,
        carried: match goal.next {
            Next::Carried(_) => Some(true),
            Next::Dropped | Next::Left => Some(false),
            Next::Unknown => None,
        },
        next: match &goal.next {
            Next::Carried(target) => target.as_deref(),
            Next::Dropped | Next::Left | Next::Unknown => None,
        },
    }
}
