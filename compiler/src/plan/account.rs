//! The existing business.

use chrono::NaiveDate;
use milepost_grammar::ast::RateValue;

use crate::exact::Exact;
use crate::plan::{MetricId, PersonId};
use crate::sources::Place;

/// Accounts that already cover part of a goal.
#[derive(Clone, Debug)]
pub struct AccountBook {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its name where it is declared.
    pub place: Place,
    /// What the accounts bring.
    pub metric: MetricId,
    /// The accounts, in declaration order.
    pub accounts: Vec<Account>,
}

/// One account.
#[derive(Clone, PartialEq, Debug)]
pub struct Account {
    /// The customer.
    pub title: String,
    /// What it brought before.
    pub amount: Exact,
    /// Which part of it stays: its own retention, or the book's.
    pub retention: Retention,
    /// Whose account it is.
    pub owner: Option<PersonId>,
    /// When it renews.
    pub renews: Option<NaiveDate>,
    /// The statement.
    pub place: Place,
}

impl Account {
    /// What it is planned to bring again.
    #[must_use]
    pub fn kept(&self) -> Exact {
        &self.amount * &self.retention.part
    }
}

/// `retain 60%..80%`
#[derive(Clone, PartialEq, Debug)]
pub struct Retention {
    /// As planned with, 0 to 1.
    pub part: Exact,
    /// As written, where a statement says it.
    pub written: Option<RateValue>,
    /// Where it is written, or where the account is.
    pub place: Place,
}

impl Retention {
    /// All of it stays.
    #[must_use]
    pub const fn whole(place: Place) -> Self {
        Self { part: Exact::ONE, written: None, place }
    }
}
