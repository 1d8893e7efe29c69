//! Resolves what an edit touched, and leaves the rest of the plan as it is.
//!
//! Teams, people, funnels and objectives may be declared again; what else is edited asks for a plan that is resolved anew. An
//! item that was not edited is resolved again where it names something that was, where it names what there is not, or where a
//! message of it points into what was edited. Items that only bear the number of somebody (readings, accounts, deals) are
//! renumbered, and nothing else.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use milepost_grammar::Span;
use milepost_grammar::ast::{
    self, Declaration, GoalStatement, KeyResultStatement, MemberStatement, ObjectiveStatement, TeamStatement,
};

use super::declare::{Declarations, DeclaredHolder};
use super::names::{Entry, Names, References, Table, composed};
use super::suggest::Suggester;
use super::{Again, Base, Made, Resolved, Resolver};
use crate::diagnostic::{Diagnostics, Stage};
use crate::load::LoadedItem;
use crate::noun::Noun;
use crate::plan::{Holder, Moved, Plan, Renumbering, Stretch, within};
use crate::sources::{FileId, ItemId, Place, Sources};
use crate::world::World;

/// What was edited.
pub(crate) struct Edited<'a> {
    /// All items as they are now.
    pub(crate) items: &'a [LoadedItem],
    /// Which of them are edited.
    pub(crate) now: Range<usize>,
    /// What stood there before.
    pub(crate) before: &'a [LoadedItem],
    /// Where in the plan's lists stands what those declared.
    pub(crate) stretch: Stretch,
    /// The same among the names of teams and people.
    pub(crate) holders: Range<usize>,
    /// Items with a message that points to what was edited.
    pub(crate) told: Vec<ItemId>,
    /// Whether a name is declared twice anywhere.
    pub(crate) duplicates: bool,
}

/// A plan that was resolved in part.
pub(crate) struct Patched {
    pub(crate) resolved: Resolved,
    /// Items that were not edited and were resolved again, in declaration order.
    pub(crate) again: Vec<usize>,
    /// What became of the ids.
    pub(crate) renumbering: Renumbering,
}

/// What an item is to an edit elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Holder,
    Funnel,
    Goal,
    /// It keeps numbers of what it names, and nothing else that changes.
    Bearer,
    /// It would have to be resolved anew.
    Scenario,
    /// It names nothing that may be declared again.
    Other,
}

fn kind(item: &LoadedItem) -> Kind {
    match &item.item.declaration {
        Declaration::Team(_) | Declaration::Person(_) => Kind::Holder,
        Declaration::Funnel(_) => Kind::Funnel,
        Declaration::Objective(_) => Kind::Goal,
        Declaration::Scenario(_) => Kind::Scenario,
        Declaration::Plan(plan) => {
            let smart = |statement: &ast::PlanStatement| matches!(statement, ast::PlanStatement::Smart(_));
            if plan.body.iter().any(smart) { Kind::Bearer } else { Kind::Other }
        }
        Declaration::History(_)
        | Declaration::Accounts(_)
        | Declaration::Pipeline(_)
        | Declaration::Action(_)
        | Declaration::Review(_)
        | Declaration::Incentive(_)
        | Declaration::Actual(_)
        | Declaration::Actuals(_)
        | Declaration::Smart(_) => Kind::Bearer,
        Declaration::Calendar(_)
        | Declaration::Metric(_)
        | Declaration::Include(_)
        | Declaration::Broken(_) => Kind::Other,
    }
}

/// Whether an edit of what is declared there can be followed.
fn may_change(item: &LoadedItem, splits_count: bool) -> bool {
    match &item.item.declaration {
        Declaration::Team(_) | Declaration::Person(_) | Declaration::Funnel(_) | Declaration::Broken(_) => {
            true
        }
        Declaration::Objective(tree) => !(has_smart(tree) || splits_count && has_split(tree)),
        _ => false,
    }
}

fn has_smart(tree: &ast::Objective) -> bool {
    tree.body.iter().any(|statement| match statement {
        ObjectiveStatement::Goal(goal) => matches!(goal, GoalStatement::Smart(_)),
        ObjectiveStatement::KeyResult(inner) => inner
            .body
            .iter()
            .any(|statement| matches!(statement, KeyResultStatement::Goal(GoalStatement::Smart(_)))),
        ObjectiveStatement::Broken(_) => false,
    })
}

fn has_split(tree: &ast::Objective) -> bool {
    let split = |statement: &KeyResultStatement| matches!(statement, KeyResultStatement::Split(_));
    tree.body.iter().any(|statement| match statement {
        ObjectiveStatement::KeyResult(inner) => inner.body.iter().any(split),
        _ => false,
    })
}

/// Whether the names and titles of people are looked up in cells of files.
fn reads_cells(item: &LoadedItem) -> bool {
    match &item.item.declaration {
        Declaration::History(tree) => tree.from.is_some(),
        Declaration::Accounts(tree) => tree.from.is_some(),
        Declaration::Pipeline(tree) => tree.from.is_some(),
        Declaration::Actuals(_) => true,
        _ => false,
    }
}

/// The roles that people of an item have, in the order in which they are resolved.
fn roles(item: &LoadedItem) -> Vec<(&ast::Name, Place)> {
    fn of<'t>(statements: impl Iterator<Item = &'t MemberStatement>, found: &mut Vec<&'t ast::Name>) {
        found.extend(statements.filter_map(|statement| match statement {
            MemberStatement::Role(name) => Some(name),
            _ => None,
        }));
    }
    fn of_team<'t>(team: &'t ast::Team, found: &mut Vec<&'t ast::Name>) {
        let own = team.body.iter().filter_map(|statement| match statement {
            TeamStatement::Member(said) => Some(said),
            _ => None,
        });
        of(own, found);
        for statement in &team.body {
            match statement {
                TeamStatement::Team(inner) => of_team(inner, found),
                TeamStatement::Person(person) => of(person.body.iter(), found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    match &item.item.declaration {
        Declaration::Team(team) => of_team(team, &mut found),
        Declaration::Person(person) => of(person.body.iter(), &mut found),
        _ => {}
    }
    found.into_iter().map(|name| (name, Place::new(item.id, name.span))).collect()
}

/// Where names that were declared again stand now; `None` for those that are gone.
type Places = HashMap<Place, Option<Place>>;

/// Resolves again what was edited, and what hangs on it. `None` where the whole plan must be.
pub(crate) fn patch(
    resolved: Resolved,
    edited: Edited<'_>,
    sources: &mut Sources,
    world: &dyn World,
    diagnostics: &mut Diagnostics,
) -> Option<Patched> {
    let Edited { items, now, before, stretch, holders, told, duplicates } = edited;
    let Resolved { plan, mut names, references, again } = resolved;
    let mut plan = plan?;
    let fresh = items.get(now.clone())?;
    let splits_count = items.iter().any(|item| matches!(item.item.declaration, Declaration::Actuals(_)));
    if !before.iter().chain(fresh).all(|item| may_change(item, splits_count)) {
        return None;
    }
    if before.iter().any(|item| lends_members(item, &names)) {
        return None;
    }
    let mut marks = Marks::new(sources.item_ids());
    before.iter().chain(fresh).for_each(|item| marks.set(item.id, Mark::Edited));
    let role_places = renamed_roles(&mut names.roles, fresh, &marks, sources)?;

    let Again { fiscal, mut unsettled } = again;
    before.iter().for_each(|item| _ = unsettled.remove(&item.id));
    let old_key_results: Vec<Table> = names.key_results.splice(stretch.objectives.clone(), []).collect();
    names.holders.open(holders);
    names.funnels.open(stretch.funnels.clone());
    names.objectives.open(stretch.objectives.clone());
    let period = plan.period;
    let start = fresh.first().or(before.first())?.id;
    let base = Base {
        teams: stretch.teams.start,
        people: stretch.people.start,
        objectives: stretch.objectives.start,
        key_results: stretch.key_results.start,
    };
    let mut resolver = Resolver {
        sources,
        world,
        diagnostics,
        names,
        references: Vec::new(),
        suggester: Suggester::after(unsettled.values().sum()),
        unsettled,
        plan: super::empty_plan(Place::new(start, Span::default())),
        made: Made::default(),
        base,
        known: false,
        period: Some(period),
        fiscal,
        stage: Stage::Declare,
        item: start,
        file: FileId(0),
    };
    let declared = Declarations::collect(&mut resolver, fresh);
    if joins_another(&declared) {
        return None;
    }
    let counts = Counts::of(&declared);
    let change = |new: usize, old: &Range<usize>| new.cast_signed() - old.len().cast_signed();
    let (teams, people) = (change(counts.teams, &stretch.teams), change(counts.people, &stretch.people));
    let (funnels, objectives) =
        (change(counts.funnels, &stretch.funnels), change(counts.objectives, &stretch.objectives));
    let key_results = change(counts.key_results, &stretch.key_results);
    let held = resolver.names.holders.close(|noun| if noun == Noun::Team { teams } else { people });
    let led = resolver.names.funnels.close(|_| funnels);
    let aimed = resolver.names.objectives.close(|_| objectives);
    if held.disordered || led.disordered || aimed.disordered {
        return None;
    }

    // What was declared before, beside what is now: where it stands, and which number it has.
    let mut compared = Compared::default();
    compared.tables(&held.before, resolver.names.holders.entries().get(held.now.clone())?);
    compared.tables(&led.before, resolver.names.funnels.entries().get(led.now.clone())?);
    compared.tables(&aimed.before, resolver.names.objectives.entries().get(aimed.now.clone())?);
    let mut renamed = held.renamed || led.renamed || aimed.renamed;
    let mut retitled = held.retitled || led.retitled || aimed.retitled;
    for (objective, old) in aimed.before.iter().zip(&old_key_results) {
        let now = resolver.names.objectives.get(&objective.name).filter(|now| aimed.now.contains(&now.index));
        let table = now.and_then(|now| resolver.names.key_results.get(now.index));
        let now = table.map(Table::entries).unwrap_or_default();
        let alike = old.entries().iter().map(|entry| &entry.name).eq(now.iter().map(|entry| &entry.name));
        let titles = old.entries().iter().map(|entry| &entry.title).eq(now.iter().map(|entry| &entry.title));
        renamed |= !alike;
        retitled |= !alike || !titles;
        compared.tables(old.entries(), now);
    }
    renamed |= aimed.before.len() != aimed.now.len();
    if key_results != 0 {
        // Those of a second declaration stand among those of the first, which may be before what was edited.
        let end = stretch.key_results.end;
        let further =
            |index: usize| if index < end { index } else { index.saturating_add_signed(key_results) };
        for (index, table) in resolver.names.key_results.iter_mut().enumerate() {
            if !aimed.now.contains(&index) {
                table.renumber(further);
            }
        }
    }
    let moved = |stretch: &Range<usize>, noun: Noun, by: isize| {
        let number = |index: usize| compared.numbers.get(&(noun, index)).copied();
        Moved::new(stretch.clone(), stretch.clone().map(number).collect(), by)
    };
    let renumbering = Renumbering {
        teams: moved(&stretch.teams, Noun::Team, teams),
        people: moved(&stretch.people, Noun::Person, people),
        funnels: moved(&stretch.funnels, Noun::Funnel, funnels),
        objectives: moved(&stretch.objectives, Noun::Objective, objectives),
        key_results: moved(&stretch.key_results, Noun::KeyResult, key_results),
    };

    // Whom an edit reaches by names.
    if renamed && mentions(items, &marks, &compared, resolver.sources) {
        return None;
    }
    if retitled && items.iter().any(reads_cells) {
        return None;
    }
    for item in items {
        if marks.get(item.id) != Mark::None {
            continue;
        }
        let upset = retitled && resolver.unsettled.contains_key(&item.id) || told.contains(&item.id);
        if upset {
            match kind(item) {
                Kind::Holder | Kind::Funnel | Kind::Goal => marks.set(item.id, Mark::Again),
                _ => return None,
            }
        }
    }
    let mut places = compared.places;
    places.extend(role_places.iter().map(|(old, now)| (*old, Some(*now))));
    let mut references = references;
    before.iter().for_each(|item| references.set(item.id, Vec::new()));
    let first_roles = resolver.names.roles.entries().iter().map(|entry| entry.place).collect();
    reach(items, &mut marks, &mut references, &places, &first_roles)?;

    let again: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| marks.get(item.id) == Mark::Again)
        .map(|(index, _)| index)
        .collect();
    if duplicates && !again.is_empty() {
        let borrow = borrowers(&plan);
        if again.iter().filter_map(|index| items.get(*index)).any(|item| borrow.contains(&item.id)) {
            return None;
        }
    }
    if !renumbering.is_nothing() {
        renumbering.plan(&mut plan);
    }
    resolver.plan = plan;
    resolver.stage = Stage::Resolve;
    for index in &again {
        let item = items.get(*index)?;
        resolver.unsettled.remove(&item.id);
        if matches!(&item.item.declaration, Declaration::Objective(tree) if has_smart(tree))
            || duplicates && lends_members(item, &resolver.names)
        {
            return None;
        }
        references.set(item.id, Vec::new());
    }
    resolver.funnels(&declared);
    let made = resolver.made.funnels.drain(..);
    resolver.plan.funnels.splice(stretch.funnels.clone(), made);
    resolver.redo(items, &again, Kind::Funnel);
    resolver.base = base;
    resolver.people(&declared);
    let made = resolver.made.teams.drain(..);
    resolver.plan.teams.splice(stretch.teams.clone(), made);
    let made = resolver.made.people.drain(..);
    resolver.plan.people.splice(stretch.people.clone(), made);
    resolver.redo(items, &again, Kind::Holder);
    resolver.base = base;
    resolver.goals(&declared);
    let made = resolver.made.objectives.drain(..);
    resolver.plan.objectives.splice(stretch.objectives.clone(), made);
    let made = resolver.made.key_results.drain(..);
    resolver.plan.key_results.splice(stretch.key_results.clone(), made);
    resolver.redo(items, &again, Kind::Goal);
    resolver.support_cycles();
    resolver.missed_so_far();
    if !resolver.suggester.has_enough() {
        return None;
    }
    let Resolver { plan, names, references: noted, fiscal, unsettled, .. } = resolver;
    references.put(noted);
    let resolved = Resolved { plan: Some(plan), names, references, again: Again { fiscal, unsettled } };
    Some(Patched { resolved, again, renumbering })
}

impl Resolver<'_> {
    /// Resolves items of that kind again whose text is as it was.
    fn redo(&mut self, items: &[LoadedItem], again: &[usize], of: Kind) {
        for item in again.iter().filter_map(|index| items.get(*index)).filter(|item| kind(item) == of) {
            let rank = self.sources.rank(item.id);
            let stretch = Stretch::of(&self.plan, &(rank..rank + 1), |place| self.sources.rank(place.item));
            self.base = Base {
                teams: stretch.teams.start,
                people: stretch.people.start,
                objectives: stretch.objectives.start,
                key_results: stretch.key_results.start,
            };
            self.known = true;
            let declared = Declarations::collect(self, std::slice::from_ref(item));
            match of {
                Kind::Funnel => self.funnels(&declared),
                Kind::Holder => self.people(&declared),
                _ => self.goals(&declared),
            }
            let (plan, made) = (&mut self.plan, &mut self.made);
            match of {
                Kind::Funnel => _ = plan.funnels.splice(stretch.funnels, made.funnels.drain(..)),
                Kind::Holder => {
                    plan.teams.splice(stretch.teams, made.teams.drain(..));
                    plan.people.splice(stretch.people, made.people.drain(..));
                }
                _ => {
                    plan.objectives.splice(stretch.objectives, made.objectives.drain(..));
                    plan.key_results.splice(stretch.key_results, made.key_results.drain(..));
                }
            }
        }
        self.known = false;
    }
}

/// How far an edit has come to an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    None,
    Edited,
    Again,
    /// It is as it was, and so is what it says; what names it may not be.
    Passes,
}

struct Marks(Vec<Mark>);

impl Marks {
    fn new(items: usize) -> Self {
        Self(vec![Mark::None; items])
    }

    fn get(&self, item: ItemId) -> Mark {
        self.0.get(item.0 as usize).copied().unwrap_or(Mark::None)
    }

    fn set(&mut self, item: ItemId, mark: Mark) {
        if let Some(known) = self.0.get_mut(item.0 as usize) {
            *known = mark;
        }
    }
}

/// Marks all that hangs on what is marked, however far, and points references to where names stand now.
fn reach(
    items: &[LoadedItem],
    marks: &mut Marks,
    references: &mut References,
    places: &Places,
    roles: &HashSet<Place>,
) -> Option<()> {
    let mut goals = vec![false; marks.0.len()];
    for item in items.iter().filter(|item| kind(item) == Kind::Goal) {
        if let Some(goal) = goals.get_mut(item.id.0 as usize) {
            *goal = true;
        }
    }
    let is_goal = |item: ItemId| goals.get(item.0 as usize) == Some(&true);
    let mut first = true;
    loop {
        let mut more = false;
        for item in items {
            let mark = marks.get(item.id);
            if mark == Mark::Edited || mark == Mark::Again && !first {
                continue;
            }
            let mut found = mark;
            for reference in references.of_mut(item.id) {
                let target = marks.get(reference.target.item);
                if target == Mark::None {
                    continue;
                }
                let place = places.get(&reference.target).copied().flatten();
                if let (Mark::Edited, true) = (target, first) {
                    match place {
                        Some(place) => reference.target = place,
                        None => match kind(item) {
                            Kind::Holder | Kind::Funnel | Kind::Goal => found = Mark::Again,
                            _ => return None,
                        },
                    }
                }
                // Who supports a goal, or has a role that others have, has nothing else of them.
                let by_name = is_goal(reference.target.item) || roles.contains(&reference.target);
                if by_name {
                    continue;
                }
                match kind(item) {
                    Kind::Holder | Kind::Funnel | Kind::Goal => found = Mark::Again,
                    Kind::Scenario => return None,
                    Kind::Bearer if found == Mark::None => found = Mark::Passes,
                    Kind::Bearer | Kind::Other => {}
                }
            }
            if found != mark {
                marks.set(item.id, found);
                more |= kind(item) != Kind::Goal;
            }
        }
        first = false;
        if !more {
            return Some(());
        }
    }
}

/// How many of each kind are declared, those left out whose names were taken.
struct Counts {
    teams: usize,
    people: usize,
    funnels: usize,
    objectives: usize,
    key_results: usize,
}

impl Counts {
    fn of(declared: &Declarations<'_>) -> Self {
        let team = |holder: &&DeclaredHolder<'_>| matches!(holder, DeclaredHolder::Team(team) if team.kept);
        let person =
            |holder: &&DeclaredHolder<'_>| matches!(holder, DeclaredHolder::Person(person) if person.kept);
        let inner = declared.objectives.iter().flat_map(|objective| &objective.key_results);
        Self {
            teams: declared.holders.iter().filter(team).count(),
            people: declared.holders.iter().filter(person).count(),
            funnels: declared.funnels.iter().filter(|funnel| funnel.kept).count(),
            objectives: declared.objectives.iter().filter(|objective| objective.kept).count(),
            key_results: inner.filter(|(_, kept)| *kept).count(),
        }
    }
}

/// What was declared beside what is now.
#[derive(Default)]
struct Compared {
    places: Places,
    /// Of what is still there, which number it has.
    numbers: HashMap<(Noun, usize), usize>,
    /// Names that came or went.
    differ: Vec<String>,
}

impl Compared {
    fn tables(&mut self, before: &[Entry], now: &[Entry]) {
        let by_name: HashMap<&str, &Entry> = now.iter().map(|entry| (entry.name.as_str(), entry)).collect();
        let known: HashMap<&str, &Entry> = before.iter().map(|entry| (entry.name.as_str(), entry)).collect();
        for entry in before {
            // A person who became a team is another thing.
            let same = by_name.get(entry.name.as_str()).filter(|now| now.noun == entry.noun);
            self.places.insert(entry.place, same.map(|now| now.place));
            match same {
                Some(now) => _ = self.numbers.insert((entry.noun, entry.index), now.index),
                None => self.differ.push(entry.name.clone()),
            }
        }
        let new = now
            .iter()
            .filter(|entry| known.get(entry.name.as_str()).is_none_or(|old| old.noun != entry.noun));
        self.differ.extend(new.map(|entry| entry.name.clone()));
    }
}

/// Whether an item that cannot be resolved again speaks of a name that came or went.
fn mentions(items: &[LoadedItem], marks: &Marks, compared: &Compared, sources: &Sources) -> bool {
    let others = items.iter().filter(|item| {
        marks.get(item.id) == Mark::None && matches!(kind(item), Kind::Bearer | Kind::Scenario)
    });
    let mut texts = others.map(|item| sources.text(Place::new(item.id, Span::new(0, item.item.len))));
    texts.any(|text| {
        let plain = matches!(composed(text), std::borrow::Cow::Borrowed(_));
        compared.differ.iter().any(|name| !plain || says(text, name))
    })
}

/// Whether `name` stands in `text` as a word.
fn says(text: &str, name: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + name.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(inner) && !behind.is_some_and(inner)
    })
}

/// Whether a second declaration of a name has members or key results, which are those of the first one.
fn joins_another(declared: &Declarations<'_>) -> bool {
    let team = |holder: &DeclaredHolder<'_>| match holder {
        DeclaredHolder::Team(team) => !team.kept && has_members(team.tree),
        DeclaredHolder::Person(_) => false,
    };
    declared.holders.iter().any(team)
        || declared.objectives.iter().any(|objective| !objective.kept && !objective.key_results.is_empty())
}

fn has_members(tree: &ast::Team) -> bool {
    tree.body.iter().any(|statement| matches!(statement, TeamStatement::Team(_) | TeamStatement::Person(_)))
}

/// The same of what was declared before.
fn lends_members(item: &LoadedItem, names: &Names) -> bool {
    fn of_team(team: &ast::Team, item: ItemId, names: &Names) -> bool {
        let place = Place::new(item, team.name.span);
        let kept = names.holders.get(&team.name.value).is_some_and(|entry| entry.place == place);
        let inner = team.body.iter().any(|statement| match statement {
            TeamStatement::Team(inner) => of_team(inner, item, names),
            _ => false,
        });
        !kept && has_members(team) || inner
    }
    match &item.item.declaration {
        Declaration::Team(team) => of_team(team, item.id, names),
        Declaration::Objective(tree) => {
            let place = Place::new(item.id, tree.name.span);
            let kept = names.objectives.get(&tree.name.value).is_some_and(|entry| entry.place == place);
            let inner =
                |statement: &ObjectiveStatement| matches!(statement, ObjectiveStatement::KeyResult(_));
            !kept && tree.body.iter().any(inner)
        }
        _ => false,
    }
}

/// The items in which something is declared first whose members are partly written in a second declaration of that name.
fn borrowers(plan: &Plan) -> HashSet<ItemId> {
    let mut items = HashSet::new();
    for objective in &plan.objectives {
        let own = objective.place.item;
        if objective.key_results.iter().any(|id| plan[*id].place.item != own) {
            items.insert(own);
        }
    }
    for team in &plan.teams {
        let own = team.place.item;
        let declared = |member: &Holder| match member {
            Holder::Team(id) => plan[*id].place,
            Holder::Person(id) => plan[*id].place,
        };
        if team.members.iter().any(|member| declared(member).item != own) {
            items.insert(own);
        }
    }
    items
}

/// Points the roles that were first had in what was edited to where they stand now. `None` where roles came or went, or who
/// has them first.
fn renamed_roles(
    table: &mut Table,
    fresh: &[LoadedItem],
    marks: &Marks,
    sources: &Sources,
) -> Option<HashMap<Place, Place>> {
    let had: Vec<(&ast::Name, Place)> = fresh.iter().flat_map(roles).collect();
    let mut places = HashMap::new();
    let mut from = 0;
    for entry in table.entries_mut().iter_mut().filter(|entry| marks.get(entry.place.item) == Mark::Edited) {
        let at = had.iter().position(|(name, _)| composed(&name.value) == entry.name)?;
        if at < from {
            return None;
        }
        from = at + 1;
        let (_, place) = had.get(at)?;
        places.insert(entry.place, *place);
        entry.place = *place;
    }
    for (name, place) in had {
        let first = table.get(&name.value)?.place;
        if sources.rank(first.item) > sources.rank(place.item) {
            return None;
        }
    }
    Some(places)
}

/// Where among the names of teams and people stand those that items of these ranks declare.
pub(crate) fn holders_of(names: &Names, ranks: &Range<u32>, sources: &Sources) -> Range<usize> {
    within(names.holders.entries(), ranks, |entry| sources.rank(entry.place.item))
}
