//! What real editors said, said again: `editors/record.sh` wrote it down, `editors/recorded.py` made a file of it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, uri};

/// Copies the plans that the editors were shown.
fn plans(folder: &Path) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../editors/vscode/e2e/workspace");
    for entry in fs::read_dir(workspace).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// Every request of the record is answered, and what each editor can do is made use of.
fn said_again(editor: &str) -> (Value, Vec<String>) {
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recorded/{editor}.jsonl"));
    let folder = tempfile::tempdir().unwrap();
    plans(folder.path());
    let here = folder.path().to_str().unwrap();
    let mut client = Client::start();
    let mut capabilities = Value::Null;
    let mut asked = Vec::new();
    for line in fs::read_to_string(record).unwrap().lines() {
        let message: Value = serde_json::from_str(&line.replace("/plans", here)).unwrap();
        let method = message["method"].as_str().unwrap().to_owned();
        if method == "exit" {
            continue;
        }
        client.send(&message);
        let Some(id) = message.get("id") else { continue };
        let answer = client.wait(|answer| answer.get("method").is_none() && answer["id"] == *id);
        assert!(answer.get("error").is_none(), "{editor}: {message}: {answer}");
        if method == "initialize" {
            capabilities = answer["result"]["capabilities"].clone();
        }
        asked.push(method);
    }
    (capabilities, asked)
}

#[test]
fn editors_are_answered_as_they_ask() {
    for (editor, encoding, opened) in [
        ("vscode", "utf-16", "textDocument/hover"),
        ("neovim", "utf-8", "textDocument/hover"),
        ("emacs", "utf-16", "textDocument/hover"),
    ] {
        let (capabilities, asked) = said_again(editor);
        assert_eq!(capabilities["positionEncoding"], encoding, "{editor}");
        // All of them take diagnostics as they come.
        assert!(capabilities.get("diagnosticProvider").is_none(), "{editor}");
        assert!(asked.iter().any(|method| method == opened), "{editor}: {asked:?}");
        assert!(asked.len() >= 4, "{editor}: {asked:?}");
    }
}

/// An editor that says nothing of itself is offered what every editor can do.
#[test]
fn an_editor_that_says_nothing_is_served() {
    let folder = tempfile::tempdir().unwrap();
    plans(folder.path());
    let (mut client, answer) = Client::with(folder.path(), json!({}), Value::Null);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    let path = folder.path().join("june.plan");
    client.open(&uri(&path), &fs::read_to_string(&path).unwrap());
    assert!(client.diagnostics(&uri(&path), Some(1)).len() < 3);
}
