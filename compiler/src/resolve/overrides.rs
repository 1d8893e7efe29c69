//! Values put in the place of the plan's: a line of a scenario, or what the command line sets.
//!
//! A path names a line of a funnel, a key result, or a person's own rate for a line. The plan is resolved before,
//! so that a value is held against what it replaces: same metric, same unit, same window.

use std::collections::HashMap;

use milepost_grammar::ast::{self, DateOrPeriod, Need, OverrideValue, Path, Quantity, QuantityRange, Unit};
use milepost_grammar::{Span, Spanned};

use super::Resolver;
use super::names::composed;
use super::time::written;
use crate::diagnostic::Diagnostic;
use crate::exact::{Exact, readable};
use crate::load::LoadedOverride;
use crate::message::Message;
use crate::plan::{
    Baseline, CheckpointAmount, FunnelId, GoalRef, KeyResultId, MetricId, MetricUnit, NeedWritten,
    Overridden, OwnNeed, PersonId, Target,
};
use crate::sources::Place;

/// What a path names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Slot {
    /// What one unit takes, for everybody.
    Line(FunnelId, usize),
    /// The same for one person.
    OwnLine(PersonId, FunnelId, usize),
    /// What is to be reached, or by when.
    KeyResult(KeyResultId),
}

impl Resolver<'_> {
    /// Puts each value in its place. One that does not fit is reported and leaves the plan as it is.
    pub(super) fn overrides(&mut self, set: &[LoadedOverride]) {
        let mut seen: HashMap<(Slot, bool), Place> = HashMap::new();
        for change in set {
            self.enter((change.id, change.file));
            let Some(slot) = self.slot(&change.tree.path) else { continue };
            let place = self.place(change.tree.span);
            // An amount and a day of one goal are two values.
            let day = matches!(change.tree.value, OverrideValue::Date(_));
            if let Some(first) = seen.insert((slot, day), place) {
                let message = Message::SaidTwice { statement: change.tree.path.dotted() };
                self.push(Diagnostic::new(message, place).label(first, Message::FirstHere));
                continue;
            }
            let replaced = match slot {
                Slot::Line(funnel, line) => self.set_line(funnel, line, &change.tree),
                Slot::OwnLine(person, funnel, line) => self.set_own(person, funnel, line, &change.tree),
                Slot::KeyResult(id) => self.set_key_result(id, &change.tree),
            };
            if let Some((now, was)) = replaced {
                let path = self.path_of(slot);
                self.plan.overrides.push(Overridden { path, now, was, place });
            }
        }
    }

    fn slot(&mut self, path: &Path) -> Option<Slot> {
        let first = path.parts.first()?;
        match path.parts.as_slice() {
            [_, _] => {
                let funnel = self.names.funnels.get(&first.value).map(|entry| FunnelId::new(entry.index));
                let objective = self.names.objectives.get(&first.value).is_some();
                let in_funnel = funnel.is_some_and(|funnel| self.has_line(funnel, path));
                if funnel.is_some() && (in_funnel || !objective) {
                    return self.find_line(path).map(|(funnel, line)| Slot::Line(funnel, line));
                }
                if objective && let GoalRef::KeyResult(id) = self.find_goal(path)? {
                    return Some(Slot::KeyResult(id));
                }
                if objective {
                    return None;
                }
            }
            [who, rest @ ..] if rest.len() == 2 => {
                let person = self.find_person(who)?;
                let span = rest.iter().fold(who.span, |span, part| span.to(part.span));
                let line = Path { parts: rest.to_vec(), span };
                let (funnel, line) = self.find_line(&line)?;
                return Some(Slot::OwnLine(person, funnel, line));
            }
            _ => {}
        }
        let near = self.near_path(&path.dotted());
        let place = self.place(path.span);
        let message = Message::UnknownPath { path: path.dotted(), near: near.clone() };
        let diagnostic = Diagnostic::new(message, place);
        self.push(match near {
            Some(near) => diagnostic.fix(Message::ReplaceWith { text: near.clone() }, vec![(place, near)]),
            None => diagnostic,
        });
        None
    }

    fn has_line(&self, funnel: FunnelId, path: &Path) -> bool {
        let Some(name) = path.parts.last().map(|name| composed(&name.value)) else { return false };
        let lines = self.plan.funnels.get(funnel.index()).map(|funnel| funnel.lines.as_slice());
        lines.unwrap_or_default().iter().any(|line| {
            line.label.as_deref() == Some(name.as_ref()) || self.metric_name(line.left) == name.as_ref()
        })
    }

    /// The path that was likely meant: the one that holds what was written, else the one most like it.
    fn near_path(&mut self, path: &str) -> Option<String> {
        let mut known = Vec::new();
        for (index, funnel) in self.plan.funnels.iter().enumerate() {
            for line in 0..funnel.lines.len() {
                known.push(self.path_of(Slot::Line(FunnelId::new(index), line)));
            }
        }
        known.extend((0..self.plan.key_results.len()).map(|index| self.plan.path(KeyResultId::new(index))));
        let (before, behind) = (format!("{path}."), format!(".{path}"));
        let holds = known.iter().find(|known| known.starts_with(&before) || known.ends_with(&behind));
        let words = known.iter().map(String::as_str);
        holds.cloned().or_else(|| self.suggester.nearest_word(path, words).map(str::to_owned))
    }

    fn path_of(&self, slot: Slot) -> String {
        match slot {
            Slot::KeyResult(id) => self.plan.path(id),
            Slot::OwnLine(person, funnel, line) => {
                let person = self.plan.people.get(person.index()).map(|person| person.name.as_str());
                format!("{}.{}", person.unwrap_or_default(), self.path_of(Slot::Line(funnel, line)))
            }
            Slot::Line(funnel, line) => {
                let Some(funnel) = self.plan.funnels.get(funnel.index()) else { return String::new() };
                let line = funnel.lines.get(line).map(|line| match &line.label {
                    Some(label) => label.clone(),
                    None => self.metric_name(line.left),
                });
                format!("{}.{}", funnel.name, line.unwrap_or_default())
            }
        }
    }

    fn set_line(&mut self, funnel: FunnelId, at: usize, tree: &ast::Override) -> Option<(String, String)> {
        let line = self.plan.funnels.get(funnel.index())?.lines.get(at)?.clone();
        let (need, now) = self.new_need(line.left, &line.need.written, tree)?;
        let was = self.sources.text(line.need.place).to_owned();
        let place = self.place(tree.span);
        let line = self.plan.funnels.get_mut(funnel.index())?.lines.get_mut(at)?;
        line.need = need;
        // Amounts made from it name the line that set it.
        line.place = place;
        Some((now, was))
    }

    fn set_own(
        &mut self,
        person: PersonId,
        funnel: FunnelId,
        at: usize,
        tree: &ast::Override,
    ) -> Option<(String, String)> {
        let line = self.plan.funnels.get(funnel.index())?.lines.get(at)?.clone();
        let own = self.plan.people.get(person.index())?.own_needs.clone();
        let position = own.iter().position(|own| own.funnel == funnel && own.line == at);
        let before = position.and_then(|position| own.get(position)).map_or(&line.need, |own| &own.need);
        let (need, now) = self.new_need(line.left, &before.written, tree)?;
        let was = self.sources.text(before.place).to_owned();
        let own = OwnNeed { funnel, line: at, need, place: self.place(tree.span) };
        let needs = &mut self.plan.people.get_mut(person.index())?.own_needs;
        match position.and_then(|position| needs.get_mut(position)) {
            Some(known) => *known = own,
            None => needs.push(own),
        }
        Some((now, was))
    }

    /// The need that a value stands for in the place of `before`, and how it reads.
    fn new_need(
        &mut self,
        left: MetricId,
        before: &NeedWritten,
        tree: &ast::Override,
    ) -> Option<(crate::plan::Need, String)> {
        let each = matches!(before, NeedWritten::Each(..));
        let need = match &tree.value {
            OverrideValue::Rate(rate) => Need::Rate(rate.clone()),
            OverrideValue::Each(amount, span) => Need::Each(QuantityRange::One(amount.clone()), *span),
            // Where one brings an amount, a plain amount can only be meant so.
            OverrideValue::Quantity(amount) if each => {
                Need::Each(QuantityRange::One(amount.clone()), amount.span)
            }
            OverrideValue::Quantity(Quantity { span, .. }) => return self.rate_expected(tree, *span, each),
            OverrideValue::Date(day) => return self.rate_expected(tree, day.span(), each),
        };
        let written = self.written(need.span());
        let now = match tree.value {
            OverrideValue::Quantity(_) => format!("{written} each"),
            _ => written,
        };
        self.need(left, &need).map(|need| (need, now))
    }

    fn rate_expected<T>(&mut self, tree: &ast::Override, span: Span, each: bool) -> Option<T> {
        let (path, found) = (tree.path.dotted(), self.written(span));
        self.say(Message::RateExpected { path, found, each }, span);
        None
    }

    fn set_key_result(&mut self, id: KeyResultId, tree: &ast::Override) -> Option<(String, String)> {
        let amount = match &tree.value {
            OverrideValue::Date(day) => return self.set_day(id, *day),
            OverrideValue::Quantity(amount) => amount.clone(),
            // `60%` reads as a rate and is the amount of a metric in percent.
            OverrideValue::Rate(rate) => match &rate.value {
                ast::RateValue::Percent(value) => {
                    let unit = Some(Spanned::new(Unit::Percent, rate.span));
                    Quantity { value: *value, unit, span: rate.span }
                }
                _ => return self.amount_expected(tree, rate.span),
            },
            OverrideValue::Each(_, span) => return self.amount_expected(tree, *span),
        };
        let key_result = self.plan.key_results.get(id.index())?;
        let Some(measure) = key_result.measure.clone() else {
            let path = tree.path.dotted();
            self.say(Message::NothingToSet { path }, tree.path.span);
            return None;
        };
        let value = self.amount(measure.metric, &amount)?;
        if !matches!(measure.target, Target::Level(..)) && !self.above_checkpoints(id, &value, amount.span) {
            return None;
        }
        let read = |amount: &Exact| self.read_amount(measure.metric, amount);
        let (target, now, was) = match &measure.target {
            Target::Amount(was) => (Target::Amount(value.clone()), read(&value), read(was)),
            Target::Level(from, was) => (Target::Level(from.clone(), value.clone()), read(&value), read(was)),
            Target::Rate(was, per) => {
                let per_period = |amount: String| format!("{amount} per {}", super::time::grain_word(*per));
                (Target::Rate(value.clone(), *per), per_period(read(&value)), per_period(read(was)))
            }
        };
        let place = self.place(tree.span);
        let measure = self.plan.key_results.get_mut(id.index())?.measure.as_mut()?;
        measure.target = target;
        // An amount follows from nothing.
        measure.growth = None;
        measure.place = place;
        Some((now, was))
    }

    fn amount_expected<T>(&mut self, tree: &ast::Override, span: Span) -> Option<T> {
        let (path, found) = (tree.path.dotted(), self.written(span));
        self.say(Message::AmountExpected { path, found }, span);
        None
    }

    /// Whether no checkpoint asks for more than the new target.
    fn above_checkpoints(&mut self, id: KeyResultId, target: &Exact, span: Span) -> bool {
        let Some(key_result) = self.plan.key_results.get(id.index()) else { return true };
        if matches!(key_result.measure.as_ref().map(|measure| &measure.target), Some(Target::Rate(..))) {
            return true;
        }
        let over = key_result.checkpoints.iter().find_map(|checkpoint| match &checkpoint.amount {
            CheckpointAmount::Amount(amount) if amount > target => Some((amount.clone(), checkpoint.place)),
            _ => None,
        });
        let Some((amount, place)) = over else { return true };
        let message =
            Message::CheckpointOverTarget { amount: readable(&amount, 6), target: readable(target, 6) };
        let diagnostic = Diagnostic::new(message, self.place(span)).label(place, Message::FirstHere);
        self.push(diagnostic);
        false
    }

    /// Another day by which a goal is to be reached.
    fn set_day(&mut self, id: KeyResultId, day: DateOrPeriod) -> Option<(String, String)> {
        let key_result = self.plan.key_results.get(id.index())?;
        let (was, during) = (key_result.window.last, key_result.during);
        let grown = key_result.measure.as_ref().is_some_and(|measure| measure.growth.is_some());
        if let (true, Some(Baseline::History(history, place))) = (grown, &key_result.baseline) {
            let (path, label) = (self.plan.path(id), *place);
            let history = self.plan.histories.get(history.index()).map(|history| history.name.clone());
            let message = Message::DayOfGrowth { path, history: history.unwrap_or_default() };
            let place = self.place(day.span());
            self.push(Diagnostic::new(message, place).label(label, Message::FirstHere));
            return None;
        }
        let last = self.day_inside_plan(day).map(|last| (last, day.span()));
        let window = self.window(Some(during), last);
        let path = self.plan.path(id);
        let calendar = self.plan.calendars.get(self.plan.calendar.index());
        if calendar.is_some_and(|calendar| calendar.working_days(window).next().is_none()) {
            self.say(Message::WindowWithoutWorkingDay { goal: path }, day.span());
            return None;
        }
        let key_result = self.plan.key_results.get(id.index())?;
        if let Some(outside) = key_result.checkpoints.iter().find(|checkpoint| checkpoint.on > window.last) {
            let (on, label) = (outside.on.to_string(), outside.place);
            let message = Message::CheckpointOutsideWindow { on, window: written(window) };
            let place = self.place(day.span());
            self.push(Diagnostic::new(message, place).label(label, Message::FirstHere));
            return None;
        }
        let key_result = self.plan.key_results.get_mut(id.index())?;
        (key_result.window, key_result.by) = (window, Some(window.last));
        Some((format!("by {}", window.last), format!("by {was}")))
    }

    /// An amount with its unit, for people to read.
    fn read_amount(&self, metric: MetricId, amount: &Exact) -> String {
        let number = readable(amount, 12);
        match self.plan.metrics.get(metric.index()).map(|metric| &metric.unit) {
            Some(MetricUnit::Money(currency)) => format!("{number} {}", currency.code),
            Some(MetricUnit::Percent) => format!("{number}%"),
            Some(MetricUnit::Count(Some(word))) => format!("{number} {word}"),
            Some(MetricUnit::Count(None)) | None => number,
        }
    }
}
