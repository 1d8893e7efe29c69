//! What is shown beside the text: hover, preview, and what commands answer.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::client::{Client, position, uri};

const PLAN: &str = r#"plan june "June" { period 2026-06; currency CNY }
metric revenue "营业额" { unit CNY }
metric orders
metric visits { kind activity }
team north "North" { person liu "刘 <b>&"; person chen }
funnel field {
  revenue <- orders 40k CNY each
  orders <- visits 1 in 20
}
objective win "Win <script>alert(1)</script> *the* `north`" {
  owner north; scope "dealers"
  key-result book "Book" { measure revenue 1M CNY by 2026-06-30; through field; share north evenly }
}
"#;

fn open(folder: &Path) -> (Client, String) {
    let path = folder.join("june.plan");
    fs::write(&path, PLAN).unwrap();
    let mut client = Client::on(folder);
    let uri = uri(&path);
    client.open(&uri, PLAN);
    (client, uri)
}

fn hover(client: &mut Client, uri: &str, what: &str, n: usize) -> String {
    let asked = json!({ "textDocument": { "uri": uri }, "position": position(PLAN, what, n) });
    client.ask("textDocument/hover", asked)["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn hover_says_what_a_line_comes_to_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, uri) = open(folder.path());
    let numbers = hover(&mut client, &uri, "1M CNY", 0);
    for said in [
        "1000000.00 CNY revenue in all for win.book",
        "25 orders in all",
        "500 visits in all",
        "june.plan:12",
        "june.plan:8",
    ] {
        assert!(numbers.contains(said), "{said}: {numbers}");
    }
    assert_eq!(hover(&mut client, &uri, "book", 0).split_once("\n\n").unwrap().1, numbers);
    let person = hover(&mut client, &uri, "liu", 0);
    assert!(person.starts_with("**person** `liu` — 刘 \\<b\\>\\&"), "{person}");
    assert!(person.contains("260 visits"), "{person}");
    let objective = hover(&mut client, &uri, "win", 0);
    assert!(objective.contains("\\<script\\>alert\\(1\\)\\</script\\> \\*the\\* \\`north\\`"), "{objective}");
    let keyword = hover(&mut client, &uri, "funnel", 0);
    assert!(
        keyword.contains("funnel NAME { … }") && keyword.contains("What one unit on the left"),
        "{keyword}"
    );
    let statement = hover(&mut client, &uri, "share", 0);
    assert!(statement.contains("share TEAM") && statement.contains("dealt out"), "{statement}");
    assert_eq!(hover(&mut client, &uri, "}", 0), "");
}

fn preview(client: &mut Client, uri: &str, person: Value) -> Value {
    let asked =
        json!({ "textDocument": { "uri": uri }, "position": position(PLAN, "book", 0), "person": person });
    client.ask("milepost/preview", asked)
}

#[test]
fn the_preview_is_harmless_and_leads_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, uri) = open(folder.path());
    let shown = preview(&mut client, &uri, Value::Null);
    assert_eq!((&shown["ok"], &shown["version"]), (&json!(true), &json!(1)));
    let html = shown["html"].as_str().unwrap();
    // Nothing but these elements and attributes, whatever the plan says.
    for piece in html.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap();
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        assert!(
            ["h1", "h2", "h3", "h4", "p", "small", "section", "table", "thead", "tbody", "tr", "th", "td"]
                .contains(&name),
            "{tag}"
        );
        for attribute in tag.split_whitespace().skip(1) {
            let name = attribute.split('=').next().unwrap();
            assert!(["class", "scope", "data-uri", "data-line"].contains(&name), "{tag}");
        }
    }
    assert!(html.contains("Win &lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    let link = |line: usize| format!("data-uri=\"{uri}\" data-line=\"{line}\"");
    for (line, amount) in [(11, "1,000,000"), (6, "25"), (7, "500")] {
        assert!(html.contains(&format!("{}>{amount}</td>", link(line))), "{line} {amount}: {html}");
    }
    // The first who works on it, on ten working days; the plan is over or has not begun.
    assert!(html.contains(&format!("<h2 {}>刘 &lt;b&gt;&amp;", link(4))), "{html}");
    assert_eq!(html.matches("<h4>").count(), 10);
    assert!(html.contains("<h4>2026-06-01 <small>Mon</small></h4>"), "{html}");
    let of_chen = preview(&mut client, &uri, json!("chen"));
    assert!(of_chen["html"].as_str().unwrap().contains(&format!("<h2 {}>chen", link(4))));
    // A line that is broken is not shown: what was there before stays.
    client.change(&uri, 2, json!([{ "text": PLAN.replace("1M CNY", "1M CNYY") }]));
    assert_eq!(preview(&mut client, &uri, Value::Null)["ok"], false);
    client.change(&uri, 3, json!([{ "text": "" }]));
    assert_eq!(preview(&mut client, &uri, Value::Null)["html"], "");
}

/// The command line, which is looked for beside the server; the tests of the whole workspace have built it already.
pub(crate) fn with_command_line() {
    let beside = Path::new(env!("CARGO_BIN_EXE_milepost-lsp")).with_file_name("milepost");
    if !beside.with_extension(std::env::consts::EXE_EXTENSION).is_file() {
        let cargo = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace", "--bin", "milepost"])
            .status();
        assert!(cargo.unwrap().success());
    }
}

#[test]
fn commands_do_what_the_command_line_does() {
    with_command_line();
    let folder = tempfile::tempdir().unwrap();
    let (mut client, uri) = open(folder.path());
    let mut run = |command: &str, about: Value| {
        client.ask("workspace/executeCommand", json!({ "command": command, "arguments": [about] }))
    };
    let built = run("milepost.build", json!({ "uri": uri }));
    assert_eq!(built["ok"], true, "{built}");
    for file in ["plan.csv", "plan.json", "calendar.ics", "calendar-liu.ics"] {
        assert!(built["files"].as_array().unwrap().contains(&json!(file)), "{built}");
        assert!(folder.path().join("out").join(file).is_file());
    }
    // Who gives it a token is told when it begins and ends.
    let asked = json!({ "command": "milepost.build", "arguments": [{ "uri": uri }], "workDoneToken": "t" });
    let progress = {
        client.ask("workspace/executeCommand", asked);
        ["begin", "end"].map(|kind| {
            client.wait(|said| said["method"] == "$/progress" && said["params"]["value"]["kind"] == kind)
        })
    };
    assert!(progress.iter().all(|said| said["params"]["token"] == "t"));
    let mut run = |command: &str, about: Value| {
        client.ask("workspace/executeCommand", json!({ "command": command, "arguments": [about] }))
    };
    let status = run("milepost.status", json!({ "uri": uri, "as_of": "2026-06-15" }));
    assert!(status.as_str().unwrap().contains("2026-06-15"), "{status}");
    let why = run("milepost.explain", json!({ "uri": uri, "position": position(PLAN, "through", 0) }));
    assert!(why.as_str().unwrap().contains("500 visits in all"), "{why}");
    let id = client.begin(
        "workspace/executeCommand",
        json!({ "command": "milepost.fly", "arguments": [{ "uri": uri }] }),
    );
    assert_eq!(client.answer(id)["error"]["code"], -32602);
}
