//! Pipelines: what they hold against what is still to win, worked out by hand.

use milepost::compile::{Compilation, compile};
use milepost::exact::{Exact, ratio, whole};
use milepost::pipeline::{Coverage, coverage, goals};
use milepost::plan::PipelineId;
use milepost::world::MemoryWorld;

const PLAN: &str = r#"
plan p { period 2026-01..2026-03; currency CNY }
metric revenue { unit CNY; step 1 }
team north { person liu; person chen }
team south { person wang }
objective win {
  key-result north { measure revenue 600k by 2026-03-31; owner north; share north evenly; spread { 2026-01 50%; 2026-02 20%; 2026-03 30% } }
  key-result south { measure revenue 100k by 2026-03-31; owner wang }
}
"#;

fn compiled(more: &str) -> Compilation {
    let text = format!("{PLAN}{more}");
    let world = MemoryWorld::new([("test.plan", text.as_str())]);
    let compilation = compile(&world, "test.plan");
    assert!(!compilation.has_errors(), "{:?}", compilation.diagnostics);
    compilation
}

fn covered(more: &str) -> Vec<Coverage> {
    let compilation = compiled(more);
    coverage(compilation.plan.as_ref().unwrap(), &compilation.dated.as_ref().unwrap().key_results, None)
}

/// The goals of the first pipeline.
fn served(more: &str) -> Vec<String> {
    let compilation = compiled(more);
    let plan = compilation.plan.as_ref().unwrap();
    let goals = goals(plan, PipelineId::new(0), &compilation.dated.as_ref().unwrap().key_results);
    goals.into_iter().map(|goal| plan.path(goal)).collect()
}

#[test]
fn a_month_holds_what_closes_in_it() {
    let all = covered(
        r#"
        pipeline deals of revenue {
          stage proposal 50%; stage contract 90%; stage closed-won 100%
          deal a { amount 200k; close 2026-02-10; stage proposal; owner liu }
          deal b { amount 100k; close 2026-02-27; stage contract; owner chen }
          deal c { amount 90k; close 2026-02-01; probability 40%; won 2026-01-20 80k }
          deal d { amount 20k; close 2026-02-05; stage closed-won }
          deal e { amount 500k; close 2026-02-05; stage contract; category omitted }
          deal f { amount 50k; close 2026-05-05; probability 20% }
          deal g { amount 70k; lost 2026-02-05 "price" }
          deal h { amount 10k; close 2026-02-05 }
          deal i { amount 7k; won 2025-12-05 }
        }
        "#,
    );
    let [only] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(only.goals.len(), 1, "nobody in the south has a deal");
    let months: Vec<String> = only.months.iter().map(|month| month.month.first.to_string()).collect();
    assert_eq!(months, ["2026-01-01", "2026-02-01", "2026-03-01", "2026-05-01"]);
    let thousands = |number: &Exact| number / whole(1000);
    let rows: Vec<[Exact; 5]> = only
        .months
        .iter()
        .map(|month| [&month.planned, &month.won, &month.to_win, &month.open, &month.weighted].map(thousands))
        .collect();
    let row = |numbers: [i64; 5]| numbers.map(whole);
    assert_eq!(
        rows,
        [
            row([300, 80, 220, 0, 0]),
            // 200 at 50 %, 100 at 90 %, and 10 without a chance.
            row([120, 20, 100, 310, 190]),
            row([180, 0, 180, 0, 0]),
            row([0, 0, 0, 50, 10]),
        ]
    );
    let february = &only.months[1];
    assert_eq!(february.deals, 3);
    assert_eq!(february.ratio(), Some(ratio(31, 10)));
    assert_eq!(february.asked(), Some(ratio(31, 19)));
    assert!(!february.is_thin());
    assert_eq!((only.months[0].ratio(), only.months[0].asked()), (Some(whole(0)), None));
    assert!(!only.months[0].is_thin(), "no deal is open");
    assert_eq!((only.months[3].ratio(), only.months[3].asked()), (None, Some(whole(5))));
}

#[test]
fn deals_that_weigh_less_than_is_to_win_are_thin() {
    let all = covered(
        "pipeline deals of revenue { deal a { amount 199k; close 2026-02-10; probability 50%; owner liu } }",
    );
    let month = &all[0].months[1];
    assert_eq!(
        (&month.to_win, month.ratio(), month.asked()),
        (&whole(120_000), Some(ratio(199, 120)), Some(whole(2)))
    );
    assert!(month.is_thin());
}

#[test]
fn owners_say_which_goals_are_meant() {
    let deal = |owner: &str| {
        format!(
            "pipeline deals of revenue {{ deal a {{ amount 1k; close 2026-02-10; probability 50%{owner} }} }}"
        )
    };
    assert_eq!(served(&deal("")), ["win.north", "win.south"]);
    assert_eq!(served(&deal("; owner wang")), ["win.south"]);
    assert_eq!(served(&deal("; owner chen")), ["win.north"]);
}

#[test]
fn sums_and_dropped_goals_are_none() {
    let more = r#"
    objective company {
      key-result all { measure revenue 700k by 2026-03-31 }
      key-result parts { measure revenue 50k by 2026-03-31; owner liu }
      key-result lost { measure revenue 50k by 2026-03-31; owner liu; dropped 2026-01-05 "why" }
    }
    objective west {
      supports company.all
      key-result west { measure revenue 10k by 2026-03-31; owner wang }
      key-result calls { measure calls 10 by 2026-03-31; owner wang; supports company }
    }
    metric calls
    pipeline deals of revenue { deal a { amount 1k; close 2026-02-10; probability 50% } }
    "#;
    assert_eq!(served(more), ["win.north", "win.south", "company.parts", "west.west"]);
}

#[test]
fn pipelines_that_share_a_goal_are_taken_together() {
    let deals = |name: &str, owner: &str| {
        format!(
            "pipeline {name} of revenue {{ deal a {{ amount 10k; close 2026-03-10; probability 50%; owner {owner} }} }}\n"
        )
    };
    let apart = covered(&(deals("a", "liu") + &deals("b", "wang") + &deals("c", "chen")));
    let ids = |all: &[Coverage]| -> Vec<Vec<u32>> {
        all.iter().map(|one| one.pipelines.iter().map(|id| id.0).collect()).collect()
    };
    assert_eq!(ids(&apart), [vec![0, 2], vec![1]]);
    let march = apart[0].months.last().unwrap();
    assert_eq!((march.deals, &march.open, &march.weighted), (2, &whole(20_000), &whole(10_000)));
    let bridge = "pipeline d of revenue { deal a { amount 1k; close 2026-03-10; probability 50% } }";
    let together = covered(&(deals("a", "liu") + &deals("b", "wang") + bridge));
    assert_eq!(ids(&together), [vec![0, 1, 2]]);
    let unplanned = covered(
        "metric other { unit CNY }\npipeline a of other { deal a { amount 1k; close 2026-04-10; probability 50% } }",
    );
    assert_eq!((unplanned[0].goals.len(), unplanned[0].months.len()), (0, 1));
}

/// What was won too much in a month need not be won in the next; as of a day, what was not won is still to win.
#[test]
fn what_is_to_win_carries_over() {
    let deals = r#"
        pipeline deals of revenue {
          deal a { amount 380k; won 2026-01-20; owner liu }
          deal b { amount 60k; close 2026-02-10; probability 50%; owner liu }
          deal c { amount 200k; close 2026-03-10; probability 90%; owner liu }
        }
        "#;
    let to_win = |coverage: &[Coverage]| -> Vec<i64> {
        let months = coverage[0].months.iter();
        months.map(|month| (&month.to_win / whole(1000)).to_string().parse().unwrap()).collect()
    };
    // 300, 120 and 180 planned, 380 won: 80 of February's are there already.
    let all = covered(deals);
    assert_eq!(to_win(&all), [0, 40, 180]);
    let thin: Vec<bool> = all[0].months.iter().map(milepost::pipeline::MonthOfClose::is_thin).collect();
    assert_eq!(thin, [false, true, false]);
    // Nothing won in January is 300 more for February, once January is over.
    let none = deals.replace("won 2026-01-20", "close 2026-03-20");
    let compilation = compiled(&none);
    let (plan, dated) = (compilation.plan.as_ref().unwrap(), compilation.dated.as_ref().unwrap());
    for (as_of, expected) in
        [(None, [300, 120, 180]), (Some("2026-01-30"), [300, 120, 180]), (Some("2026-01-31"), [0, 420, 180])]
    {
        let as_of = as_of.map(|day| day.parse().unwrap());
        assert_eq!(to_win(&coverage(plan, &dated.key_results, as_of)), expected, "{as_of:?}");
    }
}

/// What people are given on top need not be won.
#[test]
fn over_assignments_are_not_to_win() {
    let world = MemoryWorld::new([(
        "test.plan",
        "plan p { period 2026-01..2026-02; currency CNY }\nmetric revenue { unit CNY; step 1 }\nteam t { person a; person b }\n\
         objective o { owner t; key-result k { measure revenue 100k by 2026-02-28; share t evenly; over-assign 10%; over-assign a 50%; \
         spread { 2026-01 25%; 2026-02 75% } } }\n\
         pipeline d of revenue { deal x { amount 1k; close 2026-01-05; probability 50% } }\n",
    )]);
    let compilation = compile(&world, "test.plan");
    let all =
        coverage(compilation.plan.as_ref().unwrap(), &compilation.dated.as_ref().unwrap().key_results, None);
    let planned: Vec<Exact> = all[0].months.iter().map(|month| month.planned.clone()).collect();
    // 82,500 and 55,000 are dealt out, of each a quarter in January: 34,375 of 137,500.
    assert_eq!(planned, [whole(25_000), whole(75_000)]);
}

/// Deals are expected from the first month with some on, over one month without any, and not behind two.
#[test]
fn months_far_ahead_are_out_of_sight() {
    let plan = "plan p { period 2026; currency CNY }\nmetric revenue { unit CNY }\nperson liu\n\
                objective o { owner liu; key-result k { measure revenue 12M by 2026-12-31 } }\n";
    for (closes, expected) in [
        (&[2, 4][..], &[2, 3, 4][..]),
        (&[1, 5], &[1]),
        (&[3], &[3]),
        (&[1, 2, 3, 8], &[1, 2, 3]),
        (&[], &[]),
    ] {
        let deals: String = closes
            .iter()
            .map(|month| {
                format!("deal d{month} {{ amount 1k; close 2026-{month:02}-05; probability 50% }}\n")
            })
            .collect();
        let text = format!("{plan}pipeline d of revenue {{ stage s 50%\n{deals} }}\n");
        let compilation = compile(&MemoryWorld::new([("test.plan", text.as_str())]), "test.plan");
        let all = coverage(
            compilation.plan.as_ref().unwrap(),
            &compilation.dated.as_ref().unwrap().key_results,
            None,
        );
        let thin = all[0].months.iter().enumerate().filter(|(_, month)| month.is_thin());
        assert_eq!(thin.map(|(index, _)| index + 1).collect::<Vec<_>>(), expected, "{closes:?}");
    }
}
