//! From plain structs to those of the protocol.

pub mod completion;
pub mod markup;
mod outline;
pub mod tokens;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use milepost::compile::Compilation;
use milepost::diagnostic::{Diagnostic, Severity};
use milepost::message::Message;
use milepost::sources::{FileId, Place};
use tower_lsp::lsp_types::{self as lsp, Url};

use crate::ide::spot::Spot;
use crate::plans::Plan;
use crate::position::{Encoding, Lines};

/// A plan, as a client that counts in `encoding` sees it.
#[derive(Clone, Copy, Debug)]
pub struct ToProto<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// In what columns are counted.
    pub encoding: Encoding,
}

impl<'a> ToProto<'a> {
    fn compilation(&self) -> &'a Compilation {
        self.plan.compilation()
    }

    /// The lines of a file.
    #[must_use]
    pub fn lines(&self, file: FileId) -> Lines<'a> {
        let source = self.compilation().sources.file(file);
        Lines { text: &source.text, index: &source.lines, encoding: self.encoding }
    }

    /// The URI of a file, where it has one.
    #[must_use]
    pub fn uri(&self, file: FileId) -> Option<&'a Url> {
        self.plan.uris.get(file.0 as usize)?.as_ref()
    }

    /// A range of a file.
    #[must_use]
    pub fn range(&self, file: FileId, range: &Range<usize>) -> lsp::Range {
        self.lines(file).range(range)
    }

    /// Where something is.
    #[must_use]
    pub fn location(&self, spot: &Spot) -> Option<lsp::Location> {
        Some(lsp::Location { uri: self.uri(spot.file)?.clone(), range: self.range(spot.file, &spot.range) })
    }

    /// All that is said of the plan, by file. Of a part of a plan that is not known, only what it says by itself is
    /// known to be wrong.
    #[must_use]
    pub fn diagnostics(&self) -> BTreeMap<Url, Vec<lsp::Diagnostic>> {
        let mut by_file: BTreeMap<Url, Vec<lsp::Diagnostic>> = BTreeMap::new();
        for uri in self.plan.uris.iter().flatten() {
            by_file.entry(uri.clone()).or_default();
        }
        for diagnostic in &self.compilation().diagnostics {
            if self.plan.part && !matches!(diagnostic.message, Message::Syntax(_)) {
                continue;
            }
            let (file, _) = self.compilation().sources.locate(diagnostic.place);
            let Some(uri) = self.uri(file) else { continue };
            by_file.entry(uri.clone()).or_default().push(self.diagnostic(diagnostic));
        }
        by_file
    }

    /// One message.
    #[must_use]
    pub fn diagnostic(&self, diagnostic: &Diagnostic) -> lsp::Diagnostic {
        let spot = self.spot(diagnostic.place);
        let mut message = diagnostic.message.text();
        if let Some(help) = diagnostic.message.help() {
            message.push_str("\nhelp: ");
            message.push_str(&help);
        }
        let related = diagnostic.labels.iter().filter_map(|label| {
            let location = self.location(&self.spot(label.place))?;
            Some(lsp::DiagnosticRelatedInformation { location, message: label.message.text() })
        });
        let related: Vec<_> = related.collect();
        lsp::Diagnostic {
            range: self.range(spot.file, &spot.range),
            severity: Some(match diagnostic.severity {
                Severity::Error => lsp::DiagnosticSeverity::ERROR,
                Severity::Warning => lsp::DiagnosticSeverity::WARNING,
                Severity::Note => lsp::DiagnosticSeverity::INFORMATION,
            }),
            code: Some(lsp::NumberOrString::String(diagnostic.message.code().to_owned())),
            source: Some("milepost".to_owned()),
            message,
            related_information: (!related.is_empty()).then_some(related),
            ..lsp::Diagnostic::default()
        }
    }

    fn spot(&self, place: Place) -> Spot {
        Spot::of(self.compilation(), place)
    }

    /// Changes of several files at once.
    #[must_use]
    pub fn workspace_edit(&self, edits: &[(Spot, String)]) -> lsp::WorkspaceEdit {
        let mut changes: HashMap<Url, Vec<lsp::TextEdit>> = HashMap::new();
        for (spot, text) in edits {
            let Some(uri) = self.uri(spot.file) else { continue };
            let edit = lsp::TextEdit { range: self.range(spot.file, &spot.range), new_text: text.clone() };
            let of_file = changes.entry(uri.clone()).or_default();
            if !of_file.contains(&edit) {
                of_file.push(edit);
            }
        }
        lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() }
    }
}
