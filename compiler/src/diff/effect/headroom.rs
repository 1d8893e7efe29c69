//! Who is over what they can do.

use std::collections::BTreeMap;

use dashu_int::IBig;
use milepost_grammar::ast::Grain;

use super::lines::Side;
use super::{Comparison, Headroom};
use crate::diff::facts::{Renamed, with_unit};
use crate::diff::thing::What;
use crate::expand::ceiling::overruns;
use crate::page::Label;

impl Comparison<'_> {
    pub(super) fn headroom(&self) -> Vec<Headroom> {
        type Known = (usize, String);
        let of =
            |side: &Side<'_>, renamed: &Renamed| -> BTreeMap<(String, String, Grain), (Headroom, Known)> {
                let plan = side.plan();
                let all = overruns(plan, &side.version.dated.key_results);
                let told = all.into_iter().map(|over| {
                    let (person, metric) = (&plan[over.person], &plan[over.limit.metric]);
                    let name = renamed.get(What::Person, &person.name).to_owned();
                    let of = renamed.get(What::Metric, &metric.name).to_owned();
                    let worst = with_unit(metric, &metric.step.amount(&IBig::from(over.asked)));
                    let most = with_unit(metric, &over.limit.amount);
                    let headroom = Headroom {
                        person: Label::new(&person.name, person.title.as_deref()),
                        metric: Label::new(&metric.name, metric.title.as_deref()),
                        per: over.limit.per,
                        before: 0,
                        after: 0,
                        limit: (None, None),
                        worst,
                    };
                    ((name, of, over.limit.per), (headroom, (over.periods, most)))
                });
                told.collect()
            };
        let mut before = of(&self.was, self.renamed);
        let after = of(&self.now, &Renamed::default());
        let mut all = Vec::new();
        for (key, (headroom, (count, most))) in after {
            let was = before.remove(&key);
            let (was_count, was_most) = was.map_or((0, None), |(_, (count, most))| (count, Some(most)));
            if was_count != count {
                all.push(Headroom {
                    before: was_count,
                    after: count,
                    limit: (was_most, Some(most)),
                    ..headroom
                });
            }
        }
        for (_, (headroom, (count, most))) in before {
            if count > 0 {
                all.push(Headroom { before: count, after: 0, limit: (Some(most), None), ..headroom });
            }
        }
        all.sort_by_key(|headroom| std::cmp::Reverse(headroom.after.abs_diff(headroom.before)));
        all
    }
}
