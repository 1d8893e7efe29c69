//! The texts that are open in the editor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use milepost_grammar::LineIndex;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

use crate::position::{Encoding, Lines};

/// A text that is open in the editor, saved or not.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file, where it is one.
    pub path: Option<PathBuf>,
    /// The number the editor gave to this state of it.
    pub version: i32,
    /// The text.
    pub text: Arc<str>,
    /// Where its lines begin.
    pub lines: Arc<LineIndex>,
    /// Whether it declares a plan.
    pub declares_plan: bool,
}

impl Document {
    /// A text as it was opened.
    #[must_use]
    pub fn new(uri: &Url, version: i32, text: &str) -> Self {
        let lines = Arc::new(LineIndex::new(text));
        let declares_plan = declares_plan(text);
        Self { path: file_of(uri), version, text: Arc::from(text), lines, declares_plan }
    }

    /// Takes changes in, one after the other.
    pub fn change(&mut self, version: i32, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) {
        for change in changes {
            let text: Arc<str> = match change.range {
                None => Arc::from(change.text.as_str()),
                Some(range) => {
                    let bytes = Lines { text: &self.text, index: &self.lines, encoding }.bytes(range);
                    let (before, after) = (self.text.get(..bytes.start), self.text.get(bytes.end..));
                    let parts = [before.unwrap_or(""), &change.text, after.unwrap_or("")];
                    Arc::from(parts.concat())
                }
            };
            self.lines = Arc::new(LineIndex::new(&text));
            self.text = text;
        }
        self.declares_plan = declares_plan(&self.text);
        self.version = version;
    }
}

/// All texts that are open.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    open: BTreeMap<Url, Document>,
    by_path: BTreeMap<PathBuf, Url>,
}

impl Documents {
    /// Takes in a text that was opened.
    pub fn open(&mut self, uri: Url, document: Document) {
        if let Some(path) = &document.path {
            self.by_path.insert(path.clone(), uri.clone());
        }
        self.open.insert(uri, document);
    }

    /// Forgets a text that was closed.
    pub fn close(&mut self, uri: &Url) {
        if let Some(path) = self.open.remove(uri).and_then(|document| document.path) {
            self.by_path.remove(&path);
        }
    }

    /// The text that is open as `uri`.
    #[must_use]
    pub fn get(&self, uri: &Url) -> Option<&Document> {
        self.open.get(uri)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, uri: &Url) -> Option<&mut Document> {
        self.open.get_mut(uri)
    }

    /// The text of the file at `path`, where it is open.
    #[must_use]
    pub fn at(&self, path: &Path) -> Option<&Document> {
        self.by_path.get(path).and_then(|uri| self.open.get(uri))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&Url, &Document)> {
        self.open.iter()
    }
}

/// Whether a text declares a plan: the word stands at the beginning of a line.
#[must_use]
pub fn declares_plan(text: &str) -> bool {
    const WORD: &str = "plan";
    let opens = |at: usize| {
        let rest = text.get(at..).and_then(|rest| rest.strip_prefix(WORD));
        rest.is_some_and(|rest| rest.starts_with([' ', '\t', '\u{3000}']))
    };
    let begins =
        |at: usize| matches!(text.get(..at), Some(before) if before.ends_with(['\n', '\r', '\u{feff}']));
    memchr::memmem::find_iter(text.as_bytes(), WORD).any(|at| (at == 0 || begins(at)) && opens(at))
}

/// The file that a URI names, without `.` and `..`.
#[must_use]
pub fn file_of(uri: &Url) -> Option<PathBuf> {
    (uri.scheme() == "file").then(|| uri.to_file_path().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tower_lsp::lsp_types::{Position, Range};

    use super::*;

    /// Pieces that are counted differently: one to four bytes, one or two units, and all ends of lines.
    fn text() -> impl Strategy<Value = String> {
        let piece =
            prop::sample::select(vec!["a", "é", "北", "😀", "\u{301}", "\n", "\r\n", "\r", " ", "{", "\""]);
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    /// Where a unit of a text stands, as a client says it; one within a character or a line's end is moved before it.
    fn position(text: &str, at: usize, encoding: Encoding) -> (usize, Position) {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) || text[..at].ends_with('\r') && text[at..].starts_with('\n') {
            at -= 1;
        }
        let before = text[..at].replace("\r\n", "\n").replace('\r', "\n");
        let last = before.rsplit('\n').next().unwrap();
        let column = match encoding {
            Encoding::Utf16 => last.encode_utf16().count(),
            Encoding::Utf8 => last.len(),
        };
        let line = before.matches('\n').count();
        (at, Position { line: line as u32, character: column as u32 })
    }

    proptest! {
        /// Edit upon edit, the text is the one that the client has.
        #[test]
        fn edits_make_the_text_that_the_client_has(
            first in text(),
            edits in prop::collection::vec((0..60_usize, 0..20_usize, text()), 1..20),
            utf8 in any::<bool>(),
        ) {
            let encoding = if utf8 { Encoding::Utf8 } else { Encoding::Utf16 };
            let uri = "untitled:a".parse().unwrap();
            let mut document = Document::new(&uri, 1, &first);
            let mut text = first;
            for (version, (start, length, with)) in (2..).zip(edits) {
                let (from, first) = position(&text, start, encoding);
                let (to, last) = position(&text, from + length, encoding);
                let (to, last) = if to < from { (from, first) } else { (to, last) };
                let range = Some(Range { start: first, end: last });
                let change = TextDocumentContentChangeEvent { range, range_length: None, text: with.clone() };
                document.change(version, &[change], encoding);
                text.replace_range(from..to, &with);
                prop_assert_eq!(&*document.text, &text);
                prop_assert_eq!(&*document.lines, &LineIndex::new(&text));
            }
        }
    }
}
