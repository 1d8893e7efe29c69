//! Who is over what they can do.

use std::collections::BTreeMap;

use dashu_int::IBig;
use milepost_grammar::ast::Grain;

use super::lines::Side;
use super::{Comparison, Headroom};
use crate::diff::facts::{Renamed, with_unit};
use crate::diff::thing::What;
use crate::expand::KeyResultPlan;
use crate::expand::ceiling::overruns;
use crate::page::Label;

/// Whose limit of what, in how long.
type Key = (String, String, Grain);

/// How often one plan goes past a limit.
struct Known {
    person: Label,
    metric: Label,
    per: Grain,
    periods: usize,
    most: String,
    /// The most that is asked in a period that is over.
    asked: Option<String>,
}

impl Comparison<'_> {
    pub(super) fn headroom(&self) -> Vec<Headroom> {
        let mut before = self.overruns(&self.was, self.renamed);
        let mut all = Vec::new();
        for (key, now) in self.overruns(&self.now, &Renamed::default()) {
            let was = before.remove(&key);
            let known = was.as_ref().map_or((0, &None), |was| (was.periods, &was.asked));
            let lowered = now.periods > 0 && was.as_ref().is_some_and(|was| was.most != now.most);
            if lowered || known != (now.periods, &now.asked) {
                all.extend(headroom(was, Some(now)));
            }
        }
        let no_longer = before.into_values().filter(|was| was.periods > 0);
        all.extend(no_longer.filter_map(|was| headroom(Some(was), None)));
        all.sort_by_key(|headroom| std::cmp::Reverse(headroom.after.abs_diff(headroom.before)));
        all
    }

    fn overruns(&self, side: &Side<'_>, renamed: &Renamed) -> BTreeMap<Key, Known> {
        let plan = side.plan();
        let expanded = &side.version.dated.key_results;
        let path =
            |known: &KeyResultPlan| renamed.get(What::KeyResult, &plan.path(known.key_result)).to_owned();
        let all = if self.known.skipped.is_empty() {
            overruns(plan, expanded)
        } else {
            let known = expanded.iter().filter(|known| !self.known.skipped.contains(&path(known)));
            overruns(plan, &known.cloned().collect::<Vec<_>>())
        };
        let told = all.into_iter().map(|over| {
            let (person, metric) = (&plan[over.person], &plan[over.limit.metric]);
            let name = renamed.get(What::Person, &person.name).to_owned();
            let of = renamed.get(What::Metric, &metric.name).to_owned();
            let asked = with_unit(metric, &metric.step.amount(&IBig::from(over.asked)));
            let known = Known {
                person: Label::new(&person.name, person.title.as_deref()),
                metric: Label::new(&metric.name, metric.title.as_deref()),
                per: over.limit.per,
                periods: over.periods,
                most: with_unit(metric, &over.limit.amount),
                asked: (over.periods > 0).then_some(asked),
            };
            ((name, of, over.limit.per), known)
        });
        told.collect()
    }
}

fn headroom(was: Option<Known>, now: Option<Known>) -> Option<Headroom> {
    let count = |side: &Option<Known>| side.as_ref().map_or(0, |known| known.periods);
    let (before, after) = (count(&was), count(&now));
    let (mut limit, mut worst) = ((None, None), (None, None));
    let mut who = None;
    for (known, most, asked) in [(was, &mut limit.0, &mut worst.0), (now, &mut limit.1, &mut worst.1)] {
        if let Some(known) = known {
            (*most, *asked) = (Some(known.most), known.asked);
            who = Some((known.person, known.metric, known.per));
        }
    }
    let (person, metric, per) = who?;
    Some(Headroom { person, metric, per, before, after, limit, worst })
}
