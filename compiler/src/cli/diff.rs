//! `milepost diff`

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::versions::{Side, Version, Versions, versions};
use super::{finish, folder, page_style, print, report};
use crate::compile::{Compilation, compile};
use crate::diff::{Diff as Comparison, Version as Compared, json, markdown, nothing_beside, text};
use crate::load::cannot_read;
use crate::world::World;

/// Tells what changed between two plans, and what that does to people's weeks
///
/// PLAN is a file, or a file at a git revision: `HEAD~3:plans/q1.plan`, `main:plans/q1.plan`; includes and data files are read at
/// that revision too. One PLAN alone is compared with the plan that it `follows`. With `--`, git revisions are compared:
/// `milepost diff main..HEAD -- plans/q1.plan`, `milepost diff main -- plans/q1.plan` (with the file as it is), `milepost diff --
/// plans/q1.plan` (HEAD with the file as it is).
///
/// What an error in a plan spoils is not compared, and said to be left out. Exit code 2 where there is nothing to compare.
#[derive(Args, Debug)]
pub struct Diff {
    /// Two plans, one that follows another, or git revisions where a plan is named behind `--`
    #[arg(value_name = "PLAN")]
    versions: Vec<String>,
    /// The plan of which revisions are compared
    #[arg(last = true, value_name = "PATH")]
    paths: Vec<String>,
    /// For a terminal, for a comment on a pull request, or for machines
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What stays the same as well; for a terminal nothing is left out
    #[arg(long)]
    all: bool,
    /// The most characters that a comment may have, at least 1,000; whole rows are left out
    #[arg(long, value_name = "CHARACTERS", default_value_t = markdown::MOST as u64,
        value_parser = clap::value_parser!(u64).range(markdown::LEAST as u64..))]
    room: u64,
    /// Exit code 1 where something changed in meaning, 0 where nothing did
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
    /// Compares. Where it cannot be told what changed, that is neither 0 nor 1.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        let compared = self.diff();
        let failed = compared.is_err();
        let code = finish(compared);
        if failed { ExitCode::from(2) } else { code }
    }

    fn diff(&self) -> Result<ExitCode, String> {
        let (before, after) = match versions(&self.versions, &self.paths, Path::new(""))? {
            Versions::Two(before, after) => (self.side(&before)?, self.side(&after)?),
            Versions::One(version) => {
                let after = self.compiled(&version)?;
                (self.followed(&version, &after)?, after)
            }
        };
        let (old, new) = (before.compilation, after.compilation);
        let nothing = match (&old, &new) {
            (Some(one), None) | (None, Some(one)) => nothing_beside(one),
            (Some(_), Some(_)) => Compilation::default(),
            (None, None) => return Err("neither version has such a plan".to_owned()),
        };
        let (old_folder, new_folder) = (before.folder, after.folder);
        let unread = |shown: &str| format!("`{shown}` has no plan that could be compared");
        let (before, after) = (before.shown, after.shown);
        let was = compared(old.as_ref(), &nothing).ok_or_else(|| unread(&before))?;
        let now = compared(new.as_ref(), &nothing).ok_or_else(|| unread(&after))?;
        let diff = Comparison::new(was, now).placed(&old_folder, &new_folder);
        print(|out| match self.format {
            Format::Text => {
                write!(out, "{}", text::write(&diff, &before, &after, self.all, page_style()))
            }
            Format::Markdown => {
                write!(
                    out,
                    "{}",
                    markdown::write(
                        &diff,
                        &before,
                        &after,
                        self.all,
                        usize::try_from(self.room).unwrap_or(usize::MAX)
                    )
                )
            }
            Format::Json => json::write(out, &diff, self.all),
        })?;
        let differs = self.exit_code && !diff.is_empty();
        Ok(if differs { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    fn side(&self, side: &Side) -> Result<Compiled, String> {
        match side {
            Side::Plan(version) => self.compiled(version),
            Side::Missing(_) => {
                Ok(Compiled { shown: side.shown(), folder: String::new(), compilation: None })
            }
        }
    }

    fn compiled(&self, version: &Version) -> Result<Compiled, String> {
        let (world, root) = version.open(self.allow_outside)?;
        let compiled = Compiled::new(&*world, &root, version.shown(), version.folder());
        version.is_whole().map(|()| compiled)
    }

    /// The plan that one follows, as it is where that one is.
    fn followed(&self, version: &Version, after: &Compiled) -> Result<Compiled, String> {
        let plan = after.compilation.as_ref().and_then(|compilation| compilation.plan.as_ref());
        let Some(plan) = plan else {
            return Err(format!("`{}` has no plan that could be compared", after.shown));
        };
        let Some(path) = &plan.follows else {
            let other = match version {
                Version::File(path) => format!("a revision of this one: `milepost diff HEAD -- {path}`"),
                Version::Revision(_) => {
                    format!("this one at another: `milepost diff HEAD~1:PATH {}`", after.shown)
                }
            };
            return Err(format!(
                "`{}` does not say which plan it `follows`; name a second plan, or {other}",
                after.shown
            ));
        };
        let (world, root) = version.open(self.allow_outside)?;
        if *path == root {
            return Err(format!("`{}` says that it `follows` itself", after.shown));
        }
        let shown = format!("{}{path}", folder(&after.shown));
        if let Err(error) = world.open(path).map(drop) {
            let said = cannot_read(&shown, error).text();
            return Err(format!("the plan that `{}` follows: {said}", after.shown));
        }
        let folder = folder(&format!("{}{path}", version.folder()));
        Ok(Compiled::new(&*world, path, shown, folder))
    }
}

/// What can be compared of a plan, or of the `nothing` in its place.
fn compared<'a>(plan: Option<&'a Compilation>, nothing: &'a Compilation) -> Option<Compared<'a>> {
    plan.map_or_else(|| Compared::nothing(nothing), Compared::new)
}

/// A plan as one of the two versions has it.
struct Compiled {
    shown: String,
    /// The way to its folder, with its `/`: of a file from here, of a revision from the top of the repository.
    folder: String,
    /// `None` where that version has no such plan.
    compilation: Option<Compilation>,
}

impl Compiled {
    /// Compiles, and says which errors there are.
    fn new(world: &dyn World, root: &str, shown: String, folder: String) -> Self {
        let compilation = compile(world, root);
        if compilation.has_language_errors() {
            report(&compilation, &shown);
        }
        Self { shown, folder, compilation: Some(compilation) }
    }
}
