//! The objects of the status, as its schema has them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::emit::json::days::Days;
use crate::emit::json::number::Number;

#[derive(Serialize)]
pub(super) struct Document<'a> {
    pub(super) version: u32,
    pub(super) as_of: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) replanned: Option<NaiveDate>,
    pub(super) plan: Header<'a>,
    pub(super) objectives: Vec<ObjectiveShape<'a>>,
    pub(super) key_results: Vec<KeyResultShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) review: Option<ReviewShape<'a>>,
}

#[derive(Serialize)]
pub(super) struct Header<'a> {
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) period: Days,
}

#[derive(Serialize)]
pub(super) struct ObjectiveShape<'a> {
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    #[serde(rename = "type")]
    pub(super) goal_type: &'static str,
    pub(super) weight: Number,
    pub(super) supports: Vec<String>,
    pub(super) score: Option<Number>,
    pub(super) colour: Option<&'static str>,
    pub(super) expected: Number,
    pub(super) dropped: Option<DroppedShape<'a>>,
    pub(super) check_in: Option<CheckInShape<'a>>,
}

#[derive(Serialize)]
pub(super) struct DroppedShape<'a> {
    pub(super) on: NaiveDate,
    pub(super) why: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct CheckInShape<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) goal: Option<String>,
    pub(super) on: NaiveDate,
    pub(super) confidence: Option<Number>,
    pub(super) good: &'a [String],
    pub(super) bad: &'a [String],
    pub(super) next: &'a [String],
}

#[derive(Serialize)]
pub(super) struct KeyResultShape<'a> {
    pub(super) id: String,
    pub(super) title: Option<&'a str>,
    pub(super) kind: &'static str,
    pub(super) metric: Option<&'a str>,
    pub(super) unit: Option<&'a str>,
    pub(super) window: Days,
    /// Where a level starts.
    pub(super) from: Option<Number>,
    pub(super) target: Option<Number>,
    pub(super) done: Option<Number>,
    pub(super) planned: Option<Number>,
    pub(super) pace: Option<Number>,
    pub(super) days_left: usize,
    pub(super) needed: Option<Number>,
    pub(super) forecast: Option<Number>,
    pub(super) behind_days: Option<Number>,
    pub(super) score: Option<Number>,
    pub(super) colour: Option<&'static str>,
    pub(super) weight: Number,
    #[serde(rename = "type")]
    pub(super) goal_type: &'static str,
    pub(super) expected: Number,
    pub(super) threshold: Option<Number>,
    pub(super) passed: Option<bool>,
    pub(super) dropped: Option<DroppedShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hold: Option<HoldShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Vec<ItemShape<'a>>>,
    pub(super) metrics: Vec<MetricShape<'a>>,
    pub(super) people: Vec<PartShape<'a>>,
    pub(super) teams: Vec<PartShape<'a>>,
    pub(super) check_in: Option<CheckInShape<'a>>,
    pub(super) forecasts: Option<CallsShape<'a>>,
}

#[derive(Serialize)]
pub(super) struct HoldShape {
    pub(super) least: Option<Number>,
    pub(super) most: Option<Number>,
    pub(super) inside: usize,
    pub(super) readings: usize,
}

#[derive(Serialize)]
pub(super) struct ItemShape<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) by: NaiveDate,
    pub(super) done: Option<NaiveDate>,
}

#[derive(Serialize)]
pub(super) struct MetricShape<'a> {
    pub(super) id: &'a str,
    pub(super) unit: &'a str,
    pub(super) done: Option<Number>,
    pub(super) planned: Number,
    pub(super) target: Number,
}

#[derive(Serialize)]
pub(super) struct PartShape<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) metric: &'a str,
    pub(super) done: Option<Number>,
    pub(super) planned: Number,
    pub(super) target: Number,
    pub(super) pace: Option<Number>,
    pub(super) days_left: usize,
    pub(super) needed: Option<Number>,
    pub(super) forecast: Option<Number>,
    pub(super) behind_days: Option<Number>,
}

#[derive(Serialize)]
pub(super) struct CallsShape<'a> {
    pub(super) whole: CallTotalShape<'a>,
    pub(super) teams: Vec<CallTotalShape<'a>>,
    pub(super) people: Vec<CallTotalShape<'a>>,
    pub(super) book: Vec<BookShape<'a>>,
}

#[derive(Serialize)]
pub(super) struct CallTotalShape<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) share: Number,
    pub(super) commit: Option<Number>,
    pub(super) call: Option<Number>,
    pub(super) best: Option<Number>,
    pub(super) gap: Option<Number>,
    pub(super) called: usize,
    pub(super) people: usize,
    pub(super) own: bool,
}

#[derive(Serialize)]
pub(super) struct BookShape<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) calls: Vec<CallShape<'a>>,
    pub(super) against: Option<Number>,
    #[serde(rename = "final")]
    pub(super) is_final: bool,
    pub(super) bias: Option<Number>,
}

#[derive(Serialize)]
pub(super) struct CallShape<'a> {
    pub(super) on: NaiveDate,
    pub(super) commit: Option<Number>,
    pub(super) call: Option<Number>,
    pub(super) best: Option<Number>,
    pub(super) note: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ReviewShape<'a> {
    pub(super) by: &'static str,
    pub(super) id: String,
    pub(super) start: NaiveDate,
    pub(super) end: NaiveDate,
    pub(super) next: Option<Days>,
    pub(super) lines: Vec<ReviewLineShape<'a>>,
    pub(super) check_ins: Vec<CheckInShape<'a>>,
    pub(super) notes: Vec<NoteShape<'a>>,
    pub(super) due: Vec<DueShape<'a>>,
    pub(super) away: Vec<AwayShape<'a>>,
}

#[derive(Serialize)]
pub(super) struct AwayShape<'a> {
    pub(super) person: &'a str,
    pub(super) start: NaiveDate,
    pub(super) end: NaiveDate,
}

#[derive(Serialize)]
pub(super) struct ReviewLineShape<'a> {
    pub(super) key_result: String,
    pub(super) person: Option<&'a str>,
    pub(super) team: Option<&'a str>,
    pub(super) metric: &'a str,
    pub(super) planned: Number,
    pub(super) done: Option<Number>,
    pub(super) next: Option<Number>,
}

#[derive(Serialize)]
pub(super) struct NoteShape<'a> {
    pub(super) on: NaiveDate,
    pub(super) metric: &'a str,
    pub(super) who: Option<&'a str>,
    pub(super) amount: Number,
    pub(super) text: &'a str,
}

#[derive(Serialize)]
pub(super) struct DueShape<'a> {
    pub(super) on: NaiveDate,
    pub(super) key_result: String,
    pub(super) what: &'static str,
    pub(super) title: Option<&'a str>,
    pub(super) amount: Option<Number>,
    pub(super) done: Option<NaiveDate>,
}
