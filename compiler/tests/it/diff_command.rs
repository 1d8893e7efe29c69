//! `milepost diff`, run as people and services run it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PLAN: &str = "plan q1 {\n  period 2026-Q1\n  currency CNY\n}\nmetric visits { kind activity }\nperson liu\n\
objective win {\n  owner liu\n  key-result shops {\n    measure visits 120 by 2026-03-31\n    scope \"shops\"\n    share liu evenly\n  }\n}\n";

fn milepost(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).current_dir(folder).args(arguments).output().unwrap()
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn two_files_are_compared_and_the_exit_code_says_if_asked() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.plan"), PLAN).unwrap();
    fs::write(at.join("b.plan"), PLAN.replace("visits 120", "visits 180")).unwrap();
    let told = milepost(at, &["diff", "a.plan", "b.plan"]);
    assert_eq!(told.status.code(), Some(0), "{}", stderr(&told));
    assert_eq!(stderr(&told), "");
    for said in [
        "a.plan → b.plan\n",
        "1 change · 1 person does more · 1 goal comes to another amount\n",
        "key-result win.shops: target 120 visits → 180 visits",
        "b.plan:10",
        "+60",
        "2 → 3",
        "2026-01 +20 · 2026-02 +20 · 2026-03 +20",
    ] {
        assert!(stdout(&told).contains(said), "no {said:?} in\n{}", stdout(&told));
    }
    assert_eq!(milepost(at, &["diff", "--exit-code", "a.plan", "b.plan"]).status.code(), Some(1));
    let same = milepost(at, &["diff", "--exit-code", "a.plan", "a.plan"]);
    assert_eq!(
        (same.status.code(), stdout(&same).as_str()),
        (Some(0), "a.plan → a.plan\nno change in meaning\n")
    );
    let all = stdout(&milepost(at, &["diff", "--all", "a.plan", "a.plan"]));
    assert!(all.contains("Who does the same") && all.contains("liu"), "{all}");
    // The same bytes each time.
    for format in ["text", "markdown", "json"] {
        let once = milepost(at, &["diff", "--format", format, "a.plan", "b.plan"]);
        assert_eq!(once.stdout, milepost(at, &["diff", "--format", format, "a.plan", "b.plan"]).stdout);
        assert!(!once.stdout.is_empty());
    }
}

#[test]
fn a_plan_is_compared_with_the_one_it_follows() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("2025")).unwrap();
    fs::write(
        at.join("2025/q4.plan"),
        PLAN.replace("2026-Q1", "2025-Q4").replace("2026-03-31", "2025-12-31"),
    )
    .unwrap();
    let next = PLAN.replace("currency CNY\n", "currency CNY\n  follows \"2025/q4.plan\"\n");
    fs::write(at.join("q1.plan"), next.replace("visits 120", "visits 150")).unwrap();
    let told = milepost(at, &["diff", "q1.plan"]);
    assert_eq!(told.status.code(), Some(0), "{}", stderr(&told));
    for said in [
        "2025/q4.plan → q1.plan\n",
        "period 2025-10-01..2025-12-31 → 2026-01-01..2026-03-31",
        "Goals of the period before",
        "2025-10 → 2026-01 +10",
    ] {
        assert!(stdout(&told).contains(said), "no {said:?} in\n{}", stdout(&told));
    }
    assert!(!stdout(&milepost(at, &["check", "q1.plan"])).contains("not-built"));
    // Where it is not there, that is said, and the plan means what it says all the same.
    fs::write(at.join("lost.plan"), next.replace("2025/q4", "2025/q3")).unwrap();
    let checked = milepost(at, &["check", "lost.plan"]);
    assert!(stdout(&checked).contains("there is no file `2025/q3.plan`"), "{}", stdout(&checked));
    assert_eq!(checked.status.code(), Some(0));
    let lost = milepost(at, &["diff", "lost.plan"]);
    assert_eq!(lost.status.code(), Some(2));
    assert!(
        stderr(&lost).contains("the plan that `lost.plan` follows: there is no file `2025/q3.plan`"),
        "{}",
        stderr(&lost)
    );
    // And one that follows none is told how to name another.
    fs::write(at.join("first.plan"), PLAN).unwrap();
    assert!(stderr(&milepost(at, &["diff", "first.plan"])).contains("does not say which plan it `follows`"));
}

#[test]
fn revisions_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("plans")).unwrap();
    let split = |target: &str| {
        PLAN.replace("person liu\n", "")
            .replace("currency CNY\n", "currency CNY\n  include \"people.plan\"\n")
            .replace("visits 120", target)
    };
    fs::write(at.join("plans/q1.plan"), split("visits 120")).unwrap();
    fs::write(at.join("plans/people.plan"), "person liu\n").unwrap();
    git(at, &["init", "-q"]);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "one"]);
    fs::write(at.join("plans/people.plan"), "person liu { away 2026-03-02..2026-03-31 }\n").unwrap();
    git(at, &["commit", "-qam", "two"]);
    fs::write(at.join("plans/q1.plan"), split("visits 130")).unwrap();
    // What is included is that of the revision.
    let told = stdout(&milepost(at, &["diff", "HEAD~1..HEAD", "--", "plans/q1.plan"]));
    assert!(told.contains("away 2026-03-02..2026-03-31, new") && !told.contains("130"), "{told}");
    let told = stdout(&milepost(at, &["diff", "main:plans/q1.plan", "plans/q1.plan"]));
    assert!(told.contains("120 visits → 130 visits") && !told.contains("away"), "{told}");
    let told = stdout(&milepost(at, &["diff", "HEAD~1", "--", "plans/q1.plan"]));
    assert!(told.contains("120 visits → 130 visits") && told.contains("away"), "{told}");
    // A plan that is new, and one that is gone.
    fs::write(at.join("plans/new.plan"), PLAN).unwrap();
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "three"]);
    let new = milepost(at, &["diff", "HEAD~1..HEAD", "--", "plans/new.plan"]);
    assert_eq!(new.status.code(), Some(0), "{}", stderr(&new));
    assert!(stdout(&new).contains("key-result win.shops is new: 120 visits"), "{}", stdout(&new));
    assert!(stdout(&new).contains("plan q1 is new: 2026-01-01..2026-03-31"), "{}", stdout(&new));
    let gone = stdout(&milepost(at, &["diff", "HEAD..HEAD~1", "--", "plans/new.plan"]));
    assert!(gone.contains("key-result win.shops is gone: 120 visits"), "{gone}");
    assert!(gone.contains("plan q1 is gone") && gone.contains("was plans/new.plan:1"), "{gone}");
    assert!(!gone.contains("nothing.plan"), "{gone}");
    // Without git there is a sentence.
    let without = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(at)
        .args(["diff", "HEAD:plans/q1.plan", "plans/q1.plan"])
        .env("PATH", "")
        .output()
        .unwrap();
    assert_eq!(without.status.code(), Some(2));
    assert!(stderr(&without).contains("git"), "{}", stderr(&without));
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_compared() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.plan"), PLAN).unwrap();
    fs::write(at.join("b.plan"), PLAN.replace("owner liu", "owner lui").replace("visits 120", "visits 180"))
        .unwrap();
    let told = milepost(at, &["diff", "a.plan", "b.plan"]);
    assert_eq!(told.status.code(), Some(0));
    assert!(
        stderr(&told).contains("name::unknown") && stdout(&told).contains("name::unknown"),
        "{}",
        stderr(&told)
    );
    assert!(
        !stdout(&told).contains("180")
            && stdout(&told).contains("2 things or statements that differ are not told"),
        "{}",
        stdout(&told)
    );
    assert!(
        stdout(&told).contains("An error leaves out, with all that comes of it: win.shops"),
        "{}",
        stdout(&told)
    );
    fs::write(at.join("c.plan"), "metric visits\n").unwrap();
    let none = milepost(at, &["diff", "a.plan", "c.plan"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(stderr(&none).contains("`c.plan` has no plan that could be compared"), "{}", stderr(&none));
    assert_eq!(stdout(&none), "");
}

#[test]
fn places_count_from_where_one_stands() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("plans/shared")).unwrap();
    let split = PLAN
        .replace("person liu\n", "")
        .replace("currency CNY\n", "currency CNY\n  include \"shared/people.plan\"\n");
    fs::write(at.join("plans/a.plan"), &split).unwrap();
    fs::write(at.join("plans/shared/people.plan"), "person liu\n").unwrap();
    git(at, &["init", "-q"]);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "one"]);
    fs::write(at.join("plans/shared/people.plan"), "person liu { away 2026-03-02..2026-03-31 }\n").unwrap();
    fs::write(at.join("plans/a.plan"), split.replace("    scope \"shops\"\n", "")).unwrap();
    let told = stdout(&milepost(at, &["diff", "HEAD:plans/a.plan", "plans/a.plan"]));
    assert!(told.contains(" plans/shared/people.plan:1"), "{told}");
    assert!(told.contains("was plans/a.plan:9"), "{told}");
    let told =
        stdout(&milepost(&at.join("plans/shared"), &["diff", "--format", "json", "HEAD", "--", "../a.plan"]));
    assert!(
        told.contains("\"source\": \"people.plan:1\"")
            || told.contains("\"source\": \"../shared/people.plan:1\""),
        "{told}"
    );
    assert!(told.contains("\"source\": \"plans/a.plan:9\""), "{told}");
}

#[test]
fn a_plan_is_in_the_repository_around_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("repo");
    fs::create_dir_all(at.join("plans")).unwrap();
    // One of the same name at the top would be the wrong one.
    fs::write(at.join("new.plan"), PLAN.replace("visits 120", "visits 7")).unwrap();
    fs::write(at.join("plans/new.plan"), PLAN).unwrap();
    git(&at, &["init", "-q"]);
    git(&at, &["add", "-A"]);
    git(&at, &["commit", "-qm", "one"]);
    git(&at, &["worktree", "add", "-q", "../linked"]);
    let linked = folder.path().join("linked");
    fs::write(linked.join("plans/new.plan"), PLAN.replace("visits 120", "visits 180")).unwrap();
    fs::write(at.join("plans/new.plan"), PLAN.replace("visits 120", "visits 180")).unwrap();
    let own = at.join(".git/worktrees/linked");
    for (here, directory) in [(&linked, own.to_str().unwrap()), (&at, ".git"), (&at, "/nowhere")] {
        let told = Command::new(env!("CARGO_BIN_EXE_milepost"))
            .current_dir(here)
            .args(["diff", "HEAD", "--", "plans/new.plan"])
            .env("GIT_DIR", directory)
            .output()
            .unwrap();
        assert!(
            stdout(&told).contains("120 visits → 180 visits"),
            "{directory}: {}{}",
            stdout(&told),
            stderr(&told)
        );
    }
    // Where the files are elsewhere, somebody has to say where git's are.
    let apart = folder.path().join("apart");
    fs::rename(at.join(".git"), &apart).unwrap();
    let told = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .current_dir(&at)
        .args(["diff", "HEAD", "--", "plans/new.plan"])
        .env("GIT_DIR", "../apart")
        .output()
        .unwrap();
    assert!(stdout(&told).contains("120 visits → 180 visits"), "{}{}", stdout(&told), stderr(&told));
}

#[test]
fn a_clone_without_all_files_compares_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("repo");
    fs::create_dir(&at).unwrap();
    let split = PLAN
        .replace("person liu\n", "")
        .replace("currency CNY\n", "currency CNY\n  include \"people.plan\"\n");
    fs::write(at.join("a.plan"), split).unwrap();
    fs::write(at.join("people.plan"), "person liu\n").unwrap();
    git(&at, &["init", "-q"]);
    git(&at, &["add", "-A"]);
    git(&at, &["commit", "-qm", "one"]);
    fs::write(at.join("people.plan"), "person liu { away 2026-03-02..2026-03-31 }\n").unwrap();
    git(&at, &["commit", "-qam", "two"]);
    git(&at, &["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", at.display());
    git(folder.path(), &["clone", "-q", "--filter=blob:none", &from, "partial"]);
    let told = milepost(&folder.path().join("partial"), &["diff", "HEAD~1..HEAD", "--", "a.plan"]);
    assert_eq!(told.status.code(), Some(2), "{}", stdout(&told));
    assert!(
        stderr(&told).contains("error: `HEAD~1:a.plan`: this clone lacks a file that the plan reads"),
        "{}",
        stderr(&told)
    );
}

#[test]
fn a_file_does_not_stand_in_for_a_revision() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("q.plan"), PLAN).unwrap();
    git(at, &["init", "-q"]);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "one"]);
    fs::write(at.join("HEAD:q.plan"), PLAN.replace("visits 120", "visits 9")).unwrap();
    fs::write(at.join("q.plan"), PLAN.replace("visits 120", "visits 180")).unwrap();
    let told = stdout(&milepost(at, &["diff", "HEAD:q.plan", "q.plan"]));
    assert!(told.contains("120 visits → 180 visits"), "{told}");
    // A colon may also be part of a name.
    fs::write(at.join("a:b.plan"), PLAN).unwrap();
    assert!(stdout(&milepost(at, &["diff", "a:b.plan", "q.plan"])).contains("120 visits → 180 visits"));
    fs::create_dir(at.join("plans")).unwrap();
    assert!(
        stderr(&milepost(at, &["diff", "HEAD", "--", "plans"]))
            .contains("`plans` is a folder; name a plan in it")
    );
}

#[test]
fn what_a_plan_says_is_no_command_in_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let nasty = "plan p { period 2026-06; follows \"x\u{1b}]0;a\u{7}\\n::error::z ##[error].plan\" }\n";
    fs::write(at.join("f.plan"), nasty).unwrap();
    let told = milepost(at, &["diff", "f.plan"]);
    assert_eq!(told.status.code(), Some(2));
    let said = stderr(&told);
    assert!(!said.contains('\u{1b}') && !said.contains('\u{7}') && !said.contains("##["), "{said}");
    assert!(said.lines().all(|line| !line.trim_start().starts_with("::")), "{said}");
}

/// A comment of little room says what it leaves out.
#[test]
fn a_comment_has_the_room_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let people: String = (0..200).map(|index| format!("person p{index} \"陈{index}\"\n")).collect();
    let team = PLAN
        .replace("person liu\n", &format!("team t {{\n{people}}}\n"))
        .replace("owner liu", "owner t")
        .replace("share liu", "share t");
    fs::write(at.join("a.plan"), team.replace("visits 120", "visits 12000")).unwrap();
    fs::write(at.join("b.plan"), team.replace("visits 120", "visits 18000")).unwrap();
    for room in [2_000, 5_000] {
        let room_said = room.to_string();
        let told = stdout(&milepost(
            at,
            &["diff", "--format", "markdown", "--room", &room_said, "a.plan", "b.plan"],
        ));
        assert!(told.encode_utf16().count() <= room, "{room}: {}", told.encode_utf16().count());
        assert!(told.contains(&format!("a comment has room for {room} characters")), "{told}");
        assert_eq!(told.matches("<details>").count(), told.matches("</details>").count());
    }
}

/// The comment in the README is what the command makes of the Chinese example; `UPDATE_EXPECT=1` writes it.
#[test]
fn the_readme_shows_a_real_comment() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut files = Vec::new();
    let example = top.join("examples/business-unit");
    super::incremental::gather(&example, &example, &mut files);
    for (path, text) in &files {
        let file = at.join("plans").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    git(at, &["init", "-q"]);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "the year"]);
    git(at, &["checkout", "-qb", "fewer-wins"]);
    let plan = at.join("plans/事业部.plan");
    let mut text = fs::read_to_string(&plan).unwrap();
    for (from, to) in [
        ("中标 <- 投标 1 in 4", "中标 <- 投标 1 in 5"),
        ("person 马超\n", "person 马超 { 拜访 at most 5 per day }\n"),
        ("person 田野 { from 2026-03-01", "person 田野 { from 2026-04-01"),
    ] {
        assert!(text.contains(from));
        text = text.replace(from, to);
    }
    fs::write(&plan, text).unwrap();
    git(at, &["commit", "-qam", "one bid in five"]);
    let made = milepost(at, &["diff", "main..HEAD", "--format", "markdown", "--", "plans/事业部.plan"]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let made = stdout(&made);
    let open = made.split("\n<details>").next().unwrap();
    let quoted: String =
        open.lines().skip(1).map(|line| format!("> {line}").trim_end().to_owned() + "\n").collect();
    let file = top.join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let (before, rest) = readme.split_once("<!-- comment -->\n").unwrap();
    let (shown, behind) = rest.split_once("<!-- /comment -->").unwrap();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(file, format!("{before}<!-- comment -->\n{quoted}<!-- /comment -->{behind}")).unwrap();
        return;
    }
    assert_eq!(shown, quoted, "`UPDATE_EXPECT=1` writes the README");
}
