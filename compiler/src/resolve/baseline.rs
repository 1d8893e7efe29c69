//! What growth is measured against.

use milepost_grammar::Span;
use milepost_grammar::ast;

use super::Resolver;
use super::time::written;
use crate::dates::DateSpan;
use crate::exact::Exact;
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::{Baseline, MetricId};

impl Resolver<'_> {
    pub(super) fn baseline(
        &mut self,
        metric: Option<MetricId>,
        said: &ast::Baseline,
        span: Option<Span>,
    ) -> Option<Baseline> {
        let place = self.place(span.unwrap_or_default());
        match said {
            ast::Baseline::Amount(amount) => Some(Baseline::Amount(self.amount(metric?, amount)?, place)),
            ast::Baseline::History(name) => {
                let history = self.find_history(name)?;
                let of = self.plan.histories.get(history.index())?.metric;
                if let (Some(of), Some(metric)) = (of, metric)
                    && of != metric
                {
                    let message = Message::OfOtherMetric {
                        noun: Noun::History,
                        name: name.value.clone(),
                        of: self.metric_name(of),
                        measured: self.metric_name(metric),
                    };
                    self.say(message, name.span);
                    return None;
                }
                Some(Baseline::History(history, place))
            }
        }
    }

    /// How much the baseline of a goal with these days comes to: what was written, or what the history holds of the
    /// same days in the nearest year that it covers; of a level, the history's last before them. Says so where it
    /// holds nothing of them.
    pub(super) fn base(&mut self, baseline: &Baseline, window: DateSpan, level: bool) -> Option<Exact> {
        let (id, place) = match baseline {
            Baseline::Amount(amount, _) => return Some(amount.clone()),
            Baseline::History(id, place) => (*id, *place),
        };
        let history = self.plan.histories.get(id.index())?;
        let calendar = self.plan.calendars.get(self.plan.calendar.index())?;
        let past =
            if level { history.last_before(window.first) } else { history.same_days(window, calendar) };
        if past.is_none() && !history.spoilt && self.period.is_some() {
            let message = Message::NoPast { history: history.name.clone(), window: written(window) };
            self.diagnostics.say(message, place);
        }
        past
    }
}
