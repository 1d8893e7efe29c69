//! Names become what they stand for: from trees to a [`Plan`].
//!
//! One file per kind of thing. A statement that means nothing is reported and left out; everything else keeps its
//! meaning. Only when no period can be planned is there no plan at all.

mod account;
mod account_table;
mod actual;
mod actual_table;
mod baseline;
mod calendar;
mod currency;
mod cycle;
mod declare;
mod forecast;
mod funnel;
mod goal;
mod header;
mod history;
mod history_table;
mod key_result;
mod measure;
mod metric;
mod milestone;
pub mod names;
mod not_built;
mod once;
mod overrides;
pub(crate) mod patch;
mod people;
mod pipeline;
mod pipeline_table;
mod quantity;
mod rate;
mod share;
mod smart;
mod split;
mod spread;
mod suggest;
mod support;
mod table;
mod table_layout;
mod table_names;
pub(crate) mod time;
mod unbuilt;

use std::collections::BTreeMap;

use milepost_grammar::{Span, ast};

use crate::calendar::Calendar;
use crate::dates::DateSpan;
use crate::diagnostic::{Diagnostic, Diagnostics, Stage};
use crate::load::Loaded;
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{
    Actuals, BookId, CalendarId, Funnel, FunnelId, HistoryId, Holder, KeyResult, MetricId, Objective,
    ObjectiveId, Person, PersonId, Plan, Team, TeamId,
};
use crate::sources::{FileId, ItemId, Place, Sources};
use crate::world::World;

use declare::Declarations;
use names::{Entry, Names, Reference, References};
use suggest::Suggester;
pub use suggest::nearest_word;
use time::Fiscal;

/// What resolving a plan brings.
#[derive(Debug)]
pub struct Resolved {
    /// The plan; there is none without a `plan` that says its period.
    pub plan: Option<Plan>,
    /// What is declared.
    pub names: Names,
    /// Where the plan names what is declared.
    pub references: References,
    /// What it takes to resolve some of it again.
    pub(crate) again: Again,
}

/// What it takes to resolve a part of a plan again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Again {
    fiscal: Option<Fiscal>,
    /// The items that name what there is not, or were helped by looking through all names: with the number of comparisons
    /// that this took.
    unsettled: BTreeMap<ItemId, usize>,
}

/// Resolves what was read. Data files that the plan names are brought by `world` and added to the sources.
pub fn resolve(loaded: &mut Loaded, world: &dyn World, diagnostics: &mut Diagnostics) -> Resolved {
    let Loaded { sources, items, set } = loaded;
    let start = items.first().map_or_else(|| start_of(sources), |item| item.id);
    let mut resolver = Resolver {
        sources,
        world,
        diagnostics,
        names: Names::default(),
        references: Vec::new(),
        suggester: Suggester::default(),
        unsettled: BTreeMap::new(),
        plan: empty_plan(Place::new(start, Span::default())),
        made: Made::default(),
        base: Base::default(),
        known: false,
        period: None,
        fiscal: None,
        stage: Stage::Declare,
        item: start,
        file: FileId(0),
    };
    let declared = Declarations::collect(&mut resolver, &*items);
    resolver.stage = Stage::Resolve;
    resolver.header(&declared);
    resolver.calendars(&declared);
    resolver.metrics(&declared);
    resolver.histories(&declared);
    resolver.funnels(&declared);
    resolver.plan.funnels = std::mem::take(&mut resolver.made.funnels);
    resolver.people(&declared);
    resolver.plan.teams = std::mem::take(&mut resolver.made.teams);
    resolver.plan.people = std::mem::take(&mut resolver.made.people);
    resolver.books(&declared);
    resolver.pipelines(&declared);
    resolver.goals(&declared);
    resolver.plan.objectives = std::mem::take(&mut resolver.made.objectives);
    resolver.plan.key_results = std::mem::take(&mut resolver.made.key_results);
    resolver.support_cycles();
    resolver.plan_smart(&declared);
    resolver.actuals(&declared);
    resolver.unbuilt(&declared);
    resolver.overrides(set);
    resolver.missed_so_far();
    let Resolver { plan, period, names, references, fiscal, unsettled, .. } = resolver;
    let plan = period.map(|period| Plan { period, ..plan });
    let references = References::new(references, sources.item_ids());
    Resolved { plan, names, references, again: Again { fiscal, unsettled } }
}

/// An item for a message about a file that has none.
fn start_of(sources: &mut Sources) -> ItemId {
    if sources.files().is_empty() {
        sources.add_file(String::new(), "".into());
    }
    sources.add_item(FileId(0), 0)
}

fn empty_plan(place: Place) -> Plan {
    Plan {
        name: String::new(),
        title: None,
        place,
        period: DateSpan::day(chrono::NaiveDate::default()),
        currency: None,
        calendar: CalendarId(0),
        timezone: None,
        language: None,
        follows: None,
        fiscal_start: 1,
        fiscal: false,
        fiscal_by_start: false,
        focus: Vec::new(),
        calendars: vec![Calendar::monday_to_friday()],
        metrics: Vec::new(),
        teams: Vec::new(),
        people: Vec::new(),
        histories: Vec::new(),
        funnels: Vec::new(),
        books: Vec::new(),
        pipelines: Vec::new(),
        objectives: Vec::new(),
        key_results: Vec::new(),
        smart: Vec::new(),
        acted_for: Vec::new(),
        actuals: Actuals::default(),
        overrides: Vec::new(),
    }
}

/// The plan as far as it is resolved, and what it takes to go on.
struct Resolver<'a> {
    sources: &'a mut Sources,
    world: &'a dyn World,
    diagnostics: &'a mut Diagnostics,
    names: Names,
    references: Vec<Reference>,
    suggester: Suggester,
    /// See [`Again`].
    unsettled: BTreeMap<ItemId, usize>,
    plan: Plan,
    /// What is being resolved of the plan's lists, in declaration order.
    made: Made,
    /// How much of these lists stands before it.
    base: Base,
    /// Whether names that are declared are entered already.
    known: bool,
    /// The days planned, where the plan says them.
    period: Option<DateSpan>,
    fiscal: Option<Fiscal>,
    stage: Stage,
    /// The item being resolved: spans count from its start.
    item: ItemId,
    /// The file it is in.
    file: FileId,
}

/// Declarations that are resolved.
#[derive(Debug, Default)]
struct Made {
    teams: Vec<Team>,
    people: Vec<Person>,
    funnels: Vec<Funnel>,
    objectives: Vec<Objective>,
    key_results: Vec<KeyResult>,
}

/// Numbers of declarations.
#[derive(Clone, Copy, Debug, Default)]
struct Base {
    teams: usize,
    people: usize,
    objectives: usize,
    key_results: usize,
}

impl Resolver<'_> {
    fn place(&self, span: Span) -> Place {
        Place::new(self.item, span)
    }

    fn say(&mut self, message: Message, span: Span) {
        let place = self.place(span);
        self.diagnostics.say(message, place);
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Notes that what stands there names what is declared at `target`.
    fn refer(&mut self, span: Span, target: Place) {
        let place = self.place(span);
        self.references.push(Reference { place, target });
    }

    /// Starts on what was declared in `item` of `file`.
    fn enter(&mut self, (item, file): (ItemId, FileId)) {
        self.missed_so_far();
        self.item = item;
        self.file = file;
        self.diagnostics.enter(self.stage, item);
    }

    /// Notes that what is resolved names what there is not.
    fn missed(&mut self) {
        *self.unsettled.entry(self.item).or_default() += self.suggester.spent();
    }

    /// The same, if a name was looked for among all others.
    fn missed_so_far(&mut self) {
        let spent = self.suggester.spent();
        if spent > 0 {
            *self.unsettled.entry(self.item).or_default() += spent;
        }
    }

    /// What `name` stands for, among things of that kind.
    fn find(&mut self, noun: Noun, name: &ast::Name) -> Option<Entry> {
        let fits = |entry: &Entry| match noun {
            Noun::Team | Noun::Person => entry.noun == noun,
            _ => true,
        };
        let found = self.names.table(noun).and_then(|table| table.get(&name.value));
        if let Some(entry) = found.filter(|entry| fits(entry)) {
            let entry = entry.clone();
            self.refer(name.span, entry.place);
            return Some(entry);
        }
        let place = self.place(name.span);
        let other = found.or_else(|| self.names.elsewhere(&name.value));
        let diagnostic = if let Some(other) = other {
            let message = Message::WrongKind { name: other.name.clone(), is: other.noun, expected: noun };
            Diagnostic::new(message, place)
                .label(other.place, Message::DeclaredHere { noun: other.noun, name: other.name.clone() })
        } else {
            let entries = self.names.table(noun).map(names::Table::entries).unwrap_or_default();
            let near = self.suggester.nearest(&name.value, entries.iter().filter(|entry| fits(entry)));
            unknown(noun, &name.value, near, place)
        };
        self.push(diagnostic);
        self.missed();
        None
    }

    fn find_metric(&mut self, name: &ast::Name) -> Option<MetricId> {
        self.find(Noun::Metric, name).map(|entry| MetricId::new(entry.index))
    }

    fn find_calendar(&mut self, name: &ast::Name) -> Option<CalendarId> {
        // Before the declared ones stands the one that works Monday to Friday.
        self.find(Noun::Calendar, name).map(|entry| CalendarId::new(entry.index + 1))
    }

    fn find_history(&mut self, name: &ast::Name) -> Option<HistoryId> {
        self.find(Noun::History, name).map(|entry| HistoryId::new(entry.index))
    }

    fn find_funnel(&mut self, name: &ast::Name) -> Option<FunnelId> {
        self.find(Noun::Funnel, name).map(|entry| FunnelId::new(entry.index))
    }

    fn find_book(&mut self, name: &ast::Name) -> Option<BookId> {
        self.find(Noun::Accounts, name).map(|entry| BookId::new(entry.index))
    }

    fn find_objective(&mut self, name: &ast::Name) -> Option<ObjectiveId> {
        self.find(Noun::Objective, name).map(|entry| ObjectiveId::new(entry.index))
    }

    fn find_person(&mut self, name: &ast::Name) -> Option<PersonId> {
        self.find(Noun::Person, name).map(|entry| PersonId::new(entry.index))
    }

    fn find_holder(&mut self, name: &ast::Name) -> Option<Holder> {
        self.find(Noun::Holder, name).map(|entry| holder_of(&entry))
    }

    /// Several holders, none twice.
    fn find_holders(&mut self, names: &[ast::Name]) -> Vec<Holder> {
        let mut holders: Vec<Holder> = Vec::with_capacity(names.len());
        let mut seen = std::collections::HashMap::new();
        for name in names {
            let Some(holder) = self.find_holder(name) else { continue };
            match seen.insert(holder, name.span) {
                None => holders.push(holder),
                Some(first) => self.twice(Message::NamedTwice { name: name.value.clone() }, name.span, first),
            }
        }
        holders
    }

    /// Says that something stands a second time, and where it stood first.
    fn twice(&mut self, message: Message, second: Span, first: Span) {
        let diagnostic =
            Diagnostic::new(message, self.place(second)).label(self.place(first), Message::FirstHere);
        self.push(diagnostic);
    }
}

/// The team or person that an entry of their namespace stands for.
fn holder_of(entry: &Entry) -> Holder {
    match entry.noun {
        Noun::Team => Holder::Team(TeamId::new(entry.index)),
        _ => Holder::Person(PersonId::new(entry.index)),
    }
}

/// Nothing has that name; `near` may be meant.
fn unknown(noun: Noun, name: &str, near: Option<&str>, place: Place) -> Diagnostic {
    let near = near.map(str::to_owned);
    let message = Message::UnknownName { noun, name: name.to_owned(), near: near.clone() };
    let diagnostic = Diagnostic::new(message, place);
    match near {
        Some(near) => diagnostic.fix(Message::ReplaceWith { text: near.clone() }, vec![(place, near)]),
        None => diagnostic,
    }
}
