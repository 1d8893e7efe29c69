//! How far a plan has come on a day: what was done beside what was planned, and what that scores.
//!
//! All amounts are exact; what is shown is rounded where it is written. Nothing here knows which day it is.

mod calls;
mod kept;
mod key_result;
mod meter;
mod review;
mod score;
mod way;

pub use calls::{CallBook, CallTotal, Calls};
pub use key_result::{HolderProgress, KeyResultProgress, Kind, MetricProgress};
pub use meter::Holding;
pub use review::{Coming, Due, Review, ReviewLine, Said, period as review_period};
pub use score::{Colour, expected, rounded};

use chrono::NaiveDate;
use milepost_grammar::ast::Grain;

use crate::dated::DatedPlan;
use crate::dates::DateSpan;
use crate::exact::Exact;
use crate::expand::Presences;
use crate::plan::{CheckIn, ObjectiveId, PersonId, Plan};

use meter::{Meter, Subject};

/// How far a plan has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// By the end of this day.
    pub as_of: NaiveDate,
    /// One for each objective of the plan, in declaration order.
    pub objectives: Vec<ObjectiveProgress>,
    /// The key results that were expanded, or are held or reached, in declaration order.
    pub key_results: Vec<KeyResultProgress>,
    /// The day after which the plan was made anew, if it was.
    pub replanned: Option<NaiveDate>,
    /// A week or month, if one is asked for.
    pub review: Option<Review>,
}

/// How far an objective has come.
#[derive(Clone, PartialEq, Debug)]
pub struct ObjectiveProgress {
    /// Which one.
    pub id: ObjectiveId,
    /// 0 to 1; `None` where nothing in it can be scored.
    pub score: Option<Exact>,
    /// Whether it was given up by then.
    pub dropped: bool,
}

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// By the end of which day.
    pub as_of: NaiveDate,
    /// Only this person's part.
    pub person: Option<PersonId>,
    /// A week or month to look at, and its days (see [`review_period`]).
    pub review: Option<(Grain, DateSpan)>,
}

impl Progress {
    /// Works out how far `plan` has come.
    #[must_use]
    pub fn new(plan: &Plan, dated: &DatedPlan, asked: &Asked) -> Self {
        let presences = Presences::new(plan);
        // What is looked at has ended by its last day.
        let as_of = asked.review.map_or(asked.as_of, |(_, days)| asked.as_of.min(days.last));
        let meter = Meter { plan, dated, presences: &presences, as_of, person: asked.person };
        let subjects: Vec<Subject<'_>> = meter.subjects().collect();
        let key_results: Vec<_> = subjects.iter().map(|subject| meter.key_result(subject)).collect();
        let objectives = score::objectives(plan, &key_results, as_of);
        let review =
            asked.review.map(|(grain, days)| review::review(&meter, &subjects, &key_results, grain, days));
        Self { as_of, objectives, key_results, replanned: dated.replanned, review }
    }

    /// The last check-in up to the day.
    #[must_use]
    pub fn latest<'c>(&self, check_ins: &'c [CheckIn]) -> Option<&'c CheckIn> {
        check_ins.iter().rev().find(|said| said.on <= self.as_of)
    }
}
