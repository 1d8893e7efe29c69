//! The objects of `plan.json`, as its schema has them.

use chrono::NaiveDate;
use serde::Serialize;

use super::days::Days;
use super::number::Number;

#[derive(Serialize)]
pub(super) struct Document<'a, Metrics, Teams, People, Objectives> {
    pub(super) version: u32,
    pub(super) plan: Header,
    pub(super) metrics: Metrics,
    pub(super) teams: Teams,
    pub(super) people: People,
    pub(super) objectives: Objectives,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) pipelines: Vec<PipelineShape<'a>>,
}

#[derive(Serialize)]
pub(super) struct PipelineShape<'a> {
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) metric: &'a str,
    pub(super) stages: Vec<DealStageShape<'a>>,
    pub(super) open: Option<OpenShape>,
    /// The goals that it stands for.
    pub(super) goals: Vec<String>,
    /// Those that share a goal with it; what closes is told of all together.
    pub(super) together_with: Vec<&'a str>,
    pub(super) months: Vec<MonthShape>,
    pub(super) deals: Vec<DealShape<'a>>,
    pub(super) source: Source,
}

#[derive(Serialize)]
pub(super) struct DealStageShape<'a> {
    pub(super) id: &'a str,
    pub(super) chance: Number,
}

#[derive(Serialize)]
pub(super) struct OpenShape {
    pub(super) least: Number,
    pub(super) most: Number,
    pub(super) each: bool,
}

#[derive(Serialize)]
pub(super) struct MonthShape {
    pub(super) month: String,
    pub(super) planned: Number,
    pub(super) won: Number,
    pub(super) to_win: Number,
    pub(super) deals: usize,
    pub(super) open: Number,
    pub(super) weighted: Number,
    pub(super) coverage: Option<Number>,
    pub(super) asked: Option<Number>,
}

#[derive(Serialize)]
pub(super) struct DealShape<'a> {
    pub(super) id: String,
    pub(super) title: Option<&'a str>,
    pub(super) owner: Option<&'a str>,
    pub(super) stage: Option<&'a str>,
    pub(super) category: Option<&'static str>,
    pub(super) status: &'static str,
    pub(super) amount: Option<Number>,
    pub(super) close: Option<NaiveDate>,
    pub(super) chance: Option<Number>,
    pub(super) weighted: Option<Number>,
    pub(super) next: Option<NextShape<'a>>,
    pub(super) closed: Option<NaiveDate>,
    pub(super) reason: Option<&'a str>,
    pub(super) source: Source,
}

#[derive(Serialize)]
pub(super) struct NextShape<'a> {
    pub(super) what: &'a str,
    pub(super) by: Option<NaiveDate>,
}

#[derive(Serialize)]
pub(super) struct Header {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) period: Days,
    pub(super) currency: Option<String>,
    pub(super) timezone: Option<String>,
    pub(super) language: Option<String>,
    pub(super) calendar: String,
    pub(super) working_days: usize,
    /// The day after which the rest was planned anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) replanned: Option<NaiveDate>,
}

#[derive(Serialize)]
pub(super) struct Source {
    pub(super) file: String,
    pub(super) line: usize,
}

#[derive(Serialize)]
pub(super) struct Metric<'a> {
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) kind: &'static str,
    pub(super) better: &'static str,
    pub(super) total: &'static str,
    pub(super) grain: &'static str,
    pub(super) unit: &'a str,
    pub(super) step: Number,
}

#[derive(Serialize)]
pub(super) struct Team<'a> {
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) parent: Option<&'a str>,
    pub(super) lead: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Person<'a> {
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) team: Option<&'a str>,
    pub(super) role: Option<&'a str>,
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
    pub(super) working_days: usize,
}

#[derive(Serialize)]
pub(super) struct ObjectiveShape<'a, KeyResults> {
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) owners: Vec<&'a str>,
    #[serde(rename = "type")]
    pub(super) goal_type: &'static str,
    pub(super) during: Days,
    pub(super) supports: Vec<String>,
    pub(super) weight: Number,
    pub(super) priority: Option<u32>,
    pub(super) why: &'a [String],
    pub(super) key_results: KeyResults,
    pub(super) source: Source,
}

#[derive(Serialize)]
pub(super) struct KeyResultShape<'a, Totals, Parts, Existing, Read> {
    pub(super) id: String,
    pub(super) title: Option<&'a str>,
    pub(super) owners: Vec<&'a str>,
    #[serde(rename = "type")]
    pub(super) goal_type: &'static str,
    pub(super) window: Days,
    pub(super) supports: Vec<String>,
    pub(super) weight: Number,
    pub(super) priority: Option<u32>,
    pub(super) scope: &'a [String],
    pub(super) metric: Option<&'a str>,
    pub(super) target: Option<Number>,
    /// Where a level starts from.
    pub(super) from: Option<Number>,
    pub(super) existing: Option<Number>,
    pub(super) new: Option<Number>,
    pub(super) people: Option<Number>,
    pub(super) totals: Totals,
    pub(super) checkpoints: Vec<CheckpointShape<'a>>,
    pub(super) reasons: Vec<ReasonShape>,
    pub(super) parts: Parts,
    pub(super) existing_lines: Existing,
    /// What was reached and belongs to no line alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) read_lines: Option<Read>,
    pub(super) source: Source,
}

#[derive(Serialize)]
pub(super) struct CheckpointShape<'a> {
    pub(super) by: NaiveDate,
    pub(super) title: Option<&'a str>,
    pub(super) source: Source,
}

#[derive(Serialize)]
pub(super) struct PartShape<'a, Stages> {
    pub(super) part: &'a str,
    pub(super) new: Option<Number>,
    pub(super) stages: Stages,
}

#[derive(Serialize)]
pub(super) struct StageShape<'a, Lines> {
    pub(super) metric: &'a str,
    pub(super) serves: Option<&'a str>,
    pub(super) window: Option<Days>,
    pub(super) total: Number,
    pub(super) reasons: Vec<ReasonShape>,
    pub(super) lines: Lines,
}

#[derive(Serialize)]
pub(super) struct LineShape<'a, Rows> {
    pub(super) person: Option<&'a str>,
    pub(super) team: Option<&'a str>,
    pub(super) kind: &'static str,
    pub(super) amount: Number,
    pub(super) working_days: usize,
    /// What a working day has to bring at least (at most, of what is better lower).
    pub(super) pace: Option<Number>,
    pub(super) source: Source,
    pub(super) reasons: Vec<ReasonShape>,
    pub(super) rows: Rows,
}

/// A line of readings that several lines have a part in.
#[derive(Serialize)]
pub(super) struct ReadShape<'a, Line> {
    pub(super) metric: &'a str,
    pub(super) part: &'a str,
    pub(super) line: Line,
}

#[derive(Serialize)]
pub(super) struct RowShape {
    pub(super) start: NaiveDate,
    pub(super) end: NaiveDate,
    pub(super) amount: Number,
    pub(super) to_date: Number,
}

#[derive(Serialize)]
pub(super) struct ReasonShape {
    pub(super) reason: &'static str,
    pub(super) text: String,
    pub(super) file: String,
    pub(super) line: usize,
}
