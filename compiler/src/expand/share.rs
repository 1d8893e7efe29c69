//! Who gets which part of a stage.

use dashu_base::Signed;
use dashu_int::IBig;

use crate::exact::{Exact, Step, sum, whole};
use crate::expand::apportion::apportion;
use crate::expand::course::Phase;
use crate::plan::PersonId;

/// The people of a share in their groups: one group of all people, or one for each team that it names.
#[derive(Clone, PartialEq, Debug)]
pub struct Seating {
    /// The groups, in declaration order; each with at least one person.
    pub groups: Vec<Group>,
}

/// A team of a share that goes level by level, or everybody of one that does not.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// What the whole group weighs beside the others.
    pub weight: Exact,
    /// What is fixed for the whole group by hand, in units of the metric.
    pub pin: Option<Exact>,
    /// Its people, in declaration order.
    pub seats: Vec<Seat>,
}

/// A person in a share.
#[derive(Clone, PartialEq, Debug)]
pub struct Seat {
    /// Who.
    pub person: PersonId,
    /// What they weigh beside the others of their group.
    pub weight: Exact,
    /// What is fixed for them by hand, in units of the metric.
    pub pin: Option<Exact>,
    /// Their place among the people of their group.
    pub phase: Phase,
}

/// What each person of a share gets of one stage, in the seating's order.
#[derive(Clone, PartialEq, Debug)]
pub struct Dealt {
    /// Before rounding, in units of the metric.
    pub exact: Vec<Exact>,
    /// In steps.
    pub steps: Vec<IBig>,
}

/// Why a stage cannot be dealt out.
#[derive(Clone, PartialEq, Debug)]
pub enum ShareError {
    /// Everybody weighs 0.
    Nobody,
    /// More is pinned than there is.
    Pinned(Box<OverPinned>),
}

/// Pins that exceed what there is.
#[derive(Clone, PartialEq, Debug)]
pub struct OverPinned {
    /// What the pins come to.
    pub pinned: Exact,
    /// What there is.
    pub total: Exact,
}

impl Seating {
    /// All people, in order.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.groups.iter().flat_map(|group| &group.seats)
    }

    /// The same people with other pins: what of each pin lies in one part of a split.
    #[must_use]
    pub fn with_pins(&self, part: impl Fn(&Exact) -> Exact) -> Self {
        let mut seating = self.clone();
        for group in &mut seating.groups {
            let seats = group.seats.iter_mut().filter_map(|seat| seat.pin.as_mut());
            for pin in group.pin.as_mut().into_iter().chain(seats) {
                *pin = part(pin);
            }
        }
        seating
    }

    /// Deals out `total` steps of the outcome: pins first, the rest by weight, level by level.
    ///
    /// # Errors
    /// If nobody can take it, or pins exceed it.
    pub fn deal(&self, total: &IBig, step: &Step) -> Result<Dealt, ShareError> {
        let amount = step.amount(total);
        let group_pins = self.groups.iter().map(|group| group.pin.clone()).collect::<Vec<_>>();
        let group_weights: Vec<Exact> = self.groups.iter().map(|group| group.weight.clone()).collect();
        let groups = deal_level(&amount, total, step, &group_pins, &group_weights)?;
        let mut dealt = Dealt { exact: Vec::new(), steps: Vec::new() };
        for ((group, exact), steps) in self.groups.iter().zip(groups.exact).zip(groups.steps) {
            let pins: Vec<_> = group.seats.iter().map(|seat| seat.pin.clone()).collect();
            let weights: Vec<_> = group.seats.iter().map(|seat| seat.weight.clone()).collect();
            let inner = deal_level(&exact, &steps, step, &pins, &weights)?;
            dealt.exact.extend(inner.exact);
            dealt.steps.extend(inner.steps);
        }
        Ok(dealt)
    }

    /// Deals out `total` steps of a later stage by what each person's part of the stage above asks for,
    /// level by level.
    ///
    /// # Errors
    /// If nobody's part asks for anything.
    pub fn deal_on(&self, total: &IBig, asked: &[Exact]) -> Result<Vec<IBig>, ShareError> {
        let mut rest = asked;
        let mut by_group = Vec::new();
        for group in &self.groups {
            let (own, others) = rest.split_at_checked(group.seats.len()).unwrap_or((rest, &[]));
            by_group.push(own);
            rest = others;
        }
        let sums: Vec<Exact> = by_group.iter().map(|asked| sum(*asked)).collect();
        let groups = apportion(total, &sums).ok_or(ShareError::Nobody)?;
        let mut steps = Vec::new();
        for (asked, total) in by_group.into_iter().zip(groups) {
            steps.extend(apportion(&total, asked).ok_or(ShareError::Nobody)?);
        }
        Ok(steps)
    }
}

/// One level: pins first, the rest of `total` by weight. `exact` is the level's amount before rounding.
fn deal_level(
    exact: &Exact,
    total: &IBig,
    step: &Step,
    pins: &[Option<Exact>],
    weights: &[Exact],
) -> Result<Dealt, ShareError> {
    let pinned: Exact = sum(pins.iter().flatten());
    let pinned_steps: IBig = pins.iter().flatten().map(|pin| step.ceil(pin)).sum();
    let rest_steps = total - &pinned_steps;
    let free: Vec<Exact> = weights
        .iter()
        .zip(pins)
        .map(|(weight, pin)| if pin.is_some() { whole(0) } else { weight.clone() })
        .collect();
    if rest_steps.is_negative() {
        let over = OverPinned { pinned, total: step.amount(total) };
        return Err(ShareError::Pinned(Box::new(over)));
    }
    let shares = apportion(&rest_steps, &free).ok_or(ShareError::Nobody)?;
    let rest = exact - &pinned;
    let rest = if rest.is_negative() { whole(0) } else { rest };
    let all = sum(&free);
    let mut dealt = Dealt { exact: Vec::new(), steps: Vec::new() };
    for ((pin, weight), share) in pins.iter().zip(&free).zip(shares) {
        match pin {
            Some(pin) => {
                dealt.exact.push(pin.clone());
                dealt.steps.push(step.ceil(pin));
            }
            None => {
                dealt.exact.push(if all.is_zero() { whole(0) } else { &rest * weight / &all });
                dealt.steps.push(share);
            }
        }
    }
    Ok(dealt)
}
