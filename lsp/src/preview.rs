//! What the preview shows.

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::Url;
use tower_lsp::lsp_types::notification::Notification;

/// `milepost/previewChanged`: what the preview of a plan shows is another by now.
#[derive(Debug)]
pub enum Changed {}

/// Of which file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChangedParams {
    /// The plan's own file.
    pub uri: Url,
}

impl Notification for Changed {
    type Params = ChangedParams;
    const METHOD: &'static str = "milepost/previewChanged";
}
