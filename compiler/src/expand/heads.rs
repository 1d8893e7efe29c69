//! Figures per head: `share north each`.

use dashu_int::IBig;
use milepost_grammar::ast::Grain;

use crate::calendar::Calendar;
use crate::dates::{period_of, periods};
use crate::exact::{Exact, ratio, whole};
use crate::expand::presence::{Presence, Presences};
use crate::expand::share::{Dealt, Seating};
use crate::expand::target::count_of;
use crate::plan::{KeyResult, Plan, ShareBy, Target};

/// What each person of a share is asked for, where the measure's figure is per head.
#[derive(Clone, PartialEq, Debug)]
pub struct Heads {
    /// The figure of somebody who is there all the time, in units of the metric.
    pub figure: Exact,
    /// Each one's own, in the seating's order, before over-assignment.
    pub each: Dealt,
}

/// The figures per head of a key result; `None` if its figure is that of all together.
///
/// An amount is asked of everybody who works in the window. A rate is asked over each one's own days: by the day,
/// of their working days; by longer periods, of each period by the part of its working days that are theirs. `by
/// capacity` scales by weight, and by the ramped working days of the window's.
#[must_use]
pub fn heads(plan: &Plan, presences: &Presences, key_result: &KeyResult, seating: &Seating) -> Option<Heads> {
    let Some(ShareBy::Each { by_capacity }) = key_result.share.as_ref().map(|share| &share.by) else {
        return None;
    };
    let measure = key_result.measure.as_ref()?;
    let metric = &plan[measure.metric];
    if !metric.unit.is_shared() {
        return None;
    }
    let window = key_result.window;
    let figure = match &measure.target {
        // What is planned is the target, which is rounded up where it is off the step.
        Target::Amount(amount) => metric.step.amount(&metric.step.ceil(amount)),
        Target::Rate(amount, per) => amount * count_of(window, *per, &plan[plan.calendar], plan.fiscal_start),
        Target::Level(..) => return None,
    };
    let mut each = Dealt { exact: Vec::new(), steps: Vec::new() };
    for seat in seating.seats() {
        let person = &plan[seat.person];
        let presence = presences.person(seat.person);
        let calendar = &plan[person.calendar.unwrap_or(plan.calendar)];
        let part = if *by_capacity { &person.weight * presence.fullness(window) } else { whole(1) };
        let own = match &measure.target {
            Target::Rate(rate, per) => {
                rate * own_count(key_result, *per, presence, calendar, plan.fiscal_start) * part
            }
            _ if !presence.works_in(window) => whole(0),
            _ if *by_capacity => {
                let days = i64::try_from(calendar.count(window)).unwrap_or(i64::MAX);
                &figure * part * ratio(i64::try_from(presence.count(window)).unwrap_or(i64::MAX), days.max(1))
            }
            _ => figure.clone(),
        };
        match &seat.pin {
            Some(pin) => {
                each.steps.push(metric.step.ceil(pin));
                each.exact.push(pin.clone());
            }
            None => {
                each.steps.push(metric.step.ceil(&own));
                each.exact.push(own);
            }
        }
    }
    Some(Heads { figure, each })
}

impl Heads {
    /// All figures together, in steps.
    #[must_use]
    pub fn steps(&self) -> IBig {
        self.each.steps.iter().sum()
    }
}

/// How many of a period somebody has in the window: working days, or periods by the part of their days.
fn own_count(
    key_result: &KeyResult,
    per: Grain,
    presence: &Presence,
    calendar: &Calendar,
    fiscal_start: u32,
) -> Exact {
    let days = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    if per == Grain::Day {
        return whole(days(presence.count(key_result.window)));
    }
    let mut count = whole(0);
    for piece in periods(key_result.window, per, fiscal_start) {
        let full = calendar.count(period_of(piece.first, per, fiscal_start));
        if full > 0 {
            count += ratio(days(presence.count(piece)), days(full));
        }
    }
    count
}
