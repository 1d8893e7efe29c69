//! Dealing out whole steps by weight.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use dashu_int::IBig;

use crate::exact::{AboveZero, Exact, div_ceil, in_whole_numbers};

/// Deals `steps` out by the method of Sainte-Laguë (Webster): each next step goes to the highest
/// weight ÷ (steps held + ½), ties to the earlier one. Weights are not negative.
///
/// The method is a house-monotone divisor method: raising `steps` lowers no part. It starts from parts that
/// it provably reaches and deals only the last few steps one by one, so that its time does not depend on
/// how many steps there are.
///
/// Returns `None` if there is something to deal and every weight is 0.
#[must_use]
pub fn apportion(steps: &IBig, weights: &[Exact]) -> Option<Vec<IBig>> {
    let mut parts = vec![IBig::ZERO; weights.len()];
    if !steps.is_above_zero() {
        return Some(parts);
    }
    let total: Exact = crate::exact::sum(weights);
    if !total.is_above_zero() {
        return None;
    }
    let weights = in_whole_numbers(weights);
    let total: IBig = weights.iter().sum();

    // A divisor d gives everybody round(weight / d). With d a little above total / steps, no more than
    // `steps` are dealt; each part is then what the method has dealt at some earlier point.
    let holders = IBig::from(weights.iter().filter(|weight| weight.is_above_zero()).count());
    let sure = steps - &holders;
    let mut dealt = IBig::ZERO;
    if sure.is_above_zero() {
        for (part, weight) in parts.iter_mut().zip(&weights) {
            // round(w·sure/total) by ceil(2·w·sure/total − 1)/2, with halves down: such a step may tie.
            let doubled: IBig = weight * &sure * 2 - &total;
            *part = if doubled.is_above_zero() { div_ceil(&doubled, &(&total * 2)) } else { IBig::ZERO };
            dealt += &*part;
        }
    }

    let mut queue: BinaryHeap<Claim<'_>> = weights
        .iter()
        .enumerate()
        .filter(|(_, weight)| weight.is_above_zero())
        .filter_map(|(index, weight)| {
            let held: IBig = parts.get(index)? * 2;
            Some(Claim { weight, divisor: held + IBig::ONE, index })
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

/// A claim on the next step: weight ÷ (2 × held + 1).
#[derive(PartialEq, Eq)]
struct Claim<'a> {
    weight: &'a IBig,
    divisor: IBig,
    index: usize,
}

impl Ord for Claim<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let quick =
            |claim: &Self| Some((u64::try_from(claim.weight).ok()?, u64::try_from(&claim.divisor).ok()?));
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
        let parts = apportion(&IBig::from(steps), &weights).unwrap();
        parts.iter().map(|part| i64::try_from(part).unwrap()).collect()
    }

    #[test]
    fn pinned_weights_of_the_worked_example() {
        assert_eq!(dealt(25, &[300, 175, 175, 175, 175]), [8, 5, 4, 4, 4]);
        assert_eq!(dealt(25, &[1; 7]), [4, 4, 4, 4, 3, 3, 3]);
    }

    #[test]
    fn nothing_to_deal_and_nobody_to_deal_to() {
        assert_eq!(dealt(0, &[1, 2]), [0, 0]);
        assert_eq!(apportion(&IBig::from(3), &[whole(0), whole(0)]), None);
        assert_eq!(apportion(&IBig::from(3), &[]), None);
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
