//! What the reference does not model, because the language calls it an error or
//! leaves the plan to a human.

/// Why a plan has no reference rows; the generator throws such plans away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unplannable(pub(crate) &'static str);
