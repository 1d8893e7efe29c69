//! Objectives and key results.

use milepost_grammar::ast::GoalType;

use super::settings::per;
use super::{Facts, Teller, number, parts_of_one, percent, quoted, within};
use crate::diff::thing::{Aspect, Fact, Thing, Value, What};
use crate::page::Label;
use crate::plan::{
    Baseline, CheckIn, CheckpointAmount, Dropped, GoalRef, GoalTexts, Holder, KeyResult, KeyResultId,
    MetricId, Objective, ObjectiveId, ShareBy, SpreadBy, Target,
};
use crate::sources::Place;

/// What objectives and key results both have.
struct Goal<'a> {
    owners: &'a [Holder],
    goal_type: Option<GoalType>,
    supports: &'a [(GoalRef, Place)],
    texts: &'a GoalTexts,
    weight: &'a crate::exact::Exact,
    priority: Option<u32>,
    dropped: Option<&'a Dropped>,
    check_ins: &'a [CheckIn],
}

impl Teller<'_> {
    pub(super) fn objectives(&self) -> Vec<Thing> {
        let objectives = self.plan.objectives.iter().enumerate();
        objectives.map(|(index, objective)| self.objective(ObjectiveId::new(index), objective)).collect()
    }

    fn objective(&self, id: ObjectiveId, objective: &Objective) -> Thing {
        let place = objective.place;
        let mut facts = Facts::default();
        if let Some(place) = objective.during_place {
            facts.say(Aspect::Date, "during", Value::default().over(objective.during), place);
        }
        let goal = Goal {
            owners: &objective.owners,
            goal_type: objective.goal_type,
            supports: &objective.supports,
            texts: &objective.texts,
            weight: &objective.weight,
            priority: objective.priority,
            dropped: objective.dropped.as_ref(),
            check_ins: &objective.check_ins,
        };
        self.goal_facts(&goal, place, &mut facts);
        self.smart(Some(GoalRef::Objective(id)), &mut facts);
        let holds = objective.key_results.iter().map(|id| self.plan[*id].name.clone()).collect();
        Thing { holds, ..Thing::new(&objective.name, objective.title.as_deref(), facts.0, place) }
    }

    fn goal_facts(&self, goal: &Goal<'_>, place: Place, facts: &mut Facts) {
        let owners = (!goal.owners.is_empty()).then(|| Value::text(self.holders(goal.owners)));
        facts.some(Aspect::Owner, "owner", owners, place);
        let goal_type = goal.goal_type.unwrap_or(GoalType::Committed);
        facts.say(Aspect::Setting, "type", Value::text(goal_type.word()), place);
        for (goal, place) in goal.supports {
            facts.say(Aspect::Setting, "supports", Value::text(self.goal(*goal)), *place);
        }
        facts.say(Aspect::Setting, "weight", Value::text(number(goal.weight)), place);
        let priority = goal.priority.map(|priority| Value::text(format!("P{priority}")));
        facts.some(Aspect::Setting, "priority", priority, place);
        if let Some(dropped) = goal.dropped {
            let why = dropped.why.as_ref().map(|why| format!(" \"{why}\"")).unwrap_or_default();
            facts.say(Aspect::Date, "dropped", Value::day(dropped.on).and(why), dropped.place);
        }
        facts.texts("why", &goal.texts.why, place);
        facts.texts("assume", &goal.texts.assume, place);
        facts.texts("obstacle", &goal.texts.obstacles, place);
        facts.texts("scope", &goal.texts.scope, place);
        for check_in in goal.check_ins {
            let confidence = check_in.confidence.as_ref().map(|sure| format!("confidence {}", percent(sure)));
            let texts = [("good", &check_in.good), ("bad", &check_in.bad), ("next", &check_in.next)];
            let texts = texts.iter().flat_map(|(word, texts)| {
                texts.iter().map(move |text| format!("{word} {}", quoted(text).shown()))
            });
            let value = Value::text(confidence.into_iter().chain(texts).collect::<Vec<_>>().join("; "));
            facts.say(Aspect::Actual, format!("check-in {}", check_in.on), value, check_in.place);
        }
    }

    pub(super) fn key_results(&self) -> Vec<Thing> {
        let key_results = self.plan.key_results.iter().enumerate();
        key_results.map(|(index, goal)| self.key_result(KeyResultId::new(index), goal)).collect()
    }

    fn key_result(&self, id: KeyResultId, goal: &KeyResult) -> Thing {
        let place = goal.place;
        let mut facts = Facts::default();
        let metric = goal.measure.as_ref().map(|measure| measure.metric);
        self.aim(goal, &mut facts);
        if let Some(place) = goal.during_place.or(self.plan[goal.objective].during_place) {
            facts.say(Aspect::Date, "during", Value::default().over(goal.during), place);
        }
        facts.some(Aspect::Date, "by", goal.by.map(Value::day), goal.statement().unwrap_or(place));
        if let Some(baseline) = &goal.baseline {
            let (value, place) = match baseline {
                Baseline::Amount(amount, place) => (Value::text(self.of_metric(metric, amount)), *place),
                Baseline::History(history, place) => (Value::text(self.history_name(*history)), *place),
            };
            facts.say(Aspect::Baseline, "baseline", value, place);
        }
        for checkpoint in &goal.checkpoints {
            let amount = match &checkpoint.amount {
                CheckpointAmount::Amount(amount) => self.of_metric(metric, amount),
                CheckpointAmount::OfTarget(part) => percent(part),
            };
            let value = Value::text(format!("{amount} by ")).on(checkpoint.on);
            let title = checkpoint.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
            facts.say(Aspect::Target, "checkpoint", value.and(title), checkpoint.place);
        }
        for (book, place) in &goal.existing {
            let name = self.renamed.get(What::Accounts, &self.plan[*book].name);
            facts.say(Aspect::Assumption, "existing", Value::text(name), *place);
        }
        if let Some((funnel, place)) = &goal.through {
            facts.say(
                Aspect::Assumption,
                "through",
                Value::text(self.renamed.get(What::Funnel, &self.plan[*funnel].name)),
                *place,
            );
        }
        self.dealt_out(goal, metric, &mut facts);
        self.laid_out(goal, &mut facts);
        let threshold = goal.threshold.as_ref().map(|part| Value::text(percent(part)));
        facts.some(Aspect::Target, "threshold", threshold, place);
        for forecast in &goal.forecasts {
            let who = forecast.who.map(|who| format!(" {}", self.holder(who))).unwrap_or_default();
            let said = [("commit", &forecast.commit), ("call", &forecast.call), ("best", &forecast.best)];
            let said = said.iter().filter_map(|(word, amount)| {
                Some(format!("{word} {}", self.of_metric(metric, amount.as_ref()?)))
            });
            let said = said.collect::<Vec<_>>().join("; ");
            let note = forecast.note.as_ref().map(|note| format!(" \"{note}\"")).unwrap_or_default();
            let of = format!("forecast {}{who}", forecast.on);
            facts.say(Aspect::Actual, of, Value::text(said + &note), forecast.place);
        }
        let common = Goal {
            owners: &goal.owners,
            goal_type: goal.goal_type,
            supports: &goal.supports,
            texts: &goal.texts,
            weight: &goal.weight,
            priority: goal.priority,
            dropped: goal.dropped.as_ref(),
            check_ins: &goal.check_ins,
        };
        self.goal_facts(&common, place, &mut facts);
        self.smart(Some(GoalRef::KeyResult(id)), &mut facts);
        let objective = &self.plan[goal.objective];
        let within =
            vec![Label::new(self.renamed.get(What::Objective, &objective.name), objective.title.as_deref())];
        let objective = self.renamed.get(What::Objective, &objective.name);
        let summary = facts.0.first().filter(|fact| fact.aspect == Aspect::Target).map(|fact| {
            let words = if fact.of == "target" { String::new() } else { format!("{} ", fact.of) };
            let mut value = Value::text(words);
            value.0.extend(fact.value.0.iter().cloned());
            value
        });
        let name = format!("{objective}.{}", goal.name);
        let own = Some(self.plan.path(id));
        Thing { own, summary, within, ..Thing::new(name, goal.title.as_deref(), facts.0, place) }
    }

    /// What is to be reached, held or done.
    fn aim(&self, goal: &KeyResult, facts: &mut Facts) {
        if let Some(measure) = &goal.measure {
            let metric = measure.metric;
            let each = if goal.is_per_head() { " each" } else { "" };
            let value = match &measure.target {
                Target::Amount(amount) => Value::text(format!("{}{each}", self.amount(metric, amount))),
                Target::Rate(amount, grain) => {
                    Value::text(format!("{} {}{each}", self.amount(metric, amount), per(*grain)))
                }
                Target::Level(from, to) => {
                    Value::text(format!("from {} to {}", self.amount(metric, from), self.amount(metric, to)))
                }
            };
            let value = value.and(" ").and(self.metric(metric));
            facts.say(Aspect::Target, "target", value, measure.place);
        }
        if let Some(hold) = &goal.hold {
            let within = within(&self.plan[hold.metric], hold);
            let value = format!("{} {within}", self.metric(hold.metric));
            facts.say(Aspect::Target, "hold", Value::text(value), hold.place);
        }
        for reach in &goal.reach {
            let value = reach.title.as_ref().map(|title| quoted(title).and(" ")).unwrap_or_default();
            let value = value.and("by ").on(reach.by);
            let value = reach.done.iter().fold(value, |value, done| value.and(", done ").on(*done));
            facts.say(Aspect::Target, "reach", value, reach.place);
        }
    }

    fn of_metric(&self, metric: Option<MetricId>, amount: &crate::exact::Exact) -> String {
        metric.map_or_else(|| number(amount), |metric| self.amount(metric, amount))
    }

    fn history_name(&self, id: crate::plan::HistoryId) -> &str {
        self.renamed.get(What::History, &self.plan[id].name)
    }

    /// Who has which part.
    fn dealt_out(&self, goal: &KeyResult, metric: Option<MetricId>, facts: &mut Facts) {
        if let Some(share) = &goal.share {
            let mut among: Vec<&str> = share.among.iter().map(|holder| self.holder(*holder)).collect();
            among.sort_unstable();
            let role = share.role.as_ref().map(|role| format!(" role {role}")).unwrap_or_default();
            let by = match &share.by {
                ShareBy::Evenly => "evenly".to_owned(),
                ShareBy::Weight => "by weight".to_owned(),
                ShareBy::Capacity => "by capacity".to_owned(),
                ShareBy::Like(history) => format!("like {}", self.history_name(*history)),
                ShareBy::Each { by_capacity: false } => "each".to_owned(),
                ShareBy::Each { by_capacity: true } => "each by capacity".to_owned(),
                ShareBy::List(_) => "by list".to_owned(),
            };
            if let ShareBy::List(list) = &share.by {
                let parts = parts_of_one(list.iter().map(|(_, weight)| weight));
                for ((holder, weight), part) in list.iter().zip(parts) {
                    let of = format!("share {}", self.holder(*holder));
                    let weight = Value::text(number(weight));
                    facts.0.push(Fact::new(Aspect::Share, of, weight, share.place).or_same(part));
                }
            }
            let value = match &share.by {
                // Who is listed has a line of their own.
                ShareBy::List(list) if list.len() == among.len() => by,
                _ => format!("{}{role} {by}", among.join(", ")),
            };
            facts.say(Aspect::Share, "share", Value::text(value), share.place);
        }
        for pin in &goal.pins {
            let of = format!("pin {}", self.holder(pin.holder));
            facts.say(Aspect::Share, of, Value::text(self.of_metric(metric, &pin.amount)), pin.place);
        }
        if let Some((part, place)) = goal.over_assign.as_ref().filter(|(part, _)| !part.is_zero()) {
            facts.say(Aspect::Share, "over-assign", Value::text(percent(part)), *place);
        }
        for (person, part, place) in goal.over_assign_one.iter().filter(|(_, part, _)| !part.is_zero()) {
            let of = format!("over-assign {}", self.holder(Holder::Person(*person)));
            facts.say(Aspect::Share, of, Value::text(percent(part)), *place);
        }
        if let Some(split) = &goal.split {
            let parts = parts_of_one(split.parts.iter().map(|(_, weight)| weight));
            for ((name, weight), part) in split.parts.iter().zip(parts) {
                let of = format!("split {}={name}", split.dimension);
                let weight = Value::text(number(weight));
                facts.0.push(Fact::new(Aspect::Share, of, weight, split.place).or_same(part));
            }
        }
    }

    /// How it is laid over the calendar.
    fn laid_out(&self, goal: &KeyResult, facts: &mut Facts) {
        if let Some(spread) = &goal.spread {
            match &spread.by {
                // As it is where nothing is said.
                SpreadBy::Evenly => {}
                SpreadBy::Like { history, per_workday } => {
                    let by = if *per_workday { " per workday" } else { "" };
                    let value = format!("like {}{by}", self.history_name(*history));
                    facts.say(Aspect::Season, "spread", Value::text(value), spread.place);
                }
                SpreadBy::Periods(periods) => {
                    let mut periods = periods.clone();
                    periods.sort_unstable_by_key(|(span, _)| *span);
                    let parts = parts_of_one(periods.iter().map(|(_, weight)| weight));
                    for ((span, weight), part) in periods.iter().zip(parts) {
                        let days = Value::default().over(*span);
                        let same = format!("{} {part}", days.shown());
                        let value = days.and(format!(" {}", number(weight)));
                        facts.0.push(Fact::new(Aspect::Season, "spread", value, spread.place).or_same(same));
                    }
                }
            }
        }
        if !goal.front.is_zero() {
            let back = goal.front < crate::exact::Exact::ZERO;
            let of = if back { "back-loaded" } else { "front-loaded" };
            let part = if back { -goal.front.clone() } else { goal.front.clone() };
            let place = goal.front_place.unwrap_or(goal.place);
            facts.say(Aspect::Season, of, Value::text(percent(&part)), place);
        }
    }
}
