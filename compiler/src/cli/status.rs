//! `milepost status`

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;
use milepost_grammar::Moment;
use milepost_grammar::ast::Grain;

use super::build::{find_person, leave_out};
use super::today::today;
use super::{Format, finish, note, page_style, print, report};
use crate::compile::{AsOf, compile_set};
use crate::dates::{DateSpan, period_of};
use crate::disk::DiskWorld;
use crate::plan::Plan;
use crate::progress::{Asked, Progress, review_period};
use crate::resolve::time::calendar_days;
use crate::set::Set;
use crate::status::{json, text};
use crate::table::DateCells;

/// Tells how far a plan has come: done and planned, pace, what the days left must bring, forecast, score
///
/// Errors in actuals leave out the rows they are in; a key result that an error spoils is left out, whole.
#[derive(Args, Debug)]
pub struct Status {
    /// The plan's file; `-` is standard input
    plan: String,
    /// By the end of this day, such as 2026-02-06 [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    as_of: Option<NaiveDate>,
    /// Beside the plan as it was made anew after this day (see `build --replan`)
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    replanned: Option<NaiveDate>,
    /// What a team goes through once a week: planned, done, next, who is behind, what was said. Without a week, the
    /// one of the day; on its first working day, the one before
    #[arg(long, value_name = "WEEK", num_args = 0..=1, require_equals = true, default_missing_value = "", conflicts_with = "month")]
    week: Option<String>,
    /// The same by month, such as 2026-02
    #[arg(long, value_name = "MONTH", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    month: Option<String>,
    /// Only this person's part, and nothing of anybody else
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// What if: another value for this run, such as field-sales.orders="1 in 25"; can be said several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<Set>,
    /// For people or for machines
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Let the plan read files outside its folder or repository
    #[arg(long)]
    allow_outside: bool,
}

impl Status {
    /// Tells. Exit code 1 for errors of the plan, whether or not something was told.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.status())
    }

    fn status(&self) -> Result<ExitCode, String> {
        let (world, root) = DiskWorld::open(&self.plan, self.allow_outside)?;
        let mut compilation =
            compile_set(&world, &root, &self.set, AsOf { day: self.as_of, replan: self.replanned });
        report(&compilation, &self.plan);
        if !leave_out(&mut compilation, None) {
            return Err("nothing is told, because of the errors above".to_owned());
        }
        let (Some(plan), Some(dated)) = (&compilation.plan, &compilation.dated) else {
            return Err("nothing is told, because of the errors above".to_owned());
        };
        let as_of = self.as_of.unwrap_or_else(|| {
            let today = today(plan.timezone);
            note(&format!("as of {today}, today; `--as-of DATE` asks for another day"));
            today
        });
        if let Some(day) = self.replanned.filter(|day| *day > as_of) {
            return Err(format!(
                "the plan made anew after {day} knows more than {as_of} did; `--replanned` is a day up to that"
            ));
        }
        let person = self.person.as_deref().map(|name| find_person(plan, name)).transpose()?;
        let review = match (&self.week, &self.month) {
            (Some(week), _) => Some(review(plan, Grain::Week, week, as_of)?),
            (None, Some(month)) => Some(review(plan, Grain::Month, month, as_of)?),
            (None, None) => None,
        };
        let progress = Progress::new(plan, dated, &Asked { as_of, person, review });
        if progress.as_of != as_of {
            note(&format!("this is as of {}, the end of what is looked at", progress.as_of));
        }
        print(|out| match self.format {
            Format::Text => {
                write!(out, "{}", text::write(plan, &progress, page_style()))
            }
            Format::Json => json::write(out, plan, &progress),
        })?;
        Ok(if compilation.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// The week or month that is named, or that `as_of` asks for where none is.
fn review(plan: &Plan, grain: Grain, name: &str, as_of: NaiveDate) -> Result<(Grain, DateSpan), String> {
    if name.is_empty() {
        return Ok((grain, review_period(plan, grain, as_of)));
    }
    let days = DateCells::default().read(name).and_then(|moment| match moment {
        Moment::Day(day) => Some(period_of(day, grain, 1)),
        Moment::Period(period) => {
            calendar_days(period).filter(|days| period_of(days.first, grain, 1) == *days)
        }
    });
    let (word, sample) = if grain == Grain::Week { ("week", "2026-W06") } else { ("month", "2026-02") };
    let days = days.ok_or_else(|| format!("expected a {word} such as `{sample}`, found `{name}`"))?;
    match days.intersect(&plan.period) {
        Some(days) => Ok((grain, days)),
        None => Err(format!(
            "`{name}` is not among the days of the plan, {} to {}",
            plan.period.first, plan.period.last
        )),
    }
}
