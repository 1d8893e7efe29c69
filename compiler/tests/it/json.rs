//! `plan.json`: by its schema, with all that `plan.csv` holds, and with a reason for everything.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::outputs::{PLAN, built};

/// Everything that makes the shape another one: parts, heads, levels, existing business, several metrics.
const MIXED: &str = r#"
plan mixed { period 2026-H1; currency CNY; fiscal year starts feb named by start; timezone Asia/Shanghai }
metric revenue { unit CNY }
metric orders
metric visits { kind activity }
metric churn { unit percent; better lower; total last }
team north { lead ann
  person ann { role ae }
  person bob "王" { role sdr; from 2026-03-16; until 2026-06-12; ramp 50%, 100% by month }
}
funnel f { revenue <- orders 40k CNY each; orders <- visits 1 in 7.5 lag 14 days }
accounts book of revenue { retain 80%; "Acme" 100k { owner ann; renews 2026-02-28 }; "Beta" 33.33 }
objective top { owner north; type aspirational; why "we must" }
objective o "The goal" {
  owner north, ann; supports top; priority P1
  key-result split "Split" {
    measure revenue 1M CNY by 2026-05-31; through f; existing book; split industry { cold 1; warm 2 }
    share north by capacity; pin ann 300k CNY; over-assign 5%; checkpoint 30% of target by 2026-02-28 "first"; scope "all"
  }
  key-result heads { measure visits 3 per day; share north each }
  key-result level { measure churn from 45% to 20%; weight 2.5 }
  key-result alone { measure orders 7; owner bob }
  key-result nothing { scope "vague" }
}
"#;

fn document(folder: &Path, plan: &str, arguments: &[&str]) -> (Value, String) {
    let mut all = vec!["--to", "json,csv"];
    all.extend(arguments);
    let files = built(folder, plan, &all);
    let json = serde_json::from_slice(&files["plan.json"]).unwrap();
    (json, String::from_utf8(files["plan.csv"].clone()).unwrap())
}

#[track_caller]
pub(crate) fn fits_schema(document: &Value) {
    let schema = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/plan-1.schema.json"));
    let schema: Value = serde_json::from_str(&schema.unwrap()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{} at {}", error, error.instance_path))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("no list `{key}` in {value}"))
}

/// Every line of a document with its key result, part and metric.
fn lines(document: &Value) -> Vec<(String, String, String, &Value)> {
    let mut lines = Vec::new();
    for key_result in list(document, "objectives").iter().flat_map(|objective| list(objective, "key_results"))
    {
        let id = key_result["id"].as_str().unwrap();
        for part in list(key_result, "parts") {
            for stage in list(part, "stages") {
                for line in list(stage, "lines") {
                    let text = |value: &Value| value.as_str().unwrap().to_owned();
                    lines.push((id.to_owned(), text(&part["part"]), text(&stage["metric"]), line));
                }
            }
        }
        for line in list(key_result, "existing_lines") {
            lines.push((
                id.to_owned(),
                String::new(),
                key_result["metric"].as_str().unwrap().to_owned(),
                line,
            ));
        }
    }
    lines
}

#[test]
fn what_is_written_is_what_the_schema_says() {
    let folder = tempfile::tempdir().unwrap();
    for (plan, arguments) in
        [(PLAN, &[][..]), (MIXED, &[][..]), (MIXED, &["--by", "quarter"]), (MIXED, &["--person", "bob"])]
    {
        let (document, _) = document(folder.path(), plan, arguments);
        fits_schema(&document);
    }
}

#[test]
fn the_schema_refuses_what_is_no_plan() {
    let folder = tempfile::tempdir().unwrap();
    let (document, _) = document(folder.path(), MIXED, &[]);
    let schema = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/plan-1.schema.json"));
    let validator = jsonschema::draft202012::new(&serde_json::from_str(&schema.unwrap()).unwrap()).unwrap();
    let mut other = document.clone();
    other["version"] = 2.into();
    assert!(!validator.is_valid(&other));
    let mut other = document.clone();
    other["objectives"][1]["key_results"][0]["parts"][0]["stages"][0]["lines"][0]["amount"] = "7".into();
    assert!(!validator.is_valid(&other));
    let mut other = document;
    other["objectives"][1]["surprise"] = true.into();
    assert!(!validator.is_valid(&other));
}

#[test]
fn it_holds_the_rows_of_the_table() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&[][..], &["--by", "month"], &["--person", "ann"]] {
        let (document, table) = document(folder.path(), MIXED, arguments);
        let mut in_table = BTreeSet::new();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        for row in reader.records() {
            let row = row.unwrap();
            let number = |cell: &str| cell.parse::<f64>().unwrap().to_string();
            let path = format!("{}.{}", &row[4], &row[5]);
            let cells = [&row[0], &row[1], &row[2], &row[3], &path, &row[6], &row[7], &row[8]].join("|");
            assert!(in_table.insert(format!("{cells}|{}|{}", number(&row[9]), number(&row[11]))));
        }
        let mut in_document = BTreeSet::new();
        for (path, part, metric, line) in lines(&document) {
            let text = |key: &str| line[key].as_str().unwrap_or_default();
            let cells =
                format!("{}|{}|{path}|{part}|{metric}|{}", text("person"), text("team"), text("kind"));
            for row in list(line, "rows") {
                let (start, end) = (row["start"].as_str().unwrap(), row["end"].as_str().unwrap());
                let number = |key: &str| row[key].as_f64().unwrap().to_string();
                assert!(in_document.insert(format!(
                    "{start}|{end}|{cells}|{}|{}",
                    number("amount"),
                    number("to_date")
                )));
            }
        }
        assert!(in_table.len() > 20);
        assert_eq!(in_table, in_document);
    }
}

#[test]
fn every_amount_has_its_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let (document, _) = document(folder.path(), MIXED, &[]);
    let goals = list(&document["objectives"][1], "key_results");
    let reasons = |value: &Value| -> Vec<String> {
        list(value, "reasons").iter().map(|reason| reason["reason"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(reasons(&goals[0]), ["new-amount", "account", "account", "target"]);
    for goal in &goals[..4] {
        assert!(!reasons(goal).is_empty(), "{goal}");
        for stage in list(goal, "parts").iter().flat_map(|part| list(part, "stages")) {
            assert!(reasons(stage).contains(&"window".to_owned()), "{stage}");
            for line in list(stage, "lines").iter().filter(|line| !line["person"].is_null()) {
                assert!(!reasons(line).is_empty(), "{line}");
            }
        }
    }
    let bob = lines(&document).into_iter().find(|(path, ..)| path == "o.alone").unwrap().3;
    assert_eq!(reasons(bob), ["owner", "ramp"]);
    assert_eq!(goals[0]["parts"][1]["stages"][1]["reasons"][0]["reason"], "stage-total");
    assert_eq!(goals[0]["parts"][1]["stages"][1]["reasons"][0]["line"], 11);
    assert_eq!(goals[4]["target"], Value::Null);
}

#[test]
fn numbers_are_exact_and_nothing_of_others_is_in_the_part_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let files = built(folder.path(), MIXED, &["--to", "json", "--person", "bob"]);
    let text = String::from_utf8(files["plan.json"].clone()).unwrap();
    assert!(text.contains(r#""existing":80026.664,"#), "{text}");
    assert!(text.contains(r#""new":919973.34,"#), "{text}");
    assert!(!text.contains(r#""person":"ann""#) && !text.contains(r#""id":"ann""#));
    assert!(!text.contains("ann has") && !text.contains("Acme"), "{text}");
}

#[test]
fn the_worked_example() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/five-visits/out/plan.json");
    let document: Value = serde_json::from_str(&fs::read_to_string(example).unwrap()).unwrap();
    fits_schema(&document);
    let goal = &document["objectives"][0]["key_results"][0];
    assert_eq!(goal["totals"], serde_json::json!({ "revenue": 1_000_000.0, "orders": 25, "visits": 500 }));
    for line in list(&goal["parts"][0]["stages"][2], "lines") {
        assert_eq!(line["pace"], 5);
        assert_eq!(line["amount"], 100);
        assert_eq!(line["working_days"], 22);
    }
}
