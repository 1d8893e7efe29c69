//! What is said of the plan that was not, and the other way round.

use std::collections::HashMap;

use super::lines::Side;
use super::{Comparison, SaidEffect};
use crate::diagnostic::{Diagnostic, Severity};
use crate::diff::facts::Renamed;

impl Comparison<'_> {
    pub(super) fn said(&self) -> Vec<SaidEffect> {
        let was = self.told(&self.was, self.renamed);
        let now = self.told(&self.now, &Renamed::default());
        let mut counts: HashMap<(Severity, &str, &str), isize> = HashMap::new();
        for (said, same) in &was {
            *counts.entry((said.severity, said.code, same)).or_default() += 1;
        }
        let mut all = Vec::new();
        for (said, same) in &now {
            let count = counts.entry((said.severity, said.code, same)).or_default();
            *count -= 1;
            if *count < 0 {
                all.push(SaidEffect { is_new: true, ..said.clone() });
            }
        }
        for (said, same) in was.iter().rev() {
            if let Some(count) = counts.get_mut(&(said.severity, said.code, same.as_str()))
                && *count > 0
            {
                *count -= 1;
                all.push(SaidEffect { is_new: false, ..said.clone() });
            }
        }
        // New ones first, errors before warnings.
        all.sort_by_key(|said| (!said.is_new, said.severity));
        all
    }

    /// All messages, each with what makes two of them the same one.
    fn told(&self, side: &Side<'_>, renamed: &Renamed) -> Vec<(SaidEffect, String)> {
        let compilation = side.version.compilation;
        // What is checked of goals that an error spoils is not made better or worse by it.
        let is_known = |said: &&Diagnostic| !self.broken || !said.message.code().starts_with("smart::");
        let told = compilation.diagnostics.iter().filter(is_known).map(|said| {
            let text = said.message.text();
            let same = without_numbers(&renamed.in_text(&text));
            let source = compilation.sources.file_line(said.place);
            let code = said.message.code();
            (SaidEffect { is_new: false, severity: said.severity, code, text, source }, same)
        });
        told.collect()
    }
}

/// A message without its numbers: those are told as amounts, and what is said is the same. Names keep theirs.
fn without_numbers(text: &str) -> String {
    let is_number = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',');
    let mut parts = text.split('`').enumerate();
    let mut out = String::with_capacity(text.len());
    for (index, part) in &mut parts {
        // Between backticks stands a name, or something written that is all number.
        let is_name = index % 2 == 1 && part.contains(|sign: char| sign.is_alphabetic());
        out.extend(part.chars().filter(|sign| is_name || !is_number(*sign)));
        out.push('`');
    }
    out
}
