//! What the grammar takes and nothing acts on yet.
//!
//! Every use of one of these gets a warning where it is written, so that nothing is ever ignored in silence.
//! Whoever builds the meaning of one takes its line off the list.

use milepost_grammar::Span;

use super::Resolver;
use crate::message::Message;

macro_rules! features {
    ($($name:ident),* $(,)?) => {
        /// A statement that a stage after resolution gives its meaning to.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum Feature { $($name),* }
    };
}

features! {
    Language, Action, Review, Incentive, Scenario,
}

/// Everything without a meaning yet, and how it is called.
const NOT_BUILT: &[(Feature, &str)] = &[
    (Feature::Language, "language"),
    (Feature::Action, "action"),
    (Feature::Review, "review"),
    (Feature::Incentive, "incentive"),
    (Feature::Scenario, "scenario"),
];

impl Resolver<'_> {
    /// Warns where `feature` is used, if it is on the list.
    pub(super) fn uses(&mut self, feature: Feature, span: Span) {
        if let Some((_, statement)) = NOT_BUILT.iter().find(|(listed, _)| *listed == feature) {
            self.say(Message::NotBuilt { statement: (*statement).to_owned() }, span);
        }
    }
}
