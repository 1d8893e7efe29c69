//! The page of a code: its part of `DIAGNOSTICS.md`, which is made from examples that are tested.

use super::explain::unknown;

const PAGES: &str = include_str!("../../DIAGNOSTICS.md");

/// What there is to say about a code: what it means, a plan that brings it and the same plan mended. Of a beginning such as
/// `smart::attainable`, the codes that start with it.
///
/// # Errors
/// If there is no such code, with the nearest one.
pub(super) fn code_page(code: &str) -> Result<String, String> {
    let entries = || PAGES.split("\n### ").skip(1).filter_map(|entry| entry.split_once('\n'));
    let name = |heading: &'static str| heading.trim_matches('`');
    if let Some((heading, text)) = entries().find(|(heading, _)| name(heading) == code) {
        // The next area's heading stands behind the last entry of an area.
        let text = text.split("\n## ").next().unwrap_or_default().trim();
        return Ok(format!("{}\n\n{text}", name(heading)));
    }
    let inside = |heading: &&str| heading.strip_prefix(code).is_some_and(|rest| rest.starts_with("::"));
    let all: Vec<&str> = entries().map(|(heading, _)| name(heading)).filter(inside).collect();
    if all.is_empty() {
        return Err(unknown("code", code, entries().map(|(heading, _)| name(heading))));
    }
    Ok(all.join("\n"))
}
