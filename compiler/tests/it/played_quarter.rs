//! A quarter as it was lived (`examples/played-quarter`): what the real binary writes is compared byte for byte
//! with what is committed beside the plan, and number by number with a calculation of its own that starts from the
//! export and a plan typed by hand. `UPDATE_EXPECT=1` writes the committed files anew.

mod compare;
mod existing;
mod expectations;
mod facts;
mod lines;
mod numbers;
mod readings;
mod replan;
mod review;
mod standing;
mod status;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chrono::{NaiveDate, Weekday};

const WEEKS: std::ops::RangeInclusive<u32> = 14..=26;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/played-quarter")
}

fn milepost(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(folder())
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .args(arguments)
        .output()
        .unwrap()
}

fn monday(week: u32) -> NaiveDate {
    NaiveDate::from_isoywd_opt(2026, week, Weekday::Mon).unwrap()
}

/// The page of a week, as of its Sunday.
fn page(week: u32, format: &str) -> Vec<u8> {
    let sunday = facts::later(monday(week), 6).to_string();
    let week = format!("--week=2026-W{week}");
    let output = milepost(&["status", "quarter.plan", &week, "--as-of", &sunday, "--format", format]);
    assert!(output.status.success(), "{week}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{week}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A committed file is what was written now, or becomes it.
fn same(path: &Path, written: &[u8]) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, written).unwrap();
        return;
    }
    assert!(fs::read(path).unwrap_or_default() == written, "{} differs", path.display());
}

#[test]
fn the_quarter_has_nothing_to_say_against_it() {
    let output = milepost(&["check", "quarter.plan", "--deny", "warnings", "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let output = milepost(&["fmt", "--check", "quarter.plan", "market.plan", "people.plan"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn status_pages_are_what_is_committed() {
    for week in WEEKS {
        for (format, ending) in [("text", "txt"), ("json", "json")] {
            same(&folder().join(format!("status/2026-W{week}.{ending}")), &page(week, format));
        }
    }
}

#[test]
fn every_number_of_every_status_page_comes_out_by_hand() {
    let quarter = standing::Quarter::new(readings::readings(&folder()));
    let mut differences = Vec::new();
    for week in WEEKS {
        let sunday = facts::later(monday(week), 6);
        let expected = status::status(&quarter, sunday, monday(week));
        let written = serde_json::from_slice(&page(week, "json")).unwrap();
        compare::differences(&format!("W{week}"), &expected, &written, &mut differences);
    }
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}

const REPLANNED: &str = "2026-05-10";

/// The plan built anew after the sixth week: its table and the calendars.
fn replanned(as_of: &str) -> Vec<(String, Vec<u8>)> {
    let built = tempfile::tempdir().unwrap();
    let out = built.path().join("out");
    let output = milepost(&[
        "build",
        "quarter.plan",
        "--as-of",
        as_of,
        "--replan",
        "--stamp",
        as_of,
        "--to",
        "csv,ics",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(&out)
        .unwrap()
        .map(Result::unwrap)
        .map(|file| (file.file_name().to_string_lossy().into_owned(), fs::read(file.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn the_plan_made_anew_is_what_is_committed() {
    let mut written = Vec::new();
    for (name, bytes) in replanned(REPLANNED) {
        same(&folder().join("out").join(&name), &bytes);
        written.push(name);
    }
    let committed = fs::read_dir(folder().join("out")).unwrap().map(Result::unwrap);
    let mut committed: Vec<String> =
        committed.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    committed.sort();
    assert_eq!(committed, written);
}

/// After every week, not only after the sixth: with goals that are reached, given up or out of days.
#[test]
fn every_row_of_the_plan_made_anew_comes_out_by_hand() {
    let quarter = standing::Quarter::new(readings::readings(&folder()));
    let mut differences: Vec<String> = Vec::new();
    for week in WEEKS {
        let sunday = facts::later(monday(week), 6);
        let expected = replan::rows(&quarter, &folder(), sunday);
        let expected: Vec<String> = expected.iter().map(|row| row.cells.join(",")).collect();
        let files = replanned(&sunday.to_string());
        let (_, table) = files.iter().find(|(name, _)| name == "plan.csv").unwrap();
        let written: Vec<String> = replan::written(table).iter().map(|cells| cells.join(",")).collect();
        let missing = expected.iter().filter(|row| !written.contains(row));
        differences.extend(missing.map(|row| format!("W{week}: expected {row}")));
        let strange = written.iter().filter(|row| !expected.contains(row));
        differences.extend(strange.map(|row| format!("W{week}: written  {row}")));
        if expected != written {
            differences.push(format!("W{week}: not all, or in another order"));
        }
    }
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}

/// Whatever was early or late, all of it together is still the goal.
#[test]
fn the_goal_stays_the_goal_after_the_sixth_week() {
    let quarter = standing::Quarter::new(readings::readings(&folder()));
    let rows = replan::rows(&quarter, &folder(), REPLANNED.parse().unwrap());
    assert_eq!(replan::booked(&rows), facts::target(facts::BOOK));
}
