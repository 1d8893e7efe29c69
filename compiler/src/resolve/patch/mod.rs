//! Resolves what an edit touched, and leaves the rest of the plan as it is.
//!
//! What is declared again is resolved, and of what is not edited whatever names it, names what there is not, speaks of a name
//! that came or went, or has a message that points into what was edited. How far that reaches depends on the kind of thing:
//! goals, funnels and people are resolved item by item, histories, account books and pipelines as well; metrics all together, and so
//! are readings, which are added up, and what hangs on goals. A header or a calendar may be edited as long as everybody's days stay
//! what they are. Where files are read, or an edit reaches everything, the plan is to be resolved anew.

mod compared;
mod kinds;
mod reach;
mod roles;
mod second;
mod sections;

use std::collections::HashSet;
use std::ops::Range;

use self::compared::{Compared, Counts, mentioning};
use self::kinds::{Kind, Record, can_follow, has_smart, has_split, kind, reads_cells, reads_files};
use self::reach::{Mark, Marks, Reach};
use self::second::{borrowers, joins_another, lends_members};
use super::declare::Declarations;
use super::names::{Names, Redeclared, Table};
use super::suggest::Suggester;
use super::{Again, Base, Made, Resolved, Resolver};
use crate::diagnostic::{Diagnostics, Stage};
use crate::load::LoadedItem;
use crate::noun::Noun;
use crate::plan::{Moved, Renumbering, Stretch, within};
use crate::sources::{FileId, ItemId, Sources};
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
    /// The same in the namespaces.
    pub(crate) names: NameRanges,
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
    /// Whether days may weigh something else now.
    pub(crate) reweighed: bool,
}

/// Where in each namespace stands what some items declare, which follow each other.
#[derive(Clone, Debug)]
pub(crate) struct NameRanges(Vec<(Noun, Range<usize>)>);

/// The namespaces whose names stand in declaration order.
const NAMESPACES: [Noun; 12] = [
    Noun::Calendar,
    Noun::Metric,
    Noun::Holder,
    Noun::History,
    Noun::Funnel,
    Noun::Accounts,
    Noun::Pipeline,
    Noun::Objective,
    Noun::Action,
    Noun::Review,
    Noun::Incentive,
    Noun::Scenario,
];

impl NameRanges {
    /// Those of items of these ranks.
    pub(crate) fn of(names: &Names, ranks: &Range<u32>, sources: &Sources) -> Self {
        let range = |noun: Noun| {
            let entries = names.table(noun).map(Table::entries).unwrap_or_default();
            (noun, within(entries, ranks, |entry| sources.rank(entry.place.item)))
        };
        Self(NAMESPACES.into_iter().map(range).collect())
    }

    fn range(&self, of: Noun) -> Range<usize> {
        self.0.iter().find(|(noun, _)| *noun == of).map(|(_, range)| range.clone()).unwrap_or_default()
    }
}

/// Resolves again what was edited, and what hangs on it. `None` where the whole plan must be.
pub(crate) fn patch(
    resolved: Resolved,
    edited: Edited<'_>,
    sources: &mut Sources,
    world: &dyn World,
    diagnostics: &mut Diagnostics,
) -> Option<Patched> {
    let Edited { items, now, before, stretch, names: ranges, told, duplicates } = edited;
    let Resolved { plan, mut names, mut references, again } = resolved;
    let plan = plan?;
    let fresh = items.get(now.clone())?;
    if !can_follow(before, fresh) || before.iter().any(|item| lends_members(item, &names)) {
        return None;
    }
    let mut marks = Marks::new(sources.item_ids());
    before.iter().chain(fresh).for_each(|item| marks.set(item.id, Mark::Edited));
    let roles = roles::declared_again(&mut names.roles, items, fresh, &marks, sources);
    roles.again.iter().for_each(|item| marks.set(*item, Mark::Again));

    let Again { fiscal, mut unsettled } = again;
    before.iter().for_each(|item| _ = unsettled.remove(&item.id));
    let old_key_results: Vec<Table> = names.key_results.splice(stretch.objectives.clone(), []).collect();
    for (noun, range) in &ranges.0 {
        names.table_mut(*noun)?.open(range.clone());
    }
    let start = fresh.first().or(before.first())?.id;
    let base = base_of(&stretch);
    let period = plan.period;
    let mut resolver = Resolver {
        sources,
        world,
        diagnostics,
        names,
        references: Vec::new(),
        suggester: Suggester::after(unsettled.values().sum()),
        unsettled,
        plan,
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

    // What was declared before, beside what is now: where it stands, and which number it has.
    let mut compared = Compared::default();
    let (mut renamed, mut retitled) = (false, false);
    let mut aimed = Redeclared::default();
    for (noun, range) in &ranges.0 {
        let table = resolver.names.table_mut(*noun)?;
        let more = table.len().cast_signed() - range.end.cast_signed();
        let closed = table.close(|noun| match noun {
            Noun::Team => teams,
            Noun::Person => people,
            _ => more,
        });
        // Their numbers are borne all over the plan.
        let counted = matches!(noun, Noun::Calendar | Noun::Metric | Noun::History | Noun::Accounts);
        if closed.disordered || counted && closed.now.len() != range.len() {
            return None;
        }
        compared.tables(&closed.before, table.entries().get(closed.now.clone())?);
        (renamed, retitled) = (renamed || closed.renamed, retitled || closed.retitled);
        if *noun == Noun::Objective {
            aimed = closed;
        }
    }
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

    // What is resolved before all others, and reaches them only if it means something else now.
    if retitled && items.iter().any(reads_cells) {
        return None;
    }
    let mentioned =
        if renamed { mentioning(items, &marks, &compared, resolver.sources) } else { HashSet::new() };
    for item in items.iter().filter(|item| kind(item) != Kind::Nothing) {
        let upset = mentioned.contains(&item.id)
            || told.contains(&item.id)
            || (retitled || roles.differ) && resolver.unsettled.contains_key(&item.id);
        if upset && marks.get(item.id) == Mark::None {
            marks.set(item.id, Mark::Again);
        }
    }
    let marked = |of: Kind, marks: &Marks| {
        let again = |item: &LoadedItem| matches!(marks.get(item.id), Mark::Edited | Mark::Again);
        before.iter().any(|item| kind(item) == of) || items.iter().any(|item| kind(item) == of && again(item))
    };
    let is_edited = |of: Kind| fresh.iter().any(|item| kind(item) == of);
    resolver.stage = Stage::Resolve;
    if is_edited(Kind::Header) {
        resolver.header_again(items)?;
    }
    if is_edited(Kind::Calendar) {
        let of_kind = fresh.iter().filter(|item| kind(item) == Kind::Calendar);
        resolver.calendars_again(of_kind, ranges.range(Noun::Calendar))?;
    }
    let metrics = marked(Kind::Metric, &marks);
    let mut calm: HashSet<ItemId> = HashSet::new();
    if metrics {
        let changed = resolver.metrics_again(items)?;
        let unchanged = |item: &&LoadedItem| kind(item) == Kind::Metric && !changed.contains(&item.id);
        calm.extend(items.iter().filter(unchanged).map(|item| item.id));
        for item in items.iter().filter(|item| changed.contains(&item.id)) {
            if marks.get(item.id) == Mark::None {
                marks.set(item.id, Mark::Again);
            }
        }
    }
    let calendars = items.iter().filter(|item| kind(item) == Kind::Calendar);
    calm.extend(calendars.map(|item| item.id));

    // Whom an edit reaches by what they name.
    let mut places = compared.places;
    places.extend(roles.places);
    before.iter().for_each(|item| references.set(item.id, Vec::new()));
    let roles = resolver.names.roles.entries().iter().map(|entry| entry.place).collect();
    Reach { items, places: &places, roles: &roles, calm: &calm }.mark(&mut marks, &mut references);
    let others = [Kind::Other, Kind::Header, Kind::Record(Record::Pipeline)];
    let others = others.into_iter().any(|of| marked(of, &marks));
    let readings = marked(Kind::Reading, &marks);
    let together = |item: &LoadedItem| match kind(item) {
        Kind::Metric => metrics,
        Kind::Reading => readings,
        Kind::Header | Kind::Other => others,
        _ => false,
    };
    for item in items.iter().filter(|item| together(item)) {
        if marks.get(item.id) != Mark::Edited {
            marks.set(item.id, Mark::Again);
        }
    }

    let again: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| marks.get(item.id) == Mark::Again)
        .map(|(index, _)| index)
        .collect();
    let again_items = || again.iter().filter_map(|index| items.get(*index));
    if again_items().any(|item| reads_files(item) || kind(item) == Kind::Calendar) {
        return None;
    }
    let touched = || before.iter().chain(fresh).chain(again_items());
    let tables = items.iter().any(|item| kind(item) == Kind::Reading && reads_files(item));
    if tables && touched().any(has_split) || duplicates && touched().any(has_smart) {
        return None;
    }
    if duplicates && !again.is_empty() {
        let borrow = borrowers(&resolver.plan);
        if again_items().any(|item| borrow.contains(&item.id) || lends_members(item, &resolver.names)) {
            return None;
        }
    }
    if !renumbering.is_nothing() {
        renumbering.plan(&mut resolver.plan);
    }
    for item in again_items() {
        resolver.unsettled.remove(&item.id);
        references.set(item.id, Vec::new());
    }
    resolver.plan.smart.retain(|block| !matches!(marks.get(block.place.item), Mark::Edited | Mark::Again));

    // The plan again, in the order in which all of it is resolved.
    if others && !is_edited(Kind::Header) {
        resolver.header_again(items)?;
    }
    resolver.redo_records(Record::History, items, &again, fresh, ranges.range(Noun::History))?;
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
    resolver.redo_records(Record::Book, items, &again, fresh, ranges.range(Noun::Accounts))?;
    resolver.redo_records(Record::Pipeline, items, &again, fresh, stretch.pipelines.clone())?;
    resolver.base = base;
    resolver.goals(&declared);
    let made = resolver.made.objectives.drain(..);
    resolver.plan.objectives.splice(stretch.objectives.clone(), made);
    let made = resolver.made.key_results.drain(..);
    resolver.plan.key_results.splice(stretch.key_results.clone(), made);
    resolver.redo(items, &again, Kind::Goal);
    resolver.support_cycles();
    if others {
        resolver.others_again(items);
    }
    let sources = &*resolver.sources;
    // Those of goals come first.
    resolver
        .plan
        .smart
        .sort_by_key(|block| (block.of.is_none(), block.of.map(|_| sources.rank(block.place.item))));
    if readings {
        resolver.readings_again(items);
    }
    resolver.missed_so_far();
    if !resolver.suggester.has_enough() {
        return None;
    }
    let reweighed = metrics || marked(Kind::Record(Record::History), &marks);
    let Resolver { plan, names, references: noted, fiscal, unsettled, .. } = resolver;
    references.put(noted);
    let resolved = Resolved { plan: Some(plan), names, references, again: Again { fiscal, unsettled } };
    Some(Patched { resolved, again, renumbering, reweighed })
}

/// How much stands before a stretch.
const fn base_of(stretch: &Stretch) -> Base {
    Base {
        teams: stretch.teams.start,
        people: stretch.people.start,
        objectives: stretch.objectives.start,
        key_results: stretch.key_results.start,
    }
}

impl Resolver<'_> {
    /// Resolves items of that kind again whose text is as it was.
    fn redo(&mut self, items: &[LoadedItem], again: &[usize], of: Kind) {
        for item in again.iter().filter_map(|index| items.get(*index)).filter(|item| kind(item) == of) {
            let rank = self.sources.rank(item.id);
            let stretch = Stretch::of(&self.plan, &(rank..rank + 1), |place| self.sources.rank(place.item));
            self.base = base_of(&stretch);
            let declared = self.known([item]);
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
    }

    /// Resolves histories, account books or pipelines again: those that were edited, of which the old ones stand at `old`, and
    /// those whose text is as it was.
    fn redo_records(
        &mut self,
        of: Record,
        items: &[LoadedItem],
        again: &[usize],
        fresh: &[LoadedItem],
        old: Range<usize>,
    ) -> Option<()> {
        let of_kind = |item: &&LoadedItem| kind(item) == Kind::Record(of);
        let edited: Vec<&LoadedItem> = fresh.iter().filter(of_kind).collect();
        if !edited.is_empty() || !old.is_empty() {
            self.records_again(of, edited, old)?;
        }
        for item in again.iter().filter_map(|index| items.get(*index)).filter(of_kind) {
            let old = self.records_of(of, item.id);
            self.records_again(of, vec![item], old)?;
        }
        Some(())
    }
}
