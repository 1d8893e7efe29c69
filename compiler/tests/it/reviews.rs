//! `milepost check --format sarif, github, gitlab`: what services show beside a change.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use milepost::harmless;
use serde_json::Value;

/// A plan with nothing to say against it.
const SOUND: &str = "plan p { period 2026-06 }\nmetric visits { kind activity }\nperson liu\n\
    objective o { key-result k { measure visits 100 by 2026-06-30; owner liu } }\n\
    smart { waive specific.scope \"one shop\"; waive relevant.outcome \"a trial\" }\n";

/// A plan with an error that has a fix, one that has a label, a warning, and a note.
const WRONG: &str = "plan p { period 2026-06; follows \"x\" }\nmetric visits { kind activity }\nperson liu\n\
    objective o { key-result k { measure visits 100 by 2026-06-30; owner lui } }\n\
    metric visits\nteam t { lead nobody }\nteam u { person 张 }\nfunnel f { visits <- visit 1 in 20 }\n\
    objective q { key-result k { measure visits 100; share u evenly } }\n";

/// Texts that would like to be something else.
const HOSTILE: [&str; 12] = [
    "::stop-commands::x",
    "a\\n::error file=b::c",
    "a\\n::stop-commands::x\\n::set-output name=a::b",
    "##!error]a ##!set-env name=A;]b",
    "<img src=x onerror=alert(1)> <!-- </details>",
    "| **a** | `b` ![c](https://example.com/d) [e](1) {0} \\\\",
    "\u{1b}]0;a\u{7}\u{1b}[31m \u{9b}31m \u{85}",
    "\u{202e}gnp.exe \u{2066}a\u{2069} \u{200f}",
    "%0A::error::a %25 %0D%3A%2C",
    "a,b:c=d;e title=f",
    "a\u{2028}::error::b\u{2029}::warning::c",
    "\\t::error::a",
];

fn milepost(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).current_dir(folder).args(arguments).output().unwrap()
}

/// What `check` writes about the plans in a format.
#[track_caller]
fn said(folder: &Path, format: &str, plans: &[&str]) -> String {
    let output = milepost(folder, &[&["check", "--format", format], plans].concat());
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let harmful = said.chars().find(|sign| harmless::is_harmful(*sign));
    assert_eq!(harmful, None, "{said}");
    said
}

/// A folder with one plan, `test.plan`.
fn folder(plan: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("test.plan"), plan).unwrap();
    folder
}

/// A plan that says every hostile text, and a long one, in places that messages quote; and goals that are named so.
fn hostile() -> String {
    let long = "长 ".repeat(5_000);
    let names = HOSTILE.iter().copied().chain([long.as_str()]);
    let includes: String = names.clone().map(|name| format!("  include \"{name}\"\n")).collect();
    let goals: String = names
        .enumerate()
        .map(|(index, name)| {
            format!("objective o{index} \"{name}\" {{ key-result k \"{name}\" {{ measure visits 3; owner liu }} }}\n")
        })
        .collect();
    format!(
        "plan p \"{}\" {{\n  period 2026-06\n{includes}}}\nmetric visits {{ kind activity }}\nperson liu\n{goals}",
        HOSTILE[0]
    )
}

/// Of everything that can be said: many of each kind, hostile ones, and none.
fn plans() -> Vec<String> {
    vec![
        SOUND.to_owned(),
        WRONG.to_owned(),
        hostile(),
        "metric a { step 0 }\n".repeat(40),
        "{{{\n\"".to_owned(),
    ]
}

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[track_caller]
fn fits(validator: &jsonschema::Validator, document: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{error} at {}", error.instance_path)).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

fn sarif(folder: &Path, plans: &[&str]) -> Value {
    serde_json::from_str(&said(folder, "sarif", plans)).unwrap()
}

fn gitlab(folder: &Path, plans: &[&str]) -> Vec<Value> {
    serde_json::from_str(&said(folder, "gitlab", plans)).unwrap()
}

/// The messages by `--format json`, as they may be shown.
fn messages(folder: &Path, plan: &str) -> Vec<(String, String, String)> {
    let output = milepost(folder, &["check", "--format", "json", plan]);
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let message = |value: &Value| harmless::one_line(value.as_str().unwrap()).into_owned();
    list(&said["diagnostics"])
        .iter()
        .map(|said| (text(&said["severity"]), text(&said["code"]), message(&said["message"])))
        .collect()
}

#[track_caller]
fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

#[track_caller]
fn results(report: &Value) -> &Vec<Value> {
    list(&report["runs"][0]["results"])
}

// SARIF.

#[test]
fn sarif_is_what_its_schema_says() {
    let schema = schema("sarif-schema-2.1.0.json");
    let validator = jsonschema::draft4::new(&schema).unwrap();
    for plan in plans() {
        let folder = folder(&plan);
        let report = sarif(folder.path(), &["test.plan"]);
        fits(&validator, &report);
        let expected = messages(folder.path(), "test.plan");
        let run = &report["runs"][0];
        assert_eq!(results(&report).len(), expected.len());
        for (result, (severity, code, message)) in results(&report).iter().zip(&expected) {
            assert_eq!(result["level"], **severity);
            assert_eq!(result["ruleId"], **code);
            let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], **code);
            assert_ne!(rule["shortDescription"]["text"], **code, "a rule without a page");
            let said = result["message"]["text"].as_str().unwrap();
            assert!(said.starts_with(&message.replace("](", "] (")), "{said}\n{message}");
            assert!(!said.contains("]("), "{said}");
        }
    }
    let mut other = sarif(folder(WRONG).path(), &["test.plan"]);
    other["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&other));
}

#[test]
fn sarif_of_a_sound_plan_is_a_run_without_results() {
    let folder = folder(SOUND);
    let report = sarif(folder.path(), &["test.plan"]);
    assert_eq!(results(&report).len(), 0);
    assert_eq!(report["version"], "2.1.0");
    assert_eq!(report["runs"][0]["tool"]["driver"]["rules"], serde_json::json!([]));
}

#[test]
fn sarif_points_to_signs_of_unicode_and_to_other_places() {
    let folder = folder("plan 北区 { period 2026-06 }\nteam 组 \"😀\" { lead 张三 }\nmetric 量\nmetric 量\n");
    let report = sarif(folder.path(), &["test.plan"]);
    assert_eq!(report["runs"][0]["columnKind"], "unicodeCodePoints");
    let region = |location: &Value| {
        let region = &location["physicalLocation"]["region"];
        ["startLine", "startColumn", "endLine", "endColumn"].map(|key| region[key].as_u64().unwrap())
    };
    let unknown = results(&report)
        .iter()
        .find(|result| result["message"]["text"].as_str().unwrap().contains("张三"))
        .unwrap();
    assert_eq!(region(&unknown["locations"][0]), [2, 19, 2, 21]);
    let twice = results(&report).iter().find(|result| result["ruleId"] == "name::duplicate").unwrap();
    assert_eq!(region(&twice["locations"][0]), [4, 8, 4, 9]);
    assert_eq!(region(&twice["relatedLocations"][0]), [3, 8, 3, 9]);
    assert_eq!(twice["relatedLocations"][0]["message"]["text"], "`量` is declared here");
}

#[test]
fn the_fixes_of_sarif_mend_the_plan() {
    let plan = SOUND.replace("owner liu", "owner lui").replace("kind activity", "kind activty");
    let folder = folder(&plan);
    let report = sarif(folder.path(), &["test.plan"]);
    let mut lines: Vec<Vec<char>> = plan.lines().map(|line| line.chars().collect()).collect();
    let mut mended = 0;
    for result in results(&report) {
        let Some(fix) = result["fixes"].get(0) else { continue };
        for replacement in list(&fix["artifactChanges"][0]["replacements"]) {
            let region = &replacement["deletedRegion"];
            let at = |key: &str| region[key].as_u64().unwrap() as usize - 1;
            assert_eq!(at("startLine"), at("endLine"));
            let text = replacement["insertedContent"]["text"].as_str().unwrap().chars();
            lines[at("startLine")].splice(at("startColumn")..at("endColumn"), text);
            mended += 1;
        }
    }
    assert_eq!(mended, 2, "{report:#}");
    let text: Vec<String> = lines.into_iter().map(|line| line.into_iter().collect()).collect();
    fs::write(folder.path().join("test.plan"), format!("{}\n", text.join("\n"))).unwrap();
    assert_eq!(messages(folder.path(), "test.plan"), []);
}

// GitLab.

#[test]
fn gitlab_is_what_the_schema_says() {
    let schema = schema("gitlab-code-quality.schema.json");
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for plan in plans() {
        let folder = folder(&plan);
        let report = gitlab(folder.path(), &["test.plan"]);
        fits(&validator, &Value::Array(report.clone()));
        let expected = messages(folder.path(), "test.plan");
        assert_eq!(report.len(), expected.len());
        for (violation, (severity, code, message)) in report.iter().zip(&expected) {
            let word = match severity.as_str() {
                "error" => "major",
                "warning" => "minor",
                _ => "info",
            };
            assert_eq!(violation["severity"], word);
            assert_eq!(violation["check_name"], **code);
            assert!(violation["description"].as_str().unwrap().starts_with(message));
        }
    }
    let mut other = gitlab(folder(WRONG).path(), &["test.plan"]);
    other[0]["location"]["path"] = "./test.plan".into();
    assert!(!validator.is_valid(&Value::Array(other)));
    assert_eq!(said(folder(SOUND).path(), "gitlab", &["test.plan"]), "[]\n");
}

#[test]
fn a_report_stays_what_it_is_from_version_to_version() {
    let folder = folder(&SOUND.replace("owner liu", "owner lui"));
    let expected = serde_json::json!([{
        "description": "no team or person named `lui`; did you mean `liu`?",
        "check_name": "name::unknown",
        // With another one GitLab would take every message for a new one.
        "fingerprint": "25fae6e61b51b965",
        "severity": "major",
        "location": { "path": "test.plan", "lines": { "begin": 4, "end": 4 } },
    }]);
    assert_eq!(Value::Array(gitlab(folder.path(), &["test.plan"])), expected);
}

// Fingerprints.

fn fingerprints(folder: &Path) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut of_sarif = Vec::new();
    for result in results(&sarif(folder, &["test.plan"])) {
        of_sarif.push((text(&result["ruleId"]), text(&result["partialFingerprints"]["milepost/v1"])));
    }
    let violations = gitlab(folder, &["test.plan"]);
    let of_gitlab: Vec<_> = violations
        .iter()
        .map(|violation| (text(&violation["check_name"]), text(&violation["fingerprint"])))
        .collect();
    assert_eq!(of_sarif, of_gitlab);
    let distinct: BTreeSet<_> = of_gitlab.iter().map(|(_, print)| print).collect();
    assert_eq!(distinct.len(), of_gitlab.len());
    of_gitlab
}

#[test]
fn fingerprints_are_unique_and_stay_when_lines_move() {
    for plan in plans() {
        let folder = folder(&plan);
        let before = fingerprints(folder.path());
        // Lines come, lines are indented otherwise, files get the line ends of Windows.
        for (from, to) in [("\nmetric ", "\n# one\n\n# two\nmetric "), ("; ", ";    "), ("\n", "\r\n")] {
            fs::write(folder.path().join("test.plan"), plan.replace(from, to)).unwrap();
            assert_eq!(fingerprints(folder.path()), before, "{from:?}");
        }
    }
}

#[test]
fn a_fingerprint_does_not_know_what_else_is_wrong() {
    let folder = folder(WRONG);
    let before = fingerprints(folder.path());
    fs::write(folder.path().join("test.plan"), WRONG.replace("lead nobody", "lead liu")).unwrap();
    let after = fingerprints(folder.path());
    assert_eq!(after.len() + 1, before.len());
    assert!(after.iter().all(|print| before.contains(print)), "{before:?} {after:?}");
}

// GitHub.

/// A workflow command as the runner of GitHub Actions reads it from one line: `::` at its start, or `##[` anywhere.
#[derive(Debug)]
struct Annotation {
    command: String,
    properties: Vec<(String, String)>,
    message: String,
}

fn annotation(line: &str) -> Option<Annotation> {
    let unescaped = |text: &str, property: bool| {
        let mut text = text.replace("%0D", "\r").replace("%0A", "\n");
        if property {
            text = text.replace("%3A", ":").replace("%2C", ",");
        }
        text.replace("%25", "%")
    };
    let Some((info, message)) = line.trim_start().strip_prefix("::").and_then(|rest| rest.split_once("::"))
    else {
        let old = line.find("##[").and_then(|at| line[at + 3..].split_once(']'));
        return old.map(|(command, message)| Annotation {
            command: command.to_owned(),
            properties: Vec::new(),
            message: message.to_owned(),
        });
    };
    let (command, properties) = info.split_once(' ').unwrap_or((info, ""));
    let properties = properties.trim().split(',').filter_map(|property| property.split_once('='));
    Some(Annotation {
        command: command.to_owned(),
        properties: properties.map(|(key, value)| (key.to_owned(), unescaped(value, true))).collect(),
        message: unescaped(message, false),
    })
}

impl Annotation {
    fn get(&self, key: &str) -> &str {
        self.properties.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value.as_str())
    }
}

/// What the runner takes for commands, and what is left of the log.
fn run(log: &str) -> (Vec<Annotation>, Vec<&str>) {
    // .NET ends lines at these.
    let mut log: Vec<&str> = log.split(['\n', '\r']).collect();
    let annotations = log.iter().filter_map(|line| annotation(line)).collect();
    log.retain(|line| annotation(line).is_none());
    (annotations, log)
}

#[test]
fn every_message_is_an_annotation_or_in_the_log() {
    for plan in plans() {
        let folder = folder(&plan);
        let log = said(folder.path(), "github", &["test.plan"]);
        let (annotations, log) = run(&log);
        for (command, word) in [("error", "error"), ("warning", "warning"), ("notice", "note")] {
            let expected: Vec<_> = messages(folder.path(), "test.plan")
                .into_iter()
                .filter(|(severity, ..)| severity == word)
                .collect();
            let shown: Vec<_> =
                annotations.iter().filter(|annotation| annotation.command == command).collect();
            assert_eq!(shown.len(), expected.len().min(10));
            for (annotation, (_, code, message)) in shown.iter().zip(&expected) {
                assert_eq!(annotation.get("title"), code);
                assert_eq!(annotation.get("file"), "test.plan");
                assert!(annotation.message.encode_utf16().count() <= 4_096);
                // What is cut short stands whole in the log.
                let begin: String = message.chars().take(3_000).collect();
                assert!(annotation.message.starts_with(&begin), "{annotation:?}\n{message}");
                let line = format!("{word}[{code}] ");
                assert!(
                    annotation.message.starts_with(message)
                        || log.iter().any(|said| said.starts_with(&line) && said.contains(message.as_str())),
                );
            }
            for (_, code, message) in expected.iter().skip(10) {
                let message = message.replace("##[", "# #[");
                let line = format!("{word}[{code}] test.plan:");
                assert!(
                    log.iter().any(|said| said.starts_with(&line) && said.contains(&message)),
                    "no {line} {message} in\n{log:#?}"
                );
            }
        }
        let strange: Vec<_> = annotations
            .iter()
            .filter(|annotation| !["error", "warning", "notice"].contains(&annotation.command.as_str()))
            .collect();
        assert!(strange.is_empty(), "{strange:?}");
    }
}

#[test]
fn the_tenth_annotation_says_how_many_more_there_are() {
    let folder = folder(&"metric a { step 0 }\n".repeat(10));
    let log = said(folder.path(), "github", &["test.plan"]);
    let count = messages(folder.path(), "test.plan").len();
    let (annotations, _) = run(&log);
    assert_eq!(annotations.len(), 10);
    let more = format!("\n{} more errors are in the log", count - 10);
    assert!(annotations[9].message.ends_with(&more), "{log}");
    assert!(!annotations[8].message.contains("in the log"));
    assert!(log.ends_with(&format!("\n{count} errors\n")), "{log}");
    // Eleven: one more.
    let plan: String = (0..11).map(|name| format!("metric a{name} {{ step 0 }}\n")).collect();
    let plan = format!("plan p {{ period 2026-06 }}\n{plan}");
    fs::write(folder.path().join("test.plan"), plan).unwrap();
    let log = said(folder.path(), "github", &["test.plan"]);
    assert!(run(&log).0[9].message.ends_with("\n1 more error is in the log"), "{log}");
}

#[test]
fn an_annotation_says_where_and_what_to_do() {
    let folder = folder(&SOUND.replace("owner liu", "owner lui"));
    let expected = "::error file=test.plan,line=4,endLine=4,col=70,endColumn=73,title=name%3A%3Aunknown::\
        no team or person named `lui`%0Ahelp: did you mean `liu`?\n1 error\n";
    assert_eq!(said(folder.path(), "github", &["test.plan"]), expected);
    fs::write(folder.path().join("test.plan"), SOUND).unwrap();
    assert_eq!(said(folder.path(), "github", &["test.plan"]), "no errors, no warnings\n");
}

// Paths.

/// Every path of the three reports.
fn paths(folder: &Path, plans: &[&str]) -> [BTreeSet<String>; 3] {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (annotations, _) = run(&said(folder, "github", plans));
    let of_github = annotations.iter().map(|annotation| annotation.get("file").to_owned()).collect();
    let of_gitlab = gitlab(folder, plans).iter().map(|said| text(&said["location"]["path"])).collect();
    let of_sarif = results(&sarif(folder, plans))
        .iter()
        .map(|said| {
            let place = &said["locations"][0]["physicalLocation"]["artifactLocation"];
            let base = place["uriBaseId"].as_str().unwrap_or_default();
            format!("{base} {}", text(&place["uri"]))
        })
        .collect();
    [of_github, of_gitlab, of_sarif]
}

#[track_caller]
fn assert_path(paths: &[BTreeSet<String>; 3], path: &str, uri: &str) {
    assert_eq!(paths[0], BTreeSet::from([path.to_owned()]));
    assert_eq!(paths[1], BTreeSet::from([path.to_owned()]));
    assert_eq!(paths[2], BTreeSet::from([uri.to_owned()]));
}

#[cfg(unix)] // names that Windows does not take
#[test]
fn paths_count_from_the_top_of_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path().join("repository");
    let plans = repository.join("计划/a b");
    fs::create_dir_all(&plans).unwrap();
    let wrong = "plan p { period 2026-06; include \"../part,100%.plan\" }\n";
    fs::write(plans.join("q1:#1.plan"), wrong).unwrap();
    fs::write(repository.join("计划/part,100%.plan"), "metric a { step 0 }\n").unwrap();
    fs::create_dir(repository.join(".git")).unwrap();
    let path = "计划/part,100%.plan";
    let uri = "%SRCROOT% %E8%AE%A1%E5%88%92/part%2C100%25.plan";
    for (from, plan) in
        [(".", "计划/a b/q1:#1.plan"), ("计划", "a b/q1:#1.plan"), ("计划/a b", "./q1:#1.plan")]
    {
        assert_path(&paths(&repository.join(from), &[plan]), path, uri);
    }
    // What two plans include is wrong once.
    fs::write(plans.join("q2.plan"), wrong).unwrap();
    let both = gitlab(&plans, &["q1:#1.plan", "q2.plan"]);
    assert_eq!(both.len(), 1, "{both:?}");
    // The current folder is in no repository, and the plan is in it; then the plan is elsewhere.
    assert_path(
        &paths(folder.path(), &["repository/计划/a b/q1:#1.plan"]),
        &format!("repository/{path}"),
        "%SRCROOT% repository/%E8%AE%A1%E5%88%92/part%2C100%25.plan",
    );
    let elsewhere = tempfile::tempdir().unwrap();
    let top = repository.canonicalize().unwrap();
    let plan = plans.join("q2.plan");
    let whole = top.to_str().unwrap();
    assert_path(
        &paths(elsewhere.path(), &[plan.to_str().unwrap()]),
        &format!("{whole}/{path}"),
        &format!(" file://{whole}/%E8%AE%A1%E5%88%92/part%2C100%25.plan"),
    );
}

#[cfg(unix)] // names that Windows does not take
#[test]
fn what_one_plan_warns_of_and_another_forbids_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let goals = "metric visits { kind activity }\nperson liu\n\
        objective o { key-result k { measure visits 100 by 2026-06-30; owner liu } }\n";
    fs::write(at.join("goals.plan"), goals).unwrap();
    fs::write(at.join("a.plan"), "plan a { period 2026-06; include \"goals.plan\" }\n").unwrap();
    let strict = "plan b { period 2026-06; include \"goals.plan\"; smart { specific require scope } }\n";
    fs::write(at.join("b.plan"), strict).unwrap();
    for plans in [["a.plan", "b.plan"], ["b.plan", "a.plan"]] {
        assert_eq!(
            milepost(at, &[&["check", "--format", "github"], &plans[..]].concat()).status.code(),
            Some(1)
        );
        let log = said(at, "github", &plans);
        let (annotations, _) = run(&log);
        assert!(annotations.iter().any(|annotation| annotation.command == "error"), "{plans:?}");
        let report = sarif(at, &plans);
        let of_scope = results(&report).iter().filter(|found| found["ruleId"] == "smart::specific::scope");
        let levels: Vec<&Value> = of_scope.map(|found| &found["level"]).collect();
        assert_eq!(levels, ["error"], "{plans:?}");
    }
}

#[test]
fn a_plan_in_a_file_with_a_hostile_name() {
    for name in ["::error::a.plan", "a\u{1b}[31m.plan", "##[error]a.plan", "a\u{202e}.plan", " a.plan"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), "metric a { step 0 }\n".repeat(12)).unwrap();
        let (annotations, _) = run(&said(folder.path(), "github", &[name]));
        assert!(annotations.iter().all(|annotation| annotation.command == "error"), "{annotations:?}");
        assert_eq!(annotations.len(), 10);
        // The names stay what they are.
        assert!(gitlab(folder.path(), &[name]).iter().all(|said| said["location"]["path"] == name));
    }
}

// Exit codes.

#[test]
fn exit_codes_are_those_of_text() {
    let warned = SOUND.replace("period 2026-06", "period 2026-06; follows \"x\"");
    for (plan, arguments, code) in [
        (SOUND, &[][..], 0),
        (WRONG, &[][..], 1),
        (warned.as_str(), &[][..], 0),
        (warned.as_str(), &["--deny", "warnings"][..], 1),
    ] {
        let folder = folder(plan);
        for format in ["text", "json", "sarif", "github", "gitlab"] {
            let all = [&["check", "test.plan", "--format", format][..], arguments].concat();
            assert_eq!(milepost(folder.path(), &all).status.code(), Some(code), "{format}");
        }
    }
}
