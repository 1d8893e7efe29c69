//! `milepost build`

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDateTime;
use clap::{Args, ValueEnum};
use milepost_grammar::ast::Grain;

use super::disk::{DiskWorld, STDIN};
use super::explain::unknown;
use super::output::Outputs;
use super::previous::{OldCalendars, WHOLE};
use super::{finish, print, report, stamp, warn};
use crate::compile::compile;
use crate::dated::{DatedPlan, RowOptions};
use crate::emit::ics::IcsOptions;
use crate::emit::{csv, file_names, ics};
use crate::plan::{PersonId, Plan};
use crate::sources::Sources;

/// Writes the dated plan: who does what by when, as a table and as calendars
#[derive(Args, Debug)]
pub struct Build {
    /// The plan's file; `-` is standard input
    plan: String,
    /// The folder to write into; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What to write
    #[arg(long, value_name = "FORMAT,…", value_enum, value_delimiter = ',', default_values_t = [Format::Csv, Format::Ics])]
    to: Vec<Format>,
    /// The shortest periods of plan.csv; a metric planned in longer ones keeps those
    #[arg(long, value_name = "PERIOD", value_enum)]
    by: Option<By>,
    /// Only this person's work, and nothing of anybody else
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// The time that calendars carry, such as 2026-01-31T09:00:00Z or 2026-01-31 [default: that of the last
    /// commit that touched the plan, else of its files' newest change]
    #[arg(long, value_name = "TIME", value_parser = stamp::parse)]
    stamp: Option<NaiveDateTime>,
    /// Call off in the new calendars what is gone since the last output: its folder, or one of its calendars; may
    /// be given more than once
    #[arg(long, value_name = "OLD")]
    previous: Vec<PathBuf>,
    /// Write plan.csv with a byte order mark and CRLF, as Excel needs it for Chinese
    #[arg(long)]
    excel: bool,
    /// Write what can be written where the plan has errors
    #[arg(long)]
    keep_going: bool,
    /// Let the plan read files outside its folder or repository
    #[arg(long)]
    allow_outside: bool,
}

/// What can be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// plan.csv
    Csv,
    /// calendar.ics and calendar-NAME.ics
    Ics,
}

/// The periods that `--by` takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
#[allow(missing_docs)]
enum By {
    Day,
    Week,
    TenDay,
    Month,
    Quarter,
}

impl From<By> for Grain {
    fn from(by: By) -> Self {
        match by {
            By::Day => Self::Day,
            By::Week => Self::Week,
            By::TenDay => Self::TenDay,
            By::Month => Self::Month,
            By::Quarter => Self::Quarter,
        }
    }
}

impl Build {
    /// Builds. Exit code 1 for errors of the plan, whether or not something was written, and for files that
    /// cannot be read or written.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.build())
    }

    fn build(&self) -> Result<ExitCode, String> {
        let (world, root) = DiskWorld::open(&self.plan, self.allow_outside)?;
        let compilation = compile(&world, &root);
        report(&compilation, &self.plan);
        let usable = self.keep_going || !compilation.has_language_errors();
        let (Some(plan), Some(dated), true) = (&compilation.plan, &compilation.dated, usable) else {
            return Err("nothing was written, because of the errors above".to_owned());
        };
        let build = Dated {
            plan,
            dated,
            sources: &compilation.sources,
            by: self.by.map(Grain::from),
            person: self.person.as_deref().map(|name| find_person(plan, name)).transpose()?,
            excel: self.excel,
        };
        let calendars = if self.to.contains(&Format::Ics) {
            let stamp = self.stamp(&world)?;
            let old = OldCalendars::read(&self.previous, &self.out, plan, build.person, stamp)?;
            Some((stamp, old))
        } else if self.previous.is_empty() {
            None
        } else {
            return Err("`--previous` is about calendars, and `--to` asks for none".to_owned());
        };
        let mut outputs = Outputs::new(&self.out)?;
        let mut written = Vec::new();
        if self.to.contains(&Format::Csv) {
            let rows = build.table(&mut outputs)?;
            written.push(format!("plan.csv ({})", counted(rows, "row")));
        }
        if let Some((stamp, old)) = &calendars {
            let (calendars, called_off) = build.calendars(&mut outputs, *stamp, old)?;
            written.push(format!("calendar.ics and {} of one person", counted(calendars, "calendar")));
            if called_off > 0 {
                written.push(format!("{} called off", counted(called_off, "event")));
            }
            if let Some(warning) = old.warning() {
                warn(warning);
            }
        }
        outputs.finish()?;
        print(|out| writeln!(out, "wrote into {}: {}", self.out.display(), written.join(", ")))?;
        Ok(if compilation.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    fn stamp(&self, world: &DiskWorld) -> Result<NaiveDateTime, String> {
        match self.stamp {
            Some(stamp) => Ok(stamp),
            // Nobody knows when it was written, and the clock would make each build another one.
            None if self.plan == STDIN => {
                Err("a plan from standard input has no date of its own; give one with `--stamp`".to_owned())
            }
            None => Ok(stamp::of_files(world.root(), &world.files_read())),
        }
    }
}

/// What is written from.
struct Dated<'a> {
    plan: &'a Plan,
    dated: &'a DatedPlan,
    sources: &'a Sources,
    by: Option<Grain>,
    person: Option<PersonId>,
    excel: bool,
}

impl Dated<'_> {
    /// Writes `plan.csv` and gives back how many rows it has.
    fn table(&self, outputs: &mut Outputs) -> Result<usize, String> {
        let mut count = 0;
        let rows = self.dated.rows(self.plan, &RowOptions { by: self.by, person: self.person });
        outputs.write("plan.csv", |out| {
            csv::write(out, self.plan, self.sources, rows.inspect(|_| count += 1), self.excel)
        })?;
        Ok(count)
    }

    /// Writes the calendar of all and that of each person, and gives back how many of the latter, and how many
    /// events were called off. Days are days here, whatever `--by` makes of the table. Who has nothing to do
    /// has an empty calendar, so that those who follow it see what they had before go.
    fn calendars(
        &self,
        outputs: &mut Outputs,
        stamp: NaiveDateTime,
        old: &OldCalendars,
    ) -> Result<(usize, usize), String> {
        let mut calendar = |name: &str, person| {
            let mut previous = old.of(name);
            let rows = self.dated.rows(self.plan, &RowOptions { by: None, person });
            let options = IcsOptions { stamp, person };
            outputs.write(name, |out| ics::write(out, self.plan, rows, &options, &mut previous))?;
            Ok::<usize, String>(previous.called_off())
        };
        let (mut count, mut of_one) = (0, 0);
        let of_all = calendar(WHOLE, self.person)?;
        for (index, name) in file_names::calendars(self.plan).iter().enumerate() {
            let person = PersonId::new(index);
            if self.person.is_none_or(|only| only == person) {
                of_one += calendar(name, Some(person))?;
                count += 1;
            }
        }
        for (file, name) in old.left() {
            let mut previous = old.of(file);
            outputs.write(file, |out| ics::write_left(out, self.plan, name, stamp, &mut previous))?;
            of_one += previous.called_off();
            count += 1;
        }
        // An event is in the calendar of all and in those of whose it is.
        Ok((count, if of_all > 0 { of_all } else { of_one }))
    }
}

/// The person of that name or title.
fn find_person(plan: &Plan, name: &str) -> Result<PersonId, String> {
    let people = || plan.people.iter().enumerate();
    let found = people().find(|(_, person)| person.name == name).or_else(|| {
        let mut titled = people().filter(|(_, person)| person.title.as_deref() == Some(name));
        titled.next().filter(|_| titled.next().is_none())
    });
    if let Some((index, _)) = found {
        return Ok(PersonId::new(index));
    }
    if plan.teams.iter().any(|team| team.name == name) {
        return Err(format!("`{name}` is a team; `--person` takes a person"));
    }
    Err(unknown("person", name, people().map(|(_, person)| person.name.as_str())))
}

/// `1 row`, `20 rows`
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
