//! Colours that know names.

use milepost::compile::Compilation;
use milepost_lsp::ide::semantic_tokens::{SemanticToken, TokenKind, semantic_tokens};

use crate::plan::{FILE, NAMES, compiled};

fn written(compilation: &Compilation, tokens: &[SemanticToken]) -> Vec<String> {
    let text = &compilation.sources.file(FILE).text;
    let say = |token: &SemanticToken| {
        let kind = match token.kind {
            TokenKind::Name(Some(noun)) => format!("{noun:?}"),
            TokenKind::Name(None) => "name".to_owned(),
            kind => format!("{kind:?}").to_lowercase(),
        };
        let declares = if token.declaration { "!" } else { "" };
        format!("{}:{kind}{declares}", &text[token.range.clone()])
    };
    tokens.iter().map(say).collect()
}

fn tokens(more: &str) -> Vec<String> {
    let compilation = compiled(&format!("{NAMES}{more}"));
    let all = semantic_tokens(&compilation, FILE, None);
    let own: Vec<_> = all.into_iter().filter(|token| token.range.start >= NAMES.len()).collect();
    written(&compilation, &own)
}

#[test]
fn names_have_their_noun() {
    let text = "objective a { # why\n  owner liu, north\n  key-result b \"B\" {\n    measure revenue 40k CNY by 2026-03-31\n    through field-sales\n    supports grow.more\n  }\n}\nperson 王 { field-sales.orders 1 in 15 }\nfunnel f { 拜访 <- visits 25% }\n";
    let expected = "objective:keyword a:Objective! # why:comment owner:keyword liu:Person north:Team \
        key-result:keyword b:KeyResult! \"B\":string measure:keyword revenue:Metric 40k:number CNY:unit by:keyword \
        2026-03-31:date through:keyword field-sales:Funnel supports:keyword grow:Objective more:KeyResult \
        person:keyword 王:Person! field-sales:Funnel orders:Metric 1:number in:keyword 15:number \
        funnel:keyword f:Funnel! 拜访:Metric <-:operator visits:Metric 25:number %:unit";
    assert_eq!(tokens(text).join(" ").replace("# why", "#why"), expected.replace("# why", "#why"));
}

#[test]
fn a_metric_where_a_unit_stands_is_a_name() {
    let found = tokens("action x { yields 30 visits; budget 5 CNY }");
    assert!(
        found.contains(&"visits:Metric".to_owned()) && found.contains(&"CNY:unit".to_owned()),
        "{found:?}"
    );
}

#[test]
fn broken_statements_have_colours() {
    let found =
        tokens("objective a {\n  owner nobody of\n  key-result b { measure revenue lots \"open\n  }\n");
    for token in ["owner:keyword", "nobody:name", "measure:keyword", "\"open:string"] {
        assert!(found.contains(&token.to_owned()), "{token} in {found:?}");
    }
}

#[test]
fn a_range_has_what_all_of_it_has() {
    let text = format!("# one\n{NAMES}# two\n\n# three\nmetric m {{ kind outcome }}\n# four");
    let compilation = compiled(&text);
    let all = semantic_tokens(&compilation, FILE, None);
    assert!(all.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    assert_eq!(all.iter().filter(|token| token.kind == TokenKind::Comment).count(), 4);
    for start in (0..text.len()).step_by(37) {
        for end in [start + 1, start + 60, text.len()] {
            let touching = |token: &&SemanticToken| token.range.start < end && start < token.range.end;
            let expected: Vec<_> = all.iter().filter(touching).cloned().collect();
            assert_eq!(semantic_tokens(&compilation, FILE, Some(start..end)), expected, "{start}..{end}");
        }
    }
}
