//! `milepost new`: each template, in each language, builds as it is.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::outputs::{milepost, said};

const TEMPLATES: [&str; 3] = ["sales", "okr", "weekly"];
const LANGUAGES: [&str; 2] = ["en", "zh"];

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn every_template_builds_without_a_word() {
    for template in TEMPLATES {
        for lang in LANGUAGES {
            for period in ["2027-Q1", "2028-Q3", "2026", "2027-H2", "2027-02", "2026-10"] {
                let folder = tempfile::tempdir().unwrap();
                let run = |arguments: &[&str]| milepost(folder.path(), arguments);
                let written =
                    run(&["new", "my plan", "--template", template, "--lang", lang, "--period", period]);
                assert!(written.status.success(), "{}", said(&written));
                let text = fs::read_to_string(folder.path().join("my plan.plan")).unwrap();
                for words in ["plan my-plan {".to_owned(), format!("period {period}\n")] {
                    assert!(text.contains(&words), "{template} {lang} {period}: {words}");
                }
                assert_eq!(period == "2026-Q1", text.contains("2026-Q1"));
                let fmt = run(&["fmt", "--check", "my plan.plan"]);
                assert!(fmt.status.success(), "{template} {lang} {period} is formatted: {}", said(&fmt));
                let check = run(&["check", "my plan.plan", "--deny", "warnings"]);
                assert_eq!(out(&check), "no errors, no warnings\n", "{template} {lang} {period}");
                // What it says to type next, with warnings denied.
                let next = out(&written).lines().last().unwrap().to_owned();
                assert_eq!(next, "next: milepost build \"my plan.plan\" --out out");
                let build = run(&["build", "my plan.plan", "--out", "out", "--deny", "warnings"]);
                assert!(build.status.success(), "{template} {lang} {period}: {}", said(&build));
                assert_eq!(said(&build), "", "{template} {lang} {period}");
                let rows = fs::read_to_string(folder.path().join("out/plan.csv")).unwrap().lines().count();
                assert!(rows > 20, "{template} {lang} {period}: {rows}");
            }
        }
    }
}

/// Ten new customers a week of five days: two a day; 15 visits, 50 calls and 100 mails a week.
#[test]
fn the_weekly_plan_says_what_a_day_takes() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| milepost(folder.path(), arguments);
    assert!(run(&["new", "--template", "weekly", "--period", "2027-02"]).status.success());
    assert!(run(&["build", "weekly.plan", "--out", "out", "--by", "week"]).status.success());
    let table = fs::read_to_string(folder.path().join("out/plan.csv")).unwrap();
    let week = |metric: &str| -> i64 {
        let rows = table.lines().filter(|row| row.starts_with("2027-02-01,2027-02-07,"));
        let cells = rows.map(|row| row.split(',').collect::<Vec<_>>()).filter(|cells| cells[7] == metric);
        cells.map(|cells| cells[9].parse::<i64>().unwrap()).sum()
    };
    assert_eq!(["customers", "visits", "calls", "mails"].map(week), [10, 15, 50, 100]);
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| milepost(folder.path(), arguments);
    fs::write(folder.path().join("north.plan"), "mine").unwrap();
    for name in ["north", "north.plan", "./north"] {
        let output = run(&["new", name]);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said(&output).contains("north.plan` is there already, and was left as it is"),
            "{}",
            said(&output)
        );
    }
    assert_eq!(fs::read_to_string(folder.path().join("north.plan")).unwrap(), "mine");
}

#[test]
fn a_plan_is_written_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("here")).unwrap();
    for (path, expected, name) in [
        (None, "sales.plan", "sales"),
        (Some("q1"), "q1.plan", "q1"),
        (Some("北区.plan"), "北区.plan", "北区"),
        (Some("here"), "here/sales.plan", "sales"),
        (Some("a/b/2027.goals"), "a/b/2027.goals.plan", "plan-2027-goals"),
    ] {
        let mut arguments = vec!["new"];
        arguments.extend(path);
        let output = milepost(folder.path(), &arguments);
        assert!(output.status.success(), "{}", said(&output));
        let path = Path::new(expected);
        assert!(out(&output).starts_with(&format!("wrote {} for 20", path.display())), "{}", out(&output));
        let text = fs::read_to_string(folder.path().join(path)).unwrap();
        assert!(text.contains(&format!("plan {name} {{")), "{expected}");
    }
    let wrong = milepost(folder.path(), &["new", "x", "--period", "2027-Q5"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("expected a period such as `2027-Q1`"), "{}", said(&wrong));
}
