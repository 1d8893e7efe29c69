//! For whom, where, which of them: what is in and what is not. "Recruit 20 % more drivers" leaves open where, for which
//! car, and of what age.

use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::check::written::says_something;
use crate::plan::{KeyResult, Plan};
use crate::remark::Remark;

use super::lacking;

pub(in crate::check) fn look(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan;
    for lacking in lacking(subject, |key_result| has_scope(plan, key_result)) {
        let remark = Remark::NoScope { goal: subject.path(lacking.goal), count: lacking.count };
        found.push(Finding::of(lacking.about, remark, lacking.place));
    }
}

/// A scope of its own or its objective's; what is done once and has a name says itself what it is about.
fn has_scope(plan: &Plan, key_result: &KeyResult) -> bool {
    let item = |title: Option<&String>| {
        title.or(key_result.title.as_ref()).is_some_and(|title| !title.trim().is_empty())
    };
    let named =
        !key_result.reach.is_empty() && key_result.reach.iter().all(|reach| item(reach.title.as_ref()));
    // Of what measures nothing, that is said.
    named
        || key_result.statement().is_none()
        || says_something(&key_result.texts.scope)
        || says_something(&plan[key_result.objective].texts.scope)
}
