//! Values that a scenario, or the command line, puts in the place of the plan's.

use crate::sources::Place;

/// One value in the place of another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overridden {
    /// What is set: `field-sales.orders`, `win-north.book`, `liu.field-sales.orders`.
    pub path: String,
    /// To what, for people to read.
    pub now: String,
    /// What the plan says, for people to read.
    pub was: String,
    /// The line that sets it.
    pub place: Place,
}
