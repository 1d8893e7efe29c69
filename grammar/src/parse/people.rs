//! `team` and `person`.

use super::cursor::{Built, Node};
use super::{Builder, Rule};
use crate::ast::{Away, Limit, MemberStatement, OwnRate, Person, Ramp, Team, TeamStatement};
use crate::keyword::Block;

impl<'t> Builder<'t> {
    pub(super) fn team(&mut self, node: &Node<'t>) -> Built<Team> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::team_body);
        let body = self.body(body, Block::Team, TeamStatement::Broken, Self::team_statement);
        Ok(Team { name, title, body, span: node.span() })
    }

    fn team_statement(&mut self, node: &Node<'t>) -> Built<TeamStatement> {
        Ok(match node.rule() {
            Rule::lead => TeamStatement::Lead(self.only_name(node)?),
            Rule::team => TeamStatement::Team(self.team(node)?),
            Rule::person => TeamStatement::Person(self.person(node)?),
            _ => TeamStatement::Member(self.member_statement(node)?),
        })
    }

    pub(super) fn person(&mut self, node: &Node<'t>) -> Built<Person> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::person_body);
        let body = self.body(body, Block::Person, MemberStatement::Broken, |builder, node| {
            builder.member_statement(node)
        });
        Ok(Person { name, title, body, span: node.span() })
    }

    fn member_statement(&self, node: &Node<'t>) -> Built<MemberStatement> {
        let span = node.span();
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::role => MemberStatement::Role(self.only_name(node)?),
            Rule::weight => MemberStatement::Weight(self.only_number(node)?),
            Rule::from_date => MemberStatement::From(self.only_date(node)?),
            Rule::until => MemberStatement::Until(self.only_date(node)?),
            Rule::calendar_of => MemberStatement::Calendar(self.only_name(node)?),
            Rule::away => {
                let range = self.range(&nodes.need(Rule::range)?)?;
                MemberStatement::Away(Away { range, text: self.title(&mut nodes)?, span })
            }
            Rule::ramp => {
                let steps = std::iter::from_fn(|| nodes.opt(Rule::percent))
                    .map(|node| self.number(&node))
                    .collect::<Built<_>>()?;
                nodes.need(Rule::by_month)?;
                let after_start = nodes.opt(Rule::after_start).is_some();
                MemberStatement::Ramp(Ramp { steps, after_start, span })
            }
            Rule::limit => {
                let metric = self.name(&nodes.need(Rule::name)?);
                nodes.need(Rule::at_most)?;
                let amount = self.quantity(&nodes.need(Rule::quantity)?)?;
                let per = self.grain_word(&nodes.need(Rule::per_grain)?.children().any()?)?;
                MemberStatement::Limit(Limit { metric, amount, per, span })
            }
            Rule::own_rate => {
                let path = self.path(&nodes.need(Rule::dotted)?);
                let need = self.need(&nodes.any()?)?;
                MemberStatement::OwnRate(OwnRate { path, need, span })
            }
            _ => return Err(node.unexpected()),
        })
    }
}
