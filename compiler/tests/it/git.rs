//! Plans as they were at a revision, out of real repositories.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use milepost::cli::versions::{Side, Version, Versions, versions};
use milepost::compile::compile;
use milepost::git::{GitWorld, Repository};
use milepost::world::{MemoryWorld, ReadError, World};

/// A plan that takes in others by pattern, a calendar and a table.
const FILES: [(&str, &str); 5] = [
    (
        "六月 计划.plan",
        r#"plan june { period 2026-06; currency CNY; calendar cn; include "目标/*.plan"; include "team/*.plan" }
calendar cn { week mon..fri; import "../data/假 日.ics"; covers 2026 }
metric revenue { unit CNY; kind outcome }
metric visits { kind activity }
funnel field { revenue <- visits 2k CNY each }
actuals from "../data/实际.csv" { date "Date"; person "Owner"; metric "Type"; amount "Amount" }
"#,
    ),
    ("team/sales.plan", "team sales { person chen; person liu }\n"),
    (
        "目标/一.plan",
        "objective win { owner sales\n  key-result book { measure revenue 200k CNY by 2026-06-30; through field; share sales evenly }\n}\n",
    ),
    ("../data/实际.csv", "Date,Owner,Type,Amount\n2026-06-01,chen,visits,3\n2026-06-02,liu,visits,2\n"),
    (
        "../data/假 日.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//\r\nBEGIN:VEVENT\r\nSUMMARY:端午\r\nDTSTART;VALUE=DATE:20260619\r\n\
         DTEND;VALUE=DATE:20260620\r\nDTSTAMP:20251104T000000Z\r\nUID:a@cn\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ),
];

const PLAN: &str = "六月 计划.plan";

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]);
    command.args(["-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", folder);
    command.env("GIT_COMMITTER_DATE", "2026-01-02T03:04:05+08:00");
    command.env("GIT_AUTHOR_DATE", "2026-01-02T03:04:05+08:00");
    let done = command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "--allow-empty", "-m", message]);
}

/// `repo` has the plan in `plans`, with twice the target in a second commit.
fn repository() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let repo = dir.path().join("repo");
    fs::create_dir_all(repo.join("plans")).unwrap();
    git(&repo, &["init", "-q"]);
    for (path, text) in FILES {
        write(&repo.join("plans"), path, text);
    }
    commit(&repo, "fix: first");
    git(&repo, &["tag", "v1.0"]);
    write(&repo.join("plans"), FILES[2].0, &FILES[2].1.replace("200k", "400k"));
    commit(&repo, "more");
    dir
}

fn open(folder: &Path, revision: &str, path: &str) -> Result<(GitWorld, String), String> {
    GitWorld::open(&Arc::new(Repository::find(folder)?), revision, path)
}

fn text(world: &dyn World, path: &str) -> String {
    String::from_utf8(world.read(path).unwrap().to_vec()).unwrap()
}

fn compiled(world: &dyn World, root: &str) -> String {
    let compilation = compile(world, root);
    assert!(!compilation.has_language_errors(), "{:#?}", compilation.diagnostics);
    format!("{:#?}{:#?}", compilation.dated, compilation.diagnostics)
}

/// What is compared, as messages call it; a plan that is not there in brackets.
fn compared(arguments: &[&str], path: &[&str], here: &Path) -> Result<String, String> {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let here_shown = format!("{}/", here.display());
    let side = |side: &Side| match side {
        Side::Plan(version) => version.shown().replace(&here_shown, ""),
        Side::Missing(shown) => format!("({})", shown.replace(&here_shown, "")),
    };
    Ok(match versions(&owned(arguments), &owned(path), here)? {
        Versions::One(version) => version.shown().replace(&here_shown, ""),
        Versions::Two(before, after) => format!("{} {}", side(&before), side(&after)),
    })
}

#[test]
fn a_plan_compiles_as_it_did() {
    let dir = repository();
    let repo = dir.path().join("repo");
    // Nothing is read from disk: what is there by now is another plan, or none.
    fs::remove_dir_all(repo.join("data")).unwrap();
    write(&repo, "plans/目标/二.plan", "nonsense");
    write(&repo, "plans/team/sales.plan", "nonsense");
    let path = format!("plans/{PLAN}");
    let (world, root) = open(&repo, "HEAD~1", &path).unwrap();
    assert_eq!(root, PLAN);
    let before = compiled(&MemoryWorld::new(FILES), PLAN);
    assert_eq!(compiled(&world, &root), before);
    let (now, _) = open(&repo, "HEAD", &path).unwrap();
    assert_ne!(compiled(&now, PLAN), before);
    // One that is not there by now, either.
    fs::remove_dir_all(repo.join("plans")).unwrap();
    assert_eq!(compiled(&open(&repo, "v1.0", &path).unwrap().0, PLAN), before);
}

#[test]
fn files_are_found_as_on_disk() {
    let dir = repository();
    let (world, _) = open(&dir.path().join("repo"), "HEAD", &format!("plans/{PLAN}")).unwrap();
    for path in ["./team/sales.plan", "team/../team//sales.plan", "../plans/team/sales.plan"] {
        assert_eq!(text(&world, path), FILES[1].1, "{path}");
        let mut streamed = String::new();
        world.open(path).unwrap().read_to_string(&mut streamed).unwrap();
        assert_eq!(streamed, FILES[1].1);
    }
    let list = |pattern: &str| world.list(pattern).unwrap();
    assert_eq!(list("目标/*.plan"), ["目标/一.plan"]);
    assert_eq!(list("**/*.plan"), ["team/sales.plan", "六月 计划.plan", "目标/一.plan"]);
    assert_eq!(list("../d*/?*.csv"), ["../data/实际.csv"]);
    assert_eq!(list("*/sales.plan"), ["team/sales.plan"]);
    assert_eq!(list("no.plan"), ["no.plan"]);
    assert_eq!(list("no/*.plan"), [""; 0]);
    assert!(matches!(world.list("[.plan"), Err(ReadError::Other(_))));
    for path in ["no.plan", "no/no.plan", "missing", "a b missing", "no/../team/sales.plan"] {
        assert_eq!(world.read(path), Err(ReadError::NotFound), "{path}");
    }
    for path in ["../../repo/plans/team/sales.plan", "/etc/passwd", "../..", "team/../../../a"] {
        assert_eq!(world.read(path), Err(ReadError::Outside), "{path}");
    }
    for pattern in ["/etc/*", "../../*"] {
        assert_eq!(world.list(pattern), Err(ReadError::Outside), "{pattern}");
    }
    let other = |path: &str, said: &str| {
        assert_eq!(world.read(path), Err(ReadError::Other(said.to_owned())), "{path:?}");
    };
    other("team", "it is a folder");
    other("..", "it is a folder");
    other("team/sales.plan/more", "not a directory");
    other("a\nHEAD", "there is a line break in its name");
    // It can still be asked.
    assert_eq!(text(&world, "team/sales.plan"), FILES[1].1);
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_repository() {
    use std::os::unix::fs::symlink;

    let dir = repository();
    let repo = dir.path().join("repo");
    let plans = repo.join("plans");
    for (target, link) in [
        ("../data/实际.csv", "inside.csv"),
        ("team", "people"),
        ("../../secret", "outside"),
        ("/etc/passwd", "absolute"),
        ("nothing", "dangling"),
        ("loop", "loop"),
        ("../../..", "above"),
        ("..", "top"),
    ] {
        symlink(target, plans.join(link)).unwrap();
    }
    symlink(format!("plans/{PLAN}"), repo.join("linked.plan")).unwrap();
    fs::write(dir.path().join("secret"), "secret").unwrap();
    commit(&repo, "links");
    let (world, _) = open(&repo, "HEAD", &format!("plans/{PLAN}")).unwrap();
    assert_eq!(text(&world, "inside.csv"), FILES[3].1);
    assert_eq!(text(&world, "people/sales.plan"), FILES[1].1);
    assert_eq!(text(&world, "top/data/实际.csv"), FILES[3].1);
    // As the system reads it: up from where the link leads.
    assert_eq!(text(&world, "people/../inside.csv"), FILES[3].1);
    assert_eq!(world.list("peo*/*.plan").unwrap(), ["people/sales.plan"]);
    assert_eq!(world.list("in*.csv").unwrap(), ["inside.csv"]);
    for path in ["outside", "absolute", "above", "above/repo/data/实际.csv", "top/../secret"] {
        assert_eq!(world.read(path), Err(ReadError::Outside), "{path}");
    }
    assert_eq!(world.list("above/*"), Err(ReadError::Outside));
    assert_eq!(world.read("dangling"), Err(ReadError::NotFound));
    assert_eq!(world.read("loop"), Err(ReadError::Other("its links lead round in a circle".to_owned())));
    assert_eq!(
        open(&repo, "HEAD", "plans/outside").unwrap_err(),
        "cannot read `plans/outside` at `HEAD`: it leads out of the repository"
    );
    assert_eq!(open(&repo, "HEAD", "linked.plan").unwrap().1, "linked.plan");
}

#[test]
fn large_files_and_those_elsewhere() {
    let dir = repository();
    let repo = dir.path().join("repo");
    write(&repo, "data/large.csv", &"0123456789abcde\n".repeat((17 << 20) / 16));
    write(&repo, "data/lfs.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n");
    commit(&repo, "data");
    let id = Repository::find(&repo).unwrap().commit("HEAD").unwrap();
    git(&repo, &["update-index", "--add", "--cacheinfo", &format!("160000,{id},data/other")]);
    git(&repo, &["commit", "-q", "-m", "a submodule"]);
    let (world, _) = open(&repo, "HEAD", &format!("plans/{PLAN}")).unwrap();
    assert_eq!(world.read("../data/large.csv").unwrap().len(), 17 << 20);
    let mut streamed = Vec::new();
    let mut reader = world.open("../data/large.csv").unwrap();
    // Others are read meanwhile.
    assert_eq!(text(&world, "team/sales.plan"), FILES[1].1);
    reader.read_to_end(&mut streamed).unwrap();
    assert_eq!(streamed.len(), 17 << 20);
    // One that is not read to its end holds up nobody.
    world.open("../data/large.csv").unwrap().read_exact(&mut [0; 10]).unwrap();
    for path in ["../data/other", "../data/other/q1.plan"] {
        let said = "it is in a submodule".to_owned();
        assert_eq!(world.read(path), Err(ReadError::Other(said)), "{path}");
    }
    assert_eq!(world.list("../data/*").unwrap().len(), 4);
    let said = "git has only a pointer to it; the file itself is in Git LFS";
    assert_eq!(world.read("../data/lfs.csv"), Err(ReadError::Other(said.to_owned())));
    assert_eq!(world.open("../data/lfs.csv").err(), Some(ReadError::Other(said.to_owned())));
}

#[test]
fn every_kind_of_repository() {
    let dir = repository();
    let repo = dir.path().join("repo");
    let path = format!("plans/{PLAN}");
    let before = compiled(&MemoryWorld::new(FILES), PLAN);
    git(dir.path(), &["clone", "-q", "--bare", "repo", "bare.git"]);
    let bare = dir.path().join("bare.git");
    assert_eq!(compiled(&open(&bare, "v1.0", &path).unwrap().0, PLAN), before);
    assert_eq!(compared(&["v1.0..main"], &[&path], &bare).unwrap(), format!("v1.0:{path} main:{path}"));
    assert_eq!(compared(&[&format!("v1.0:./{path}")], &[], &bare).unwrap(), format!("v1.0:{path}"));
    assert_eq!(
        compared(&["v1.0"], &[&path], &bare).unwrap_err(),
        "there is no working tree to compare with; name two revisions"
    );
    git(&repo, &["worktree", "add", "-q", "--detach", "../tree", "HEAD~1"]);
    let tree = dir.path().join("tree");
    assert!(tree.join(".git").is_file());
    assert_eq!(compiled(&open(&tree, "HEAD", &path).unwrap().0, PLAN), before);
    git(&repo, &["checkout", "-q", "--detach", "HEAD~1"]);
    assert_eq!(compiled(&open(&repo.join("plans"), "HEAD", &path).unwrap().0, PLAN), before);
    // Clones that have not everything.
    let from = format!("file://{}", repo.display());
    git(&repo, &["checkout", "-q", "main"]);
    git(dir.path(), &["clone", "-q", "--depth", "1", &from, "shallow"]);
    assert_eq!(
        open(&dir.path().join("shallow"), "HEAD~1", &path).unwrap_err(),
        "there is no revision `HEAD~1`; this clone has a part of the history only, and `git fetch --unshallow` brings the rest"
    );
    git(&repo, &["config", "uploadpack.allowFilter", "true"]);
    git(dir.path(), &["clone", "-q", "--bare", "--filter=blob:none", &from, "partial"]);
    let said = open(&dir.path().join("partial"), "HEAD~1", &path).unwrap_err();
    assert_eq!(
        said,
        format!(
            "cannot read `{path}` at `HEAD~1`: this clone lacks it, and `git fetch --refetch --no-filter` brings it"
        )
    );
    // Of this one not even the folders.
    git(dir.path(), &["clone", "-q", "--bare", "--filter=tree:0", &from, "treeless"]);
    assert_eq!(open(&dir.path().join("treeless"), "HEAD~1", &path).unwrap_err(), said);
    assert_eq!(
        open(&dir.path().join("partial"), "HEAD~1", "plans/no.plan").unwrap_err(),
        "there is no `plans/no.plan` at `HEAD~1`"
    );
}

#[test]
fn what_is_no_revision_is_said() {
    let dir = repository();
    let repo = dir.path().join("repo");
    let path = format!("plans/{PLAN}");
    let said = |revision: &str| open(&repo, revision, &path).unwrap_err();
    assert_eq!(said("v2.0"), "there is no revision `v2.0`");
    for revision in [
        "",
        "-",
        "--output=x",
        "--all",
        "-h",
        "--git-dir=x",
        "HEAD..main",
        "^HEAD",
        "HEAD^{tree}",
        "HEAD\nHEAD",
        "a\0b",
    ] {
        assert!(said(revision).starts_with("there is no revision `"), "{revision:?}");
    }
    for arguments in [vec!["--output=x"], vec!["--output=x..HEAD"], vec!["HEAD", "--output=x"]] {
        assert_eq!(compared(&arguments, &[&path], &repo).unwrap_err(), "there is no revision `--output=x`");
    }
    assert!(compared(&["--output=x...HEAD"], &[&path], &repo).is_err());
    assert!(compared(&["--output=x:a.plan", "HEAD:a"], &[], &repo).is_err());
    assert!(!repo.join("x").exists() && !dir.path().join("x").exists());
    assert_eq!(open(&repo, "HEAD", "q1.plan").unwrap_err(), "there is no `q1.plan` at `HEAD`");
    assert_eq!(open(&repo, "HEAD", "plans").unwrap_err(), "`plans` is a folder at `HEAD`");
    assert_eq!(open(&repo, "HEAD", "plans/").unwrap_err(), "`HEAD:plans/` names no file");
    let none = tempfile::tempdir().unwrap();
    let shown = none.path().display();
    assert_eq!(
        open(none.path(), "HEAD", "q1.plan").unwrap_err(),
        format!("the folder `{shown}` is in no git repository")
    );
    git(none.path(), &["init", "-q"]);
    assert_eq!(open(none.path(), "HEAD", "q1.plan").unwrap_err(), "there is no revision `HEAD`");
}

#[test]
fn nothing_that_the_settings_name_is_run() {
    let dir = repository();
    let repo = dir.path().join("repo");
    write(&repo, ".gitattributes", "* filter=x diff=x\n");
    git(&repo, &["mv", &format!("plans/{PLAN}"), "plans/q2.plan"]);
    commit(&repo, "attributes");
    let run = format!("touch {}", repo.join("run").display());
    for setting in ["filter.x.smudge", "filter.x.clean", "diff.x.textconv", "diff.x.command", "core.pager"] {
        git(&repo, &["config", setting, &run]);
    }
    for setting in ["core.fsmonitor", "diff.external", "core.sshCommand", "core.editor"] {
        git(&repo, &["config", setting, &run]);
    }
    for arguments in [vec!["HEAD~1..HEAD"], vec!["HEAD~1"], vec!["HEAD~1...HEAD"], vec![]] {
        compared(&arguments, &["plans/q2.plan"], &repo).unwrap();
    }
    let (world, root) = open(&repo, "HEAD", "plans/q2.plan").unwrap();
    compiled(&world, &root);
    assert!(!repo.join("run").exists());
}

#[test]
fn an_argument_is_a_file_or_a_revision() {
    let dir = repository();
    let repo = dir.path().join("repo");
    let plans = repo.join("plans");
    let at = |revision: &str| format!("{revision}:plans/{PLAN}");
    let one = |argument: &str, here: &Path| compared(&[argument], &[], here);
    assert_eq!(one(PLAN, &plans).unwrap(), PLAN);
    assert_eq!(one("-", &plans).unwrap(), "-");
    for revision in ["HEAD~1", "main", "v1.0", "HEAD@{0}", "HEAD^{/fix: first}", "HEAD@{2030-01-01 10:00}"] {
        assert_eq!(one(&at(revision), &plans).unwrap(), at(revision));
        assert_eq!(one(&format!("{revision}:./{PLAN}"), &plans).unwrap(), at(revision));
        assert_eq!(one(&format!("{revision}:../{PLAN}"), &plans.join("team")).unwrap(), at(revision));
    }
    let two = compared(&[&at("HEAD~1"), PLAN], &[], &plans).unwrap();
    assert_eq!(two, format!("{} {PLAN}", at("HEAD~1")));
    // An existing file wins.
    #[cfg(unix)]
    {
        fs::write(plans.join("v1.0:a.plan"), "").unwrap();
        assert_eq!(one("v1.0:a.plan", &plans).unwrap(), "v1.0:a.plan");
    }
    for (argument, said) in [
        (
            "q9.plan",
            "there is no file `q9.plan`; a plan at a revision is written `REVISION:PATH`, such as `HEAD~1:q1.plan`",
        ),
        ("v9:q9.plan", "there is no file `v9:q9.plan`, and there is no revision `v9`"),
        ("v1.0:q9.plan", "there is no file `v1.0:q9.plan`, and there is no `q9.plan` at `v1.0`"),
        ("v1.0:../../q9", "there is no file `v1.0:../../q9`, and `../../q9` leaves the repository"),
        ("v1.0:", "there is no file `v1.0:`, and `` names no file"),
        (
            ":q9.plan",
            "there is no file `:q9.plan`, and no revision before its colon, such as `HEAD~1:q1.plan`",
        ),
        ("team", "`team` is a folder; name a plan in it"),
    ] {
        assert_eq!(one(argument, &plans).unwrap_err(), said);
    }
    let (world, root) = Version::parse(&at("v1.0"), &plans).unwrap().open(true).unwrap();
    assert_eq!(compiled(&*world, &root), compiled(&MemoryWorld::new(FILES), PLAN));
    let (world, root) = Version::parse(PLAN, &plans).unwrap().open(false).unwrap();
    assert_ne!(compiled(&*world, &root), compiled(&MemoryWorld::new(FILES), PLAN));
    for (arguments, paths, said) in [
        (vec![], vec![], "expected two plans, such as `HEAD~1:q1.plan q1.plan`, found none"),
        (vec!["a", "b", "c"], vec![], "expected two plans or revisions, found 3"),
        (vec!["HEAD"], vec!["a", "b"], "expected one plan behind `--`, found 2"),
        (vec!["-", "-"], vec![], "standard input can be only one of the two plans"),
    ] {
        assert_eq!(compared(&arguments, &paths, &plans).unwrap_err(), said);
    }
}

#[test]
fn a_plan_is_compared_between_revisions() {
    let dir = repository();
    let repo = dir.path().join("repo");
    let plans = repo.join("plans");
    git(&repo, &["checkout", "-q", "-b", "side", "v1.0"]);
    commit(&repo, "aside");
    git(&repo, &["checkout", "-q", "main"]);
    let base = Repository::find(&repo).unwrap().commit("v1.0").unwrap();
    let base = &base[..10];
    let at = |revision: &str| format!("{revision}:plans/{PLAN}");
    let two = |before: &str, after: &str| format!("{} {}", at(before), at(after));
    for (arguments, expected) in [
        (vec!["v1.0..main"], two("v1.0", "main")),
        (vec!["v1.0.."], two("v1.0", "HEAD")),
        (vec!["..side"], two("HEAD", "side")),
        (vec!["v1.0", "main"], two("v1.0", "main")),
        (vec!["side...main"], two(base, "main")),
        (vec!["side..."], two(base, "HEAD")),
        (vec!["v1.0"], format!("{} {PLAN}", at("v1.0"))),
        (vec![], format!("{} {PLAN}", at("HEAD"))),
    ] {
        assert_eq!(compared(&arguments, &[PLAN], &plans).unwrap(), expected);
    }
    // From other folders, by a path from the root, and where the folder is gone.
    assert_eq!(
        compared(&[], &[&format!("../{PLAN}")], &plans.join("team")).unwrap(),
        format!("{} ../{PLAN}", at("HEAD"))
    );
    let whole = plans.join(PLAN);
    assert_eq!(
        compared(&["v1.0..main"], &[whole.to_str().unwrap()], dir.path()).unwrap(),
        two("v1.0", "main")
    );
    fs::remove_dir_all(&plans).unwrap();
    let path = format!("plans/{PLAN}");
    assert_eq!(compared(&["v1.0..main"], &[&path], &repo).unwrap(), two("v1.0", "main"));
    assert_eq!(compared(&[], &[&path], &repo).unwrap(), format!("{} ({path})", at("HEAD")));
    // Without a history in common.
    git(&repo, &["checkout", "-q", "--orphan", "alone"]);
    commit(&repo, "alone");
    assert_eq!(
        compared(&["alone...main"], &[&path], &repo).unwrap_err(),
        "the histories of `alone` and `main` have nothing in common"
    );
}

#[test]
fn new_plans_those_that_are_gone_and_new_names() {
    let dir = repository();
    let repo = dir.path().join("repo");
    write(&repo, "new.plan", "plan new { period 2026-07 }\n");
    git(&repo, &["mv", &format!("plans/{PLAN}"), "六月.plan"]);
    git(&repo, &["rm", "-q", "plans/team/sales.plan"]);
    commit(&repo, "moved");
    let path = format!("plans/{PLAN}");
    let between = |arguments: &[&str], path: &str| compared(arguments, &[path], &repo).unwrap();
    assert_eq!(between(&["v1.0..main"], "new.plan"), "(v1.0:new.plan) main:new.plan");
    assert_eq!(between(&["v1.0"], "new.plan"), "(v1.0:new.plan) new.plan");
    let gone = "plans/team/sales.plan";
    assert_eq!(between(&["v1.0..main"], gone), format!("v1.0:{gone} (main:{gone})"));
    // By its new name and by its old, whichever way round.
    let moved = format!("v1.0:{path} main:六月.plan");
    assert_eq!(between(&["v1.0..main"], "六月.plan"), moved);
    assert_eq!(between(&["v1.0..main"], &path), moved);
    assert_eq!(between(&["main..v1.0"], &path), format!("main:六月.plan v1.0:{path}"));
    assert_eq!(between(&["v1.0"], "六月.plan"), format!("v1.0:{path} 六月.plan"));
    assert_eq!(between(&["v1.0"], &path), format!("v1.0:{path} plans/../六月.plan"));
    // A new name that is not committed yet.
    git(&repo, &["mv", "六月.plan", "plans/目标/q2.plan"]);
    assert_eq!(between(&[], "plans/目标/q2.plan"), "HEAD:六月.plan plans/目标/q2.plan");
    assert_eq!(between(&[], "六月.plan"), "HEAD:六月.plan plans/目标/q2.plan");
    let error = compared(&["v1.0..main"], &["no.plan"], &repo).unwrap_err();
    assert_eq!(error, "there is no plan `v1.0:no.plan`, and no `main:no.plan`");
}
