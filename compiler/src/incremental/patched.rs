//! The next state of a plan from the last one.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use milepost_grammar::Recut;
use milepost_grammar::ast::Declaration;

use super::State;
use crate::compile::{AsOf, Compilation, check_whole};
use crate::diagnostic::{Diagnostic, Diagnostics, Maker, Sorted, Stage};
use crate::expand::{Almanac, Depth, KeyResultPlan, expand_key_result, renumber};
use crate::load::{Kept, LoadedItem, Shelf, syntax};
use crate::plan::{KeyResultId, Plan, Stretch, within};
use crate::resolve::patch::{Edited, NameRanges, Patched, patch};
use crate::resolve::{Again, Resolved};
use crate::sources::{FileId, ItemId, Place};
use crate::world::World;

/// What became of the last state.
enum Next {
    /// It is the one asked for.
    Done(Box<State>),
    /// Everything has to be made anew, with these files.
    Anew(Shelf),
}

/// Which items of a file an edit touched.
struct Touched {
    file: FileId,
    recut: Recut,
}

impl State {
    /// The state after this one, with what `world` holds now.
    pub(super) fn next(self, world: &dyn World, root: &str) -> Self {
        let day = self.day;
        match self.patched(world) {
            Next::Done(state) => *state,
            Next::Anew(shelf) => Self::new(world, root, day, shelf),
        }
    }

    fn patched(mut self, world: &dyn World) -> Next {
        let mut touched = None;
        let mut several = !self.shelf.is_unread_as_before(world);
        let files = self.compilation.sources.files().iter();
        let paths: Vec<(FileId, String)> = files
            .enumerate()
            .filter(|(_, file)| self.shelf.file(&file.path).is_some())
            .map(|(index, file)| (FileId(u32::try_from(index).unwrap_or(u32::MAX)), file.path.clone()))
            .collect();
        for (file, path) in paths {
            match self.shelf.update(world, &path) {
                Ok(None) => {}
                Ok(Some(recut)) => {
                    several |= touched.is_some();
                    touched = Some(Touched { file, recut });
                }
                Err(()) => several = true,
            }
        }
        let may = !several && self.compilation.plan.is_some() && self.compilation.almanac.is_some();
        match touched {
            _ if several => Next::Anew(self.shelf),
            // A root that cannot be read may be there now.
            None if may => {
                self.patched = true;
                Next::Done(Box::new(self))
            }
            Some(touched) if may => self.follow(world, touched),
            _ => Next::Anew(self.shelf),
        }
    }

    /// Follows an edit of one file.
    fn follow(self, world: &dyn World, touched: Touched) -> Next {
        let Self { day, shelf, compilation, again, makers, twice, free, .. } = self;
        let Some(kept) =
            compilation.sources.files().get(touched.file.0 as usize).and_then(|file| shelf.file(&file.path))
        else {
            return Next::Anew(shelf);
        };
        let follower = Follower { world, kept, touched, day };
        let made = Made { compilation, again, makers, twice, free };
        match follower.follow(made) {
            Some(Made { compilation, again, makers, twice, free }) => Next::Done(Box::new(Self {
                day,
                shelf,
                compilation,
                again,
                makers,
                twice,
                free,
                patched: true,
            })),
            None => Next::Anew(shelf),
        }
    }
}

/// What is brought from one state to the next.
struct Made {
    compilation: Compilation,
    again: Again,
    makers: Vec<Maker>,
    twice: Vec<(Maker, Diagnostic)>,
    free: Vec<ItemId>,
}

/// Brings a state up to an edit of one file.
struct Follower<'a> {
    world: &'a dyn World,
    kept: &'a Kept,
    touched: Touched,
    day: Option<NaiveDate>,
}

impl Follower<'_> {
    fn follow(&self, made: Made) -> Option<Made> {
        let Made { compilation, again, makers, twice, free } = made;
        let Compilation { mut sources, mut items, plan, names, references, almanac, diagnostics, .. } =
            compilation;
        let (plan, mut almanac, mut expanded) = (plan?, almanac?, compilation.amounts);
        let Touched { file, recut } = &self.touched;
        if makers.iter().any(|maker| maker.stage == Stage::Circles) {
            return None;
        }
        let ranks = self.ranks(&items)?;
        // A file that cannot be read has an item that is not among them.
        if items.last().is_some_and(|last| sources.rank(last.id) as usize + 1 != items.len()) {
            return None;
        }
        let before: Vec<LoadedItem> = items.get(ranks.clone())?.to_vec();
        let of_ranks = narrow(ranks.start)..narrow(ranks.end);
        let stretch = Stretch::of(&plan, &of_ranks, |place| sources.rank(place.item));
        let of_names = NameRanges::of(&names, &of_ranks, &sources);

        // The items as they are now, each in the slot of one that was there before, as far as there are such.
        let mut slots = Slots::new(free, &before);
        let parsed = self.kept.items.get(recut.new.clone())?.iter();
        let starts = self.kept.cut.ranges().skip(recut.new.start);
        let fresh: Vec<LoadedItem> = parsed
            .zip(starts)
            .map(|(item, range)| {
                let id = slots.take().unwrap_or_else(|| sources.add_item(*file, range.start));
                LoadedItem { id, file: *file, item: Arc::clone(item) }
            })
            .collect();
        let now = ranks.start..ranks.start + fresh.len();
        let moved = fresh.len() != before.len();
        items.splice(ranks, fresh);
        sources.set_text(*file, Arc::clone(&self.kept.text), Arc::clone(&self.kept.lines));
        if moved {
            let by = i32::try_from(now.len().cast_signed() - before.len().cast_signed()).ok()?;
            // Data files have their ranks behind all items.
            sources.move_ranks(of_ranks.end, by);
            slots.free.iter().for_each(|id| sources.rank_item(*id, u32::MAX));
        }
        for (index, item) in items.iter().enumerate().take(now.end).skip(now.start) {
            sources.rank_item(item.id, narrow(index));
        }
        for (range, item) in self.kept.cut.ranges().zip(items.iter().filter(|item| item.file == *file)) {
            sources.start_item(item.id, *file, range.start);
        }

        let fresh = items.get(now.clone())?;
        let said = Said { diagnostics, makers, twice };
        if before.is_empty() && fresh.is_empty() {
            // Nothing but comments and blanks between items.
            let Said { diagnostics, makers, twice } = said;
            let compilation = Compilation {
                sources,
                items,
                plan: Some(plan),
                names,
                references,
                dated: None,
                almanac: Some(almanac),
                amounts: expanded,
                diagnostics,
            };
            return Some(Made { compilation, again, makers, twice, free: slots.free });
        }
        let gone: Vec<ItemId> = before.iter().chain(fresh).map(|item| item.id).collect();
        if before.iter().any(|item| said.loading(item)) {
            return None;
        }
        let told = said.told(&gone)?;

        let duplicates = said.makers.iter().any(|maker| maker.stage == Stage::Declare);
        let mut diagnostics = Diagnostics::default();
        for item in fresh {
            diagnostics.enter(Stage::Load, item.id);
            for error in &item.item.errors {
                diagnostics.push(syntax(item.id, error));
            }
        }
        // By the numbers of before: those of the others change further on.
        let old = expanded_of(&expanded, &stretch.key_results);
        expanded.drain(old);
        let edited = Edited {
            items: &items,
            now,
            before: &before,
            stretch: stretch.clone(),
            names: of_names,
            told,
            duplicates,
        };
        let resolved = Resolved { plan: Some(plan), names, references, again };
        let patched = patch(resolved, edited, &mut sources, self.world, &mut diagnostics)?;
        let Patched { resolved, again: redone, renumbering, reweighed } = patched;
        let Resolved { plan, names, references, again } = resolved;
        let plan = plan?;
        if !renumbering.is_nothing() {
            expanded.iter_mut().for_each(|expanded| renumber(expanded, &renumbering));
        }

        if reweighed {
            almanac.forget_weights();
        }

        // Who works when, and what is to be done.
        let count = |old: &Range<usize>, all: usize, before: usize| (old.len() + all).saturating_sub(before);
        let people = count(&stretch.people, plan.people.len(), almanac.presences.people());
        almanac.presences.replace(
            &plan,
            stretch.people.clone(),
            stretch.people.start..stretch.people.start + people,
        );
        let rank = |place: Place| sources.rank(place.item);
        let mut stretches = Vec::new();
        let first = fresh.first().map_or(of_ranks.start, |item| sources.rank(item.id));
        stretches.push(Stretch::of(&plan, &(first..first + narrow(fresh.len())), rank));
        for index in &redone {
            let at = narrow(*index);
            stretches.push(Stretch::of(&plan, &(at..at + 1), rank));
        }
        for stretch in stretches.iter().skip(1) {
            almanac.presences.replace(&plan, stretch.people.clone(), stretch.people.clone());
        }
        for stretch in &stretches {
            expand_again(&plan, &almanac, &stretch.key_results, &mut expanded, &mut diagnostics);
        }

        let again_items: Vec<ItemId> =
            redone.iter().filter_map(|index| items.get(*index)).map(|item| item.id).collect();
        said.take_back(&gone, &again_items, sources.item_ids(), &mut diagnostics);
        let as_of = AsOf { day: self.day, replan: None };
        check_whole(&plan, &almanac, &expanded, Depth::Amounts, as_of, &mut diagnostics);
        let Sorted { list: diagnostics, makers, twice } = diagnostics.in_order(&sources);
        let compilation = Compilation {
            sources,
            items,
            plan: Some(plan),
            names,
            references,
            dated: None,
            almanac: Some(almanac),
            amounts: expanded,
            diagnostics,
        };
        Some(Made { compilation, again, makers, twice, free: slots.free })
    }

    /// The place among all items of those that the edit replaced. They must follow each other, so that no file is included
    /// between them.
    fn ranks(&self, items: &[LoadedItem]) -> Option<Range<usize>> {
        let Touched { file, recut } = &self.touched;
        let of_file: Vec<usize> =
            items.iter().enumerate().filter(|(_, item)| item.file == *file).map(|(rank, _)| rank).collect();
        let old = of_file.get(recut.old.clone())?;
        let includes = |rank: &usize| {
            items.get(*rank).is_none_or(|item| {
                matches!(item.item.declaration, Declaration::Include(_) | Declaration::Plan(_))
            })
        };
        let start = match (old.first(), of_file.get(recut.old.start)) {
            (Some(first), _) | (None, Some(first)) => *first,
            // Behind the last item, and all that it may include.
            (None, None) => of_file.last().filter(|last| !includes(last))? + 1,
        };
        let follow = old.iter().enumerate().all(|(index, rank)| *rank == start + index);
        follow.then_some(start..start + old.len())
    }
}

/// Which of the key results that were expanded have a number in `ids`.
fn expanded_of(expanded: &[KeyResultPlan], ids: &Range<usize>) -> Range<usize> {
    within(expanded, &(narrow(ids.start)..narrow(ids.end)), |expanded| expanded.key_result.0)
}

fn expand_again(
    plan: &Plan,
    almanac: &Almanac,
    ids: &Range<usize>,
    expanded: &mut Vec<KeyResultPlan>,
    diagnostics: &mut Diagnostics,
) {
    let mut made = Vec::with_capacity(ids.len());
    for id in ids.clone().map(KeyResultId::new) {
        let (key_result, messages) = expand_key_result(plan, almanac, id, Depth::Amounts);
        diagnostics.enter(Stage::Expand, plan[id].place.item);
        diagnostics.append(messages);
        made.extend(key_result);
    }
    let old = expanded_of(expanded, ids);
    expanded.splice(old, made);
}

/// The slots of items that are gone.
struct Slots {
    free: Vec<ItemId>,
}

impl Slots {
    /// Those of `before` first, in order, then what no item has.
    fn new(mut free: Vec<ItemId>, before: &[LoadedItem]) -> Self {
        free.extend(before.iter().rev().map(|item| item.id));
        Self { free }
    }

    fn take(&mut self) -> Option<ItemId> {
        self.free.pop()
    }
}

/// What has been said.
struct Said {
    diagnostics: Vec<Diagnostic>,
    makers: Vec<Maker>,
    twice: Vec<(Maker, Diagnostic)>,
}

impl Said {
    /// Whether reading what `item` includes said something.
    fn loading(&self, item: &LoadedItem) -> bool {
        let of_item = Maker { stage: Stage::Load, item: item.id };
        let twice = self.twice.iter().filter(|(maker, _)| *maker == of_item).count();
        self.makers.iter().filter(|maker| **maker == of_item).count() + twice > item.item.errors.len()
    }

    /// The items with a message that points to one of `gone`. `None` where such a message is not made by resolving its item.
    fn told(&self, gone: &[ItemId]) -> Option<Vec<ItemId>> {
        let mut told = Vec::new();
        let all = self.makers.iter().zip(&self.diagnostics);
        for (maker, diagnostic) in all.chain(self.twice.iter().map(|(maker, said)| (maker, said))) {
            if maker.stage == Stage::Whole || gone.contains(&maker.item) {
                continue;
            }
            let labels = diagnostic.labels.iter().map(|label| label.place);
            let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits).map(|(place, _)| *place);
            if !labels.chain(edits).any(|place| gone.contains(&place.item)) {
                continue;
            }
            match maker.stage {
                Stage::Resolve | Stage::Expand => told.push(maker.item),
                _ => return None,
            }
        }
        Some(told)
    }

    /// Says again what still holds: all but what is said of the whole, and what those say that are done again.
    fn take_back(self, gone: &[ItemId], again: &[ItemId], ids: usize, diagnostics: &mut Diagnostics) {
        let mut marks = vec![(false, false); ids];
        for item in gone {
            if let Some(mark) = marks.get_mut(item.0 as usize) {
                mark.0 = true;
            }
        }
        for item in again {
            if let Some(mark) = marks.get_mut(item.0 as usize) {
                mark.1 = true;
            }
        }
        let holds = |maker: &Maker| {
            let (gone, again) = marks.get(maker.item.0 as usize).copied().unwrap_or_default();
            match maker.stage {
                Stage::Whole | Stage::Circles => false,
                Stage::Load | Stage::Declare => !gone,
                Stage::Resolve | Stage::Expand => !gone && !again,
            }
        };
        let all = self.makers.into_iter().zip(self.diagnostics).chain(self.twice);
        for (maker, diagnostic) in all.filter(|(maker, _)| holds(maker)) {
            diagnostics.again(maker, diagnostic);
        }
    }
}

fn narrow(wide: usize) -> u32 {
    u32::try_from(wide).unwrap_or(u32::MAX)
}
