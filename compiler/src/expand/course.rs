//! How an amount runs over the days: running totals, rounded once.

use chrono::NaiveDate;
use dashu_base::Signed;
use dashu_int::IBig;

use crate::dates::DateSpan;
use crate::exact::{Exact, ceil, div_ceil, ratio};
use crate::expand::level::{LevelDay, Levels};
use crate::expand::weights::LineWeights;

/// The k-th (from 0) of the m people of a share. Rounding up is put off by k/m of a step, so that people with
/// equal parts follow their team's line together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Phase {
    /// k
    pub index: u32,
    /// m, at least 1
    pub count: u32,
}

impl Phase {
    /// One owner: never behind their line.
    pub const ALONE: Self = Self { index: 0, count: 1 };
}

/// What running totals are made of.
#[derive(Clone, PartialEq, Debug)]
pub enum Course {
    /// Whole steps by the weights of days.
    Flow {
        /// The steps in all.
        steps: i128,
        /// The days.
        weights: LineWeights,
    },
    /// Several exact amounts, each by weights of its own, rounded together.
    Sum {
        /// The days that coarse rows are cut at.
        window: DateSpan,
        /// Amounts in steps, each above 0.
        flows: Vec<(Exact, LineWeights)>,
    },
    /// A level, which does not add up.
    Level(Levels),
    /// What happened up to a day, and the rest as planned anew.
    Anew(Box<Replanned>),
}

/// An exact line.
#[derive(Clone, Debug)]
pub struct ExactLine<'a> {
    /// Where it stands, in steps.
    pub at: Exact,
    /// What it is made of: amounts in steps, each by weights of its own.
    pub flows: Vec<(Exact, &'a LineWeights)>,
}

/// A course of which the first days have happened.
#[derive(Clone, PartialEq, Debug)]
pub struct Replanned {
    /// The days that coarse rows are cut at.
    pub window: DateSpan,
    /// The last day that has happened.
    pub as_of: NaiveDate,
    /// Running totals at the end of the days on which something happened, in units of the line.
    pub past: Vec<(NaiveDate, i128)>,
    /// How it goes on, if something is left.
    pub rest: Option<Rest>,
}

/// The rest of a course: after the day, the running total is
/// max(ceil(base + Σ cᵢ·(Aᵢ − Aᵢ at the day)) steps, reached) − apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Rest {
    /// Where the exact line goes on from, less its phase; in steps.
    pub base: Exact,
    /// What a unit of weight brings, in steps, and the weights.
    pub flows: Vec<(Exact, LineWeights)>,
    /// How many units of the line make a step.
    pub per_step: i128,
    /// What counts as reached by the day; in units.
    pub reached: i128,
    /// What of that stands in other rows than those of this line; in units.
    pub apart: i128,
    /// The running total in the end, in units.
    pub end: i128,
}

impl Replanned {
    /// The running total at the end of the day.
    #[must_use]
    pub fn past_total(&self) -> i128 {
        self.past.last().map_or(0, |(_, total)| *total)
    }
}

impl Course {
    /// All steps together, or the last level.
    #[must_use]
    pub fn steps(&self) -> i128 {
        match self {
            Self::Flow { steps, .. } => *steps,
            Self::Sum { flows, .. } => {
                let total = crate::exact::sum(flows.iter().map(|(amount, _)| amount));
                i128::try_from(ceil(&total)).unwrap_or(i128::MAX)
            }
            Self::Level(levels) => levels.days.last().map_or(levels.before, |day| day.level),
            Self::Anew(anew) => anew.rest.as_ref().map_or_else(|| anew.past_total(), |rest| rest.end),
        }
    }

    /// The days that coarse rows are cut at; nothing is planned outside them.
    #[must_use]
    pub fn window(&self) -> DateSpan {
        match self {
            Self::Flow { weights, .. } => weights.window(),
            Self::Sum { window, .. } => *window,
            Self::Level(levels) => levels.window,
            Self::Anew(anew) => anew.window,
        }
    }

    /// Both courses as one, rounded together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let (a, b) = (self.window(), other.window());
        let window = DateSpan { first: a.first.min(b.first), last: a.last.max(b.last) };
        let mut flows = self.into_flows();
        flows.extend(other.into_flows());
        Self::Sum { window, flows }
    }

    /// The exact line, and where it stands at the end of `date`; of a level there is none.
    #[must_use]
    pub fn exact_at(&self, date: NaiveDate) -> Option<ExactLine<'_>> {
        let flows: Vec<(Exact, &LineWeights)> = match self {
            Self::Flow { steps, weights } => vec![(Exact::from(IBig::from(*steps)), weights)],
            Self::Sum { flows, .. } => {
                flows.iter().map(|(amount, weights)| (amount.clone(), weights)).collect()
            }
            Self::Level(_) | Self::Anew(_) => return None,
        };
        let at =
            flows.iter().fold(Exact::ZERO, |at, (amount, weights)| at + amount * weights.share_until(date));
        Some(ExactLine { at, flows })
    }

    fn into_flows(self) -> Vec<(Exact, LineWeights)> {
        match self {
            Self::Flow { steps, weights } => {
                vec![(Exact::from(IBig::from(steps)), weights)]
            }
            Self::Sum { flows, .. } => flows,
            Self::Level(_) | Self::Anew(_) => Vec::new(),
        }
    }
}

/// Walks a course from day to day.
#[derive(Debug)]
pub struct Cursor<'a> {
    phase: Phase,
    /// The first day not yet counted.
    next: NaiveDate,
    walk: Walk<'a>,
}

#[derive(Debug)]
enum Walk<'a> {
    /// m·T·A − k·W and m·W fit into 128 bits.
    Small {
        steps: i128,
        weights: &'a LineWeights,
        done: i128,
        total: i128,
    },
    Big {
        steps: IBig,
        weights: &'a LineWeights,
        done: IBig,
    },
    Sum(Vec<(&'a Exact, &'a LineWeights, IBig)>),
    Level {
        levels: &'a [LevelDay],
        at: usize,
        level: i128,
    },
    Anew {
        course: &'a Replanned,
        at: usize,
        total: i128,
        done: Vec<IBig>,
    },
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of `course`.
    #[must_use]
    pub fn new(course: &'a Course, phase: Phase, start: NaiveDate) -> Self {
        let walk = match course {
            Course::Flow { steps, weights } => {
                let fits = |total: i128| {
                    let room = i128::MAX / 2;
                    total
                        .checked_mul(i128::from(phase.count))?
                        .checked_mul((*steps).max(1))
                        .filter(|most| *most < room)
                };
                match weights.small_total().filter(|total| fits(*total).is_some()) {
                    Some(total) => Walk::Small { steps: *steps, weights, done: 0, total },
                    None => Walk::Big { steps: IBig::from(*steps), weights, done: IBig::ZERO },
                }
            }
            Course::Sum { flows, .. } => {
                Walk::Sum(flows.iter().map(|(amount, weights)| (amount, weights, IBig::ZERO)).collect())
            }
            Course::Level(levels) => Walk::Level { levels: &levels.days, at: 0, level: levels.before },
            Course::Anew(course) => {
                let flows = course.rest.as_ref().map_or(0, |rest| rest.flows.len());
                Walk::Anew { course, at: 0, total: 0, done: vec![IBig::ZERO; flows] }
            }
        };
        Self { phase, next: start, walk }
    }

    /// The running total at the end of `date`, in steps. Dates must not fall from call to call.
    pub fn advance(&mut self, date: NaiveDate) -> i128 {
        while self.next <= date {
            let day = self.next;
            match &mut self.walk {
                Walk::Small { weights, done, .. } => *done += weights.small(day).unwrap_or(0),
                Walk::Big { weights, done, .. } => *done += weights.big(day),
                Walk::Sum(flows) => {
                    for (_, weights, done) in flows {
                        *done += weights.big(day);
                    }
                }
                Walk::Level { .. } => {
                    self.next = date;
                }
                Walk::Anew { course, done, .. } => {
                    if let Some(rest) = course.rest.as_ref().filter(|_| day > course.as_of) {
                        for ((_, weights), done) in rest.flows.iter().zip(done) {
                            *done += weights.big(day);
                        }
                    }
                }
            }
            match self.next.succ_opt() {
                Some(next) => self.next = next,
                None => break,
            }
        }
        self.total(date)
    }

    /// ceil(T·A/W − k/m), with one division.
    fn total(&mut self, date: NaiveDate) -> i128 {
        let Phase { index, count } = self.phase;
        match &mut self.walk {
            Walk::Small { steps, done, total, .. } => {
                let numerator = i128::from(count) * *steps * *done - i128::from(index) * *total;
                if numerator <= 0 {
                    return 0;
                }
                let denominator = i128::from(count) * *total;
                match (u64::try_from(numerator), u64::try_from(denominator)) {
                    (Ok(numerator), Ok(denominator)) => i128::from(numerator.div_ceil(denominator)),
                    _ => (numerator - 1) / denominator + 1,
                }
            }
            Walk::Big { steps, weights, done } => {
                let total = weights.total();
                let numerator = &*done * &*steps * count - &total * index;
                positive(&div_ceil(&numerator, &(total * count)))
            }
            Walk::Sum(flows) => {
                let mut line = -ratio(index.into(), count.into());
                for (amount, weights, done) in flows {
                    line += &**amount * Exact::from_parts_signed(done.clone(), weights.total());
                }
                positive(&ceil(&line))
            }
            Walk::Level { levels, at, level } => {
                while let Some(day) = levels.get(*at).filter(|day| day.date <= date) {
                    *level = day.level;
                    *at += 1;
                }
                *level
            }
            Walk::Anew { course, at, total, done } => {
                while let Some((_, past)) = course.past.get(*at).filter(|(day, _)| *day <= date) {
                    *total = *past;
                    *at += 1;
                }
                // Until the first day that is left nothing is planned, however far the line is from whole steps.
                let begun = done.iter().any(|done| !done.is_zero());
                let Some(rest) = course.rest.as_ref().filter(|_| begun && date > course.as_of) else {
                    return *total;
                };
                let mut line = rest.base.clone();
                for ((brings, _), done) in rest.flows.iter().zip(done.iter()) {
                    line += brings * Exact::from(done.clone());
                }
                let steps = i128::try_from(ceil(&line)).unwrap_or(i128::MAX);
                let units = steps.saturating_mul(rest.per_step).max(rest.reached).saturating_sub(rest.apart);
                units.min(rest.end)
            }
        }
    }
}

fn positive(steps: &IBig) -> i128 {
    if steps.is_negative() { 0 } else { i128::try_from(steps).unwrap_or(i128::MAX) }
}
