//! Plans built by the real binary, and their rows read back.

use std::path::Path;
use std::process::Command;

/// One row of `plan.csv`.
#[derive(Clone, PartialEq, Eq, Debug, serde::Deserialize)]
#[allow(dead_code)] // read by some tests, not by all
pub(crate) struct Row {
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) person: String,
    pub(crate) team: String,
    pub(crate) objective: String,
    pub(crate) key_result: String,
    pub(crate) part: String,
    pub(crate) metric: String,
    pub(crate) kind: String,
    pub(crate) amount: String,
    pub(crate) unit: String,
    pub(crate) to_date: String,
    pub(crate) source: String,
    pub(crate) id: String,
}

/// A plan that was built.
pub(crate) struct Built {
    pub(crate) rows: Vec<Row>,
    /// `plan.csv` as it is.
    #[allow(dead_code)]
    pub(crate) csv: String,
    /// What the command said.
    #[allow(dead_code)]
    pub(crate) stderr: String,
}

/// Builds `plan.csv` from the text of a plan; fails the test if the command fails.
#[track_caller]
pub(crate) fn build(plan: &str, arguments: &[&str]) -> Built {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("test.plan"), plan).unwrap();
    build_in(folder.path(), "test.plan", arguments)
}

/// Builds the plan in `folder`.
#[track_caller]
pub(crate) fn build_in(folder: &Path, plan: &str, arguments: &[&str]) -> Built {
    let out = folder.join("out");
    let output = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(folder)
        .args(["build", plan, "--to", "csv", "--stamp", "2026-01-01T00:00:00Z", "--out"])
        .arg(&out)
        .args(arguments)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{stderr}\n{}", std::fs::read_to_string(folder.join(plan)).unwrap());
    let csv = std::fs::read_to_string(out.join("plan.csv")).unwrap();
    let rows = csv::Reader::from_reader(csv.as_bytes()).deserialize().map(Result::unwrap).collect();
    Built { rows, csv, stderr }
}
