//! Statements that are said once.

use milepost_grammar::Span;

use super::Resolver;
use crate::message::Message;

/// The value of a statement that is said at most once; the first one holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Once<T>(Option<(T, Span)>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Once<T> {
    /// Takes the value of `statement` at `span`, or says that it was said before.
    pub(super) fn set(&mut self, resolver: &mut Resolver<'_>, statement: &'static str, value: T, span: Span) {
        match &self.0 {
            None => self.0 = Some((value, span)),
            Some((_, first)) => {
                resolver.twice(Message::SaidTwice { statement: statement.to_owned() }, span, *first);
            }
        }
    }

    pub(super) fn value(self) -> Option<T> {
        self.0.map(|(value, _)| value)
    }

    pub(super) fn span(&self) -> Option<Span> {
        self.0.as_ref().map(|(_, span)| *span)
    }

    pub(super) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(value, _)| value)
    }
}
