//! Messages for machines.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::sources::{Place, Position, Sources};

/// All messages, as `check --format json` writes them.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Report {
    /// In source order.
    pub diagnostics: Vec<Reported>,
}

/// One message.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Reported {
    /// `area::name`
    pub code: &'static str,
    /// `error`, `warning` or `note`
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The file, with the folder that the plan was named with.
    pub file: String,
    /// Where in it.
    pub range: Range,
    /// What to do about it.
    pub help: Vec<String>,
    /// Changes that mend it.
    pub fixes: Vec<ReportedFix>,
}

/// From the first character to behind the last; lines and columns (in characters) from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Range {
    pub start: Point,
    pub end: Point,
}

/// A place in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Point {
    pub line: usize,
    pub column: usize,
}

/// A change that mends something.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ReportedFix {
    /// What it does.
    pub title: String,
    /// Which texts to replace, all together.
    pub edits: Vec<Edit>,
}

/// A text to replace.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Edit {
    /// The file.
    pub file: String,
    /// What is replaced.
    pub range: Range,
    /// By what.
    pub text: String,
}

impl Report {
    /// Adds the messages about one plan; `folder` stands before the names of its files.
    pub fn add(&mut self, diagnostics: &[Diagnostic], sources: &Sources, folder: &str) {
        self.diagnostics.extend(diagnostics.iter().map(|diagnostic| {
            let (file, range) = place(diagnostic.place, sources, folder);
            let fixes = diagnostic.fixes.iter().map(|fix| ReportedFix {
                title: fix.title.text(),
                edits: fix
                    .edits
                    .iter()
                    .map(|(at, text)| {
                        let (file, range) = place(*at, sources, folder);
                        Edit { file, range, text: text.clone() }
                    })
                    .collect(),
            });
            Reported {
                code: diagnostic.message.code(),
                severity: diagnostic.severity,
                message: diagnostic.message.text(),
                file,
                range,
                help: diagnostic.message.help().into_iter().collect(),
                fixes: fixes.collect(),
            }
        }));
    }
}

fn place(place: Place, sources: &Sources, folder: &str) -> (String, Range) {
    let (file, start, end) = sources.range(place);
    let point = |position: Position| Point { line: position.line, column: position.column };
    (format!("{folder}{}", sources.file(file).path), Range { start: point(start), end: point(end) })
}
