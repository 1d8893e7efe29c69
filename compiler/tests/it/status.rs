//! `milepost status`, as it is run.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::show::command;

/// A month that everything happens in; the readings stand in a file that a CRM might have written.
const PLAN: &str = r#"
plan june "Our first million" { period 2026-06; currency CNY; timezone Asia/Shanghai }
metric revenue "Revenue" { unit CNY; kind outcome }
metric orders "Orders" { kind outcome }
metric visits "Visits" { kind activity }
metric churn "Churn" { unit percent; better lower; total last }
metric win-rate = orders / visits { unit percent }
team sales "Sales" { person chen "陈静"; person liu "刘洋"; person wang; person zhao; person sun }
funnel field { revenue <- orders 40k CNY each; orders <- visits 1 in 20 }
objective company "The company grows" { weight 3; key-result base { measure visits 10; owner zhao; weight 0 } }
objective win "Win our first million" {
  owner sales
  supports company
  check-in 2026-06-12 { confidence 60%; good "two big dealers"; bad "rain\nall week"; next "call the old list" }
  key-result book "Book new revenue" {
    measure revenue 1M CNY by 2026-06-30
    checkpoint 40% of target by 2026-06-16 "half time"
    through field
    share sales evenly
    threshold 15%
    weight 2
    forecast 2026-06-05 liu { commit 120k; call 200k; best 260k; note "hopes for Acme" }
    forecast 2026-06-12 liu { commit 100k; call 180k }
    forecast 2026-06-12 chen { call 220k }
  }
  key-result churn { measure churn from 45% to 20%; type aspirational }
  key-result rate { hold win-rate at least 4% }
  key-result list { reach "contract signed" by 2026-06-05 done 2026-06-08; reach "price list" by 2026-06-10; reach "training" }
  key-result old { measure visits 10; dropped 2026-06-03 "no time" }
}
actual churn { 2026-06-10 40%; 2026-06-12 30% "the long trial helps" }
actuals from "crm.csv" { date "Date"; person "Owner"; metric "Type"; amount "Amount"; note "Note" }
"#;

const CRM: &str = "Date,Owner,Type,Amount,Note
2026-06-01,liu,visits,6,
2026-06-02,刘洋,visits,4,\"two
no shows\"
2026-06-03,liu,orders,1,
2026-06-03,liu,revenue,40000,
2026-06-04,chen,visits,22,
2026-06-05,chen,orders,3,
2026-06-05,chen,revenue,118050.30,
2026-06-09,wang,visits,-1,
2026-06-09,,revenue,10000,
2026-06-22,liu,visits,8,
";

fn status_of(plan: &str, crm: &str, arguments: &[&str], columns: usize) -> Output {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("test.plan"), plan).unwrap();
    fs::write(folder.path().join("crm.csv"), crm).unwrap();
    let mut all = vec!["status", "test.plan"];
    all.extend(arguments);
    command(folder.path(), &all).env("COLUMNS", columns.to_string()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The answer for machines, which fits its schema.
#[track_caller]
fn json(output: &Output) -> Value {
    let document: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(output)));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/status-1.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| format!("{} at {}", error, error.instance_path))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    document
}

#[track_caller]
fn status(arguments: &[&str]) -> Value {
    let mut all = vec!["--format", "json"];
    all.extend(arguments);
    let output = status_of(PLAN, CRM, &all, 80);
    assert!(output.status.success(), "{}", said(&output));
    json(&output)
}

#[track_caller]
fn key_result<'a>(document: &'a Value, id: &str) -> &'a Value {
    let all = document["key_results"].as_array().unwrap();
    all.iter().find(|key_result| key_result["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

#[track_caller]
fn part<'a>(key_result: &'a Value, who: &str, metric: &str) -> &'a Value {
    let people = key_result["people"].as_array().unwrap();
    people.iter().find(|part| part["id"] == who && part["metric"] == metric).unwrap()
}

/// Compares numbers as they are written.
#[track_caller]
fn has(value: &Value, expected: &[(&str, &str)]) {
    for (key, number) in expected {
        assert_eq!(value[*key].to_string(), *number, "{key} of {value}");
    }
}

/// 22 working days, the tenth of them is the 12th: worked out by hand.
#[test]
fn amounts_paces_and_forecasts_are_those_of_the_reference() {
    let document = status(&["--as-of", "2026-06-14"]);
    let book = key_result(&document, "win.book");
    // 40 % by the 12th of 22 working days: 10 days are 10/12 of 400,000.
    has(
        book,
        &[
            ("target", "1000000"),
            ("done", "168050.3"),
            ("days_left", "12"),
            // (1,000,000 − 168,050.30) ÷ 12, up to the cent
            ("needed", "69329.15"),
            ("score", "0.16805"),
            ("colour", "\"red\""),
            ("threshold", "0.15"),
            ("passed", "true"),
        ],
    );
    let liu = part(book, "liu", "visits");
    // ceil(100 × (10/12 × 40 %) − 1/5) = 34
    has(liu, &[("done", "10"), ("planned", "34"), ("target", "100"), ("days_left", "12"), ("needed", "8")]);
    // 10 ÷ 34, 10 ÷ (34/100), (34 − 10) ÷ (100/22)
    has(liu, &[("pace", "0.294118"), ("forecast", "29.411765"), ("behind_days", "5.28")]);
    // A correction is negative, and counts.
    has(part(book, "wang", "visits"), &[("done", "-1"), ("pace", "-0.030303")]);
    // The team's 10,000 are nobody's.
    let teams = book["teams"].as_array().unwrap();
    assert_eq!(teams.len(), 1);
    has(&teams[0], &[("id", "\"sales\""), ("done", "10000"), ("planned", "0")]);
}

#[test]
fn levels_holds_and_checklists_score_as_the_contract_says() {
    let document = status(&["--as-of", "2026-06-14"]);
    // From 45 % to 20 %, read at 30 %: 15 of 25 points.
    let churn = key_result(&document, "win.churn");
    has(
        churn,
        &[("from", "45"), ("target", "20"), ("done", "30"), ("score", "0.6"), ("colour", "\"amber\"")],
    );
    has(churn, &[("type", "\"aspirational\""), ("expected", "0.7"), ("days_left", "12"), ("needed", "-0.9")]);
    // 45 − 25 × 10/22 = 33.636…, ahead of the line is below it.
    has(churn, &[("planned", "33.6"), ("pace", "1.315789")]);
    let rate = key_result(&document, "win.rate");
    // 4 orders over 31 visits
    has(rate, &[("kind", "\"hold\""), ("done", "12.903226"), ("score", "1")]);
    has(&rate["hold"], &[("inside", "1"), ("readings", "1"), ("least", "4")]);
    let list = key_result(&document, "win.list");
    has(
        list,
        &[("done", "1"), ("planned", "2"), ("target", "3"), ("score", "0.333333"), ("colour", "\"red\"")],
    );
    let old = key_result(&document, "win.old");
    has(old, &[("score", "null"), ("colour", "null")]);
    has(&old["dropped"], &[("on", "\"2026-06-03\""), ("why", "\"no time\"")]);
    // (2 × 0.1680503 + 0.6 + 1 + 1/3) ÷ 5, without what was dropped
    let objectives = document["objectives"].as_array().unwrap();
    has(&objectives[1], &[("score", "0.453887"), ("colour", "\"amber\"")]);
    // Who supports counts by its weight, 1; a key result of weight 0 does not.
    has(&objectives[0], &[("score", "0.453887")]);
}

#[test]
fn the_day_is_the_limit_of_everything() {
    let before = status(&["--as-of", "2026-05-31"]);
    let book = key_result(&before, "win.book");
    has(
        book,
        &[("done", "0"), ("planned", "0"), ("pace", "null"), ("forecast", "null"), ("days_left", "22")],
    );
    assert_eq!(book["forecasts"], Value::Null);
    has(key_result(&before, "win.churn"), &[("done", "null"), ("score", "0")]);
    has(key_result(&before, "win.rate"), &[("score", "null")]);
    assert_eq!(key_result(&before, "win.old")["dropped"], Value::Null);
    let after = status(&["--as-of", "2026-07-31"]);
    let book = key_result(&after, "win.book");
    has(book, &[("planned", "1000000"), ("days_left", "0"), ("needed", "null")]);
    has(part(book, "liu", "visits"), &[("done", "18"), ("planned", "100"), ("needed", "null")]);
}

#[test]
fn calls_stand_beside_shares_and_are_kept() {
    let document = status(&["--as-of", "2026-06-14"]);
    let calls = &key_result(&document, "win.book")["forecasts"];
    has(
        &calls["whole"],
        &[("share", "1000000"), ("call", "400000"), ("gap", "-600000"), ("called", "2"), ("people", "5")],
    );
    let people = calls["people"].as_array().unwrap();
    has(
        &people[1],
        &[
            ("id", "\"liu\""),
            ("share", "200000"),
            ("call", "180000"),
            ("commit", "100000"),
            ("gap", "-20000"),
        ],
    );
    has(&people[2], &[("id", "\"wang\""), ("call", "null"), ("gap", "null")]);
    let liu = &calls["book"][1];
    assert_eq!(liu["calls"].as_array().unwrap().len(), 2);
    // 40,000 of 66,666.67 planned are 120,000 of 200,000 in the end; 200,000 and 180,000 are 58.3 % more on the mean.
    has(liu, &[("id", "\"liu\""), ("final", "false"), ("against", "119999.994"), ("bias", "0.583333")]);
    // In the end it is what was reached.
    let after = status(&["--as-of", "2026-06-30"]);
    let liu = &key_result(&after, "win.book")["forecasts"]["book"][1];
    has(liu, &[("final", "true"), ("against", "40000"), ("bias", "3.75")]);
}

#[test]
fn a_week_is_the_one_of_the_day_and_on_its_first_day_the_one_before() {
    let week = |arguments: &[&str]| {
        let document = status(arguments);
        (
            document["review"]["id"].as_str().unwrap().to_owned(),
            document["as_of"].as_str().unwrap().to_owned(),
        )
    };
    let own = |id: &str, as_of: &str| (id.to_owned(), as_of.to_owned());
    assert_eq!(week(&["--as-of", "2026-06-10", "--week"]), own("2026-W24", "2026-06-10"));
    assert_eq!(week(&["--as-of", "2026-06-14", "--week"]), own("2026-W24", "2026-06-14"));
    assert_eq!(week(&["--as-of", "2026-06-15", "--week"]), own("2026-W24", "2026-06-14"));
    assert_eq!(week(&["--as-of", "2026-06-16", "--week"]), own("2026-W25", "2026-06-16"));
    assert_eq!(week(&["--as-of", "2026-06-16", "--week=2026-W23"]), own("2026-W23", "2026-06-07"));
    assert_eq!(week(&["--as-of", "2026-06-16", "--week=2026-06-10"]), own("2026-W24", "2026-06-14"));
    // There is nothing before the first week of the plan.
    assert_eq!(week(&["--as-of", "2026-06-01", "--week"]), own("2026-W23", "2026-06-01"));
    assert_eq!(week(&["--as-of", "2026-06-16", "--month"]), own("2026-06", "2026-06-16"));
    for (argument, expected) in [
        ("--week=2026-06", "expected a week such as `2026-W06`, found `2026-06`"),
        ("--month=2026-W23", "expected a month such as `2026-02`, found `2026-W23`"),
        ("--week=2026-W40", "`2026-W40` is not among the days of the plan"),
    ] {
        let output = status_of(PLAN, CRM, &["--as-of", "2026-06-14", argument], 80);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains(expected), "{}", said(&output));
    }
}

#[test]
fn a_week_holds_what_was_planned_done_said_and_comes_next() {
    let document = status(&["--as-of", "2026-06-14", "--week"]);
    let review = &document["review"];
    has(review, &[("start", "\"2026-06-08\""), ("end", "\"2026-06-14\"")]);
    has(&review["next"], &[("start", "\"2026-06-15\""), ("end", "\"2026-06-21\"")]);
    let lines = review["lines"].as_array().unwrap();
    let line = |who: &str, metric: &str| {
        let own = lines.iter().find(|line| {
            line["key_result"] == "win.book" && line["person"] == who && line["metric"] == metric
        });
        own.unwrap()
    };
    // ceil(100 × 40 % × d/12 − 1/5): 17 by the 5th day, 34 by the 10th; 60 % over ten days behind the 16th.
    has(line("liu", "visits"), &[("planned", "17"), ("done", "0"), ("next", "24")]);
    has(line("wang", "visits"), &[("done", "-1")]);
    assert_eq!(review["check_ins"][0]["goal"], "win");
    assert_eq!(review["notes"][0]["text"], "the long trial helps");
    let due: Vec<(&str, &str)> = review["due"]
        .as_array()
        .unwrap()
        .iter()
        .map(|due| (due["on"].as_str().unwrap(), due["what"].as_str().unwrap()))
        .collect();
    // What was due the week before and was done in this one is told as well.
    assert_eq!(due, [("2026-06-05", "item"), ("2026-06-10", "item"), ("2026-06-16", "checkpoint")]);
    // A note of the table in the week before.
    let before = status(&["--as-of", "2026-06-14", "--week=2026-W23"]);
    assert_eq!(before["review"]["notes"][0]["text"], "two\nno shows");
}

#[test]
fn one_person_gets_nothing_of_anybody_else() {
    let output = status_of(PLAN, CRM, &["--as-of", "2026-06-14", "--person", "刘洋", "--format", "json"], 80);
    let document = json(&output);
    let book = key_result(&document, "win.book");
    has(book, &[("target", "200000"), ("done", "40000"), ("score", "0.2")]);
    for part in book["people"].as_array().unwrap() {
        assert_eq!(part["id"], "liu");
    }
    let all = String::from_utf8(output.stdout).unwrap();
    for other in ["chen", "wang", "zhao", "sun", "168050", "118050"] {
        assert!(!all.contains(other), "{other} in {all}");
    }
    for arguments in [&["--week"][..], &[]] {
        let mut all = vec!["--as-of", "2026-06-14", "--person", "liu"];
        all.extend(arguments);
        let shown = text(&status_of(PLAN, CRM, &all, 100));
        for other in ["陈静", "wang", "zhao"] {
            assert!(!shown.contains(other), "{other} in {shown}");
        }
    }
}

#[test]
fn pages_fit_every_width_and_are_kept() {
    for (name, arguments) in [("day", &[][..]), ("week", &["--week"][..]), ("month", &["--month"][..])] {
        for columns in [40, 80, 120] {
            let mut all = vec!["--as-of", "2026-06-14"];
            all.extend(arguments);
            let shown = text(&status_of(PLAN, CRM, &all, columns));
            crate::show::fits(&shown, columns);
            crate::show::expect(&format!("status-{name}-{columns}.txt"), &shown);
        }
    }
}

#[test]
fn colours_are_for_terminals() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("test.plan"), PLAN).unwrap();
    fs::write(folder.path().join("crm.csv"), CRM).unwrap();
    let arguments = ["status", "test.plan", "--as-of", "2026-06-14"];
    let plain = command(folder.path(), &arguments).output().unwrap();
    assert!(!text(&plain).contains('\u{1b}'));
    let coloured = command(folder.path(), &arguments).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(text(&coloured).contains("\u{1b}[31m0.2 red\u{1b}[0m"));
}

/// Today is the one thing that the command line knows and the plan does not.
#[test]
fn today_is_taken_and_said() {
    let output = status_of(PLAN, CRM, &[], 80);
    assert!(output.status.success());
    assert!(said(&output).contains(", today; `--as-of DATE` asks for another day"), "{}", said(&output));
    let fixed = status_of(PLAN, CRM, &["--as-of", "2026-06-14"], 80);
    assert!(!said(&fixed).contains("today"), "{}", said(&fixed));
}

/// A meeting is held with the rows that are right.
#[test]
fn wrong_rows_are_named_and_the_others_count() {
    let crm = format!(
        "{CRM}2026-06-10,wnag,visits,5,\n2026-06-10,wang,vists,5,\n2026-06-11,wang,visits,five,\n2026-06-11,wang,visits\n2026-06-12,wnag,visits,1,\n2026-06-12,wang,visits,3,\n"
    );
    let output = status_of(PLAN, &crm, &["--as-of", "2026-06-14", "--format", "json"], 80);
    assert_eq!(output.status.code(), Some(1));
    let document = json(&output);
    has(part(key_result(&document, "win.book"), "wang", "visits"), &[("done", "2")]);
    let said = said(&output).split_whitespace().collect::<Vec<_>>().join(" ").replace(" │ ", " ");
    for expected in [
        "row 13, column \"Owner\": no team or person has the name or title `wnag`, nor in row 17",
        "row 14, column \"Type\": no metric has the name or title `vists`",
        "row 15, column \"Amount\": expected a number such as `1234.50`, found `five`",
        "row 16, column \"Amount\": expected 5 cells as in the first row, found 3",
    ] {
        assert!(said.contains(expected), "{expected} not in {said}");
    }
}

/// A goal that an error spoils is left out, and the others are told.
#[test]
fn goals_with_errors_are_left_out() {
    let plan = PLAN.replace("orders <- visits 1 in 20", "orders <- vists 1 in 20");
    let output = status_of(&plan, CRM, &["--as-of", "2026-06-14", "--format", "json"], 80);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("left out, because of the errors above: `win.book`"), "{}", said(&output));
    let document = json(&output);
    assert!(document["key_results"].as_array().unwrap().iter().all(|known| known["id"] != "win.book"));
    has(key_result(&document, "win.churn"), &[("score", "0.6")]);
}

#[test]
fn hostile_texts_do_no_harm() {
    let nasty = "\u{1b}[2J\u{202e}evil\u{7} | * ` <b>";
    let plan =
        PLAN.replace("two big dealers", nasty).replace("no time", nasty).replace("hopes for Acme", nasty);
    for arguments in [&["--week"][..], &[]] {
        let mut all = vec!["--as-of", "2026-06-14"];
        all.extend(arguments);
        let shown = text(&status_of(&plan, CRM, &all, 80));
        assert!(shown.contains("evil"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{shown}");
    }
}

/// Over-assigned people are asked for more than the goal; the goal is planned at their pace, to its own target.
#[test]
fn the_whole_is_not_over_assigned() {
    let plan = "plan p { period 2026-06 }\nmetric visits { kind activity }\nteam t { person a; person b }\n\
                objective o { owner t; key-result k { measure visits 100; share t evenly; over-assign 10% } }\n\
                actual visits { 2026-06-12 a 25; 2026-06-12 b 25 }\n";
    let output = status_of(plan, "", &["--as-of", "2026-06-12", "--format", "json"], 80);
    let document = json(&output);
    let goal = key_result(&document, "o.k");
    // 55 each over 22 days: 25 by the 10th, 50 of 110 together, and 45.45 of the goal's 100.
    has(
        goal,
        &[("target", "100"), ("done", "50"), ("planned", "45.454545"), ("pace", "1.1"), ("forecast", "110")],
    );
    has(part(goal, "a", "visits"), &[("planned", "25"), ("target", "55"), ("pace", "1")]);
}

/// What accounts bring is part of the whole.
#[test]
fn existing_business_is_in_the_whole() {
    let plan = "plan p { period 2026-06; currency CNY }\nmetric revenue { unit CNY }\n\
                team t { person a; person b }\naccounts book of revenue { retain 50%; \"Acme\" 44k { owner a } }\n\
                objective o { owner t; key-result k { measure revenue 66k; existing book; share t evenly } }\n\
                actual revenue { 2026-06-12 a 20k; 2026-06-12 b 9k }\n";
    let document = json(&status_of(plan, "", &["--as-of", "2026-06-12", "--format", "json"], 80));
    let goal = key_result(&document, "o.k");
    // 22,000 are there and 44,000 are to be won: 3,000 a working day, together.
    has(goal, &[("target", "66000"), ("done", "29000"), ("planned", "30000"), ("behind_days", "0.333333")]);
    has(part(goal, "a", "revenue"), &[("planned", "20000"), ("target", "44000"), ("behind_days", "0")]);
    has(part(goal, "b", "revenue"), &[("planned", "10000"), ("target", "22000"), ("behind_days", "1")]);
}

/// What a Chinese CRM writes: its own encoding, its own dates and numbers, titles, line ends in remarks.
#[test]
fn exports_are_read_as_they_are() {
    let plan = "plan p { period 2026-06; currency CNY }\nmetric 销售额 { unit CNY }\nmetric 拜访 \"客户拜访\" { kind activity }\n\
                team 北区 { person 刘洋; person chen \"陈静\" }\n\
                objective o { owner 北区; key-result 签约 { measure 销售额 100万 }; key-result 走访 { measure 拜访 60; share 北区 evenly } }\n\
                actuals from \"crm.csv\" { date \"日期\" as \"Y年M月D日\"; person \"负责人\"; metric \"类型\"; amount \"数量\" as \"1,234.5\"; id \"编号\"; encoding gb18030 }\n";
    let crm = "编号,日期,负责人,类型,数量,备注\r\nA1,2026年6月1日,刘洋,销售额,\"12,345.5\",\"签了\r\n两年\"\r\nA2,2026年6月2日,陈静,客户拜访,3,\r\nA2,2026年6月2日,陈静,客户拜访,3,\r\nA3,2026年6月3日,,拜访,2,\r\nA4,2026年6月3日,刘洋,销售额,-345.5,退单\r\n";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("test.plan"), plan).unwrap();
    fs::write(folder.path().join("crm.csv"), encoding_rs::GB18030.encode(crm).0).unwrap();
    let arguments = ["status", "test.plan", "--as-of", "2026-06-12", "--format", "json"];
    let output = command(folder.path(), &arguments).output().unwrap();
    let document = json(&output);
    has(key_result(&document, "o.签约"), &[("done", "12000"), ("target", "1000000")]);
    let visits = key_result(&document, "o.走访");
    has(visits, &[("done", "5")]);
    has(part(visits, "chen", "拜访"), &[("done", "3"), ("target", "30")]);
    // The number that comes again is left out, and named by row and column; the remark has a line of its own.
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("row 5, column \"编号\": `A2` stands in an earlier row already"),
        "{}",
        said(&output)
    );
}

/// A table that cannot be read to its end spoils no goal, and what it says up to there counts.
#[test]
fn a_file_that_ends_in_the_middle_is_told_of() {
    let crm = format!("{CRM}2026-06-10,wang,visits,3,\"not closed\n");
    let output = status_of(PLAN, &crm, &["--as-of", "2026-06-14", "--format", "json"], 80);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("row 13: a quote is not closed"), "{}", said(&output));
    has(part(key_result(&json(&output), "win.book"), "liu", "visits"), &[("done", "10")]);
    let nothing = PLAN.replace("crm.csv", "crn.csv");
    let output = status_of(&nothing, CRM, &["--as-of", "2026-06-14", "--format", "json"], 80);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("there is no file `crn.csv`"), "{}", said(&output));
    has(key_result(&json(&output), "win.churn"), &[("score", "0.6")]);
}
