//! Pages of text for a terminal: titles, wrapped words, tables. No line takes more columns than there are.

mod columns;
mod grid;
mod label;
mod paint;
mod table;
pub mod words;

pub(crate) use columns::{cut, width, wrap};
pub use label::Label;
pub(crate) use paint::Role;
pub use table::{Column, Head, Row, Rows, Table};

/// Fewer columns than this are laid out as if there were as many.
pub const NARROWEST: usize = 40;

/// Wider terminals are not filled: what belongs together would stand far apart.
pub const WIDEST: usize = 120;

/// How a page is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// Columns to fill at most.
    pub width: usize,
    /// Whether to colour.
    pub colour: bool,
}

impl Style {
    /// A style for a terminal of that many columns.
    #[must_use]
    pub const fn new(columns: usize, colour: bool) -> Self {
        let width = if columns < NARROWEST {
            NARROWEST
        } else if columns > WIDEST {
            WIDEST
        } else {
            columns
        };
        Self { width, colour }
    }
}

/// A page as far as it is written.
pub(crate) struct Page {
    pub(crate) style: Style,
    pub(crate) text: String,
}

impl Page {
    /// An empty page.
    pub(crate) const fn new(style: Style) -> Self {
        Self { style, text: String::new() }
    }

    /// A table in columns.
    pub(crate) fn grid(&mut self, table: &Table, indent: usize) {
        grid::grid(self, table, indent);
    }

    /// A title, and its name at the right, or below where there is no room.
    pub(crate) fn title(&mut self, label: &Label, indent: usize) {
        let room = self.style.width.saturating_sub(indent);
        let name = label.beside().unwrap_or_default();
        let text = label.text();
        if width(text) + 2 + width(name) <= room {
            let mut line = Line::indented(indent);
            line.left(text, width(text), Role::Strong);
            if !name.is_empty() {
                line.right(name, room - width(text), Role::Quiet);
            }
            return self.line(line);
        }
        self.words(text, indent, Role::Strong);
        if !name.is_empty() {
            self.words(name, indent, Role::Quiet);
        }
    }

    /// Several short texts, as many on a line as fit.
    pub(crate) fn parts(&mut self, parts: &[String], indent: usize) {
        let room = self.style.width.saturating_sub(indent);
        let mut line = String::new();
        for part in parts {
            let joined = if line.is_empty() { part.clone() } else { format!("{line} · {part}") };
            if !line.is_empty() && width(&joined) > room {
                self.words(&line, indent, Role::Quiet);
                line = part.clone();
            } else {
                line = joined;
            }
        }
        if !line.is_empty() {
            self.words(&line, indent, Role::Quiet);
        }
    }

    /// A short text in a role of its own, and what stands behind it on the line.
    pub(crate) fn marked(&mut self, text: &str, role: Role, rest: &str, indent: usize) {
        let mut line = Line::indented(indent);
        line.left(text, width(text), role);
        line.space(1);
        line.left(rest, width(rest), Role::Quiet);
        self.line(line);
    }

    /// A text, wrapped.
    pub(crate) fn words(&mut self, text: &str, indent: usize, role: Role) {
        for part in wrap(text, self.style.width.saturating_sub(indent)) {
            let mut line = Line::indented(indent);
            line.left(&part, width(&part), role);
            self.line(line);
        }
    }

    /// A text, wrapped, with further lines further in.
    pub(crate) fn hanging(&mut self, text: &str, indent: usize, role: Role) {
        let inner = indent + 2;
        for (index, part) in wrap(text, self.style.width.saturating_sub(inner)).into_iter().enumerate() {
            let mut line = Line::indented(if index == 0 { indent } else { inner });
            line.left(&part, width(&part), role);
            self.line(line);
        }
    }

    /// A line between objectives.
    pub(crate) fn rule(&mut self) {
        let mut line = Line::default();
        line.left(&"─".repeat(self.style.width), self.style.width, Role::Quiet);
        self.line(line);
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(crate) fn line(&mut self, line: Line) {
        self.text.push_str(&line.painted(self.style));
        self.text.push('\n');
    }
}

/// One line, piece by piece.
#[derive(Default)]
pub(crate) struct Line {
    pieces: Vec<(Role, String)>,
}

impl Line {
    pub(crate) fn indented(columns: usize) -> Self {
        let mut line = Self::default();
        line.space(columns);
        line
    }

    pub(crate) fn space(&mut self, columns: usize) {
        self.pieces.push((Role::Plain, " ".repeat(columns)));
    }

    /// A text at the left of so many columns.
    pub(crate) fn left(&mut self, text: &str, columns: usize, role: Role) {
        self.pieces.push((role, text.to_owned()));
        self.space(columns.saturating_sub(width(text)));
    }

    /// A text at the right of so many columns.
    pub(crate) fn right(&mut self, text: &str, columns: usize, role: Role) {
        self.space(columns.saturating_sub(width(text)));
        self.pieces.push((role, text.to_owned()));
    }

    /// The line without white space at its end, and cut where it is too long after all.
    pub(crate) fn painted(&self, style: Style) -> String {
        let last = self.pieces.iter().rposition(|(_, text)| !text.trim().is_empty());
        let mut left = style.width;
        let mut painted = String::new();
        for (role, text) in self.pieces.iter().take(last.map_or(0, |last| last + 1)) {
            let text = cut(text, left);
            left -= width(&text);
            painted.push_str(&role.paint(&text, style.colour));
        }
        painted
    }
}
