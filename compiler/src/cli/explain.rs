//! `milepost explain`

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use super::{Format, finish, print, report};
use crate::compile::{AsOf, compile_set};
use crate::disk::DiskWorld;
use crate::emit::plain_json;
use crate::explain::{Explanation, Question, explain};
use crate::plan::{KeyResultId, MetricId, Overridden, PersonId, Plan};
use crate::set::Set;
use crate::sources::Sources;

/// Tells why a number is what it is, back to the lines that say so
#[derive(Args, Debug)]
pub struct Explain {
    /// The plan's file; `-` is standard input
    plan: String,
    /// A goal (`win-north.book`), a metric (`visits`), or a goal's metric (`win-north.book.visits`)
    what: String,
    /// This person's part of it
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// The row that holds this day, such as 2026-06-01
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: Option<NaiveDate>,
    /// What if: another value for this run, such as field-sales.orders="1 in 25"; can be said several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<Set>,
    /// The day that `--replan` goes by, such as 2026-02-06
    #[arg(long, value_name = "DATE", requires = "replan", value_parser = super::day)]
    as_of: Option<NaiveDate>,
    /// The number as it is with what happened up to the end of the day of `--as-of`, the rest planned anew
    #[arg(long, requires = "as_of")]
    replan: bool,
    /// For people or for machines
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Let the plan read files outside its folder or repository
    #[arg(long)]
    allow_outside: bool,
}

impl Explain {
    /// Explains. Exit code 1 where there is no such number, or the plan has errors.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.explain())
    }

    fn explain(&self) -> Result<ExitCode, String> {
        let (world, root) = DiskWorld::open(&self.plan, self.allow_outside)?;
        let compilation =
            compile_set(&world, &root, &self.set, self.as_of.map(AsOf::replanned).unwrap_or_default());
        if compilation.has_language_errors() {
            report(&compilation, &self.plan);
            return Err("nothing is explained, because of the errors above".to_owned());
        }
        let (Some(plan), Some(dated)) = (&compilation.plan, &compilation.dated) else {
            return Err("there is no plan to explain".to_owned());
        };
        let question = question(plan, &self.what, self.person.as_deref(), self.on)?;
        let explanations = explain(plan, &dated.key_results, &question);
        if explanations.is_empty() {
            return Err(self.nothing());
        }
        let sources = &compilation.sources;
        print(|out| match self.format {
            Format::Text => write!(out, "{}", text(&explanations, &plan.overrides, sources)),
            Format::Json => write!(out, "{}", json(&explanations, &plan.overrides, sources)),
        })?;
        Ok(ExitCode::SUCCESS)
    }

    /// Which number it is that the plan does not hold.
    fn nothing(&self) -> String {
        let who = self.person.as_ref().map(|name| format!(" of `{name}`")).unwrap_or_default();
        let when = self.on.map(|date| format!(" on {date}")).unwrap_or_default();
        format!("nothing{who} is planned for `{}`{when}", self.what)
    }
}

/// What is asked about, or why that cannot be told.
///
/// WHAT is a goal (`win-north.book`, or `book` where only one goal has that name), a metric (`visits`), or a
/// goal's metric (`win-north.book.visits`).
///
/// # Errors
/// A sentence that names what was asked for and what there is.
fn question(
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
    match crate::resolve::nearest_word(name, known) {
        Some(nearest) => format!("no {noun} named `{name}`; did you mean `{nearest}`?"),
        None => format!("no {noun} named `{name}`"),
    }
}

/// The explanations as text: what was set for this run, the number, then its reasons, each with the line that says so.
fn text(explanations: &[Explanation], set: &[Overridden], sources: &Sources) -> String {
    let mut text: String = set.iter().map(|set| format!("{}\n", set.text())).collect();
    if !set.is_empty() {
        text.push('\n');
    }
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
    /// What was set for this run; left out where nothing was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    what_if: Vec<String>,
    explanations: Vec<Explained<'a>>,
}

#[derive(Serialize)]
struct Explained<'a> {
    text: String,
    key_result: &'a str,
    metric: &'a str,
    person: Option<&'a str>,
    team: Option<&'a str>,
    part: &'a str,
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

/// The explanations as JSON: `{ what_if[], explanations[] { text, key_result, metric, person, team, part, kind, amount, unit,
/// start, end, reasons[] { reason, text, file, line } } }`.
fn json(explanations: &[Explanation], set: &[Overridden], sources: &Sources) -> String {
    let document = Document {
        what_if: set.iter().map(Overridden::text).collect(),
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
                    part: &subject.part,
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
    let mut text = Vec::new();
    // A vector takes all of it.
    let _ = plain_json::write(&mut text, &document);
    String::from_utf8_lossy(&text).into_owned()
}
