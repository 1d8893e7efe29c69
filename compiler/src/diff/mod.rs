//! What changed between two plans, and what that does to people's weeks.
//!
//! Both are compared by what they mean: things by their names (renames are recognised by what is said of them), amounts by who
//! does how much when. How and where something is written makes no difference.

mod change;
mod changes;
mod effect;
pub mod english;
mod facts;
pub mod json;
pub mod markdown;
mod matching;
pub mod text;
mod thing;
mod turn;

pub use change::{Change, Event};
pub use effect::{
    Effects, GoalEffect, Headroom, Months, Next, Part, PersonEffect, Reached, SaidEffect, TotalEffect,
};
pub use thing::{Aspect, What};
pub use turn::Turn;

use std::collections::HashSet;

use crate::compile::{Compilation, compile};
use crate::dated::DatedPlan;
use crate::plan::{KeyResultId, Plan};
use crate::world::MemoryWorld;

use changes::Changes;
use facts::{Renamed, Teller};
use matching::matched;
use thing::Thing;

/// One of the two plans.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// What it was compiled to.
    pub compilation: &'a Compilation,
    /// The plan.
    pub plan: &'a Plan,
    /// Its dated work.
    pub dated: &'a DatedPlan,
    /// Whether it stands for a plan that is not there.
    is_nothing: bool,
}

impl<'a> Version<'a> {
    /// A plan that was compiled to its days; `None` where there is no plan.
    #[must_use]
    pub fn new(compilation: &'a Compilation) -> Option<Self> {
        let plan = compilation.plan.as_ref()?;
        Some(Self { compilation, plan, dated: compilation.dated.as_ref()?, is_nothing: false })
    }

    /// What [`nothing_beside`] made of one.
    #[must_use]
    pub fn nothing(compilation: &'a Compilation) -> Option<Self> {
        Some(Self { is_nothing: true, ..Self::new(compilation)? })
    }
}

/// A plan of the same days that holds nothing, beside one that is new or gone.
#[must_use]
pub fn nothing_beside(compilation: &Compilation) -> Compilation {
    let Some(plan) = &compilation.plan else { return Compilation::default() };
    let text = format!("plan {} {{ period {}..{} }}", plan.name, plan.period.first, plan.period.last);
    compile(&MemoryWorld::new([("nothing.plan", text.as_str())]), "nothing.plan")
}

/// What changed, and what it does.
#[derive(Clone, Debug)]
pub struct Diff {
    /// The days of both.
    pub turn: Turn,
    /// What changed, by kind of thing, in the order of declaration.
    pub changes: Vec<Change>,
    /// How many dates only moved with the period.
    pub moved: usize,
    /// How many records (readings, forecasts, check-ins) of the period before are not in the plan after.
    pub ended: usize,
    /// How many errors each plan has.
    pub errors: (usize, usize),
    /// Goals that such errors spoil, of which nothing is compared but what is said.
    pub left_out: Vec<String>,
    /// What that does.
    pub effects: Effects,
}

/// Kinds of things, so that what others are named by comes before them.
const IN_ORDER: [What; 18] = [
    What::Metric,
    What::Calendar,
    What::Funnel,
    What::Team,
    What::Person,
    What::History,
    What::Accounts,
    What::Account,
    What::Pipeline,
    What::Deal,
    What::Objective,
    What::KeyResult,
    What::Plan,
    What::Actuals,
    What::Action,
    What::Review,
    What::Incentive,
    What::Scenario,
];

/// Whether things of a kind name others of it, or of one that comes later.
const fn names_later(what: What) -> bool {
    matches!(what, What::Metric | What::Team | What::Objective | What::KeyResult)
}

/// A path without ways that lead back: `plans/../shared/people.plan:3` is `shared/people.plan:3`.
fn tidy(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            (".", _) => {}
            ("..", Some(last)) if !matches!(*last, ".." | "") => _ = parts.pop(),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Goals of which an error leaves nothing to compare: those that it spoils, and those that were measured in the `other` plan and
/// do not say any more what they are about.
fn spoilt(version: Version<'_>, renamed: &Renamed, other: Version<'_>) -> Vec<String> {
    let plan = version.plan;
    let spoilt = crate::spoilt::spoilt(plan, version.compilation.language_errors());
    let known: HashSet<_> = version.dated.key_results.iter().map(|known| known.key_result).collect();
    let there: HashSet<String> =
        other.dated.key_results.iter().map(|known| other.plan.path(known.key_result)).collect();
    let name = |id: KeyResultId| renamed.get(What::KeyResult, &plan.path(id)).to_owned();
    let is_spoilt = |id: &KeyResultId| {
        let goal = &plan[*id];
        spoilt.contains(id)
            || !known.contains(id)
                && (goal.measure.is_some() || goal.statement().is_none() && there.contains(&name(*id)))
    };
    (0..plan.key_results.len()).map(KeyResultId::new).filter(is_spoilt).map(name).collect()
}

impl Diff {
    /// Compares two plans.
    #[must_use]
    pub fn new(before: Version<'_>, after: Version<'_>) -> Self {
        let turn = Turn { before: before.plan.period, after: after.plan.period };
        let mut renamed = Renamed::default();
        let same = Renamed::default();
        let errors = |version: Version<'_>| version.compilation.language_errors().count();
        let errors = (errors(before), errors(after));
        let broken = (errors.0 > 0, errors.1 > 0);
        let (old, new) = (&before.compilation.sources, &after.compilation.sources);
        let mut changes = Changes::new(old, new, turn, broken);
        let tell = |version: Version<'_>, renamed: &Renamed, what: What| {
            Teller { compilation: version.compilation, plan: version.plan, renamed }.things(what)
        };
        let mut later = Vec::new();
        for what in IN_ORDER {
            let (was, now) = (tell(before, &renamed, what), tell(after, &same, what));
            if what == What::Plan && (before.is_nothing || after.is_nothing) {
                let side = |version: Version<'_>, things: &[Thing]| {
                    (!version.is_nothing).then(|| things.first().cloned()).flatten()
                };
                changes.whole_plan(side(before, &was).as_ref(), side(after, &now).as_ref());
                continue;
            }
            let matched = matched(what, &was, &now);
            for (one, other) in &matched.both {
                if let (Some(one), Some(other)) = (was.get(*one), now.get(*other))
                    && one.own() != other.name
                {
                    renamed.insert(what, one.own().to_owned(), other.name.clone());
                }
            }
            if names_later(what) {
                later.push((what, was, now, matched));
            } else {
                changes.of(what, &was, &now, &matched);
            }
        }
        for (what, was, now, matched) in later {
            let was = if renamed.is_empty() { was } else { tell(before, &renamed, what) };
            changes.of(what, &was, &now, &matched);
        }
        let list = changes.list();
        let (moved, ended) = (changes.moved, changes.ended);
        let mut left_out = Vec::new();
        if broken.0 {
            left_out.extend(spoilt(before, &renamed, after));
        }
        if broken.1 {
            left_out.extend(spoilt(after, &same, before));
        }
        left_out.sort();
        left_out.dedup();
        let skipped: HashSet<String> = left_out.iter().cloned().collect();
        let broken = broken.0 || broken.1;
        let nothing_said = list.is_empty() && !broken;
        let effects = Effects::new(before, after, &renamed, turn, &skipped, broken, nothing_said);
        Self { turn, changes: list, moved, ended, errors, left_out, effects }
    }

    /// With places that count from other folders than those of the two plans: `before` and `after` are the ways to these, with
    /// their `/`.
    #[must_use]
    pub fn placed(mut self, before: &str, after: &str) -> Self {
        let place = |source: &mut String, is_before: bool| {
            let folder = if is_before { before } else { after };
            *source = tidy(&format!("{folder}{source}"));
        };
        for change in &mut self.changes {
            place(&mut change.source, change.is_before);
        }
        for said in &mut self.effects.said {
            place(&mut said.source, !said.is_new);
        }
        self
    }

    /// Whether nothing changed in meaning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.says_the_same() && self.effects.is_empty()
    }

    /// Whether both plans say the same.
    #[must_use]
    pub fn says_the_same(&self) -> bool {
        self.changes.is_empty() && self.moved == 0 && self.ended == 0
    }
}
