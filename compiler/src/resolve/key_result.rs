//! Key results.

use std::collections::HashMap;

use chrono::NaiveDate;
use milepost_grammar::Span;
use milepost_grammar::ast::{self, DateOrPeriod, GoalStatement, KeyResultStatement, Total};

use super::Resolver;
use super::goal::Goal;
use super::names::plain;
use super::once::Once;
use super::time::written;
use crate::dates::DateSpan;
use crate::diagnostic::Diagnostic;
use crate::exact::{Exact, percent, readable};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{
    BookId, Checkpoint, CheckpointAmount, Dropped, FunnelId, Holder, KeyResult, Measure, MetricId,
    ObjectiveId, PersonId, Pin, Share, ShareBy, Target,
};
use crate::sources::Place;

/// The statements of a key result, each where it may stand.
#[derive(Default)]
struct Said<'a> {
    goal: Vec<&'a GoalStatement>,
    measure: Once<&'a ast::Measure>,
    hold: Once<&'a ast::Hold>,
    reach: Vec<&'a ast::Reach>,
    forecasts: Vec<&'a ast::Forecast>,
    baseline: Once<&'a ast::Baseline>,
    checkpoints: Vec<&'a ast::Checkpoint>,
    existing: Once<&'a [ast::Name]>,
    through: Once<&'a ast::Name>,
    split: Once<&'a ast::Split>,
    share: Once<&'a ast::Share>,
    pins: Vec<&'a ast::Pin>,
    over_assign: Once<&'a ast::OverAssign>,
    over_assign_one: Vec<(&'a ast::OverAssign, &'a ast::Name)>,
    spread: Once<&'a ast::Spread>,
    front: Once<Exact>,
    threshold: Once<Exact>,
}

impl Said<'_> {
    /// The statements that deal amounts out, and where they stand.
    fn dealing(&self) -> [(&'static str, Option<Span>); 7] {
        [
            ("existing", self.existing.span()),
            ("through", self.through.span()),
            ("split", self.split.span()),
            ("share", self.share.span()),
            ("pin", self.pins.first().map(|pin| pin.span)),
            ("over-assign", self.over_assign.span()),
            ("over-assign", self.over_assign_one.first().map(|(over, _)| over.span)),
        ]
    }
}

impl Resolver<'_> {
    /// A key result with what its objective says already applied.
    pub(super) fn key_result(
        &mut self,
        tree: &ast::KeyResult,
        objective: ObjectiveId,
        outer: &Goal,
    ) -> KeyResult {
        let mut said = self.statements(tree);
        let goal = self.goal(std::mem::take(&mut said.goal).into_iter());
        let owners = goal.owners.or_else(|| outer.owners.clone()).unwrap_or_default();
        let metric =
            said.measure.get().and_then(|measure| self.watched(measure, said.baseline.get().is_some()));
        let baseline_span = said.baseline.span();
        let baseline =
            said.baseline.value().and_then(|baseline| self.baseline(metric, baseline, baseline_span));
        let during = goal.during.or(outer.during);
        self.one_goal(&mut said);
        let by = match (said.measure.get(), said.hold.get()) {
            (Some(measure), _) => measure.by,
            (None, Some(hold)) => hold.by,
            (None, None) => self.last_reach(&said.reach),
        };
        let last = by.and_then(|by| Some((self.day_inside_plan(by)?, by.span())));
        let window = self.window(during.map(|(days, _)| days), last);
        // Of a checklist each item needs its day; what is done has one.
        let has_day = |reach: &&ast::Reach| reach.by.is_some() || reach.done.is_some();
        let listed = !said.reach.is_empty() && said.reach.iter().all(has_day);
        let dated = during.is_some() || said.reach.is_empty() && by.is_some() || listed;
        let hold = said.hold.get().and_then(|hold| self.hold(hold));
        let reach = self.reach(&said.reach, window);
        let measure =
            said.measure.get().and_then(|said| self.measure(metric?, said, baseline.as_ref(), window));
        if let (Some((own, place)), Some((outer, outer_place))) = (goal.during, outer.during)
            && (own.first < outer.first || own.last > outer.last)
        {
            let message = Message::OutsideObjective { days: written(own), objective: written(outer) };
            self.push(Diagnostic::new(message, place).label(outer_place, Message::FirstHere));
        }
        self.without_effect(measure.as_ref(), &said);
        self.nothing_to_share(metric, &mut said);
        let checkpoints = self.checkpoints(&said.checkpoints, metric, measure.as_ref(), window);
        let existing_span = said.existing.span();
        let mut existing =
            said.existing.value().map(|names| self.existing(names, metric)).unwrap_or_default();
        let through = said.through.value().and_then(|name| self.through(name, metric));
        let is_level = measure.as_ref().is_some_and(|measure| matches!(measure.target, Target::Level(..)));
        let split = said.split.value().filter(|_| !is_level).and_then(|split| self.split(split, metric));
        let share = said.share.value().and_then(|share| self.share(share, &owners));
        if let (Some(Share { by: ShareBy::Each { .. }, .. }), Some(span)) = (&share, existing_span) {
            self.say(Message::EachWithExisting, span);
            existing.clear();
        }
        let among = share.as_ref().map_or_else(|| owners.clone(), |share| share.among.clone());
        let role = share.as_ref().and_then(|share| share.role.as_ref());
        let pins = self.pins(&said.pins, metric, &among, role);
        let over_assign_one = self.over_assign_one(&said.over_assign_one, &among);
        let over_assign = said.over_assign.value().map(|over| (self.over(over), self.place(over.span)));
        let spread = said.spread.value().and_then(|spread| self.spread(spread, window));
        if share.is_none() && through.is_none() {
            self.somebody_works(tree, measure.as_ref(), &owners, window);
        }
        let mut forecasts = self.forecasts(&said.forecasts, metric, &among);
        forecasts.retain(|_| measure.is_some());
        let front_place = said.front.span().map(|span| self.place(span));
        KeyResult {
            name: plain(&tree.name),
            title: tree.title.as_ref().map(|title| title.value.clone()),
            place: self.place(tree.name.span),
            objective,
            during: during.map_or_else(|| self.plan_period(), |(days, _)| days),
            during_place: goal.during.map(|(_, place)| place),
            by: last.filter(|_| said.reach.is_empty()).map(|(by, _)| by),
            window,
            dated,
            owners,
            texts: goal.texts,
            goal_type: goal.goal_type.or(outer.goal_type),
            supports: goal.supports,
            measure,
            hold,
            reach,
            baseline,
            checkpoints,
            existing,
            through,
            split,
            share,
            pins,
            over_assign,
            over_assign_one,
            spread,
            front: said.front.value().unwrap_or(Exact::ZERO),
            front_place,
            threshold: said.threshold.value(),
            weight: goal.weight.unwrap_or(Exact::ONE),
            priority: goal.priority.or(outer.priority),
            forecasts,
            dropped: earlier(goal.dropped, outer.dropped.clone()),
            check_ins: goal.check_ins,
        }
    }

    fn statements<'a>(&mut self, tree: &'a ast::KeyResult) -> Said<'a> {
        let mut said = Said::default();
        for statement in &tree.body {
            match statement {
                KeyResultStatement::Goal(goal) => said.goal.push(goal),
                KeyResultStatement::Measure(measure) => {
                    said.measure.set(self, "measure", measure, measure.span)
                }
                KeyResultStatement::Hold(hold) => said.hold.set(self, "hold", hold, hold.span),
                KeyResultStatement::Reach(reach) => said.reach.push(reach),
                KeyResultStatement::Baseline(baseline, span) => {
                    said.baseline.set(self, "baseline", baseline, *span)
                }
                KeyResultStatement::Checkpoint(checkpoint) => said.checkpoints.push(checkpoint),
                KeyResultStatement::Existing(names, span) => {
                    said.existing.set(self, "existing", names, *span)
                }
                KeyResultStatement::Through(name) => said.through.set(self, "through", name, name.span),
                KeyResultStatement::Split(split) => said.split.set(self, "split", split, split.span),
                KeyResultStatement::Share(share) => said.share.set(self, "share", share, share.span),
                KeyResultStatement::Pin(pin) => said.pins.push(pin),
                KeyResultStatement::OverAssign(over) => match &over.name {
                    None => said.over_assign.set(self, "over-assign", over, over.span),
                    Some(name) => said.over_assign_one.push((over, name)),
                },
                KeyResultStatement::Forecast(forecast) => said.forecasts.push(forecast),
                KeyResultStatement::Spread(spread) => said.spread.set(self, "spread", spread, spread.span),
                KeyResultStatement::FrontLoaded(number) => self.front(&mut said.front, number, false),
                KeyResultStatement::BackLoaded(number) => self.front(&mut said.front, number, true),
                KeyResultStatement::Threshold(number) => {
                    said.threshold.set(self, "threshold", percent(number.value), number.span);
                }
                KeyResultStatement::Broken(_) => {}
            }
        }
        said
    }

    /// `front-loaded` and `back-loaded` are one statement with two signs.
    fn front(&mut self, front: &mut Once<Exact>, number: &ast::Number, back: bool) {
        let mut part = percent(number.value);
        if part > Exact::ONE {
            self.say(Message::LoadedOverWhole, number.span);
            part = Exact::ONE;
        }
        let (name, part) = if back { ("back-loaded", -part) } else { ("front-loaded", part) };
        front.set(self, name, part, number.span);
    }

    pub(super) fn day_inside_plan(&mut self, by: DateOrPeriod) -> Option<NaiveDate> {
        let day = self.last_day(by)?;
        self.inside_plan(DateSpan::day(day), by.span()).then_some(day)
    }

    /// The days of a goal: its `during`, else the plan's, cut at `by`. A `by` after them leaves them as they are.
    pub(super) fn window(&mut self, during: Option<DateSpan>, by: Option<(NaiveDate, Span)>) -> DateSpan {
        let days = during.unwrap_or_else(|| self.plan_period());
        let Some((by, span)) = by.filter(|_| self.period.is_some()) else { return days };
        if by > days.last {
            let message = Message::ByAfterWindow { by: by.to_string(), window: written(days) };
            let (place, last) = (self.place(span), days.last.to_string());
            let fix = Message::ReplaceWith { text: last.clone() };
            self.push(Diagnostic::new(message, place).fix(fix, vec![(place, last)]));
            return days;
        }
        match DateSpan::new(days.first, by) {
            Some(window) => window,
            None => {
                self.say(Message::ByBeforeWindow { by: by.to_string(), window: written(days) }, span);
                days
            }
        }
    }

    /// What a team holds as a whole is laid over the working days of the plan's calendar; there must be one. (A rate
    /// asks for nothing where there is none.)
    fn somebody_works(
        &mut self,
        tree: &ast::KeyResult,
        measure: Option<&Measure>,
        owners: &[Holder],
        window: DateSpan,
    ) {
        let asks =
            |measure: &&Measure| matches!(&measure.target, Target::Amount(amount) if !amount.is_zero());
        let Some(measure) = measure.filter(asks) else { return };
        // Who has no working day is named where shares are dealt out.
        let held = !owners.iter().any(|owner| matches!(owner, Holder::Person(_)));
        let calendar = self.plan.calendars.get(self.plan.calendar.index());
        let works = calendar.is_none_or(|calendar| calendar.working_days(window).next().is_some());
        if held && !works && self.period.is_some() {
            let message = Message::WindowWithoutWorkingDay { goal: plain(&tree.name) };
            self.diagnostics.say(message, measure.place);
        }
    }

    /// A key result has one goal: the first kind that is written.
    fn one_goal(&mut self, said: &mut Said<'_>) {
        let reach = said.reach.first().map(|reach| reach.span);
        let mut first: Option<(&'static str, Span)> = None;
        let kinds = [("measure", said.measure.span()), ("hold", said.hold.span()), ("reach", reach)];
        for (kind, span) in kinds {
            let Some(span) = span else { continue };
            let Some((of, before)) = first else {
                first = Some((kind, span));
                continue;
            };
            self.twice(Message::SecondGoal { kind: kind.to_owned(), first: of.to_owned() }, span, before);
            match kind {
                "hold" => said.hold = Once::default(),
                _ => said.reach.clear(),
            }
        }
    }

    /// Levels are never shared or laid over the calendar: they run straight between checkpoints. What is held or done
    /// is not planned at all.
    fn without_effect(&mut self, measure: Option<&Measure>, said: &Said<'_>) {
        let course = [("spread", said.spread.span()), ("front-loaded", said.front.span())];
        let planning = || said.dealing().into_iter().chain(course);
        if measure.is_some_and(|measure| matches!(measure.target, Target::Level(..))) {
            for (statement, span) in planning() {
                if let Some(span) = span {
                    self.say(Message::NotForLevel { statement: statement.to_owned() }, span);
                }
            }
        }
        let kind = match (said.measure.get(), said.hold.get(), said.reach.is_empty()) {
            (None, Some(_), _) => "hold",
            (None, None, false) => "reach",
            _ => return,
        };
        let measured = [
            ("baseline", said.baseline.span()),
            ("checkpoint", said.checkpoints.first().map(|checkpoint| checkpoint.span)),
            ("forecast", said.forecasts.first().map(|forecast| forecast.span)),
        ];
        for (statement, span) in planning().chain(measured) {
            if let Some(span) = span {
                let message = Message::NotForGoal { statement: statement.to_owned(), kind: kind.to_owned() };
                self.say(message, span);
            }
        }
    }

    /// What is computed from other metrics has no amounts of its own that somebody could be given.
    fn nothing_to_share(&mut self, metric: Option<MetricId>, said: &mut Said<'_>) {
        let metric = metric.and_then(|metric| self.plan.metrics.get(metric.index()));
        let Some(metric) = metric.filter(|metric| metric.formula.is_some() && metric.total == Total::Sum)
        else {
            return;
        };
        let name = metric.name.clone();
        for (statement, span) in said.dealing() {
            if let Some(span) = span {
                let (metric, statement) = (name.clone(), statement.to_owned());
                self.say(Message::ComputedNotShared { metric, statement }, span);
            }
        }
        (said.existing, said.through) = (Once::default(), Once::default());
        (said.split, said.share, said.over_assign) = (Once::default(), Once::default(), Once::default());
        said.pins.clear();
        said.over_assign_one.clear();
    }

    /// Near goals by day, in whatever order they are written: one a day, inside the window, and of a flow their
    /// amounts rise up to the target.
    fn checkpoints(
        &mut self,
        said: &[&ast::Checkpoint],
        metric: Option<MetricId>,
        measure: Option<&Measure>,
        window: DateSpan,
    ) -> Vec<Checkpoint> {
        let target = measure.and_then(|measure| match &measure.target {
            Target::Amount(amount) => Some(amount.clone()),
            Target::Rate(..) | Target::Level(..) => None,
        });
        let flow = measure.is_some_and(|measure| !matches!(measure.target, Target::Level(..)));
        let mut by_day: Vec<(NaiveDate, &ast::Checkpoint)> =
            said.iter().filter_map(|said| Some((self.last_day(said.by)?, *said))).collect();
        by_day.sort_by_key(|(on, _)| *on);
        let mut checkpoints: Vec<Checkpoint> = Vec::with_capacity(said.len());
        for (on, said) in by_day {
            let amount = if said.of_target {
                self.part(&said.amount).map(CheckpointAmount::OfTarget)
            } else {
                metric.and_then(|metric| self.amount(metric, &said.amount)).map(CheckpointAmount::Amount)
            };
            if self.period.is_some() && !window.contains(on) {
                let message =
                    Message::CheckpointOutsideWindow { on: on.to_string(), window: written(window) };
                self.say(message, said.by.span());
                continue;
            }
            if let Some(before) = checkpoints.last().filter(|before| before.on == on) {
                let message = Message::CheckpointTwice { on: on.to_string() };
                let label = before.place;
                let place = self.place(said.by.span());
                self.push(Diagnostic::new(message, place).label(label, Message::FirstHere));
                continue;
            }
            let Some(amount) = amount else { continue };
            if flow && !self.rises(&amount, checkpoints.last(), target.as_ref(), said) {
                continue;
            }
            let title = said.title.as_ref().map(|title| title.value.clone());
            checkpoints.push(Checkpoint { amount, on, title, place: self.place(said.span) });
        }
        checkpoints
    }

    /// Whether a checkpoint lies between the one before it and the target, as far as both can be told yet.
    fn rises(
        &mut self,
        amount: &CheckpointAmount,
        before: Option<&Checkpoint>,
        target: Option<&Exact>,
        said: &ast::Checkpoint,
    ) -> bool {
        let one = Exact::ONE;
        let (amount, before, target) = match (amount, before.map(|before| &before.amount)) {
            (CheckpointAmount::OfTarget(part), None) => (part.clone(), None, Some(&one)),
            (CheckpointAmount::OfTarget(part), Some(CheckpointAmount::OfTarget(before))) => {
                (part.clone(), Some(before.clone()), Some(&one))
            }
            (CheckpointAmount::Amount(amount), None) => (amount.clone(), None, target),
            (CheckpointAmount::Amount(amount), Some(CheckpointAmount::Amount(before))) => {
                (amount.clone(), Some(before.clone()), target)
            }
            (CheckpointAmount::Amount(amount), Some(CheckpointAmount::OfTarget(part))) => {
                (amount.clone(), target.map(|target| part * target), target)
            }
            (CheckpointAmount::OfTarget(part), Some(CheckpointAmount::Amount(before))) => match target {
                Some(target) => (part * target, Some(before.clone()), Some(target)),
                None => (part.clone(), None, Some(&one)),
            },
        };
        let of_target = said.of_target;
        let percents = |amount: &Exact| {
            if of_target && target == Some(&one) {
                format!("{}%", readable(&(amount * crate::exact::whole(100)), 6))
            } else {
                readable(amount, 6)
            }
        };
        let message = if let Some(before) = before.filter(|before| amount < *before) {
            Message::CheckpointFalls { amount: percents(&amount), before: percents(&before) }
        } else if let Some(over) = target.filter(|target| amount > **target) {
            Message::CheckpointOverTarget { amount: percents(&amount), target: percents(over) }
        } else {
            return true;
        };
        self.say(message, said.amount.span);
        false
    }

    fn existing(&mut self, names: &[ast::Name], metric: Option<MetricId>) -> Vec<(BookId, Place)> {
        let mut books = Vec::new();
        let mut seen: HashMap<BookId, Span> = HashMap::new();
        for name in names {
            let Some(id) = self.find_book(name) else { continue };
            if let Some(first) = seen.insert(id, name.span) {
                self.twice(Message::NamedTwice { name: name.value.clone() }, name.span, first);
                continue;
            }
            let Some(of) = self.plan.books.get(id.index()).map(|book| book.metric) else { continue };
            match metric {
                Some(metric) if metric == of => books.push((id, self.place(name.span))),
                // A book of an unknown metric has been reported where it is declared, and holds nothing; what it should cover is
                // not known.
                Some(_) if self.plan.metrics.get(of.index()).is_none() => {
                    books.push((id, self.place(name.span)));
                }
                Some(metric) => {
                    let message = Message::OfOtherMetric {
                        noun: Noun::Accounts,
                        name: name.value.clone(),
                        of: self.metric_name(of),
                        measured: self.metric_name(metric),
                    };
                    self.say(message, name.span);
                }
                None => {}
            }
        }
        books
    }

    /// The funnel of a goal, which must say what its metric needs.
    fn through(&mut self, name: &ast::Name, metric: Option<MetricId>) -> Option<(FunnelId, Place)> {
        let id = self.find_funnel(name)?;
        let funnel = self.plan.funnels.get(id.index())?;
        let metric = metric?;
        // A funnel whose lines are all broken is silent about everything, and has been reported.
        if !funnel.lines.is_empty() && !funnel.lines.iter().any(|line| line.left == metric) {
            let message =
                Message::FunnelSilent { funnel: funnel.name.clone(), metric: self.metric_name(metric) };
            let label =
                (funnel.place, Message::DeclaredHere { noun: Noun::Funnel, name: funnel.name.clone() });
            let diagnostic = Diagnostic::new(message, self.place(name.span)).label(label.0, label.1);
            self.push(diagnostic);
            return None;
        }
        Some((id, self.place(name.span)))
    }

    fn pins(
        &mut self,
        said: &[&ast::Pin],
        metric: Option<MetricId>,
        among: &[Holder],
        role: Option<&String>,
    ) -> Vec<Pin> {
        let mut pins: Vec<Pin> = Vec::with_capacity(said.len());
        let mut seen: HashMap<Holder, Span> = HashMap::new();
        for said in said {
            let Some(pin) = self.pin(metric, said, among) else { continue };
            if let (Some(role), Holder::Person(person)) = (role, pin.holder)
                && self
                    .plan
                    .people
                    .get(person.index())
                    .is_some_and(|person| person.role.as_ref() != Some(role))
            {
                let message = Message::OtherRole { name: said.name.value.clone(), role: role.clone() };
                self.say(message, said.name.span);
                continue;
            }
            match seen.insert(pin.holder, said.name.span) {
                None => pins.push(pin),
                Some(first) => {
                    self.twice(Message::NamedTwice { name: said.name.value.clone() }, said.name.span, first);
                }
            }
        }
        pins
    }

    fn over_assign_one(
        &mut self,
        said: &[(&ast::OverAssign, &ast::Name)],
        among: &[Holder],
    ) -> Vec<(PersonId, Exact, Place)> {
        let mut all = Vec::with_capacity(said.len());
        let mut seen: HashMap<PersonId, Span> = HashMap::new();
        for (over, name) in said {
            let Some(person) = self.find_person(name) else { continue };
            if self.in_share(Holder::Person(person), name, among).is_none() {
                continue;
            }
            match seen.insert(person, name.span) {
                None => all.push((person, self.over(over), self.place(over.span))),
                Some(first) => self.twice(Message::NamedTwice { name: name.value.clone() }, name.span, first),
            }
        }
        all
    }
}

/// The one that was given up first.
fn earlier(own: Option<Dropped>, outer: Option<Dropped>) -> Option<Dropped> {
    match (own, outer) {
        (Some(own), Some(outer)) => Some(if outer.on < own.on { outer } else { own }),
        (own, outer) => own.or(outer),
    }
}
