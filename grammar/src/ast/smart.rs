//! `smart`.

use crate::ast::{Name, Number, Path, Text};
use crate::span::{Span, Spanned};

/// `smart { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Smart {
    /// What the block says, in order.
    pub body: Vec<SmartStatement>,
    /// The whole block.
    pub span: Span,
}

/// The letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Letter {
    Specific,
    Measurable,
    Attainable,
    Relevant,
    TimeBound,
}

/// A statement of a smart block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum SmartStatement {
    /// `specific require owner, scope`
    Require {
        letter: Spanned<Letter>,
        what: Vec<Name>,
        span: Span,
    },
    /// `attainable growth 5%..30%, confidence at least 50%`
    Limits {
        letter: Spanned<Letter>,
        limits: Vec<SmartLimit>,
        span: Span,
    },
    /// `waive attainable.growth on win-north.book "why"`
    Waive {
        check: Path,
        on: Option<Path>,
        reason: Option<Text>,
        span: Span,
    },
    Broken(Span),
}

/// `growth 5%..30%` (percents)
#[derive(Clone, PartialEq, Debug)]
pub struct SmartLimit {
    /// Of what.
    pub what: Name,
    /// Not below this.
    pub least: Option<Number>,
    /// Not above this.
    pub most: Option<Number>,
    /// Where it was written.
    pub span: Span,
}
