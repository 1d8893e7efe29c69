//! Cells that hold a number.

use dashu_int::{IBig, UBig};
use milepost_grammar::ast::Unit;

use super::cell::plain_char;
use crate::exact::Exact;

/// The most digits of a number, as in plans.
const MOST_DIGITS: usize = 28;

/// How the numbers of a column are written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberCells {
    /// What parts thousands; a space stands for all that look like one.
    group: Option<char>,
    /// What stands before the decimals.
    decimal: Option<char>,
}

impl Default for NumberCells {
    /// As plans write them: `1234.50`, `1_234`.
    fn default() -> Self {
        Self { group: Some('_'), decimal: Some('.') }
    }
}

/// A number and what it counts: `mantissa / 10^places`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    /// All digits, with the sign.
    pub mantissa: i128,
    /// How many of them stand behind the point.
    pub places: u32,
    /// What is counted, if that is said.
    pub unit: Option<Unit>,
}

impl Number {
    /// Whether it is below 0.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.mantissa < 0
    }

    /// The number as a ratio.
    #[must_use]
    pub fn exact(&self) -> Exact {
        Exact::from_parts(IBig::from(self.mantissa), UBig::from(10_u32).pow(self.places as usize))
    }
}

/// Why a cell holds no number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumberProblem {
    /// It is written in another way.
    Form,
    /// It has more digits than can be kept.
    TooLong,
}

impl NumberCells {
    /// Numbers as `pattern` writes one: `1.234,50` or the like. `None` if that is no such number.
    ///
    /// A sign that stands once, behind at most three digits and before three, parts thousands; the last sign stands
    /// before the decimals otherwise.
    #[must_use]
    pub fn new(pattern: &str) -> Option<Self> {
        let pattern: Vec<char> = pattern.chars().map(plain_char).collect();
        let mut runs = vec![0_usize];
        let mut signs = Vec::new();
        for sign in pattern {
            match (sign.is_ascii_digit(), runs.last_mut()) {
                (true, Some(run)) => *run += 1,
                (false, _) if matches!(sign, ',' | '.' | '\'' | ' ' | '_') => {
                    signs.push(sign);
                    runs.push(0);
                }
                _ => return None,
            }
        }
        if runs.contains(&0) {
            return None;
        }
        let (&last, before) = match signs.split_last() {
            None => return Some(Self { group: None, decimal: None }),
            Some(split) => split,
        };
        let grouped = |runs: &[usize]| match runs.split_first() {
            Some((first, rest)) => *first <= 3 && rest.iter().all(|run| *run == 3),
            None => false,
        };
        let (decimals, whole) = runs.split_last()?;
        debug_assert!(*decimals > 0);
        match before.first() {
            // `1,234` has thousands, `1234,5` decimals.
            None if grouped(&runs) => Some(Self { group: Some(last), decimal: None }),
            None if matches!(last, ',' | '.') => Some(Self { group: None, decimal: Some(last) }),
            Some(group) if before.iter().all(|sign| sign == group) && grouped(whole) => {
                if last == *group {
                    grouped(&runs).then_some(Self { group: Some(last), decimal: None })
                } else {
                    matches!(last, ',' | '.').then_some(Self { group: Some(*group), decimal: Some(last) })
                }
            }
            _ => None,
        }
    }

    /// The number in `cell`.
    ///
    /// # Errors
    /// If the cell holds none that is written in this way.
    pub fn read(&self, cell: &str) -> Result<Number, NumberProblem> {
        if let Some(number) = self.plain(cell) {
            return Ok(number);
        }
        let text: String = cell.chars().map(plain_char).collect();
        let mut rest = text.as_str();
        let (mut sign, mut currency) = (None, None);
        while let Some(first) = rest.chars().next() {
            match first {
                '-' | '+' if sign.is_none() => sign = Some(first),
                _ if is_currency(first) && currency.is_none() => currency = Some(first),
                ' ' if currency.is_some() || sign.is_some() => {}
                _ => break,
            }
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
        let mut digits = Digits::default();
        rest = self.digits(rest, &mut digits)?;
        let (scale, rest) = scale(rest);
        let unit = unit(rest, scale > 0, currency)?;
        let mut places = digits.places;
        let mut mantissa = digits.mantissa;
        for _ in 0..scale {
            if places > 0 {
                places -= 1;
            } else {
                mantissa = mantissa.checked_mul(10).ok_or(NumberProblem::TooLong)?;
            }
        }
        if mantissa >= 10_i128.pow(u32::try_from(MOST_DIGITS).unwrap_or(0)) {
            return Err(NumberProblem::TooLong);
        }
        if sign == Some('-') {
            mantissa = -mantissa;
        }
        Ok(Number { mantissa, places, unit })
    }

    /// The number in a cell of nothing but digits, as nearly all are.
    fn plain(&self, cell: &str) -> Option<Number> {
        let (negative, digits) = match cell.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, cell),
        };
        if digits.is_empty() || digits.len() > 18 {
            return None;
        }
        let (mut mantissa, mut places, mut point) = (0_i64, 0, false);
        for (index, byte) in digits.bytes().enumerate() {
            if byte.is_ascii_digit() {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                places += u32::from(point);
            } else if Some(char::from(byte)) == self.decimal && !point && index > 0 {
                point = true;
            } else {
                return None;
            }
        }
        if point && places == 0 {
            return None;
        }
        let mantissa = i128::from(if negative { -mantissa } else { mantissa });
        Some(Number { mantissa, places, unit: None })
    }

    /// Takes the digits off `text`.
    fn digits<'t>(&self, text: &'t str, digits: &mut Digits) -> Result<&'t str, NumberProblem> {
        let mut signs = text.char_indices().peekable();
        let (mut run, mut groups, mut point) = (0, 0, false);
        let mut end = text.len();
        while let Some((at, sign)) = signs.next() {
            let digit_follows = signs.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            if let Some(digit) = sign.to_digit(10) {
                digits.push(digit, point)?;
                run += 1;
            } else if Some(sign) == self.decimal && !point && run > 0 && digit_follows {
                self.group_ends(run, groups)?;
                (point, run) = (true, 0);
            } else if Some(sign) == self.group && !point && run > 0 && digit_follows {
                // `1234,567` is no number with thousands parted.
                if run > 3 && self.group != Some('_') {
                    return Err(NumberProblem::Form);
                }
                self.group_ends(run, groups)?;
                (groups, run) = (groups + 1, 0);
            } else {
                end = at;
                break;
            }
        }
        if run == 0 {
            return Err(NumberProblem::Form);
        }
        if !point {
            self.group_ends(run, groups)?;
        }
        Ok(text.get(end..).unwrap_or_default())
    }

    /// Thousands have three digits, but for the first; `_` may stand anywhere, as in plans.
    fn group_ends(&self, run: usize, groups: usize) -> Result<(), NumberProblem> {
        if groups > 0 && run != 3 && self.group != Some('_') { Err(NumberProblem::Form) } else { Ok(()) }
    }
}

#[derive(Default)]
struct Digits {
    mantissa: i128,
    places: u32,
    count: usize,
}

impl Digits {
    fn push(&mut self, digit: u32, behind_point: bool) -> Result<(), NumberProblem> {
        self.count += usize::from(self.count > 0 || digit > 0);
        if self.count > MOST_DIGITS || self.places as usize >= MOST_DIGITS {
            return Err(NumberProblem::TooLong);
        }
        self.mantissa = self.mantissa * 10 + i128::from(digit);
        self.places += u32::from(behind_point);
        Ok(())
    }
}

/// How many zeros the letter stands for that `text` begins with, and what follows it.
fn scale(text: &str) -> (u32, &str) {
    for (letter, zeros) in [("万亿", 12), ("万", 4), ("亿", 8)] {
        if let Some(rest) = text.strip_prefix(letter) {
            return (zeros, rest);
        }
    }
    for (letter, zeros) in [('k', 3), ('K', 3), ('M', 6), ('B', 9)] {
        if let Some(rest) = text.strip_prefix(letter)
            && !rest.starts_with(|next: char| next.is_ascii_alphanumeric())
        {
            return (zeros, rest);
        }
    }
    (0, text)
}

/// What is counted: what stands behind the number, or the currency's sign before it.
fn unit(text: &str, scaled: bool, currency: Option<char>) -> Result<Option<Unit>, NumberProblem> {
    let word = text.trim_start();
    let Some(first) = word.chars().next() else { return Ok(currency.map(Unit::Sign)) };
    let only = word.chars().count() == 1;
    let unit = if only && is_currency(first) {
        Unit::Sign(first)
    } else if word == "%" {
        Unit::Percent
    } else if word == "元" {
        Unit::Word("CNY".to_owned())
    } else if word == "pp" {
        Unit::Points
    } else {
        // `5m` and `1.5e3` are mistakes, and `5visits` may be one.
        let glued = word.len() == text.len() && !scaled && first.is_ascii();
        let is_word = first.is_alphabetic()
            && word.chars().all(|sign| sign.is_alphanumeric() || sign == '_' || sign == '-');
        // A scale sticks to its number; behind a space it would be passed over as a unit.
        let scale = matches!(word, "k" | "K" | "m" | "M" | "B" | "万" | "亿" | "万亿");
        if glued || scale || !is_word {
            return Err(NumberProblem::Form);
        }
        Unit::Word(word.to_owned())
    };
    match (currency, &unit) {
        (None, _) => Ok(Some(unit)),
        // `¥40万元` says the same thing twice.
        (Some('¥'), Unit::Word(word)) if word == "CNY" => Ok(Some(unit)),
        _ => Err(NumberProblem::Form),
    }
}

/// Whether it is the sign of a currency.
const fn is_currency(sign: char) -> bool {
    matches!(sign, '$' | '¢'..='¥' | '฿' | '₠'..='\u{20cf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: Option<&str>, cell: &str) -> String {
        let cells = pattern.map_or_else(NumberCells::default, |pattern| NumberCells::new(pattern).unwrap());
        match cells.read(cell) {
            Ok(Number { mantissa, places, unit }) => {
                let unit = match unit {
                    None => String::new(),
                    Some(Unit::Word(word)) => format!(" {word}"),
                    Some(Unit::Sign(sign)) => format!(" {sign}"),
                    Some(Unit::Percent) => " %".to_owned(),
                    Some(Unit::Points) => " pp".to_owned(),
                };
                format!("{mantissa}/{places}{unit}")
            }
            Err(problem) => format!("{problem:?}"),
        }
    }

    #[test]
    fn numbers_as_plans_write_them() {
        let cases = [
            ("60000", "60000/0"),
            ("-12.50", "-1250/2"),
            ("−12.50", "-1250/2"),
            ("1_000_000", "1000000/0"),
            ("40k", "40000/0"),
            ("1.25k", "1250/0"),
            ("2.5亿", "250000000/0"),
            ("¥40万", "400000/0 ¥"),
            ("-$650k", "-650000/0 $"),
            ("$ -650", "-650/0 $"),
            ("40 €", "40/0 €"),
            ("40€", "40/0 €"),
            ("4万元", "40000/0 CNY"),
            ("￥４０万元", "400000/0 CNY"),
            ("30 visits", "30/0 visits"),
            ("30个", "30/0 个"),
            ("45%", "45/0 %"),
            ("45 %", "45/0 %"),
            ("0.000000000000000000000001", "1/24"),
            ("1234567890123456789012345678", "1234567890123456789012345678/0"),
            ("12345678901234567890123456789", "TooLong"),
            ("999999999999999999999999999B", "TooLong"),
            ("0.00000000000000000000000000001", "TooLong"),
            ("-0.0.66962", "Form"),
            ("1,000", "Form"),
            ("1.5e3", "Form"),
            ("5m", "Form"),
            ("5visits", "Form"),
            ("5kg", "Form"),
            ("$5 CNY", "Form"),
            ("--5", "Form"),
            ("5-", "Form"),
            ("(5)", "Form"),
            (".5", "Form"),
            ("5.", "Form"),
            ("", "Form"),
            ("-", "Form"),
            ("n/a", "Form"),
            ("12 34", "Form"),
        ];
        for (cell, expected) in cases {
            assert_eq!(read(None, cell), expected, "{cell}");
        }
    }

    #[test]
    fn numbers_as_a_pattern_writes_them() {
        let cases = [
            ("1.234,50", "1.234.567,8", "12345678/1"),
            ("1.234,50", "1234,5", "12345/1"),
            ("1.234,50", "1.234", "1234/0"),
            ("1.234,50", "12.50", "Form"),
            ("1.234,50", "1.2345", "Form"),
            ("1.234,50", "1.234,50 €", "123450/2 €"),
            ("1,234.50", "1,234,567.25", "123456725/2"),
            ("1,234.50", "1234,567", "Form"),
            ("1,234", "12,345", "12345/0"),
            ("1,234", "12,345.5", "Form"),
            ("1234,5", "7,25", "725/2"),
            ("1234,5", "1.234,5", "Form"),
            ("1234", "7.5", "Form"),
            ("1 234,50", "1\u{a0}234\u{202f}567,5 €", "12345675/1 €"),
            ("1 234,50", "12 k", "Form"),
            ("1'234.50", "1’234.5", "12345/1"),
            ("1,234,567.89", "1,234.5k", "1234500/0"),
        ];
        for (pattern, cell, expected) in cases {
            assert_eq!(read(Some(pattern), cell), expected, "{cell} as {pattern}");
        }
    }

    #[test]
    fn patterns_are_numbers() {
        for wrong in
            ["", "#,##0.00", "1.234,50 €", "1.23,5", "12345.678,9", "1,234,5", "1.", ",5", "1'5", "1.2,3.4"]
        {
            assert_eq!(NumberCells::new(wrong), None, "{wrong}");
        }
    }
}
