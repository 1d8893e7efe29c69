//! Cells that hold a day or a period.

use chrono::NaiveDate;
use milepost_grammar::ast::PeriodValue;
use milepost_grammar::{Moment, moment};

use super::cell::plain_char;
use crate::dates::MONTHS;

/// How the days of a column are written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DateCells {
    /// `None`: as plans write them.
    pattern: Option<Vec<Piece>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Piece {
    /// Four digits.
    Year,
    /// Two digits, of this century.
    ShortYear,
    /// One or two digits; where it is fixed, two.
    Month { fixed: bool },
    /// The first three letters of its English name.
    MonthName,
    /// Like a month.
    Day { fixed: bool },
    /// The sign itself.
    Sign(char),
}

impl DateCells {
    /// Days as `pattern` writes them: `D.M.Y` or the like. `None` if it does not say a year, says a day without its
    /// month or something twice, holds another letter, or leaves open where a number ends.
    #[must_use]
    pub fn new(pattern: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut signs = pattern.trim().chars().map(plain_char).peekable();
        while let Some(sign) = signs.next() {
            let mut length = 1;
            while matches!(sign, 'Y' | 'M' | 'D') && signs.next_if_eq(&sign).is_some() {
                length += 1;
            }
            pieces.push(match (sign, length) {
                ('Y', 1 | 4) => Piece::Year,
                ('Y', 2) => Piece::ShortYear,
                ('M', 1 | 2) => Piece::Month { fixed: length == 2 },
                ('M', 3) => Piece::MonthName,
                ('D', 1 | 2) => Piece::Day { fixed: length == 2 },
                ('Y' | 'M' | 'D', _) => return None,
                _ if sign.is_ascii_alphanumeric() => return None,
                _ => Piece::Sign(sign),
            });
        }
        let count = |kind: fn(&Piece) -> bool| pieces.iter().filter(|piece| kind(piece)).count();
        let years = count(|piece| matches!(piece, Piece::Year | Piece::ShortYear));
        let months = count(|piece| matches!(piece, Piece::Month { .. } | Piece::MonthName));
        let days = count(|piece| matches!(piece, Piece::Day { .. }));
        let open = pieces.windows(2).any(|pair| {
            matches!(pair, [Piece::Month { fixed: false } | Piece::Day { fixed: false }, next]
                if !matches!(next, Piece::Sign(_) | Piece::MonthName))
        });
        let fits = years == 1 && months <= 1 && days <= months && !open;
        fits.then_some(Self { pattern: Some(pieces) })
    }

    /// The day or period in `cell`. A time of day behind a day says nothing; a period may always be written as in
    /// plans.
    #[must_use]
    pub fn read(&self, cell: &str) -> Option<Moment> {
        let Some(pattern) = &self.pattern else {
            if let Some(day) = plain_day(cell.as_bytes()) {
                return Some(Moment::Day(day));
            }
            return match moment(cell) {
                Ok(found) => Some(found),
                Err(_) => {
                    let (day, rest) = cell.split_at_checked(10)?;
                    let found = moment(day).ok().filter(|found| matches!(found, Moment::Day(_)))?;
                    is_time(rest).then_some(found)
                }
            };
        };
        match_pattern(pattern, cell)
            .or_else(|| moment(cell).ok().filter(|found| matches!(found, Moment::Period(_))))
    }
}

/// `2024-03-05`, as nearly all cells are, without allocation.
fn plain_day(cell: &[u8]) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = cell else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
        })
    };
    let year = number(&[y1, y2, y3, y4])?.cast_signed();
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

fn match_pattern(pattern: &[Piece], cell: &str) -> Option<Moment> {
    let cell: Vec<char> = cell.chars().map(plain_char).collect();
    let mut rest = cell.as_slice();
    let (mut year, mut month, mut day) = (0, None, None);
    for piece in pattern {
        match *piece {
            Piece::Year => year = digits(&mut rest, 4, 4)?,
            Piece::ShortYear => year = 2000 + digits(&mut rest, 2, 2)?,
            Piece::Month { fixed } => month = Some(digits(&mut rest, if fixed { 2 } else { 1 }, 2)?),
            Piece::Day { fixed } => day = Some(digits(&mut rest, if fixed { 2 } else { 1 }, 2)?),
            Piece::MonthName => {
                let (name, after) = rest.split_at_checked(3)?;
                let name: String = name.iter().map(char::to_ascii_lowercase).collect();
                month = Some(u32::try_from(MONTHS.iter().position(|month| *month == name)?).ok()? + 1);
                rest = after;
            }
            Piece::Sign(sign) => rest = rest.strip_prefix(&[sign])?,
        }
    }
    let year = year.cast_signed();
    match (month, day) {
        (Some(month), Some(day)) => {
            let date = NaiveDate::from_ymd_opt(year, month, day)?;
            let rest: String = rest.iter().collect();
            (rest.is_empty() || is_time(&rest)).then_some(Moment::Day(date))
        }
        _ if !rest.is_empty() => None,
        (Some(month), None) => {
            (1..=12).contains(&month).then_some(Moment::Period(PeriodValue::Month(year, month)))
        }
        (None, _) => Some(Moment::Period(PeriodValue::Year(year))),
    }
}

/// Takes a number of so many digits off.
fn digits(rest: &mut &[char], fewest: usize, most: usize) -> Option<u32> {
    let length = rest.iter().take(most).take_while(|sign| sign.is_ascii_digit()).count();
    if length < fewest {
        return None;
    }
    let (number, after) = rest.split_at_checked(length)?;
    *rest = after;
    number.iter().try_fold(0, |number, digit| Some(number * 10 + digit.to_digit(10)?))
}

/// Whether `text` is a time of day behind a day: ` 09:30`, `T09:30:00Z`.
fn is_time(text: &str) -> bool {
    let Some(time) = text.strip_prefix([' ', 'T']) else { return false };
    let time = time.trim_start();
    time.starts_with(|first: char| first.is_ascii_digit())
        && time.contains(':')
        && time.chars().all(|sign| sign.is_ascii_digit() || ":.+-Z APMapm".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: Option<&str>, cell: &str) -> String {
        let cells = pattern.map_or_else(DateCells::default, |pattern| DateCells::new(pattern).unwrap());
        match cells.read(cell) {
            Some(Moment::Day(day)) => day.to_string(),
            Some(Moment::Period(period)) => format!("{period:?}"),
            None => "-".to_owned(),
        }
    }

    #[test]
    fn days_and_periods_as_plans_write_them() {
        let cases = [
            ("2024-03-05", "2024-03-05"),
            ("2024-03", "Month(2024, 3)"),
            ("2024", "Year(2024)"),
            ("2024-Q1", "Quarter(2024, 1)"),
            ("2024-H2", "Half(2024, 2)"),
            ("2024-03-T1", "TenDay(2024, 3, 1)"),
            ("2024-W05", "Week(2024, 5)"),
            ("FY26-Q1", "FiscalQuarter(2026, 1)"),
            ("2024-03-05 14:22", "2024-03-05"),
            ("2024-03-05T14:22:05.125+08:00", "2024-03-05"),
            ("2024-03-05 2:22 PM", "2024-03-05"),
            ("2024-03-05 spring", "-"),
            ("2024-03 14:22", "-"),
            ("2024-02-30", "-"),
            ("2024/3/5", "-"),
            ("5.3.2024", "-"),
            ("", "-"),
            ("2024-03-05日日", "-"),
        ];
        for (cell, expected) in cases {
            assert_eq!(read(None, cell), expected, "{cell}");
        }
    }

    #[test]
    fn days_as_a_pattern_writes_them() {
        let cases = [
            ("D.M.Y", "5.3.2024", "2024-03-05"),
            ("D.M.Y", "05.03.2024", "2024-03-05"),
            ("D.M.Y", "05.03.2024 14:22", "2024-03-05"),
            ("D.M.Y", "31.02.2024", "-"),
            ("D.M.Y", "3/5/2024", "-"),
            ("D.M.Y", "5.3.24", "-"),
            ("D.M.Y", "2024-03-05", "-"),
            ("D.M.Y", "2024-Q1", "Quarter(2024, 1)"),
            ("DD.MM.YY", "05.03.24", "2024-03-05"),
            ("DD.MM.YY", "5.3.24", "-"),
            ("M/D/Y", "12/31/2024", "2024-12-31"),
            ("YYYYMMDD", "20240305", "2024-03-05"),
            ("Y年M月D日", "2024年3月5日", "2024-03-05"),
            ("Y年M月", "2024年3月", "Month(2024, 3)"),
            ("Y年M月", "2024年13月", "-"),
            ("MMM Y", "Mar 2024", "Month(2024, 3)"),
            ("D-MMM-YY", "5-MAR-24", "2024-03-05"),
            ("D-MMM-YY", "5-MÄR-24", "-"),
            ("Y", "2024", "Year(2024)"),
        ];
        for (pattern, cell, expected) in cases {
            assert_eq!(read(Some(pattern), cell), expected, "{cell} as {pattern}");
        }
    }

    #[test]
    fn patterns_say_a_year_and_where_numbers_end() {
        for wrong in
            ["", "D.M", "D.Y", "dd.mm.yyyy", "YMD", "DMY", "D.M.M.Y", "Y-Y", "YYY", "%d.%m.%Y", "D. of M Y"]
        {
            assert_eq!(DateCells::new(wrong), None, "{wrong}");
        }
    }
}
