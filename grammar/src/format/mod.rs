//! Writing a file the way everybody writes it.

mod layout;
mod spacing;

use std::ops::Range;

use crate::parse::parse;
use crate::scan::{byte_order_mark, is_space};
use crate::split::is_balanced;
use crate::token::tokens;
use layout::Layout;

/// How wide a block may be that stays on one line.
const WIDTH: usize = 100;

/// The file as it is to be written: two spaces an indent, one fact a line except blocks that were written on
/// one line and fit 100 columns, one space between words, plain signs for full-width ones outside strings.
///
/// Comments stay, and one blank line where there were some. Statements that cannot be read stay byte for byte
/// as they are. Line ends are LF, or CRLF if the first one is. What the text means does not change, and
/// formatting twice is formatting once.
#[must_use]
pub fn format(text: &str) -> String {
    let (mark, body) = text.split_at(byte_order_mark(text));
    let tokens = tokens(text);
    let verbatim = verbatim(text);
    let formatted = Layout::new(text, &tokens, &verbatim).run();
    if mark.is_empty() && formatted.starts_with('\u{feff}') {
        // At the beginning the stray character would be read as a byte order mark.
        return text.to_owned();
    }
    let formatted = if crlf(body) { with_crlf(&formatted) } else { formatted };
    format!("{mark}{formatted}")
}

/// The parts that could not be read, in order, none within another.
fn verbatim(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let balanced = is_balanced(text);
    for parsed in parse(text).items {
        let broken = parsed.item.broken.iter().map(|span| span.at(parsed.offset));
        // Where braces are missing, columns tell where items end: those of lines that cannot be laid out anew
        // must not come to stand beside others.
        let across_lines =
            |range: Range<usize>| text.get(range).is_some_and(|text| text.contains(['\n', '\r']));
        if !balanced && broken.clone().any(across_lines) {
            ranges.push(parsed.offset..parsed.offset + parsed.item.len);
        }
        ranges.extend(broken);
    }
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let outside = range.start >= end;
        end = end.max(range.end);
        outside
    });
    ranges
}

/// Whether the first line that stays ends in CRLF.
fn crlf(text: &str) -> bool {
    let text = text.trim_start_matches(|c| is_space(c) || matches!(c, '\n' | '\r' | ';' | '；'));
    text.find(['\n', '\r']).is_some_and(|at| text.get(at..).is_some_and(|rest| rest.starts_with("\r\n")))
}

/// Every line end as CRLF; those in parts that stayed as they are may be so already.
fn with_crlf(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut before = '\0';
    for c in text.chars() {
        if c == '\n' && before != '\r' {
            out.push('\r');
        }
        out.push(c);
        before = c;
    }
    out
}
