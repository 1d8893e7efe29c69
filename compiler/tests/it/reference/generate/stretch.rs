//! Periods of plans and pieces of them.

use chrono::NaiveDate;

use super::super::dice::Dice;
use super::super::fiscal::Fiscal;
use super::super::period::{Grain, Period, date, later};

fn range(a: Period, b: Period) -> Period {
    Period::Range(Box::new(a), Box::new(b))
}

/// What a plan covers: mostly a quarter or less, whole periods and cut ones.
pub(crate) fn period(dice: &mut Dice, fiscal: Option<Fiscal>) -> Period {
    let year = *dice.pick(&[2024, 2026, 2026, 2027]);
    if let Some(fiscal) = fiscal
        && dice.chance(50)
    {
        return match dice.between(1, 10) {
            1 => Period::FiscalYear(fiscal, year),
            2..=3 => Period::FiscalHalf(fiscal, year, dice.between(1, 2) as u32),
            4..=8 => Period::FiscalQuarter(fiscal, year, dice.between(1, 4) as u32),
            _ => {
                let quarter = dice.between(1, 3) as u32;
                let last = Period::FiscalQuarter(fiscal, year, quarter + 1);
                range(Period::FiscalQuarter(fiscal, year, quarter), last)
            }
        };
    }
    match dice.between(1, 100) {
        1..=25 => Period::Quarter(year, dice.between(1, 4) as u32),
        26..=45 => Period::Month(year, dice.between(1, 12) as u32),
        46..=65 => {
            let first = later(date(year, 1, 1), dice.between(0, 300));
            Period::range(first, later(first, dice.between(4, 110)))
        }
        66..=80 => {
            let month = dice.between(1, 9) as u32;
            let last = month + dice.between(1, 3) as u32;
            range(Period::Month(year, month), Period::Month(year, last))
        }
        81..=90 => {
            let week = dice.between(1, 40) as u32;
            let last = week + dice.between(0, 9) as u32;
            if week == last {
                Period::Week(year, week)
            } else {
                range(Period::Week(year, week), Period::Week(year, last))
            }
        }
        91..=97 => Period::Half(year, dice.between(1, 2) as u32),
        _ => Period::Year(year),
    }
}

/// A part of a window: whole months or weeks that lie inside, or any dates.
pub(crate) fn piece(dice: &mut Dice, first: NaiveDate, last: NaiveDate, fiscal: Option<Fiscal>) -> Period {
    if dice.chance(50) {
        let grain = *dice.pick(&[Grain::Month, Grain::Week, Grain::TenDay, Grain::Quarter]);
        let inside: Vec<Period> = grain
            .meeting(first, last, fiscal)
            .into_iter()
            .filter(|period| first <= period.first() && period.last() <= last)
            .collect();
        if !inside.is_empty() {
            let from = dice.between(0, inside.len() as i64 - 1);
            let to = dice.between(from, inside.len() as i64 - 1);
            let (a, b) = (inside[from as usize].clone(), inside[to as usize].clone());
            return if from == to { a } else { range(a, b) };
        }
    }
    let length = (last - first).num_days();
    let from = dice.between(0, length / 2);
    let to = dice.between(from, length);
    Period::range(later(first, from), later(first, to))
}

/// A day to be done by, as a date or as a period that ends on it.
pub(crate) fn deadline(dice: &mut Dice, first: NaiveDate, last: NaiveDate) -> Period {
    let day = later(first, dice.between(0, (last - first).num_days()));
    if dice.chance(40) {
        let grain = *dice.pick(&[Grain::Month, Grain::Week, Grain::TenDay]);
        let period = grain.around(day, None);
        if first <= period.last() && period.last() <= last {
            return period;
        }
    }
    Period::Day(day)
}

/// Some of the periods that meet a window, in order, each once.
pub(crate) fn some_periods(dice: &mut Dice, first: NaiveDate, last: NaiveDate) -> Vec<Period> {
    let grain = *dice.pick(&[Grain::Month, Grain::Month, Grain::TenDay, Grain::Week]);
    let keep = *dice.pick(&[100, 70, 40]);
    let all = grain.meeting(first, last, None);
    let mut some: Vec<Period> = all.iter().filter(|_| dice.chance(keep)).cloned().collect();
    some.truncate(8);
    if some.is_empty() {
        some.push(dice.pick(&all).clone());
    }
    // Three ten-day periods are a month: mixed lengths are allowed.
    if let [Period::Month(year, month), ..] = some[..]
        && dice.chance(15)
    {
        some.remove(0);
        some.insert(0, Period::TenDay(year, month, 3));
        some.insert(0, Period::TenDay(year, month, 1));
        some.retain(|period| first <= period.last() && period.first() <= last);
        if some.is_empty() {
            some.push(Grain::Month.around(first, None));
        }
    }
    some
}
