//! Runs `milepost build --replan` and compares its rows with the reference.

use std::path::Path;

use super::expand::expand;
use super::generate::life::replanned;
use super::generate::shortest;
use super::period::Grain;
use super::replan::replan;
use super::row::Row;
use super::run::{build, difference, number};
use super::text::text;
use super::text_life::table;

/// `MILEPOST_REFERENCE_REPLAN` says how many plans, `MILEPOST_REFERENCE_FIRST` the
/// first seed, `MILEPOST_REFERENCE_ALL` that all differences are shown and not the
/// first plan's alone.
#[test]
fn random_plans_that_are_planned_anew_match_the_reference() {
    let first = number("MILEPOST_REFERENCE_FIRST", 0);
    let plans = number("MILEPOST_REFERENCE_REPLAN", 60);
    let all = number("MILEPOST_REFERENCE_ALL", 0);
    let mut apart_in = 0;
    for seed in first..first + plans {
        let lived = replanned(seed);
        let source = text(&lived.plan, seed);
        let table = table(&lived.plan);
        let by = shortest(seed);
        let day = lived.days[0];
        let rows = replan(&lived.plan, by, day).expect("it was planned before");
        let expected: Vec<String> = rows.iter().map(|row| row.cells().join(" | ")).collect();
        let mut arguments = vec!["--as-of".to_owned(), day.to_string(), "--replan".to_owned()];
        arguments.extend(by.map(|by| format!("--by={}", by.text())));
        let binary = Path::new(env!("CARGO_BIN_EXE_milepost"));
        let found = match build(binary, &source, table.as_deref(), &arguments) {
            Ok(built) => difference(&expected, &built),
            Err(why) => Some(why),
        };
        if let Some(difference) = found {
            apart_in += 1;
            let by = by.map_or("-", Grain::text);
            let at = format!("seed {seed} ({:?}) as of {day} by {by}:\n{difference}", lived.like);
            let table = table.unwrap_or_default();
            let plan = format!("--- plan.plan\n{source}\n--- crm.csv\n{table}");
            assert!(all > 0, "{at}\n{plan}");
            println!("{at}");
            if all > 1 {
                println!("{plan}");
            }
        }
    }
    assert_eq!(apart_in, 0, "so many differ");
}

/// Who is exactly on plan is asked for what they were asked for.
#[test]
fn exactly_on_plan_nothing_changes() {
    let mut plans = 0;
    for seed in 0..number("MILEPOST_REFERENCE_REPLAN", 60) / 2 {
        let lived = replanned(seed);
        if !lived.exact || lived.plan.objectives.is_empty() {
            continue;
        }
        plans += 1;
        for day in lived.days {
            let told = |rows: Vec<Row>, test: &dyn Fn(&Row) -> bool| -> Vec<[String; 12]> {
                rows.iter().filter(|row| test(row)).map(Row::cells).collect()
            };
            let planned = expand(&lived.plan, None).unwrap();
            let anew = replan(&lived.plan, None, day).unwrap();
            let dropped = lived.plan.objectives[0].key_results[0].said.dropped;
            if dropped.is_some_and(|dropped| dropped <= day) {
                assert_eq!(told(anew, &|row| row.place.start > day).len(), 0, "seed {seed} as of {day}");
                continue;
            }
            assert_eq!(told(anew, &|_| true), told(planned, &|_| true), "seed {seed} as of {day}");
        }
    }
    assert!(plans > 0, "no plan is exactly on plan");
}
