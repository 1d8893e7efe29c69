//! What names stand for: definition, references, rename.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use crate::client::{Client, applied, position, uri};

const PLAN: &str = r#"plan p { period 2026-Q1; currency CNY; calendar days }
calendar days { week mon..fri }
metric 订单 "orders"
metric visits
team north {
  person liu "刘" { field.first 1 in 15; role ae }
  person wang { role ae }
}
history past of 订单 { 2025-01 5 }
funnel field {
  first: 订单 <- visits 1 in 20 for 60%
  订单 <- visits 1 in 30 for 40%
}
pipeline deals of 订单 { stage offer 50%; deal a { amount 5; close 2026-02-01; stage offer; owner liu } }
objective top { owner north; key-result all { measure 订单 90; baseline past } }
objective win {
  owner north; supports top.all
  key-result book { measure 订单 90; through field; share north role ae evenly; baseline past; pin liu 30 }
}
smart { waive attainable.coverage on deals "why"; waive specific on win.book "why" }
"#;

/// Each name: how often it stands in the plan, and where it is declared (which time it stands there).
const NAMES: &[(&str, usize, usize)] = &[
    ("days", 2, 1),
    ("订单", 7, 0),
    ("visits", 3, 0),
    ("north", 4, 0),
    ("liu", 3, 0),
    ("wang", 1, 0),
    ("past", 3, 0),
    ("field", 3, 1),
    ("first", 2, 1),
    ("offer", 2, 0),
    ("ae", 3, 0),
    ("top", 2, 0),
    ("all", 2, 0),
    ("win", 2, 0),
    ("book", 2, 0),
    ("deals", 2, 0),
];

/// Where whole words are: `all` is no part of `visits all`.
fn places(text: &str, name: &str) -> Vec<Value> {
    let word = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '-');
    let mut places = Vec::new();
    for (seen, (at, _)) in text.match_indices(name).enumerate() {
        let (before, after) = (text[..at].chars().next_back(), text[at + name.len()..].chars().next());
        let quoted = before == Some('"');
        if !word(before) && !word(after) && !quoted {
            places.push(position(text, name, seen));
        }
    }
    places
}

fn starts(locations: &Value) -> Vec<Value> {
    let mut starts: Vec<Value> =
        locations.as_array().unwrap().iter().map(|found| found["range"]["start"].clone()).collect();
    starts.sort_by_key(|start| (start["line"].as_i64(), start["character"].as_i64()));
    starts
}

#[test]
fn every_name_leads_to_all_others() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("a.plan"));
    let mut client = Client::on(folder.path());
    client.open(&uri, PLAN);
    for (name, count, declared) in NAMES {
        let places = places(PLAN, name);
        assert_eq!(places.len(), *count, "{name}");
        for at in &places {
            let place = json!({ "textDocument": { "uri": uri }, "position": at });
            let found = client.ask("textDocument/definition", place.clone());
            assert_eq!(found["range"]["start"], places[*declared], "{name} at {at}");
            let mut asked = place.clone();
            asked["context"] = json!({ "includeDeclaration": true });
            assert_eq!(starts(&client.ask("textDocument/references", asked)), places, "{name} at {at}");
            assert_eq!(
                starts(&client.ask("textDocument/documentHighlight", place)),
                places,
                "{name} at {at}"
            );
        }
    }
}

/// Each name, renamed and renamed back, leaves the text as it was, and the plan without a new fault.
#[test]
fn rename_and_undo_is_identity() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("a.plan"));
    let mut client = Client::on(folder.path());
    client.open(&uri, PLAN);
    let said = client.diagnostics(&uri, Some(1)).len();
    let mut version = 1;
    for (name, count, _) in NAMES {
        for at in &places(PLAN, name) {
            let mut rename = |client: &mut Client, text: &str, at: &Value, new: &str| {
                let place = json!({ "textDocument": { "uri": uri }, "position": at });
                let range = client.ask("textDocument/prepareRename", place.clone());
                assert_eq!(range["start"], *at, "{name}");
                let mut asked = place;
                asked["newName"] = json!(new);
                let edit = client.ask("textDocument/rename", asked);
                let edits = &edit["changes"][&uri];
                assert_eq!(edits.as_array().unwrap().len(), *count, "{name}");
                let text = applied(text, edits);
                version += 1;
                client.change(&uri, version, json!([{ "text": text }]));
                assert_eq!(client.diagnostics(&uri, Some(version)).len(), said, "{name} to {new}: {text}");
                text
            };
            let renamed = rename(&mut client, PLAN, at, "另一个-2");
            let back = places(&renamed, "另一个-2")
                [places(PLAN, name).iter().position(|other| other == at).unwrap()]
            .clone();
            assert_eq!(rename(&mut client, &renamed, &back, name), PLAN);
        }
    }
}

#[test]
fn names_that_cannot_be_taken_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("a.plan"));
    let mut client = Client::on(folder.path());
    client.open(&uri, PLAN);
    let at = position(PLAN, "liu", 0);
    for (new, said) in [
        ("wang", "already something named `wang`"),
        ("north", "already"),
        ("5x", "is no name"),
        ("", "is no name"),
    ] {
        let id = client.begin(
            "textDocument/rename",
            json!({ "textDocument": { "uri": uri }, "position": at, "newName": new }),
        );
        let answer = client.answer(id);
        assert!(answer["error"]["message"].as_str().unwrap().contains(said), "{new}: {answer}");
    }
    let nowhere = json!({ "textDocument": { "uri": uri }, "position": position(PLAN, "period", 0) });
    assert!(client.ask("textDocument/prepareRename", nowhere).is_null());
}

/// Somebody in a file that two plans take in is renamed in all three.
#[test]
fn rename_reaches_every_plan() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let files: BTreeMap<&str, &str> = [
        ("a.plan", "plan a { period 2026-Q1; include \"shared/people.plan\" }\nobjective o { owner liu }\n"),
        (
            "b.plan",
            "plan b { period 2026-Q1 }\ninclude \"shared/people.plan\"\nobjective o { owner liu, wang }\n",
        ),
        ("shared/people.plan", "person liu\nperson wang\n"),
    ]
    .into();
    fs::create_dir(path("shared")).unwrap();
    for (name, text) in &files {
        fs::write(path(name), text).unwrap();
    }
    let mut client = Client::on(folder.path());
    let people = uri(&path("shared/people.plan"));
    client.open(&people, files["shared/people.plan"]);
    let edit = client.ask(
        "textDocument/rename",
        json!({ "textDocument": { "uri": people }, "position": { "line": 0, "character": 8 }, "newName": "chen" }),
    );
    for (name, text) in &files {
        let edits = &edit["changes"][uri(&path(name))];
        assert_eq!(applied(text, edits), text.replace("liu", "chen"), "{name}");
    }
}
