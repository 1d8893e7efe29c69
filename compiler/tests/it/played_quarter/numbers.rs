//! Exact numbers, and how they are written in JSON.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use serde_json::Value;

pub(super) type Q = BigRational;

pub(super) fn whole(n: i64) -> Q {
    Q::from_integer(BigInt::from(n))
}

pub(super) fn ratio(n: i64, d: i64) -> Q {
    Q::new(BigInt::from(n), BigInt::from(d))
}

pub(super) fn zero() -> Q {
    Q::zero()
}

pub(super) fn ceil_to(x: &Q, step: &Q) -> Q {
    (x / step).ceil() * step
}

pub(super) fn sum(all: impl IntoIterator<Item = Q>) -> Q {
    all.into_iter().fold(zero(), |total, x| total + x)
}

/// Reads what has no thousands parted, such as `-24800.50`.
pub(super) fn read(text: &str) -> Q {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let number: i64 = format!("{before}{after}").parse().unwrap();
    ratio(sign * number, 10_i64.pow(u32::try_from(after.len()).unwrap()))
}

/// With at most six decimals, half away from zero, and no zeros at the end.
pub(super) fn text(x: &Q) -> String {
    let millionths = (x * whole(1_000_000)).round().to_integer();
    let digits = format!("{:0>7}", millionths.magnitude().to_string());
    let (before, after) = digits.split_at(digits.len() - 6);
    let after = after.trim_end_matches('0');
    let sign = if millionths.is_negative() { "-" } else { "" };
    if after.is_empty() { format!("{sign}{before}") } else { format!("{sign}{before}.{after}") }
}

pub(super) fn json(x: &Q) -> Value {
    serde_json::from_str(&text(x)).unwrap()
}

pub(super) fn json_or_null(x: Option<&Q>) -> Value {
    x.map_or(Value::Null, json)
}

#[test]
fn numbers_are_rounded_half_away_from_zero() {
    for (number, expected) in [
        (ratio(1, 2_000_000), "0.000001"),
        (ratio(-1, 2_000_000), "-0.000001"),
        (ratio(1, 3), "0.333333"),
        (read("-24800.50"), "-24800.5"),
        (whole(100), "100"),
        (zero(), "0"),
    ] {
        assert_eq!(text(&number), expected);
    }
}
