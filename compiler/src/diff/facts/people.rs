//! Teams and people.

use chrono::Datelike;

use super::settings::per;
use super::{Facts, Teller, number, percent};
use crate::diff::thing::{Aspect, Thing, Value, What};
use crate::plan::{Holder, NeedWritten, Person, Team};

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
        self.weight(&team.weight, place, &mut facts);
        self.calendar(team.calendar, place, &mut facts);
        Thing {
            name: team.name.clone(),
            own: None,
            title: team.title.clone(),
            summary: None,
            facts: facts.0,
            place,
        }
    }

    fn weight(&self, weight: &crate::exact::Exact, place: crate::sources::Place, facts: &mut Facts) {
        if !weight.is_one() {
            facts.say(Aspect::People, "weight", Value::text(number(weight)), place);
        }
    }

    fn calendar(
        &self,
        calendar: Option<crate::plan::CalendarId>,
        place: crate::sources::Place,
        facts: &mut Facts,
    ) {
        let name = calendar.map(|id| self.renamed.get(What::Calendar, &self.plan[id].name));
        facts.some(Aspect::Calendar, "calendar", name.map(Value::text), place);
    }

    pub(super) fn people(&self) -> Vec<Thing> {
        self.plan.people.iter().map(|person| self.person(person)).collect()
    }

    fn person(&self, person: &Person) -> Thing {
        let place = person.place;
        let mut facts = Facts::default();
        let team = person.team.map(|team| Value::text(self.holder(Holder::Team(team))));
        facts.some(Aspect::People, "team", team.clone(), place);
        facts.some(Aspect::People, "role", person.role.as_ref().map(Value::text), place);
        self.weight(&person.weight, place, &mut facts);
        facts.some(Aspect::People, "from", person.from.map(Value::day), place);
        facts.some(Aspect::People, "until", person.until.map(Value::day), place);
        let mut away: Vec<_> = person.away.iter().map(|(span, place)| (*span, *place)).collect();
        away.sort_unstable_by_key(|(span, _)| *span);
        away.dedup_by_key(|(span, _)| *span);
        facts.each(
            Aspect::People,
            "away",
            away.into_iter().map(|(span, place)| (Value::default().over(span), place)),
        );
        if let Some(ramp) = &person.ramp {
            let steps: Vec<String> = ramp.steps.iter().map(percent).collect();
            // Where it starts with the person, that is said by their first day.
            let started = person.from.map(|from| from.year() * 12 + from.month0().cast_signed());
            let starts = match started.map(|started| ramp.first_month - started) {
                Some(0) => " by month".to_owned(),
                Some(1) => " by month after start".to_owned(),
                _ => {
                    let (year, month) =
                        (ramp.first_month.div_euclid(12), ramp.first_month.rem_euclid(12) + 1);
                    format!(" by month from {year}-{month:02}")
                }
            };
            let value = Value::text(steps.join(", ") + &starts);
            facts.say(Aspect::People, "ramp", value, ramp.place);
        }
        self.calendar(person.calendar, place, &mut facts);
        for limit in &person.limits {
            let of = format!("{} {}", self.metric(limit.metric), per(limit.per));
            let most = format!("at most {}", self.amount(limit.metric, &limit.amount));
            facts.say(Aspect::People, of, Value::text(most), limit.place);
        }
        for own in &person.own_needs {
            let funnel = &self.plan[own.funnel];
            let Some(line) = funnel.lines.get(own.line) else { continue };
            let of = format!("{}.{}", self.renamed.get(What::Funnel, &funnel.name), self.line_name(line));
            let mut fact = crate::diff::thing::Fact::new(
                Aspect::Assumption,
                of,
                Value::text(self.need(line, &own.need)),
                own.place,
            );
            fact.same = Some(same_need(&own.need) + &self.unit(line.left));
            facts.0.push(fact);
        }
        Thing {
            name: person.name.clone(),
            own: None,
            title: person.title.clone(),
            summary: team,
            facts: facts.0,
            place,
        }
    }
}

/// What to compare of a need: 5 % and 1 in 20 are the same, 4 % to 6 % is not.
pub(super) fn same_need(need: &crate::plan::Need) -> String {
    use milepost_grammar::ast::RateValue;
    let spread = match &need.written {
        NeedWritten::Each(least, Some(most)) => format!("{least} to {most}"),
        NeedWritten::Rate(RateValue::PercentRange(least, most)) => format!("{least}% to {most}%"),
        NeedWritten::Rate(RateValue::InRange(hits, fewest, most)) => format!("{hits} in {fewest} to {most}"),
        NeedWritten::Rate(RateValue::Evidence(hits, trials)) => {
            format!("{} of {}", hits.normalize(), trials.normalize())
        }
        NeedWritten::Each(_, None) | NeedWritten::Rate(RateValue::Percent(_) | RateValue::In(..)) => {
            String::new()
        }
    };
    format!("{} {spread}", need.planned)
}
