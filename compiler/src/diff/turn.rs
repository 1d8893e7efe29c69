//! From one period to the next: dates that only moved with it.

use chrono::{Datelike, Months, NaiveDate};

use super::thing::{Piece, Value};
use crate::dates::DateSpan;

/// From the days of one plan to those of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// The days of the plan before.
    pub before: DateSpan,
    /// The days of the plan after.
    pub after: DateSpan,
}

impl Turn {
    /// Whether both plans are of the same days.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.before == self.after
    }

    /// Whether some days are planned in both: then months are compared by their names, not by their place in the period.
    #[must_use]
    pub fn overlaps(&self) -> bool {
        self.before.intersect(&self.after).is_some()
    }

    /// Whether `now` says what `was` said, with days that moved as the period did: all of them in the same way, or to the same end
    /// of it.
    pub(super) fn moved(&self, was: &Value, now: &Value) -> bool {
        let mut ways = [true; 3];
        let mut alike = |(one, other): (&Piece, &Piece)| match (one, other) {
            (Piece::Day(one), Piece::Day(other)) => {
                let first = *one == self.before.first && *other == self.after.first;
                let last = *one == self.before.last && *other == self.after.last;
                for (way, carried) in ways.iter_mut().zip(self.carried(*one, *other)) {
                    *way = *way && (carried || first || last);
                }
                true
            }
            (one, other) => one == other,
        };
        !self.is_none()
            && was.0.len() == now.0.len()
            && was.0.iter().zip(&now.0).all(&mut alike)
            && ways.contains(&true)
    }

    /// Whether `now` stands in its period as `was` stood in the one before: on the same day of the same month of it or on the last day
    /// of that month, as far from its start, as far from its end.
    fn carried(&self, was: NaiveDate, now: NaiveDate) -> [bool; 3] {
        let months = (self.after.first.year() - self.before.first.year()) * 12
            + (self.after.first.month().cast_signed() - self.before.first.month().cast_signed());
        let by_month = if months >= 0 {
            was.checked_add_months(Months::new(months.unsigned_abs()))
        } else {
            was.checked_sub_months(Months::new(months.unsigned_abs()))
        };
        let is_last = |day: NaiveDate| day.succ_opt().is_none_or(|next| next.month() != day.month());
        let month = |day: NaiveDate| (day.year(), day.month());
        let same_end = is_last(was) && is_last(now) && by_month.map(month) == Some(month(now));
        [
            by_month == Some(now) || same_end,
            was - self.before.first == now - self.after.first,
            self.before.last - was == self.after.last - now,
        ]
    }
}
