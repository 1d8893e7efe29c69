//! What each day of a stage weighs.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::calendar::Calendar;
use crate::dates::DateSpan;
use crate::exact::{Exact, whole};
use crate::expand::chain::later;
use crate::expand::presence::Presence;
use crate::expand::season::{Season, SeasonOfDay, weekday_weight};
use crate::plan::{Lag, Metric, MetricId, Plan};

/// Whole numbers in a fixed ratio, as small as they get.
#[derive(Clone, PartialEq, Debug)]
enum Numbers {
    /// All of them 1.
    Ones,
    /// Nearly always.
    Small(Vec<i128>),
    /// Where a season of several years has no smaller common denominator.
    Big(Vec<BigInt>),
}

impl Numbers {
    fn of(ratios: &[Exact]) -> Self {
        let mut common = BigInt::one();
        for ratio in ratios {
            common = num_integer::lcm(common, ratio.denom().clone());
        }
        let scaled: Vec<BigInt> =
            ratios.iter().map(|ratio| ratio.numer() * (&common / ratio.denom())).collect();
        Self::of_whole(scaled)
    }

    fn of_whole(scaled: Vec<BigInt>) -> Self {
        let divisor = scaled.iter().fold(BigInt::zero(), |divisor, number| divisor.gcd(number));
        if divisor.is_zero() {
            return Self::Small(vec![0; scaled.len()]);
        }
        let scaled: Vec<BigInt> = scaled.into_iter().map(|number| number / &divisor).collect();
        let small: Option<Vec<i128>> = scaled.iter().map(BigInt::to_i128).collect();
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
            Self::Big(numbers) => numbers.get(index).and_then(BigInt::to_i128),
        }
    }

    fn big(&self, index: usize) -> BigInt {
        match self {
            Self::Ones => BigInt::one(),
            Self::Small(numbers) => BigInt::from(numbers.get(index).copied().unwrap_or(0)),
            Self::Big(numbers) => numbers.get(index).cloned().unwrap_or_default(),
        }
    }
}

/// What the days of a stage's window weigh, whoever works them.
#[derive(PartialEq, Debug)]
pub struct StageDays {
    /// The days.
    pub window: DateSpan,
    /// front × weekday × S
    seasonal: Numbers,
    /// front × weekday, for whom the season leaves nothing
    plain: Option<Numbers>,
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
    /// The season.
    pub season: &'a Season,
    /// 0.2 for 20 % front-loaded.
    pub front: &'a Exact,
    /// The last day of each piece but the last, and the part of the target reached by then.
    pub checkpoints: &'a [(NaiveDate, Exact)],
}

impl StageDays {
    /// Weighs the days of `window`.
    #[must_use]
    pub fn new(recipe: &Recipe<'_>, window: DateSpan) -> Self {
        let plan = recipe.plan;
        let metric = &plan[recipe.metric];
        let calendar = &plan[plan.calendar];
        let dates: Vec<NaiveDate> = window.days().collect();
        let outcome_dates = || dates.iter().map(|date| later(*date, recipe.lags, calendar));

        // Each factor becomes whole numbers by itself, so that no day needs a ratio of its own.
        let front =
            if recipe.front.is_zero() { Numbers::Ones } else { fronts(recipe.front, &dates, calendar) };
        let weekday = weekdays(metric);
        let monday =
            |index: usize| dates.get(index).map_or(0, |date| date.weekday().num_days_from_monday() as usize);
        let plain =
            || Numbers::product([&front, &weekday, &Numbers::Ones], dates.len(), |day| [day, monday(day), 0]);
        let (seasonal, plain) = if recipe.season.is_even() {
            (plain(), None)
        } else {
            let (season, part) = SeasonOfDay::new(recipe.season, metric, calendar).parts(outcome_dates());
            let season = Numbers::of(&season);
            let at = |day: usize| [day, monday(day), part.get(day).copied().unwrap_or(0)];
            (Numbers::product([&front, &weekday, &season], dates.len(), at), Some(plain()))
        };

        let (piece, parts) = if recipe.checkpoints.is_empty() {
            (Vec::new(), Vec::new())
        } else {
            let piece_of =
                |outcome: NaiveDate| recipe.checkpoints.iter().filter(|(last, _)| *last < outcome).count();
            let piece =
                outcome_dates().map(|date| u16::try_from(piece_of(date)).unwrap_or(u16::MAX)).collect();
            let mut before = whole(0);
            let mut parts: Vec<Exact> = Vec::new();
            for (_, reached) in recipe.checkpoints {
                parts.push(reached - &before);
                before = reached.clone();
            }
            parts.push(whole(1) - before);
            (piece, parts)
        };
        Self { window, seasonal, plain, piece, parts }
    }

    /// Days that all weigh the same.
    #[must_use]
    pub const fn even(window: DateSpan) -> Self {
        Self { window, seasonal: Numbers::Ones, plain: None, piece: Vec::new(), parts: Vec::new() }
    }

    fn index(&self, date: NaiveDate) -> Option<usize> {
        self.window.contains(date).then(|| usize::try_from((date - self.window.first).num_days()).ok())?
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
    let first = (front.denom() + front.numer()) * last;
    let slope = front.numer() * 2;
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
#[derive(Clone, Debug)]
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
    Big(Box<BigInt>),
}

impl Total {
    fn of(total: BigInt) -> Self {
        total.to_i64().map_or_else(|| Self::Big(Box::new(total)), Self::Small)
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
        if !stage.window.days().any(|date| presence.works(date)) {
            return None;
        }
        if !stage.parts.is_empty() {
            weights.pieces = Some(Arc::new(weights.piece_factors()));
        }
        for mode in [Mode::Full, Mode::Plain, Mode::Working] {
            weights.mode = mode;
            let total = weights.sum();
            if total.is_positive() {
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
        if !total.is_positive() {
            return None;
        }
        weights.total = Total::of(total);
        Some(weights)
    }

    fn piece_factors(&self) -> Numbers {
        let mut sums = vec![(0_i128, BigInt::zero()); self.stage.parts.len()];
        for (date, piece) in self.stage.window.days().zip(&self.stage.piece) {
            // The pieces' factors are not there yet: this is the weight without them.
            let weight = self.small(date);
            if let Some((small, big)) = sums.get_mut(usize::from(*piece)) {
                match weight.and_then(|weight| small.checked_add(weight)) {
                    Some(sum) => *small = sum,
                    None => *big += self.big(date),
                }
            }
        }
        let sums = sums.into_iter().map(|(small, big)| big + small);
        let factors: Vec<Exact> = self
            .stage
            .parts
            .iter()
            .zip(sums)
            .map(|(part, sum)| if sum.is_zero() { whole(0) } else { part / Exact::from_integer(sum) })
            .collect();
        Numbers::of(&factors)
    }

    fn sum(&self) -> BigInt {
        let mut small: i128 = 0;
        let mut big = BigInt::zero();
        for date in self.stage.window.days() {
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
            return Some(i128::from(self.presence.works(date) && self.stage.window.contains(date)));
        }
        if part == 0 {
            return Some(0);
        }
        let Some(index) = self.stage.index(date) else {
            return Some(0);
        };
        if self.mode == Mode::Plain {
            return self.stage.plain.as_ref().unwrap_or(&self.stage.seasonal).small(index)?.checked_mul(part);
        }
        let weight = self.stage.seasonal.small(index)?.checked_mul(part)?;
        match (&self.pieces, self.stage.piece.get(index)) {
            (Some(factors), Some(piece)) => factors.small(usize::from(*piece))?.checked_mul(weight),
            _ => Some(weight),
        }
    }

    /// The weight of `date`.
    #[must_use]
    pub fn big(&self, date: NaiveDate) -> BigInt {
        if let Some(weight) = self.small(date) {
            return BigInt::from(weight);
        }
        let part = self.presence.part(date);
        let Some(index) = self.stage.index(date) else {
            return BigInt::zero();
        };
        if self.mode == Mode::Plain {
            return self.stage.plain.as_ref().unwrap_or(&self.stage.seasonal).big(index) * part;
        }
        let weight = self.stage.seasonal.big(index) * part;
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
    pub fn total(&self) -> BigInt {
        match &self.total {
            Total::Small(total) => BigInt::from(*total),
            Total::Big(total) => (**total).clone(),
        }
    }

    /// The part of the whole weight that lies on the days up to the end of `date`.
    #[must_use]
    pub fn share_until(&self, date: NaiveDate) -> Exact {
        let done: BigInt =
            self.stage.window.days().take_while(|day| *day <= date).map(|day| self.big(day)).sum();
        Exact::new(done, self.total())
    }

    /// The days that weigh something, and whether they all weigh the same.
    #[must_use]
    pub fn days(&self) -> (Vec<NaiveDate>, bool) {
        let days: Vec<NaiveDate> =
            self.stage.window.days().filter(|day| self.big(*day).is_positive()).collect();
        let first = days.first().map(|day| self.big(*day));
        let alike = days.iter().all(|day| Some(self.big(*day)) == first);
        (days, alike)
    }

    /// The days that may weigh something.
    #[must_use]
    pub fn window(&self) -> DateSpan {
        self.stage.window
    }
}
