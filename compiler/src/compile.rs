//! The pipeline, in one screen: files → plan → dated plan.

use chrono::NaiveDate;

use crate::check::{self, Given};
use crate::dated::DatedPlan;
use crate::diagnostic::{Diagnostic, Diagnostics, Maker, Severity, Sorted, Stage};
use crate::expand::{Almanac, Depth, KeyResultPlan, expand};
use crate::ledger::report_uncounted;
use crate::load::{Loaded, LoadedItem, Shelf, load_kept, load_set};
use crate::plan::Plan;
use crate::resolve::names::{Names, References};
use crate::resolve::{Again, Resolved, resolve};
use crate::set::Set;
use crate::sources::{ItemId, Sources};
use crate::world::World;

/// All that compiling a plan brings.
#[derive(Debug, Default)]
pub struct Compilation {
    /// The files read.
    pub sources: Sources,
    /// Their top-level items, in declaration order.
    pub items: Vec<LoadedItem>,
    /// The plan, as far as it can be understood; `None` without a usable `plan`.
    pub plan: Option<Plan>,
    /// What is declared.
    pub names: Names,
    /// Where the plan names what is declared.
    pub references: References,
    /// Its dated work, if that was asked for.
    pub dated: Option<DatedPlan>,
    /// Who works when, and what days weigh; `None` without a plan.
    pub almanac: Option<Almanac>,
    /// What each key result comes to, where no dated work was asked for (see [`Compilation::key_results`]).
    pub(crate) amounts: Vec<KeyResultPlan>,
    /// All messages, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Compilation {
    /// Whether the language is broken somewhere: outputs would not mean what was written. What is merely a
    /// bad goal (`smart::…`) does not count.
    #[must_use]
    pub fn has_language_errors(&self) -> bool {
        self.language_errors().next().is_some()
    }

    /// The errors of the language, in source order.
    pub fn language_errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| {
            diagnostic.severity == Severity::Error && !diagnostic.message.code().starts_with("smart::")
        })
    }

    /// What each key result comes to, in declaration order; without those that measure nothing. Where no dated work was
    /// asked for, that is amounts, and lines only of what has a ceiling.
    #[must_use]
    pub fn key_results(&self) -> &[KeyResultPlan] {
        self.dated.as_ref().map_or(&self.amounts, |dated| &dated.key_results)
    }

    /// The same, with what was worked out of each key result but without dated work.
    pub(crate) fn without_days(mut self) -> Self {
        self.amounts = self.dated.take().map(|dated| dated.key_results).unwrap_or_default();
        self
    }

    /// Whether there is any error at all.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// The days that a run goes by, besides the plan's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct AsOf {
    /// Up to the end of this day things have happened, if it is known: what should have been done by then is looked at.
    pub day: Option<NaiveDate>,
    /// What happened up to the end of this day is kept, and the rest planned anew.
    pub replan: Option<NaiveDate>,
}

impl AsOf {
    /// As of that day, with the rest planned anew after it.
    #[must_use]
    pub const fn replanned(day: NaiveDate) -> Self {
        Self { day: Some(day), replan: Some(day) }
    }
}

/// Compiles the plan that starts at `root`.
#[must_use]
pub fn compile(world: &dyn World, root: &str) -> Compilation {
    compile_to(world, root, &[], Depth::Days, AsOf::default())
}

/// Compiles the plan that starts at `root` with other values in the places that `set` names, as of the days in `as_of`.
#[must_use]
pub fn compile_set(world: &dyn World, root: &str, set: &[Set], as_of: AsOf) -> Compilation {
    compile_to(world, root, set, Depth::Days, as_of)
}

/// Brings the messages that [`compile`] brings, without working out anybody's days; with a day, those as of its end.
#[must_use]
pub fn check(world: &dyn World, root: &str, day: Option<NaiveDate>) -> Compilation {
    compile_to(world, root, &[], Depth::Amounts, AsOf { day, replan: None }).without_days()
}

fn compile_to(world: &dyn World, root: &str, set: &[Set], depth: Depth, as_of: AsOf) -> Compilation {
    run(world, root, set, depth, as_of, &mut Shelf::default()).compilation
}

/// A compilation, and what it takes to do a part of it again.
pub(crate) struct Run {
    pub(crate) compilation: Compilation,
    pub(crate) again: Again,
    /// Of each message, who says it.
    pub(crate) makers: Vec<Maker>,
    /// Messages that say the same as the one before them.
    pub(crate) twice: Vec<(Maker, Diagnostic)>,
}

/// Compiles with the files of the last time on `shelf`.
pub(crate) fn run(
    world: &dyn World,
    root: &str,
    set: &[Set],
    depth: Depth,
    as_of: AsOf,
    shelf: &mut Shelf,
) -> Run {
    let replan = as_of.replan;
    let mut diagnostics = Diagnostics::default();
    let mut loaded = load_kept(world, root, shelf, &mut diagnostics);
    load_set(&mut loaded, set, &mut diagnostics);
    let Resolved { plan, names, references, again } = resolve(&mut loaded, world, &mut diagnostics);
    let almanac = plan.as_ref().map(Almanac::new);
    let dated = plan.as_ref().zip(almanac.as_ref()).map(|(plan, almanac)| {
        let key_results = expand(plan, almanac, depth, replan, &mut diagnostics);
        check_whole(plan, almanac, &key_results, depth, as_of, &mut diagnostics);
        DatedPlan { key_results, replanned: replan }
    });
    let Sorted { list: diagnostics, makers, twice } = diagnostics.in_order(&loaded.sources);
    let Loaded { sources, items, .. } = loaded;
    let compilation = Compilation {
        sources,
        items,
        plan,
        names,
        references,
        dated,
        almanac,
        amounts: Vec::new(),
        diagnostics,
    };
    Run { compilation, again, makers, twice }
}

/// Says what is to be said of an expanded plan as a whole.
pub(crate) fn check_whole(
    plan: &Plan,
    almanac: &Almanac,
    expanded: &[KeyResultPlan],
    depth: Depth,
    as_of: AsOf,
    diagnostics: &mut Diagnostics,
) {
    diagnostics.enter(Stage::Whole, ItemId::default());
    report_uncounted(plan, expanded, diagnostics);
    let given = Given { plan, almanac, expanded, depth, as_of: as_of.day, replan: as_of.replan };
    check::check(given, diagnostics);
}
