//! What was really reached: `actual` and `actuals`.

use std::collections::btree_map;

use chrono::NaiveDate;
use milepost_grammar::ast::{self, ActualStatement, Declaration};

use super::Resolver;
use super::actual_table::Seen;
use super::declare::Declarations;
use super::time::written;
use crate::dates::DateSpan;
use crate::exact::Exact;
use crate::message::Message;
use crate::plan::{ActualNote, Series, SeriesKey, in_millionths};
use crate::sources::Place;

/// What became of a reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Entered {
    /// It counts.
    New,
    /// It stands in the place of another one of that day.
    Instead,
    /// All readings of that day together are too many to count.
    TooMany,
}

impl Resolver<'_> {
    pub(super) fn actuals(&mut self, declared: &Declarations<'_>) {
        self.plan.actuals.parts.push(Vec::new());
        // A week that is in two exports is in two tables.
        let mut seen = Seen::default();
        for (at, declaration) in &declared.actuals {
            self.enter(*at);
            match declaration {
                Declaration::Actual(tree) => self.actual(tree),
                Declaration::Actuals(tree) => self.actual_table(&tree.from, &mut seen),
                _ => {}
            }
        }
        self.plan.actuals.notes.sort_by_key(|note| note.on);
    }

    fn actual(&mut self, tree: &ast::Actual) {
        let metric = self.measured(&tree.metric);
        for statement in &tree.body {
            let ActualStatement::Entry { on, who, amount, note, .. } = statement else { continue };
            let who = match who {
                None => Some(None),
                Some(name) => self.find_holder(name).map(Some),
            };
            let Some(metric) = metric else { continue };
            let Some(value) = self.amount(metric, amount) else { continue };
            let Some(millionths) = millionths(&value) else {
                let found = self.written(amount.span);
                self.say(Message::ReadingTooPrecise { found }, amount.span);
                continue;
            };
            let Some(who) = who else { continue };
            if !self.is_planned(on.value) {
                let plan = written(self.plan_period());
                self.say(Message::ReadingOutsidePlan { on: on.value.to_string(), plan }, on.span);
                continue;
            }
            let key = SeriesKey { metric, who, parts: 0 };
            match self.enter_reading(key, on.value, millionths, self.place(tree.metric.span)) {
                Entered::New => {}
                Entered::Instead => {
                    let (metric, on_day) = (self.metric_name(metric), on.value.to_string());
                    self.say(Message::ReadTwice { metric, on: on_day }, on.span);
                }
                Entered::TooMany => {
                    let what = format!("what the readings of {} come to", on.value);
                    self.say(Message::Overflow { what }, amount.span);
                }
            }
            if let Some(note) = note {
                let text = note.value.clone();
                self.plan.actuals.notes.push(ActualNote { on: on.value, metric, who, amount: value, text });
            }
        }
    }

    /// Whether a day is one of the plan's; so is every day where there is no plan.
    pub(super) fn is_planned(&self, day: NaiveDate) -> bool {
        self.period.is_none_or(|period: DateSpan| period.contains(day))
    }

    /// Adds a reading to its day; of a level the last one counts.
    pub(super) fn enter_reading(
        &mut self,
        key: SeriesKey,
        on: NaiveDate,
        millionths: i128,
        place: Place,
    ) -> Entered {
        let adds = self.plan.metrics.get(key.metric.index()).is_some_and(crate::plan::Metric::adds_up);
        let series = self.plan.actuals.series.entry(key);
        let series = series.or_insert_with(|| Series { days: btree_map::BTreeMap::new(), place });
        match series.days.entry(on) {
            btree_map::Entry::Vacant(day) => {
                day.insert(millionths);
                Entered::New
            }
            btree_map::Entry::Occupied(mut day) if adds => match day.get().checked_add(millionths) {
                Some(sum) => {
                    day.insert(sum);
                    Entered::New
                }
                None => Entered::TooMany,
            },
            btree_map::Entry::Occupied(mut day) => {
                day.insert(millionths);
                Entered::Instead
            }
        }
    }
}

/// An amount in millionths, if it is a whole number of them.
fn millionths(amount: &Exact) -> Option<i128> {
    let scaled = in_millionths(amount);
    scaled.is_int().then(|| i128::try_from(scaled.trunc()).ok()).flatten()
}
