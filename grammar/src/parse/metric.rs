//! `metric`.

use super::cursor::{Built, Node};
use super::value::{plain_sign, unit};
use super::{Builder, Rule};
use crate::ast::{Better, Formula, Metric, MetricKind, MetricStatement, Total, Unit, WeekdayWeight};
use crate::keyword::Block;
use crate::span::Spanned;

impl<'t> Builder<'t> {
    pub(super) fn metric(&mut self, node: &Node<'t>) -> Built<Metric> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let formula = nodes.opt(Rule::formula).map(|formula| self.formula(&formula)).transpose()?;
        let body = nodes.opt(Rule::metric_body);
        let body = self.body(body, Block::Metric, MetricStatement::Broken, Self::metric_statement);
        Ok(Metric { name, title, formula, body, span: node.span() })
    }

    fn formula(&self, node: &Node<'t>) -> Built<Formula> {
        let mut nodes = node.children();
        let first = self.name(&nodes.need(Rule::name)?);
        if let Some(over) = nodes.opt(Rule::over) {
            return Ok(Formula::Ratio(first, self.only_name(&over)?));
        }
        let mut parts = vec![first];
        for plus in nodes {
            parts.push(self.only_name(&plus)?);
        }
        Ok(Formula::Sum(parts))
    }

    fn metric_statement(&mut self, node: &Node<'t>) -> Built<MetricStatement> {
        let value = node.children().any()?;
        let span = value.span();
        let word = self.slice(span);
        Ok(match node.rule() {
            Rule::kind => {
                let kind = if word == "outcome" { MetricKind::Outcome } else { MetricKind::Activity };
                MetricStatement::Kind(Spanned::new(kind, span))
            }
            Rule::better => {
                let better = if word == "higher" { Better::Higher } else { Better::Lower };
                MetricStatement::Better(Spanned::new(better, span))
            }
            Rule::total => {
                let total = if word == "sum" { Total::Sum } else { Total::Last };
                MetricStatement::Total(Spanned::new(total, span))
            }
            Rule::grain => MetricStatement::Grain(self.grain_word(&value)?),
            Rule::unit => MetricStatement::Unit(Spanned::new(unit_name(word), span)),
            Rule::step => MetricStatement::Step(self.quantity(&value)?),
            Rule::weekdays => {
                let (weights, whole) = self.entries(Some(value), Block::Weekdays, |builder, node| {
                    let mut nodes = node.children();
                    let day = builder.weekday(&nodes.need(Rule::weekday)?)?;
                    let weight = builder.number(&nodes.need(Rule::number)?)?;
                    Ok(WeekdayWeight { day, weight })
                });
                if whole {
                    MetricStatement::Weekdays(weights, node.span())
                } else {
                    self.spoilt(node, MetricStatement::Broken)
                }
            }
            _ => return Err(node.unexpected()),
        })
    }

    /// The broken form of a statement whose entries weigh against each other, so that one that cannot be read
    /// spoils them all; what is wrong with it has been reported.
    pub(super) fn spoilt<S>(&mut self, node: &Node<'t>, broken: fn(crate::span::Span) -> S) -> S {
        self.broken.push(node.span());
        broken(node.span())
    }
}

fn unit_name(written: &str) -> Unit {
    let mut chars = written.chars();
    match (chars.next(), chars.next()) {
        (Some(sign), None) if !sign.is_alphabetic() && !matches!(sign, '%' | '％') => {
            Unit::Sign(plain_sign(sign))
        }
        _ => unit(written),
    }
}
