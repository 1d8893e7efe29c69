//! Prints what happens to a plan: readings, and what is said of goals.

use super::life::{Reading, Said};
use super::model::{Measure, Metric, Plan, Unit};
use super::rational::plain;
use super::stage::metric;
use super::text::{Statement, per_cent};

/// The table that the plan of `text` names, where it has one.
pub(crate) const TABLE: &str = "crm.csv";

pub(crate) fn said(said: &Said) -> Vec<Statement> {
    let mut facts = Vec::new();
    if let Some(weight) = &said.weight {
        facts.push(format!("weight {}", plain(weight)));
    }
    if !said.supports.is_empty() {
        facts.push(format!("supports {}", said.supports.join(", ")));
    }
    if let Some(dropped) = said.dropped {
        facts.push(format!("dropped {dropped} \"it was too much\""));
    }
    if said.aspirational {
        facts.push("type aspirational".to_owned());
    }
    if let Some(threshold) = &said.threshold {
        facts.push(format!("threshold {}", per_cent(threshold)));
    }
    facts.into_iter().map(Statement::Fact).collect()
}

/// `hold` and `reach`, with the day that ends them.
pub(crate) fn kept(name: &str, measure: &Measure, unit: Unit, by: &str) -> Vec<Statement> {
    let amount = |amount| if unit == Unit::Percent { per_cent(amount) } else { plain(amount) };
    let facts = match measure {
        Measure::Hold { least: Some(least), most: Some(most) } => {
            vec![format!("hold {name} within {}..{}{by}", amount(least), amount(most))]
        }
        Measure::Hold { least: Some(least), most: None } => {
            vec![format!("hold {name} at least {}{by}", amount(least))]
        }
        Measure::Hold { most: Some(most), .. } => vec![format!("hold {name} at most {}{by}", amount(most))],
        Measure::Reach(items) => items
            .iter()
            .map(|item| {
                let title = item.title.as_ref().map_or_else(String::new, |title| format!(" \"{title}\""));
                let by = item.by.map_or_else(String::new, |by| format!(" by {by}"));
                let done = item.done.map_or_else(String::new, |done| format!(" done {done}"));
                format!("reach{title}{by}{done}")
            })
            .collect(),
        _ => Vec::new(),
    };
    facts.into_iter().map(Statement::Fact).collect()
}

pub(crate) fn computed(of: &Metric) -> Option<Statement> {
    let formula = of.formula.as_ref()?;
    let sign = if formula.ratio { " / " } else { " + " };
    let mut facts = Vec::new();
    if of.unit == Unit::Percent {
        facts.push(Statement::Fact("unit percent".to_owned()));
    }
    if let Some(grain) = of.grain {
        facts.push(Statement::Fact(format!("grain {}", grain.text())));
    }
    let head = format!("metric {} = {}", of.name, formula.of.join(sign));
    Some(if facts.is_empty() { Statement::Fact(head) } else { Statement::Block(head, facts) })
}

/// Blocks of readings, one for each run of a metric, and the table's declaration.
pub(crate) fn actuals(plan: &Plan) -> Vec<Statement> {
    let mut blocks: Vec<(String, Vec<Statement>)> = Vec::new();
    for reading in plan.readings.iter().filter(|reading| !reading.in_table) {
        let who = reading.who.as_ref().map_or_else(String::new, |who| format!(" {who}"));
        let line = Statement::Fact(format!("{}{who} {}", reading.day, amount(plan, reading)));
        match blocks.last_mut() {
            Some((metric, lines)) if *metric == reading.metric => lines.push(line),
            _ => blocks.push((reading.metric.clone(), vec![line])),
        }
    }
    let mut all: Vec<Statement> = blocks
        .into_iter()
        .map(|(metric, lines)| Statement::Block(format!("actual {metric}"), lines))
        .collect();
    if plan.readings.iter().any(|reading| reading.in_table) {
        let mut columns = vec![
            "date \"Date\"".to_owned(),
            "person \"Owner\"".to_owned(),
            "metric \"Type\"".to_owned(),
            "amount \"Count\"".to_owned(),
            // Rows that are the same cell for cell bring no warning.
            "id \"No\"".to_owned(),
        ];
        columns.extend(dimensions(plan).iter().map(|name| format!("{name} \"{name}\"")));
        let columns = columns.into_iter().map(Statement::Fact).collect();
        all.push(Statement::Block(format!("actuals from \"{TABLE}\""), columns));
    }
    all
}

fn amount(plan: &Plan, reading: &Reading) -> String {
    let percent = metric(plan, &reading.metric).is_ok_and(|metric| metric.unit == Unit::Percent);
    if percent { per_cent(&reading.amount) } else { plain(&reading.amount) }
}

/// What the plan's goals are split by.
fn dimensions(plan: &Plan) -> Vec<String> {
    let mut names = Vec::new();
    for goal in plan.objectives.iter().flat_map(|objective| &objective.key_results) {
        if let Some(split) = &goal.split
            && !names.contains(&split.dimension)
        {
            names.push(split.dimension.clone());
        }
    }
    names
}

/// The readings that stand in the table.
pub(crate) fn table(plan: &Plan) -> Option<String> {
    let rows: Vec<&Reading> = plan.readings.iter().filter(|reading| reading.in_table).collect();
    if rows.is_empty() {
        return None;
    }
    let dimensions = dimensions(plan);
    let mut out = String::from("No,Date,Owner,Type,Count");
    for name in &dimensions {
        out.push_str(&format!(",{name}"));
    }
    out.push('\n');
    for (number, row) in rows.iter().enumerate() {
        let who = row.who.as_deref().unwrap_or_default();
        out.push_str(&format!("{},{},{who},{},{}", number + 1, row.day, row.metric, amount(plan, row)));
        for name in &dimensions {
            let part = row.parts.iter().find(|(dimension, _)| dimension == name);
            out.push_str(&format!(",{}", part.map_or("", |(_, part)| part.as_str())));
        }
        out.push('\n');
    }
    Some(out)
}
