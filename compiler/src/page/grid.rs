//! A table in columns. What does not fit beside the heads of its rows goes below, with the heads again.

use super::columns::{cut, width};
use super::paint::Role;
use super::table::{Column, Head, Row, Rows, Table};
use super::words;
use super::{Line, Page};

/// Columns between two columns.
const GAP: usize = 2;

/// Where names beside titles have room.
const NAMES_FROM: usize = 60;

pub(super) fn grid(page: &mut Page, table: &Table, indent: usize) {
    let room = page.style.width.saturating_sub(indent);
    let columns: Vec<(String, &Column)> =
        table.columns.iter().map(|column| (words::head(&column.head, table.by), column)).collect();
    let widths: Vec<usize> = columns.iter().map(|(head, column)| column_width(head, column)).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    // Heads leave room for the widest column, and for most of the others.
    let heads = Heads::new(
        table,
        room.saturating_sub(widest + GAP).min((room * 2 / 5).max(12)),
        // Tables by period stand below one that has said the names.
        table.by.is_none() && page.style.width >= NAMES_FROM,
    );
    if heads.caption {
        page.words(&corner(table), indent, Role::Plain);
    }
    let mut start = 0;
    while start < columns.len() {
        let end = block(&columns, &widths, start, room.saturating_sub(heads.width()));
        let shown: Vec<(&(String, &Column), usize)> =
            columns.iter().zip(widths.iter().copied()).skip(start).take(end - start).collect();
        heads.corner(page, table, indent, &shown);
        for (index, row) in table.rows.iter().enumerate() {
            let cell = |column: &Column| column.cells.get(index).cloned().flatten();
            // Who has nothing in this block has no row in it.
            if row.kind == Rows::Holder && shown.iter().all(|((_, column), _)| cell(column).is_none()) {
                continue;
            }
            let mut line = Line::indented(indent);
            heads.row(&mut line, row);
            for ((_, column), width) in &shown {
                let cell = cell(column).unwrap_or_default();
                let role = match (&column.head, row.kind) {
                    (Head::Pace(_), _) => Role::Pace,
                    (_, Rows::Together | Rows::Team) => Role::Strong,
                    _ => Role::Plain,
                };
                line.right(&cell, *width + GAP, role);
            }
            page.line(line);
        }
        start = end;
    }
    if table.left_out > 0 {
        page.words(&words::left_out(table.left_out), indent, Role::Quiet);
    }
}

fn column_width(head: &str, column: &Column) -> usize {
    let cells = column.cells.iter().flatten().map(|cell| width(cell));
    let cells = cells.max().unwrap_or(0);
    // A long name of a metric is cut, rather than taking the room of others.
    cells.max(width(head).min(14))
}

/// Where the block of columns that starts at `start` ends. A pace stays with its metric, if both fit.
fn block(columns: &[(String, &Column)], widths: &[usize], start: usize, room: usize) -> usize {
    let mut end = start;
    let mut used = 0;
    while let Some(width) = widths.get(end) {
        let pace = widths
            .get(end + 1)
            .filter(|_| columns.get(end + 1).is_some_and(|(_, column)| matches!(column.head, Head::Pace(_))));
        let together = width + GAP + pace.map_or(0, |pace| pace + GAP);
        if used + together <= room {
            end += if pace.is_some() { 2 } else { 1 };
            used += together;
        } else if end == start {
            // What is wider than the terminal goes alone.
            return start + 1;
        } else {
            break;
        }
    }
    end
}

/// The heads of the rows: titles, and names beside them where there is room.
struct Heads {
    titles: usize,
    names: usize,
    /// Whether what the table is about stands above it.
    caption: bool,
}

impl Heads {
    fn new(table: &Table, room: usize, names: bool) -> Self {
        let own = table.rows.iter().map(|row| row.depth * 2 + width(&words::row(row))).max().unwrap_or(0);
        let corner = width(&corner(table));
        // A caption that is much longer than the rows' own heads has a line of its own.
        let caption = corner > own.max(16).min(room);
        let titles = if caption { own } else { own.max(corner) };
        let beside = table.rows.iter().filter_map(|row| row.label.beside()).map(width);
        let names = if names { beside.max().unwrap_or(0) } else { 0 };
        let names = if names > 0 && titles + 1 + names <= room { names } else { 0 };
        Self { titles: titles.min(room.max(6)), names, caption }
    }

    fn width(&self) -> usize {
        self.titles + if self.names > 0 { self.names + 1 } else { 0 }
    }

    fn corner(&self, page: &mut Page, table: &Table, indent: usize, shown: &[(&(String, &Column), usize)]) {
        let mut line = Line::indented(indent);
        let role = if table.of.is_some() { Role::Plain } else { Role::Quiet };
        let text = if self.caption { String::new() } else { cut(&corner(table), self.width()) };
        line.left(&text, self.width(), role);
        for ((head, _), width) in shown {
            line.right(&cut(head, *width), *width + GAP, Role::Quiet);
        }
        page.line(line);
    }

    fn row(&self, line: &mut Line, row: &Row) {
        let depth = (row.depth * 2).min(self.titles.saturating_sub(4));
        let text = cut(&words::row(row), self.titles - depth);
        let role = match row.kind {
            Rows::Together | Rows::Team => Role::Strong,
            _ => Role::Plain,
        };
        line.left("", depth, Role::Plain);
        line.left(&text, self.titles - depth, role);
        if self.names > 0 {
            line.left("", 1, Role::Plain);
            line.left(row.label.beside().unwrap_or_default(), self.names, Role::Quiet);
        }
    }
}

/// What stands over the heads of the rows.
fn corner(table: &Table) -> String {
    match (&table.of, table.by) {
        (Some(of), Some(by)) => format!("{} {}", of.text(), words::by(by)),
        (Some(of), None) => of.text().to_owned(),
        (None, Some(by)) => words::by(by),
        (None, None) => String::new(),
    }
}
