//! Exact numbers: ratios of big integers, and whole steps of a metric.
//!
//! Decimals live at the edges only. A quotient of decimals is rounded at some digit, and a ceiling of a
//! rounded quotient is wrong now and then; a ratio of integers never is.

use dashu_base::{DivRem, Gcd, Signed, UnsignedAbs};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use rust_decimal::Decimal;

/// An exact ratio.
pub type Exact = RBig;

/// Whether a number is more than nothing; to `dashu`'s `is_positive`, 0 is positive.
pub trait AboveZero {
    /// Whether it is above 0.
    fn is_above_zero(&self) -> bool;
}

impl AboveZero for IBig {
    fn is_above_zero(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }
}

impl AboveZero for Exact {
    fn is_above_zero(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }
}

/// `decimal` as a ratio.
#[must_use]
pub fn exact(decimal: Decimal) -> Exact {
    let denominator = UBig::from(10_u32).pow(decimal.scale() as usize);
    Exact::from_parts(IBig::from(decimal.mantissa()), denominator)
}

/// A whole number as a ratio.
#[must_use]
pub fn whole(number: i64) -> Exact {
    Exact::from(number)
}

/// `numerator / denominator`; the denominator must not be 0.
#[must_use]
pub fn ratio(numerator: i64, denominator: i64) -> Exact {
    Exact::from_parts_signed(IBig::from(numerator), IBig::from(denominator))
}

/// `percent` hundredths.
#[must_use]
pub fn percent(percent: Decimal) -> Exact {
    exact(percent) / whole(100)
}

/// The smallest amount a metric is planned in, and how many decimals its amounts are written with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The step itself, above 0.
    pub size: Exact,
    /// Decimals an amount in whole steps needs.
    pub decimals: u32,
    /// The step in units of its last decimal.
    units: IBig,
}

impl Step {
    /// The step of `size`, which must be above 0.
    #[must_use]
    pub fn new(size: Decimal) -> Self {
        let size = size.normalize();
        Self { size: exact(size), decimals: size.scale(), units: IBig::from(size.mantissa()) }
    }

    /// Whether an amount is its number of steps.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.size.is_one()
    }

    /// How many steps it takes to hold `amount`.
    #[must_use]
    pub fn ceil(&self, amount: &Exact) -> IBig {
        ceil(&(amount / &self.size))
    }

    /// How many whole steps `amount` holds.
    #[must_use]
    pub fn floor(&self, amount: &Exact) -> IBig {
        (amount / &self.size).floor()
    }

    /// What `steps` steps amount to.
    #[must_use]
    pub fn amount(&self, steps: &IBig) -> Exact {
        &self.size * Exact::from(steps.clone())
    }

    /// Whether `amount` is a whole number of steps.
    #[must_use]
    pub fn divides(&self, amount: &Exact) -> bool {
        (amount / &self.size).is_int()
    }

    /// `amount` with the step's decimals, with those it has where that are more, up to twelve.
    #[must_use]
    pub fn written(&self, amount: &Exact) -> String {
        // What was written may be finer than a step.
        if self.divides(amount) { digits(amount, self.decimals) } else { short_digits(amount, 12) }
    }

    /// `steps` steps in digits, with the step's decimals and no separators.
    #[must_use]
    pub fn digits(&self, steps: &IBig) -> String {
        point(&(steps * &self.units), self.decimals)
    }
}

/// The smallest integer not below `number`.
#[must_use]
pub fn ceil(number: &Exact) -> IBig {
    number.ceil()
}

/// The smallest integer not below `numerator / denominator`; the denominator must be above 0.
#[must_use]
pub fn div_ceil(numerator: &IBig, denominator: &IBig) -> IBig {
    let quotient = numerator / denominator;
    // Division cuts towards zero, which is up for what is negative.
    if numerator.is_above_zero() && &quotient * denominator < *numerator {
        quotient + IBig::ONE
    } else {
        quotient
    }
}

/// `ratios` as whole numbers in the same ratio to each other.
#[must_use]
pub fn in_whole_numbers<'a>(ratios: impl IntoIterator<Item = &'a Exact> + Clone) -> Vec<IBig> {
    let mut common = UBig::ONE;
    for ratio in ratios.clone() {
        common = lcm(common, ratio.denominator());
    }
    ratios.into_iter().map(|ratio| ratio.numerator() * (&common / ratio.denominator())).collect()
}

/// The least common multiple of two numbers above 0.
#[must_use]
pub fn lcm(a: UBig, b: &UBig) -> UBig {
    if b.is_one() || a == *b {
        return a;
    }
    let divisor = (&a).gcd(b);
    a / divisor * b
}

/// `number` with exactly `decimals` decimals, rounded half away from zero.
#[must_use]
pub fn digits(number: &Exact, decimals: u32) -> String {
    let scale = UBig::from(10_u32).pow(decimals as usize);
    point(&(number * Exact::from(scale)).round(), decimals)
}

/// A whole number of units of the last of `decimals` decimals.
fn point(scaled: &IBig, decimals: u32) -> String {
    if decimals == 0 {
        return scaled.to_string();
    }
    let scale = UBig::from(10_u32).pow(decimals as usize);
    let sign = if scaled.is_negative() { "-" } else { "" };
    let (integer, fraction) = scaled.unsigned_abs().div_rem(&scale);
    format!("{sign}{integer}.{fraction:0>width$}", width = decimals as usize)
}

/// `number` with as few decimals as show it, at most `most`, rounded half away from zero.
#[must_use]
pub fn short_digits(number: &Exact, most: u32) -> String {
    let text = digits(number, most);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// `short_digits` with `,` between thousands, for people to read.
#[must_use]
pub fn readable(number: &Exact, most: u32) -> String {
    separated(&short_digits(number, most))
}

/// A number in digits with `,` between thousands.
#[must_use]
pub fn separated(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (integer, fraction) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
    let mut grouped = String::new();
    for (index, digit) in integer.chars().enumerate() {
        if index > 0 && (integer.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

/// The nearest `f64`, for things that need no exactness.
#[must_use]
pub fn approximate(number: &Exact) -> f64 {
    number.to_f64().value()
}

/// The sum of all.
#[must_use]
pub fn sum<'a>(numbers: impl IntoIterator<Item = &'a Exact>) -> Exact {
    numbers.into_iter().fold(Exact::ZERO, |sum, number| sum + number)
}
