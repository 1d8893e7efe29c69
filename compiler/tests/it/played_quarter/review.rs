//! What a team goes through on Monday: the week's rows, what was said and noted, and what is due.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::facts::{
    BOOK, CLOSE, COVER, CheckIn, FAIR, GOALS, PEOPLE, QUIET, READY, SHOW, check_ins, day, days_away, dropped,
    items, later, metrics, window,
};
use super::numbers::{Q, json as number, json_or_null, ratio};
use super::standing::{Quarter, Row, rows};

pub(super) fn check_in(said: &CheckIn) -> Value {
    json!({
        "on": said.on.to_string(),
        "confidence": number(&ratio(said.percent, 100)),
        "good": said.good.into_iter().collect::<Vec<_>>(),
        "bad": said.bad.into_iter().collect::<Vec<_>>(),
        "next": said.next.into_iter().collect::<Vec<_>>(),
    })
}

pub(super) fn review(quarter: &Quarter, as_of: NaiveDate, monday: NaiveDate) -> Value {
    // Weeks are cut where the plan begins and ends.
    let (first, last) = (monday.max(day(4, 1)), later(monday, 6));
    let (next_first, next_last) = (later(monday, 7), later(monday, 13).min(day(6, 30)));
    let mut lines = Vec::new();
    // What is only held or reached has nothing that was planned for a week.
    for goal in GOALS.into_iter().filter(|goal| *goal != CLOSE) {
        for metric in metrics(goal) {
            for row in rows(quarter, goal, metric, as_of) {
                lines.push(line(quarter, row, (first, last), next_last));
            }
        }
    }
    let within = |on: NaiveDate| (first..=last).contains(&on);
    let said: Vec<Value> = check_ins()
        .iter()
        .filter(|said| within(said.on))
        .map(|said| {
            let mut json = check_in(said);
            json["goal"] = json!(said.goal);
            json
        })
        .collect();
    let notes: Vec<Value> = quarter
        .readings
        .iter()
        .filter(|reading| within(reading.on) && !reading.remark.is_empty())
        .map(|reading| {
            json!({
                "on": reading.on.to_string(),
                "metric": reading.metric,
                "who": reading.who.name(),
                "amount": number(&reading.amount),
                "text": reading.remark,
            })
        })
        .collect();
    json!({
        "by": "week",
        "id": monday.format("%G-W%V").to_string(),
        "start": first.to_string(),
        "end": last.to_string(),
        "next": { "start": next_first.to_string(), "end": next_last.to_string() },
        "lines": lines,
        "check_ins": said,
        "notes": notes,
        "due": due(as_of, (first, last), next_last),
        "away": away(first, next_last),
    })
}

fn line(quarter: &Quarter, row: Row, (first, last): (NaiveDate, NaiveDate), next: NaiveDate) -> Value {
    let planned = |first: NaiveDate, last: NaiveDate| -> Q {
        if row.is_level() {
            return row.planned(quarter, last);
        }
        let before = first.pred_opt().unwrap();
        row.planned(quarter, last) - row.planned(quarter, before)
    };
    json!({
        "key_result": row.goal,
        "person": row.who.map(|person| PEOPLE[person].0),
        "team": if row.who.is_none() { Some("north") } else { None },
        "metric": row.metric,
        "planned": number(&planned(first, last)),
        "done": json_or_null(row.done(quarter, first, last).as_ref()),
        "next": number(&planned(later(last, 1), next)),
    })
}

struct Due {
    on: NaiveDate,
    goal: &'static str,
    what: &'static str,
    title: Option<&'static str>,
    amount: Option<i64>,
    done: Option<NaiveDate>,
}

/// What is due this week and the next one, of goals that are still meant; and what should have been done
/// before, while it is open and on the page of the week in which it is done after all.
fn due(as_of: NaiveDate, (first, last): (NaiveDate, NaiveDate), next: NaiveDate) -> Vec<Value> {
    let of = |on, goal, what| Due { on, goal, what, title: None, amount: None, done: None };
    let mut due = Vec::new();
    for (on, goal, amount) in [(day(4, 30), BOOK, 300_000), (day(4, 30), COVER, 35), (day(5, 31), COVER, 50)]
    {
        due.push(Due { amount: Some(amount), ..of(on, goal, "checkpoint") });
    }
    for (title, by, done) in items() {
        let done = done.filter(|done| *done <= as_of);
        due.push(Due { title: Some(title), done, ..of(by, READY, "item") });
    }
    due.extend([BOOK, COVER, FAIR, SHOW, QUIET].map(|goal| of(window(goal).1, goal, "target")));
    due.retain(|due| {
        let late = due.what == "item"
            && due.on < first
            && due.done.is_none_or(|done| (first..=last).contains(&done));
        (late || (first..=next).contains(&due.on)) && !dropped(due.goal, as_of)
    });
    due.sort_by_key(|due| (due.on, GOALS.iter().position(|known| *known == due.goal)));
    due.into_iter()
        .map(|due| {
            json!({
                "on": due.on.to_string(),
                "key_result": due.goal,
                "what": due.what,
                "title": due.title,
                "amount": due.amount,
                "done": due.done.map(|done| done.to_string()),
            })
        })
        .collect()
}

/// Who is away this week or in the next one, and on which of their days.
fn away(first: NaiveDate, next: NaiveDate) -> Vec<Value> {
    days_away()
        .iter()
        .filter(|(_, start, end)| *start <= next && *end >= first)
        .map(|(person, start, end)| {
            json!({
                "person": PEOPLE[*person].0,
                "start": (*start).max(first).to_string(),
                "end": (*end).min(next).to_string(),
            })
        })
        .collect()
}
