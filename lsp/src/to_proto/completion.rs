//! What could be written at the cursor.

use milepost::noun::Noun;
use milepost::sources::{FileId, ItemId, Place};
use milepost_grammar::Span;
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat, TextEdit, Url,
};

use super::ToProto;
use super::markup::markup;
use crate::ide::completion::{About, Completion, CompletionKind};

/// What an item is about, as the client sends it back to have it described.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// The file.
    pub uri: Url,
    /// Of which kind, and what.
    about: (char, [u32; 3]),
}

impl Sent {
    fn new(uri: &Url, about: About) -> Option<Self> {
        let narrow = |wide: usize| u32::try_from(wide).unwrap_or(u32::MAX);
        let about = match about {
            About::Nothing => return None,
            About::Keyword(index) => ('k', [narrow(index), 0, 0]),
            About::Word(index) => ('w', [narrow(index), 0, 0]),
            About::Check(index) => ('c', [narrow(index), 0, 0]),
            About::Name(place) => {
                let range = place.span.at(0);
                ('n', [place.item.0, narrow(range.start), narrow(range.end)])
            }
        };
        Some(Self { uri: uri.clone(), about })
    }

    /// What it is about.
    #[must_use]
    pub fn about(&self) -> About {
        let (kind, [first, start, end]) = self.about;
        match kind {
            'k' => About::Keyword(first as usize),
            'w' => About::Word(first as usize),
            'c' => About::Check(first as usize),
            'n' => About::Name(Place::new(ItemId(first), Span::new(start as usize, end as usize))),
            _ => About::Nothing,
        }
    }
}

impl ToProto<'_> {
    /// Something that could be written; `snippets` if the client can fill in what a snippet leaves open.
    #[must_use]
    pub fn completion(&self, uri: &Url, file: FileId, item: Completion, snippets: bool) -> CompletionItem {
        let is_snippet = item.snippet && snippets;
        let new_text = if item.snippet && !snippets { plain(&item.insert) } else { item.insert };
        CompletionItem {
            kind: Some(kind(item.kind)),
            detail: item.detail,
            sort_text: Some(item.sort),
            filter_text: Some(item.filter),
            insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                range: self.range(file, &item.range),
                new_text,
            })),
            data: Sent::new(uri, item.about).and_then(|sent| serde_json::to_value(sent).ok()),
            label: item.label,
            ..CompletionItem::default()
        }
    }
}

/// A text about an item; `markdown` if the client shows that.
#[must_use]
pub fn documentation(text: String, markdown: bool) -> Documentation {
    Documentation::MarkupContent(markup(text, markdown))
}

const fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Statement => CompletionItemKind::KEYWORD,
        CompletionKind::Entry => CompletionItemKind::SNIPPET,
        CompletionKind::Word => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Name(noun) => match noun {
            Noun::Person | Noun::Team | Noun::Holder | Noun::Role => CompletionItemKind::VARIABLE,
            Noun::Metric => CompletionItemKind::FIELD,
            Noun::Funnel | Noun::FunnelLine => CompletionItemKind::FUNCTION,
            Noun::Objective | Noun::KeyResult | Noun::Goal => CompletionItemKind::CLASS,
            _ => CompletionItemKind::REFERENCE,
        },
        CompletionKind::Check => CompletionItemKind::CONSTANT,
        CompletionKind::Unit => CompletionItemKind::UNIT,
        CompletionKind::Value | CompletionKind::Moment => CompletionItemKind::VALUE,
    }
}

/// A snippet without the marks of what is to be filled in.
fn plain(snippet: &str) -> String {
    let mut text = String::with_capacity(snippet.len());
    let mut rest = snippet;
    while let Some(at) = rest.find('$') {
        let (before, mark) = rest.split_at(at);
        text.push_str(before);
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let Some(inside) = mark.strip_prefix("${") else {
            let behind = mark.get(1..).unwrap_or("");
            rest = behind.get(digits(behind)..).unwrap_or("");
            continue;
        };
        let end = inside.find('}').unwrap_or(inside.len());
        let (field, behind) = inside.split_at(end);
        let field = field.get(digits(field)..).unwrap_or("");
        match field.strip_prefix('|') {
            Some(choices) => text.push_str(choices.split([',', '|']).next().unwrap_or("")),
            None => text.push_str(field.trim_start_matches(':')),
        }
        rest = behind.get(1..).unwrap_or("");
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn snippets_become_plain_text() {
        for (snippet, text) in [
            ("unit ${1:count}$0", "unit count"),
            ("kind ${1|outcome,activity|}", "kind outcome"),
            ("team ${1:name} {\n  $0\n}", "team name {\n  \n}"),
            ("by", "by"),
        ] {
            assert_eq!(plain(snippet), text);
        }
    }
}
