//! What the people themselves expect: bottom-up beside the top-down share, and who calls high or low over the weeks.

use std::collections::BTreeMap;

use crate::exact::{AboveZero, Exact, whole};
use crate::plan::{Forecast, Holder, PersonId, TeamId};

use super::key_result::HolderProgress;
use super::meter::{Holding, Meter, Subject};

/// What is expected of one key result.
#[derive(Clone, PartialEq, Debug)]
pub struct Calls {
    /// Each person who has a part or has called.
    pub people: Vec<CallTotal>,
    /// Each team that has some of them, outer before inner.
    pub teams: Vec<CallTotal>,
    /// All together.
    pub whole: CallTotal,
    /// All forecasts up to the day, by who gave them.
    pub book: Vec<CallBook>,
}

/// What is expected beside what is asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct CallTotal {
    /// Who; nobody is all together.
    pub who: Option<Holder>,
    /// What is asked for.
    pub share: Exact,
    /// The latest forecast, or the sum of the latest of those who gave one.
    pub commit: Option<Exact>,
    /// What is likely; where that is not said, what is sure, or else what is possible.
    pub call: Option<Exact>,
    /// What is possible.
    pub best: Option<Exact>,
    /// call − share.
    pub gap: Option<Exact>,
    /// How many of the people gave a forecast, of how many.
    pub called: (usize, usize),
    /// Whether the team gave it itself, and it is no sum.
    pub own: bool,
}

/// The forecasts of one holder over the weeks.
#[derive(Clone, PartialEq, Debug)]
pub struct CallBook {
    /// Who; nobody is the key result as a whole.
    pub who: Option<Holder>,
    /// By day.
    pub calls: Vec<Forecast>,
    /// What they are held against: what was reached, or before the end what it comes to at the pace so far.
    pub against: Option<Exact>,
    /// Whether that is what was reached.
    pub is_final: bool,
    /// How far the calls lie above that on the mean, as a part of it; below 0 is low.
    pub bias: Option<Exact>,
}

/// What is expected of a key result, if somebody said so by then.
pub(super) fn calls(
    meter: &Meter<'_>,
    subject: &Subject<'_>,
    holders: &[HolderProgress],
    target: &Exact,
    done: Option<&Exact>,
    projected: Option<&Exact>,
) -> Option<Calls> {
    let goal = subject.goal;
    let metric = goal.measure.as_ref()?.metric;
    let wanted = |who: Option<Holder>| meter.person.is_none_or(|person| who == Some(Holder::Person(person)));
    let mut given: BTreeMap<Option<Holder>, Vec<Forecast>> = BTreeMap::new();
    for forecast in
        goal.forecasts.iter().filter(|forecast| forecast.on <= meter.as_of && wanted(forecast.who))
    {
        given.entry(forecast.who).or_default().push(forecast.clone());
    }
    if given.is_empty() {
        return None;
    }
    let own: BTreeMap<PersonId, &HolderProgress> = holders
        .iter()
        .filter(|holder| holder.metric == metric)
        .filter_map(|holder| match holder.who {
            Holding::Person(person) => Some((person, holder)),
            Holding::Team(_) => None,
        })
        .collect();
    let mut people: Vec<PersonId> = own.keys().copied().collect();
    for who in given.keys() {
        if let Some(Holder::Person(person)) = who
            && !own.contains_key(person)
        {
            people.push(*person);
        }
    }
    people.sort_unstable();
    let share = |person: &PersonId| own.get(person).map_or_else(|| whole(0), |holder| holder.total.clone());
    let latest = |who: Option<Holder>| given.get(&who).and_then(|calls| calls.last());
    let of_people = |who: Option<Holder>, among: &[PersonId], asked: Option<&Exact>| {
        let share =
            asked.cloned().unwrap_or_else(|| among.iter().fold(whole(0), |sum, person| sum + share(person)));
        let latest: Vec<&Forecast> =
            among.iter().filter_map(|person| latest(Some(Holder::Person(*person)))).collect();
        let add = |of: fn(&Forecast) -> Option<&Exact>| {
            let amounts: Vec<&Exact> = latest.iter().filter_map(|call| of(call)).collect();
            (!amounts.is_empty()).then(|| crate::exact::sum(amounts))
        };
        let call = add(Forecast::expected);
        CallTotal {
            who,
            gap: call.as_ref().map(|call| call - &share),
            commit: add(|call| call.commit.as_ref()),
            best: add(|call| call.best.as_ref()),
            call,
            called: (latest.len(), among.len()),
            share,
            own: false,
        }
    };
    let own_call = |mut total: CallTotal, call: &Forecast| {
        total.commit.clone_from(&call.commit);
        total.best.clone_from(&call.best);
        total.call = call.expected().cloned();
        total.gap = total.call.as_ref().map(|call| call - &total.share);
        total.own = true;
        total
    };
    let mut teams = Vec::new();
    for index in 0..meter.plan.teams.len() {
        let team = TeamId::new(index);
        let inside: Vec<PersonId> =
            meter.plan.people_of(team).into_iter().filter(|person| people.contains(person)).collect();
        let who = Some(Holder::Team(team));
        let total = of_people(who, &inside, None);
        match latest(who) {
            Some(call) => teams.push(own_call(total, call)),
            None if !inside.is_empty() && meter.person.is_none() => teams.push(total),
            None => {}
        }
    }
    let together = of_people(None, &people, meter.person.is_none().then_some(target));
    // Who has called for all of them has called for the whole.
    let of_all = |team: &&CallTotal| {
        team.own
            && match team.who {
                Some(Holder::Team(team)) => {
                    let inside = meter.plan.people_of(team);
                    people.iter().all(|person| inside.contains(person))
                }
                _ => false,
            }
    };
    let whole = match (latest(None), teams.iter().find(of_all)) {
        (Some(call), _) => own_call(together, call),
        (None, Some(team)) => CallTotal {
            who: None,
            gap: team.call.as_ref().map(|call| call - &together.share),
            share: together.share,
            ..team.clone()
        },
        (None, None) => together,
    };
    let is_final = meter.as_of >= goal.window.last;
    let book = given.iter().map(|(who, calls)| {
        let reached = match who {
            None => {
                if is_final {
                    done.cloned()
                } else {
                    projected.cloned()
                }
            }
            Some(Holder::Person(person)) => own
                .get(person)
                .and_then(|holder| if is_final { holder.done.clone() } else { holder.forecast.clone() }),
            Some(Holder::Team(team)) => {
                let inside = meter.plan.people_of(*team);
                let own: Vec<&&HolderProgress> = inside.iter().filter_map(|person| own.get(person)).collect();
                let done = crate::exact::sum(own.iter().filter_map(|holder| holder.done.as_ref()));
                let planned = crate::exact::sum(own.iter().map(|holder| &holder.planned));
                let total = crate::exact::sum(own.iter().map(|holder| &holder.total));
                match (is_final, planned.is_zero()) {
                    (true, _) => Some(done),
                    (false, true) => None,
                    (false, false) => Some(done * total / planned),
                }
            }
        };
        CallBook {
            who: *who,
            bias: reached.as_ref().and_then(|reached| bias(calls, reached)),
            calls: calls.clone(),
            against: reached,
            is_final,
        }
    });
    let book = book.collect();
    let people = people.iter().map(|person| {
        let who = Some(Holder::Person(*person));
        of_people(who, std::slice::from_ref(person), None)
    });
    Some(Calls { people: people.collect(), teams, whole, book })
}

/// How far calls lie above what was reached, on the mean and as a part of it.
fn bias(calls: &[Forecast], reached: &Exact) -> Option<Exact> {
    if !reached.is_above_zero() {
        return None;
    }
    let over: Vec<Exact> =
        calls.iter().filter_map(Forecast::expected).map(|call| (call - reached) / reached).collect();
    let count = i64::try_from(over.len()).ok().filter(|count| *count > 0)?;
    Some(crate::exact::sum(&over) / whole(count))
}
