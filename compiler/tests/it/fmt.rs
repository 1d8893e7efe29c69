//! `milepost fmt`, as it is run.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const UGLY: &str = "plan p{period 2026-06；currency   CNY}\n";
const TIDY: &str = "plan p { period 2026-06; currency CNY }\n";

fn fmt(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(folder)
        .arg("fmt")
        .args(arguments)
        .output()
        .unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_formatted_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), UGLY).unwrap();
    let output = fmt(folder.path(), &["a.plan"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("a.plan")).unwrap(), TIDY);
    assert_eq!(names(folder.path()), ["a.plan"]);
}

#[test]
fn check_changes_nothing_and_names_what_would_change() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), UGLY).unwrap();
    fs::write(folder.path().join("b.plan"), TIDY).unwrap();
    let output = fmt(folder.path(), &["--check", "a.plan", "b.plan"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "a.plan\n");
    assert_eq!(fs::read_to_string(folder.path().join("a.plan")).unwrap(), UGLY);
    assert_eq!(fmt(folder.path(), &["--check", "b.plan"]).status.code(), Some(0));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .args(["fmt", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(UGLY.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), TIDY);
}

#[test]
fn one_file_that_cannot_be_had_does_not_keep_the_others() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), UGLY).unwrap();
    fs::write(folder.path().join("b.plan"), b"\xff").unwrap();
    let output = fmt(folder.path(), &["none.plan", "b.plan", "a.plan"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("cannot read `none.plan`") && said.contains("cannot format `b.plan`"), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("a.plan")).unwrap(), TIDY);
    assert_eq!(fs::read(folder.path().join("b.plan")).unwrap(), b"\xff");
}

#[test]
fn broken_statements_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let text = "plan p { period 2026-06 }\nmetric a {\n  foo   bar\n}\n";
    fs::write(folder.path().join("a.plan"), text).unwrap();
    assert_eq!(fmt(folder.path(), &["a.plan"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("a.plan")).unwrap(), text);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.plan");
    fs::write(&file, UGLY).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.plan", folder.path().join("link.plan")).unwrap();
    assert_eq!(fmt(folder.path(), &["link.plan"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), TIDY);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(folder.path().join("link.plan").symlink_metadata().unwrap().is_symlink());
}
