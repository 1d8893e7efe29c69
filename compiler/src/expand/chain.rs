//! The stages of a key result: its outcome, and what its funnel says that takes.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::dates::{self, DateSpan};
use crate::plan::{FunnelId, KeyResult, Lag, MetricId, Plan};

/// One stage of a chain, before amounts.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// What is done.
    pub metric: MetricId,
    /// The stage it serves, and the funnel's line between them; `None` for the outcome.
    pub above: Option<Above>,
    /// How much earlier than the outcome, one lag a line on the way down.
    pub lags: Vec<Lag>,
}

/// Where a stage comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Above {
    /// Its place among the links.
    pub link: usize,
    /// The funnel.
    pub funnel: FunnelId,
    /// The line's place in the funnel.
    pub line: usize,
}

/// More chains than this are no plan that anybody reads; lines that branch and meet again double them.
pub const MOST_LINKS: usize = 1_000;

/// The stages of a key result that measures `metric`, outer before inner, in the order of the funnel's lines.
///
/// # Errors
/// If there are more than [`MOST_LINKS`].
pub fn links(plan: &Plan, key_result: &KeyResult, metric: MetricId) -> Result<Vec<Link>, TooMany> {
    let mut links = vec![Link { metric, above: None, lags: Vec::new() }];
    let Some((funnel, _)) = key_result.through else {
        return Ok(links);
    };
    let mut next = 0;
    while let Some(link) = links.get(next).cloned() {
        for (index, line) in plan[funnel].lines.iter().enumerate() {
            if line.left != link.metric {
                continue;
            }
            if links.len() >= MOST_LINKS {
                return Err(TooMany);
            }
            let mut lags = link.lags.clone();
            lags.push(line.lag);
            let above = Some(Above { link: next, funnel, line: index });
            links.push(Link { metric: line.right, above, lags });
        }
        next += 1;
    }
    Ok(links)
}

/// A funnel branches into too many chains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooMany;

/// `date`, as much later as the lags say: the day of the outcome that work on `date` leads to.
#[must_use]
pub fn later(date: NaiveDate, lags: &[Lag], calendar: &Calendar) -> NaiveDate {
    lags.iter().rev().fold(date, |date, lag| shift(date, *lag, calendar, true))
}

/// `date`, as much earlier as the lags say.
#[must_use]
pub fn earlier(date: NaiveDate, lags: &[Lag], calendar: &Calendar) -> NaiveDate {
    lags.iter().fold(date, |date, lag| shift(date, *lag, calendar, false))
}

fn shift(date: NaiveDate, lag: Lag, calendar: &Calendar, later: bool) -> NaiveDate {
    match lag {
        Lag::Days(days) if later => dates::plus(date, u64::from(days)),
        Lag::Days(days) => dates::minus(date, u64::from(days)),
        Lag::Workdays(count) => {
            let mut date = date;
            for _ in 0..count {
                // A calendar that never works again must not hold this up.
                for _ in 0..400 {
                    date = if later { dates::plus(date, 1) } else { dates::minus(date, 1) };
                    if calendar.works(date) {
                        break;
                    }
                }
            }
            date
        }
    }
}

/// The days a stage is worked in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StageWindow {
    /// [max(plan start, a − lag), b − lag]; `None` if that lies before the plan.
    pub days: Option<DateSpan>,
    /// a − lag, before the plan's start cuts it.
    pub from: NaiveDate,
}

/// The window of a stage with these lags below an outcome in `window`.
#[must_use]
pub fn stage_window(plan: &Plan, calendar: &Calendar, window: DateSpan, lags: &[Lag]) -> StageWindow {
    let from = earlier(window.first, lags, calendar);
    let until = earlier(window.last, lags, calendar);
    StageWindow { days: DateSpan::new(from.max(plan.period.first), until), from }
}
