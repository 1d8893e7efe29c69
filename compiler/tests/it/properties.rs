//! What must hold for every plan, tried on random ones.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dashu_int::IBig;
use milepost::compile::{Compilation, compile};
use milepost::dated::{DatedAmount, Kind, RowOptions};
use milepost::exact::Exact;
use milepost::expand::{Course, Cursor, Presences};
use milepost::plan::{Holder, KeyResultId, MetricId, PersonId, Plan, TeamId};
use milepost::world::MemoryWorld;
use milepost_grammar::ast::Grain;

use crate::reference::{generate, text};

fn compiled(text: &str) -> Compilation {
    let compilation = compile(&MemoryWorld::new([("test.plan", text)]), "test.plan");
    assert!(!compilation.has_language_errors(), "{:?}\n{text}", compilation.diagnostics);
    let checked = milepost::compile::check(&MemoryWorld::new([("test.plan", text)]), "test.plan", None);
    assert_eq!(checked.diagnostics, compilation.diagnostics, "`check` and `build` say the same");
    compilation
}

/// Checks something on a hundred random plans.
fn on_random_plans(check: impl Fn(&Plan, &Compilation)) {
    for seed in 5_000..5_100 {
        let source = text(&generate::plan(seed), seed);
        let compilation = compiled(&source);
        let plan = compilation.plan.as_ref().unwrap();
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(plan, &compilation)));
        if let Err(why) = checked {
            let said = why.downcast_ref::<String>().map_or("", String::as_str);
            panic!("seed {seed}: {said}\n{source}");
        }
    }
}

fn rows<'a>(plan: &Plan, compilation: &'a Compilation, by: Option<Grain>) -> Vec<DatedAmount<'a>> {
    compilation.dated.as_ref().unwrap().rows(plan, &RowOptions { by, person: None }).collect()
}

/// What runs together.
type Key<'a> = (Option<PersonId>, Option<TeamId>, KeyResultId, &'a str, MetricId, Kind);

fn key<'a>(row: &DatedAmount<'a>) -> Key<'a> {
    (row.person, row.team, row.key_result, row.part, row.metric, row.kind)
}

fn is_level(plan: &Plan, row: &DatedAmount<'_>) -> bool {
    plan[row.metric].total == milepost_grammar::ast::Total::Last
}

#[test]
fn every_level_sums_to_the_one_above() {
    on_random_plans(|plan, compilation| {
        let dated = compilation.dated.as_ref().unwrap();
        let mut sums: BTreeMap<(KeyResultId, MetricId, Kind), i128> = BTreeMap::new();
        for row in rows(plan, compilation, None).iter().filter(|row| !is_level(plan, row)) {
            *sums.entry((row.key_result, row.metric, row.kind)).or_default() += row.amount;
        }
        for key_result in &dated.key_results {
            let Some(totals) = &key_result.totals else { continue };
            // Parts of a split and lines that meet have stages of the same metric.
            let mut expected: BTreeMap<MetricId, IBig> = BTreeMap::new();
            for stage in key_result.stages() {
                let metric = &plan[stage.link.metric];
                *expected.entry(stage.link.metric).or_default() += match metric.unit.is_shared() {
                    true => stage.total.clone(),
                    // Of percents everybody has the same.
                    false => &stage.total * stage.lines.len(),
                };
            }
            for (metric, expected) in expected {
                let sum = sums.get(&(key_result.key_result, metric, Kind::New)).copied().unwrap_or(0);
                assert_eq!(IBig::from(sum), expected, "{}", plan.path(key_result.key_result));
            }
            let outcome = key_result.chains[0].stages[0].link.metric;
            let existing = sums.get(&(key_result.key_result, outcome, Kind::Existing)).copied().unwrap_or(0);
            if existing > 0 && totals.new > IBig::from(0) {
                assert_eq!(IBig::from(existing) + &totals.new, totals.target);
            }
        }
    });
}

#[test]
fn days_weeks_ten_days_and_months_agree() {
    on_random_plans(|plan, compilation| {
        let fine = rows(plan, compilation, None);
        for by in [Grain::Week, Grain::TenDay, Grain::Month, Grain::Quarter] {
            for row in rows(plan, compilation, Some(by)) {
                if is_level(plan, &row) {
                    continue;
                }
                let parts = fine.iter().filter(|part| key(part) == key(&row));
                // A finer row lies inside one coarse row where its periods nest in it.
                let nested = row.grain != Grain::Week && fine.iter().all(|part| part.grain != Grain::Week);
                if nested {
                    let inside = parts.clone().filter(|part| row.start <= part.start && part.end <= row.end);
                    assert_eq!(inside.map(|part| part.amount).sum::<i128>(), row.amount);
                }
                let until = parts.filter(|part| part.end <= row.end).map(|part| part.amount).sum::<i128>();
                if nested || row.grain == Grain::Week {
                    assert!(until <= row.to_date);
                }
            }
        }
    });
}

#[test]
fn nobody_is_a_whole_step_off_their_line() {
    on_random_plans(|plan, compilation| {
        for key_result in &compilation.dated.as_ref().unwrap().key_results {
            for line in key_result.stages().flat_map(|stage| &stage.lines) {
                let Course::Flow { steps, weights } = &line.course else { continue };
                let mut cursor = Cursor::new(&line.course, line.phase, weights.window().first);
                let phase = Exact::from_parts(line.phase.index.into(), line.phase.count.into());
                for day in weights.window().days() {
                    let exact = Exact::from(*steps) * weights.share_until(day);
                    let running = Exact::from(cursor.advance(day));
                    let off = &running - (&exact - &phase);
                    let (zero, one) = (Exact::ZERO, Exact::ONE);
                    assert!(
                        off < one && (off >= zero || running == zero),
                        "{} {day}",
                        plan.path(key_result.key_result)
                    );
                    assert!((running - exact) < one);
                }
                assert_eq!(cursor.advance(plan.period.last), *steps);
            }
        }
    });
}

#[test]
fn rows_are_ordered_keyed_and_run_up() {
    on_random_plans(|plan, compilation| {
        for by in [None, Some(Grain::Month)] {
            let rows = rows(plan, compilation, by);
            let order = |row: &DatedAmount<'_>| (row.start, row.person, row.key_result, row.metric, row.kind);
            assert!(rows.windows(2).all(|pair| order(&pair[0]) <= order(&pair[1])));
            let keys: BTreeSet<_> = rows.iter().map(|row| (row.start, row.end, key(row))).collect();
            assert_eq!(keys.len(), rows.len());
            let mut running: BTreeMap<Key<'_>, i128> = BTreeMap::new();
            for row in &rows {
                assert!(row.amount > 0, "a row of nothing, or less");
                assert!(plan.period.contains(row.start) && plan.period.contains(row.end));
                if is_level(plan, row) {
                    assert_eq!(row.to_date, row.amount);
                    continue;
                }
                let total = running.entry(key(row)).or_default();
                *total += row.amount;
                assert_eq!(*total, row.to_date);
                assert!(row.to_date <= row.total);
            }
        }
    });
}

#[test]
fn nothing_is_planned_on_a_day_off() {
    on_random_plans(|plan, compilation| {
        let presences = Presences::new(plan);
        for row in rows(plan, compilation, None).iter().filter(|row| row.grain == Grain::Day) {
            let holder = row.person.map(Holder::Person).or(row.team.map(Holder::Team));
            let days = presences.holder(plan, holder);
            let owner = match plan[row.key_result].owners.as_slice() {
                [Holder::Person(person)] => Some(presences.person(*person)),
                _ => None,
            };
            let works = |date: NaiveDate| days.works(date) || owner.is_some_and(|owner| owner.works(date));
            assert!(works(row.start), "{} {:?}", row.start, row.person);
        }
    });
}

#[test]
fn equal_people_follow_the_team_exactly() {
    for (people, each) in [(2, 3), (5, 100), (7, 1), (13, 29), (100, 1)] {
        let crew: String = (0..people).map(|n| format!("person p{n}\n")).collect();
        let source = format!(
            "plan q {{ period 2026-Q2 }}\nmetric visits {{ kind activity }}\nteam all {{\n{crew}}}\n\
             objective o {{ owner all; key-result k {{ measure visits {} ; share all evenly }} }}\n",
            people * each
        );
        let compilation = compiled(&source);
        let plan = compilation.plan.as_ref().unwrap();
        let mut by_day: BTreeMap<NaiveDate, i128> = BTreeMap::new();
        for row in rows(plan, &compilation, None) {
            *by_day.entry(row.start).or_default() += row.amount;
        }
        let calendar = &plan[plan.calendar];
        let days: Vec<NaiveDate> = calendar.working_days(plan.period).collect();
        let (total, count) = (i128::from(people * each), i128::try_from(days.len()).unwrap());
        let mut running = 0;
        for (index, day) in (1..).zip(days) {
            running += by_day.get(&day).copied().unwrap_or(0);
            assert_eq!(running, (total * index - 1) / count + 1, "{people} people, {day}");
        }
    }
}

#[test]
fn raising_a_goal_lowers_no_first_share() {
    let parts = |target: u32| -> BTreeMap<Option<PersonId>, i128> {
        let source = format!(
            "plan q {{ period 2026-Q2 }}\nmetric orders\nteam all {{\nperson a {{ weight 6 }}\nperson b {{ weight 6 }}\n\
             person c {{ weight 2; away 2026-05 }}\nperson d {{ weight 0.7; from 2026-06-01 }}\n}}\n\
             objective o {{ owner all; key-result k {{ measure orders {target}; share all by capacity }} }}\n"
        );
        let compilation = compiled(&source);
        let plan = compilation.plan.as_ref().unwrap();
        let mut parts = BTreeMap::new();
        for row in rows(plan, &compilation, None) {
            *parts.entry(row.person).or_default() += row.amount;
        }
        parts
    };
    let mut before = parts(1);
    for target in 2..80 {
        let after = parts(target);
        for (person, part) in &before {
            assert!(after.get(person).copied().unwrap_or(0) >= *part, "{target}: {person:?}");
        }
        assert_eq!(after.values().sum::<i128>(), i128::from(target));
        before = after;
    }
}
