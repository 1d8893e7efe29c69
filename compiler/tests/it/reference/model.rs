//! An abstract plan: what a planner means, with no trace of how it was written.
//!
//! Percentages are held in percent (`12.5`), amounts in the metric's unit.

use chrono::{Datelike, NaiveDate, Weekday};

use super::fiscal::Fiscal;
use super::life::{Formula, Item, Reading, Said};
use super::period::{Grain, Period};
use super::rational::{Q, ratio, whole};

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) name: String,
    pub(crate) period: Period,
    pub(crate) currency: Currency,
    /// The plan's.
    pub(crate) calendar: Calendar,
    /// Those of teams and people.
    pub(crate) calendars: Vec<Calendar>,
    pub(crate) fiscal: Option<Fiscal>,
    pub(crate) metrics: Vec<Metric>,
    pub(crate) members: Vec<Member>,
    pub(crate) histories: Vec<History>,
    pub(crate) funnels: Vec<Funnel>,
    pub(crate) accounts: Vec<Accounts>,
    pub(crate) objectives: Vec<Objective>,
    /// What was really reached, in the order it is told.
    pub(crate) readings: Vec<Reading>,
}

/// Three currencies, for two, no and three decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Currency {
    Cny,
    Jpy,
    Kwd,
}

impl Currency {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Currency::Cny => "CNY",
            Currency::Jpy => "JPY",
            Currency::Kwd => "KWD",
        }
    }

    /// What one of the currency's smallest units is worth.
    pub(crate) fn minor_unit(self) -> Q {
        match self {
            Currency::Cny => ratio(1, 100),
            Currency::Jpy => whole(1),
            Currency::Kwd => ratio(1, 1000),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    pub(crate) name: String,
    pub(crate) week: Vec<Weekday>,
    pub(crate) off: Vec<(NaiveDate, NaiveDate)>,
    pub(crate) work: Vec<(NaiveDate, NaiveDate)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Metric {
    pub(crate) name: String,
    pub(crate) unit: Unit,
    pub(crate) kind: Kind,
    pub(crate) better: Better,
    pub(crate) total: Total,
    pub(crate) grain: Option<Grain>,
    pub(crate) step: Option<Q>,
    pub(crate) weekdays: Vec<(Weekday, Q)>,
    /// Computed from others.
    pub(crate) formula: Option<Formula>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Money,
    Count,
    Percent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Outcome,
    Activity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Better {
    Higher,
    Lower,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Total {
    Sum,
    Last,
}

impl Metric {
    /// Activities are planned to the day, outcomes to the month, unless said.
    pub(crate) fn grain(&self) -> Grain {
        self.grain.unwrap_or(match self.kind {
            Kind::Outcome => Grain::Month,
            Kind::Activity => Grain::Day,
        })
    }

    /// The smallest amount that is planned: one, a minor unit, a tenth of a percent.
    pub(crate) fn step(&self, currency: Currency) -> Q {
        self.step.clone().unwrap_or_else(|| match self.unit {
            Unit::Money => currency.minor_unit(),
            // A ratio of counts lies between whole numbers.
            Unit::Count if self.formula.as_ref().is_some_and(|formula| formula.ratio) => ratio(1, 100),
            Unit::Count => whole(1),
            Unit::Percent => ratio(1, 10),
        })
    }

    /// A listed weekday weighs what is written, one that is not listed the mean of
    /// those that are, and every day the same where nothing is listed.
    pub(crate) fn weekday_weight(&self, day: NaiveDate) -> Q {
        if self.weekdays.is_empty() {
            return whole(1);
        }
        let listed = self.weekdays.iter().find(|(weekday, _)| *weekday == day.weekday());
        match listed {
            Some((_, weight)) => weight.clone(),
            None => {
                let total = super::rational::sum(self.weekdays.iter().map(|(_, weight)| weight));
                total / whole(self.weekdays.len() as i64)
            }
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Member {
    Team(Team),
    Person(Person),
}

#[derive(Clone, Debug)]
pub(crate) struct Team {
    pub(crate) name: String,
    pub(crate) weight: Option<Q>,
    pub(crate) terms: Terms,
    pub(crate) members: Vec<Member>,
}

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) weight: Option<Q>,
    pub(crate) terms: Terms,
}

/// What a team hands down to everybody in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    pub(crate) calendar: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) from: Option<NaiveDate>,
    pub(crate) until: Option<NaiveDate>,
    pub(crate) away: Vec<(NaiveDate, NaiveDate)>,
    pub(crate) ramp: Option<Ramp>,
    pub(crate) rates: Vec<OwnRate>,
    pub(crate) ceilings: Vec<Ceiling>,
}

/// The most somebody can do; no row depends on it.
#[derive(Clone, Debug)]
pub(crate) struct Ceiling {
    pub(crate) metric: String,
    pub(crate) most: Q,
    pub(crate) per: Grain,
}

#[derive(Clone, Debug)]
pub(crate) struct Ramp {
    /// In percent, one a month.
    pub(crate) steps: Vec<Q>,
    pub(crate) after_start: bool,
}

/// A rate of one's own for a funnel line, found by its path.
#[derive(Clone, Debug)]
pub(crate) struct OwnRate {
    pub(crate) funnel: String,
    pub(crate) line: String,
    pub(crate) rate: Rate,
}

#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) name: String,
    pub(crate) metric: String,
    pub(crate) months: Vec<PastMonth>,
}

#[derive(Clone, Debug)]
pub(crate) struct PastMonth {
    pub(crate) year: i32,
    pub(crate) month: u32,
    pub(crate) amount: Q,
    /// What was planned then; no row depends on it.
    pub(crate) planned: Option<Q>,
}

#[derive(Clone, Debug)]
pub(crate) struct Funnel {
    pub(crate) name: String,
    pub(crate) lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) name: Option<String>,
    pub(crate) left: String,
    pub(crate) right: String,
    pub(crate) rate: Rate,
    /// In percent: how much of the left this line of a mix brings.
    pub(crate) part: Option<Q>,
    pub(crate) lag: Option<Delay>,
}

impl Line {
    /// What its path ends in: its name, or else its left side.
    pub(crate) fn label(&self) -> &str {
        self.name.as_ref().unwrap_or(&self.left)
    }

    /// What one unit on the left takes of the right at this rate; a line of a mix
    /// has to bring its part only.
    pub(crate) fn need(&self, rate: &Rate) -> Q {
        rate.need() * self.part.as_ref().map_or_else(|| whole(1), super::rational::percent)
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Delay {
    Days(i64),
    /// By the plan's calendar.
    Workdays(i64),
}

#[derive(Clone, Debug)]
pub(crate) enum Rate {
    /// One on the right brings this much money on the left.
    Each(Q),
    /// In percent.
    Share(Q),
    ShareRange(Q, Q),
    OneIn(Q),
    OneInRange(Q, Q),
    /// So many hits of so many tries.
    Evidence(i64, i64),
}

impl Rate {
    /// How much on the right one unit on the left takes. A range is planned with
    /// its middle (the middle of what is written: of the percentages, or of the
    /// numbers after `1 in`), evidence with the hits per try.
    pub(crate) fn need(&self) -> Q {
        match self {
            Rate::Each(amount) => amount.recip(),
            Rate::Share(p) => whole(100) / p,
            Rate::ShareRange(low, high) => whole(200) / (low + high),
            Rate::OneIn(n) => n.clone(),
            Rate::OneInRange(low, high) => (low + high) / whole(2),
            Rate::Evidence(hits, tries) => ratio(*tries, *hits),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Accounts {
    pub(crate) name: String,
    pub(crate) metric: String,
    /// For every account that does not say its own.
    pub(crate) retain: Option<Retain>,
    pub(crate) accounts: Vec<Account>,
}

#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) title: String,
    pub(crate) amount: Q,
    pub(crate) retain: Option<Retain>,
    pub(crate) owner: Option<String>,
    pub(crate) renews: Option<NaiveDate>,
}

/// In percent.
#[derive(Clone, Debug)]
pub(crate) enum Retain {
    Point(Q),
    Range(Q, Q),
}

impl Retain {
    /// A range plans with its middle.
    pub(crate) fn share(&self) -> Q {
        match self {
            Retain::Point(p) => p / whole(100),
            Retain::Range(low, high) => (low + high) / whole(200),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Objective {
    pub(crate) name: String,
    pub(crate) owner: Option<String>,
    pub(crate) during: Option<Period>,
    pub(crate) said: Said,
    pub(crate) key_results: Vec<KeyResult>,
}

#[derive(Clone, Debug)]
pub(crate) struct KeyResult {
    pub(crate) name: String,
    pub(crate) owner: Option<String>,
    pub(crate) during: Option<Period>,
    pub(crate) metric: String,
    pub(crate) measure: Measure,
    pub(crate) baseline: Option<Baseline>,
    pub(crate) by: Option<Period>,
    pub(crate) checkpoints: Vec<Checkpoint>,
    pub(crate) existing: Option<String>,
    pub(crate) through: Option<String>,
    pub(crate) split: Option<Split>,
    pub(crate) share: Option<Share>,
    pub(crate) pins: Vec<(String, Q)>,
    /// In percent.
    pub(crate) over_assign: Option<Q>,
    /// In percent.
    pub(crate) over_assign_one: Vec<(String, Q)>,
    pub(crate) spread: Option<Spread>,
    pub(crate) loaded: Option<Loaded>,
    pub(crate) said: Said,
}

impl KeyResult {
    /// One that says nothing but what it measures.
    pub(crate) fn new(name: &str, metric: &str, measure: Measure) -> KeyResult {
        KeyResult {
            name: name.to_owned(),
            owner: None,
            during: None,
            metric: metric.to_owned(),
            measure,
            baseline: None,
            by: None,
            checkpoints: Vec::new(),
            existing: None,
            through: None,
            split: None,
            share: None,
            pins: Vec::new(),
            over_assign: None,
            over_assign_one: Vec::new(),
            spread: None,
            loaded: None,
            said: Said::default(),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Measure {
    Amount(Q),
    /// So much for every whole period of this length.
    Rate(Q, Grain),
    Level {
        from: Q,
        to: Q,
    },
    /// Beside the baseline.
    Relative(Change),
    /// Readings stay within bounds.
    Hold {
        least: Option<Q>,
        most: Option<Q>,
    },
    /// A milestone, or a checklist; it has no metric.
    Reach(Vec<Item>),
}

#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// So many percent more, or fewer.
    Percent(Q),
    Times(Q),
    /// So much more or less; of percents, percentage points.
    Plus(Q),
}

#[derive(Clone, Debug)]
pub(crate) enum Baseline {
    Amount(Q),
    History(String),
}

/// Parts by something else than people, with relative weights.
#[derive(Clone, Debug)]
pub(crate) struct Split {
    pub(crate) dimension: String,
    pub(crate) parts: Vec<(String, Q)>,
    /// The weights are typed as percentages.
    pub(crate) in_percent: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Checkpoint {
    pub(crate) reach: Reach,
    pub(crate) by: Period,
}

#[derive(Clone, Debug)]
pub(crate) enum Reach {
    Amount(Q),
    /// In percent of the target.
    OfTarget(Q),
}

#[derive(Clone, Debug)]
pub(crate) struct Share {
    pub(crate) names: Vec<String>,
    /// Only those of a team who work as this.
    pub(crate) role: Option<String>,
    pub(crate) method: Method,
}

#[derive(Clone, Debug)]
pub(crate) enum Method {
    Evenly,
    ByWeight,
    ByCapacity,
    /// Persons, or teams, with a relative weight in percent.
    List(Vec<(String, Q)>),
    /// The figure is per head.
    Each {
        by_capacity: bool,
    },
}

#[derive(Clone, Debug)]
pub(crate) enum Spread {
    Evenly,
    Like {
        history: String,
        per_workday: bool,
    },
    /// In percent.
    Periods(Vec<(Period, Q)>),
}

/// In percent.
#[derive(Clone, Debug)]
pub(crate) enum Loaded {
    Front(Q),
    Back(Q),
}
