//! Messages as the services want them that show them beside a change: each once, with where its file is in the repository,
//! and with a fingerprint that knows it again.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::harmless;
use crate::sources::{Place, Position, Sources};

/// So many characters on either side of what is pointed at are part of a fingerprint: lines may be long without end.
const AROUND: usize = 64;

/// The messages about one plan.
#[derive(Clone, Debug)]
pub struct Checked<'a> {
    /// In source order.
    pub diagnostics: &'a [Diagnostic],
    /// What they are about.
    pub sources: &'a Sources,
    /// Where its files are, in the order of the files.
    pub files: Vec<FilePath>,
}

/// Where a file is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FilePath {
    /// Inside the repository, from its top, with `/`.
    Inside(String),
    /// Elsewhere, with all folders.
    Outside(String),
}

impl FilePath {
    /// The path as text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Inside(path) | Self::Outside(path) => path,
        }
    }
}

/// One message, and what tells it from all others.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// The message.
    pub diagnostic: &'a Diagnostic,
    checked: &'a Checked<'a>,
    fingerprint: u64,
}

/// A part of a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Region<'a> {
    /// The file.
    pub file: &'a FilePath,
    /// The first character.
    pub start: Position,
    /// Behind the last one.
    pub end: Position,
}

/// All messages, each once: what several plans include may be wrong in each of them.
#[must_use]
pub fn findings<'a>(checked: &'a [Checked<'a>]) -> Vec<Finding<'a>> {
    let (mut said, mut prints) = (BTreeMap::new(), Fingerprints::default());
    let mut findings: Vec<Finding<'_>> = Vec::new();
    for plan in checked {
        for diagnostic in plan.diagnostics {
            let (file, range) = plan.sources.locate(diagnostic.place);
            let path = plan.path(file.0);
            let message = &diagnostic.message;
            let key = (path, range.start, range.end, message.code(), message.text());
            match said.get(&key).and_then(|known: &usize| findings.get_mut(*known)) {
                // What one plan warns of may be an error in another.
                Some(known) if diagnostic.severity < known.diagnostic.severity => {
                    (known.diagnostic, known.checked) = (diagnostic, plan);
                }
                Some(_) => {}
                None => {
                    let fingerprint = prints.next(plan, path, diagnostic);
                    said.insert(key, findings.len());
                    findings.push(Finding { diagnostic, checked: plan, fingerprint });
                }
            }
        }
    }
    findings
}

impl Checked<'_> {
    #[allow(clippy::indexing_slicing)] // as many as there are files
    fn path(&self, file: u32) -> &FilePath {
        &self.files[file as usize]
    }
}

impl<'a> Finding<'a> {
    /// `area::name`
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.diagnostic.message.code()
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.diagnostic.severity
    }

    /// What is wrong and what to do about it, each on one line, fit to be shown anywhere.
    #[must_use]
    pub fn said(&self) -> (String, Option<String>) {
        let message = &self.diagnostic.message;
        let fix = || self.diagnostic.fixes.first().map(|fix| fix.title.text());
        let help = message.help().or_else(fix);
        (shown(&message.text()), help.map(|help| shown(&help)))
    }

    /// Where.
    #[must_use]
    pub fn region(&self) -> Region<'a> {
        self.region_of(self.diagnostic.place)
    }

    /// Where another place is, of those that the message names.
    #[must_use]
    pub fn region_of(&self, place: Place) -> Region<'a> {
        let (file, start, end) = self.checked.sources.range(place);
        Region { file: self.checked.path(file.0), start, end }
    }

    /// What knows this message again when lines come and go before it. No two messages of a report have the same.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", self.fingerprint)
    }
}

fn shown(text: &str) -> String {
    harmless::one_line(text).into_owned()
}

/// Gives out fingerprints.
///
/// One is made of the file, the code, how the declaration begins and the line that is pointed into. The words of the message
/// are no part of it: they hold numbers that change with other lines of the plan. Messages that are alike in all are counted.
#[derive(Default)]
struct Fingerprints {
    given: BTreeSet<u64>,
    /// How many there are alike.
    alike: BTreeMap<u64, u64>,
}

impl Fingerprints {
    fn next(&mut self, plan: &Checked, path: &FilePath, diagnostic: &Diagnostic) -> u64 {
        let (file, range) = plan.sources.locate(diagnostic.place);
        let text = &plan.sources.file(file).text;
        let item = Place::new(diagnostic.place.item, milepost_grammar::Span::default());
        let start = plan.sources.locate(item).1.start;
        let head = around(text.get(start..).unwrap_or_default().chars());
        let mut before = around(text.get(..range.start).unwrap_or_default().chars().rev());
        before.reverse();
        let behind = around(text.get(range.start..).unwrap_or_default().chars());
        let mut print = hash(OFFSET, path.text().chars());
        print = hash(print, diagnostic.message.code().chars());
        print = hash(print, head.into_iter());
        print = hash(print, before.into_iter().chain(behind));
        let alike = self.alike.entry(print).or_default();
        loop {
            let own = hash(print, alike.to_string().chars());
            *alike += 1;
            if self.given.insert(own) {
                return own;
            }
        }
    }
}

/// What a line holds on one side of a place, without spaces: a plan that is formatted is the same plan.
fn around(signs: impl Iterator<Item = char>) -> Vec<char> {
    let line = signs.take(16 * AROUND).take_while(|sign| !matches!(sign, '\n' | '\r'));
    line.filter(|sign| !sign.is_whitespace()).take(AROUND).collect()
}

/// What FNV-1a begins with.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: the same on every machine and in every version, unlike the hasher of the standard library.
fn hash(from: u64, signs: impl Iterator<Item = char>) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    // What stands between parts is in no text.
    let all = signs.flat_map(|sign| u32::from(sign).to_le_bytes()).chain([0xff; 4]);
    all.fold(from, step)
}
