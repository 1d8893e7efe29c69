//! Why a statement could not be read.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use rust_decimal::Decimal;

use super::expected::{entry_of, expected, form_of, rule_of};
use super::lexical::{fault, shown, token};
use super::number::figure;
use super::rules::MilepostParser;
use super::{Builder, Rule};
use crate::error::{Fix, SyntaxError};
use crate::keyword::{self, Block};
use crate::message::{Expected, Found, Message};
use crate::scan::is_space;
use crate::span::Span;

impl Builder<'_> {
    /// Says what is wrong with the statement of `block` at `span`, which no rule could read.
    pub(super) fn diagnose(&mut self, block: Block, span: Span) {
        let text = self.slice(span);
        let error = explain(block, text);
        let moved = |inner: Span| Span { start: inner.start + span.start, end: inner.end + span.start };
        self.errors.push(SyntaxError {
            span: moved(error.span),
            message: error.message,
            fix: error.fix.map(|fix| Fix { span: moved(fix.span), ..fix }),
        });
    }
}

/// The error of one statement; spans are relative to it.
fn explain(block: Block, text: &str) -> SyntaxError {
    let first = token(text);
    let first_span = Span::new(0, first.len());
    if matches!(first, "{" | "｛") {
        return SyntaxError::new(first_span, Message::BraceOnNextLine);
    }
    if matches!(first, "}" | "｝") {
        return SyntaxError::new(first_span, Message::StrayBrace).replace("");
    }
    let known = keyword::in_block(first, block);
    if let Some(keyword) = known
        && let Some(rule) = rule_of(block, first)
    {
        return strict(block, rule, Some(keyword.form), text);
    }
    if let Some(rule) = entry_of(block, text) {
        return strict(block, rule, form_of(block, rule), text);
    }
    if !first.chars().next().is_some_and(char::is_alphabetic) {
        return fault(text, 0).unwrap_or_else(|| {
            SyntaxError::new(first_span, Message::NoStatement { found: shown(first), block })
        });
    }
    let belongs = keyword::blocks_of(first);
    if !belongs.is_empty() {
        let message = Message::MisplacedStatement { word: first.to_owned(), block, belongs };
        return SyntaxError::new(first_span, message);
    }
    let nearest = keyword::nearest(first, keyword::of_block(block).map(|keyword| keyword.word));
    let message = Message::UnknownStatement { word: shown(first), block, nearest };
    let error = SyntaxError::new(first_span, message);
    match nearest {
        Some(nearest) => error.replace(nearest),
        None => error,
    }
}

/// Reads the statement alone to see where it goes wrong and what could have stood there.
fn strict(block: Block, rule: Rule, form: Option<&'static str>, text: &str) -> SyntaxError {
    let (at, mut expected) = match MilepostParser::parse(rule, text) {
        Ok(pairs) => {
            let end = pairs.last().map_or(0, |pair| pair.as_span().end());
            (end, vec![Expected::End])
        }
        Err(error) => {
            let at = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            };
            let rules = match error.variant {
                ErrorVariant::ParsingError { positives, .. } => positives,
                ErrorVariant::CustomError { .. } => Vec::new(),
            };
            (at, rules.into_iter().filter_map(self::expected).collect())
        }
    };
    let rest = text.get(at..).unwrap_or("");
    let skipped = rest.len() - rest.trim_start_matches(is_space).len();
    let at = at + skipped;
    let rest = text.get(at..).unwrap_or("");
    if let Some(fault) = fault(text, at) {
        return fault;
    }
    let found = token(rest);
    let span = Span::new(at, at + found.len());
    if found == "-" && rest.chars().nth(1).is_some_and(|c| c.is_numeric() || !c.is_alphanumeric()) {
        let number = expected.iter().any(|expected| {
            matches!(expected, Expected::Number | Expected::Amount | Expected::Percent | Expected::Rate)
        });
        if number {
            let number = token(rest.get(1..).unwrap_or(""));
            return SyntaxError::new(Span::new(at, at + 1 + number.len()), Message::NegativeNumber);
        }
    }
    if matches!(found, "," | "，") && (rest.len() == found.len() || is_list(block)) {
        let parting = if rest.len() == found.len() { "" } else { ";" };
        return SyntaxError::new(span, Message::CommaBetweenEntries).replace(parting);
    }
    let mut seen = Vec::new();
    expected.retain(|one| {
        let new = !seen.contains(one);
        seen.push(*one);
        new
    });
    // The end comes last in the sentence too.
    expected.sort_by_key(|one| *one == Expected::End);
    let found = as_much(rest, found, &expected);
    let span = Span::new(at, at + found.len());
    let mended = if expected.as_slice() == [Expected::Percent] { as_percent(found) } else { None };
    let mended = mended.or_else(|| short_name(found, &expected).map(str::to_owned));
    // Of several words a fix must give them all.
    let mended = mended.or_else(|| {
        let nearest = keyword::nearest(found, words(&expected))?;
        (nearest.contains(' ') == found.contains(' ')).then(|| nearest.to_owned())
    });
    let found_text = if found.is_empty() { Found::LineEnd } else { Found::Text(shown(found)) };
    let error = SyntaxError::new(span, Message::Unexpected { expected, found: found_text, form });
    if let Some(mended) = mended {
        return error.replace(mended);
    }
    if matches!(found, ":" | "：" | "=" | "＝") {
        let mut without = text.to_owned();
        without.replace_range(span.at(0), "");
        if MilepostParser::parse(rule, &without).is_ok() {
            return error.replace("");
        }
    }
    error
}

/// The percentage that a plain number was probably meant to be: `20` is `20%`, and so is `0.2`.
fn as_percent(found: &str) -> Option<String> {
    let (number, len) = figure(found).ok().filter(|&(_, len)| len > 0 && len == found.len())?;
    let percent =
        if number < Decimal::ONE && number.scale() > 0 { number * Decimal::ONE_HUNDRED } else { number };
    (len > 0).then(|| format!("{}%", percent.normalize()))
}

/// The short name of a day or a month that was written out, or with capitals.
fn short_name(found: &str, expected: &[Expected]) -> Option<&'static str> {
    let names: &[&str] = if expected.contains(&Expected::Weekday) {
        &["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    } else if expected.contains(&Expected::Month) {
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    } else {
        return None;
    };
    let found = found.to_lowercase();
    names.iter().find(|name| found.starts_with(**name)).copied()
}

/// The words among what was expected.
fn words(expected: &[Expected]) -> impl Iterator<Item = &'static str> {
    expected.iter().flat_map(|expected| match expected {
        Expected::Word(word) => vec![*word],
        Expected::OneOf(words) => words.to_vec(),
        _ => Vec::new(),
    })
}

/// What was found, as long as the words that it was taken for: `year start` for `year starts`.
fn as_much<'t>(rest: &'t str, found: &'t str, expected: &[Expected]) -> &'t str {
    let begins = |words: &str| words.split_once(' ').is_some_and(|(first, _)| first == found);
    let taken_for = expected.iter().any(|expected| match expected {
        Expected::Word(words) => begins(words),
        Expected::OneOf(all) => all.iter().any(|words| begins(words)),
        _ => false,
    });
    let behind = rest.get(found.len()..).unwrap_or("");
    let spaces = behind.len() - behind.trim_start_matches(is_space).len();
    let next = token(behind.get(spaces..).unwrap_or(""));
    if taken_for && next.starts_with(char::is_alphanumeric) {
        rest.get(..found.len() + spaces + next.len()).unwrap_or(found)
    } else {
        found
    }
}

/// Whether the statements of a block are entries that one might part by commas.
fn is_list(block: Block) -> bool {
    matches!(
        block,
        Block::Weights
            | Block::Periods
            | Block::Weekdays
            | Block::Forecast
            | Block::CheckIn
            | Block::Actual
            | Block::History
            | Block::Scenario
            | Block::Account
    )
}
