//! `objective`, `key-result`, and what both may say.

use super::cursor::{Built, Node};
use super::{Builder, Rule};
use crate::ast::{
    CheckIn, GoalStatement, GoalType, KeyResult, KeyResultStatement, Objective, ObjectiveStatement,
};
use crate::error::SyntaxError;
use crate::keyword::Block;
use crate::message::Message;
use crate::span::Spanned;
use crate::token::plain_digit;

impl<'t> Builder<'t> {
    pub(super) fn objective(&mut self, node: &Node<'t>) -> Built<Objective> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::objective_body);
        let body = self.body(body, Block::Objective, ObjectiveStatement::Broken, |builder, node| {
            Ok(match node.rule() {
                Rule::key_result => ObjectiveStatement::KeyResult(builder.key_result(node)?),
                _ => ObjectiveStatement::Goal(builder.goal_statement(node)?),
            })
        });
        Ok(Objective { name, title, body, span: node.span() })
    }

    fn key_result(&mut self, node: &Node<'t>) -> Built<KeyResult> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::key_result_body);
        let body = self.body(body, Block::KeyResult, KeyResultStatement::Broken, Self::key_result_statement);
        Ok(KeyResult { name, title, body, span: node.span() })
    }

    pub(super) fn goal_statement(&mut self, node: &Node<'t>) -> Built<GoalStatement> {
        let span = node.span();
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::owner => GoalStatement::Owner(self.names(&mut nodes, Rule::name), span),
            Rule::goal_type => {
                let word = nodes.need(Rule::type_word)?;
                let value = match self.slice(word.span()) {
                    "committed" => GoalType::Committed,
                    _ => GoalType::Aspirational,
                };
                GoalStatement::Type(Spanned::new(value, word.span()))
            }
            Rule::supports => GoalStatement::Supports(self.paths(&mut nodes), span),
            Rule::during => GoalStatement::During(self.only_range(node)?),
            Rule::why => GoalStatement::Why(self.only_text(node)?),
            Rule::assume => GoalStatement::Assume(self.only_text(node)?),
            Rule::obstacle => GoalStatement::Obstacle(self.only_text(node)?),
            Rule::scope => GoalStatement::Scope(self.only_text(node)?),
            Rule::weight => GoalStatement::Weight(self.only_number(node)?),
            Rule::priority => GoalStatement::Priority(self.priority(node)?),
            Rule::dropped => {
                let on = self.date(&nodes.need(Rule::date)?)?;
                GoalStatement::Dropped { on, why: self.title(&mut nodes)?, span }
            }
            Rule::check_in => GoalStatement::CheckIn(self.check_in(node)?),
            Rule::smart => GoalStatement::Smart(self.smart(node)?),
            _ => return Err(node.unexpected()),
        })
    }

    pub(super) fn priority(&self, node: &Node<'t>) -> Built<Spanned<u32>> {
        let level = node.children().need(Rule::priority_level)?;
        let digit = self.slice(level.span()).chars().filter_map(plain_digit).find_map(|c| c.to_digit(10));
        Ok(Spanned::new(digit.unwrap_or_default(), level.span()))
    }

    fn check_in(&mut self, node: &Node<'t>) -> Built<CheckIn> {
        let mut nodes = node.children();
        let on = self.date(&nodes.need(Rule::date)?)?;
        let body = nodes.opt(Rule::check_in_body);
        let mut check_in = CheckIn {
            on,
            confidence: None,
            good: Vec::new(),
            bad: Vec::new(),
            next: Vec::new(),
            span: node.span(),
        };
        self.entries(body, Block::CheckIn, |builder, node| {
            match node.rule() {
                Rule::confidence if check_in.confidence.is_some() => {
                    let message = Message::Repeated { word: "confidence" };
                    return Err(Box::new(SyntaxError::new(node.span(), message)));
                }
                Rule::confidence => check_in.confidence = Some(builder.only_number(node)?),
                Rule::good => check_in.good.push(builder.only_text(node)?),
                Rule::bad => check_in.bad.push(builder.only_text(node)?),
                Rule::next => check_in.next.push(builder.only_text(node)?),
                _ => return Err(node.unexpected()),
            }
            Ok(())
        });
        Ok(check_in)
    }
}
