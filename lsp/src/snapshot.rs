//! What a request sees: the texts as they were when it arrived.

use std::sync::Arc;

use crate::documents::Documents;
use crate::position::Encoding;

/// All that a request may look at; it does not change when later edits arrive.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The open texts.
    pub documents: Arc<Documents>,
    /// Counts the changes of texts.
    pub revision: u64,
    /// Counts the times that something may have changed on disk.
    pub disk: u64,
    /// In what columns are counted.
    pub encoding: Encoding,
}

tokio::task_local! {
    /// What the request under way sees.
    pub static SNAPSHOT: Snapshot;
}

/// What the request under way sees.
#[must_use]
pub fn snapshot() -> Snapshot {
    SNAPSHOT.try_with(Clone::clone).unwrap_or_default()
}
