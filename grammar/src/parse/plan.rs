//! `plan`, `calendar` and `scenario`.

use super::cursor::{Built, Node};
use super::{Builder, Rule};
use crate::ast::{
    Calendar, CalendarDays, CalendarImport, CalendarStatement, Fiscal, Focus, Override, OverrideValue, Plan,
    PlanStatement, Scenario,
};
use crate::keyword::Block;
use crate::span::Spanned;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl<'t> Builder<'t> {
    pub(super) fn plan(&mut self, node: &Node<'t>) -> Built<Plan> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::plan_body);
        self.needs_block(node, body.as_ref(), "plan");
        let body = self.body(body, Block::Plan, PlanStatement::Broken, Self::plan_statement);
        Ok(Plan { name, title, body, span: node.span() })
    }

    fn plan_statement(&mut self, node: &Node<'t>) -> Built<PlanStatement> {
        let span = node.span();
        Ok(match node.rule() {
            Rule::edition => PlanStatement::Edition(self.only_number(node)?),
            Rule::period => PlanStatement::Period(self.only_range(node)?),
            Rule::currency => {
                PlanStatement::Currency(self.only_name(node)?.map(|name| match name.as_str() {
                    "元" => "CNY".to_owned(),
                    _ => name,
                }))
            }
            Rule::calendar_of => PlanStatement::Calendar(self.only_name(node)?),
            Rule::timezone => PlanStatement::Timezone(self.only_name(node)?),
            Rule::language => PlanStatement::Language(self.only_name(node)?),
            Rule::follows => PlanStatement::Follows(self.only_text(node)?),
            Rule::include => PlanStatement::Include(self.only_text(node)?),
            Rule::fiscal => PlanStatement::Fiscal(self.fiscal(node)?),
            Rule::focus => {
                let mut nodes = node.children();
                let period = self.range(&nodes.need(Rule::range)?)?;
                let text = self.text(&nodes.need(Rule::text)?)?;
                PlanStatement::Focus(Focus { period, text, span })
            }
            Rule::smart => PlanStatement::Smart(self.smart(node)?),
            _ => return Err(node.unexpected()),
        })
    }

    fn fiscal(&self, node: &Node<'t>) -> Built<Fiscal> {
        let mut nodes = node.children();
        nodes.need(Rule::year_starts)?;
        let month = nodes.need(Rule::month_word)?;
        let written = self.slice(month.span());
        let starts = (1..).zip(MONTHS).find(|&(_, name)| name == written).map_or(1, |(month, _)| month);
        let named_by_start = nodes
            .opt(Rule::named_by)
            .is_some_and(|named| named.children().next().is_some_and(|end| end.rule() == Rule::start));
        Ok(Fiscal { starts: Spanned::new(starts, month.span()), named_by_start, span: node.span() })
    }

    pub(super) fn scenario(&mut self, node: &Node<'t>) -> Built<Scenario> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::scenario_body);
        self.needs_block(node, body.as_ref(), "scenario");
        let (overrides, _) =
            self.entries(body, Block::Scenario, |builder, node| builder.override_value(node));
        Ok(Scenario { name, title, overrides, span: node.span() })
    }

    pub(super) fn override_value(&self, node: &Node<'t>) -> Built<Override> {
        let mut nodes = node.children();
        let path = self.path(&nodes.need(Rule::path)?);
        let value = nodes.any()?;
        let value = match value.rule() {
            Rule::dated => OverrideValue::Date(self.moment(&value)?),
            Rule::rate => OverrideValue::Rate(self.rate(&value)?),
            _ => {
                let quantity = self.quantity(&value)?;
                match nodes.opt(Rule::each) {
                    Some(each) => OverrideValue::Each(quantity, value.span().to(each.span())),
                    None => OverrideValue::Quantity(quantity),
                }
            }
        };
        Ok(Override { path, value, span: node.span() })
    }

    pub(super) fn calendar(&mut self, node: &Node<'t>) -> Built<Calendar> {
        let mut nodes = node.children();
        let name = self.name(&nodes.need(Rule::name)?);
        let title = self.title(&mut nodes)?;
        let body = nodes.opt(Rule::calendar_body);
        self.needs_block(node, body.as_ref(), "calendar");
        let body = self.body(body, Block::Calendar, CalendarStatement::Broken, |builder, node| {
            builder.calendar_statement(node)
        });
        Ok(Calendar { name, title, body, span: node.span() })
    }

    fn calendar_statement(&self, node: &Node<'t>) -> Built<CalendarStatement> {
        let span = node.span();
        let mut nodes = node.children();
        Ok(match node.rule() {
            Rule::week => CalendarStatement::Week(self.weekdays(nodes)?, span),
            Rule::import => {
                let file = self.text(&nodes.need(Rule::text)?)?;
                let work = nodes.opt(Rule::import_work).map(|work| self.only_text(&work)).transpose()?;
                CalendarStatement::Import(CalendarImport { file, work, span })
            }
            Rule::off | Rule::work => {
                let range = self.range(&nodes.need(Rule::range)?)?;
                let days = CalendarDays { range, text: self.title(&mut nodes)?, span };
                if node.rule() == Rule::off {
                    CalendarStatement::Off(days)
                } else {
                    CalendarStatement::Work(days)
                }
            }
            Rule::covers => CalendarStatement::Covers(self.range(&nodes.need(Rule::range)?)?),
            _ => return Err(node.unexpected()),
        })
    }
}
