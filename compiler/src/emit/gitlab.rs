//! Messages for GitLab: the array of a Code Quality report.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::finding::Finding;
use super::plain_json;
use crate::diagnostic::Severity;

/// Writes the report.
///
/// # Errors
/// If `out` does not take it.
pub fn write(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    plain_json::write(out, &Report(findings))
}

struct Report<'a>(&'a [Finding<'a>]);

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Violation::new))
    }
}

#[derive(Serialize)]
struct Violation<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

/// From the first line to the last.
#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl<'a> Violation<'a> {
    fn new(finding: &Finding<'a>) -> Self {
        let region = finding.region();
        let description = match finding.said() {
            (message, Some(help)) => format!("{message}; {help}"),
            (message, None) => message,
        };
        let severity = match finding.severity() {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        };
        Self {
            description,
            check_name: finding.code(),
            fingerprint: finding.fingerprint(),
            severity,
            location: Location {
                path: region.file.text(),
                lines: Lines { begin: region.start.line, end: region.end.line },
            },
        }
    }
}
