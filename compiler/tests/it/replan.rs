//! `build --as-of DATE --replan`, as it is run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::built::{Row, build_in};
use crate::outputs::{build, built, events, milepost, said};

/// A million in June, five people: 500 visits, and each of them has 100 over 22 days.
const JUNE: &str = "plan june { period 2026-06; currency CNY }
metric revenue { unit CNY }
metric orders
metric visits { kind activity }
metric churn { unit percent; better lower; total last; grain day }
team sales { person chen; person liu; person wang; person zhao; person sun }
funnel field { revenue <- orders 40k CNY each; orders <- visits 1 in 20 }
objective win { owner sales
  key-result book { measure revenue 1M CNY by 2026-06-30; through field; share sales evenly }
  key-result churn { measure churn from 45% to 20% }
}
";

#[track_caller]
fn anew(plan: &str, as_of: &str) -> (Vec<Row>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("test.plan"), plan).unwrap();
    let built = build_in(folder.path(), "test.plan", &["--as-of", as_of, "--replan"]);
    (built.rows, built.stderr)
}

fn amounts<'a>(rows: &'a [Row], who: &str, metric: &str) -> Vec<(&'a str, &'a str)> {
    let own = rows.iter().filter(|row| row.person == who && row.metric == metric);
    own.map(|row| (row.start.as_str(), row.amount.as_str())).collect()
}

/// By the 12th, the tenth of 22 days, 46 were planned of liu, the second of five: ceil(1000/22 − 1/5) = 46. Thirty are
/// done: x₀ + δ = 45.45 − 16 = 29.45, and each of the twelve days left brings (100 − 29.45) ÷ 12 = 5.879.
#[test]
fn the_line_goes_on_from_where_it_is() {
    let plan = format!("{JUNE}actual visits {{ 2026-06-01 liu 6; 2026-06-12 liu 24 }}\n");
    let (rows, _) = anew(&plan, "2026-06-12");
    let liu = amounts(&rows, "liu", "visits");
    let expected: Vec<i64> = (1..=12)
        .map(|day| {
            // 45 5/11 − 16 − 1/5 is 1609/55; 70 6/11 ÷ 12 is 776/132.
            let (numerator, denominator) = (1_609 * 132 + 776 * 55 * day, 55 * 132);
            (numerator + denominator - 1) / denominator
        })
        .collect();
    assert_eq!(liu[..2], [("2026-06-01", "6"), ("2026-06-12", "24")]);
    let mut done = 30;
    for ((_, amount), expected) in liu[2..].iter().zip(&expected) {
        done += amount.parse::<i64>().unwrap();
        assert_eq!(done, *expected);
    }
    assert_eq!((liu.len(), done), (14, 100));
    // Nobody else has anything read: all of theirs is planned for the days left.
    let chen = amounts(&rows, "chen", "visits");
    assert_eq!(chen[0].0, "2026-06-15");
    assert_eq!(chen.iter().map(|(_, amount)| amount.parse::<i64>().unwrap()).sum::<i64>(), 100);
}

/// What the team has read, and nobody in particular, is taken off what is left of all.
#[test]
fn nobody_s_readings_are_taken_off_everybody() {
    let plan = format!("{JUNE}actual visits {{ 2026-06-09 100; 2026-06-10 liu 90 }}\n");
    let (rows, _) = anew(&plan, "2026-06-12");
    let team: Vec<&Row> = rows.iter().filter(|row| row.person.is_empty() && row.metric == "visits").collect();
    assert_eq!((team.len(), team[0].amount.as_str(), team[0].start.as_str()), (1, "100", "2026-06-09"));
    let all: i64 =
        rows.iter().filter(|row| row.metric == "visits").map(|row| row.amount.parse::<i64>().unwrap()).sum();
    assert_eq!(all, 500);
    // 100 by 10 and four times 100 that are left: 2 and 24 or 25.
    let liu: i64 =
        amounts(&rows, "liu", "visits").iter().map(|(_, amount)| amount.parse::<i64>().unwrap()).sum();
    assert_eq!(liu, 98);
}

#[test]
fn readings_keep_their_decimals_and_the_rest_its_steps() {
    let plan = format!("{JUNE}actual revenue {{ 2026-06-09 liu 12345.678; 2026-06-12 liu 0.5 }}\n");
    let (rows, _) = anew(&plan, "2026-06-12");
    // Planned in months, so one row holds both; it comes to the whole.
    let liu: Vec<&Row> = rows.iter().filter(|row| row.person == "liu" && row.metric == "revenue").collect();
    assert_eq!((liu.len(), liu[0].amount.as_str(), liu[0].to_date.as_str()), (1, "200000.000", "200000.000"));
    let by_day = plan.replace("metric revenue { unit CNY }", "metric revenue { unit CNY; grain day }");
    let (rows, _) = anew(&by_day, "2026-06-12");
    let liu: Vec<&Row> = rows.iter().filter(|row| row.person == "liu" && row.metric == "revenue").collect();
    assert_eq!((liu[0].amount.as_str(), liu[1].to_date.as_str()), ("12345.678", "12346.178"));
    assert_eq!(liu.last().unwrap().to_date, "200000.000");
    // The first row of the rest ends on a whole step.
    assert!(liu[2].to_date.ends_with('0'), "{}", liu[2].to_date);
}

/// What is missing may be less than a step, and the line then stands above its end: the first day left brings it.
#[test]
fn less_than_a_step_is_still_planned() {
    let plan = "plan june { period 2026-06 }
metric orders { kind activity; step 5 }
team north { person chen; person liu }
objective win { owner north; key-result book { measure orders 340; share north evenly } }
";
    for who in ["chen", "liu"] {
        let plan = format!("{plan}actual orders {{ 2026-06-05 {who} 168.75 }}\n");
        let (rows, said) = anew(&plan, "2026-06-12");
        assert_eq!(amounts(&rows, who, "orders"), [("2026-06-05", "168.75"), ("2026-06-15", "1.25")]);
        assert!(!said.contains("replan::"), "{said}");
    }
}

/// The 13th is a Saturday: what is missing to a whole step waits for the Monday.
#[test]
fn nothing_is_planned_for_a_day_off() {
    let plan = format!("{JUNE}actual visits {{ 2026-06-05 chen 3.5 }}\n");
    let (rows, _) = anew(&plan, "2026-06-12");
    let chen = amounts(&rows, "chen", "visits");
    assert_eq!((chen[0], chen[1].0), (("2026-06-05", "3.5"), "2026-06-15"));
    assert_eq!(rows.iter().filter(|row| row.start == "2026-06-13" && row.metric == "visits").count(), 0);
}

/// A split into one part, and readings with and without it: one row.
#[test]
fn readings_of_one_part_and_of_none_share_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "plan june { period 2026-06 }
metric visits { kind outcome }
team north { person chen; person liu }
objective win { owner north
  key-result book { measure visits 100; split industry { only 100 }; share north evenly }
}
actual visits { 2026-06-02 north 5 }
actuals from \"crm.csv\" { date \"Date\"; person \"Owner\"; metric \"Type\"; amount \"Count\"; industry \"Industry\" }
";
    fs::write(folder.path().join("test.plan"), plan).unwrap();
    fs::write(
        folder.path().join("crm.csv"),
        "Date,Owner,Type,Count,Industry\n2026-06-03,north,visits,7,only\n",
    )
    .unwrap();
    let built = build_in(folder.path(), "test.plan", &["--as-of", "2026-06-12", "--replan"]);
    assert_eq!(amounts(&built.rows, "", "visits"), [("2026-06-01", "12")]);
    assert_eq!(amounts(&built.rows, "chen", "visits"), [("2026-06-01", "44")]);
}

#[test]
fn levels_go_on_from_their_reading() {
    let plan = format!("{JUNE}actual churn {{ 2026-06-10 40%; 2026-06-12 30.55% }}\n");
    let (rows, _) = anew(&plan, "2026-06-12");
    let levels: Vec<(&str, &str)> = amounts(&rows, "", "churn");
    let at = |day: &str| levels.iter().find(|(start, _)| *start == day).unwrap().1;
    // Before the first reading, what was planned; then the latest one.
    assert_eq!(
        (at("2026-06-01"), at("2026-06-10"), at("2026-06-11"), at("2026-06-12")),
        ("43.80", "40.00", "40.00", "30.55")
    );
    // 45 − 25 × 10/22 is 33.636, 33.6 was planned: 33.636 + 30.55 − 33.6 = 30.586, and 10.586 ÷ 12 a day.
    assert_eq!((at("2026-06-15"), at("2026-06-30")), ("29.70", "20.00"));
    let reached = format!("{JUNE}actual churn {{ 2026-06-10 18% }}\n");
    let (rows, _) = anew(&reached, "2026-06-12");
    assert_eq!(amounts(&rows, "", "churn").last().unwrap().1, "18.0");
}

/// A percentage is read as what it has come to by the day, as `status` takes it: 25 of 60, not 10 + 20 + 25.
#[test]
fn of_a_percentage_the_latest_reading_counts() {
    let plan = "plan june { period 2026-06 }
metric coverage { unit percent; grain week }
team north { person chen; person liu }
objective win { owner north; key-result book { measure coverage 60% } }
actual coverage { 2026-06-05 10%; 2026-06-09 liu 20%; 2026-06-09 north 22%; 2026-06-12 25% }
";
    let (rows, _) = anew(plan, "2026-06-12");
    let weeks: Vec<(&str, &str, &str)> =
        rows.iter().map(|row| (row.person.as_str(), row.amount.as_str(), row.to_date.as_str())).collect();
    // 27.27 was the line and 27.3 planned: 24.97 + 35.03 × 5/12 = 39.57, and so on.
    assert_eq!(
        weeks,
        [
            ("", "10.0", "10.0"),
            ("", "15.0", "25.0"),
            ("", "14.6", "39.6"),
            ("", "14.6", "54.2"),
            ("", "5.8", "60.0")
        ]
    );
}

#[test]
fn what_was_dropped_has_nothing_left() {
    let plan = JUNE.replace("share sales evenly }", "share sales evenly; dropped 2026-06-12 \"no time\" }");
    let plan = format!("{plan}actual visits {{ 2026-06-01 liu 6 }}\n");
    let (rows, _) = anew(&plan, "2026-06-12");
    let book: Vec<&Row> = rows.iter().filter(|row| row.key_result == "book").collect();
    assert_eq!((book.len(), book[0].amount.as_str()), (1, "6"));
    // The day before it was not dropped yet.
    let (rows, _) = anew(&plan, "2026-06-11");
    assert!(rows.iter().filter(|row| row.key_result == "book").count() > 50);
}

/// Of every example: whoever reaches just what was planned by the end of a month goes on as planned, to the byte.
#[test]
fn exactly_on_plan_nothing_changes() {
    for (example, plan, as_of, split) in [
        ("a-week", "week.plan", "2026-06-03", ""),
        ("five-visits", "june.plan", "2026-06-30", ""),
        ("ten-meetings", "roles.plan", "2026-05-31", ""),
        ("shop-coverage", "coverage.plan", "2026-04-30", ""),
        ("north-region", "north.plan", "2026-02-28", ""),
        ("business-unit", "事业部.plan", "2026-06-30", "; 行业 \"Part\""),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(example);
        copy(&from, folder.path());
        let before = build_in(folder.path(), plan, &[]);
        let mut table = csv::Writer::from_path(folder.path().join("read.csv")).unwrap();
        table.write_record(["Id", "Date", "Person", "Metric", "Amount", "Part"]).unwrap();
        // What is new and what exists of somebody is read as one.
        let mut read: BTreeMap<Vec<String>, rust_decimal::Decimal> = BTreeMap::new();
        for row in before.rows.iter().filter(|row| row.end.as_str() <= as_of) {
            let part = row.part.split('=').nth(1).unwrap_or_default().to_owned();
            let key = [&row.end, &row.person, &row.metric, &part].map(Clone::clone).to_vec();
            *read.entry(key).or_default() += row.amount.parse::<rust_decimal::Decimal>().unwrap();
        }
        for (id, (key, amount)) in read.iter().enumerate() {
            let [date, person, metric, part] = &key[..] else { panic!() };
            table.write_record([&id.to_string(), date, person, metric, &amount.to_string(), part]).unwrap();
        }
        table.flush().unwrap();
        assert!(read.len() > 3, "{example}");
        let mut text = fs::read_to_string(folder.path().join(plan)).unwrap();
        text.push_str(&format!(
            "\nactuals from \"read.csv\" {{ id \"Id\"; date \"Date\"; person \"Person\"; metric \"Metric\"; amount \"Amount\"{split} }}\n"
        ));
        fs::write(folder.path().join(plan), text).unwrap();
        let after = build_in(folder.path(), plan, &["--as-of", as_of, "--replan"]);
        assert!(after.csv == before.csv, "{example}:\n{}", difference(&before.csv, &after.csv));
    }
}

fn difference(before: &str, after: &str) -> String {
    let (before, after): (BTreeSet<&str>, BTreeSet<&str>) =
        (before.lines().collect(), after.lines().collect());
    let lines = before.difference(&after).map(|line| format!("- {line}"));
    lines
        .chain(after.difference(&before).map(|line| format!("+ {line}")))
        .take(12)
        .collect::<Vec<_>>()
        .join("\n")
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if !entry.path().is_dir() {
            fs::copy(entry.path(), target).unwrap();
        } else if entry.file_name() != "out" {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        }
    }
}

/// An event of a day keeps its name whatever became of the day; a day on which nothing was done is called off.
#[test]
fn calendars_update() {
    let folder = tempfile::tempdir().unwrap();
    let plan = format!("{JUNE}actual visits {{ 2026-06-01 liu 6; 2026-06-12 liu 24 }}\n");
    let before = built(folder.path(), &plan, &["--person", "liu"]);
    fs::rename(folder.path().join("out"), folder.path().join("old")).unwrap();
    let arguments = [
        "--stamp",
        "2026-06-12",
        "--as-of",
        "2026-06-12",
        "--replan",
        "--previous",
        "old",
        "--person",
        "liu",
    ];
    let after = built(folder.path(), &plan, &arguments);
    let by_uid = |bytes: &[u8]| -> BTreeMap<String, BTreeMap<String, String>> {
        events(bytes).into_iter().map(|event| (event["UID"].clone(), event)).collect()
    };
    let (before, after) = (by_uid(&before["calendar-liu.ics"]), by_uid(&after["calendar-liu.ics"]));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let off = after.values().filter(|event| event.contains_key("STATUS")).count();
    // Eight working days up to the 12th without a visit.
    assert_eq!(off, 8);
    let day = |day: &str| after.values().find(|event| event["DTSTART;VALUE=DATE"] == day).unwrap();
    assert_eq!(day("20260612")["SUMMARY"], "visits 24");
    assert!(day("20260612")["DESCRIPTION"].starts_with("visits 24 (30 of 100)"), "{:?}", day("20260612"));
    assert!(day("20260615")["SUMMARY"].starts_with("visits 6"), "{:?}", day("20260615"));
}

#[test]
fn the_reasons_tell_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let plan = format!(
        "{JUNE}actual visits {{ 2026-06-01 liu 6; 2026-06-12 liu 24; 2026-06-09 10 }}\nactual churn {{ 2026-06-10 40% }}\n"
    );
    let files = built(folder.path(), &plan, &["--to", "json,csv", "--as-of", "2026-06-12", "--replan"]);
    let document: Value = serde_json::from_slice(&files["plan.json"]).unwrap();
    crate::json::fits_schema(&document);
    assert_eq!(document["plan"]["replanned"], "2026-06-12");
    let text = document.to_string();
    assert!(
        text.contains(
            "by 2026-06-12 32 were reached, 46 were planned; the 68 left are laid over the days left"
        ),
        "{text}"
    );
    assert!(text.contains("by 2026-06-12 it was 40, 33.6 was planned; from there it leads to 20"), "{text}");
    assert_eq!(document["objectives"][0]["key_results"][0]["read_lines"][0]["line"]["amount"], 10);
    let explain = |on: &str| {
        let arguments = [
            "explain",
            "test.plan",
            "visits",
            "--person",
            "liu",
            "--on",
            on,
            "--as-of",
            "2026-06-12",
            "--replan",
        ];
        let output = milepost(folder.path(), &arguments);
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let later = explain("2026-06-15");
    assert!(later.contains("running total 30 → 35: 100 by the weight of the days"), "{later}");
    assert!(later.contains("liu has 100 of 500 visits"), "{later}");
    assert!(explain("2026-06-12").contains("24 were reached; these days are over"));
}

#[test]
fn ceilings_are_held_against_the_days_left() {
    let plan = JUNE.replace("person liu;", "person liu { visits at most 8 per day };");
    let plan = format!("{plan}actual visits {{ 2026-06-01 liu 9; 2026-06-19 liu 1 }}\n");
    let folder = tempfile::tempdir().unwrap();
    let output = build(folder.path(), &plan, &["--as-of", "2026-06-19", "--replan"]);
    // It is only a bad goal: everything is written.
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.path().join("out/plan.csv").exists());
    let all = said(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(all.contains("`liu` is asked for 13 visits on 2026-06-2"), "{all}");
    // The nine of the first of June are over.
    assert!(!all.contains("2026-06-01"), "{all}");
}

#[test]
fn rows_that_are_wrong_are_not_planned_again() {
    let folder = tempfile::tempdir().unwrap();
    let plan = format!("{JUNE}actual visits {{ 2026-06-01 lui 6 }}\n");
    let output = build(folder.path(), &plan, &["--as-of", "2026-06-12", "--replan"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path().join("out").exists());
    let output = build(folder.path(), JUNE, &["--replan"]);
    assert_eq!(output.status.code(), Some(2));
    let output = build(folder.path(), JUNE, &["--as-of", "2026-06-12", "--replan", "--keep-going"]);
    assert_eq!(output.status.code(), Some(2));
    let output = build(folder.path(), JUNE, &["--as-of", "2026-06-12"]);
    assert!(output.status.success());
    assert!(
        said(&output).contains("warning: `--as-of` alone changes nothing that is written"),
        "{}",
        said(&output)
    );
}

/// Held against the plan made anew on a day, everybody is just where they should be on that day.
#[test]
fn nobody_is_behind_a_plan_made_anew_today() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/played-quarter");
    for day in ["2026-04-14", "2026-05-10", "2026-06-28"] {
        let arguments = ["status", "quarter.plan", "--as-of", day, "--replanned", day, "--format", "json"];
        let output = milepost(&folder, &arguments);
        assert!(output.status.success(), "{}", said(&output));
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(document["replanned"], day);
        let mut compared = 0;
        for goal in document["key_results"].as_array().unwrap() {
            // People together are asked for more than the one that is over-assigned.
            let parts = ["people", "teams"].into_iter().flat_map(|kind| goal[kind].as_array().unwrap());
            let whole = (goal["id"] != "be-known.show" && goal["kind"] == "flow").then_some(goal);
            for part in parts.filter(|part| goal["kind"] == "flow" && part["target"] != 0).chain(whole) {
                assert_eq!(part["done"], part["planned"], "{day}: {part}");
                compared += 1;
            }
        }
        assert!(compared > 15, "{compared}");
    }
    let output =
        milepost(&folder, &["status", "quarter.plan", "--as-of", "2026-05-10", "--replanned", "2026-05-11"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("knows more than 2026-05-10 did"), "{}", said(&output));
}
