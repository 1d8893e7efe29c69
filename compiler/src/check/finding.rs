//! What a check finds.

use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::plan::{Check, GoalRef, Limits, PipelineId};
use crate::remark::Remark;
use crate::sources::Place;

/// What a check says, and about which goals.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which check says it.
    pub check: Check,
    /// The goals that a waiver may name for it; none where it is about the whole plan.
    pub about: Vec<GoalRef>,
    /// The pipelines that a waiver may name for it.
    pub pipelines: Vec<PipelineId>,
    /// Whose block sets the limit that is passed, if one does.
    pub limited: Option<Option<GoalRef>>,
    /// What is said.
    pub diagnostic: Diagnostic,
}

impl Finding {
    /// A finding about `about`.
    #[must_use]
    pub fn new(about: GoalRef, remark: Remark, place: Place) -> Self {
        Self::of(vec![about], remark, place)
    }

    /// A finding about several goals.
    #[must_use]
    pub fn of(about: Vec<GoalRef>, remark: Remark, place: Place) -> Self {
        Self::told(remark.check(), about, Message::Smart(Box::new(remark)), place)
    }

    /// A finding of `check` in the words of `message`, which may be worth knowing without being wrong.
    #[must_use]
    pub fn told(check: Check, about: Vec<GoalRef>, message: Message, place: Place) -> Self {
        let diagnostic = Diagnostic::new(message, place);
        Self { check, about, pipelines: Vec::new(), limited: None, diagnostic }
    }

    /// The same about these pipelines.
    #[must_use]
    pub fn pipelines(mut self, pipelines: Vec<PipelineId>) -> Self {
        self.pipelines = pipelines;
        self
    }

    /// The same with the limit of a block, which is an error to pass.
    #[must_use]
    pub fn limited(mut self, limits: Option<(Option<GoalRef>, &Limits)>) -> Self {
        if let Some((of, limits)) = limits {
            self.limited = Some(of);
            self.diagnostic = self.diagnostic.label(limits.place, Message::LimitHere);
        }
        self
    }

    /// The same with another place that matters.
    #[must_use]
    pub fn label(mut self, place: Place, message: Message) -> Self {
        self.diagnostic = self.diagnostic.label(place, message);
        self
    }

    /// The same with a change that puts `text` in the place of `place`.
    #[must_use]
    pub fn replace(mut self, place: Place, text: String) -> Self {
        let title = Message::ReplaceWith { text: text.clone() };
        self.diagnostic = self.diagnostic.fix(title, vec![(place, text)]);
        self
    }

    /// The same with a change that adds `statement` in front of what stands at `place`.
    #[must_use]
    pub fn insert_before(mut self, place: Place, statement: &str) -> Self {
        let title = Message::Insert { text: statement.to_owned() };
        self.diagnostic =
            self.diagnostic.fix(title, vec![(super::place::start(place), format!("{statement}; "))]);
        self
    }

    /// The same with a change that adds ` text` behind what stands at `place`.
    #[must_use]
    pub fn append(mut self, place: Place, text: &str) -> Self {
        let title = Message::Insert { text: text.to_owned() };
        self.diagnostic = self.diagnostic.fix(title, vec![(super::place::end(place), format!(" {text}"))]);
        self
    }
}
