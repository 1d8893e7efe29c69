//! What is said of plans while they are typed.

use std::fs;

use serde_json::{Value, json};

use crate::client::{Client, position, uri};

/// The codes of what is said.
fn codes(said: &[Value]) -> Vec<&str> {
    said.iter().map(|said| said["code"].as_str().unwrap()).collect()
}

#[test]
fn what_is_typed_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("a.plan"));
    let mut client = Client::on(folder.path());
    let text = "plan p { period 2026-Q1 }\nmetric visits\nobjective o { key-result k { measure visit 5 } }\n";
    client.open(&uri, text);
    let said = client.diagnostics(&uri, Some(1));
    assert_eq!(codes(&said), ["name::unknown"]);
    assert_eq!(said[0]["severity"], 1);
    assert_eq!(said[0]["source"], "milepost");
    let start = position(text, "visit ", 0);
    assert_eq!(said[0]["range"]["start"], start);
    assert!(said[0]["message"].as_str().unwrap().contains("help: did you mean `visits`?"), "{said:?}");
    // The fix that is offered, applied.
    let action = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": uri }, "range": { "start": start, "end": start }, "context": { "diagnostics": [] } }),
    );
    let edit = &action[0]["edit"]["changes"][&uri][0];
    client.change(&uri, 2, json!([{ "range": edit["range"], "text": edit["newText"] }]));
    let said = client.diagnostics(&uri, Some(2));
    assert!(!codes(&said).contains(&"name::unknown"), "{said:?}");
    assert!(codes(&said).iter().all(|code| code.starts_with("smart::")), "{said:?}");
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert!(client.diagnostics(&uri, None).is_empty(), "a text that is gone has no faults");
}

/// A plan of two files, of which one is not saved, and another plan that takes one of them in.
#[test]
fn files_are_seen_as_they_are_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(
        path("a.plan"),
        "plan a { period 2026-Q1; include \"people.plan\" }\nobjective o { owner liu }\n",
    )
    .unwrap();
    fs::write(
        path("b.plan"),
        "plan b { period 2026-Q1 }\ninclude \"people.plan\"\nobjective o { owner wang }\n",
    )
    .unwrap();
    fs::write(path("people.plan"), "person liu\nperson wang\n").unwrap();
    let mut client = Client::on(folder.path());
    let people = uri(&path("people.plan"));
    client.open(&people, "person liu\nperson wang\n");
    assert!(codes(&client.diagnostics(&people, Some(1))).is_empty());
    // Whoever is renamed in it is missed by the plan that names them, which is not open.
    client.change(&people, 2, json!([{ "text": "person liu\nperson zhang\n" }]));
    let b = uri(&path("b.plan"));
    while !codes(&client.diagnostics(&b, None)).contains(&"name::unknown") {}
    // What changes on disk counts where it is not open.
    fs::write(
        path("b.plan"),
        "plan b { period 2026-Q1 }\ninclude \"people.plan\"\nobjective o { owner zhang }\n",
    )
    .unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": b, "type": 2 }] }));
    while codes(&client.diagnostics(&b, None)).contains(&"name::unknown") {}
}

/// A part of a plan that nobody knows is not blamed for what the rest would declare.
#[test]
fn a_part_by_itself_is_read_for_its_own_faults() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("part.plan"));
    let mut client = Client::on(folder.path());
    client.open(&uri, "objective o { owner somebody; supprts x }\n");
    assert_eq!(codes(&client.diagnostics(&uri, Some(1))), ["syntax::unknown-statement"]);
    let loose = "untitled:Untitled-1";
    client.open(loose, "plan p { period 2026-Q1 }\nobjective o { owner nobody }\n");
    assert!(codes(&client.diagnostics(loose, Some(1))).contains(&"name::unknown"));
}

/// A client that asks for diagnostics is not sent them as well.
#[test]
fn diagnostics_can_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.plan");
    fs::write(&path, "plan p { period 2026-Q1 }\n").unwrap();
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let (mut client, answer) = Client::with(folder.path(), capabilities, Value::Null);
    assert!(answer["capabilities"]["diagnosticProvider"]["interFileDependencies"].as_bool().unwrap());
    let uri = uri(&path);
    client.open(&uri, "plan p { period 2026-Q1 }\nperson p\nperson p\n");
    let report = client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(codes(report["items"].as_array().unwrap()), ["name::duplicate"]);
    let report = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(report["items"][0]["items"][0]["code"], "name::duplicate");
    let sent = client.wait_for(std::time::Duration::from_millis(100), |message| {
        message["method"] == "textDocument/publishDiagnostics"
    });
    assert_eq!(sent, None);
    let both = json!({ "textDocument": { "diagnostic": {}, "publishDiagnostics": {} } });
    let (_, answer) = Client::with(folder.path(), both, Value::Null);
    assert!(answer["capabilities"].get("diagnosticProvider").is_none());
}

/// All examples, as they are: nothing is said but what `milepost check` says.
#[test]
fn examples_say_what_check_says() {
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut client = Client::on(&examples);
    let mut plans = 0;
    for entry in fs::read_dir(&examples).unwrap() {
        let folder = entry.unwrap().path();
        for file in fs::read_dir(&folder).into_iter().flatten() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "plan") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            if !milepost_lsp::documents::declares_plan(&text) {
                continue;
            }
            let (world, name) = milepost::disk::DiskWorld::open(path.to_str().unwrap(), false).unwrap();
            let checked = milepost::compile::check(&world, &name, None);
            let own = checked.diagnostics.iter().filter(|said| checked.sources.locate(said.place).0.0 == 0);
            let expected: Vec<&str> = own.map(|said| said.message.code()).collect();
            let uri = uri(&path.canonicalize().unwrap());
            client.open(&uri, &text);
            let said = client.diagnostics(&uri, Some(1));
            assert_eq!(codes(&said), expected, "{}", path.display());
            plans += 1;
        }
    }
    assert!(plans > 10, "{plans} plans");
}

/// Folders that come and go: a part belongs to the plan that takes it in, wherever in the workspace that is.
#[test]
fn folders_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["one", "two/deep"] {
        fs::create_dir_all(path(name)).unwrap();
        fs::create_dir_all(path(name).join(".git")).unwrap();
    }
    fs::write(path("two/deep/a.plan"), "plan a { period 2026-Q1 }\ninclude \"parts/goals.plan\"\n").unwrap();
    fs::create_dir_all(path("two/deep/parts/of/it")).unwrap();
    let part = path("two/deep/parts/goals.plan");
    let text = "objective o { owner nobody }\n";
    fs::write(&part, text).unwrap();
    let mut client = Client::on(&path("one"));
    let uri = uri(&part);
    let two = json!({ "uri": crate::client::uri(&path("two")), "name": "two" });
    client.tell("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": [two], "removed": [] } }));
    client.open(&uri, text);
    assert!(codes(&client.diagnostics(&uri, Some(1))).contains(&"name::unknown"));
    // Two plans of one workspace, each with its own names.
    fs::write(path("one/b.plan"), "plan b { period 2026-Q2 }\nteam nobody\n").unwrap();
    let b = crate::client::uri(&path("one/b.plan"));
    client.open(&b, "plan b { period 2026-Q2 }\nteam nobody\nobjective o { owner nobody }\n");
    assert!(!codes(&client.diagnostics(&b, Some(1))).contains(&"name::unknown"));
}

/// All that can be mended at once, for an editor that does so on saving.
#[test]
fn all_is_mended_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("a.plan"));
    let mut client = Client::on(folder.path());
    let text = "plan p { period 2026-Q1 }\nmetric visits\nperson liu\nobjective o { owner lui; key-result k { measure visit 5 } }\n";
    client.open(&uri, text);
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let mut asked =
        json!({ "textDocument": { "uri": uri }, "range": whole, "context": { "diagnostics": [] } });
    let listed = client.ask("textDocument/codeAction", asked.clone());
    assert!(listed.as_array().unwrap().iter().all(|action| action["kind"] == "quickfix"), "{listed}");
    asked["context"]["only"] = json!(["source.fixAll"]);
    let actions = client.ask("textDocument/codeAction", asked);
    assert_eq!(actions.as_array().unwrap().len(), 1);
    let edits = actions[0]["edit"]["changes"][&uri].as_array().unwrap();
    let texts: Vec<&str> = edits.iter().map(|edit| edit["newText"].as_str().unwrap()).collect();
    assert!(texts.contains(&"liu") && texts.contains(&"visits"), "{texts:?}");
    // From the end, so that each is where it says.
    let changes: Vec<Value> =
        edits.iter().rev().map(|edit| json!({ "range": edit["range"], "text": edit["newText"] })).collect();
    client.change(&uri, 2, json!(changes));
    let said = client.diagnostics(&uri, Some(2));
    assert!(!codes(&said).contains(&"name::unknown"), "{said:?}");
}
