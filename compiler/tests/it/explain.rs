//! `milepost explain`, as it is run.

use std::path::Path;
use std::process::{Command, Output};

fn explain(example: &str, arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(example);
    Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(folder)
        .arg("explain")
        .args(arguments)
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_day_of_visits_goes_back_to_the_target() {
    let told =
        text(&explain("five-visits", &["june.plan", "visits", "--person", "liu", "--on", "2026-06-01"]));
    let expected = "\
liu: 5 visits on 2026-06-01 for win-june.book
  running total 0 → 5: 100 × 1/22 of their days, rounded up, less 1/5 of a step so that the 5 who share round in turn
      june.plan:23
  liu has 100 of 500 visits, following 5 of 25 orders
      june.plan:23
  500 visits = 25 orders × 20
      june.plan:23
  25 orders = 1,000,000 revenue ÷ 40,000
      june.plan:22
  target of win-june.book: 1,000,000 CNY of revenue
      june.plan:29
  2026-06-01 to 2026-06-30: 22 working days by calendar mon..fri
      june.plan:3
";
    assert_eq!(told, expected);

    // The picture in the README shows just this.
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/five-visits/explain.svg");
    let picture = std::fs::read_to_string(picture).unwrap();
    let shown: Vec<&str> = picture
        .lines()
        .filter_map(|line| line.strip_prefix("<text ")?.split_once("\">")?.1.strip_suffix("</text>"))
        .skip(1)
        .collect();
    assert_eq!(shown, told.lines().map(str::trim).collect::<Vec<_>>());
}

#[test]
fn machines_get_the_same_reasons() {
    let output = explain(
        "five-visits",
        &["june.plan", "win-june.book.visits", "--person", "liu", "--on", "2026-06-01", "--format", "json"],
    );
    let told: serde_json::Value = serde_json::from_str(&text(&output)).unwrap();
    let explanation = &told["explanations"][0];
    assert_eq!(explanation["amount"], "5");
    assert_eq!(explanation["person"], "liu");
    assert_eq!(explanation["start"], "2026-06-01");
    let reasons = explanation["reasons"].as_array().unwrap();
    let last = reasons.iter().find(|reason| reason["reason"] == "target").unwrap();
    assert_eq!((last["file"].as_str(), last["line"].as_u64()), (Some("june.plan"), Some(29)));
}

#[test]
fn own_rates_absence_season_and_accounts_are_named() {
    let goal = "北区第一.新签.拜访";
    let told = text(&explain("north-region", &["north.plan", goal, "--person", "赵磊"]));
    assert!(told.contains("赵磊's own rate: 15 for each\n      people.plan:5"), "{told}");
    let told =
        text(&explain("north-region", &["north.plan", goal, "--person", "刘洋", "--on", "2026-02-10"]));
    for reason in [
        "刘洋 is away from 2026-03-02 to 2026-03-06\n      people.plan:4",
        "days weigh as in 去年",
        "宏达冷链: 800,000 kept at 80 % is 640,000",
        "远航物流: 600,000 kept at 70 % is 420,000",
        "target of 北区第一.新签: 2,200,000 CNY of 销售额",
    ] {
        assert!(told.contains(reason), "{reason}\n{told}");
    }
}

#[test]
fn what_is_not_there_is_said() {
    let output = explain("five-visits", &["june.plan", "visit"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("no goal or metric named `visit`; did you mean `visits`?"), "{said}");
    let output = explain("five-visits", &["june.plan", "visits", "--person", "liu", "--on", "2026-06-06"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("nothing of `liu` is planned for `visits` on 2026-06-06"), "{said}");
}

#[test]
fn two_lines_to_one_metric_are_both_told() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "\
plan p { period 2026-06 }
metric orders
metric visits
metric calls { kind activity }
team all { person ann; person bob }
funnel f {
  orders <- visits 1 in 2
  orders <- calls 1 in 10
  visits <- calls 1 in 3
}
objective o { owner all; key-result k { measure orders 4; through f; share all evenly } }
";
    std::fs::write(folder.path().join("p.plan"), plan).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
        text(
            &command
                .current_dir(folder.path())
                .arg("explain")
                .arg("p.plan")
                .args(arguments)
                .output()
                .unwrap(),
        )
    };
    let told = run(&["calls", "--person", "bob"]);
    let expected = "\
bob: 32 calls in all for o.k
  what 2 lines of the funnel ask of calls is added up, and rounded together
      p.plan:8
  40 calls = 4 orders × 10
      p.plan:8
  24 calls = 8 visits × 3
      p.plan:9
  8 visits = 4 orders × 2
      p.plan:7
  target of o.k: 4 count of orders
      p.plan:11
  2026-06-01 to 2026-06-30: 22 working days by calendar mon..fri
      p.plan:1
";
    assert_eq!(told, expected);
    assert!(run(&["calls"]).starts_with("all: 64 calls in all for o.k\n  ann: 32\n"));
}
