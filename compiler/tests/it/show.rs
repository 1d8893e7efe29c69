//! `milepost show` and what `--set` makes of a plan, as they are run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use unicode_width::UnicodeWidthStr;

/// Folder and plan.
const EXAMPLES: &[(&str, &str)] = &[("five-visits", "june.plan"), ("north-region", "north.plan")];

fn folder(example: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(example)
}

/// Runs the command with nothing in its environment that says how to show.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    for name in ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "TERM"] {
        command.env_remove(name);
    }
    command
}

fn milepost(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

#[track_caller]
fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Shows a plan that is written for the test.
fn show(plan: &str, width: usize, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("test.plan"), plan).unwrap();
    let mut all = vec!["show", "test.plan"];
    all.extend(arguments);
    command(folder.path(), &all).env("COLUMNS", width.to_string()).output().unwrap()
}

#[track_caller]
pub(crate) fn fits(shown: &str, width: usize) {
    for line in shown.lines() {
        assert!(line.width() <= width, "{} of {width} columns: {line}", line.width());
        assert_eq!(line, line.trim_end());
    }
}

/// Compares what is shown with what is kept; `UPDATE_EXPECT=1` writes it anew.
#[track_caller]
pub(crate) fn expect(name: &str, shown: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/show").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(kept.parent().unwrap()).unwrap();
        fs::write(kept, shown).unwrap();
        return;
    }
    let kept = fs::read_to_string(&kept).unwrap_or_default();
    assert!(shown == kept, "{name} differs; it is now:\n{shown}");
}

#[test]
fn examples_are_shown_at_every_width() {
    for (example, plan) in EXAMPLES {
        for width in [40, 60, 80, 120] {
            let mut command = command(&folder(example), &["show", plan]);
            let shown = text(&command.env("COLUMNS", width.to_string()).output().unwrap());
            fits(&shown, width);
            expect(&format!("{example}-{width}.txt"), &shown);
        }
    }
}

#[test]
fn one_person_sees_nothing_of_anybody_else() {
    for (example, plan, person, others) in [
        ("five-visits", "june.plan", "liu", ["chen", "Wang", "500", "1,000,000"]),
        ("north-region", "north.plan", "刘洋", ["陈静", "赵磊", "976,500", "覆盖"]),
    ] {
        let shown = text(&milepost(&folder(example), &["show", plan, "--person", person]));
        for other in others {
            assert!(!shown.contains(other), "{other}:\n{shown}");
        }
        expect(&format!("{example}-{person}.txt"), &shown);
    }
    let titled = text(&milepost(&folder("five-visits"), &["show", "june.plan", "--person", "Liu Yang"]));
    assert!(titled.contains("100 visits"), "{titled}");
    let output = milepost(&folder("five-visits"), &["show", "june.plan", "--person", "lui"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(said(&output).contains("no person named `lui`; did you mean `liu`?"), "{}", said(&output));
}

#[test]
fn what_is_piped_has_80_columns_and_no_colour() {
    let folder = folder("north-region");
    let shown = text(&milepost(&folder, &["show", "north.plan"]));
    assert!(!shown.contains('\u{1b}'));
    assert_eq!(shown.lines().map(UnicodeWidthStr::width).max(), Some(80));

    let forced =
        text(&command(&folder, &["show", "north.plan"]).env("CLICOLOR_FORCE", "1").output().unwrap());
    assert!(forced.contains("\u{1b}[1m成为北方冷链客户的首选\u{1b}[0m"), "{forced}");
    // Without what colours, it is the same.
    let mut plain = String::new();
    for (index, piece) in forced.split("\u{1b}[").enumerate() {
        plain.push_str(if index == 0 { piece } else { piece.split_once('m').unwrap().1 });
    }
    assert_eq!(plain, shown);

    for (name, value) in [("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")] {
        let mut command = command(&folder, &["show", "north.plan"]);
        if name == "NO_COLOR" {
            command.env("CLICOLOR_FORCE", "1");
        }
        assert_eq!(text(&command.env(name, value).output().unwrap()), shown, "{name}");
    }
}

/// The picture in the README.
#[test]
fn the_picture_shows_what_is_shown() {
    let folder = folder("five-visits");
    let shown = command(&folder, &["show", "june.plan"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    let drawn = picture("milepost show june.plan", &text(&shown));
    let kept = folder.join("show.svg");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&kept, &drawn).unwrap();
    }
    assert!(drawn == fs::read_to_string(&kept).unwrap(), "examples/five-visits/show.svg differs");
}

/// The picture of a Monday meeting: the top of the page, down to the notes.
#[test]
fn the_picture_of_a_week_shows_what_is_told() {
    let folder = folder("played-quarter");
    let arguments = ["status", "quarter.plan", "--week", "--as-of", "2026-05-10"];
    let told = text(&command(&folder, &arguments).env("CLICOLOR_FORCE", "1").output().unwrap());
    let top = told.split("\n\u{1b}[1mNotes").next().unwrap();
    let drawn = picture("milepost status quarter.plan --week --as-of 2026-05-10", top);
    let kept = folder.join("week.svg");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&kept, &drawn).unwrap();
    }
    assert!(drawn == fs::read_to_string(&kept).unwrap(), "examples/played-quarter/week.svg differs");
}

/// What a terminal shows, as SVG.
fn picture(typed: &str, shown: &str) -> String {
    const STYLE: &str = "text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;\
        white-space:pre;fill:#c9d1d9}.s{fill:#e6edf3;font-weight:bold}.q{fill:#8b949e}.p{fill:#7ee787}.w{fill:#d29922}.r{fill:#ff7b72}";
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let height = 56 + 19 * (shown.lines().count() + 1);
    let size = format!("viewBox=\"0 0 720 {height}\" width=\"720\" height=\"{height}\"");
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" {size} role=\"img\" aria-label=\"{typed}\">\n\
         <style>{STYLE}</style>\n<rect width=\"720\" height=\"{height}\" rx=\"10\" fill=\"#0d1117\"/>\
         <circle cx=\"22\" cy=\"20\" r=\"6\" fill=\"#ff5f56\"/><circle cx=\"42\" cy=\"20\" r=\"6\" fill=\"#ffbd2e\"/>\
         <circle cx=\"62\" cy=\"20\" r=\"6\" fill=\"#27c93f\"/>\n\
         <text x=\"20\" y=\"56\"><tspan class=\"q\">$ </tspan><tspan class=\"s\">{typed}</tspan></text>\n"
    );
    for (index, line) in shown.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        svg.push_str(&format!("<text x=\"20\" y=\"{}\">", 75 + 19 * index));
        for (index, piece) in line.split("\u{1b}[").enumerate() {
            let (code, text) = if index == 0 { ("0", piece) } else { piece.split_once('m').unwrap() };
            let class = match code {
                "1" => "s",
                "2" => "q",
                "32" => "p",
                "33" => "w",
                "31" => "r",
                _ => "",
            };
            match class {
                "" => svg.push_str(&escaped(text)),
                class => svg.push_str(&format!("<tspan class=\"{class}\">{}</tspan>", escaped(text))),
            }
        }
        svg.push_str("</text>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

/// A terminal of its own, where the system has a command that makes one.
#[cfg(target_os = "linux")]
#[test]
fn terminals_are_filled_and_coloured() {
    let inner = format!("stty cols 57 rows 30; {} show june.plan", env!("CARGO_BIN_EXE_milepost"));
    for (term, colour) in [("xterm", true), ("dumb", false)] {
        let mut script = Command::new("script");
        script.args(["-qec", &inner, "/dev/null"]).current_dir(folder("five-visits")).env("TERM", term);
        for name in ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE"] {
            script.env_remove(name);
        }
        let Ok(output) = script.stdin(Stdio::null()).output() else { return };
        let shown = String::from_utf8_lossy(&output.stdout);
        if !shown.contains("New business") {
            return;
        }
        assert_eq!(shown.contains("\u{1b}[1mNew business in June\u{1b}[0m"), colour, "{shown}");
        assert!(shown.contains(&"─".repeat(57)) && !shown.contains(&"─".repeat(58)), "{shown}");
    }
}

#[test]
fn what_if_says_what_is_set_and_what_it_does() {
    let folder = folder("five-visits");
    let shown = text(&milepost(&folder, &["show", "june.plan", "--set", "field-sales.orders=1 in 25"]));
    for line in [
        "what if: field-sales.orders 1 in 25 instead of 1 in 20",
        "  win-june.book: 625 visits instead of 500, 125 more",
        "          625 visits       1 in 25",
        "    Chen Jing chen    200,000       5     125   6 a day",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
    }
    let set = ["win-june.book=900k", "field-sales.revenue = 50k", "liu.field-sales.orders=10%"];
    let mut arguments = vec!["show", "june.plan"];
    arguments.extend(set.iter().flat_map(|set| ["--set", set]));
    let shown = text(&milepost(&folder, &arguments));
    for line in [
        "what if: win-june.book 900,000 CNY instead of 1,000,000 CNY",
        "what if: field-sales.revenue 50k each instead of 40k CNY each",
        "what if: liu.field-sales.orders 10% instead of 1 in 20",
        "  win-june.book: 900,000 CNY revenue instead of 1,000,000, 100,000 less",
        "  win-june.book: 18 orders instead of 25, 7 less",
        "        320 visits       1 in 20, or own rates",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
    }
    let same = text(&milepost(&folder, &["show", "june.plan", "--set", "field-sales.orders=5%"]));
    assert!(same.contains("\n  no total changes\n"), "{same}");
    // One's own changes are of one's own amounts.
    let own = ["show", "june.plan", "--person", "liu", "--set", "field-sales.orders=1 in 25"];
    let own = text(&milepost(&folder, &own));
    assert!(own.contains("win-june.book: 125 visits instead of 100, 25 more"), "{own}");
}

#[test]
fn what_if_is_a_plan_like_any_other() {
    let folder = folder("five-visits");
    let out = tempfile::tempdir().unwrap();
    let out = out.path().join("out");
    let arguments = [
        "build",
        "june.plan",
        "--to",
        "csv",
        "--set",
        "field-sales.orders=1 in 25",
        "--set",
        "win-june.book=2026-06-15",
        "--out",
        out.to_str().unwrap(),
    ];
    let built = text(&milepost(&folder, &arguments));
    assert!(
        built.starts_with(
            "what if: field-sales.orders 1 in 25 instead of 1 in 20\n\
             what if: win-june.book by 2026-06-15 instead of by 2026-06-30\nwrote into "
        ),
        "{built}"
    );
    let csv = fs::read_to_string(out.join("plan.csv")).unwrap();
    assert!(csv.contains("2026-06-15,2026-06-15,liu,sales,win-june,book,,visits,new,"), "{csv}");
    assert!(!csv.contains("2026-06-16"), "{csv}");
    assert!(csv.contains(",125,'--set:1,"), "{csv}");
    let told =
        text(&milepost(&folder, &["explain", "june.plan", "visits", "--set", "field-sales.orders=1 in 25"]));
    assert!(
        told.starts_with("what if: field-sales.orders 1 in 25 instead of 1 in 20\n\nsales: 625 visits"),
        "{told}"
    );
    assert!(told.contains("625 visits = 25 orders × 25\n      --set:1"), "{told}");
}

#[test]
fn what_cannot_be_set_is_said() {
    let north = folder("north-region");
    let june = folder("five-visits");
    for (folder, plan, set, expected) in [
        (&june, "june.plan", "feild-sales.orders=1 in 25", "did you mean `field-sales.orders`?"),
        (&june, "june.plan", "field-sales.ordres=1 in 25", "did you mean `orders`?"),
        (&june, "june.plan", "book=1M", "did you mean `win-june.book`?"),
        (&june, "june.plan", "lui.field-sales.orders=1 in 25", "did you mean `liu`?"),
        (&june, "june.plan", "field-sales.orders=0%", "rate::zero"),
        (&june, "june.plan", "field-sales.orders=120%", "rate::over-one"),
        (&june, "june.plan", "field-sales.orders=25", "`field-sales.orders` is a rate; found `25`"),
        (&june, "june.plan", "field-sales.orders=6%..4%", "range::reversed"),
        (&june, "june.plan", "field-sales.orders=often", "syntax::unexpected"),
        (&june, "june.plan", "field-sales.orders=1 in 25 }", "syntax::leftover"),
        (&june, "june.plan", "win-june.book=900k EUR", "unit::mismatch"),
        (&june, "june.plan", "win-june.book=1 in 3", "is an amount, or the day it is due"),
        (&june, "june.plan", "win-june.book=2026-07-01", "period::outside-plan"),
        (&north, "north.plan", "北区第一.覆盖=2026-02-15", "checkpoint::outside-window"),
        (&north, "north.plan", "北区第一.覆盖=5 CNY", "unit::mismatch"),
    ] {
        let output = milepost(folder, &["show", plan, "--set", set]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{set}: {said}");
        assert!(output.stdout.is_empty(), "{set}");
        assert!(said.contains(expected) && said.contains("[--set:1:"), "{set}: {said}");
    }
    // Going on would answer another question.
    let out = tempfile::tempdir().unwrap();
    let out = out.path().join("out");
    let build = [
        "build",
        "june.plan",
        "--keep-going",
        "--set",
        "field-sales.orders=0%",
        "--out",
        out.to_str().unwrap(),
    ];
    assert_eq!(milepost(&june, &build).status.code(), Some(1));
    assert!(!out.join("plan.csv").exists());
    let twice = ["show", "june.plan", "--set", "win-june.book=1M", "--set", "win-june.book=2M"];
    assert!(said(&milepost(&june, &twice)).contains("statement::twice"));
    for set in ["win-june.book", "=5", "win-june.book=", "a=1\nb 2"] {
        let output = milepost(&june, &["show", "june.plan", "--set", set]);
        assert_eq!(output.status.code(), Some(2), "{set}");
        assert!(said(&output).contains("PATH=VALUE"), "{set}");
    }
}

#[test]
fn errors_of_the_language_show_nothing_and_bad_goals_are_shown() {
    let output = show("plan p { period 2026-06 }\nobjective o { owner nobody }\n", 80, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(said(&output).contains("name::unknown"), "{}", said(&output));
    assert!(said(&output).contains("error: nothing is shown, because of the errors above"));

    let output = show("plan p { period 2026-06 }\nobjective o { key-result k }\n", 80, &[]);
    let shown = text(&output);
    assert!(shown.contains("no amounts are planned for this"), "{shown}");
    assert!(said(&output).contains("smart::measurable::measure"));
}

/// Three teams deep, many people, long titles, money in cents, a rate, something that is better lower.
fn large(people: usize) -> String {
    let person = |index: usize| format!("person p{index} \"第{index}号销售代表 with a name that is long\"\n");
    let half = people / 2;
    let inner: String = (0..half).map(person).collect();
    let outer: String = (half..people).map(person).collect();
    format!(
        "plan year \"A year\\nof \\u{{1b}}\" {{ period 2026; currency CNY }}\n\
         metric revenue \"Revenue of the whole of the northern region\" {{ unit CNY }}\n\
         metric visits {{ kind activity }}\nmetric refunds {{ grain day; better lower }}\n\
         funnel f {{ revenue <- visits 4k..6k each lag 2 workdays }}\n\
         team all \"Everybody\" {{ team inner \"Inner city\" {{ {inner} }}\n {outer} }}\n\
         objective o \"An objective with a title that does not fit on a line of forty columns at all\" {{\n\
         owner all\n key-result k \"Revenue\" {{ measure revenue 1_000_000.01 by 2026-12-31; through f; share all evenly }}\n\
         key-result r {{ measure refunds 300 by 2026-12-31; share all evenly }}\n\
         key-result v {{ measure visits 3 per day; share all evenly }} }}\n"
    )
    .replace("\\u{1b}", "")
}

#[test]
fn large_plans_stay_readable() {
    for people in [2, 7, 40] {
        for width in [40, 57, 80, 200] {
            let output = show(&large(people), width, &[]);
            let shown = text(&output);
            fits(&shown, width.min(120));
            assert!(shown.contains("at most"), "{shown}");
            assert!(shown.contains("by month"), "{shown}");
            assert_eq!(shown.contains("--person"), people > 12, "{shown}");
            if width == 80 {
                expect(&format!("large-{people}.txt"), &shown);
            }
        }
    }
}

#[test]
fn titles_cannot_command_the_terminal() {
    let plan = "plan p \"\u{1b}[2Jx\u{202e}y\" { period 2026-06 }\nobjective o \"a\u{7}\\tb\\nc\" { }\n";
    let shown = text(&show(plan, 80, &[]));
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\t']), "{shown:?}");
    assert!(shown.contains("a? b c"), "{shown}");
}

#[test]
fn parts_of_a_split_and_figures_per_head() {
    let plan = "plan q { period 2026-Q1; currency CNY }\n\
        metric revenue { unit CNY }\nmetric orders { }\nmetric visits { kind activity }\n\
        team north { person liu; person chen }\nhistory past of revenue { 2025-Q1 400k }\n\
        funnel f { revenue <- orders 40k CNY each; orders <- visits 1 in 20 }\n\
        objective win { owner north\n\
        key-result book { measure revenue 1M CNY by 2026-03-31; through f; split industry { cold 40%; road 60% }; share north evenly }\n\
        key-result seen { measure visits 3 per day; share north each }\n\
        key-result grow { measure revenue +25% by 2026-03-31; baseline past; share north evenly } }\n";
    let shown = text(&show(plan, 80, &[]));
    fits(&shown, 80);
    expect("parts.txt", &shown);
    let shown = text(&show(plan, 80, &["--set", "win.seen=4", "--set", "win.grow=600k"]));
    assert!(shown.contains("what if: win.seen 4 per day instead of 3 per day\n"), "{shown}");
    assert!(shown.contains("what if: win.grow 600,000 CNY instead of 500,000 CNY\n"), "{shown}");
    let output = show(plan, 80, &["--set", "win.grow=2026-02-28"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("baseline::no-past"), "{}", said(&output));
}
