//! Messages as data: a code, where, and arguments. The words are in [`crate::english`].

use crate::message::Message;
use crate::sources::Place;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The plan cannot mean this.
    Error,
    /// It can, but hardly should.
    Warning,
    /// Good to know.
    Note,
}

/// One message about one place.
#[derive(Clone, PartialEq, Debug)]
pub struct Diagnostic {
    /// What is said.
    pub message: Message,
    /// How bad it is.
    pub severity: Severity,
    /// Where; `None` for the plan as a whole.
    pub place: Place,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// Changes that mend it.
    pub fixes: Vec<Fix>,
}

/// Another place that matters to a message.
#[derive(Clone, PartialEq, Debug)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is there.
    pub message: Message,
}

/// A change that mends what a message is about.
#[derive(Clone, PartialEq, Debug)]
pub struct Fix {
    /// What it does.
    pub title: Message,
    /// Which text to replace with which.
    pub edits: Vec<(Place, String)>,
}

impl Diagnostic {
    /// A message at its usual severity, without labels and fixes.
    #[must_use]
    pub fn new(message: Message, place: Place) -> Self {
        let severity = message.severity();
        Self { message, severity, place, labels: Vec::new(), fixes: Vec::new() }
    }

    /// The same with another place that matters.
    #[must_use]
    pub fn label(mut self, place: Place, message: Message) -> Self {
        self.labels.push(Label { place, message });
        self
    }

    /// The same with a change that mends it.
    #[must_use]
    pub fn fix(mut self, title: Message, edits: Vec<(Place, String)>) -> Self {
        self.fixes.push(Fix { title, edits });
        self
    }
}

/// Collects messages; every stage only appends.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a message.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds a message at its usual severity.
    pub fn say(&mut self, message: Message, place: Place) {
        self.push(Diagnostic::new(message, place));
    }

    /// All messages so far.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Whether there is an error among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Adds all of `other`.
    pub fn append(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// The messages in source order: by file, place and code.
    #[must_use]
    pub fn sorted(mut self, sources: &crate::sources::Sources) -> Vec<Diagnostic> {
        self.list.sort_by_cached_key(|diagnostic| {
            let (file, range) = sources.locate(diagnostic.place);
            (file, range.start, range.end, diagnostic.severity, diagnostic.message.code())
        });
        self.list.dedup();
        self.list
    }
}
