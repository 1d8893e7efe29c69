//! Goals that are kept or done: readings inside bounds, and checklists.

use chrono::NaiveDate;
use milepost_grammar::ast::Grain;

use crate::dates::{DateSpan, period_of};
use crate::exact::{Exact, whole};
use crate::ledger::Who;
use crate::plan::{Hold, MetricId};

use super::key_result::{KeyResultProgress, Kind};
use super::meter::{Meter, Subject};

impl<'a> Meter<'a> {
    /// How many readings are inside the bounds. A level is read whenever somebody reads it; what adds up, once a
    /// period of the metric's grain that is over; what is computed, once a period that says something.
    pub(super) fn held_within(
        &self,
        subject: &Subject<'a>,
        hold: &Hold,
        progress: &mut KeyResultProgress,
    ) -> Option<Exact> {
        let readings = self.readings(subject, hold.metric, self.as_of);
        let fits = |value: &Exact| {
            hold.least.as_ref().is_none_or(|least| value >= least)
                && hold.most.as_ref().is_none_or(|most| value <= most)
        };
        let inside = readings.iter().filter(|value| fits(value)).count();
        progress.metric = Some(hold.metric);
        progress.kind = Kind::Hold { inside, readings: readings.len() };
        progress.done = readings.last().cloned();
        let count = |count: usize| whole(i64::try_from(count).unwrap_or(i64::MAX));
        (!readings.is_empty()).then(|| count(inside) / count(readings.len()))
    }

    fn readings(&self, subject: &Subject<'a>, metric: MetricId, as_of: NaiveDate) -> Vec<Exact> {
        let Some(days) = subject.days(metric, as_of) else { return Vec::new() };
        let ledger = subject.ledger(self.plan);
        let declared = &self.plan[metric];
        let who = self.person.map_or(Who::All, Who::Person);
        if declared.is_latest() {
            let mut all: Vec<(NaiveDate, Exact)> = ledger
                .series(metric, who)
                .flat_map(|(_, series)| series.within(days))
                .map(|(day, millionths)| (day, crate::plan::reading(millionths)))
                .collect();
            all.sort_by_key(|(day, _)| *day);
            return all.into_iter().map(|(_, value)| value).collect();
        }
        if !ledger.is_read(metric, who, days) {
            return Vec::new();
        }
        let periods = crate::dates::periods(days, declared.grain, self.plan.fiscal_start);
        let over = |period: &DateSpan| {
            declared.grain == Grain::Day
                || period.last == subject.goal.window.last
                || period.last == period_of(period.first, declared.grain, self.plan.fiscal_start).last
        };
        // A ratio says something before its period is over; a sum does not, and nothing of a period that nobody works.
        let flows = declared.adds_up();
        let calendar = self.presence(subject.owner());
        let worked = |period: &DateSpan| calendar.works_in(*period) || ledger.is_read(metric, who, *period);
        let periods = periods.into_iter().filter(|period| !flows || (over(period) && worked(period)));
        periods.filter_map(|period| ledger.value(metric, who, period)).collect()
    }

    /// How much of a checklist is done.
    pub(super) fn checklist(&self, subject: &Subject<'a>, progress: &mut KeyResultProgress) -> Exact {
        let items = &subject.goal.reach;
        let done = items.iter().filter(|item| item.done.is_some_and(|done| done <= self.as_of)).count();
        let due = items.iter().filter(|item| item.by <= self.as_of).count();
        let count = |count: usize| whole(i64::try_from(count).unwrap_or(i64::MAX));
        progress.kind = Kind::Checklist { done, due, items: items.len() };
        progress.target = Some(count(items.len()));
        progress.done = Some(count(done));
        progress.planned = Some(count(due));
        progress.pace = (due > 0).then(|| count(done) / count(due));
        count(done) / count(items.len())
    }
}
