//! Parts of a goal, such as industries or products.

use std::collections::HashMap;

use milepost_grammar::Span;
use milepost_grammar::ast;

use super::Resolver;
use super::names::plain;
use crate::exact::Exact;
use crate::message::Message;
use crate::plan::{MetricId, Split};

impl Resolver<'_> {
    /// The parts and their weights, each name once; `None` if nothing weighs anything, or nothing can be cut.
    pub(super) fn split(&mut self, said: &ast::Split, metric: Option<MetricId>) -> Option<Split> {
        let mut parts: Vec<(String, Exact)> = Vec::with_capacity(said.parts.len());
        let mut seen: HashMap<String, Span> = HashMap::new();
        for part in &said.parts {
            let weight = self.weight_of(&part.weight);
            match seen.insert(plain(&part.name), part.name.span) {
                None => parts.push((plain(&part.name), weight)),
                Some(first) => {
                    let message = Message::NamedTwice { name: part.name.value.clone() };
                    self.twice(message, part.name.span, first);
                }
            }
        }
        self.whole_percents(said.parts.iter().map(|part| &part.weight), said.span);
        if parts.iter().all(|(_, weight)| weight.is_zero()) {
            self.say(Message::WeightsOfZero, said.span);
            return None;
        }
        let known = self.plan.metrics.get(metric?.index())?;
        if !known.unit.is_shared() {
            let message = Message::NotAFlow { metric: known.name.clone() };
            self.say(message, said.span);
            return None;
        }
        Some(Split { dimension: plain(&said.dimension), parts, place: self.place(said.span) })
    }
}
