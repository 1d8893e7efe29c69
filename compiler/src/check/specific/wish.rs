//! A title that only wishes, with nothing measured under it: "improve sales", 提升业绩.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::plan::{GoalRef, KeyResult};
use crate::remark::Remark;
use crate::table::excerpt;

/// Words of wishes: a direction without an end. Whole words, of the beginning where they end in `-`.
const ENGLISH: &[&str] = &[
    "improve-",
    "increas-",
    "enhanc-",
    "boost-",
    "strengthen-",
    "optimis-",
    "optimiz-",
    "maximis-",
    "maximiz-",
    "minimis-",
    "minimiz-",
    "grow",
    "growing",
    "raise",
    "raising",
    "expand-",
    "accelerat-",
    "reduc-",
    "cut",
    "lower",
    "better",
    "best",
    "more",
    "less",
    "fewer",
    "faster",
    "try",
    "strive",
    "push",
    "drive",
];

/// The same in Chinese, where words have no ends.
const CHINESE: &[&str] = &[
    "提升", "提高", "加强", "加強", "改善", "改进", "改進", "增加", "增强", "增強", "优化", "優化", "扩大",
    "擴大", "做好", "做大", "做强", "做強", "搞好", "努力", "争取", "爭取", "推动", "推動", "促进", "促進",
    "降低", "减少", "減少", "加快", "更多", "更好", "更快",
];

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (id, goal) in subject.goals() {
        if !is_measured(goal) {
            wished(GoalRef::KeyResult(id), &goal.name, goal.title.as_deref(), goal.place, found);
        }
    }
    for (id, objective) in subject.objectives() {
        let own = GoalRef::Objective(id);
        let measured = subject.kept(objective).any(|(_, goal)| is_measured(goal));
        if !measured && subject.supporters(own).is_empty() {
            wished(own, &objective.name, objective.title.as_deref(), objective.place, found);
        }
    }
}

/// Whether something says when a goal has come true; a thing to be done that only wishes itself does not.
fn is_measured(goal: &KeyResult) -> bool {
    let called = |item: Option<&str>| !is_wish(item.or(goal.title.as_deref()).unwrap_or(&goal.name));
    goal.measure.is_some()
        || goal.hold.is_some()
        || goal.reach.iter().any(|reach| called(reach.title.as_deref()))
}

fn wished(
    goal: GoalRef,
    name: &str,
    title: Option<&str>,
    place: crate::sources::Place,
    found: &mut Vec<Finding>,
) {
    let title = title.unwrap_or(name);
    if is_wish(title) {
        found.push(Finding::new(goal, Remark::Wish { title: excerpt(title) }, place));
    }
}

/// Numbers in words.
const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen",
    "hundred", "thousand", "half", "halve", "third", "quarter", "double", "twice", "triple",
];

/// Whether a title wishes and gives no number.
fn is_wish(title: &str) -> bool {
    if title.chars().any(|sign| sign.is_numeric() || "一二三四五六七八九十百千万亿两半倍".contains(sign))
    {
        return false;
    }
    let lower = title.to_lowercase();
    let mut words = lower.split(|sign: char| !sign.is_alphanumeric());
    let fits = |word: &str| {
        ENGLISH.iter().any(|wish| match wish.strip_suffix('-') {
            Some(start) => word.starts_with(start),
            None => word == *wish,
        })
    };
    if words.clone().any(|word| NUMBERS.contains(&word)) {
        return false;
    }
    CHINESE.iter().any(|wish| lower.contains(wish)) || words.any(fits)
}

#[cfg(test)]
mod tests {
    use super::is_wish;

    #[test]
    fn wishes_and_titles_that_only_look_like_one() {
        for wish in [
            "Improve sales",
            "improve-sales",
            "提升业绩",
            "Be better",
            "Growing our market",
            "努力工作",
            "加強合作",
        ] {
            assert!(is_wish(wish), "{wish}");
        }
        for sound in [
            "Improve sales by 5 %",
            "Win the north",
            "提高到三成",
            "Reach more than 40 dealers",
            "Cutlery",
            "Two more agents",
        ] {
            assert!(!is_wish(sound), "{sound}");
        }
    }
}
