//! The English words of the checks.

use super::lists::and;
use super::{Overload, Past, Remark, Thin, Wrong, named};

impl Remark {
    /// What is wrong: lower case, no full stop.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::NoOwner { goal, count: 1 } => format!("`{goal}` has no owner: nobody answers for it"),
            Self::NoOwner { goal, count } => {
                format!("`{goal}` has no owner, nor have its {count} key results: nobody answers for them")
            }
            Self::NoScope { goal, count: 1 } => {
                format!("`{goal}` does not say what it is about: for whom, where, which of them")
            }
            Self::NoScope { goal, count } => format!(
                "`{goal}` and its {count} key results do not say what they are about: for whom, where, which of them"
            ),
            Self::Wish { title } => {
                format!("\"{title}\" is a wish: nothing under it says when it has come true")
            }
            Self::NothingMeasured { goal, objective: false } => {
                format!("`{goal}` does not say what is measured; nothing is planned for it")
            }
            Self::NothingMeasured { goal, objective: true } => {
                format!(
                    "`{goal}` has no key result, and nothing supports it: nobody can tell when it is reached"
                )
            }
            Self::NoChange { metric, amount } => {
                format!(
                    "`{metric}` is {amount} already, and is to be {amount}: nothing has to be done for that"
                )
            }
            Self::WrongWay { metric, lower, wrong } => {
                let (better, goes) = if *lower { ("lower", "up") } else { ("higher", "down") };
                match wrong {
                    Wrong::Level | Wrong::Change => {
                        format!("`{metric}` is better {better}, but goes {goes} here")
                    }
                    Wrong::Amount => {
                        format!("`{metric}` is better {better}, but goes {goes} from its baseline here")
                    }
                    Wrong::Bound => {
                        let bound = if *lower { "at least" } else { "at most" };
                        format!("`{metric}` is better {better}, but is held {bound} so much here")
                    }
                }
            }
            Self::Growth { goal, from, to, growth, lower, limit, .. } => {
                let goes = if *lower { "falls" } else { "grows" };
                let limit = match limit {
                    Past::Most(most) => format!("at most {most} is taken for attainable"),
                    Past::Least(least) => format!("at least {least} is asked for"),
                };
                format!("`{goal}` {goes} by {growth}, from {from} to {to}, where {limit}")
            }
            Self::NothingToCompare { goals } => {
                let has = if goals.len() == 1 { "has" } else { "have" };
                let named = named(goals.iter().map(String::as_str));
                format!(
                    "{named} {has} nothing to compare with: nobody can tell whether the growth is attainable"
                )
            }
            Self::TooLittleHistory { goal, history, periods, growth } => {
                let growth = growth.as_ref().map(|growth| format!(" grows by {growth}, but"));
                let growth = growth.unwrap_or_else(|| " is compared with too little history:".to_owned());
                let noun = if *periods == 1 { "period" } else { "periods" };
                format!(
                    "`{goal}`{growth} `{history}` has only {periods} {noun}, too little history to judge by"
                )
            }
            Self::Sandbagged { goal, amount } => {
                format!("`{goal}` is aspirational, but asks for no more than the {amount} there is already")
            }
            Self::Ceiling { over } => overload(over),
            Self::TooLate { amount, metric, from, start, deals } => {
                let deals =
                    deals.as_ref().map(|deals| format!("; deals make up for {deals} of what comes of it"));
                format!(
                    "{amount} {metric} should have been done from {from} on, before the plan starts on {start}{}",
                    deals.unwrap_or_default()
                )
            }
            Self::WindowBeforePlan { metric, start } => {
                format!("all {metric} for this should have been done before the plan starts on {start}")
            }
            Self::ForecastBelow { who, goal, expected, share, missing, lower, on } => {
                let side = if *lower { "above" } else { "below" };
                format!(
                    "{who} expected {expected} of `{goal}` on {on}, {missing} {side} the share of {share}"
                )
            }
            Self::OverAssigned { goal, over, most, levels } => {
                let levels: Vec<String> =
                    levels.iter().map(|(place, over)| format!("{over} {place}")).collect();
                let sum = if levels.len() > 1 { format!(": {}", levels.join(", ")) } else { String::new() };
                format!(
                    "people are given {over} more than `{goal}` asks for, where at most {most} should be{sum}"
                )
            }
            Self::Thin { thin } => {
                let Thin { pipelines, month, open, weighted, to_win, coverage, asked, deals } = thin.as_ref();
                let named = named(pipelines.iter().map(String::as_str));
                if *deals == 0 {
                    format!("{named} is thin in {month}: no deal closes then, where {to_win} is still to win")
                } else if asked.is_empty() {
                    let close = if *deals == 1 { "deal that closes" } else { "deals that close" };
                    format!(
                        "{named} is thin in {month}: the {deals} {close} then weigh nothing, where {to_win} is still to win"
                    )
                } else {
                    format!(
                        "{named} is thin in {month}: {open} open, worth {weighted} by their probability, where {to_win} is still to win; that is covered {coverage} times, and deals as likely as these have to cover it {asked} times"
                    )
                }
            }
            Self::OpenDeals { pipeline, who, open, least, most, few } => {
                let who = who.as_ref().map_or_else(|| format!("`{pipeline}`"), |who| format!("`{who}`"));
                let (noun, bound) =
                    (if *open == 1 { "deal" } else { "deals" }, if *few { least } else { most });
                let word = if *few { "at least" } else { "at most" };
                format!("{who} has {open} open {noun}, where it should be {word} {bound}")
            }
            Self::NoNextStep { deals } => format!("nothing is to be done next for {}", and(deals)),
            Self::NextStepPast { deals, as_of } => {
                let steps = if deals.len() == 1 { "the next step was" } else { "next steps were" };
                format!("{steps} due before {as_of}: {}", and(deals))
            }
            Self::EndAhead { deals, as_of, .. } => {
                let is = if deals.len() == 1 { "this deal is" } else { "these deals are" };
                format!(
                    "{is} said to be won or lost later than {as_of}, so it does not count yet: {}",
                    and(deals)
                )
            }
            Self::ClosePast { deals, as_of } => {
                let is = if deals.len() == 1 { "this deal is" } else { "these deals are" };
                format!("{is} still open, and should have been decided before {as_of}: {}", and(deals))
            }
            Self::SupportsNothing { goal, others, .. } => {
                let others = if *others { ", while other goals serve one another" } else { "" };
                format!("`{goal}` supports nothing, and nothing supports it{others}")
            }
            Self::EndsEarlier { goal, last, supported, ends } => {
                format!("`{goal}` goes on until {last}, but `{supported}`, which it supports, ends on {ends}")
            }
            Self::NothingInCommon { goal, own, supported, other } => {
                format!("`{goal}` measures {own}, which has no part in what `{supported}` measures: {other}")
            }
            Self::NoActivity { goal, metric } => {
                format!("nothing that anybody does leads to `{goal}`: `{metric}` is an outcome")
            }
            Self::NoOutcome { goal, metric } => {
                format!("`{goal}` is about activities alone: nothing says what {metric} shall lead to")
            }
            Self::Parts { goal, parts, sum, target, missing, lower } => {
                let goals = if *parts == 1 {
                    format!("the one goal that supports `{goal}` comes")
                } else {
                    format!("the {parts} goals that support `{goal}` come")
                };
                if *lower {
                    format!("{goals} to {sum}, {missing} more than its {target}")
                } else {
                    format!("{goals} to {sum} of {target}: {missing} is nobody's")
                }
            }
            Self::NoDate { goal } => format!("`{goal}` has no date: nothing says by when"),
            Self::NoDateOfItem { goal, title } => {
                let item =
                    title.as_ref().map_or_else(|| "an item".to_owned(), |title| format!("\"{title}\""));
                format!("{item} of `{goal}` has no date, where other items have one: nothing says by when")
            }
            Self::CheckpointBack { amount, before } => {
                format!("this checkpoint of {amount} goes back behind the {before} before it")
            }
            Self::CheckpointPast { amount, target } => {
                format!("this checkpoint of {amount} is past the target of {target}")
            }
            Self::LastDay { what, count, day } => {
                let all = if *count == 2 { "both".to_owned() } else { format!("all {count}") };
                format!(
                    "{all} goals of {what} are due on its last day, {day}, with nothing to look at before"
                )
            }
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoOwner { .. } => "write `owner NAME`, a person or a team".to_owned(),
            Self::NoScope { .. } => {
                "write `scope \"…\"`: \"dealers in Liaoning, trucks under 4 t\" can be checked, \"customers\" can not"
                    .to_owned()
            }
            Self::Wish { .. } => {
                "add a key result that says how much by when, `measure METRIC AMOUNT by DATE`".to_owned()
            }
            Self::NothingMeasured { objective: false, .. } => "write `measure METRIC AMOUNT by DATE`".to_owned(),
            Self::NothingMeasured { objective: true, .. } => {
                "write a `key-result` in it, or `supports` in a goal that serves it".to_owned()
            }
            Self::NoChange { metric, amount } => {
                format!("write `hold {metric} …` if it shall stay at {amount}, or what it shall come to")
            }
            Self::WrongWay { metric, lower, wrong } => {
                let better = if *lower { "higher" } else { "lower" };
                match wrong {
                    Wrong::Level => format!("swap the two amounts, or write `better {better}` in `metric {metric}`"),
                    Wrong::Change => format!(
                        "write by how much it shall {}, or write `better {better}` in `metric {metric}`",
                        if *lower { "fall" } else { "rise" }
                    ),
                    Wrong::Bound => format!("turn the bound round, or write `better {better}` in `metric {metric}`"),
                    Wrong::Amount => format!(
                        "check target and baseline; if {} is meant, write `smart {{ waive measurable.direction \"why\" }}`, or `better {better}` in `metric {metric}`",
                        if *lower { "more" } else { "less" }
                    ),
                }
            }
            Self::Growth { allow, limit: Past::Most(_), fits, .. } => {
                let fits = fits.as_ref().map_or_else(String::new, |fits| format!("{fits} would be within it; "));
                format!(
                    "{fits}if something new makes more possible, say what: `smart {{ attainable growth at most {allow} }}`, or `smart {{ waive attainable.growth \"what is new\" }}`"
                )
            }
            Self::Growth { limit: Past::Least(_), fits, .. } => match fits {
                Some(fits) => format!("{fits} would be within it"),
                None => "ask for more, or for less growth in the `smart` block".to_owned(),
            },
            Self::NothingToCompare { .. } => {
                "write `baseline 800k CNY`, what was reached before, or name a history".to_owned()
            }
            Self::TooLittleHistory { .. } => "8 periods or more can be judged; add earlier ones".to_owned(),
            Self::Sandbagged { .. } => {
                "ask for what can hardly be reached, or write `type committed`".to_owned()
            }
            Self::Ceiling { over } => overload_help(over),
            Self::TooLate { .. } | Self::WindowBeforePlan { .. } => {
                "start the goal later, shorten the lag, or name the deals that are under way in a `pipeline`"
                    .to_owned()
            }
            Self::ForecastBelow { .. } => {
                "talk about the difference: another share, more help, or a lower target".to_owned()
            }
            Self::OverAssigned { .. } => {
                "people stop believing in a number that everybody has added to; lower `over-assign` at one level"
                    .to_owned()
            }
            Self::Thin { .. } => {
                "find more deals that close in that month, or plan what can be won in another one".to_owned()
            }
            Self::OpenDeals { few: true, .. } => {
                "look for more, or lower `open` if these are enough".to_owned()
            }
            Self::OpenDeals { few: false, .. } => {
                "give some away or give them up: nobody looks after so many".to_owned()
            }
            Self::EndAhead { by_stage: true, .. } => {
                "give them another stage until they are decided, or correct the `close`".to_owned()
            }
            Self::EndAhead { .. } => "correct the day; what has not happened yet has a `close`".to_owned(),
            Self::ClosePast { .. } => "write `won DATE`, `lost DATE \"why\"`, or another `close`".to_owned(),
            Self::NoNextStep { .. } => "write `next \"send quote\" by DATE`, or `lost DATE \"why\"`".to_owned(),
            Self::NextStepPast { .. } => "do it, or say what is next now".to_owned(),
            Self::SupportsNothing { top, .. } => match top {
                Some(top) => format!(
                    "write `supports {top}` if it serves that; if it stands alone, `smart {{ waive relevant.supports \"why\" }}`"
                ),
                None => "write `supports GOAL` with what it serves; if it stands alone, `smart { waive relevant.supports \"why\" }`".to_owned(),
            },
            Self::EndsEarlier { .. } => {
                "what comes after that day cannot serve it: shorten this one, or let the other one go on".to_owned()
            }
            Self::NothingInCommon { .. } => {
                "say how it serves it, `why \"…\"`; or measure a part of what the other one measures, or add the funnel that leads from one to the other"
                    .to_owned()
            }
            Self::NoActivity { .. } => {
                "write `through FUNNEL`, or add a key result for what people do for it, or for what has to be done, `reach \"playbook\" by DATE`".to_owned()
            }
            Self::NoOutcome { .. } => {
                "add a key result for what it shall bring, or write `supports GOAL`".to_owned()
            }
            Self::Parts { .. } => {
                "raise the parts, add one, or lower what they support".to_owned()
            }
            Self::NoDate { .. } => {
                "write `by DATE` behind the measure or behind each item, or `during PERIOD`".to_owned()
            }
            Self::NoDateOfItem { .. } => "write `by DATE` behind it, or `during PERIOD` for all items".to_owned(),
            Self::CheckpointBack { .. } | Self::CheckpointPast { .. } => {
                "checkpoints lie on the way: each between the one before it and the target".to_owned()
            }
            Self::LastDay { .. } => {
                "write a `checkpoint`, an earlier `by`, or a funnel that says what has to be done on the way"
                    .to_owned()
            }
        })
    }
}

fn overload(over: &Overload) -> String {
    let Overload { person, metric, asked, fits, when, periods, .. } = over;
    let (at, day) = if when.contains("..") { ("in", "period") } else { ("on", "day") };
    let more = match periods.saturating_sub(1) {
        0 => String::new(),
        1 => format!(", and for too many {at} one more {day}"),
        more => format!(", and for too many {at} {more} more {day}s"),
    };
    format!("`{person}` is asked for {asked} {metric} {at} {when}, where at most {fits} fit{more}")
}

fn overload_help(over: &Overload) -> String {
    let mut ways: Vec<String> = Vec::new();
    if let Some(target) = &over.target {
        ways.push(format!("a target of {target} for `{}`", over.goal));
    }
    match over.people {
        None => {}
        Some(1) => ways.push(format!("one more person like `{}`", over.person)),
        Some(people) => ways.push(format!("{people} more people like `{}`", over.person)),
    }
    if let Some(rate) = &over.rate {
        ways.push(format!("a rate of `{rate}`"));
    }
    match ways.as_slice() {
        [] => format!(
            "no target of `{}` alone would fit; share the work with more people, or over more days",
            over.goal
        ),
        [one] => format!("{one} would fit; or spread the work over more days"),
        [ways @ .., last] => format!("{} or {last} would fit", ways.join(", ")),
    }
}
