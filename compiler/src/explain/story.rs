//! The reasons of a whole key result, piece by piece, for outputs that hold all of it.

use super::reason::Reason;
use super::{Question, Teller};
use crate::expand::{Chain, KeyResultPlan, Line};
use crate::plan::{PersonId, Plan};

/// Why the amounts of one chain are what they are, each piece of the story once.
#[derive(Clone, Copy)]
pub struct Story<'a> {
    plan: &'a Plan,
    key_result: &'a KeyResultPlan,
    chain: &'a Chain,
}

impl<'a> Story<'a> {
    /// The story of `chain`, a chain of `key_result`.
    #[must_use]
    pub const fn new(plan: &'a Plan, key_result: &'a KeyResultPlan, chain: &'a Chain) -> Self {
        Self { plan, key_result, chain }
    }

    fn tell(self, person: Option<PersonId>, tell: impl FnOnce(&Teller<'_>, &mut Vec<Reason>)) -> Vec<Reason> {
        let question = Question { person, ..Question::default() };
        let Story { plan, key_result, chain } = self;
        let mut reasons = Vec::new();
        tell(&Teller { plan, key_result, chain, question: &question }, &mut reasons);
        reasons
    }

    /// Where the target comes from, and what of it is new.
    #[must_use]
    pub fn target(self) -> Vec<Reason> {
        self.tell(None, |teller, reasons| teller.target(reasons))
    }

    /// How the stage at `index` follows from the one above it; of the outcome, what is dealt out of the new amount.
    /// Then what decides its days.
    #[must_use]
    pub fn stage(self, index: usize) -> Vec<Reason> {
        self.tell(None, |teller, reasons| {
            match teller.link(index) {
                Some((reason, _)) => reasons.push(reason),
                None => teller.outcome(reasons),
            }
            if let Some(stage) = teller.chain.stages.get(index) {
                teller.days(stage, reasons);
            }
        })
    }

    /// Why a line of the stage at `index` holds what it holds.
    #[must_use]
    pub fn line(self, index: usize, line: &Line) -> Vec<Reason> {
        self.tell(line.person, |teller, reasons| {
            if let Some(stage) = teller.chain.stages.get(index) {
                reasons.extend(teller.anew(stage.link.metric, line));
            }
            if let Some(person) = line.person {
                teller.part(index, person, line, reasons);
                teller.absence(person, reasons);
            }
        })
    }

    /// The accounts behind what somebody's existing business brings.
    #[must_use]
    pub fn existing(self, line: &Line) -> Vec<Reason> {
        self.tell(line.person, |teller, reasons| {
            if let Some(stage) = teller.chain.stages.first() {
                reasons.extend(teller.anew(stage.link.metric, line));
            }
            teller.accounts(Some(line.person), reasons);
        })
    }
}
