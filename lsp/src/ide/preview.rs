//! What a plan comes to, beside it: the cascade of the objective under the cursor, and somebody's next days, as a piece of HTML.
//!
//! All that the plan says is escaped, there is no script, no style and no address but the places in `data-line` and `data-file`,
//! which lead back to the line that says a number.

use std::fmt::Write;

use chrono::NaiveDate;
use milepost::compile::Compilation;
use milepost::dated::{DatedPlan, RowOptions};
use milepost::exact::readable;
use milepost::expand::KeyResultPlan;
use milepost::page::words;
use milepost::plan::{KeyResultId, ObjectiveId, PersonId, Plan};
use milepost::resolve::names::Entry;
use milepost::show::english::{days, when};
use milepost::show::{KeyResultView, ObjectiveView, Rung, Table, View};
use milepost::sources::{FileId, Place};
use milepost_grammar::ast::Grain;

use super::days::{expanded, works_on};
use super::items::loaded_before;

/// So many days of somebody are shown.
const DAYS: usize = 10;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Whose days; else those of the first who works on the objective.
    pub person: Option<String>,
    /// The day from which on they are shown, if the plan reaches it.
    pub today: Option<NaiveDate>,
}

/// The piece of HTML for what is at byte `offset` of `file`; `None` where there is no plan to show. `uri` names a file to the
/// editor.
#[must_use]
pub fn preview(
    compilation: &Compilation,
    file: FileId,
    offset: usize,
    wanted: &Wanted,
    uri: &dyn Fn(FileId) -> Option<String>,
) -> Option<String> {
    let plan = compilation.plan.as_ref()?;
    let objective = objective_at(compilation, plan, file, offset);
    let almanac = compilation.almanac.as_ref()?;
    let own: Vec<KeyResultId> = objective.map_or_else(Vec::new, |id| plan[id].key_results.clone());
    let dated = expanded(plan, almanac, &own);
    let mut page = Page { compilation, plan, uri, html: String::new() };
    page.head();
    if let Some(id) = objective {
        let view = View::new(plan, &dated, None, Vec::new());
        if let Some(shown) = view.objectives.get(id.index()) {
            page.objective(id, shown, &dated);
        }
    } else {
        page.html.push_str("<p class=\"faint\">There are no objectives yet.</p>");
    }
    if let Some(person) = page.person(wanted, &dated) {
        let theirs = works_on(compilation, person);
        page.days(person, &expanded(plan, almanac, &theirs), wanted.today);
    }
    Some(page.html)
}

/// The objective that byte `offset` is in, else the one after it, else the last.
fn objective_at(compilation: &Compilation, plan: &Plan, file: FileId, offset: usize) -> Option<ObjectiveId> {
    let item = loaded_before(compilation, file, offset).map(|item| item.id);
    let ids = || (0..plan.objectives.len()).map(ObjectiveId::new);
    let here = ids().find(|id| Some(plan[*id].place.item) == item);
    let behind = || {
        ids().find(|id| {
            let (of, range) = compilation.sources.locate(plan[*id].place);
            of == file && range.start >= offset
        })
    };
    here.or_else(behind).or_else(|| ids().next_back())
}

struct Page<'a> {
    compilation: &'a Compilation,
    plan: &'a Plan,
    uri: &'a dyn Fn(FileId) -> Option<String>,
    html: String,
}

impl Page<'_> {
    /// The attributes that lead to a place.
    fn link(&self, place: Place) -> String {
        let (file, start, _) = self.compilation.sources.range(place);
        match (self.uri)(file) {
            Some(uri) => format!(" data-uri=\"{}\" data-line=\"{}\"", escaped(&uri), start.line - 1),
            None => String::new(),
        }
    }

    fn add(&mut self, html: std::fmt::Arguments<'_>) {
        // Writing to a text does not fail.
        let _ = self.html.write_fmt(html);
    }

    fn head(&mut self) {
        let plan = self.plan;
        let title = escaped(plan.title.as_ref().unwrap_or(&plan.name));
        let link = self.link(plan.place);
        let people = plan.people.len();
        let noun = if people == 1 { "person" } else { "people" };
        self.add(format_args!("<h1{link}>{title}</h1>"));
        self.add(format_args!("<p class=\"faint\">{} · {people} {noun}</p>", days(plan.period)));
    }

    fn objective(&mut self, id: ObjectiveId, view: &ObjectiveView, dated: &DatedPlan) {
        let link = self.link(self.plan[id].place);
        self.add(format_args!("<section><h2{link}>{}</h2>", escaped(view.label.text())));
        let owners: Vec<String> = view.owners.iter().map(|owner| escaped(owner.text())).collect();
        if !owners.is_empty() {
            self.add(format_args!("<p class=\"faint\">{}</p>", owners.join(", ")));
        }
        for (view, id) in view.key_results.iter().zip(&self.plan[id].key_results) {
            let expanded = dated.key_results.iter().find(|expanded| expanded.key_result == *id);
            self.key_result(*id, view, expanded);
        }
        self.html.push_str("</section>");
    }

    fn key_result(&mut self, id: KeyResultId, view: &KeyResultView, expanded: Option<&KeyResultPlan>) {
        let start = self.plan.period.first;
        let link = self.link(self.plan[id].place);
        let by = when(view.window, start);
        self.add(format_args!("<h3{link}>{} <small>{by}</small></h3>", escaped(view.label.text())));
        let Some(expanded) = expanded.filter(|_| !view.rungs.is_empty()) else {
            self.html.push_str("<p class=\"faint\">No amounts are planned for this.</p>");
            return;
        };
        self.html.push_str("<table class=\"cascade\"><tbody>");
        let places = places(self.plan, expanded, &view.rungs);
        for (rung, place) in view.rungs.iter().zip(places) {
            let link = place.map(|place| self.link(place)).unwrap_or_default();
            self.add(format_args!(
                "<tr><td class=\"number\"{link}>{}</td><td>{}</td><td class=\"faint\">{}</td></tr>",
                escaped(rung.amount()),
                escaped(&rung.noun()),
                escaped(&rung.remark(start)),
            ));
        }
        self.html.push_str("</tbody></table>");
        if let Some(table) = &view.parts {
            self.table(table);
        }
    }

    fn table(&mut self, table: &Table) {
        self.html.push_str("<table class=\"parts\"><thead><tr><th></th>");
        for column in &table.columns {
            self.add(format_args!(
                "<th class=\"number\">{}</th>",
                escaped(&words::head(&column.head, table.by))
            ));
        }
        self.html.push_str("</tr></thead><tbody>");
        for (index, row) in table.rows.iter().enumerate() {
            let declared = self.compilation.names.all().find(|entry| is_holder(entry, &row.label.name));
            let link = declared.map(|entry| self.link(entry.place)).unwrap_or_default();
            self.add(format_args!("<tr><th scope=\"row\"{link}>{}</th>", escaped(&words::row(row))));
            for column in &table.columns {
                let cell = column.cells.get(index).and_then(Option::as_deref).unwrap_or_default();
                self.add(format_args!("<td class=\"number\">{}</td>", escaped(cell)));
            }
            self.html.push_str("</tr>");
        }
        self.html.push_str("</tbody></table>");
        if table.left_out > 0 {
            self.add(format_args!("<p class=\"faint\">and {} more</p>", table.left_out));
        }
    }

    /// Whose days are shown.
    fn person(&self, wanted: &Wanted, dated: &DatedPlan) -> Option<PersonId> {
        let named = wanted.person.as_ref().and_then(|name| {
            let is =
                |person: &milepost::plan::Person| person.name == *name || person.title.as_ref() == Some(name);
            self.plan.people.iter().position(is).map(PersonId::new)
        });
        let stages = || dated.key_results.iter().flat_map(KeyResultPlan::stages);
        named.or_else(|| stages().flat_map(|stage| &stage.lines).find_map(|line| line.person))
    }

    /// The next days of somebody, a row each.
    fn days(&mut self, person: PersonId, dated: &DatedPlan, today: Option<NaiveDate>) {
        let plan = self.plan;
        let own = &plan[person];
        let link = self.link(own.place);
        let name = escaped(own.title.as_ref().unwrap_or(&own.name));
        let from = today.filter(|today| plan.period.contains(*today)).unwrap_or(plan.period.first);
        self.add(format_args!("<section><h2{link}>{name} <small>from {from}</small></h2>"));
        let options = RowOptions { by: Some(Grain::Day), person: Some(person) };
        let mut shown: Vec<(NaiveDate, Vec<String>)> = Vec::new();
        for row in dated.rows(plan, &options).filter(|row| row.grain == Grain::Day && row.start >= from) {
            if shown.last().is_none_or(|(day, _)| *day != row.start) {
                if shown.len() == DAYS {
                    break;
                }
                shown.push((row.start, Vec::new()));
            }
            let metric = &plan[row.metric];
            let amount = row.step(plan).amount(&row.amount.into());
            let amount = readable(&amount, 2);
            let link = self.link(row.source);
            let title = escaped(metric.title.as_ref().unwrap_or(&metric.name));
            let goal = escaped(&plan.path(row.key_result));
            if let Some((_, cells)) = shown.last_mut() {
                cells.push(format!(
                    "<tr><td class=\"number\"{link}>{amount}</td><td>{title}</td><td class=\"faint\">{goal}</td></tr>"
                ));
            }
        }
        if shown.is_empty() {
            self.html.push_str("<p class=\"faint\">Nothing is planned by the day.</p>");
        }
        for (day, rows) in shown {
            let weekday = day.format("%a");
            self.add(format_args!(
                "<h4>{day} <small>{weekday}</small></h4><table class=\"day\"><tbody>{}</tbody></table>",
                rows.concat()
            ));
        }
        self.html.push_str("</section>");
    }
}

fn is_holder(entry: &Entry, name: &str) -> bool {
    matches!(entry.noun, milepost::noun::Noun::Team | milepost::noun::Noun::Person) && entry.name == name
}

/// The statement that says each rung.
fn places(plan: &Plan, expanded: &KeyResultPlan, rungs: &[Rung]) -> Vec<Option<Place>> {
    let goal = &plan[expanded.key_result];
    let measure = goal.measure.as_ref().map(|measure| measure.place);
    let mut lines = expanded.stages().filter_map(|stage| {
        let above = stage.link.above?;
        plan[above.funnel].lines.get(above.line).map(|line| line.place)
    });
    let mut checkpoints = goal.checkpoints.iter().map(|checkpoint| checkpoint.place);
    let place = |rung: &Rung| match rung {
        Rung::Existing { .. } => goal.existing.first().map(|(_, place)| *place).or(measure),
        Rung::DealtOut { .. } => goal.over_assign.as_ref().map(|(_, place)| *place).or(measure),
        Rung::Takes { .. } => lines.next().or(measure),
        Rung::Level { .. } => checkpoints.next().or(measure),
        _ => measure,
    };
    rungs.iter().map(place).collect()
}

/// Text of a plan as HTML that means nothing but itself.
#[must_use]
pub fn escaped(text: &str) -> String {
    let line = milepost::harmless::line(text);
    let mut html = String::with_capacity(line.len());
    for sign in line.chars().take(4_000) {
        match sign {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(sign),
        }
    }
    html
}
