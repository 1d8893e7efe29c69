//! A plan that is checked again after every edit, beside one that is checked anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use milepost::compile::{Compilation, check};
use milepost::incremental::{Disk, Engine};
use milepost::sources::{ItemId, Place, Sources};
use milepost::world::{MemoryWorld, ReadError, World};

/// Files, of which plans are open in an editor.
#[derive(Clone, Default)]
struct Desk {
    open: BTreeMap<String, Arc<str>>,
    disk: BTreeMap<String, Arc<[u8]>>,
}

impl Desk {
    fn new(files: Vec<(String, String)>) -> Self {
        let mut desk = Self::default();
        for (path, text) in files {
            if path.ends_with(".plan") {
                desk.open.insert(path, Arc::from(text));
            } else {
                desk.disk.insert(path, Arc::from(text.into_bytes()));
            }
        }
        desk
    }

    /// The same files, all on disk.
    fn copy(&self) -> MemoryWorld {
        let text = |bytes: &Arc<[u8]>| String::from_utf8_lossy(bytes).into_owned();
        let disk: Vec<(String, String)> =
            self.disk.iter().map(|(path, bytes)| (path.clone(), text(bytes))).collect();
        let disk = disk.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        MemoryWorld::new(self.open.iter().map(|(path, text)| (path.as_str(), &**text)).chain(disk))
    }
}

impl World for Desk {
    fn text(&self, path: &str) -> Option<Arc<str>> {
        self.open.get(path).cloned()
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        self.copy().read(path)
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, ReadError> {
        self.copy().list(pattern)
    }
}

/// Numbers without much order, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

/// What a compilation says, in words that do not depend on which item has which number.
fn told(compilation: &Compilation) -> Vec<(&'static str, String)> {
    let sources = &compilation.sources;
    let place = |place: Place| format!("{:?}", sources.locate(place));
    let items = compilation.items.iter().map(|item| {
        let whole = sources.locate(Place::new(item.id, milepost_grammar::Span::new(0, item.item.len)));
        format!("{whole:?} {:?}", item.item)
    });
    let names = compilation.names.all().map(|entry| {
        format!("{:?} {} {:?} {} {}", entry.noun, entry.name, entry.title, place(entry.place), entry.index)
    });
    let references = compilation.items.iter().flat_map(|item| compilation.references.of(item.id));
    let references =
        references.map(|reference| format!("{} -> {}", place(reference.place), place(reference.target)));
    let diagnostics = compilation
        .diagnostics
        .iter()
        .map(|said| numbered(&format!("{said:?} at {}", place(said.place)), sources));
    let files = sources.files().iter().map(|file| format!("{} {} {:?}", file.path, file.text, file.lines));
    vec![
        ("files", files.collect::<Vec<_>>().join("\n")),
        ("items", items.collect::<Vec<_>>().join("\n")),
        ("names", names.collect::<Vec<_>>().join("\n")),
        ("references", references.collect::<Vec<_>>().join("\n")),
        ("plan", numbered(&format!("{:#?}", compilation.plan), sources)),
        ("diagnostics", diagnostics.collect::<Vec<_>>().join("\n")),
        ("amounts", numbered(&format!("{:#?}", compilation.key_results()), sources)),
    ]
}

/// `text` with the ranks of items in the place of their ids.
fn numbered(text: &str, sources: &Sources) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("ItemId(") {
        let (before, behind) = rest.split_at(at + "ItemId(".len());
        out.push_str(before);
        let digits: String = behind
            .chars()
            .filter(|c| !c.is_whitespace() && *c != ',')
            .take_while(char::is_ascii_digit)
            .collect();
        let end = behind.find(')').unwrap();
        out.push_str(&sources.rank(ItemId(digits.parse().unwrap())).to_string());
        rest = &behind[end..];
    }
    out + rest
}

const PIECES: &[&str] = &[
    "{",
    "}",
    "}",
    ";",
    ",",
    "\n",
    "\n",
    "\"",
    "#",
    " ",
    "x",
    "7",
    "0",
    "刘",
    "😀",
    "%",
    "north",
    "liu",
    "book",
    "visits",
    "person zoe\n",
    "  person ann \"Ann\" { weight 2; role ae }\n",
    "team extra { person bo }\n",
    "role ae; ",
    "role ae; ",
    "role ka; ",
    "share north role ae evenly; ",
    "  key-result two { measure visits 40 by 2026-06-30; share north evenly }\n",
    "objective more { owner north; key-result more { measure visits 30 } }\n",
    "supports win-north; ",
    "owner liu; ",
    "funnel side { revenue <- orders 30k CNY each }\n",
    "metric extra\n",
    "scope \"here\"; ",
    "pin liu 10; ",
    "away 2026-06-01..2026-06-05; ",
    "visits at most 3 per day; ",
    "smart { specific require owner }\n",
    "supports more; ",
    "actual visits { 2026-06-01 liu 3 }\n",
    "actual visits {\n  2026-06-02 4 \"fair\"\n  2026-06-02 liu 5\n}\n",
    "  2026-06-03 liu 2\n",
    "action call-all { for win-north; owner liu }\n",
    "smart { waive relevant.supports on win-north \"as agreed\" }\n",
    "smart { attainable growth 5%..30% }; ",
    "calendar side { week mon..thu }\n",
    "calendar side; ",
    "off 2026-06-04; ",
    "pipeline calls of visits { stage a 50%; deal d { stage a; amount 3; close 2026-06-09 } }\n",
    "history past of revenue { 2025-06 30k CNY }\n",
    "accounts book-two of revenue { retain 70% }\n",
    "focus 2026-06 \"fair\"; ",
    "weekdays mon 2, tue 1; ",
    "kind activity; ",
    "step 5; ",
    "include \"other.plan\"; ",
    "review r { every mon; with north }\n",
    "split part { a 50%; b 50% }; ",
    "through field-sales; ",
    "share { liu 40%; chen 60% }; ",
    "scenario low { field-sales.orders 1 in 30 }\n",
];

fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// A text after an edit such as people make.
fn edited(text: &str, dice: &mut Dice) -> String {
    let at = boundary(text, dice.below(text.len() + 1));
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = dice.below(lines.len());
    let put = |start: usize, end: usize, piece: &str| format!("{}{piece}{}", &text[..start], &text[end..]);
    match dice.below(12) {
        0 | 1 => put(at, at, dice.one(PIECES)),
        2 => put(at, boundary(text, at + 1), ""),
        3 => put(at, boundary(text, at + dice.below(30)), ""),
        // Digits.
        4 | 5 => {
            let digits: Vec<usize> =
                text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
            if digits.is_empty() {
                return put(at, at, "1");
            }
            let at = dice.one(&digits);
            put(at, at + 1, dice.one(&["0", "1", "2", "9", "12", ""]))
        }
        // A piece at the beginning or the end of a line.
        6 | 7 => {
            let start: usize = lines[..line].iter().map(|line| line.len()).sum();
            put(start, start, dice.one(PIECES))
        }
        8 => lines.iter().enumerate().filter(|(index, _)| *index != line).map(|(_, line)| *line).collect(),
        9 => {
            let mut lines = lines;
            if !lines.is_empty() {
                let line = lines[line];
                lines.insert(dice.below(lines.len() + 1), line);
            }
            lines.concat()
        }
        10 => {
            let mut lines = lines;
            if !lines.is_empty() {
                let moved = lines.remove(line);
                lines.insert(dice.below(lines.len() + 1), moved);
            }
            lines.concat()
        }
        // A word becomes another one of the plan, everywhere or here.
        _ => {
            let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
            let words: Vec<&str> = words.into_iter().filter(|word| word.len() > 1).collect();
            if words.is_empty() {
                return text.to_owned();
            }
            let (from, to) = (dice.one(&words), dice.one(&words));
            if dice.below(3) == 0 {
                return text.replacen(from, &format!("{from}2"), 1);
            }
            let uses: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
            let at = dice.one(&uses);
            put(at, at + from.len(), to)
        }
    }
}

/// Edits one plan again and again; gives how many of the checks did only a part again.
fn play(desk: &Desk, root: &str, seed: u64, edits: usize) -> usize {
    let mut dice = Dice(seed);
    let mut engine = Engine::new(root.to_owned());
    let mut desk = desk.clone();
    let day = (dice.below(3) == 0).then(|| NaiveDate::from_ymd_opt(2026, 3, 9).unwrap());
    let mut before: Vec<Desk> = vec![desk.clone()];
    let mut patched = 0;
    engine.check(&desk, day, Disk::AsBefore);
    for _ in 0..edits {
        let mut disk = Disk::AsBefore;
        match dice.below(20) {
            // Back to what was there some edits ago: most plans are whole then.
            0..=5 => desk = before[before.len() - 1 - dice.below(before.len().min(3))].clone(),
            6 if !desk.disk.is_empty() => {
                let paths: Vec<String> = desk.disk.keys().cloned().collect();
                let path = dice.one(&paths);
                let text = edited(&String::from_utf8_lossy(&desk.disk[&path]), &mut dice);
                desk.disk.insert(path, Arc::from(text.into_bytes()));
                disk = Disk::Changed;
            }
            _ => {
                let paths: Vec<String> = desk.open.keys().cloned().collect();
                let path = dice.one(&paths);
                let text = edited(&desk.open[&path], &mut dice);
                desk.open.insert(path, Arc::from(text));
            }
        }
        if before.last().is_some_and(|last| last.disk != desk.disk) {
            disk = Disk::Changed;
        }
        before.push(desk.clone());
        let last = before.len() - 2;
        let fresh = check(&desk.copy(), root, day);
        let now = engine.check(&desk, day, disk);
        for ((what, now), (_, fresh)) in told(now).into_iter().zip(told(&fresh)) {
            if now != fresh {
                let at = now.lines().zip(fresh.lines()).take_while(|(one, other)| one == other).count();
                let around = |text: &str| {
                    text.lines().skip(at.saturating_sub(30)).take(36).collect::<Vec<_>>().join("\n")
                };
                let (one, other) = (around(&now), around(&fresh));
                let changed =
                    before[last].open.iter().filter(|(path, text)| desk.open.get(*path) != Some(*text));
                let changed: Vec<_> = changed
                    .map(|(path, text)| format!("{path}:\n{text}\n=== became\n{}", desk.open[path]))
                    .collect();
                panic!(
                    "seed {seed}, {root}: {what} differ\n{}\n=== engine\n{one}\n=== fresh\n{other}",
                    changed.join("\n")
                );
            }
        }
        patched += usize::from(engine.was_patched());
    }
    patched
}

fn example_plans() -> Vec<(Desk, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut plans = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders.into_iter().filter(|path| path.is_dir()) {
        let mut files = Vec::new();
        gather(&folder, &folder, &mut files);
        let desk = Desk::new(files.clone());
        for (path, text) in &files {
            if path.ends_with(".plan") && text.lines().any(|line| line.starts_with("plan ")) {
                plans.push((desk.clone(), path.clone()));
            }
        }
    }
    plans
}

pub(crate) fn gather(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("out") {
                gather(root, &path, files);
            }
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push((path, text));
        }
    }
}

fn seeds() -> u64 {
    std::env::var("INCREMENTAL_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(1)
}

#[test]
fn examples_are_checked_alike_after_every_edit() {
    for (desk, root) in example_plans() {
        let mut patched = 0;
        for seed in 0..seeds() {
            patched += play(&desk, &root, seed, 40);
        }
        assert!(patched > 0, "{root} is made anew after every edit");
    }
}

#[test]
fn fixtures_are_checked_alike_after_every_edit() {
    let mut patched = 0;
    for (index, (files, root)) in super::fixtures::worlds().into_iter().enumerate() {
        for seed in 0..seeds() {
            patched += play(&Desk::new(files.clone()), root, seed * 1000 + index as u64, 12);
        }
    }
    assert!(patched > 100);
}
