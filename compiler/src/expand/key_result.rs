//! One key result: its stages, and who does which part of them when.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use dashu_int::IBig;

use crate::dates::DateSpan;
use crate::diagnostic::Diagnostics;
use crate::exact::{AboveZero, Exact, whole};
use crate::expand::Depth;
use crate::expand::almanac::Almanac;
use crate::expand::chain::{Link, MOST_LINKS, StageWindow, TooMany, links, stage_window};
use crate::expand::course::{Course, Phase};
use crate::expand::cut::{Cut, cuts};
use crate::expand::existing;
use crate::expand::heads::heads;
use crate::expand::late::Late;
use crate::expand::level::LevelLine;
use crate::expand::line::Line;
use crate::expand::presence::Presence;
use crate::expand::seating::{Seated, holding_team, seat};
use crate::expand::share::{Dealt, Seating};
use crate::expand::target::{Totals, counted, totals};
use crate::expand::weights::{LineWeights, Recipe, StageDays};
use crate::message::Message;
use crate::plan::{
    CheckpointAmount, Holder, KeyResult, KeyResultId, MetricId, PersonId, Plan, ShareBy, Target, TeamId,
};
use crate::sources::Place;

/// A key result as dated work.
#[derive(Clone, Debug)]
pub struct KeyResultPlan {
    /// Which one.
    pub key_result: KeyResultId,
    /// The amounts at the top; `None` for a level.
    pub totals: Option<Totals>,
    /// Who it is dealt out to.
    pub seated: Seated,
    /// The team that holds what no person holds.
    pub team: Option<TeamId>,
    /// One for each part of a split, in declaration order; else one.
    pub chains: Vec<Chain>,
    /// What existing accounts bring.
    pub existing: Vec<Line>,
    /// What was reached and belongs to no line alone, where the rest is planned anew.
    pub read: Vec<ReadLine>,
    /// What should have been done before the plan starts.
    pub late: Vec<Late>,
}

/// What was reached of a metric and belongs to no line alone.
#[derive(Clone, Debug)]
pub struct ReadLine {
    /// Of what.
    pub metric: MetricId,
    /// Of which part, as a place among the chains; of none where there are several and nothing says which.
    pub chain: Option<usize>,
    /// Who, and when.
    pub line: Line,
}

impl KeyResultPlan {
    /// The stages of all chains.
    pub fn stages(&self) -> impl Iterator<Item = &Stage> {
        self.chains.iter().flat_map(|chain| &chain.stages)
    }
}

/// An outcome and all that it takes: of the whole goal, or of one part of a split.
#[derive(Clone, Debug)]
pub struct Chain {
    /// `industry=cold-chain`; empty without a split.
    pub part: String,
    /// What of the new amount is its own, in steps.
    pub new: IBig,
    /// The outcome first, then what it takes, outer before inner.
    pub stages: Vec<Stage>,
}

/// One stage: an outcome, or what one takes.
#[derive(Clone, Debug)]
pub struct Stage {
    /// What is done and what for.
    pub link: Link,
    /// In which days.
    pub window: StageWindow,
    /// In all, in steps.
    pub total: IBig,
    /// Who does it when.
    pub lines: Vec<Line>,
}

/// Expands one key result: a function of the plan's declarations it names, and of who works when.
///
/// Returns `None` for one that measures nothing.
#[must_use]
pub fn expand_key_result(
    plan: &Plan,
    almanac: &Almanac,
    id: KeyResultId,
    depth: Depth,
) -> (Option<KeyResultPlan>, Diagnostics) {
    expand_as(plan, almanac, id, &plan[id], depth)
}

/// The same, as if `id` were `key_result`.
#[must_use]
pub fn expand_as(
    plan: &Plan,
    almanac: &Almanac,
    id: KeyResultId,
    key_result: &KeyResult,
    depth: Depth,
) -> (Option<KeyResultPlan>, Diagnostics) {
    let mut shop = Workshop {
        plan,
        almanac,
        key_result,
        id,
        depth,
        team: holding_team(plan, &key_result.owners),
        checkpoints: Vec::new(),
        late: Vec::new(),
        unlagged: BTreeSet::new(),
        diagnostics: Diagnostics::default(),
    };
    let expanded = shop.expand();
    (expanded, shop.diagnostics)
}

/// What expanding one key result needs at hand.
pub(crate) struct Workshop<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) almanac: &'a Almanac,
    pub(crate) key_result: &'a KeyResult,
    id: KeyResultId,
    depth: Depth,
    pub(crate) team: Option<TeamId>,
    /// Last day and part of the target reached by then.
    checkpoints: Vec<(NaiveDate, Exact)>,
    /// What should have happened before the plan starts.
    pub(super) late: Vec<Late>,
    /// Who is known to work on what without its lag.
    unlagged: BTreeSet<(PersonId, MetricId)>,
    pub(super) diagnostics: Diagnostics,
}

impl Workshop<'_> {
    pub(super) fn path(&self) -> String {
        self.plan.path(self.id)
    }

    fn expand(&mut self) -> Option<KeyResultPlan> {
        let measure = self.key_result.measure.as_ref()?;
        if let Target::Level(from, to) = &measure.target {
            return self.level(measure.metric, from, to, measure.place);
        }
        let mut messages = Vec::new();
        let seated = seat(self.plan, &self.almanac.presences, self.key_result);
        let heads = seated
            .seating()
            .and_then(|seating| heads(self.plan, &self.almanac.presences, self.key_result, seating));
        let say = &mut |message| messages.push(message);
        let totals = totals(self.plan, self.key_result, heads.as_ref(), say);
        for message in messages {
            self.diagnostics.say(message, measure.place);
        }
        let mut totals = totals?;
        let whole_target = match &heads {
            Some(heads) => heads.figure.clone(),
            None => self.plan[measure.metric].step.amount(&totals.target),
        };
        self.checkpoints = self.checkpoint_parts(&whole_target);

        let links = match links(self.plan, self.key_result, measure.metric) {
            Ok(links) => links,
            Err(TooMany) => {
                let place = self.key_result.through.map_or(measure.place, |(_, place)| place);
                self.diagnostics.say(Message::TooManyChains { most: MOST_LINKS }, place);
                return None;
            }
        };
        self.report_seating(&seated, measure.place);
        if heads.is_some() && totals.new.is_zero() && !totals.written.is_zero() {
            let place = self.key_result.share.as_ref().map_or(measure.place, |share| share.place);
            self.diagnostics.say(Message::ShareOfNobody { goal: self.path() }, place);
        }
        let step = &self.plan[measure.metric].step;
        let cuts = cuts(self.key_result, step, &totals, heads.as_ref(), &seated);
        totals.people = cuts.iter().map(|cut| &cut.people).sum();
        let mut chains = Vec::with_capacity(cuts.len());
        for cut in cuts {
            let stages = self.stages(&links, &cut, measure.place);
            chains.push(Chain { part: cut.part, new: cut.new, stages });
        }
        let late = std::mem::take(&mut self.late);
        let existing = if totals.existing.is_above_zero() && self.depth == Depth::Days {
            let goal = Arc::new(self.days(measure.metric, &[], self.key_result.window));
            existing::lines(self, measure.metric, &goal)
        } else {
            Vec::new()
        };
        Some(KeyResultPlan {
            key_result: self.id,
            totals: Some(totals),
            seated,
            team: self.team,
            chains,
            existing,
            read: Vec::new(),
            late,
        })
    }

    fn level(&mut self, metric: MetricId, from: &Exact, to: &Exact, place: Place) -> Option<KeyResultPlan> {
        let window = self.key_result.window;
        let person = match self.key_result.owners.as_slice() {
            [Holder::Person(person)] => Some(*person),
            _ => None,
        };
        let holder = person.map(Holder::Person).or(self.team.map(Holder::Team));
        let corners = level_corners(self.key_result, from, to);
        let declared = &self.plan[metric];
        let line = LevelLine { from, corners, better: declared.better, step: &declared.step };
        let own = self.almanac.presences.holder(self.plan, holder);
        let levels = line.over(window, own).or_else(|| line.over(window, self.almanac.presences.plan()));
        let Some(levels) = levels else {
            self.diagnostics.say(Message::WindowWithoutWorkingDay { goal: self.path() }, place);
            return None;
        };
        let course = Course::Level(levels);
        let total = IBig::from(course.steps());
        let team = person.map_or(self.team, |person| self.plan[person].team);
        let line = Line::new(person, team, course, Phase::ALONE, place);
        let link = Link { metric, above: None, lags: Vec::new() };
        let window = StageWindow { days: Some(window), from: window.first };
        let stages = vec![Stage { link, window, total, lines: vec![line] }];
        Some(KeyResultPlan {
            key_result: self.id,
            totals: None,
            seated: Seated::Line(self.team),
            team: self.team,
            chains: vec![Chain { part: String::new(), new: IBig::ZERO, stages }],
            existing: Vec::new(),
            read: Vec::new(),
            late: Vec::new(),
        })
    }

    fn checkpoint_parts(&self, target: &Exact) -> Vec<(NaiveDate, Exact)> {
        let part = |amount: &CheckpointAmount| match amount {
            CheckpointAmount::OfTarget(part) => part.clone(),
            CheckpointAmount::Amount(_) if target.is_zero() => whole(0),
            CheckpointAmount::Amount(amount) => amount / target,
        };
        self.key_result
            .checkpoints
            .iter()
            .map(|checkpoint| (checkpoint.on, part(&checkpoint.amount)))
            .collect()
    }

    fn report_seating(&mut self, seated: &Seated, place: Place) {
        let place = self.key_result.share.as_ref().map_or(place, |share| share.place);
        // Between one there is nothing to choose.
        if let Seated::ByCapacity(seating) = seated
            && seating.seats().count() > 1
        {
            self.diagnostics.say(Message::SharedByCapacity { goal: self.path() }, place);
        }
        let Some(seating) = seated.seating() else {
            return;
        };
        for seat in seating.seats() {
            let presence = self.almanac.presences.person(seat.person);
            if presence.works_in(self.key_result.window) {
                let by = self.key_result.share.as_ref().map(|share| &share.by);
                if let Some(ShareBy::Like(history)) = by
                    && seat.weight.is_zero()
                    && seat.pin.is_none()
                    && !self.plan[*history].spoilt
                {
                    let (person, history) = (&self.plan[seat.person].name, &self.plan[*history].name);
                    let message = Message::NotInHistory { person: person.clone(), history: history.clone() };
                    self.diagnostics.say(message, place);
                }
                continue;
            }
            let person = self.plan[seat.person].name.clone();
            match self.key_result.pins.iter().find(|pin| pin.holder == Holder::Person(seat.person)) {
                Some(pin) => self.diagnostics.say(Message::PinNoWorkingDay { person }, pin.place),
                None => self.diagnostics.say(Message::NoWorkingDay { person, goal: self.path() }, place),
            }
        }
    }

    fn stages(&mut self, links: &[Link], cut: &Cut, measure: Place) -> Vec<Stage> {
        let mut stages: Vec<Stage> = Vec::with_capacity(links.len());
        let mut parts: Vec<Option<Dealt>> = Vec::with_capacity(links.len());
        for link in links {
            let above = link
                .above
                .and_then(|above| Some((above, stages.get(above.link)?, parts.get(above.link)?.as_ref())));
            let line = link.above.map(|above| (above.funnel, above.line));
            let (total, dealt) = match above {
                None => self.deal_outcome(link.metric, cut, measure),
                Some((_, stage, dealt)) => self.deal_below(link, stage, dealt, &cut.seated),
            };
            if counted(&total).is_none() {
                let what = format!("the amount of `{}`", self.plan[link.metric].name);
                let place = line.and_then(|(funnel, line)| self.plan[funnel].lines.get(line));
                self.diagnostics.say(Message::Overflow { what }, place.map_or(measure, |line| line.place));
                break;
            }
            let calendar = &self.plan[self.plan.calendar];
            let window = stage_window(self.plan, calendar, self.key_result.window, &link.lags);
            let stage = Stage { link: link.clone(), window, total, lines: Vec::new() };
            self.note_late(&stage, &stages);
            let lines = self.lines(&stage, dealt.as_ref(), cut.seated.seating(), measure);
            stages.push(Stage { lines, ..stage });
            parts.push(dealt);
        }
        merge_same_metric(&mut stages);
        stages
    }

    fn lines(
        &mut self,
        stage: &Stage,
        dealt: Option<&Dealt>,
        seating: Option<&Seating>,
        measure: Place,
    ) -> Vec<Line> {
        let line = stage.link.above.and_then(|above| self.plan[above.funnel].lines.get(above.line));
        let source = line.map_or(measure, |line| line.place);
        let days = Days { shop: self, stage, early: OnceCell::new(), late: OnceCell::new() };
        let mut lines = Vec::new();
        let mut without_day = Vec::new();
        match (dealt, seating) {
            (Some(dealt), Some(seating)) => {
                for (seat, steps) in seating.seats().zip(&dealt.steps) {
                    let Some(steps) = counted(steps).filter(|steps| *steps > 0) else {
                        continue;
                    };
                    let presence = self.almanac.presences.person(seat.person);
                    if !self.wants_lines(seat.person, stage.link.metric) {
                        let works = |span| presence.works_in(span);
                        if !stage.window.days.is_some_and(works) && works(self.key_result.window) {
                            without_day.push(seat.person);
                        }
                        continue;
                    }
                    let Some((weights, lagged)) = days.weights(presence) else {
                        continue;
                    };
                    if !lagged {
                        without_day.push(seat.person);
                    }
                    let pinned = || {
                        let pins = &self.key_result.pins;
                        pins.iter().find(|pin| pin.holder == Holder::Person(seat.person)).map(|pin| pin.place)
                    };
                    let own = match line {
                        None => pinned(),
                        Some(_) => self.own_need(seat.person, &stage.link).map(|(_, place)| place),
                    };
                    let course = Course::Flow { steps, weights };
                    let team = self.plan[seat.person].team;
                    let source = own.unwrap_or(source);
                    lines.push(Line::new(Some(seat.person), team, course, seat.phase, source));
                }
            }
            _ if self.depth == Depth::Amounts => {}
            _ => {
                let presence = self.almanac.presences.holder(self.plan, self.team.map(Holder::Team));
                let steps = counted(&stage.total).filter(|steps| *steps > 0);
                if let (Some(steps), Some((weights, _))) = (steps, days.weights(presence)) {
                    let course = Course::Flow { steps, weights };
                    lines.push(Line::new(None, self.team, course, Phase::ALONE, source));
                }
            }
        }
        if stage.window.days.is_some() {
            for person in without_day {
                if !self.unlagged.insert((person, stage.link.metric)) {
                    continue;
                }
                let message = Message::LagWithoutDay {
                    person: self.plan[person].name.clone(),
                    metric: self.plan[stage.link.metric].name.clone(),
                };
                self.diagnostics.say(message, source);
            }
        }
        lines
    }

    /// Whether somebody's days are asked for: all of them, or because there is a ceiling to them.
    fn wants_lines(&self, person: PersonId, metric: MetricId) -> bool {
        let limited = || self.plan[person].limits.iter().any(|limit| limit.metric == metric);
        self.depth == Depth::Days || limited()
    }

    pub(super) fn days(&self, metric: MetricId, lags: &[crate::plan::Lag], window: DateSpan) -> StageDays {
        let recipe = Recipe {
            plan: self.plan,
            metric,
            lags,
            spread: self.key_result.spread.as_ref().map(|spread| &spread.by),
            front: &self.key_result.front,
            checkpoints: &self.checkpoints,
            until: self.key_result.window.last,
        };
        StageDays::new(self.almanac, &recipe, window)
    }
}

/// Where a level should be by the end of which days, the last day of its window the last of them.
pub(super) fn level_corners(key_result: &KeyResult, from: &Exact, to: &Exact) -> Vec<(NaiveDate, Exact)> {
    let corners = key_result.checkpoints.iter();
    let corners = corners.map(|checkpoint| (checkpoint.on, checkpoint.amount.between(from, to)));
    let mut corners: Vec<(NaiveDate, Exact)> = corners.collect();
    corners.push((key_result.window.last, to.clone()));
    corners
}

/// A funnel may come to the same metric by several lines. Whoever works on it has one running total of it:
/// the lines of the later stages are laid onto those of the first, and rounded with them.
fn merge_same_metric(stages: &mut [Stage]) {
    for later in 1..stages.len() {
        let (before, after) = stages.split_at_mut(later);
        let Some(stage) = after.first_mut() else {
            return;
        };
        let Some(first) = before.iter_mut().find(|first| first.link.metric == stage.link.metric) else {
            continue;
        };
        for line in std::mem::take(&mut stage.lines) {
            match first.lines.iter_mut().find(|same| same.person == line.person && same.team == line.team) {
                Some(same) => same.course = same.course.clone().with(line.course),
                None => first.lines.push(line),
            }
        }
    }
}

/// The days of a stage: with its lag, and as if without it. Each is weighed when first asked for.
struct Days<'a, 'b> {
    shop: &'a Workshop<'b>,
    stage: &'a Stage,
    early: OnceCell<Option<Arc<StageDays>>>,
    late: OnceCell<Arc<StageDays>>,
}

impl Days<'_, '_> {
    /// Somebody's weights, and whether they are those with the lag; without a day early enough they work as if
    /// without it. `None` if they never work in the key result's window.
    fn weights(&self, presence: &Arc<Presence>) -> Option<(LineWeights, bool)> {
        let (shop, link) = (self.shop, &self.stage.link);
        let early = self.early.get_or_init(|| {
            self.stage.window.days.map(|window| Arc::new(shop.days(link.metric, &link.lags, window)))
        });
        if let Some(weights) = early.as_ref().and_then(|days| LineWeights::new(days, presence)) {
            return Some((weights, true));
        }
        let late = self.late.get_or_init(|| Arc::new(shop.days(link.metric, &[], shop.key_result.window)));
        LineWeights::new(late, presence).map(|weights| (weights, false))
    }
}
