//! What `build` leaves on disk: calendars line by line, and files that are the old or the new ones.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

pub(crate) const PLAN: &str = r#"
plan june "Plan; of \"June\", with \\ and\na second line" { period 2026-06; currency CNY }
metric revenue { unit CNY; kind outcome }
metric visits "拜访" { kind activity }
metric calls { kind activity }
metric coverage { unit percent; total last; grain day }
team sales "Sales" {
  person chen "陈静"
  person liu "Liu, Yang; \"the fast one\" 👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦"
}
funnel field { revenue <- visits 2k CNY each; visits <- calls 25% }
objective win { owner sales
  key-result book "Book; new, revenue" { measure revenue 200k CNY by 2026-06-30; through field; share sales evenly }
  key-result more { measure calls 50 by 2026-06-30; share sales evenly }
  key-result reach "Reach" { measure coverage from 0% to 60% by 2026-06-30 }
}
"#;

/// `people` people with something to do on every weekday of the year; nothing can be said against it.
pub(crate) fn large(people: usize, each: usize) -> String {
    let names: String = (0..people).map(|n| format!("person p{n};")).collect();
    format!(
        "plan large {{ period 2026 }}\nmetric visits {{ kind activity }}\nteam all {{ {names} }}\n\
         objective o {{ owner all\n key-result k {{ measure visits {} by 2026-12-31; share all evenly }}\n}}\n\
         smart {{ waive specific.scope \"a trial\"; waive relevant.outcome \"a trial\" }}\n",
        people * each
    )
}

pub(crate) fn milepost(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// Builds `test.plan` of `folder` into `out`.
pub(crate) fn build(folder: &Path, plan: &str, arguments: &[&str]) -> Output {
    fs::write(folder.join("test.plan"), plan).unwrap();
    let mut all = vec!["build", "test.plan", "--out", "out"];
    if !arguments.contains(&"--stamp") {
        all.extend(["--stamp", "2026-05-01"]);
    }
    all.extend(arguments);
    milepost(folder, &all)
}

#[track_caller]
pub(crate) fn built(folder: &Path, plan: &str, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let output = build(folder, plan, arguments);
    assert!(output.status.success(), "{}", said(&output));
    files(&folder.join("out"))
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entry = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.unwrap();
        (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap_or_default())
    };
    fs::read_dir(folder).unwrap().map(entry).collect()
}

/// The events of a calendar, each by its properties; every rule about lines is checked on the way.
#[track_caller]
pub(crate) fn events(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let rows: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let (last, rows) = rows.split_last().unwrap();
    assert!(last.is_empty(), "the last line ends");
    let mut lines: Vec<String> = Vec::new();
    for row in rows {
        let row = row.strip_suffix(b"\r").expect("a line ends with CR LF");
        let text = std::str::from_utf8(row).expect("a character lies within one line");
        assert!(!text.is_empty() && text.len() <= 75, "{} octets: {text}", text.len());
        assert!(
            !text.chars().any(|sign| sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}')),
            "{text:?}"
        );
        match text.strip_prefix(' ') {
            Some(more) => lines.last_mut().unwrap().push_str(more),
            None => lines.push(text.to_owned()),
        }
    }
    assert_eq!((lines[0].as_str(), lines.last().unwrap().as_str()), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
    let mut events: Vec<BTreeMap<String, String>> = Vec::new();
    let mut inside = false;
    for line in &lines[1..lines.len() - 1] {
        let (name, value) = line.split_once(':').unwrap();
        match (name, value) {
            ("BEGIN", "VEVENT") if !inside => {
                inside = true;
                events.push(BTreeMap::new());
            }
            ("END", "VEVENT") if inside => inside = false,
            _ if inside => {
                assert_eq!(
                    events.last_mut().unwrap().insert(name.to_owned(), value.to_owned()),
                    None,
                    "{line}"
                );
            }
            _ => assert!(
                matches!(name, "VERSION" | "PRODID" | "METHOD" | "CALSCALE" | "NAME" | "X-WR-CALNAME"),
                "{line}"
            ),
        }
    }
    assert!(!inside);
    let uids: HashSet<&String> = events.iter().map(|event| &event["UID"]).collect();
    assert_eq!(uids.len(), events.len(), "UIDs are unique");
    for event in &events {
        let date = |name: &str| chrono::NaiveDate::parse_from_str(&event[name], "%Y%m%d").unwrap();
        assert_eq!(Some(date("DTEND;VALUE=DATE")), date("DTSTART;VALUE=DATE").succ_opt());
        assert_eq!(event["TRANSP"], "TRANSPARENT");
        assert_eq!(event["DTSTAMP"], event["LAST-MODIFIED"]);
    }
    events
}

pub(crate) fn unescaped(text: &str) -> String {
    text.replace("\\\\", "\0")
        .replace("\\n", "\n")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace('\0', "\\")
}

#[test]
fn a_day_of_somebody_is_an_event() {
    let folder = tempfile::tempdir().unwrap();
    let files = built(folder.path(), PLAN, &[]);
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        ["calendar-chen.ics", "calendar-liu.ics", "calendar.ics", "plan.csv", "plan.json"]
    );
    let (all, chen, liu) = (
        events(&files["calendar.ics"]),
        events(&files["calendar-chen.ics"]),
        events(&files["calendar-liu.ics"]),
    );
    // 22 working days of two people, and of the team that holds the level.
    assert_eq!((all.len(), chen.len(), liu.len()), (66, 22, 22));
    let first = &chen[0];
    assert_eq!(first["UID"], "day-20260601-chen@june.milepost");
    assert_eq!(first["DTSTART;VALUE=DATE"], "20260601");
    assert_eq!(first["DTSTAMP"], "20260501T000000Z");
    assert_eq!(first["SEQUENCE"], "3329280");
    assert_eq!(unescaped(&first["SUMMARY"]), "拜访 3 · calls 12");
    assert_eq!(
        unescaped(&first["DESCRIPTION"]),
        "拜访 3 (3 of 50) · Book; new, revenue [win.book]\n\
         calls 10 (10 of 200) · Book; new, revenue [win.book]\n\
         calls 2 (2 of 25) [win.more]"
    );
    let of = |uid: &str| all.iter().find(|event| event["UID"] == uid).unwrap();
    assert_eq!(unescaped(&of("day-20260601-chen@june.milepost")["SUMMARY"]), "陈静: 拜访 3 · calls 12");
    assert!(
        unescaped(&of("day-20260602-liu@june.milepost")["SUMMARY"])
            .starts_with("Liu, Yang; \"the fast one\" 👨‍👩‍👧‍👦")
    );
    let level = of("day-20260630-team.sales@june.milepost");
    assert_eq!(unescaped(&level["SUMMARY"]), "Sales: coverage 60 %");
    assert_eq!(unescaped(&level["DESCRIPTION"]), "coverage 60 % (on the way to 60 %) · Reach [win.reach]");
}

#[test]
fn a_calendar_says_whose_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let files = built(folder.path(), PLAN, &[]);
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap().replace("\r\n ", "");
    let title = "Plan\\; of \"June\"\\, with \\\\ and\\na second line";
    let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Milepost//EN\r\nMETHOD:PUBLISH\r\nCALSCALE:GREGORIAN\r\n";
    assert!(
        text("calendar.ics")
            .starts_with(&format!("{head}NAME:{title}\r\nX-WR-CALNAME:{title}\r\nBEGIN:VEVENT\r\n"))
    );
    let own = format!("{title} · 陈静");
    assert!(text("calendar-chen.ics").starts_with(&format!("{head}NAME:{own}\r\nX-WR-CALNAME:{own}\r\n")));
    assert!(!text("calendar-chen.ics").contains("liu") && !text("calendar-chen.ics").contains("Liu"));
}

#[test]
fn uids_come_from_what_an_event_is() {
    let folder = tempfile::tempdir().unwrap();
    let before = events(&built(folder.path(), PLAN, &[])["calendar.ics"]);
    let changed = PLAN.replace("200k", "300k").replace("\"拜访\"", "\"visits\"").replace("陈静", "Chen");
    let after = events(&built(folder.path(), &changed, &["--stamp", "2026-05-01T00:01:00Z"])["calendar.ics"]);
    let uids = |events: &[BTreeMap<String, String>]| {
        events.iter().map(|event| event["UID"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(uids(&before), uids(&after));
    assert_ne!(before[1]["SUMMARY"], after[1]["SUMMARY"]);
    assert_eq!((before[0]["SEQUENCE"].as_str(), after[0]["SEQUENCE"].as_str()), ("3329280", "3329281"));
    assert_eq!(after[0]["DTSTAMP"], "20260501T000100Z");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert_eq!(built(one.path(), PLAN, &[]), built(two.path(), PLAN, &[]));
    assert_eq!(
        built(one.path(), PLAN, &[]),
        built(two.path(), PLAN, &["--stamp", "2026-05-01T08:00:00+08:00"])
    );
}

#[test]
fn one_person_gets_nothing_of_anybody_else() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["chen", "陈静"] {
        let files = built(folder.path(), PLAN, &["--person", name]);
        assert_eq!(
            files.keys().collect::<Vec<_>>(),
            ["calendar-chen.ics", "calendar.ics", "plan.csv", "plan.json"]
        );
        for (name, bytes) in &files {
            let text = String::from_utf8(bytes.clone()).unwrap().replace("\r\n ", "");
            assert!(text.contains("chen") && !text.contains("liu") && !text.contains("Liu"), "{name}");
        }
        assert_eq!(files["calendar.ics"], files["calendar-chen.ics"]);
    }
    let unknown = build(folder.path(), PLAN, &["--person", "chan"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(said(&unknown).contains("no person named `chan`; did you mean `chen`?"), "{}", said(&unknown));
    let team = build(folder.path(), PLAN, &["--person", "sales"]);
    assert!(said(&team).contains("`sales` is a team; `--person` takes a person"), "{}", said(&team));
}

#[test]
fn only_what_was_asked_for_is_written() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(built(folder.path(), PLAN, &["--to", "csv"]).keys().collect::<Vec<_>>(), ["plan.csv"]);
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    let by_day = built(folder.path(), PLAN, &["--to", "ics"]);
    assert_eq!(by_day.keys().collect::<Vec<_>>(), ["calendar-chen.ics", "calendar-liu.ics", "calendar.ics"]);
    // The calendar has days, whatever the table has.
    assert_eq!(built(folder.path(), PLAN, &["--to", "ics", "--by", "month"]), by_day);
    assert_eq!(build(folder.path(), PLAN, &["--to", "pdf"]).status.code(), Some(2));
    let stamp = build(folder.path(), PLAN, &["--stamp", "yesterday"]);
    assert_eq!(stamp.status.code(), Some(2));
    assert!(said(&stamp).contains("expected a time such as `2026-01-31T09:00:00Z`"), "{}", said(&stamp));
}

#[test]
fn excel_gets_its_marks() {
    let folder = tempfile::tempdir().unwrap();
    let plain = String::from_utf8(built(folder.path(), PLAN, &["--to", "csv"])["plan.csv"].clone()).unwrap();
    let excel =
        String::from_utf8(built(folder.path(), PLAN, &["--to", "csv", "--excel"])["plan.csv"].clone())
            .unwrap();
    assert!(!plain.contains('\r') && plain.ends_with('\n'));
    assert_eq!(excel, format!("\u{feff}{}", plain.replace('\n', "\r\n")));
}

#[test]
fn people_that_a_file_system_takes_for_one_have_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let plan = PLAN.replace("person chen", "person Liu; person ＬＩＵ; person 刘; person con; person chen");
    let files = built(folder.path(), &plan, &["--to", "ics"]);
    assert_eq!(files.len(), 7);
    for name in ["calendar-刘.ics", "calendar-chen.ics"] {
        assert!(files.contains_key(name), "{:?}", files.keys());
    }
    let lowered: HashSet<String> = files.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(lowered.len(), 7);
}

#[test]
fn an_error_of_the_language_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let before = built(folder.path(), PLAN, &[]);
    for broken in [
        PLAN.replace("through field", "through feild"),
        PLAN.replace("person chen", "persom chen"),
        PLAN.replace("2026-06-30", "2026-06-31"),
        PLAN.replace("200k CNY", "200k EUR"),
        PLAN.replace("plan june", "plan"),
    ] {
        let output = build(folder.path(), &broken, &[]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert_eq!(files(&folder.path().join("out")), before);
    }
    let fresh = tempfile::tempdir().unwrap();
    assert_eq!(build(fresh.path(), "plan", &[]).status.code(), Some(1));
    assert!(!fresh.path().join("out").exists(), "not even the folder is made");
    let going = build(folder.path(), &PLAN.replace("through field", "through feild"), &["--keep-going"]);
    assert_eq!(going.status.code(), Some(1));
    assert_ne!(files(&folder.path().join("out")), before);
}

#[test]
fn an_output_folder_that_is_none_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("out"), "a file").unwrap();
    let output = build(folder.path(), PLAN, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("cannot write into `out`: it is a file"), "{}", said(&output));
    assert_eq!(fs::read(folder.path().join("out")).unwrap(), b"a file");

    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("out/calendar.ics")).unwrap();
    let output = build(folder.path(), PLAN, &[]);
    assert_eq!(output.status.code(), Some(1));
    let path = Path::new("out").join("calendar.ics").display().to_string();
    assert!(said(&output).contains(&format!("cannot write `{path}`: it is a folder")), "{}", said(&output));
    assert_eq!(files(&folder.path().join("out")).keys().collect::<Vec<_>>(), ["calendar.ics"]);
}

#[test]
fn calendars_of_people_who_left_stay() {
    let folder = tempfile::tempdir().unwrap();
    let before = built(folder.path(), PLAN, &[]);
    let after = built(folder.path(), &PLAN.replace("person chen \"陈静\"", ""), &[]);
    assert_eq!(after["calendar-chen.ics"], before["calendar-chen.ics"]);
    assert_ne!(after["calendar-liu.ics"], before["calendar-liu.ics"]);
}

#[test]
fn without_a_stamp_the_last_commit_counts() {
    let folder = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(folder.path()).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
        command
            .args(["-c", "commit.gpgsign=false"])
            .args(arguments)
            .env("GIT_COMMITTER_DATE", "2026-01-02T03:04:05+08:00");
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("test.plan"), PLAN).unwrap();
    let build = || {
        let output = milepost(folder.path(), &["build", "test.plan", "--out", "out", "--to", "ics"]);
        assert!(output.status.success(), "{}", said(&output));
        events(&fs::read(folder.path().join("out/calendar.ics")).unwrap())[0]["DTSTAMP"].clone()
    };
    let time = |seconds| std::time::UNIX_EPOCH + Duration::from_secs(seconds);
    fs::File::options()
        .append(true)
        .open(folder.path().join("test.plan"))
        .unwrap()
        .set_modified(time(1_900_000_000))
        .unwrap();
    assert_eq!(build(), "20300317T174640Z");
    if git(&["init", "-q"]) && git(&["add", "test.plan"]) && git(&["commit", "-qm", "a"]) {
        assert_eq!(build(), "20260101T190405Z");
    }
}

#[test]
fn standard_input_needs_a_stamp_for_calendars() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
        command.current_dir(folder.path()).args(["build", "-", "--out", "out"]).args(arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), PLAN.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let without = run(&[]);
    assert_eq!(without.status.code(), Some(1));
    assert!(said(&without).contains("give one with `--stamp`"), "{}", said(&without));
    assert!(run(&["--to", "csv"]).status.success());
    assert!(run(&["--stamp", "2026-05-01"]).status.success());
    assert_eq!(
        files(&folder.path().join("out"))["calendar.ics"],
        built(tempfile::tempdir().unwrap().path(), PLAN, &[])["calendar.ics"]
    );
}

/// Kills so many builds, each at a moment of its own, and looks at every file each time: `at` says for the how
/// manieth build which part of a build's time (in thousandths) it may run.
fn kill_builds(kills: u32, options: &[&str], at: impl Fn(u32) -> u32) {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (large(30, 300), large(30, 500));
    let first = built(folder.path(), &old, &[]);
    let started = Instant::now();
    let second = built(folder.path(), &new, &[]);
    let takes = started.elapsed();
    let (mut killed, mut mixed) = (0, 0);
    for kill in 0..kills {
        // In turns, so that each build would change every file.
        fs::write(folder.path().join("test.plan"), if kill % 2 == 0 { &old } else { &new }).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_milepost"))
            .current_dir(folder.path())
            .args(["build", "test.plan", "--out", "out", "--stamp", "2026-05-01"])
            .args(options)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(takes * at(kill) / 1000);
        let _ = child.kill();
        killed += u32::from(!child.wait().unwrap().success());
        let mut olds = 0;
        for (name, bytes) in &first {
            let found = fs::read(folder.path().join("out").join(name)).unwrap();
            olds += usize::from(found == *bytes);
            assert!(found == *bytes || found == second[name], "{name} is neither the old nor the new one");
        }
        mixed += u32::from(olds > 0 && olds < first.len());
    }
    println!("{killed} of {kills} builds were killed, {mixed} of them between two files");
    assert!(killed > 0);
    // What they left behind is in nobody's way.
    let files = built(folder.path(), &new, options);
    for (name, bytes) in &second {
        assert!(files[name] == *bytes, "{name}");
    }
}

#[test]
fn a_killed_build_leaves_whole_files() {
    kill_builds(50, &[], |kill| kill * 20);
}

#[test]
#[ignore = "takes a minute or two; the checks of a change run it"]
fn two_hundred_killed_builds_leave_whole_files() {
    // As good as random, and the same each time.
    let moment = |kill: u32| (kill.wrapping_mul(2_654_435_761) >> 16) % 1100;
    kill_builds(200, &["--previous", "out"], moment);
}

/// A build that takes long tells how far it is, on a terminal, and leaves nothing of it there.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes a minute or two; the checks of a change run it"]
fn progress_shows_on_a_terminal_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut people = 100;
    loop {
        let started = Instant::now();
        let output = build(folder.path(), &large(people, 300), &[]);
        assert_eq!(said(&output), "", "nothing is told where nobody looks");
        // Some time more than it takes until something is told.
        if started.elapsed() > Duration::from_secs(4) {
            break;
        }
        people *= 2;
    }
    let milepost = env!("CARGO_BIN_EXE_milepost");
    let command = format!("'{milepost}' build test.plan --out out --stamp 2026-05-01");
    let mut terminal = Command::new("script");
    terminal.args(["-qec", &command, "/dev/null"]).current_dir(folder.path()).env("TERM", "xterm");
    let output = match terminal.stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) => return println!("skipped: no `script`: {error}"),
    };
    let shown = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = shown.split("\r\u{1b}[K").collect();
    assert!(
        lines.iter().any(|line| line.starts_with("writing calendar") && line.contains(": 2026-")),
        "{shown:?}"
    );
    assert!(lines.last().unwrap().starts_with("wrote into out: plan.csv"), "{shown:?}");
    assert!(lines[..lines.len() - 1].iter().all(|line| !line.contains('\n') && line.len() < 79), "{shown:?}");
}

/// A file system of 1 MiB, in a name space of its own, which goes with the process.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("disk")).unwrap();
    fs::write(at("small.plan"), large(2, 300)).unwrap();
    fs::write(at("large.plan"), large(40, 300)).unwrap();
    let script = r#"
        mount -t tmpfs -o size=1m none disk 2>/dev/null || exit 77
        "$MILEPOST" build small.plan --out disk/out --stamp 2026-05-01 || exit 1
        cp -r disk/out before
        "$MILEPOST" build large.plan --out disk/out --stamp 2026-05-01 2>said
        echo $? >code
        cp -r disk/out after
    "#;
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", script])
        .current_dir(folder.path())
        .env("MILEPOST", env!("CARGO_BIN_EXE_milepost"))
        .output();
    match output {
        Ok(output) if output.status.success() => {}
        Ok(output) if fs::metadata(at("before")).is_ok() => panic!("{}", said(&output)),
        Ok(output) => return println!("skipped: no file system can be mounted here: {}", said(&output)),
        Err(error) => return println!("skipped: no `unshare`: {error}"),
    }
    assert_eq!(fs::read_to_string(at("code")).unwrap(), "1\n");
    let said = fs::read_to_string(at("said")).unwrap();
    assert!(said.contains("cannot write `disk/out/") && said.contains("no space left on device"), "{said}");
    let before = files(&at("before"));
    assert_eq!(before.len(), 5);
    assert_eq!(files(&at("after")), before);
}
