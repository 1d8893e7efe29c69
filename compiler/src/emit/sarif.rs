//! Messages as SARIF 2.1.0, which GitHub's code scanning and others read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::finding::{FilePath, Finding, Region};
use super::plain_json;
use crate::diagnostic::{Fix, Severity};
use crate::harmless;
use crate::pages;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What paths count from. Where that is, whoever reads the report knows.
const ROOT: &str = "%SRCROOT%";
/// Whose fingerprint it is, and which way of making it.
const FINGERPRINT: &str = "milepost/v1";

/// Writes the report. It names the rules that something is said by, in the order of their codes.
///
/// # Errors
/// If `out` does not take it.
pub fn write(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    let codes: BTreeSet<&'static str> = findings.iter().map(Finding::code).collect();
    let pages: BTreeMap<_, _> = pages::all().collect();
    let rules: Vec<Rule> = codes.iter().map(|code| Rule::new(code, pages.get(code))).collect();
    let driver = Driver {
        name: "Milepost",
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules,
    };
    let root = Root { description: Text::new("The top of the repository") };
    let run = Run {
        tool: Tool { driver },
        original_uri_base_ids: BTreeMap::from([(ROOT, root)]),
        column_kind: "unicodeCodePoints",
        results: Results { codes: codes.into_iter().collect(), findings },
    };
    plain_json::write(out, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    original_uri_base_ids: BTreeMap<&'static str, Root>,
    column_kind: &'static str,
    results: Results<'a>,
}

#[derive(Serialize)]
struct Root {
    description: Text,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

impl Rule {
    fn new(code: &'static str, page: Option<&&'static str>) -> Self {
        let page = page.copied().unwrap_or(code);
        let means = page.lines().next().unwrap_or_default();
        let more = page.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let text = format!("{more} An example, and the same mended: milepost check --explain {code}");
        Self {
            id: code,
            short_description: Text::new(means),
            full_description: Text::new(&more),
            help: Help { text, markdown: page.to_owned() },
        }
    }
}

#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// A message: `[text](1)` in one would be a link.
    fn message(text: &str) -> Self {
        Self { text: text.replace("](", "] (") }
    }
}

/// Made one by one while they are written.
struct Results<'a> {
    codes: Vec<&'static str>,
    findings: &'a [Finding<'a>],
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.findings.iter().map(|finding| {
            let rule = self.codes.binary_search(&finding.code()).unwrap_or_default();
            Outcome::new(finding, rule)
        }))
    }
}

/// What SARIF calls a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: Severity,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mending>,
}

impl Outcome {
    fn new(finding: &Finding, rule: usize) -> Self {
        let said = match finding.said() {
            (message, Some(help)) => format!("{message}\nhelp: {help}"),
            (message, None) => message,
        };
        let labels = finding.diagnostic.labels.iter().enumerate().map(|(index, label)| Location {
            id: Some(index + 1),
            physical_location: Physical::new(finding.region_of(label.place)),
            message: Some(Text::message(&harmless::one_line(&label.message.text()))),
        });
        let fixes = finding.diagnostic.fixes.iter().filter(|fix| !fix.edits.is_empty());
        Self {
            rule_id: finding.code(),
            rule_index: rule,
            level: finding.severity(),
            message: Text::message(&said),
            locations: [Location {
                id: None,
                physical_location: Physical::new(finding.region()),
                message: None,
            }],
            related_locations: labels.collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, finding.fingerprint())]),
            fixes: fixes.map(|fix| Mending::new(finding, fix)).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Lines,
}

impl Physical {
    fn new(region: Region) -> Self {
        Self { artifact_location: Artifact::new(region.file), region: Lines::new(region) }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

impl Artifact {
    fn new(file: &FilePath) -> Self {
        match file {
            FilePath::Inside(path) => Self { uri: encoded(path), uri_base_id: Some(ROOT) },
            FilePath::Outside(path) => {
                // `C:/plans` has no `/` of its own.
                let slash = if path.starts_with('/') { "" } else { "/" };
                Self { uri: format!("file://{slash}{}", encoded(path)), uri_base_id: None }
            }
        }
    }
}

/// Lines and columns from 1, up to behind the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Lines {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Lines {
    fn new(Region { start, end, .. }: Region) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// What SARIF calls a fix.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mending {
    description: Text,
    artifact_changes: Vec<Change>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Lines,
    inserted_content: Text,
}

impl Mending {
    fn new(finding: &Finding, fix: &Fix) -> Self {
        let mut files: BTreeMap<&FilePath, Vec<Replacement>> = BTreeMap::new();
        for (place, text) in &fix.edits {
            let region = finding.region_of(*place);
            files
                .entry(region.file)
                .or_default()
                .push(Replacement { deleted_region: Lines::new(region), inserted_content: Text::new(text) });
        }
        let changes = files
            .into_iter()
            .map(|(file, replacements)| Change { artifact_location: Artifact::new(file), replacements });
        Self {
            description: Text::message(&harmless::one_line(&fix.title.text())),
            artifact_changes: changes.collect(),
        }
    }
}

/// A path as a URI has it: everything but what RFC 3986 leaves alone, and the slashes.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
