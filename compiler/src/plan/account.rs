//! The existing business.

use chrono::NaiveDate;

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
    /// Which part of it stays, as planned with: its own retention, or the book's; 0 to 1.
    pub retention: Exact,
    /// Where the retention was written.
    pub retention_place: Place,
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
        &self.amount * &self.retention
    }
}
