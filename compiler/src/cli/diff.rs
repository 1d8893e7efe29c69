//! `milepost diff`

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{finish, page_style, print};
use crate::compile::compile;
use crate::diff::{Diff as Comparison, Version, json, markdown, text};
use crate::disk::DiskWorld;

/// Tells what changed between two plans, and what that does to people's weeks
#[derive(Args, Debug)]
pub struct Diff {
    /// Two plans
    #[arg(required = true, value_name = "PLAN")]
    plans: Vec<String>,
    /// For a terminal, for a comment on a pull request, or for machines
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What stays the same as well, and nothing left out
    #[arg(long)]
    all: bool,
    /// Exit code 1 where something changed in meaning
    #[arg(long)]
    exit_code: bool,
    /// Let plans read files outside their folder or repository
    #[arg(long)]
    allow_outside: bool,
}

/// Who a comparison is written for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For a comment on a pull request
    Markdown,
    /// One JSON object, for machines
    Json,
}

impl Diff {
    /// Compares.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.diff())
    }

    fn diff(&self) -> Result<ExitCode, String> {
        let [before, after] = self.plans.as_slice() else { return Err("two plans are compared".to_owned()) };
        let open = |path: &str| -> Result<_, String> {
            let (world, root) = DiskWorld::open(path, self.allow_outside)?;
            Ok(compile(&world, &root))
        };
        let (was, now) = (open(before)?, open(after)?);
        let (Some(was), Some(now)) = (Version::new(&was), Version::new(&now)) else {
            return Err("no plan".to_owned());
        };
        let diff = Comparison::new(was, now);
        print(|out| match self.format {
            Format::Text => write!(out, "{}", text::write(&diff, before, after, self.all, page_style())),
            Format::Markdown => write!(out, "{}", markdown::write(&diff, before, after, self.all)),
            Format::Json => json::write(out, &diff, self.all),
        })?;
        let differs = self.exit_code && !diff.is_empty();
        Ok(if differs { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}
