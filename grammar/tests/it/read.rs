//! What texts are read as.

use std::ops::Range;

use milepost_grammar::ast::{
    Declaration, KeyResult, KeyResultStatement, MeasureTarget, ObjectiveStatement, QuantityRange,
    TeamStatement, Unit,
};
use milepost_grammar::{Parse, format, parse, parse_item, parse_override, split};

use crate::samples::{PLAN, meaning};

/// The items' texts.
fn items(text: &str) -> Vec<&str> {
    split(text).into_iter().map(|range: Range<usize>| &text[range]).collect()
}

#[track_caller]
fn without_errors(text: &str) -> Parse {
    let parsed = parse(text);
    let errors: Vec<_> = parsed.errors().map(|(_, error)| error.message.text()).collect();
    assert!(errors.is_empty(), "{text}\n{errors:#?}");
    parsed
}

#[track_caller]
fn same(one: &str, other: &str) {
    without_errors(one);
    assert_eq!(meaning(one), meaning(other));
}

/// The statements of one key result.
#[track_caller]
fn key_result(statements: &str) -> KeyResult {
    let parsed = without_errors(&format!("objective o {{ key-result k {{\n{statements}\n}} }}"));
    let Declaration::Objective(objective) = &parsed.items[0].item.declaration else { panic!() };
    let ObjectiveStatement::KeyResult(key_result) = &objective.body[0] else { panic!() };
    key_result.clone()
}

#[track_caller]
fn amount(written: &str) -> (String, Option<Unit>) {
    let key_result = key_result(&format!("measure m {written}"));
    let KeyResultStatement::Measure(measure) = &key_result.body[0] else { panic!() };
    let MeasureTarget::Amount(quantity) = &measure.target else { panic!("{:?}", measure.target) };
    (quantity.value.normalize().to_string(), quantity.unit.as_ref().map(|unit| unit.value.clone()))
}

#[test]
fn numbers_with_their_scale_and_unit() {
    let word = |word: &str| Some(Unit::Word(word.to_owned()));
    assert_eq!(amount("1_000_000"), ("1000000".into(), None));
    assert_eq!(amount("2.5"), ("2.5".into(), None));
    assert_eq!(amount("40k CNY"), ("40000".into(), word("CNY")));
    assert_eq!(amount("1.25K"), ("1250".into(), None));
    assert_eq!(amount("0.0005M"), ("500".into(), None));
    assert_eq!(amount("1.23456k"), ("1234.56".into(), None));
    assert_eq!(amount("3B"), ("3000000000".into(), None));
    assert_eq!(amount("4万元"), ("40000".into(), word("CNY")));
    assert_eq!(amount("4万 元"), ("40000".into(), word("CNY")));
    assert_eq!(amount("1.5亿"), ("150000000".into(), None));
    assert_eq!(amount("2万亿元"), ("2000000000000".into(), word("CNY")));
    assert_eq!(amount("500元"), ("500".into(), word("CNY")));
    assert_eq!(amount("30个"), ("30".into(), word("个")));
    assert_eq!(amount("$650k"), ("650000".into(), Some(Unit::Sign('$'))));
    assert_eq!(amount("￥４０万"), ("400000".into(), Some(Unit::Sign('¥'))));
    assert_eq!(amount("¥40万元"), ("400000".into(), word("CNY")));
    assert_eq!(amount("5 pp"), ("5".into(), Some(Unit::Points)));
    assert_eq!(amount("5%"), ("5".into(), Some(Unit::Percent)));
    assert_eq!(amount("5 ％"), ("5".into(), Some(Unit::Percent)));
    assert_eq!(amount("30 visits"), ("30".into(), word("visits")));
    // A word that has work of its own is no unit.
    assert_eq!(amount("30 by 2026"), ("30".into(), None));
    assert_eq!(amount("9999999999999999999999999999"), ("9999999999999999999999999999".into(), None));
}

#[test]
fn measures() {
    let targets = |text: &str| -> Vec<String> {
        key_result(text)
            .body
            .iter()
            .map(|statement| match statement {
                KeyResultStatement::Measure(measure) => match &measure.target {
                    MeasureTarget::Amount(amount) => format!("amount {}", amount.value),
                    MeasureTarget::Rate(amount, grain) => format!("{} per {:?}", amount.value, grain.value),
                    MeasureTarget::Level(from, to) => format!("{} to {}", from.value, to.value),
                    MeasureTarget::Change(change) => {
                        format!("change {} {:?}", change.value, change.unit.as_ref().map(|unit| &unit.value))
                    }
                    MeasureTarget::Times(times) => format!("times {}", times.value),
                },
                other => format!("{other:?}"),
            })
            .collect()
    };
    assert_eq!(
        targets(
            "measure m 5\nmeasure m 3 per day; measure m from 45% to 20%; measure m -10%; measure m +5 pp; measure m x1.5"
        ),
        [
            "amount 5",
            "3 per Day",
            "45 to 20",
            "change -10 Some(Percent)",
            "change 5 Some(Points)",
            "times 1.5"
        ]
    );
}

#[test]
fn a_line_of_a_scenario_is_read_alone() {
    let read = |text: &str| {
        parse_override(text).map(|read| (read.path.dotted(), format!("{:?}", read.value))).map_err(|error| {
            let span = error.span;
            (error.message.code(), span.start, span.end)
        })
    };
    let value = |text: &str| read(text).unwrap().1;
    assert_eq!(read("field.orders 1 in 25").unwrap().0, "field.orders");
    assert!(value("field.orders 1 in 25").starts_with("Rate("));
    assert!(value("北区.新签  ９０万元 ").starts_with("Quantity("));
    assert!(value("field.revenue 40k CNY each").starts_with("Each("));
    assert!(value("win.book 2026-03-31").starts_with("Date("));
    assert_eq!(read("field.orders 1 in 25; x 5"), Err(("syntax::leftover", 20, 25)));
    assert_eq!(read("field.orders 1 in 25\nx 5").unwrap_err().0, "syntax::leftover");
    assert_eq!(read("field.orders often").unwrap_err().0, "syntax::unexpected");
    for text in ["", " ", "}", "{", "#", "field.orders", "field.orders 1,000", "a \u{1d}", "每"] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn keywords_are_words_in_their_place() {
    without_errors(
        "metric share { unit count }\nmetric measure\nmetric by\nteam team { lead person; person person { role role } }\n\
         funnel funnel { orders <- share 5%; each: share <- by 1 in 20 lag 3 days }\n\
         objective objective { owner owner, during; key-result key-result { measure measure 5; through funnel; \
         share evenly-shared; share split; share role-play role each } }\n\
         scenario scenario { share 5%; plan.plan 5 }\nactual share { 2026-01-05 share 5 }",
    );
}

#[test]
fn full_width_signs_are_their_plain_twins() {
    same(
        "team　北区　“北区”　｛＃ 团队\n person liu “刘”｛role ae；weight ２｝；person 陈２ ｝",
        "team 北区 \"北区\" { # 团队\n person liu \"刘\" {role ae;weight 2};person 陈2 }",
    );
    same(
        "objective o { key-result k { measure m ￥４０万 by ２０２６-０３-３１；owner a，b；hold m within 0％～2％；threshold ８０％ } }",
        "objective o { key-result k { measure m ¥40万 by 2026-03-31;owner a,b;hold m within 0%..2%;threshold 80% } }",
    );
    same("review r { every mon～fri at 09：00 }", "review r { every mon..fri at 09:00 }");
    same("funnel f { in： a <- b 1 in 15～25 }", "funnel f { in: a <- b 1 in 15..25 }");
    // Not within strings.
    let parsed = without_errors("include “a；b，c”");
    let Declaration::Include(text) = &parsed.items[0].item.declaration else { panic!() };
    assert_eq!(text.value, "a；b，c");
    let parsed = without_errors("include \"“a”\"");
    let Declaration::Include(text) = &parsed.items[0].item.declaration else { panic!() };
    assert_eq!(text.value, "“a”");
}

#[test]
fn line_ends_and_a_byte_order_mark_do_not_matter() {
    for end in ["\r\n", "\r"] {
        assert_eq!(meaning(&PLAN.replace('\n', end)), meaning(PLAN));
    }
    assert_eq!(meaning(&format!("\u{feff}{PLAN}")), meaning(PLAN));
    without_errors("\u{feff}");
    without_errors("");
    without_errors("\n# nothing\n;;\n");
}

#[test]
fn spans_count_from_the_item() {
    let text = "\u{feff}# 注\n metric a\nmetric 签单 \"单\"";
    let parsed = without_errors(text);
    let names: Vec<&str> = parsed
        .items
        .iter()
        .map(|parsed| match &parsed.item.declaration {
            Declaration::Metric(metric) => &text[metric.name.span.at(parsed.offset)],
            _ => panic!(),
        })
        .collect();
    assert_eq!(names, ["a", "签单"]);
    for parsed in parse(PLAN).items {
        let own = &PLAN[parsed.offset..parsed.offset + parsed.item.len];
        assert_eq!(*parsed.item, parse_item(own));
    }
}

#[test]
fn a_file_is_cut_into_items() {
    assert_eq!(
        items("a b\n# c\nplan x { y { } } plan z { }\n;;include \"{\" ; metric m # {\n"),
        ["a b", "plan x { y { } }", "plan z { }", "include \"{\"", "metric m"]
    );
    assert_eq!(
        items("history h of m from \"a\", # first\n\n  \"b\" { }\nmetric m"),
        ["history h of m from \"a\", # first\n\n  \"b\" { }", "metric m"]
    );
    // Unindented blocks of a file that balances are blocks.
    assert_eq!(items("team a {\nteam b {\n}\n}\nteam c {\n}"), ["team a {\nteam b {\n}\n}", "team c {\n}"]);
    // In one that does not, the first column tells.
    assert_eq!(items("team a {\n  team b {\n\nteam c {\n}"), ["team a {\n  team b {", "team c {\n}"]);
    assert_eq!(items("team a {\n  x {\n}\ninclude \"b\"\n"), ["team a {\n  x {\n}", "include \"b\""]);
    assert_eq!(items("}} plan p { }"), ["}", "}", "plan p { }"]);
    assert_eq!(items("plan p {\n  calendar china\n"), ["plan p {\n  calendar china"]);
}

#[test]
fn a_broken_statement_spoils_only_itself() {
    let text = "team north {\n  person liu { role ae; wieght 2; from 2026-02-01 }\n  nonsense { a { b } }\n  person chen\n}\nmetric m";
    let parsed = parse(text);
    assert_eq!(parsed.errors().count(), 2);
    let Declaration::Team(team) = &parsed.items[0].item.declaration else { panic!() };
    let TeamStatement::Person(liu) = &team.body[0] else { panic!() };
    assert_eq!(liu.body.len(), 3);
    assert!(
        matches!(&team.body[1], TeamStatement::Broken(span) if &text[span.at(0)] == "nonsense { a { b } }")
    );
    assert!(matches!(&team.body[2], TeamStatement::Person(chen) if chen.name.value == "chen"));
    assert!(matches!(&parsed.items[1].item.declaration, Declaration::Metric(_)));
}

#[test]
fn a_forgotten_brace_spoils_nothing_after_it() {
    let text = "objective a {\n  key-result b {\n    measure m 5\n  key-result c {\n    measure m 6\n  }\n}\nmetric m\n";
    let parsed = parse(text);
    let errors: Vec<Range<usize>> = parsed.errors().map(|(offset, error)| error.span.at(offset)).collect();
    let brace = text.find("b {").unwrap() + 2;
    assert_eq!(errors.as_slice(), std::slice::from_ref(&(brace..brace + 1)));
    let Declaration::Objective(objective) = &parsed.items[0].item.declaration else { panic!() };
    let names: Vec<&str> = objective
        .body
        .iter()
        .map(|statement| match statement {
            ObjectiveStatement::KeyResult(key_result) => key_result.name.value.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["b", "c"]);
    assert!(matches!(&parsed.items[1].item.declaration, Declaration::Metric(_)));
}

#[test]
fn characters_that_are_not_seen_are_named() {
    for (hidden, name) in
        [('\u{200b}', "U+200B"), ('\u{202e}', "U+202E"), ('\u{feff}', "U+FEFF"), ('\0', "U+0000")]
    {
        let parsed = parse(&format!("team a {{ lead {hidden}liu }}"));
        let texts: Vec<String> = parsed.errors().map(|(_, error)| error.message.text()).collect();
        assert!(matches!(texts.as_slice(), [text] if text.contains(name)), "{texts:?}");
    }
}

#[test]
fn rates_are_carried_as_written() {
    // Whether they make sense is not a question of the text.
    without_errors(
        "funnel f { a <- b 0%; a <- b 120%; a <- b 6%..4%; a <- b 1 in 25..15; a <- b 0 of 0; a <- b 0 in 5 }",
    );
    let parsed = without_errors("funnel f { a <- b 35k..45k CNY each }");
    let Declaration::Funnel(funnel) = &parsed.items[0].item.declaration else { panic!() };
    let milepost_grammar::ast::FunnelStatement::Line(line) = &funnel.body[0] else { panic!() };
    assert!(matches!(&line.need, milepost_grammar::ast::Need::Each(QuantityRange::Between(_, _), _)));
}

/// Time grows with length alone; each of these would take minutes otherwise.
#[test]
fn long_texts_take_no_longer_than_they_must() {
    let many = 30_000;
    let texts = [
        "{".repeat(10_000),
        "}".repeat(10_000),
        "team a {\n".repeat(10_000),
        "team a { ".repeat(10_000),
        "\"".repeat(many),
        format!("metric a \"{}", "} ".repeat(many)),
        format!("objective o {{ why \"{}x }}", "} ".repeat(many)),
        "why \"open\n".repeat(many),
        "\u{3000}".repeat(many),
        format!("team a {{\n{}{}", "  x\n  }\n".repeat(many), "}\n}\n".repeat(9)),
        format!("person p {{ {} }}", "role ".repeat(many)),
        format!("person p {{ {} }}", "x".repeat(many)),
        format!("objective o {{ owner {}5 }}", "a,\n".repeat(many)),
        format!("objective o {{ owner {}5 }}", "a,".repeat(many)),
        "foo,\n".repeat(many),
        format!("metric m {{ {} }}", "step 5;".repeat(many)),
        format!("plan p {{ {} }}", "# c\n".repeat(many)),
        format!("plan p {{ focus 2026 {} }}", "\t".repeat(many)),
        format!("plan p {{ edition {} }}", "1".repeat(many)),
        format!("plan p {{ edition 1{} }}", "_1".repeat(many)),
        format!("actual m {{\n{}}}", "2026-01-05 liu 6\n".repeat(200_000)),
        format!("actual m {{\n{}}}", "2026-01-05 liu\n".repeat(many)),
        format!("{}{}", "team a { person b c { ".repeat(30), "x\n".repeat(many)),
        format!("actual m {{ {} }}", "2026-01-05 liu 6;".repeat(many)),
        format!("team a {{ {} {} }}", "team b { ".repeat(60), "}".repeat(60)),
        "foo,\n".repeat(many),
        "foo,;\n# c\n".repeat(many),
    ];
    for text in texts {
        let formatted = format(&text);
        assert_eq!(parse(&formatted).items.len(), parse(&text).items.len());
    }
}

/// Deep nesting is an error, not an overflow; what is just not too deep is read on a small stack.
#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| format!("{}{}", "team a { ".repeat(depth), "}".repeat(depth));
    let small = std::thread::Builder::new().stack_size(1 << 20);
    small
        .spawn(move || {
            without_errors(&nested(64));
            assert_eq!(format(&format(&nested(64))), format(&nested(64)));
            let errors: Vec<&str> =
                parse(&nested(65)).errors().map(|(_, error)| error.message.code()).collect();
            assert_eq!(errors, ["syntax::too-deep"]);
            let broken = format!("person p {{ x {}{} }}", "{ ".repeat(62), "}".repeat(62));
            assert_eq!(parse(&broken).errors().count(), 1);
        })
        .unwrap()
        .join()
        .unwrap();
}
