//! Who takes how much of a total.

use super::apportion::apportion;
use super::model::{KeyResult, Member, Method, Plan, Share};
use super::rational::{Q, ceil_to, one, percent, sum, whole, zero};
use super::running::Phase;
use super::someone::{Someone, everybody};
use super::unplannable::Unplannable;
use super::weighing::Timing;

/// The people of a share. There is one level, or two where the share names teams:
/// first the teams, then the people inside each.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) groups: Vec<Group>,
}

/// A named team, or everybody where no teams are named.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    weight: Q,
    pin: Option<Q>,
    pub(crate) seats: Vec<Seat>,
}

#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) person: Someone,
    weight: Q,
    pub(crate) pin: Option<Q>,
    /// What this one takes beyond their share, as a fraction.
    pub(crate) extra: Q,
    /// Counted inside the group, pinned and weightless people too.
    pub(crate) phase: Phase,
}

/// What a seat has of one stage: in whole steps, and before rounding.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) amount: Q,
    pub(crate) exact: Q,
}

/// How one level weighs those who sit at it.
enum Weights<'a> {
    Evenly,
    ByWeight,
    ByCapacity,
    List(&'a [(String, Q)]),
}

impl Table {
    /// Nobody shares: one person does it all.
    fn alone(person: Someone, key_result: &KeyResult) -> Table {
        let seats = seat(vec![person], &Weights::Evenly, key_result, None);
        Table { groups: vec![Group { weight: one(), pin: None, seats }] }
    }

    /// The table of a key result; none where a team holds the amount as one.
    ///
    /// A person who owns a goal that is not shared has all of it. A team's goal
    /// with a funnel that says no share is shared by capacity; without a funnel
    /// the team holds it.
    pub(crate) fn new(
        plan: &Plan,
        owner: &str,
        key_result: &KeyResult,
        timing: &Timing<'_>,
    ) -> Result<Option<Table>, Unplannable> {
        let all = everybody(plan);
        let by_capacity;
        let share = match &key_result.share {
            Some(share) => share,
            None => {
                if let Some(person) = all.iter().find(|person| person.name == owner) {
                    return Ok(Some(Table::alone(person.clone(), key_result)));
                }
                if key_result.through.is_none() {
                    return Ok(None);
                }
                by_capacity = Share { names: vec![owner.to_owned()], role: None, method: Method::ByCapacity };
                &by_capacity
            }
        };
        let teams = declared_teams(plan);
        let fits = |person: &Someone| share.role.is_none() || person.role == share.role;
        let is_team = |name: &String| teams.iter().any(|(team, _)| team == name);
        let weights = match &share.method {
            // Heads that have figures of their own need no weight.
            Method::Evenly | Method::Each { .. } => Weights::Evenly,
            Method::ByWeight => Weights::ByWeight,
            Method::ByCapacity => Weights::ByCapacity,
            Method::List(list) => Weights::List(list),
        };
        let listed_teams: Vec<&String> = match &share.method {
            Method::List(list) => list.iter().map(|(name, _)| name).filter(|n| is_team(n)).collect(),
            _ => Vec::new(),
        };
        // A share that names teams, whether before its method or in its list,
        // goes level by level; one team alone is no level, but the people in it, and
        // heads that have figures of their own stand in one row.
        let level: Vec<&String> = if let Method::Each { .. } = share.method {
            Vec::new()
        } else if !listed_teams.is_empty() {
            listed_teams
        } else if share.names.len() > 1 && share.names.iter().all(is_team) {
            share.names.iter().collect()
        } else {
            Vec::new()
        };
        if level.is_empty() {
            let people: Vec<Someone> = all
                .into_iter()
                .filter(|person| {
                    share
                        .names
                        .iter()
                        .any(|name| *name == person.name || (person.belongs_to(name) && fits(person)))
                })
                .collect();
            if people.is_empty() {
                return Err(Unplannable("nobody has the role"));
            }
            let seats = seat(people, &weights, key_result, Some(timing));
            return Ok(Some(Table { groups: vec![Group { weight: one(), pin: None, seats }] }));
        }
        let mut groups = Vec::new();
        for (team, own_weight) in teams.iter().filter(|(team, _)| level.contains(&team)) {
            let mine = |person: &&Someone| person.belongs_to(team) && fits(person);
            let people: Vec<Someone> = all.iter().filter(mine).cloned().collect();
            let here = people.iter().any(|person| present(person, timing));
            let capacities: Vec<Q> = people.iter().map(|person| capacity(person, timing)).collect();
            let weight = match &weights {
                // A team nobody of which works in the window weighs nothing.
                _ if !here => zero(),
                Weights::Evenly => one(),
                Weights::ByWeight => own_weight.clone(),
                // A team's capacity is its people's, times its own weight.
                Weights::ByCapacity => sum(&capacities) * own_weight,
                Weights::List(list) => listed(list, team),
            };
            // Inside a named team the people share by capacity.
            let seats = seat(people, &Weights::ByCapacity, key_result, Some(timing));
            groups.push(Group { weight, pin: pinned(key_result, team), seats });
        }
        Ok(Some(Table { groups }))
    }

    pub(crate) fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.groups.iter().flat_map(|group| &group.seats)
    }

    /// Shares the people's total of the measured metric: pins first and as they
    /// are, the rest by weight, level by level.
    pub(crate) fn hand_out(&self, total: &Q, step: &Q) -> Result<Vec<Part>, Unplannable> {
        let groups: Vec<(Option<Q>, Q)> =
            self.groups.iter().map(|group| (group.pin.clone(), group.weight.clone())).collect();
        let whole_total = Part { amount: total.clone(), exact: total.clone() };
        let mut parts = Vec::new();
        for (group, part) in self.groups.iter().zip(divide(&whole_total, &groups, step)?) {
            let seats: Vec<(Option<Q>, Q)> =
                group.seats.iter().map(|seat| (seat.pin.clone(), seat.weight.clone())).collect();
            // A team of which nobody can work has nothing to share. One whose part rounds to nothing still
            // has its exact part, which weighs at the next stage.
            if part.exact == zero() {
                parts.extend(vec![Part { amount: zero(), exact: zero() }; seats.len()]);
                continue;
            }
            for (seat, part) in group.seats.iter().zip(divide(&part, &seats, step)?) {
                parts.push(seat.more(part, step));
            }
        }
        Ok(parts)
    }

    /// Shares the total of a later stage by weights that come from the stage above,
    /// again level by level: a team weighs what its people weigh together.
    pub(crate) fn hand_down(&self, total: &Q, weights: &[Q], step: &Q) -> Result<Vec<Part>, Unplannable> {
        let everything = sum(weights);
        let mut rest = weights;
        let mut by_group = Vec::new();
        for group in &self.groups {
            let (mine, others) = rest.split_at(group.seats.len());
            by_group.push(mine);
            rest = others;
        }
        let sums: Vec<Q> = by_group.iter().map(|mine| sum(*mine)).collect();
        let amounts = apportion(&(total / step), &sums)?;
        let mut parts = Vec::new();
        for (mine, steps) in by_group.iter().zip(amounts) {
            let inside = if steps == zero() { vec![zero(); mine.len()] } else { apportion(&steps, mine)? };
            for (weight, steps) in mine.iter().zip(inside) {
                parts.push(Part { amount: steps * step, exact: total * weight / &everything });
            }
        }
        Ok(parts)
    }
}

impl Seat {
    /// `over-assign` said for one: what they have, raised and rounded up, on top of
    /// what the general one made of it. A pin stays as it is.
    pub(crate) fn more(&self, part: Part, step: &Q) -> Part {
        if self.pin.is_some() {
            return part;
        }
        let factor = one() + &self.extra;
        Part { amount: ceil_to(&(part.amount * &factor), step), exact: part.exact * factor }
    }
}

/// One level: the pinned keep their pins, the others share what is left.
fn divide(total: &Part, entries: &[(Option<Q>, Q)], step: &Q) -> Result<Vec<Part>, Unplannable> {
    let pins = sum(entries.iter().filter_map(|(pin, _)| pin.as_ref()));
    let rest = &total.amount - &pins;
    if rest < zero() {
        return Err(Unplannable("more is pinned than there is"));
    }
    let open: Vec<Q> =
        entries.iter().map(|(pin, weight)| if pin.is_some() { zero() } else { weight.clone() }).collect();
    let shares = if rest == zero() { vec![zero(); open.len()] } else { apportion(&(&rest / step), &open)? };
    let everything = sum(&open);
    let mut parts = Vec::new();
    for ((pin, _), (steps, weight)) in entries.iter().zip(shares.iter().zip(&open)) {
        parts.push(match pin {
            Some(pin) => Part { amount: pin.clone(), exact: pin.clone() },
            None if everything == zero() => Part { amount: zero(), exact: zero() },
            None => Part { amount: steps * step, exact: (&total.exact - &pins) * weight / &everything },
        });
    }
    Ok(parts)
}

fn seat(
    people: Vec<Someone>,
    weights: &Weights<'_>,
    key_result: &KeyResult,
    timing: Option<&Timing<'_>>,
) -> Vec<Seat> {
    let m = people.len() as i64;
    let mut seats = Vec::new();
    for (k, person) in people.into_iter().enumerate() {
        let weight = match timing {
            None => one(),
            // Without a working day in the window a person weighs nothing.
            Some(timing) if !present(&person, timing) => zero(),
            Some(timing) => match weights {
                Weights::Evenly => one(),
                Weights::ByWeight => person.weight.clone(),
                Weights::ByCapacity => capacity(&person, timing),
                Weights::List(list) => listed(list, &person.name),
            },
        };
        let extra = key_result.over_assign_one.iter().find(|(name, _)| *name == person.name);
        seats.push(Seat {
            weight,
            pin: pinned(key_result, &person.name),
            extra: extra.map_or_else(|| whole(0), |(_, p)| percent(p)),
            phase: Phase { k: k as i64, m },
            person,
        });
    }
    seats
}

fn pinned(key_result: &KeyResult, name: &str) -> Option<Q> {
    let pin = key_result.pins.iter().find(|(pinned, _)| pinned == name);
    pin.map(|(_, amount)| amount.clone())
}

/// Who is not in a list weighs nothing, but is counted.
fn listed(list: &[(String, Q)], name: &str) -> Q {
    let entry = list.iter().find(|(listed, _)| listed == name);
    entry.map_or_else(zero, |(_, weight)| weight.clone())
}

fn present(person: &Someone, timing: &Timing<'_>) -> bool {
    person.working_days(timing.calendar, timing.first, timing.last) > 0
}

fn capacity(person: &Someone, timing: &Timing<'_>) -> Q {
    person.capacity(timing.calendar, timing.first, timing.last)
}

/// Every team with the weight it carries, outer before inner, as declared.
fn declared_teams(plan: &Plan) -> Vec<(String, Q)> {
    fn gather(members: &[Member], all: &mut Vec<(String, Q)>) {
        for member in members {
            if let Member::Team(team) = member {
                all.push((team.name.clone(), team.weight.clone().unwrap_or_else(one)));
                gather(&team.members, all);
            }
        }
    }
    let mut all = Vec::new();
    gather(&plan.members, &mut all);
    all
}
