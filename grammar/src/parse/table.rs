//! `history`, `actual`, `actuals`, and data that comes from tables.

use super::cursor::{Built, Node, Nodes};
use super::{Builder, Rule};
use crate::ast::{
    Actual, ActualStatement, Actuals, Column, History, HistoryStatement, Name, TableSource, Text,
};
use crate::error::SyntaxError;
use crate::keyword::Block;
use crate::message::Message;
use crate::span::Span;

/// What is gathered about a table while its block is read.
pub(super) struct Table {
    files: Vec<Text>,
    columns: Vec<Column>,
    encoding: Option<Name>,
    start: Span,
}

impl Table {
    /// Whether a file was named.
    pub(super) fn is_read(&self) -> bool {
        !self.files.is_empty()
    }

    /// The source, if a file was named.
    pub(super) fn source(self, end: Span) -> Option<TableSource> {
        if !self.is_read() {
            return None;
        }
        let span = Span { start: self.start.start, end: end.end };
        Some(TableSource { files: self.files, columns: self.columns, encoding: self.encoding, span })
    }
}

impl<'t> Builder<'t> {
    /// The files of `from "a.csv", "b.csv"`, if that comes next.
    pub(super) fn table(&self, nodes: &mut Nodes<'t>) -> Built<Table> {
        let mut table =
            Table { files: Vec::new(), columns: Vec::new(), encoding: None, start: Span::default() };
        if let Some(from) = nodes.opt(Rule::from_files) {
            table.start = from.span();
            table.files = self.texts(&mut from.children())?;
        }
        Ok(table)
    }

    /// The statements of a block that may name columns; those go to the table.
    pub(super) fn table_body<S>(
        &mut self,
        body: Option<Node<'t>>,
        block: Block,
        table: &mut Table,
        broken: fn(Span) -> S,
        mut statement: impl FnMut(&mut Self, &Node<'t>) -> Built<S>,
    ) -> Vec<S> {
        let statements = self.body(
            body,
            block,
            |span| Some(broken(span)),
            |builder, node| {
                if matches!(node.rule(), Rule::column | Rule::encoding) {
                    builder.column(node, table)?;
                    return Ok(None);
                }
                statement(builder, node).map(Some)
            },
        );
        statements.into_iter().flatten().collect()
    }

    fn column(&self, node: &Node<'t>, table: &mut Table) -> Built<()> {
        let mut nodes = node.children();
        let field = nodes.need(Rule::name)?;
        if !table.is_read() {
            let field = if node.rule() == Rule::encoding { "encoding" } else { self.slice(field.span()) };
            let message = Message::ColumnWithoutFile { word: field.to_owned() };
            return Err(Box::new(SyntaxError::new(node.span(), message)));
        }
        let field = self.name(&field);
        if node.rule() == Rule::encoding {
            if table.encoding.is_some() {
                return Err(Box::new(SyntaxError::new(node.span(), Message::Repeated { word: "encoding" })));
            }
            table.encoding = Some(field);
            return Ok(());
        }
        let heading = self.text(&nodes.need(Rule::text)?)?;
        let format = nodes.opt(Rule::column_format).map(|format| self.only_text(&format)).transpose()?;
        table.columns.push(Column { field, heading, format, span: node.span() });
        Ok(())
    }

    /// `of METRIC`, if that comes next.
    pub(super) fn of_metric(&self, nodes: &mut Nodes<'t>) -> Built<Option<Name>> {
        nodes.opt(Rule::of_metric).map(|of| self.only_name(&of)).transpose()
    }

    pub(super) fn history(&mut self, node: &Node<'t>) -> Built<History> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let metric = self.of_metric(&mut nodes)?;
        let mut table = self.table(&mut nodes)?;
        let body = nodes.opt(Rule::history_body);
        if !table.is_read() {
            self.needs_block(node, body.as_ref(), "history");
        }
        let body =
            self.table_body(body, Block::History, &mut table, HistoryStatement::Broken, |builder, node| {
                builder.history_entry(node)
            });
        Ok(History { name, title, metric, from: table.source(node.span()), body, span: node.span() })
    }

    fn history_entry(&self, node: &Node<'t>) -> Built<HistoryStatement> {
        let mut nodes = node.children();
        let when = self.moment(&nodes.need(Rule::moment)?)?;
        let amount = self.quantity(&nodes.need(Rule::quantity)?)?;
        let planned = nodes.opt(Rule::of_planned).map(|of| self.only_quantity(&of)).transpose()?;
        Ok(HistoryStatement::Entry { when, amount, planned, span: node.span() })
    }

    pub(super) fn actual(&mut self, node: &Node<'t>) -> Built<Actual> {
        let mut nodes = node.children();
        let metric = self.name(&nodes.need(Rule::name)?);
        let body = nodes.opt(Rule::actual_body);
        self.needs_block(node, body.as_ref(), "actual");
        let body = self
            .body(body, Block::Actual, ActualStatement::Broken, |builder, node| builder.actual_entry(node));
        Ok(Actual { metric, body, span: node.span() })
    }

    fn actual_entry(&self, node: &Node<'t>) -> Built<ActualStatement> {
        let mut nodes = node.children();
        let on = self.date(&nodes.need(Rule::date)?)?;
        let who = nodes.opt(Rule::name).map(|name| self.name(&name));
        let amount = self.quantity(&nodes.need(Rule::signed_quantity)?)?;
        let note = self.title(&mut nodes)?;
        Ok(ActualStatement::Entry { on, who, amount, note, span: node.span() })
    }

    pub(super) fn actuals(&mut self, node: &Node<'t>) -> Built<Actuals> {
        let mut nodes = node.children();
        let mut table = self.table(&mut nodes)?;
        let body = nodes.opt(Rule::columns_body);
        self.table_body(body, Block::Actuals, &mut table, drop, |_, node| Err(node.unexpected()));
        let from = table.source(node.span()).ok_or_else(|| node.unexpected())?;
        Ok(Actuals { from, span: node.span() })
    }
}
