//! What a plan asks of its own goals.

use milepost_grammar::ast::{self, Letter, PlanStatement, SmartStatement};

use super::Resolver;
use super::declare::Declarations;
use super::names::composed;
use super::table_layout::mended;
use crate::diagnostic::Diagnostic;
use crate::exact::percent;
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{Check, GoalRef, Limits, PipelineId, SmartBlock, Waived, Waiver};

/// What limits can be set for.
const LIMITS: &[&str] = &["growth", "over-assignment", "confidence"];

impl Resolver<'_> {
    /// The blocks in the plan's own block.
    pub(super) fn plan_smart(&mut self, declared: &Declarations<'_>) {
        let Some(plan) = &declared.plan else { return };
        self.enter(plan.at);
        for statement in &plan.tree.body {
            if let PlanStatement::Smart(smart) = statement {
                self.smart(smart, None);
            }
        }
    }

    /// Adds a block that is about `of`.
    pub(super) fn smart(&mut self, tree: &ast::Smart, of: Option<GoalRef>) {
        let mut block = SmartBlock {
            of,
            place: self.place(tree.span),
            required: Vec::new(),
            growth: None,
            over_assignment: None,
            waivers: Vec::new(),
        };
        for statement in &tree.body {
            match statement {
                SmartStatement::Require { letter, what, .. } => {
                    for name in what {
                        if let Some(check) = self.check_named(letter.value, name) {
                            block.required.push((check, self.place(name.span)));
                        }
                    }
                }
                SmartStatement::Limits { letter, limits, .. } => {
                    for limit in limits {
                        self.smart_limit(letter.value, limit, &mut block);
                    }
                }
                SmartStatement::Waive { check, on, reason, span } => {
                    let checks = self.checks_at(check);
                    let on = match on {
                        Some(path) => self.waived_on(path, of),
                        None => Some(of.map_or(Waived::Plan, Waived::Goal)),
                    };
                    if reason.as_ref().is_none_or(|reason| reason.value.trim().is_empty()) {
                        self.say(Message::WaivedWithoutReason { check: check.dotted() }, *span);
                    }
                    if let (Some(checks), Some(on)) = (checks, on) {
                        let place = self.place(*span);
                        let why = reason.as_ref().map(|reason| reason.value.clone());
                        block.waivers.push(Waiver { checks, on, why, place });
                    }
                }
                SmartStatement::Broken(_) => {}
            }
        }
        self.plan.smart.push(block);
    }

    /// What a waiver is for: a goal, or a pipeline. A goal's own block makes exceptions for that goal alone.
    fn waived_on(&mut self, path: &ast::Path, of: Option<GoalRef>) -> Option<Waived> {
        if let [name] = path.parts.as_slice()
            && of.is_none()
            && self.names.objectives.get(&name.value).is_none()
            && let Some(entry) = self.names.pipelines.get(&name.value)
        {
            let (known, target) = (&entry.name, entry.place);
            let index = self.plan.pipelines.iter().position(|pipeline| pipeline.name == *known);
            self.refer(name.span, target);
            // One that could not be read has been reported.
            return index.map(|index| Waived::Pipeline(PipelineId::new(index)));
        }
        if let [name] = path.parts.as_slice()
            && of.is_none()
            && self.names.elsewhere(&name.value).is_none()
        {
            let known = self.names.objectives.entries().iter().chain(self.names.pipelines.entries());
            let near = self.suggester.nearest(&name.value, known).map(str::to_owned);
            let unknown = super::unknown(Noun::Goal, &name.value, near.as_deref(), self.place(name.span));
            self.push(unknown);
            return None;
        }
        let goal = self.find_goal(path)?;
        let inside = match (of, goal) {
            (None, _) => true,
            (Some(of), goal) if of == goal => true,
            // Its own key results have their numbers only when they have been read.
            (Some(GoalRef::Objective(of)), GoalRef::KeyResult(_)) => {
                let objective = path.parts.first().and_then(|name| self.names.objectives.get(&name.value));
                objective.is_some_and(|entry| entry.index == of.index())
            }
            _ => false,
        };
        if !inside {
            self.say(Message::WaiverOutside { goal: path.dotted() }, path.span);
            return None;
        }
        Some(Waived::Goal(goal))
    }

    fn smart_limit(&mut self, letter: Letter, said: &ast::SmartLimit, block: &mut SmartBlock) {
        let name = composed(&said.what.value).into_owned();
        let place = self.place(said.span);
        let (least, most) = (said.least.as_ref(), said.most.as_ref());
        let part = |number: Option<&ast::Number>| number.map(|number| percent(number.value));
        let limits = Limits { least: part(least), most: part(most), place };
        if let (Some(low), Some(high)) = (&limits.least, &limits.most)
            && low > high
        {
            let span = least.zip(most).map_or(said.span, |(least, most)| least.span.to(most.span));
            self.say(Message::ReversedRange { written: self.written(span) }, span);
            return;
        }
        let of = block.of;
        let slot = match name.as_str() {
            "growth" if letter == Letter::Attainable => &mut block.growth,
            "over-assignment" if letter == Letter::Attainable => &mut block.over_assignment,
            "confidence" if letter == Letter::Attainable => {
                self.say(Message::NotBuilt { statement: "confidence".to_owned() }, said.what.span);
                return;
            }
            _ => {
                let allowed = if letter == Letter::Attainable { LIMITS } else { &[] };
                self.unknown_check(&said.what, allowed.iter().copied());
                return;
            }
        };
        let earlier =
            self.plan.smart.iter().filter(|other| other.of == of).find_map(|other| match name.as_str() {
                "growth" => other.growth.as_ref(),
                _ => other.over_assignment.as_ref(),
            });
        if let Some(first) = slot.as_ref().or(earlier).map(|limits| limits.place) {
            let message = Message::SaidTwice { statement: name };
            self.push(Diagnostic::new(message, place).label(first, Message::FirstHere));
            return;
        }
        *slot = Some(limits);
    }

    /// The check of that name under `letter`.
    fn check_named(&mut self, letter: Letter, name: &ast::Name) -> Option<Check> {
        let of_letter = || Check::ALL.iter().copied().filter(move |check| check.letter() == letter);
        let word = composed(&name.value);
        let found = of_letter().find(|check| check.name() == word);
        if found.is_none() {
            self.unknown_check(name, of_letter().map(Check::name));
        }
        found
    }

    /// The checks that a path names: one, or all of a letter.
    fn checks_at(&mut self, path: &ast::Path) -> Option<Vec<Check>> {
        let (letter, rest) = path.parts.split_first()?;
        let word = composed(&letter.value).into_owned();
        let of_letter = |check: &&Check| check.path().split('.').next() == Some(word.as_str());
        let checks: Vec<Check> = Check::ALL.iter().filter(of_letter).copied().collect();
        let Some(first) = checks.first() else {
            // `growth` alone means what its letter stands before.
            let meant = Check::ALL.iter().find(|check| rest.is_empty() && check.name() == word);
            match meant {
                Some(check) => self.unknown_check_named(letter, vec![check.path()], Some(check.path())),
                None => {
                    let letters = ["specific", "measurable", "attainable", "relevant", "time-bound"];
                    self.unknown_check(letter, letters.into_iter());
                }
            }
            return None;
        };
        match rest {
            [] => Some(checks),
            [name] => self.check_named(first.letter(), name).map(|check| vec![check]),
            [.., last] => {
                self.unknown_check(last, std::iter::empty());
                None
            }
        }
    }

    fn unknown_check(&mut self, name: &ast::Name, known: impl Iterator<Item = &'static str>) {
        let known: Vec<&str> = known.collect();
        let near = self.suggester.nearest_word(&name.value, known.iter().copied());
        self.unknown_check_named(name, known, near);
    }

    fn unknown_check_named(&mut self, name: &ast::Name, known: Vec<&str>, near: Option<&str>) {
        let near = near.map(str::to_owned);
        let place = self.place(name.span);
        let known = known.into_iter().map(str::to_owned).collect();
        let message = Message::UnknownCheck { name: name.value.clone(), known, near: near.clone() };
        self.push(mended(Diagnostic::new(message, place), place, near));
    }
}
