//! Changes that mend what a message is about.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::diagnostic::{Diagnostic, Fix};
use milepost::sources::FileId;

use super::spot::Spot;

/// A change that an editor can make.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// What it mends.
    pub diagnostic: &'a Diagnostic,
    /// What it does, in words.
    pub title: String,
    /// Which bytes to replace with which text.
    pub edits: Vec<(Spot, String)>,
}

/// The changes for messages that touch `range` of `file`.
#[must_use]
pub fn fixes<'a>(compilation: &'a Compilation, file: FileId, range: &Range<usize>) -> Vec<Change<'a>> {
    let touches = |diagnostic: &&Diagnostic| {
        let (of, place) = compilation.sources.locate(diagnostic.place);
        of == file && place.start <= range.end && range.start <= place.end
    };
    let found = compilation.diagnostics.iter().filter(touches);
    found
        .flat_map(|diagnostic| diagnostic.fixes.iter().map(move |fix| change(compilation, diagnostic, fix)))
        .collect()
}

fn change<'a>(compilation: &Compilation, diagnostic: &'a Diagnostic, fix: &Fix) -> Change<'a> {
    let edits = fix.edits.iter().map(|(place, text)| (Spot::of(compilation, *place), text.clone()));
    Change { diagnostic, title: fix.title.text(), edits: edits.collect() }
}

/// All first changes of a file that do not get into each other's way, for an editor that mends everything at once. One that
/// touches another file is left out.
#[must_use]
pub fn fix_all(compilation: &Compilation, file: FileId) -> Vec<(Range<usize>, String)> {
    let mut all: Vec<(Range<usize>, String)> = Vec::new();
    for diagnostic in &compilation.diagnostics {
        let Some(fix) = diagnostic.fixes.first() else { continue };
        let edits: Vec<(Spot, String)> = change(compilation, diagnostic, fix).edits;
        let free = |range: &Range<usize>| all.iter().all(|(taken, _)| apart(taken, range));
        if edits.iter().all(|(spot, _)| spot.file == file && free(&spot.range)) {
            all.extend(edits.into_iter().map(|(spot, text)| (spot.range, text)));
        }
    }
    all.sort_by_key(|(range, _)| (range.start, range.end));
    all
}

/// Whether two ranges touch nowhere; two that are empty at one place do.
fn apart(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.end < other.start || other.end < one.start
}
