//! What may be written where.

use milepost::compile::check;
use milepost::sources::FileId;
use milepost::world::MemoryWorld;
use milepost_lsp::ide::completion::{About, Completion, CompletionKind, complete, documentation};

use crate::plan::{CURSOR, FILE, NAMES, compiled, with_cursor};

fn items(text: &str) -> Vec<Completion> {
    let (compilation, offset) = with_cursor(text);
    complete(&compilation, FILE, offset).items
}

fn labels(text: &str) -> Vec<String> {
    items(text).into_iter().map(|item| item.label).collect()
}

/// The lines of `text` after an item was chosen; what is to be filled in stands as in the snippet.
fn chosen(text: &str, label: &str) -> String {
    let (compilation, offset) = with_cursor(text);
    let completions = complete(&compilation, FILE, offset);
    let found: Vec<_> = completions.items.iter().filter(|item| item.label == label).collect();
    let [item] = found.as_slice() else {
        let all: Vec<&str> = completions.items.iter().map(|item| item.label.as_str()).collect();
        panic!("{} times `{label}` for {text}, of {all:?}", found.len());
    };
    let mut whole = compilation.sources.file(FILE).text.to_string();
    assert!(item.range.start <= offset && offset <= item.range.end, "the cursor is outside");
    assert!(!whole[item.range.clone()].contains('\n'), "an edit of several lines");
    whole.replace_range(item.range.clone(), &item.insert);
    whole[NAMES.len()..].to_owned()
}

fn key_result(statement: &str) -> String {
    format!("objective a {{\n  key-result b {{\n    measure revenue 5 CNY\n    {statement}\n  }}\n}}\n")
}

#[test]
fn statements_fit_their_block() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("$0", &["metric", "objective", "smart"], &["plan", "measure", "owner"]),
        ("objective a {\n  $0\n}", &["owner", "key-result", "smart"], &["measure", "metric", "lead"]),
        (
            "objective a {\n  key-result b {\n    $0\n  }\n}",
            &["measure", "share", "pin"],
            &["key-result", "lead"],
        ),
        ("team t {\n  $0\n}", &["person", "lead", "visits", "field-sales.orders"], &["measure"]),
        ("metric m { $0 }", &["unit", "kind"], &["owner"]),
        ("metric m { unit count; $0", &["kind"], &["unit"]),
        ("funnel f {\n  $0\n}", &["orders", "visits"], &["owner", "liu"]),
        ("accounts c of revenue {\n  $0\n}", &["retain", "\"CUSTOMER\" AMOUNT"], &["account", "encoding"]),
        ("accounts c of revenue from \"c.csv\" {\n  $0\n}", &["account", "encoding"], &[]),
        ("accounts c of revenue { \"Acme\" 5k { $0 } }", &["owner", "renews"], &["account"]),
        ("scenario s { $0 }", &["field-sales.orders", "grow.more"], &["owner"]),
        ("incentive i { $0 }", &["visits", "missed", "prize"], &["owner"]),
        ("pipeline p of revenue { deal d { $0 } }", &["stage", "close"], &["deal", "open"]),
    ];
    for (text, offered, not) in cases {
        let labels = labels(text);
        for word in *offered {
            assert!(labels.iter().any(|label| label == word), "`{word}` in {text}: {labels:?}");
        }
        for word in *not {
            assert!(labels.iter().all(|label| label != word), "no `{word}` in {text}: {labels:?}");
        }
    }
}

#[test]
fn a_statement_that_is_said_once_is_not_offered_again() {
    let text = "objective a {\n  owner north\n  why \"x\"\n  $0\n  type committed\n}";
    let labels = labels(text);
    assert!(!labels.contains(&"owner".to_owned()) && !labels.contains(&"type".to_owned()), "{labels:?}");
    assert!(labels.contains(&"why".to_owned()) && labels.contains(&"during".to_owned()), "{labels:?}");
    // Nor is one that does not stand beside it.
    let beside = |text: &str| self::labels(&key_result(text));
    let plain = beside("$0");
    assert_eq!(plain[0], "baseline", "`measure` is there, and what is its own comes first: {plain:?}");
    assert!(!plain.contains(&"hold".to_owned()) && !plain.contains(&"reach".to_owned()), "{plain:?}");
    let loaded = beside("front-loaded 20%; $0");
    assert!(!loaded.contains(&"back-loaded".to_owned()), "{loaded:?}");
    assert_eq!(self::labels("objective a { key-result b { $0 } }")[0], "measure");
    // The one under the cursor is no other.
    assert_eq!(chosen("objective a {\n  ow$0\n}", "owner"), "objective a {\n  owner ${1:name}\n}");
    assert_eq!(chosen("metric m { ki$0nd }", "kind"), "metric m { kind ${1|outcome,activity|} }");
}

#[test]
fn names_of_the_right_kind() {
    let cases: &[(&str, &[&str])] = &[
        ("measure $0", &["revenue", "orders", "visits", "churn", "拜访"]),
        ("through $0", &["field-sales"]),
        ("existing $0", &["book"]),
        ("baseline $0", &["sales-2025"]),
        ("owner $0", &["north", "chen", "liu"]),
        ("owner chen, $0", &["north", "liu"]),
        ("owner chen,\n      $0", &["north", "liu"]),
        ("share $0", &["north", "chen", "liu"]),
        ("share north role $0", &["seller", "ae"]),
        ("share north like $0", &["sales-2025"]),
        ("share north by $0", &["capacity", "weight"]),
        ("share north each by $0", &["capacity"]),
        ("spread like $0", &["sales-2025"]),
        ("spread like sales-2025 $0", &["per workday"]),
        ("pin $0", &["north", "chen", "liu"]),
        ("type $0", &["committed", "aspirational"]),
        ("supports $0", &["grow", "a", "grow.more"]),
        ("priority $0", &["P0", "P1", "P2", "P3"]),
        ("check-in 2026-01-05 { con$0 }", &["confidence"]),
        ("hold $0", &["revenue", "orders", "visits", "churn", "拜访"]),
        ("reach $0", &["by", "done"]),
        ("smart { waive attainable.gr$0 }", &["attainable.growth"]),
        ("smart { waive attainable.growth on $0 }", &["a.b"]),
        ("smart { specific require $0 }", &["owner", "scope", "wish"]),
        ("smart { specific require owner, $0 }", &["scope", "wish"]),
    ];
    for (statement, expected) in cases {
        let mut expected: Vec<&str> = expected.to_vec();
        if *statement == "supports $0" {
            expected.retain(|name| *name != "a");
        }
        assert_eq!(labels(&key_result(statement)), expected, "{statement}");
    }
    let outside: &[(&str, &[&str])] = &[
        ("funnel f {\n  orders <- $0\n}", &["revenue", "visits", "churn", "拜访"]),
        ("history h of $0", &["revenue", "orders", "visits", "churn", "拜访"]),
        ("history h \"Title\" of $0 {\n}", &["revenue", "orders", "visits", "churn", "拜访"]),
        ("actual $0", &["revenue", "orders", "visits", "churn", "拜访"]),
        ("actual visits { 2026-01-05 $0 }", &["north", "chen", "liu"]),
        ("action x { for $0 }", &["grow", "grow.more"]),
        ("action x { after $0 }", &["get-permit"]),
        ("action x { yields 30 $0 }", &["revenue", "orders", "visits", "churn", "拜访"]),
        ("review r { with $0 }", &["north", "chen", "liu"]),
        ("team t { lead $0 }", &["chen", "liu"]),
        ("person p { calendar $0 }", &["china"]),
        ("pipeline p of revenue { stage won-over 60%; deal d { stage $0 } }", &["won-over"]),
        ("pipeline p of revenue { deal d { category $0 } }", &["commit", "best-case", "pipeline", "omitted"]),
        ("metric m { kind $0 }", &["outcome", "activity"]),
        (
            "team t { team u { person v }; person w }\nobjective z { key-result y { share t { w 1; $0 } } }",
            &["u", "v"],
        ),
        ("plan x { timezone Asia/Shang$0 }", &["Asia/Shanghai"]),
        ("plan x { fiscal year starts j$0 }", &["jan", "jun", "jul"]),
        ("plan x { currency C$0 }", &["CNY"]),
        ("metric m = $0", &["revenue", "orders", "visits", "churn", "拜访"]),
        ("objective z { key-result y { share north { $0 } } }", &["chen", "liu"]),
        ("smart { waive attainable.growth on gr$0 }", &["grow", "grow.more"]),
    ];
    for (text, expected) in outside {
        assert_eq!(labels(text), *expected, "{text}");
    }
}

#[test]
fn half_typed_words_are_replaced_whole() {
    let cases = [
        ("measure rev$0", "revenue", "measure revenue"),
        ("measure re$0venue 5 CNY", "revenue", "measure revenue 5 CNY"),
        ("through field-$0", "field-sales", "through field-sales"),
        ("existing b$0 # which", "book", "existing book # which"),
        ("owner 刘$0", "liu", "owner liu"),
        ("measure 拜$0", "拜访", "measure 拜访"),
        ("measure 拜$0访 5", "拜访", "measure 拜访 5"),
        ("supports grow.$0", "grow.more", "supports grow.more"),
        ("supports grow.mo$0", "grow.more", "supports grow.more"),
        (
            "smart { waive attainable.gr$0 \"x\" }",
            "attainable.growth",
            "smart { waive attainable.growth \"x\" }",
        ),
        ("measure revenue 40$0", "k", "measure revenue 40k"),
        ("measure revenue 40k$0", "CNY", "measure revenue 40k CNY"),
        ("measure revenue 40k $0", "CNY", "measure revenue 40k CNY"),
        ("measure churn from 45% to 20$0", "%", "measure churn from 45% to 20%"),
        ("measure 拜访 40 $0", "次", "measure 拜访 40 次"),
        ("measure revenue 40k by 2026-0$0", "2026-02", "measure revenue 40k by 2026-02"),
        ("measure revenue 40k by 20$0", "2026-03-31", "measure revenue 40k by 2026-03-31"),
        ("over-assign $0", "5%", "over-assign ${1:5}%"),
    ];
    for (statement, label, expected) in cases {
        let text = chosen(&key_result(statement), label);
        assert_eq!(text, key_result(expected), "{statement}");
    }
}

#[test]
fn units_and_words_behind_numbers() {
    let cases: &[(&str, &[&str])] = &[
        ("measure revenue 40 $0", &["CNY", "per", "by"]),
        ("measure visits 3 $0", &["per", "by"]),
        ("measure visits 3 per $0", &["day", "week", "ten-day", "month", "quarter", "half", "year"]),
        ("measure churn from 45% $0", &["%", "to"]),
        ("measure churn from 45% to 20% $0", &["%", "by"]),
        ("measure revenue 40 CNY $0", &["per", "by"]),
        ("measure revenue 40 CNY by 2026-03-31 $0", &[]),
        ("checkpoint 30% $0", &["CNY", "of target", "by"]),
        ("checkpoint 30% of $0", &["target"]),
        ("pin liu 300k $0", &["CNY"]),
        ("measure revenue 40$0", &["k", "M", "B", "万", "亿", "CNY"]),
        (
            "share north $0",
            &["evenly", "by capacity", "by weight", "each", "each by capacity", "like", "role", "{ … }"],
        ),
        ("share north each $0", &["by capacity"]),
        ("spread $0", &["evenly", "like", "{ … }"]),
        ("why \"half $0\"", &[]),
        ("why \"half $0", &[]),
        ("owner north # $0", &[]),
    ];
    for (statement, expected) in cases {
        assert_eq!(labels(&key_result(statement)), *expected, "{statement}");
    }
    let outside: &[(&str, &[&str])] = &[
        ("funnel f {\n  revenue <- orders $0\n}", &["40k CNY each", "1 in 20", "25%", "4%..6%", "10 of 200"]),
        ("funnel f {\n  orders <- visits 1 in 20 $0\n}", &["each", "lag", "for"]),
        ("funnel f {\n  orders <- visits 1 in 20 lag 14 $0\n}", &["days", "workdays", "day", "workday"]),
        ("history h of revenue { 2025-01 60k $0 }", &["CNY", "of"]),
        ("team t { visits $0 }", &["at most"]),
        (
            "team t { visits at most 6 per $0 }",
            &["day", "week", "ten-day", "month", "quarter", "half", "year"],
        ),
        ("action x { budget 12k $0 }", &["CNY"]),
        (
            "review r { every $0 }",
            &[
                "day",
                "mon",
                "tue",
                "wed",
                "thu",
                "fri",
                "sat",
                "sun",
                "2 weeks on …",
                "ten-day",
                "month on …",
                "month on last workday",
                "quarter on last workday",
            ],
        ),
        ("review r { every mon at 09:00 $0 }", &["for", "else"]),
        ("review r { remind 30 $0 }", &["min", "hours", "days"]),
        ("incentive i { visits -> 2 $0 }", &["coins", "points"]),
        ("smart { attainable growth $0 }", &["at most", "at least"]),
    ];
    for (text, expected) in outside {
        assert_eq!(labels(text), *expected, "{text}");
    }
}

#[test]
fn days_and_periods_lie_in_the_goals_time() {
    let by = labels(&key_result("measure revenue 5 by $0"));
    assert_eq!(by, ["2026-03-31", "2026-Q1", "2026-01", "2026-02", "2026-03"]);
    // The objective's own time.
    let own = "objective grow {\n  during 2026-02\n  key-result x {\n    measure revenue 5 by $0\n  }\n}";
    let renamed = own.replace("grow", "spring");
    assert_eq!(labels(&renamed), ["2026-02-28", "2026-02"]);
    let during = labels("objective b { during $0 }");
    assert!(during.starts_with(&["2026-Q1".to_owned(), "2026-01".to_owned()]), "{during:?}");
    assert!(
        during.contains(&"2026-W02".to_owned()) && during.contains(&"2026-01-T1".to_owned()),
        "{during:?}"
    );
    // A month typed brings its days.
    let days = labels("person p { from 2026-02-$0 }");
    assert_eq!(days.len(), 28, "{days:?}");
    // What comes after the last line of a history or of actuals.
    assert_eq!(
        chosen("history h of revenue {\n  2025-11 5\n  2025-12 6\n  $0\n}", "2026-01"),
        "history h of revenue {\n  2025-11 5\n  2025-12 6\n  2026-01 ${1:100}\n}"
    );
    assert_eq!(
        chosen("actual visits {\n  2026-01-31 liu 5\n  20$0\n}", "2026-02-01"),
        "actual visits {\n  2026-01-31 liu 5\n  2026-02-01 ${1:100}\n}"
    );
}

#[test]
fn broken_plans_are_completed() {
    // Nothing is closed.
    assert_eq!(labels("objective a {\n  key-result b {\n    through $0"), ["field-sales"]);
    assert_eq!(
        labels("objective a {\n  key-result b {\n    through $0\nmetric m { kind outcome }\n"),
        ["field-sales"]
    );
    // A block that is not closed does not take in what belongs further out.
    let text =
        "objective a {\n  key-result b {\n    measure revenue 5\n\n  key-result c {\n    thr$0\n  }\n}\n";
    assert_eq!(labels(text), ["through", "threshold"]);
    // No plan at all.
    let text = "metric m { kind outcome }\nobjective a { key-result b { measure  } }";
    let compilation = compiled(text);
    assert!(compilation.plan.is_none());
    let offset = text.find("measure ").unwrap() + 8;
    let found = complete(&compilation, FILE, offset).items;
    assert_eq!(found.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["m"]);
}

#[test]
fn items_tell_what_they_are() {
    let (compilation, offset) = with_cursor(&key_result(&format!("owner {CURSOR}")));
    let completions = complete(&compilation, FILE, offset);
    let liu = completions.items.iter().find(|item| item.label == "liu").unwrap();
    assert_eq!(liu.kind, CompletionKind::Name(milepost::noun::Noun::Person));
    assert_eq!(liu.detail.as_deref(), Some("刘洋"));
    assert_eq!(liu.filter, "liu 刘洋");
    let told = documentation(&compilation, liu.about).unwrap();
    assert_eq!(told, "```milepost\nperson liu \"刘洋\" { role ae }\n```");
    let owner = items("objective a { ow$0 }").remove(0);
    assert!(matches!(owner.about, About::Keyword(_)) && owner.snippet);
    let told = documentation(&compilation, owner.about).unwrap();
    assert!(told.starts_with("```milepost\nowner NAME, NAME\n```\n"), "{told}");
    let sorted: Vec<&str> = completions.items.iter().map(|item| item.sort.as_str()).collect();
    assert!(sorted.is_sorted());
}

#[test]
fn names_come_from_all_files() {
    let main = "plan p { period 2026-06 }\ninclude \"metrics.plan\"\nteam t { person liu }\nobjective o {\n  owner \n}\n";
    let metrics =
        "metric visits { kind activity }\nobjective other {\n  owner \n  key-result k { measure  }\n}\n";
    let world = MemoryWorld::new([("main.plan", main), ("metrics.plan", metrics)]);
    let compilation = check(&world, "main.plan", None);
    let labels = |file: FileId, before: &str| {
        let text = &compilation.sources.file(file).text;
        let found = complete(&compilation, file, text.find(before).unwrap() + before.len()).items;
        found.into_iter().map(|item| item.label).collect::<Vec<_>>()
    };
    assert_eq!(labels(FileId(0), "  owner "), ["t", "liu"]);
    assert_eq!(labels(FileId(1), "  owner "), ["t", "liu"]);
    assert_eq!(labels(FileId(1), "measure "), ["visits"]);
}

#[test]
fn long_lists_are_cut() {
    let people: String = (0..2_000).map(|n| format!("person p{n} \"Person {n}\"\n")).collect();
    let text = format!("{people}objective a {{ owner {CURSOR} }}");
    let (compilation, offset) = with_cursor(&text);
    let completions = complete(&compilation, FILE, offset);
    assert!(completions.incomplete && completions.items.len() == 500);
    let (compilation, offset) = with_cursor(&text.replace("owner ", "owner p1999"));
    let completions = complete(&compilation, FILE, offset);
    assert!(!completions.incomplete);
    assert_eq!(completions.items.len(), 1);
}

/// A snippet with its places filled in as they propose; the first of several choices.
fn filled(snippet: &str) -> String {
    let mut out = String::new();
    let mut rest = snippet;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(inner) = rest.strip_prefix('{') else {
            rest = &rest[1..];
            continue;
        };
        let (place, behind) = inner.split_once('}').unwrap();
        out.push_str(match place.split_once(':') {
            Some((_, proposed)) => proposed,
            None => place.split('|').nth(1).unwrap().split(',').next().unwrap(),
        });
        rest = behind;
    }
    out + rest
}

#[test]
fn what_is_chosen_can_be_read() {
    let goal = |statement: &str| format!("objective z {{ key-result y {{ {statement} }} }}");
    let mut texts: Vec<String> = [
        "measure revenue $0",
        "measure churn $0",
        "measure revenue 40 $0",
        "measure revenue 40$0",
        "measure churn from 45$0 to 20%",
        "measure revenue 40 CNY by $0",
        "measure visits 3 per $0",
        "hold churn $0",
        "hold churn at most 2% by $0",
        "owner $0",
        "owner chen, $0",
        "supports $0",
        "during $0",
        "through $0",
        "existing $0",
        "baseline $0",
        "baseline 5 $0",
        "checkpoint $0",
        "checkpoint 30% of target by $0",
        "share $0",
        "share north $0",
        "share north each $0",
        "share north by $0",
        "share north like $0",
        "share north role $0",
        "share north { $0 }",
        "spread $0",
        "spread like $0",
        "spread like sales-2025 $0",
        "spread { $0 }",
        "split x { $0 }",
        "pin liu 5 $0",
        "over-assign liu $0",
        "priority $0",
        "type $0",
        "reach by $0",
        "reach done $0",
        "dropped $0",
        "threshold $0",
        "front-loaded $0",
        "smart { waive $0 }",
        "smart { waive attainable.growth on $0 }",
        "smart { relevant require $0 }",
        "smart { attainable $0 }",
        "smart { attainable growth $0 }",
        "check-in 2026-01-05 { confidence $0 }",
    ]
    .map(goal)
    .to_vec();
    texts.extend(
        [
            "team t { $0 }",
            "team t { visits $0 }",
            "team t { visits at most 6 per $0 }",
            "person p { from $0 }",
            "person p { away $0 }",
            "person p { field-sales.orders $0 }",
            "person p { ramp 50% $0 }",
            "person p { ramp 50% by month $0 }",
            "person p { role $0 }",
            "history h of revenue {\n 2025-03 5\n $0\n}",
            "history h of revenue { 2025-03 5$0 }",
            "funnel f { $0 }",
            "funnel f { revenue <- orders $0 }",
            "funnel f { orders <- visits 1 in 20 lag $0 }",
            "funnel f { orders <- visits 1 in 20 for $0 }",
            "accounts a of revenue { $0 }",
            "accounts a of revenue { retain $0 }",
            "pipeline p of revenue { deal d { close $0 } }",
            "pipeline p of revenue { stage s 5%; deal d { stage $0 } }",
            "scenario s { $0 }",
            "scenario s { field-sales.orders $0 }",
            "scenario s { grow.more $0 }",
            "incentive i { $0 }",
            "incentive i { visits $0 }",
            "incentive i { level \"S\" $0 }",
            "action a { budget 5 $0 }",
            "action a { yields 3 $0 }",
            "action a { for $0 }",
            "action a { takes 3 $0 }",
            "review r { every $0 }",
            "review r { every month on $0 }",
            "review r { every mon at $0 }",
            "review r { every mon for $0 }",
            "calendar c { week $0 }",
            "calendar c { off $0 }",
            "metric m { unit $0 }",
            "metric m { grain $0 }",
            "metric m $0",
            "metric m = $0 + orders",
            "plan p { period $0 }",
            "plan p { fiscal $0 }",
            "plan p { fiscal year starts feb $0 }",
            "plan p { timezone Asia/To$0 }",
            "plan p { edition $0 }",
        ]
        .map(str::to_owned),
    );
    let mut tried = 0;
    let mut unread = Vec::new();
    for text in texts {
        let (compilation, offset) = with_cursor(&text);
        for item in complete(&compilation, FILE, offset).items {
            // Words such as `by` are no end.
            let on_the_way = [
                "by", "per", "from", "to", "require", "like", "role", "of", "in", "lag", "for", "at", "else",
            ];
            if item.kind == CompletionKind::Word && on_the_way.contains(&item.label.as_str()) {
                continue;
            }
            let mut whole = compilation.sources.file(FILE).text.to_string();
            whole.replace_range(
                item.range.clone(),
                &if item.snippet { filled(&item.insert) } else { item.insert },
            );
            let errors: Vec<String> =
                milepost_grammar::parse(&whole).errors().map(|(_, error)| error.message.text()).collect();
            if !errors.is_empty() {
                unread.push(format!("`{}` in {text}: {}\n  {errors:?}", item.label, &whole[NAMES.len()..]));
            }
            tried += 1;
        }
    }
    assert!(unread.is_empty(), "{}", unread.join("\n"));
    assert!(tried > 400, "{tried}");
}
