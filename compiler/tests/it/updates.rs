//! Calendars that are imported again: what changed keeps its name, what is gone is called off.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::outputs::{PLAN, build, built, events, files, milepost, said};

type Event = BTreeMap<String, String>;
type Files = BTreeMap<String, Vec<u8>>;

const LATER: [&str; 2] = ["--stamp", "2026-05-02"];

/// Keeps the output of `folder` aside as `name`.
fn keep(folder: &Path, name: &str) {
    fs::rename(folder.join("out"), folder.join(name)).unwrap();
}

fn later(folder: &Path, plan: &str, previous: &[&str]) -> Files {
    let mut arguments = LATER.to_vec();
    for old in previous {
        arguments.extend(["--previous", old]);
    }
    built(folder, plan, &arguments)
}

/// The UIDs of what goes on, and of what is called off.
fn uids(files: &Files, name: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (off, on): (Vec<Event>, Vec<Event>) =
        events(&files[name]).into_iter().partition(|event| event.contains_key("STATUS"));
    let uids = |events: Vec<Event>| events.into_iter().map(|event| event["UID"].clone()).collect();
    (uids(on), uids(off))
}

fn of<'a>(events: &'a [Event], uid: &str) -> &'a Event {
    events.iter().find(|event| event["UID"] == uid).unwrap()
}

#[test]
fn what_changes_keeps_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let before = built(folder.path(), PLAN, &[]);
    let visits = "metric visits \"拜访\" { kind activity }\n";
    let chen = "  person chen \"陈静\"\n";
    let more = "  key-result more { measure calls 50 by 2026-06-30; share sales evenly }\n";
    let moved = |what: &str, before: &str| {
        let (text, place) = (PLAN.replacen(what, "", 1), before);
        text.replacen(place, &format!("{what}{place}"), 1)
    };
    let changed = [
        // Amounts, rates and shares.
        PLAN.replace("200k CNY", "300k CNY"),
        PLAN.replace("calls 25%", "calls 20%"),
        PLAN.replace("share sales evenly", "share { chen 60%; liu 40% }"),
        // Titles.
        PLAN.replace("\"Book; new, revenue\"", "\"Sell\""),
        PLAN.replace("\"陈静\"", "\"Chen Jing\""),
        PLAN.replace("\"Plan; of", "\"Another plan; of"),
        // The order of statements.
        moved(chen, "}\nfunnel"),
        moved(visits, "metric coverage"),
        moved(more, "  key-result book"),
    ];
    for plan in changed {
        assert_ne!(plan, PLAN);
        let after = built(folder.path(), &plan, &LATER);
        for name in ["calendar.ics", "calendar-chen.ics", "calendar-liu.ics"] {
            assert_eq!(uids(&before, name), uids(&after, name), "{name} of {plan}");
        }
        for event in events(&after["calendar.ics"]) {
            assert_eq!(
                (event["SEQUENCE"].as_str(), event["DTSTAMP"].as_str()),
                ("3330720", "20260502T000000Z")
            );
        }
    }
}

#[test]
fn days_that_are_gone_are_called_off() {
    let folder = tempfile::tempdir().unwrap();
    let before = built(folder.path(), PLAN, &[]);
    keep(folder.path(), "old");
    let changed = PLAN
        .replace("person liu", "person liu \"Liu\" { away 2026-06-08..2026-06-12 }; #")
        .replace("chen \"陈静\"", "chen \"Chen\"");
    let after = later(folder.path(), &changed, &["old"]);
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    let gone: BTreeSet<String> =
        (8..=12).map(|day| format!("day-202606{day:02}-liu@june.milepost")).collect();
    for name in ["calendar.ics", "calendar-liu.ics"] {
        let (on, off) = uids(&after, name);
        assert_eq!(off, gone, "{name}");
        let (all, _) = uids(&before, name);
        assert_eq!(on.union(&off).cloned().collect::<BTreeSet<_>>(), all, "{name}");
        let (old, new) = (events(&before[name]), events(&after[name]));
        let (old, new) =
            (of(&old, "day-20260608-liu@june.milepost"), of(&new, "day-20260608-liu@june.milepost"));
        for same in ["UID", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "TRANSP"] {
            assert_eq!(old[same], new[same]);
        }
        assert_eq!((new["STATUS"].as_str(), new["SEQUENCE"].as_str()), ("CANCELLED", "3330720"));
        assert_eq!((new["DTSTAMP"].as_str(), new.contains_key("DESCRIPTION")), ("20260502T000000Z", false));
    }
    assert!(uids(&after, "calendar-chen.ics").1.is_empty());
    let output = build(folder.path(), &changed, &["--stamp", "2026-05-02", "--previous", "old/calendar.ics"]);
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(out.contains("5 events called off"), "{out}");
    // The calendar of everybody alone tells as much, but for whom the titles name.
    let alone = files(&folder.path().join("out"));
    assert_eq!(alone["calendar.ics"], after["calendar.ics"]);
    assert_eq!(uids(&alone, "calendar-liu.ics"), uids(&after, "calendar-liu.ics"));
    // One person's calendar tells of that person's.
    let of_one = later(folder.path(), &changed, &["old/calendar-liu.ics"]);
    assert_eq!(of_one["calendar-liu.ics"], after["calendar-liu.ics"]);
    assert!(uids(&of_one, "calendar.ics").1.is_empty());
}

#[test]
fn who_left_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let plan = PLAN.replace("person liu", "person 刘 \"Liu\"; #");
    let before = built(folder.path(), &plan, &[]);
    keep(folder.path(), "old");
    let changed = plan.replace("person 刘 \"Liu\"; #", "#");
    for previous in ["old", "old/calendar.ics"] {
        let after = later(folder.path(), &changed, &[previous]);
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "{previous}");
        let (on, off) = uids(&after, "calendar-刘.ics");
        assert!(on.is_empty());
        assert_eq!(off, uids(&before, "calendar-刘.ics").0);
        let (on, off) = uids(&after, "calendar.ics");
        assert_eq!((on.len(), off.len()), (44, 22), "chen and the team stay");
        let head = |files: &Files| {
            let text = String::from_utf8(files["calendar-刘.ics"].clone()).unwrap().replace("\r\n ", "");
            text.lines().find(|line| line.starts_with("X-WR-CALNAME")).unwrap().to_owned()
        };
        if previous == "old" {
            assert_eq!(head(&after), head(&before));
        } else {
            assert!(head(&after).ends_with(" · 刘"), "{}", head(&after));
        }
        fs::remove_dir_all(folder.path().join("out")).unwrap();
    }
}

#[test]
fn one_person_is_told_of_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    built(folder.path(), PLAN, &[]);
    keep(folder.path(), "all");
    built(folder.path(), PLAN, &["--person", "chen"]);
    keep(folder.path(), "own");
    let changed = PLAN
        .replace("chen \"陈静\"", "chen \"陈静\" { away 2026-06-08..2026-06-12 }")
        .replace("person liu", "person wu; #");
    for previous in ["all", "all/calendar.ics", "all/calendar-chen.ics", "own", "own/calendar.ics"] {
        let mut arguments = vec!["--person", "chen", "--previous", previous];
        arguments.extend(LATER);
        let files = built(folder.path(), &changed, &arguments);
        assert_eq!(
            files.keys().collect::<Vec<_>>(),
            ["calendar-chen.ics", "calendar.ics", "plan.csv", "plan.json"]
        );
        assert_eq!(files["calendar.ics"], files["calendar-chen.ics"]);
        assert_eq!(uids(&files, "calendar.ics").1.len(), 5, "{previous}");
        let text = String::from_utf8(files["calendar.ics"].clone()).unwrap().replace("\r\n ", "");
        assert!(!text.contains("liu") && !text.contains("Liu"), "{previous}");
    }
}

#[test]
fn what_is_called_off_stays_so_until_its_day_is_over() {
    let folder = tempfile::tempdir().unwrap();
    built(folder.path(), PLAN, &[]);
    let away = PLAN.replace("chen \"陈静\"", "chen \"陈静\" { away 2026-06-08..2026-06-12 }");
    let off = |plan: &str, stamp: &str| {
        let files = built(folder.path(), plan, &["--previous", "out", "--stamp", stamp]);
        (uids(&files, "calendar.ics").1.len(), files)
    };
    assert_eq!(off(&away, "2026-05-02").0, 5);
    let (count, once) = off(&away, "2026-05-03");
    assert_eq!(count, 5, "who missed one build hears of it from the next");
    assert_eq!(off(&away, "2026-05-03").1, once, "and nothing changes where nothing did");
    assert_eq!(off(&away, "2026-06-10T12:00:00Z").0, 3);
    // A day that is planned again is called off no more.
    let (count, files) = off(PLAN, "2026-06-11");
    assert_eq!((count, uids(&files, "calendar.ics").0.len()), (0, 66));
    assert_eq!(off(&away, "2026-06-30").0, 5, "what went missing is told, however late");
    assert_eq!(off(&away, "2026-07-01").0, 0);
}

/// A plan that lost a file is no younger than before, and calendars heed the higher number only.
#[test]
fn a_call_off_outnumbers_what_it_calls_off() {
    let folder = tempfile::tempdir().unwrap();
    built(folder.path(), PLAN, &[]);
    let away = PLAN.replace("chen \"陈静\"", "chen \"陈静\" { away 2026-06-08 }");
    let files = built(folder.path(), &away, &["--previous", "out"]);
    let all = events(&files["calendar.ics"]);
    assert_eq!(of(&all, "day-20260608-chen@june.milepost")["SEQUENCE"], "3329281");
    assert_eq!(of(&all, "day-20260609-chen@june.milepost")["SEQUENCE"], "3329280");
    let older = build(folder.path(), &away, &["--previous", "out", "--stamp", "2026-04-01"]);
    assert!(older.status.success());
    let path = Path::new("out").join("calendar.ics").display().to_string();
    assert!(
        said(&older).contains(&format!("warning: `{path}` is of 2026-05-01T00:00:00Z, later than")),
        "{}",
        said(&older)
    );
}

#[test]
fn a_broken_calendar_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let before = built(folder.path(), PLAN, &[]);
    let old = String::from_utf8(before["calendar.ics"].clone()).unwrap();
    let cut: usize = old.lines().take(40).map(|line| line.len() + 2).sum();
    for (text, expected) in [
        (old[..cut].to_owned(), "old.ics:41: the file ends without `END:VEVENT`"),
        (
            old.replacen("DTSTART;VALUE=DATE:20260601", "DTSTART;VALUE=DATE:20260631", 1),
            "old.ics:13: expected a date",
        ),
        (old.replacen("TRANSP:TRANSPARENT", "TRANSPARENT", 1), "expected a line such as `NAME:value`"),
        (String::new(), "old.ics:1: expected `BEGIN:VCALENDAR`, found an empty file"),
        (old.replace("Milepost", "Else"), "`old.ics` was not written by `milepost build`"),
    ] {
        fs::write(folder.path().join("old.ics"), text).unwrap();
        let output = build(folder.path(), &PLAN.replace("200k", "300k"), &["--previous", "old.ics"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains(expected), "{}", said(&output));
        assert_eq!(files(&folder.path().join("out")), before);
    }
    let missing = build(folder.path(), PLAN, &["--previous", "no.ics"]);
    assert!(said(&missing).contains("cannot read `no.ics`: no such file or directory"), "{}", said(&missing));
    fs::create_dir(folder.path().join("empty")).unwrap();
    let empty = build(folder.path(), PLAN, &["--previous", "empty"]);
    assert!(said(&empty).contains("`empty` holds no calendar"), "{}", said(&empty));
    let table = build(folder.path(), PLAN, &["--previous", "out", "--to", "csv"]);
    assert!(said(&table).contains("`--previous` is about calendars"), "{}", said(&table));
    assert_eq!(files(&folder.path().join("out")), before);
}

#[test]
fn a_first_build_has_nothing_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let files = later(folder.path(), PLAN, &["out"]);
    assert_eq!(files.len(), 5);
    let output = milepost(
        folder.path(),
        &["build", "test.plan", "--out", "out", "--previous", "out", "--stamp", "2026-05-02"],
    );
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(crate::outputs::files(&folder.path().join("out")), files);
}
