//! Messages for GitHub: workflow commands that put them beside the lines of a pull request.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
//!
//! Plans come from strangers, and the runner takes any line for a command that begins with `::` or holds `##[`. What they wrote
//! stands behind words of ours, on the same line.

use std::borrow::Cow;
use std::io::{self, Write};

use super::finding::{Finding, Region};
use crate::diagnostic::Severity;
use crate::harmless;

/// GitHub shows so many of each kind and step, and drops the others without a word.
const SHOWN: usize = 10;
/// The runner cuts messages at 4,096 units of UTF-16; some are left for how many there are more.
const LONGEST: usize = 4_000;

/// Writes the first ten errors, warnings and notes as annotations, the last of which says how many more there are. Those, and
/// what is too long for an annotation, stand whole on lines of the log behind them.
///
/// # Errors
/// If `out` does not take it.
pub fn write(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    let mut logged = Vec::new();
    for (severity, command, word) in KINDS {
        let kind: Vec<&Finding> = findings.iter().filter(|finding| finding.severity() == severity).collect();
        let more = kind.len().saturating_sub(SHOWN);
        for (index, finding) in kind.into_iter().enumerate() {
            let last = more > 0 && index + 1 == SHOWN;
            if index >= SHOWN || !annotate(out, finding, command, last.then(|| rest(more, word)))? {
                logged.push((finding, word));
            }
        }
    }
    for (finding, word) in logged {
        writeln!(out, "{}", line(finding, word))?;
    }
    Ok(())
}

/// Severities, worst first, with GitHub's words and ours.
const KINDS: [(Severity, &str, &str); 3] = [
    (Severity::Error, "error", "error"),
    (Severity::Warning, "warning", "warning"),
    (Severity::Note, "notice", "note"),
];

fn rest(more: usize, word: &str) -> String {
    if more == 1 {
        format!("1 more {word} is in the log")
    } else {
        format!("{more} more {word}s are in the log")
    }
}

/// Writes one annotation, and says whether all of the message is in it.
fn annotate(out: &mut dyn Write, finding: &Finding, command: &str, more: Option<String>) -> io::Result<bool> {
    let Region { file, start, end } = finding.region();
    let path = harmless::one_line(file.text());
    write!(out, "::{command} file={},line={}", property(&path), start.line)?;
    write!(out, ",endLine={},col={}", start.line, start.column)?;
    // An annotation stands below its last line, and GitHub takes columns on one line only: a long block is known by how
    // it begins.
    if end.line == start.line {
        write!(out, ",endColumn={}", end.column)?;
    }
    let (message, help) = finding.said();
    let said = help.map_or(message.clone(), |help| format!("{message}\nhelp: {help}"));
    let (text, whole) = cut(&said);
    let more = more.map(|more| format!("\n{more}")).unwrap_or_default();
    let ellipsis = if whole { "" } else { "…" };
    let text = format!("{text}{ellipsis}{more}");
    writeln!(out, ",title={}::{}", property(finding.code()), data(&text))?;
    Ok(whole)
}

/// One message on one line of the log, which is no command whatever it says.
fn line(finding: &Finding, word: &str) -> String {
    let Region { file, start, .. } = finding.region();
    let (message, help) = finding.said();
    let help = help.map(|help| format!("; help: {help}")).unwrap_or_default();
    let path = harmless::one_line(file.text());
    let said = format!("{word}[{}] {path}:{}:{}: {message}{help}", finding.code(), start.line, start.column);
    said.replace("##[", "# #[")
}

/// What of a text an annotation takes, and whether that is all.
fn cut(text: &str) -> (&str, bool) {
    let mut units = 0;
    let beyond = text.char_indices().find(|(_, sign)| {
        units += sign.len_utf16();
        units > LONGEST
    });
    beyond.map_or((text, true), |(at, _)| (text.get(..at).unwrap_or_default(), false))
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> Cow<'_, str> {
    if text.contains(['%', '\r', '\n', ':', ',']) {
        Cow::Owned(data(text).replace(':', "%3A").replace(',', "%2C"))
    } else {
        Cow::Borrowed(text)
    }
}
