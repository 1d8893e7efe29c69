//! What of the findings is an error, and what is waived.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::message::Message;
use crate::plan::{Check, GoalRef, Plan, Waived, Waiver};

use super::finding::Finding;
use super::subject::Subject;

/// Adds what is not waived: as errors what a `smart` block requires. Waivers that waive nothing are said as well.
pub(super) fn settle(subject: &Subject<'_>, found: Vec<Finding>, diagnostics: &mut Diagnostics) {
    let plan = subject.plan;
    let waivers: Vec<&Waiver> = plan.smart.iter().flat_map(|block| &block.waivers).collect();
    let mut used = vec![false; waivers.len()];
    for finding in found {
        let mut waived = false;
        for (waiver, used) in waivers.iter().zip(&mut used) {
            if covers(plan, waiver, &finding) {
                (waived, *used) = (true, true);
            }
        }
        if waived {
            continue;
        }
        let mut diagnostic = finding.diagnostic;
        if finding.limited.is_some() {
            diagnostic.severity = Severity::Error;
        } else if let Some(place) = subject.required(&finding.about, finding.check) {
            diagnostic.severity = Severity::Error;
            diagnostic = diagnostic.label(place, Message::RequiredHere);
        }
        diagnostics.push(diagnostic);
    }
    // With an error, goals are missing that a waiver may be about.
    if subject.broken {
        return;
    }
    for (waiver, used) in waivers.iter().zip(used) {
        // Whether a next step is late is only known as of a day, and a day may come before a forecast.
        let as_of = subject.given.as_of.is_some();
        let undecided = waiver.checks == [if as_of { Check::Forecast } else { Check::NextStep }];
        if !used && !undecided {
            let diagnostic = Diagnostic::new(Message::WaivesNothing, waiver.place);
            diagnostics.push(diagnostic.fix(Message::Remove, vec![(waiver.place, String::new())]));
        }
    }
}

/// Whether a waiver is about what was found. A limit that is set further in than the waiver holds.
fn covers(plan: &Plan, waiver: &Waiver, finding: &Finding) -> bool {
    let inside = |goal: &GoalRef| match (waiver.on, goal) {
        (Waived::Goal(on), goal) if on == *goal => true,
        (Waived::Goal(GoalRef::Objective(objective)), GoalRef::KeyResult(id)) => {
            plan[*id].objective == objective
        }
        _ => false,
    };
    let about = match waiver.on {
        Waived::Plan => true,
        Waived::Goal(_) => finding.about.iter().any(inside),
        Waived::Pipeline(pipeline) => finding.pipelines.contains(&pipeline),
    };
    let depth = |goal: Option<GoalRef>| match goal {
        None => 0,
        Some(GoalRef::Objective(_)) => 1,
        Some(GoalRef::KeyResult(_)) => 2,
    };
    let own = match waiver.on {
        Waived::Goal(goal) => Some(goal),
        Waived::Plan | Waived::Pipeline(_) => None,
    };
    let outside = finding.limited.is_some_and(|of| depth(of) > depth(own));
    about && !outside && waiver.checks.contains(&finding.check)
}
