//! Dealing a key result's stages out to its people.

use dashu_int::IBig;

use crate::exact::{Exact, Step, readable, sum, whole};
use crate::expand::chain::Link;
use crate::expand::cut::Cut;
use crate::expand::key_result::{Stage, Workshop};
use crate::expand::seating::Seated;
use crate::expand::share::{Dealt, Seat, Seating, ShareError};
use crate::message::Message;
use crate::plan::{MetricId, MetricUnit, Need, PersonId};
use crate::sources::Place;

impl Workshop<'_> {
    /// The outcome's total and parts; no parts where a team holds it.
    pub(super) fn deal_outcome(
        &mut self,
        metric: MetricId,
        cut: &Cut,
        measure: Place,
    ) -> (IBig, Option<Dealt>) {
        let people = cut.people.clone();
        let Some(seating) = cut.seated.seating() else { return (people, None) };
        let metric = &self.plan[metric];
        let place = self.key_result.share.as_ref().map_or(measure, |share| share.place);
        if !metric.unit.is_shared() {
            let count = seating.seats().count();
            let exact = vec![metric.step.amount(&people); count];
            return (people.clone(), Some(Dealt { exact, steps: vec![people; count] }));
        }
        if people.is_zero() {
            // Accounts cover all of it: there is nothing to deal out, and nothing that a pin could fix.
            let count = seating.seats().count();
            let nothing = Dealt { exact: vec![whole(0); count], steps: vec![IBig::ZERO; count] };
            return (people, Some(nothing));
        }
        let dealt = match &cut.heads {
            Some(heads) => Ok(heads.clone()),
            None => seating.deal(&cut.people, &metric.step),
        };
        match dealt {
            Ok(mut dealt) => {
                if self.key_result.over_assign_one.is_empty() {
                    return (people, Some(dealt));
                }
                self.over_assign_single(seating, &metric.step, &mut dealt);
                (dealt.steps.iter().sum(), Some(dealt))
            }
            Err(ShareError::Nobody) => {
                self.diagnostics.say(Message::ShareOfNobody { goal: self.path() }, place);
                (people, None)
            }
            Err(ShareError::Pinned(over)) => {
                let place = self.key_result.pins.first().map_or(place, |pin| pin.place);
                let read = |amount: &Exact| readable(amount, metric.step.decimals);
                let message = Message::PinsOverTotal { pinned: read(&over.pinned), total: read(&over.total) };
                self.diagnostics.say(message, place);
                (people, None)
            }
        }
    }

    /// `over-assign liu 10%`: their part grows, nobody else's changes; a pinned part is as pinned.
    fn over_assign_single(&self, seating: &Seating, step: &Step, dealt: &mut Dealt) {
        for (person, over, _) in &self.key_result.over_assign_one {
            let free = |seat: &Seat| seat.person == *person && seat.pin.is_none();
            let Some(index) = seating.seats().position(free) else { continue };
            let factor = whole(1) + over;
            if let Some(steps) = dealt.steps.get_mut(index) {
                *steps = step.ceil(&(step.amount(steps) * &factor));
            }
            if let Some(exact) = dealt.exact.get_mut(index) {
                *exact *= &factor;
            }
        }
    }

    /// The total and the parts of a stage below another.
    pub(super) fn deal_below(
        &mut self,
        link: &Link,
        stage: &Stage,
        dealt: Option<&Dealt>,
        seated: &Seated,
    ) -> (IBig, Option<Dealt>) {
        let Some(line) = link.above.and_then(|above| self.plan[above.funnel].lines.get(above.line)) else {
            return (IBig::ZERO, None);
        };
        let step = &self.plan[link.metric].step;
        let upper = &self.plan[stage.link.metric];
        let part = line.part.clone().unwrap_or_else(|| whole(1));
        let from_total = || step.ceil(&(upper.step.amount(&stage.total) * &line.need.planned * &part));
        let (Some(dealt), Some(seating)) = (dealt, seated.seating()) else {
            return (from_total(), None);
        };

        let mut own = false;
        let mut asked = Vec::new();
        for ((seat, exact), steps) in seating.seats().zip(&dealt.exact).zip(&dealt.steps) {
            let base = match upper.unit {
                MetricUnit::Money(_) => exact.clone(),
                _ => upper.step.amount(steps),
            };
            let need = match self.own_need(seat.person, link) {
                Some((need, _)) => {
                    own = true;
                    need
                }
                None => &line.need,
            };
            asked.push(base * &need.planned * &part);
        }
        let all = sum(&asked);
        let total = if own { step.ceil(&all) } else { from_total() };
        match seating.deal_on(&total, &asked) {
            Ok(steps) => {
                let amount = step.amount(&total);
                let part = |asked: &Exact| if all.is_zero() { whole(0) } else { &amount * asked / &all };
                let exact = asked.iter().map(part).collect();
                (total, Some(Dealt { exact, steps }))
            }
            Err(_) => (total, None),
        }
    }

    pub(super) fn own_need(&self, person: PersonId, link: &Link) -> Option<(&Need, Place)> {
        let above = link.above?;
        let own = &self.plan[person].own_needs;
        own.iter()
            .find(|own| own.funnel == above.funnel && own.line == above.line)
            .map(|own| (&own.need, own.place))
    }
}
