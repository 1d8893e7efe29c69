//! The examples, built by the real binary and compared byte for byte with what is committed beside them.
//! `UPDATE_EXPECT=1` writes them anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folder and plan.
const EXAMPLES: &[(&str, &str)] = &[
    ("a-week", "week.plan"),
    ("five-visits", "june.plan"),
    ("telephone-sales", "month.plan"),
    ("breakfast-or-lunch", "lunch.plan"),
    ("closing-rate", "thirty.plan"),
    ("less-churn", "churn.plan"),
    ("ten-meetings", "roles.plan"),
    ("shop-coverage", "coverage.plan"),
    ("north-region", "north.plan"),
    ("business-unit", "事业部.plan"),
];

/// Folder and plan of what is no goal: what is said of it stands beside it, `wish.txt` of `wish.plan`.
const WRONG: &[(&str, &str)] =
    &[("telephone-sales", "wish"), ("breakfast-or-lunch", "breakfast"), ("closing-rate", "fifty")];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
    let read = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())
    };
    entries.filter(|entry| entry.path().is_file()).map(read).collect()
}

fn milepost(folder: &Path, arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn examples_build_to_what_is_committed() {
    for (name, plan) in EXAMPLES {
        let committed = folder(name).join("out");
        let built = tempfile::tempdir().unwrap();
        let out = built.path().join("out");
        let output = milepost(
            &folder(name),
            &["build", plan, "--stamp", "2026-01-01T00:00:00Z", "--out", out.to_str().unwrap()],
        );
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            let _ = fs::remove_dir_all(&committed);
            fs::create_dir_all(&committed).unwrap();
            for (file, bytes) in files(&out) {
                fs::write(committed.join(file), bytes).unwrap();
            }
            continue;
        }
        let (built, committed) = (files(&out), files(&committed));
        assert_eq!(built.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>(), "{name}");
        for (file, bytes) in &built {
            assert!(committed[file] == *bytes, "{name}/out/{file} differs");
        }
    }
}

#[test]
fn examples_have_nothing_to_say_against_them() {
    for (name, plan) in EXAMPLES {
        let output = milepost(&folder(name), &["check", plan, "--deny", "warnings", "--format", "json"]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn what_is_said_of_wrong_examples_is_committed() {
    for (name, plan) in WRONG {
        let output = milepost(&folder(name), &["check", &format!("{plan}.plan")]);
        let committed = folder(name).join(format!("{plan}.txt"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&committed, &output.stdout).unwrap();
        }
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("smart::"), "{name}/{plan}: {said}");
        assert_eq!(fs::read_to_string(&committed).unwrap(), said, "{name}/{plan}");
    }
}

#[test]
fn examples_are_formatted() {
    for (name, _) in EXAMPLES {
        for file in files(&folder(name)).keys().filter(|file| file.ends_with(".plan")) {
            let output = milepost(&folder(name), &["fmt", "--check", file]);
            assert!(output.status.success(), "{name}/{file}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
}
