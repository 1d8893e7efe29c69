//! `milepost check`

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;

use super::code_page::code_page;
use super::{Deny, Format, finish, folder, print, style};
use crate::compile::{self, Compilation};
use crate::disk::DiskWorld;
use crate::emit::diagnostics::Report;
use crate::render;

/// Says everything that is wrong with plans, or worth knowing about them
#[derive(Args, Debug)]
pub struct Check {
    /// The plans' files; `-` is standard input
    #[arg(required_unless_present = "explain", value_name = "PLAN")]
    plans: Vec<String>,
    /// For people or for machines
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
            checked.push((plan, compile::check(&world, &root, self.as_of)));
        }
        match self.format {
            Format::Text => text(&checked)?,
            Format::Json => json(&checked)?,
        }
        let failed = checked
            .iter()
            .flat_map(|(_, compilation)| &compilation.diagnostics)
            .any(|diagnostic| Deny::is_error(self.deny, diagnostic));
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn text(checked: &[(&String, Compilation)]) -> Result<(), String> {
    let terminal = io::stdout().is_terminal();
    print(|out| {
        for (plan, compilation) in checked {
            render::write(out, &compilation.diagnostics, &compilation.sources, &style(terminal, plan))?;
        }
        let all: Vec<_> =
            checked.iter().flat_map(|(_, compilation)| compilation.diagnostics.iter().cloned()).collect();
        writeln!(out, "{}", render::counts(&all))
    })
}

fn json(checked: &[(&String, Compilation)]) -> Result<(), String> {
    let mut report = Report::default();
    for (plan, compilation) in checked {
        report.add(&compilation.diagnostics, &compilation.sources, &folder(plan));
    }
    print(|out| {
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)
    })
}
