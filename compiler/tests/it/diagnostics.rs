//! `DIAGNOSTICS.md`: every code with a plan that brings it and the same plan mended.
//!
//! A file of `tests/diagnostics` is an area of the page: its first line is the title, and `#--- CODE` starts an entry.
//! Behind it stand lines of prose that begin with `# `, the first of them what the code means in one sentence, then the
//! bad example, `#+++` and the good one:
//!
//! ```text
//! #--- syntax::missing-block
//! # A declaration that says nothing without its block.
//! # Type `{ … }` behind it, with what it should say inside.
//! calendar china
//! #+++
//! calendar china { week mon..fri }
//! ```
//!
//! An example is the file `example.plan`, which `june.plan` includes; one that says `plan` itself stands alone. `#=== PATH`
//! starts a further file, which the good example takes over from the bad one unless it has its own. In those `\xE9` is a
//! byte; `#=== {1..64}.plan` are so many files, in which `{next}` is the next number; and `#=== --set` are values of the
//! command line, `#=== --replan` the day after which the rest is planned anew. `UPDATE_EXPECT=1` writes the page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use chrono::NaiveDate;
use milepost::compile::{AsOf, Compilation, check, compile_set};
use milepost::diagnostic::{Diagnostic, Severity};
use milepost::message::CODES;
use milepost::plan::Check;
use milepost::render::{self, Style};
use milepost::set::Set;
use milepost::world::{ReadError, World};

/// The areas, in the order of the page.
const AREAS: &[&str] = &[
    "writing",
    "numbers",
    "dates",
    "names",
    "plans",
    "files",
    "calendars",
    "metrics",
    "people",
    "past",
    "pipelines",
    "tables",
    "funnels",
    "goals",
    "specific",
    "measurable",
    "attainable",
    "relevant",
    "time-bound",
    "waivers",
    "shares",
    "actuals",
    "anew",
];

const INTRO: &str = "\
# Diagnostics

Everything that `milepost check` can say about a plan, each code with an example that brings it and the same example mended.
Codes stay the same from version to version, so they can be searched for and linked to; the wording may improve.

An **error** (`×`) is something that has to be changed. A **warning** (`⚠`) is probably not what was meant, but the plan can be
made. A **note** (`☞`) tells what was assumed. A wrong line spoils only itself: all messages are shown at once.

The examples are files `example.plan` beside this `june.plan`. An example that says `plan` itself stands alone. A further file that
the good example does not show stays as it was. Messages are shown as on a terminal 100 columns wide; those of other codes are
left out.
";

/// One area of the page.
struct Area {
    title: String,
    entries: Vec<Entry>,
}

/// One code.
struct Entry {
    code: String,
    /// What it means, in one sentence.
    meaning: String,
    /// Why it matters and what to do.
    advice: String,
    bad: Example,
    good: Example,
}

/// A plan, as its files: path and text.
#[derive(Default)]
struct Example {
    files: Vec<(String, String)>,
}

const MAIN: &str = "example.plan";
const PRELUDE: &str = "june.plan";
const SET: &str = "--set";
const REPLAN: &str = "--replan";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn prelude() -> String {
    fs::read_to_string(folder().join(PRELUDE)).unwrap()
}

fn areas() -> Vec<Area> {
    AREAS
        .iter()
        .map(|name| area(&fs::read_to_string(folder().join(format!("{name}.plan"))).unwrap()))
        .collect()
}

fn area(text: &str) -> Area {
    let (head, entries) = text.split_once("\n#--- ").unwrap();
    let title = head.trim().strip_prefix("# ").unwrap().to_owned();
    Area { title, entries: entries.split("\n#--- ").map(entry).collect() }
}

fn entry(text: &str) -> Entry {
    let (code, rest) = text.split_once('\n').unwrap();
    let prose: Vec<&str> = rest.lines().map_while(|line| line.strip_prefix("# ")).collect();
    let plans = rest.lines().skip(prose.len()).collect::<Vec<_>>().join("\n");
    let (meaning, advice) = prose.split_first().unwrap_or_else(|| panic!("{code} says nothing"));
    let (bad, good) = plans.split_once("\n#+++\n").unwrap_or_else(|| panic!("{code} has no good example"));
    Entry {
        code: code.to_owned(),
        meaning: (*meaning).to_owned(),
        advice: advice.join("\n"),
        bad: Example::new(bad),
        good: Example::new(good),
    }
}

impl Example {
    fn new(text: &str) -> Self {
        let mut files = vec![(MAIN.to_owned(), String::new())];
        for line in text.lines() {
            match line.strip_prefix("#=== ") {
                Some(path) => files.push((path.to_owned(), String::new())),
                None => writeln!(files.last_mut().unwrap().1, "{line}").unwrap(),
            }
        }
        for (_, text) in &mut files {
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        Self { files }
    }

    fn says_plan(&self) -> bool {
        self.files.iter().any(|(_, text)| text.lines().any(|line| line.starts_with("plan ")))
    }
}

/// The files of an example as they are read.
struct Folder {
    root: &'static str,
    files: BTreeMap<String, Arc<[u8]>>,
    set: Vec<Set>,
    replan: Option<NaiveDate>,
}

impl World for Folder {
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        if self.files.keys().any(|file| file.starts_with(&format!("{path}/"))) {
            return Err(ReadError::Other("it is a folder".to_owned()));
        }
        if path.starts_with("../") {
            return Err(ReadError::Outside);
        }
        self.files.get(path).cloned().ok_or(ReadError::NotFound)
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, ReadError> {
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let fits = |path: &&String| path.starts_with(before) && path.ends_with(after);
        Ok(self.files.keys().filter(fits).cloned().collect())
    }
}

impl Folder {
    /// The folder of an example; `others` are further files, which its own go before.
    fn new(example: &Example, others: &Example, alone: bool) -> Self {
        let root = if alone { MAIN } else { PRELUDE };
        let mut folder = Self { root, files: BTreeMap::new(), set: Vec::new(), replan: None };
        if !alone {
            folder.files.insert(PRELUDE.to_owned(), Arc::from(prelude().into_bytes()));
        }
        for (path, text) in others.files.iter().chain(&example.files) {
            folder.add(path, text);
        }
        if let Some((_, text)) = example.files.iter().find(|(path, _)| path == SET) {
            folder.set = text.lines().map(|line| line.parse().unwrap()).collect();
        }
        let mut all = others.files.iter().chain(&example.files);
        folder.replan = all.find(|(path, _)| path == REPLAN).map(|(_, text)| text.trim().parse().unwrap());
        folder
    }

    fn add(&mut self, path: &str, text: &str) {
        if path == SET || path == REPLAN {
        } else if path == MAIN {
            self.files.insert(path.to_owned(), Arc::from(text.as_bytes()));
        } else if let Some((first, last, ending)) = numbered(path) {
            for number in first..=last {
                let text = text.replace("{next}", &(number + 1).to_string());
                self.files.insert(format!("{number}{ending}"), Arc::from(text.into_bytes()));
            }
        } else {
            self.files.insert(path.to_owned(), Arc::from(bytes(text)));
        }
    }

    fn compile(&self) -> Compilation {
        match self.replan {
            None if self.set.is_empty() => check(self, self.root, None),
            replan => {
                compile_set(self, self.root, &self.set, replan.map(AsOf::replanned).unwrap_or_default())
            }
        }
    }
}

/// Of `{1..64}.plan` the first number, the last and what stands behind.
fn numbered(path: &str) -> Option<(u32, u32, &str)> {
    let (range, ending) = path.strip_prefix('{')?.split_once('}')?;
    let (first, last) = range.split_once("..")?;
    Some((first.parse().unwrap(), last.parse().unwrap(), ending))
}

/// The text as bytes; `\xE9` is one byte.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (byte, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(byte, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    bytes
}

impl Entry {
    /// Whether `june.plan` is left out.
    fn alone(&self) -> bool {
        self.bad.says_plan() || self.good.says_plan()
    }

    fn bad(&self) -> Folder {
        Folder::new(&self.bad, &Example::default(), self.alone())
    }

    fn good(&self) -> Folder {
        Folder::new(&self.good, &self.bad, self.alone())
    }
}

fn is(code: &str) -> impl Fn(&&Diagnostic) -> bool {
    move |diagnostic| diagnostic.message.code() == code
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn rendered(diagnostics: &[Diagnostic], compilation: &Compilation) -> String {
    let style = Style { colour: false, width: 100, cut: 100, folder: String::new() };
    let mut out = Vec::new();
    render::write(&mut out, diagnostics, &compilation.sources, &style).unwrap();
    String::from_utf8(out).unwrap()
}

/// What GitHub calls a heading in links.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn page() -> String {
    let areas = areas();
    let mut out = INTRO.to_owned();
    fence(&mut out, "plan", &prelude());
    writeln!(out, "\n## All codes").unwrap();
    for area in &areas {
        writeln!(out, "\n**[{}](#{})**\n", area.title, anchor(&area.title)).unwrap();
        writeln!(out, "| code | | means |\n| --- | --- | --- |").unwrap();
        for entry in &area.entries {
            let compilation = entry.bad().compile();
            let severity =
                compilation.diagnostics.iter().find(is(&entry.code)).map(|found| severity(found.severity));
            let Entry { code, meaning, .. } = entry;
            let meaning = meaning.trim_end_matches('.').replace('|', "\\|");
            writeln!(out, "| [`{code}`](#{}) | {} | {meaning} |", anchor(code), severity.unwrap_or("?"))
                .unwrap();
        }
    }
    for area in &areas {
        writeln!(out, "\n## {}", area.title).unwrap();
        for entry in &area.entries {
            write_entry(&mut out, entry);
        }
    }
    out
}

fn write_entry(out: &mut String, entry: &Entry) {
    let Entry { code, meaning, advice, .. } = entry;
    let compilation = entry.bad().compile();
    let found: Vec<Diagnostic> = compilation.diagnostics.iter().filter(is(code)).cloned().collect();
    writeln!(out, "\n### `{code}`\n\n{meaning}").unwrap();
    if !advice.is_empty() {
        writeln!(out, "{advice}").unwrap();
    }
    writeln!(out, "\nBad:").unwrap();
    write_files(out, &entry.bad);
    fence(out, "text", &rendered(&found, &compilation));
    writeln!(out, "\nGood:").unwrap();
    write_files(out, &entry.good);
}

fn write_files(out: &mut String, example: &Example) {
    for (path, text) in &example.files {
        match path.as_str() {
            MAIN if text == "\n" => {}
            MAIN => fence(out, "plan", text),
            REPLAN => {
                let day = text.trim();
                fence(out, "text", &format!("milepost build {PRELUDE} --out out --as-of {day} --replan"));
            }
            SET => {
                let set = text.lines().map(|line| {
                    let (path, value) = line.split_once('=').unwrap();
                    format!("--set {path}=\"{value}\"")
                });
                fence(out, "text", &format!("milepost show {PRELUDE} {}", set.collect::<Vec<_>>().join(" ")));
            }
            path => {
                let ending = path.rsplit('.').next().unwrap();
                match numbered(path) {
                    Some((first, last, ending)) => writeln!(
                        out,
                        "\n`{first}{ending}` to `{last}{ending}`, each with the number of the next one:"
                    ),
                    None => writeln!(out, "\n`{path}`:"),
                }
                .unwrap();
                fence(out, ending, text);
            }
        }
    }
}

/// A block of code; what nobody would read to its end is cut.
fn fence(out: &mut String, language: &str, text: &str) {
    writeln!(out, "\n```{language}").unwrap();
    for line in text.trim_end().lines() {
        match line.char_indices().nth(120) {
            Some((cut, _)) => writeln!(out, "{} …", line[..cut].trim_end()).unwrap(),
            None => writeln!(out, "{line}").unwrap(),
        }
    }
    writeln!(out, "```").unwrap();
}

#[test]
fn the_page_is_what_the_examples_make() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("DIAGNOSTICS.md");
    let page = page();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, page).unwrap();
        return;
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let differing = written.lines().zip(page.lines()).position(|(old, new)| old != new);
    assert!(written == page, "run with UPDATE_EXPECT=1 and look at the difference, from line {differing:?}");
}

#[test]
fn every_code_is_on_the_page_once() {
    let mut listed = BTreeSet::new();
    for entry in areas().iter().flat_map(|area| &area.entries) {
        assert!(listed.insert(entry.code.clone()), "{} is there twice", entry.code);
    }
    let alone = |code: &&&str| !code.starts_with("label::") && !code.starts_with("fix::");
    let codes = CODES.iter().filter(alone).chain(&milepost_grammar::Message::CODES);
    let checks = Check::ALL.iter().map(|check| check.code());
    let codes: BTreeSet<String> = codes.copied().chain(checks).map(str::to_owned).collect();
    let missing: Vec<_> = codes.difference(&listed).collect();
    assert!(missing.is_empty(), "tests/diagnostics has no entry for {missing:?}");
    let unknown: Vec<_> = listed.difference(&codes).collect();
    assert!(unknown.is_empty(), "there are no such codes: {unknown:?}");
}

#[test]
fn every_file_is_an_area() {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.collect();
    let mut expected: BTreeSet<String> = AREAS.iter().map(|name| format!("{name}.plan")).collect();
    expected.insert(PRELUDE.to_owned());
    assert_eq!(files, expected);
}

#[test]
fn bad_examples_bring_their_code_and_good_ones_do_not() {
    for entry in areas().iter().flat_map(|area| &area.entries) {
        let code = &entry.code;
        let said = entry.bad().compile().diagnostics;
        assert_eq!(said.iter().filter(is(code)).count(), 1, "{code}: the bad example should bring it once");
        let error = |said: &&Diagnostic| said.severity == Severity::Error;
        for other in said.iter().filter(error).map(|said| said.message.code()) {
            assert_eq!(other, code, "the bad example of {code} has another error");
        }
        for said in &entry.good().compile().diagnostics {
            let message = &said.message;
            assert!(
                message.code() != code && !error(&said),
                "{code}, good: {}: {}",
                message.code(),
                message.text()
            );
        }
    }
}

#[test]
fn entries_are_sentences() {
    let mut anchors = BTreeSet::new();
    for area in areas() {
        assert!(anchors.insert(anchor(&area.title)), "{}", area.title);
        for Entry { code, meaning, advice, .. } in &area.entries {
            assert!(anchors.insert(anchor(code)), "two headings are called as {code} is");
            for text in [meaning, advice] {
                assert!(text.ends_with('.'), "{code}: {text}");
            }
        }
    }
}

/// The page shows what the command prints: one example of each area, with real files.
#[test]
fn the_command_says_the_same() {
    for area in areas() {
        let entry = &area.entries[0];
        let example = entry.bad();
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in &example.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
        command.current_dir(folder.path());
        let output = match example.replan {
            Some(day) => {
                let day = day.to_string();
                command.args(["build", example.root, "--out", "out", "--as-of", &day, "--replan"]).output()
            }
            None => command.args(["check", example.root]).output(),
        };
        let output = output.unwrap();
        let compilation = example.compile();
        let expected = rendered(&compilation.diagnostics, &compilation);
        // `check` prints what it has to say; a build says it beside what it prints.
        let said = if example.replan.is_some() { output.stderr } else { output.stdout };
        let said = String::from_utf8(said).unwrap();
        assert!(said.starts_with(&expected), "{}: {said}", entry.code);
    }
}
