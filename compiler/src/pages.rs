//! The pages of codes: their parts of `DIAGNOSTICS.md`, which is made from examples that are tested.

const PAGES: &str = include_str!("../DIAGNOSTICS.md");

/// Every code with what there is to say about it: what it means in one line, more, a plan that brings it and the same mended.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGES
        .split("\n### ")
        .skip(1)
        .filter_map(|entry| entry.split_once('\n'))
        // The next area's heading stands behind the last entry of an area.
        .map(|(heading, text)| {
            (heading.trim_matches('`'), text.split("\n## ").next().unwrap_or_default().trim())
        })
}
