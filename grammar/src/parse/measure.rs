//! What only a key result may say.

use super::cursor::{Built, Node, Nodes};
use super::number;
use super::{Builder, Rule};
use crate::ast::{
    Baseline, Checkpoint, DateOrPeriod, Forecast, Hold, KeyResultStatement, Measure, MeasureTarget,
    OverAssign, PeriodWeight, Pin, Quantity, Reach, Share, ShareBy, Split, Spread, SpreadBy, Weighted,
};
use crate::error::SyntaxError;
use crate::keyword::Block;
use crate::message::Message;
use crate::span::{Span, Spanned};

impl<'t> Builder<'t> {
    pub(super) fn key_result_statement(&mut self, node: &Node<'t>) -> Built<KeyResultStatement> {
        let span = node.span();
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::measure => KeyResultStatement::Measure(self.measure(node)?),
            Rule::hold => KeyResultStatement::Hold(self.hold(node)?),
            Rule::reach => KeyResultStatement::Reach(self.reach(node)?),
            Rule::baseline => {
                let value = nodes.any()?;
                let baseline = match value.rule() {
                    Rule::quantity => Baseline::Amount(self.quantity(&value)?),
                    _ => Baseline::History(self.name(&value)),
                };
                KeyResultStatement::Baseline(baseline, span)
            }
            Rule::checkpoint => KeyResultStatement::Checkpoint(self.checkpoint(node)?),
            Rule::existing => KeyResultStatement::Existing(self.names(&mut nodes, Rule::name), span),
            Rule::through => KeyResultStatement::Through(self.only_name(node)?),
            Rule::split => {
                let dimension = self.name(&nodes.need(Rule::name)?);
                match self.weights(nodes.need(Rule::weights)?) {
                    Some(parts) => KeyResultStatement::Split(Split { dimension, parts, span }),
                    None => self.spoilt(node, KeyResultStatement::Broken),
                }
            }
            Rule::share => match self.share(node)? {
                Some(share) => KeyResultStatement::Share(share),
                None => self.spoilt(node, KeyResultStatement::Broken),
            },
            Rule::pin => {
                let name = self.name(&nodes.need(Rule::name)?);
                let amount = self.quantity(&nodes.need(Rule::quantity)?)?;
                KeyResultStatement::Pin(Pin { name, amount, span })
            }
            Rule::over_assign => {
                let name = nodes.opt(Rule::name).map(|name| self.name(&name));
                let percent = self.number(&nodes.need(Rule::percent)?)?;
                KeyResultStatement::OverAssign(OverAssign { name, percent, span })
            }
            Rule::forecast => KeyResultStatement::Forecast(self.forecast(node)?),
            Rule::spread => match self.spread(node)? {
                Some(spread) => KeyResultStatement::Spread(spread),
                None => self.spoilt(node, KeyResultStatement::Broken),
            },
            Rule::front_loaded => KeyResultStatement::FrontLoaded(self.only_number(node)?),
            Rule::back_loaded => KeyResultStatement::BackLoaded(self.only_number(node)?),
            Rule::threshold => KeyResultStatement::Threshold(self.only_number(node)?),
            _ => KeyResultStatement::Goal(self.goal_statement(node)?),
        })
    }

    /// `by 2026-03-31`, if that comes next.
    pub(super) fn by_moment(&self, nodes: &mut Nodes<'t>) -> Built<Option<DateOrPeriod>> {
        nodes.opt(Rule::by_moment).map(|by| self.only_moment(&by)).transpose()
    }

    fn measure(&self, node: &Node<'t>) -> Built<Measure> {
        let mut nodes = node.children();
        let metric = self.name(&nodes.need(Rule::name)?);
        let target = nodes.any()?;
        let target = match target.rule() {
            Rule::quantity => {
                let amount = self.quantity(&target)?;
                match nodes.opt(Rule::per_grain) {
                    Some(per) => MeasureTarget::Rate(amount, self.grain_word(&per.children().any()?)?),
                    None => MeasureTarget::Amount(amount),
                }
            }
            Rule::level => {
                let mut ends = target.children();
                let from = self.quantity(&ends.need(Rule::quantity)?)?;
                MeasureTarget::Level(from, self.only_quantity(&ends.need(Rule::level_to)?)?)
            }
            Rule::change => MeasureTarget::Change(self.quantity(&target)?),
            Rule::times => {
                let span = target.span();
                let figure = self.slice(span).get(1..).unwrap_or("");
                match number::figure(figure) {
                    Ok((value, _)) => MeasureTarget::Times(Spanned::new(value, span)),
                    Err(message) => return Err(Box::new(SyntaxError::new(span, message))),
                }
            }
            _ => return Err(target.unexpected()),
        };
        Ok(Measure { metric, target, by: self.by_moment(&mut nodes)?, span: node.span() })
    }

    fn hold(&self, node: &Node<'t>) -> Built<Hold> {
        let mut nodes = node.children();
        let metric = self.name(&nodes.need(Rule::name)?);
        let bounds = nodes.any()?;
        let mut inner = bounds.children();
        let (least, most) = match bounds.rule() {
            Rule::within => {
                let least = self.quantity(&inner.need(Rule::quantity)?)?;
                (Some(least), Some(self.only_quantity(&inner.need(Rule::range_end)?)?))
            }
            Rule::most => {
                inner.need(Rule::at_most)?;
                (None, Some(self.quantity(&inner.need(Rule::quantity)?)?))
            }
            _ => {
                inner.need(Rule::at_least)?;
                (Some(self.quantity(&inner.need(Rule::quantity)?)?), None)
            }
        };
        Ok(Hold { metric, least, most, by: self.by_moment(&mut nodes)?, span: node.span() })
    }

    fn reach(&self, node: &Node<'t>) -> Built<Reach> {
        let mut nodes = node.children();
        let title = self.title(&mut nodes)?;
        let by = self.by_moment(&mut nodes)?;
        let done = nodes.opt(Rule::done).map(|done| self.only_date(&done)).transpose()?;
        Ok(Reach { title, by, done, span: node.span() })
    }

    fn checkpoint(&self, node: &Node<'t>) -> Built<Checkpoint> {
        let mut nodes = node.children();
        let amount = self.quantity(&nodes.need(Rule::quantity)?)?;
        let of_target = nodes.opt(Rule::of_target).is_some();
        let by = self.only_moment(&nodes.need(Rule::by_moment)?)?;
        let title = self.title(&mut nodes)?;
        Ok(Checkpoint { amount, of_target, by, title, span: node.span() })
    }

    /// A list of weights, or nothing if one of its entries could not be read.
    fn weights(&mut self, body: Node<'t>) -> Option<Vec<Weighted>> {
        let (weights, whole) = self.entries(Some(body), Block::Weights, |builder, node| {
            let mut nodes = node.children();
            let name = builder.name(&nodes.need(Rule::name)?);
            let weight = builder.quantity(&nodes.need(Rule::quantity)?)?;
            Ok(Weighted { name, weight })
        });
        whole.then_some(weights)
    }

    fn share(&mut self, node: &Node<'t>) -> Built<Option<Share>> {
        let mut nodes = node.children();
        let among = self.names(&mut nodes, Rule::share_member);
        let role = nodes.opt(Rule::share_role).map(|role| self.only_name(&role)).transpose()?;
        let how = match nodes.next() {
            None => None,
            Some(how) => {
                let span = how.span();
                let mut inner = how.children();
                let by = match how.rule() {
                    Rule::evenly => ShareBy::Evenly,
                    Rule::share_by if inner.opt(Rule::by_weight).is_some() => ShareBy::Weight,
                    Rule::share_by => ShareBy::Capacity,
                    Rule::share_each if inner.opt(Rule::each_capacity).is_some() => ShareBy::EachByCapacity,
                    Rule::share_each => ShareBy::Each,
                    Rule::like => ShareBy::Like(self.only_name(&how)?),
                    _ => match self.weights(how) {
                        Some(weights) => ShareBy::List(weights),
                        None => return Ok(None),
                    },
                };
                Some(Spanned::new(by, span))
            }
        };
        Ok(Some(Share { among, role, how, span: node.span() }))
    }

    fn forecast(&mut self, node: &Node<'t>) -> Built<Forecast> {
        let mut nodes = node.children();
        let on = self.date(&nodes.need(Rule::date)?)?;
        let who = nodes.opt(Rule::name).map(|name| self.name(&name));
        let (mut commit, mut call, mut best, mut note) = (None, None, None, None);
        let body = nodes.opt(Rule::forecast_body);
        self.entries(body, Block::Forecast, |builder, node| {
            let span = node.span();
            match node.rule() {
                Rule::commit => once(&mut commit, builder.only_quantity(node)?, "commit", span),
                Rule::call => once(&mut call, builder.only_quantity(node)?, "call", span),
                Rule::best => once(&mut best, builder.only_quantity(node)?, "best", span),
                _ => once(&mut note, builder.only_text(node)?, "note", span),
            }
        });
        Ok(Forecast { on, who, commit, call, best, note, span: node.span() })
    }

    fn spread(&mut self, node: &Node<'t>) -> Built<Option<Spread>> {
        let mut nodes = node.children();
        let how = nodes.any()?;
        let how = match how.rule() {
            Rule::evenly => SpreadBy::Evenly,
            Rule::like => {
                let history = self.only_name(&how)?;
                SpreadBy::Like { history, per_workday: nodes.opt(Rule::per_workday).is_some() }
            }
            _ => {
                let (weights, whole) = self.entries(Some(how), Block::Periods, |builder, node| {
                    let mut nodes = node.children();
                    let when = builder.range(&nodes.need(Rule::range)?)?;
                    let weight: Quantity = builder.quantity(&nodes.need(Rule::quantity)?)?;
                    Ok(PeriodWeight { when, weight })
                });
                if !whole {
                    return Ok(None);
                }
                SpreadBy::Periods(weights)
            }
        };
        Ok(Some(Spread { how, span: node.span() }))
    }
}

/// Fills a place that may be filled only once.
fn once<T>(place: &mut Option<T>, value: T, word: &'static str, span: Span) -> Built<()> {
    if place.is_some() {
        return Err(Box::new(SyntaxError::new(span, Message::Repeated { word })));
    }
    *place = Some(value);
    Ok(())
}
