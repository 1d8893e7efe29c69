//! The header, calendars, metrics, and what is checked of goals.

use chrono::Weekday;
use milepost_grammar::ast::{Declaration, Grain, MetricKind, Total};

use super::{Facts, Teller, number, parts_of_one, percent, unit};
use crate::dates::{DateSpan, minus, period_of, plus};
use crate::diff::thing::{Aspect, Fact, Thing, Value, What};
use crate::english;
use crate::exact::Exact;
use crate::plan::{Formula, Limits, SmartBlock, Waived};
use crate::sources::Place;

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
            let named = if plan.fiscal_by_start { ", named by its start" } else { "" };
            facts.say(
                Aspect::Date,
                "fiscal year",
                Value::text(format!("from month {}{named}", plan.fiscal_start)),
                place,
            );
        }
        facts.some(Aspect::Setting, "timezone", plan.timezone.map(|zone| Value::text(zone.name())), place);
        facts.some(Aspect::Text, "language", plan.language.as_ref().map(Value::text), place);
        let focus = plan.focus.iter();
        facts.each(
            Aspect::Text,
            "focus",
            focus.map(|focus| {
                (Value::default().over(focus.period).and(format!(" \"{}\"", focus.text)), focus.place)
            }),
        );
        for block in plan.smart.iter().filter(|block| block.of.is_none()) {
            self.smart(block, &mut facts);
        }
        Thing::new(&plan.name, plan.title.as_deref(), facts.0, place)
    }

    /// What a `smart` block asks for, and what it lets pass.
    pub(super) fn smart(&self, block: &SmartBlock, facts: &mut Facts) {
        for (check, place) in &block.required {
            facts.say(Aspect::Smart, "require", Value::text(check.path()), *place);
        }
        let limits = |limits: &Limits| {
            let part = |part: &Option<crate::exact::Exact>| part.as_ref().map(percent).unwrap_or_default();
            Value::text(format!("{}..{}", part(&limits.least), part(&limits.most)))
        };
        for (of, said) in [("growth", &block.growth), ("over-assignment", &block.over_assignment)] {
            if let Some(said) = said {
                facts.say(Aspect::Smart, format!("attainable {of}"), limits(said), said.place);
            }
        }
        for waiver in &block.waivers {
            let on = match waiver.on {
                Waived::Plan => String::new(),
                Waived::Goal(goal) if Some(goal) == block.of => String::new(),
                Waived::Goal(goal) => format!(" on {}", self.goal(goal)),
                Waived::Pipeline(id) => {
                    format!(" on {}", self.renamed.get(What::Pipeline, &self.plan[id].name))
                }
            };
            for check in &waiver.checks {
                let said = self.compilation.sources.text(waiver.place);
                let why = said.find('"').and_then(|start| said.get(start..)).map_or("waived", str::trim);
                facts.say(
                    Aspect::Smart,
                    format!("waive {}{on}", check.path()),
                    Value::text(why),
                    waiver.place,
                );
            }
        }
    }

    pub(super) fn calendars(&self) -> Vec<Thing> {
        let plan = self.plan;
        let declared = plan.calendars.iter().filter_map(|calendar| Some((calendar, calendar.place?)));
        declared
            .map(|(calendar, place)| {
                let mut facts = Facts::default();
                let around = self.days_that_count();
                let regular: Vec<_> = WEEKDAYS.iter().filter(|(day, _)| calendar.works_on(*day)).collect();
                let week = regular.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ");
                facts.say(Aspect::Calendar, "week", Value::text(week), place);
                for day in around.days() {
                    let works = calendar.works(day);
                    if works != calendar.works_on(chrono::Datelike::weekday(&day)) {
                        let value = Value::text(if works { "works" } else { "off" });
                        facts.say(Aspect::Calendar, format!("day {day}"), value, place);
                    }
                }
                Thing::new(&calendar.name, calendar.title.as_deref(), facts.0, place)
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

    /// Declarations whose meaning is not built: what is compared is their text, written plainly.
    pub(super) fn unbuilt(&self, what: What) -> Vec<Thing> {
        let mut things = Vec::new();
        for item in &self.compilation.items {
            let (name, title) = match (what, &item.item.declaration) {
                (What::Action, Declaration::Action(tree)) => (&tree.name, &tree.title),
                (What::Review, Declaration::Review(tree)) => (&tree.name, &tree.title),
                (What::Incentive, Declaration::Incentive(tree)) => (&tree.name, &tree.title),
                (What::Scenario, Declaration::Scenario(tree)) => (&tree.name, &tree.title),
                _ => continue,
            };
            let place = Place::new(item.id, name.span);
            let whole = Place::new(item.id, milepost_grammar::Span::new(0, item.item.len));
            let text = milepost_grammar::format(self.compilation.sources.text(whole));
            let mut facts = Facts::default();
            // Behind the name and the title, a statement a line.
            let body = text.split_once('{').map_or("", |(_, body)| body).trim_end();
            let body = body.strip_suffix('}').unwrap_or(body);
            let lines = body.lines().flat_map(|line| line.split(';'));
            let lines = lines.map(|line| without_comment(line).trim());
            let mut lines: Vec<&str> = lines.filter(|line| !matches!(*line, "" | "}")).collect();
            lines.sort_unstable();
            facts.each(
                Aspect::Setting,
                "says",
                lines.into_iter().map(|line| (Value::text(self.renamed.in_words(line)), place)),
            );
            let title = title.as_ref().map(|title| title.value.as_str());
            things.push(Thing::new(&name.value, title, facts.0, place));
        }
        things
    }
}

/// A line up to its comment.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let comment = line.char_indices().find(|(_, sign)| {
        quoted ^= *sign == '"';
        *sign == '#' && !quoted
    });
    comment.map_or(line, |(at, _)| line.get(..at).unwrap_or(line))
}

/// In how long.
pub(super) fn per(grain: Grain) -> String {
    format!("per {}", english::grain(grain))
}
