//! `pipeline.csv`: one row per deal.

use std::io::{self, Write};

use crate::emit::csv::cell;
use crate::exact::{digits, short_digits, whole};
use crate::plan::Deal;
use crate::plan::{PersonId, Pipeline, Plan};
use crate::sources::Sources;

/// The columns.
pub const HEADER: &str = "pipeline,deal,title,owner,stage,category,status,close,month,amount,probability,weighted,unit,\
                          next,next_by,closed,reason,source,id";

/// Writes the deals in declaration order, those of `person` alone where somebody is asked for, and gives back how many
/// there are. `excel` is as in `plan.csv`.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut dyn Write,
    plan: &Plan,
    sources: &Sources,
    person: Option<PersonId>,
    excel: bool,
) -> io::Result<usize> {
    let line_end = if excel { "\r\n" } else { "\n" };
    if excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    write!(out, "{HEADER}{line_end}")?;
    let mut count = 0;
    for pipeline in &plan.pipelines {
        let wanted = |deal: &&Deal| person.is_none() || deal.owner == person;
        for deal in pipeline.deals.iter().filter(wanted) {
            write!(out, "{}{line_end}", row(plan, sources, pipeline, deal).join(","))?;
            count += 1;
        }
    }
    Ok(count)
}

fn row(plan: &Plan, sources: &Sources, pipeline: &Pipeline, deal: &Deal) -> [String; 19] {
    let metric = &plan[pipeline.metric];
    let text = |text: Option<&str>| text.map(cell).unwrap_or_default();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let stage = deal.stage.and_then(|stage| pipeline.stages.get(stage));
    // What was to come of a deal is over once it is decided.
    let open = Some(deal).filter(|deal| deal.is_open());
    let next = open.and_then(|deal| deal.next.as_ref());
    let month = if deal.is_open() { deal.close } else { deal.ended() };
    let source = match &deal.row {
        Some(row) => format!("{}:{}", row.path, row.line),
        None => sources.file_line(deal.place),
    };
    [
        cell(&pipeline.name),
        cell(&deal.name),
        text(deal.title.as_deref()),
        text(deal.owner.map(|owner| plan[owner].name.as_str())),
        text(stage.map(|stage| stage.name.as_str())),
        text(deal.category.map(milepost_grammar::ast::Category::word)),
        deal.status().to_owned(),
        day(deal.close),
        month.map(|month| month.format("%Y-%m").to_string()).unwrap_or_default(),
        deal.brings().map(|amount| metric.step.written(amount)).unwrap_or_default(),
        open.and_then(|deal| deal.chance.as_ref())
            .map(|chance| short_digits(&(chance * whole(100)), 2))
            .unwrap_or_default(),
        deal.weighted().map(|weighted| digits(&weighted, metric.step.decimals)).unwrap_or_default(),
        cell(metric.unit.name()),
        text(next.map(|next| next.what.as_str())),
        day(next.and_then(|next| next.by)),
        day(deal.ended()),
        text(deal.why_lost()),
        cell(&source),
        cell(&format!("{}/{}", pipeline.name, deal.name)),
    ]
}
