//! The English words of progress.

use chrono::NaiveDate;
use dashu_base::Abs;
use milepost_grammar::ast::{Better, Grain};

use crate::dates::DateSpan;
use crate::english;
use crate::exact::{Exact, digits, readable, short_digits, whole};
use crate::plan::{CheckIn, Metric, MetricUnit};
use crate::progress::{Colour, rounded};

/// `420,000 CNY`, `45%`, `12`; rounded to the step's decimals.
pub(super) fn amount(metric: &Metric, amount: &Exact) -> String {
    let number = number(metric, amount);
    match &metric.unit {
        MetricUnit::Money(currency) => format!("{number} {}", currency.code),
        MetricUnit::Count(Some(word)) => format!("{number} {word}"),
        MetricUnit::Percent | MetricUnit::Count(None) => number,
    }
}

/// The same without what it is counted in; of percents with their sign. Nobody reads the cents of thousands.
pub(super) fn number(metric: &Metric, amount: &Exact) -> String {
    let size = amount.clone().abs();
    let decimals = match metric.step.decimals {
        _ if size >= whole(1_000) => 0,
        // What is planned of a whole, or comes to it at this pace, is seldom a whole number.
        0 if size < whole(100) => 1,
        decimals => decimals,
    };
    let number = readable(amount, decimals);
    if metric.unit == MetricUnit::Percent { format!("{number}%") } else { number }
}

/// `0.6 amber`
pub(super) fn score(score: &Exact) -> String {
    format!("{} {}", digits(&rounded(score), 1), Colour::of(score).name())
}

/// What cannot be scored yet.
pub(super) const NO_SCORE: &str = "no score yet";

/// What the score is expected to be in the end.
pub(super) fn expected(goal_type: &str, expected: &Exact) -> String {
    format!("{goal_type}, {} expected", digits(expected, 1))
}

/// `pace 0.88`
pub(super) fn pace(pace: Option<&Exact>) -> String {
    pace.map_or_else(|| "pace n/a".to_owned(), |pace| format!("pace {}", digits(pace, 2)))
}

/// A number of days of work.
pub(super) fn days_of_work(days: &Exact) -> String {
    short_digits(days, 1)
}

/// `2.4 days of work behind`, `0.5 days ahead`; nothing where it is even.
pub(super) fn behind(days: &Exact) -> Option<String> {
    let text = days_of_work(days);
    match text.strip_prefix('-') {
        _ if text == "0" || text == "-0" => None,
        Some(ahead) => Some(format!("{ahead} {} ahead", day_word(ahead))),
        None => Some(format!("{text} {} of work behind", day_word(&text))),
    }
}

fn day_word(count: &str) -> &'static str {
    if count == "1" { "day" } else { "days" }
}

/// `done 420,000 of 1,000,000 CNY`
pub(super) fn done_of(metric: &Metric, done: Option<&Exact>, target: &Exact) -> String {
    match done {
        Some(done) => format!("done {} of {}", number(metric, done), amount(metric, target)),
        None => format!("nothing is read yet, of {}", amount(metric, target)),
    }
}

/// `now 38%, from 45% to 20%`
pub(super) fn level(metric: &Metric, done: Option<&Exact>, from: &Exact, to: &Exact) -> String {
    let way = format!("from {} to {}", amount(metric, from), amount(metric, to));
    match done {
        Some(done) => format!("now {}, {way}", amount(metric, done)),
        None => format!("nobody has read it yet; {way}"),
    }
}

/// What was planned by the day.
pub(super) fn planned(metric: &Metric, planned: &Exact) -> String {
    format!("planned by now {}", number(metric, planned))
}

/// What it comes to if it goes on like this.
pub(super) fn forecast(metric: &Metric, forecast: &Exact, last: NaiveDate) -> String {
    format!("at this pace {} by {last}", number(metric, forecast))
}

/// What the score comes to if it goes on like this.
pub(super) fn heads_for(score: &Exact) -> String {
    format!("heads for {}", digits(&rounded(score), 1))
}

/// A difference of amounts: of percents in percentage points.
pub(super) fn difference(metric: &Metric, difference: &Exact) -> String {
    match metric.unit {
        MetricUnit::Percent => format!("{} pp", readable(difference, metric.step.decimals)),
        _ => number(metric, difference),
    }
}

/// What the days that are left have to bring.
pub(super) fn needed(metric: &Metric, needed: Option<&Exact>, missing: &Exact, left: usize) -> String {
    let days = match left {
        1 => "1 working day left".to_owned(),
        left => format!("{left} working days left"),
    };
    match needed {
        None if left == 0 => "not reached, and no working day is left".to_owned(),
        None => days,
        Some(needed) if needed.is_zero() && metric.better == Better::Higher => format!("reached, {days}"),
        Some(needed) if needed.is_zero() => days,
        Some(_) if metric.better == Better::Lower && metric.adds_up() => {
            format!("{} may still come, {days}", difference(metric, missing))
        }
        Some(amount) => format!("needs {} a working day, {days}", difference(metric, amount)),
    }
}

/// The pass line.
pub(super) fn threshold(line: &Exact, passed: bool) -> String {
    let percent = readable(&(line * whole(100)), 2);
    if passed {
        format!("over the pass line of {percent} %")
    } else {
        format!("below the pass line of {percent} %")
    }
}

/// How far somebody is behind with what: `10 Revenue (90,909 CNY), 8.8 Orders (2)`
pub(super) fn short(of: &[(&Metric, &Exact, Exact)]) -> String {
    let of = of.iter().map(|(metric, days, short)| {
        let name = metric.title.as_deref().unwrap_or(&metric.name);
        let short = match metric.unit {
            MetricUnit::Percent => difference(metric, short),
            _ => amount(metric, short),
        };
        format!("{} {name} ({short})", days_of_work(days))
    });
    of.collect::<Vec<_>>().join(", ")
}

/// What is held within which bounds, and how often it was.
pub(super) fn held(
    metric: &Metric,
    bounds: (Option<&Exact>, Option<&Exact>),
    (inside, readings): (usize, usize),
    last: Option<&Exact>,
) -> String {
    let bounds = match bounds {
        (Some(least), Some(most)) => format!("within {}..{}", amount(metric, least), amount(metric, most)),
        (Some(least), None) => format!("at least {}", amount(metric, least)),
        (None, Some(most)) => format!("at most {}", amount(metric, most)),
        (None, None) => String::new(),
    };
    let name = metric.title.as_deref().unwrap_or(&metric.name);
    match last {
        None => format!("{name} {bounds}: no reading yet"),
        Some(last) => {
            format!("{name} {bounds}: {inside} of {readings} readings, the last {}", amount(metric, last))
        }
    }
}

/// How much of a checklist is done and due.
pub(super) fn checklist(done: usize, due: usize, items: usize) -> String {
    format!("done {done} of {items}, {due} due by now")
}

/// An item of a checklist.
pub(super) fn item(title: Option<&str>, by: NaiveDate, done: Option<NaiveDate>, as_of: NaiveDate) -> String {
    let state = match done {
        Some(done) if done > by => format!("done {done}, late: due {by}"),
        Some(done) => format!("done {done}"),
        None if by <= as_of => format!("open, was due {by}"),
        None => format!("open, due {by}"),
    };
    match title {
        Some(title) => format!("{title}: {state}"),
        None => state,
    }
}

/// An item of a checklist beside the day it is due.
pub(super) fn due_item(
    title: Option<&str>,
    by: NaiveDate,
    done: Option<NaiveDate>,
    as_of: NaiveDate,
) -> String {
    let state = match done {
        Some(done) if done > by => format!("done late, {done}"),
        Some(done) => format!("done {done}"),
        None if by <= as_of => "overdue".to_owned(),
        None => "open".to_owned(),
    };
    title.map_or_else(|| state.clone(), |title| format!("{title}, {state}"))
}

/// Nothing to measure by.
pub(super) const NOTHING: &str = "nothing is measured for this";

/// A goal that was given up.
pub(super) fn dropped(on: NaiveDate, why: Option<&str>) -> String {
    match why {
        Some(why) => format!("dropped {on}: {why}"),
        None => format!("dropped {on}"),
    }
}

/// When it is, and how much of the plan's time is gone.
pub(super) fn about(as_of: NaiveDate, period: DateSpan, (gone, left): (usize, usize)) -> Vec<String> {
    let mut about = vec![format!("as of {as_of}, {}", as_of.format("%A"))];
    if as_of < period.first {
        about.push(format!("before the plan starts on {}", period.first));
    } else if as_of >= period.last {
        about.push("the plan is over".to_owned());
    } else {
        about.push(format!("working day {gone} of {}", gone + left));
        about.push(format!("{left} left"));
    }
    about
}

/// The plan that progress is held against, where it is not the first one.
pub(super) fn replanned(day: NaiveDate) -> String {
    format!("beside the plan made anew after {day}")
}

/// The week or month that is looked at.
pub(super) fn review(grain: Grain, name: &str, days: DateSpan) -> String {
    format!("{} {name}, {} to {}", english::grain(grain), days.first, days.last)
}

/// A check-in.
pub(super) fn check_in(said: &CheckIn) -> String {
    match &said.confidence {
        Some(confidence) => format!("{}: {} % sure", said.on, readable(&(confidence * whole(100)), 1)),
        None => format!("{}:", said.on),
    }
}

pub(super) const GOOD: &str = "good";
pub(super) const BAD: &str = "bad";
pub(super) const NEXT: &str = "next";

/// Headings of sections.
pub(super) const GOALS: &str = "goals";
pub(super) const SCORE: &str = "score";
pub(super) const TARGET: &str = "target";
pub(super) const BEHIND: &str = "Who is behind, in days of work";
pub(super) const NOBODY_BEHIND: &str = "Nobody is behind.";
pub(super) const DUE: &str = "Due";
pub(super) const SAID: &str = "Said";
pub(super) const NOTES: &str = "Notes";
pub(super) const AWAY: &str = "Away";
pub(super) const CALLS: &str = "What people expect";

/// Heads of columns.
pub(super) const DONE: &str = "done";
pub(super) const TOTAL: &str = "in all";
pub(super) const PACE: &str = "pace";
pub(super) const NEEDED: &str = "a day";
pub(super) const DAYS_BEHIND: &str = "behind";
pub(super) const TO_DATE: &str = "to date";
pub(super) const OF_PLANNED: &str = "planned";
pub(super) const SHARE: &str = "share";
pub(super) const CALL: &str = "call";
pub(super) const GAP: &str = "gap";
pub(super) const COMMIT: &str = "commit";
pub(super) const BEST: &str = "best";

/// Heads of the columns of a week or month, of what was planned and done in it and what comes next.
pub(super) const fn period_heads(grain: Grain) -> (&'static str, &'static str, &'static str) {
    match grain {
        Grain::Week => ("week", "done", "next week"),
        _ => ("month", "done", "next month"),
    }
}

/// How many of the people gave a forecast.
pub(super) fn called(called: usize, people: usize) -> String {
    format!("{called} of {people} people have said what they expect")
}

/// Who calls high or low.
pub(super) fn bias(bias: &Exact, against: &str, is_final: bool) -> String {
    let percent = readable(&(bias * whole(100)), 0);
    let reached =
        if is_final { format!("{against} was reached") } else { format!("{against} at the pace so far") };
    match percent.strip_prefix('-') {
        _ if percent == "0" || percent == "-0" => format!("{reached}: calls well"),
        _ if *bias > whole(1) => {
            format!("{reached}: calls {} times that on the mean", readable(&(bias + whole(1)), 1))
        }
        Some(low) => format!("{reached}: calls {low} % low on the mean"),
        None => format!("{reached}: calls {percent} % high on the mean"),
    }
}

/// The end of what a checkpoint asks for.
pub(super) fn checkpoint(metric: Option<&Metric>, amount_of: &Exact, title: Option<&str>) -> String {
    let amount = metric.map_or_else(String::new, |metric| amount(metric, amount_of));
    match title {
        Some(title) => format!("checkpoint {amount}, {title}"),
        None => format!("checkpoint {amount}"),
    }
}

pub(super) const TARGET_DUE: &str = "the target is due";

/// Rows that are not shown.
pub(super) fn more(rows: usize) -> String {
    format!("and {rows} more")
}
