//! Colours: tokens relative to each other, and what changed of them.

use milepost::noun::Noun;
use milepost::sources::FileId;
use tower_lsp::lsp_types::{
    SemanticToken as Sent, SemanticTokenModifier, SemanticTokenType, SemanticTokensEdit, SemanticTokensLegend,
};

use super::ToProto;
use crate::ide::semantic_tokens::{SemanticToken, TokenKind};

/// The kinds of tokens, in the order of their numbers.
const KINDS: [SemanticTokenType; 12] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::STRING,
    SemanticTokenType::NUMBER,
    SemanticTokenType::COMMENT,
    SemanticTokenType::OPERATOR,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::CLASS,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::TYPE,
];

/// What the numbers of tokens stand for.
#[must_use]
pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: KINDS.to_vec(),
        token_modifiers: vec![SemanticTokenModifier::DECLARATION],
    }
}

fn kind(kind: TokenKind) -> SemanticTokenType {
    match kind {
        TokenKind::Keyword => SemanticTokenType::KEYWORD,
        TokenKind::String => SemanticTokenType::STRING,
        TokenKind::Number | TokenKind::Date => SemanticTokenType::NUMBER,
        TokenKind::Unit => SemanticTokenType::TYPE,
        TokenKind::Comment => SemanticTokenType::COMMENT,
        TokenKind::Operator => SemanticTokenType::OPERATOR,
        TokenKind::Name(noun) => match noun {
            Some(Noun::Objective | Noun::KeyResult | Noun::Goal) => SemanticTokenType::CLASS,
            Some(Noun::Metric) => SemanticTokenType::PROPERTY,
            Some(Noun::Funnel | Noun::FunnelLine) => SemanticTokenType::FUNCTION,
            Some(Noun::Team) => SemanticTokenType::NAMESPACE,
            Some(Noun::Stage | Noun::Part | Noun::Role) => SemanticTokenType::ENUM_MEMBER,
            _ => SemanticTokenType::VARIABLE,
        },
    }
}

impl ToProto<'_> {
    /// Tokens in the order of the text, each relative to the one before. One that goes over lines is left out: clients
    /// need not be able to show it.
    #[must_use]
    pub fn tokens(&self, file: FileId, tokens: &[SemanticToken]) -> Vec<Sent> {
        let lines = self.lines(file);
        let (mut line, mut column) = (0, 0);
        let mut sent = Vec::with_capacity(tokens.len());
        for token in tokens {
            let range = lines.range(&token.range);
            if range.start.line != range.end.line
                || range.start < (tower_lsp::lsp_types::Position { line, character: column })
            {
                continue;
            }
            let kind = kind(token.kind);
            let number = KINDS.iter().position(|known| *known == kind).unwrap_or_default();
            let delta_line = range.start.line - line;
            sent.push(Sent {
                delta_line,
                delta_start: if delta_line == 0 {
                    range.start.character - column
                } else {
                    range.start.character
                },
                length: range.end.character - range.start.character,
                token_type: u32::try_from(number).unwrap_or_default(),
                token_modifiers_bitset: u32::from(token.declaration),
            });
            (line, column) = (range.start.line, range.start.character);
        }
        sent
    }
}

/// The one change that makes `new` of `old`: what both begin and end with stays. Numbers count five a token.
#[must_use]
pub fn edits(old: &[Sent], new: &[Sent]) -> Vec<SemanticTokensEdit> {
    let same = |(one, other): &(&Sent, &Sent)| one == other;
    let before = old.iter().zip(new).take_while(same).count();
    let left = |all: &[Sent]| all.len() - before;
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let behind = behind.min(left(old)).min(left(new));
    let changed = new.get(before..new.len() - behind).unwrap_or_default();
    let gone = left(old) - behind;
    if gone == 0 && changed.is_empty() {
        return Vec::new();
    }
    let numbers = |tokens: usize| u32::try_from(tokens * 5).unwrap_or(u32::MAX);
    vec![SemanticTokensEdit {
        start: numbers(before),
        delete_count: numbers(gone),
        data: (!changed.is_empty()).then(|| changed.to_vec()),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(length: u32) -> Sent {
        Sent { delta_line: 0, delta_start: 1, length, token_type: 0, token_modifiers_bitset: 0 }
    }

    fn applied(old: &[Sent], edits: &[SemanticTokensEdit]) -> Vec<Sent> {
        let mut tokens = old.to_vec();
        for edit in edits {
            let (start, gone) = (edit.start as usize / 5, edit.delete_count as usize / 5);
            tokens.splice(start..start + gone, edit.data.clone().unwrap_or_default());
        }
        tokens
    }

    #[test]
    fn an_edit_makes_the_new_of_the_old() {
        let all = |lengths: &[u32]| lengths.iter().map(|length| token(*length)).collect::<Vec<_>>();
        for (old, new) in [
            (&[1, 2, 3][..], &[1, 2, 3][..]),
            (&[1, 2, 3], &[1, 5, 3]),
            (&[1, 1, 1], &[1, 1]),
            (&[1, 1], &[1, 1, 1]),
            (&[], &[1]),
            (&[1, 2], &[]),
            (&[1, 2, 3], &[3, 2, 1]),
        ] {
            let (old, new) = (all(old), all(new));
            assert_eq!(applied(&old, &edits(&old, &new)), new);
        }
    }
}
