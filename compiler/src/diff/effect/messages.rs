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
        let mut left: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (index, (said, same)) in was.iter().enumerate().rev() {
            left.entry((said.code, same)).or_default().push(index);
        }
        let mut gone: Vec<Option<&SaidEffect>> = was.iter().map(|(said, _)| Some(said)).collect();
        let mut all = Vec::new();
        for (said, same) in &now {
            let known = left.get_mut(&(said.code, same.as_str()));
            // Of those that are alike the one that is as bad first.
            let known = known.and_then(|known| {
                let is_as_bad =
                    |index: &usize| was.get(*index).is_some_and(|(was, _)| was.severity == said.severity);
                let at = known.iter().rposition(is_as_bad);
                at.map(|at| known.remove(at)).or_else(|| known.pop())
            });
            match known.and_then(|index| gone.get_mut(index)?.take()) {
                Some(known) if known.severity == said.severity => {}
                Some(known) => all.push(SaidEffect { was: Some(known.severity), ..said.clone() }),
                None => all.push(said.clone()),
            }
        }
        all.extend(gone.into_iter().flatten().map(|said| SaidEffect { is_new: false, ..said.clone() }));
        // New ones first, errors before warnings.
        all.sort_by_key(|said| (!said.is_new, said.severity));
        all
    }

    /// All messages, each with what makes two of them the same one.
    fn told(&self, side: &Side<'_>, renamed: &Renamed) -> Vec<(SaidEffect, String)> {
        let compilation = side.version.compilation;
        // What is checked of goals that an error spoils is not made better or worse by it.
        let all_known = self.known.skipped.is_empty() && !self.known.hidden;
        let is_known = |said: &&Diagnostic| {
            let code = said.message.code();
            code != "plan::not-built" && (all_known || !code.starts_with("smart::"))
        };
        let told = compilation.diagnostics.iter().filter(is_known).map(|said| {
            let text = said.message.text();
            let code = said.message.code();
            let named = renamed.in_text(&text);
            let same = match code {
                // In how many periods stands there in words.
                "smart::attainable::ceiling" => {
                    named.split('`').skip(1).step_by(2).collect::<Vec<_>>().join("`")
                }
                _ if said.severity == Severity::Error && !code.starts_with("smart::") => named.into_owned(),
                _ => without_numbers(&named),
            };
            let source = compilation.sources.file_line(said.place);
            (SaidEffect { is_new: true, severity: said.severity, was: None, code, text, source }, same)
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
