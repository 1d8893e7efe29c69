//! Byte ranges within the text of one top-level item.

use std::fmt;
use std::ops::Deref;

/// A half-open range of bytes, counted from the start of the top-level item it lies in.
///
/// Spans are relative so that an item that an edit merely moved keeps its tree; whoever knows where
/// the item starts adds its offset (see [`crate::ParsedItem`]).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; positions past 4 GiB are held at the largest one.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span as a range of `usize`, moved by `offset` bytes.
    #[must_use]
    pub fn at(self, offset: usize) -> std::ops::Range<usize> {
        (self.start as usize + offset)..(self.end as usize + offset)
    }

    /// Whether `position` lies in the span or right behind it.
    #[must_use]
    pub fn touches(self, position: u32) -> bool {
        self.start <= position && position <= self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A value and where it was written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value` as written at `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
