//! A plan compared with an earlier version of it, in real repositories.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::client::{Client, position, uri};

const PLAN: &str = r#"plan june "June" { period 2026-06; currency CNY; include "people.plan" }
metric revenue { unit CNY; kind outcome }
metric visits { kind activity }
funnel field { revenue <- visits 2k CNY each }
objective win {
  owner north
  key-result book { measure revenue 200k CNY by 2026-06-30; through field; share north evenly }
}
"#;

const PEOPLE: &str = "team north { person liu; person chen }\n";

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]);
    command.args(["-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", folder);
    let done = command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "plans"]);
}

/// A repository with the plan in `plans`, in its first commit.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "-q"]);
    let plans = folder.path().join("plans");
    fs::create_dir(&plans).unwrap();
    fs::write(plans.join("june.plan"), PLAN).unwrap();
    fs::write(plans.join("people.plan"), PEOPLE).unwrap();
    commit(folder.path());
    folder
}

fn asked(about: Value) -> Value {
    json!({ "command": "milepost.diff", "arguments": [about] })
}

fn diff(client: &mut Client, about: Value) -> Value {
    client.ask("workspace/executeCommand", asked(about))
}

/// What is said where nothing can be compared.
fn refused(client: &mut Client, about: Value) -> String {
    let answer = diff(client, about);
    assert_eq!((&answer["ok"], &answer["changed"]), (&json!(false), &json!(false)), "{answer}");
    assert_eq!(answer["markdown"], "");
    answer["said"].as_str().unwrap().to_owned()
}

/// What the command line says of the plan on disk.
fn command_line(folder: &Path) -> String {
    crate::shown::with_command_line();
    let milepost = Path::new(env!("CARGO_BIN_EXE_milepost-lsp"))
        .with_file_name("milepost")
        .with_extension(std::env::consts::EXE_EXTENSION);
    let said = Command::new(milepost)
        .args(["diff", "--format", "markdown", "--", "plans/june.plan"])
        .current_dir(folder)
        .output()
        .unwrap();
    String::from_utf8(said.stdout).unwrap()
}

#[test]
fn what_is_typed_is_compared_with_what_was_committed() {
    let folder = repository();
    let file = folder.path().join("plans/june.plan");
    let people = folder.path().join("plans/people.plan");
    let mut client = Client::on(folder.path());
    let (june, north) = (uri(&file), uri(&people));
    client.open(&june, PLAN);
    let same = diff(&mut client, json!({ "uri": june }));
    assert_eq!((&same["ok"], &same["changed"], &same["said"]), (&json!(true), &json!(false), &json!("")));
    assert_eq!(same["markdown"], command_line(folder.path()));

    // Neither text is saved; the plan is asked for by a file that it takes in.
    client.change(&june, 2, json!([{ "text": PLAN.replace("200k", "400k") }]));
    client.open(&north, &PEOPLE.replace("chen }", "chen; person wang }"));
    let edited = diff(&mut client, json!({ "uri": north }));
    assert_eq!(edited["changed"], true);
    let shown = edited["markdown"].as_str().unwrap();
    assert!(shown.contains("`HEAD:plans/june.plan` → `plans/june.plan`\n"), "{shown}");
    assert!(shown.contains("400,000") && shown.contains("`wang`"), "{shown}");

    // Saved, it is what the command line says of it.
    fs::write(&file, PLAN.replace("200k", "400k")).unwrap();
    fs::write(&people, PEOPLE.replace("chen }", "chen; person wang }")).unwrap();
    assert_eq!(shown, command_line(folder.path()));

    // Committed, it is what there was before.
    commit(folder.path());
    assert_eq!(diff(&mut client, json!({ "uri": june }))["changed"], false);
    let earlier = diff(&mut client, json!({ "uri": june, "revision": "HEAD~1" }));
    assert_eq!(earlier["markdown"], shown.replace("`HEAD:", "`HEAD~1:"));
    assert_eq!(refused(&mut client, json!({ "uri": june, "revision": "v9" })), "there is no revision `v9`");
    assert_eq!(
        refused(&mut client, json!({ "uri": june, "revision": "--help" })),
        "there is no revision `--help`"
    );
}

#[test]
fn what_is_new_or_renamed_is_compared_too() {
    let folder = repository();
    let file = folder.path().join("plans/july.plan");
    let mut client = Client::on(folder.path());
    // No more than a text in the editor that is to be a file.
    client.open(&uri(&file), &PLAN.replace("june", "july"));
    let new = diff(&mut client, json!({ "uri": uri(&file) }));
    assert_eq!((&new["ok"], &new["changed"]), (&json!(true), &json!(true)), "{new}");
    assert_eq!(new["said"], "there is no `plans/july.plan` at `HEAD`: all of it is new");
    assert!(new["markdown"].as_str().unwrap().contains("`win.book` is new"), "{new}");
    git(folder.path(), &["mv", "plans/june.plan", "plans/july.plan"]);
    let renamed = diff(&mut client, json!({ "uri": uri(&file) }));
    let shown = renamed["markdown"].as_str().unwrap();
    assert_eq!(renamed["said"], "");
    assert!(shown.contains("`HEAD:plans/june.plan` → `plans/july.plan`"), "{shown}");
}

#[test]
fn why_nothing_can_be_compared_is_said() {
    let bare = tempfile::tempdir().unwrap();
    let file = bare.path().join("june.plan");
    let june = uri(&file);
    fs::write(&file, PLAN).unwrap();
    fs::write(bare.path().join("people.plan"), PEOPLE).unwrap();
    let mut client = Client::on(bare.path());
    client.open(&june, PLAN);
    let said = refused(&mut client, json!({ "uri": june }));
    assert!(said.ends_with("is in no git repository"), "{said}");
    git(bare.path(), &["init", "-q"]);
    assert_eq!(
        refused(&mut client, json!({ "uri": june })),
        "there is no revision `HEAD`: nothing was committed in this repository yet"
    );
    commit(bare.path());
    client.change(&june, 2, json!([{ "text": PLAN.replace("through field", "through feild") }]));
    // With an error the rest is compared, and what it leaves out is named; so where what was committed is broken.
    let told = diff(&mut client, json!({ "uri": june }));
    let said = told["markdown"].as_str().unwrap();
    assert!(said.contains("1 error after") && said.contains("An error leaves out"), "{said}");
    fs::write(&file, PLAN.replace("through field", "through feild")).unwrap();
    commit(bare.path());
    client.change(&june, 3, json!([{ "text": PLAN }]));
    let told = diff(&mut client, json!({ "uri": june }));
    assert!(told["markdown"].as_str().unwrap().contains("1 error before"), "{told}");
    client.open("untitled:Untitled-1", PLAN);
    let said = refused(&mut client, json!({ "uri": "untitled:Untitled-1" }));
    assert!(said.starts_with("save the plan first"), "{said}");
}

#[test]
fn without_git_it_is_said_too() {
    let folder = repository();
    let nothing = tempfile::tempdir().unwrap();
    let mut client = Client::start_with(|server| {
        server.env("PATH", nothing.path());
    });
    let hello = json!({ "capabilities": {}, "processId": null, "rootUri": null });
    client.ask("initialize", hello);
    client.tell("initialized", json!({}));
    let said = refused(&mut client, json!({ "uri": uri(&folder.path().join("plans/june.plan")) }));
    assert!(said.starts_with("there is no `git`"), "{said}");
}

/// 800 people who do something on each day of a year.
fn long_plan() -> String {
    let people: String = (0..800).map(|n| format!("person p{n}; ")).collect();
    let goals: String = (0..40)
        .map(|n| {
            format!(
                "objective o{n} {{ owner all\n  key-result k {{ measure visits 1M by 2026-12-31; share all evenly }} }}\n"
            )
        })
        .collect();
    format!("plan long {{ period 2026 }}\nmetric visits {{ kind activity }}\nteam all {{ {people}}}\n{goals}")
}

#[test]
fn a_long_comparison_holds_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.plan");
    let text = long_plan();
    git(folder.path(), &["init", "-q"]);
    fs::write(&file, &text).unwrap();
    commit(folder.path());
    let mut client = Client::on(folder.path());
    let long = uri(&file);
    client.open(&long, &text);
    client.diagnostics(&long, Some(1));
    let first = client.begin("workspace/executeCommand", asked(json!({ "uri": long })));
    let second = client.begin("workspace/executeCommand", asked(json!({ "uri": long })));
    client.change(&long, 2, json!([{ "text": text.replace("metric visits", "metric visits \"Calls\"") }]));
    let place = json!({ "textDocument": { "uri": long }, "position": position(&text, "visits", 0) });
    let hover = client.begin("textDocument/hover", place);
    let third = client.begin("workspace/executeCommand", asked(json!({ "uri": long })));
    client.tell("$/cancelRequest", json!({ "id": third }));
    let fourth = client.begin("workspace/executeCommand", asked(json!({ "uri": long })));
    let mut order = Vec::new();
    while order.last().is_none_or(|answer: &Value| answer["id"] != json!(fourth)) {
        order.push(client.wait(|message| message.get("method").is_none() && message.get("id").is_some()));
    }
    let at = |id: i64| order.iter().position(|answer| answer["id"] == json!(id)).unwrap();
    // The keystroke is answered first, about what was typed; the newest comparison is the one that is made.
    assert!(order[at(hover)]["result"]["contents"]["value"].as_str().unwrap().contains("Calls"));
    assert!(at(hover) < at(fourth), "{order:?}");
    for (id, code) in [(first, -32801), (second, -32801), (third, -32800)] {
        assert_eq!(order[at(id)]["error"]["code"], code, "{}", order[at(id)]);
    }
    let newest = &order[at(fourth)]["result"];
    assert_eq!((&newest["ok"], &newest["changed"]), (&json!(true), &json!(true)), "{newest}");
}

#[test]
fn a_lens_is_there_for_who_can_run_it() {
    let folder = repository();
    let file = uri(&folder.path().join("plans/june.plan"));
    let lenses = |client: &mut Client, uri: &str| {
        let about = json!({ "textDocument": { "uri": uri } });
        client.ask("textDocument/codeLens", about).as_array().unwrap().clone()
    };
    let (mut client, _) = Client::with(folder.path(), json!({}), json!({ "diff": true }));
    client.open(&file, PLAN);
    let shown = lenses(&mut client, &file);
    assert_eq!(shown.len(), 3);
    assert_eq!(shown[0]["range"]["start"], json!({ "line": 0, "character": 5 }));
    assert!(shown[0].get("command").is_none(), "{}", shown[0]);
    let lens = client.ask("codeLens/resolve", shown[0].clone());
    let command =
        json!({ "title": "Diff against HEAD", "command": "milepost.diff", "arguments": [{ "uri": file }] });
    assert_eq!(lens["command"], command);
    // A file of the plan that does not declare it has none, and neither has what is no file.
    let people = uri(&folder.path().join("plans/people.plan"));
    client.open(&people, PEOPLE);
    assert_eq!(lenses(&mut client, &people), Vec::<Value>::new());
    client.open("untitled:Untitled-1", &PLAN.replace("; include \"people.plan\"", ""));
    assert!(lenses(&mut client, "untitled:Untitled-1").iter().all(|lens| lens["data"].get("diff").is_none()));
    let mut client = Client::on(folder.path());
    client.open(&file, PLAN);
    assert_eq!(lenses(&mut client, &file).len(), 2);
}
