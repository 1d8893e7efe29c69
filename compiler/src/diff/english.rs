//! The English words of a comparison. What plans bring themselves is kept apart from them: each format shows it harmlessly in its
//! own way.

use super::{Change, Diff, Effects, Event, GoalEffect, Headroom, PersonEffect, Reached, SaidEffect, What};
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
    let title = title.map(str::trim).filter(|title| !title.is_empty() && *title != name);
    if let Some(title) = title {
        line.extend([words(" "), said(title)]);
    }
}

/// A title, and its name behind it.
fn label(label: &Label, line: &mut Vec<Piece>) {
    line.push(said(label.text()));
    if let Some(name) = label.beside() {
        line.extend([words(" "), said(name)]);
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
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
    "Nothing else is said, but declarations stand in another order, and ties between people go by it.";

/// How many there are of everything, in the order of consequence.
#[must_use]
pub fn headline(diff: &Diff) -> Vec<String> {
    let effects = &diff.effects;
    let mut told = vec![counted(diff.changes.len(), "change", "changes")];
    for (errors, side) in [(diff.errors.0, "before"), (diff.errors.1, "after")] {
        if errors > 0 {
            told.push(format!("{} {side}", counted(errors, "error", "errors")));
        }
    }
    if !diff.left_out.is_empty() {
        let left_out = counted(diff.left_out.len(), "goal with an error", "goals with errors");
        told.push(format!("{left_out} left out"));
    }
    let (more, less) = more_and_less(effects);
    if more + less > 0 {
        let more = (more > 0).then(|| format!("{} more", counted(more, "person does", "people do")));
        let less = (less > 0).then(|| format!("{} less", counted(less, "person does", "people do")));
        told.extend(more.into_iter().chain(less));
    } else if !effects.people.is_empty() {
        told.push("amounts move between days".to_owned());
    }
    if !effects.goals.is_empty() {
        told.push(format!("{} to another amount", counted(effects.goals.len(), "goal comes", "goals come")));
    }
    let (over, under) = effects.headroom.iter().fold((0, 0), |(over, under), headroom| {
        (
            over + headroom.after.saturating_sub(headroom.before),
            under + headroom.before.saturating_sub(headroom.after),
        )
    });
    let days = effects.headroom.iter().all(|headroom| headroom.per == milepost_grammar::ast::Grain::Day);
    let (one, many) = if days { ("day", "days") } else { ("day or period", "days or periods") };
    if over > 0 {
        told.push(format!("{} more over a limit", counted(over, one, many)));
    }
    if under > 0 {
        told.push(format!("{} no longer over one", counted(under, one, many)));
    }
    let (new, gone) = (effects.said.iter().filter(|said| said.is_new).count(), effects.said.len());
    let gone = gone - new;
    if new > 0 {
        told.push(counted(new, "new message", "new messages"));
    }
    if gone > 0 {
        told.push(format!("{} gone", counted(gone, "message", "messages")));
    }
    told
}

/// How many people do more, and how many less: by what they do, or where that stays by what comes of it.
fn more_and_less(effects: &Effects) -> (usize, usize) {
    let (mut more, mut less) = (0, 0);
    for (holder, rows) in by_holder(effects) {
        if let (true, Some(row)) = (holder.is_person, rows.first()) {
            let up = row.amount.difference().is_none_or(|change| change > Exact::ZERO);
            if up { more += 1 } else { less += 1 }
        }
    }
    (more, less)
}

/// Of each holder what weighs most: what they do before what comes of it, money last; those whose weeks change most come first.
fn by_holder(effects: &Effects) -> Vec<(&PersonEffect, Vec<&PersonEffect>)> {
    let mut holders: Vec<(&PersonEffect, Vec<&PersonEffect>)> = Vec::new();
    let mut at: std::collections::HashMap<(bool, Option<&str>), usize> = std::collections::HashMap::new();
    for effect in effects.people.iter().filter(|effect| !effect.amount.is_same()) {
        let whose = (effect.is_person, effect.who.as_ref().map(|who| who.name.as_str()));
        let index = *at.entry(whose).or_insert(holders.len());
        match holders.get_mut(index) {
            Some((_, rows)) => rows.push(effect),
            None => holders.push((effect, vec![effect])),
        }
    }
    for (_, rows) in &mut holders {
        rows.sort_by(|one, other| {
            let kind = |effect: &PersonEffect| (!effect.is_activity, effect.is_money);
            kind(one).cmp(&kind(other)).then_with(|| other.weight.cmp(&one.weight))
        });
        rows.dedup_by_key(|effect| (effect.is_activity, effect.is_money));
    }
    holders
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
            line.extend([said(effect.metric.text()), words(" ")]);
            line.extend([said(&effect.amount.before), words(" → "), said(&effect.amount.after)]);
            let pace = pace(effect);
            if !pace.is_empty() {
                line.push(words(", "));
                line.extend(pace);
                line.push(words(" a day"));
            }
        }
        line
    };
    by_holder(effects).into_iter().take(count).map(sentence).collect()
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
        line.extend([words(" "), said(&month.amount.change)]);
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
    line.push(words(format!(
        " over the limit on {} instead of {}",
        periods(headroom.after),
        if headroom.before == 0 { "none".to_owned() } else { headroom.before.to_string() }
    )));
    match &headroom.limit {
        (Some(before), Some(after)) if before != after => {
            line.extend([words(", the most "), said(before), words(" → "), said(after)]);
        }
        (_, Some(most)) => line.extend([words(", the most "), said(most)]),
        (Some(most), None) => line.extend([words(", there was a limit of "), said(most)]),
        (None, None) => {}
    }
    if headroom.after > 0 {
        line.extend([words(", asked up to "), said(&headroom.worst)]);
    }
    line
}

fn plural(per: milepost_grammar::ast::Grain) -> String {
    match per {
        milepost_grammar::ast::Grain::TenDay => "ten-day periods".to_owned(),
        per => format!("{}s", grain(per)),
    }
}

/// A message that is new or gone.
#[must_use]
pub fn message(effect: &SaidEffect) -> Vec<Piece> {
    let sign = if effect.is_new { "new " } else { "gone " };
    vec![words(sign), words(format!("{} ", effect.code)), said(&effect.text)]
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
        goal.score.as_ref().map_or_else(Vec::new, |score| vec![said(percent(score))]),
        goal.next.as_ref().map_or_else(|| vec![words("dropped")], |next| vec![said(next)]),
    ]
}

/// The heads of what became of goals.
pub const REACHED_HEADS: [&str; 5] = ["Goal", "Target", "Reached", "Score", "Next"];

/// What is left out.
#[must_use]
pub fn left_out(count: usize) -> String {
    format!("{} left out here", counted(count, "more row is", "more rows are"))
}
