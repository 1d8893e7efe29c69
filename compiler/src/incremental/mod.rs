//! A plan that is checked again after every keystroke.
//!
//! The [`Engine`] keeps what it made for the last state of one plan, and brings for the next one what
//! [`check`](crate::compile::check()) would bring, but does again only what the edit touched: it cuts and parses the items that
//! changed, resolves those and what names them (`resolve/patch`), and expands the key results among these. Where an edit reaches
//! everything (the plan's period, the days of a calendar, what is included or read from files), all behind the parser is made anew.

mod patched;

use chrono::NaiveDate;

use crate::compile::{AsOf, Compilation, Run, run};
use crate::diagnostic::{Diagnostic, Maker};
use crate::expand::Depth;
use crate::load::Shelf;
use crate::resolve::Again;
use crate::sources::ItemId;
use crate::world::World;

/// Whether files that nobody holds as text may be others than last time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disk {
    /// They are as they were, and so is which files there are: only what [`World::text`] brings is looked at.
    AsBefore,
    /// Any file may be another: all are asked for again.
    Changed,
}

/// Checks one plan again and again.
#[derive(Debug)]
pub struct Engine {
    root: String,
    state: Option<State>,
}

/// What was made for the last state of the plan.
#[derive(Debug)]
struct State {
    day: Option<NaiveDate>,
    shelf: Shelf,
    compilation: Compilation,
    again: Again,
    /// Of each message, who says it.
    makers: Vec<Maker>,
    /// Messages that say the same as the one before them.
    twice: Vec<(Maker, Diagnostic)>,
    /// Ids that no item has any more.
    free: Vec<ItemId>,
    /// Whether the last state was brought up to this one, or made anew.
    patched: bool,
}

impl Engine {
    /// An engine for the plan that starts at `root`.
    #[must_use]
    pub const fn new(root: String) -> Self {
        Self { root, state: None }
    }

    /// Brings what [`check`](crate::compile::check()) brings of the plan as it is now; with a day, the messages as of its end.
    pub fn check(&mut self, world: &dyn World, day: Option<NaiveDate>, disk: Disk) -> &Compilation {
        let state = match self.state.take() {
            Some(state) if state.day == day && disk == Disk::AsBefore => state.next(world, &self.root),
            Some(state) => State::new(world, &self.root, day, state.shelf),
            None => State::new(world, &self.root, day, Shelf::default()),
        };
        &self.state.insert(state).compilation
    }

    /// What was brought last.
    #[must_use]
    pub fn last(&self) -> Option<&Compilation> {
        self.state.as_ref().map(|state| &state.compilation)
    }

    /// Whether the last check did again only what an edit touched, and not all of it.
    #[must_use]
    pub fn was_patched(&self) -> bool {
        self.state.as_ref().is_some_and(|state| state.patched)
    }
}

impl State {
    /// Makes everything anew, but for what the parser has on the shelf.
    fn new(world: &dyn World, root: &str, day: Option<NaiveDate>, mut shelf: Shelf) -> Self {
        let as_of = AsOf { day, replan: None };
        let Run { compilation, again, makers, twice } =
            run(world, root, &[], Depth::Amounts, as_of, &mut shelf);
        Self {
            day,
            shelf,
            compilation: compilation.without_days(),
            again,
            makers,
            twice,
            free: Vec::new(),
            patched: false,
        }
    }
}
