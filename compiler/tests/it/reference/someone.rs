//! Persons with everything their teams hand down to them.

use chrono::{Datelike, NaiveDate};

use super::model::{Calendar, Member, OwnRate, Plan, Ramp, Rate, Terms};
use super::rational::{Q, one, percent, whole};

/// A person in the flattened list of everybody: teams opened depth first, members
/// in the order they are declared.
#[derive(Clone, Debug)]
pub(crate) struct Someone {
    pub(crate) name: String,
    /// Outermost first.
    pub(crate) teams: Vec<String>,
    /// A weight is a person's own: a team's says what the team weighs.
    pub(crate) weight: Q,
    pub(crate) role: Option<String>,
    /// One of their own, or their team's; else the plan's holds.
    calendar: Option<Calendar>,
    pub(crate) from: Option<NaiveDate>,
    pub(crate) until: Option<NaiveDate>,
    pub(crate) away: Vec<(NaiveDate, NaiveDate)>,
    ramp: Option<Ramp>,
    /// Nearest first: their own, then the innermost team's, and outward.
    rates: Vec<OwnRate>,
    /// Where the plan begins, which a ramp counts from when nothing else is said.
    plan_start: NaiveDate,
}

/// Everybody, in declaration order.
pub(crate) fn everybody(plan: &Plan) -> Vec<Someone> {
    let mut all = Vec::new();
    gather(plan, &plan.members, &[], &Terms::default(), &mut all);
    all
}

fn gather(plan: &Plan, members: &[Member], teams: &[String], above: &Terms, all: &mut Vec<Someone>) {
    for member in members {
        match member {
            Member::Team(team) => {
                let mut inner = teams.to_vec();
                inner.push(team.name.clone());
                gather(plan, &team.members, &inner, &below(above, &team.terms), all);
            }
            Member::Person(person) => {
                let terms = below(above, &person.terms);
                let named = |name: &String| plan.calendars.iter().find(|calendar| calendar.name == *name);
                all.push(Someone {
                    name: person.name.clone(),
                    teams: teams.to_vec(),
                    weight: person.weight.clone().unwrap_or_else(one),
                    calendar: terms.calendar.as_ref().and_then(named).cloned(),
                    role: terms.role,
                    from: terms.from,
                    until: terms.until,
                    away: terms.away,
                    ramp: terms.ramp,
                    rates: terms.rates,
                    plan_start: plan.period.first(),
                });
            }
        }
    }
}

/// The calendar that a team names, or one that it stands in; else the plan's holds.
pub(crate) fn team_calendar(plan: &Plan, team: &str) -> Option<Calendar> {
    fn name<'a>(members: &'a [Member], team: &str, above: Option<&'a String>) -> Option<&'a String> {
        members.iter().find_map(|member| {
            let Member::Team(inner) = member else { return None };
            let here = inner.terms.calendar.as_ref().or(above);
            if inner.name == team { here } else { name(&inner.members, team, here) }
        })
    }
    let found = name(&plan.members, team, None)?;
    plan.calendars.iter().find(|calendar| calendar.name == *found).cloned()
}

/// What a team says holds for all in it: the nearest statement wins, each kind of
/// statement by itself; absences add up.
fn below(above: &Terms, own: &Terms) -> Terms {
    Terms {
        calendar: own.calendar.clone().or_else(|| above.calendar.clone()),
        role: own.role.clone().or_else(|| above.role.clone()),
        from: own.from.or(above.from),
        until: own.until.or(above.until),
        away: own.away.iter().chain(&above.away).copied().collect(),
        ramp: own.ramp.clone().or_else(|| above.ramp.clone()),
        rates: own.rates.iter().chain(&above.rates).cloned().collect(),
        ceilings: Vec::new(),
    }
}

impl Someone {
    /// The innermost team; none for a person declared outside of teams.
    pub(crate) fn team(&self) -> String {
        self.teams.last().cloned().unwrap_or_default()
    }

    /// The one they work by: theirs, or else the plan's.
    pub(crate) fn calendar<'a>(&'a self, of_plan: &'a Calendar) -> &'a Calendar {
        self.calendar.as_ref().unwrap_or(of_plan)
    }

    pub(crate) fn belongs_to(&self, team: &str) -> bool {
        self.teams.iter().any(|name| name == team)
    }

    /// A day is theirs when their calendar works it (the plan's where they have none), they are there (first and last
    /// day in) and they are not away.
    pub(crate) fn works(&self, calendar: &Calendar, day: NaiveDate) -> bool {
        self.calendar(calendar).works(day)
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
            && !self.away.iter().any(|(first, last)| *first <= day && day <= *last)
    }

    /// One step of the ramp a calendar month, the last one for good. Counted from
    /// the month they start in, without a start from the plan's first; `after
    /// start` counts from the first whole month, and the days before it take the
    /// first step too.
    pub(crate) fn ramp(&self, day: NaiveDate) -> Q {
        let Some(ramp) = &self.ramp else {
            return one();
        };
        let start = self.from.unwrap_or(self.plan_start);
        let mut first_month = month_number(start);
        if ramp.after_start && start.day() != 1 {
            first_month += 1;
        }
        let passed = (month_number(day) - first_month).max(0);
        let last = ramp.steps.len() - 1;
        percent(&ramp.steps[last.min(passed as usize)])
    }

    /// The nearest rate said for this person and this funnel line.
    pub(crate) fn own_rate(&self, funnel: &str, line: &str) -> Option<&Rate> {
        let own = self.rates.iter().find(|own| own.funnel == funnel && own.line == line);
        own.map(|own| &own.rate)
    }

    /// How many working days of theirs lie in a window.
    pub(crate) fn working_days(&self, calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> usize {
        super::period::days(first, last).filter(|day| self.works(calendar, *day)).count()
    }

    /// Weight times the sum of the ramp over their working days of the window.
    pub(crate) fn capacity(&self, calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> Q {
        let mut ramps = whole(0);
        for day in super::period::days(first, last) {
            if self.works(calendar, day) {
                ramps += self.ramp(day);
            }
        }
        ramps * &self.weight
    }
}

fn month_number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}
