//! `milepost watch`: builds again when something that the plan reads changes, and only then.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::outputs::{milepost, said};

const PLAN: &str = "plan p { period 2026-06; calendar c; include \"goals/*.plan\" }\n\
                    calendar c { import \"days.csv\" }\nmetric visits { kind activity }\nmetric complaints { better lower }\n\
                    team t { person liu }\n";

fn goal(name: &str, visits: u32) -> String {
    format!(
        "objective {name} {{ owner t; scope \"all shops\"; during 2026-06\n key-result k {{ measure visits {visits}; share t evenly }}\n \
         key-result calm {{ hold complaints at most 3 }}\n}}\n"
    )
}

/// A watcher that is stopped when the test ends.
struct Watcher {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watcher {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_milepost"))
            .current_dir(folder)
            .args(["watch", "test.plan", "--out", "out"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(folder.join("said.txt")).unwrap())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// The next line that is printed.
    #[track_caller]
    fn line(&self) -> String {
        self.lines.recv_timeout(Duration::from_secs(30)).expect("a line about a build")
    }

    #[track_caller]
    fn builds(&self) {
        let line = self.line();
        assert!(line.starts_with("built in ") && line.ends_with(" ms"), "{line}");
    }

    /// Nothing is printed for longer than it takes to notice a change in every way there is.
    #[track_caller]
    fn is_quiet(&self) {
        let line = self.lines.recv_timeout(Duration::from_millis(2_600));
        assert!(line.is_err(), "{line:?}");
    }
}

fn plan() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("goals")).unwrap();
    for (file, text) in [
        ("test.plan", PLAN.to_owned()),
        ("goals/a.plan", goal("a", 44)),
        ("days.csv", "date,kind,name\n2026-06-19,off,feast\n".to_owned()),
    ] {
        fs::write(folder.path().join(file), text).unwrap();
    }
    folder
}

fn table(folder: &Path) -> String {
    fs::read_to_string(folder.join("out/plan.csv")).unwrap()
}

/// The last running total of an objective.
fn total(folder: &Path, objective: &str) -> Option<u32> {
    let table = table(folder);
    let mut cells = table.lines().map(|row| row.split(',').collect::<Vec<_>>());
    cells.rfind(|cells| cells[4] == objective).map(|cells| cells[11].parse().unwrap())
}

#[test]
fn a_change_of_any_file_builds_again() {
    let folder = plan();
    let (at, watcher) = (folder.path(), Watcher::start(folder.path()));
    watcher.builds();
    assert_eq!(total(at, "a"), Some(44));
    assert!(!table(at).contains("2026-06-19"));
    // An included file.
    fs::write(at.join("goals/a.plan"), goal("a", 60)).unwrap();
    watcher.builds();
    assert_eq!(total(at, "a"), Some(60));
    // A file of data.
    fs::write(at.join("days.csv"), "date,kind,name\n2026-06-22,off,feast\n").unwrap();
    watcher.builds();
    assert!(table(at).contains("2026-06-19") && !table(at).contains("2026-06-22"));
    // A new file that fits the pattern.
    fs::write(at.join("goals/b.plan"), goal("b", 10)).unwrap();
    watcher.builds();
    assert_eq!(total(at, "b"), Some(10));
    // One that goes.
    fs::remove_file(at.join("goals/b.plan")).unwrap();
    watcher.builds();
    assert_eq!(total(at, "b"), None);
    // The plan itself, saved as editors do: written aside and renamed, or the old one moved away first.
    for (visits, moved) in [(70, false), (71, true), (72, false), (73, true)] {
        let text = PLAN.replace("include \"goals/*.plan\"", "") + &goal("own", visits);
        fs::write(at.join(".test.plan.swp"), &text).unwrap();
        if moved {
            fs::rename(at.join("test.plan"), at.join("test.plan~")).unwrap();
        }
        fs::rename(at.join(".test.plan.swp"), at.join("test.plan")).unwrap();
        watcher.builds();
        assert_eq!(total(at, "own"), Some(visits));
    }
    watcher.is_quiet();
}

#[test]
fn several_changes_in_a_row_are_one_build() {
    let folder = plan();
    let watcher = Watcher::start(folder.path());
    watcher.builds();
    for visits in 1..=20 {
        fs::write(folder.path().join("goals/a.plan"), goal("a", visits)).unwrap();
        thread::sleep(Duration::from_millis(5));
    }
    watcher.builds();
    assert_eq!(total(folder.path(), "a"), Some(20));
    watcher.is_quiet();
}

#[test]
fn a_broken_plan_leaves_the_last_good_output() {
    let folder = plan();
    let (at, watcher) = (folder.path(), Watcher::start(folder.path()));
    watcher.builds();
    let good = crate::outputs::files(&at.join("out"));
    fs::write(at.join("goals/a.plan"), goal("a", 60).replace("visits 60", "vists 60")).unwrap();
    assert_eq!(watcher.line(), "not built, 1 error; out stays as it was");
    assert_eq!(crate::outputs::files(&at.join("out")), good);
    let said = || fs::read_to_string(at.join("said.txt")).unwrap();
    assert!(said().contains("no metric named `vists`"), "{}", said());
    fs::remove_file(at.join("test.plan")).unwrap();
    assert_eq!(watcher.line(), "not built, 2 errors; out stays as it was");
    assert_eq!(crate::outputs::files(&at.join("out")), good);
    fs::write(at.join("goals/a.plan"), goal("a", 60)).unwrap();
    fs::write(at.join("test.plan"), PLAN.replace("metric visits", "review r { every mon }\nmetric visits"))
        .unwrap();
    let line = watcher.line();
    assert!(line.starts_with("built in ") && line.ends_with(" ms, 1 warning"), "{line}");
    assert_eq!(total(at, "a"), Some(60));
}

/// Its own output is no reason to build, be it where the plan is and in a folder that a pattern looks into.
#[test]
fn it_does_not_wake_itself() {
    for out in [".", "goals"] {
        let folder = plan();
        let mut child = Command::new(env!("CARGO_BIN_EXE_milepost"));
        child.current_dir(folder.path()).args(["watch", "test.plan", "--out", out]);
        let mut child =
            child.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_secs(5));
        fs::write(folder.path().join("unrelated.txt"), "x").unwrap();
        thread::sleep(Duration::from_secs(1));
        let used = cpu_time(child.id());
        child.kill().unwrap();
        let mut text = String::new();
        child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
        child.wait().unwrap();
        assert_eq!(text.lines().count(), 1, "into {out}: {text}");
        if let Some(used) = used {
            assert!(used < Duration::from_millis(1_500), "into {out}: {used:?} of work in six seconds");
        }
    }
}

/// How long a process has worked; `None` where that is not to be had.
fn cpu_time(process: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

#[test]
fn it_ends_when_nobody_reads_it() {
    let folder = plan();
    let mut watcher = Watcher::start(folder.path());
    watcher.builds();
    // The reading end closes when the thread ends, which it does at the next line.
    let (_, closed) = channel();
    watcher.lines = closed;
    let started = Instant::now();
    let mut visits = 50;
    while watcher.child.try_wait().unwrap().is_none() {
        assert!(started.elapsed() < Duration::from_secs(30), "it still runs");
        visits += 1;
        fs::write(folder.path().join("goals/a.plan"), goal("a", visits)).unwrap();
        thread::sleep(Duration::from_millis(500));
    }
    assert!(watcher.child.wait().unwrap().success());
}

#[test]
fn standard_input_is_not_watched() {
    let folder = tempfile::tempdir().unwrap();
    let output = milepost(folder.path(), &["watch", "-", "--out", "out"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("standard input cannot be watched"), "{}", said(&output));
    let help = milepost(folder.path(), &["watch", "-h"]);
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.starts_with("Builds whenever a file that the plan reads changes"), "{help}");
}
