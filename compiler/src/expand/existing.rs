//! What existing accounts bring, by the month they renew in.

use std::sync::Arc;

use chrono::Datelike;

use crate::dates::months;
use crate::exact::{AboveZero, Exact, sum};
use crate::expand::apportion::apportion;
use crate::expand::course::{Course, Phase};
use crate::expand::key_result::Workshop;
use crate::expand::line::Line;
use crate::expand::weights::{LineWeights, StageDays};
use crate::plan::{Account, Holder, MetricId, PersonId};
use crate::sources::Place;

/// One line for each owner of accounts, and one without a person for accounts that nobody owns.
///
/// Together they hold as many whole steps as the accounts cover: with the new amount, which is rounded up, that
/// makes the target. The steps are dealt out to the accounts by what each brings.
pub(crate) fn lines(shop: &Workshop<'_>, metric: MetricId, goal: &Arc<StageDays>) -> Vec<Line> {
    let plan = shop.plan;
    let key_result = shop.key_result;
    let step = &plan[metric].step;
    let accounts: Vec<(&Account, Place)> = key_result
        .existing
        .iter()
        .flat_map(|(book, place)| plan[*book].accounts.iter().map(move |account| (account, *place)))
        .collect();
    let amounts: Vec<Exact> = accounts.iter().map(|(account, _)| account.kept()).collect();
    let Some(steps) = apportion(&step.floor(&sum(&amounts)), &amounts) else { return Vec::new() };

    let mut owners: Vec<Option<PersonId>> = accounts.iter().map(|(account, _)| account.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let mut lines = Vec::new();
    for owner in owners {
        // What nobody owns is held by the team as one, like new work that is not shared.
        let holder = owner.map(Holder::Person).or(shop.team.map(Holder::Team));
        let presence = shop.almanac.presences.holder(plan, holder);
        let mut flows = Vec::new();
        let mut places = Vec::new();
        for ((account, statement), steps) in accounts.iter().zip(&steps) {
            if account.owner != owner || !steps.is_above_zero() {
                continue;
            }
            let renewal = account
                .renews
                .and_then(|day| months(day.year(), day.month(), 1).intersect(&key_result.window));
            let weights = renewal
                .and_then(|month| LineWeights::working(&Arc::new(StageDays::even(month)), presence))
                .or_else(|| LineWeights::new(goal, presence))
                .or_else(|| LineWeights::new(goal, shop.almanac.presences.plan()));
            if let Some(weights) = weights {
                flows.push((Exact::from(steps.clone()), weights));
                places.push((account.place, *statement));
            }
        }
        // The account itself where there is one, else the statement that brings in the book.
        let source = match places.as_slice() {
            [] => continue,
            [(account, _)] => *account,
            [(_, statement), ..] => *statement,
        };
        let team = owner.map_or(shop.team, |person| plan[person].team);
        let course = Course::Sum { window: key_result.window, flows };
        lines.push(Line::new(owner, team, course, Phase::ALONE, source));
    }
    lines
}
