//! Everything that can be made of a plan.

use std::collections::BTreeSet;
use std::io;

use chrono::NaiveDate;
use milepost::compile::{AsOf, Compilation, check, compile, compile_set};
use milepost::dated::RowOptions;
use milepost::diagnostic::Severity;
use milepost::emit::diagnostics::Report;
use milepost::emit::finding::{Checked, FilePath, findings};
use milepost::emit::ics::{self, IcsOptions};
use milepost::emit::{csv, file_names, github, gitlab, json, pipeline, sarif};
use milepost::explain::{Question, explain};
use milepost::page::Style;
use milepost::plan::{KeyResultId, MetricId, PersonId, Plan};
use milepost::progress::{Asked, Progress, review_period};
use milepost::render;
use milepost::set::Set;
use milepost::show::text;
use milepost::show::{View, changes};
use milepost::spoilt::spoilt;
use milepost::status;
use milepost_grammar::ast::Grain;

use crate::before::Before;
use crate::files::{Files, ROOT};
use crate::rows::{MOST_ROWS, add_up};
use crate::{places, rows};

/// Longer plans are compiled and not built: each day costs, and a year such as 1026 is soon typed.
const MOST_DAYS: usize = 4000;

/// Of people, goals and metrics the first of each are asked about.
const FIRST: usize = 2;

/// Compiles the plan of `files`, and says all that there is to say about it.
#[must_use]
pub fn said(files: &Files, set: &[Set]) -> Compilation {
    let mut compilation = compile_set(files, ROOT, set, AsOf::default());
    if set.is_empty() {
        let checked = check(files, ROOT, None);
        assert_eq!(checked.diagnostics, compilation.diagnostics, "`check` and `build` say the same");
    }
    messages(&compilation);
    leave_out(&mut compilation);
    if compilation.plan.as_ref().is_some_and(|plan| plan.period.days().nth(MOST_DAYS).is_some()) {
        compilation.dated = None;
    }
    if let (Some(plan), Some(dated)) = (&compilation.plan, &compilation.dated) {
        add_up(plan, dated, &RowOptions::default());
    }
    compilation
}

/// Compiles the plan of `files` and makes everything of it that the commands make.
pub fn everything(files: &Files, set: &[Set], by: Option<Grain>) {
    let compilation = said(files, set);
    let (Some(plan), Some(dated)) = (&compilation.plan, &compilation.dated) else { return };
    let sources = &compilation.sources;

    let person = (!plan.people.is_empty()).then(|| PersonId::new(0));
    for options in [RowOptions::default(), RowOptions { by, person: None }, RowOptions { by: None, person }] {
        let few = add_up(plan, dated, &options);
        let mut table = Vec::new();
        let some = dated.rows(plan, &options).take(MOST_ROWS);
        written(csv::write(&mut table, plan, sources, some, person.is_some() && options.person.is_some()));
        read_table(&table, csv::HEADER);
        let mut deals = Vec::new();
        written(pipeline::write(&mut deals, plan, sources, options.person, options.person.is_some()));
        read_table(&deals, pipeline::HEADER);
        if few {
            let mut document = Vec::new();
            written(json::write(&mut document, plan, dated, sources, &options));
            serde_json::from_slice::<serde_json::Value>(&document).expect("JSON");
        }
    }
    calendars(&compilation, plan);
    for days in [0, plan.period.len() / 2, plan.period.len() + 3] {
        let as_of = plan.period.first + chrono::Days::new(days as u64);
        progress(&compilation, plan, as_of);
    }
    anew(files, set, plan.period.first + chrono::Days::new(plan.period.len() as u64 / 2));

    for key_result in (0..plan.key_results.len()).take(FIRST).map(KeyResultId::new) {
        let metrics = (0..plan.metrics.len()).take(FIRST).map(|metric| Some(MetricId::new(metric)));
        for metric in metrics.chain([None]) {
            for (person, on) in
                [(None, None), (person, Some(plan.period.first)), (person, Some(plan.period.last))]
            {
                let question = Question { key_result: Some(key_result), metric, person, on };
                for explanation in explain(plan, &dated.key_results, &question) {
                    assert!(!explanation.subject.text().is_empty());
                    for reason in &explanation.reasons {
                        assert!(!reason.text().is_empty());
                        assert!(!sources.file_line(reason.place()).is_empty());
                    }
                }
            }
        }
    }

    let mut changed = Vec::new();
    if !set.is_empty() {
        let was = compile(files, ROOT);
        if let (Some(was), Some(was_dated)) = (&was.plan, &was.dated) {
            changed = changes((was, was_dated), (plan, dated), None);
        }
    }
    let view = View::new(plan, dated, None, changed);
    for (columns, colour) in [(80, false), (1, true)] {
        assert!(!text::write(&view, Style::new(columns, colour)).is_empty());
    }
    if person.is_some() {
        assert!(!text::write(&View::new(plan, dated, person, Vec::new()), Style::new(40, false)).is_empty());
    }
}

/// How far the plan has come on a day, for people and for machines; of all, of one, by day, week and month.
fn progress(compilation: &Compilation, plan: &Plan, as_of: NaiveDate) {
    let Some(dated) = &compilation.dated else { return };
    let one = (!plan.people.is_empty()).then(|| PersonId::new(0));
    let week = Some((Grain::Week, review_period(plan, Grain::Week, as_of)));
    let month = Some((Grain::Month, review_period(plan, Grain::Month, as_of)));
    for (person, review) in [(None, None), (None, week), (one, month)] {
        let progress = Progress::new(plan, dated, &Asked { as_of, person, review });
        let mut document = Vec::new();
        written(status::json::write(&mut document, plan, &progress));
        serde_json::from_slice::<serde_json::Value>(&document).expect("JSON");
        assert!(!status::text::write(plan, &progress, Style::new(40, true)).is_empty());
        for known in &progress.key_results {
            let score = known.score.as_ref();
            assert!(
                score.is_none_or(|score| *score >= 0.into() && *score <= 1.into()),
                "a score is from 0 to 1"
            );
        }
    }
}

/// The rest planned anew: rows, each once, and calendars.
fn anew(files: &Files, set: &[Set], as_of: NaiveDate) {
    let compilation = compile_set(files, ROOT, set, AsOf::replanned(as_of));
    messages(&compilation);
    let (Some(plan), Some(dated)) = (&compilation.plan, &compilation.dated) else { return };
    let options = RowOptions::default();
    let mut table = Vec::new();
    let some = dated.rows(plan, &options).take(MOST_ROWS);
    written(csv::write(&mut table, plan, &compilation.sources, some, false));
    read_table(&table, csv::HEADER);
    for row in dated.rows(plan, &options).take(MOST_ROWS) {
        assert!(row.start <= as_of || row.amount > 0, "what is to come is something: {row:?}");
    }
    calendars(&compilation, plan);
}

/// All messages, for people and for machines.
fn messages(compilation: &Compilation) {
    places::lie_in_their_files(compilation);
    let Compilation { diagnostics, sources, .. } = compilation;
    let mut report = Report::default();
    report.add(diagnostics, sources, "");
    serde_json::to_writer(io::sink(), &report).expect("JSON");
    for (colour, columns) in [(false, 80), (true, 20)] {
        let style = render::Style { colour, width: columns, cut: columns, folder: "a/".to_owned() };
        written(render::write(&mut io::sink(), diagnostics, sources, &style));
    }
    assert!(!render::counts(diagnostics).is_empty());
    reviewed(compilation);
}

/// All messages, for services.
fn reviewed(Compilation { diagnostics, sources, .. }: &Compilation) {
    let files = sources.files().iter().map(|file| FilePath::Inside(file.path.clone())).collect();
    let checked = [Checked { diagnostics, sources, files }];
    let findings = findings(&checked);
    let prints: BTreeSet<String> = findings.iter().map(|finding| finding.fingerprint()).collect();
    assert_eq!(prints.len(), findings.len(), "two messages of one fingerprint");
    let mut out = Vec::new();
    written(sarif::write(&mut out, &findings));
    serde_json::from_slice::<serde_json::Value>(&out).expect("JSON");
    out.clear();
    written(gitlab::write(&mut out, &findings));
    serde_json::from_slice::<serde_json::Value>(&out).expect("JSON");
    out.clear();
    written(github::write(&mut out, &findings));
    let log = String::from_utf8(out).expect("UTF-8");
    let commands = ["::error file=", "::warning file=", "::notice file="];
    let logged = ["error[", "warning[", "note["];
    for line in log.split(['\n', '\r']).filter(|line| !line.is_empty()) {
        let command = commands.iter().any(|command| line.starts_with(command));
        let words = logged.iter().any(|word| line.starts_with(word)) && !line.contains("##[");
        assert!(command || words, "no line of ours: {line}");
    }
}

/// Leaves out what is spoilt, as `build --keep-going` does.
fn leave_out(compilation: &mut Compilation) {
    let errors = compilation.diagnostics.iter().filter(|diagnostic| {
        diagnostic.severity == Severity::Error && !diagnostic.message.code().starts_with("smart::")
    });
    if let (Some(plan), Some(dated)) = (&compilation.plan, &mut compilation.dated) {
        let spoilt = spoilt(plan, errors);
        dated.key_results.retain(|key_result| !spoilt.contains(&key_result.key_result));
    }
}

/// Every row has all cells, and an id of its own.
fn read_table(bytes: &[u8], header: &str) {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut ids = BTreeSet::new();
    for record in ::csv::Reader::from_reader(bytes).into_records() {
        let record = record.expect("a row with all its cells");
        assert_eq!(record.len(), header.split(',').count());
        let id = record.get(record.len() - 1).unwrap_or_default().to_owned();
        assert!(ids.insert(id), "two rows of one id: {record:?}");
    }
}

/// The calendar of everybody and those of some, read again; and once more with the same before: nothing is called off.
fn calendars(compilation: &Compilation, plan: &Plan) {
    let Some(dated) = &compilation.dated else { return };
    let people = (0..plan.people.len()).take(FIRST).map(|person| Some(PersonId::new(person)));
    assert_eq!(file_names::calendars(plan).len(), plan.people.len());
    for person in people.chain([None]) {
        let written_now = |before: &mut Before| {
            let stamp = NaiveDate::from_ymd_opt(2026, 1, 5).and_then(|day| day.and_hms_opt(9, 0, 0));
            let options = IcsOptions { stamp: stamp.expect("a time"), person };
            let some = dated.rows(plan, &RowOptions { by: None, person }).take(rows::MOST_ROWS);
            let mut calendar = Vec::new();
            written(ics::write(&mut calendar, plan, some, &options, before));
            let text = std::str::from_utf8(&calendar).expect("text");
            for line in text.split_inclusive('\n') {
                assert!(
                    line.ends_with("\r\n") && line.len() <= 77,
                    "a line that is not as it should be: {line:?}"
                );
            }
            calendar
        };
        let first = written_now(&mut Before::default());
        let mut before = Before::read(&first).expect("a calendar of our own");
        assert_eq!(written_now(&mut before), first);
        assert_eq!(before.called_off, 0);
    }
}

#[track_caller]
fn written<T>(result: io::Result<T>) {
    drop(result.expect("memory takes everything"));
}
