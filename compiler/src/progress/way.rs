//! An amount on its way from one value to another.

use dashu_base::Signed;
use milepost_grammar::ast::Better;

use crate::exact::{AboveZero, Exact, whole};

/// An amount on its way, and all that follows from it.
pub(super) struct Way<'a> {
    pub(super) from: &'a Exact,
    pub(super) to: &'a Exact,
    pub(super) done: Option<&'a Exact>,
    pub(super) planned: &'a Exact,
    /// All working days of it, and those that are left.
    pub(super) days: usize,
    pub(super) left: usize,
    pub(super) better: Better,
    pub(super) level: bool,
}

impl Way<'_> {
    pub(super) fn pace(&self) -> Option<Exact> {
        let made = self.planned - self.from;
        let done = self.done? - self.from;
        (!made.is_zero()).then(|| done / made)
    }

    /// done ÷ planned share to date × target; of a level, both from where it starts.
    pub(super) fn forecast(&self) -> Option<Exact> {
        Some(self.from + (self.to - self.from) * self.pace()?)
    }

    /// What each day that is left has to bring.
    pub(super) fn needed(&self) -> Option<Exact> {
        let missing = match self.done {
            None if self.level => return None,
            None => self.to.clone(),
            Some(done) => self.to - done,
        };
        let falls = self.level && self.to < self.from;
        let reached = if falls { !missing.is_negative() } else { !missing.is_above_zero() };
        if reached {
            return Some(whole(0));
        }
        (self.left > 0).then(|| missing / whole(i64::try_from(self.left).unwrap_or(i64::MAX)))
    }

    /// The amount that is missing, in days of work: what one of the working days has to bring on the mean.
    pub(super) fn behind(&self) -> Option<Exact> {
        let way = self.to - self.from;
        if way.is_zero() || self.days == 0 {
            return None;
        }
        let missing = self.planned - self.done?;
        let days = missing * whole(i64::try_from(self.days).unwrap_or(i64::MAX)) / way;
        // Of a flow that is better lower, who has used more than planned is behind.
        Some(if !self.level && self.better == Better::Lower { -days } else { days })
    }
}
