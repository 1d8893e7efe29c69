//! `milepost check`, as it is run.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A plan without an error.
const GOOD: &str = "plan p { period 2026-06 }\nmetric visits { kind activity }\nperson liu\n\
    objective o { key-result k { measure visits 100 by 2026-06-30; owner liu } }\n";

/// The same with nothing to say against it.
const SOUND: &str = "plan p { period 2026-06 }\nmetric visits { kind activity }\nperson liu\n\
    objective o { key-result k { measure visits 100 by 2026-06-30; owner liu } }\n\
    smart { waive specific.scope \"one shop\"; waive relevant.outcome \"a trial\" }\n";

fn milepost(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("NO_COLOR")
        .output()
        .unwrap()
}

fn with_stdin(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Checks a plan that is all of its folder.
#[track_caller]
fn check(plan: impl AsRef<[u8]>) -> Output {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("test.plan"), plan).unwrap();
    milepost(folder.path(), &["check", "test.plan"])
}

/// What is said about a plan, which must be that it is wrong.
#[track_caller]
fn refused(plan: impl AsRef<[u8]>) -> String {
    let output = check(plan);
    assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    stdout(&output)
}

#[track_caller]
fn assert_says(said: &str, expected: &[&str]) {
    for expected in expected {
        assert!(said.contains(expected), "no {expected:?} in:\n{said}");
    }
}

#[test]
fn a_good_plan_is_good() {
    let output = check(SOUND);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), "no errors, no warnings\n");
}

#[test]
fn warnings_are_errors_where_they_are_denied() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), SOUND.replace("period 2026-06", "period 2026-06; language en"))
        .unwrap();
    assert_eq!(milepost(folder.path(), &["check", "a.plan"]).status.code(), Some(0));
    let denied = milepost(folder.path(), &["check", "a.plan", "--deny", "warnings"]);
    assert_eq!(denied.status.code(), Some(1));
    assert_says(&stdout(&denied), &["plan::not-built", "1 warning\n"]);
}

#[test]
fn a_message_has_its_excerpt_caret_help_and_code() {
    let said = refused(GOOD.replace("owner liu", "owner lui"));
    let expected = "\
name::unknown

  × no team or person named `lui`
   ╭─[test.plan:4:70]
 3 │ person liu
 4 │ objective o { key-result k { measure visits 100 by 2026-06-30; owner lui } }
   ·                                                                      ───
   ╰────
  help: did you mean `liu`?

1 error
";
    assert_eq!(said, expected);
}

#[test]
fn carets_stand_under_double_width_signs() {
    let said = refused("plan 北区 { period 2026-06 }\nteam 销售部 \"销售部\" { lead 张三 }\n");
    let expected = "\
name::unknown

  × no person named `张三`
   ╭─[test.plan:2:23]
 1 │ plan 北区 { period 2026-06 }
 2 │ team 销售部 \"销售部\" { lead 张三 }
   ·                             ────
   ╰────

1 error
";
    assert_eq!(said, expected);
}

#[test]
fn a_label_in_another_file_has_an_excerpt_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), "plan p { period 2026-06; include \"b.plan\" }\nmetric visits\n")
        .unwrap();
    fs::write(folder.path().join("b.plan"), "metric visits\n").unwrap();
    let said = stdout(&milepost(folder.path(), &["check", "a.plan"]));
    assert_says(&said, &["a.plan:2:8", "b.plan:1:8", "`visits` is declared here"]);
}

#[test]
fn everything_is_said_at_once_in_source_order() {
    let said =
        refused("plan p { period 2026-06 }\nmetric a { unit x; step 0 }\nteam t { lead nobody }\nfoo\n");
    let order = ["metric::step", "name::unknown", "syntax::", "3 errors"];
    let places: Vec<_> =
        order.iter().map(|code| said.find(code).unwrap_or_else(|| panic!("{code}: {said}"))).collect();
    assert!(places.is_sorted(), "{said}");
}

#[test]
fn nothing_is_coloured_into_a_pipe() {
    assert!(!refused("metric a { step 0 }").contains('\u{1b}'));
}

#[test]
fn what_commands_a_terminal_does_not_reach_it() {
    let said =
        refused("plan p { period 2026-06 } # \u{1b}[31m\u{202e}\nmetric a { step 0 } # \u{1b}]0;x\u{7}\n");
    assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{said:?}");
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("plans")).unwrap();
    fs::write(folder.path().join("plans/a.plan"), GOOD.replace("owner liu", "owner lui")).unwrap();
    let output = milepost(folder.path(), &["check", "plans/a.plan", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let range =
        serde_json::json!({ "start": { "line": 4, "column": 70 }, "end": { "line": 4, "column": 73 } });
    let edit = serde_json::json!({ "file": "plans/a.plan", "range": range, "text": "liu" });
    let expected = serde_json::json!({ "diagnostics": [{
        "code": "name::unknown",
        "severity": "error",
        "message": "no team or person named `lui`",
        "file": "plans/a.plan",
        "range": range,
        "help": ["did you mean `liu`?"],
        "fixes": [{ "title": "write `liu`", "edits": [edit] }],
    }] });
    assert_eq!(said, expected);
}

#[test]
fn json_of_a_good_plan_has_no_diagnostics() {
    let folder = tempfile::tempdir().unwrap();
    let output = with_stdin(folder.path(), &["check", "-", "--format", "json"], SOUND.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said, serde_json::json!({ "diagnostics": [] }));
}

#[test]
fn a_plan_may_come_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let output = with_stdin(folder.path(), &["check", "-"], b"plan p { period 2026-13 }");
    assert_eq!(output.status.code(), Some(1));
    assert_says(&stdout(&output), &["date::", "─[-:1:"]);
}

#[test]
fn several_plans_are_checked_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), SOUND).unwrap();
    fs::write(folder.path().join("b.plan"), "metric a { step 0 }\nplan p { period 2026-06 }").unwrap();
    let output = milepost(folder.path(), &["check", "a.plan", "b.plan", "a.plan"]);
    assert_eq!(output.status.code(), Some(1));
    assert_says(&stdout(&output), &["b.plan:1:17", "1 error\n"]);
}

#[test]
fn a_wrong_command_line_is_told_from_a_wrong_plan() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(milepost(folder.path(), &["check"]).status.code(), Some(2));
    assert_eq!(milepost(folder.path(), &["check", "a.plan", "--format", "xml"]).status.code(), Some(2));
}

#[test]
fn a_plan_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let output = milepost(folder.path(), &["check", "none.plan"]);
    assert_eq!(output.status.code(), Some(1));
    assert_says(&stdout(&output), &["file::not-found", "there is no file `none.plan`"]);
    let output = milepost(folder.path(), &["check", "no/such/folder.plan"]);
    assert_eq!(output.status.code(), Some(1));
}

// What plans from strangers may hold.

#[test]
fn no_utf8() {
    let said = refused(b"plan p { period 2026-06 }\n# \xff\n");
    assert_says(&said, &["text::not-utf8", "byte 28 of this file", "test.plan:2:3"]);
}

#[test]
fn nul() {
    let said = refused(b"plan p { period 2026-06 }\n# a\0b\n");
    assert_says(&said, &["text::nul", "byte 29 of this file", "test.plan:2:4"]);
    assert!(!said.contains('\0'));
}

#[test]
fn an_included_file_that_is_no_text_is_pointed_into() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), "plan p { period 2026-06; include \"b.plan\" }\n").unwrap();
    fs::write(folder.path().join("b.plan"), b"metric \xfe").unwrap();
    let said = stdout(&milepost(folder.path(), &["check", "a.plan"]));
    assert_says(&said, &["b.plan:1:8", "byte 7", "included here", "a.plan:1:34"]);
}

#[test]
fn a_byte_order_mark_is_tolerated() {
    let output = check(format!("\u{feff}{GOOD}"));
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert_says(&refused("\u{feff}plan p { period 2026-06; edition 2 }"), &["test.plan:1:34"]);
}

#[test]
fn braces_without_end() {
    for text in [
        "{".repeat(10_000),
        "plan p {\n".repeat(10_000),
        format!("plan p {{ period 2026-06 {}", "{".repeat(10_000)),
    ] {
        let said = refused(text);
        assert!(said.len() < 10_000_000, "{}", said.len());
    }
}

#[test]
fn numbers_without_end() {
    let target = |target: &str| refused(GOOD.replace("100", target));
    assert_says(&target("1_000_000_000_000_000_000_000_000_000_000_000"), &["number::too-large"]);
    assert_says(&target("9_000_000_000_000_000_000_000"), &["number::overflow"]);
    assert_says(&target(&"9".repeat(100_000)), &["number::too-large"]);
}

#[test]
fn a_day_that_there_is_not() {
    assert_says(&refused(GOOD.replace("06-30", "06-31")), &["date::no-such-day", "30 days"]);
}

#[test]
fn a_rate_of_nothing() {
    let said = refused(format!("{GOOD}metric calls\nfunnel f {{ visits <- calls 0% }}\n"));
    assert_says(&said, &["rate::zero"]);
}

#[test]
fn a_calendar_without_a_working_day() {
    let plan = GOOD.replace("2026-06 }", "2026-06; calendar c }");
    assert_says(&refused(format!("{plan}calendar c {{ off 2026-06 }}\n")), &["calendar::no-working-day"]);
}

#[test]
fn a_calendar_file_without_an_end() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), "plan p { period 2026-06 }\ncalendar c { import \"a.ics\" }\n")
        .unwrap();
    fs::write(
        folder.path().join("a.ics"),
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260601\r\n",
    )
    .unwrap();
    let output = milepost(folder.path(), &["check", "a.plan"]);
    assert_eq!(output.status.code(), Some(1));
    assert_says(&stdout(&output), &["a.ics:", "imported here", "a.plan:2:14"]);
}

#[test]
fn paths_and_links_do_not_leave_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let plans = folder.path().join("plans");
    fs::create_dir(&plans).unwrap();
    fs::write(folder.path().join("secret.plan"), "metric secret { step 0 }\n").unwrap();
    let plan = "plan p {\n  period 2026-06\n  include \"../secret.plan\"\n  include \"link.plan\"\n  include \"/etc/passwd\"\n}\n\
        calendar c { import \"../secret.ics\" }\n";
    fs::write(plans.join("a.plan"), plan).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("secret.plan"), plans.join("link.plan")).unwrap();
    let output = milepost(folder.path(), &["check", "plans/a.plan"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    assert_says(&said, &["plans/a.plan:3:11", "plans/a.plan:5:11", "plans/a.plan:7:21"]);
    #[cfg(unix)]
    assert_says(&said, &["plans/a.plan:4:11", "4 errors"]);
    assert!(!said.contains("metric::step"), "{said}");
    let allowed = stdout(&milepost(folder.path(), &["check", "plans/a.plan", "--allow-outside"]));
    assert_says(&allowed, &["metric::step"]);
}

#[test]
fn an_include_that_is_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("a.plan"), "plan p { period 2026-06; include \"sub\" }\n").unwrap();
    let output = milepost(folder.path(), &["check", "a.plan"]);
    assert_eq!(output.status.code(), Some(1));
    assert_says(&stdout(&output), &["file::unreadable", "a.plan:1:34"]);
}

#[test]
fn a_reader_that_stops_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let text = "metric a { step 0 }\n".repeat(5_000);
    fs::write(folder.path().join("a.plan"), text).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(folder.path())
        .args(["check", "a.plan"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
