//! Outlines, folds, growing selections and links.

use milepost::compile::check;
use milepost::sources::FileId;
use milepost::world::MemoryWorld;
use milepost_lsp::ide::folding::folds;
use milepost_lsp::ide::links::links;
use milepost_lsp::ide::selection::selection;
use milepost_lsp::ide::symbols::{Symbol, document_symbols, workspace_symbols};

use crate::plan::{CURSOR, FILE, NAMES, compiled};

fn lines(symbols: &[Symbol], depth: usize, found: &mut Vec<String>) {
    for symbol in symbols {
        let title = symbol.detail.as_ref().map(|title| format!(" ({title})")).unwrap_or_default();
        found.push(format!("{}{}{title}", "  ".repeat(depth), symbol.name));
        assert!(symbol.range.start <= symbol.selection.start && symbol.selection.end <= symbol.range.end);
        for child in &symbol.children {
            assert!(symbol.range.start <= child.range.start && child.range.end <= symbol.range.end);
        }
        lines(&symbol.children, depth + 1, found);
    }
}

#[test]
fn the_outline_is_a_tree() {
    let text = "plan p \"Plan\" { period 2026-06 }\ninclude \"x.plan\"\nteam a {\n  team b { person c \"C\" }\n  person d\n}\nfunnel f {\n  x <- y 1 in 2\n  z: x <- w 50%\n}\npipeline q of x { stage s 50%; deal e \"E\" { amount 5 } }\nobjective o \"O\" {\n  key-result k \"K\" { measure x 5 }\n  owner nobody, \n}\nactual x { 2026-06-01 5 }\nsmart { specific require owner }\nbroken line\n";
    let compilation = compiled(text);
    let mut found = Vec::new();
    let symbols = document_symbols(&compilation, FILE);
    lines(&symbols, 0, &mut found);
    let expected = [
        "p (Plan)",
        "a",
        "  b",
        "    c (C)",
        "  d",
        "f",
        "  x (x <- y 1 in 2)",
        "  z (z: x <- w 50%)",
        "q",
        "  s",
        "  e (E)",
        "o (O)",
        "  k (K)",
        "actual x",
        "smart",
    ];
    assert_eq!(found, expected);
    let objective = symbols.iter().find(|symbol| symbol.name == "o").unwrap();
    assert!(
        text[objective.range.clone()].starts_with("objective o")
            && text[objective.range.clone()].ends_with("\n}")
    );
    assert_eq!(&text[objective.children[0].range.clone()], "key-result k \"K\" { measure x 5 }");
}

#[test]
fn names_are_found_by_letters_of_name_and_title() {
    let compilation = compiled(NAMES);
    let names = |query: &str| {
        let found = workspace_symbols(&compilation, query);
        found.into_iter().map(|found| found.name).collect::<Vec<_>>()
    };
    assert_eq!(names("visits"), ["visits"]);
    assert_eq!(names("fs"), ["field-sales"]);
    assert_eq!(names("陈"), ["chen"]);
    assert_eq!(names("grow.more"), ["more"]);
    assert_eq!(names("nrth"), ["north"]);
    assert_eq!(names("xyzzy"), [""; 0]);
    assert!(names("").len() > 15);
    // What begins so comes first.
    assert_eq!(names("re")[0], "revenue");
    let more = workspace_symbols(&compilation, "more").remove(0);
    assert_eq!(more.container.as_deref(), Some("grow"));
    assert_eq!(&NAMES[more.range], "more");
}

#[test]
fn blocks_comments_and_includes_fold() {
    let text = "# a\n# b\n\n# c\ninclude \"x.plan\"\ninclude \"y.plan\"\nteam t {\n  person p { role x }\n  person q {\n    role y\n  }\n}\nobjective o {\n  key-result k {\n";
    let compilation = compiled(text);
    let found = folds(&compilation, FILE);
    let found: Vec<(usize, usize, String)> = found
        .into_iter()
        .map(|fold| {
            let line = |at: usize| text[..at].matches('\n').count();
            (line(fold.range.start), line(fold.range.end), format!("{:?}", fold.kind))
        })
        .collect();
    let fold = |from, to, kind: &str| (from, to, kind.to_owned());
    let expected =
        [fold(0, 1, "Comment"), fold(4, 5, "Includes"), fold(6, 11, "Block"), fold(8, 10, "Block")];
    assert_eq!(found, expected);
}

#[test]
fn selections_grow() {
    let grown = |text: &str| {
        let offset = text.find(CURSOR).unwrap();
        let text = text.replacen(CURSOR, "", 1);
        let compilation = compiled(&text);
        let ranges = selection(&compilation, FILE, offset);
        for pair in ranges.windows(2) {
            assert!(pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0] != pair[1]);
        }
        assert_eq!(ranges.last(), Some(&(0..text.len())));
        ranges.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
    };
    let item = "objective o {\n  key-result k { measure x 40$0k CNY by 2026-03-31 }\n}";
    assert_eq!(
        grown(&format!("metric x {{ kind outcome }}\n{item}\n"))[..6],
        [
            "40k",
            "40k CNY",
            "measure x 40k CNY by 2026-03-31",
            "key-result k { measure x 40k CNY by 2026-03-31 }",
            "objective o {\n  key-result k { measure x 40k CNY by 2026-03-31 }\n}",
            "metric x { kind outcome }\nobjective o {\n  key-result k { measure x 40k CNY by 2026-03-31 }\n}\n",
        ]
    );
    let cases: &[(&str, &[&str])] = &[
        ("a { supports gr$0ow.more }", &["grow", "grow.more", "supports grow.more"]),
        ("a { supports grow.mo$0re }", &["more", "grow.more", "supports grow.more"]),
        ("a { why \"in the$0 north\" }", &["in the north", "\"in the north\"", "why \"in the north\""]),
        ("a { during 2026-01$0..2026-03 }", &["2026-01", "2026-01..2026-03", "during 2026-01..2026-03"]),
        ("a { owner x,\n   y$0, z }", &["y", "owner x,\n   y, z"]),
        ("a { retain 60%..8$0%; b }", &["8", "8%", "60%..8%", "retain 60%..8%", "retain 60%..8%; b"]),
        ("a { own$0er x; b }", &["owner", "owner x", "owner x; b"]),
        ("a { x; 北$0区 }", &["北区", "x; 北区"]),
    ];
    for (text, expected) in cases {
        let found = grown(&format!("objective {text}"));
        assert_eq!(found[..expected.len()], **expected, "{text}");
    }
    // A brace in a comment closes nothing.
    assert_eq!(
        grown("objective o { # the$0 } {\n  why \"}\"\n}")[1],
        "objective o { # the } {\n  why \"}\"\n}"
    );
    // Statements with a block are whole.
    assert_eq!(
        grown("objective o {\n  key-res$0ult k {\n    type committed\n  }\n}")[..3],
        ["key-result", "key-result k", "key-result k {\n    type committed\n  }"]
    );
}

#[test]
fn files_are_linked() {
    let main = "plan p {\n  period 2026-06\n  include \"team/people.plan\"\n  include \"goals/*.plan\"\n  follows \"old.plan\"\n}\ncalendar c { import \"cn.ics\" work \"班\" }\nactuals from \"a.csv\", \"/etc/b.csv\" { date \"D\" }\n";
    let people = "include \"../more.plan\"\nhistory h from \"h.csv\" { date \"D\" }\n";
    let world = MemoryWorld::new([("main.plan", main), ("team/people.plan", people)]);
    let compilation = check(&world, "main.plan", None);
    let found = |file: FileId| {
        let text = &compilation.sources.file(file).text;
        let said =
            links(&compilation, file).into_iter().map(|link| format!("{} {}", &text[link.range], link.path));
        said.collect::<Vec<_>>()
    };
    assert_eq!(
        found(FILE),
        ["team/people.plan team/people.plan", "old.plan old.plan", "cn.ics cn.ics", "a.csv a.csv"]
    );
    assert_eq!(found(FileId(1)), ["../more.plan more.plan", "h.csv team/h.csv"]);
}
