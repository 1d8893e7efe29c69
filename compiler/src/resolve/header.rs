//! What `plan` says.

use milepost_grammar::ast::{self, PlanStatement};
use rust_decimal::Decimal;

use super::declare::Declarations;
use super::names::plain;
use super::not_built::Feature;
use super::once::Once;
use super::time::Fiscal;
use super::{Resolver, unknown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::{cannot_read, join};
use crate::message::Message;
use crate::noun::Noun;
use crate::plan::Focus;

/// The edition of the language that this compiler reads.
const EDITION: Decimal = Decimal::ONE;

impl Resolver<'_> {
    /// Resolves the plan's own statements, but for what needs others.
    pub(super) fn header(&mut self, declared: &Declarations<'_>) {
        let Some(plan) = &declared.plan else {
            let place = self.plan.place;
            return self.diagnostics.say(Message::NoPlan, place);
        };
        self.enter(plan.at);
        let tree = plan.tree;
        self.plan.name = plain(&tree.name);
        self.plan.title = tree.title.as_ref().map(|title| title.value.clone());
        self.plan.place = self.place(tree.name.span);
        // What a fiscal year is decides what periods mean, wherever it stands.
        self.fiscal_year(tree);
        let mut edition = Once::default();
        let mut period = Once::default();
        let mut currency = Once::default();
        let mut calendar = Once::default();
        let mut timezone = Once::default();
        let mut language = Once::default();
        let mut follows = Once::default();
        let mut period_written = false;
        for statement in &tree.body {
            match statement {
                PlanStatement::Edition(number) => {
                    edition.set(self, "edition", number.value, number.span);
                    if number.value != EDITION {
                        self.say(Message::UnknownEdition { edition: number.value.to_string() }, number.span);
                    }
                }
                PlanStatement::Period(range) => {
                    period_written = true;
                    if let Some(days) = self.span(range) {
                        period.set(self, "period", days, range.span);
                    }
                }
                PlanStatement::Currency(code) => {
                    let found = self.currency(code);
                    currency.set(self, "currency", found, code.span);
                }
                PlanStatement::Calendar(name) => {
                    let found = self.find_calendar(name);
                    calendar.set(self, "calendar", found, name.span);
                }
                PlanStatement::Timezone(name) => {
                    let found = self.timezone(name);
                    timezone.set(self, "timezone", found, name.span);
                }
                PlanStatement::Language(name) => {
                    language.set(self, "language", name.value.clone(), name.span);
                    self.uses(Feature::Language, name.span);
                }
                PlanStatement::Follows(file) => {
                    if let Some(path) = self.followed(file) {
                        follows.set(self, "follows", path, file.span);
                    }
                }
                PlanStatement::Focus(focus) => {
                    if let Some(days) = self.span(&focus.period) {
                        let place = self.place(focus.span);
                        self.plan.focus.push(Focus { period: days, text: focus.text.value.clone(), place });
                    }
                }
                // Its waivers name goals, which are looked at later.
                PlanStatement::Smart(_)
                | PlanStatement::Fiscal(_)
                | PlanStatement::Include(_)
                | PlanStatement::Broken(_) => {}
            }
        }
        self.period = period.value();
        if !period_written {
            self.say(Message::NoPeriod { plan: plain(&tree.name) }, tree.name.span);
        }
        self.plan.currency = currency.value().flatten();
        self.plan.timezone = timezone.value().flatten();
        self.plan.language = language.value();
        self.plan.follows = follows.value();
        if let Some(calendar) = calendar.value().flatten() {
            self.plan.calendar = calendar;
        }
    }

    /// The path of the plan before this one. It is no part of this one, so that a plan whose forerunner is not at hand means what
    /// it says.
    fn followed(&mut self, file: &ast::Text) -> Option<String> {
        let includer = self.sources.file(self.file).path.clone();
        let Some(path) = join(&includer, &file.value) else {
            self.say(Message::FileOutside { path: file.value.clone() }, file.span);
            return None;
        };
        if let Err(error) = self.world.open(&path).map(drop) {
            let mut diagnostic = Diagnostic::new(cannot_read(&path, error), self.place(file.span));
            diagnostic.severity = Severity::Warning;
            self.push(diagnostic);
        }
        Some(path)
    }

    fn timezone(&mut self, name: &ast::Name) -> Option<chrono_tz::Tz> {
        let found = name.value.parse().ok();
        if found.is_none() {
            let known = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
            let near = self.suggester.nearest_word(&name.value, known);
            let diagnostic = unknown(Noun::Timezone, &name.value, near, self.place(name.span));
            self.push(diagnostic);
        }
        found
    }

    fn fiscal_year(&mut self, tree: &ast::Plan) {
        let mut fiscal = Once::default();
        for statement in &tree.body {
            if let PlanStatement::Fiscal(said) = statement {
                let year =
                    Fiscal { starts: said.starts.value.clamp(1, 12), named_by_start: said.named_by_start };
                fiscal.set(self, "fiscal year starts", year, said.span);
            }
        }
        self.fiscal = fiscal.value();
        self.plan.fiscal_start = self.fiscal.map_or(1, |fiscal| fiscal.starts);
        self.plan.fiscal = self.fiscal.is_some();
        self.plan.fiscal_by_start = self.fiscal.is_some_and(|fiscal| fiscal.named_by_start);
    }
}
