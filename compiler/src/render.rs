//! Messages for people at a terminal: an excerpt of the plan, a caret, labels, help and the code.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diagnostic::{Diagnostic, Severity};
use crate::harmless::{harmless, line};
use crate::sources::{FileId, Place, Sources};

/// Of a line that is cut on the left, so many columns stay before what is pointed at.
const LEAD: usize = 16;
/// Columns that miette takes for the number of a line and what stands between it and the line.
const GUTTER: usize = 10;

/// How messages are shown.
#[derive(Clone, Debug)]
pub struct Style {
    /// Whether to colour.
    pub colour: bool,
    /// Columns to wrap messages at.
    pub width: usize,
    /// Columns at which lines of a plan are cut, so that carets stay under what they point at.
    pub cut: usize,
    /// What stands before the names of files: the folder that they are relative to, with its `/`.
    pub folder: String,
}

/// Writes each message with its excerpt.
///
/// # Errors
/// If `out` does not take it.
pub fn write(
    out: &mut dyn Write,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    style: &Style,
) -> io::Result<()> {
    let theme = if style.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(style.width)
        .with_context_lines(1)
        .with_show_related_as_nested(true);
    let files = Files::new(sources, style);
    for diagnostic in diagnostics {
        let mut text = String::new();
        // Only the sink can fail here, and a string does not.
        let _ = handler.render_report(&mut text, &Shown::new(diagnostic, &files));
        for row in text.lines() {
            out.write_all(row.trim_end().as_bytes())?;
            out.write_all(b"\n")?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// How many messages of each kind there are, in words.
#[must_use]
pub fn counts(diagnostics: &[Diagnostic]) -> String {
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counted = kinds.into_iter().filter_map(|(severity, word)| {
        match diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count() {
            0 => None,
            1 => Some(format!("1 {word}")),
            many => Some(format!("{many} {word}s")),
        }
    });
    let counted = counted.collect::<Vec<_>>().join(", ");
    if counted.is_empty() { "no errors, no warnings".to_owned() } else { counted }
}

/// The files as they may be shown.
struct Files<'a> {
    sources: &'a Sources,
    /// Names and texts, in the order of the files.
    shown: Vec<(String, Cow<'a, str>)>,
    /// Columns that a line may take.
    columns: usize,
}

impl<'a> Files<'a> {
    fn new(sources: &'a Sources, style: &Style) -> Self {
        let shown = sources.files().iter().map(|file| {
            let folder = if file.argument { "" } else { style.folder.as_str() };
            let name = line(&format!("{folder}{}", file.path)).into_owned();
            (name, harmless(&file.text))
        });
        Self { sources, shown: shown.collect(), columns: style.cut.saturating_sub(GUTTER).max(LEAD * 2) }
    }
}

/// One message as miette takes it.
struct Shown<'a> {
    text: String,
    code: Option<&'static str>,
    severity: Severity,
    help: Option<String>,
    labels: Vec<LabeledSpan>,
    source: Excerpt<'a>,
    related: Vec<Shown<'a>>,
}

impl<'a> Shown<'a> {
    fn new(diagnostic: &Diagnostic, files: &'a Files<'a>) -> Self {
        let message = &diagnostic.message;
        let sources = files.sources;
        let (file, _) = sources.locate(diagnostic.place);
        let mut shown = Self::at(diagnostic.place, files);
        shown.text = harmless(&message.text()).into_owned();
        shown.code = Some(message.code());
        shown.severity = diagnostic.severity;
        let fix = diagnostic.fixes.first().map(|fix| fix.title.text());
        shown.help = message.help().or(fix).map(|help| harmless(&help).into_owned());
        for label in &diagnostic.labels {
            let text = harmless(&label.message.text()).into_owned();
            if sources.locate(label.place).0 == file {
                shown.labels.push(span(label.place, sources, Some(text)));
            } else {
                // Another file has an excerpt of its own.
                let mut elsewhere = Self::at(label.place, files);
                elsewhere.text = text;
                elsewhere.severity = Severity::Note;
                shown.related.push(elsewhere);
            }
        }
        shown
    }

    fn at(place: Place, files: &'a Files<'a>) -> Self {
        let (file, _) = files.sources.locate(place);
        let labels =
            vec![LabeledSpan::new_primary_with_span(None, *span(place, files.sources, None).inner())];
        let source = Excerpt { files, file };
        Self {
            text: String::new(),
            code: None,
            severity: Severity::Error,
            help: None,
            labels,
            source,
            related: Vec::new(),
        }
    }
}

/// What is pointed at, up to its first line's end: a long block is known by how it begins.
fn span(place: Place, sources: &Sources, label: Option<String>) -> LabeledSpan {
    let (file, range) = sources.locate(place);
    let text = sources.file(file).text.get(range.clone()).unwrap_or_default();
    let length = text.lines().next().map_or(0, |line| line.trim_end().len());
    LabeledSpan::new_with_span(label, (range.start, length))
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        if self.related.is_empty() {
            return None;
        }
        Some(Box::new(self.related.iter().map(|related| related as &dyn miette::Diagnostic)))
    }
}

/// A file that gives excerpts without reading it from its start for each, as miette's own do.
struct Excerpt<'a> {
    files: &'a Files<'a>,
    file: FileId,
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let lines = &self.files.sources.file(self.file).lines;
        let (name, text) = self.files.shown.get(self.file.0 as usize).ok_or(MietteError::OutOfBounds)?;
        let first = lines.line(span.offset());
        let end = span.offset() + span.len();
        let last = lines.line(end);
        let back = first.saturating_sub(u32::try_from(before).unwrap_or(u32::MAX));
        let on = last
            .saturating_add(u32::try_from(after).unwrap_or(u32::MAX))
            .min(lines.lines().saturating_sub(1));
        // Without context miette asks where the span itself starts.
        let (mut start, mut line) =
            if before == 0 { (span.offset(), first) } else { (lines.start(back), back) };
        let mut stop = lines.range(on).end;
        let whole = text.get(lines.range(first)).unwrap_or_default().trim_end();
        if before > 0 && first == last && UnicodeWidthStr::width(whole) > self.files.columns {
            let from = lines.start(first);
            let pointed = text.get(from..end).unwrap_or_default();
            let mut cut = from;
            if UnicodeWidthStr::width(pointed) > self.files.columns {
                let lead = text.get(from..span.offset()).unwrap_or_default();
                cut = span.offset() - tail(lead, LEAD);
                (start, line) = (cut, first);
            }
            stop = (cut + head(text.get(cut..).unwrap_or_default(), self.files.columns)).max(end);
            stop = stop.min(from + whole.len());
        }
        let position = lines.position(text, start);
        let column = if before == 0 { position.column as usize } else { 0 };
        let data = text.get(start..stop.max(start)).ok_or(MietteError::OutOfBounds)?;
        let count = data.lines().count().max(1);
        Ok(Box::new(MietteSpanContents::new_named(
            name.clone(),
            data.as_bytes(),
            (start, data.len()).into(),
            line as usize,
            column,
            count,
        )))
    }
}

/// How many bytes at the start of `text` fit into `columns`.
fn head(text: &str, columns: usize) -> usize {
    fitting(text.chars(), columns)
}

/// The same at its end.
fn tail(text: &str, columns: usize) -> usize {
    fitting(text.chars().rev(), columns)
}

fn fitting(signs: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut left = columns;
    let fits = |sign: &char| {
        let rest = left.checked_sub(UnicodeWidthChar::width(*sign).unwrap_or(0));
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    signs.take_while(fits).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::compile;
    use crate::world::MemoryWorld;

    #[test]
    fn long_lines_are_cut_to_the_terminal_around_what_is_pointed_at() {
        let plan = "plan p { period 2026-06 }\nperson 刘 \"北区销售代表北区销售代表\" { weight 1; role ae; calendar chna; until 2027-01-01 }\n";
        let compilation = compile(&MemoryWorld::new([("a.plan", plan)]), "a.plan");
        let style = Style { colour: false, width: 44, cut: 44, folder: String::new() };
        let mut out = Vec::new();
        write(&mut out, &compilation.diagnostics, &compilation.sources, &style).unwrap();
        let said = String::from_utf8(out).unwrap();
        let mut lines = said.lines();
        while let Some(line) = lines.next() {
            assert!(UnicodeWidthStr::width(line) <= 44, "{line}");
            if let Some(at) = line.find("chna").filter(|_| line.contains('│')) {
                let carets = lines.next().unwrap();
                let before = |line: &str, at: usize| UnicodeWidthStr::width(line.get(..at).unwrap());
                assert_eq!(before(carets, carets.find('─').unwrap()), before(line, at), "{said}");
            }
        }
    }
}
