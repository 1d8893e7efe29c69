//! The SMART checks against a sound plan: silent on it, and each brought about by one changed line, alone. What fixes there are
//! are applied, and what is required or waived is.

use std::collections::BTreeSet;

use milepost::compile::{Compilation, check};
use milepost::diagnostic::{Diagnostic, Severity};
use milepost::plan::Check;
use milepost::world::MemoryWorld;

use crate::outputs::milepost;

/// A company, two regions, a team that serves them; every statement that a check looks at is in it.
const SOUND: &str = r#"plan year "A year that can be reached" {
  period 2026-06
  currency CNY
}
metric revenue { unit CNY; kind outcome }
metric orders { kind outcome }
metric visits { kind activity }
metric calls { kind activity }
metric churn { unit percent; better lower; total last }
metric complaints { better lower }
metric repairs { kind activity }
team company {
  team north {
    person ann { visits at most 12 per day }
    person bo
  }
  team south { person cai }
  team care { person dee }
}
funnel field {
  revenue <- orders 40k CNY each
  orders <- visits 1 in 10 lag 2 days
}
funnel near {
  revenue <- orders 40k CNY each
  orders <- visits 1 in 10
}
history sales of revenue {
  2025-01 2M; 2025-02 2M; 2025-03 2M; 2025-04 2M
  2025-05 2M; 2025-06 2M; 2025-07 2M; 2025-08 2M
}
pipeline deals of revenue {
  open 1..2 each
  stage offer 50%
  deal a { amount 240k; close 2026-06-02; owner ann; stage offer; next "sign" by 2026-06-01 }
  deal b { amount 900k; close 2026-06-18; owner ann; stage offer; next "quote" by 2026-06-09 }
  deal c { amount 900k; close 2026-06-24; owner bo; stage offer; next "visit" by 2026-06-10 }
}
objective grow "The first choice of dealers" {
  owner company
  scope "dealers of trucks under 4 t"
  key-result all "2.2 million" { measure revenue 2.2M CNY by 2026-06-30; baseline sales; checkpoint 900k CNY by 2026-06-12 }
}
objective win-north "Win the north" {
  owner north
  scope "dealers in Jilin"
  supports grow
  key-result book {
    measure revenue 1M CNY by 2026-06-30
    baseline 900k CNY
    through field
    share north evenly
    over-assign 5%
    forecast 2026-06-02 ann { call 525k }
  }
}
objective win-south "Win the south" {
  owner south
  scope "dealers in Fujian"
  type aspirational
  supports grow.all
  key-result book { measure revenue 1.2M CNY by 2026-06-30; baseline 1.1M CNY; through near; share south evenly }
}
objective care "Keep whom we have" {
  owner care
  scope "customers of a year and more"
  supports grow
  why "who stays, orders again"
  key-result stay { measure churn from 25% to 20% by 2026-06-30; checkpoint 23% by 2026-06-15 }
  key-result calm { hold complaints at most 3 by 2026-06-30 }
  key-result ready { reach "price list" by 2026-06-12; reach "stock" by 2026-06-30 }
  key-result mend { measure repairs 4 per day; during 2026-06 }
}
"#;

/// What each check is brought about by: the check, and what to put in the place of what.
const BROKEN: &[(Check, &str, &str)] = &[
    (Check::Owner, "  owner south\n", ""),
    (Check::Scope, "  scope \"dealers in Fujian\"\n", ""),
    (
        Check::Wish,
        "key-result mend { measure repairs 4 per day; during 2026-06 }",
        "key-result mend { measure repairs 4 per day; during 2026-06 }\n}\nobjective more \"提升业绩\" { owner care; supports grow",
    ),
    (Check::Measure, "hold complaints at most 3 by 2026-06-30", "during 2026-06"),
    (
        Check::Change,
        "measure churn from 25% to 20% by 2026-06-30; checkpoint 23% by 2026-06-15",
        "measure churn from 25% to 25% by 2026-06-30; checkpoint 25% by 2026-06-15",
    ),
    (Check::Direction, "hold complaints at most 3", "hold complaints at least 3"),
    (Check::Growth, "baseline 900k CNY", "baseline 700k CNY"),
    (Check::Comparison, "    baseline 900k CNY\n", ""),
    (Check::History, "  2025-05 2M; 2025-06 2M; 2025-07 2M; 2025-08 2M\n", "  2025-06 2M\n"),
    (Check::Sandbagged, "baseline 1.1M CNY", "baseline 1.2M CNY"),
    (Check::Ceiling, "visits at most 12 per day", "visits at most 5 per day"),
    (Check::TooLate, "close 2026-06-02", "close 2026-06-04"),
    (Check::Forecast, "call 525k", "call 500k"),
    (Check::OverAssignment, "over-assign 5%", "over-assign 5%; over-assign bo 12%"),
    (Check::Coverage, "deal b { amount 900k", "deal b { amount 850k"),
    (Check::OpenDeals, "open 1..2 each", "open 2..2 each"),
    (Check::NextStep, "; next \"visit\" by 2026-06-10", ""),
    (Check::Supports, "  supports grow\n  why", "  why"),
    (Check::EndsEarlier, "2.2M CNY by 2026-06-30; baseline sales", "2.2M CNY by 2026-06-26; baseline sales"),
    (Check::CommonMeasure, "  why \"who stays, orders again\"\n", ""),
    (Check::Activity, "through near; share south", "share south"),
    (
        Check::Outcome,
        "key-result mend { measure repairs 4 per day; during 2026-06 }",
        "key-result mend { measure repairs 4 per day; during 2026-06 }\n}\nobjective busy { owner care; scope \"all of them\"; why \"it is what we do\"; supports show; key-result call { measure calls 5 per day; during 2026-06 }\n}\nobjective show { owner care; scope \"all of them\"; key-result call { measure calls 5 per day; during 2026-06 }",
    ),
    (
        Check::Parts,
        "measure revenue 1.2M CNY by 2026-06-30; baseline 1.1M CNY",
        "measure revenue 1.19M CNY by 2026-06-30; baseline 1.1M CNY",
    ),
    (Check::By, "measure repairs 4 per day; during 2026-06", "measure repairs 4 per day"),
    (Check::Checkpoint, "checkpoint 23% by 2026-06-15", "checkpoint 19% by 2026-06-15"),
    (
        Check::LastDay,
        "  key-result mend { measure repairs 4 per day; during 2026-06 }\n",
        "  key-result mend { measure repairs 4 per day; during 2026-06 }\n}\nobjective tidy { owner care; why \"a clean start\"; supports grow; key-result up { reach \"desk\" by 2026-06-30; reach \"car\" by 2026-06-30 }\n",
    ),
];

fn compiled(plan: &str) -> Compilation {
    check(&MemoryWorld::new([("test.plan", plan)]), "test.plan", None)
}

fn changed(from: &str, to: &str) -> String {
    assert_eq!(SOUND.matches(from).count(), 1, "{from}");
    SOUND.replace(from, to)
}

fn smart(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    diagnostics.iter().filter(|said| said.message.code().starts_with("smart::")).collect()
}

fn texts(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(|said| format!("{}: {}", said.message.code(), said.message.text())).collect()
}

#[test]
fn nothing_is_said_of_a_sound_plan() {
    let said = compiled(SOUND).diagnostics;
    // That deals make up for the first two days is worth knowing, and nothing wrong.
    let codes: Vec<&str> = said.iter().map(|said| said.message.code()).collect();
    assert_eq!(codes, ["lag::before-plan"], "{:?}", texts(&said));
}

#[test]
fn every_check_is_brought_about_by_one_line_and_alone() {
    let listed: BTreeSet<Check> = BROKEN.iter().map(|(check, ..)| *check).collect();
    assert_eq!(
        listed.iter().collect::<Vec<_>>(),
        Check::ALL.iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    );
    for (check, from, to) in BROKEN {
        let compilation = compiled(&changed(from, to));
        let codes: Vec<&str> =
            smart(&compilation.diagnostics).iter().map(|said| said.message.code()).collect();
        let all = texts(&compilation.diagnostics);
        assert!(codes.contains(&check.code()), "{}: {all:?}", check.code());
        // A wish has nothing measured, which is another letter of the same fault; a short history is no baseline.
        let also: &[Check] = match check {
            Check::Wish => &[Check::Measure],
            _ => &[],
        };
        for code in codes {
            let known = code == check.code() || also.iter().any(|also| also.code() == code);
            assert!(known, "{} brings {code} as well: {all:?}", check.code());
        }
    }
}

/// What is required is an error, for all goals of a block; a limit that is written is one as well.
#[test]
fn what_is_required_is_an_error() {
    for (check, from, to) in BROKEN {
        let (letter, name) = check.path().split_once('.').unwrap();
        let plan = format!("{}smart {{ {letter} require {name} }}\n", changed(from, to));
        let said = compiled(&plan).diagnostics;
        let found: Vec<&Diagnostic> =
            smart(&said).into_iter().filter(|said| said.message.code() == check.code()).collect();
        assert!(!found.is_empty(), "{}", check.code());
        assert!(
            found.iter().all(|said| said.severity == Severity::Error),
            "{}: {:?}",
            check.code(),
            texts(&said)
        );
    }
}

/// A waiver of the check, of its letter, or of the one goal leaves nothing; the others stay, and none is unused.
#[test]
fn what_is_waived_is_not_said() {
    for (check, from, to) in BROKEN {
        let letter = check.path().split_once('.').unwrap().0;
        for waived in [check.path(), letter] {
            let also = if *check == Check::Wish { "; waive measurable.measure \"so it is\"" } else { "" };
            let plan = format!("{}smart {{ waive {waived} \"so it is\"{also} }}\n", changed(from, to));
            let said = compiled(&plan).diagnostics;
            assert!(smart(&said).is_empty(), "{waived}: {:?}", texts(&said));
            assert!(
                !said.iter().any(|said| said.message.code() == "waiver::unused"),
                "{waived}: {:?}",
                texts(&said)
            );
        }
        // On a sound plan it has nothing to do, and is said to.
        let said = compiled(&format!("{SOUND}smart {{ waive {} \"so it is\" }}\n", check.path())).diagnostics;
        let unused = said.iter().any(|said| said.message.code() == "waiver::unused");
        // A next step may be late as of a day that `check` was not told; the note about deals counts as what it is.
        assert_eq!(
            unused,
            !matches!(check, Check::NextStep | Check::TooLate),
            "{}: {:?}",
            check.path(),
            texts(&said)
        );
    }
}

/// Every fix, applied, removes what it is for, breaks nothing, and stays as it is when formatted.
#[test]
fn every_fix_mends_what_it_is_for() {
    let mut mended = BTreeSet::new();
    for (check, from, to) in BROKEN.iter().chain(ALSO) {
        let plan = changed(from, to);
        let compilation = compiled(&plan);
        let of_check = |said: &&Diagnostic| said.message.code() == check.code();
        let before = compilation.diagnostics.iter().filter(of_check).count();
        for diagnostic in compilation.diagnostics.iter().filter(of_check) {
            for fix in &diagnostic.fixes {
                let mut edits: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
                for (place, text) in &fix.edits {
                    edits.push((compilation.sources.locate(*place).1, text));
                }
                edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
                let mut text = plan.clone();
                for (range, with) in edits {
                    text.replace_range(range, with);
                }
                let after = compiled(&text).diagnostics;
                assert_eq!(
                    after.iter().filter(of_check).count(),
                    before - 1,
                    "{}: {:?}\n{text}",
                    check.code(),
                    texts(&after)
                );
                assert!(
                    after.iter().all(|said| said.severity != Severity::Error),
                    "{}: {:?}\n{text}",
                    check.code(),
                    texts(&after)
                );
                // Nothing else is brought about by it, but that a lower part is less of the whole.
                let codes = |said: &[Diagnostic]| -> BTreeSet<&str> {
                    smart(said).iter().map(|said| said.message.code()).collect()
                };
                let mut was = codes(&compilation.diagnostics);
                was.insert(Check::Parts.code());
                assert!(codes(&after).is_subset(&was), "{}: {:?}\n{text}", check.code(), texts(&after));
                mended.insert(*check);
            }
        }
    }
    let expected = [Check::Owner, Check::Change, Check::Direction, Check::Growth, Check::Supports, Check::By];
    assert_eq!(mended, BTreeSet::from(expected));
}

/// The same of what brings about a check in another way: a fix of each kind.
const ALSO: &[(Check, &str, &str)] = &[
    (Check::Direction, "measure churn from 25% to 20%", "measure churn from 20% to 25%"),
    (Check::Growth, "measure churn from 25% to 20%", "measure churn from 25% to 10%"),
    (
        Check::Growth,
        "measure revenue 1M CNY by 2026-06-30\n    baseline 900k CNY",
        "measure revenue +50% by 2026-06-30\n    baseline 700k CNY",
    ),
    (
        Check::Growth,
        "measure revenue 1M CNY by 2026-06-30\n    baseline 900k CNY",
        "measure revenue x1.5 by 2026-06-30\n    baseline 700k CNY",
    ),
    (
        Check::Change,
        "measure churn from 25% to 20% by 2026-06-30; checkpoint 23% by 2026-06-15",
        "measure churn from 25% to 25%; during 2026-06",
    ),
    (Check::By, "reach \"price list\" by 2026-06-12; reach \"stock\" by 2026-06-30", "reach \"stock\""),
    (Check::By, "hold complaints at most 3 by 2026-06-30", "hold complaints at most 3"),
];

/// Next steps that were due are told of as of a day, and only then.
#[test]
fn next_steps_are_late_as_of_a_day() {
    let world = MemoryWorld::new([("test.plan", SOUND)]);
    for (as_of, late) in
        [("2026-06-01", 0), ("2026-06-02", 1), ("2026-06-09", 2), ("2026-06-10", 3), ("2026-06-11", 4)]
    {
        let said = check(&world, "test.plan", Some(as_of.parse().unwrap())).diagnostics;
        let found = said.iter().filter(|said| said.message.code() == "smart::attainable::next-step").count();
        assert_eq!(found, late, "{as_of}: {:?}", texts(&said));
    }
    // What is decided on a day that has not come is no fact.
    let won = SOUND.replace("close 2026-06-18", "won 2026-06-11");
    assert_ne!(won, SOUND);
    let world = MemoryWorld::new([("test.plan", won.as_str())]);
    for (as_of, ahead) in [(Some("2026-06-10"), 1), (Some("2026-06-11"), 0), (None, 0)] {
        let said = check(&world, "test.plan", as_of.map(|day| day.parse().unwrap())).diagnostics;
        let found = said.iter().filter(|said| said.message.text().contains("won or lost later than"));
        assert_eq!(found.count(), ahead, "{as_of:?}: {:?}", texts(&said));
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("test.plan"), SOUND).unwrap();
    let output =
        milepost(folder.path(), &["check", "test.plan", "--as-of", "2026-06-10", "--format", "json"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("the next step was due before 2026-06-10: `deals.b` (2026-06-09)"), "{said}");
}

/// The page of a code is printed without a plan; a beginning lists what starts so, and a slip is answered.
#[test]
fn the_page_of_a_code_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let run = |code: &str| milepost(folder.path(), &["check", "--explain", code]);
    for check in Check::ALL {
        let output = run(check.code());
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && page.starts_with(check.code()), "{page}");
        assert!(page.contains("\nBad:\n") && page.contains("\nGood:\n") && !page.contains("\n## "), "{page}");
    }
    let growth = run("smart::attainable::growth").stdout;
    for other in ["attainable.growth", "growth", "Growth", "smart::attainable::growth::"] {
        assert_eq!(run(other).stdout, growth, "{other}");
    }
    let letter = String::from_utf8(run("smart::time-bound").stdout).unwrap();
    let codes: Vec<&str> = letter.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(
        codes,
        ["smart::time-bound::by", "smart::time-bound::checkpoint", "smart::time-bound::last-day"]
    );
    assert!(letter.contains(" A goal has no date"), "{letter}");
    let slip = run("smart::attainable::grwoth");
    assert_eq!(slip.status.code(), Some(1));
    let said = String::from_utf8(slip.stderr).unwrap();
    assert!(said.contains("did you mean `smart::attainable::growth`?"), "{said}");
    assert_eq!(
        milepost(folder.path(), &["check", "a.plan", "--explain", "name::unknown"]).status.code(),
        Some(2)
    );
}

/// Which errors there are decides what a build does: a goal that is merely bad is written, and fails.
#[test]
fn a_bad_goal_is_built_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    let plan = format!("{}smart {{ specific require owner }}\n", changed("  owner south\n", ""));
    std::fs::write(folder.path().join("test.plan"), plan).unwrap();
    let output = milepost(folder.path(), &["build", "test.plan", "--out", "out"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.path().join("out/plan.csv").exists());
}
