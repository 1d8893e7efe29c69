//! `action`, `review` and `incentive`.

use crate::ast::{
    Date, DateOrPeriod, DateRange, Duration, Name, Number, Path, Quantity, Text, TimeOfDay, Weekday,
};
use crate::span::{Span, Spanned};

/// `action NAME "title" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the block says, in order.
    pub body: Vec<ActionStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of an action block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum ActionStatement {
    Owner(Vec<Name>, Span),
    During(DateRange),
    /// `takes 5 workdays`
    Takes(Duration),
    Place(Text),
    Customer(Text),
    Priority(Spanned<u32>),
    Needs(Vec<Text>, Span),
    Skills(Vec<Text>, Span),
    /// `support marketing "200 leads" by 2026-01-09`
    Support {
        from: Name,
        what: Text,
        by: Option<DateOrPeriod>,
        span: Span,
    },
    Budget(Quantity),
    /// `yields 30 visits`; the metric stands as the quantity's unit.
    Yields(Quantity),
    For(Path),
    After(Vec<Path>, Span),
    Why(Text),
    Occurs(OccurStatement),
    Broken(Span),
}

/// `review NAME "title" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Review {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the block says, in order.
    pub body: Vec<ReviewStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of a review block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum ReviewStatement {
    Agenda(Vec<Text>, Span),
    Place(Text),
    During(DateRange),
    Owner(Vec<Name>, Span),
    Occurs(OccurStatement),
    Broken(Span),
}

/// What actions and reviews both may say of when and with whom.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum OccurStatement {
    Every(Every),
    /// `on 2026-02-15 [at 09:00] [for 30 min]`
    On {
        date: Date,
        at: Option<TimeOfDay>,
        lasts: Option<Duration>,
        span: Span,
    },
    With(Vec<Name>, Span),
    /// `remind 30 min before`
    Remind(Duration),
}

/// `every mon at 09:00 for 30 min else skip`
#[derive(Clone, PartialEq, Debug)]
pub struct Every {
    /// Which days.
    pub rule: Recurrence,
    /// At what time.
    pub at: Option<TimeOfDay>,
    /// How long.
    pub lasts: Option<Duration>,
    /// What happens on a day off; without it, the next working day.
    pub otherwise: Option<Spanned<Otherwise>>,
    /// The statement.
    pub span: Span,
}

/// Which days something recurs on.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Recurrence {
    /// `every day`
    Day,
    /// `every mon, thu`
    Weekdays(Vec<Weekday>),
    /// `every 2 weeks on tue`
    Weeks(u32, Vec<Weekday>),
    /// `every ten-day`
    TenDay,
    /// `every month on 15`
    MonthOn(u32),
    /// `every month on first workday`
    MonthFirstWorkday,
    MonthLastWorkday,
    QuarterFirstWorkday,
    QuarterLastWorkday,
}

/// `else skip` or `else before`
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Otherwise {
    Skip,
    Before,
}

/// `incentive NAME { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Incentive {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What the block says, in order.
    pub body: Vec<IncentiveStatement>,
    /// The whole declaration.
    pub span: Span,
}

/// A statement of an incentive block.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum IncentiveStatement {
    /// `missed visits -> -1 coins, 5 points`
    Reward {
        missed: bool,
        metric: Name,
        coins: Option<Number>,
        points: Option<Number>,
        span: Span,
    },
    /// `level "Silver" at 500 points "commission 4 %"`
    Level {
        title: Text,
        points: Number,
        gives: Option<Text>,
        span: Span,
    },
    /// `prize "taxi voucher" 50 coins`
    Prize {
        title: Text,
        coins: Number,
        span: Span,
    },
    /// `coin 1 CNY`
    Coin(Quantity),
    Broken(Span),
}
