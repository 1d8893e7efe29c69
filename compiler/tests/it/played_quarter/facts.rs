//! What `quarter.plan`, `market.plan` and `people.plan` say, typed once more by hand.

use chrono::{Datelike, Days, NaiveDate};

use super::numbers::{Q, ratio, whole};

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// From the one to the other, both in.
pub(super) fn days(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| *day <= last)
}

pub(super) fn later(day: NaiveDate, by: u64) -> NaiveDate {
    day + Days::new(by)
}

/// Tomb-Sweeping Day, Labour Day and the Dragon Boat Festival are off, one Saturday makes up for it.
pub(super) fn works(on: NaiveDate) -> bool {
    let off = [(day(4, 4), day(4, 6)), (day(5, 1), day(5, 5)), (day(6, 19), day(6, 21))];
    on == day(5, 9)
        || (on.weekday().number_from_monday() <= 5
            && !off.iter().any(|(first, last)| (*first..=*last).contains(&on)))
}

pub(super) fn working(first: NaiveDate, last: NaiveDate) -> i64 {
    days(first, last).filter(|day| works(*day)).count() as i64
}

pub(super) const PEOPLE: [(&str, &str); 5] =
    [("lin", "林岚"), ("gao", "高远"), ("he", "何洁"), ("tang", "唐毅"), ("wu", "吴桐")];
pub(super) const LIN: usize = 0;
pub(super) const GAO: usize = 1;
pub(super) const HE: usize = 2;
pub(super) const TANG: usize = 3;
pub(super) const WU: usize = 4;

/// Who is away, from when to when.
pub(super) fn days_away() -> [(usize, NaiveDate, NaiveDate); 1] {
    [(HE, day(5, 18), day(5, 22))]
}

/// `he` is away for a week, `wu` comes in May.
pub(super) fn is_there(person: usize, on: NaiveDate) -> bool {
    let away = days_away().iter().any(|(who, start, end)| *who == person && (*start..=*end).contains(&on));
    works(on) && !away && (person != WU || on >= day(5, 1))
}

/// Nobody in particular works when the team's calendar works.
pub(super) fn holder_works(person: Option<usize>, on: NaiveDate) -> bool {
    person.map_or_else(|| works(on), |person| is_there(person, on))
}

pub(super) fn own_days(person: Option<usize>, first: NaiveDate, last: NaiveDate) -> i64 {
    days(first, last).filter(|day| holder_works(person, *day)).count() as i64
}

pub(super) fn weight(person: usize) -> Q {
    if person == LIN { ratio(1, 2) } else { whole(1) }
}

/// Half a load in `wu`'s first month.
pub(super) fn ramp(person: usize, on: NaiveDate) -> Q {
    if person == WU && on.month() == 5 { ratio(1, 2) } else { whole(1) }
}

/// The metrics with their titles, as they are declared.
pub(super) const METRICS: [(&str, &str); 9] = [
    ("revenue", "Revenue"),
    ("orders", "Order"),
    ("visits", "Visit"),
    ("calls", "Call"),
    ("coverage", "Coverage"),
    ("leads", "Fair lead"),
    ("demos", "Demo"),
    ("complaints", "Complaint"),
    ("win-rate", ""),
];

pub(super) fn step(metric: &str) -> Q {
    match metric {
        "revenue" => whole(100),
        "coverage" => ratio(1, 10),
        _ => whole(1),
    }
}

pub(super) fn unit(metric: &str) -> &'static str {
    match metric {
        "revenue" => "CNY",
        "coverage" | "win-rate" => "percent",
        _ => "count",
    }
}

pub(super) const BOOK: &str = "lead-north.book";
pub(super) const COVER: &str = "lead-north.cover";
pub(super) const CLOSE: &str = "lead-north.close-well";
pub(super) const READY: &str = "lead-north.ready";
pub(super) const FAIR: &str = "lead-north.fair";
pub(super) const SHOW: &str = "be-known.show";
pub(super) const QUIET: &str = "be-known.quiet";
pub(super) const GOALS: [&str; 7] = [BOOK, COVER, CLOSE, READY, FAIR, SHOW, QUIET];

pub(super) fn window(goal: &str) -> (NaiveDate, NaiveDate) {
    match goal {
        BOOK => (day(4, 13), day(6, 30)),
        READY => (day(4, 1), day(6, 12)),
        FAIR => (day(4, 1), day(5, 31)),
        SHOW => (day(4, 1), day(6, 26)),
        _ => (day(4, 1), day(6, 30)),
    }
}

/// A visit comes ten days before its order, a call two working days before its visit.
pub(super) fn stage_window(goal: &str, metric: &str) -> (NaiveDate, NaiveDate) {
    match (goal, metric) {
        (BOOK, "visits") => (day(4, 3), day(6, 20)),
        (BOOK, "calls") => (day(4, 1), day(6, 17)),
        _ => window(goal),
    }
}

/// What a goal counts.
pub(super) fn metrics(goal: &str) -> &'static [&'static str] {
    match goal {
        BOOK => &["revenue", "orders", "visits", "calls"],
        COVER => &["coverage"],
        CLOSE => &["win-rate"],
        FAIR => &["leads"],
        SHOW => &["demos"],
        QUIET => &["complaints"],
        _ => &[],
    }
}

pub(super) fn target(goal: &str) -> Q {
    whole(match goal {
        BOOK => 1_200_000,
        COVER | FAIR => 60,
        READY => 4,
        SHOW => 80,
        QUIET => 12,
        _ => 0,
    })
}

/// The day after which a goal is out of the score.
pub(super) fn dropped(goal: &str, as_of: NaiveDate) -> bool {
    goal == FAIR && as_of >= day(5, 12)
}

/// Title, due, done.
pub(super) fn items() -> [(&'static str, NaiveDate, Option<NaiveDate>); 4] {
    [
        ("Demo truck in Shenyang", day(4, 17), Some(day(4, 15))),
        ("Price list agreed", day(5, 8), Some(day(5, 20))),
        ("Three customers who vouch for us", day(5, 29), Some(day(5, 28))),
        ("Summer stock ordered", day(6, 12), None),
    ]
}

pub(super) struct Call {
    pub(super) on: NaiveDate,
    /// Else the team's.
    pub(super) by: Option<usize>,
    pub(super) commit: Option<i64>,
    pub(super) call: Option<i64>,
    pub(super) best: Option<i64>,
    pub(super) note: Option<&'static str>,
}

impl Call {
    /// What counts: the call, else what is sure, else what is possible.
    pub(super) fn said(&self) -> Q {
        whole(self.call.or(self.commit).or(self.best).unwrap())
    }
}

/// In thousands.
pub(super) fn calls() -> Vec<Call> {
    let note = Some("five dealers want a quote");
    let off = Some("one order called off");
    [
        (4, 24, Some(LIN), Some(180), Some(260), None, None),
        (4, 24, Some(GAO), Some(250), Some(340), Some(400), None),
        (4, 24, Some(HE), Some(90), Some(140), None, None),
        (4, 24, Some(TANG), Some(120), Some(220), Some(300), note),
        (5, 8, Some(GAO), None, Some(330), None, None),
        (5, 8, Some(HE), Some(60), Some(110), None, off),
        (5, 8, Some(TANG), None, Some(230), None, None),
        (5, 22, Some(LIN), None, Some(260), None, None),
        (5, 22, Some(GAO), Some(300), Some(380), None, None),
        (5, 22, Some(TANG), Some(80), Some(210), None, None),
        (5, 22, Some(WU), None, None, Some(110), None),
        (6, 5, Some(HE), None, Some(150), None, None),
        (6, 5, Some(TANG), None, Some(180), None, None),
        (6, 5, Some(WU), Some(60), Some(95), None, None),
        (6, 12, None, None, Some(1100), None, None),
    ]
    .into_iter()
    .map(|(month, date, by, commit, call, best, note)| {
        let money = |thousands: Option<i64>| thousands.map(|thousands| thousands * 1000);
        Call { on: day(month, date), by, commit: money(commit), call: money(call), best: money(best), note }
    })
    .collect()
}

pub(super) struct CheckIn {
    pub(super) goal: &'static str,
    pub(super) on: NaiveDate,
    pub(super) percent: i64,
    pub(super) good: Option<&'static str>,
    pub(super) bad: Option<&'static str>,
    pub(super) next: Option<&'static str>,
}

pub(super) fn check_ins() -> Vec<CheckIn> {
    [
        (BOOK, 4, 17, 75, Some("Hengda renewed, five orders"), None, Some("quotes in Dandong")),
        (BOOK, 4, 30, 55, None, Some("no new order for a week"), None),
        (BOOK, 5, 15, 50, None, Some("May lost a week"), Some("the rest is planned anew")),
        (BOOK, 5, 29, 60, Some("visits are back"), None, Some("tang rides along with gao")),
        (BOOK, 6, 12, 65, Some("five orders, the most since April"), None, None),
        (BOOK, 6, 26, 40, None, Some("two dealers order in July"), None),
        (COVER, 5, 15, 70, None, None, Some("the eight counties along the border")),
    ]
    .into_iter()
    .map(|(goal, month, date, percent, good, bad, next)| CheckIn {
        goal,
        on: day(month, date),
        percent,
        good,
        bad,
        next,
    })
    .collect()
}
