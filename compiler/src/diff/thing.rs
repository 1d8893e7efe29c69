//! What a plan declares, as one says it: each thing by its name, with what is said of it.

use chrono::NaiveDate;

use crate::page::Label;
use crate::sources::Place;

/// A kind of thing, in the order in which changes are told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum What {
    Plan,
    Objective,
    KeyResult,
    Funnel,
    Metric,
    Team,
    Person,
    Accounts,
    /// One of accounts.
    Account,
    Pipeline,
    /// One of a pipeline.
    Deal,
    History,
    Calendar,
    /// Readings.
    Actuals,
    Action,
    Review,
    Incentive,
    Scenario,
}

impl What {
    /// The keyword that declares it; of an account, which has none, what it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Objective => "objective",
            Self::KeyResult => "key-result",
            Self::Funnel => "funnel",
            Self::Metric => "metric",
            Self::Team => "team",
            Self::Person => "person",
            Self::Accounts => "accounts",
            Self::Account => "account",
            Self::Pipeline => "pipeline",
            Self::Deal => "deal",
            Self::History => "history",
            Self::Calendar => "calendar",
            Self::Actuals => "actual",
            Self::Action => "action",
            Self::Review => "review",
            Self::Incentive => "incentive",
            Self::Scenario => "scenario",
        }
    }
}

/// What a fact is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Aspect {
    Target,
    Baseline,
    Date,
    Owner,
    /// Rates, values, retention, chances: what is taken for granted.
    Assumption,
    /// Who is there when, and how much of a day.
    People,
    /// How a goal is dealt out.
    Share,
    Calendar,
    Season,
    Smart,
    /// What happened.
    Actual,
    /// What it is called, and what is said of it.
    Text,
    /// All else that a declaration settles.
    Setting,
}

impl Aspect {
    /// Its name in `diff --format json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Baseline => "baseline",
            Self::Date => "date",
            Self::Owner => "owner",
            Self::Assumption => "assumption",
            Self::People => "people",
            Self::Share => "share",
            Self::Calendar => "calendar",
            Self::Season => "season",
            Self::Smart => "smart",
            Self::Actual => "actual",
            Self::Text => "text",
            Self::Setting => "setting",
        }
    }
}

/// A piece of what is said. Dates are kept apart: they move with the period of a plan.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Piece {
    /// Words and numbers.
    Text(String),
    /// A day.
    Day(NaiveDate),
}

/// What is said, to be read.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Value(pub(crate) Vec<Piece>);

impl Value {
    /// A value of words alone.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// A value that is a day.
    pub(crate) fn day(day: NaiveDate) -> Self {
        Self(vec![Piece::Day(day)])
    }

    /// The same, with words behind it.
    pub(crate) fn and(mut self, text: impl AsRef<str>) -> Self {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text.as_ref()),
            _ => self.0.push(Piece::Text(text.as_ref().to_owned())),
        }
        self
    }

    /// The same, with a day behind it.
    pub(crate) fn on(mut self, day: NaiveDate) -> Self {
        self.0.push(Piece::Day(day));
        self
    }

    /// The same, with the days of a span behind it.
    pub(crate) fn over(self, span: crate::dates::DateSpan) -> Self {
        if span.first == span.last {
            self.on(span.first)
        } else {
            self.on(span.first).and("..").on(span.last)
        }
    }

    /// As it is read.
    #[must_use]
    pub(crate) fn shown(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Day(day) => day.to_string(),
        };
        self.0.iter().map(piece).collect()
    }
}

/// One thing that is said.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) aspect: Aspect,
    /// What is said, in the language's own words: `owner`, `pin liu`. Of lists, such as checkpoints, there are several.
    pub(crate) of: String,
    pub(crate) value: Value,
    /// What to compare where values look different: 5 % and 1 in 20 are the same, and so are 40 : 60 and 2 : 3.
    pub(crate) same: Option<String>,
    pub(crate) place: Place,
}

impl Fact {
    pub(crate) fn new(aspect: Aspect, of: impl Into<String>, value: Value, place: Place) -> Self {
        Self { aspect, of: of.into(), value, same: None, place }
    }

    /// The same fact, to be compared by `same`.
    pub(crate) fn or_same(mut self, same: impl Into<String>) -> Self {
        self.same = Some(same.into());
        self
    }

    /// Whether both say the same.
    pub(crate) fn says(&self, other: &Self) -> bool {
        self.value == other.value || (self.same.is_some() && self.same == other.same)
    }
}

/// A thing that is declared, and all that is said of it.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    /// Its name; of what is in something else the path.
    pub(crate) name: String,
    /// The name that its own plan has for it, where that is another one.
    pub(crate) own: Option<String>,
    pub(crate) title: Option<String>,
    /// What it is, in a few words, for whoever does not know it.
    pub(crate) summary: Option<Value>,
    /// What it is in, the outermost first.
    pub(crate) within: Vec<Label>,
    /// What is in it, by which it is known where its name is another one.
    pub(crate) holds: Vec<String>,
    /// In the order in which they are told.
    pub(crate) facts: Vec<Fact>,
    /// Of a calendar, the days that count, in their order.
    pub(crate) days: Vec<CalendarDay>,
    pub(crate) place: Place,
}

/// A day of a calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CalendarDay {
    pub(crate) date: NaiveDate,
    pub(crate) works: bool,
    /// Whether its week says otherwise.
    pub(crate) is_exception: bool,
}

impl Thing {
    pub(crate) fn new(name: impl Into<String>, title: Option<&str>, facts: Vec<Fact>, place: Place) -> Self {
        Self {
            name: name.into(),
            own: None,
            title: title.map(str::to_owned),
            summary: None,
            within: Vec::new(),
            holds: Vec::new(),
            facts,
            days: Vec::new(),
            place,
        }
    }

    /// The name that its own plan has for it.
    pub(crate) fn own(&self) -> &str {
        self.own.as_deref().unwrap_or(&self.name)
    }
}
