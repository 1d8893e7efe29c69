//! Reading text: [`parse()`] for a file, [`parse_item`] for one top-level item.
//!
//! The only module that names the grammar's rules. Each block's builder turns pairs into the tree; a statement
//! that the builder refuses (a date that does not exist, a number that is too large) becomes `Broken` like one
//! that no rule could read.

mod cursor;
mod diagnose;
mod expected;
mod funnel;
mod goal;
mod lexical;
mod measure;
mod metric;
mod moment;
mod number;
mod people;
mod plan;
mod recovery;
mod smart;
mod table;
mod value;
mod work;

use std::sync::Arc;

use pest::Parser;

use crate::ast::{Declaration, Override};
use crate::error::SyntaxError;
use crate::keyword::Block;
use crate::message::{Found, Message};
use crate::scan::{Mark, MarkKind, Scanner, is_space};
use crate::span::Span;
use crate::split::split;
use cursor::{Built, Node, Nodes};
pub use moment::{Moment, moment};
pub use number::number;
use rules::{MilepostParser, Rule};

#[allow(missing_docs, unreachable_pub)] // derived
mod rules {
    /// The parser that pest derives from the grammar.
    #[derive(pest_derive::Parser)]
    #[grammar = "milepost.pest"]
    pub(super) struct MilepostParser;
}

/// A whole file, read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Parse {
    /// The top-level items, in order.
    pub items: Vec<ParsedItem>,
}

impl Parse {
    /// All errors, each with the byte at which its item starts.
    pub fn errors(&self) -> impl Iterator<Item = (usize, &SyntaxError)> {
        self.items.iter().flat_map(|parsed| parsed.item.errors.iter().map(|error| (parsed.offset, error)))
    }
}

/// A top-level item and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct ParsedItem {
    /// The byte of the file at which the item starts; all spans within count from there.
    pub offset: usize,
    /// The item; it can be kept when an edit elsewhere moves it.
    pub item: Arc<Item>,
}

/// A top-level item, read.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// What it declares.
    pub declaration: Declaration,
    /// What is wrong with its text, in order.
    pub errors: Vec<SyntaxError>,
    /// The length of its text in bytes.
    pub len: usize,
    /// The statements that could not be read; the formatter leaves them alone.
    pub(crate) broken: Vec<Span>,
}

/// Reads a whole file. Never fails: what cannot be read is an error of its item.
#[must_use]
pub fn parse(text: &str) -> Parse {
    let items = split(text)
        .into_iter()
        .map(|range| ParsedItem {
            offset: range.start,
            item: Arc::new(parse_item(text.get(range).unwrap_or(""))),
        })
        .collect();
    Parse { items }
}

/// Reads one top-level item. Depends on nothing but its text; [`parse()`] is [`split()`] and this.
#[must_use]
pub fn parse_item(text: &str) -> Item {
    let whole = Span::new(0, text.len());
    let recovered = match recovery::recover(text) {
        Ok(recovered) => recovered,
        Err(error) => {
            return Item {
                declaration: Declaration::Broken(whole),
                errors: vec![error],
                len: text.len(),
                broken: vec![whole],
            };
        }
    };
    let mut builder = Builder { text: &recovered.text, errors: recovered.errors, broken: Vec::new() };
    if !builder.errors.is_empty() {
        builder.broken.push(whole);
    }
    let declaration = match MilepostParser::parse(Rule::item, &recovered.parsed) {
        Ok(pairs) => builder.item(Nodes::new(pairs), whole),
        Err(_) => builder.broken_item(whole),
    };
    let Builder { mut errors, broken, .. } = builder;
    errors.sort_by_key(|error| error.span);
    Item { declaration, errors, len: text.len(), broken }
}

/// Reads one line of a scenario, `field-sales.orders 1 in 25`, which stands alone. Spans count from its start.
///
/// # Errors
/// If it is no such line, or something stands behind it.
pub fn parse_override(text: &str) -> Result<Override, SyntaxError> {
    let mut builder = Builder { text, errors: Vec::new(), broken: Vec::new() };
    let whole = Span::new(0, text.len());
    if let Ok(pairs) = MilepostParser::parse(Rule::override_value, text) {
        let node = Nodes::new(pairs).any().map_err(|error| *error)?;
        let rest = Span { start: node.span().end, ..whole };
        let behind = builder.slice(rest);
        if behind.trim().is_empty() {
            return builder.override_value(&node).map_err(|error| *error);
        }
        let found = lexical::token(behind.trim_start()).to_owned();
        return Err(SyntaxError::new(rest, Message::Leftover { found }));
    }
    builder.diagnose(Block::Scenario, whole);
    let unread =
        Message::Unexpected { expected: Vec::new(), found: Found::Text(text.to_owned()), form: None };
    Err(builder.errors.into_iter().next().unwrap_or_else(|| SyntaxError::new(whole, unread)))
}

/// What is gathered while a tree is built.
struct Builder<'t> {
    /// The item's own text; what the parser saw may have forgotten braces put in.
    text: &'t str,
    errors: Vec<SyntaxError>,
    broken: Vec<Span>,
}

impl<'t> Builder<'t> {
    fn item(&mut self, mut nodes: Nodes<'t>, whole: Span) -> Declaration {
        let Some(item) = nodes.next() else { return self.broken_item(whole) };
        let mut children = item.children();
        let Some(node) = children.next() else { return self.broken_item(whole) };
        let declaration = match self.declaration(&node) {
            Ok(Some(declaration)) => declaration,
            Ok(None) => return self.broken_item(whole),
            Err(error) => {
                self.errors.push(*error);
                self.broken.push(whole);
                return Declaration::Broken(whole);
            }
        };
        if let Some(leftover) = children.next() {
            let found = lexical::token(self.slice(leftover.span()));
            self.errors
                .push(SyntaxError::new(leftover.span(), Message::Leftover { found: found.to_owned() }));
            self.broken.push(whole);
        }
        declaration
    }

    fn declaration(&mut self, node: &Node<'t>) -> Built<Option<Declaration>> {
        Ok(Some(match node.rule() {
            Rule::plan => Declaration::Plan(self.plan(node)?),
            Rule::include => Declaration::Include(self.only_text(node)?),
            Rule::calendar => Declaration::Calendar(self.calendar(node)?),
            Rule::metric => Declaration::Metric(self.metric(node)?),
            Rule::team => Declaration::Team(self.team(node)?),
            Rule::person => Declaration::Person(self.person(node)?),
            Rule::history => Declaration::History(self.history(node)?),
            Rule::funnel => Declaration::Funnel(self.funnel(node)?),
            Rule::accounts => Declaration::Accounts(self.accounts(node)?),
            Rule::pipeline => Declaration::Pipeline(self.pipeline(node)?),
            Rule::objective => Declaration::Objective(self.objective(node)?),
            Rule::action => Declaration::Action(self.action(node)?),
            Rule::review => Declaration::Review(self.review(node)?),
            Rule::incentive => Declaration::Incentive(self.incentive(node)?),
            Rule::actual => Declaration::Actual(self.actual(node)?),
            Rule::actuals => Declaration::Actuals(self.actuals(node)?),
            Rule::scenario => Declaration::Scenario(self.scenario(node)?),
            Rule::smart => Declaration::Smart(self.smart(node)?),
            _ => return Ok(None),
        }))
    }

    /// An item that no rule of the top level could read.
    fn broken_item(&mut self, whole: Span) -> Declaration {
        if self.errors.is_empty() {
            self.diagnose(Block::File, whole);
        }
        self.broken.push(whole);
        Declaration::Broken(whole)
    }

    /// The statements of a block, in order; those that cannot be read are reported and become `broken`.
    fn body<S>(
        &mut self,
        body: Option<Node<'t>>,
        block: Block,
        broken: impl Fn(Span) -> S,
        mut statement: impl FnMut(&mut Self, &Node<'t>) -> Built<S>,
    ) -> Vec<S> {
        let Some(body) = body else { return Vec::new() };
        let mut statements = Vec::new();
        for node in body.children() {
            let span = node.span();
            if node.rule() == Rule::broken {
                let span = self.trimmed(span);
                self.diagnose(block, span);
                self.broken.push(span);
                statements.push(broken(span));
                continue;
            }
            statements.push(match statement(self, &node) {
                Ok(statement) => statement,
                Err(error) => {
                    self.errors.push(*error);
                    self.broken.push(span);
                    broken(span)
                }
            });
        }
        statements
    }

    /// Like [`Self::body`] for entries that the tree has no broken form of: they are reported and left out.
    /// The flag says whether any were.
    fn entries<S>(
        &mut self,
        body: Option<Node<'t>>,
        block: Block,
        mut entry: impl FnMut(&mut Self, &Node<'t>) -> Built<S>,
    ) -> (Vec<S>, bool) {
        let entries = self.body(body, block, |_| None, |builder, node| entry(builder, node).map(Some));
        let whole = entries.iter().all(Option::is_some);
        (entries.into_iter().flatten().collect(), whole)
    }

    /// The text at `span`.
    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.at(0)).unwrap_or("")
    }

    /// `span` without the white space, and the comments of a list that breaks off, at its end.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.slice(span);
        let len = if text.contains(['\n', '\r']) {
            let said = |mark: &Mark| !matches!(mark.kind, MarkKind::LineEnd | MarkKind::Comment);
            Scanner::new(text).filter(said).last().map_or(0, |mark| mark.range.end)
        } else {
            text.trim_end_matches(is_space).len()
        };
        Span::new(span.start as usize, span.start as usize + len)
    }

    /// Reports that a declaration has no block, unless it has one.
    fn needs_block(&mut self, node: &Node<'t>, body: Option<&Node<'t>>, word: &'static str) {
        if body.is_none() {
            let span = self.trimmed(node.span());
            let end = Span { start: span.end, ..span };
            self.errors.push(SyntaxError::new(span, Message::MissingBlock { word }).fix(end, " { }"));
        }
    }
}
