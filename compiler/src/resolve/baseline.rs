//! What growth is measured against.

use chrono::{Datelike, NaiveDate};
use milepost_grammar::Span;
use milepost_grammar::ast;

use super::Resolver;
use super::time::written;
use crate::calendar::Calendar;
use crate::dates::DateSpan;
use crate::exact::{Exact, ratio};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{Baseline, History, MetricId};

/// How many years back the same months are looked for.
const MOST_YEARS: i32 = 50;

impl Resolver<'_> {
    pub(super) fn baseline(
        &mut self,
        metric: Option<MetricId>,
        said: &ast::Baseline,
        span: Option<Span>,
    ) -> Option<Baseline> {
        let place = self.place(span.unwrap_or_default());
        match said {
            ast::Baseline::Amount(amount) => Some(Baseline::Amount(self.amount(metric?, amount)?, place)),
            ast::Baseline::History(name) => {
                let history = self.find_history(name)?;
                let of = self.plan.histories.get(history.index())?.metric;
                if let (Some(of), Some(metric)) = (of, metric)
                    && of != metric
                {
                    let message = Message::OfOtherMetric {
                        noun: Noun::History,
                        name: name.value.clone(),
                        of: self.metric_name(of),
                        measured: self.metric_name(metric),
                    };
                    self.say(message, name.span);
                    return None;
                }
                Some(Baseline::History(history, place))
            }
        }
    }

    /// How much the baseline of a goal with these days comes to: what was written, or what the history holds of the
    /// same days in the nearest year that it covers; of a level, the history's last before them. Says so where it
    /// holds nothing of them.
    pub(super) fn base(&mut self, baseline: &Baseline, window: DateSpan, level: bool) -> Option<Exact> {
        let (id, place) = match baseline {
            Baseline::Amount(amount, _) => return Some(amount.clone()),
            Baseline::History(id, place) => (*id, *place),
        };
        let history = self.plan.histories.get(id.index())?;
        let calendar = self.plan.calendars.get(self.plan.calendar.index())?;
        let past =
            if level { last_before(history, window.first) } else { same_days(history, window, calendar) };
        if past.is_none() && !history.spoilt && self.period.is_some() {
            let message = Message::NoPast { history: history.name.clone(), window: written(window) };
            self.diagnostics.say(message, place);
        }
        past
    }
}

/// The level a history ends with before `day`.
fn last_before(history: &History, day: NaiveDate) -> Option<Exact> {
    let entries = history.entries.iter().filter(|entry| entry.period.last < day);
    entries.max_by_key(|entry| entry.period.last).map(|entry| entry.amount.clone())
}

/// What a history holds of the same days of the nearest earlier year of which it holds all. A period that lies in
/// them only in part counts by the part of its working days.
fn same_days(history: &History, window: DateSpan, calendar: &Calendar) -> Option<Exact> {
    (1..=MOST_YEARS).find_map(|years| {
        let then = DateSpan::new(years_before(window.first, years), years_before(window.last, years))?;
        let mut covered = 0;
        let mut amount = Exact::ZERO;
        for entry in &history.entries {
            let Some(part) = entry.period.intersect(&then) else { continue };
            covered += part.len();
            amount += if part == entry.period {
                entry.amount.clone()
            } else {
                let count = |days| i64::try_from(calendar.count(days)).unwrap_or(i64::MAX);
                match count(entry.period) {
                    0 => Exact::ZERO,
                    all => &entry.amount * ratio(count(part), all),
                }
            };
        }
        (covered >= then.len()).then_some(amount)
    })
}

/// The same day of an earlier year; 29 February stands for 28 where there is none.
fn years_before(day: NaiveDate, years: i32) -> NaiveDate {
    let year = day.year() - years;
    day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(day)
}
