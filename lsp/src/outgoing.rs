//! What the server says by itself: one task sends it all, in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::Progress;
use tower_lsp::lsp_types::{
    Diagnostic, ProgressParams, ProgressParamsValue, ProgressToken, Registration, Url, WorkDoneProgress,
};

/// Something to be sent.
#[derive(Debug)]
pub enum Message {
    /// All that is to be said of a file.
    Diagnostics(Url, Vec<Diagnostic>, Option<i32>),
    /// What the server wants to be told of.
    Register(Vec<Registration>),
    /// What is shown beside the text is another by now.
    Refresh(Refresh),
    /// How a request that takes long comes on, for who gave it a token.
    Progress(ProgressToken, WorkDoneProgress),
    /// The preview of a plan is another by now.
    PreviewChanged(Url),
}

/// What is asked for again by the client.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Refresh {
    /// Inlay hints.
    pub hints: bool,
    /// Code lenses.
    pub lenses: bool,
    /// Diagnostics that the client asks for.
    pub diagnostics: bool,
}

/// A way to send; clones send over the same one.
#[derive(Clone, Debug)]
pub struct Outgoing {
    messages: mpsc::UnboundedSender<Message>,
}

impl Outgoing {
    /// Has `message` sent when all before it are.
    pub fn send(&self, message: Message) {
        // There is nobody to send to once the client is gone.
        let _ = self.messages.send(message);
    }
}

/// Starts the task that sends to `client`.
#[must_use]
pub fn start(client: Client) -> Outgoing {
    let (messages, arrived) = mpsc::unbounded_channel();
    tokio::spawn(run(client, arrived));
    Outgoing { messages }
}

async fn run(client: Client, mut arrived: mpsc::UnboundedReceiver<Message>) {
    let refreshes = Refreshes::default();
    while let Some(message) = arrived.recv().await {
        match message {
            Message::Diagnostics(uri, diagnostics, version) => {
                client.publish_diagnostics(uri, diagnostics, version).await;
            }
            Message::Progress(token, value) => {
                let value = ProgressParamsValue::WorkDone(value);
                client.send_notification::<Progress>(ProgressParams { token, value }).await;
            }
            Message::PreviewChanged(uri) => {
                client
                    .send_notification::<crate::preview::Changed>(crate::preview::ChangedParams { uri })
                    .await;
            }
            Message::Register(registrations) => {
                let client = client.clone();
                // Nothing depends on the answer. The request is never dropped: an answer that nobody waits for any more
                // brings the service down.
                tokio::spawn(async move { client.register_capability(registrations).await });
            }
            Message::Refresh(wanted) => refreshes.ask(&client, wanted),
        }
    }
}

/// Asks the client to ask again, one time after the other: a client that never answers is not asked twice.
#[derive(Debug, Default)]
struct Refreshes {
    under_way: Arc<AtomicBool>,
    again: Arc<AtomicBool>,
}

impl Refreshes {
    fn ask(&self, client: &Client, refresh: Refresh) {
        self.again.store(true, Ordering::SeqCst);
        if self.under_way.swap(true, Ordering::SeqCst) {
            return;
        }
        let (client, under_way, again) =
            (client.clone(), Arc::clone(&self.under_way), Arc::clone(&self.again));
        tokio::spawn(async move {
            // Nothing depends on the answers.
            while again.swap(false, Ordering::SeqCst) {
                if refresh.hints {
                    let _ = client.inlay_hint_refresh().await;
                }
                if refresh.lenses {
                    let _ = client.code_lens_refresh().await;
                }
                if refresh.diagnostics {
                    let _ = client.workspace_diagnostic_refresh().await;
                }
            }
            under_way.store(false, Ordering::SeqCst);
        });
    }
}
