//! A file cut into its top-level items, kept while it is edited.

use std::ops::Range;

use crate::scan::{MarkKind, braces};
use crate::split::Cutter;

/// One change of a text: the bytes from `start` to `old_end` became those from `start` to `new_end`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edit {
    /// The first byte that may differ.
    pub start: usize,
    /// Where what was replaced ended.
    pub old_end: usize,
    /// Where what stands for it ends.
    pub new_end: usize,
}

impl Edit {
    /// The one change between two texts: what lies between what they begin and end with alike.
    #[must_use]
    pub fn between(old: &str, new: &str) -> Self {
        let most = old.len().min(new.len());
        let mut start = alike(old.as_bytes(), new.as_bytes(), most, |bytes, at, end| bytes.get(at..end));
        let rest = most - start;
        let back = |bytes: &[u8], at: usize, end: usize| (bytes.len() - end, bytes.len() - at);
        let mut tail = alike(old.as_bytes(), new.as_bytes(), rest, |bytes, at, end| {
            let (from, to) = back(bytes, at, end);
            bytes.get(from..to)
        });
        while !new.is_char_boundary(start) || !old.is_char_boundary(start) {
            start -= 1;
        }
        while !new.is_char_boundary(new.len() - tail) || !old.is_char_boundary(old.len() - tail) {
            tail -= 1;
        }
        Self { start, old_end: old.len() - tail, new_end: new.len() - tail }
    }

    /// Where a byte behind the change lies now.
    #[must_use]
    pub const fn shift(&self, at: usize) -> usize {
        (at + self.new_end).saturating_sub(self.old_end)
    }
}

/// How many bytes, up to `most`, are alike from one end: compared in pieces, and by halves in the one that differs.
fn alike<'t>(
    old: &'t [u8],
    new: &'t [u8],
    most: usize,
    piece: impl Fn(&'t [u8], usize, usize) -> Option<&'t [u8]>,
) -> usize {
    const PIECE: usize = 4096;
    let same = |at: usize, end: usize| piece(old, at, end) == piece(new, at, end);
    let mut at = 0;
    while at < most && same(at, most.min(at + PIECE)) {
        at = most.min(at + PIECE);
    }
    let mut step = PIECE;
    while step > 0 {
        if at + step <= most && same(at, at + step) {
            at += step;
        }
        step /= 2;
    }
    at
}

/// A top-level item.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Piece {
    range: Range<usize>,
    /// How many more braces open than close in it, and the lowest that this comes to on the way.
    braces: (i32, i32),
    /// Whether it ends where it does whatever the rest of the file holds: see [`is_plain`].
    plain: bool,
}

/// The top-level items of a text, as [`split()`](crate::split()) cuts them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cut {
    pieces: Vec<Piece>,
    /// Whether the braces of the file do not balance.
    recover: bool,
}

/// Which items an edit touched: those at `old` were replaced by those at `new`; what is behind merely moved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recut {
    /// Before the edit.
    pub old: Range<usize>,
    /// After it.
    pub new: Range<usize>,
}

impl Cut {
    /// Cuts a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut cutter = Cutter::new(text, false, 0);
        cutter.run(|_| false);
        let recover = !cutter.balanced;
        if recover {
            cutter = Cutter::new(text, true, 0);
            cutter.run(|_| false);
        }
        let pieces = cutter.items.into_iter().map(|range| piece(text, range)).collect();
        Self { pieces, recover }
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Where the items are, in order.
    pub fn ranges(&self) -> impl DoubleEndedIterator<Item = &Range<usize>> + ExactSizeIterator {
        self.pieces.iter().map(|piece| &piece.range)
    }

    /// Where an item is.
    #[must_use]
    pub fn range(&self, index: usize) -> Option<Range<usize>> {
        self.pieces.get(index).map(|piece| piece.range.clone())
    }

    /// Brings the cut up to `text`, which is the text before with `edit` made: what [`Cut::new`] would make of it.
    pub fn edit(&mut self, text: &str, edit: Edit) -> Recut {
        // What ends before the change may have been told by what follows it, but not by what follows that.
        let first = self.pieces.partition_point(|piece| piece.range.end < edit.start);
        let from = first.saturating_sub(2);
        let (mut made, mut until) = self.again(text, edit, from, self.recover);
        let recover = !self.balances(from, &made, until);
        if recover != self.recover {
            (made, until) = self.again(text, edit, from, recover);
            let before = self.pieces.get(..first).unwrap_or_default();
            let behind = self.pieces.get(until..).unwrap_or_default();
            if !before.iter().chain(behind).all(|piece| piece.plain) {
                let old = std::mem::replace(self, Self::new(text));
                return self.narrowed(&old, edit);
            }
        }
        self.recover = recover;
        if let Some(behind) = self.pieces.get_mut(until..) {
            for piece in behind {
                piece.range = edit.shift(piece.range.start)..edit.shift(piece.range.end);
            }
        }
        let count = made.len();
        self.pieces.splice(from..until, made);
        Recut { old: from..until, new: from..from + count }
    }

    /// Cuts again behind the first `from` items, until an item ends where one ended before; gives what was made, and
    /// which of the items before are the first to stay.
    fn again(&self, text: &str, edit: Edit, from: usize, recover: bool) -> (Vec<Piece>, usize) {
        let start = from.checked_sub(1).and_then(|last| self.range(last)).map_or(0, |range| range.end);
        let mut cutter = Cutter::new(text, recover, start);
        let mut until = self.pieces.len();
        cutter.run(|cutter| {
            // From a line on that the change does not touch, all goes on as before.
            let Some(end) = cutter.items.last().map(|range| range.end) else { return false };
            if end <= edit.new_end || cutter.line_start <= edit.new_end {
                return false;
            }
            let index = self.pieces.partition_point(|piece| {
                edit.shift(piece.range.end) < end || piece.range.end <= edit.old_end
            });
            let same = self.range(index).is_some_and(|range| edit.shift(range.end) == end);
            if same {
                until = index + 1;
            }
            same
        });
        (cutter.items.into_iter().map(|range| piece(text, range)).collect(), until)
    }

    /// Whether every brace has its counterpart, with `made` in the place of the items from `from` to `until`.
    fn balances(&self, from: usize, made: &[Piece], until: usize) -> bool {
        let before = self.pieces.get(..from).unwrap_or_default();
        let behind = self.pieces.get(until..).unwrap_or_default();
        let mut depth = 0;
        for piece in before.iter().chain(made).chain(behind) {
            if depth + piece.braces.1 < 0 {
                return false;
            }
            depth += piece.braces.0;
        }
        depth == 0
    }

    /// Which items are others than in the cut before, those at both ends left out that merely moved.
    fn narrowed(&self, before: &Self, edit: Edit) -> Recut {
        let unmoved = |(old, new): &(&Piece, &Piece)| old.range == new.range && old.range.end < edit.start;
        let head = before.pieces.iter().zip(&self.pieces).take_while(unmoved).count();
        let moved = |(old, new): &(&Piece, &Piece)| {
            old.range.start > edit.old_end
                && edit.shift(old.range.start) == new.range.start
                && edit.shift(old.range.end) == new.range.end
        };
        let most = before.len().min(self.len()) - head;
        let both = before.pieces.iter().rev().zip(self.pieces.iter().rev());
        let tail = both.take(most).take_while(moved).count();
        Recut { old: head..before.len() - tail, new: head..self.len() - tail }
    }
}

fn piece(text: &str, range: Range<usize>) -> Piece {
    let inner = text.get(range.clone()).unwrap_or("");
    let (mut sum, mut low) = (0, 0);
    let mut plain = true;
    for mark in braces(inner) {
        sum += if mark.kind == MarkKind::Open { 1 } else { -1 };
        low = low.min(sum);
        // Nothing stands behind its block.
        plain &= sum > 0 || mark.range.end == inner.len();
    }
    plain = plain && sum == 0 && is_plain(text, &range, inner);
    Piece { range, braces: (sum, low), plain }
}

/// Whether an item would be cut alike whether or not the braces of the file balance. It starts in the first column, so that
/// no item before it can go on in it, and nothing in it looks as if it started another one.
fn is_plain(text: &str, range: &Range<usize>, inner: &str) -> bool {
    let before = text.as_bytes().get(..range.start).unwrap_or_default();
    if !before.last().is_none_or(|byte| matches!(byte, b'\n' | b'\r')) {
        return false;
    }
    // Where nothing begins a line within, nothing can look like a beginning.
    let mut lines = inner.lines().skip(1);
    let indented = |line: &str| line.starts_with([' ', '\t']) || line.starts_with('}') || line.is_empty();
    let last = inner.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let closes_early = inner.get(..last).unwrap_or("").contains("\n}") || inner.contains('\r');
    if lines.all(indented) && !closes_early && !inner.contains("\u{feff}") {
        return true;
    }
    [false, true].into_iter().all(|recover| {
        let mut cutter = Cutter::new(inner, recover, 0);
        cutter.run(|_| false);
        cutter.items.as_slice() == std::slice::from_ref(&(0..inner.len()))
    })
}
