//! Dealing out whole steps by weight.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::exact::Exact;

/// Deals `steps` out by the method of Sainte-Laguë (Webster): each next step goes to the highest
/// weight ÷ (steps held + ½), ties to the earlier one. Weights are not negative.
///
/// The method is a house-monotone divisor method: raising `steps` lowers no part. It starts from parts that
/// it provably reaches and deals only the last few steps one by one, so that its time does not depend on
/// how many steps there are.
///
/// Returns `None` if there is something to deal and every weight is 0.
#[must_use]
pub fn apportion(steps: &BigInt, weights: &[Exact]) -> Option<Vec<BigInt>> {
    let mut parts = vec![BigInt::zero(); weights.len()];
    if !steps.is_positive() {
        return Some(parts);
    }
    let total: Exact = crate::exact::sum(weights);
    if !total.is_positive() {
        return None;
    }
    let weights = whole_weights(weights);
    let total: BigInt = weights.iter().sum();

    // A divisor d gives everybody round(weight / d). With d a little above total / steps, no more than
    // `steps` are dealt; each part is then what the method has dealt at some earlier point.
    let holders = BigInt::from(weights.iter().filter(|weight| weight.is_positive()).count());
    let sure = steps - &holders;
    let mut dealt = BigInt::zero();
    if sure.is_positive() {
        for (part, weight) in parts.iter_mut().zip(&weights) {
            // round(w·sure/total) by ceil(2·w·sure/total − 1)/2, with halves down: such a step may tie.
            let doubled: BigInt = weight * &sure * 2 - &total;
            *part = if doubled.is_positive() { ceil_div(&doubled, &(&total * 2)) } else { BigInt::zero() };
            dealt += &*part;
        }
    }

    let mut queue: BinaryHeap<Claim<'_>> = weights
        .iter()
        .enumerate()
        .filter(|(_, weight)| weight.is_positive())
        .filter_map(|(index, weight)| {
            let held: BigInt = parts.get(index)? * 2;
            Some(Claim { weight, divisor: held + BigInt::one(), index })
        })
        .collect();
    while dealt < *steps {
        let mut claim = queue.pop()?;
        if let Some(part) = parts.get_mut(claim.index) {
            *part += 1;
        }
        dealt += 1;
        claim.divisor += 2;
        queue.push(claim);
    }
    Some(parts)
}

/// The weights as whole numbers in the same ratio.
fn whole_weights(weights: &[Exact]) -> Vec<BigInt> {
    let mut common = BigInt::one();
    for weight in weights {
        common = num_integer::lcm(common, weight.denom().clone());
    }
    weights.iter().map(|weight| weight.numer() * (&common / weight.denom())).collect()
}

fn ceil_div(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    num_integer::Integer::div_ceil(numerator, denominator)
}

/// A claim on the next step: weight ÷ (2 × held + 1).
#[derive(PartialEq, Eq)]
struct Claim<'a> {
    weight: &'a BigInt,
    divisor: BigInt,
    index: usize,
}

impl Ord for Claim<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let quick = |claim: &Self| Some((claim.weight.to_u64()?, claim.divisor.to_u64()?));
        let by_quotient = match (quick(self), quick(other)) {
            (Some((weight, divisor)), Some((other_weight, other_divisor))) => (u128::from(weight)
                * u128::from(other_divisor))
            .cmp(&(u128::from(other_weight) * u128::from(divisor))),
            _ => (self.weight * &other.divisor).cmp(&(other.weight * &self.divisor)),
        };
        by_quotient.then_with(|| other.index.cmp(&self.index))
    }
}

impl PartialOrd for Claim<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::whole;

    fn one_by_one(steps: i64, weights: &[i64]) -> Vec<i64> {
        let mut parts = vec![0_i64; weights.len()];
        for _ in 0..steps {
            let mut best = 0;
            for index in 1..weights.len() {
                if weights[index] * (2 * parts[best] + 1) > weights[best] * (2 * parts[index] + 1) {
                    best = index;
                }
            }
            parts[best] += 1;
        }
        parts
    }

    fn dealt(steps: i64, weights: &[i64]) -> Vec<i64> {
        let weights: Vec<Exact> = weights.iter().map(|weight| whole(*weight)).collect();
        let parts = apportion(&BigInt::from(steps), &weights).unwrap();
        parts.iter().map(|part| part.to_i64().unwrap()).collect()
    }

    #[test]
    fn pinned_weights_of_the_worked_example() {
        assert_eq!(dealt(25, &[300, 175, 175, 175, 175]), [8, 5, 4, 4, 4]);
        assert_eq!(dealt(25, &[1; 7]), [4, 4, 4, 4, 3, 3, 3]);
    }

    #[test]
    fn nothing_to_deal_and_nobody_to_deal_to() {
        assert_eq!(dealt(0, &[1, 2]), [0, 0]);
        assert_eq!(apportion(&BigInt::from(3), &[whole(0), whole(0)]), None);
        assert_eq!(apportion(&BigInt::from(3), &[]), None);
    }

    proptest::proptest! {
        #[test]
        fn the_short_cut_equals_dealing_one_by_one(
            steps in 0_i64..400,
            weights in proptest::collection::vec(0_i64..60, 1..9),
        ) {
            if weights.iter().sum::<i64>() > 0 {
                proptest::prop_assert_eq!(dealt(steps, &weights), one_by_one(steps, &weights));
            }
        }

        #[test]
        fn raising_the_goal_lowers_no_part(
            steps in 0_i64..400,
            weights in proptest::collection::vec(1_i64..60, 1..9),
        ) {
            let (less, more) = (dealt(steps, &weights), dealt(steps + 1, &weights));
            proptest::prop_assert!(less.iter().zip(&more).all(|(less, more)| less <= more));
        }
    }
}
