//! `milepost explain`

use chrono::NaiveDate;
use serde::Serialize;

use crate::explain::{Explanation, Question};
use crate::plan::{KeyResultId, MetricId, PersonId, Plan};
use crate::sources::Sources;

/// What is asked about, or why that cannot be told.
///
/// WHAT is a goal (`win-north.book`, or `book` where only one goal has that name), a metric (`visits`), or a
/// goal's metric (`win-north.book.visits`).
///
/// # Errors
/// A sentence that names what was asked for and what there is.
pub fn question(
    plan: &Plan,
    what: &str,
    person: Option<&str>,
    on: Option<NaiveDate>,
) -> Result<Question, String> {
    let mut question = Question { on, ..Question::default() };
    if let Some(name) = person {
        let people = || plan.people.iter().map(|person| person.name.as_str());
        let position = plan
            .people
            .iter()
            .position(|person| person.name == name || person.title.as_deref() == Some(name));
        let Some(index) = position else { return Err(unknown("person", name, people())) };
        question.person = Some(PersonId::new(index));
    }
    let metric = |name: &str| plan.metrics.iter().position(|metric| metric.name == name).map(MetricId::new);
    let goal = |path: &str| {
        let ids = || (0..plan.key_results.len()).map(KeyResultId::new);
        let exact = ids().find(|id| plan.path(*id) == path);
        exact.or_else(|| {
            let mut named = ids().filter(|id| plan[*id].name == path);
            named.next().filter(|_| named.next().is_none())
        })
    };
    question.key_result = goal(what);
    if question.key_result.is_none() {
        question.metric = metric(what);
    }
    if let (None, None, Some((path, name))) = (question.key_result, question.metric, what.rsplit_once('.')) {
        question.key_result = goal(path);
        question.metric = metric(name);
        if question.key_result.is_none() || question.metric.is_none() {
            question.key_result = None;
            question.metric = None;
        }
    }
    if question.key_result.is_none() && question.metric.is_none() {
        let paths: Vec<String> =
            (0..plan.key_results.len()).map(|index| plan.path(KeyResultId::new(index))).collect();
        let names = plan.metrics.iter().map(|metric| metric.name.as_str());
        return Err(unknown("goal or metric", what, paths.iter().map(String::as_str).chain(names)));
    }
    Ok(question)
}

pub(super) fn unknown<'a>(noun: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let nearest = known
        .map(|known| (strsim::jaro_winkler(known, name), known))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((_, nearest)) => format!("no {noun} named `{name}`; did you mean `{nearest}`?"),
        None => format!("no {noun} named `{name}`"),
    }
}

/// The explanations as text: the number, then its reasons, each with the line that says so.
#[must_use]
pub fn text(explanations: &[Explanation], sources: &Sources) -> String {
    let mut text = String::new();
    for (index, explanation) in explanations.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        text.push_str(&explanation.subject.text());
        text.push('\n');
        for reason in &explanation.reasons {
            text.push_str(&format!("  {}\n      {}\n", reason.text(), sources.file_line(reason.place())));
        }
    }
    text
}

#[derive(Serialize)]
struct Document<'a> {
    explanations: Vec<Explained<'a>>,
}

#[derive(Serialize)]
struct Explained<'a> {
    text: String,
    key_result: &'a str,
    metric: &'a str,
    person: Option<&'a str>,
    team: Option<&'a str>,
    kind: &'static str,
    amount: &'a str,
    unit: &'a str,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    reasons: Vec<ReasonLine>,
}

#[derive(Serialize)]
struct ReasonLine {
    reason: &'static str,
    text: String,
    file: String,
    line: usize,
}

/// The explanations as JSON: `{ explanations[] { text, key_result, metric, person, team, kind, amount, unit,
/// start, end, reasons[] { reason, text, file, line } } }`.
#[must_use]
pub fn json(explanations: &[Explanation], sources: &Sources) -> String {
    let document = Document {
        explanations: explanations
            .iter()
            .map(|explanation| {
                let subject = &explanation.subject;
                Explained {
                    text: subject.text(),
                    key_result: &subject.key_result,
                    metric: &subject.metric,
                    person: subject.person.as_deref(),
                    team: subject.team.as_deref(),
                    kind: subject.kind.name(),
                    amount: &subject.amount,
                    unit: &subject.unit,
                    start: subject.when.map(|(start, _)| start),
                    end: subject.when.map(|(_, end)| end),
                    reasons: explanation
                        .reasons
                        .iter()
                        .map(|reason| {
                            let (file, start, _) = sources.range(reason.place());
                            ReasonLine {
                                reason: reason.code(),
                                text: reason.text(),
                                file: sources.file(file).path.clone(),
                                line: start.line,
                            }
                        })
                        .collect(),
                }
            })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}
