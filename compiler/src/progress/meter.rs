//! Whose work is measured, and what was planned of it by a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::dated::DatedPlan;
use crate::dates::{DateSpan, plus};
use crate::exact::Exact;
use crate::expand::{Cursor, KeyResultPlan, Line, Presence, Presences, Seated};
use crate::ledger::{Claim, Ledger, Who, counted, counting_days};
use crate::plan::{Holder, KeyResult, KeyResultId, MetricId, PersonId, Plan, Target, TeamId};

/// Who holds an amount: people in declaration order, then teams.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Holding {
    Person(PersonId),
    /// A team, or nobody.
    Team(Option<TeamId>),
}

impl Holding {
    /// As a holder, if it is not nobody.
    #[must_use]
    pub fn holder(self) -> Option<Holder> {
        match self {
            Self::Person(person) => Some(Holder::Person(person)),
            Self::Team(team) => team.map(Holder::Team),
        }
    }
}

/// What progress is measured with.
pub(super) struct Meter<'a> {
    pub(super) plan: &'a Plan,
    pub(super) dated: &'a DatedPlan,
    pub(super) presences: &'a Presences,
    pub(super) as_of: NaiveDate,
    pub(super) person: Option<PersonId>,
}

/// One key result with its lines and its readings.
pub(super) struct Subject<'a> {
    pub(super) id: KeyResultId,
    pub(super) goal: &'a KeyResult,
    pub(super) expanded: Option<&'a KeyResultPlan>,
    pub(super) claim: Claim,
}

/// What one holder has of one metric of a key result.
pub(super) struct Held<'a> {
    pub(super) metric: MetricId,
    pub(super) who: Holding,
    /// New and existing.
    pub(super) lines: Vec<&'a Line>,
}

impl Held<'_> {
    /// The days that it may lie on.
    pub(super) fn window(&self) -> Option<DateSpan> {
        let windows = self.lines.iter().map(|line| line.course.window());
        windows.reduce(|a, b| DateSpan { first: a.first.min(b.first), last: a.last.max(b.last) })
    }
}

impl<'a> Meter<'a> {
    /// The key results in declaration order, of one person those they have a part in. Those that an error has
    /// spoilt are in no dated plan, and neither are those that are not measured in amounts.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Subject<'a>> {
        let (plan, dated, person) = (self.plan, self.dated, self.person);
        (0..plan.key_results.len()).map(KeyResultId::new).filter_map(move |id| {
            let goal = &plan[id];
            let at = dated.key_results.binary_search_by_key(&id, |expanded| expanded.key_result).ok();
            let expanded = at.and_then(|at| dated.key_results.get(at));
            if goal.measure.is_some() && expanded.is_none() {
                return None;
            }
            let claim = Claim::new(plan, goal, expanded);
            let theirs = person.is_none_or(|person| claim.holds(Some(Holder::Person(person))));
            theirs.then_some(Subject { id, goal, expanded, claim })
        })
    }

    pub(super) fn presence(&self, who: Holding) -> &'a Presence {
        self.presences.holder(self.plan, who.holder())
    }

    /// How many working days somebody has after `date` up to the end of `window`.
    pub(super) fn days_left(&self, who: Holding, window: DateSpan, date: NaiveDate) -> usize {
        let left = DateSpan::new(plus(date, 1).max(window.first), window.last);
        left.map_or(0, |left| self.presence(who).count(left))
    }

    /// The running total of `lines` together at the end of each of `dates`, which do not fall.
    pub(super) fn running(&self, metric: MetricId, lines: &[&Line], dates: &[NaiveDate]) -> Vec<Exact> {
        let mut steps = vec![0_i128; dates.len()];
        let mut finer = vec![Exact::ZERO; dates.len()];
        for line in lines {
            let mut cursor = Cursor::new(&line.course, line.phase, line.course.window().first);
            for (date, (steps, finer)) in dates.iter().zip(steps.iter_mut().zip(&mut finer)) {
                let total = cursor.advance(*date);
                match &line.unit {
                    None => *steps = steps.saturating_add(total),
                    Some(unit) => *finer += unit.step.amount(&IBig::from(total)),
                }
            }
        }
        let step = &self.plan[metric].step;
        steps.into_iter().zip(finer).map(|(steps, finer)| step.amount(&IBig::from(steps)) + finer).collect()
    }

    /// What `lines` come to together by the end of the day.
    pub(super) fn by_then(&self, metric: MetricId, lines: &[&Line]) -> Exact {
        self.running(metric, lines, &[self.as_of]).pop().unwrap_or(Exact::ZERO)
    }

    /// What `lines` come to together in the end.
    pub(super) fn in_all(&self, metric: MetricId, lines: &[&Line]) -> Exact {
        let amounts =
            lines.iter().map(|line| line.step(self.plan, metric).amount(&IBig::from(line.course.steps())));
        amounts.fold(Exact::ZERO, |sum, amount| sum + amount)
    }
}

impl<'a> Subject<'a> {
    pub(super) fn ledger<'s>(&'s self, plan: &'s Plan) -> Ledger<'s> {
        Ledger { plan, claim: &self.claim }
    }

    /// The team, or nobody, that holds what no person holds; the person whose goal alone it is.
    pub(super) fn owner(&self) -> Holding {
        match (self.goal.owners.as_slice(), self.expanded) {
            ([Holder::Person(person)], _) => Holding::Person(*person),
            (_, Some(expanded)) => Holding::Team(expanded.team),
            ([Holder::Team(team), ..], None) => Holding::Team(Some(*team)),
            _ => Holding::Team(None),
        }
    }

    /// The metrics that are counted for it, its own first.
    pub(super) fn metrics(&self) -> Vec<MetricId> {
        counted(self.goal, self.expanded)
    }

    /// The days of which readings of `metric` count, up to the end of `date`.
    pub(super) fn days(&self, metric: MetricId, date: NaiveDate) -> Option<DateSpan> {
        let days = counting_days(self.goal, self.expanded, metric);
        DateSpan::new(days.first, days.last.min(date))
    }

    /// The team that holds what no person holds.
    fn team(&self) -> Option<TeamId> {
        self.expanded.and_then(|expanded| expanded.team)
    }

    /// The line of a level.
    pub(super) fn level_line(&self) -> Option<&'a Line> {
        self.expanded?.stages().next()?.lines.first()
    }

    /// What `who` came to by the end of `date`; a flow without a reading came to 0.
    pub(super) fn done(&self, plan: &Plan, metric: MetricId, who: Who, date: NaiveDate) -> Option<Exact> {
        match self.days(metric, date) {
            Some(days) => self.ledger(plan).value(metric, who, days),
            None => plan[metric].adds_up().then_some(Exact::ZERO),
        }
    }

    /// Whose readings of `metric` a holder's are: who holds all of it has everybody's. What does not add up is read for
    /// the one who has it, whoever reads it.
    pub(super) fn whose(&self, plan: &Plan, metric: MetricId, who: Holding) -> Who {
        let alone = self.expanded.is_some_and(|expanded| matches!(expanded.seated, Seated::Owner(_)));
        match who {
            Holding::Person(_) if alone && !plan[metric].adds_up() && who == self.owner() => Who::All,
            Holding::Person(person) => Who::Person(person),
            Holding::Team(team) if self.is_shared() => Who::Team(team, team == self.team()),
            Holding::Team(_) => Who::All,
        }
    }

    /// Whose readings are those of `held`. A level is the same for all: who holds it has everybody's.
    pub(super) fn readings_of(&self, plan: &Plan, held: &Held<'_>) -> Who {
        let measure = self.goal.measure.as_ref().filter(|measure| measure.metric == held.metric);
        let level = measure.is_some_and(|measure| matches!(measure.target, Target::Level(..)));
        if level && !held.lines.is_empty() { Who::All } else { self.whose(plan, held.metric, held.who) }
    }

    /// Whether people have parts of their own.
    pub(super) fn is_shared(&self) -> bool {
        self.expanded.is_some_and(|expanded| expanded.seated.seating().is_some())
    }

    /// Who has how much of what: by metric, then people, then teams. Who has readings and no part is among them.
    pub(super) fn held(&self, plan: &Plan, only: Option<PersonId>, as_of: NaiveDate) -> Vec<Held<'a>> {
        let mut held = Vec::new();
        for (index, metric) in self.metrics().into_iter().enumerate() {
            let mut lines: BTreeMap<Holding, Vec<&'a Line>> = BTreeMap::new();
            let holding = |line: &Line| line.person.map_or(Holding::Team(line.team), Holding::Person);
            if let Some(expanded) = self.expanded {
                let stages = expanded.stages().filter(|stage| stage.link.metric == metric);
                let existing = expanded.existing.iter().filter(|_| index == 0);
                let read = expanded.read.iter().filter(|read| read.metric == metric).map(|read| &read.line);
                for line in stages.flat_map(|stage| &stage.lines).chain(existing).chain(read) {
                    lines.entry(holding(line)).or_default().push(line);
                }
            }
            for who in self.readers(plan, metric, as_of) {
                lines.entry(who).or_default();
            }
            for (who, lines) in lines {
                if only.is_none_or(|only| who == Holding::Person(only)) {
                    held.push(Held { metric, who, lines });
                }
            }
        }
        held
    }

    /// Who has readings of `metric` that count, by then.
    fn readers(&self, plan: &Plan, metric: MetricId, as_of: NaiveDate) -> BTreeSet<Holding> {
        let Some(days) = self.days(metric, as_of) else { return BTreeSet::new() };
        let ledger = self.ledger(plan);
        let read = crate::ledger::ingredients(plan, metric);
        let series = read.into_iter().flat_map(|metric| ledger.series(metric, Who::All));
        series
            .filter(|(_, series)| series.says_of(days))
            .map(|(key, _)| match key.who {
                Some(Holder::Person(person)) => Holding::Person(person),
                Some(Holder::Team(team)) if self.is_shared() => Holding::Team(Some(team)),
                // What nobody has is the team's that has the goal; and so is all where that holds it as one.
                _ => Holding::Team(self.team()),
            })
            .collect()
    }
}
