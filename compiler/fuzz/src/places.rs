//! Places that messages point to.

use milepost::compile::Compilation;
use milepost::sources::Place;

/// All places lie in their files, and between characters.
pub fn lie_in_their_files(compilation: &Compilation) {
    let sources = &compilation.sources;
    let lies = |place: Place| {
        let (file, range) = sources.locate(place);
        assert!(
            sources.file(file).text.get(range.clone()).is_some(),
            "{range:?} of {}",
            sources.file(file).path
        );
    };
    for diagnostic in &compilation.diagnostics {
        lies(diagnostic.place);
        assert!(!diagnostic.message.text().is_empty());
        diagnostic.labels.iter().for_each(|label| lies(label.place));
        diagnostic.fixes.iter().flat_map(|fix| &fix.edits).for_each(|(place, _)| lies(*place));
    }
}
