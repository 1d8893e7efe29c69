//! What goals come to: hints and lenses.

use milepost::compile::compile;
use milepost::world::MemoryWorld;
use milepost_lsp::ide::hints::hints;
use milepost_lsp::ide::lenses::{lenses, plan, title};

use crate::plan::{FILE, compiled};

const JUNE: &str = r#"plan june {
  period 2026-06
  currency CNY
}
metric revenue { unit CNY; kind outcome }
metric orders { kind outcome }
metric visits { kind activity }
team sales {
  person chen
  person liu
  team inner {
    person wang
    person zhao
    person sun
  }
}
funnel field-sales {
  revenue <- orders 40k CNY each
  orders <- visits 1 in 20
}
accounts book of revenue { "Acme" 400k { retain 100% } }
"#;

/// The lines with a hint, which stands behind `⟦`.
fn hinted(goal: &str) -> Vec<String> {
    let text = format!("{JUNE}{goal}");
    let compilation = compiled(&text);
    let found = hints(&compilation, FILE, &(0..text.len()));
    let mut shown = text.clone();
    for hint in found.iter().rev() {
        shown.insert_str(hint.offset, &format!(" ⟦{}⟧", hint.text));
    }
    shown.lines().filter(|line| line.contains('⟦')).map(|line| line.trim().to_owned()).collect()
}

fn goal(statements: &str) -> String {
    format!(
        "objective win {{\n  owner sales\n  key-result book {{\n    {}\n  }}\n}}\n",
        statements.replace(" / ", "\n    ")
    )
}

#[test]
fn lines_say_what_they_come_to() {
    let cases: &[(&str, &[&str])] = &[
        (
            "measure revenue 1M CNY by 2026-06-30 / through field-sales / share sales evenly",
            &[
                "measure revenue 1M CNY by 2026-06-30 ⟦25 orders · 5 visits a day each⟧",
                "through field-sales ⟦25 orders · 500 visits⟧",
                "share sales evenly ⟦5 people, 200,000 CNY each⟧",
            ],
        ),
        (
            "measure revenue 1M CNY by 2026-06-30 # the goal / existing book / through field-sales / share sales { chen 1; inner 3 }",
            &[
                "measure revenue 1M CNY by 2026-06-30 ⟦600,000 CNY new · 15 orders · 4 visits a day each⟧ # the goal",
                "through field-sales ⟦15 orders · 300 visits⟧",
                "share sales { chen 1 ⟦150,000 CNY⟧; inner 3 ⟦450,000 CNY⟧ }",
            ],
        ),
        (
            "measure visits 60 / share chen, liu by weight / pin liu 40",
            &[
                "measure visits 60 ⟦2 visits a day each, on average⟧",
                "share chen, liu by weight ⟦2 people, 20 visits to 40 visits⟧",
            ],
        ),
        ("measure visits 3 per day", &["measure visits 3 per day ⟦= 66 visits · 3 visits a day⟧"]),
        ("measure orders 12 / share sales evenly", &["share sales evenly ⟦5 people, 2 orders to 3 orders⟧"]),
        (
            "measure revenue 1M CNY / checkpoint 30% of target by 2026-06-15 # so far / checkpoint 500k by 2026-06-20 / over-assign 5%",
            &[
                "checkpoint 30% of target by 2026-06-15 ⟦= 300,000 CNY⟧ # so far",
                "over-assign 5% ⟦= 1,050,000 CNY⟧",
            ],
        ),
        ("measure revenue lots", &[]),
        ("reach by 2026-06-30", &[]),
    ];
    for (statements, expected) in cases {
        assert_eq!(hinted(&goal(statements)), *expected, "{statements}");
    }
}

#[test]
fn hints_of_a_range_are_its_own() {
    let text = format!("{JUNE}{}", goal("measure revenue 1M CNY / through field-sales / share sales evenly"));
    let compilation = compiled(&text);
    let through = text.find("through field").unwrap();
    let found = hints(&compilation, FILE, &(through..through + 20));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text, "25 orders · 500 visits");
}

#[test]
fn goals_have_lenses() {
    let text = format!(
        "{JUNE}{}",
        goal("measure revenue 1M CNY by 2026-06-30 / through field-sales / share sales evenly")
    );
    // As well of a plan that was expanded to the days.
    let days = compile(&MemoryWorld::new([("main.plan", text.as_str())]), "main.plan");
    assert!(days.dated.is_some());
    for compilation in [compiled(&text), days] {
        let found = lenses(&compilation, FILE);
        let said: Vec<(&str, Option<String>)> =
            found.iter().map(|lens| (&text[lens.range.clone()], title(&compilation, lens.goal))).collect();
        assert_eq!(
            said,
            [
                ("win", Some("1 key result · 2026-06-01..2026-06-30 · 22 working days".to_owned())),
                ("book", Some("pace: 5 visits a day each · 25 orders · 500 visits".to_owned())),
            ]
        );
        assert_eq!(found[1].path, "win.book");
        assert_eq!(plan(&compilation, FILE).map(|range| &text[range]), Some("june"));
    }
    let broken = compiled("objective o { key-result k { measure x 5 } }");
    assert_eq!(lenses(&broken, FILE), []);
    assert_eq!(plan(&broken, FILE), None);
}
