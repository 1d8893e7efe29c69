//! Calendars read from files, and what is said of files that are none.

use chrono::{Datelike, NaiveDate};
use milepost::calendar::import::{ImportError, import};
use milepost::calendar::{Calendar, DayMark, Force};
use milepost::dates::months;
use milepost::sources::{ItemId, Place};
use milepost_grammar::Span;

const ICS: &[u8] = include_bytes!("../data/cn-2026.ics");
const JSON: &[u8] = include_bytes!("../data/cn-2026.json");
const CSV: &[u8] = include_bytes!("../data/cn-holidays.csv");

fn words(text: &str) -> Vec<String> {
    text.split('|').map(str::to_owned).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar(marks: &[DayMark]) -> Calendar {
    let marks: Vec<_> = marks.iter().map(|mark| (mark.date, Force::Import, mark.works)).collect();
    let week = [true, true, true, true, true, false, false];
    let place = Place::new(ItemId(0), Span::new(0, 0));
    Calendar::new("china".to_owned(), None, place, week, &marks, Vec::new())
}

fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
}

/// `2026-01-01 off, 2026-01-04 work`
fn days(text: &str) -> String {
    let marks = import("holidays.ics", text.as_bytes(), &words("班|补班")).expect(text);
    let shown = |mark: &DayMark| format!("{} {}", mark.date, if mark.works { "work" } else { "off" });
    marks.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn error(path: &str, text: impl AsRef<[u8]>) -> String {
    let ImportError { line, column, message } =
        import(path, text.as_ref(), &words("班")).expect_err("an error was expected");
    format!("{line}:{column} {}: {}", message.code(), message.text())
}

#[test]
fn china_2026_is_the_same_in_all_three_formats() {
    let files = [("cn-2026.ics", ICS), ("cn-2026.json", JSON), ("cn-holidays.csv", CSV)];
    for (path, bytes) in files {
        let marks = import(path, bytes, &words("班|补班")).unwrap();
        let calendar = calendar(&marks);
        let counts: Vec<usize> = (1..=12).map(|month| calendar.count(months(2026, month, 1))).collect();
        assert_eq!(counts, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23], "{path}");
        assert_eq!(counts.iter().sum::<usize>(), 248, "{path}");
        assert!(marks.is_sorted_by(|one, next| one.date < next.date), "{path}");
    }
}

#[test]
fn the_form_of_the_bytes_does_not_matter() {
    let text = std::str::from_utf8(ICS).unwrap().replace("\r\n", "\n");
    let plain = import("a.ics", text.as_bytes(), &words("班|补班")).unwrap();
    let crlf = import("a.ics", text.replace('\n', "\r\n").as_bytes(), &words("班|补班")).unwrap();
    let bom = import("a.ICS", format!("\u{feff}{text}").as_bytes(), &words("班|补班")).unwrap();
    // Folded after every byte, also inside characters.
    let folded: Vec<u8> = text
        .split('\n')
        .flat_map(|line| {
            let mut row: Vec<u8> = Vec::new();
            for (index, byte) in line.bytes().enumerate() {
                if index > 0 {
                    row.extend(b"\r\n ");
                }
                row.push(byte);
            }
            row.extend(b"\r\n");
            row
        })
        .collect();
    let folded = import("a.ics", &folded, &words("班|补班")).unwrap();
    let whole = import("a.ics", text.as_bytes(), &words("班|补班|")).unwrap();
    let joined = import("a.ics", text.as_bytes(), &["班|补班".to_owned()]).unwrap();
    assert!([crlf, bom, folded, whole, joined].iter().all(|marks| *marks == plain));
    assert_eq!(
        import("a.csv", &[b"\xef\xbb\xbf", CSV].concat(), &[]),
        import("a.csv", std::str::from_utf8(CSV).unwrap().replace('\n', "\r\n").as_bytes(), &[])
    );
}

#[test]
fn events_take_their_days() {
    assert_eq!(
        days(&event("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260103")),
        "2026-01-01 off, 2026-01-02 off"
    );
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20260101")), "2026-01-01 off");
    assert_eq!(days(&event("DTSTART:20260101\nDTEND:20260101")), "2026-01-01 off");
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20260101\nDURATION:P2D")), "2026-01-01 off, 2026-01-02 off");
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20260101\nDURATION:PT24H")), "2026-01-01 off");
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20260101\nDURATION:P1W")).matches("off").count(), 7);
    assert_eq!(days(&event("SUMMARY:补班\nDTSTART;VALUE=DATE:20260104")), "2026-01-04 work");
    assert_eq!(
        days(&event("SUMMARY;LANGUAGE=zh:元旦\n  补\n 班\ndtstart;value=date:20260104")),
        "2026-01-04 work"
    );
}

#[test]
fn other_events_are_passed_over() {
    assert_eq!(days(&event("DTSTART:20260101T090000Z\nDTEND:20260101T100000Z")), "");
    assert_eq!(days(&event("DTSTART;TZID=\"x:y\":20260101T000000\nDURATION:PT1H")), "");
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20260101\nSTATUS:CANCELLED")), "");
    let alarm = "BEGIN:VALARM\nTRIGGER:-PT15M\nDTSTART:nonsense\nEND:VALARM";
    assert_eq!(days(&event(&format!("DTSTART;VALUE=DATE:20260101\n{alarm}"))), "2026-01-01 off");
    assert_eq!(days("BEGIN:VCALENDAR\nBEGIN:VTODO\nDUE:never\nEND:VTODO\nEND:VCALENDAR"), "");
}

#[test]
fn outlook_marks_whole_days() {
    let outlook = "DTSTART;TZID=China Standard Time:20260101T000000\n\
        DTEND;TZID=China Standard Time:20260102T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE";
    assert_eq!(days(&event(outlook)), "2026-01-01 off");
}

#[test]
fn a_make_up_day_inside_a_holiday_is_worked() {
    let holiday = "SUMMARY:春节\nDTSTART;VALUE=DATE:20260213\nDTEND;VALUE=DATE:20260216";
    let make_up = "SUMMARY:春节\\, 补班\nDTSTART;VALUE=DATE:20260214";
    let expected = "2026-02-13 off, 2026-02-14 work, 2026-02-15 off";
    for (first, second) in [(holiday, make_up), (make_up, holiday)] {
        assert_eq!(days(&event(&format!("{first}\nEND:VEVENT\nBEGIN:VEVENT\n{second}"))), expected);
    }
}

#[test]
fn escapes_are_read() {
    let text = event("SUMMARY:a\\, b\\; c\\\\ d\\ne\nDTSTART:20260101");
    let marks = import("a.ics", text.as_bytes(), &[]).unwrap();
    assert_eq!(marks[0].name, "a, b; c\\ d\ne");
}

#[test]
fn yearly_events_come_again() {
    let rule = |start: &str, rule: &str| {
        let marks =
            import("a.ics", event(&format!("DTSTART:{start}\nRRULE:{rule}")).as_bytes(), &[]).unwrap();
        marks.into_iter().map(|mark| mark.date).collect::<Vec<_>>()
    };
    let years = rule("20200501", "FREQ=YEARLY");
    assert_eq!(years[..3], [day("2020-05-01"), day("2021-05-01"), day("2022-05-01")]);
    assert!(years.last().is_some_and(|last| last.year() >= 2100));
    assert_eq!(rule("20240501", "FREQ=YEARLY;UNTIL=20260430"), [day("2024-05-01"), day("2025-05-01")]);
    assert_eq!(rule("20240501", "FREQ=YEARLY;UNTIL=20250501T000000Z;WKST=MO").len(), 2);
    assert_eq!(rule("20240501", "FREQ=YEARLY;INTERVAL=2;COUNT=2"), [day("2024-05-01"), day("2026-05-01")]);
    assert_eq!(rule("20240229", "FREQ=YEARLY;COUNT=2"), [day("2024-02-29"), day("2028-02-29")]);
    assert_eq!(
        rule("20251127", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2"),
        [day("2025-11-27"), day("2026-11-26")]
    );
    assert_eq!(
        rule("20250526", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=2"),
        [day("2025-05-26"), day("2026-05-25")]
    );
    assert_eq!(
        rule("20251231", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1;COUNT=2"),
        [day("2025-12-31"), day("2026-12-31")]
    );
}

#[test]
fn recurrence_can_be_changed() {
    let text = "UID:a\nDTSTART:20250501\nRRULE:FREQ=YEARLY;COUNT=3\nEXDATE;VALUE=DATE:20260501";
    assert_eq!(days(&event(text)), "2025-05-01 off, 2027-05-01 off");
    let text = "UID:a\nDTSTART:20250501\nRRULE:FREQ=YEARLY;COUNT=2\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20260501\nDTSTART:20260504";
    assert_eq!(days(&event(text)), "2025-05-01 off, 2026-05-04 off");
    assert_eq!(
        days(&event("DTSTART:20260501\nRDATE;VALUE=DATE:20260503,20260505")),
        "2026-05-01 off, 2026-05-03 off, 2026-05-05 off"
    );
}

#[test]
fn an_ics_that_ends_in_the_middle_is_none() {
    let whole = std::str::from_utf8(ICS).unwrap();
    let complete = whole.trim_end().len();
    for end in (0..complete).filter(|end| whole.is_char_boundary(*end)) {
        assert!(import("a.ics", &ICS[..end], &[]).is_err(), "cut at byte {end}");
    }
    assert_eq!(
        error("a.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260101\r\n"),
        "4:1 calendar::ics: the file ends without `END:VEVENT`; its `BEGIN` is on line 2"
    );
    assert_eq!(
        error("a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n"),
        "3:1 calendar::ics: expected `END:VEVENT` first; its `BEGIN` is on line 2"
    );
    assert_eq!(
        error("a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\nBEGIN:VEVENT\n"),
        "4:1 calendar::ics: expected `END:VEVENT` first; its `BEGIN` is on line 2"
    );
}

#[test]
fn what_is_wrong_with_an_ics_is_said() {
    for (text, said) in [
        ("", "1:1 calendar::ics: expected `BEGIN:VCALENDAR`, found an empty file"),
        ("<html>", "1:1 calendar::ics: expected `BEGIN:VCALENDAR`, found `<html>`"),
        ("date,kind,name\n", "1:1 calendar::ics: expected `BEGIN:VCALENDAR`, found `date,kind,name`"),
        ("END:VCALENDAR", "1:1 calendar::ics: expected `BEGIN:VCALENDAR`, found `END:VCALENDAR`"),
        (&event("oh no"), "4:1 calendar::ics: expected a line such as `NAME:value`, found `oh no`"),
        (
            &event("DTSTART;VALUE=DATE:20260631"),
            "4:20 calendar::ics: expected a date such as `20260131` for `DTSTART`, found `20260631`",
        ),
        (
            &event("DTSTART;VAL\n UE=DATE:2026-06-01"),
            "5:10 calendar::ics: expected a date such as `20260131` for `DTSTART`, found `2026-06-01`",
        ),
        (
            &event("DTSTART:20260101\nDTEND:soon"),
            "5:7 calendar::ics: expected a date such as `20260131` for `DTEND`, found `soon`",
        ),
        (
            &event("DTSTART:20260102\nDTEND:20260101"),
            "5:7 calendar::ics: the event starts on 2026-01-02 and ends before that, on 2026-01-01",
        ),
        (
            &event("DTSTART:20260102\nDTEND:99990101"),
            "5:7 calendar::ics: this event takes more than 1000 days",
        ),
        (
            &event("DTSTART:20260102\nDURATION:P99999999999999999999D"),
            "5:10 calendar::ics: expected a length such as `P3D`, found `P99999999999999999999D`",
        ),
        (
            &event("DTSTART:20260102\nDURATION:-P1D"),
            "5:10 calendar::ics: expected a length such as `P3D`, found `-P1D`",
        ),
        (&event("SUMMARY:x"), "3:1 calendar::ics: this event has no `DTSTART`"),
        (
            &event("DTSTART:20260102\nRRULE:FREQ=WEEKLY"),
            "5:7 calendar::ics: cannot read the recurrence `FREQ=WEEKLY`",
        ),
        (
            &event("DTSTART:20260102\nRRULE:FREQ=YEARLY;BYDAY=MO"),
            "5:7 calendar::ics: cannot read the recurrence `BYDAY=MO`",
        ),
        (
            &event("DTSTART:20260102\nRRULE:FREQ=YEARLY;BYYEARDAY=1"),
            "5:7 calendar::ics: cannot read the recurrence `BYYEARDAY=1`",
        ),
    ] {
        assert_eq!(error("a.ics", text), said);
    }
    assert_eq!(
        error("a.ics", b"BEGIN:VCALENDAR\nX-A:\xd6\xd0\n"),
        "2:5 calendar::encoding: calendars are UTF-8 text; byte 20 of this file is not"
    );
}

#[test]
fn a_calendar_is_not_endless() {
    let one = "BEGIN:VEVENT\nDTSTART:20000101\nDURATION:P1000D\nRRULE:FREQ=YEARLY\nEND:VEVENT\n";
    let text = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", one.repeat(50));
    assert_eq!(
        error("a.ics", text),
        "7:1 calendar::too-many-days: this calendar marks more than 200000 days"
    );
}

#[test]
fn what_is_wrong_with_a_holiday_file_is_said() {
    for (text, said) in [
        ("", "1:1 calendar::json: this is no holiday file: EOF while parsing a value"),
        ("{\"year\": 2026}", "1:14 calendar::json: this is no holiday file: missing field `days`"),
        (
            "{\"days\": [\n  {\"name\": \"元旦\", \"date\": \"2026-02-30\", \"isOffDay\": true}\n]}",
            "2:37 calendar::json: this is no holiday file: invalid value: string \"2026-02-30\", expected a date such as `2026-01-31`",
        ),
        (
            "{\"days\": [{\"date\": \"2026-02-01\", \"isOffDay\": \"no\"}]}",
            "1:49 calendar::json: this is no holiday file: invalid type: string \"no\", expected a boolean",
        ),
        ("{\"days\": [", "1:10 calendar::json: this is no holiday file: EOF while parsing a list"),
    ] {
        assert_eq!(error("a.json", text), said);
    }
    assert_eq!(
        error("a.json", b"{\"days\": \"\xff\"}"),
        "1:11 calendar::encoding: calendars are UTF-8 text; byte 10 of this file is not"
    );
    assert!(import("a.json", "[".repeat(100_000).as_bytes(), &[]).is_err());
}

#[test]
fn what_is_wrong_with_a_table_is_said() {
    for (text, said) in [
        ("", "1:1 calendar::csv: expected a header with a column `date`, found an empty file"),
        (
            "day,kind,name\n",
            "1:1 calendar::csv: expected a header with a column `date`, found `day,kind,name`",
        ),
        (
            "date;kind;name\n",
            "1:1 calendar::csv: expected a header with a column `date`, found `date;kind;name`",
        ),
        ("date,kind,name\n2026-01-01,off\n", "2:1 calendar::csv: expected 3 cells as in the header, found 2"),
        (
            "date,kind,name\n\r\n\n2026-01-01,off,a,b\n",
            "4:1 calendar::csv: expected 3 cells as in the header, found 4",
        ),
        (
            "date,kind,name\n2026-1-01,off,a\n",
            "2:1 calendar::csv: expected a date such as `2026-01-31` in column `date`, found `2026-1-01`",
        ),
        (
            "date,kind,name\n2026-06-31,off,a\n",
            "2:1 calendar::csv: expected a date such as `2026-01-31` in column `date`, found `2026-06-31`",
        ),
        (
            "name,kind,date\n\"元, \"\"旦\"\"\nand more\",off,2026-01-01\n元旦,Off,2026-01-02\n",
            "4:4 calendar::csv: expected `off` or `work` in column `kind`, found `Off`",
        ),
        (
            "name,kind,date\n\"元, \"\"旦\"\"\",off,soon\n",
            "2:16 calendar::csv: expected a date such as `2026-01-31` in column `date`, found `soon`",
        ),
    ] {
        assert_eq!(error("a.csv", text), said, "{text}");
    }
    assert_eq!(
        error("a.csv", b"date,kind,name\n2026-01-01,off,\xd4\n"),
        "2:16 calendar::encoding: calendars are UTF-8 text; byte 30 of this file is not"
    );
    let marks = import("a.csv", b" Kind ,date\nwork, 2026-01-03\n", &[]).unwrap();
    assert_eq!((marks[0].date, marks[0].works), (day("2026-01-03"), true));
}

#[test]
fn an_unknown_ending_is_said() {
    let said = "expected a file ending in `.ics`, `.json` or `.csv`";
    for path in ["holidays.xlsx", "holidays", "holidays.ics/2026", ""] {
        assert_eq!(error(path, ICS), format!("1:1 calendar::format: `{path}` is no calendar: {said}"));
    }
}

#[test]
fn random_damage_never_panics() {
    // A plain generator; what matters is that the same bytes come every time.
    let mut state: u64 = 0x2026;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for (path, bytes) in [("a.ics", ICS), ("a.json", JSON), ("a.csv", CSV)] {
        for _ in 0..200 {
            let mut damaged = bytes.to_vec();
            for _ in 0..=random(4) {
                let at = random(damaged.len());
                match random(3) {
                    0 => damaged[at] = u8::try_from(random(256)).unwrap(),
                    1 => drop(damaged.remove(at)),
                    _ => damaged.insert(at, b"\n:;,\"\\\r 0P"[random(10)]),
                }
            }
            let _ = import(path, &damaged, &words("班|补班"));
        }
    }
}
