//! The SMART checks: is a goal one, and can it be reached?
//!
//! One check is one file: a function that looks at the [`Subject`] and says what it finds. What of it is an error, and what
//! is waived, is settled for all of them in `settle`. Goals that were given up are not looked at, nor are those that an
//! error of the language spoils: half of them would look like a vague goal.

pub mod attainable;
mod finding;
pub mod measurable;
mod metrics;
mod place;
mod reachable;
pub mod relevant;
mod settle;
pub mod specific;
mod subject;
pub mod time_bound;
mod written;

pub use finding::Finding;
pub use subject::{Given, Subject};

use crate::diagnostic::Diagnostics;

/// A check: looks at the plan and adds what it finds.
type Look = fn(&Subject<'_>, &mut Vec<Finding>);

/// Checks that look at each goal by itself, and at what it names; by letter.
const OF_GOALS: &[Look] = &[
    specific::owner::look,
    specific::scope::look,
    specific::wish::look,
    measurable::measure::look,
    measurable::change::look,
    measurable::direction::look,
    attainable::growth::look,
    attainable::history::look,
    attainable::sandbagged::look,
    attainable::too_late::look,
    attainable::forecast::look,
    attainable::over_assignment::look,
    relevant::ends_earlier::look,
    relevant::common_measure::look,
    relevant::parts::look,
    time_bound::by::look,
    time_bound::checkpoint::look,
];

/// Checks that look at all goals together; by letter.
const OF_THE_PLAN: &[Look] = &[
    attainable::comparison::look,
    attainable::ceiling::look,
    attainable::coverage::look,
    attainable::open_deals::look,
    attainable::next_step::look,
    relevant::supports::look,
    relevant::activity::look,
    relevant::outcome::look,
    time_bound::last_day::look,
];

/// Makes all checks, and adds what they say to `diagnostics`, which holds what is wrong with the language.
pub fn check(given: Given<'_>, diagnostics: &mut Diagnostics) {
    let subject = Subject::new(given, diagnostics.as_slice());
    let mut found = Vec::new();
    subject.in_parts(|| OF_GOALS.iter().for_each(|look| look(&subject, &mut found)));
    OF_THE_PLAN.iter().for_each(|look| look(&subject, &mut found));
    settle::settle(&subject, found, diagnostics);
}
