//! What of a goal each chain is about: all of it, or one part of a split.

use dashu_int::IBig;

use crate::exact::{Exact, Step, sum, whole};
use crate::expand::apportion::apportion;
use crate::expand::heads::Heads;
use crate::expand::seating::Seated;
use crate::expand::share::{Dealt, Seating};
use crate::expand::target::Totals;
use crate::plan::KeyResult;

/// What one chain starts from.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    /// `industry=cold-chain`; empty without a split.
    pub(super) part: String,
    /// To be won, in steps.
    pub(super) new: IBig,
    /// The same with over-assignment.
    pub(super) people: IBig,
    /// Each one's own figure with over-assignment, where the goal is said per head.
    pub(super) heads: Option<Dealt>,
    /// Who it is dealt out to; pins are what of them lies in this part.
    pub(super) seated: Seated,
}

/// Cuts a goal into the parts of its split; they sum to the whole exactly, and so do those of each figure per head
/// and of each pin. Without a split there is one cut.
pub(super) fn cuts(
    key_result: &KeyResult,
    step: &Step,
    totals: &Totals,
    heads: Option<&Heads>,
    seated: &Seated,
) -> Vec<Cut> {
    let over = key_result.over_assign.as_ref().map_or_else(|| whole(1), |(over, _)| whole(1) + over);
    let raised = |steps: &IBig| step.ceil(&(step.amount(steps) * &over));
    let Some(split) = &key_result.split else {
        let heads = heads.map(|heads| raise(&heads.each, step, &over, seated.seating()));
        let people =
            heads.as_ref().map_or_else(|| raised(&totals.new), |heads: &Dealt| heads.steps.iter().sum());
        let new = totals.new.clone();
        return vec![Cut { part: String::new(), new, people, heads, seated: seated.clone() }];
    };
    let weights: Vec<Exact> = split.parts.iter().map(|(_, weight)| weight.clone()).collect();
    let all = sum(&weights);
    // Not all weigh 0; the resolver has seen to it.
    let parts_of = |steps: &IBig| apportion(steps, &weights).unwrap_or_default();
    let of_whole = parts_of(&totals.new);
    let of_heads: Option<Vec<Vec<IBig>>> = heads.map(|heads| heads.each.steps.iter().map(parts_of).collect());
    let mut cuts = Vec::with_capacity(weights.len());
    for (index, (name, weight)) in split.parts.iter().enumerate() {
        let at = |parts: &Vec<IBig>| parts.get(index).cloned().unwrap_or_default();
        let seated = seated.with_pins(|pin| step.amount(&at(&parts_of(&step.ceil(pin)))));
        let base = heads.zip(of_heads.as_ref()).map(|(heads, of_heads)| Dealt {
            exact: heads.each.exact.iter().map(|exact| exact * weight / &all).collect(),
            steps: of_heads.iter().map(at).collect(),
        });
        let new = base.as_ref().map_or_else(|| at(&of_whole), |base| base.steps.iter().sum());
        let heads = base.map(|base| raise(&base, step, &over, seated.seating()));
        let people = heads.as_ref().map_or_else(|| raised(&new), |heads: &Dealt| heads.steps.iter().sum());
        cuts.push(Cut { part: format!("{}={name}", split.dimension), new, people, heads, seated });
    }
    cuts
}

/// Figures per head with over-assignment; pinned ones stay, and weigh what is pinned in this part.
fn raise(each: &Dealt, step: &Step, over: &Exact, seating: Option<&Seating>) -> Dealt {
    let pins: Vec<Option<Exact>> =
        seating.map(|seating| seating.seats().map(|seat| seat.pin.clone()).collect()).unwrap_or_default();
    let mut raised = each.clone();
    for ((exact, steps), pin) in raised.exact.iter_mut().zip(&mut raised.steps).zip(pins) {
        match pin {
            Some(pin) => *exact = pin,
            None => {
                *exact *= over;
                *steps = step.ceil(&(step.amount(steps) * over));
            }
        }
    }
    raised
}
