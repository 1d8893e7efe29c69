//! Deals in what `build` and `show` write.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::json::fits_schema;
use crate::outputs::{build, built, events, files, milepost, said};

const PLAN: &str = r#"
plan june { period 2026-06..2026-07; currency CNY }
metric revenue { unit CNY; kind outcome }
metric visits { kind activity }
team sales { person chen "陈静"; person liu "Liu" }
objective win { owner sales
  key-result book { measure revenue 300k CNY by 2026-07-31; share sales evenly; spread { 2026-06 2; 2026-07 1 } }
  key-result see { measure visits 20 by 2026-07-31; share sales evenly }
}
pipeline deals "The north" of revenue from "crm.csv" {
  open 2..3 each
  stage proposal 50%; stage contract 90%; stage closed-won 100%; stage closed-lost 0%
  deal "Name"; amount "Amount"; stage "Stage"; close "Close"; owner "Owner"; next "Next"; by "By"; reason "Why"
  deal acme-2 "Acme, \"second\" phase" {
    amount 120k; close 2026-06-20; owner liu; stage proposal; category best-case
    next "send the quote" by 2026-06-12
  }
  deal beta { amount 80k; probability 1 in 3; close 2026-07-18; next "=call()" by 2026-05-29 }
  deal gamma { amount 50k; won 2026-06-18 48k; stage contract; owner chen; next "thank them" by 2026-06-19 }
  deal delta "@delta" { amount 30k; lost 2026-06-18 "+price"; owner chen }
}
pipeline other of visits { deal only { amount 3; close 2026-06-10; probability 40%; owner chen } }
"#;

const CRM: &str = "Name,Amount,Stage,Close,Owner,Next,By,Why
Epsilon Ltd,10000.5,Proposal,2026-06,Liu,visit,2026-06-12,
zeta,20000,Closed Lost,2026-06-05,陈静,,,price
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("crm.csv"), CRM).unwrap();
    folder
}

fn table(folder: &Path, arguments: &[&str]) -> String {
    String::from_utf8(built(folder, PLAN, arguments)["pipeline.csv"].clone()).unwrap()
}

const HEADER: &str = "pipeline,deal,title,owner,stage,category,status,close,month,amount,probability,weighted,unit,next,next_by,closed,reason,source,id";

#[test]
fn a_deal_is_a_row() {
    let folder = folder();
    let rows = [
        HEADER,
        "deals,row-2,Epsilon Ltd,liu,proposal,,open,2026-06-30,2026-06,10000.50,50,5000.25,CNY,visit,2026-06-12,,,crm.csv:2,deals/row-2",
        "deals,zeta,zeta,chen,closed-lost,,lost,2026-06-05,2026-06,20000.00,,,CNY,,,2026-06-05,price,crm.csv:3,deals/zeta",
        "deals,acme-2,\"Acme, \"\"second\"\" phase\",liu,proposal,best-case,open,2026-06-20,2026-06,120000.00,50,60000.00,CNY,send the quote,2026-06-12,,,test.plan:14,deals/acme-2",
        "deals,beta,,,,,open,2026-07-18,2026-07,80000.00,33.33,26666.67,CNY,'=call(),2026-05-29,,,test.plan:18,deals/beta",
        "deals,gamma,,chen,contract,,won,,2026-06,48000.00,,,CNY,,,2026-06-18,,test.plan:19,deals/gamma",
        "deals,delta,'@delta,chen,,,lost,,2026-06,30000.00,,,CNY,,,2026-06-18,'+price,test.plan:20,deals/delta",
        "other,only,,chen,,,open,2026-06-10,2026-06,3,40,1,count,,,,,test.plan:22,other/only",
    ];
    let all = table(folder.path(), &[]);
    assert_eq!(all.lines().collect::<Vec<_>>(), rows);
    let of_liu = table(folder.path(), &["--person", "liu"]);
    assert_eq!(of_liu.lines().collect::<Vec<_>>(), [rows[0], rows[1], rows[3]]);
    let excel = table(folder.path(), &["--excel"]);
    assert_eq!(excel, format!("\u{feff}{}", all.replace('\n', "\r\n")));
}

#[test]
fn columns_with_days_have_patterns_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let crm = "Id,Name,Amount,Stage,Prob,Forecast,Close,Next,By,Won,Lost,Why
0065A,Acme,\"1,234.50\",1 - Proposal,80,Best Case,1.7.2026,call,6/12/26,,,
0065B,Beta,2,,25,COMMIT,2026-07,,,2026/06/03,,
0065C,Gamma,3,Closed Lost,0,,4.6.2026,,,,,price
gamma-2,Gamma,3,,0,,4.6.2026,,,,05-Jun-26,no budget
";
    fs::write(folder.path().join("crm.csv"), crm).unwrap();
    let plan = r#"
plan june { period 2026-06; currency CNY }
metric revenue { unit CNY }
pipeline crm of revenue from "crm.csv" {
  stage 阶段 10%; stage proposal 50%; stage one-proposal 60%; stage closed-lost 0%; stage x 1 in 2
  id "Id"; deal "Name"; amount "Amount" as "1,234.50"; probability "Prob" as "80"; category "Forecast"
  close "Close" as "D.M.YYYY"; next "Next"; by "By" as "M/D/YY"; won "Won" as "YYYY/MM/DD"
  lost "Lost" as "DD-MMM-YY"; reason "Why"
}
"#;
    let without_stage = String::from_utf8(built(folder.path(), plan, &[])["pipeline.csv"].clone()).unwrap();
    assert_eq!(
        without_stage.lines().skip(1).collect::<Vec<_>>(),
        [
            "crm,id-0065A,Acme,,,best-case,open,2026-07-01,2026-07,1234.50,80,987.60,CNY,call,2026-06-12,,,crm.csv:2,crm/id-0065A",
            "crm,id-0065B,Beta,,,commit,won,2026-07-31,2026-06,2.00,,,CNY,,,2026-06-03,,crm.csv:3,crm/id-0065B",
            "crm,id-0065C,Gamma,,,,open,2026-06-04,2026-06,3.00,0,0.00,CNY,,,,,crm.csv:4,crm/id-0065C",
            "crm,gamma-2,Gamma,,,,lost,2026-06-04,2026-06,3.00,,,CNY,,,2026-06-05,no budget,crm.csv:5,crm/gamma-2",
        ]
    );
    let with_stage = plan.replace("reason", "stage \"Stage\"; reason");
    // The number before a stage is the CRM's.
    let table = String::from_utf8(built(folder.path(), &with_stage, &[])["pipeline.csv"].clone()).unwrap();
    assert!(table.lines().nth(1).unwrap().contains(",Acme,,proposal,best-case,open,"), "{table}");
    let with_stage = with_stage.replace("stage x", "stage p1-proposal 70%; stage x");
    fs::write(folder.path().join("crm.csv"), crm.replace("1 - Proposal", "P1 -- Proposal")).unwrap();
    let table = String::from_utf8(built(folder.path(), &with_stage, &[])["pipeline.csv"].clone()).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[1].contains(",p1-proposal,best-case,open,") && lines[1].contains(",80,987.60,"), "{table}");
    assert!(
        lines[3].contains(",closed-lost,,lost,2026-06-04,") && lines[3].contains(",2026-06-04,price,"),
        "{table}"
    );
}

#[test]
fn a_plan_without_a_pipeline_has_no_table_of_deals() {
    let folder = folder();
    assert!(table(folder.path(), &["--to", "pipeline"]).starts_with(HEADER));
    let without = PLAN.split("pipeline deals").next().unwrap();
    let other = tempfile::tempdir().unwrap();
    assert!(!built(other.path(), without, &[]).contains_key("pipeline.csv"));
    // Deals that are gone do not stay in an old table.
    let after = built(folder.path(), without, &["--to", "csv"]);
    assert!(after["pipeline.csv"].len() > HEADER.len() + 1, "nobody asked for it");
    let after = built(folder.path(), without, &[]);
    assert_eq!(after["pipeline.csv"], format!("{HEADER}\n").into_bytes());
}

#[test]
fn a_deal_with_an_error_is_left_out_alone() {
    let folder = folder();
    let crm = CRM.replace("20000,Closed Lost", "20000,Closed Maybe");
    fs::write(folder.path().join("crm.csv"), crm).unwrap();
    let wrong = PLAN.replace("amount 80k", "amount -80k");
    let output = build(folder.path(), &wrong, &["--keep-going"]);
    assert_eq!(output.status.code(), Some(1));
    let told = said(&output);
    assert!(told.contains("left out, because of the errors above: deals of `deals`\n"), "{told}");
    // What is missing of a deal with an error is not told of.
    assert!(!told.contains("`deals.beta`"), "{told}");
    let written = files(&folder.path().join("out"));
    let table = String::from_utf8(written["pipeline.csv"].clone()).unwrap();
    let deals: Vec<&str> = table.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
    assert_eq!(deals, ["row-2", "acme-2", "gamma", "delta", "only"]);
    assert!(String::from_utf8_lossy(&written["plan.csv"]).contains("revenue"));
}

#[test]
fn half_of_a_table_is_left_out() {
    let folder = folder();
    fs::write(folder.path().join("crm.csv"), [CRM.as_bytes(), b"\xffta,1,,,,,,\n"].concat()).unwrap();
    let output = build(folder.path(), PLAN, &["--keep-going"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("left out, because of the errors above: `deals`\n"), "{}", said(&output));
    let written = files(&folder.path().join("out"));
    let table = String::from_utf8(written["pipeline.csv"].clone()).unwrap();
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(events(&written["calendar.ics"]).iter().all(|event| event["UID"].starts_with("day-")));
}

/// What a CRM says of deals that are decided: their owners have left, and their category is `Closed`.
#[test]
fn decided_deals_of_a_crm_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let crm = "Name,Amount,Stage,Close,Owner,Forecast
a,1,Closed Won,2026-06-05,Wang,Closed
b,2,ClosedLost,2026-06-05,Wang,Closed lost
c,3,Proposal,2026-06-08,Wang,Commit
d,4,1. Proposal,2026-06-08,Liu,Closed
\u{1b}[31me\u{202e},0,1. Proposal,2026-06-08,Liu,Not forecasted
";
    fs::write(folder.path().join("crm.csv"), crm).unwrap();
    let plan = r#"
plan june { period 2026-06; currency CNY }
metric revenue { unit CNY }
team sales { person liu "Liu" }
pipeline crm of revenue from "crm.csv" {
  stage proposal 50%; stage closed-won 100%; stage closed-lost 0%
  deal "Name"; amount "Amount"; stage "Stage"; close "Close"; owner "Owner"; category "Forecast"
}
"#;
    let output = build(folder.path(), plan, &["--keep-going"]);
    let told = said(&output);
    for once in [
        "row 2, column \"Owner\": nobody in the plan has the name or title `Wang`",
        "row 4, column \"Owner\": no person has the name or title `Wang`",
        "row 5, column \"Forecast\": expected `commit`",
    ] {
        assert_eq!(
            told.split_whitespace().collect::<Vec<_>>().join(" ").replace("│ ", "").matches(once).count(),
            1,
            "{once}: {told}"
        );
    }
    let table = String::from_utf8(files(&folder.path().join("out"))["pipeline.csv"].clone()).unwrap();
    assert_eq!(
        table.lines().skip(1).collect::<Vec<_>>(),
        [
            "crm,a,a,,closed-won,,won,2026-06-05,2026-06,1.00,,,CNY,,,2026-06-05,,crm.csv:2,crm/a",
            "crm,b,b,,closed-lost,,lost,2026-06-05,2026-06,2.00,,,CNY,,,2026-06-05,,crm.csv:3,crm/b",
            "crm,row-6,?[31me\u{fffd},liu,proposal,omitted,open,2026-06-08,2026-06,0.00,50,,CNY,,,,,crm.csv:6,crm/row-6",
        ]
    );
}

/// The next steps of a calendar: UID, day, title, description.
fn steps(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<[String; 4]> {
    let steps = events(&files[name]).into_iter().filter(|event| event["UID"].starts_with("next-"));
    steps
        .map(|event| {
            ["UID", "DTSTART;VALUE=DATE", "SUMMARY", "DESCRIPTION"]
                .map(|name| event.get(name).cloned().unwrap_or_default())
        })
        .collect()
}

#[test]
fn next_steps_are_events() {
    let folder = folder();
    let all = built(folder.path(), PLAN, &[]);
    let epsilon = |summary: &str| {
        [
            "next-deals.row-2@june.milepost",
            "20260612",
            summary,
            "amount 10\\,000.5 CNY\\nstage proposal\\nchance 50 %\\nclose 2026-06-30",
        ]
        .map(str::to_owned)
    };
    let acme = |summary: &str| {
        [
            "next-deals.acme-2@june.milepost",
            "20260612",
            summary,
            "amount 120\\,000 CNY\\nstage proposal\\nchance 50 %\\nclose 2026-06-20",
        ]
        .map(str::to_owned)
    };
    let beta = [
        "next-deals.beta@june.milepost",
        "20260529",
        "=call() · beta",
        "amount 80\\,000 CNY\\nchance 33.33 %\\nclose 2026-07-18",
    ]
    .map(str::to_owned);
    let second = "send the quote · Acme\\, \"second\" phase";
    assert_eq!(
        steps(&all, "calendar.ics"),
        [beta, epsilon("Liu: visit · Epsilon Ltd"), acme(&format!("Liu: {second}"))]
    );
    assert_eq!(steps(&all, "calendar-liu.ics"), [epsilon("visit · Epsilon Ltd"), acme(second)]);
    assert_eq!(steps(&all, "calendar-chen.ics"), Vec::<[String; 4]>::new());
    // Events come by day.
    for name in ["calendar.ics", "calendar-liu.ics"] {
        let days: Vec<String> =
            events(&all[name]).iter().map(|event| event["DTSTART;VALUE=DATE"].clone()).collect();
        assert!(days.is_sorted(), "{name}: {days:?}");
    }
    let own = built(folder.path(), PLAN, &["--person", "liu"]);
    assert_eq!(steps(&own, "calendar.ics"), steps(&all, "calendar-liu.ics"));
}

#[test]
fn a_next_step_keeps_its_name_and_is_called_off() {
    let folder = folder();
    let before = built(folder.path(), PLAN, &[]);
    let uids = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        steps(files, "calendar.ics").into_iter().map(|[uid, ..]| uid).collect()
    };
    let changed = PLAN
        .replace("send the quote\" by 2026-06-12", "call\" by 2026-06-19")
        .replace(
            "deal acme-2 \"Acme, \\\"second\\\" phase\" {\n    amount 120k",
            "deal acme-2 {\n    amount 130k",
        )
        .replace("deal beta {", "deal beta { owner liu;");
    assert_ne!(changed, PLAN);
    let mut names = uids(&built(folder.path(), &changed, &["--stamp", "2026-05-02"]));
    let mut known = uids(&before);
    names.sort();
    known.sort();
    assert_eq!(names, known);

    fs::rename(folder.path().join("out"), folder.path().join("old")).unwrap();
    let won = changed
        .replace("next \"call\" by 2026-06-19", "won 2026-06-11")
        .replace("owner liu; amount 80k", "owner chen; amount 80k");
    let after = built(folder.path(), &won, &["--stamp", "2026-05-03", "--previous", "old"]);
    let off = |name: &str| -> Vec<String> {
        let all = events(&after[name]).into_iter();
        all.filter(|event| event.contains_key("STATUS")).map(|event| event["UID"].clone()).collect()
    };
    let (acme, beta) = ("next-deals.acme-2@june.milepost", "next-deals.beta@june.milepost");
    assert_eq!(off("calendar.ics"), [acme]);
    let mut of_liu = off("calendar-liu.ics");
    of_liu.sort();
    assert_eq!(of_liu, [acme, beta]);
    assert!(off("calendar-chen.ics").is_empty());
}

#[test]
fn the_document_has_pipelines() {
    let folder = folder();
    let document = |arguments: &[&str]| -> serde_json::Value {
        let files = built(folder.path(), PLAN, arguments);
        let document = serde_json::from_slice(&files["plan.json"]).unwrap();
        fits_schema(&document);
        document
    };
    let all = document(&[]);
    let [deals, other] = all["pipelines"].as_array().unwrap().as_slice() else { panic!("{all}") };
    assert_eq!(
        (&deals["id"], &deals["title"], &deals["goals"], &other["goals"]),
        (&json!("deals"), &json!("The north"), &json!(["win.book"]), &json!(["win.see"]))
    );
    assert_eq!(deals["open"], json!({ "least": 2, "most": 3, "each": true }));
    let june = &deals["months"][0];
    assert_eq!(
        june,
        &json!({
            "month": "2026-06", "planned": 200_000.00, "won": 48_000.00, "to_win": 152_000.00, "deals": 2,
            "open": 130_000.50, "weighted": 65_000.25, "coverage": 0.855_266_447_368, "asked": 2
        })
    );
    assert_eq!(deals["deals"].as_array().unwrap().len(), 6);
    assert_eq!(
        deals["deals"][2],
        json!({
            "id": "deals/acme-2", "title": "Acme, \"second\" phase", "owner": "liu", "stage": "proposal",
            "category": "best-case", "status": "open", "amount": 120_000.00, "close": "2026-06-20", "chance": 0.5,
            "weighted": 60_000.00, "next": { "what": "send the quote", "by": "2026-06-12" }, "closed": null,
            "reason": null, "source": { "file": "test.plan", "line": 14 }
        })
    );
    let own = document(&["--person", "liu"]);
    let [only] = own["pipelines"].as_array().unwrap().as_slice() else { panic!("{own}") };
    assert_eq!((only["deals"].as_array().unwrap().len(), &only["months"]), (2, &json!([])));
    let without: serde_json::Value = serde_json::from_slice(
        &built(folder.path(), PLAN.split("pipeline deals").next().unwrap(), &[])["plan.json"],
    )
    .unwrap();
    assert!(without.get("pipelines").is_none());
}

#[test]
fn coverage_is_shown() {
    let folder = folder();
    fs::write(folder.path().join("test.plan"), PLAN).unwrap();
    let show = |arguments: &[&str]| {
        let mut all = vec!["show", "test.plan"];
        all.extend(arguments);
        String::from_utf8(milepost(folder.path(), &all).stdout).unwrap()
    };
    let shown = show(&[]);
    let (_, pipelines) = shown.split_once("\nPipeline\n").unwrap();
    let expected = "
  The north                                                                deals
  for win.book

    CNY      deals        open   weighted   to win    coverage
    2026-06      2  130,000.50  65,000.25  152,000  0.9 of 2.0
    2026-07      1   80,000.00  26,666.67  100,000  0.8 of 3.0

  other
  for win.see

    visits   deals  open  weighted  to win    coverage
    2026-06      1     3         1      10  0.3 of 2.5
    2026-07                             10         0.0
";
    assert_eq!(pipelines, expected, "{pipelines}");
    assert!(!show(&["--person", "liu"]).contains("Pipeline"));
}
