//! How a goal is laid over the calendar.

use chrono::Datelike;
use milepost_grammar::ast::{self, PeriodWeight};

use super::Resolver;
use super::time::written;
use crate::dates::DateSpan;
use crate::diagnostic::Diagnostic;
use crate::exact::Exact;
use crate::message::Message;
use crate::plan::{HistoryId, Spread, SpreadBy};
use crate::sources::Place;

impl Resolver<'_> {
    pub(super) fn spread(&mut self, said: &ast::Spread, window: DateSpan) -> Option<Spread> {
        let by = match &said.how {
            ast::SpreadBy::Evenly => SpreadBy::Evenly,
            ast::SpreadBy::Like { history, per_workday } => {
                let id = self.find_history(history)?;
                self.has_season(id, history)?;
                SpreadBy::Like { history: id, per_workday: *per_workday }
            }
            ast::SpreadBy::Periods(periods) => SpreadBy::Periods(self.periods(periods, said, window)),
        };
        Some(Spread { by, place: self.place(said.span) })
    }

    /// A season is made of amounts by month, or of shorter periods inside months.
    fn has_season(&mut self, id: HistoryId, name: &ast::Name) -> Option<()> {
        let history = self.plan.histories.get(id.index())?;
        if history.spoilt && history.entries.is_empty() {
            // That is said already; the goal still goes by this history, and is spoilt with it.
            return Some(());
        }
        let month = |day: chrono::NaiveDate| (day.year(), day.month());
        let coarse =
            history.entries.iter().find(|entry| month(entry.period.first) != month(entry.period.last));
        let coarse = coarse.map(|entry| entry.place);
        if coarse.is_none() && !history.entries.is_empty() {
            return Some(());
        }
        let message = Message::NoSeason { history: history.name.clone() };
        let diagnostic = Diagnostic::new(message, self.place(name.span));
        self.push(match coarse {
            Some(place) => diagnostic.label(place, Message::LongerThanMonth),
            None => diagnostic,
        });
        None
    }

    fn periods(
        &mut self,
        said: &[PeriodWeight],
        spread: &ast::Spread,
        window: DateSpan,
    ) -> Vec<(DateSpan, Exact)> {
        let mut periods: Vec<(DateSpan, Exact)> = Vec::with_capacity(said.len());
        let mut places: Vec<(DateSpan, Place)> = Vec::with_capacity(said.len());
        for period in said {
            let weight = self.weight_of(&period.weight);
            let Some(days) = self.span(&period.when) else { continue };
            if self.period.is_some_and(|plan| plan.intersect(&days).is_none()) {
                self.inside_plan(days, period.when.span);
                continue;
            }
            if window.intersect(&days).is_none() && self.period.is_some() {
                let message = Message::SpreadOutsideWindow { days: written(days), window: written(window) };
                self.say(message, period.when.span);
            }
            places.push((days, self.place(period.when.span)));
            periods.push((days, weight));
        }
        self.whole_percents(said.iter().map(|period| &period.weight), spread.span);
        if !periods.is_empty() && periods.iter().all(|(_, weight)| weight.is_zero()) {
            self.say(Message::WeightsOfZero, spread.span);
        }
        places.sort_by_key(|(days, place)| (days.first, days.last, place.span));
        let mut overlap = false;
        let mut before: Option<(DateSpan, Place)> = None;
        for (days, place) in places {
            if let Some((other, first)) = before
                && days.first <= other.last
            {
                overlap = true;
                let (first, second) = if first.span < place.span { (first, place) } else { (place, first) };
                self.push(Diagnostic::new(Message::SpreadOverlap, second).label(first, Message::FirstHere));
            }
            if before.is_none_or(|(other, _)| other.last < days.last) {
                before = Some((days, place));
            }
        }
        if overlap { Vec::new() } else { periods }
    }
}
