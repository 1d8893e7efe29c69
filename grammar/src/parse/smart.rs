//! `smart`.

use super::cursor::{Built, Node};
use super::{Builder, Rule};
use crate::ast::{Letter, Smart, SmartLimit, SmartStatement};
use crate::keyword::Block;
use crate::span::Spanned;

impl<'t> Builder<'t> {
    pub(super) fn smart(&mut self, node: &Node<'t>) -> Built<Smart> {
        let body = node.children().opt(Rule::smart_body);
        self.needs_block(node, body.as_ref(), "smart");
        let body = self
            .body(body, Block::Smart, SmartStatement::Broken, |builder, node| builder.smart_statement(node));
        Ok(Smart { body, span: node.span() })
    }

    fn smart_statement(&self, node: &Node<'t>) -> Built<SmartStatement> {
        let span = node.span();
        let mut nodes = node.children();
        if node.rule() == Rule::waive {
            let check = self.path(&nodes.need(Rule::path)?);
            let on = match nodes.opt(Rule::on_path) {
                Some(on) => Some(self.path(&on.children().need(Rule::path)?)),
                None => None,
            };
            return Ok(SmartStatement::Waive { check, on, reason: self.title(&mut nodes)?, span });
        }
        let word = nodes.need(Rule::letter)?;
        let letter = match self.slice(word.span()) {
            "specific" => Letter::Specific,
            "measurable" => Letter::Measurable,
            "attainable" => Letter::Attainable,
            "relevant" => Letter::Relevant,
            _ => Letter::TimeBound,
        };
        let letter = Spanned::new(letter, word.span());
        if let Some(require) = nodes.opt(Rule::require_list) {
            let what = self.names(&mut require.children(), Rule::name);
            return Ok(SmartStatement::Require { letter, what, span });
        }
        let limits = nodes.map(|limit| self.smart_limit(&limit)).collect::<Built<_>>()?;
        Ok(SmartStatement::Limits { letter, limits, span })
    }

    fn smart_limit(&self, node: &Node<'t>) -> Built<SmartLimit> {
        let mut nodes = node.children();
        let what = self.name(&nodes.need(Rule::name)?);
        let bounds = nodes.any()?;
        let mut inner = bounds.children();
        let (least, most) = match bounds.rule() {
            Rule::limit_range => {
                let least = self.number(&inner.need(Rule::lowest)?)?;
                (Some(least), Some(self.number(&inner.need(Rule::percent)?)?))
            }
            Rule::limit_most => {
                inner.need(Rule::at_most)?;
                (None, Some(self.number(&inner.need(Rule::percent)?)?))
            }
            _ => {
                inner.need(Rule::at_least)?;
                (Some(self.number(&inner.need(Rule::percent)?)?), None)
            }
        };
        Ok(SmartLimit { what, least, most, span: node.span() })
    }
}
