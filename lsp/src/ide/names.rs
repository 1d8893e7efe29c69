//! What a name stands for, and where else it is named.

use milepost::compile::Compilation;
use milepost::resolve::names::{Entry, Reference};
use milepost::sources::{FileId, Place};

use super::items::loaded_before;
use super::spot::{Spot, touches};

/// A name in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Named {
    /// Where it stands.
    pub place: Place,
    /// The name where what it stands for is declared; the same place if that is here.
    pub target: Place,
}

/// The name at byte `offset` of `file`, if it stands for something.
#[must_use]
pub fn name_at(compilation: &Compilation, file: FileId, offset: usize) -> Option<Named> {
    let item = loaded_before(compilation, file, offset)?.id;
    let is_here = |place: Place| place.item == item && touches(&compilation.sources.locate(place).1, offset);
    let used = compilation.references.of(item).iter().find(|reference| is_here(reference.place));
    if let Some(Reference { place, target }) = used {
        return Some(Named { place: *place, target: *target });
    }
    let declared = compilation.names.all().map(|entry| entry.place).find(|place| is_here(*place));
    // Stages and lines of funnels have names that others may name, and are in no list.
    let targets = || compilation.references.iter().map(|reference| reference.target);
    let target = declared.or_else(|| targets().find(|place| is_here(*place)))?;
    Some(Named { place: target, target })
}

/// What is declared at `target`, where that is in the list of names.
#[must_use]
pub fn declared_at(compilation: &Compilation, target: Place) -> Option<&Entry> {
    compilation.names.all().find(|entry| entry.place == target)
}

/// All places that name what is declared at `target`, and that place itself first.
#[must_use]
pub fn occurrences(compilation: &Compilation, target: Place) -> Vec<Place> {
    let uses = compilation.references.iter().filter(|reference| reference.target == target);
    std::iter::once(target).chain(uses.map(|reference| reference.place)).collect()
}

/// Where the name at `offset` is declared.
#[must_use]
pub fn definition(compilation: &Compilation, file: FileId, offset: usize) -> Option<(Spot, Spot)> {
    let named = name_at(compilation, file, offset)?;
    Some((Spot::of(compilation, named.place), Spot::of(compilation, named.target)))
}

/// Where what is named at `offset` is named; with `declaration`, where it is declared too.
#[must_use]
pub fn references(compilation: &Compilation, file: FileId, offset: usize, declaration: bool) -> Vec<Spot> {
    let Some(named) = name_at(compilation, file, offset) else { return Vec::new() };
    let all = occurrences(compilation, named.target);
    all.into_iter().skip(usize::from(!declaration)).map(|place| Spot::of(compilation, place)).collect()
}
