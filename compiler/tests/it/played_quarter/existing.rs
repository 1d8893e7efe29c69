//! What of the readings is business that was there before, and what is new.

use chrono::NaiveDate;

use super::numbers::{Q, sum, zero};

/// What of each reading, in the order of days, was there before: what was planned of it by the reading's own day and
/// had not come. That is less than was planned by now where it came before its time: the latest readings make up for
/// it, as far as there is more to them. What was called off was new.
pub(super) fn of_existing(
    read: &[(NaiveDate, Q)],
    planned: impl Fn(NaiveDate) -> Q,
    as_of: NaiveDate,
) -> Vec<Q> {
    let mut taken: Vec<Q> = Vec::new();
    for (on, amount) in read {
        let open = planned(*on) - sum(taken.iter().cloned());
        taken.push(amount.clone().min(open).max(zero()));
    }
    let all = sum(read.iter().map(|(_, amount)| amount.clone()));
    let mut open = all.min(planned(as_of)) - sum(taken.iter().cloned());
    for (taken, (_, amount)) in taken.iter_mut().zip(read).rev() {
        let more = (amount - &*taken).min(open.clone()).max(zero());
        *taken += &more;
        open -= &more;
    }
    taken
}

/// Ten a day are planned.
#[test]
fn what_comes_in_time_goes_before_what_came_early() {
    use super::facts::day;
    use super::numbers::whole;
    use chrono::Datelike;

    let taken = |read: &[(u32, i64)], as_of: u32| -> Vec<Q> {
        let read: Vec<(NaiveDate, Q)> =
            read.iter().map(|(on, amount)| (day(4, *on), whole(*amount))).collect();
        of_existing(&read, |on| whole(10 * i64::from(on.day())), day(4, as_of))
    };
    // All at once and early: a part is in time, the rest is made up for as the days go by.
    assert_eq!(taken(&[(1, 100)], 1), [whole(10)]);
    assert_eq!(taken(&[(1, 100)], 4), [whole(40)]);
    // The later of two has all that was planned by its day, then the latest make up for the rest.
    assert_eq!(taken(&[(1, 100), (3, 15)], 3), [whole(15), whole(15)]);
    assert_eq!(taken(&[(1, 100), (2, 50), (3, 5)], 8), [whole(25), whole(50), whole(5)]);
    // Never more than was read.
    assert_eq!(taken(&[(1, 5), (2, 3)], 8), [whole(5), whole(3)]);
    // What was called off was new.
    assert_eq!(taken(&[(1, 30), (2, -10)], 2), [whole(20), zero()]);
}
