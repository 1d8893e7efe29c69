//! `share … each`: the figure is per head.

use super::model::Measure;
use super::period::Grain;
use super::rational::{Q, ceil_to, one, whole, zero};
use super::share::{Part, Seat};
use super::weighing::Timing;

/// What one head is asked for, exactly, before parts and over-assignment.
///
/// An amount is asked of everybody who works in the goal's time; a rate comes to
/// what it makes over their own days. By capacity it is scaled by weight and by the
/// mean of the ramp over their days, and an amount also by the part of the working
/// days that they have. Working days are those of their own calendar.
pub(crate) fn figure(
    seat: &Seat,
    measure: &Measure,
    target: &Q,
    by_capacity: bool,
    timing: &Timing<'_>,
) -> Q {
    let (first, last) = (timing.first, timing.last);
    let person = &seat.person;
    let worked = |first, last| whole(person.working_days(timing.calendar, first, last) as i64);
    let mine = worked(first, last);
    if mine == zero() {
        return zero();
    }
    // What they would work if they were always there.
    let calendar = person.calendar(timing.calendar);
    // Capacity is weight times the sum of the ramp.
    let scale = if by_capacity { person.capacity(timing.calendar, first, last) / &mine } else { one() };
    match measure {
        Measure::Rate(amount, Grain::Day) => amount * mine * scale,
        Measure::Rate(amount, per) => {
            let mut periods = zero();
            for period in per.meeting(first, last, timing.fiscal) {
                let all = calendar.count(period.first(), period.last());
                if all != zero() {
                    periods += worked(period.first().max(first), period.last().min(last)) / all;
                }
            }
            amount * periods * scale
        }
        _ if by_capacity => target * mine * scale / calendar.count(first, last),
        _ => target.clone(),
    }
}

/// What a head takes of a figure: more by what is said for all, and by what is said
/// for them alone. Who is pinned has that instead.
pub(crate) fn raised(seat: &Seat, figure: Part, over: &Q, step: &Q) -> Part {
    if let Some(pin) = &seat.pin {
        return Part { amount: pin.clone(), exact: pin.clone() };
    }
    let factor = one() + over;
    let amount = ceil_to(&(figure.amount * &factor), step);
    seat.more(Part { amount, exact: figure.exact * factor }, step)
}
