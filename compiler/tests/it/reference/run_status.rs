//! Runs `milepost status` and compares what it says with the reference.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::generate::life::lived;
use super::progress::{Numbers, progress};
use super::rational::{Q, ratio, show, whole, zero};
use super::run::{number, write};
use super::score::colour;
use super::text::text;
use super::text_life::table;

/// Differences of one plan that are shown.
const SHOWN: usize = 60;

/// At most six decimals, rounded half away from zero, without trailing zeros.
pub(crate) fn six(x: &Q) -> String {
    let million = whole(1_000_000);
    let half = ratio(1, 2);
    let size = if *x < zero() { -x } else { x.clone() };
    let rounded = (&size * &million + half).floor() / million;
    let text = show(&rounded, 6);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if *x < zero() && text != "0" { format!("-{text}") } else { text.to_owned() }
}

fn some(x: Option<&Q>) -> String {
    x.map_or_else(|| "null".to_owned(), six)
}

/// Numbers stay as they are written, to the last digit.
#[derive(Deserialize)]
struct Document {
    key_results: Vec<KeyResultShape>,
    objectives: Vec<ObjectiveShape>,
}

#[derive(Deserialize)]
struct ObjectiveShape {
    id: String,
    score: Box<RawValue>,
    colour: Option<String>,
}

#[derive(Deserialize)]
struct KeyResultShape {
    id: String,
    score: Box<RawValue>,
    colour: Option<String>,
    passed: Option<bool>,
    people: Vec<PersonShape>,
    done: Box<RawValue>,
    planned: Box<RawValue>,
    target: Box<RawValue>,
    pace: Box<RawValue>,
    days_left: Box<RawValue>,
    needed: Box<RawValue>,
    forecast: Box<RawValue>,
    behind_days: Box<RawValue>,
}

#[derive(Deserialize)]
struct PersonShape {
    id: String,
    metric: String,
    done: Box<RawValue>,
    planned: Box<RawValue>,
    target: Box<RawValue>,
    pace: Box<RawValue>,
    days_left: Box<RawValue>,
    needed: Box<RawValue>,
    forecast: Box<RawValue>,
    behind_days: Box<RawValue>,
}

const NUMBERS: [&str; 8] =
    ["done", "planned", "target", "pace", "days_left", "needed", "forecast", "behind_days"];

fn numbers(at: &str, of: &Numbers) -> Vec<String> {
    let values = [
        some(of.done.as_ref()),
        some(of.planned.as_ref()),
        some(of.target.as_ref()),
        some(of.pace.as_ref()),
        of.days_left.to_string(),
        some(of.needed.as_ref()),
        some(of.forecast.as_ref()),
        some(of.behind_days.as_ref()),
    ];
    lines(at, values.iter().map(String::as_str))
}

fn lines<'a>(at: &str, values: impl Iterator<Item = &'a str>) -> Vec<String> {
    NUMBERS.iter().zip(values).map(|(name, value)| format!("{at} {name} {value}")).collect()
}

/// Every compared number on a line of its own, in order.
fn expected(plan: &super::model::Plan, by: NaiveDate) -> Vec<String> {
    let (key_results, objectives) = progress(plan, by).expect("it was planned before");
    let paint = |score: Option<&Q>| score.map_or("null", colour);
    let mut all = Vec::new();
    for of in &key_results {
        all.extend(numbers(&of.id, &of.numbers));
        all.push(format!("{} score {} {}", of.id, some(of.score.as_ref()), paint(of.score.as_ref())));
        let passed = of.passed.map_or_else(|| "null".to_owned(), |passed| passed.to_string());
        all.push(format!("{} passed {passed}", of.id));
        for (person, metric, of_person) in &of.people {
            all.extend(numbers(&format!("{} {person} {metric}", of.id), of_person));
        }
    }
    for (name, score) in &objectives {
        all.push(format!("{name} score {} {}", some(score.as_ref()), paint(score.as_ref())));
    }
    all.sort();
    all
}

/// The same of what the command says.
fn said(binary: &Path, source: &str, table: Option<&str>, by: NaiveDate) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
    write(folder.path(), source, table)?;
    let output = Command::new(binary)
        .args(["status", "plan.plan", "--format", "json", "--as-of", &by.to_string()])
        .current_dir(folder.path())
        .output()
        .map_err(|why| format!("{} does not run: {why}", binary.display()))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    let read: Document =
        serde_json::from_slice(&output.stdout).map_err(|why| format!("no status: {why}\n{errors}"))?;
    let mut all = Vec::new();
    for of in &read.key_results {
        let values = [
            &of.done,
            &of.planned,
            &of.target,
            &of.pace,
            &of.days_left,
            &of.needed,
            &of.forecast,
            &of.behind_days,
        ];
        all.extend(lines(&of.id, values.iter().map(|value| value.get())));
        let paint = of.colour.as_deref().unwrap_or("null");
        all.push(format!("{} score {} {paint}", of.id, of.score.get()));
        let passed = of.passed.map_or_else(|| "null".to_owned(), |passed| passed.to_string());
        all.push(format!("{} passed {passed}", of.id));
        for person in &of.people {
            let values = [
                &person.done,
                &person.planned,
                &person.target,
                &person.pace,
                &person.days_left,
                &person.needed,
                &person.forecast,
                &person.behind_days,
            ];
            let at = format!("{} {} {}", of.id, person.id, person.metric);
            all.extend(lines(&at, values.iter().map(|value| value.get())));
        }
    }
    for of in &read.objectives {
        let paint = of.colour.as_deref().unwrap_or("null");
        all.push(format!("{} score {} {paint}", of.id, of.score.get()));
    }
    all.sort();
    Ok(all)
}

/// What differs, by what it is said of.
fn apart(expected: &[String], said: &[String]) -> Option<String> {
    let mut by_name: BTreeMap<&str, [&str; 2]> = BTreeMap::new();
    for (place, lines) in [expected, said].into_iter().enumerate() {
        for line in lines {
            let name = NUMBERS.iter().chain(&["score", "passed"]).find_map(|name| {
                let end = line.find(&format!(" {name} "))? + name.len() + 1;
                line.get(..end)
            });
            let name = name.unwrap_or(line);
            let value = line.get(name.len()..).unwrap_or_default();
            let values = by_name.entry(name).or_insert(["nothing"; 2]);
            assert_eq!(values[place], "nothing", "{name} is said twice");
            values[place] = value;
        }
    }
    let differ = by_name.iter().filter(|(_, values)| values[0] != values[1]);
    let lines: Vec<String> = differ
        .map(|(name, [expected, said])| format!("{name}: expected {expected}, said {said}"))
        .take(SHOWN)
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// `MILEPOST_REFERENCE_STATUS` says how many plans, `MILEPOST_REFERENCE_FIRST` the
/// first seed, `MILEPOST_REFERENCE_ALL` that all differences are shown and not the
/// first plan's alone.
#[test]
fn the_status_of_random_plans_matches_the_reference() {
    let first = number("MILEPOST_REFERENCE_FIRST", 0);
    let plans = number("MILEPOST_REFERENCE_STATUS", 80);
    let all = number("MILEPOST_REFERENCE_ALL", 0);
    let mut apart_in = 0;
    for seed in first..first + plans {
        let lived = lived(seed);
        let source = text(&lived.plan, seed);
        let table = table(&lived.plan);
        for by in lived.days {
            let expected = expected(&lived.plan, by);
            let found = said(Path::new(env!("CARGO_BIN_EXE_milepost")), &source, table.as_deref(), by);
            let difference = match found {
                Ok(said) => apart(&expected, &said),
                Err(why) => Some(why),
            };
            if let Some(difference) = difference {
                let table = table.clone().unwrap_or_default();
                apart_in += 1;
                let plan = format!("--- plan.plan\n{source}\n--- crm.csv\n{table}");
                assert!(all > 0, "seed {seed} as of {by}:\n{difference}\n{plan}");
                println!("seed {seed} as of {by}:\n{difference}");
                if all > 1 {
                    println!("{plan}");
                }
            }
        }
    }
    assert_eq!(apart_in, 0, "so many differ");
}

#[test]
fn numbers_have_six_decimals_at_most() {
    let cases = [
        (ratio(1, 3), "0.333333"),
        (ratio(-2, 3), "-0.666667"),
        (ratio(1, 2_000_000), "0.000001"),
        (ratio(-1, 2_000_000), "-0.000001"),
        (ratio(-1, 3_000_000), "0"),
        (whole(120), "120"),
        (ratio(5, 2), "2.5"),
    ];
    for (number, text) in cases {
        assert_eq!(six(&number), text);
    }
}
