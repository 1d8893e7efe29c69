//! The header, calendars, metrics, and what is checked of goals.

use chrono::{Datelike, NaiveDate, Weekday};
use milepost_grammar::ast::{Grain, MetricKind, Total};

use super::{Facts, Teller, number, parts_of_one, percent, quoted, unit};
use crate::dates::{DateSpan, MONTHS, minus, period_of, plus};
use crate::diff::thing::{Aspect, CalendarDay, Fact, Thing, Value, What};
use crate::english;
use crate::exact::Exact;
use crate::plan::{Formula, GoalRef, Limits, Waived};

/// The days of the week, as the language has them.
const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

impl Teller<'_> {
    pub(super) fn header(&self) -> Thing {
        let plan = self.plan;
        let place = plan.place;
        let mut facts = Facts::default();
        facts.say(Aspect::Date, "period", Value::default().over(plan.period), place);
        let currency = plan.currency.as_ref().map(|currency| Value::text(&currency.code));
        facts.some(Aspect::Setting, "currency", currency, place);
        let calendar = &plan[plan.calendar].name;
        let named = plan[plan.calendar].place.is_some();
        let calendar = named.then(|| Value::text(self.renamed.get(What::Calendar, calendar)));
        facts.some(Aspect::Calendar, "calendar", calendar, place);
        if plan.fiscal {
            let named = if plan.fiscal_by_start { " named by start" } else { "" };
            let month = MONTHS.get(plan.fiscal_start.saturating_sub(1) as usize).copied().unwrap_or_default();
            facts.say(Aspect::Date, "fiscal year", Value::text(format!("starts {month}{named}")), place);
        }
        facts.some(Aspect::Setting, "timezone", plan.timezone.map(|zone| Value::text(zone.name())), place);
        facts.some(Aspect::Setting, "follows", plan.follows.as_ref().map(Value::text), place);
        facts.some(Aspect::Text, "language", plan.language.as_ref().map(Value::text), place);
        let focus = plan.focus.iter();
        facts.each(
            Aspect::Text,
            "focus",
            focus.map(|focus| {
                (Value::default().over(focus.period).and(format!(" \"{}\"", focus.text)), focus.place)
            }),
        );
        self.smart(None, &mut facts);
        Thing::new(&plan.name, plan.title.as_deref(), facts.0, place)
    }

    /// What `smart` blocks ask for, and what they let pass, of the whole plan or of one goal: a waiver may stand in either's.
    pub(super) fn smart(&self, of: Option<GoalRef>, facts: &mut Facts) {
        for block in self.plan.smart.iter().filter(|block| block.of == of) {
            for (check, place) in &block.required {
                facts.say(Aspect::Smart, "require", Value::text(check.path()), *place);
            }
            for (name, said) in [("growth", &block.growth), ("over-assignment", &block.over_assignment)] {
                if let Some(said) = said {
                    facts.say(Aspect::Smart, format!("attainable {name}"), limits(said), said.place);
                }
            }
        }
        for waiver in self.plan.smart.iter().flat_map(|block| &block.waivers) {
            let on = match (waiver.on, of) {
                (Waived::Plan, None) => String::new(),
                (Waived::Pipeline(id), None) => {
                    format!(" on {}", self.renamed.get(What::Pipeline, &self.plan[id].name))
                }
                (Waived::Goal(goal), Some(of)) if goal == of => String::new(),
                _ => continue,
            };
            for check in &waiver.checks {
                let of = format!("waive {}{on}", check.path());
                let why = waiver.why.as_deref().map_or_else(|| Value::text("waived"), quoted);
                facts.say(Aspect::Smart, of, why, waiver.place);
            }
        }
    }

    pub(super) fn calendars(&self) -> Vec<Thing> {
        let plan = self.plan;
        let declared = plan.calendars.iter().filter_map(|calendar| Some((calendar, calendar.place?)));
        declared
            .map(|(calendar, place)| {
                let mut facts = Facts::default();
                let regular: Vec<_> = WEEKDAYS.iter().filter(|(day, _)| calendar.works_on(*day)).collect();
                let week = regular.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ");
                facts.say(Aspect::Calendar, "week", Value::text(week), place);
                facts.each(
                    Aspect::Calendar,
                    "covers",
                    calendar.covers().iter().map(|days| (Value::default().over(*days), place)),
                );
                let day = |date: NaiveDate| {
                    let works = calendar.works(date);
                    CalendarDay { date, works, is_exception: works != calendar.works_on(date.weekday()) }
                };
                let days = self.days_that_count().days().map(day).collect();
                Thing { days, ..Thing::new(&calendar.name, calendar.title.as_deref(), facts.0, place) }
            })
            .collect()
    }

    /// The days that say something about anybody's work: those of the plan's months and the weeks around them (rates per month,
    /// lags), and those of its histories (amounts per working day).
    fn days_that_count(&self) -> DateSpan {
        let plan = self.plan;
        let month = |day| period_of(day, Grain::Month, 1);
        let first = minus(month(plan.period.first).first, 7);
        let entries = plan.histories.iter().flat_map(|history| &history.entries);
        let past = entries.map(|entry| entry.period.first).min();
        DateSpan {
            first: past.map_or(first, |past| past.min(first)),
            last: plus(month(plan.period.last).last, 7),
        }
    }

    pub(super) fn metrics(&self) -> Vec<Thing> {
        self.plan.metrics.iter().map(|metric| self.metric_thing(metric)).collect()
    }

    fn metric_thing(&self, metric: &crate::plan::Metric) -> Thing {
        let place = metric.place;
        let mut facts = Facts::default();
        facts.say(Aspect::Setting, "unit", Value::text(unit(metric)), place);
        let kind = if metric.kind == MetricKind::Activity { "activity" } else { "outcome" };
        facts.say(Aspect::Setting, "kind", Value::text(kind), place);
        let better = if metric.better == milepost_grammar::ast::Better::Lower { "lower" } else { "higher" };
        facts.say(Aspect::Setting, "better", Value::text(better), place);
        let total = if metric.total == Total::Last { "last" } else { "sum" };
        facts.say(Aspect::Setting, "total", Value::text(total), place);
        facts.say(Aspect::Setting, "grain", Value::text(english::grain(metric.grain)), place);
        facts.say(Aspect::Setting, "step", Value::text(number(&metric.step.size)), place);
        if let Some(weekdays) = &metric.weekdays {
            let said: Vec<(&str, &Exact)> = WEEKDAYS
                .iter()
                .zip(weekdays)
                .filter_map(|((_, name), weight)| Some((*name, weight.as_ref()?)))
                .collect();
            let listed = |values: Vec<String>| {
                let each = said.iter().zip(values).map(|((name, _), value)| format!("{name} {value}"));
                each.collect::<Vec<_>>().join(", ")
            };
            let weights = listed(said.iter().map(|(_, weight)| number(weight)).collect());
            let parts = listed(parts_of_one(said.iter().map(|(_, weight)| *weight)).collect());
            let fact = Fact::new(Aspect::Season, "weekdays", Value::text(weights), place);
            facts.0.push(fact.or_same(parts));
        }
        let formula = metric.formula.as_ref().map(|formula| match formula {
            Formula::Ratio(one, other) => format!("{} / {}", self.metric(*one), self.metric(*other)),
            Formula::Sum(parts) => {
                parts.iter().map(|part| self.metric(*part)).collect::<Vec<_>>().join(" + ")
            }
        });
        facts.some(Aspect::Setting, "formula", formula.map(Value::text), place);
        Thing::new(&metric.name, metric.title.as_deref(), facts.0, place)
    }
}

/// Limits as the language writes them.
fn limits(limits: &Limits) -> Value {
    let part = |part: &Option<Exact>| part.as_ref().map(percent).unwrap_or_default();
    Value::text(match (&limits.least, &limits.most) {
        (None, _) => format!("at most {}", part(&limits.most)),
        (_, None) => format!("at least {}", part(&limits.least)),
        _ => format!("{}..{}", part(&limits.least), part(&limits.most)),
    })
}

/// In how long.
pub(super) fn per(grain: Grain) -> String {
    format!("per {}", english::grain(grain))
}
