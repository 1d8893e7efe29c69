//! Each request once, as it goes over the wire; what the answers hold is tested where it is made.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, applied, position, uri};

const PLAN: &str = r#"plan june "June" { period 2026-06; currency CNY
  include "people.plan" }
# What is counted,
# and how.
metric revenue { unit CNY }
metric orders
metric visits { kind activity }
history past of revenue from "past.csv" { date "Day"; amount "Amount" }
funnel field {
  revenue <- orders 40k CNY each
  orders <- visits 1 in 20
}
objective win "Win 北方 😀" {
  owner north; scope "dealers"
  key-result book { measure revenue 1M CNY by 2026-06-30; through field; share north evenly }
}
"#;

const PEOPLE: &str = "team north { person liu \"刘\"; person chen }\n";

fn open(folder: &Path) -> (Client, String) {
    fs::write(folder.join("june.plan"), PLAN).unwrap();
    fs::write(folder.join("people.plan"), PEOPLE).unwrap();
    fs::write(folder.join("past.csv"), "Day,Amount\n2025-06,900000\n").unwrap();
    let capabilities = json!({
        "textDocument": {
            "publishDiagnostics": {},
            "completion": { "completionItem": { "snippetSupport": true } },
        },
    });
    let (mut client, _) = Client::with(folder, capabilities, json!({ "preview": true }));
    let uri = uri(&folder.join("june.plan"));
    client.open(&uri, PLAN);
    (client, uri)
}

fn about(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}

fn whole() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } })
}

#[test]
fn completion_and_what_there_is_to_say_of_an_item() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, uri) = open(folder.path());
    let mut asked = about(&uri);
    asked["position"] = position(PLAN, "north evenly", 0);
    let list = client.ask("textDocument/completion", asked.clone());
    let items = list["items"].as_array().unwrap();
    let north = items.iter().find(|item| item["label"] == "north").unwrap_or_else(|| panic!("{list}"));
    assert_eq!(north["textEdit"]["newText"], "north");
    let described = client.ask("completionItem/resolve", north.clone());
    assert!(described["documentation"]["value"].is_string(), "{described}");
    // A snippet for who can fill it in.
    client.change(&uri, 2, json!([{ "text": format!("{PLAN}fun") }]));
    asked["position"] = json!({ "line": 16, "character": 3 });
    let list = client.ask("textDocument/completion", asked);
    let funnel = list["items"].as_array().unwrap().iter().find(|item| item["label"] == "funnel").unwrap();
    assert_eq!(funnel["insertTextFormat"], 2);
    assert!(funnel["textEdit"]["newText"].as_str().unwrap().contains("${1:name}"), "{funnel}");
}

#[test]
fn symbols_of_a_text_and_of_all_plans() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, uri) = open(folder.path());
    fs::write(folder.path().join("other.plan"), "plan other { period 2026-07 }\nmetric northern-lights\n")
        .unwrap();
    let shown = client.ask("textDocument/documentSymbol", about(&uri));
    let names: Vec<&str> =
        shown.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["june", "revenue", "orders", "visits", "past", "field", "win"]);
    assert_eq!(shown[6]["children"][0]["name"], "book");
    client.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": crate::client::uri(&folder.path().join("other.plan")), "type": 1 }] }),
    );
    let found = client.ask("workspace/symbol", json!({ "query": "north" }));
    let found: Vec<&str> =
        found.as_array().unwrap().iter().map(|symbol| symbol["location"]["uri"].as_str().unwrap()).collect();
    assert!(found.iter().any(|uri| uri.ends_with("people.plan")), "{found:?}");
    assert!(found.iter().any(|uri| uri.ends_with("other.plan")), "{found:?}");
}

#[test]
fn colours_whole_in_part_and_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, uri) = open(folder.path());
    let full = client.ask("textDocument/semanticTokens/full", about(&uri));
    let tokens = full["data"].as_array().unwrap().clone();
    assert_eq!(tokens.len() % 5, 0);
    assert_eq!(tokens[..5], [json!(0), json!(0), json!(4), json!(0), json!(0)], "`plan` is a keyword");
    client.change(
        &uri,
        2,
        json!([{ "text": PLAN.replace("metric orders", "metric orders { kind outcome }") }]),
    );
    let mut asked = about(&uri);
    asked["previousResultId"] = full["resultId"].clone();
    let delta = client.ask("textDocument/semanticTokens/full/delta", asked.clone());
    let edit = &delta["edits"][0];
    let number = |name: &str| edit[name].as_u64().unwrap() as usize;
    let mut patched = tokens;
    patched.splice(
        number("start")..number("start") + number("deleteCount"),
        edit["data"].as_array().unwrap().clone(),
    );
    let anew = client.ask("textDocument/semanticTokens/full", about(&uri));
    assert_eq!(json!(patched), anew["data"]);
    // A number that nobody knows brings all of them.
    let delta = client.ask("textDocument/semanticTokens/full/delta", asked);
    assert_eq!(delta["data"], anew["data"]);
    let mut part = about(&uri);
    part["range"] = whole();
    assert_eq!(client.ask("textDocument/semanticTokens/range", part.clone())["data"], anew["data"]);
    part["range"]["start"]["line"] = json!(12);
    let of_part = client.ask("textDocument/semanticTokens/range", part)["data"].as_array().unwrap().len();
    assert!(of_part > 0 && of_part < patched.len());
}

#[test]
fn hints_and_lenses_say_what_it_comes_to() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, uri) = open(folder.path());
    let mut asked = about(&uri);
    asked["range"] = whole();
    let hints = client.ask("textDocument/inlayHint", asked);
    let hints: Vec<&str> =
        hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
    assert!(hints.iter().any(|hint| hint.contains("25 orders")), "{hints:?}");
    let lenses = client.ask("textDocument/codeLens", about(&uri));
    let lens = lenses.as_array().unwrap().last().unwrap().clone();
    let shown = client.ask("codeLens/resolve", lens);
    assert_eq!(shown["command"]["command"], "milepost.preview");
    assert!(shown["command"]["title"].as_str().unwrap().contains("visits"), "{shown}");
}

/// Formatting makes what `fmt` makes, whatever the size of a tab is said to be, and of a part only that part.
#[test]
fn formatting_is_that_of_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, uri) = open(folder.path());
    let untidy = PLAN
        .replace("  owner", "\t\towner")
        .replace("metric orders", "metric   orders")
        .replace("; through", "；through");
    client.change(&uri, 2, json!([{ "text": untidy }]));
    for (size, spaces) in [(2, true), (8, false)] {
        let mut asked = about(&uri);
        asked["options"] = json!({ "tabSize": size, "insertSpaces": spaces });
        let edits = client.ask("textDocument/formatting", asked.clone());
        assert_eq!(applied(&untidy, &edits), milepost_grammar::format(&untidy));
        asked["range"] =
            json!({ "start": { "line": 4, "character": 0 }, "end": { "line": 6, "character": 0 } });
        let edits = client.ask("textDocument/rangeFormatting", asked);
        assert_eq!(applied(&untidy, &edits), untidy.replace("metric   orders", "metric orders"));
    }
}

#[test]
fn the_shape_of_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, uri) = open(folder.path());
    let folds = client.ask("textDocument/foldingRange", about(&uri));
    let lines: Vec<(u64, u64)> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| (fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap()))
        .collect();
    assert!(lines.contains(&(2, 3)), "comments: {lines:?}");
    assert!(
        lines.iter().any(|(start, _)| *start == 8) && lines.iter().any(|(start, _)| *start == 12),
        "{lines:?}"
    );
    let mut asked = about(&uri);
    asked["positions"] = json!([position(PLAN, "1M", 0)]);
    let mut selection = client.ask("textDocument/selectionRange", asked)[0].clone();
    let mut grown = 0;
    while !selection.is_null() {
        grown += 1;
        selection = selection["parent"].take();
    }
    assert!(grown >= 5, "{grown}");
    let links = client.ask("textDocument/documentLink", about(&uri));
    let targets: Vec<&str> =
        links.as_array().unwrap().iter().map(|link| link["target"].as_str().unwrap()).collect();
    let target = |name: &str| crate::client::uri(&folder.path().join(name));
    assert_eq!(targets, [target("people.plan"), target("past.csv")]);
}

/// A text that is no file, in no workspace, and one that was never opened.
#[test]
fn texts_without_a_file_are_answered_too() {
    let mut client = Client::start();
    let id = client.begin("initialize", json!({ "capabilities": {}, "processId": null, "rootUri": null }));
    client.answer(id);
    client.tell("initialized", json!({}));
    let uri = "untitled:Untitled-1";
    client.open(uri, PLAN);
    let mut asked = about(uri);
    asked["position"] = position(PLAN, "revenue", 1);
    assert!(
        client.ask("textDocument/hover", asked)["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("metric revenue")
    );
    assert_eq!(client.ask("textDocument/documentSymbol", about(uri)).as_array().unwrap().len(), 7);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), PLAN).unwrap();
    let never = crate::client::uri(&folder.path().join("a.plan"));
    assert_eq!(client.ask("textDocument/documentSymbol", about(&never)).as_array().unwrap().len(), 7);
}
