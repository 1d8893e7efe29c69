//! Runs the compiler and compares its rows with the reference.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use super::expand::expand;
use super::generate;
use super::row::{COLUMNS, Row};
use super::statements::Tally;
use super::text::text;
use super::text_life::TABLE;

/// How many rows are shown from the first that differs on.
const SHOWN: usize = 6;

/// Builds the plan of every seed with the command at `binary` and compares
/// `plan.csv` with the reference, row by row and in order; the first plan that
/// differs is shown whole. Says what the plans were made of.
///
/// # Panics
/// Where a plan is not built, or a row differs.
pub(crate) fn compare(binary: &Path, seeds: Range<u64>) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        let plan = generate::plan(seed);
        let source = text(&plan, seed);
        let by = generate::shortest(seed);
        tally.count(&plan, by);
        let expected: Vec<String> = expand(&plan, by)
            .unwrap_or_else(|why| panic!("seed {seed} was generated but is not planned: {why:?}"))
            .iter()
            .map(|row| Row::cells(row).join(" | "))
            .collect();
        let by: Vec<String> = by.iter().map(|by| format!("--by={}", by.text())).collect();
        let built = match build(binary, &source, None, &by) {
            Ok(rows) => rows,
            Err(why) => panic!("seed {seed}: {why}\n--- plan.plan\n{source}"),
        };
        if let Some(difference) = difference(&expected, &built) {
            panic!("seed {seed}: {difference}\n--- plan.plan\n{source}");
        }
    }
    tally
}

/// The compared columns of every row that the compiler writes of a plan and the
/// table it names.
pub(crate) fn build(
    binary: &Path,
    source: &str,
    table: Option<&str>,
    arguments: &[String],
) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
    write(folder.path(), source, table)?;
    let output = Command::new(binary)
        .args(["build", "plan.plan", "--out", "out", "--to", "csv"])
        .args(["--stamp", "2026-01-01T00:00:00Z"])
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .map_err(|why| format!("{} does not run: {why}", binary.display()))?;
    let said = format!("{}\n--- standard error\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    // Checks of the goals may fail a plan that is built all the same.
    let built = folder.path().join("out/plan.csv");
    let mut reader = csv::Reader::from_path(&built).map_err(|why| format!("no plan.csv: {why}\n{said}"))?;
    let header = reader.headers().map_err(|why| why.to_string())?.clone();
    let mut places = Vec::new();
    for column in COLUMNS {
        let place = header.iter().position(|name| name == column);
        places.push(place.ok_or_else(|| format!("no column `{column}` in {header:?}"))?);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|why| why.to_string())?;
        let cells: Vec<&str> = places.iter().map(|place| record.get(*place).unwrap_or_default()).collect();
        rows.push(cells.join(" | "));
    }
    Ok(rows)
}

/// Writes `plan.plan`, and the table that it names.
pub(crate) fn write(folder: &Path, source: &str, table: Option<&str>) -> Result<(), String> {
    fs::write(folder.join("plan.plan"), source).map_err(|why| why.to_string())?;
    match table {
        Some(table) => fs::write(folder.join(TABLE), table).map_err(|why| why.to_string()),
        None => Ok(()),
    }
}

/// A number that the environment says, or else this one.
pub(crate) fn number(name: &str, otherwise: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.map_or(otherwise, |said| said.parse().expect("a number of plans"))
}

/// Where two tables part, and how they go on from there.
pub(crate) fn difference(expected: &[String], built: &[String]) -> Option<String> {
    let same = expected.iter().zip(built).take_while(|(one, other)| one == other).count();
    if same == expected.len() && same == built.len() {
        return None;
    }
    let show = |rows: &[String]| -> String {
        let rest = rows.get(same..).unwrap_or_default();
        let shown: Vec<&str> = rest.iter().take(SHOWN).map(String::as_str).collect();
        if shown.is_empty() { "(no more rows)".to_owned() } else { shown.join("\n") }
    };
    Some(format!(
        "rows differ from row {} on ({} expected, {} built)\n--- columns\n{}\n--- expected\n{}\n--- built\n{}",
        same + 1,
        expected.len(),
        built.len(),
        COLUMNS.join(" | "),
        show(expected),
        show(built),
    ))
}

/// `MILEPOST_REFERENCE_PLANS` says how many plans, `MILEPOST_REFERENCE_FIRST` the
/// first seed, to look at one again.
#[test]
fn random_plans_match_the_reference() {
    let first = number("MILEPOST_REFERENCE_FIRST", 0);
    let plans = number("MILEPOST_REFERENCE_PLANS", 300);
    let tally = compare(Path::new(env!("CARGO_BIN_EXE_milepost")), first..first + plans);
    println!("of {plans} plans\n{}", tally.text());
    // Fewer plans may miss something by chance.
    if plans >= 300 {
        assert_eq!(tally.missing(), [""; 0]);
    }
}

#[test]
fn a_difference_is_found_wherever_it_is() {
    let rows = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(difference(&rows("a b c"), &rows("a b c")), None);
    for other in ["a b", "a b c d", "a b x", "x b c"] {
        assert!(difference(&rows("a b c"), &rows(other)).is_some(), "{other}");
    }
}
