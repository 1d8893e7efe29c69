//! Days and periods. What day it is today is unknown: what is offered lies in the time of the goal, or of the plan.

use chrono::{Datelike, NaiveDate};
use milepost::dates::{DateSpan, period_of, periods};
use milepost::plan::Plan;
use milepost_grammar::ast::{Grain, PeriodValue};
use milepost_grammar::{Moment, moment};

use super::offers::{Offer, Offers};
use super::{About, CompletionKind};

/// More periods of one length are not offered.
const MOST_PERIODS: usize = 36;

/// How a month, a quarter and so on are looked for, the longest first.
const GRAINS: [Grain; 4] = [Grain::Year, Grain::Half, Grain::Quarter, Grain::Month];

impl Offers<'_> {
    /// A day by which something is to be reached: the last one of the goal first, then ends of periods.
    pub(super) fn last_days(&mut self) {
        let (Some(plan), Some(days)) = (self.plan, self.days()) else { return };
        if !self.typed_month(plan) {
            self.day(days.last, "the last day");
        }
        self.spans_of(plan, days, &GRAINS, |span| format!("until {}", span.last), None);
    }

    /// The last day of the goal, to be filled in.
    pub(super) fn last_day(&self) -> String {
        self.days().map_or_else(|| "2026-12-31".to_owned(), |days| days.last.to_string())
    }

    /// A stretch of days, each with `then` behind it; a snippet where there is one.
    pub(super) fn stretches(&mut self, then: Option<&str>) {
        let (Some(plan), Some(days)) = (self.plan, self.days()) else { return };
        self.spans_of(plan, days, &GRAINS, |span| format!("{}..{}", span.first, span.last), then);
        let grain = if days.len() <= 100 { &[Grain::Week, Grain::TenDay][..] } else { &[] };
        self.spans_of(plan, days, grain, |span| format!("{}..{}", span.first, span.last), then);
        self.typed_month(plan);
        if then.is_none() {
            let snippet = format!("${{1:{}}}..${{2:{}}}", days.first, days.last);
            let label = format!("{}..{}", days.first, days.last);
            let kind = CompletionKind::Moment;
            self.push(Offer { insert: Some(&snippet), snippet: true, ..Offer::new(&label, kind) });
        }
    }

    /// One day: the first and the last one, and those that months begin and end with.
    pub(super) fn single_days(&mut self) {
        let (Some(plan), Some(days)) = (self.plan, self.days()) else { return };
        if self.typed_month(plan) {
            return;
        }
        self.day(days.first, "the first day");
        self.day(days.last, "the last day");
        for month in periods(days, Grain::Month, plan.fiscal_start).into_iter().take(MOST_PERIODS) {
            if month.first != days.first {
                self.day(month.first, "a month begins");
            }
            if month.last != days.last {
                self.day(month.last, "a month ends");
            }
        }
    }

    /// A day or period that comes after the one written.
    pub(super) fn after(&mut self, written: &str, then: &str) {
        let Some(next) = next(written) else { return };
        let insert = format!("{next}{then}");
        let detail = Some("the next one");
        let kind = CompletionKind::Moment;
        self.push(Offer { detail, insert: Some(&insert), snippet: true, ..Offer::new(&next, kind) });
    }

    fn day(&mut self, day: NaiveDate, what: &str) {
        let label = day.to_string();
        let detail = format!("{}, {what}", day.format("%a"));
        let range = None;
        let about = About::Nothing;
        let detail = Some(detail.as_str());
        self.push(Offer { detail, range, about, ..Offer::new(&label, CompletionKind::Moment) });
    }

    /// The days of the month that was typed, `2026-03-`; whether there was one.
    fn typed_month(&mut self, plan: &Plan) -> bool {
        let word = self.text.get(self.cursor.word.start..self.cursor.offset).unwrap_or("");
        let Some(month) = word.get(..8).and_then(|month| month.strip_suffix('-')) else {
            return false;
        };
        let Some(Moment::Period(PeriodValue::Month(year, month))) = read(month) else { return false };
        for day in milepost::dates::months(year, month, 1).days() {
            if plan.period.contains(day) {
                let works = plan.calendars.get(plan.calendar.index()).is_some_and(|own| own.works(day));
                self.day(day, if works { "a working day" } else { "a day off" });
            }
        }
        true
    }

    fn spans_of(
        &mut self,
        plan: &Plan,
        days: DateSpan,
        grains: &[Grain],
        detail: impl Fn(DateSpan) -> String,
        then: Option<&str>,
    ) {
        for grain in grains {
            let spans = periods(days, *grain, plan.fiscal_start).into_iter().take(MOST_PERIODS);
            // One that the plan knows but a part of is no help where it is the only one.
            let whole = |span: &DateSpan| period_of(span.first, *grain, plan.fiscal_start) == *span;
            let spans: Vec<DateSpan> = spans.filter(|span| whole(span) || days.len() > span.len()).collect();
            for span in spans {
                let label = plan.period_name(span.first, *grain);
                let insert = then.map(|then| format!("{label}{then}"));
                let detail = detail(span);
                self.push(Offer {
                    detail: Some(&detail),
                    insert: insert.as_deref(),
                    snippet: insert.is_some(),
                    ..Offer::new(&label, CompletionKind::Moment)
                });
            }
        }
    }
}

fn read(written: &str) -> Option<Moment> {
    moment(written).ok()
}

/// The day, month, quarter, half, year or ten-day period after the one written.
fn next(written: &str) -> Option<String> {
    let over = |year: i32, part: u32, most: u32| if part >= most { (year + 1, 1) } else { (year, part + 1) };
    Some(match read(written)? {
        Moment::Day(date) => date.succ_opt()?.to_string(),
        Moment::Period(PeriodValue::Year(year)) => format!("{}", year.checked_add(1)?),
        Moment::Period(PeriodValue::Half(year, half)) => {
            let (year, half) = over(year, half, 2);
            format!("{year}-H{half}")
        }
        Moment::Period(PeriodValue::Quarter(year, quarter)) => {
            let (year, quarter) = over(year, quarter, 4);
            format!("{year}-Q{quarter}")
        }
        Moment::Period(PeriodValue::Month(year, month)) => {
            let (year, month) = over(year, month, 12);
            format!("{year}-{month:02}")
        }
        Moment::Period(PeriodValue::TenDay(year, month, part)) => {
            let (year, month, part) = match part {
                3 => {
                    let (year, month) = over(year, month, 12);
                    (year, month, 1)
                }
                part => (year, month, part + 1),
            };
            format!("{year}-{month:02}-T{part}")
        }
        Moment::Period(PeriodValue::Week(year, week)) => {
            let monday = NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)?;
            let week = milepost::dates::plus(monday, 7).iso_week();
            format!("{}-W{:02}", week.year(), week.week())
        }
        Moment::Period(
            PeriodValue::FiscalYear(_) | PeriodValue::FiscalHalf(..) | PeriodValue::FiscalQuarter(..),
        ) => return None,
    })
}
