//! The command `milepost`: the only part of the compiler that touches disk, clock and terminal.

pub mod build;
pub mod check;
mod code_page;
pub mod completions;
pub mod diff;
pub mod explain;
pub mod fmt;
pub mod new;
pub mod output;
pub mod previous;
pub mod progress;
pub mod show;
pub mod stamp;
pub mod status;
mod today;
pub mod versions;
pub mod watch;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum};

use crate::compile::Compilation;
use crate::diagnostic::{Diagnostic, Severity};
use crate::page;
use crate::render::{self, Style};

/// Goals as plain text: checks a plan and expands it into dated work
#[derive(Parser, Debug)]
#[command(name = "milepost", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Check(check::Check),
    Build(build::Build),
    Show(show::Show),
    Explain(explain::Explain),
    Status(status::Status),
    Diff(diff::Diff),
    Fmt(fmt::Fmt),
    New(new::New),
    Watch(watch::Watch),
    Completions(completions::Completions),
}

/// Who an answer is written for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// Text, for people
    Text,
    /// One JSON object, for machines
    Json,
}

/// What counts as an error besides errors.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Deny {
    /// Warnings too
    Warnings,
}

impl Deny {
    /// Whether `diagnostic` counts as an error.
    fn is_error(deny: Option<Self>, diagnostic: &Diagnostic) -> bool {
        match diagnostic.severity {
            Severity::Error => true,
            Severity::Warning => deny == Some(Self::Warnings),
            Severity::Note => false,
        }
    }
}

/// Runs the command that the arguments name. Exit code 1 says that a plan has errors or a file cannot be had, 2
/// that the arguments mean nothing.
#[must_use]
pub fn run() -> ExitCode {
    match Cli::parse().command {
        Command::Check(check) => check.run(),
        Command::Build(build) => build.run(),
        Command::Show(show) => show.run(),
        Command::Explain(explain) => explain.run(),
        Command::Status(status) => status.run(),
        Command::Diff(diff) => diff.run(),
        Command::Fmt(fmt) => fmt.run(),
        Command::New(new) => new.run(),
        Command::Watch(watch) => watch.run(),
        Command::Completions(completions) => completions.run::<Cli>(),
    }
}

/// Writes what there is to say about a plan to standard error, beside what the command itself writes.
fn report(compilation: &Compilation, plan: &str) {
    if compilation.diagnostics.is_empty() {
        return;
    }
    let stderr = io::stderr();
    let style = style(stderr.is_terminal(), plan);
    let mut out = io::BufWriter::new(stderr.lock());
    // Nobody is left to tell where this fails.
    let _ = render::write(&mut out, &compilation.diagnostics, &compilation.sources, &style)
        .and_then(|()| writeln!(out, "{}", render::counts(&compilation.diagnostics)))
        .and_then(|()| out.flush());
}

/// Whether to colour: in terminals, or where <https://bixense.com/clicolors> forces it, unless
/// <https://no-color.org> is asked for.
fn colour(terminal: bool) -> bool {
    let said = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let forced = said("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    let dumb = said("TERM").is_some_and(|value| value == "dumb");
    said("NO_COLOR").is_none() && (forced || (terminal && !dumb))
}

/// Columns of a page where nothing says how many there are.
const COLUMNS: usize = 80;

/// How a page is laid out for whoever reads standard output.
fn page_style() -> page::Style {
    let terminal = io::stdout().is_terminal();
    page::Style::new(columns(terminal).unwrap_or(COLUMNS), colour(terminal))
}

/// How many columns there are: what COLUMNS says, else those of the terminal that is written to.
fn columns(terminal: bool) -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let own = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    said.filter(|columns| *columns > 0).or_else(|| own().filter(|_| terminal))
}

/// How messages about `plan` are shown.
fn style(terminal: bool, plan: &str) -> Style {
    let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).filter(|_| terminal);
    let width = columns.map_or(100, |columns| columns.max(40));
    // Lines in a file do not wrap, and are cut only where nobody reads them.
    let cut = columns.map_or(2_000, |columns| columns.max(40));
    Style { colour: colour(terminal), width, cut, folder: folder(plan) }
}

/// The folder that a plan was named with, with its `/`.
fn folder(plan: &str) -> String {
    plan.rfind(['/', std::path::MAIN_SEPARATOR])
        .and_then(|end| plan.get(..=end))
        .unwrap_or_default()
        .to_owned()
}

/// Writes to standard output, buffered. A reader that has seen enough and closed the pipe is no error.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), String> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {}", crate::disk::reason(&error)))
        }
        _ => Ok(()),
    }
}

/// Says something that is no message about a plan; names in it may be a stranger's.
fn say(kind: &str, said: &str) {
    // Nobody is left to tell where this fails.
    let _ = writeln!(io::stderr(), "{kind}: {}", crate::harmless::line(said));
}

/// Says what is no error, but hardly meant.
fn warn(said: &str) {
    say("warning", said);
}

/// A day, as an argument says it.
fn day(text: &str) -> Result<NaiveDate, String> {
    let read = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
    read().ok_or_else(|| "expected a day such as `2026-01-31`".to_owned())
}

/// Says what was taken for granted.
fn note(said: &str) {
    say("note", said);
}

/// The exit code of what was done, or says why it could not be.
fn finish(done: Result<ExitCode, String>) -> ExitCode {
    done.unwrap_or_else(|said| {
        say("error", &said);
        ExitCode::FAILURE
    })
}
