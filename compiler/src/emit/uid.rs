//! What events are called for good.
//!
//! A UID is made of what an event is, never of amounts or texts: importing a rebuilt calendar updates it.

use chrono::{Datelike, NaiveDate};

use crate::plan::{PersonId, Plan, TeamId};

/// Makes the UIDs of one plan.
#[derive(Debug)]
pub struct Uids<'a> {
    plan: &'a Plan,
    /// The plan's name, as UIDs have it.
    plan_id: String,
    /// The names of people, as UIDs have them, where they were asked for.
    people: Vec<Option<String>>,
}

impl<'a> Uids<'a> {
    /// Those of `plan`.
    #[must_use]
    pub fn new(plan: &'a Plan) -> Self {
        Self { plan, plan_id: ascii(&plan.name), people: vec![None; plan.people.len()] }
    }

    /// What a day of somebody is called: made of day, holder and plan, whatever they are to do.
    pub fn day(&mut self, date: NaiveDate, person: Option<PersonId>, team: Option<TeamId>) -> String {
        let (plan, day) = (self.plan, compact(date));
        let on = &self.plan_id;
        // No name holds a dot, so a team is no person. A letter stands first: some importers want one.
        match (person, team) {
            (Some(id), _) => {
                let name = || ascii(&plan[id].name);
                match self.people.get_mut(id.index()) {
                    Some(known) => format!("day-{day:08}-{}@{on}.milepost", known.get_or_insert_with(name)),
                    None => format!("day-{day:08}-{}@{on}.milepost", name()),
                }
            }
            (None, Some(team)) => format!("day-{day:08}-team.{}@{on}.milepost", ascii(&plan[team].name)),
            (None, None) => format!("day-{day:08}@{on}.milepost"),
        }
    }

    /// What the next step of a deal is called: made of where it stands, whatever it is.
    #[must_use]
    pub fn next_step(&self, pipeline: &str, deal: &str) -> String {
        format!("next-{}@{}.milepost", path(pipeline, deal), self.plan_id)
    }
}

/// Two names as UIDs have them. No name holds a dot; two long ones are made short together.
fn path(first: &str, second: &str) -> String {
    let apart = format!("{}.{}", ascii(first), ascii(second));
    if apart.len() > LONGEST { ascii(&format!("{first}.{second}")) } else { apart }
}

/// The person that a UID is of a day of, in the signs of UIDs.
#[must_use]
pub fn person_of_day(uid: &str) -> Option<&str> {
    let (what, _) = uid.split_once('@')?;
    let (day, holder) = what.strip_prefix("day-")?.split_once('-')?;
    let is_day = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    (is_day && !holder.is_empty() && !holder.contains('.')).then_some(holder)
}

/// The eight digits of `20260131`, as a number.
pub(super) fn compact(date: NaiveDate) -> u32 {
    (date.year().unsigned_abs() * 100 + date.month()) * 100 + date.day()
}

/// The longest name in a UID of fewer than 255 octets.
const LONGEST: usize = 90;

/// A name in signs that no importer stumbles over, and short enough for a UID of fewer than 255 octets.
#[must_use]
pub fn ascii(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    if text.len() > LONGEST {
        // FNV-1a: the same on every machine and in every version.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        text.truncate(LONGEST - 17);
        text.push_str(&format!("~{hash:016x}"));
    }
    text
}

/// The name that [`ascii`] made `text` of; `None` for a long one, which cannot be had back.
#[must_use]
pub fn from_ascii(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (byte, length) = match first {
            '%' => (u8::from_str_radix(rest.get(1..3)?, 16).ok()?, 3),
            '~' => return None,
            _ => (u8::try_from(first).ok()?, 1),
        };
        bytes.push(byte);
        rest = rest.get(length..)?;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_uids_are_plain_and_short() {
        assert_eq!(ascii("win-north_1"), "win-north_1");
        assert_eq!(ascii("刘"), "%E5%88%98");
        let (long, longer) = (ascii(&"长".repeat(50)), ascii(&"长".repeat(51)));
        assert!(long.len() <= 90 && longer.len() <= 90 && long != longer);
    }

    #[test]
    fn a_path_in_a_uid_is_plain_and_short() {
        assert_eq!(path("deals", "acme-2"), "deals.acme-2");
        assert_eq!(path("商机", "刘"), "%E5%95%86%E6%9C%BA.%E5%88%98");
        let (pipeline, deal) = ("长".repeat(20), "名".repeat(20));
        let (long, longer) = (path(&pipeline, &deal), path(&pipeline, &format!("{deal}a")));
        assert!(long.len() <= 90 && longer.len() <= 90 && long != longer);
        assert_eq!(person_of_day("next-deals.acme-2@june.milepost"), None);
    }

    #[test]
    fn a_name_comes_back_from_a_uid() {
        for name in ["win-north_1", "刘", "Ｌiu é"] {
            assert_eq!(from_ascii(&ascii(name)).as_deref(), Some(name));
        }
        assert_eq!(from_ascii(&ascii(&"长".repeat(50))), None);
        assert_eq!(from_ascii("%"), None);
        assert_eq!(from_ascii("%FF"), None);
        let uid = |holder: &str| format!("day-20260601{holder}@june.milepost");
        assert_eq!(person_of_day(&uid("-win-north_1")), Some("win-north_1"));
        for other in
            [&uid("-team.sales"), &uid(""), "action-a-1@june.milepost", "day-1-a@b", "day-20260601-a"]
        {
            assert_eq!(person_of_day(other), None, "{other}");
        }
    }
}
