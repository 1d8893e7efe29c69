//! The English words of a comparison. What plans bring themselves is kept apart from them: each format shows it harmlessly in its
//! own way.

use super::{
    Change, Diff, Effects, Event, GoalEffect, Headroom, Next, PersonEffect, Reached, SaidEffect, TotalEffect,
    What,
};
use crate::english::grain;
use crate::exact::{Exact, readable, whole};
use crate::page::Label;

/// A piece of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Our words.
    Words(String),
    /// What the plan says: a name, a title, a value.
    Said(String),
}

fn words(text: impl Into<String>) -> Piece {
    Piece::Words(text.into())
}

fn said(text: impl Into<String>) -> Piece {
    Piece::Said(text.into())
}

/// A name, and its title behind it.
fn called(name: &str, title: Option<&str>, line: &mut Vec<Piece>) {
    line.push(said(name));
    let says_more = |title: &&str| !title.is_empty() && title.to_lowercase() != name.to_lowercase();
    let title = title.map(str::trim).filter(says_more);
    if let Some(title) = title {
        line.extend([words(" "), said(title)]);
    }
}

/// A title, and its name behind it.
fn label(label: &Label, line: &mut Vec<Piece>) {
    line.push(said(label.text()));
    let says_more = |name: &&str| name.to_lowercase() != label.text().to_lowercase();
    if let Some(name) = label.beside().filter(says_more) {
        line.extend([words(" "), said(name)]);
    }
}

pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// Where nothing changed.
pub const NOTHING: &str = "no change in meaning";

/// The headings.
pub const CHANGED: &str = "What changed";
/// The heading above effects.
pub const DOES: &str = "What it does";
/// The heading above goals.
pub const GOALS: &str = "What goals come to";
/// The heading above what all together do.
pub const TOTALS: &str = "What all together do";
/// The heading above people.
pub const PEOPLE: &str = "Who does more or less";
/// The heading above people whose weeks stay.
pub const UNCHANGED: &str = "Who does the same";
/// The heading above limits.
pub const LIMITS: &str = "Who is over the most they can do";
/// The heading above messages.
pub const MESSAGES: &str = "What is said of the plan";
/// The heading above goals of the period before.
pub const REACHED: &str = "Goals of the period before";

/// Where only the order differs.
pub const REORDERED: &str =
    "Both plans say the same, but declarations stand in another order, and ties between people go by it.";

/// What is not compared, as errors hide it.
#[must_use]
pub fn spoilt(diff: &Diff) -> Vec<Vec<Piece>> {
    let mut goals = vec![words("An error leaves out, with all that comes of it: ")];
    for (index, goal) in diff.left_out.iter().enumerate() {
        goals.extend((index > 0).then(|| words(", ")));
        goals.push(said(goal));
    }
    let goals = (!diff.left_out.is_empty()).then_some(goals);
    let hidden = (diff.hidden > 0).then(|| {
        let what = counted(
            diff.hidden,
            "thing or statement that differs is",
            "things or statements that differ are",
        );
        vec![words(format!("{what} not told, as an error may be why"))]
    });
    goals.into_iter().chain(hidden).collect()
}

/// What all together do.
#[must_use]
pub fn totals(effects: &Effects) -> Vec<Vec<Piece>> {
    let mut totals: Vec<&TotalEffect> = effects.totals.iter().collect();
    totals.sort_by_key(|total| (!total.is_activity, total.is_money));
    let line = |total: &TotalEffect| {
        vec![
            said(total.metric.text()),
            words(" "),
            said(&total.amount.before),
            words(" → "),
            said(&total.amount.after),
        ]
    };
    totals.into_iter().map(line).collect()
}

/// One change.
#[must_use]
pub fn change(change: &Change) -> Vec<Piece> {
    let mut line = vec![words(format!("{} ", change.what.name()))];
    called(&change.name, change.title.as_deref(), &mut line);
    match &change.event {
        Event::Added(what) => {
            line.push(words(if change.what == What::Person { " joins" } else { " is new" }));
            if let Some(what) = what {
                line.extend([words(if change.what == What::Person { " " } else { ": " }), said(what)]);
            }
        }
        Event::Removed(what) => {
            line.push(words(if change.what == What::Person { " leaves" } else { " is gone" }));
            if let Some(what) = what {
                line.extend([words(if change.what == What::Person { " " } else { ": " }), said(what)]);
            }
        }
        Event::Renamed { from } => line.extend([words(" was called "), said(from)]),
        Event::Said { of, before, after, .. } => {
            line.push(words(": "));
            // A key word of the language, or a name of the plan; both are its own.
            line.push(said(of));
            match (before, after) {
                (Some(before), Some(after)) => {
                    line.extend([words(" "), said(before), words(" → "), said(after)]);
                }
                (None, Some(after)) => line.extend([words(" "), said(after), words(", new")]),
                (Some(before), None) => line.extend([words(" "), said(before), words(", gone")]),
                (None, None) => {}
            }
        }
    }
    line
}

/// What is told of many changes together.
#[must_use]
pub fn together(diff: &Diff) -> Vec<String> {
    let moved = (diff.moved > 0).then(|| moved(diff.moved));
    moved.into_iter().chain((diff.ended > 0).then(|| ended(diff.ended))).collect()
}

/// Dates that only moved.
fn moved(count: usize) -> String {
    format!("{} with the period", counted(count, "date moved", "dates moved"))
}

/// Records of the period before.
fn ended(count: usize) -> String {
    format!("{} of the period before, not carried over", counted(count, "record", "records"))
}

/// What a goal comes to.
#[must_use]
pub fn goal(effect: &GoalEffect) -> Vec<Vec<Piece>> {
    let mut name = Vec::new();
    called(&effect.goal, effect.title.as_deref(), &mut name);
    if let Some(part) = &effect.part {
        name.extend([words(", "), said(part)]);
    }
    let mut metric = Vec::new();
    label(&effect.metric, &mut metric);
    let shown = |part: Option<&super::Part>| match part {
        Some(part) if part.is_same() => vec![said(&part.after)],
        Some(part) => vec![said(&part.before), words(" → "), said(&part.after)],
        None => Vec::new(),
    };
    vec![
        name,
        metric,
        shown(Some(&effect.target)),
        vec![said(&effect.target.change)],
        shown(effect.existing.as_ref()),
        shown(effect.new.as_ref()),
    ]
}

/// The heads of what goals come to.
pub const GOAL_HEADS: [&str; 6] = ["Goal", "Of", "Target", "Change", "Existing", "To be won"];

/// Who does how much more or less.
#[must_use]
pub fn person(effect: &PersonEffect) -> Vec<Vec<Piece>> {
    let mut who = Vec::new();
    match &effect.who {
        Some(holder) => label(holder, &mut who),
        None => who.push(words("nobody yet")),
    }
    if let Some(team) = &effect.team {
        who.extend([words(", "), said(team.text())]);
    }
    let mut metric = Vec::new();
    label(&effect.metric, &mut metric);
    if let Some(goal) = &effect.goal {
        metric.extend([words(" in "), said(goal)]);
    }
    let amount = &effect.amount;
    let existing = effect.existing.as_ref().filter(|part| !part.is_same());
    let mut change = vec![said(if amount.is_same() { "0" } else { &amount.change })];
    if let Some(existing) = existing {
        change.extend([words(", existing "), said(&existing.change)]);
    }
    vec![
        who,
        metric,
        vec![said(&amount.before)],
        vec![said(&amount.after)],
        change,
        pace(effect),
        months(effect),
    ]
}

/// What weighs most, a sentence for each of the `count` whose weeks change most: what they do, and the money that comes of it.
#[must_use]
pub fn most(effects: &Effects, count: usize) -> Vec<Vec<Piece>> {
    let sentence = |(holder, rows): (&PersonEffect, Vec<&PersonEffect>)| {
        let mut line = Vec::new();
        match &holder.who {
            Some(who) => label(who, &mut line),
            None => line.push(words("nobody yet")),
        }
        let money = rows.iter().skip(1).find(|effect| effect.is_money);
        for (index, effect) in rows.first().into_iter().chain(money).enumerate() {
            line.push(words(if index == 0 { ": " } else { "; " }));
            line.push(said(effect.metric.text()));
            if !effect.amount.is_same() {
                line.extend([
                    words(" "),
                    said(&effect.amount.before),
                    words(" → "),
                    said(&effect.amount.after),
                ]);
            }
            let pace = pace(effect);
            if !pace.is_empty() {
                line.push(words(if effect.amount.is_same() { " " } else { ", " }));
                line.extend(pace);
                line.push(words(" a day"));
            }
        }
        line
    };
    effects.by_holder().into_iter().take(count).map(sentence).collect()
}

/// The heads of who does how much.
pub const PERSON_HEADS: [&str; 7] = ["Who", "Of", "Before", "After", "Change", "A day", "By month"];

fn pace(effect: &PersonEffect) -> Vec<Piece> {
    let Some((was, now)) = &effect.pace else { return Vec::new() };
    let shown =
        |pace: &Option<Exact>| said(pace.as_ref().map_or_else(|| "0".to_owned(), |pace| readable(pace, 6)));
    if was == now { vec![shown(now)] } else { vec![shown(was), words(" → "), shown(now)] }
}

fn months(effect: &PersonEffect) -> Vec<Piece> {
    let mut line = Vec::new();
    if effect.moved > 0 {
        line.push(words(format!(
            "as much, but otherwise on {}",
            counted(effect.moved, "day or period", "days or periods")
        )));
    }
    for month in &effect.months {
        if !line.is_empty() {
            line.push(words(" · "));
        }
        match (&month.before, &month.after) {
            (Some(before), Some(after)) if before != after => {
                line.extend([said(before), words(" → "), said(after)]);
            }
            (_, Some(name)) | (Some(name), None) => line.push(said(name)),
            (None, None) => {}
        }
        if month.amount.change.is_empty() {
            line.extend([words(" "), said(&month.amount.before), words(" → "), said(&month.amount.after)]);
        } else {
            line.extend([words(" "), said(&month.amount.change)]);
        }
    }
    line
}

/// Who is over the most they can do.
#[must_use]
pub fn headroom(headroom: &Headroom) -> Vec<Piece> {
    let mut line = Vec::new();
    label(&headroom.person, &mut line);
    line.push(words(": "));
    line.push(said(headroom.metric.text()));
    let periods = |count: usize| counted(count, grain(headroom.per), &plural(headroom.per));
    let (before, after) = (headroom.before, headroom.after);
    line.push(words(match (before, after) {
        (_, 0) => format!(" no longer over the limit, before on {}", periods(before)),
        (0, _) => format!(" over the limit on {} instead of none", periods(after)),
        _ if before == after => format!(" over the limit on {} as before", periods(after)),
        _ => format!(" over the limit on {} instead of {before}", periods(after)),
    }));
    for (lead, sides) in [(", at most ", &headroom.limit), (", asked up to ", &headroom.worst)] {
        match sides {
            (Some(before), Some(after)) if before != after => {
                line.extend([words(lead), said(before), words(" → "), said(after)]);
            }
            (_, Some(one)) | (Some(one), None) => line.extend([words(lead), said(one)]),
            (None, None) => {}
        }
    }
    line
}

pub(super) fn plural(per: milepost_grammar::ast::Grain) -> String {
    match per {
        milepost_grammar::ast::Grain::TenDay => "ten-day periods".to_owned(),
        per => format!("{}s", grain(per)),
    }
}

/// A message that is new or gone.
#[must_use]
pub fn message(effect: &SaidEffect) -> Vec<Piece> {
    let kind = effect.severity.word();
    let lead = match effect.was {
        Some(was) => format!("now {kind}, was {}", was.word()),
        None if effect.is_new => format!("new {kind}"),
        None => format!("no longer said: {kind}"),
    };
    vec![words(format!("{lead} {}: ", effect.code)), said(&effect.text)]
}

/// What became of a goal of the period before.
#[must_use]
pub fn reached(goal: &Reached) -> Vec<Vec<Piece>> {
    let mut name = Vec::new();
    called(&goal.goal, goal.title.as_deref(), &mut name);
    let percent = |score: &Exact| format!("{}%", readable(&(score * whole(100)), 1));
    vec![
        name,
        vec![said(&goal.target)],
        goal.done.as_ref().map_or_else(|| vec![words("not read")], |done| vec![said(done)]),
        match &goal.score {
            _ if goal.dropped => vec![words("given up")],
            Some(score) => vec![said(percent(score))],
            None => Vec::new(),
        },
        vec![match &goal.next {
            Next::Carried(Some(target)) => said(target),
            Next::Carried(None) => words("carried over"),
            Next::Dropped => words("given up"),
            Next::Left => words("not carried over"),
            Next::Unknown => words("has an error"),
        }],
    ]
}

/// The heads of what became of goals.
pub const REACHED_HEADS: [&str; 5] = ["Goal", "Target", "Reached", "Score", "Next"];

/// What is left out.
#[must_use]
pub fn left_out(count: usize) -> String {
    format!("{} left out here", counted(count, "more row is", "more rows are"))
}
