//! Where changes go.

use milepost_grammar::Span;

use crate::sources::Place;

/// The place in front of `place`.
pub(super) fn start(place: Place) -> Place {
    Place::new(place.item, Span { start: place.span.start, end: place.span.start })
}

/// The place behind `place`.
pub(super) fn end(place: Place) -> Place {
    Place::new(place.item, Span { start: place.span.end, end: place.span.end })
}
