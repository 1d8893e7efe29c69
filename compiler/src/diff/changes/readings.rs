//! What changed in readings.

use super::{Changes, Event, pairs::pairs};
use crate::diff::thing::{Aspect, Fact, Thing, What};

/// More readings than this that came or went are only counted.
const FEW: usize = 6;

impl Changes<'_> {
    /// Readings come in by the dozen: which say something else than they did, and of many how many there are.
    pub(super) fn readings(&mut self, old: &Thing, new: &Thing) {
        type Pair<'a> = (Option<&'a Fact>, Option<&'a Fact>);
        let is_both = |(was, now): &Pair<'_>| was.is_some() && now.is_some();
        let (others, one_sided): (Vec<Pair<'_>>, Vec<Pair<'_>>) =
            pairs(&old.facts, &new.facts).into_iter().partition(is_both);
        for (was, now) in others {
            self.said(What::Actuals, new, was, now);
        }
        if one_sided.len() <= FEW {
            for (was, now) in one_sided {
                self.said(What::Actuals, new, was, now);
            }
            return;
        }
        let source = self.after.file_line(new.place);
        let (before, after) = (Some(super::days(old.facts.len())), Some(super::days(new.facts.len())));
        let event = Event::Said { aspect: Aspect::Actual, of: "read".to_owned(), before, after };
        self.push(What::Actuals, new, event, source);
    }
}
