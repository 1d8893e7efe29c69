//! `funnel`, `accounts` and `pipeline`.

use super::cursor::{Built, Node};
use super::{Builder, Rule};
use crate::ast::{
    Account, AccountStatement, Accounts, AccountsStatement, Category, Deal, DealStatement, Funnel,
    FunnelLine, FunnelStatement, OpenDeals, Pipeline, PipelineStage, PipelineStatement,
};
use crate::error::SyntaxError;
use crate::keyword::Block;
use crate::message::Message;
use crate::span::{Span, Spanned};

impl<'t> Builder<'t> {
    pub(super) fn funnel(&mut self, node: &Node<'t>) -> Built<Funnel> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::funnel_body);
        self.needs_block(node, body.as_ref(), "funnel");
        let body = self.body(body, Block::Funnel, FunnelStatement::Broken, |builder, node| {
            builder.funnel_line(node).map(FunnelStatement::Line)
        });
        Ok(Funnel { name, title, body, span: node.span() })
    }

    fn funnel_line(&self, node: &Node<'t>) -> Built<FunnelLine> {
        let mut nodes = node.children();
        let label = nodes.opt(Rule::label).map(|label| {
            let written = self.slice(label.span());
            let name = written.trim_end_matches([':', '：', ' ', '\t', '\u{3000}', '\u{a0}']);
            let start = label.span().start as usize;
            Spanned::new(super::value::plain_name(name), Span::new(start, start + name.len()))
        });
        let left = self.name(&nodes.need(Rule::name)?);
        nodes.need(Rule::needs_arrow)?;
        let right = self.name(&nodes.need(Rule::name)?);
        let need = self.need(&nodes.any()?)?;
        let (mut lag, mut part) = (None, None);
        for clause in nodes {
            let repeated = |word| Box::new(SyntaxError::new(clause.span(), Message::Repeated { word }));
            match clause.rule() {
                Rule::lag if lag.is_some() => return Err(repeated("lag")),
                Rule::lag => lag = Some(self.only_duration(&clause)?),
                Rule::for_part if part.is_some() => return Err(repeated("for")),
                Rule::for_part => part = Some(self.only_number(&clause)?),
                _ => return Err(clause.unexpected()),
            }
        }
        Ok(FunnelLine { label, left, right, need, lag, part, span: node.span() })
    }

    pub(super) fn accounts(&mut self, node: &Node<'t>) -> Built<Accounts> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let metric = self.only_name(&nodes.need(Rule::of_metric)?)?;
        let mut table = self.table(&mut nodes)?;
        let body = nodes.opt(Rule::accounts_body);
        if !table.is_read() {
            self.needs_block(node, body.as_ref(), "accounts");
        }
        let body =
            self.table_body(body, Block::Accounts, &mut table, AccountsStatement::Broken, |builder, node| {
                match node.rule() {
                    Rule::retain => Ok(AccountsStatement::Retain(builder.only_rate(node)?)),
                    _ => Ok(AccountsStatement::Account(builder.account(node)?)),
                }
            });
        Ok(Accounts { name, title, metric, from: table.source(node.span()), body, span: node.span() })
    }

    fn account(&mut self, node: &Node<'t>) -> Built<Account> {
        let mut nodes = node.children();
        let title = self.text(&nodes.need(Rule::text)?)?;
        let amount = self.quantity(&nodes.need(Rule::quantity)?)?;
        let body = nodes.opt(Rule::account_body);
        let body = self.body(body, Block::Account, AccountStatement::Broken, |builder, node| {
            Ok(match node.rule() {
                Rule::retain => AccountStatement::Retain(builder.only_rate(node)?),
                Rule::owner_one => AccountStatement::Owner(builder.only_name(node)?),
                Rule::renews => AccountStatement::Renews(builder.only_date(node)?),
                _ => return Err(node.unexpected()),
            })
        });
        Ok(Account { title, amount, body, span: node.span() })
    }

    pub(super) fn pipeline(&mut self, node: &Node<'t>) -> Built<Pipeline> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let metric = self.only_name(&nodes.need(Rule::of_metric)?)?;
        let mut table = self.table(&mut nodes)?;
        let body = nodes.opt(Rule::pipeline_body);
        if !table.is_read() {
            self.needs_block(node, body.as_ref(), "pipeline");
        }
        let body = self.table_body(
            body,
            Block::Pipeline,
            &mut table,
            PipelineStatement::Broken,
            Self::pipeline_statement,
        );
        Ok(Pipeline { name, title, metric, from: table.source(node.span()), body, span: node.span() })
    }

    fn pipeline_statement(&mut self, node: &Node<'t>) -> Built<PipelineStatement> {
        let span = node.span();
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::open_deals => {
                let least = self.number(&nodes.need(Rule::number)?)?;
                let most = match nodes.opt(Rule::number) {
                    Some(most) => self.number(&most)?,
                    None => least,
                };
                let each = nodes.opt(Rule::each).is_some();
                PipelineStatement::Open(OpenDeals { least, most, each, span })
            }
            Rule::stage_chance => {
                let name = self.name(&nodes.need(Rule::name)?);
                let probability = self.rate(&nodes.need(Rule::rate)?)?;
                PipelineStatement::Stage(PipelineStage { name, probability, span })
            }
            Rule::deal => PipelineStatement::Deal(self.deal(node)?),
            _ => return Err(node.unexpected()),
        })
    }

    fn deal(&mut self, node: &Node<'t>) -> Built<Deal> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::deal_body);
        let body =
            self.body(body, Block::Deal, DealStatement::Broken, |builder, node| builder.deal_statement(node));
        Ok(Deal { name, title, body, span: node.span() })
    }

    fn deal_statement(&self, node: &Node<'t>) -> Built<DealStatement> {
        let span = node.span();
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::deal_amount => DealStatement::Amount(self.only_quantity(node)?),
            Rule::close_date => DealStatement::Close(self.only_date(node)?),
            Rule::owner_one => DealStatement::Owner(self.only_name(node)?),
            Rule::stage => DealStatement::Stage(self.only_name(node)?),
            Rule::probability => DealStatement::Probability(self.only_rate(node)?),
            Rule::category => {
                let word = nodes.need(Rule::category_word)?;
                let category = match self.slice(word.span()) {
                    "commit" => Category::Commit,
                    "best-case" => Category::BestCase,
                    "pipeline" => Category::Pipeline,
                    _ => Category::Omitted,
                };
                DealStatement::Category(Spanned::new(category, word.span()))
            }
            Rule::next_step => {
                let what = self.text(&nodes.need(Rule::text)?)?;
                let by = nodes.opt(Rule::by_date).map(|by| self.only_date(&by)).transpose()?;
                DealStatement::Next { what, by, span }
            }
            Rule::won => {
                let on = self.date(&nodes.need(Rule::date)?)?;
                let amount = nodes.opt(Rule::quantity).map(|amount| self.quantity(&amount)).transpose()?;
                DealStatement::Won { on, amount, span }
            }
            Rule::lost => {
                let on = self.date(&nodes.need(Rule::date)?)?;
                DealStatement::Lost { on, why: self.title(&mut nodes)?, span }
            }
            _ => return Err(node.unexpected()),
        })
    }
}
