//! Cells that hold a part of a whole.

use milepost_grammar::ast::Unit;

use super::number::NumberCells;
use crate::exact::{Exact, whole};

/// How the percents of a column are written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PercentCells {
    numbers: NumberCells,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Form {
    /// `80%`
    #[default]
    Sign,
    /// `80`
    Hundredths,
    /// `0.8`
    Part,
}

impl PercentCells {
    /// Percents as `pattern` writes 80 of them: `80%`, `80,0%`, `80` or `0.8`. `None` if that is no way to.
    #[must_use]
    pub fn new(pattern: &str) -> Option<Self> {
        let pattern = pattern.trim();
        let (number, sign) = match pattern.strip_suffix(['%', '％']) {
            Some(number) => (number.trim_end(), true),
            None => (pattern, false),
        };
        let form = if sign {
            Form::Sign
        } else if number.starts_with('0') {
            Form::Part
        } else {
            Form::Hundredths
        };
        // A number of two digits needs no sign for thousands; decimals may come with the sign of plans.
        let numbers = match NumberCells::new(number)? {
            _ if number.bytes().all(|byte| byte.is_ascii_digit()) => NumberCells::default(),
            numbers => numbers,
        };
        Some(Self { numbers, form })
    }

    /// The part of the whole in `cell`, 0 to 1.
    #[must_use]
    pub fn read(&self, cell: &str) -> Option<Exact> {
        let number = self.numbers.read(cell).ok()?;
        let part = match (self.form, &number.unit) {
            (Form::Sign, Some(Unit::Percent)) | (Form::Hundredths, None) => number.exact() / whole(100),
            (Form::Part, None) => number.exact(),
            _ => return None,
        };
        (!number.is_negative() && part <= Exact::ONE).then_some(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::ratio;

    #[test]
    fn eighty_percent_in_every_way() {
        let four_fifths = Some(ratio(4, 5));
        assert_eq!(PercentCells::default().read("80%"), four_fifths);
        assert_eq!(PercentCells::default().read("80 %"), four_fifths);
        for (pattern, cell) in
            [("80%", "80.0%"), ("80,5%", "80,0 %"), ("80", "80"), ("0.8", "0.80"), ("0,8", "0,8")]
        {
            assert_eq!(
                PercentCells::new(pattern).and_then(|cells| cells.read(cell)),
                four_fifths,
                "{pattern}"
            );
        }
        for (pattern, cell) in [("80%", "80"), ("80", "0.8%"), ("0.8", "80"), ("0.8", "-0.1"), ("80", "101")]
        {
            assert_eq!(
                PercentCells::new(pattern).and_then(|cells| cells.read(cell)),
                None,
                "{cell} as {pattern}"
            );
        }
        assert_eq!(PercentCells::new("4 in 5"), None);
    }
}
