//! A thin walk over pest's pairs: no panics, comments left out.

use pest::iterators::{Pair, Pairs};

use super::Rule;
use crate::error::SyntaxError;
use crate::message::{Found, Message};
use crate::span::Span;

/// What a builder makes, or why it cannot.
pub(super) type Built<T> = Result<T, Box<SyntaxError>>;

/// A matched rule.
#[derive(Clone)]
pub(super) struct Node<'t> {
    pair: Pair<'t, Rule>,
    span: Span,
}

impl<'t> Node<'t> {
    fn new(pair: Pair<'t, Rule>) -> Self {
        let span = pair.as_span();
        let span = Span::new(span.start(), span.end());
        Self { pair, span }
    }

    pub(super) fn rule(&self) -> Rule {
        self.pair.as_rule()
    }

    pub(super) fn span(&self) -> Span {
        self.span
    }

    pub(super) fn children(&self) -> Nodes<'t> {
        Nodes::new(self.pair.clone().into_inner())
    }

    /// The error for a tree that does not look as the grammar promises.
    pub(super) fn unexpected(&self) -> Box<SyntaxError> {
        let message = Message::Unexpected {
            expected: Vec::new(),
            found: Found::Text(self.pair.as_str().to_owned()),
            form: None,
        };
        Box::new(SyntaxError::new(self.span, message))
    }
}

/// The matched rules within a rule, in order.
#[derive(Clone)]
pub(super) struct Nodes<'t> {
    pairs: Pairs<'t, Rule>,
    ahead: Option<Node<'t>>,
    end: Span,
}

impl<'t> Nodes<'t> {
    pub(super) fn new(pairs: Pairs<'t, Rule>) -> Self {
        Self { pairs, ahead: None, end: Span::default() }
    }

    /// What comes next, without taking it.
    pub(super) fn peek(&mut self) -> Option<&Node<'t>> {
        if self.ahead.is_none() {
            self.ahead = self.pull();
        }
        self.ahead.as_ref()
    }

    fn pull(&mut self) -> Option<Node<'t>> {
        let pair = self.pairs.by_ref().find(|pair| !matches!(pair.as_rule(), Rule::comment | Rule::EOI))?;
        let node = Node::new(pair);
        self.end = node.span();
        Some(node)
    }

    /// Takes the next one if it is of `rule`.
    pub(super) fn opt(&mut self, rule: Rule) -> Option<Node<'t>> {
        if self.peek()?.rule() == rule { self.next() } else { None }
    }

    /// Takes the next one, whatever it is; the grammar promises that there is one.
    pub(super) fn any(&mut self) -> Built<Node<'t>> {
        let end = self.end;
        self.next().ok_or_else(|| {
            let message = Message::Unexpected { expected: Vec::new(), found: Found::LineEnd, form: None };
            Box::new(SyntaxError::new(end, message))
        })
    }

    /// Takes the next one, which the grammar promises to be of `rule`.
    pub(super) fn need(&mut self, rule: Rule) -> Built<Node<'t>> {
        let node = self.any()?;
        if node.rule() == rule { Ok(node) } else { Err(node.unexpected()) }
    }
}

impl<'t> Iterator for Nodes<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        match self.ahead.take() {
            Some(node) => Some(node),
            None => self.pull(),
        }
    }
}
