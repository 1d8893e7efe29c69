//! Days off and working days from a table with the header `date,kind,name`.

use ::csv::{ReaderBuilder, StringRecord};

use super::DayMark;
use super::import::{ImportError, date, excerpt};
use crate::message::Message;

/// The days that `text` marks. The columns may stand in any order, and `name` may be missing.
pub(super) fn read(text: &str) -> Result<Vec<DayMark>, ImportError> {
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    if !next(&mut reader, &mut record, text)? {
        let message = Message::CalendarColumn { column: "date".to_owned(), found: String::new() };
        return Err(ImportError::new((1, 1), message));
    }
    let header: Vec<String> = record.iter().map(|cell| cell.trim().to_lowercase()).collect();
    let find = |column: &str| header.iter().position(|cell| cell == column);
    let require = |column: &str| {
        find(column).ok_or_else(|| {
            let message =
                Message::CalendarColumn { column: column.to_owned(), found: excerpt(&header.join(",")) };
            ImportError::new(place(text, &record, 0), message)
        })
    };
    let (dates, kinds, names) = (require("date")?, require("kind")?, find("name"));

    let mut marks = Vec::new();
    while next(&mut reader, &mut record, text)? {
        if record.len() != header.len() {
            let message = Message::CalendarRow { expected: header.len(), found: record.len() };
            return Err(ImportError::new(place(text, &record, 0), message));
        }
        let cell = |index: usize| record.get(index).unwrap_or_default().trim();
        let wrong = |index: usize, column: &str, expected: &str| {
            let (column, expected, found) = (column.to_owned(), expected.to_owned(), excerpt(cell(index)));
            ImportError::new(place(text, &record, index), Message::CalendarCell { column, expected, found })
        };
        let Some(date) = date(cell(dates)) else {
            return Err(wrong(dates, "date", "a date such as `2026-01-31`"));
        };
        let works = match cell(kinds) {
            "off" => false,
            "work" => true,
            _ => return Err(wrong(kinds, "kind", "`off` or `work`")),
        };
        marks.push(DayMark { date, works, name: names.map_or("", cell).to_owned() });
    }
    Ok(marks)
}

/// Whether there was one more record; the reader skips empty lines.
fn next(
    reader: &mut ::csv::Reader<&[u8]>,
    record: &mut StringRecord,
    text: &str,
) -> Result<bool, ImportError> {
    // Only text that is no UTF-8 can fail here, and that was looked at before.
    reader.read_record(record).map_err(|error| {
        let at = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        ImportError::new(line_and_column(text, at), Message::CalendarEncoding { byte: at })
    })
}

/// Where the cell at `index` of the record begins. The reader knows where the record begins, and counts the
/// line ends before it as part of it; the cells are found by walking over the text as it is quoted.
fn place(text: &str, record: &StringRecord, index: usize) -> (usize, usize) {
    let begin = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
    let rest = text.get(begin..).unwrap_or_default();
    let mut at = begin + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
    let (mut quoted, mut commas) = (false, 0);
    for (offset, byte) in text.as_bytes().get(at..).unwrap_or_default().iter().enumerate() {
        if commas == index {
            at += offset;
            break;
        }
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => commas += 1,
            _ => {}
        }
    }
    line_and_column(text, at)
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
