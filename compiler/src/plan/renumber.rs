//! Ids when declarations come and go: an id is a place in a list, so that those further on move.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::plan::{
    Actuals, Funnel, FunnelId, GoalRef, Holder, KeyResult, KeyResultId, Objective, ObjectiveId, Person,
    PersonId, Pipeline, Plan, ShareBy, Team, TeamId, Waived,
};

/// What becomes of the ids of one list, of which one stretch was declared again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moved {
    /// The stretch, before.
    old: Range<usize>,
    /// Of each of these the number it has now, if it is still there.
    within: Vec<Option<usize>>,
    /// By how much those behind moved.
    by: isize,
}

impl Moved {
    /// What stood at `old` is now at `within`, and all behind it has moved by `by`.
    pub(crate) fn new(old: Range<usize>, within: Vec<Option<usize>>, by: isize) -> Self {
        Self { old, within, by }
    }

    fn is_nothing(&self) -> bool {
        self.by == 0 && self.old.clone().zip(&self.within).all(|(old, now)| now.is_none_or(|now| now == old))
    }

    /// Where what stood at `index` stands now; of what is gone, anywhere.
    pub(crate) fn at(&self, index: usize) -> usize {
        if index < self.old.start {
            return index;
        }
        match self.within.get(index - self.old.start) {
            Some(now) => now.unwrap_or(index),
            None => index.saturating_add_signed(self.by),
        }
    }
}

/// What becomes of all ids of a plan.
#[derive(Clone, Debug, Default)]
pub(crate) struct Renumbering {
    pub(crate) teams: Moved,
    pub(crate) people: Moved,
    pub(crate) funnels: Moved,
    pub(crate) objectives: Moved,
    pub(crate) key_results: Moved,
}

impl Renumbering {
    /// Whether every id stays.
    pub(crate) fn is_nothing(&self) -> bool {
        [&self.teams, &self.people, &self.funnels, &self.objectives, &self.key_results]
            .into_iter()
            .all(Moved::is_nothing)
    }

    pub(crate) fn team(&self, id: &mut TeamId) {
        *id = TeamId::new(self.teams.at(id.index()));
    }

    pub(crate) fn person(&self, id: &mut PersonId) {
        *id = PersonId::new(self.people.at(id.index()));
    }

    pub(crate) fn funnel(&self, id: &mut FunnelId) {
        *id = FunnelId::new(self.funnels.at(id.index()));
    }

    pub(crate) fn objective(&self, id: &mut ObjectiveId) {
        *id = ObjectiveId::new(self.objectives.at(id.index()));
    }

    pub(crate) fn key_result(&self, id: &mut KeyResultId) {
        *id = KeyResultId::new(self.key_results.at(id.index()));
    }

    pub(crate) fn holder(&self, holder: &mut Holder) {
        match holder {
            Holder::Team(id) => self.team(id),
            Holder::Person(id) => self.person(id),
        }
    }

    fn goal(&self, goal: &mut GoalRef) {
        match goal {
            GoalRef::Objective(id) => self.objective(id),
            GoalRef::KeyResult(id) => self.key_result(id),
        }
    }

    /// Renumbers all that a plan names. Every field that bears such an id must be here.
    pub(crate) fn plan(&self, plan: &mut Plan) {
        plan.teams.iter_mut().for_each(|team| self.of_team(team));
        plan.people.iter_mut().for_each(|person| self.of_person(person));
        plan.objectives.iter_mut().for_each(|objective| self.of_objective(objective));
        plan.key_results.iter_mut().for_each(|key_result| self.of_key_result(key_result));
        let holders = plan.histories.iter_mut().flat_map(|history| &mut history.by_holder);
        holders.for_each(|(holder, _)| self.holder(holder));
        let accounts = plan.books.iter_mut().flat_map(|book| &mut book.accounts);
        accounts.filter_map(|account| account.owner.as_mut()).for_each(|owner| self.person(owner));
        let deals = plan.pipelines.iter_mut().flat_map(|pipeline| &mut pipeline.deals);
        deals.filter_map(|deal| deal.owner.as_mut()).for_each(|owner| self.person(owner));
        for block in &mut plan.smart {
            block.of.iter_mut().for_each(|goal| self.goal(goal));
            for waiver in &mut block.waivers {
                if let Waived::Goal(goal) = &mut waiver.on {
                    self.goal(goal);
                }
            }
        }
        plan.acted_for.iter_mut().for_each(|goal| self.goal(goal));
        self.of_actuals(&mut plan.actuals);
    }

    fn of_team(&self, team: &mut Team) {
        team.parent.iter_mut().for_each(|parent| self.team(parent));
        team.lead.iter_mut().for_each(|lead| self.person(lead));
        team.members.iter_mut().for_each(|member| self.holder(member));
    }

    fn of_person(&self, person: &mut Person) {
        person.team.iter_mut().for_each(|team| self.team(team));
        person.own_needs.iter_mut().for_each(|need| self.funnel(&mut need.funnel));
    }

    fn of_objective(&self, objective: &mut Objective) {
        objective.owners.iter_mut().for_each(|owner| self.holder(owner));
        objective.supports.iter_mut().for_each(|(goal, _)| self.goal(goal));
        objective.key_results.iter_mut().for_each(|id| self.key_result(id));
    }

    fn of_key_result(&self, key_result: &mut KeyResult) {
        self.objective(&mut key_result.objective);
        key_result.owners.iter_mut().for_each(|owner| self.holder(owner));
        key_result.supports.iter_mut().for_each(|(goal, _)| self.goal(goal));
        key_result.through.iter_mut().for_each(|(funnel, _)| self.funnel(funnel));
        if let Some(share) = &mut key_result.share {
            share.among.iter_mut().for_each(|holder| self.holder(holder));
            if let ShareBy::List(list) = &mut share.by {
                list.iter_mut().for_each(|(holder, _)| self.holder(holder));
            }
        }
        key_result.pins.iter_mut().for_each(|pin| self.holder(&mut pin.holder));
        key_result.over_assign_one.iter_mut().for_each(|(person, ..)| self.person(person));
        let forecasts = key_result.forecasts.iter_mut();
        forecasts.filter_map(|forecast| forecast.who.as_mut()).for_each(|who| self.holder(who));
    }

    fn of_actuals(&self, actuals: &mut Actuals) {
        let series = std::mem::take(&mut actuals.series).into_iter().map(|(mut key, series)| {
            key.who.iter_mut().for_each(|who| self.holder(who));
            (key, series)
        });
        actuals.series = series.collect::<BTreeMap<_, _>>();
        let notes = actuals.notes.iter_mut();
        notes.filter_map(|note| note.who.as_mut()).for_each(|who| self.holder(who));
    }
}

/// Where in a plan's lists stands what some of its items declare, which follow each other.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Stretch {
    pub(crate) teams: Range<usize>,
    pub(crate) people: Range<usize>,
    pub(crate) funnels: Range<usize>,
    pub(crate) objectives: Range<usize>,
    pub(crate) key_results: Range<usize>,
    pub(crate) pipelines: Range<usize>,
}

impl Stretch {
    /// That of the items whose rank is in `ranks`.
    pub(crate) fn of(plan: &Plan, ranks: &Range<u32>, rank: impl Fn(crate::sources::Place) -> u32) -> Self {
        Self {
            teams: within(&plan.teams, ranks, |team: &Team| rank(team.place)),
            people: within(&plan.people, ranks, |person: &Person| rank(person.place)),
            funnels: within(&plan.funnels, ranks, |funnel: &Funnel| rank(funnel.place)),
            objectives: within(&plan.objectives, ranks, |objective: &Objective| rank(objective.place)),
            key_results: within(&plan.key_results, ranks, |key_result: &KeyResult| rank(key_result.place)),
            pipelines: within(&plan.pipelines, ranks, |pipeline: &Pipeline| rank(pipeline.place)),
        }
    }
}

/// Which of `list`, whose ranks rise, have a rank in `ranks`.
pub(crate) fn within<T>(list: &[T], ranks: &Range<u32>, rank: impl Fn(&T) -> u32) -> Range<usize> {
    let start = list.partition_point(|item| rank(item) < ranks.start);
    let end = list.partition_point(|item| rank(item) < ranks.end);
    start..end.max(start)
}
