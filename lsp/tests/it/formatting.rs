//! The edits of formatting.

use milepost_lsp::ide::format::{Edit, edits, format, format_range};

use crate::plan::{FILE, compiled};

fn applied(text: &str, edits: &[Edit]) -> String {
    assert!(edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{edits:?}");
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.range.clone(), &edit.text);
    }
    text
}

#[test]
fn edits_are_small_and_make_what_formatting_makes() {
    let cases: &[(&str, usize)] = &[
        ("metric m { kind outcome }\n", 0),
        ("metric m {kind outcome }\n", 1),
        ("team t {\n person a\n  person b\n\n\n\n  person c  \n}\n", 3),
        ("metric m { kind outcome }; metric n { kind outcome }\n", 1),
        ("metric m {\n  kind outcome; total sum\n}\n", 1),
        ("metric m { kind outcome }", 1),
        ("\n\n\nmetric m { kind outcome }\n\n\n", 2),
        ("objective 目标 {\r\n owner  刘洋，陈静 ； type committed\r\n}\r\n", 2),
        ("team t { person a {}\n person b ; }\nmetric a_long_name { kind outcome }\n", 1),
    ];
    for (text, most) in cases {
        let compilation = compiled(text);
        let found = format(&compilation, FILE);
        assert_eq!(applied(text, &found), milepost_grammar::format(text), "{text:?}");
        assert!(found.len() <= *most, "{} edits of {text:?}: {found:?}", found.len());
        let replaced: usize = found.iter().map(|edit| edit.range.len()).sum();
        assert!(replaced <= text.len() / 2 + 2, "{replaced} bytes of {text:?}: {found:?}");
    }
}

#[test]
fn one_line_spaced_anew_is_one_small_edit() {
    let many: String = (0..3_000).map(|n| format!("metric m{n} {{ kind outcome }}\n")).collect();
    let text = many.replace("metric m1500 {", "metric   m1500 {");
    let found = format(&compiled(&text), FILE);
    let at = text.find("  m1500").unwrap();
    assert_eq!(found.len(), 1);
    assert!(
        found[0].text.is_empty() && found[0].range.len() == 2 && found[0].range.start.abs_diff(at) <= 2,
        "{found:?}"
    );
}

#[test]
fn a_range_has_only_its_own_edits() {
    let text = "metric  a { kind outcome }\nmetric  b { kind outcome }\nmetric  c { kind outcome }\n";
    let compilation = compiled(text);
    assert_eq!(format(&compilation, FILE).len(), 3);
    let second = text.find("metric  b").unwrap();
    let found = format_range(&compilation, FILE, &(second..second + 20));
    assert_eq!(applied(text, &found), text.replace("metric  b", "metric b"));
}

#[test]
fn what_cannot_be_read_stays() {
    let text = "metric  a {  lots  of   things }\nmetric  b { kind outcome }\n";
    let found = format(&compiled(text), FILE);
    assert!(applied(text, &found).contains("lots  of   things"), "{found:?}");
}

#[test]
fn any_two_texts_are_edited_into_each_other() {
    let texts = [
        "",
        "a",
        "a\n",
        "a\nb\nc",
        "b\nc\na\n",
        "a b\nc\n\n\nd",
        "中\n文 字\n",
        "文\r\n字\r\n",
        "}\n}\n}\n",
        "x\n}\n\n}\n",
    ];
    for old in texts {
        for new in texts {
            assert_eq!(applied(old, &edits(old, new)), new, "{old:?} to {new:?}");
        }
    }
}
