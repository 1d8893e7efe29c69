//! The kinds of things that have names.

/// A kind of thing that has a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)] // each is named by the keyword that declares it
pub enum Noun {
    Calendar,
    Metric,
    Team,
    Person,
    /// A team or a person, where either will do; they share one namespace.
    Holder,
    History,
    Funnel,
    Accounts,
    Pipeline,
    Objective,
    KeyResult,
    /// An objective or a key result.
    Goal,
    Action,
    Review,
    Incentive,
    Scenario,
    /// A role that people have.
    Role,
    /// A line of a funnel.
    FunnelLine,
    /// A currency of ISO 4217.
    Currency,
    /// A time zone of the IANA database.
    Timezone,
    /// A stage of a pipeline.
    Stage,
    /// An opportunity of a pipeline.
    Deal,
    /// What happened, from a table.
    Actuals,
    /// A part of a split.
    Part,
}
