//! What a comparison comes to, in one line.

use std::collections::HashSet;

use super::english::{counted, plural};
use super::{Change, Diff, Event, GoalEffect, Headroom, SaidEffect, What};
use crate::diagnostic::Severity;
use crate::english::grain;

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
    let whole = came_or_went(diff);
    told.extend(who_does_more(diff, &whole));
    told.extend(came_or_went_of(
        diff,
        What::KeyResult,
        ["goal is new", "goals are new"],
        ["goal is gone", "goals are gone"],
    ));
    told.extend(other_goals(diff, &whole));
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
fn other_goals(diff: &Diff, whole: &HashSet<(What, &str)>) -> Option<String> {
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
fn who_does_more(diff: &Diff, whole: &HashSet<(What, &str)>) -> Vec<String> {
    // Who joins or leaves is told as that.
    let mut counts = [
        ("person does", "people do", ""),
        ("person does", "people do", " a day"),
        ("team does", "teams do", ""),
    ]
    .map(|words| (words, [0_usize; 2]));
    let holders = diff.effects.by_holder();
    for (holder, rows) in &holders {
        let (Some(who), Some(row)) = (&holder.who, rows.first()) else { continue };
        if holder.is_person && whole.contains(&(What::Person, who.name.as_str())) {
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

fn messages(said: &[SaidEffect]) -> Vec<String> {
    let mut told = Vec::new();
    for kind in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = said.iter().filter(|said| said.is_new && said.severity == kind).count();
        if count > 0 {
            let word = kind.word();
            told.push(counted(count, &format!("new {word}"), &format!("new {word}s")));
        }
    }
    let gone = said.iter().filter(|said| !said.is_new).count();
    if gone > 0 {
        told.push(format!("{} gone", counted(gone, "message", "messages")));
    }
    told
}
