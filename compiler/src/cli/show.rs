//! `milepost show`

use std::process::ExitCode;

use clap::Args;

use super::build::find_person;
use super::{finish, page_style, print, report};
use crate::compile::{AsOf, compile, compile_set};
use crate::disk::DiskWorld;
use crate::set::Set;
use crate::show::text;
use crate::show::{View, changes};

/// Shows the plan: goals, what they take, who does how much of it and when
///
/// It is laid out for the terminal, or for the number of columns in COLUMNS, or for 80. There is colour in
/// terminals only, unless CLICOLOR_FORCE is set, and never with NO_COLOR.
#[derive(Args, Debug)]
pub struct Show {
    /// The plan's file; `-` is standard input
    plan: String,
    /// Only this person's work, and nothing of anybody else
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// What if: another value for this run, such as field-sales.orders="1 in 25"; can be said several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<Set>,
    /// Let the plan read files outside its folder or repository
    #[arg(long)]
    allow_outside: bool,
}

impl Show {
    /// Shows. Exit code 1 for errors of the plan, whether or not something was shown.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.show())
    }

    fn show(&self) -> Result<ExitCode, String> {
        let (world, root) = DiskWorld::open(&self.plan, self.allow_outside)?;
        let compilation = compile_set(&world, &root, &self.set, AsOf::default());
        report(&compilation, &self.plan);
        let usable = !compilation.has_language_errors();
        let (Some(plan), Some(dated), true) = (&compilation.plan, &compilation.dated, usable) else {
            return Err("nothing is shown, because of the errors above".to_owned());
        };
        let person = self.person.as_deref().map(|name| find_person(plan, name)).transpose()?;
        let mut changed = Vec::new();
        if !self.set.is_empty() {
            let written = compile(&world, &root);
            if let (Some(was), Some(was_dated)) = (&written.plan, &written.dated) {
                changed = changes((was, was_dated), (plan, dated), person);
            }
        }
        let view = View::new(plan, dated, person, changed);
        print(|out| write!(out, "{}", text::write(&view, page_style())))?;
        Ok(if compilation.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}
