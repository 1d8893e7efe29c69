//! What the people themselves expect.

use std::collections::HashMap;

use chrono::NaiveDate;
use milepost_grammar::{Span, ast};

use super::Resolver;
use crate::exact::Exact;
use crate::message::Message;
use crate::plan::{Forecast, Holder, MetricId};

impl Resolver<'_> {
    /// The forecasts of a key result, by day; of those who have a part in it, one a day.
    pub(super) fn forecasts(
        &mut self,
        said: &[&ast::Forecast],
        metric: Option<MetricId>,
        among: &[Holder],
    ) -> Vec<Forecast> {
        let mut forecasts = Vec::with_capacity(said.len());
        let mut seen: HashMap<(NaiveDate, Option<Holder>), Span> = HashMap::new();
        for said in said {
            let Some(forecast) = self.forecast(said, metric, among) else { continue };
            let span = said.on.span;
            match seen.insert((forecast.on, forecast.who), span) {
                None => forecasts.push(forecast),
                Some(first) => {
                    let on = forecast.on.to_string();
                    self.twice(Message::ForecastTwice { on }, span, first);
                }
            }
        }
        forecasts.sort_by_key(|forecast| forecast.on);
        forecasts
    }

    fn forecast(
        &mut self,
        said: &ast::Forecast,
        metric: Option<MetricId>,
        among: &[Holder],
    ) -> Option<Forecast> {
        let who = match &said.who {
            None => None,
            Some(name) => {
                let holder = self.find_holder(name)?;
                // Whoever it is of, a goal of nobody is theirs as well.
                if among.is_empty() { Some(holder) } else { Some(self.in_share(holder, name, among)?) }
            }
        };
        let mut amount =
            |said: &Option<ast::Quantity>| said.as_ref().and_then(|said| self.amount(metric?, said));
        let (commit, call, best) = (amount(&said.commit), amount(&said.call), amount(&said.best));
        if said.commit.is_none() && said.call.is_none() && said.best.is_none() {
            self.say(Message::ForecastOfNothing, said.span);
            return None;
        }
        self.in_order(&[(&commit, &said.commit), (&call, &said.call), (&best, &said.best)]);
        Some(Forecast {
            on: said.on.value,
            who,
            commit,
            call,
            best,
            note: said.note.as_ref().map(|note| note.value.clone()),
            place: self.place(said.span),
        })
    }

    /// What is sure is at most what is likely, and that at most what is possible.
    fn in_order(&mut self, amounts: &[(&Option<Exact>, &Option<ast::Quantity>)]) {
        let mut before: Option<(&Exact, Span)> = None;
        for (amount, said) in amounts {
            let (Some(amount), Some(said)) = (amount, said) else { continue };
            if let Some((least, first)) = before
                && amount < least
            {
                let (amount, before) = (self.written(said.span), self.written(first));
                self.twice(Message::ForecastFalls { amount, before }, said.span, first);
            }
            before = Some((amount, said.span));
        }
    }
}
