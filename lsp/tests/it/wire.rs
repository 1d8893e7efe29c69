//! The traps of the wire: order, cancellation, ends, and what a client says at the wrong time.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, position, uri};

const PLAN: &str = "plan p { period 2026-Q1 }\nmetric visits \"round 0\"\n";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// 3,000 messages, an edit and a question by turns: each answer is about the text as it was then.
#[test]
fn a_question_sees_exactly_the_edits_before_it() {
    let folder = folder();
    let uri = uri(&folder.path().join("a.plan"));
    let mut client = Client::on(folder.path());
    client.open(&uri, PLAN);
    let mut asked = Vec::new();
    let mut before = PLAN.to_owned();
    for round in 1..=1_500_i64 {
        let start = position(&before, "round", 0);
        let mut end = position(&before, "\"\n", 0);
        end["character"] = json!(end["character"].as_i64().unwrap());
        let text = format!("round {round}");
        client.change(&uri, round + 1, json!([{ "range": { "start": start, "end": end }, "text": text }]));
        before = PLAN.replace("round 0", &text);
        let at = position(&before, "visits", 0);
        let id =
            client.begin("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": at }));
        asked.push((id, text));
    }
    for (id, text) in asked {
        let answer = client.answer(id);
        let shown = answer["result"]["contents"]["value"].as_str().unwrap_or_else(|| panic!("{answer}"));
        assert!(shown.contains(&format!("— {text}\n")), "{text}: {shown}");
    }
}

#[test]
fn exit_ends_it_though_the_input_stays_open() {
    let folder = folder();
    let mut client = Client::on(folder.path());
    client.ask("shutdown", Value::Null);
    client.tell("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
    let mut client = Client::on(folder.path());
    client.tell("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(1), "nobody said shutdown");
}

#[test]
fn the_end_of_the_input_ends_it() {
    let folder = folder();
    let mut client = Client::on(folder.path());
    let uri = uri(&folder.path().join("a.plan"));
    client.open(&uri, PLAN);
    client.hang_up();
    assert!(client.exit_code().is_some());
    let mut client = Client::start();
    client.hang_up();
    assert!(client.exit_code().is_some());
}

/// So much stands before a cancelled question that it cannot have been answered yet.
#[test]
fn a_cancelled_question_is_answered_at_once() {
    let folder = folder();
    let uri = uri(&folder.path().join("a.plan"));
    let mut client = Client::on(folder.path());
    let people: String = (0..4_000).map(|n| format!("person p{n}\nmetric m{n}\n")).collect();
    client.open(&uri, &format!("{PLAN}{people}"));
    let mut asked = Vec::new();
    for round in 0..40 {
        // The period is another one each time, so that all of the plan has to be made anew.
        let plan = PLAN.replace("2026-Q1", &format!("2026-Q{}", round % 4 + 1));
        client.change(&uri, round + 2, json!([{ "text": format!("{plan}{people}") }]));
        let at = json!({ "line": 1, "character": 9 });
        asked.push(
            client.begin("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": at })),
        );
    }
    let last = asked.pop().unwrap();
    client.tell("$/cancelRequest", json!({ "id": last }));
    let first = client.wait(|message| message.get("method").is_none() && message.get("id").is_some());
    // Whatever was answered before, the cancelled one does not stand behind all others.
    let mut answers = vec![first];
    while answers.last().unwrap()["id"] != json!(last) {
        answers.push(client.wait(|message| message.get("method").is_none()));
    }
    assert_eq!(answers.last().unwrap()["error"]["code"], -32800, "{:?}", answers.last());
    assert!(answers.len() < asked.len(), "{} answers came before", answers.len() - 1);
    for id in asked {
        if !answers.iter().any(|answer| answer["id"] == json!(id)) {
            assert!(client.answer(id).get("error").is_none());
        }
    }
}

/// The server waits for an answer of the client, and more arrives than any queue holds.
#[test]
fn a_client_that_does_not_answer_holds_nothing_up() {
    let folder = folder();
    let uri = uri(&folder.path().join("a.plan"));
    let capabilities = json!({
        "textDocument": { "publishDiagnostics": {} },
        "workspace": {
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "inlayHint": { "refreshSupport": true },
        },
    });
    let (mut client, _) = Client::with(folder.path(), capabilities, Value::Null);
    let asked = client.wait(|message| message["method"] == "client/registerCapability");
    client.open(&uri, PLAN);
    for round in 0..300 {
        client.change(&uri, round + 2, json!([{ "text": format!("{PLAN}# {round}\n") }]));
    }
    assert!(client.diagnostics(&uri, Some(301)).is_empty());
    let at = json!({ "line": 1, "character": 9 });
    let place = json!({ "textDocument": { "uri": uri }, "position": at });
    client.ask("textDocument/hover", place.clone());
    // At last; and an answer to something that nobody asked.
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    client.send(&json!({ "jsonrpc": "2.0", "id": 4711, "result": null }));
    assert!(client.ask("textDocument/hover", place).is_object());
}

/// What is no message, or comes at the wrong time, is answered with an error or passed over.
#[test]
fn wrong_messages_do_no_harm() {
    let folder = folder();
    let uri = uri(&folder.path().join("a.plan"));
    let mut client = Client::start();
    let place = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
    let early = client.begin("textDocument/hover", place.clone());
    assert_eq!(client.answer(early)["error"]["code"], -32002);
    let id = client.begin("initialize", json!({ "capabilities": {}, "processId": null, "rootUri": null }));
    assert!(client.answer(id)["result"].is_object());
    client.tell("initialized", json!({}));
    client.tell("textDocument/didChange", json!({ "nothing": 1 }));
    client.change(&uri, 2, json!([{ "text": "never opened" }]));
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    client.tell("$/cancelRequest", json!({ "id": 99 }));
    client.tell("$/unknown", json!({}));
    let unknown = client.begin("textDocument/fly", json!({}));
    assert_eq!(client.answer(unknown)["error"]["code"], -32601);
    let wrong = client.begin("textDocument/hover", json!({ "textDocument": 5 }));
    assert_eq!(client.answer(wrong)["error"]["code"], -32602);
    client.open(&uri, PLAN);
    let past = json!({ "textDocument": { "uri": uri }, "position": { "line": 900, "character": 900 } });
    assert!(client.ask("textDocument/hover", past).is_null());
    let range = json!({ "start": { "line": 1, "character": 7 }, "end": { "line": 0, "character": 3 } });
    client.change(&uri, 2, json!([{ "range": range, "text": "turned round" }]));
    client.change(&uri, 3, json!([{ "text": PLAN }]));
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 9 } });
    assert!(client.ask("textDocument/hover", at).is_object());
}

/// Two editors agree with the server on how columns are counted.
#[test]
fn columns_are_counted_as_the_client_counts() {
    let folder = folder();
    let uri = uri(&folder.path().join("a.plan"));
    let text = "plan p { period 2026-Q1 }\nmetric 拜访 \"😀\" { unit nope5 nope }\n";
    for (encodings, start) in [(json!(["utf-16"]), 23), (json!(["utf-8", "utf-16"]), 29), (Value::Null, 23)] {
        let mut capabilities = json!({ "textDocument": { "publishDiagnostics": {} } });
        if !encodings.is_null() {
            capabilities["general"] = json!({ "positionEncodings": encodings });
        }
        let (mut client, answer) = Client::with(folder.path(), capabilities, Value::Null);
        let expected = if start == 29 { "utf-8" } else { "utf-16" };
        assert_eq!(answer["capabilities"]["positionEncoding"], expected);
        client.open(&uri, text);
        let said = client.diagnostics(&uri, Some(1));
        let found = said.iter().find(|said| said["range"]["start"]["line"] == 1).unwrap();
        let column = found["range"]["start"]["character"].as_i64().unwrap();
        assert!(column >= start, "{found}");
        // A letter behind the emoji is replaced.
        let at = if start == 29 { 25 } else { 19 };
        let range = json!({ "start": { "line": 1, "character": at }, "end": { "line": 1, "character": at } });
        client.change(&uri, 2, json!([{ "range": range, "text": "" }]));
        client.diagnostics(&uri, Some(2));
    }
    assert!(Client::start().wait_for(Duration::from_millis(50), |_| true).is_none());
}
