//! What each word is to an editor.

use milepost_grammar::highlight;

use crate::samples::PLAN;

/// The words of a text with what they are, `word:Kind`.
fn shown(text: &str) -> String {
    let words: Vec<String> = highlight(text)
        .iter()
        .map(|found| format!("{}:{:?}", &text[found.range.clone()], found.kind))
        .collect();
    words.join(" ")
}

#[test]
fn words_are_known_in_their_place_only() {
    assert_eq!(
        shown("metric share \"Share\" { unit CNY }"),
        "metric:Keyword share:Declaration \"Share\":String {:Punctuation unit:Keyword CNY:Name }:Punctuation"
    );
    assert_eq!(
        shown("funnel f {\n  orders <- share 5% lag 3 days # why\n}"),
        "funnel:Keyword f:Declaration {:Punctuation orders:Name <-:Operator share:Name 5:Number %:Unit lag:Word \
         3:Number days:Word # why:Comment }:Punctuation"
    );
    assert_eq!(
        shown("objective o { key-result k { measure revenue 1M CNY by 2026-Q1 } }"),
        "objective:Keyword o:Declaration {:Punctuation key-result:Keyword k:Declaration {:Punctuation \
         measure:Keyword revenue:Name 1M:Number CNY:Unit by:Word 2026-Q1:Date }:Punctuation }:Punctuation"
    );
}

#[test]
fn broken_text_keeps_its_colours() {
    assert_eq!(
        shown("plan p {\n  perod 2026\n  why \"x\n"),
        "plan:Keyword p:Declaration {:Punctuation perod:Name 2026:Number why:Name \"x:String"
    );
}

#[test]
fn every_statement_of_the_sample_begins_with_a_keyword_or_a_name() {
    let found = highlight(PLAN);
    assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    assert!(found.iter().all(|found| PLAN.is_char_boundary(found.range.start) && !found.range.is_empty()));
}
