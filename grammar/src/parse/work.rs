//! `action`, `review` and `incentive`.

use super::cursor::{Built, Node, Nodes};
use super::{Builder, Rule};
use crate::ast::{
    Action, ActionStatement, Duration, Every, Incentive, IncentiveStatement, OccurStatement, Otherwise,
    Recurrence, Review, ReviewStatement, TimeOfDay,
};
use crate::error::SyntaxError;
use crate::keyword::Block;
use crate::message::Message;
use crate::span::Spanned;

impl<'t> Builder<'t> {
    pub(super) fn action(&mut self, node: &Node<'t>) -> Built<Action> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::action_body);
        let body = self.body(body, Block::Action, ActionStatement::Broken, |builder, node| {
            builder.action_statement(node)
        });
        Ok(Action { name, title, body, span: node.span() })
    }

    fn action_statement(&self, node: &Node<'t>) -> Built<ActionStatement> {
        let span = node.span();
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::owner => ActionStatement::Owner(self.names(&mut nodes, Rule::name), span),
            Rule::during => ActionStatement::During(self.only_range(node)?),
            Rule::takes => ActionStatement::Takes(self.only_duration(node)?),
            Rule::place => ActionStatement::Place(self.only_text(node)?),
            Rule::customer => ActionStatement::Customer(self.only_text(node)?),
            Rule::priority => ActionStatement::Priority(self.priority(node)?),
            Rule::needs => ActionStatement::Needs(self.texts(&mut nodes)?, span),
            Rule::skills => ActionStatement::Skills(self.texts(&mut nodes)?, span),
            Rule::support => {
                let from = self.name(&nodes.need(Rule::name)?);
                let what = self.text(&nodes.need(Rule::text)?)?;
                ActionStatement::Support { from, what, by: self.by_moment(&mut nodes)?, span }
            }
            Rule::budget => ActionStatement::Budget(self.only_quantity(node)?),
            Rule::yields => ActionStatement::Yields(self.only_quantity(node)?),
            Rule::for_goal => ActionStatement::For(self.path(&nodes.need(Rule::path)?)),
            Rule::after => ActionStatement::After(self.paths(&mut nodes), span),
            Rule::why => ActionStatement::Why(self.only_text(node)?),
            _ => ActionStatement::Occurs(self.occurs(node)?),
        })
    }

    pub(super) fn review(&mut self, node: &Node<'t>) -> Built<Review> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::review_body);
        self.needs_block(node, body.as_ref(), "review");
        let body = self.body(body, Block::Review, ReviewStatement::Broken, |builder, node| {
            let mut nodes = node.children();
            Ok(match node.rule() {
                Rule::agenda => ReviewStatement::Agenda(builder.texts(&mut nodes)?, node.span()),
                Rule::place => ReviewStatement::Place(builder.only_text(node)?),
                Rule::during => ReviewStatement::During(builder.only_range(node)?),
                Rule::owner => ReviewStatement::Owner(builder.names(&mut nodes, Rule::name), node.span()),
                _ => ReviewStatement::Occurs(builder.occurs(node)?),
            })
        });
        Ok(Review { name, title, body, span: node.span() })
    }

    fn occurs(&self, node: &Node<'t>) -> Built<OccurStatement> {
        let span = node.span();
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::every => OccurStatement::Every(self.every(node)?),
            Rule::on_date => {
                let date = self.date(&nodes.need(Rule::date)?)?;
                let (at, lasts) = self.at_and_for(&mut nodes)?;
                OccurStatement::On { date, at, lasts, span }
            }
            Rule::with => OccurStatement::With(self.names(&mut nodes, Rule::name), span),
            Rule::remind => OccurStatement::Remind(self.only_duration(node)?),
            _ => return Err(node.unexpected()),
        })
    }

    /// `at 09:00` and `for 30 min`, if they come next.
    fn at_and_for(&self, nodes: &mut Nodes<'t>) -> Built<(Option<TimeOfDay>, Option<Duration>)> {
        let at = nodes.opt(Rule::at_time).map(|at| self.time(&at.children().any()?)).transpose()?;
        let lasts = nodes.opt(Rule::for_duration).map(|lasts| self.only_duration(&lasts)).transpose()?;
        Ok((at, lasts))
    }

    fn every(&self, node: &Node<'t>) -> Built<Every> {
        let mut nodes = node.children();
        let rule = self.recurrence(&nodes.any()?)?;
        let (at, lasts) = self.at_and_for(&mut nodes)?;
        let otherwise = match nodes.opt(Rule::otherwise) {
            Some(otherwise) => {
                let word = otherwise.children().any()?;
                let value = match self.slice(word.span()) {
                    "skip" => Otherwise::Skip,
                    _ => Otherwise::Before,
                };
                Some(Spanned::new(value, otherwise.span()))
            }
            None => None,
        };
        Ok(Every { rule, at, lasts, otherwise, span: node.span() })
    }

    fn recurrence(&self, node: &Node<'t>) -> Built<Recurrence> {
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::every_day => Recurrence::Day,
            Rule::weekday_list => Recurrence::Weekdays(self.weekdays(nodes)?),
            Rule::every_week => {
                let count = nodes.opt(Rule::whole).map(|whole| self.whole(&whole)).transpose()?;
                nodes.need(Rule::weeks_on)?;
                let days = self.weekdays(nodes.need(Rule::weekday_list)?.children())?;
                Recurrence::Weeks(count.unwrap_or(1), days)
            }
            Rule::every_ten_day => Recurrence::TenDay,
            Rule::every_month => {
                let on = nodes.any()?;
                match on.rule() {
                    Rule::first_workday => Recurrence::MonthFirstWorkday,
                    Rule::last_workday => Recurrence::MonthLastWorkday,
                    _ => match self.whole(&on)? {
                        day @ 1..=31 => Recurrence::MonthOn(day),
                        _ => {
                            let written = self.slice(on.span()).to_owned();
                            let message = Message::NoSuchDayOfMonth { written };
                            return Err(Box::new(SyntaxError::new(on.span(), message)));
                        }
                    },
                }
            }
            Rule::every_quarter => match nodes.any()?.rule() {
                Rule::first_workday => Recurrence::QuarterFirstWorkday,
                _ => Recurrence::QuarterLastWorkday,
            },
            _ => return Err(node.unexpected()),
        })
    }

    pub(super) fn incentive(&mut self, node: &Node<'t>) -> Built<Incentive> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::incentive_body);
        self.needs_block(node, body.as_ref(), "incentive");
        let body = self.body(body, Block::Incentive, IncentiveStatement::Broken, |builder, node| {
            builder.incentive_statement(node)
        });
        Ok(Incentive { name, title, body, span: node.span() })
    }

    fn incentive_statement(&self, node: &Node<'t>) -> Built<IncentiveStatement> {
        let span = node.span();
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::coin => IncentiveStatement::Coin(self.only_quantity(node)?),
            Rule::prize => {
                let title = self.text(&nodes.need(Rule::text)?)?;
                IncentiveStatement::Prize { title, coins: self.number(&nodes.need(Rule::number)?)?, span }
            }
            Rule::prize_level => {
                let title = self.text(&nodes.need(Rule::text)?)?;
                let points = self.only_number(&nodes.need(Rule::at_points)?)?;
                IncentiveStatement::Level { title, points, gives: self.title(&mut nodes)?, span }
            }
            Rule::reward => {
                let missed = nodes.opt(Rule::missed).is_some();
                let metric = self.name(&nodes.need(Rule::name)?);
                nodes.need(Rule::gives_arrow)?;
                let (mut coins, mut points) = (None, None);
                for gain in nodes {
                    let mut inner = gain.children();
                    let number = self.number(&inner.need(Rule::signed_number)?)?;
                    let (place, word) = match inner.any()?.rule() {
                        Rule::coins => (&mut coins, "coins"),
                        _ => (&mut points, "points"),
                    };
                    if place.replace(number).is_some() {
                        let message = Message::Repeated { word };
                        return Err(Box::new(SyntaxError::new(gain.span(), message)));
                    }
                }
                IncentiveStatement::Reward { missed, metric, coins, points, span }
            }
            _ => return Err(node.unexpected()),
        })
    }
}
