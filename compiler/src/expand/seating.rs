//! From a key result's share, or its owner, to the people it is dealt out to.

use crate::exact::{Exact, sum, whole};
use crate::expand::course::Phase;
use crate::expand::presence::{Presences, capacity};
use crate::expand::share::{Group, Seat, Seating};
use crate::plan::{Holder, KeyResult, PersonId, Plan, ShareBy, TeamId};

/// Who a key result is dealt out to.
#[derive(Clone, PartialEq, Debug)]
pub enum Seated {
    /// People, as a share says.
    Share(Seating),
    /// The people of the owning team, by capacity: there is a funnel and no share.
    ByCapacity(Seating),
    /// One person owns it alone.
    Owner(Seating),
    /// Nobody: it stays one line of the team, or of the plan.
    Line(Option<TeamId>),
}

impl Seated {
    /// The seating, where there is one.
    #[must_use]
    pub const fn seating(&self) -> Option<&Seating> {
        match self {
            Self::Share(seating) | Self::ByCapacity(seating) | Self::Owner(seating) => Some(seating),
            Self::Line(_) => None,
        }
    }
}

impl Seated {
    /// The same people with other pins.
    #[must_use]
    pub fn with_pins(&self, part: impl Fn(&Exact) -> Exact) -> Self {
        match self {
            Self::Share(seating) => Self::Share(seating.with_pins(part)),
            Self::ByCapacity(seating) => Self::ByCapacity(seating.with_pins(part)),
            Self::Owner(seating) => Self::Owner(seating.with_pins(part)),
            Self::Line(team) => Self::Line(*team),
        }
    }
}

/// Finds the people of a key result.
#[must_use]
pub fn seat(plan: &Plan, presences: &Presences, key_result: &KeyResult) -> Seated {
    let table = Table { plan, presences, key_result };
    if let Some(share) = &key_result.share {
        return Seated::Share(table.shared(&share.among, &share.by));
    }
    match key_result.owners.as_slice() {
        [Holder::Person(person)] => Seated::Owner(table.people(&[*person], &ShareBy::Evenly)),
        [] => Seated::Line(None),
        owners if key_result.through.is_some() => {
            let people = table.flat(owners);
            if people.is_empty() {
                Seated::Line(holding_team(plan, owners))
            } else {
                Seated::ByCapacity(table.people(&people, &ShareBy::Capacity))
            }
        }
        owners => Seated::Line(holding_team(plan, owners)),
    }
}

/// The team that holds what no person holds: the first team among the owners, or the first person's.
#[must_use]
pub fn holding_team(plan: &Plan, owners: &[Holder]) -> Option<TeamId> {
    let team = owners.iter().find_map(|owner| match owner {
        Holder::Team(team) => Some(*team),
        Holder::Person(_) => None,
    });
    team.or_else(|| match owners.first() {
        Some(Holder::Person(person)) => plan[*person].team,
        _ => None,
    })
}

struct Table<'a> {
    plan: &'a Plan,
    presences: &'a Presences,
    key_result: &'a KeyResult,
}

impl Table<'_> {
    /// One team, or people alone: all of them in one group. Several teams, or a list that names teams: level
    /// by level, inside each by capacity.
    fn shared(&self, among: &[Holder], by: &ShareBy) -> Seating {
        let listed_teams: Vec<Holder> = match by {
            ShareBy::List(list) if list.iter().any(|(holder, _)| matches!(holder, Holder::Team(_))) => {
                list.iter().map(|(holder, _)| *holder).collect()
            }
            _ => Vec::new(),
        };
        let units: &[Holder] = if listed_teams.is_empty() { among } else { &listed_teams };
        if matches!(by, ShareBy::Each { .. }) {
            return self.people(&self.flat(units), by);
        }
        let names_team = units.iter().any(|unit| matches!(unit, Holder::Team(_)));
        if !names_team || (units.len() == 1 && listed_teams.is_empty()) {
            return self.people(&self.flat(units), by);
        }
        let mut units = units.to_vec();
        units.sort_by_key(|unit| self.declared(*unit));
        units.dedup();
        let direct = units.iter().filter(|unit| matches!(unit, Holder::Person(_))).count();
        let mut seated = 0;
        let mut groups = Vec::new();
        for unit in units {
            let mut group = match unit {
                Holder::Team(_) => self.group(&self.flat(&[unit]), &ShareBy::Capacity),
                Holder::Person(_) => self.group(&self.flat(&[unit]), &ShareBy::Capacity),
            };
            if group.seats.is_empty() {
                continue;
            }
            if let (Holder::Person(_), Some(seat)) = (unit, group.seats.first_mut()) {
                seat.phase = phase(seated, direct);
                seated += 1;
            }
            group.weight = self.unit_weight(unit, by, &group);
            group.pin = match unit {
                Holder::Team(_) => self.pin(unit),
                Holder::Person(_) => group.seats.first_mut().and_then(|seat| seat.pin.take()),
            };
            groups.push(group);
        }
        Seating { groups }
    }

    fn people(&self, people: &[PersonId], by: &ShareBy) -> Seating {
        let group = self.group(people, by);
        Seating { groups: if group.seats.is_empty() { Vec::new() } else { vec![group] } }
    }

    fn group(&self, people: &[PersonId], by: &ShareBy) -> Group {
        let seats = people.iter().enumerate().map(|(index, person)| Seat {
            person: *person,
            weight: self.weight(*person, by),
            pin: self.pin(Holder::Person(*person)),
            phase: phase(index, people.len()),
        });
        Group { weight: whole(1), pin: None, seats: seats.collect() }
    }

    fn flat(&self, holders: &[Holder]) -> Vec<PersonId> {
        let mut people = Vec::new();
        for holder in holders {
            match holder {
                Holder::Team(team) => people.extend(self.plan.people_of(*team)),
                Holder::Person(person) => people.push(*person),
            }
        }
        people.sort_unstable();
        people.dedup();
        let role = self.key_result.share.as_ref().and_then(|share| share.role.as_ref());
        people.retain(|person| role.is_none() || self.plan[*person].role.as_ref() == role);
        people
    }

    /// Where a unit stands in the order of declaration: teams stand where their first person stands.
    fn declared(&self, unit: Holder) -> (PersonId, Holder) {
        let first = match unit {
            Holder::Person(person) => Some(person),
            Holder::Team(team) => self.plan.people_of(team).into_iter().min(),
        };
        (first.unwrap_or(PersonId(u32::MAX)), unit)
    }

    fn weight(&self, person: PersonId, by: &ShareBy) -> Exact {
        let presence = self.presences.person(person);
        let window = self.key_result.window;
        let works = || presence.works_in(window);
        match by {
            ShareBy::Capacity | ShareBy::Each { by_capacity: true } => {
                capacity(&self.plan[person], presence, window)
            }
            _ if !works() => whole(0),
            ShareBy::Evenly | ShareBy::Each { by_capacity: false } => Exact::ONE,
            ShareBy::Weight => self.plan[person].weight.clone(),
            ShareBy::List(list) => listed(list, Holder::Person(person)),
            ShareBy::Like(history) => listed(&self.plan[*history].by_holder, Holder::Person(person)),
        }
    }

    fn unit_weight(&self, unit: Holder, by: &ShareBy, group: &Group) -> Exact {
        let able = group.seats.iter().any(|seat| !seat.weight.is_zero());
        let capacity = || sum(group.seats.iter().map(|seat| &seat.weight));
        match by {
            ShareBy::Capacity | ShareBy::Each { by_capacity: true } => match unit {
                Holder::Team(team) => capacity() * &self.plan[team].weight,
                Holder::Person(_) => capacity(),
            },
            _ if !able => whole(0),
            ShareBy::Evenly | ShareBy::Each { by_capacity: false } => Exact::ONE,
            ShareBy::Weight => match unit {
                Holder::Team(team) => self.plan[team].weight.clone(),
                Holder::Person(person) => self.plan[person].weight.clone(),
            },
            ShareBy::List(list) => listed(list, unit),
            ShareBy::Like(history) => {
                let past = &self.plan[*history].by_holder;
                let people =
                    self.flat(&[unit]).into_iter().map(|person| listed(past, Holder::Person(person)));
                let of_team = if matches!(unit, Holder::Team(_)) { listed(past, unit) } else { whole(0) };
                people.fold(of_team, |sum, amount| sum + amount)
            }
        }
    }

    fn pin(&self, holder: Holder) -> Option<Exact> {
        self.key_result.pins.iter().find(|pin| pin.holder == holder).map(|pin| pin.amount.clone())
    }
}

fn phase(index: usize, count: usize) -> Phase {
    Phase {
        index: u32::try_from(index).unwrap_or(u32::MAX),
        count: u32::try_from(count.max(1)).unwrap_or(u32::MAX),
    }
}

fn listed(list: &[(Holder, Exact)], holder: Holder) -> Exact {
    list.iter().find(|(listed, _)| *listed == holder).map_or_else(|| whole(0), |(_, weight)| weight.clone())
}
