//! What changed between two plans, and what that does to people's weeks.
//!
//! Both are compared by what they mean: things by their names (renames are recognised by what is said of them), amounts by who
//! does how much when. How and where something is written makes no difference.

mod change;
mod changes;
mod effect;
pub mod english;
mod facts;
pub mod headline;
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

use std::collections::{BTreeSet, HashSet};

use crate::compile::{Compilation, compile};
use crate::dated::DatedPlan;
use crate::plan::{KeyResultId, Plan};
use crate::sources::SourceFile;
use crate::world::MemoryWorld;

use changes::{Broken, Changes};
use effect::Known;
use facts::{Renamed, Teller};
use matching::{Matched, matched};
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
    /// What changed, by kind of thing, in the order of declaration; what changes no number comes last.
    pub changes: Vec<Change>,
    /// How many dates only moved with the period.
    pub moved: usize,
    /// How many records (readings, forecasts, check-ins) of the period before are not in the plan after.
    pub ended: usize,
    /// How many things and statements are not compared, as an error may hide them in one of the plans.
    pub hidden: usize,
    /// How many errors each plan has.
    pub errors: (usize, usize),
    /// Goals that such errors spoil: nothing of them is compared.
    pub left_out: Vec<String>,
    /// Whether errors hide nothing, or the same: both plans are the same text.
    hides_the_same: bool,
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
    matches!(what, What::Metric | What::Team | What::Objective | What::KeyResult | What::Action)
}

/// Gives things that are gone another name where theirs is something else's now, and tells which.
fn freed(was: &mut [Thing], now: &[Thing], matched: &Matched) -> Vec<(String, String)> {
    let taken: HashSet<&str> = now.iter().map(|thing| thing.name.as_str()).collect();
    let mut freed = Vec::new();
    for gone in &matched.gone {
        if let Some(thing) = was.get_mut(*gone).filter(|thing| taken.contains(thing.name.as_str())) {
            let own = thing.own().to_owned();
            thing.name.push_str(" (before)");
            freed.push((own.clone(), thing.name.clone()));
            thing.own = Some(own);
        }
    }
    freed
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

/// Whether two plans are made of the same files, with the same errors.
fn same_text(before: &Compilation, after: &Compilation) -> bool {
    let (old, new) = (before.sources.files(), after.sources.files());
    let same_file = |(old, new): (&SourceFile, &SourceFile)| old.path == new.path && old.text == new.text;
    let said = |compilation: &Compilation| -> Vec<String> {
        compilation.language_errors().map(|error| error.message.text()).collect()
    };
    old.len() == new.len() && old.iter().zip(new).all(same_file) && said(before) == said(after)
}

/// The goals of a plan by their paths.
fn goals(version: Version<'_>, renamed: &Renamed) -> BTreeSet<String> {
    let ids = (0..version.plan.key_results.len()).map(KeyResultId::new);
    ids.map(|id| renamed.get(What::KeyResult, &version.plan.path(id)).to_owned()).collect()
}

/// Goals of which an error leaves nothing to compare: those that it spoils, and those of the `other` plan that do not say any more
/// what they are about.
fn spoilt(version: Version<'_>, broken: &Broken, renamed: &Renamed, other: &BTreeSet<String>) -> Vec<String> {
    let plan = version.plan;
    let known: HashSet<_> = version.dated.key_results.iter().map(|known| known.key_result).collect();
    let name = |id: KeyResultId| renamed.get(What::KeyResult, &plan.path(id)).to_owned();
    let is_spoilt = |id: &KeyResultId| {
        let goal = &plan[*id];
        broken.goals.contains(id)
            || !known.contains(id)
                && (goal.measure.is_some() || goal.statement().is_none() && other.contains(&name(*id)))
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
        let broken =
            (Broken::new(before.compilation, before.plan), Broken::new(after.compilation, after.plan));
        let (old, new) = (&before.compilation.sources, &after.compilation.sources);
        let mut changes = Changes::new(old, new, turn, broken);
        let tell = |version: Version<'_>, renamed: &Renamed, what: What| {
            Teller { compilation: version.compilation, plan: version.plan, renamed }.things(what)
        };
        let mut later = Vec::new();
        for what in IN_ORDER {
            let (mut was, now) = (tell(before, &renamed, what), tell(after, &same, what));
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
            for (own, name) in freed(&mut was, &now, &matched) {
                renamed.insert(what, own, name);
            }
            if names_later(what) {
                later.push((what, was, now, matched));
            } else {
                changes.of(what, &was, &now, &matched);
            }
        }
        for (what, was, now, matched) in later {
            let mut was = if renamed.is_empty() { was } else { tell(before, &renamed, what) };
            freed(&mut was, &now, &matched);
            changes.of(what, &was, &now, &matched);
        }
        let list = changes.list();
        let (moved, ended, hidden) = (changes.moved.len(), changes.ended, changes.hidden);
        let mut left_out = Vec::new();
        let goals_of_both = || (goals(before, &renamed), goals(after, &same));
        let (was, now) = if errors == (0, 0) { Default::default() } else { goals_of_both() };
        if errors.0 > 0 {
            left_out.extend(spoilt(before, &changes.broken.0, &renamed, &now));
            left_out.extend(now.difference(&was).filter(|path| changes.broken.0.hides_goal(path)).cloned());
        }
        if errors.1 > 0 {
            left_out.extend(spoilt(after, &changes.broken.1, &same, &was));
            left_out.extend(was.difference(&now).filter(|path| changes.broken.1.hides_goal(path)).cloned());
        }
        left_out.sort();
        left_out.dedup();
        let skipped: HashSet<String> = left_out.iter().cloned().collect();
        let nothing_said = list.is_empty() && errors == (0, 0);
        let effects =
            Effects::new(before, after, &renamed, turn, &Known { skipped, hidden: hidden > 0 }, nothing_said);
        let all_compared = left_out.is_empty() && hidden == 0;
        let hides_the_same = all_compared || same_text(before.compilation, after.compilation);
        Self { turn, changes: list, moved, ended, hidden, errors, left_out, hides_the_same, effects }
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

    /// Whether nothing changed in meaning. Of goals that an error leaves out that is not known, unless both plans are the same text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.says_the_same() && self.effects.is_empty() && self.hides_the_same
    }

    /// Whether both plans say the same.
    #[must_use]
    pub fn says_the_same(&self) -> bool {
        self.changes.is_empty() && self.moved == 0 && self.ended == 0
    }
}
