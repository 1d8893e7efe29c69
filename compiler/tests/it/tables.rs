//! Histories and accounts from tables, through the real binary.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use chrono::{Datelike, NaiveDate, Weekday};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use crate::built::{Built, build_in};

const PLAN: &str = r#"
plan p { period 2026-01..2026-03; currency CNY }
metric revenue "收入" { unit CNY; step 1 }
team north { person liu "刘"; person chen "陈静" }
HISTORY
objective o { key-result k { measure revenue 60k by 2026-03-31; owner north; spread like sales } }
"#;

fn folder(history: &str, files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("test.plan"), PLAN.replace("HISTORY", history)).unwrap();
    for (path, bytes) in files {
        fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        fs::write(folder.path().join(path), bytes).unwrap();
    }
    folder
}

/// The amounts of the months.
fn months(built: &Built) -> Vec<i64> {
    built.rows.iter().map(|row| row.amount.parse().unwrap()).collect()
}

/// What a history of these files makes of 60,000.
#[track_caller]
fn season(history: &str, files: &[(&str, &[u8])]) -> Vec<i64> {
    months(&build_in(folder(history, files).path(), "test.plan", &[]))
}

fn check(folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(folder)
        .args(["check", "test.plan", "--format", "json"])
        .output()
        .unwrap()
}

/// What is said about a plan: codes and messages.
fn said(folder: &Path) -> (Option<i32>, Vec<(String, String)>) {
    let output = check(folder);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let said = json["diagnostics"].as_array().unwrap().iter();
    (output.status.code(), said.map(|said| (text(&said["code"]), text(&said["message"]))).collect())
}

#[test]
fn gb18030_is_read() {
    let (bytes, _, _) = encoding_rs::GB18030.encode(
        "签约日期,金额,负责人\r\n2025-01-05,1万元,刘\r\n2025-02-05,¥2万,陈静\r\n2025-03-31,3万,刘\r\n",
    );
    let history = r#"history sales of revenue from "data/去年.csv" {
        date "签约日期"; amount "金额"; person "负责人"; encoding gb18030 }"#;
    assert_eq!(season(history, &[("data/去年.csv", &bytes)]), [10_000, 20_000, 30_000]);

    let wrong = folder(&history.replace("; encoding gb18030", ""), &[("data/去年.csv", &bytes)]);
    let (code, said) = said(wrong.path());
    assert_eq!(code, Some(1));
    let text = "`data/去年.csv`, row 1: this is no UTF-8 text".to_owned();
    assert_eq!(said, [("table::encoding".to_owned(), text)]);
}

#[test]
fn marks_line_ends_and_quotes_are_those_of_spreadsheets() {
    let text = "\u{feff}\"Close Date\",Note,\"Amount, net\"\r\n\
        2025-01-05,\"two\r\nlines, and a \"\"quote\"\"\",\"10000\"\r\n\
        \r\n\
        2025-02-05 09:30,,20000.00\r\n\
        2025-03-05,\"\",30k";
    let history = r#"history sales of revenue from "a.csv" { date "Close Date"; amount "Amount, net" }"#;
    assert_eq!(season(history, &[("a.csv", text.as_bytes())]), [10_000, 20_000, 30_000]);

    let utf16: Vec<u8> = text.replace(",20000.00", ",x").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wrong = folder(history, &[("a.csv", &utf16)]);
    let (code, said) = said(wrong.path());
    assert_eq!(code, Some(1));
    // Rows are counted by the lines of the file.
    assert!(said[0].1.starts_with("`a.csv`, row 5, column \"Amount, net\": expected a number"), "{said:?}");
}

#[test]
fn several_files_periods_and_patterns_come_together() {
    let german = "Datum;Betrag\n5.1.2025;6.000,00 CNY\n06.01.2025;4000\n";
    let periods = "Datum;Betrag\n2025-02-T1;5.000\n2025-W07;10.000,50\n2025-02-28;4.999,5\n2025-03;30.000\n";
    let history = r#"history sales of revenue from "a.csv", "more/b.csv" {
        date "Datum" as "D.M.Y"; amount "Betrag" as "1.234,50" }"#;
    let files: [(&str, &[u8]); 2] = [("a.csv", german.as_bytes()), ("more/b.csv", b"")];
    let wrong = folder(history, &files);
    assert_eq!(said(wrong.path()).1[0].0, "table::empty");
    // A day is written in the way that is said, a period may always be written as in plans.
    let days = periods.replace("2025-02-28", "28.2.2025");
    let files: [(&str, &[u8]); 2] = [("a.csv", german.as_bytes()), ("more/b.csv", days.as_bytes())];
    assert_eq!(season(history, &files), [10_000, 20_000, 30_000]);
}

#[test]
fn a_table_spoils_only_itself() {
    let rows: String = (0..1000).map(|_| "2025-01-05,1,000\n").collect();
    let plan = folder(
        r#"history sales of revenue from "a.csv" { date "Date"; amount "Amount" }
           history fine of revenue from "b.csv" { date "Date"; amount "Amount" }"#,
        &[("a.csv", format!("Date,Amount\n{rows}").as_bytes()), ("b.csv", b"Date,Amount\n2025-01,1\n")],
    );
    let (code, said) = said(plan.path());
    assert_eq!(code, Some(1));
    let texts: Vec<&str> = said.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "`a.csv`, row 2: expected 2 cells as in the first row, found 3",
            "`a.csv`, row 3: expected 2 cells as in the first row, found 3",
            "`a.csv`, row 4: expected 2 cells as in the first row, found 3",
            "`a.csv`, row 5: expected 2 cells as in the first row, found 3",
            "`a.csv`, row 6: expected 2 cells as in the first row, found 3",
            "and 995 more rows of `a.csv`",
        ]
    );
}

#[test]
fn goals_that_go_by_a_wrong_table_are_left_out() {
    for table in ["Date,Amount\n2025-01,1\n2025-02,\"1\n", "Date,Amount\n2025-01,1\n2025-02,x\n"] {
        let plan = folder(
            r#"history sales of revenue from "a.csv" { date "Date"; amount "Amount" }
               objective p { key-result k { measure revenue 60k by 2026-03-31; owner north } }"#,
            &[("a.csv", table.as_bytes())],
        );
        let output = Command::new(env!("CARGO_BIN_EXE_milepost"))
            .current_dir(plan.path())
            .args([
                "build",
                "test.plan",
                "--to",
                "csv",
                "--out",
                "out",
                "--stamp",
                "2026-01-01",
                "--keep-going",
            ])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        let csv = fs::read_to_string(plan.path().join("out/plan.csv")).unwrap();
        let goals: Vec<&str> = csv.lines().skip(1).map(|row| row.split(',').nth(4).unwrap()).collect();
        assert_eq!(goals, ["p", "p", "p"], "{csv}");
    }
}

#[test]
fn letters_that_cannot_be_decoded_are_found_in_their_row() {
    let bytes = [b"Date,Amount\n2025-01,1\n2025-02,".as_slice(), b"\xff\n"].concat();
    let plan = folder(
        r#"history sales of revenue from "a.csv" { date "Date"; amount "Amount" }"#,
        &[("a.csv", &bytes)],
    );
    assert_eq!(said(plan.path()).1[0].1, "`a.csv`, row 3: this is no UTF-8 text");
}

#[test]
#[cfg(unix)]
fn no_table_leaves_the_folder() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("a.csv"), "Date,Amount\n2025-01,1\n").unwrap();
    let plan = folder(
        &format!(
            r#"history sales of revenue from "a.csv", "../a.csv", "{}/a.csv", "sub" {{ date "Date"; amount "Amount" }}"#,
            outside.path().display()
        ),
        &[("sub/x.csv", b"")],
    );
    std::os::unix::fs::symlink(outside.path().join("a.csv"), plan.path().join("a.csv")).unwrap();
    let codes: Vec<String> = said(plan.path()).1.into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["file::outside", "file::outside", "file::outside", "file::unreadable"]);
}

#[test]
fn accounts_come_from_a_table() {
    let plan = folder(
        r#"accounts book of revenue from "crm.csv" {
             account "Name"; amount "ARR"; retain "Kept"; owner "Owner"; renews "Renewal"; retain 50% }
           history sales of revenue { 2025-01 1; 2025-02 1; 2025-03 1 }
           objective p { key-result k { measure revenue 100k by 2026-03-31; owner north; existing book } }"#,
        &[(
            "crm.csv",
            "Name,ARR,Kept,Owner,Renewal\nAcme,¥2万,60%..80%,刘,2026-02\nBeta,12k,,chen,2026-03-02\n"
                .as_bytes(),
        )],
    );
    let built = build_in(plan.path(), "test.plan", &[]);
    let rows: Vec<_> = built.rows.iter().filter(|row| row.objective == "p").collect();
    let existing: Vec<_> = rows.iter().filter(|row| row.kind == "existing").collect();
    let shown: Vec<String> =
        existing.iter().map(|row| format!("{} {} {}", row.start, row.person, row.amount)).collect();
    assert_eq!(shown, ["2026-02-01 liu 14000", "2026-03-01 chen 6000"]);
    let new: i64 =
        rows.iter().filter(|row| row.kind == "new").map(|row| row.amount.parse::<i64>().unwrap()).sum();
    assert_eq!(new, 80_000);
}

/// The real months of a trade, by year.
fn wine() -> BTreeMap<i32, BTreeMap<u32, BigRational>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/wine-sales-1980-1994.csv");
    let mut years: BTreeMap<i32, BTreeMap<u32, BigRational>> = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines().skip(1) {
        let (month, bottles) = line.split_once(',').unwrap();
        let (year, month) = month.split_once('-').unwrap();
        let bottles: i64 = bottles.parse().unwrap();
        let year = years.entry(year.parse().unwrap()).or_default();
        year.insert(month.parse().unwrap(), BigRational::from(BigInt::from(bottles)));
    }
    years
}

/// Mondays to Fridays of a month.
fn workdays(year: i32, month: u32) -> BigRational {
    let days = NaiveDate::from_ymd_opt(year, month, 1).unwrap().iter_days();
    let days = days.take_while(|day| day.month() == month);
    let worked = days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).count();
    BigRational::from(BigInt::from(worked))
}

/// What 400,000 bottles come to by month, each running total rounded up once.
fn by_weight(weights: &[BigRational]) -> Vec<i64> {
    let total: BigRational = weights.iter().sum();
    let target = BigRational::from(BigInt::from(400_000));
    let mut so_far = BigRational::from(BigInt::from(0));
    let mut before = 0;
    let mut months = Vec::new();
    for weight in weights {
        so_far += weight;
        let to_date = (&target * &so_far / &total).ceil().to_integer().to_i64().unwrap();
        months.push(to_date - before);
        before = to_date;
    }
    months
}

fn wine_plan(spread: &str) -> Vec<i64> {
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/wine-sales-1980-1994.csv");
    fs::copy(data, folder.path().join("wine.csv")).unwrap();
    let plan = format!(
        "plan p {{ period 2026 }}\nmetric bottles\nperson liu\n\
         history wine of bottles from \"wine.csv\" {{ date \"Month\"; amount \"Bottles\" }}\n\
         objective o {{ key-result k {{ measure bottles 400k by 2026-12-31; owner liu; spread {spread} }} }}\n"
    );
    fs::write(folder.path().join("test.plan"), plan).unwrap();
    months(&build_in(folder.path(), "test.plan", &[]))
}

#[test]
fn fourteen_years_of_wine_make_a_season() {
    // 1994 ends in August and does not count.
    let years: Vec<_> = wine().into_iter().filter(|(_, months)| months.len() == 12).collect();
    assert_eq!(years.len(), 14);
    let count = BigRational::from(BigInt::from(14));
    let mean = |of: &dyn Fn(i32, &BTreeMap<u32, BigRational>) -> BigRational| {
        years.iter().map(|(year, months)| of(*year, months)).sum::<BigRational>() / &count
    };

    let shares: Vec<BigRational> = (1..=12)
        .map(|month| mean(&|_, months| &months[&month] / months.values().sum::<BigRational>()))
        .collect();
    assert_eq!(shares.iter().sum::<BigRational>(), BigRational::from(BigInt::from(1)));
    let built = wine_plan("like wine");
    assert_eq!(built, by_weight(&shares));
    assert_eq!(built.iter().sum::<i64>(), 400_000);
    // Little is drunk in January, and much is bought for Christmas.
    assert!(built[0] < 24_000 && built[11] > 44_000, "{built:?}");

    let a_day: Vec<BigRational> = (1..=12)
        .map(|month| mean(&|year, months| &months[&month] / workdays(year, month)) * workdays(2026, month))
        .collect();
    let built = wine_plan("like wine per workday");
    assert_eq!(built, by_weight(&a_day));
    assert_ne!(a_day, shares);
}

/// A table much larger than the memory that the command may take.
#[test]
#[cfg(target_os = "linux")]
fn a_large_table_is_not_held() {
    use std::io::Write;

    const MIB: usize = 1 << 20;
    let plan = folder(r#"history sales of revenue from "a.csv" { date "Date"; amount "Amount" }"#, &[]);
    let mut file = fs::File::create(plan.path().join("a.csv")).unwrap();
    let note = "x".repeat(1000);
    writeln!(file, "Date,Note,Amount").unwrap();
    let mut block = String::new();
    while block.len() < MIB {
        for (day, amount) in [("2025-01-05", "1.25"), ("2025-02-06", "2.5"), ("2025-03-07", "3.75")] {
            block.push_str(&format!("{day},\"{note}, \"\"quoted\"\"\",{amount}\n"));
        }
    }
    for _ in 0..200 {
        file.write_all(block.as_bytes()).unwrap();
    }
    drop(file);
    let output = Command::new("sh")
        .current_dir(plan.path())
        // In KiB of address space.
        .args(["-c", "ulimit -v 100000 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_milepost")])
        .args(["build", "test.plan", "--to", "csv", "--out", "out", "--stamp", "2026-01-01"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let csv = fs::read_to_string(plan.path().join("out/plan.csv")).unwrap();
    let amounts: Vec<&str> = csv.lines().skip(1).map(|row| row.split(',').nth(9).unwrap()).collect();
    assert_eq!(amounts, ["10000", "20000", "30000"]);
}
