//! `milepost check --explain`

use super::explain::unknown;
use crate::pages;

/// What there is to say about a code: what it means, a plan that brings it and the same plan mended. A SMART check may be named
/// as a waiver names it, `attainable.growth`, and any code by its last word. Of a beginning such as `smart::attainable` the codes
/// that start with it, and what they mean.
///
/// # Errors
/// If there is no such code, with the nearest one.
pub(super) fn code_page(code: &str) -> Result<String, String> {
    let asked = code.trim().trim_end_matches(':').replace('.', "::").to_lowercase();
    let entries: Vec<(&str, &str)> = pages::all().collect();
    let page = |(name, text): (&str, &str)| format!("{name}\n\n{text}");
    if let Some(entry) = entries.iter().find(|(name, _)| *name == asked) {
        return Ok(page(*entry));
    }
    let starts =
        |(name, _): &&(&str, &str)| name.strip_prefix(&asked).is_some_and(|rest| rest.starts_with("::"));
    let inside: Vec<String> = entries
        .iter()
        .filter(starts)
        .map(|(name, text)| format!("{name:<34} {}", text.lines().next().unwrap_or_default()))
        .collect();
    if !inside.is_empty() {
        return Ok(inside.join("\n"));
    }
    let ends = |(name, _): &&(&str, &str)| name.strip_suffix(&asked).is_some_and(|rest| rest.ends_with("::"));
    let mut by_end = entries.iter().filter(ends);
    match (by_end.next(), by_end.next()) {
        (Some(entry), None) => Ok(page(*entry)),
        _ => Err(unknown("code", code, entries.iter().map(|(name, _)| *name))),
    }
}
