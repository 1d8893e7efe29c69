//! Shares, pins and over-assignment.

use std::collections::HashMap;

use milepost_grammar::Span;
use milepost_grammar::ast::{self, Name, Unit, Weighted};

use super::Resolver;
use crate::exact::{AboveZero, Exact, exact, percent, readable, sum, whole};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{Holder, MetricId, PersonId, Pin, Share, ShareBy};

impl Resolver<'_> {
    /// Who a goal is dealt out to: who the share names, else who its list names, else its owners.
    pub(super) fn share(&mut self, said: &ast::Share, owners: &[Holder]) -> Option<Share> {
        let mut among = self.find_holders(&said.among);
        let inner = self.inside_each_other(&said.among);
        among.retain(|holder| !inner.contains(holder));
        let role = said.role.as_ref().and_then(|role| self.find(Noun::Role, role).map(|entry| entry.name));
        let how = said.how.as_ref();
        let by = match how.map(|how| &how.value) {
            None | Some(ast::ShareBy::Capacity) => ShareBy::Capacity,
            Some(ast::ShareBy::Evenly) => ShareBy::Evenly,
            Some(ast::ShareBy::Weight) => ShareBy::Weight,
            Some(ast::ShareBy::Like(name)) => self.share_like(name)?,
            Some(ast::ShareBy::Each) => ShareBy::Each { by_capacity: false },
            Some(ast::ShareBy::EachByCapacity) => ShareBy::Each { by_capacity: true },
            Some(ast::ShareBy::List(list)) => {
                let span = how.map_or(said.span, |how| how.span);
                let names: Vec<Name> = list.iter().map(|entry| entry.name.clone()).collect();
                let weights = self.weights(list, span);
                if said.among.is_empty() {
                    among = weights.iter().map(|(holder, _)| *holder).collect();
                } else {
                    self.list_inside(&names, &among);
                }
                let inner = self.inside_each_other(&names);
                among.retain(|holder| !inner.contains(holder));
                ShareBy::List(weights)
            }
        };
        if among.is_empty() && said.among.is_empty() && !matches!(by, ShareBy::List(_)) {
            among = owners.to_vec();
        }
        if let (Some(name), Some(role)) = (&said.role, &role)
            && !among.is_empty()
            && !self.somebody_of(role, &among)
        {
            let among = among.iter().map(|holder| self.holder_name(*holder)).collect();
            self.say(Message::NobodyOfRole { role: role.clone(), among }, name.span);
            return None;
        }
        // Names that are not known have been reported; without any the share deals out to nobody.
        (!among.is_empty()).then(|| Share { among, role, by, place: self.place(said.span) })
    }

    /// By what each reached: the history must say who reached it.
    fn share_like(&mut self, name: &Name) -> Option<ShareBy> {
        let id = self.find_history(name)?;
        let history = self.plan.histories.get(id.index())?;
        if history.by_holder.iter().any(|(_, amount)| amount.is_above_zero()) {
            return Some(ShareBy::Like(id));
        }
        if history.spoilt {
            // That is said already; the goal still goes by this history, and is spoilt with it.
            return Some(ShareBy::Like(id));
        }
        let message = Message::HistoryOfNobody { history: history.name.clone() };
        self.say(message, name.span);
        None
    }

    /// Whether anybody among `holders` has that role.
    fn somebody_of(&self, role: &String, holders: &[Holder]) -> bool {
        let mut people = self.plan.people.iter().enumerate();
        people.any(|(index, person)| {
            person.role.as_ref() == Some(role) && self.is_among(Holder::Person(PersonId::new(index)), holders)
        })
    }

    /// The weights of a list, each name once.
    fn weights(&mut self, list: &[Weighted], span: Span) -> Vec<(Holder, Exact)> {
        let mut weights = Vec::with_capacity(list.len());
        let mut seen = HashMap::new();
        for entry in list {
            let Some(holder) = self.find_holder(&entry.name) else { continue };
            let weight = self.weight_of(&entry.weight);
            match seen.insert(holder, entry.name.span) {
                None => weights.push((holder, weight)),
                Some(first) => {
                    self.twice(
                        Message::NamedTwice { name: entry.name.value.clone() },
                        entry.name.span,
                        first,
                    );
                }
            }
        }
        self.whole_percents(list.iter().map(|entry| &entry.weight), span);
        if !weights.is_empty() && weights.iter().all(|(_, weight)| weight.is_zero()) {
            self.say(Message::WeightsOfZero, span);
        }
        weights
    }

    /// A weight beside others: a percent, or a plain number.
    pub(super) fn weight_of(&mut self, quantity: &ast::Quantity) -> Exact {
        if let Some(unit) = &quantity.unit
            && unit.value != Unit::Percent
        {
            let found = self.written(quantity.span);
            self.say(Message::WeightExpected { found }, quantity.span);
        }
        exact(quantity.value)
    }

    /// Percents that are written out should come to 100.
    pub(super) fn whole_percents<'a>(
        &mut self,
        weights: impl Iterator<Item = &'a ast::Quantity>,
        span: Span,
    ) {
        let mut parts = Vec::new();
        for weight in weights {
            match &weight.unit {
                Some(unit) if unit.value == Unit::Percent => parts.push(exact(weight.value)),
                _ => return,
            }
        }
        let all = sum(&parts);
        if !parts.is_empty() && all != whole(100) {
            self.say(Message::PercentsNotWhole { sum: readable(&all, 6) }, span);
        }
    }

    /// Nobody gets two parts: a team and somebody in it do not share side by side. Gives back who would.
    fn inside_each_other(&mut self, names: &[Name]) -> Vec<Holder> {
        let mut spans: HashMap<Holder, Span> = HashMap::new();
        let mut holders = Vec::new();
        for name in names {
            let entry = self.names.holders.get(&name.value);
            let Some(holder) = entry.map(super::holder_of) else { continue };
            spans.entry(holder).or_insert(name.span);
            holders.push((holder, name));
        }
        let mut inside = Vec::new();
        for (holder, name) in holders {
            let outer = self.around_holder(holder).find(|team| spans.contains_key(team));
            if let Some((team, first)) = outer.and_then(|team| spans.get(&team).map(|span| (team, *span))) {
                let message =
                    Message::InsideOther { inner: name.value.clone(), outer: self.holder_name(team) };
                self.twice(message, name.span, first);
                inside.push(holder);
            }
        }
        inside
    }

    /// The teams around somebody, innermost first.
    fn around_holder(&self, holder: Holder) -> impl Iterator<Item = Holder> + '_ {
        let mut team = match holder {
            Holder::Person(person) => self.plan.people.get(person.index()).and_then(|person| person.team),
            Holder::Team(team) => self.plan.teams.get(team.index()).and_then(|team| team.parent),
        };
        std::iter::from_fn(move || {
            let here = team?;
            team = self.plan.teams.get(here.index()).and_then(|team| team.parent);
            Some(Holder::Team(here))
        })
    }

    fn list_inside(&mut self, names: &[Name], among: &[Holder]) {
        for name in names {
            let entry = self.names.holders.get(&name.value);
            let Some(holder) = entry.map(super::holder_of) else { continue };
            if !self.is_among(holder, among) {
                let among = among.iter().map(|holder| self.holder_name(*holder)).collect();
                self.say(Message::OutsideShare { name: name.value.clone(), among }, name.span);
            }
        }
    }

    /// Whether somebody is one of `among`, or inside one of them.
    fn is_among(&self, holder: Holder, among: &[Holder]) -> bool {
        among.contains(&holder) || self.around_holder(holder).any(|team| among.contains(&team))
    }

    pub(super) fn pin(&mut self, metric: Option<MetricId>, said: &ast::Pin, among: &[Holder]) -> Option<Pin> {
        let holder = self.find_holder(&said.name);
        let amount = metric.and_then(|metric| self.amount(metric, &said.amount));
        let holder = self.in_share(holder?, &said.name, among)?;
        Some(Pin { holder, amount: amount?, place: self.place(said.span) })
    }

    /// Says so if somebody has no part in a share.
    pub(super) fn in_share(&mut self, holder: Holder, name: &Name, among: &[Holder]) -> Option<Holder> {
        if self.is_among(holder, among) {
            return Some(holder);
        }
        let among = among.iter().map(|holder| self.holder_name(*holder)).collect();
        self.say(Message::OutsideShare { name: name.value.clone(), among }, name.span);
        None
    }

    /// `over-assign 5%` as a part.
    pub(super) fn over(&self, said: &ast::OverAssign) -> Exact {
        percent(said.percent.value)
    }
}
