//! Open opportunities, and those that are decided.

use std::sync::Arc;

use chrono::NaiveDate;
use milepost_grammar::ast::Category;

use crate::exact::Exact;
use crate::plan::{Completeness, MetricId, PersonId};
use crate::sources::Place;

/// Deals that may bring an amount of a metric.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared.
    pub place: Place,
    /// What the deals bring.
    pub metric: MetricId,
    /// How many deals should be open.
    pub open: Option<OpenDeals>,
    /// The stages a deal goes through, in declaration order.
    pub stages: Vec<DealStage>,
    /// The deals, in declaration order; those of tables first.
    pub deals: Vec<Deal>,
    /// How much of it could be read.
    pub read: Completeness,
}

/// `open 6..8 each`
#[derive(Clone, PartialEq, Debug)]
pub struct OpenDeals {
    /// The fewest.
    pub least: Exact,
    /// The most.
    pub most: Exact,
    /// Of each person, or of all together.
    pub each: bool,
    /// The statement.
    pub place: Place,
}

/// `stage proposal 50%`
#[derive(Clone, PartialEq, Debug)]
pub struct DealStage {
    /// Its name.
    pub name: String,
    /// The chance to win from there, 0 to 1.
    pub chance: Exact,
    /// The statement.
    pub place: Place,
}

/// Whether a stage of that chance leaves nothing open.
#[must_use]
pub fn decides(chance: &Exact) -> bool {
    chance.is_one() || chance.is_zero()
}

/// An opportunity.
#[derive(Clone, PartialEq, Debug)]
pub struct Deal {
    /// Its name, unique in its pipeline.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What it would bring.
    pub amount: Option<Exact>,
    /// When it should be decided.
    pub close: Option<NaiveDate>,
    /// Whose it is.
    pub owner: Option<PersonId>,
    /// Where it stands, as a place in the pipeline's stages.
    pub stage: Option<usize>,
    /// The chance to win it, 0 to 1: its own, or that of its stage.
    pub chance: Option<Exact>,
    /// How sure it is said to be.
    pub category: Option<Category>,
    /// What is to be done next.
    pub next: Option<NextStep>,
    /// How it ended, if it has.
    pub end: Option<DealEnd>,
    /// Its name where it is declared, or the file it was read from.
    pub place: Place,
    /// The row it was read from.
    pub row: Option<DealRow>,
}

/// Where a table has a deal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DealRow {
    /// The path of the table.
    pub path: Arc<str>,
    /// The line on which the row begins, from 1.
    pub line: u64,
}

/// `next "send quote" by 2026-01-12`
#[derive(Clone, PartialEq, Debug)]
pub struct NextStep {
    /// What.
    pub what: String,
    /// By when.
    pub by: Option<NaiveDate>,
    /// The statement.
    pub place: Place,
}

/// How a deal ended.
#[derive(Clone, PartialEq, Debug)]
pub enum DealEnd {
    /// It was won.
    Won {
        /// When, if that is known.
        on: Option<NaiveDate>,
        /// What it brings; the deal's amount where it does not say.
        amount: Option<Exact>,
    },
    /// It was lost.
    Lost {
        /// When, if that is known.
        on: Option<NaiveDate>,
        /// Why.
        why: Option<String>,
    },
}

impl Deal {
    /// Whether it is still to be decided.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// How it stands: `open`, `won` or `lost`.
    #[must_use]
    pub const fn status(&self) -> &'static str {
        match &self.end {
            None => "open",
            Some(DealEnd::Won { .. }) => "won",
            Some(DealEnd::Lost { .. }) => "lost",
        }
    }

    /// What it would bring, or has brought.
    #[must_use]
    pub const fn brings(&self) -> Option<&Exact> {
        match &self.end {
            Some(DealEnd::Won { amount: Some(amount), .. }) => Some(amount),
            _ => self.amount.as_ref(),
        }
    }

    /// Why it was lost, where that is said.
    #[must_use]
    pub fn why_lost(&self) -> Option<&str> {
        match &self.end {
            Some(DealEnd::Lost { why, .. }) => why.as_deref(),
            _ => None,
        }
    }

    /// Whether it is expected to bring something: open, and not left out on purpose.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.is_open() && self.category != Some(Category::Omitted)
    }

    /// Its amount times its chance, where it counts and says both.
    #[must_use]
    pub fn weighted(&self) -> Option<Exact> {
        let (amount, chance) = (self.amount.as_ref()?, self.chance.as_ref()?);
        self.counts().then(|| amount * chance)
    }

    /// What it has brought.
    #[must_use]
    pub fn won(&self) -> Option<(NaiveDate, &Exact)> {
        match &self.end {
            Some(DealEnd::Won { on, .. }) => Some(((*on)?, self.brings()?)),
            _ => None,
        }
    }

    /// When it was decided, if it was and that is known.
    #[must_use]
    pub fn ended(&self) -> Option<NaiveDate> {
        match &self.end {
            Some(DealEnd::Won { on, .. } | DealEnd::Lost { on, .. }) => *on,
            None => None,
        }
    }
}
