//! Kinds of declarations that are few, or are added up: all of a kind are resolved again together, or each by itself.

use std::collections::HashSet;
use std::ops::Range;

use super::super::Resolver;
use super::super::declare::Declarations;
use super::kinds::{Kind, Record, kind};
use crate::load::LoadedItem;
use crate::plan::{Actuals, CalendarId, Formula, Metric, MetricId, within};
use crate::sources::{ItemId, Place};

impl Resolver<'_> {
    /// What items declare whose names are entered.
    pub(super) fn known<'t>(&mut self, items: impl IntoIterator<Item = &'t LoadedItem>) -> Declarations<'t> {
        self.known = true;
        let declared = Declarations::collect(self, items);
        self.known = false;
        declared
    }

    /// Resolves the header again. `None` where what it says of the whole plan is another thing now.
    pub(super) fn header_again(&mut self, items: &[LoadedItem]) -> Option<()> {
        let mut headers = items.iter().filter(|item| kind(item) == Kind::Header);
        let (header, None) = (headers.next()?, headers.next()) else { return None };
        let declared = self.known([header]);
        let of_all = |resolver: &Self| {
            let plan = &resolver.plan;
            (plan.currency.clone(), plan.calendar, resolver.period, resolver.fiscal)
        };
        let before = of_all(self);
        self.plan.focus.clear();
        self.plan.calendar = CalendarId(0);
        (self.period, self.fiscal) = (None, None);
        self.header(&declared);
        (of_all(self) == before).then_some(())
    }

    /// Resolves calendars again that stand at `at` of all that are declared. `None` where a day is another one now.
    pub(super) fn calendars_again<'t>(
        &mut self,
        items: impl IntoIterator<Item = &'t LoadedItem>,
        at: Range<usize>,
    ) -> Option<()> {
        let declared = self.known(items);
        // Before the declared ones stands the one that works Monday to Friday.
        let at = at.start + 1..at.end + 1;
        let rest = std::mem::take(&mut self.plan.calendars);
        self.calendars(&declared);
        let made = std::mem::replace(&mut self.plan.calendars, rest);
        let before = self.plan.calendars.get(at.clone())?;
        let alike =
            before.len() == made.len() && before.iter().zip(&made).all(|(one, other)| one.works_as(other));
        alike.then(|| _ = self.plan.calendars.splice(at, made))
    }

    /// Resolves all metrics again; gives the items of those that are other things now.
    pub(super) fn metrics_again(&mut self, items: &[LoadedItem]) -> Option<HashSet<ItemId>> {
        let of_kind: Vec<&LoadedItem> = items.iter().filter(|item| kind(item) == Kind::Metric).collect();
        of_kind.iter().for_each(|item| _ = self.unsettled.remove(&item.id));
        let declared = self.known(of_kind);
        let before = std::mem::take(&mut self.plan.metrics);
        self.metrics(&declared);
        let now = &self.plan.metrics;
        if before.len() != now.len() {
            return None;
        }
        let mut changed: Vec<bool> =
            before.iter().zip(now).map(|(one, other)| !one.counts_as(other)).collect();
        loop {
            let is_changed = |id: &MetricId| changed.get(id.index()) == Some(&true);
            let computed_of = |metric: &Metric| match &metric.formula {
                Some(Formula::Ratio(one, other)) => is_changed(one) || is_changed(other),
                Some(Formula::Sum(parts)) => parts.iter().any(is_changed),
                None => false,
            };
            let further: Vec<bool> =
                now.iter().zip(&changed).map(|(metric, changed)| *changed || computed_of(metric)).collect();
            if further == changed {
                break;
            }
            changed = further;
        }
        let items = now.iter().zip(changed).filter(|(_, changed)| *changed);
        Some(items.map(|(metric, _)| metric.place.item).collect())
    }

    /// Resolves histories, account books or pipelines again; what was made of these items stands at `old`.
    pub(super) fn records_again(
        &mut self,
        of: Record,
        items: Vec<&LoadedItem>,
        old: Range<usize>,
    ) -> Option<()> {
        let declared = self.known(items);
        match of {
            Record::History => {
                let rest = std::mem::take(&mut self.plan.histories);
                self.histories(&declared);
                let made = std::mem::replace(&mut self.plan.histories, rest);
                // Goals bear their numbers.
                (made.len() == old.len()).then(|| _ = self.plan.histories.splice(old, made))
            }
            Record::Book => {
                let rest = std::mem::take(&mut self.plan.books);
                self.books(&declared);
                let made = std::mem::replace(&mut self.plan.books, rest);
                (made.len() == old.len()).then(|| _ = self.plan.books.splice(old, made))
            }
            Record::Pipeline => {
                let rest = std::mem::take(&mut self.plan.pipelines);
                self.pipelines(&declared);
                let made = std::mem::replace(&mut self.plan.pipelines, rest);
                self.plan.pipelines.splice(old, made);
                Some(())
            }
        }
    }

    /// Where the histories, account books or pipelines stand that an item declares.
    pub(super) fn records_of(&self, of: Record, item: ItemId) -> Range<usize> {
        let rank = self.sources.rank(item);
        let ranks = rank..rank + 1;
        let at = |place: Place| self.sources.rank(place.item);
        match of {
            Record::History => within(&self.plan.histories, &ranks, |history| at(history.place)),
            Record::Book => within(&self.plan.books, &ranks, |book| at(book.place)),
            Record::Pipeline => within(&self.plan.pipelines, &ranks, |pipeline| at(pipeline.place)),
        }
    }

    /// Adds up all readings again.
    pub(super) fn readings_again(&mut self, items: &[LoadedItem]) {
        let of_kind: Vec<&LoadedItem> = items.iter().filter(|item| kind(item) == Kind::Reading).collect();
        of_kind.iter().for_each(|item| _ = self.unsettled.remove(&item.id));
        let declared = self.known(of_kind);
        self.plan.actuals = Actuals::default();
        self.actuals(&declared);
    }

    /// Resolves again what the plan asks of all its goals, and what hangs on goals without being one.
    pub(super) fn others_again(&mut self, items: &[LoadedItem]) {
        let of_kind = |item: &&LoadedItem| matches!(kind(item), Kind::Header | Kind::Other);
        let of_kind: Vec<&LoadedItem> = items.iter().filter(of_kind).collect();
        let declared = self.known(of_kind);
        self.plan.smart.retain(|block| block.of.is_some());
        self.plan.acted_for.clear();
        self.plan_smart(&declared);
        self.unbuilt(&declared);
    }
}
