//! A calendar that was published before, held in memory.

use std::collections::BTreeSet;
use std::io;

use milepost::calendar::published::{self, PublishedEvent};
use milepost::emit::previous::Previous;

/// The events of a calendar that was published before.
#[derive(Debug, Default)]
pub struct Before {
    events: Vec<PublishedEvent>,
    kept: BTreeSet<String>,
    /// How many were called off.
    pub called_off: usize,
}

impl Before {
    /// The events of `calendar`, if it can be read to its end. What can be read as a whole can be read one by one.
    #[must_use]
    pub fn read(calendar: &[u8]) -> Option<Self> {
        let mut events = Vec::new();
        published::read(calendar, |event| events.push(event)).ok()?;
        for event in &events {
            let at = usize::try_from(event.offset).expect("an offset within memory");
            let alone = published::read_one(&calendar[at..]).expect("an event that was read");
            assert_eq!(PublishedEvent { offset: event.offset, ..alone }, *event);
        }
        Some(Self { events, ..Self::default() })
    }

    /// How many events there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.events.len()
    }
}

impl Previous for Before {
    fn keeps(&mut self, uid: &str) {
        self.kept.insert(uid.to_owned());
    }

    fn gone(&mut self, each: &mut dyn FnMut(&PublishedEvent) -> io::Result<()>) -> io::Result<()> {
        for event in self.events.iter().filter(|event| !self.kept.contains(&event.uid)) {
            each(event)?;
            self.called_off += 1;
        }
        Ok(())
    }
}
