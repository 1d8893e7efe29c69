//! `milepost check`

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::code_page::code_page;
use super::{Deny, finish, folder, print, style};
use crate::compile::{self, Compilation};
use crate::diagnostic::Diagnostic;
use crate::disk::{self, DiskWorld, STDIN};
use crate::emit::diagnostics::Report;
use crate::emit::finding::{Checked, FilePath, Finding, findings};
use crate::emit::{github, gitlab, plain_json, sarif};
use crate::render;

/// Says everything that is wrong with plans, or worth knowing about them
#[derive(Args, Debug)]
pub struct Check {
    /// The plans' files; `-` is standard input
    #[arg(required_unless_present = "explain", value_name = "PLAN")]
    plans: Vec<String>,
    /// For people, or for machines. Paths in sarif, github and gitlab count from the top of the git repository that the
    /// command runs in (without one, from the current folder)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What counts as an error besides errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// The day that things have happened by, such as 2026-02-06: next steps that were due before it are told of
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    as_of: Option<NaiveDate>,
    /// Tells what a code means, such as smart::attainable::growth, with an example and the same example mended
    #[arg(long, value_name = "CODE", conflicts_with_all = ["plans", "format", "deny", "as_of"])]
    explain: Option<String>,
    /// Let plans read files outside their folder or repository
    #[arg(long)]
    allow_outside: bool,
}

/// Who the messages are written for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// Text, for people
    Text,
    /// One JSON object, for machines
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions, shown beside the lines
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
}

/// A plan that was checked.
struct Plan<'a> {
    /// As it was named.
    name: &'a str,
    /// The folder that its files' paths count from, without links.
    folder: PathBuf,
    compilation: Compilation,
}

impl Check {
    /// Checks. Exit code 1 where there are errors.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.check())
    }

    fn check(&self) -> Result<ExitCode, String> {
        if let Some(code) = &self.explain {
            let page = code_page(code)?;
            print(|out| writeln!(out, "{page}"))?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut checked = Vec::with_capacity(self.plans.len());
        for plan in &self.plans {
            let (world, root) = DiskWorld::open(plan, self.allow_outside)?;
            let compilation = compile::check(&world, &root, self.as_of);
            checked.push(Plan { name: plan, folder: world.root().to_path_buf(), compilation });
        }
        match self.format {
            Format::Text => text(&checked)?,
            Format::Json => json(&checked)?,
            Format::Sarif => reviewed(&checked, |out, findings| sarif::write(out, findings))?,
            Format::Gitlab => reviewed(&checked, |out, findings| gitlab::write(out, findings))?,
            Format::Github => reviewed(&checked, |out, findings| {
                github::write(out, findings)?;
                let said: Vec<Diagnostic> =
                    findings.iter().map(|finding| finding.diagnostic.clone()).collect();
                writeln!(out, "{}", render::counts(&said))
            })?,
        }
        let failed = checked
            .iter()
            .flat_map(|plan| &plan.compilation.diagnostics)
            .any(|diagnostic| Deny::is_error(self.deny, diagnostic));
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn text(checked: &[Plan]) -> Result<(), String> {
    let terminal = io::stdout().is_terminal();
    print(|out| {
        for Plan { name, compilation, .. } in checked {
            render::write(out, &compilation.diagnostics, &compilation.sources, &style(terminal, name))?;
        }
        let all: Vec<_> =
            checked.iter().flat_map(|plan| plan.compilation.diagnostics.iter().cloned()).collect();
        writeln!(out, "{}", render::counts(&all))
    })
}

fn json(checked: &[Plan]) -> Result<(), String> {
    let mut report = Report::default();
    for Plan { name, compilation, .. } in checked {
        report.add(&compilation.diagnostics, &compilation.sources, &folder(name));
    }
    print(|out| plain_json::write(out, &report))
}

/// Writes what services show beside a change, with paths from the top of the repository that the current folder is in.
fn reviewed(
    checked: &[Plan],
    write: impl FnOnce(&mut dyn Write, &[Finding]) -> io::Result<()>,
) -> Result<(), String> {
    let here = std::env::current_dir()
        .and_then(std::fs::canonicalize)
        .map_err(|error| format!("cannot read the current folder: {}", disk::reason(&error)))?;
    let top = disk::git_top(&here).unwrap_or(&here);
    let plans: Vec<Checked> = checked
        .iter()
        .map(|Plan { folder, compilation, .. }| Checked {
            diagnostics: &compilation.diagnostics,
            sources: &compilation.sources,
            files: compilation.sources.files().iter().map(|file| path(top, folder, &file.path)).collect(),
        })
        .collect();
    let findings = findings(&plans);
    print(|out| write(out, &findings))
}

/// Where a file of a plan in `folder` is, seen from `top`.
fn path(top: &Path, folder: &Path, file: &str) -> FilePath {
    if file == STDIN {
        return FilePath::Inside(STDIN.to_owned());
    }
    let whole = disk::without_dots(&folder.join(file));
    // A name that is no Unicode is none that a plan could have said.
    let text = |path: &Path| path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    match whole.strip_prefix(top) {
        Ok(inside) => FilePath::Inside(text(inside)),
        Err(_) => FilePath::Outside(text(&whole)),
    }
}
