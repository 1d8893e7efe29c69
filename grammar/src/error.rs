//! What is wrong with a text, where, and how a machine could mend it.

use crate::message::Message;
use crate::span::Span;

/// An error of the text itself.
#[derive(Clone, PartialEq, Debug)]
pub struct SyntaxError {
    /// Where, relative to the item.
    pub span: Span,
    /// What.
    pub message: Message,
    /// A change that mends it, where one is certain enough to be offered.
    pub fix: Option<Fix>,
}

impl SyntaxError {
    /// An error without a machine fix.
    #[must_use]
    pub const fn new(span: Span, message: Message) -> Self {
        Self { span, message, fix: None }
    }

    /// The same error with the fix that its own span be `replacement`.
    #[must_use]
    pub fn replace(self, replacement: impl Into<String>) -> Self {
        let span = self.span;
        self.fix(span, replacement)
    }

    /// The same error with the fix that `span` be `replacement`.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }
}

/// A replacement of a piece of text; an empty span inserts.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Fix {
    /// What is replaced, relative to the item.
    pub span: Span,
    /// By what.
    pub replacement: String,
}
