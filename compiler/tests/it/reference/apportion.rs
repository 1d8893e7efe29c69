//! The Sainte-Laguë method.

use super::rational::{Q, ratio, sum, whole, zero};
use super::unplannable::Unplannable;

/// Hands out `steps` (a whole number) one at a time: each next one goes to the
/// highest weight ÷ (steps held + ½), and on a tie to whoever comes first.
///
/// Money has millions of steps, so all but the last few are handed out in one go:
/// the method gives steps away in falling order of that quotient, so everybody may
/// at once have every step whose quotient lies above a bound, as long as those
/// are not more than there are.
pub(crate) fn apportion(steps: &Q, weights: &[Q]) -> Result<Vec<Q>, Unplannable> {
    let everything = sum(weights);
    if everything == zero() {
        return Err(Unplannable("everybody weighs nothing"));
    }
    let mut held = vec![zero(); weights.len()];
    let people = whole(weights.len() as i64);
    if steps > &(&people * whole(4)) {
        let bound = &everything / (steps - people);
        for (held, weight) in held.iter_mut().zip(weights) {
            // weight ÷ (i + ½) > bound holds for the steps i = 0, 1, … below this.
            *held = (weight / &bound - ratio(1, 2)).ceil().max(zero());
        }
    }
    while &sum(&held) < steps {
        let mut best = None;
        for (person, (weight, held)) in weights.iter().zip(&held).enumerate() {
            let quotient = weight / (held + ratio(1, 2));
            if best.as_ref().is_none_or(|(_, highest)| &quotient > highest) {
                best = Some((person, quotient));
            }
        }
        if let Some((person, _)) = best {
            held[person] += whole(1);
        }
    }
    assert_eq!(&sum(&held), steps, "no step too many");
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(steps: i64, weights: &[i64]) -> Vec<Q> {
        let weights: Vec<Q> = weights.iter().map(|weight| whole(*weight)).collect();
        apportion(&whole(steps), &weights).unwrap()
    }

    #[test]
    fn ten_of_6_6_2_never_take_from_the_first_when_one_is_added() {
        let ten = of(10, &[6, 6, 2]);
        let eleven = of(11, &[6, 6, 2]);
        assert!(ten.iter().zip(&eleven).all(|(before, after)| before <= after));
    }

    #[test]
    fn the_short_cut_hands_out_what_one_step_at_a_time_does() {
        let weights = [13, 0, 7, 7, 1, 90];
        let mut held = vec![zero(); weights.len()];
        for steps in 1..400 {
            let mut best = 0;
            for person in 1..weights.len() {
                let quotient = |p: usize| whole(weights[p]) / (&held[p] + ratio(1, 2));
                if quotient(person) > quotient(best) {
                    best = person;
                }
            }
            held[best] += whole(1);
            assert_eq!(of(steps, &weights), held, "{steps} steps");
        }
    }

    #[test]
    fn nobody_to_share_among_is_not_modelled() {
        assert!(apportion(&whole(3), &[zero(), zero()]).is_err());
    }
}
