//! Teams and people.

use chrono::NaiveDate;
use milepost_grammar::ast::RateValue;

use super::settings::per;
use super::{Facts, Teller, number, percent};
use crate::dates::{DateSpan, plus};
use crate::diff::thing::{Aspect, Fact, Thing, Value, What};
use crate::exact::Exact;
use crate::page::Label;
use crate::plan::{CalendarId, Holder, Need, NeedWritten, Person, Team, TeamId};
use crate::show::english::rate;
use crate::sources::Place;

impl Teller<'_> {
    pub(super) fn teams(&self) -> Vec<Thing> {
        self.plan.teams.iter().map(|team| self.team(team)).collect()
    }

    fn team(&self, team: &Team) -> Thing {
        let place = team.place;
        let mut facts = Facts::default();
        let parent = team.parent.map(|parent| Value::text(self.holder(Holder::Team(parent))));
        facts.some(Aspect::People, "team", parent, place);
        let lead = team.lead.map(|lead| Value::text(self.holder(Holder::Person(lead))));
        facts.some(Aspect::Owner, "lead", lead, place);
        facts.say(Aspect::People, "weight", Value::text(number(&team.weight)), place);
        self.calendar(team.calendar, place, &mut facts);
        let holds = team.members.iter().map(|member| self.holder(*member).to_owned()).collect();
        let within = self.teams_around(team.parent);
        Thing { holds, within, ..Thing::new(&team.name, team.title.as_deref(), facts.0, place) }
    }

    /// The calendar that somebody works by; that of a team around is told of that team.
    fn calendar(&self, own: Option<CalendarId>, place: Place, facts: &mut Facts) {
        let name = own.map(|id| self.renamed.get(What::Calendar, &self.plan[id].name));
        facts.some(Aspect::Calendar, "calendar", name.map(Value::text), place);
    }

    /// The teams around somebody, the outermost first.
    fn teams_around(&self, team: Option<TeamId>) -> Vec<Label> {
        let around = std::iter::successors(team, |team| self.plan[*team].parent);
        let label =
            |team: TeamId| Label::new(self.holder(Holder::Team(team)), self.plan[team].title.as_deref());
        let mut around: Vec<Label> = around.map(label).collect();
        around.reverse();
        around
    }

    pub(super) fn people(&self) -> Vec<Thing> {
        self.plan.people.iter().map(|person| self.person(person)).collect()
    }

    fn person(&self, person: &Person) -> Thing {
        let place = person.place;
        let mut facts = Facts::default();
        let team = person.team.map(|team| Value::text(self.holder(Holder::Team(team))));
        facts.some(Aspect::People, "team", team.clone(), place);
        let at = |said: Option<Place>| said.unwrap_or(place);
        facts.some(Aspect::People, "role", person.role.as_ref().map(Value::text), at(person.said.role));
        facts.say(Aspect::People, "weight", Value::text(number(&person.weight)), place);
        // They came and leave when they do, whatever the period of the plan.
        let day = |day: Option<NaiveDate>| day.map(|day| Value::text(day.to_string()));
        facts.some(Aspect::People, "from", day(person.from), at(person.said.from));
        facts.some(Aspect::People, "until", day(person.until), at(person.said.until));
        let away = one_after_the_other(&person.away);
        facts.each(
            Aspect::People,
            "away",
            away.into_iter().map(|(span, place)| (Value::default().over(span), place)),
        );
        if let Some(ramp) = &person.ramp {
            let starts = if ramp.after_start { " by month after start" } else { " by month" };
            let mut steps: Vec<String> = ramp.steps.iter().map(percent).collect();
            // The last step holds on.
            while steps.len() > 1 && steps.last() == steps.get(steps.len() - 2) {
                steps.pop();
            }
            let value = Value::text(steps.join(", ") + starts);
            facts.say(Aspect::People, "ramp", value, ramp.place);
        }
        self.calendar(person.calendar, at(person.said.calendar), &mut facts);
        for limit in &person.limits {
            let of = format!("{} {}", self.metric(limit.metric), per(limit.per));
            let most = format!("at most {}", self.amount(limit.metric, &limit.amount));
            facts.say(Aspect::People, of, Value::text(most), limit.place);
        }
        for own in &person.own_needs {
            let funnel = &self.plan[own.funnel];
            let Some(line) = funnel.lines.get(own.line) else { continue };
            let of = format!("{}.{}", self.renamed.get(What::Funnel, &funnel.name), self.line_name(line));
            let value = Value::text(self.need(line, &own.need));
            let fact = Fact::new(Aspect::Assumption, of, value, own.place);
            facts.0.push(fact.or_same(same_need(&own.need) + self.unit(line.left)));
        }
        let within = self.teams_around(person.team);
        Thing { summary: team, within, ..Thing::new(&person.name, person.title.as_deref(), facts.0, place) }
    }
}

/// Days away, those that follow each other as one.
fn one_after_the_other(away: &[(DateSpan, Place)]) -> Vec<(DateSpan, Place)> {
    let mut sorted = away.to_vec();
    sorted.sort_unstable_by_key(|(span, _)| *span);
    let mut spans: Vec<(DateSpan, Place)> = Vec::new();
    for (span, place) in sorted {
        match spans.last_mut() {
            Some((known, _)) if span.first <= plus(known.last, 1) => known.last = known.last.max(span.last),
            _ => spans.push((span, place)),
        }
    }
    spans
}

/// What to compare of a need: 5 % and 1 in 20 are the same, 4 % to 6 % is not.
pub(super) fn same_need(need: &Need) -> String {
    match &need.written {
        NeedWritten::Each(least, Some(most)) => format!("{} {least} to {most}", need.planned),
        NeedWritten::Each(_, None) => need.planned.to_string(),
        NeedWritten::Rate(said) => same_rate(&need.planned, said),
    }
}

/// The same of a rate that is planned with as `planned`.
pub(super) fn same_rate(planned: &Exact, said: &RateValue) -> String {
    match said {
        RateValue::Percent(_) | RateValue::In(..) => planned.to_string(),
        spread => format!("{planned} {}", rate(spread)),
    }
}
