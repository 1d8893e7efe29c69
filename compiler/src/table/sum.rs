//! Exact sums of many numbers.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::number::Number;
use crate::exact::Exact;

/// Places behind the point that sums are kept with, as long as they suffice.
const PLACES: u32 = 6;

/// A sum; numbers of few digits are added without allocation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sum {
    /// Millionths.
    small: i128,
    /// What does not fit there.
    rest: Exact,
}

impl Sum {
    /// Adds a number.
    pub fn add(&mut self, number: &Number) {
        let small = PLACES
            .checked_sub(number.places)
            .and_then(|places| 10_i128.checked_pow(places))
            .and_then(|scale| number.mantissa.checked_mul(scale))
            .and_then(|millionths| self.small.checked_add(millionths));
        match small {
            Some(small) => self.small = small,
            None => self.rest += number.exact(),
        }
    }

    /// The sum.
    #[must_use]
    pub fn exact(&self) -> Exact {
        RBig::from_parts(IBig::from(self.small), 10_u32.pow(PLACES).into()) + &self.rest
    }
}
