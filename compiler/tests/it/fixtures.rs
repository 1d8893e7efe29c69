//! Plans with what is said about them written beneath each line.
//!
//! A file of `tests/fixtures` has sections that start with `#--- NAME`; each is a plan. Where the file has a section
//! `prelude`, a section without a `plan` of its own is what the prelude includes as `fixture.plan`. `#=== PATH` starts
//! a further file of the section. Beneath a line stand the messages about it, carets under what they point at:
//!
//! ```text
//!   through feild-sales
//! #         ^^^^^^^^^^^ error[name::unknown]: no funnel named `feild-sales`
//! #         ^^^^^^^^^^^ help: did you mean `field-sales`?
//! #=> 2026-06-01 liu visits 5
//! ```
//!
//! Carets are counted in columns of a terminal; `|` points between two characters, a span of several lines ends in
//! `…`, and a `#` directly before a caret is one itself, for spans from the first column. `#=> DATE` lines are all rows
//! of the dated plan that start on the dates that are named. `#! ` lines are messages about files that the section does
//! not have. What stands behind `#=== --replan` is the day after which the rest is planned anew. The files are matched exactly both ways: what they should be is made from what is said, and
//! `UPDATE_EXPECT=1` writes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use milepost::compile::{AsOf, Compilation, compile_set};
use milepost::dated::RowOptions;
use milepost::diagnostic::Severity;
use milepost::message::CODES;
use milepost::message::Message;
use milepost::plan::Check;
use milepost::sources::Place;
use milepost::world::MemoryWorld;
use unicode_width::UnicodeWidthStr;

/// Codes that no text can bring about; what does is tested with real files.
const WITHOUT_FIXTURE: &[&str] = &["calendar::encoding", "file::unreadable", "text::not-utf8", "text::nul"];

/// What is no file, but the day after which the rest is planned anew.
const REPLAN: &str = "--replan";

/// One plan of a fixture file.
struct Section {
    /// The line that starts it, and comments before its first file.
    head: String,
    /// Its files, the first one without a line of its own.
    files: Vec<SectionFile>,
    /// The dates whose rows are listed.
    dates: BTreeSet<String>,
}

struct SectionFile {
    /// `#=== PATH`, but for the first one.
    head: Option<String>,
    path: String,
    lines: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn fixture_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "plan"));
    files.sort();
    files
}

fn is_note(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#') else { return false };
    if rest.starts_with("=> ") || rest.starts_with("! ") {
        return true;
    }
    let rest = rest.trim_start_matches(' ');
    let after = rest.trim_start_matches(['^', '|']);
    let kinds = [" error[", " warning[", " note[", " help: ", " label: ", " fix: "];
    after.len() < rest.len() && kinds.iter().any(|kind| after.trim_start_matches('…').starts_with(kind))
}

fn sections(text: &str) -> (String, Vec<Section>) {
    let mut head = String::new();
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines() {
        if line.starts_with("#--- ") {
            let file = SectionFile { head: None, path: "fixture.plan".to_owned(), lines: Vec::new() };
            sections.push(Section { head: line.to_owned(), files: vec![file], dates: BTreeSet::new() });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            head.push_str(line);
            head.push('\n');
            continue;
        };
        if let Some(path) = line.strip_prefix("#=== ") {
            let head = Some(line.to_owned());
            section.files.push(SectionFile { head, path: path.to_owned(), lines: Vec::new() });
        } else if let Some(row) = line.strip_prefix("#=> ") {
            section.dates.extend(row.split(' ').next().map(str::to_owned));
        } else if !is_note(line) {
            section.files.last_mut().unwrap().lines.push(line.to_owned());
        }
    }
    (head, sections)
}

impl SectionFile {
    fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(String::as_str).collect();
        // Blank lines before the next section are for the reader.
        let mut text = lines.join("\n").trim_end_matches('\n').to_owned();
        text.push('\n');
        text
    }
}

impl Section {
    fn name(&self) -> &str {
        self.head.trim_start_matches("#--- ")
    }

    /// The world of this section, and its plan's own file.
    fn world(&self, prelude: Option<&str>) -> (Vec<(String, String)>, &'static str) {
        let mut files: Vec<(String, String)> =
            self.files.iter().map(|file| (file.path.clone(), file.text())).collect();
        let own = self.files[0].lines.iter().any(|line| line.starts_with("plan "));
        match prelude {
            Some(prelude) if !own && self.name() != "prelude" => {
                files.push(("prelude.plan".to_owned(), prelude.to_owned()));
                (files, "prelude.plan")
            }
            _ => (files, "fixture.plan"),
        }
    }

    fn compile(&self, prelude: Option<&str>) -> Compilation {
        let (files, root) = self.world(prelude);
        self.compile_files(&files, root)
    }

    fn compile_files(&self, files: &[(String, String)], root: &str) -> Compilation {
        let world = MemoryWorld::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let replan = self.files.iter().find(|file| file.path == REPLAN);
        compile_set(
            &world,
            root,
            &[],
            replan.map(|file| AsOf::replanned(file.text().trim().parse().unwrap())).unwrap_or_default(),
        )
    }
}

/// All plans of the fixtures: their files, and the path of the plan's own.
pub(crate) fn worlds() -> Vec<(Vec<(String, String)>, &'static str)> {
    let mut worlds = Vec::new();
    for path in fixture_files() {
        let (_, sections) = sections(&fs::read_to_string(path).unwrap());
        let prelude = sections.iter().find(|section| section.name() == "prelude");
        let prelude = prelude.map(|section| section.files[0].text());
        worlds.extend(sections.iter().map(|section| section.world(prelude.as_deref())));
    }
    worlds
}

/// What stands at a place: path, line from 0, the note's carets.
fn carets(compilation: &Compilation, place: Place) -> (String, usize, String) {
    let sources = &compilation.sources;
    let (file, range) = sources.locate(place);
    let source = sources.file(file);
    let line = source.lines.line(range.start) as usize;
    let start = source.lines.start(source.lines.line(range.start));
    let before = UnicodeWidthStr::width(source.text.get(start..range.start).unwrap_or_default());
    let covered = source.text.get(range).unwrap_or_default();
    let first = covered.lines().next().unwrap_or_default();
    let mut signs = "^".repeat(UnicodeWidthStr::width(first));
    if signs.is_empty() {
        signs.push('|');
    }
    if covered.trim_end().lines().count() > 1 {
        signs.push('…');
    }
    let signs = match before {
        0 => format!("#{}", signs.chars().skip(1).collect::<String>()),
        _ => format!("#{}{signs}", " ".repeat(before - 1)),
    };
    // Between `#` and what follows something must point.
    let signs = if signs == "#" { "#^".to_owned() } else { signs };
    (source.path.clone(), line, signs)
}

/// The notes about a section, by path and line.
fn notes(compilation: &Compilation) -> BTreeMap<(String, usize), Vec<String>> {
    let mut notes: BTreeMap<(String, usize), Vec<String>> = BTreeMap::new();
    let mut add = |place: Place, text: String| {
        let (path, line, signs) = carets(compilation, place);
        notes.entry((path, line)).or_default().push(format!("{signs} {text}"));
    };
    for diagnostic in &compilation.diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let message = &diagnostic.message;
        add(diagnostic.place, format!("{severity}[{}]: {}", message.code(), message.text()));
        if let Some(help) = message.help() {
            add(diagnostic.place, format!("help: {help}"));
        }
        for (place, text) in diagnostic.fixes.iter().flat_map(|fix| &fix.edits) {
            add(*place, format!("fix: {}", text.escape_debug()));
        }
        for label in &diagnostic.labels {
            add(label.place, format!("label: {}", label.message.text()));
        }
    }
    notes
}

fn rows(compilation: &Compilation, dates: &BTreeSet<String>) -> Vec<String> {
    let (Some(plan), Some(dated)) = (&compilation.plan, &compilation.dated) else { return Vec::new() };
    let mut lines = Vec::new();
    for row in dated.rows(plan, &RowOptions { by: None, person: None }) {
        if !dates.contains(&row.start.to_string()) {
            continue;
        }
        let who = row
            .person
            .map_or_else(|| row.team.map(|team| plan[team].name.as_str()), |person| Some(&plan[person].name));
        let metric = &plan[row.metric];
        let amount = row.step(plan).digits(&row.amount.into());
        lines.push(format!("#=> {} {} {} {amount}", row.start, who.unwrap_or("-"), metric.name));
    }
    lines
}

/// The fixture file as it should be, and the codes in it.
/// Most plans here are about something else than good goals: what the SMART checks say of them is listed in the files that
/// are about SMART, and where a file has that code.
fn is_listed(text: &str, code: &str) -> bool {
    text.starts_with("# SMART") || !code.starts_with("smart::") || text.contains(&format!("[{code}]"))
}

/// What stands before each section of a file.
fn prelude(sections: &[Section]) -> Option<String> {
    sections.iter().find(|section| section.name() == "prelude").map(|section| section.files[0].text())
}

fn expected(text: &str) -> (String, BTreeSet<&'static str>) {
    let (mut out, sections) = sections(text);
    let prelude = prelude(&sections);
    let mut codes = BTreeSet::new();
    for section in &sections {
        let mut compilation = section.compile(prelude.as_deref());
        compilation.diagnostics.retain(|said| is_listed(text, said.message.code()));
        codes.extend(compilation.diagnostics.iter().map(|diagnostic| diagnostic.message.code()));
        let mut notes = if section.name() == "prelude" { BTreeMap::new() } else { notes(&compilation) };
        writeln!(out, "{}", section.head).unwrap();
        let mut dated = rows(&compilation, &section.dates);
        let last = section.files.len() - 1;
        for (index, file) in section.files.iter().enumerate() {
            if let Some(head) = &file.head {
                writeln!(out, "{head}").unwrap();
            }
            let blank = file.lines.iter().rev().take_while(|line| line.is_empty()).count();
            for (number, line) in file.lines.iter().enumerate() {
                // Rows and messages about other files stand before the blank lines at the end.
                if index == last && number == file.lines.len() - blank {
                    end(&mut out, &mut notes, &mut dated, section);
                }
                writeln!(out, "{line}").unwrap();
                for note in notes.remove(&(file.path.clone(), number)).unwrap_or_default() {
                    writeln!(out, "{note}").unwrap();
                }
            }
            if index == last {
                end(&mut out, &mut notes, &mut dated, section);
            }
        }
    }
    (out, codes)
}

/// Writes what stands at the end of a section, once.
fn end(
    out: &mut String,
    notes: &mut BTreeMap<(String, usize), Vec<String>>,
    dated: &mut Vec<String>,
    section: &Section,
) {
    let own: BTreeSet<&str> = section.files.iter().map(|file| file.path.as_str()).collect();
    let others: Vec<_> = notes.keys().filter(|(path, _)| !own.contains(path.as_str())).cloned().collect();
    for key in others {
        for note in notes.remove(&key).unwrap_or_default() {
            let said = note.trim_start_matches(['#', ' ', '^', '|', '…']);
            writeln!(out, "#! {}:{}: {said}", key.0, key.1 + 1).unwrap();
        }
    }
    // What is said about a line behind the last one belongs to the end.
    for (_, notes) in std::mem::take(notes) {
        for note in notes {
            writeln!(out, "{note}").unwrap();
        }
    }
    for row in dated.drain(..) {
        writeln!(out, "{row}").unwrap();
    }
}

#[test]
fn every_fixture_says_exactly_what_is_said() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for path in fixture_files() {
        let text = fs::read_to_string(&path).unwrap();
        let (expected, _) = expected(&text);
        if text == expected {
            continue;
        }
        if update {
            fs::write(&path, expected).unwrap();
            continue;
        }
        writeln!(wrong, "{}:", path.display()).unwrap();
        let (old, new): (Vec<_>, Vec<_>) = (text.lines().collect(), expected.lines().collect());
        let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        for (sign, lines) in [('-', &old), ('+', &new)] {
            for line in lines.iter().skip(same.saturating_sub(1)).take(6) {
                writeln!(wrong, "{sign} {line}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE_EXPECT=1 and look at the difference:\n{wrong}");
}

#[test]
fn every_code_has_a_fixture() {
    let mut seen = BTreeSet::new();
    for path in fixture_files() {
        seen.extend(expected(&fs::read_to_string(&path).unwrap()).1);
    }
    let alone = |code: &&&str| !code.starts_with("label::") && !code.starts_with("fix::");
    let checks = Check::ALL.iter().map(|check| check.code()).collect::<Vec<_>>();
    let codes = CODES.iter().chain(&checks).filter(alone);
    let missing: Vec<_> = codes.filter(|code| !seen.contains(**code)).collect();
    assert_eq!(missing, WITHOUT_FIXTURE.iter().collect::<Vec<_>>());
}

/// Formatting changes no meaning: not one message, not one row. Twice is as good as once.
#[test]
fn fixtures_mean_the_same_when_formatted() {
    for path in fixture_files() {
        let text = fs::read_to_string(&path).unwrap();
        let (_, sections) = sections(&text);
        let prelude = prelude(&sections);
        for section in &sections {
            let (files, root) = section.world(prelude.as_deref());
            let formatted: Vec<(String, String)> = files
                .iter()
                .map(|(path, text)| match path.ends_with(".plan") {
                    true => (path.clone(), milepost_grammar::format(text)),
                    false => (path.clone(), text.clone()),
                })
                .collect();
            for (path, text) in formatted.iter().filter(|(path, _)| path.ends_with(".plan")) {
                assert_eq!(&milepost_grammar::format(text), text, "{} of {}", path, section.name());
            }
            let said = |files: &[(String, String)]| {
                let compilation = section.compile_files(files, root);
                let texts: Vec<String> = compilation
                    .diagnostics
                    .iter()
                    .map(|diagnostic| diagnostic.message.code().to_owned())
                    .collect();
                let mut rows = Vec::new();
                if let (Some(plan), Some(dated)) = (&compilation.plan, &compilation.dated) {
                    let options = RowOptions { by: None, person: None };
                    rows.extend(
                        dated.rows(plan, &options).map(|row| (row.start, row.person, row.metric, row.amount)),
                    );
                }
                (texts, rows)
            };
            assert_eq!(said(&formatted), said(&files), "{} of {}", section.name(), path.display());
        }
    }
}

/// What is offered to mend a message removes it, and what was written in its place can be read.
#[test]
fn every_fix_removes_what_it_is_offered_for() {
    let mut fixes = 0;
    let mut wrong = String::new();
    for path in fixture_files() {
        let (_, sections) = sections(&fs::read_to_string(&path).unwrap());
        let prelude = prelude(&sections);
        for section in &sections {
            let (files, root) = section.world(prelude.as_deref());
            let before = section.compile_files(&files, root);
            let count = |compilation: &Compilation, fits: &dyn Fn(&Message) -> bool| {
                compilation.diagnostics.iter().filter(|said| fits(&said.message)).count()
            };
            let cannot_be_read = |message: &Message| matches!(message, Message::Syntax(_));
            for said in &before.diagnostics {
                for fix in &said.fixes {
                    fixes += 1;
                    let mut files = files.clone();
                    let mut edits: Vec<(&str, std::ops::Range<usize>, &str)> = Vec::new();
                    for (place, text) in &fix.edits {
                        let (file, range) = before.sources.locate(*place);
                        edits.push((&before.sources.file(file).path, range, text));
                    }
                    edits.sort_by_key(|(_, range, _)| std::cmp::Reverse(range.start));
                    for (path, range, with) in edits {
                        let file = files.iter_mut().find(|(name, _)| name == path).unwrap();
                        file.1.replace_range(range, with);
                    }
                    let after = section.compile_files(&files, root);
                    let same = |message: &Message| *message == said.message;
                    if count(&after, &same) >= count(&before, &same)
                        || count(&after, &cannot_be_read) > count(&before, &cannot_be_read)
                    {
                        let code = said.message.code();
                        let title = fix.title.text();
                        writeln!(wrong, "{}: {code}: {}: {title}", section.name(), said.message.text())
                            .unwrap();
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(fixes > 50, "{fixes} fixes");
}
