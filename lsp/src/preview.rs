//! `milepost/preview`: what a plan comes to, as a piece of HTML.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{Position, TextDocumentIdentifier, Url};

/// What is asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewParams {
    /// The file.
    pub text_document: TextDocumentIdentifier,
    /// Where the cursor is.
    #[serde(default)]
    pub position: Position,
    /// Whose days are shown.
    pub person: Option<String>,
}

/// What is shown.
#[derive(Clone, Debug, Serialize)]
pub struct Preview {
    /// A piece of HTML without scripts; empty where there is no plan.
    pub html: String,
    /// The version of the file that it is about.
    pub version: Option<i32>,
    /// Whether the plan could be read: if not, what was shown before is better.
    pub ok: bool,
}

/// `milepost/previewChanged`: what the preview of a plan shows is another by now.
#[derive(Debug)]
pub enum Changed {}

/// Of which file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChangedParams {
    /// One that is open.
    pub uri: Url,
}

impl Notification for Changed {
    type Params = ChangedParams;
    const METHOD: &'static str = "milepost/previewChanged";
}

/// The day it is, by Greenwich.
#[must_use]
pub fn today() -> Option<NaiveDate> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    let days = i64::try_from(since.as_secs() / 86_400).ok()?;
    NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_signed(chrono::Duration::days(days))
}
