//! What each day of a stage weighs.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use dashu_base::{Gcd, UnsignedAbs};
use dashu_int::IBig;

use crate::calendar::Calendar;
use crate::dates::DateSpan;
use crate::exact::{AboveZero, Exact, in_whole_numbers, whole};
use crate::expand::almanac::Almanac;
use crate::expand::chain::later;
use crate::expand::presence::Presence;
use crate::expand::season::{Season, SeasonOfDay, weekday_weight};
use crate::plan::{Lag, Metric, MetricId, Plan, SpreadBy};

/// Whole numbers in a fixed ratio, as small as they get.
#[derive(Clone, PartialEq, Debug)]
enum Numbers {
    /// All of them 1.
    Ones,
    /// Nearly always.
    Small(Vec<i128>),
    /// Where a season of several years has no smaller common denominator.
    Big(Vec<IBig>),
}

impl Numbers {
    fn of(ratios: &[Exact]) -> Self {
        Self::of_whole(in_whole_numbers(ratios))
    }

    fn of_whole(scaled: Vec<IBig>) -> Self {
        let divisor =
            scaled.iter().filter(|number| !number.is_zero()).fold(None, |divisor, number| match divisor {
                None => Some(number.unsigned_abs()),
                Some(divisor) => Some(divisor.gcd(number)),
            });
        let Some(divisor) = divisor else {
            return Self::Small(vec![0; scaled.len()]);
        };
        let scaled: Vec<IBig> = scaled.into_iter().map(|number| number / &divisor).collect();
        let small: Option<Vec<i128>> = scaled.iter().map(|number| i128::try_from(number).ok()).collect();
        match small {
            Some(small) if small.iter().all(|number| *number == 1) => Self::Ones,
            Some(small) => Self::Small(small),
            None => Self::Big(scaled),
        }
    }

    /// The products of one number of each list for each of `count` days; `at` tells which.
    fn product(lists: [&Self; 3], count: usize, at: impl Fn(usize) -> [usize; 3]) -> Self {
        if lists.iter().all(|list| **list == Self::Ones) {
            return Self::Ones;
        }
        let small = |day: usize| {
            let mut product = 1_i128;
            for (list, index) in lists.iter().zip(at(day)) {
                product = product.checked_mul(list.small(index)?)?;
            }
            Some(product)
        };
        let big = |day: usize| lists.iter().zip(at(day)).map(|(list, index)| list.big(index)).product();
        match (0..count).map(small).collect() {
            Some(numbers) => Self::Small(numbers),
            None => Self::Big((0..count).map(big).collect()),
        }
    }

    fn small(&self, index: usize) -> Option<i128> {
        match self {
            Self::Ones => Some(1),
            Self::Small(numbers) => Some(numbers.get(index).copied().unwrap_or(0)),
            Self::Big(numbers) => numbers.get(index).and_then(|number| i128::try_from(number).ok()),
        }
    }

    fn big(&self, index: usize) -> IBig {
        match self {
            Self::Ones => IBig::ONE,
            Self::Small(numbers) => IBig::from(numbers.get(index).copied().unwrap_or(0)),
            Self::Big(numbers) => numbers.get(index).cloned().unwrap_or_default(),
        }
    }
}

/// What days weigh, whoever works them, but for checkpoints.
#[derive(PartialEq, Debug)]
pub struct DayWeights {
    /// The days.
    window: DateSpan,
    /// front × weekday × S
    seasonal: Numbers,
    /// front × weekday, for whom the season leaves nothing
    plain: Option<Numbers>,
}

/// What the days of a stage's window weigh, whoever works them.
#[derive(PartialEq, Debug)]
pub struct StageDays {
    days: Arc<DayWeights>,
    /// Which piece between checkpoints each day serves; empty without checkpoints.
    piece: Vec<u16>,
    /// Each piece's part of the target.
    parts: Vec<Exact>,
}

/// What the days of a stage are weighed by.
pub struct Recipe<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What is counted.
    pub metric: MetricId,
    /// How much earlier than the outcome.
    pub lags: &'a [Lag],
    /// How the season is written.
    pub spread: Option<&'a SpreadBy>,
    /// 0.2 for 20 % front-loaded.
    pub front: &'a Exact,
    /// The last day of each piece but the last, and the part of the target reached by then.
    pub checkpoints: &'a [(NaiveDate, Exact)],
    /// The last day of the outcome. A workday before a Sunday is the Friday, though what comes of it falls on
    /// Monday: it belongs to the piece that the Sunday ends.
    pub until: NaiveDate,
}

impl DayWeights {
    /// Weighs the days of `window`.
    #[must_use]
    pub fn new(recipe: &Recipe<'_>, window: DateSpan) -> Self {
        let plan = recipe.plan;
        let metric = &plan[recipe.metric];
        let calendar = &plan[plan.calendar];
        let dates: Vec<NaiveDate> = window.days().collect();

        // Each factor becomes whole numbers by itself, so that no day needs a ratio of its own.
        let front =
            if recipe.front.is_zero() { Numbers::Ones } else { fronts(recipe.front, &dates, calendar) };
        let weekday = weekdays(metric);
        let monday =
            |index: usize| dates.get(index).map_or(0, |date| date.weekday().num_days_from_monday() as usize);
        let plain =
            || Numbers::product([&front, &weekday, &Numbers::Ones], dates.len(), |day| [day, monday(day), 0]);
        let season = Season::of(plan, recipe.spread);
        let (seasonal, plain) = if season.is_even() {
            (plain(), None)
        } else {
            let outcomes = dates.iter().map(|date| later(*date, recipe.lags, calendar));
            let (season, part) = SeasonOfDay::new(&season, metric, calendar).parts(outcomes);
            let season = Numbers::of(&season);
            let at = |day: usize| [day, monday(day), part.get(day).copied().unwrap_or(0)];
            (Numbers::product([&front, &weekday, &season], dates.len(), at), Some(plain()))
        };

        Self { window, seasonal, plain }
    }
}

impl StageDays {
    /// Weighs the days of `window`.
    #[must_use]
    pub fn new(almanac: &Almanac, recipe: &Recipe<'_>, window: DateSpan) -> Self {
        let calendar = &recipe.plan[recipe.plan.calendar];
        let (piece, parts) = if recipe.checkpoints.is_empty() {
            (Vec::new(), Vec::new())
        } else {
            let piece_of = |day: NaiveDate| {
                let outcome = later(day, recipe.lags, calendar).min(recipe.until);
                let before = recipe.checkpoints.iter().filter(|(last, _)| *last < outcome).count();
                u16::try_from(before).unwrap_or(u16::MAX)
            };
            let piece = window.days().map(piece_of).collect();
            let mut before = whole(0);
            let mut parts: Vec<Exact> = Vec::new();
            for (_, reached) in recipe.checkpoints {
                parts.push(reached - &before);
                before = reached.clone();
            }
            parts.push(whole(1) - before);
            (piece, parts)
        };
        Self { days: almanac.weights(recipe, window), piece, parts }
    }

    /// Days that all weigh the same.
    #[must_use]
    pub fn even(window: DateSpan) -> Self {
        let days = Arc::new(DayWeights { window, seasonal: Numbers::Ones, plain: None });
        Self { days, piece: Vec::new(), parts: Vec::new() }
    }

    fn index(&self, date: NaiveDate) -> Option<usize> {
        let window = self.days.window;
        window.contains(date).then(|| usize::try_from((date - window.first).num_days()).ok())?
    }
}

/// From 1 + F on the first to 1 − F on the last of the window's working days, linear in their index. A day
/// that only somebody's own calendar works has the place of the next working day.
fn fronts(front: &Exact, dates: &[NaiveDate], calendar: &Calendar) -> Numbers {
    let count = dates.iter().filter(|date| calendar.works(**date)).count();
    if count <= 1 {
        return Numbers::Ones;
    }
    // 1 + p/q − 2·(p/q)·i/(n − 1), times q·(n − 1)
    let last = count - 1;
    let first = (front.denominator() + front.numerator()) * last;
    let slope = front.numerator() * 2;
    let mut index = 0;
    let mut fronts = Vec::with_capacity(dates.len());
    for date in dates {
        fronts.push(&first - &slope * index.min(last));
        if calendar.works(*date) {
            index += 1;
        }
    }
    Numbers::of_whole(fronts)
}

/// What the days of the week weigh, from Monday.
fn weekdays(metric: &Metric) -> Numbers {
    if metric.weekdays.is_none() {
        return Numbers::Ones;
    }
    let weights: Vec<Exact> = (0..7).map(|day| weekday_weight(metric, day)).collect();
    Numbers::of(&weights)
}

/// Which factors of a weight are left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    /// All of them, with the pieces between checkpoints.
    Full,
    /// Without season and checkpoints.
    Plain,
    /// Working days only.
    Working,
}

/// What each day weighs for one line.
#[derive(Clone, PartialEq, Debug)]
pub struct LineWeights {
    stage: Arc<StageDays>,
    presence: Arc<Presence>,
    mode: Mode,
    /// Factors of the pieces between checkpoints, whole numbers in ratio.
    pieces: Option<Arc<Numbers>>,
    total: Total,
}

/// All days of a line together; small but for seasons without a small common denominator. A plan holds many.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Total {
    Small(i64),
    Big(Box<IBig>),
}

impl Total {
    fn of(total: IBig) -> Self {
        i64::try_from(&total).map_or_else(|_| Self::Big(Box::new(total)), Self::Small)
    }
}

impl LineWeights {
    /// The weights of somebody's days in a stage; `None` if they have no working day in its window.
    ///
    /// Pieces between checkpoints are scaled so that each weighs its part of the target; pieces in which they
    /// have no weight fall away. If nothing is left, season and checkpoints are dropped, then all but
    /// working days.
    #[must_use]
    pub fn new(stage: &Arc<StageDays>, presence: &Arc<Presence>) -> Option<Self> {
        let mut weights = Self::empty(stage, presence, Mode::Full);
        if !presence.works_in(stage.days.window) {
            return None;
        }
        let pieces = weights.piece_sums();
        if !stage.parts.is_empty() {
            weights.pieces = Some(Arc::new(weights.piece_factors(&pieces)));
        }
        let factor = |piece| weights.pieces.as_ref().map_or(IBig::ONE, |factors| factors.big(piece));
        let full = pieces.iter().enumerate().map(|(piece, sum)| sum * factor(piece)).sum();
        for mode in [Mode::Full, Mode::Plain, Mode::Working] {
            weights.mode = mode;
            let total = if mode == Mode::Full { IBig::clone(&full) } else { weights.sum() };
            if total.is_above_zero() {
                weights.total = Total::of(total);
                return Some(weights);
            }
        }
        None
    }

    fn empty(stage: &Arc<StageDays>, presence: &Arc<Presence>, mode: Mode) -> Self {
        let (stage, presence) = (stage.clone(), presence.clone());
        Self { stage, presence, mode, pieces: None, total: Total::Small(0) }
    }

    /// Somebody's working days in a stage, all alike; `None` if they have none.
    #[must_use]
    pub fn working(stage: &Arc<StageDays>, presence: &Arc<Presence>) -> Option<Self> {
        let mut weights = Self::empty(stage, presence, Mode::Working);
        let total = weights.sum();
        if !total.is_above_zero() {
            return None;
        }
        weights.total = Total::of(total);
        Some(weights)
    }

    /// What the days of each piece weigh together, before its factor; one sum if there are no checkpoints.
    fn piece_sums(&self) -> Vec<IBig> {
        let days = &self.stage.days;
        let mut sums = vec![(0_i128, IBig::ZERO); self.stage.parts.len().max(1)];
        for (index, part) in self.presence.parts(days.window).enumerate() {
            let piece = self.stage.piece.get(index).copied().unwrap_or(0);
            if part == 0 {
                continue;
            }
            if let Some((small, big)) = sums.get_mut(usize::from(piece)) {
                let weight = days.seasonal.small(index).and_then(|weight| weight.checked_mul(part.into()));
                match weight.and_then(|weight| small.checked_add(weight)) {
                    Some(sum) => *small = sum,
                    None => *big += days.seasonal.big(index) * part,
                }
            }
        }
        sums.into_iter().map(|(small, big)| big + small).collect()
    }

    fn piece_factors(&self, sums: &[IBig]) -> Numbers {
        let factor = |(part, sum): (&Exact, &IBig)| {
            if sum.is_zero() { whole(0) } else { part / Exact::from(sum.clone()) }
        };
        let factors: Vec<Exact> = self.stage.parts.iter().zip(sums).map(factor).collect();
        Numbers::of(&factors)
    }

    fn sum(&self) -> IBig {
        let mut small: i128 = 0;
        let mut big = IBig::ZERO;
        for date in self.stage.days.window.days() {
            match self.small(date).and_then(|weight| small.checked_add(weight)) {
                Some(sum) => small = sum,
                None => big += self.big(date),
            }
        }
        big + small
    }

    /// The weight of `date`, if it and its factors are small enough.
    #[must_use]
    pub fn small(&self, date: NaiveDate) -> Option<i128> {
        let part = i128::from(self.presence.part(date));
        if self.mode == Mode::Working {
            return Some(i128::from(self.presence.works(date) && self.stage.days.window.contains(date)));
        }
        if part == 0 {
            return Some(0);
        }
        let Some(index) = self.stage.index(date) else {
            return Some(0);
        };
        if self.mode == Mode::Plain {
            return self
                .stage
                .days
                .plain
                .as_ref()
                .unwrap_or(&self.stage.days.seasonal)
                .small(index)?
                .checked_mul(part);
        }
        let weight = self.stage.days.seasonal.small(index)?.checked_mul(part)?;
        match (&self.pieces, self.stage.piece.get(index)) {
            (Some(factors), Some(piece)) => factors.small(usize::from(*piece))?.checked_mul(weight),
            _ => Some(weight),
        }
    }

    /// The weight of `date`.
    #[must_use]
    pub fn big(&self, date: NaiveDate) -> IBig {
        if let Some(weight) = self.small(date) {
            return IBig::from(weight);
        }
        let part = self.presence.part(date);
        let Some(index) = self.stage.index(date) else {
            return IBig::ZERO;
        };
        if self.mode == Mode::Plain {
            return self.stage.days.plain.as_ref().unwrap_or(&self.stage.days.seasonal).big(index) * part;
        }
        let weight = self.stage.days.seasonal.big(index) * part;
        match (&self.pieces, self.stage.piece.get(index)) {
            (Some(factors), Some(piece)) => factors.big(usize::from(*piece)) * weight,
            _ => weight,
        }
    }

    /// All days together, if that is small.
    #[must_use]
    pub fn small_total(&self) -> Option<i128> {
        match &self.total {
            Total::Small(total) => Some(i128::from(*total)),
            Total::Big(_) => None,
        }
    }

    /// All days together.
    #[must_use]
    pub fn total(&self) -> IBig {
        match &self.total {
            Total::Small(total) => IBig::from(*total),
            Total::Big(total) => (**total).clone(),
        }
    }

    /// The weights of the days after `date`, which weigh nothing as they are: without season and checkpoints, else of
    /// all working days alike; and what they weigh together.
    #[must_use]
    pub fn after(&self, date: NaiveDate) -> Option<(Self, IBig)> {
        for mode in [Mode::Full, Mode::Plain, Mode::Working] {
            let weights = Self { mode, ..self.clone() };
            let days = self.stage.days.window.days().filter(|day| *day > date);
            let all: IBig = days.map(|day| weights.big(day)).sum();
            if all.is_above_zero() {
                return Some((weights, all));
            }
        }
        None
    }

    /// The part of the whole weight that lies on the days up to the end of `date`.
    #[must_use]
    pub fn share_until(&self, date: NaiveDate) -> Exact {
        let done: IBig =
            self.stage.days.window.days().take_while(|day| *day <= date).map(|day| self.big(day)).sum();
        Exact::from_parts_signed(done, self.total())
    }

    /// The days that weigh something, and whether they all weigh the same.
    #[must_use]
    pub fn days(&self) -> (Vec<NaiveDate>, bool) {
        let days: Vec<NaiveDate> =
            self.stage.days.window.days().filter(|day| self.big(*day).is_above_zero()).collect();
        let first = days.first().map(|day| self.big(*day));
        let alike = days.iter().all(|day| Some(self.big(*day)) == first);
        (days, alike)
    }

    /// The days that may weigh something.
    #[must_use]
    pub fn window(&self) -> DateSpan {
        self.stage.days.window
    }
}
