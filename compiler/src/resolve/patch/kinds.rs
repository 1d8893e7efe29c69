//! What an item is to an edit elsewhere.

use milepost_grammar::ast::{
    self, CalendarStatement, Declaration, GoalStatement, KeyResultStatement, ObjectiveStatement,
    PlanStatement,
};

use crate::load::LoadedItem;

/// What an item is to an edit elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Header,
    Calendar,
    Metric,
    Holder,
    Funnel,
    Goal,
    /// A history, an account book or a pipeline: it stands by itself, and goals count on it.
    Record(Record),
    /// A reading. Those of all items are added up.
    Reading,
    /// What the plan asks of its goals, and what hangs on goals without being one.
    Other,
    /// It names nothing.
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Record {
    History,
    Book,
    Pipeline,
}

pub(super) fn kind(item: &LoadedItem) -> Kind {
    match &item.item.declaration {
        Declaration::Plan(_) => Kind::Header,
        Declaration::Calendar(_) => Kind::Calendar,
        Declaration::Metric(_) => Kind::Metric,
        Declaration::Team(_) | Declaration::Person(_) => Kind::Holder,
        Declaration::Funnel(_) => Kind::Funnel,
        Declaration::Objective(_) => Kind::Goal,
        Declaration::History(_) => Kind::Record(Record::History),
        Declaration::Accounts(_) => Kind::Record(Record::Book),
        Declaration::Pipeline(_) => Kind::Record(Record::Pipeline),
        Declaration::Actual(_) | Declaration::Actuals(_) => Kind::Reading,
        Declaration::Action(_)
        | Declaration::Review(_)
        | Declaration::Incentive(_)
        | Declaration::Scenario(_)
        | Declaration::Smart(_) => Kind::Other,
        Declaration::Include(_) | Declaration::Broken(_) => Kind::Nothing,
    }
}

/// Whether an edit from `before` to `fresh` can be followed at all: which files are read stays, and so does what is the header.
pub(super) fn can_follow(before: &[LoadedItem], fresh: &[LoadedItem]) -> bool {
    let includes = |items: &[LoadedItem]| -> Vec<String> { items.iter().flat_map(included).collect() };
    let headers = |items: &[LoadedItem]| items.iter().filter(|item| kind(item) == Kind::Header).count();
    let plain =
        |item: &LoadedItem| !matches!(item.item.declaration, Declaration::Include(_)) && !reads_files(item);
    before.iter().chain(fresh).all(plain)
        && headers(before) == headers(fresh)
        && headers(fresh) < 2
        && includes(before) == includes(fresh)
        // What is included stands right behind the header.
        && (includes(fresh).is_empty() || before.len() == 1 && fresh.len() == 1)
}

/// The files that a header includes.
fn included(item: &LoadedItem) -> Vec<String> {
    let Declaration::Plan(tree) = &item.item.declaration else { return Vec::new() };
    let of = |statement: &PlanStatement| match statement {
        PlanStatement::Include(file) => Some(file.value.clone()),
        _ => None,
    };
    tree.body.iter().filter_map(of).collect()
}

/// Whether resolving an item reads a file.
pub(super) fn reads_files(item: &LoadedItem) -> bool {
    match &item.item.declaration {
        Declaration::Calendar(tree) => {
            tree.body.iter().any(|statement| matches!(statement, CalendarStatement::Import(_)))
        }
        _ => reads_cells(item),
    }
}

/// Whether the names and titles of people are looked up in cells of files.
pub(super) fn reads_cells(item: &LoadedItem) -> bool {
    match &item.item.declaration {
        Declaration::History(tree) => tree.from.is_some(),
        Declaration::Accounts(tree) => tree.from.is_some(),
        Declaration::Pipeline(tree) => tree.from.is_some(),
        Declaration::Actuals(_) => true,
        _ => false,
    }
}

/// Whether a goal has a `smart` block.
pub(super) fn has_smart(item: &LoadedItem) -> bool {
    let smart = |statement: &GoalStatement| matches!(statement, GoalStatement::Smart(_));
    let in_key_result = |statement: &KeyResultStatement| match statement {
        KeyResultStatement::Goal(goal) => smart(goal),
        _ => false,
    };
    body(item).iter().any(|statement| match statement {
        ObjectiveStatement::Goal(goal) => smart(goal),
        ObjectiveStatement::KeyResult(inner) => inner.body.iter().any(in_key_result),
        ObjectiveStatement::Broken(_) => false,
    })
}

/// Whether a goal is split, by dimensions that tables of readings may have columns for.
pub(super) fn has_split(item: &LoadedItem) -> bool {
    let split = |statement: &KeyResultStatement| matches!(statement, KeyResultStatement::Split(_));
    body(item).iter().any(|statement| match statement {
        ObjectiveStatement::KeyResult(inner) => inner.body.iter().any(split),
        _ => false,
    })
}

fn body(item: &LoadedItem) -> &[ObjectiveStatement] {
    match &item.item.declaration {
        Declaration::Objective(ast::Objective { body, .. }) => body,
        _ => &[],
    }
}
