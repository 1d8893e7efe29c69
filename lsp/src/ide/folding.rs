//! What can be folded away.

use std::ops::Range;

use milepost::compile::Compilation;
use milepost::sources::FileId;
use milepost_grammar::ast::Declaration;
use milepost_grammar::{LineIndex, TokenKind, tokens};

use super::items;

/// Lines that can be folded away: from the one that the range starts in to the one that it ends in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fold {
    /// What is folded; of a block from its `{` to its `}`.
    pub range: Range<usize>,
    /// What it is.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FoldKind {
    /// A block.
    Block,
    /// Comments on lines of their own.
    Comment,
    /// Files that are taken in.
    Includes,
}

/// What can be folded away in a file, in the order in which it starts.
#[must_use]
pub fn folds(compilation: &Compilation, file: FileId) -> Vec<Fold> {
    let source = compilation.sources.file(file);
    let (text, lines) = (&*source.text, &*source.lines);
    let mut folds = Vec::new();
    for piece in items::pieces(compilation, file, &(0..text.len())) {
        let part = text.get(piece.range.clone()).unwrap_or("");
        in_piece(part, piece.range.start, lines, &mut folds);
    }
    includes(compilation, file, &mut folds);
    folds.retain(|fold| lines.line(fold.range.start) < lines.line(fold.range.end));
    folds.sort_by_key(|fold| (fold.range.start, std::cmp::Reverse(fold.range.end)));
    folds
}

fn in_piece(text: &str, offset: usize, lines: &LineIndex, folds: &mut Vec<Fold>) {
    let mut open: Vec<usize> = Vec::new();
    let mut comments: Option<Range<usize>> = None;
    let mut first_of_line = true;
    for token in tokens(text) {
        let range = token.range.start + offset..token.range.end + offset;
        let alone = first_of_line && token.kind == TokenKind::Comment;
        first_of_line = token.kind == TokenKind::LineEnd;
        match token.kind {
            TokenKind::Open => open.push(range.start),
            TokenKind::Close => {
                let start = open.pop();
                folds.extend(start.map(|start| Fold { range: start..range.end, kind: FoldKind::Block }));
            }
            _ => {}
        }
        if alone {
            // A blank line parts what is said about different things.
            let run = comments.take();
            let joined = run.as_ref().filter(|run| lines.line(run.end) + 1 == lines.line(range.start));
            let start = joined.map_or(range.start, |run| run.start);
            folds.extend(run.filter(|run| run.start != start).map(comment));
            comments = Some(start..range.end);
        }
    }
    folds.extend(comments.map(comment));
}

const fn comment(range: Range<usize>) -> Fold {
    Fold { range, kind: FoldKind::Comment }
}

/// `include` lines that follow each other.
fn includes(compilation: &Compilation, file: FileId, folds: &mut Vec<Fold>) {
    let mut run: Option<Range<usize>> = None;
    for item in items::of_file(compilation, file) {
        if matches!(item.loaded.item.declaration, Declaration::Include(_)) {
            run = Some(run.map_or(item.range.start, |run| run.start)..item.range.end);
        } else {
            folds.extend(run.take().map(|range| Fold { range, kind: FoldKind::Includes }));
        }
    }
    folds.extend(run.map(|range| Fold { range, kind: FoldKind::Includes }));
}
