//! What people said they would bring, beside what is asked of them and what came.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::facts::{BOOK, Call, LIN, PEOPLE, calls, day, own_days, window};
use super::numbers::{Q, json as number, json_or_null, sum, whole, zero};
use super::standing::{Quarter, Row, Standing};

fn revenue(who: Option<usize>) -> Row {
    Row { goal: BOOK, metric: "revenue", who }
}

/// The last that each has said by a day; the team's stands last.
fn latest(as_of: NaiveDate) -> Vec<(Option<usize>, Call)> {
    let mut latest: Vec<(Option<usize>, Call)> = Vec::new();
    for call in calls().into_iter().filter(|call| call.on <= as_of) {
        latest.retain(|(by, _)| *by != call.by);
        latest.push((call.by, call));
    }
    latest
}

fn total(calls: &[&Call], of: impl Fn(&Call) -> Option<Q>) -> Option<Q> {
    let said: Vec<Q> = calls.iter().filter_map(|call| of(call)).collect();
    (!said.is_empty()).then(|| sum(said))
}

fn expected(id: Option<&str>, share: &Q, calls: &[&Call], people: usize, own: Option<&Call>) -> Value {
    let those = own.map_or_else(|| calls.to_vec(), |own| vec![own]);
    let call = total(&those, |call| Some(call.said()));
    json!({
        "id": id,
        "share": number(share),
        "commit": json_or_null(total(&those, |call| call.commit.map(whole)).as_ref()),
        "call": json_or_null(call.as_ref()),
        "best": json_or_null(total(&those, |call| call.best.map(whole)).as_ref()),
        "gap": json_or_null(call.map(|call| call - share).as_ref()),
        "called": calls.len(),
        "people": people,
        "own": own.is_some(),
    })
}

pub(super) fn forecasts(quarter: &Quarter, as_of: NaiveDate) -> Value {
    let latest = latest(as_of);
    if latest.is_empty() {
        return Value::Null;
    }
    let said: Vec<&Call> = latest.iter().filter(|(by, _)| by.is_some()).map(|(_, call)| call).collect();
    let team = latest.iter().find(|(by, _)| by.is_none()).map(|(_, call)| call);
    let shares: Vec<Q> = (LIN..PEOPLE.len()).map(|person| revenue(Some(person)).target(quarter)).collect();
    let people: Vec<Value> = PEOPLE
        .iter()
        .zip(&shares)
        .enumerate()
        .map(|(person, ((name, _), share))| {
            let mine: Vec<&Call> = said.iter().copied().filter(|call| call.by == Some(person)).collect();
            expected(Some(name), share, &mine, 1, None)
        })
        .collect();
    let callers = [None].into_iter().chain((LIN..PEOPLE.len()).map(Some));
    json!({
        // The team holds all the people of the goal: what it calls is called for the whole.
        "whole": expected(None, &super::facts::target(BOOK), &said, PEOPLE.len(), team),
        "teams": [expected(Some("north"), &sum(shares), &said, PEOPLE.len(), team)],
        "people": people,
        "book": callers.filter_map(|by| book(quarter, by, as_of)).collect::<Vec<_>>(),
    })
}

/// All that one has said, against what their pace leads to.
fn book(quarter: &Quarter, by: Option<usize>, as_of: NaiveDate) -> Option<Value> {
    let mine: Vec<Call> = calls().into_iter().filter(|call| call.by == by && call.on <= as_of).collect();
    let first = mine.first()?.by;
    let against = forecast(quarter, first, as_of);
    let errors = against.as_ref().filter(|against| **against != zero()).map(|against| {
        let errors = mine.iter().map(|call| (call.said() - against) / against);
        sum(errors) / whole(mine.len() as i64)
    });
    let money = |amount: Option<i64>| json_or_null(amount.map(whole).as_ref());
    Some(json!({
        "id": by.map_or("north", |person| PEOPLE[person].0),
        "calls": mine.iter().map(|call| json!({
            "on": call.on.to_string(),
            "commit": money(call.commit),
            "call": money(call.call),
            "best": money(call.best),
            "note": call.note,
        })).collect::<Vec<_>>(),
        "against": json_or_null(against.as_ref()),
        "final": as_of >= window(BOOK).1,
        "bias": json_or_null(errors.as_ref()),
    }))
}

/// done ÷ (planned ÷ target) × target; of the team, of all its people together.
fn forecast(quarter: &Quarter, by: Option<usize>, as_of: NaiveDate) -> Option<Q> {
    let (first, last) = window(BOOK);
    let people: Vec<usize> = by.map_or_else(|| (LIN..PEOPLE.len()).collect(), |person| vec![person]);
    let of = |what: &dyn Fn(Row) -> Q| sum(people.iter().map(|person| what(revenue(Some(*person)))));
    Standing {
        from: zero(),
        done: Some(of(&|row| row.done(quarter, day(4, 1), as_of).unwrap())),
        planned: of(&|row| row.planned(quarter, as_of)),
        target: of(&|row| row.target(quarter)),
        days: own_days(by, first, last),
        days_left: 0,
        step: whole(100),
        lower: false,
        asked: true,
    }
    .forecast()
}
