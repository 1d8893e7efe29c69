//! Metrics.

use milepost_grammar::Span;
use milepost_grammar::ast::{self, Better, Grain, MetricKind, MetricStatement, Total, Unit, WeekdayWeight};
use rust_decimal::Decimal;

use super::Resolver;
use super::currency::{codes_of, currency, sign_fits};
use super::cycle::{self, Graph};
use super::declare::Declarations;
use super::names::plain;
use super::once::Once;
use crate::diagnostic::Diagnostic;
use crate::exact::{Exact, Step, exact};
use crate::message::Message;
use crate::plan::{Formula, Metric, MetricId, MetricUnit};
use crate::sources::Place;

impl Resolver<'_> {
    pub(super) fn metrics(&mut self, declared: &Declarations<'_>) {
        for metric in &declared.metrics {
            self.enter(metric.at);
            let resolved = self.metric(metric.tree);
            if metric.kept {
                self.plan.metrics.push(resolved);
            }
        }
        self.formula_cycles(declared);
        self.computed(declared);
    }

    fn metric(&mut self, tree: &ast::Metric) -> Metric {
        let mut kind = Once::default();
        let mut better = Once::default();
        let mut total = Once::default();
        let mut grain = Once::default();
        let mut unit = Once::default();
        let mut step = Once::default();
        let mut weekdays = Once::default();
        for statement in &tree.body {
            match statement {
                MetricStatement::Kind(said) => kind.set(self, "kind", said.value, said.span),
                MetricStatement::Better(said) => better.set(self, "better", said.value, said.span),
                MetricStatement::Total(said) => total.set(self, "total", said.value, said.span),
                MetricStatement::Grain(said) => {
                    if said.value > Grain::Quarter {
                        self.say(Message::GrainTooCoarse, said.span);
                    } else {
                        grain.set(self, "grain", said.value, said.span);
                    }
                }
                MetricStatement::Unit(said) => {
                    let resolved = self.metric_unit(&said.value, said.span);
                    unit.set(self, "unit", resolved, said.span);
                }
                MetricStatement::Step(said) => step.set(self, "step", said, said.span),
                MetricStatement::Weekdays(said, span) => {
                    let resolved = self.weekdays(said, *span);
                    weekdays.set(self, "weekdays", resolved, *span);
                }
                MetricStatement::Broken(_) => {}
            }
        }
        if let (Some(_), Some(span)) = (&tree.formula, total.span()) {
            self.say(Message::NotForComputed { statement: "total".to_owned() }, span);
        }
        let kind = kind.value().unwrap_or(MetricKind::Outcome);
        let unit = unit.value().flatten().unwrap_or(MetricUnit::Count(None));
        let default_step = match &unit {
            MetricUnit::Money(currency) => Decimal::new(1, currency.decimals),
            MetricUnit::Count(_) => Decimal::ONE,
            MetricUnit::Percent => Decimal::new(1, 1),
        };
        let mut metric = Metric {
            name: plain(&tree.name),
            title: tree.title.as_ref().map(|title| title.value.clone()),
            place: self.place(tree.name.span),
            unit,
            kind,
            better: better.value().unwrap_or(Better::Higher),
            total: total.value().unwrap_or(Total::Sum),
            grain: grain.value().unwrap_or(match kind {
                MetricKind::Activity => Grain::Day,
                MetricKind::Outcome => Grain::Month,
            }),
            step: Step::new(default_step),
            weekdays: weekdays.value().flatten(),
            formula: None,
        };
        if let Some(said) = step.value() {
            let fits = super::quantity::misfit(&metric, said);
            if let Some(message) = fits {
                self.say(message, said.span);
            } else if said.value <= Decimal::ZERO {
                self.say(Message::StepNotAboveZero, said.span);
            } else {
                metric.step = Step::new(said.value);
            }
        }
        metric.formula = tree.formula.as_ref().and_then(|formula| self.formula(formula));
        metric
    }

    /// What `unit WORD` counts. A word that is no currency is counted as itself.
    fn metric_unit(&mut self, unit: &Unit, span: Span) -> Option<MetricUnit> {
        match unit {
            Unit::Percent | Unit::Points => Some(MetricUnit::Percent),
            Unit::Word(word) => Some(match word.as_str() {
                "percent" => MetricUnit::Percent,
                "count" => MetricUnit::Count(None),
                code => match currency(code) {
                    Some(currency) => MetricUnit::Money(currency),
                    None => MetricUnit::Count(Some(code.to_owned())),
                },
            }),
            Unit::Sign(sign) => {
                if let Some(currency) =
                    self.plan.currency.as_ref().filter(|currency| sign_fits(*sign, currency))
                {
                    return Some(MetricUnit::Money(currency.clone()));
                }
                let code = codes_of(*sign).next().unwrap_or("USD").to_owned();
                self.say(Message::SignWithoutCurrency { sign: *sign, code }, span);
                None
            }
        }
    }

    /// The weights of the days of the week, from Monday.
    fn weekdays(&mut self, said: &[WeekdayWeight], span: Span) -> Option<[Option<Exact>; 7]> {
        let mut days: [Option<(Exact, Span)>; 7] = Default::default();
        for entry in said {
            let index = entry.day.value.num_days_from_monday() as usize;
            let Some(day) = days.get_mut(index) else { continue };
            match day {
                None => *day = Some((exact(entry.weight.value), entry.day.span)),
                Some((_, first)) => {
                    let (first, name) = (*first, self.written(entry.day.span));
                    self.twice(Message::NamedTwice { name }, entry.day.span, first);
                }
            }
        }
        let days = days.map(|day| day.map(|(weight, _)| weight));
        if days.iter().flatten().all(Exact::is_zero) {
            self.say(Message::WeekdaysOfZero, span);
            return None;
        }
        Some(days)
    }

    fn formula(&mut self, formula: &ast::Formula) -> Option<Formula> {
        match formula {
            ast::Formula::Ratio(over, under) => {
                let (over, under) = (self.find_metric(over), self.find_metric(under));
                Some(Formula::Ratio(over?, under?))
            }
            ast::Formula::Sum(names) => {
                let found: Vec<_> = names.iter().map(|name| self.find_metric(name)).collect();
                found.into_iter().collect::<Option<Vec<_>>>().map(Formula::Sum)
            }
        }
    }

    /// A metric that is computed from itself has no value.
    fn formula_cycles(&mut self, declared: &Declarations<'_>) {
        let mut graph: Graph<Place> = Graph::new(self.plan.metrics.len());
        let mut index = 0;
        for metric in &declared.metrics {
            if !metric.kept {
                continue;
            }
            let names: Vec<&ast::Name> = match &metric.tree.formula {
                None => Vec::new(),
                Some(ast::Formula::Ratio(over, under)) => vec![over, under],
                Some(ast::Formula::Sum(names)) => names.iter().collect(),
            };
            for name in names {
                if let Some(entry) = self.names.metrics.get(&name.value) {
                    graph.edge(index, entry.index, Place::new(metric.at.0, name.span));
                }
            }
            index += 1;
        }
        for found in cycle::closing_edges(&graph) {
            let path = found.nodes.iter().map(|node| self.metric_name(MetricId::new(*node))).collect();
            self.push(Diagnostic::new(Message::FormulaCycle { path }, found.by));
            if let Some(metric) = self.plan.metrics.get_mut(found.from) {
                metric.formula = None;
            }
        }
    }

    /// What a computed metric has from those it is computed from: a sum is counted like them, and a ratio, or a sum of
    /// levels, does not add up over days.
    fn computed(&mut self, declared: &Declarations<'_>) {
        for (index, metric) in declared.metrics.iter().filter(|metric| metric.kept).enumerate() {
            self.enter(metric.at);
            let Some(known) = self.plan.metrics.get(index) else { continue };
            let Some(formula) = known.formula.clone() else { continue };
            let says = |wanted: fn(&MetricStatement) -> bool| metric.tree.body.iter().any(wanted);
            let unit_said = says(|statement| matches!(statement, MetricStatement::Unit(_)));
            let step_said = says(|statement| matches!(statement, MetricStatement::Step(_)));
            let level = self.is_level(&formula);
            let parts = match &formula {
                Formula::Ratio(..) => None,
                Formula::Sum(parts) => self.same_unit(parts, metric.tree),
            };
            let Some(known) = self.plan.metrics.get_mut(index) else { continue };
            known.total = if level { Total::Last } else { Total::Sum };
            match parts {
                Some((unit, step)) if !unit_said => {
                    known.unit = unit;
                    known.step = if step_said { known.step.clone() } else { step };
                }
                // How many of one come to one of the other is seldom a whole number.
                None if matches!((&formula, &known.unit), (Formula::Ratio(..), MetricUnit::Count(_)))
                    && !step_said =>
                {
                    known.step = Step::new(Decimal::new(1, 2));
                }
                _ => {}
            }
        }
    }

    /// Whether what is computed has a latest value, instead of adding up. Formulas lead in no circle.
    fn is_level(&self, formula: &Formula) -> bool {
        let Formula::Sum(parts) = formula else { return true };
        parts.iter().any(|part| match self.plan.metrics.get(part.index()) {
            Some(Metric { formula: Some(inner), .. }) => self.is_level(inner),
            Some(metric) => metric.total == Total::Last,
            None => false,
        })
    }

    /// What the parts of a sum are counted in; says so if they differ.
    fn same_unit(&mut self, parts: &[MetricId], tree: &ast::Metric) -> Option<(MetricUnit, Step)> {
        let known: Vec<&Metric> =
            parts.iter().filter_map(|part| self.plan.metrics.get(part.index())).collect();
        let first = known.first()?;
        let alike = |metric: &&&Metric| match (&metric.unit, &first.unit) {
            (MetricUnit::Count(_), MetricUnit::Count(_)) => true,
            (one, other) => one == other,
        };
        if let Some(other) = known.iter().find(|metric| !alike(metric)) {
            let message = Message::MixedUnits {
                first: first.name.clone(),
                unit: first.unit.name().to_owned(),
                other: other.name.clone(),
                other_unit: other.unit.name().to_owned(),
            };
            self.say(message, tree.name.span);
            return None;
        }
        Some((first.unit.clone(), first.step.clone()))
    }

    pub(super) fn metric_name(&self, id: MetricId) -> String {
        self.plan.metrics.get(id.index()).map(|metric| metric.name.clone()).unwrap_or_default()
    }
}
