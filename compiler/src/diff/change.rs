//! One change.

use super::thing::{Aspect, What};

/// One change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Of what kind of thing.
    pub what: What,
    /// Its name now, or the one that it had; of a key result the path.
    pub name: String,
    /// What people call it.
    pub title: Option<String>,
    /// What happened to it.
    pub event: Event,
    /// `file:line` where the plan says so, or said so where it does no more.
    pub source: String,
    /// Whether that is the plan before.
    pub is_before: bool,
}

/// What happened to a thing.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Event {
    /// It is new; what it is, in a few words.
    Added(Option<String>),
    /// It is gone; what it was.
    Removed(Option<String>),
    /// It has another name.
    Renamed {
        /// The one before.
        from: String,
    },
    /// Something else is said of it.
    Said {
        /// What that is about.
        aspect: Aspect,
        /// In the language's words.
        of: String,
        /// What was said, if anything was.
        before: Option<String>,
        /// What is said, if anything is.
        after: Option<String>,
    },
}
