//! Messages as data: a code, where, and arguments. The words are in [`crate::english`].

use crate::message::Message;
use crate::sources::{ItemId, Place, Sources};

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

impl Severity {
    /// As it is called.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
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

/// The stages that say something, in the order in which they do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) enum Stage {
    /// Reading and parsing.
    #[default]
    Load,
    /// Entering names.
    Declare,
    /// Resolving names.
    Resolve,
    /// Looking for circles among goals.
    Circles,
    /// Working out amounts.
    Expand,
    /// What is about the plan as a whole.
    Whole,
}

/// What said something: a stage, at work on an item. Whoever does the work of one item again takes back what was said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Maker {
    pub(crate) stage: Stage,
    pub(crate) item: ItemId,
}

/// Collects messages; every stage only appends.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Of each message, who says it.
    makers: Vec<Maker>,
    maker: Maker,
}

/// Messages in source order, and what it takes to do without some of them later.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) list: Vec<Diagnostic>,
    pub(crate) makers: Vec<Maker>,
    /// Messages that say the same as the one before them.
    pub(crate) twice: Vec<(Maker, Diagnostic)>,
}

impl Diagnostics {
    /// Adds a message.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
        self.makers.push(self.maker);
    }

    /// Starts on the work of one stage on one item.
    pub(crate) fn enter(&mut self, stage: Stage, item: ItemId) {
        self.maker = Maker { stage, item };
    }

    /// Adds a message that was said before.
    pub(crate) fn again(&mut self, maker: Maker, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
        self.makers.push(maker);
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
        self.makers.resize(self.list.len() + other.list.len(), self.maker);
        self.list.extend(other.list);
    }

    /// The messages in source order: by file, place and code.
    #[must_use]
    pub fn sorted(self, sources: &Sources) -> Vec<Diagnostic> {
        self.in_order(sources).list
    }

    /// The same, with who said them.
    pub(crate) fn in_order(self, sources: &Sources) -> Sorted {
        let mut order: Vec<_> = Vec::with_capacity(self.list.len());
        for (index, (diagnostic, maker)) in self.list.iter().zip(&self.makers).enumerate() {
            let (file, range) = sources.locate(diagnostic.place);
            let place = (file, range.start, range.end, diagnostic.severity, diagnostic.message.code());
            order.push((place, maker.stage, sources.rank(maker.item), index));
        }
        order.sort_unstable();
        let mut said: Vec<Option<Diagnostic>> = self.list.into_iter().map(Some).collect();
        let mut sorted = Sorted::default();
        sorted.list.reserve(said.len());
        sorted.makers.reserve(said.len());
        for (.., index) in order {
            let Some(diagnostic) = said.get_mut(index).and_then(Option::take) else { continue };
            let maker = self.makers.get(index).copied().unwrap_or_default();
            if sorted.list.last() == Some(&diagnostic) {
                sorted.twice.push((maker, diagnostic));
            } else {
                sorted.list.push(diagnostic);
                sorted.makers.push(maker);
            }
        }
        sorted
    }
}
