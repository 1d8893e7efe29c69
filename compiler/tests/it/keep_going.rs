//! `build --keep-going`: what does not depend on the errors is written, and is the same as without them.

use std::collections::BTreeMap;
use std::fs;

use crate::outputs::{build, built, said};

const PLAN: &str = r#"
plan p { period 2026-06; currency CNY; calendar office }
calendar office { week mon..fri }
calendar shifts { week mon..sat }
metric revenue { unit CNY }
metric orders { kind outcome }
metric visits { kind activity }
metric calls { kind activity }
funnel field { revenue <- orders 40k CNY each; orders <- visits 1 in 5 }
funnel phone { orders <- calls 1 in 10 }
team north { person chen; person liu }
team south { calendar shifts; person wu }
history past of revenue { 2025-06 300k }
accounts book of revenue { "Acme" 50k { owner liu } }
review weekly { every mon }
objective a {
  owner north
  key-result field { measure revenue 400k by 2026-06-30; through field; share north evenly }
  key-result phone { measure orders 20 by 2026-06-30; through phone; share south evenly }
}
objective b { owner south
  key-result alone { measure calls 60 by 2026-06-30 }
  key-result season { measure revenue 80k by 2026-06-30; existing book; spread like past }
}
"#;

/// The rows of each key result, without the lines they come from.
fn rows(table: &[u8]) -> BTreeMap<String, Vec<String>> {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in csv::Reader::from_reader(table).records().map(Result::unwrap) {
        let rest: Vec<&str> =
            row.iter().enumerate().filter(|(at, _)| *at != 12).map(|(_, cell)| cell).collect();
        rows.entry(format!("{}.{}", &row[4], &row[5])).or_default().push(rest.join(","));
    }
    rows
}

#[test]
fn what_does_not_depend_on_an_error_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let whole = rows(&built(folder.path(), PLAN, &[])["plan.csv"]);
    assert_eq!(whole.len(), 4);
    let all = ["a.field", "a.phone", "b.alone", "b.season"];
    for (from, to, left_out) in [
        // In a key result: itself.
        ("through field; share", "through feild; share", &["a.field"][..]),
        ("measure orders 20 by 2026-06-30", "measure orders 20 by 2026-06-31", &["a.phone"]),
        // In an objective beside its key results: all of them.
        ("owner north\n  key", "owner nort\n  key", &["a.field", "a.phone"]),
        ("  key-result alone", "  onwer chen; key-result alone", &["b.alone", "b.season"]),
        ("  key-result alone {", "  key-resul alone {", &["b.alone", "b.season"]),
        // In what key results use.
        ("orders <- calls 1 in 10", "orders <- calls 1 in 0", &["a.phone"]),
        ("metric calls { kind activity }", "metric calls { kind aktivity }", &["a.phone", "b.alone"]),
        ("person chen;", "person chen { weight x };", &["a.field", "b.season"]),
        ("{ 2025-06 300k }", "{ 2025-06 300k; 2025-13 1k }", &["b.season"]),
        ("owner liu } }", "owner lui } }", &["b.season"]),
        ("week mon..sat", "week mon..sut", &["a.phone", "b.alone", "b.season"]),
        // What nothing is worked out from.
        ("every mon }", "every mun }", &[]),
        ("review weekly", "rewiev weekly", &[]),
        // A declaration that cannot be read is missed by who names it.
        ("funnel phone {", "funel phone {", &["a.phone"]),
    ] {
        let plan = PLAN.replacen(from, to, 1);
        assert_ne!(plan, PLAN, "{from}");
        let _ = fs::remove_dir_all(folder.path().join("out"));
        let output = build(folder.path(), &plan, &["--keep-going"]);
        assert_eq!(output.status.code(), Some(1), "`{to}`: {}", said(&output));
        let table = fs::read(folder.path().join("out/plan.csv"))
            .unwrap_or_else(|_| panic!("`{to}`: {}", said(&output)));
        let found = rows(&table);
        let kept: BTreeMap<_, _> = whole
            .iter()
            .filter(|(path, _)| !left_out.contains(&path.as_str()))
            .map(|(path, rows)| (path.clone(), rows.clone()))
            .collect();
        assert_eq!(
            found.keys().collect::<Vec<_>>(),
            kept.keys().collect::<Vec<_>>(),
            "`{to}`: {}",
            said(&output)
        );
        assert!(found == kept, "`{to}`: what is written is what it was");
        let listed =
            all.iter().filter(|path| left_out.contains(path) && said(&output).contains(&format!("`{path}`")));
        // One whose heading cannot be read has no name.
        assert!(listed.count() >= left_out.len().min(1), "`{to}`: {}", said(&output));
    }
}

#[test]
fn an_error_of_the_plan_itself_leaves_nothing_to_write() {
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in [
        ("currency CNY", "curency CNY"),
        ("week mon..fri", "week mon..fry"),
        ("period 2026-06", "period 2026-13"),
    ] {
        let output = build(folder.path(), &PLAN.replacen(from, to, 1), &["--keep-going"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said(&output).contains("nothing was written, because of the errors above"),
            "{}",
            said(&output)
        );
        assert!(!folder.path().join("out").exists(), "{to}");
    }
    let both = build(folder.path(), PLAN, &["--keep-going", "--previous", "old"]);
    assert_eq!(both.status.code(), Some(2), "what is left out for now must not be called off");
}

#[test]
fn denied_warnings_write_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = build(folder.path(), PLAN, &["--deny", "warnings"]);
    assert_eq!(output.status.code(), Some(1), "a review has no meaning yet: {}", said(&output));
    assert!(!folder.path().join("out").exists());
    let output =
        build(folder.path(), &PLAN.replace("review weekly { every mon }", ""), &["--deny", "warnings"]);
    // What is merely a vague goal is written, and fails all the same.
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(folder.path().join("out/plan.csv").exists(), "{}", said(&output));
}
