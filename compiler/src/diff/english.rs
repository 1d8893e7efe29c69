//! The English words of a comparison. What plans bring themselves is kept apart from them: each format shows it harmlessly in its
//! own way.

use std::collections::{HashMap, HashSet};

use super::{
    Change, Diff, Effects, Event, GoalEffect, Headroom, Next, PersonEffect, Reached, SaidEffect, TotalEffect,
    What,
};
use crate::diagnostic::Severity;
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

/// How many there are of everything, in the order of consequence.
#[must_use]
pub fn headline(diff: &Diff) -> Vec<String> {
    let mut told = Vec::new();
    if !diff.changes.is_empty() || (diff.effects.is_empty() && diff.errors == (0, 0)) {
        told.push(counted(diff.changes.len(), "change", "changes"));
    }
    for (errors, side) in [(diff.errors.0, "before"), (diff.errors.1, "after")] {
        if errors > 0 {
            told.push(format!("{} {side}", counted(errors, "error", "errors")));
        }
    }
    if !diff.left_out.is_empty() {
        let left_out = counted(diff.left_out.len(), "goal with an error", "goals with errors");
        told.push(format!("{left_out} left out"));
    }
    told.extend(came_or_went_of(
        diff,
        What::Person,
        ["person joins", "people join"],
        ["person leaves", "people leave"],
    ));
    told.extend(who_does_more(diff));
    told.extend(came_or_went_of(
        diff,
        What::KeyResult,
        ["goal is new", "goals are new"],
        ["goal is gone", "goals are gone"],
    ));
    told.extend(other_goals(diff));
    told.extend(limits(&diff.effects.headroom));
    told.extend(messages(&diff.effects.said));
    told
}

/// Things that came or went.
fn came_or_went(diff: &Diff) -> HashSet<(What, &str)> {
    let is_whole = |change: &&Change| matches!(change.event, Event::Added(_) | Event::Removed(_));
    diff.changes.iter().filter(is_whole).map(|change| (change.what, change.name.as_str())).collect()
}

/// How many of a kind came, and how many went.
fn came_or_went_of(diff: &Diff, kind: What, came: [&str; 2], went: [&str; 2]) -> Vec<String> {
    let count = |came: bool| {
        let is_one = |change: &&Change| match change.event {
            Event::Added(_) => came && change.what == kind,
            Event::Removed(_) => !came && change.what == kind,
            _ => false,
        };
        diff.changes.iter().filter(is_one).count()
    };
    let counts = [(count(true), came), (count(false), went)];
    counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, [one, many])| counted(count, one, many))
        .collect()
}

/// Goals that are in both plans and come to something else.
fn other_goals(diff: &Diff) -> Option<String> {
    let whole = came_or_went(diff);
    let is_other = |part: Option<&super::Part>| part.is_some_and(|part| part.was != part.now);
    let other = |effect: &&GoalEffect| {
        let parts = [Some(&effect.target), effect.existing.as_ref(), effect.new.as_ref()];
        effect.part.is_none() && parts.into_iter().any(is_other)
    };
    let goals = diff.effects.goals.iter().filter(other).map(|effect| effect.goal.as_str());
    let other = goals.filter(|goal| !whole.contains(&(What::KeyResult, *goal))).count();
    (other > 0).then(|| format!("{} to another amount", counted(other, "goal comes", "goals come")))
}

/// How many do more, and how many less: by what they do, or where that stays by what comes of it, or by how much of it a day.
fn who_does_more(diff: &Diff) -> Vec<String> {
    // Who joins or leaves is told as that.
    let whole = came_or_went(diff);
    let mut counts = [
        ("person does", "people do", ""),
        ("person does", "people do", " a day"),
        ("team does", "teams do", ""),
    ]
    .map(|words| (words, [0_usize; 2]));
    let holders = by_holder(&diff.effects);
    for (holder, rows) in &holders {
        let (Some(who), Some(row)) = (&holder.who, rows.first()) else { continue };
        if holder.is_person && whole.contains(&(What::Person, &who.name)) {
            continue;
        }
        let by_day = row.amount.is_same();
        let up = if by_day {
            row.pace.as_ref().is_some_and(|(was, now)| now > was)
        } else {
            row.amount.now > row.amount.was
        };
        let kind = if holder.is_person { usize::from(by_day) } else { 2 };
        if let Some(count) = counts.get_mut(kind).and_then(|(_, counts)| counts.get_mut(usize::from(!up))) {
            *count += 1;
        }
    }
    let mut told = Vec::new();
    for ((one, many, behind), counts) in counts {
        for (count, word) in counts.into_iter().zip(["more", "less"]).filter(|(count, _)| *count > 0) {
            told.push(format!("{} {word}{behind}", counted(count, one, many)));
        }
    }
    // Levels and amounts to stay under are told of the goals.
    let people = &diff.effects.people;
    let only_moves = people.iter().all(|effect| effect.amount.was == effect.amount.now);
    let by_month = people.iter().any(|effect| !effect.months.is_empty());
    if holders.is_empty() && only_moves && (by_month || people.iter().any(|effect| effect.moved > 0)) {
        told.push(format!("amounts move between {}", if by_month { "months" } else { "days" }));
    }
    told
}

/// In how many days or periods more, or fewer, somebody is over a limit.
fn limits(headroom: &[Headroom]) -> Vec<String> {
    let Some(first) = headroom.first() else { return Vec::new() };
    let alike = headroom.iter().all(|headroom| headroom.per == first.per);
    let (one, many) = if alike {
        (grain(first.per).to_owned(), plural(first.per))
    } else {
        ("day or period".to_owned(), "days or periods".to_owned())
    };
    let over: usize = headroom.iter().map(|one| one.after.saturating_sub(one.before)).sum();
    let under: usize = headroom.iter().map(|one| one.before.saturating_sub(one.after)).sum();
    let over = (over > 0).then(|| format!("{} more over a limit", counted(over, &one, &many)));
    let under = (under > 0).then(|| format!("{} no longer over a limit", counted(under, &one, &many)));
    over.into_iter().chain(under).collect()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn messages(said: &[SaidEffect]) -> Vec<String> {
    let mut told = Vec::new();
    for kind in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = said.iter().filter(|said| said.is_new && said.severity == kind).count();
        if count > 0 {
            let word = severity(kind);
            told.push(counted(count, &format!("new {word}"), &format!("new {word}s")));
        }
    }
    let gone = said.iter().filter(|said| !said.is_new).count();
    if gone > 0 {
        told.push(format!("{} gone", counted(gone, "message", "messages")));
    }
    told
}

/// Of each holder what weighs most: what they do before what comes of it, money last; those whose weeks change most come first. What
/// may be more, such as complaints, is no work.
fn by_holder(effects: &Effects) -> Vec<(&PersonEffect, Vec<&PersonEffect>)> {
    let mut holders: Vec<(&PersonEffect, Vec<&PersonEffect>)> = Vec::new();
    let mut at: HashMap<(bool, Option<&str>), usize> = HashMap::new();
    let other_pace = |effect: &PersonEffect| effect.pace.as_ref().is_some_and(|(was, now)| was != now);
    // What may be more, such as complaints, is no work, and a level is nobody's alone.
    let does_other = |effect: &&PersonEffect| {
        let other = effect.amount.was != effect.amount.now;
        !effect.is_lower_better && effect.goal.is_none() && (other || other_pace(effect))
    };
    for effect in effects.people.iter().filter(does_other) {
        let whose = (effect.is_person, effect.who.as_ref().map(|who| who.name.as_str()));
        let index = *at.entry(whose).or_insert(holders.len());
        match holders.get_mut(index) {
            Some((_, rows)) => rows.push(effect),
            None => holders.push((effect, vec![effect])),
        }
    }
    for (_, rows) in &mut holders {
        rows.sort_by(|one, other| {
            let kind =
                |effect: &PersonEffect| (effect.amount.is_same(), !effect.is_activity, effect.is_money);
            kind(one).cmp(&kind(other)).then_with(|| other.weight.cmp(&one.weight))
        });
        rows.dedup_by_key(|effect| (effect.is_activity, effect.is_money));
    }
    holders
}

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

fn plural(per: milepost_grammar::ast::Grain) -> String {
    match per {
        milepost_grammar::ast::Grain::TenDay => "ten-day periods".to_owned(),
        per => format!("{}s", grain(per)),
    }
}

/// A message that is new or gone.
#[must_use]
pub fn message(effect: &SaidEffect) -> Vec<Piece> {
    let kind = severity(effect.severity);
    let lead = match effect.was {
        Some(was) => format!("now {kind}, was {}", severity(was)),
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
