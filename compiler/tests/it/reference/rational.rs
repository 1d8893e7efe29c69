//! Exact numbers. Nothing in the reference ever rounds except where a sentence
//! of the language says so.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Every amount, weight, share and rate.
pub(crate) type Q = BigRational;

pub(crate) fn whole(n: i64) -> Q {
    Q::from_integer(BigInt::from(n))
}

pub(crate) fn ratio(n: i64, d: i64) -> Q {
    Q::new(BigInt::from(n), BigInt::from(d))
}

/// A percentage as a fraction of one.
pub(crate) fn percent(p: &Q) -> Q {
    p / whole(100)
}

/// The smallest multiple of `step` that is not below `x`.
pub(crate) fn ceil_to(x: &Q, step: &Q) -> Q {
    (x / step).ceil() * step
}

/// The largest multiple of `step` that is not above `x`.
pub(crate) fn floor_to(x: &Q, step: &Q) -> Q {
    (x / step).floor() * step
}

/// How many decimals it takes to write `x` in full, if a decimal can.
pub(crate) fn decimals(x: &Q) -> Option<usize> {
    let mut scaled = x.clone();
    for places in 0..=12 {
        if scaled.is_integer() {
            return Some(places);
        }
        scaled *= whole(10);
    }
    None
}

/// `x` with exactly so many decimals; it must not need more.
pub(crate) fn show(x: &Q, places: usize) -> String {
    let mut scaled = x.clone();
    for _ in 0..places {
        scaled *= whole(10);
    }
    assert!(scaled.is_integer(), "{x} has more than {places} decimals");
    let digits = scaled.to_integer().magnitude().to_string();
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (before, after) = digits.split_at(digits.len() - places);
    let sign = if x < &Q::zero() { "-" } else { "" };
    if places == 0 { format!("{sign}{before}") } else { format!("{sign}{before}.{after}") }
}

/// `x` with as many decimals as it needs.
pub(crate) fn plain(x: &Q) -> String {
    show(x, decimals(x).expect("only decimals are written in a plan"))
}

/// The sum of what is there.
pub(crate) fn sum<'a>(all: impl IntoIterator<Item = &'a Q>) -> Q {
    all.into_iter().fold(Q::zero(), |total, x| total + x)
}

pub(crate) fn one() -> Q {
    Q::one()
}

pub(crate) fn zero() -> Q {
    Q::zero()
}
