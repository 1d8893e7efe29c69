//! Teams and people.
//!
//! What a team says for its members holds for everybody inside: the nearest word on a thing wins, days away
//! add up, weights are each one's own.

use chrono::{Datelike, NaiveDate};
use milepost_grammar::ast::{self, MemberStatement, Path, TeamStatement, Total};

use super::Resolver;
use super::declare::{Declarations, DeclaredHolder, DeclaredPerson, DeclaredTeam};
use super::names::{composed, entry, plain};
use super::once::Once;
use crate::dates::DateSpan;
use crate::diagnostic::Diagnostic;
use crate::exact::{Exact, exact, percent};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{
    CalendarId, FunnelId, Holder, Limit, OwnNeed, Person, PersonId, Ramp, Team, TeamId, TermPlaces,
};
use crate::sources::Place;

/// What is said for a person, or for everybody in a team.
#[derive(Clone, Debug, Default)]
struct Terms {
    role: Option<String>,
    from: Option<(NaiveDate, Place)>,
    until: Option<(NaiveDate, Place)>,
    away: Vec<(DateSpan, Place)>,
    ramp: Option<Growth>,
    calendar: Option<CalendarId>,
    limits: Vec<Limit>,
    own_needs: Vec<OwnNeed>,
    said: TermPlaces,
}

/// A ramp as written: which month it starts in depends on whose it is.
#[derive(Clone, Debug)]
struct Growth {
    steps: Vec<Exact>,
    after_start: bool,
    place: Place,
}

impl Terms {
    /// These terms for somebody inside `outer`.
    fn inside(mut self, outer: &Self) -> Self {
        if self.role.is_none() {
            self.role.clone_from(&outer.role);
            self.said.role = outer.said.role;
        }
        if self.calendar.is_none() {
            self.calendar = outer.calendar;
            self.said.calendar = outer.said.calendar;
        }
        self.from = self.from.or(outer.from);
        self.until = self.until.or(outer.until);
        self.ramp = self.ramp.or_else(|| outer.ramp.clone());
        self.away.extend(outer.away.iter().copied());
        for limit in &outer.limits {
            if !self.limits.iter().any(|own| own.metric == limit.metric && own.per == limit.per) {
                self.limits.push(limit.clone());
            }
        }
        for need in &outer.own_needs {
            if !self.own_needs.iter().any(|own| own.funnel == need.funnel && own.line == need.line) {
                self.own_needs.push(need.clone());
            }
        }
        self
    }
}

impl Resolver<'_> {
    pub(super) fn people(&mut self, declared: &Declarations<'_>) {
        let mut terms: Vec<Terms> = Vec::new();
        let base = self.base.teams;
        let nothing = Terms::default();
        for holder in &declared.holders {
            match holder {
                DeclaredHolder::Team(team) => {
                    self.enter(team.at);
                    let outer = team
                        .parent
                        .and_then(|parent| terms.get(parent.index().checked_sub(base)?))
                        .unwrap_or(&nothing);
                    let resolved = self.team(team, outer);
                    if team.kept {
                        terms.push(resolved);
                    }
                }
                DeclaredHolder::Person(person) => {
                    self.enter(person.at);
                    let outer = person
                        .team
                        .and_then(|team| terms.get(team.index().checked_sub(base)?))
                        .unwrap_or(&nothing);
                    self.person(person, outer);
                }
            }
        }
    }

    fn team(&mut self, team: &DeclaredTeam<'_>, outer: &Terms) -> Terms {
        let mut lead = Once::default();
        for statement in &team.tree.body {
            if let TeamStatement::Lead(name) = statement {
                let person = self.find_person(name);
                lead.set(self, "lead", person, name.span);
            }
        }
        let said = team.tree.body.iter().filter_map(|statement| match statement {
            TeamStatement::Member(said) => Some(said),
            _ => None,
        });
        let (terms, weight) = self.terms(said, outer);
        if team.kept {
            self.made.teams.push(Team {
                name: plain(&team.tree.name),
                title: team.tree.title.as_ref().map(|title| title.value.clone()),
                place: self.place(team.tree.name.span),
                parent: team.parent,
                lead: lead.value().flatten(),
                weight,
                calendar: terms.calendar,
                members: Vec::new(),
            });
            self.join(team.parent, Holder::Team(team.id));
        }
        terms
    }

    fn person(&mut self, person: &DeclaredPerson<'_>, outer: &Terms) {
        let (terms, weight) = self.terms(person.tree.body.iter(), outer);
        if !person.kept {
            return;
        }
        let id = PersonId::new(self.base.people + self.made.people.len());
        let from = terms.from.map(|(from, _)| from);
        let said = TermPlaces {
            from: terms.from.map(|(_, place)| place),
            until: terms.until.map(|(_, place)| place),
            ..terms.said
        };
        let ramp = terms.ramp.map(|growth| Ramp {
            first_month: self.first_month(from, growth.after_start),
            steps: growth.steps,
            after_start: growth.after_start,
            place: growth.place,
        });
        self.made.people.push(Person {
            name: plain(&person.tree.name),
            title: person.tree.title.as_ref().map(|title| title.value.clone()),
            place: self.place(person.tree.name.span),
            team: person.team,
            role: terms.role,
            weight,
            from,
            until: terms.until.map(|(until, _)| until),
            away: terms.away,
            ramp,
            calendar: terms.calendar,
            limits: terms.limits,
            own_needs: terms.own_needs,
            said,
        });
        self.join(person.team, Holder::Person(id));
    }

    fn join(&mut self, team: Option<TeamId>, member: Holder) {
        let base = self.base.teams;
        let index = team.and_then(|team| team.index().checked_sub(base));
        if let Some(team) = index.and_then(|index| self.made.teams.get_mut(index)) {
            team.members.push(member);
        }
    }

    /// What statements say inside `outer`, and the weight among them.
    fn terms<'a>(
        &mut self,
        statements: impl Iterator<Item = &'a MemberStatement>,
        outer: &Terms,
    ) -> (Terms, Exact) {
        let mut role = Once::default();
        let mut weight = Once::default();
        let mut from = Once::default();
        let mut until = Once::default();
        let mut ramp = Once::default();
        let mut calendar = Once::default();
        let mut terms = Terms::default();
        for statement in statements {
            match statement {
                MemberStatement::Role(name) => {
                    let known = entry(Noun::Role, name, None, self.item, self.names.roles.len());
                    let own = known.place;
                    // A role is declared by having it, however often.
                    let first = self.names.roles.enter(known).err().map(|first| first.place);
                    if let Some(first) = first.filter(|first| *first != own) {
                        self.refer(name.span, first);
                    }
                    role.set(self, "role", plain(name), name.span);
                }
                MemberStatement::Weight(number) => {
                    weight.set(self, "weight", exact(number.value), number.span);
                }
                MemberStatement::From(date) => {
                    let place = self.place(date.span);
                    from.set(self, "from", (date.value, place), date.span);
                }
                MemberStatement::Until(date) => {
                    let place = self.place(date.span);
                    until.set(self, "until", (date.value, place), date.span);
                }
                MemberStatement::Away(away) => {
                    let place = self.place(away.span);
                    terms.away.extend(self.span(&away.range).map(|days| (days, place)));
                }
                MemberStatement::Ramp(said) => {
                    let growth = Growth {
                        steps: said.steps.iter().map(|step| percent(step.value)).collect(),
                        after_start: said.after_start,
                        place: self.place(said.span),
                    };
                    ramp.set(self, "ramp", growth, said.span);
                }
                MemberStatement::Calendar(name) => {
                    let found = self.find_calendar(name);
                    calendar.set(self, "calendar", found, name.span);
                }
                MemberStatement::Limit(said) => self.limit(said, &mut terms.limits),
                MemberStatement::OwnRate(said) => self.own_rate(said, &mut terms.own_needs),
                MemberStatement::Broken(_) => {}
            }
        }
        terms.said.role = role.span().map(|span| self.place(span));
        terms.role = role.value();
        terms.from = from.value();
        terms.until = until.value();
        terms.ramp = ramp.value();
        terms.said.calendar = calendar.span().map(|span| self.place(span));
        terms.calendar = calendar.value().flatten();
        // Who left before their team began is simply never there; who says so of themselves is mistaken.
        if let (Some((first, from)), Some((last, until))) = (terms.from, terms.until)
            && first > last
        {
            let message = Message::LeavesBeforeComing { from: first.to_string(), until: last.to_string() };
            self.push(Diagnostic::new(message, until).label(from, Message::FirstHere));
            terms.until = None;
        }
        let terms = terms.inside(outer);
        (terms, weight.value().unwrap_or(Exact::ONE))
    }

    fn limit(&mut self, said: &ast::Limit, limits: &mut Vec<Limit>) {
        let Some(metric) = self.measured(&said.metric) else { return };
        if let Some(known) = self.plan.metrics.get(metric.index())
            && (known.total == Total::Last || !known.unit.is_shared())
        {
            let message = Message::NotAFlow { metric: known.name.clone() };
            self.say(message, said.metric.span);
            return;
        }
        let Some(amount) = self.amount(metric, &said.amount) else { return };
        let per = said.per.value;
        let place = self.place(said.span);
        match limits.iter().find(|limit| limit.metric == metric && limit.per == per) {
            Some(first) => {
                let message = Message::SaidTwice { statement: format!("{} at most", said.metric.value) };
                self.push(Diagnostic::new(message, place).label(first.place, Message::FirstHere));
            }
            None => limits.push(Limit { metric, amount, per, place }),
        }
    }

    fn own_rate(&mut self, said: &ast::OwnRate, own: &mut Vec<OwnNeed>) {
        let Some((funnel, line)) = self.find_line(&said.path) else { return };
        let left = self
            .plan
            .funnels
            .get(funnel.index())
            .and_then(|funnel| funnel.lines.get(line))
            .map(|line| line.left);
        let Some(need) = left.and_then(|left| self.need(left, &said.need)) else { return };
        let place = self.place(said.span);
        match own.iter().find(|other| other.funnel == funnel && other.line == line) {
            Some(first) => {
                let message = Message::SaidTwice { statement: said.path.dotted() };
                self.push(Diagnostic::new(message, place).label(first.place, Message::FirstHere));
            }
            None => own.push(OwnNeed { funnel, line, need, place }),
        }
    }

    /// The line of a funnel that `funnel.left` or `funnel.label` names.
    pub(super) fn find_line(&mut self, path: &Path) -> Option<(FunnelId, usize)> {
        let [funnel_name, line_name] = path.parts.as_slice() else {
            self.say(Message::LinePath { found: path.dotted() }, path.span);
            return None;
        };
        let id = self.find_funnel(funnel_name)?;
        let funnel = self.plan.funnels.get(id.index())?;
        let name = composed(&line_name.value);
        let labelled = funnel.lines.iter().position(|line| line.label.as_deref() == Some(name.as_ref()));
        if let Some(line) = labelled {
            if let Some(label) = funnel.lines.get(line).and_then(|line| line.label_place) {
                self.refer(line_name.span, label);
            }
            return Some((id, line));
        }
        let left = |metric: usize| self.plan.metrics.get(metric).map(|metric| metric.name.as_str());
        let of_left = |line: &crate::plan::FunnelLine| left(line.left.index()) == Some(name.as_ref());
        let mut found = funnel.lines.iter().enumerate().filter(|(_, line)| of_left(line));
        let first = found.next().map(|(line, _)| line);
        let more = found.count();
        match first {
            Some(line) if more == 0 => {
                // It bears the name of its metric.
                if let Some(metric) = self.names.metrics.get(&line_name.value).map(|entry| entry.place) {
                    self.refer(line_name.span, metric);
                }
                return Some((id, line));
            }
            Some(_) => {
                let message = Message::AmbiguousLine { path: path.dotted(), lines: more + 1 };
                self.say(message, path.span);
                self.missed();
            }
            None => {
                let mut words: Vec<&str> =
                    funnel.lines.iter().filter_map(|line| line.label.as_deref()).collect();
                words.extend(funnel.lines.iter().filter_map(|line| left(line.left.index())));
                let near =
                    self.suggester.nearest_word(&line_name.value, words.iter().copied()).map(str::to_owned);
                let place = self.place(line_name.span);
                let label =
                    (funnel.place, Message::DeclaredHere { noun: Noun::Funnel, name: funnel.name.clone() });
                let diagnostic = super::unknown(Noun::FunnelLine, &line_name.value, near.as_deref(), place);
                self.push(diagnostic.label(label.0, label.1));
                self.missed();
            }
        }
        None
    }

    /// The month that a ramp's first step belongs to, as months since year 0: the one that somebody who starts at
    /// `from` starts in, or the first whole one. Who starts on the first of a month has that month whole.
    fn first_month(&self, from: Option<NaiveDate>, after_start: bool) -> i32 {
        let start = from.or_else(|| self.period.map(|period| period.first)).unwrap_or_default();
        let month = start.year() * 12 + start.month0().cast_signed();
        if after_start && start.day() > 1 { month + 1 } else { month }
    }

    pub(super) fn holder_name(&self, holder: Holder) -> String {
        match holder {
            Holder::Person(person) => self.plan.people.get(person.index()).map(|person| person.name.clone()),
            Holder::Team(team) => self.plan.teams.get(team.index()).map(|team| team.name.clone()),
        }
        .unwrap_or_default()
    }
}
