//! `milepost diff`: what changed, and what it does.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use milepost::compile::{Compilation, compile};
use milepost::diff::{Diff, Event, Next, Version, english, headline, json, markdown, text};
use milepost::exact::Exact;
use milepost::page::Style;
use milepost::world::MemoryWorld;
use serde_json::Value;

const PLAN: &str = r#"plan spring "Spring" {
  period 2026-Q1
  currency CNY
  calendar office
  smart { attainable growth 5%..40% }
}
calendar office { week mon..fri; off 2026-01-01 }
metric revenue { unit CNY }
metric orders
metric visits { kind activity }
metric coverage { unit percent; total last }
team north "North" {
  person liu "Liu Yang" { visits at most 6 per day }
  person chen { away 2026-02-02..2026-02-06 }
}
history past of revenue { 2025-01 100k CNY; 2025-02 200k CNY; 2025-03 300k CNY }
funnel field {
  revenue <- orders 40k CNY each
  orders <- visits 1 in 20 lag 7 days
}
accounts book of revenue {
  retain 80%
  "Acme" 200k CNY { owner liu }
}
pipeline deals of revenue {
  stage offer 50%
  deal acme { stage offer; amount 100k CNY; close 2026-03-02 }
}
objective win {
  owner north
  key-result sales "Sell" {
    measure revenue 1000k CNY by 2026-03-31
    baseline 800k CNY
    scope "dealers"
    existing book
    through field
    share north by capacity
    checkpoint 300k CNY by 2026-01-31
  }
  key-result reach {
    measure coverage from 20% to 60% by 2026-03-31
    scope "all counties"
    share liu evenly
  }
}
actual visits { 2026-01-06 liu 4 }
action call { for win; owner liu }
"#;

fn compiled(plan: &str) -> Compilation {
    compile(&MemoryWorld::new([("a.plan", plan)]), "a.plan")
}

fn diff(before: &str, after: &str) -> Diff {
    let (before, after) = (compiled(before), compiled(after));
    Diff::new(Version::new(&before).unwrap(), Version::new(&after).unwrap())
}

/// Each change in words.
fn lines(diff: &Diff) -> Vec<String> {
    let words = |piece: &english::Piece| match piece {
        english::Piece::Words(text) | english::Piece::Said(text) => text.clone(),
    };
    diff.changes.iter().map(|change| english::change(change).iter().map(words).collect()).collect()
}

/// Changes of the plan above after one edit, in words.
fn after(from: &str, to: &str) -> Vec<String> {
    assert!(PLAN.contains(from), "{from}");
    lines(&diff(PLAN, &PLAN.replacen(from, to, 1)))
}

#[test]
fn a_plan_and_itself_have_no_difference() {
    let same = diff(PLAN, PLAN);
    assert!(same.is_empty());
    let document = written(&same);
    assert_eq!(
        (document["changes"].as_array().unwrap().len(), document["effects"].as_array().unwrap().len()),
        (0, 0)
    );
    assert!(text::write(&same, "a", "b", false, Style::new(80, false)).contains("no change in meaning"));
    assert!(markdown::write(&same, "a", "b", false, markdown::MOST).contains("No change in meaning"));
}

#[test]
fn how_it_is_written_makes_no_difference() {
    for (from, to) in [
        ("1000k CNY", "1_000_000 CNY"),
        ("1000k CNY", "100万元"),
        ("1 in 20", "5%"),
        ("  owner north\n", "  # who\n\n  owner north # here\n"),
        (
            "metric orders\nmetric visits { kind activity }",
            "metric visits {\n  kind activity\n}\nmetric orders",
        ),
        ("2025-01 100k CNY; 2025-02 200k CNY", "2025-02 200k CNY; 2025-01 100k CNY"),
        ("period 2026-Q1", "period 2026-01-01..2026-03-31"),
        ("week mon..fri", "week mon, tue, wed, thu, fri"),
        ("for win; owner liu", "owner liu; for win # soon\n"),
        ("stage offer; amount 100k CNY", "amount 100k CNY; stage offer"),
        ("unit CNY }", "unit CNY; grain month; better higher; kind outcome }"),
    ] {
        let none: Vec<String> = Vec::new();
        assert_eq!(after(from, to), none, "{from} -> {to}");
        assert!(diff(PLAN, &PLAN.replacen(from, to, 1)).is_empty(), "{from} -> {to}");
    }
}

#[test]
fn each_change_is_told_once_and_by_name() {
    for (from, to, told) in [
        (
            "measure revenue 1000k",
            "measure revenue 1200k",
            "key-result win.sales Sell: target 1,000,000 CNY revenue → 1,200,000 CNY revenue",
        ),
        (
            "from 20% to 60%",
            "from 20% to 70%",
            "key-result win.reach: target from 20% to 60% coverage → from 20% to 70% coverage",
        ),
        ("baseline 800k", "baseline 900k", "key-result win.sales Sell: baseline 800,000 CNY → 900,000 CNY"),
        (
            "1000k CNY by 2026-03-31",
            "1000k CNY by 2026-03-20",
            "key-result win.sales Sell: by 2026-03-31 → 2026-03-20",
        ),
        (
            "300k CNY by 2026-01-31",
            "300k CNY by 2026-02-13",
            "key-result win.sales Sell: checkpoint 300,000 CNY by 2026-01-31 → 300,000 CNY by 2026-02-13",
        ),
        ("  owner north", "  owner liu", "objective win: owner north → liu"),
        ("1 in 20", "1 in 25", "funnel field: orders <- visits 1 in 20 → 1 in 25"),
        ("1 in 20", "1 in 18..22", "funnel field: orders <- visits 1 in 20 → 1 in 18..22"),
        ("lag 7 days", "lag 3 workdays", "funnel field: orders <- visits lag 7 days → 3 workdays"),
        ("40k CNY each", "50k CNY each", "funnel field: revenue <- orders 40,000 CNY each → 50,000 CNY each"),
        ("retain 80%", "retain 70%", "account book.Acme: retain 80% → 70%"),
        ("\"Acme\" 200k CNY", "\"Acme\" 250k CNY", "account book.Acme: amount 200,000 CNY → 250,000 CNY"),
        (
            "  person chen { away 2026-02-02..2026-02-06 }\n",
            "  person chen { away 2026-02-02..2026-02-06 }\n  person zhao\n",
            "person zhao joins north",
        ),
        ("person chen { away 2026-02-02..2026-02-06 }", "", "person chen leaves north"),
        (
            "away 2026-02-02..2026-02-06",
            "away 2026-02-02..2026-02-13",
            "person chen: away 2026-02-02..2026-02-06 → 2026-02-02..2026-02-13",
        ),
        (
            "away 2026-02-02..2026-02-06",
            "away 2026-02-02..2026-02-06; from 2026-01-19",
            "person chen: from 2026-01-19, new",
        ),
        (
            "at most 6 per day",
            "at most 5 per day",
            "person liu Liu Yang: visits per day at most 6 → at most 5",
        ),
        ("off 2026-01-01", "off 2026-01-01..2026-01-02", "calendar office: 2026-01-02 works → off"),
        ("off 2026-01-01", "off 2026-01-01; work 2026-01-10", "calendar office: 2026-01-10 off → works"),
        ("2025-02 200k", "2025-02 400k", "history past: 2025-02-01..2025-02-28 200,000 CNY → 400,000 CNY"),
        ("growth 5%..40%", "growth 5%..30%", "plan spring: attainable growth 5%..40% → 5%..30%"),
        (
            "smart { ",
            "smart { waive relevant.supports \"as agreed\"; ",
            "plan spring: waive relevant.supports \"as agreed\", new",
        ),
        ("smart { ", "smart { specific require owner; ", "plan spring: require specific.owner, new"),
        (
            "kind activity }",
            "kind activity; weekdays { mon 2; tue 1 } }",
            "metric visits: weekdays mon 2, tue 1, new",
        ),
        ("by capacity", "evenly", "key-result win.sales Sell: share north by capacity → north evenly"),
        (
            "by capacity\n",
            "by capacity\n    pin liu 300k CNY\n",
            "key-result win.sales Sell: pin liu 300,000 CNY, new",
        ),
        ("  \"Acme\" 200k CNY { owner liu }\n", "", "account book.Acme is gone: 200,000 CNY"),
        ("stage offer 50%", "stage offer 60%", "pipeline deals: stage offer 50% → 60%"),
        ("close 2026-03-02", "close 2026-03-09", "deal deals.acme: close 2026-03-02 → 2026-03-09"),
        ("2026-01-06 liu 4", "2026-01-06 liu 5", "actual visits of liu: 2026-01-06 4 → 5"),
        ("2026-01-06 liu 4", "2026-01-06 liu 4; 2026-01-07 liu 2", "actual visits of liu: 2026-01-07 2, new"),
        ("for win; owner liu", "for win; owner chen", "action call: owner liu → chen"),
        ("scope \"dealers\"", "scope \"shops\"", "key-result win.sales Sell: scope \"dealers\" → \"shops\""),
        (
            "currency CNY\n",
            "currency CNY\n  focus 2026-02 \"fair\"\n",
            "plan spring: focus 2026-02-01..2026-02-28 \"fair\", new",
        ),
    ] {
        assert_eq!(after(from, to), [told], "{from} -> {to}");
    }
}

#[test]
fn new_names_are_recognised() {
    let all = |from: &str, to: &str| lines(&diff(PLAN, &PLAN.replace(from, to)));
    assert_eq!(all("chen", "chen-li"), ["person chen-li was called chen"]);
    assert_eq!(all("field", "outdoors"), ["funnel outdoors was called field"]);
    assert_eq!(all("visits", "calls-at-shops"), ["metric calls-at-shops was called visits"]);
    assert_eq!(
        all("key-result sales", "key-result turnover"),
        ["key-result win.turnover Sell was called win.sales"]
    );
    assert_eq!(all("objective win", "objective grow").first().unwrap(), "objective grow was called win");
    // Nobody does anything else for it, and no message is a new one.
    for (from, to) in
        [("chen", "chen-li"), ("field", "outdoors"), ("revenue", "turnover"), ("liu", "liu-yang")]
    {
        let renamed = diff(PLAN, &PLAN.replace(from, to));
        assert!(renamed.effects.is_empty(), "{from}: {:#?}", renamed.effects);
        assert_eq!(renamed.changes.len(), 1, "{from}: {:?}", lines(&renamed));
    }
    // Somebody else with another name is not the one before.
    let other = diff(PLAN, &PLAN.replace("person chen { away 2026-02-02..2026-02-06 }", "person zhao"));
    assert_eq!(lines(&other), ["person zhao joins north", "person chen leaves north"]);
}

/// Plans of a few declarations, in words.
fn told(before: &str, after: &str) -> Vec<String> {
    let whole = |rest: &str| {
        format!(
            "plan p {{ period 2026-Q1; currency CNY }}\nmetric revenue {{ unit CNY }}\nmetric visits {{ kind activity }}\n{rest}"
        )
    };
    lines(&diff(&whole(before), &whole(after)))
}

#[test]
fn what_one_statement_says_for_many_is_told_once() {
    let teams = |limit: &str, more: &str| {
        format!(
            "team north \"North\" {{ {limit}\n person liu; person chen {{ visits at most 3 per day }}\n \
             team inner {{ person wang; person zhao }}\n {more} }}"
        )
    };
    for (before, after, line) in [
        ("visits at most 6 per day", "visits at most 5 per day", "visits per day at most 6 → at most 5"),
        ("away 2026-02-02", "away 2026-02-03", "away 2026-02-02 → 2026-02-03"),
        ("from 2026-01-12", "from 2026-02-02", "from 2026-01-12 → 2026-02-02"),
        ("role ae", "role se", "role ae → se"),
        (
            "ramp 50%, 100% by month",
            "ramp 20%, 100% by month",
            "ramp 50%, 100% by month → 20%, 100% by month",
        ),
        ("", "until 2026-02-27", "until 2026-02-27, new"),
        ("until 2026-02-27", "", "until 2026-02-27, gone"),
    ] {
        assert_eq!(told(&teams(before, ""), &teams(after, "")), [format!("team north: {line}")]);
    }
    let calendars = |of: &str| {
        teams(&format!("calendar {of}"), "")
            + "\ncalendar five { week mon..fri }\ncalendar six { week mon..sat }\n"
    };
    assert_eq!(told(&calendars("five"), &calendars("six")), ["team north: calendar five → six"]);
    // A team of one, and somebody who moves to where something else is said, are told themselves.
    assert_eq!(
        told("team a { role ae; person liu }\n", "team a { role se; person liu }\n"),
        ["person liu: role ae → se"]
    );
    let moved = |first: &str, second: &str| {
        format!("team a {{ role ae; person x; {first} }}\nteam b {{ role se; {second} }}\n")
    };
    let people = "person liu; person wang";
    assert_eq!(
        told(&moved(people, "person y"), &moved("person z", &format!("person y; {people}"))),
        [
            "person liu: team a → b",
            "person liu: role ae → se",
            "person wang: team a → b",
            "person wang: role ae → se",
            "person z joins a"
        ]
    );
    let accounts = |retain: &str, own: &str| {
        format!(
            "accounts book of revenue {{ {retain}\n \"Acme\" 200k CNY; \"Beta\" 100k CNY; \"Ceta\" 50k CNY {own} }}\n"
        )
    };
    assert_eq!(
        told(&accounts("retain 60%..80%", ""), &accounts("retain 50%..70%", "")),
        ["accounts book: retain 60%..80% → 50%..70%"]
    );
    assert_eq!(told(&accounts("retain 80%", ""), &accounts("", "")), ["accounts book: retain 80% → 100%"]);
    assert_eq!(
        told(&accounts("retain 80%", ""), &accounts("retain 60%", "{ retain 80% }")),
        ["accounts book: retain 80% → 60%"]
    );
}

#[test]
fn accounts_and_deals_are_followed_by_what_is_said_of_them() {
    let book = |name: &str, rest: &str| {
        format!("accounts {name} of revenue {{ retain 80%; {rest}; \"Beta\" 100k CNY }}\n")
    };
    assert_eq!(
        told(&book("book", "\"Acme\" 200k CNY"), &book("book", "\"Acme Ltd\" 200k CNY")),
        ["account book.Acme Ltd was called book.Acme"]
    );
    assert_eq!(
        told(&book("book", "\"Acme\" 200k CNY"), &book("kept", "\"Acme\" 250k CNY")),
        ["accounts kept was called book", "account kept.Acme: amount 200,000 CNY → 250,000 CNY"]
    );
    assert_eq!(
        told("", &book("book", "\"Acme\" 200k CNY")),
        ["accounts book is new: 2 accounts, 300,000 CNY"]
    );
    let deals = |deal: &str, more: &str| {
        format!(
            "pipeline deals of revenue {{ stage offer 50%; deal {deal} {{ amount 80k CNY; stage offer; close 2026-03-02{more} }} }}\n"
        )
    };
    assert_eq!(
        told(&deals("acme", ""), &deals("acme-two \"Acme, second\"", "")),
        [
            "deal deals.acme-two Acme, second was called deals.acme",
            "deal deals.acme-two Acme, second: title \"Acme, second\", new"
        ]
    );
    assert_eq!(
        told(&deals("acme", ""), &deals("acme", "; won 2026-02-18 70k CNY")),
        ["deal deals.acme: won 2026-02-18 70,000 CNY, new"]
    );
    assert_eq!(told(&deals("acme", ""), ""), ["pipeline deals is gone: 1 deal, 80,000 CNY"]);
}

#[test]
fn who_is_named_by_another_name_is_the_same() {
    let plan = |names: [&str; 7]| {
        let [calendar, outer, inner, lead, top, metric, below] = names;
        format!(
            "plan p {{ period 2026-Q1; currency CNY; calendar {calendar}; smart {{ waive specific on {below} \"as agreed\" }} }}\n\
             calendar {calendar} \"Office\" {{ week mon..sat }}\n\
             metric {metric} {{ unit percent }}\nmetric won\nmetric bids\nmetric rate = won / bids {{ unit percent }}\n\
             team {outer} {{ lead {lead}; person {lead}; person chen; team {inner} {{ person liu; person wang }} }}\n\
             objective {below} {{ supports {top}; owner {inner}; key-result x {{ measure won 10 by 2026-03-31 }} }}\n\
             objective {top} {{ owner {outer}; key-result y {{ measure won 20 by 2026-03-31; share {inner} evenly }} }}\n"
        )
    };
    let names = ["office", "north", "cities", "zhao", "grow", "cover", "win"];
    for (index, (new, line)) in [
        ("days", "calendar days Office was called office"),
        ("upper", "team upper was called north"),
        ("towns", "team towns was called cities"),
        ("zhao-lei", "person zhao-lei was called zhao"),
        ("growth", "objective growth was called grow"),
        ("covered", "metric covered was called cover"),
        ("winning", "objective winning was called win"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut other = names;
        other[index] = new;
        let renamed = diff(&plan(names), &plan(other));
        let mut told = lines(&renamed);
        told.retain(|line| !line.starts_with("key-result"));
        assert_eq!(told, [line]);
        assert!(renamed.effects.is_empty(), "{:#?}", renamed.effects);
    }
}

#[test]
fn weights_that_weigh_the_same_are_the_same() {
    let goal = |statement: &str| {
        format!(
            "team north {{ person liu; person chen }}\nobjective win {{ owner north; type committed; \
             key-result x {{ measure visits 100 by 2026-03-31; {statement} }} }}\n"
        )
    };
    let none: Vec<String> = Vec::new();
    for (one, other, more, line) in [
        (
            "share north { liu 40%; chen 60% }",
            "share north { liu 2; chen 3 }",
            "share north { liu 2; chen 4 }",
            "share chen 3 → 4",
        ),
        (
            "split size { small 1; large 1 }",
            "split size { small 50%; large 50% }",
            "split size { small 50%; large 40% }",
            "split size=large 50 → 40",
        ),
        (
            "spread { 2026-01 1; 2026-02 2; 2026-03 1 }",
            "spread { 2026-01 25%; 2026-02 50%; 2026-03 25% }",
            "spread { 2026-01 25%; 2026-02 45%; 2026-03 25% }",
            "spread 2026-02-01..2026-02-28 50 → 2026-02-01..2026-02-28 45",
        ),
    ] {
        assert_eq!(told(&goal(one), &goal(other)), none, "{one}");
        assert_eq!(told(&goal(other), &goal(more)), [format!("key-result win.x: {line}")]);
    }
    let days = |weights: &str| format!("metric calls {{ kind activity; weekdays {{ {weights} }} }}\n");
    assert_eq!(told(&days("mon 3; tue 1"), &days("mon 6; tue 2")), none);
    assert_eq!(
        told(&days("mon 3; tue 1"), &days("mon 3; tue 2")),
        ["metric calls: weekdays mon 3, tue 1 → mon 3, tue 2"]
    );
    let untyped = goal("").replace("type committed; ", "");
    assert_eq!(told(&untyped, &goal("")), none);
    assert_eq!(
        told(&untyped, &goal("type aspirational")),
        ["key-result win.x: type committed → aspirational"]
    );
}

/// What each headline says behind the changes.
fn headline(before: &str, after: &str) -> Vec<String> {
    headline::headline(&diff(before, after)).split_off(1)
}

#[test]
fn what_an_error_hides_is_not_gone() {
    let change = |from: &str, to: &str| diff(PLAN, &PLAN.replacen(from, to, 1));
    let none: Vec<String> = Vec::new();
    // The metric of accounts is not there, the funnel is misspelt, an owner has left.
    for (from, to) in [
        ("accounts book of revenue", "accounts book of revenu"),
        ("pipeline deals of revenue", "pipeline deals of revenu"),
        ("through field", "through feild"),
        ("measure revenue", "measure revenu"),
    ] {
        for (one, other) in
            [(PLAN.to_owned(), PLAN.replacen(from, to, 1)), (PLAN.replacen(from, to, 1), PLAN.to_owned())]
        {
            let spoilt = diff(&one, &other);
            let mut told = lines(&spoilt);
            told.retain(|line| !line.contains(": of "));
            assert_eq!(told, none, "{from}");
            assert!(spoilt.effects.headroom.is_empty() && spoilt.effects.people.is_empty(), "{from}");
            assert!(spoilt.effects.said.iter().all(|said| !said.code.starts_with("smart::")), "{from}");
        }
    }
    assert_eq!(change("through field", "through feild").left_out, ["win.sales"]);
    let page =
        text::write(&change("through field", "through feild"), "a", "b", false, Style::new(100, false));
    assert!(page.contains("An error leaves out, with all that comes of it: win.sales"), "{page}");
    // What else is decided is told.
    let both = PLAN.replacen("through field", "through feild", 1).replacen("1 in 20", "1 in 25", 1);
    assert_eq!(lines(&diff(PLAN, &both)), ["funnel field: orders <- visits 1 in 20 → 1 in 25"]);
}

#[test]
fn an_error_hides_what_it_stands_in_and_nothing_else() {
    // Of a person with a misspelt statement nothing is known; everything else is compared.
    let zed = PLAN.replacen("team north", "person zed { frm 2026-01-01 }\nteam north", 1);
    let more = zed.replacen("scope \"dealers\"", "scope \"dealers\"; why \"x\"", 1).replacen(
        "person chen {",
        "person chen { visits at most 1 per day;",
        1,
    );
    let compared = diff(&zed, &more);
    let told = lines(&compared);
    assert_eq!(
        told,
        ["person chen: visits per day at most 1, new", "key-result win.sales Sell: why \"x\", new"]
    );
    assert!(compared.effects.said.iter().any(|said| said.code == "smart::attainable::ceiling"));
    // The same text with the same error is the same; another text is not known to be.
    let broken =
        |target: &str| PLAN.replacen("1000k", target, 1).replacen("through field", "through feild", 1);
    assert!(diff(&broken("1000k"), &broken("1000k")).is_empty());
    assert!(!diff(&broken("1000x"), &broken("900x")).is_empty());
    let page = text::write(&diff(&broken("1000x"), &broken("900x")), "a", "b", false, Style::new(100, false));
    assert!(page.contains("An error leaves out"), "{page}");
    // What cannot be read is not gone, and its goals do nothing else.
    for (from, to) in [
        ("key-result reach", "key-resut reach"),
        ("objective win", "objectie win"),
        ("team north", "tem north"),
        ("person chen", "persn chen"),
        ("funnel field", "funnl field"),
        ("accounts book", "accouns book"),
        ("metric coverage", "metrc coverage"),
        ("calendar office {", "calendr office {"),
        ("key-result reach {", "key-result sales {"),
    ] {
        let other = PLAN.replacen(from, to, 1);
        for (one, other) in [(PLAN, other.as_str()), (other.as_str(), PLAN)] {
            let compared = diff(one, other);
            let whole = |line: &&String| {
                ["is new", "is gone", "joins", "leaves"].iter().any(|word| line.contains(word))
            };
            let told = lines(&compared);
            assert_eq!(told.iter().find(whole), None, "{from}");
            assert!(compared.effects.people.is_empty(), "{from}: {:#?}", compared.effects.people);
            assert!(!compared.is_empty(), "{from}");
        }
    }
    // Beside a broken statement holds what is there without it; that is nobody's decision.
    for (from, to) in [
        ("kind activity", "kind"),
        ("better higher", "better hihger"),
        ("retain 80%", "retain 180%"),
        ("off 2026-01-01", "off 2026-01-32"),
    ] {
        let plan = PLAN.replacen("kind activity", "kind activity; better higher", 1);
        let told = lines(&diff(&plan, &plan.replacen(from, to, 1)));
        assert!(told.is_empty(), "{from}: {told:?}");
    }
}

#[test]
fn an_error_elsewhere_hides_nobody_who_comes_or_goes() {
    let plan = |people: &str, accounts: &str, goals: &str| {
        format!(
            "plan p {{ period 2026-Q1; currency CNY }}\nmetric revenue {{ unit CNY }}\nmetric visits {{ kind activity }}\n\
             person zed {{ wieght 2 }}\nteam t {{ {people} }}\naccounts book of revenue {{ retain 80%; {accounts} }}\n\
             objective o {{ owner t; {goals} }}\n"
        )
    };
    let goal = "key-result a { measure visits 100 by 2026-03-31; share t evenly }";
    let one = plan("person ann; person bob", "\"Acme\" 5k CNY", goal);
    let other = plan(
        "person ann; person cid",
        "\"Acme\" 5k CNY; \"Beta\" 7k CNY",
        &format!("{goal}\nkey-result b {{ measure visits 50 by 2026-03-31; share t evenly }}"),
    );
    assert_eq!(
        lines(&diff(&one, &other)),
        [
            "key-result o.b is new: 50 visits",
            "person cid joins t",
            "person bob leaves t",
            "account book.Beta is new: 7,000 CNY"
        ]
    );
    // A broken statement of a team is nobody's decision.
    let team = |said: &str| plan(&format!("{said}; person ann; person bob"), "\"Acme\" 5k CNY", goal);
    let none: Vec<String> = Vec::new();
    for (sound, broken) in [
        ("visits at most 9 per day", "visits at mot 9 per day"),
        ("role ae", "rle ae"),
        ("away 2026-02-02", "away 2026-02-41"),
        ("weight 2", "weight x"),
    ] {
        assert_eq!(lines(&diff(&team(sound), &team(broken))), none, "{broken}");
        assert_eq!(lines(&diff(&team(broken), &team(sound))), none, "{broken}");
    }
    let shared = goal.replace("share t", "share tt");
    assert_eq!(lines(&diff(&one, &plan("person ann; person bob", "\"Acme\" 5k CNY", &shared))), none);
    // Neither does a goal that is spoilt and has another name come to nothing.
    let renamed = one.replace("objective o", "objective oo").replace("visits 100", "visits 100x");
    let compared = diff(&one, &renamed);
    assert!(
        compared.effects.goals.is_empty() && compared.effects.people.is_empty(),
        "{:#?}",
        compared.effects.goals
    );
}

#[test]
fn what_somebody_did_stays_theirs_when_another_takes_their_name() {
    let plan = |people: &str, owner: &str| {
        format!(
            "plan p {{ period 2026-Q1 }}\nmetric calls {{ kind activity }}\nteam t {{ {people} }}\n\
             objective o {{ key-result k {{ measure calls 100 by 2026-03-31; owner {owner} }} }}\n"
        )
    };
    let before = plan("person eve \"Eve Ert\"; person fay \"Fay Fon\"", "eve");
    let after = plan("person eve \"Fay Fon\"", "eve");
    let compared = diff(&before, &after);
    assert_eq!(
        lines(&compared),
        [
            "key-result o.k: owner eve (before) → eve",
            "person eve Fay Fon was called fay",
            "person eve (before) Eve Ert leaves t"
        ]
    );
    let amounts: Vec<_> = compared
        .effects
        .people
        .iter()
        .map(|effect| (effect.who.as_ref().unwrap().text(), effect.amount.change.as_str()))
        .collect();
    assert_eq!(amounts, [("Fay Fon", "+100"), ("Eve Ert", "-100")]);
    assert_eq!(headline(&before, &after), ["1 person leaves", "1 person does more"]);
}

#[test]
fn what_is_alike_in_messages_is_the_same() {
    let said = |before: &str, after: &str| -> Vec<String> {
        let words = |piece: &english::Piece| match piece {
            english::Piece::Words(text) | english::Piece::Said(text) => text.clone(),
        };
        let compared = diff(before, after);
        compared.effects.said.iter().map(|said| english::message(said).iter().map(words).collect()).collect()
    };
    let over = PLAN.replace("at most 6", "at most 1");
    let none: Vec<String> = Vec::new();
    // A metric by another name, and fewer days.
    assert_eq!(said(&over, &over.replace("visits", "calls-at-shops")), none);
    assert_eq!(said(&over, &over.replace("1 in 20", "1 in 5")), none);
    // A warning that became an error.
    let strict = PLAN.replace("growth 5%..40%", "growth 5%..20%");
    let vague =
        PLAN.replacen("    scope \"dealers\"\n", "", 1).replace("smart { attainable growth 5%..40% }", "");
    let required =
        vague.replacen("calendar office\n", "calendar office\n  smart { specific require scope }\n", 1);
    let told = said(&vague, &required);
    assert!(
        told.iter().any(|line| line.starts_with("now error, was warning smart::specific::scope: ")),
        "{told:?}"
    );
    assert!(said(PLAN, &strict).iter().any(|line| line.starts_with("new error smart::attainable::growth: ")));
}

#[test]
fn what_is_no_work_is_not_more_or_less_of_it() {
    let goal = |metric: &str, measure: &str| {
        format!(
            "plan p {{ period 2026-Q1 }}\nmetric faults {{ {metric} }}\nteam t {{ person ann; person bob }}\n\
             objective o {{ owner t; key-result k {{ {measure} }} }}\n"
        )
    };
    let level = "unit percent; total last; better lower";
    let level_of = |to: u32| goal(level, &format!("measure faults from 40% to {to}% by 2026-03-31"));
    assert_eq!(headline(&level_of(30), &level_of(20)).first().unwrap(), "1 goal comes to another amount");
    let most =
        |amount: u32| goal("better lower", &format!("measure faults {amount} by 2026-03-31; share t evenly"));
    assert_eq!(headline(&most(60), &most(80)).first().unwrap(), "1 goal comes to another amount");
    // Another unit is no other amount.
    let unit = |unit: &str| goal(unit, "measure faults 60 by 2026-03-31; share t evenly");
    let told = headline(&unit("kind activity"), &unit("kind activity; unit visit"));
    assert!(told.is_empty(), "{told:?}");
    // What nobody does any more is told of all together.
    let sum = |goals: &str| {
        format!(
            "plan p {{ period 2026-Q1 }}\nmetric calls {{ kind activity }}\nmetric faults\nteam t {{ person ann; person bob }}\nobjective o {{ owner t; key-result a {{ measure faults 2 by 2026-03-31 }}\n{goals} }}\n"
        )
    };
    let ended = diff(&sum("key-result b { measure calls 530 by 2026-03-31; share t evenly }"), &sum(""));
    let totals: Vec<_> = ended.effects.totals.iter().map(|total| total.amount.change.as_str()).collect();
    assert_eq!(totals, ["-530"]);
}

#[test]
fn calendars_go_with_people_and_names_with_titles() {
    let teams = |east: &str, west: &str| {
        format!(
            "calendar six {{ week mon..sat }}\nteam east {{ {east} }}\nteam west {{ calendar six; {west} }}\n"
        )
    };
    assert_eq!(
        told(&teams("person x; person ana", "person y"), &teams("person x", "person y; person ana")),
        ["person ana: team east → west", "person ana: calendar six, new"]
    );
    let nested = |outer: &str| {
        format!(
            "calendar six {{ week mon..sat }}\ncalendar four {{ week mon..thu }}\nteam east {{ calendar {outer}; person x; team inner {{ calendar six; person y }} }}\n"
        )
    };
    assert_eq!(told(&nested("six"), &nested("four")), ["team east: calendar six → four"]);
    // Somebody takes the name of one who left.
    assert_eq!(
        told(
            "team a { person sun \"Sun Li\" { weight 2 }; person qian \"Qian Qian\" }\n",
            "team a { person sun \"Qian Qian\" }\n"
        ),
        ["person sun Qian Qian was called qian", "person sun (before) Sun Li leaves a"]
    );
    let ramp = |from: &str| format!("person wang {{ from {from}; ramp 50%, 100% by month after start }}\n");
    assert_eq!(told(&ramp("2026-02-01"), &ramp("2026-02-02")), ["person wang: from 2026-02-01 → 2026-02-02"]);
    assert_eq!(told("person x { weight 2 }\n", "person x { weight 1 }\n"), ["person x: weight 2 → 1"]);
}

#[test]
fn the_pace_is_that_of_all_goals_that_run_at_once() {
    let plan = |april: u32, second: &str| {
        format!(
            "plan p {{ period 2026-Q2 }}\nmetric visits {{ kind activity }}\nteam t {{ person ann }}\n\
             objective o {{ owner ann\n\
             key-result a {{ during 2026-04; measure visits {april} }}\n\
             key-result b {{ {second} }} }}\n"
        )
    };
    let paces = |before: &str, after: &str| {
        let compared = diff(before, after);
        let effect = compared.effects.people.first().unwrap().pace.clone().unwrap();
        let pace = |pace: Option<Exact>| pace.map(|pace| pace.to_string());
        (pace(effect.0), pace(effect.1))
    };
    let some = |pace: &str| Some(pace.to_owned());
    // 22 working days in April, 65 in the quarter: 10 and 15 a day beside 1.
    let whole = "measure visits 65 by 2026-06-30";
    assert_eq!(paces(&plan(220, whole), &plan(330, whole)), (some("11"), some("16")));
    // One after the other they are not added up.
    let may = "during 2026-05; measure visits 63";
    assert_eq!(paces(&plan(220, may), &plan(66, may)), (some("10"), some("3")));
    assert_eq!(
        headline(&plan(220, whole), &plan(330, whole)),
        ["1 person does more", "1 goal comes to another amount"]
    );
    // As much in half the time is more a day.
    let sooner = whole.replace("2026-06-30", "2026-05-15");
    assert_eq!(headline(&plan(22, whole), &plan(22, &sooner)), ["1 person does more a day"]);
}

#[test]
fn the_headline_tells_who_comes_and_goes_and_what_is_an_error() {
    let replaced = PLAN.replace("person chen { away 2026-02-02..2026-02-06 }", "person zhao");
    let told = headline(PLAN, &replaced);
    assert_eq!(told.first().unwrap(), "1 person joins");
    assert!(told.contains(&"1 person leaves".to_owned()), "{told:?}");
    let without = PLAN.replacen("  key-result reach {", "  key-result other {", 1);
    assert!(
        headline(PLAN, &without.replace("all counties", "no county"))
            .iter()
            .all(|part| !part.contains("gone"))
    );
    let gone = PLAN.split("  key-result reach {").next().unwrap().to_owned() + "}\n";
    assert!(headline(PLAN, &gone).contains(&"1 goal is gone".to_owned()), "{:?}", headline(PLAN, &gone));
    let over = PLAN.replace("at most 6 per day", "at most 1 per day");
    let told = headline(PLAN, &over);
    assert!(
        told.contains(&"1 new error".to_owned())
            && told.iter().any(|part| part.ends_with("days more over a limit")),
        "{told:?}"
    );
    let back = headline(&over, PLAN);
    assert!(back.iter().any(|part| part.ends_with("no longer over a limit")), "{back:?}");
    // What a team holds that nobody shares.
    let team = |target: u32| {
        format!(
            "plan p {{ period 2026-Q1 }}\nmetric leads\nteam t {{ person ann; person bob }}\nobjective o {{ owner t; key-result a {{ measure leads {target} by 2026-03-31 }} }}\n"
        )
    };
    assert_eq!(headline(&team(60), &team(80)), ["1 team does more", "1 goal comes to another amount"]);
}

#[test]
fn parts_of_a_split_are_told() {
    let goal = |cold: u32| {
        format!(
            "team north {{ person liu }}\nobjective win {{ owner north; key-result x {{ measure visits 100 by 2026-03-31; \
             split size {{ small {cold}%; large {}% }} }} }}\n",
            100 - cold
        )
    };
    let whole =
        |rest: &str| format!("plan p {{ period 2026-Q1 }}\nmetric visits {{ kind activity }}\n{rest}");
    let compared = diff(&whole(&goal(80)), &whole(&goal(20)));
    let parts: Vec<_> = compared
        .effects
        .goals
        .iter()
        .map(|goal| (goal.part.as_deref().unwrap(), goal.new.as_ref().unwrap().change.as_str()))
        .collect();
    assert_eq!(parts, [("size=small", "-60"), ("size=large", "+60")]);
    let document = written(&compared);
    assert_eq!(
        document["effects"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|effect| effect["part"] == "size=small")
            .count(),
        1
    );
}

#[test]
fn names_in_messages_keep_their_digits() {
    let goals = |first: &str, second: &str| {
        format!(
            "plan p {{ period 2026-Q1 }}\nmetric visits {{ kind activity }}\nteam t {{ person ann }}\n\
             objective o {{ owner ann; key-result k1 {{ measure visits 100 by 2026-03-31; {first} }}\n\
             key-result k2 {{ measure visits 100 by 2026-03-31; {second} }} }}\n"
        )
    };
    let compared = diff(&goals("scope \"a\"", ""), &goals("", "scope \"a\""));
    let said: Vec<_> = compared.effects.said.iter().map(|said| (said.is_new, said.code)).collect();
    assert_eq!(said, [(true, "smart::specific::scope"), (false, "smart::specific::scope")]);
}

#[test]
fn days_of_calendars_are_told_as_they_are_worked() {
    let calendar = |said: &str| format!("calendar office {{ {said} }}\n");
    for (before, after, line) in [
        // A Saturday that was off stays off.
        (
            "week mon..fri",
            "week mon..sat; off 2026-01-10",
            "week mon, tue, wed, thu, fri → mon, tue, wed, thu, fri, sat",
        ),
        // A weekend does not cut a holiday in two.
        ("", "off 2026-02-12..2026-02-17", "2026-02-12..2026-02-17 works → off"),
        ("covers 2026", "covers 2026..2027", "covers 2026-01-01..2026-12-31 → 2026-01-01..2027-12-31"),
    ] {
        assert_eq!(told(&calendar(before), &calendar(after)), [format!("calendar office: {line}")]);
    }
}

#[test]
fn readings_are_told_by_day_where_they_are_few() {
    let read = |readings: &str| format!("person liu\nactual visits {{ {readings} }}\n");
    let moved = ["actual visits of liu: 2026-01-07 4, new", "actual visits of liu: 2026-01-06 4, gone"];
    assert_eq!(
        told(&read("2026-01-06 liu 4; 2026-01-05 liu 1"), &read("2026-01-07 liu 4; 2026-01-05 liu 1")),
        moved
    );
    assert_eq!(
        told(&read("2026-01-06 liu 4 \"two no-shows\""), &read("2026-01-06 liu 4 \"all there\"")),
        ["actual visits of liu: 2026-01-06 4 \"two no-shows\" → 4 \"all there\""]
    );
    let many: String = (12..20).map(|day| format!("; 2026-01-{day} liu 1")).collect();
    assert_eq!(
        told(&read("2026-01-06 liu 4"), &read(&format!("2026-01-06 liu 4{many}"))),
        ["actual visits of liu: read 1 day → 9 days"]
    );
}

#[test]
fn somebody_else_is_not_the_one_who_left() {
    for (left, came) in [
        ("person 王小明", "person 王小红"),
        ("person ae1 \"Anna Berg\"", "person ae2 \"Bo Chen\""),
        ("person li", "person lina"),
        (
            "person liu \"Liu Yang\" { visits at most 6 per day; weight 2; away 2026-02-02 }",
            "person ma \"Ma Chao\" { visits at most 6 per day; weight 2; away 2026-02-02 }",
        ),
    ] {
        let told =
            told(&format!("team a {{ {left}; person x }}\n"), &format!("team a {{ {came}; person x }}\n"));
        assert!(told.len() == 2 && told.iter().any(|line| line.contains("leaves a")), "{told:?}");
    }
    // Two who took each other's names are known by their titles.
    let two = |one: &str, other: &str| {
        format!("team a {{ person ann \"{one}\"; person bob \"{other}\" {{ weight 2 }} }}\n")
    };
    let swapped = told(
        &two("Ann Lee", "Bob Ray"),
        &two("Bob Ray", "Ann Lee")
            .replace(" { weight 2 }", "")
            .replace("person ann \"Bob Ray\"", "person ann \"Bob Ray\" { weight 2 }"),
    );
    assert_eq!(swapped, ["person ann Bob Ray was called bob", "person bob Ann Lee was called ann"]);
}

#[test]
fn statements_of_what_is_not_built_are_told_by_what_they_say() {
    let action = |said: &str| format!("person liu\nperson chen\naction call {{\n{said}\n}}\n");
    let none: Vec<String> = Vec::new();
    for (one, other) in [
        ("with liu, chen", "with liu,\n    chen"),
        ("budget 12k CNY", "budget 12_000 CNY"),
        ("budget 12k CNY", "budget 1.2万元"),
        ("owner liu; with chen", "with chen # weekly; see the wiki\nowner liu"),
        ("place \"a; b\"", "place \"a; b\""),
    ] {
        assert_eq!(told(&action(one), &action(other)), none, "{one}");
    }
    for (one, other, line) in [
        (
            "place \"say \\\" # one\"",
            "place \"say \\\" # two\"",
            "place \"say \\\" # one\" → \"say \\\" # two\"",
        ),
        ("place \"a; b\"", "place \"a; c\"", "place \"a; b\" → \"a; c\""),
        ("budget 12k CNY", "budget 13k CNY", "budget 12k CNY → 13k CNY"),
        (
            "during 2026-01-12..2026-01-16",
            "during 2026-01-12..2026-01-17",
            "during 2026-01-12..2026-01-16 → 2026-01-12..2026-01-17",
        ),
    ] {
        assert_eq!(told(&action(one), &action(other)), [format!("action call: {line}")]);
    }
    // Names in it are known, in quotes they are words.
    let scenario = |funnel: &str| {
        format!(
            "metric orders\nfunnel {funnel} {{ orders <- visits 1 in 20 }}\nscenario low {{ {funnel}.orders 1 in 25 }}\nreview r {{ every mon at 09:00; agenda \"field\" }}\n"
        )
    };
    for _ in 0..8 {
        assert_eq!(told(&scenario("field"), &scenario("outdoors")), ["funnel outdoors was called field"]);
    }
}

#[test]
fn what_an_objective_says_is_told_of_it_alone() {
    let goal = |outer: &str, own: &str| {
        format!(
            "person liu\nperson chen\nobjective win {{ {outer}\n key-result x {{ measure visits 100 by 2026-03-31; {own} }} }}\n"
        )
    };
    for (outer, other, own, line) in [
        ("owner liu", "owner chen", "", "owner liu → chen"),
        ("owner liu", "owner chen", "owner liu", "owner liu → chen"),
        ("", "priority P1", "priority P1", "priority P1, new"),
        ("type committed", "type aspirational", "", "type committed → aspirational"),
        ("during 2026-01", "during 2026-Q1", "", "during 2026-01-01..2026-01-31 → 2026-01-01..2026-03-31"),
    ] {
        let own = if outer.starts_with("during") { "" } else { own };
        let goal = |outer: &str| {
            goal(outer, own).replace(if outer.starts_with("during") { " by 2026-03-31" } else { "?" }, "")
        };
        assert_eq!(told(&goal(outer), &goal(other)), [format!("objective win: {line}")], "{outer} {own}");
    }
    // A waiver may stand in the plan's block or in the goal's.
    let waiver = "waive specific \"as agreed\"";
    let none: Vec<String> = Vec::new();
    let plan = |smart: &str, goal: &str| {
        format!(
            "plan p {{ period 2026-Q1\n{smart} }}\nmetric visits\nobjective win {{ {goal}\n key-result x {{ measure visits 100 }} }}\n"
        )
    };
    let outer = plan("smart { waive specific on win \"as agreed\" }", "");
    let inner = plan("", &format!("smart {{ {waiver} }}"));
    assert_eq!(lines(&diff(&outer, &inner)), none);
}

#[test]
fn lines_of_a_funnel_are_known_by_what_they_say() {
    let funnel = |lines: &str| format!("metric orders\nfunnel f {{ {lines} }}\n");
    let none: Vec<String> = Vec::new();
    assert_eq!(
        told(
            &funnel("orders <- visits 1 in 2 for 40%; orders <- visits 1 in 3 for 60%"),
            &funnel("orders <- visits 1 in 3 for 60%; orders <- visits 1 in 2 for 40%")
        ),
        none
    );
    assert_eq!(
        told(
            &funnel("orders <- visits 1 in 2 for 40%; orders <- visits 1 in 3 for 60%"),
            &funnel("orders <- visits 1 in 3 for 40%; orders <- visits 1 in 2 for 60%")
        )
        .len(),
        2
    );
    assert_eq!(told(&funnel("orders <- visits 4%..6%"), &funnel("orders <- visits 4.0%..6.0%")), none);
    let range = |retain: &str| format!("accounts book of revenue {{ retain {retain}; \"Acme\" 200k CNY }}\n");
    assert_eq!(told(&range("60%..80%"), &range("60% .. 80%")), none);
    assert_eq!(told(&range("60%..80%"), &range("60%～80%")), none);
}

#[test]
fn only_what_moved_with_the_period_has_moved() {
    let plan = |period: &str, rest: &str| {
        format!("plan p {{ period {period} }}\nmetric visits {{ kind activity }}\n{rest}\n")
    };
    let turned = |before: &str, after: &str| diff(&plan("2026-Q1", before), &plan("2026-Q2", after));
    let told = |before: &str, after: &str| {
        let turned = turned(before, after);
        let mut told = lines(&turned);
        told.retain(|line| !line.starts_with("plan p: period"));
        (told, turned.moved)
    };
    let person = |said: &str| format!("person wang {{ {said} }}");
    // People come when they come.
    assert_eq!(
        told(&person("from 2026-03-02"), &person("from 2026-06-01")),
        (vec!["person wang: from 2026-03-02 → 2026-06-01".to_owned()], 0)
    );
    // Both ends move, or it is another stretch.
    let away = |days: &str| person(&format!("away {days}"));
    assert_eq!(told(&away("2026-01-05..2026-01-09"), &away("2026-04-07..2026-04-11")).0.len(), 1);
    assert_eq!(told(&away("2026-01-05..2026-01-09"), &away("2026-04-05..2026-04-09")), (Vec::new(), 1));
    let goal = |by: &str| format!("objective o {{ key-result k {{ measure visits 10 {by} }} }}");
    // Nobody wrote a date that could have moved.
    assert_eq!(told(&goal(""), &goal("")), (Vec::new(), 0));
    assert_eq!(told(&goal("by 2026-03-31"), &goal("by 2026-06-30")), (Vec::new(), 1));
    let (other, moved) = told(&goal("by 2026-03-31"), &goal("by 2026-06-19"));
    assert_eq!((other, moved), (vec!["key-result o.k: by 2026-03-31 → 2026-06-19".to_owned()], 0));
    // What key results inherit is written once.
    let inherited = |days: &str| {
        format!(
            "objective o {{ during {days}\n key-result k {{ measure visits 10 }}\n key-result l {{ measure visits 20 }} }}"
        )
    };
    assert_eq!(told(&inherited("2026-02"), &inherited("2026-05")), (Vec::new(), 1));
    // Days off are those of each period.
    let calendar = |off: &str| format!("calendar c {{ week mon..fri; {off} }}");
    assert_eq!(
        told(&calendar("off 2026-01-01"), &calendar("off 2026-05-04..2026-05-15 \"Shutdown\"")).0,
        ["calendar c: days off 2026-01-01 → 2026-05-04..2026-05-08, 2026-05-11..2026-05-15"]
    );
    assert_eq!(told(&calendar("off 2026-01-01"), &calendar("off 2026-04-01")), (Vec::new(), 1));
    let action = |days: &str| format!("person liu\naction a {{ owner liu; during {days} }}");
    assert_eq!(told(&action("2026-01-12..2026-01-16"), &action("2026-04-12..2026-04-16")), (Vec::new(), 1));
}

#[test]
fn every_goal_of_the_period_before_is_accounted_for() {
    let goals = |names: &str| {
        format!(
            "metric refunds {{ unit percent; total last; better lower }}\nmetric visits\nobjective o {{\n{names}\n}}\n"
        )
    };
    let before = "plan p { period 2026-Q1 }\n".to_owned()
        + &goals(
            "key-result hold { hold refunds within 0%..2% }\n\
             key-result list { reach \"a\" done 2026-02-01; reach \"b\" by 2026-03-01 }\n\
             key-result off { measure visits 10 by 2026-03-31; dropped 2026-02-05 \"no need\" }\n\
             key-result on { measure visits 20 by 2026-03-31 }",
        )
        + "actual refunds { 2026-01-31 1%; 2026-02-28 3% }\nactual visits { 2026-01-31 12 }\n";
    let after = "plan p { period 2026-Q2 }\n".to_owned()
        + &goals(
            "key-result hold { hold refunds within 0%..2% }\nkey-result on { measure visits 30 by 2026-06-30 }",
        );
    let reached = diff(&before, &after).effects.reached;
    let told: Vec<_> = reached
        .iter()
        .map(|goal| {
            let cells = english::reached(goal).into_iter();
            let words = |piece: &english::Piece| match piece {
                english::Piece::Words(text) | english::Piece::Said(text) => text.clone(),
            };
            cells.map(|cell| cell.iter().map(words).collect::<String>()).collect::<Vec<_>>().join(" | ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "o.hold | refunds within 0%..2% | 1 of 2 readings | 50% | carried over",
            "o.list | 2 items | 1 of 2 | 50% | not carried over",
            "o.off | 10 | 12 | given up | not carried over",
            "o.on | 20 | 12 | 60% | 30",
        ]
    );
}

#[test]
fn the_worked_numbers_of_a_target_raised() {
    // (1,000,000 - 160,000) / 40,000 = 21 orders, x 20 = 420 visits; with 1,200,000: 26 and 520.
    let raised = diff(PLAN, &PLAN.replacen("measure revenue 1000k", "measure revenue 1200k", 1));
    let goal = &raised.effects.goals[0];
    assert_eq!(
        (goal.target.change.as_str(), goal.existing.as_ref().unwrap().change.as_str()),
        ("+200,000 CNY", "0 CNY")
    );
    let people = &raised.effects.people;
    let visits: i64 = people
        .iter()
        .filter(|effect| effect.metric.name == "visits")
        .map(|effect| effect.amount.change.parse::<i64>().unwrap())
        .sum();
    assert_eq!(visits, 100);
    // What months gain is what the whole gains.
    for effect in people.iter().filter(|effect| effect.goal.is_none()) {
        let months = effect.months.iter().map(|month| month.amount.difference().unwrap());
        let months = months.fold(milepost::exact::Exact::ZERO, |sum, month| sum + month);
        assert_eq!(Some(months), effect.amount.difference(), "{:?}", effect.who);
    }
    // Sorted by how much of all changes for whom.
    let weights: Vec<_> = people.iter().map(|effect| (effect.who.clone(), effect.weight.clone())).collect();
    assert!(
        weights
            .windows(2)
            .all(|pair| pair[0].0 == pair[1].0 || pair[0].1 >= pair[1].1 || pair[1].1 <= weights[0].1)
    );
    let (was, now) =
        people.iter().find(|effect| effect.metric.name == "visits").unwrap().pace.clone().unwrap();
    assert!(now > was);
}

#[test]
fn days_that_change_within_a_month_are_told() {
    let moved =
        diff(PLAN, &PLAN.replacen("kind activity }", "kind activity; weekdays { mon 2; tue 1 } }", 1));
    let visits: Vec<_> =
        moved.effects.people.iter().filter(|effect| effect.metric.name == "visits").collect();
    assert!(!visits.is_empty() && visits.iter().all(|effect| effect.moved > 5 || !effect.months.is_empty()));
    assert!(moved.effects.people.iter().all(|effect| effect.metric.name == "visits"));
}

#[test]
fn days_over_a_limit_are_counted_before_and_after() {
    let tight = PLAN.replacen("at most 6 per day", "at most 3 per day", 1);
    let raised = diff(PLAN, &tight);
    let [over] = raised.effects.headroom.as_slice() else { panic!("{:?}", raised.effects.headroom) };
    assert_eq!((over.person.name.as_str(), over.before), ("liu", 0));
    assert!(over.after > 10, "{}", over.after);
    assert_eq!(over.limit, (Some("6".to_owned()), Some("3".to_owned())));
    let codes: Vec<_> = raised.effects.said.iter().map(|said| (said.is_new, said.code)).collect();
    assert_eq!(codes, [(true, "smart::attainable::ceiling")]);
    let back = diff(&tight, PLAN);
    assert_eq!((back.effects.headroom[0].before, back.effects.headroom[0].after), (over.after, 0));
    assert_eq!(back.effects.said.iter().filter(|said| !said.is_new).count(), 1);
}

#[test]
fn the_existing_part_is_told_apart() {
    let kept_less = diff(PLAN, &PLAN.replacen("retain 80%", "retain 70%", 1));
    let goal = &kept_less.effects.goals[0];
    assert_eq!(goal.existing.as_ref().unwrap().change, "-20,000 CNY");
    assert_eq!(goal.new.as_ref().unwrap().change, "+20,000 CNY");
    let liu = kept_less
        .effects
        .people
        .iter()
        .find(|effect| effect.existing.as_ref().is_some_and(|part| !part.is_same()));
    let liu = liu.unwrap();
    assert_eq!(
        (liu.who.as_ref().unwrap().name.as_str(), liu.existing.as_ref().unwrap().change.as_str()),
        ("liu", "-20,000 CNY")
    );
}

#[test]
fn a_key_result_that_moves_is_followed() {
    let moved = PLAN.replacen("actual visits", "objective other { owner north }\nactual visits", 1);
    let reach = "  key-result reach {\n    measure coverage from 20% to 60% by 2026-03-31\n    scope \"all counties\"\n    share liu evenly\n  }\n";
    assert!(moved.contains(reach));
    let after = moved.replacen(reach, "", 1).replacen(
        "owner north }\nactual",
        &format!("owner north\n{reach}}}\nactual"),
        1,
    );
    assert_eq!(lines(&diff(&moved, &after)), ["key-result other.reach was called win.reach"]);
    let people = diff(&moved, &after).effects.people;
    assert!(people.is_empty(), "{people:#?}");
}

#[test]
fn what_an_error_spoils_is_not_taken_for_a_decision() {
    let broken = PLAN.replacen("share north by capacity", "share south by capacity", 1);
    let told = diff(PLAN, &broken);
    // The library leaves out what the command does.
    assert_eq!(told.errors, (0, 1));
    let headline = headline::headline(&told).join(" · ");
    assert!(headline.contains("1 error after"), "{headline}");
    assert!(!told.effects.reordered);
    let mut compilation = compiled(&broken);
    let spoilt =
        compilation.plan.as_ref().unwrap().key_results.iter().position(|goal| goal.name == "sales").unwrap();
    let dated = compilation.dated.as_mut().unwrap();
    dated.key_results.retain(|known| known.key_result.index() != spoilt);
    let before = compiled(PLAN);
    let told = Diff::new(Version::new(&before).unwrap(), Version::new(&compilation).unwrap());
    assert_eq!(told.left_out, ["win.sales"]);
    assert!(told.effects.people.is_empty() && told.effects.goals.is_empty(), "{:#?}", told.effects.people);
    assert_eq!(written(&told)["left_out"][0], "win.sales");
}

#[test]
fn units_and_levels_that_cannot_be_subtracted_are_not() {
    let other = diff(PLAN, &PLAN.replace("CNY", "USD"));
    let goal = &other.effects.goals[0];
    assert_eq!(
        (goal.target.before.as_str(), goal.target.after.as_str(), goal.target.change.as_str()),
        ("1,000,000 CNY", "1,000,000 USD", "")
    );
    let told = lines(&other);
    assert!(
        told.contains(&"funnel field: revenue <- orders 40,000 CNY each → 40,000 USD each".to_owned()),
        "{told:#?}"
    );
    let reach = "  key-result reach {\n    measure coverage from 20% to 60% by 2026-03-31\n    scope \"all counties\"\n    share liu evenly\n  }\n";
    let gone = diff(PLAN, &PLAN.replacen(reach, "", 1));
    let goal = &gone.effects.goals[0];
    assert_eq!(
        (goal.target.before.as_str(), goal.target.after.as_str(), goal.target.change.as_str()),
        ("60%", "—", "")
    );
    let points = diff(PLAN, &PLAN.replacen("to 60%", "to 70%", 1));
    assert_eq!(points.effects.goals[0].target.change, "+10 pp");
}

#[test]
fn who_does_no_more_of_something_keeps_their_new_name() {
    let after =
        PLAN.replace("liu", "liu-yang").replacen("share north by capacity", "share chen by capacity", 1);
    let told = diff(PLAN, &after);
    let names: Vec<_> = told
        .effects
        .people
        .iter()
        .filter_map(|effect| effect.who.as_ref())
        .map(|who| who.name.as_str())
        .collect();
    assert!(names.contains(&"liu-yang") && !names.contains(&"liu"), "{names:?}");
}

#[test]
fn months_of_a_longer_plan_are_compared_by_name() {
    let longer = diff(PLAN, &PLAN.replacen("period 2026-Q1", "period 2026-01-01..2026-06-30", 1));
    let months = longer.effects.people.iter().flat_map(|effect| &effect.months);
    assert!(months.clone().all(|month| match (&month.before, &month.after) {
        (Some(before), Some(after)) => before == after,
        _ => true,
    }));
    assert!(longer.effects.reached.is_empty());
}

#[test]
fn a_range_with_the_same_middle_is_another_one() {
    assert_eq!(after("retain 80%\n", "retain 75%..85%\n"), ["account book.Acme: retain 80% → 75%..85%"]);
}

#[test]
fn from_quarter_to_quarter() {
    let reading = "actual revenue { 2026-03-02 400k CNY; 2026-03-30 500k CNY }\n";
    let before = format!("{PLAN}{reading}");
    let next = PLAN
        .replace("period 2026-Q1", "period 2026-Q2")
        .replace("by 2026-03-31", "by 2026-06-30")
        .replace("by 2026-01-31", "by 2026-04-30")
        .replace("2026-02-02..2026-02-06", "2026-05-04..2026-05-08")
        .replace("close 2026-03-02", "close 2026-06-02")
        .replace("off 2026-01-01", "off 2026-05-01")
        .replace("actual visits { 2026-01-06 liu 4 }\n", "")
        .replace("measure revenue 1000k", "measure revenue 1100k")
        .replace(
            "key-result reach {\n    measure coverage from 20% to 60%",
            "key-result depth {\n    measure nps from 5 to 9",
        )
        .replace("metric coverage { unit percent; total last }", "metric nps { total last }");
    let turned = diff(&before, &next);
    let told = lines(&turned);
    assert!(
        told.contains(&"plan spring: period 2026-01-01..2026-03-31 → 2026-04-01..2026-06-30".to_owned()),
        "{told:#?}"
    );
    assert!(told.iter().any(|line| line.starts_with("key-result win.depth is new")), "{told:#?}");
    assert!(told.iter().any(|line| line.starts_with("key-result win.reach is gone")), "{told:#?}");
    assert!(
        told.iter()
            .all(|line| !line.contains("checkpoint") && !line.contains("away") && !line.contains("close")),
        "{told:#?}"
    );
    assert!(turned.moved >= 3, "{}", turned.moved);
    let reached: Vec<_> = turned
        .effects
        .reached
        .iter()
        .map(|goal| (goal.goal.as_str(), goal.done.as_deref(), &goal.next))
        .collect();
    let carried = Next::Carried(Some("1,100,000 CNY".to_owned()));
    assert_eq!(reached, [("win.sales", Some("900,000 CNY"), &carried), ("win.reach", None, &Next::Left)]);
    let page = text::write(&turned, "q1", "q2", false, Style::new(120, false));
    assert!(page.contains("dates moved with the period"), "{page}");
}

#[test]
fn what_programs_get_is_what_the_schema_says() {
    let schema = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/diff-1.schema.json"));
    let schema: Value = serde_json::from_str(&schema.unwrap()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let quarter = PLAN.replace("period 2026-Q1", "period 2026-Q2");
    for after in [
        PLAN.to_owned(),
        PLAN.replace("chen", "zhao"),
        PLAN.replacen("1 in 20", "1 in 25", 1),
        PLAN.replacen("at most 6", "at most 4", 1),
        PLAN.replacen("key-result reach", "key-result depth", 1),
        quarter,
    ] {
        let document = written(&diff(PLAN, &after));
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
    }
    let mut wrong = written(&diff(PLAN, &PLAN.replacen("1 in 20", "1 in 25", 1)));
    wrong["changes"][0]["aspect"] = Value::from("colour");
    assert!(!validator.is_valid(&wrong));
}

fn written(diff: &Diff) -> Value {
    let mut out = Vec::new();
    json::write(&mut out, diff, false).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn examples_differ_from_themselves_in_nothing_however_they_are_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut plans = 0;
    for folder in
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let mut files = Vec::new();
        super::incremental::gather(&folder, &folder, &mut files);
        let world = |files: &[(String, String)]| {
            MemoryWorld::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
        };
        let roots = files.iter().filter(|(path, text)| {
            path.ends_with(".plan") && text.lines().any(|line| line.starts_with("plan "))
        });
        for (root, _) in roots {
            let before = compile(&world(&files), root);
            let rewritten: Vec<(String, String)> = files
                .iter()
                .map(|(path, text)| match path.ends_with(".plan") {
                    true => (path.clone(), format!("# new\n\n{}\n# end\n", milepost_grammar::format(text))),
                    false => (path.clone(), text.clone()),
                })
                .collect();
            let after = compile(&world(&rewritten), root);
            let (Some(before), Some(after)) = (Version::new(&before), Version::new(&after)) else { continue };
            let diff = Diff::new(before, after);
            assert!(diff.is_empty(), "{root}: {:#?} {:#?}", lines(&diff), diff.effects.said);
            plans += 1;
        }
    }
    assert!(plans > 10, "{plans}");
}

/// Titles and texts that are anything but harmless.
fn hostile() -> Vec<String> {
    let long = "长".repeat(10_000);
    [
        "**bold** _it_ [x](javascript:alert(1)) ![i](http://x/y.png)",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "</details></summary><!-- x -->",
        "\u{1b}[31mred\u{1b}]8;;http://x\u{7}link\u{9b}2J",
        "\u{202e}evil\u{202c}\u{2066}x\u{2069}\u{200f}\u{61c}",
        "a | b || c",
        "`code` ``two`` ```three",
        "@everyone #1 GH-1 http://example.org",
        "::error::no\u{2028}::stop-commands::x",
        long.as_str(),
    ]
    .iter()
    .map(|text| (*text).to_owned())
    .collect()
}

#[test]
fn hostile_text_is_harmless_in_every_format() {
    for nasty in hostile() {
        let titled = |plan: &str| {
            plan.replacen("key-result sales \"Sell\"", &format!("key-result sales \"{nasty}\""), 1)
                .replacen("Liu Yang", &nasty, 1)
                .replacen("\"dealers\"", &format!("\"{nasty}\""), 1)
                .replacen("\"Acme\"", &format!("\"{nasty}\""), 1)
        };
        let before = titled(PLAN);
        let after =
            titled(&PLAN.replacen("1 in 20", "1 in 25", 1).replacen("retain 80%", "retain 60%", 1).replacen(
                "at most 6",
                "at most 2",
                1,
            ));
        let diff = diff(&before, &after);
        assert!(diff.changes.len() >= 3);
        let page = text::write(&diff, &nasty, &nasty, true, Style::new(100, false));
        assert!(!page.contains(is_command), "{page:?}");
        assert!(page.lines().all(|line| line.chars().count() <= 120), "{nasty}");
        let comment = markdown::write(&diff, &nasty, &nasty, true, markdown::MOST);
        assert!(!comment.contains(is_command));
        assert!(comment.encode_utf16().count() <= markdown::MOST);
        let outside = without_code(&comment);
        for sign in
            ["**bold", "<script", "<img", "<!-- x", "@everyone", "http:", "javascript", "evil", "::error"]
        {
            assert!(!outside.contains(sign), "{sign} in {outside}");
        }
        // What is opened is closed, and every row of a table has as many cells as its head.
        assert_eq!(outside.matches("<details>").count(), outside.matches("</details>").count());
        for table in comment.split("\n\n").filter(|part| part.starts_with("| Who")) {
            let cells = |row: &str| row.replace("\\|", "").matches('|').count();
            let head = cells(table.lines().next().unwrap());
            assert!(table.lines().all(|row| cells(row) == head), "{table}");
        }
        let document = written(&diff);
        let changes = document["changes"].as_array().unwrap();
        assert!(changes.iter().any(|change| change["what"] == "account"));
    }
}

fn is_command(sign: char) -> bool {
    (sign.is_control() && sign != '\n')
        || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}')
}

/// Markdown without what stands in code spans, found as CommonMark does: a run of backticks up to the next one as long.
fn without_code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('`') {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let run = behind.len() - behind.trim_start_matches('`').len();
        let inside = &behind[run..];
        let fence = "`".repeat(run);
        let close = inside
            .match_indices(&fence)
            .map(|(at, _)| at)
            .find(|at| !inside[..*at].ends_with('`') && !inside[at + run..].starts_with('`'));
        match close {
            Some(at) => rest = &inside[at + run..],
            None => {
                out.push_str(&fence);
                rest = inside;
            }
        }
    }
    out + rest
}

#[test]
fn a_comment_is_cut_at_whole_rows_and_says_so() {
    let people: String = (0..900).map(|n| format!("  person somebody-with-a-long-name-{n}\n")).collect();
    let long = PLAN
        .replacen("team north \"North\" {\n", &format!("team north \"North\" {{\n{people}"), 1)
        .replacen("1000k CNY", "900000k CNY", 1);
    let comment = markdown::write(
        &diff(&long, &long.replacen("1 in 20", "1 in 25", 1)),
        "a",
        "b",
        false,
        markdown::MOST,
    );
    assert!(comment.encode_utf16().count() <= markdown::MOST);
    assert!(comment.contains("rows are left out here"), "{}", &comment[comment.len() - 300..]);
    assert_eq!(comment.matches("<details>").count(), comment.matches("</details>").count());
    let rows = comment.lines().filter(|line| line.starts_with("| `"));
    assert!(rows.clone().count() > 100 && rows.clone().all(|row| row.ends_with(" |")));
}

#[test]
fn no_date_of_today_is_needed() {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let diff = diff(PLAN, &PLAN.replacen("1 in 20", "1 in 25", 1));
    assert_eq!(diff.turn.before.first, first);
    assert!(diff.changes.iter().all(|change| matches!(change.event, Event::Said { .. })));
}

/// Random plans of the reference, and the same after an edit of their digits; `DIFF_SEEDS=n` for more.
#[test]
fn what_is_told_of_random_plans_is_what_their_rows_say() {
    let (mut changed, mut same) = (0, 0);
    let seeds = std::env::var("DIFF_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(120);
    for seed in 0..seeds {
        let plan = super::reference::generate::plan(seed);
        let before = super::reference::text(&plan, seed);
        assert!(diff(&before, &before).is_empty(), "seed {seed}");
        // Another digit somewhere behind the header.
        let digits: Vec<usize> =
            before.match_indices(|sign: char| sign.is_ascii_digit()).map(|(at, _)| at).collect();
        let at = digits[(seed as usize * 7919) % digits.len()];
        let mut after = before.clone();
        after.replace_range(at..=at, if &before[at..=at] == "2" { "3" } else { "2" });
        let (one, other) = (compiled(&before), compiled(&after));
        let Some((one, other)) = Version::new(&one).zip(Version::new(&other)) else { continue };
        if one.compilation.has_language_errors() || other.compilation.has_language_errors() {
            continue;
        }
        let there = Diff::new(one, other);
        let back = Diff::new(other, one);
        let alike = rows(one) == rows(other);
        if one.plan.period == other.plan.period
            && one.plan.metrics.iter().zip(&other.plan.metrics).all(|(a, b)| a.step == b.step)
        {
            let who: Vec<_> =
                there.effects.people.iter().filter(|effect| !effect.months.is_empty()).collect();
            assert_eq!(
                who.is_empty(),
                alike,
                "seed {seed}: {who:#?} {:#?}",
                rows(one).iter().zip(rows(other)).filter(|(a, b)| *a != b).collect::<Vec<_>>()
            );
        }
        // Back again, everybody gains what they lost.
        let sums = |diff: &Diff| {
            let mut sums: Vec<_> = (diff.effects.people.iter())
                .map(|effect| {
                    let who = effect.who.as_ref().map(|who| who.name.clone());
                    (
                        who,
                        effect.metric.name.clone(),
                        effect.goal.clone(),
                        effect.amount.was.clone(),
                        effect.amount.now.clone(),
                    )
                })
                .collect();
            sums.sort();
            sums
        };
        let mut turned: Vec<_> = sums(&back)
            .into_iter()
            .map(|(who, metric, goal, was, now)| (who, metric, goal, now, was))
            .collect();
        turned.sort();
        assert_eq!(sums(&there), turned, "seed {seed}");
        assert_eq!(
            there.changes.is_empty() && there.moved == 0,
            back.changes.is_empty() && back.moved == 0,
            "seed {seed}"
        );
        // Where rows differ, something is said to have changed.
        if !alike {
            assert!(!there.changes.is_empty(), "seed {seed}: {before}\n=====\n{after}");
            changed += 1;
        } else {
            same += 1;
        }
    }
    assert!(changed > 25 && same > 25, "{changed} and {same}");
}

/// What is done by month, as the dated plan has it.
fn rows(version: Version<'_>) -> Vec<String> {
    let options = milepost::dated::RowOptions { by: Some(milepost_grammar::ast::Grain::Month), person: None };
    let plan = version.plan;
    let rows = version.dated.rows(plan, &options);
    let mut rows: Vec<String> = rows
        .map(|row| {
            let who = row.person.map(|person| plan[person].name.clone());
            let team = row.team.map(|team| plan[team].name.clone());
            let (goal, metric) = (plan.path(row.key_result), &plan[row.metric].name);
            format!(
                "{} {who:?} {team:?} {goal} {} {metric} {} {}",
                plan.period_name(row.start, row.grain.max(milepost_grammar::ast::Grain::Month)),
                row.part,
                row.kind.name(),
                row.amount
            )
        })
        .collect();
    rows.sort();
    rows
}
