//! The dated plan: who does how much of what, when, and why.

use chrono::NaiveDate;

use milepost_grammar::ast::Grain;

use crate::dates::period_of;
use crate::exact::Step;
use crate::expand::{Course, Cursor, KeyResultPlan, Line};
use crate::plan::{KeyResultId, MetricId, PersonId, Plan, TeamId};
use crate::sources::Place;

/// What a dated amount is part of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// To be won.
    New,
    /// Covered by existing accounts.
    Existing,
    /// Placed on the days of an action.
    Action,
}

impl Kind {
    /// As the column `kind` has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Existing => "existing",
            Self::Action => "action",
        }
    }
}

/// One row of the dated plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DatedAmount<'a> {
    /// First day.
    pub start: NaiveDate,
    /// Last day, the first one for a day.
    pub end: NaiveDate,
    /// How long the period is that the row is of; a cut one keeps its name.
    pub grain: Grain,
    /// Who, unless a team holds the amount.
    pub person: Option<PersonId>,
    /// The person's team, or the team that holds the amount.
    pub team: Option<TeamId>,
    /// For which goal.
    pub key_result: KeyResultId,
    /// Which part of a split, `industry=cold-chain`; else empty.
    pub part: &'a str,
    /// Of what.
    pub metric: MetricId,
    /// As part of what.
    pub kind: Kind,
    /// How much, in steps (see [`DatedAmount::step`]).
    pub amount: i128,
    /// The running total with it, in steps; for a level, the level itself.
    pub to_date: i128,
    /// What the running total comes to in the end, in steps; for a level, the last one.
    pub total: i128,
    /// What the amounts are counted in, where that is not the metric's step.
    pub unit: Option<&'a Step>,
    /// The statement that set it.
    pub source: Place,
}

impl<'a> DatedAmount<'a> {
    /// What the amounts are counted in.
    #[must_use]
    pub fn step<'s>(&self, plan: &'s Plan) -> &'s Step
    where
        'a: 's,
    {
        self.unit.unwrap_or(&plan[self.metric].step)
    }
}

/// The dated plan. Rows are made one by one as they are asked for; there may be millions.
#[derive(Clone, Debug)]
pub struct DatedPlan {
    /// What each key result comes to, in declaration order; without those that measure nothing.
    pub key_results: Vec<KeyResultPlan>,
    /// The day after which the rest was planned anew, if it was.
    pub replanned: Option<NaiveDate>,
}

/// Which rows are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RowOptions {
    /// Periods of at least this length; metrics planned in longer ones keep those.
    pub by: Option<Grain>,
    /// Nobody else's.
    pub person: Option<PersonId>,
}

impl DatedPlan {
    /// The rows, by start, person (those of teams first), key result, metric and kind, in declaration order.
    #[must_use]
    pub fn rows<'a>(&'a self, plan: &Plan, options: &RowOptions) -> Rows<'a> {
        rows(&self.key_results, plan, options)
    }
}

/// The rows of some key results, ordered as [`DatedPlan::rows`] orders them.
#[must_use]
pub fn rows<'a>(key_results: &'a [KeyResultPlan], plan: &Plan, options: &RowOptions) -> Rows<'a> {
    let mut tracks = Vec::new();
    for key_result in key_results {
        let mut add = |line: &'a Line, what: Subject<'a>| {
            if options.person.is_none_or(|person| line.person == Some(person)) {
                tracks.push(Track::new(plan, options, line, what));
            }
        };
        let goal = key_result.key_result;
        for (order, chain) in (1..).zip(&key_result.chains) {
            for stage in &chain.stages {
                let metric = stage.link.metric;
                for line in &stage.lines {
                    add(line, Subject { goal, metric, order, part: &chain.part, kind: Kind::New });
                }
            }
        }
        for read in &key_result.read {
            let chain = read.chain.and_then(|index| Some((index, key_result.chains.get(index)?)));
            let (order, part) = chain.map_or((0, ""), |(index, chain)| (index + 1, chain.part.as_str()));
            add(&read.line, Subject { goal, metric: read.metric, order, part, kind: Kind::New });
        }
        if let Some(stage) = key_result.stages().next() {
            for line in &key_result.existing {
                let metric = stage.link.metric;
                add(line, Subject { goal, metric, order: 0, part: "", kind: Kind::Existing });
            }
        }
    }
    tracks.sort_by_key(|track| {
        let line = track.line;
        let Subject { goal, metric, order, kind, .. } = track.what;
        (line.person, goal, metric, line.team, kind, order)
    });
    let date = tracks.iter().map(|track| track.next).min().unwrap_or(plan.period.first);
    Rows { tracks, date, at: 0, last: plan.period.last, fiscal_start: plan.fiscal_start }
}

/// The rows of one line, by date.
pub fn line_rows<'a>(
    plan: &Plan,
    options: &RowOptions,
    line: &'a Line,
    what: Subject<'a>,
) -> impl Iterator<Item = DatedAmount<'a>> + use<'a> {
    let mut track = Track::new(plan, options, line, what);
    let fiscal_start = plan.fiscal_start;
    std::iter::from_fn(move || {
        while track.next <= track.last {
            let (start, before) = (track.next, track.next);
            let row = track.row(start, fiscal_start);
            if row.is_some() {
                return row;
            }
            // The calendar's last day has no day after it.
            if track.next == before {
                return None;
            }
        }
        None
    })
}

/// What a line's rows are about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// For which goal.
    pub goal: KeyResultId,
    /// Of what.
    pub metric: MetricId,
    /// The part's place in its split, from 1; 0 for what no part holds.
    pub order: usize,
    /// Which part of a split, `industry=cold-chain`; else empty.
    pub part: &'a str,
    /// As part of what.
    pub kind: Kind,
}

/// One line on its way through the days.
#[derive(Debug)]
struct Track<'a> {
    line: &'a Line,
    what: Subject<'a>,
    grain: Grain,
    cursor: Cursor<'a>,
    /// Where the next row starts.
    next: NaiveDate,
    last: NaiveDate,
    /// The running total so far.
    done: i128,
    /// The running total in the end.
    total: i128,
}

impl<'a> Track<'a> {
    fn new(plan: &Plan, options: &RowOptions, line: &'a Line, what: Subject<'a>) -> Self {
        let window = line.course.window();
        let own = plan[what.metric].grain;
        let grain = options.by.map_or(own, |by| by.max(own));
        let cursor = Cursor::new(&line.course, line.phase, window.first);
        let (next, last) = (window.first, window.last);
        Self { line, what, grain, cursor, next, last, done: 0, total: line.course.steps() }
    }

    /// The row that starts on `start`, if there is something in it.
    fn row(&mut self, start: NaiveDate, fiscal_start: u32) -> Option<DatedAmount<'a>> {
        let end = match self.grain {
            Grain::Day => start,
            grain => period_of(start, grain, fiscal_start).last.min(self.last),
        };
        self.next = end.succ_opt().unwrap_or(end);
        let total = self.cursor.advance(end);
        let amount = match &self.line.course {
            Course::Level(levels) if self.grain == Grain::Day && !levels.works(start) => 0,
            Course::Level(_) => total,
            _ => total - self.done,
        };
        self.done = total;
        (amount != 0).then_some(DatedAmount {
            start,
            end,
            grain: self.grain,
            person: self.line.person,
            team: self.line.team,
            key_result: self.what.goal,
            part: self.what.part,
            metric: self.what.metric,
            kind: self.what.kind,
            amount,
            to_date: total,
            total: self.total,
            unit: self.line.unit.as_ref().map(|unit| &unit.step),
            source: self.line.source,
        })
    }
}

/// The rows of a dated plan.
#[derive(Debug)]
pub struct Rows<'a> {
    tracks: Vec<Track<'a>>,
    date: NaiveDate,
    /// The next track to be asked for `date`.
    at: usize,
    last: NaiveDate,
    fiscal_start: u32,
}

impl<'a> Iterator for Rows<'a> {
    type Item = DatedAmount<'a>;

    fn next(&mut self) -> Option<DatedAmount<'a>> {
        while self.date <= self.last {
            while let Some(track) = self.tracks.get_mut(self.at) {
                self.at += 1;
                if track.next != self.date || self.date > track.last {
                    continue;
                }
                if let Some(row) = track.row(self.date, self.fiscal_start) {
                    return Some(row);
                }
            }
            self.at = 0;
            self.date = self.date.succ_opt()?;
        }
        None
    }
}
