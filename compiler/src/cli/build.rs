//! `milepost build`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{NaiveDate, NaiveDateTime};
use clap::{Args, ValueEnum};
use milepost_grammar::ast::Grain;

use super::explain::unknown;
use super::output::Outputs;
use super::previous::{OldCalendars, WHOLE, is_of_one};
use super::progress::Progress;
use super::{Deny, finish, print, report, stamp, warn};
use crate::compile::{AsOf, Compilation, compile_set};
use crate::dated::{DatedPlan, RowOptions};
use crate::diagnostic::Diagnostic;
use crate::disk::{DiskWorld, STDIN};
use crate::emit::ics::IcsOptions;
use crate::emit::{csv, file_names, ics, json, pipeline};
use crate::plan::{Completeness, Overridden, PersonId, Plan};
use crate::set::Set;
use crate::sources::Sources;
use crate::spoilt::spoilt;

/// Why nothing was written, where the plan is to blame.
pub(super) const SPOILT: &str = "nothing was written, because of the errors above";

/// Writes the dated plan: who does what by when, as a table and as calendars
#[derive(Args, Debug)]
pub struct Build {
    /// The plan's file; `-` is standard input
    plan: String,
    /// The folder to write into; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What to write
    #[arg(long, value_name = "FORMAT,…", value_enum, value_delimiter = ',', default_values_t = [Format::Csv, Format::Pipeline, Format::Ics, Format::Json])]
    to: Vec<Format>,
    /// The shortest periods of plan.csv; a metric planned in longer ones keeps those
    #[arg(long, value_name = "PERIOD", value_enum)]
    by: Option<By>,
    /// What if: another value for this run, such as field-sales.orders="1 in 25"; can be said several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<Set>,
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
    /// Write tables with a byte order mark and CRLF, as Excel needs it for Chinese
    #[arg(long)]
    excel: bool,
    /// Where the plan has errors, write what does not depend on them: a key result that an error stands in, or that
    /// is worked out from something with one, is left out, and so is a pipeline of which a deal cannot be read; still
    /// exits with 1
    // Else what is left out for now would be called off.
    #[arg(long, conflicts_with = "previous")]
    keep_going: bool,
    /// The day that `--replan` goes by, such as 2026-02-06
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    as_of: Option<NaiveDate>,
    /// Keep what happened up to the end of the day of `--as-of`, and plan the rest anew
    // A row of actuals that is left out would be planned once more.
    #[arg(long, requires = "as_of", conflicts_with = "keep_going")]
    replan: bool,
    /// What counts as an error besides errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Let the plan read files outside its folder or repository
    #[arg(long)]
    allow_outside: bool,
}

/// What can be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// plan.csv
    Csv,
    /// pipeline.csv, where the plan has a pipeline
    Pipeline,
    /// calendar.ics and calendar-NAME.ics
    Ics,
    /// plan.json, with the reasons of every amount
    Json,
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

/// The table of deals.
const PIPELINE: &str = "pipeline.csv";

/// Whether a build may write a file of that name.
pub(super) fn is_output(name: &str) -> bool {
    matches!(name, "plan.csv" | PIPELINE | "plan.json" | WHOLE) || is_of_one(name)
}

/// What a build did.
#[derive(Debug)]
pub(super) struct Built {
    /// What was set for this run, in words.
    set: Vec<String>,
    /// Which files were written, in words.
    written: Vec<String>,
    /// Whether there was an error all the same.
    failed: bool,
}

impl Build {
    /// The plan's file.
    pub(super) fn plan(&self) -> &str {
        &self.plan
    }

    /// The folder that is written into.
    pub(super) fn out(&self) -> &Path {
        &self.out
    }

    /// Whether the plan may read files outside its folder.
    pub(super) fn allow_outside(&self) -> bool {
        self.allow_outside
    }

    /// Builds. Exit code 1 for errors of the plan, whether or not something was written, and for files that
    /// cannot be read or written.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.build())
    }

    fn build(&self) -> Result<ExitCode, String> {
        let (world, root) = DiskWorld::open(&self.plan, self.allow_outside)?;
        let built = self.once(&world, &root, &mut |compilation| report(compilation, &self.plan))?;
        print(|out| {
            for set in &built.set {
                writeln!(out, "{set}")?;
            }
            writeln!(out, "wrote into {}: {}", self.out.display(), built.written.join(", "))
        })?;
        Ok(if built.failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    /// Builds the plan `root` of `world`, and lets `report` say what there is to say about it before anything is
    /// written.
    pub(super) fn once(
        &self,
        world: &DiskWorld,
        root: &str,
        report: &mut dyn FnMut(&Compilation),
    ) -> Result<Built, String> {
        let progress = Progress::start("working out the plan");
        let mut compilation = compile_set(
            world,
            root,
            &self.set,
            AsOf { day: self.as_of, replan: self.as_of.filter(|_| self.replan) },
        );
        drop(progress);
        report(&compilation);
        if self.as_of.is_some() && !self.replan {
            warn("`--as-of` alone changes nothing that is written; `--replan` plans the rest anew");
        }
        if !self.leave_out(&mut compilation) {
            return Err(SPOILT.to_owned());
        }
        let (Some(plan), Some(dated)) = (&compilation.plan, &compilation.dated) else {
            return Err(SPOILT.to_owned());
        };
        let build = Dated {
            plan,
            dated,
            sources: &compilation.sources,
            by: self.by.map(Grain::from),
            person: self.person.as_deref().map(|name| find_person(plan, name)).transpose()?,
            excel: self.excel,
            progress: Progress::start("reading what was there"),
        };
        let calendars = if self.to.contains(&Format::Ics) {
            let stamp = self.stamp(world)?;
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
        // Deals that are gone from the plan must not stay in a table of an earlier build.
        if self.to.contains(&Format::Pipeline)
            && (!plan.pipelines.is_empty() || self.out.join(PIPELINE).exists())
        {
            let deals = build.deals(&mut outputs)?;
            written.push(format!("{PIPELINE} ({})", counted(deals, "deal")));
        }
        if self.to.contains(&Format::Json) {
            build.document(&mut outputs)?;
            written.push("plan.json".to_owned());
        }
        if let Some((stamp, old)) = &calendars {
            let (calendars, called_off) = build.calendars(&mut outputs, *stamp, old)?;
            written.push(format!("calendar.ics and {} of one person", counted(calendars, "calendar")));
            if called_off > 0 {
                written.push(format!("{} called off", counted(called_off, "event")));
            }
        }
        build.progress.doing("saving");
        outputs.finish()?;
        drop(build);
        if let Some(warning) = calendars.as_ref().and_then(|(_, old)| old.warning()) {
            warn(warning);
        }
        let failed = compilation.diagnostics.iter().any(|diagnostic| Deny::is_error(self.deny, diagnostic));
        let set = plan.overrides.iter().map(Overridden::text).collect();
        Ok(Built { set, written, failed })
    }

    /// Leaves out what errors of the language spoil, if that is asked for; whether there is something to write then.
    fn leave_out(&self, compilation: &mut Compilation) -> bool {
        if self.keep_going {
            leave_out(compilation, self.deny)
        } else {
            errors(compilation, self.deny).next().is_none()
        }
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

/// The errors that outputs would not mean what was written with. A goal that is merely bad (`smart::…`) is built.
fn errors(compilation: &Compilation, deny: Option<Deny>) -> impl Iterator<Item = &Diagnostic> + Clone {
    compilation.diagnostics.iter().filter(move |diagnostic| {
        Deny::is_error(deny, diagnostic) && !diagnostic.message.code().starts_with("smart::")
    })
}

/// Leaves out what errors of the language spoil, and says so; whether there is something left.
pub(super) fn leave_out(compilation: &mut Compilation, deny: Option<Deny>) -> bool {
    let errors = errors(compilation, deny);
    let Some(plan) = &compilation.plan else { return false };
    // A value that cannot be set is no part of the plan that could be left out: the answer would be another one.
    let argument = |diagnostic: &Diagnostic| {
        compilation.sources.file(compilation.sources.locate(diagnostic.place).0).argument
    };
    if errors.clone().any(argument) {
        return false;
    }
    let spoilt = spoilt(plan, errors);
    let (Some(dated), Some(plan)) = (&mut compilation.dated, &mut compilation.plan) else { return false };
    dated.key_results.retain(|key_result| !spoilt.contains(&key_result.key_result));
    let left = spoilt.is_empty() || spoilt.len() < plan.key_results.len();
    let mut paths: Vec<String> = spoilt.iter().map(|id| format!("`{}`", plan.path(*id))).collect();
    // A deal is something by itself; what of a pipeline without some would be is not known where its end is missing.
    let named = |read: Completeness| {
        let pipelines = plan.pipelines.iter().filter(move |pipeline| pipeline.read == read);
        pipelines.map(|pipeline| format!("`{}`", pipeline.name)).collect::<Vec<_>>()
    };
    let without_some = named(Completeness::WithoutSome);
    paths.extend(named(Completeness::Broken));
    plan.pipelines.retain(|pipeline| pipeline.read != Completeness::Broken);
    if !without_some.is_empty() {
        let names = without_some.join(", ");
        warn(&format!("left out, because of the errors above: deals of {names}"));
    }
    if paths.is_empty() {
        return true;
    }
    warn(&format!("left out, because of the errors above: {}", paths.join(", ")));
    left
}

/// What is written from.
struct Dated<'a> {
    plan: &'a Plan,
    dated: &'a DatedPlan,
    sources: &'a Sources,
    by: Option<Grain>,
    person: Option<PersonId>,
    excel: bool,
    progress: Progress,
}

impl Dated<'_> {
    /// Writes `plan.csv` and gives back how many rows it has.
    fn table(&self, outputs: &mut Outputs) -> Result<usize, String> {
        let mut count = 0;
        let rows = self.dated.rows(self.plan, &RowOptions { by: self.by, person: self.person });
        let rows = rows.inspect(|row| {
            self.progress.day(row.start);
            count += 1;
        });
        self.progress.doing("writing plan.csv");
        outputs.write("plan.csv", |out| csv::write(out, self.plan, self.sources, rows, self.excel))?;
        Ok(count)
    }

    /// Writes `pipeline.csv` and gives back how many deals it has.
    fn deals(&self, outputs: &mut Outputs) -> Result<usize, String> {
        let mut count = 0;
        outputs.write(PIPELINE, |out| {
            count = pipeline::write(out, self.plan, self.sources, self.person, self.excel)?;
            Ok(())
        })?;
        Ok(count)
    }

    /// Writes `plan.json`.
    fn document(&self, outputs: &mut Outputs) -> Result<(), String> {
        let options = RowOptions { by: self.by, person: self.person };
        self.progress.doing("writing plan.json");
        outputs.write("plan.json", |out| json::write(out, self.plan, self.dated, self.sources, &options))
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
            let rows = rows.inspect(|row| self.progress.day(row.start));
            let options = IcsOptions { stamp, person };
            self.progress.doing(&format!("writing {name}"));
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
pub(super) fn find_person(plan: &Plan, name: &str) -> Result<PersonId, String> {
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
