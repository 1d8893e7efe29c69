//! What a calendar had before.

use std::io;

use crate::calendar::published::PublishedEvent;

/// What a calendar had before. Whoever writes it anew names what stays, and calls off the rest.
pub trait Previous {
    /// The event of that UID is in the new calendar.
    fn keeps(&mut self, uid: &str);

    /// Gives the events to `each` that are to be called off: those that were there and that nobody kept.
    ///
    /// # Errors
    /// Those of `each`, and of reading what was there.
    fn gone(&mut self, each: &mut dyn FnMut(&PublishedEvent) -> io::Result<()>) -> io::Result<()>;
}

/// Nothing: a first calendar.
impl Previous for () {
    fn keeps(&mut self, _: &str) {}

    fn gone(&mut self, _: &mut dyn FnMut(&PublishedEvent) -> io::Result<()>) -> io::Result<()> {
        Ok(())
    }
}
